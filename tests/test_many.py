"""Many routes on many days, places, and offsets: the same answers as one by one."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

import routecheck as rc
from routecheck.geometry.legs import Legs
from routecheck.geometry.offset import offset_km
from routecheck.risk.levels import rank
from routecheck.risk.many import judge_many
from routecheck.risk.model import REASONS
from routecheck.risk.position import check_position
from routecheck.risk.sample import sample_pairs, world_shares
from routecheck.zones.model import Stamp

DAYS: list[Stamp] = [
    date(2014, 7, 16),
    datetime(2020, 1, 8, 2, 0, tzinfo=UTC),
    date(2024, 12, 24),
    date(2026, 3, 5),
    date(2026, 10, 3),
    date(2026, 11, 20),
    date(2028, 1, 1),
]


def test_many_is_one_by_one() -> None:
    zones = rc.load_zones()
    draw = random.Random(7)
    pairs = draw.sample(sample_pairs(), 120)
    pairs += [("BAK", "GRV"), ("DOH", "BAH"), ("SVX", "OVB"), ("KBL", "DXB"), ("DEL", "TAS")]
    routes = [rc.build_route(pair) for pair in pairs]
    ends = np.concatenate([route.ends for route in routes])
    countries = [(r.origin.country, r.destination.country) for r in routes]
    told: list[int] = []
    judged = judge_many(ends, countries, zones, DAYS, progress=told.append)
    assert told[-1] == len(routes)
    for day in judged:
        verdicts = day.verdicts()
        for number, route in enumerate(routes):
            single = rc.check(route, zones=zones, date=day.when)
            strictest = rank((single.exposures and max(
                (e.verdict for e in single.exposures), key=rank)) or None)  # fmt: skip
            assert verdicts[number] == strictest, (day.when, str(route))
            mine = day.route == number
            found = {
                (zones[z].id, level, reason)
                for z, level, reason in zip(
                    day.zone[mine].tolist(), day.level[mine].tolist(), day.reason[mine].tolist(),
                    strict=True,
                )
            }  # fmt: skip
            assert found == {
                (e.zone.id, rank(e.verdict), REASONS.index(e.reason)) for e in single.exposures
            }, (day.when, str(route))


def test_the_sample_is_fixed_and_counted_whole() -> None:
    assert len(sample_pairs()) == 10_000
    assert sample_pairs()[0] == ("ELZ", "HBU")
    zones = rc.load_zones()
    ((shares, _),) = world_shares(zones, {date(2026, 10, 3): None}, 300)
    assert shares.avoid + shares.caution + shares.watch + shares.none == shares.routes
    assert 295 <= shares.routes <= 300
    assert shares.avoid_by_endpoint <= shares.avoid
    assert all(z.alone <= z.avoid <= z.flagged for z in shares.zones)
    assert world_shares(zones, {date(2026, 10, 3): None}, 0) == []


def place(lat: float, lon: float, ft: float | None, day: str, **options: bool) -> str | None:
    found = check_position(lon, lat, ft, rc.load_zones(), rc.zones.parse_stamp(day), **options)
    return found[0].level if found else None


@pytest.mark.parametrize(
    ("lat", "lon", "ft", "day", "level"),
    [
        (34.5, 66.0, 31000, "2026-10-03", "avoid"),  # Afghanistan, below FL320
        (34.5, 66.0, 35000, "2026-10-03", "caution"),
        (34.5, 66.0, None, "2026-10-03", "avoid"),
        (43.4, 45.7, 8000, "2026-10-03", "avoid"),
        (43.4, 45.7, 8000, "2010-01-01", None),
        (51.5, 0.0, 35000, "2026-10-03", None),
    ],
)
def test_places(lat: float, lon: float, ft: float | None, day: str, level: str | None) -> None:
    assert place(lat, lon, ft, day) == level


def test_a_landing_counts_whatever_the_height() -> None:
    assert place(34.5, 66.0, 43000, "2026-10-03") != "avoid"
    assert place(34.5, 66.0, 43000, "2026-10-03", landing=True) == "avoid"


@settings(deadline=None, max_examples=60)
@given(
    st.floats(-179, 179), st.floats(-80, 80), st.floats(-179, 179), st.floats(-80, 80),
    st.floats(0, 1), st.floats(-90, 90), st.floats(0, 2000),
)  # fmt: skip
def test_offset_is_the_distance_to_the_geodesic(
    lon1: float, lat1: float, lon2: float, lat2: float, part: float, side: float, away_km: float
) -> None:
    line = Geodesic.WGS84.InverseLine(lat1, lon1, lat2, lon2)
    if line.s13 > 19_800_000:
        return
    at = line.Position(part * line.s13)
    turn = 90 if side >= 0 else -90
    there = Geodesic.WGS84.Direct(at["lat2"], at["lon2"], at["azi2"] + turn, away_km * 1000)
    km = offset_km(Legs.between([[lon1, lat1, lon2, lat2]]), there["lon2"], there["lat2"])
    assert km <= away_km + 1e-6
    steps = max(2, int(line.s13 / 20_000))
    sampled = min(
        Geodesic.WGS84.Inverse(p["lat2"], p["lon2"], there["lat2"], there["lon2"])["s12"] / 1000
        for p in (line.Position(line.s13 * k / steps) for k in range(steps + 1))
    )
    assert km <= sampled + 1e-6
    # between two samples 20 km apart a distance is shorter by at most 10 km
    assert km >= sampled - 10.1


def test_countries_go_with_the_routes() -> None:
    with pytest.raises(ValueError, match="2 routes need"):
        judge_many([[5, 51, 15, 51]] * 2, [("", "")], rc.load_zones(), DAYS)


def test_a_place_beside_a_zone_is_no_landing_in_it() -> None:
    """What an end of a route in a buffer is judged as, a place there is judged as too."""
    notice = {
        "issuer": "EASA", "reference": "N", "level": "avoid", "issued": "2026-01-01",
        "confidence": "made up", "applies": "overflight", "aerodromes_in": ["DE"],
    }  # fmt: skip
    ring = [[9, 50], [11, 50], [11, 51], [9, 51], [9, 50]]
    zones = rc.load_zones(
        {
            "type": "FeatureCollection",
            "routecheck": {"schema": 1, "advisories": {"n": notice}},
            "features": [
                {
                    "type": "Feature",
                    "properties": {"id": "z", "buffer_km": 50, "advisories": ["n"]},
                    "geometry": {"type": "Polygon", "coordinates": [ring]},
                }
            ],
        }
    )
    when = date(2026, 10, 3)
    for countries, level in (((), "caution"), (("DE",), "watch")):
        (found,) = check_position(8.8, 50.5, 1000.0, zones, when, landing=True, countries=countries)
        assert found.level == level
