"""What hostile input once got past: each case gave a wrong clear, a crash or an untruth."""

from __future__ import annotations

import itertools
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest
import shapely

import routecheck as rc
from helpers import run_inside
from routecheck.report.text import report_text
from shapes import GEOD, box, one, polygon, zone_set

DAY = "2026-10-03"
SQUARE = box(0, 1, 1, 2)


def plain(geometry: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


# --- wrong clears ----------------------------------------------------------------------------


def test_both_lobes_of_a_ring_that_touches_itself_are_inside() -> None:
    ring = [(0, 0), (10, 10), (24, 24), (24, -4), (10, 10), (0, 20)]
    zones = zone_set(polygon(ring))
    assert one((2, 9, 2, 11), zones)["inside"] > 200
    assert one((20, 9, 20, 11), zones)["inside"] > 200
    assert one((10, 1, 10, 2), zones)["inside"] == 0


def test_overlapping_parts_and_holes_stay_as_drawn() -> None:
    parts = {"type": "MultiPolygon", "coordinates": [box(0, 0, 4, 4)["coordinates"],
                                                     box(2, 2, 6, 6)["coordinates"]]}  # fmt: skip
    assert one((2.5, 3, 3.5, 3), zone_set(parts))["inside"] > 100
    hole = [(1, 1), (1, 3), (3, 3), (3, 1)]
    assert (
        one((1.5, 2, 2.5, 2), zone_set(polygon([(0, 0), (4, 0), (4, 4), (0, 4)], hole)))["inside"]
        == 0
    )


def test_projected_tables_keep_their_shape_over_the_date_line_and_the_pole() -> None:
    pacific = geopandas.GeoDataFrame(
        {"id": ["z"]}, geometry=[shapely.box(2.5e6, 1e6, 4e6, 4e6)], crs=3832
    )
    assert rc.check("20,175", "20,-175", zones=pacific, date=DAY).verdict == "avoid"
    arctic = geopandas.GeoDataFrame(
        {"id": ["z"]}, geometry=[shapely.box(-2e6, -0.2e6, 1e6, 0.9e6)], crs=3413
    )
    assert rc.check("80,-140", "80,-120", zones=arctic, date=DAY).verdict == "avoid"
    europe = geopandas.GeoDataFrame(
        {"id": ["z"]}, geometry=[shapely.box(2.5e6, 1.5e6, 5.5e6, 3e6)], crs=3034
    )
    inside = geopandas.GeoSeries([shapely.Point(4e6, 2.9e6)], crs=3034).to_crs(4326)[0]
    place = (inside.y, inside.x)
    assert rc.check(place, "80,0", zones=europe, date=DAY).reason == "endpoint"


def test_an_edge_that_can_be_read_two_ways_is_not_clear() -> None:
    jump = polygon([(170, 50), (-170, 50), (-170, 60), (170, 60)])
    a = rc.check("55,175", "55,-175", zones=plain(jump, id="pacific"), date=DAY)
    assert (a.verdict, a.score) == ("unknown", None)
    assert "pacific" in a.headline
    assert any("date line" in caveat for caveat in a.caveats)
    cap = rc.check("10,0", "20,0", zones=plain(box(-180, 80, 180, 90)), date=DAY)
    assert cap.verdict == "clear"


def test_a_position_in_a_gap_is_the_gap() -> None:
    for place in ("FIH", (-4.3858, 15.4446), "-4.4,15.5"):
        assert rc.check("LAD", place, date=DAY).verdict == "unknown"
    assert rc.check("LHR", (48.1, 11.6), date=DAY).verdict == "clear"


def test_borderline_reaches_as_far_as_the_doubt() -> None:
    a = rc.check("0.4,-3", "0.4,3", zones=plain(SQUARE, accuracy_km=100), date=DAY, watch_km=0)
    assert a.verdict == "watch"
    assert a.exposures[0].borderline
    assert rc.check("0.4,-3", "0.4,3", zones=plain(SQUARE), date=DAY).verdict == "clear"


def test_a_piece_opposite_a_caps_centre_is_not_pruned() -> None:
    """Rounding puts the cosine of opposite points below -1, which is no cosine of any reach."""
    rng = np.random.default_rng(4)
    for lon, lat in zip(rng.uniform(-170, 170, 40), rng.uniform(-60, 60, 40), strict=True):
        far = (lon + 360) % 360 - 180
        parts = [box(lon - 3, lat - 3, lon + 3, lat + 3)["coordinates"]]
        parts += [box(far + d, -lat - 1, far + d + 1, -lat + 1)["coordinates"] for d in (-8, 7)]
        parts += [box(lon + 85, -2, lon + 90, 2)["coordinates"]]
        parts += [box(lon - 90, -2, lon - 85, 2)["coordinates"]]
        zones = zone_set({"type": "MultiPolygon", "coordinates": parts})
        m = rc.measure([[lon, lat - 0.2, lon, lat + 0.2]], zones)
        assert m.inside_km.tolist() == pytest.approx(
            [GEOD.inv(lon, lat - 0.2, lon, lat + 0.2)[2] / 1000]
        )


def test_the_end_of_what_a_set_covers_counts() -> None:
    header = {"schema": 1, "dataset": "d", "as_of": "2026-10-03", "licence": "CC0",
              "covers": ["2014-01-01", "2015-01-01"], "credits": ["x"],
              "advisories": {"a": {"issuer": "X", "reference": "R", "level": "avoid",
                                   "issued": "2014-01-01", "confidence": "firm"}}}  # fmt: skip
    zones = {"type": "FeatureCollection", "routecheck": header,
             "features": [plain(SQUARE, id="z", name="z", advisories=["a"])]}  # fmt: skip
    assert rc.check("50,0", "50,9", zones=zones, date="2014-06-01").verdict == "clear"
    assert rc.check("50,0", "50,9", zones=zones, date="2026-10-03").verdict == "unknown"


def test_zone_sources_are_not_dropped_without_a_word(tmp_path: Path) -> None:
    assert run_inside("LHR", "JFK", "--date", DAY, "--zones", "").code == 2
    with pytest.raises(rc.ZoneError, match="no zone"):
        rc.check("LHR", "JFK", zones=rc.ZoneSet(()), date=DAY)
    (tmp_path / "a.geojson").write_text(
        '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}', encoding="utf-8"
    )
    (tmp_path / "b.kml").write_text("<kml/>", encoding="utf-8")
    zones = rc.load_zones(tmp_path)
    assert any("b.kml" in str(problem) for problem in zones.problems)
    a = rc.check("LHR", "JFK", zones=zones, date=DAY)
    assert any("b.kml" in caveat for caveat in a.caveats)


def test_longitudes_that_are_nowhere_are_refused() -> None:
    with pytest.raises(ValueError, match="longitudes within"):
        rc.measure([[1e300, 0, 1e300, 1]], zone_set(SQUARE))


# --- crashes ---------------------------------------------------------------------------------


def test_dates_at_the_end_of_the_calendar() -> None:
    header = {"schema": 1, "dataset": "d", "as_of": "9999-12-31", "licence": "CC0",
              "covers": ["2014-01-01", None], "credits": ["x"], "advisories": {}}  # fmt: skip
    zones = {"type": "FeatureCollection", "routecheck": header,
             "features": [plain(SQUARE, id="z", name="z", advisories=[])]}  # fmt: skip
    assert rc.check("50,0", "50,9", zones=zones, date="2026-10-03").verdict == "clear"
    with pytest.raises(rc.DateError):
        rc.check("LHR", "JFK", date=datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))))


