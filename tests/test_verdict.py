"""Verdict, reason and score: a table of cases on made-up zones, and what must always hold."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import routecheck as rc
from shapes import GEOD, box, star

DAY = "2026-01-01"
RANK = {"clear": 0, "watch": 1, "caution": 2, "avoid": 3}

# A flight along the equator from 0°E to 20°E, 2,226 km; the zone lies half way, or around an end.
WEST, EAST = "0,0", "0,20"
MIDDLE = box(8, -2, 12, 2)
AT_EAST = box(18, -2, 22, 2)


def zone(
    geometry: dict[str, Any], *advisories: dict[str, Any], **properties: Any
) -> dict[str, Any]:
    papers = [
        {"issuer": "X", "reference": f"R{i}", "issued": "2020-01-01", "level": "avoid",
         "confidence": "firm", **a}
        for i, a in enumerate(advisories)
    ]  # fmt: skip
    return {
        "type": "Feature",
        "properties": {"id": "zone", "advisories": papers, **properties},
        "geometry": geometry,
    }


def check(*features: dict[str, Any], places: tuple[str, ...] = (WEST, EAST), **options: Any) -> Any:
    features_ = [
        {**f, "properties": {**f["properties"], "id": f"zone-{i}"}} for i, f in enumerate(features)
    ]
    collection = {"type": "FeatureCollection", "features": features_}
    return rc.check(*places, date=DAY, zones=collection, **options)


def test_what_is_only_near_rests_on_the_strictest_notices() -> None:
    near = zone(
        box(8, 0.2, 12, 2), {"reference": "ban"}, {"reference": "note", "level": "watch"}
    )  # 22 km off the line
    a = check(near)
    assert (a.verdict, a.reason) == ("watch", "near")
    assert a.grounds == "On the word of: X ban (issued 2020-01-01)."


@pytest.mark.parametrize(
    ("feature", "verdict", "reason"),
    [
        (zone(MIDDLE, {}), "avoid", "overflight"),
        (zone(MIDDLE, {"level": "caution"}), "caution", "overflight"),
        (zone(MIDDLE, {"level": "watch"}), "watch", "overflight"),
        # Above the ceiling: one step lower; MH17 flew 1,000 ft above the closed block.
        (zone(MIDDLE, {"ceiling_ft": 34_000}), "caution", "overflight"),
        (zone(MIDDLE, {"ceiling_ft": 35_000}), "avoid", "overflight"),
        (zone(MIDDLE, {"ceiling_ft": 25_001}), "caution", "overflight"),
        # From 10,000 ft above it: watch, unless a listed weapon reaches so high.
        (zone(MIDDLE, {"ceiling_ft": 25_000}), "watch", "overflight"),
        (zone(MIDDLE, {"ceiling_ft": 25_000}, weapons=["sa-7"]), "watch", "overflight"),
        (zone(MIDDLE, {"ceiling_ft": 25_000}, weapons=["buk-m1"]), "caution", "overflight"),
        (zone(MIDDLE, {"floor_ft": 36_000}), "caution", "overflight"),
        # The strictest of several counts.
        (zone(MIDDLE, {"level": "watch"}, {"ceiling_ft": 30_000}), "caution", "overflight"),
        # Ends: within the levels of every advisory whose floor is at or below 10,000 ft.
        (zone(AT_EAST, {"ceiling_ft": 26_000}), "avoid", "endpoint"),
        (zone(AT_EAST, {"floor_ft": 10_000}), "avoid", "endpoint"),
        (zone(AT_EAST, {"floor_ft": 36_000}), "caution", "endpoint"),
        # Overflight only: does not count against a landing inside; the zone is still there.
        (zone(AT_EAST, {"applies": "overflight"}), "watch", "endpoint"),
        (zone(MIDDLE, {"applies": "overflight"}), "avoid", "overflight"),
        (zone(MIDDLE, {"applies": "arrival-departure"}), "watch", "overflight"),
        (zone(AT_EAST, {"applies": "arrival-departure"}), "avoid", "endpoint"),
        # Within the buffer only: one step lower.
        (zone(box(8, 1, 12, 3), {}, buffer_km=120), "caution", "near"),
        (zone(box(8, 1, 12, 3), {"level": "caution"}, buffer_km=120), "watch", "near"),
        (zone(box(8, 1, 12, 3), {}, buffer_km=100), "clear", "none"),
        (zone(box(8, 0.4, 12, 3), {}), "watch", "near"),
        (zone(box(8, 0.5, 12, 3), {}), "clear", "none"),
        # No notice known: never above watch.
        (zone(MIDDLE), "watch", "overflight"),
        (zone(AT_EAST), "watch", "endpoint"),
        # A landing within the buffer: one step lower than inside.
        (zone(box(20.5, -2, 22, 2), {}, buffer_km=100), "caution", "near"),
        # Not yet issued, ended, lapsed.
        (zone(MIDDLE, {"issued": "2026-01-02"}), "clear", "none"),
        (zone(MIDDLE, {"ended": "2026-01-01"}), "clear", "none"),
        (zone(MIDDLE, {"expires": "2025-12-31"}), "avoid", "overflight"),
        (zone(MIDDLE, {"issued": "2025-11-20", "expires": "2025-12-02"}), "avoid", "overflight"),
        (zone(MIDDLE, {"issued": "2025-11-20", "expires": "2025-12-01"}), "caution", "overflight"),
        (zone(MIDDLE, {"expires": "2025-01-31"}), "watch", "overflight"),
    ],
)  # fmt: skip
def test_verdict_and_reason(feature: dict[str, Any], verdict: str, reason: str) -> None:
    a = check(feature)
    assert (a.verdict, a.reason) == (verdict, reason)
    low, high = {"clear": (0, 0), "watch": (1, 33), "caution": (34, 66), "avoid": (67, 100)}[
        verdict
    ]
    assert low <= a.score <= high


def test_a_climb_through_a_band_is_noticed() -> None:
    """Neither end of the leg nor its cruise lies between FL150 and FL160, but the climb does."""
    near_start = zone(box(0.2, -1, 3, 1), {"floor_ft": 15_000, "ceiling_ft": 16_000})
    assert check(near_start).verdict == "avoid"


def test_a_stop_is_a_landing() -> None:
    stop = zone(MIDDLE, {"ceiling_ft": 20_000})
    assert check(stop).reason == "overflight"
    landed = check(stop, places=(WEST, "0,10", EAST))
    assert (landed.verdict, landed.reason) == ("avoid", "endpoint")
    assert landed.exposures[0].at_endpoint == "stop"
    assert landed.score > check(stop, cruise=20_000).score


def test_landing_inside_on_one_leg_does_not_excuse_overflying_on_another() -> None:
    """The exception is for the flight that lands there, not for the whole itinerary."""
    waters = zone(MIDDLE, {"applies": "overflight"})
    assert check(waters, places=(WEST, "0,10")).verdict == "watch"
    assert check(waters, places=(WEST, "0,10", EAST)).verdict == "watch"
    assert check(waters, places=(WEST, "0,10", EAST, WEST)).verdict == "avoid"


def test_distances_run_on_from_leg_to_leg() -> None:
    direct, stopping = check(zone(MIDDLE, {})), check(zone(MIDDLE, {}), places=(WEST, "0,5", EAST))
    assert direct.distance_km == pytest.approx(stopping.distance_km, abs=1e-6)
    (one,), (two,) = direct.exposures[0].intervals, stopping.exposures[0].intervals
    assert one.enter_km == pytest.approx(two.enter_km, abs=1e-6)
    assert one.exit_km == pytest.approx(two.exit_km, abs=1e-6)
    assert two.enter_min > one.enter_min


def test_cruise_level_decides_and_is_assumed_where_it_cannot_be_reached() -> None:
    low = zone(MIDDLE, {"ceiling_ft": 26_000})
    assert check(low, cruise="FL250").verdict == "avoid"
    assert check(low, cruise="FL350").verdict == "caution"
    assert check(low, cruise="FL370").verdict == "watch"
    short = check(zone(MIDDLE, {}), places=("0,0", "0,1"), cruise="FL350")
    assert short.cruise_ft < 20_000
    assert any("too short to reach FL350" in caveat for caveat in short.caveats)


def test_borderline_is_said() -> None:
    near = check(zone(box(8, 0.4, 12, 3), {}, accuracy_km=50))
    assert near.exposures[0].borderline
    assert any("Borderline" in caveat for caveat in near.caveats)
    assert not check(zone(box(8, 0.4, 12, 3), {}, accuracy_km=40)).exposures[0].borderline
    assert not check(zone(MIDDLE, {}, accuracy_km=40)).exposures[0].borderline


def test_shares_go_to_the_heaviest_zone_and_ties_to_the_smallest() -> None:
    wide, narrow = zone(box(5, -5, 15, 5), {}), zone(MIDDLE, {})
    a = check(wide, narrow)
    shares = {e.zone.id: e.score_share for e in a.exposures}
    assert shares["zone-1"] == pytest.approx(4 / 10, abs=0.01)
    assert shares["zone-0"] == pytest.approx(6 / 10, abs=0.01)
    assert [e.zone.id for e in a.exposures] == ["zone-0", "zone-1"]
    caution = zone(MIDDLE, {"level": "caution"})
    assert {e.zone.id: e.score_share for e in check(wide, caution).exposures}["zone-1"] == 0


def test_dose_of_a_crossing_by_hand() -> None:
    """445.28 km inside at 460 kt (851.92 km/h) is 31.36 min × 0.02: 67 + 33 (1 - e^-0.627)."""
    a = check(zone(MIDDLE, {}))
    assert a.exposures[0].inside_km == pytest.approx(445.278, abs=0.001)
    assert a.exposures[0].inside_min == pytest.approx(31.36, abs=0.01)
    assert a.score == pytest.approx(67 + 33 * (1 - 2.718281828 ** -(31.36 * 0.02)), abs=0.06)


def test_falloff_in_the_buffer_by_hand() -> None:
    """Towards the zone's meridian edge along the equator the fall-off is linear in distance.

    100 km of buffer before and after it, each with a mean of one half: 100 km more at full weight.
    """
    inside_only, with_buffer = check(zone(MIDDLE, {})), check(zone(MIDDLE, {}, buffer_km=100))
    minutes = (445.278 + 100) / 851.92 * 60
    assert inside_only.score < with_buffer.score
    assert with_buffer.score == pytest.approx(
        67 + 33 * (1 - 2.718281828 ** -(minutes * 0.02)), abs=0.06
    )
    assert with_buffer.exposures[0].buffered_km == pytest.approx(645.278, abs=0.002)


def test_unknown_when_the_set_is_too_old_or_does_not_reach_back() -> None:
    collection = {
        "type": "FeatureCollection",
        "features": [zone(box(100, 40, 110, 50), {})],
        "routecheck": {"schema": 1, "dataset": "d", "as_of": "2025-10-03",
                       "covers": ["2025-01-01", "2025-10-03"], "licence": "CC0", "credits": ["x"],
                       "advisories": {}},
    }  # fmt: skip
    collection["features"][0]["properties"]["name"] = "far"

    def on(day: str, **options: Any) -> Any:
        return rc.check(WEST, EAST, date=day, zones=collection, **options)

    assert on("2025-01-01").verdict == "clear"
    assert on("2026-01-01").verdict == "clear"
    assert on("2026-01-02").verdict == "unknown"
    assert on("2026-01-02", max_age_days=91).verdict == "clear"
    early = on("2024-12-31")
    assert (early.verdict, early.score, early.reason) == ("unknown", None, "none")
    assert "2025-01-01" in early.headline
    assert early.at_least("avoid")
    # A zone that speaks is not silenced by the set's age.
    far = rc.check("45,90", "45,120", date="2027-01-01", zones=collection)
    assert far.verdict == "avoid"


def test_plain_zones_are_always_valid() -> None:
    plain = {"type": "Feature", "properties": {}, "geometry": MIDDLE}
    assert rc.check(WEST, EAST, date="1990-01-01", zones=plain).verdict == "avoid"
    assert rc.check("50,0", "50,1", date="1990-01-01", zones=plain).verdict == "clear"


# --- what must always hold -------------------------------------------------------------------

levels = st.sampled_from(["avoid", "caution", "watch"])
ceilings = st.sampled_from([None, 5_000, 26_000, 32_000])


@st.composite
def zones_on_the_way(draw: st.DrawFn) -> dict[str, Any]:
    lon, lat = draw(st.floats(-3, 23)), draw(st.floats(-6, 6))
    geometry = star(lon, lat, draw(st.lists(st.floats(20, 400), min_size=3, max_size=6)))
    advisory = {"level": draw(levels), "ceiling_ft": draw(ceilings)}
    return zone(geometry, advisory, buffer_km=draw(st.sampled_from([0, 10, 25, 100])))


def not_lower(before: Any, after: Any) -> None:
    assert RANK[after.verdict] >= RANK[before.verdict]
    # One decimal is printed: half of the last place is the most that rounding can hide.
    assert after.score >= before.score - 1e-9


@settings(max_examples=40)
@given(zones_on_the_way(), zones_on_the_way())
def test_a_zone_more_never_lowers_anything(one: dict[str, Any], other: dict[str, Any]) -> None:
    not_lower(check(one), check(one, other))


@settings(max_examples=40)
@given(zones_on_the_way(), st.sampled_from([0, 5, 30, 150]))
def test_a_larger_buffer_never_lowers_anything(feature: dict[str, Any], more_km: float) -> None:
    buffer_km = feature["properties"]["buffer_km"]
    larger = {**feature, "properties": {**feature["properties"], "buffer_km": buffer_km + more_km}}
    not_lower(check(feature), check(larger))


@settings(max_examples=40)
@given(zones_on_the_way())
def test_a_stricter_level_never_lowers_anything(feature: dict[str, Any]) -> None:
    (paper,) = feature["properties"]["advisories"]
    found = [
        check({**feature, "properties": {**feature["properties"],
                                         "advisories": [{**paper, "level": level}]}})
        for level in ("watch", "caution", "avoid")
    ]  # fmt: skip
    not_lower(found[0], found[1])
    not_lower(found[1], found[2])


@settings(max_examples=30)
@given(zones_on_the_way(), zones_on_the_way())
def test_the_way_back_is_judged_the_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    there, back = check(one, other), check(one, other, places=(EAST, WEST))
    assert there.verdict == back.verdict
    assert there.reason == back.reason
    assert there.distance_km == pytest.approx(back.distance_km, abs=1e-6)
    assert {e.zone.id for e in there.exposures} == {e.zone.id for e in back.exposures}


@settings(max_examples=30)
@given(zones_on_the_way(), zones_on_the_way(), st.floats(-170, 170))
def test_turning_everything_about_the_axis_changes_nothing(
    one: dict[str, Any], other: dict[str, Any], turn: float
) -> None:
    def turned(feature: dict[str, Any]) -> dict[str, Any]:
        ring = [[x + turn, y] for x, y in feature["geometry"]["coordinates"][0]]
        return {**feature, "geometry": {"type": "Polygon", "coordinates": [ring]}}

    def place(lon: float) -> tuple[float, float]:
        return 0.0, (lon + turn + 180) % 360 - 180

    before = rc.check((0.0, 0.0), (0.0, 20.0), date=DAY, zones=_set(one, other))
    after = rc.check(place(0), place(20), date=DAY, zones=_set(turned(one), turned(other)))
    assert before.verdict == after.verdict
    assume(before.score != 0)
    assert after.score == pytest.approx(before.score, abs=0.11)


def _set(*features: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {**f, "properties": {**f["properties"], "id": f"zone-{i}"}}
            for i, f in enumerate(features)
        ],
    }


def test_reach_of_the_middle_zone_is_what_the_cases_assume() -> None:
    assert GEOD.inv(0, 0, 20, 0)[2] / 1000 == pytest.approx(2226.39, abs=0.01)
    assert GEOD.inv(8, 0.4, 8, 0)[2] < 50_000 < GEOD.inv(8, 0.5, 8, 0)[2]
