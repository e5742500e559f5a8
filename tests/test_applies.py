"""Notices that speak of overflights only, or of landings only, and where they count."""

from __future__ import annotations

from typing import Any

import pytest

import routecheck as rc
from helpers import run_inside
from shapes import box

WATERS = {
    "type": "FeatureCollection",
    "routecheck": {
        "schema": 1,
        "as_of": "2026-10-03",
        "advisories": {
            "waters": {
                "issuer": "EASA", "reference": "CZIB 0000-07", "level": "avoid",
                "issued": "2026-09-30", "confidence": "made up", "applies": "overflight",
                "aerodromes_in": ["QA", "BH"],
            }
        },
    },
    "features": [
        {
            "type": "Feature",
            "properties": {"id": "waters", "name": "Made-up waters", "advisories": ["waters"]},
            "geometry": box(50.8, 25.6, 51.4, 27.0),
        }
    ],
}  # fmt: skip


def with_advisory(**changes: Any) -> dict[str, Any]:
    record = {**WATERS["routecheck"]["advisories"]["waters"], **changes}
    header = {**WATERS["routecheck"], "advisories": {"waters": record}}
    return {**WATERS, "routecheck": header}


def check(*places: str, zones: Any = WATERS) -> rc.Assessment:
    return rc.check(*places, zones=rc.load_zones(zones), date="2026-10-03")


@pytest.mark.parametrize(
    ("places", "verdict", "counts"),
    [
        (("DOH", "BAH"), "watch", False),
        (("BAH", "DOH"), "watch", False),
        (("DOH", "KWI"), "watch", False),
        (("AUH", "KWI"), "avoid", True),
        (("AUH", "KWI", "DOH"), "avoid", True),  # the first leg neither starts nor ends there
        (("25.25,51.6", "26.27,50.63"), "watch", False),  # positions: country of the nearest field
    ],
)
def test_a_flight_to_an_excepted_country_is_not_an_overflight(
    places: tuple[str, ...], verdict: str, counts: bool
) -> None:
    a = check(*places)
    (e,) = a.exposures
    assert a.verdict == verdict
    assert (e.excepted == frozenset()) is counts
    assert a.to_dict()["exposures"][0]["advisories"][0]["counts"] is counts
    assert ("CZIB 0000-07" in a.grounds) is counts


def test_the_report_says_why_a_notice_does_not_count(tmp_path: Any) -> None:
    path = tmp_path / "waters.geojson"
    path.write_text(__import__("json").dumps(WATERS), encoding="utf-8")
    run = run_inside("DOH", "BAH", "--zones", str(path), "--date", "2026-10-03")
    text = " ".join(run.out.split())
    assert "does not count here: it speaks of overflights" in text
    over = run_inside("AUH", "KWI", "--zones", str(path), "--date", "2026-10-03")
    assert "does not count here" not in over.out


def test_arrivals_only_is_the_mirror_image() -> None:
    zones = with_advisory(applies="arrival-departure")
    assert check("DOH", "BAH", zones=zones).verdict == "avoid"
    assert check("AUH", "KWI", zones=zones).verdict == "watch"


def test_without_countries_only_the_zone_itself_counts() -> None:
    zones = with_advisory(aerodromes_in=[])
    assert check("DOH", "BAH", zones=zones).verdict == "avoid"
    assert check("26.5,51.1", "BAH", zones=zones).verdict == "watch"


@pytest.mark.parametrize("value", ["QA", ["Qatar"], [5], ["qa"]])
def test_countries_are_iso_codes(value: Any) -> None:
    with pytest.raises(rc.ZoneError, match="aerodromes_in"):
        rc.load_zones(with_advisory(aerodromes_in=value))


def test_countries_with_applies_all_are_doubted() -> None:
    zones = rc.load_zones(with_advisory(applies="all"))
    assert any("aerodromes_in" in str(problem) for problem in zones.problems)


def bare(**properties: Any) -> rc.ZoneSet:
    feature = {
        "type": "Feature",
        "properties": {"id": "bare", "advisories": [], **properties},
        "geometry": box(50.8, 25.6, 51.4, 27.0),
    }
    return rc.load_zones({**WATERS, "features": [feature], "routecheck": {"schema": 1}})


def test_a_zone_without_notice_counts_since_a_day() -> None:
    zones = bare(since="2026-10-03")
    assert rc.check("AUH", "KWI", zones=zones, date="2026-10-03").verdict == "watch"
    assert rc.check("AUH", "KWI", zones=zones, date="2026-10-02").verdict == "clear"
    assert len(zones.on("2026-10-02")) == 0
    assert len(zones.on("2026-10-03")) == 1
    assert rc.check("AUH", "KWI", zones=bare(), date="1990-01-01").verdict == "watch"


@pytest.mark.parametrize(
    "context",
    ["OPSGROUP", [5], [{"issuer": "OPSGROUP"}],
     [{"issuer": "A", "about": "B", "rating": "1", "date": "yesterday"}]],
)  # fmt: skip
def test_ratings_are_whole(context: Any) -> None:
    with pytest.raises(rc.ZoneError, match=r"context|missing|date"):
        bare(context=context)


def test_ratings_and_hindsight_are_kept() -> None:
    rating = {"issuer": "OPSGROUP", "about": "Mali", "rating": "2", "date": "2026-08-22"}
    (zone,) = bare(context=[rating], hindsight="the line of 2015")
    assert zone.hindsight == "the line of 2015"
    assert [(r.issuer, r.about) for r in zone.context] == [("OPSGROUP", "Mali")]