@pytest.mark.parametrize(
    "options",
    [{"issuers": 5}, {"issuers": [None]}, {"issuers": b"EASA"}, {"issuers": ["EASSA"]}],
    ids=str,
)
def test_issuers_of_wrong_types_are_named(options: dict[str, Any]) -> None:
    with pytest.raises(rc.RoutecheckError, match="issuer"):
        rc.check("LHR", "JFK", date=DAY, **options)


@pytest.mark.parametrize(
    "when", [20261003, None, datetime(2026, 10, 3), np.datetime64(DAY)], ids=str
)
def test_zones_on_a_date_that_is_none(when: Any) -> None:
    with pytest.raises(rc.DateError):
        rc.load_zones().on(when)


@pytest.mark.parametrize("zones", [None, 5, "/path", [1]], ids=str)
def test_measure_names_what_is_no_zone(zones: Any) -> None:
    with pytest.raises(ValueError, match="zones are"):
        rc.measure([[0, 0, 1, 1]], zones)


@pytest.mark.parametrize(
    "routes", [[[0, 0, 1, 1], [0, 0, 1]], "LHR JFK", {"a": 1}, [[1j, 0, 1, 1]]], ids=str
)
def test_measure_names_what_is_no_route(routes: Any) -> None:
    with pytest.raises(ValueError, match="routes"):
        rc.measure(routes, zone_set(SQUARE))


def test_a_place_too_large_to_be_a_number() -> None:
    with pytest.raises(rc.RoutecheckError):
        rc.check((10**400, 1), "JFK", date=DAY)
    with pytest.raises(rc.RoutecheckError):
        rc.check(rc.Route(()), date=DAY)


