"""What ``rc.check`` takes from Python, and how it refuses the rest: with its own errors."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest

import routecheck as rc
from helpers import DATE


@pytest.mark.parametrize("day", [DATE, date(2026, 11, 20), datetime(2026, 11, 20, 9, tzinfo=UTC)])
def test_dates(day):
    assert rc.check("BAK", "GRV", date=day).verdict == "avoid"


@pytest.mark.parametrize(
    "place", [(43.3883, 45.6986), "43.3883,45.6986", "GRV", rc.resolve("GRV")], ids=str
)
def test_places(place):
    assert rc.check("BAK", place, date=DATE).verdict == "avoid"


def test_a_route_is_taken_as_it_is():
    route = rc.check("BAK", "GRV", date=DATE).route
    assert rc.check(route, date=DATE).route is route
    assert rc.build_route(["BAK", "GRV"]).places[1].iata == "GRV"


@pytest.mark.parametrize(
    ("places", "options"),
    [
        ((), {}),
        (("BAK",), {}),
        (("BAK", (100.0, 2.0)), {}),
        (("BAK", "GRV"), {"date": "soon"}),
        (("BAK", "GRV"), {"cruise": float("nan")}),
        (("BAK", "GRV"), {"cruise": 350}),
        (("BAK", "GRV"), {"watch_km": float("inf")}),
        (("BAK", "GRV"), {"max_age_days": -1}),
        (("BAK", "GRV"), {"zones": []}),
        (("BAK", "GRV"), {"zones": 3}),
        (("BAK", "GRV"), {"zones": {"type": "FeatureCollection", "features": []}}),
        (("BAK", "GRV"), {"date": datetime(2026, 11, 20)}),
        (("BAK", "GRV"), {"date": 20261120}),
        ((None, "GRV"), {}),
        (((1, 2, 3), "GRV"), {}),
    ],
    ids=str,
)
def test_refusals_are_routecheck_errors(places, options):
    with pytest.raises(rc.RoutecheckError):
        rc.check(*places, **{"date": DATE, **options})


def test_numbers_of_numpy_are_numbers():
    lat, lon = np.array([43.3883, 45.6986])
    assert rc.check("BAK", (lat, lon), date=DATE).verdict == "avoid"


def test_compare_puts_the_dates_in_order():
    one = rc.compare("BAK", "GRV", before="2024-12-24", date=DATE)
    other = rc.compare("BAK", "GRV", before=DATE, date="2024-12-24")
    assert one.to_dict() == other.to_dict()
    assert {change.what for change in one.changes} >= {"added"}