def test_positions_with_a_leading_point_are_places() -> None:
    assert run_inside("-.5,1", "-1e1,5", "--date", DAY, "--quiet").code == 0


# --- untruths --------------------------------------------------------------------------------


def test_a_crossing_is_not_told_as_a_miss() -> None:
    paper = {"level": "avoid", "applies": "arrival-departure", "issuer": "X", "reference": "R"}
    a = rc.check("0,-5", "0,5", zones=plain(box(-1, -1, 1, 1), advisories=[paper]), date=DAY)
    assert (a.verdict, a.reason) == ("watch", "overflight")
    assert "without entering" not in a.headline


@pytest.mark.parametrize("edge", [(0, 2, 0, 3), (1, 2, 1, 3), (0.2, 1, 0.8, 1), (0.2, 4, 0.8, 4)])
def test_a_touch_does_not_depend_on_the_side(edge: tuple[float, ...]) -> None:
    lon1, lat1, lon2, lat2 = edge
    a = rc.check((lat1, lon1), (lat2, lon2), zones=plain(box(0, 1, 1, 4)), date=DAY)
    assert a.verdict == "avoid"


def test_geojson_stays_within_half_a_turn_and_draws_no_points() -> None:
    zones = plain(box(170, -30, 190, 30), id="z")
    ends = "0,160 5,-160", "10,180 20,-170", "0,-175 -40,175", "-80,0 -80,180"
    cases = [pair.split() for pair in ends]
    for places in cases:
        a = rc.check(*places, zones=zones, date=DAY, watch_km=1000)
        for feature in a.to_geojson()["features"]:
            geometry = feature["geometry"]
            shape = shapely.geometry.shape(geometry)
            west, south, east, north = shape.bounds
            assert -180 <= west <= east <= 180
            assert -90 <= south <= north <= 90
            if "Line" in geometry["type"]:
                parts = geometry["coordinates"]
                parts = [parts] if geometry["type"] == "LineString" else parts
                for part in parts:
                    assert len({tuple(p) for p in part}) > 1
                    for (x1, y1), (x2, y2) in itertools.pairwise(part):
                        assert abs(x2 - x1) <= 90 or abs(y1) == abs(y2) == 90
            if feature["properties"]["role"] == "zone":
                assert shape.is_valid
                assert shape.area == pytest.approx(20 * 60)


def test_empty_and_missing_dates_to_compare_are_refused() -> None:
    assert run_inside("BAK", "GRV", "--date", DAY, "--compare", "").code == 2
    with pytest.raises(rc.DateError):
        rc.compare("BAK", "GRV", before=None, date=DAY)
    names = (name for name in ["FAA"])
    c = rc.compare("BAK", "GRV", before="2024-12-24", date=DAY, issuers=names)
    assert c.earlier.caveats[-1] == c.later.caveats[-1]


def test_marks_that_hide_or_turn_text_are_not_recorded() -> None:
    a = rc.check("\u202eBAK", "GR\u200bV", date=DAY)
    assert a.route.origin.input == "BAK"
    assert a.route.destination.input == "GRV"


# --- resources: in proportion to a peer task, never to the clock --------------------------------


def test_many_buffered_zones_on_a_long_route_stay_quick() -> None:
    """Twenty bands beside the longest route cost less than fifty times what one does."""

    def took(count: int) -> float:
        features = [
            {**plain(box(2 + i, -80, 2.5 + i, 80), id=f"z{i}", buffer_km=1000)}
            for i in range(count)
        ]
        zones = rc.load_zones({"type": "FeatureCollection", "features": features})
        start = time.perf_counter()
        a = rc.check("-85,0", "85,0", zones=zones, date=DAY)
        assert a.verdict == "caution"
        return time.perf_counter() - start

    took(1)
    assert took(20) < 50 * took(1)


def test_a_zigzag_across_the_earth_is_refused() -> None:
    ring = [(-89.0 if i % 2 else 89.0, -60 + i * 0.02) for i in range(4000)]
    with pytest.raises(rc.ZoneError, match="vertices would be needed"):
        rc.load_zones(plain(polygon([*ring, (-170.0, 40.0), (-170.0, -70.0)])))


def test_dates_with_zones_are_taken_in_utc() -> None:
    east = datetime(2024, 12, 25, 1, tzinfo=timezone(timedelta(hours=4)))
    assert rc.check("BAK", "GRV", date=east).when == datetime(2024, 12, 24, 21, tzinfo=UTC)
    assert "2024-12-24T21:00:00Z" in report_text(rc.check("BAK", "GRV", date=east))


def schema(advisories: dict[str, Any], **properties: Any) -> dict[str, Any]:
    """A schema 1 file of one zone, 2° wide round 10° E on the equator, with these advisories."""
    feature = {
        "type": "Feature",
        "properties": {"id": "zone", "advisories": list(advisories), **properties},
        "geometry": box(9, -1, 11, 1),
    }
    header = {"schema": 1, "as_of": "2026-10-03", "advisories": advisories}
    return {"type": "FeatureCollection", "routecheck": header, "features": [feature]}


def notice(issuer: str, level: str = "avoid", **more: Any) -> dict[str, Any]:
    return {
        "issuer": issuer, "reference": "N 1", "level": level, "issued": "2026-01-01",
        "confidence": "made up", **more,
    }  # fmt: skip


def test_two_revisions_of_one_id_are_an_error() -> None:
    both = [{**notice("EASA"), "id": "x"}, {**notice("EASA"), "id": "x", "issued": "2026-02-01"}]
    with pytest.raises(rc.ZoneError, match="two advisories of the zone have the id"):
        rc.load_zones({**schema({}), "features": [{**schema({})["features"][0],
                       "properties": {"id": "zone", "advisories": both}}]})  # fmt: skip


def test_the_id_of_a_zones_own_level_is_taken() -> None:
    with pytest.raises(rc.ZoneError, match="as-given"):
        rc.load_zones(schema({"as-given": notice("EASA")}))


def test_buffer_and_doubt_stay_within_what_is_looked_at() -> None:
    with pytest.raises(rc.ZoneError, match="accuracy_km"):
        rc.load_zones(plain(SQUARE, buffer_km=1000, accuracy_km=900))
    rc.load_zones(plain(SQUARE, buffer_km=1000, accuracy_km=100))


def test_the_second_line_names_whose_word_it_is() -> None:
    """The zone in the headline, and the notices that speak at the flight's level."""
    zones = rc.load_zones(
        schema({"low": notice("Lowland", ceiling_ft=26000), "all": notice("Upland", "caution")})
    )
    over = rc.check("0,0", "0,20", zones=zones, date="2026-10-03", cruise="FL350")
    assert over.verdict == "caution"
    assert "Upland" in over.grounds
    assert "Lowland" not in over.grounds
    landing = rc.check("0,0", "0,10", zones=zones, date="2026-10-03")
    assert landing.verdict == "avoid"
    assert "Lowland" in landing.grounds
    assert "Upland" not in landing.grounds


def test_the_headline_rests_on_the_zone_it_names() -> None:
    a = rc.check("LHR", "RGN", date="2026-10-03")
    assert a.headline.startswith("AVOID: Yangon (RGN) lies inside Myanmar")
    assert "also crosses" in a.headline
    assert a.grounds.startswith("On the word of: Canada NOTAM H5013/26")
    assert "France AIC 011/26" in a.grounds
    assert "EASA" not in a.grounds
    several = rc.check("LHR", "DEL", date="2026-10-03")
    assert "Eastern Ukraine" not in several.headline  # within Ukraine, which is named
    assert several.grounds.startswith("On the word of ")
    assert " for Ukraine and its Black Sea and Azov waters" in several.grounds


def test_a_landing_whose_notices_are_missing_is_unknown_even_with_something_to_watch() -> None:
    a = rc.check("LHR", "FIH", date="2026-10-03")
    assert (a.verdict, a.score) == ("unknown", None)
    assert {e.verdict for e in a.exposures} == {"watch"}


def test_the_seas_beyond_the_coasts_are_not_clear() -> None:
    for ends in (("BOM", "SCT"), ("BOM", "MBA"), ("SEZ", "SCT"), ("CCU", "HKT")):
        assert rc.check(*ends, date="2026-10-03").verdict != "clear", ends
    # a line along the limit between the Iranian and the Arab side of the Gulf
    seam = rc.check("27.43,50.75", "27.3,50.85", date="2026-10-03")
    assert max(e.inside_km for e in seam.exposures) > 10
    # and one along the Gulf of Aden, between the seas of Yemen and Somalia
    assert rc.check("11.7,43.9", "11.85,48.5", date="2026-10-03").verdict != "watch"


def test_zones_without_a_notice_count_on_every_day_that_the_set_covers() -> None:
    for day in ("2025-02-01", "2026-10-02"):
        assert rc.check("DLA", "NDJ", date=day).verdict == "watch"
    assert rc.check("DLA", "NDJ", date="2025-01-31").verdict == "unknown"
