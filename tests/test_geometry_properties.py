"""Properties that hold for every route and every zone, whatever the numbers are."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPolygon, Polygon, mapping, shape
from shapely.ops import split

import routecheck as rc
from meetings import CUT_KM, MM, Meeting, meetings, same_lengths
from shapes import GEOD, one, polygon, zone_set

WITHIN_KM = 1000.0
COLUMNS = ("inside_km", "buffered_km", "closest_km")

parts = st.floats(0.05, 0.95)


def ring_of(geometry: dict[str, Any]) -> list[tuple[float, float]]:
    """The open ring of a polygon without holes."""
    return [(x, y) for x, y in geometry["coordinates"][0][:-1]]


def measured(meeting: Meeting) -> dict[str, Any]:
    route, geometry, buffer_km = meeting
    return one(route, zone_set(geometry, buffer_km=buffer_km), WITHIN_KM)


def test_the_meetings_are_of_every_kind() -> None:
    """Else the properties below would hold for want of contacts."""
    kinds: Counter[str] = Counter()

    @settings(max_examples=150)
    @given(meetings())
    def look(meeting: Meeting) -> None:
        found = measured(meeting)
        kinds["inside"] += found["inside"] > 0
        kinds["buffered only"] += found["buffered"] > 0 == found["inside"]
        kinds["near"] += found["buffered"] == 0 and found["closest"] < WITHIN_KM

    look()
    assert min(kinds[kind] for kind in ("inside", "buffered only", "near")) >= 8, kinds


# --- the Earth's symmetries -------------------------------------------------------------------


@given(meetings())
def test_reversal(meeting: Meeting) -> None:
    (lon1, lat1, lon2, lat2), geometry, buffer_km = meeting
    there, back = measured(meeting), measured(((lon2, lat2, lon1, lat1), geometry, buffer_km))
    assert there["closest"] == pytest.approx(back["closest"], abs=CUT_KM)
    same_lengths(there, back, *meeting)


@given(meetings(), st.floats(-180, 180))
def test_rotation_about_the_axis(meeting: Meeting, turn: float) -> None:
    (lon1, lat1, lon2, lat2), geometry, buffer_km = meeting
    turned = polygon([(x + turn, y) for x, y in ring_of(geometry)])
    before = measured(meeting)
    after = measured(((lon1 + turn, lat1, lon2 + turn, lat2), turned, buffer_km))
    assert before["closest"] == pytest.approx(after["closest"], abs=MM)
    same_lengths(before, after, *meeting)


@given(meetings())
def test_mirror_north_south(meeting: Meeting) -> None:
    (lon1, lat1, lon2, lat2), geometry, buffer_km = meeting
    flipped = polygon([(x, -y) for x, y in ring_of(geometry)][::-1])
    before = measured(meeting)
    after = measured(((lon1, -lat1, lon2, -lat2), flipped, buffer_km))
    assert before["closest"] == pytest.approx(after["closest"], abs=MM)
    same_lengths(before, after, *meeting)


@given(meetings())
def test_mirror_east_west(meeting: Meeting) -> None:
    (lon1, lat1, lon2, lat2), geometry, buffer_km = meeting
    flipped = polygon([(-x, y) for x, y in ring_of(geometry)][::-1])
    before = measured(meeting)
    after = measured(((-lon1, lat1, -lon2, lat2), flipped, buffer_km))
    assert before["closest"] == pytest.approx(after["closest"], abs=MM)
    same_lengths(before, after, *meeting)


# --- the same route or zone, written otherwise ------------------------------------------------


@given(meetings(), parts)
def test_splitting_a_route_adds_up(meeting: Meeting, part: float) -> None:
    (lon1, lat1, lon2, lat2), geometry, buffer_km = meeting
    azimuth, _, metres = GEOD.inv(lon1, lat1, lon2, lat2)
    assume(metres < 1.9e7)  # farther, rounding a way-point turns the rest of the path
    lon, lat, _ = GEOD.fwd(lon1, lat1, azimuth, metres * part)
    zones = zone_set(geometry, buffer_km=buffer_km)
    whole = one((lon1, lat1, lon2, lat2), zones, WITHIN_KM)
    pieces = [
        one(piece, zones, WITHIN_KM) for piece in ((lon1, lat1, lon, lat), (lon, lat, lon2, lat2))
    ]
    assert min(p["closest"] for p in pieces) == pytest.approx(whole["closest"], abs=CUT_KM)
    summed = {name: sum(p[name] for p in pieces) for name in ("inside", "buffered")}
    same_lengths(whole, summed, *meeting)


@given(meetings(), st.floats(0, 180), parts)
def test_cutting_a_zone_changes_nothing(meeting: Meeting, direction: float, part: float) -> None:
    """By any line on the map; the parts as one zone, and each as a zone of its own."""
    route, geometry, buffer_km = meeting
    plane = shape(geometry)
    assume(plane.is_valid)
    west, south, east, north = plane.bounds
    middle = np.array([west + part * (east - west), south + part * (north - south)])
    along = 400 * np.array([np.cos(np.radians(direction)), np.sin(np.radians(direction))])
    cut = split(plane, LineString([middle - along, middle + along]))
    pieces = [piece for piece in cut.geoms if piece.area > 1e-9]
    assume(len(pieces) > 1)
    whole = measured(meeting)
    joined = one(route, zone_set(mapping(MultiPolygon(pieces)), buffer_km=buffer_km), WITHIN_KM)
    assert joined["closest"] == pytest.approx(whole["closest"], abs=CUT_KM)
    same_lengths(whole, joined, *meeting)

    each = [
        one(route, zone_set(mapping(piece), buffer_km=buffer_km), WITHIN_KM) for piece in pieces
    ]
    assert min(p["closest"] for p in each) == pytest.approx(whole["closest"], abs=CUT_KM)
    summed = {"inside": sum(p["inside"] for p in each), "buffered": whole["buffered"]}
    same_lengths(whole, summed, *meeting)
    longest = max(p["buffered"] for p in each)
    total = sum(p["buffered"] for p in each)
    assert longest - CUT_KM <= whole["buffered"] <= total + CUT_KM


@given(meetings(), st.lists(st.lists(st.floats(0.001, 0.999), max_size=3), min_size=9, max_size=9))
def test_vertices_on_an_edge_change_nothing(meeting: Meeting, more: list[list[float]]) -> None:
    route, geometry, buffer_km = meeting
    ring = ring_of(geometry)
    longer: list[tuple[float, float]] = []
    for (x1, y1), (x2, y2), fractions in zip(ring, [*ring[1:], ring[0]], more, strict=False):
        longer.append((x1, y1))
        longer += [(x1 + t * (x2 - x1), y1 + t * (y2 - y1)) for t in sorted(fractions)]
    before, after = measured(meeting), measured((route, polygon(longer), buffer_km))
    assert after["closest"] == pytest.approx(before["closest"], abs=CUT_KM)
    same_lengths(before, after, *meeting)


@given(meetings(), st.integers(0, 8), st.booleans())
def test_where_a_ring_begins_and_how_it_winds_is_no_matter(
    meeting: Meeting, first: int, backwards: bool
) -> None:
    route, geometry, buffer_km = meeting
    ring = ring_of(geometry)
    first %= len(ring)
    other = [*ring[first:], *ring[:first]][:: -1 if backwards else 1]
    before, after = measured(meeting), measured((route, polygon(other), buffer_km))
    assert after["closest"] == pytest.approx(before["closest"], abs=MM)
    same_lengths(before, after, *meeting)


# --- more and less ----------------------------------------------------------------------------


@given(meetings())
def test_growing_buffer(meeting: Meeting) -> None:
    route, geometry, _ = meeting
    found = [
        one(route, zone_set(geometry, buffer_km=b), WITHIN_KM) for b in (0, 0.02, 5, 50, 200, 500)
    ]
    for smaller, larger in itertools.pairwise(found):
        assert smaller["buffered"] <= larger["buffered"] + MM
        assert smaller["closest"] == pytest.approx(larger["closest"], abs=MM)
        assert smaller["inside"] == pytest.approx(larger["inside"], abs=MM)
    km = GEOD.inv(*route)[2] / 1000
    for row in found:
        assert 0 <= row["inside"] <= row["buffered"] + MM <= km + 2 * MM


@given(meetings(), st.floats(0.2, 0.8))
def test_a_hole_takes_away_what_it_covers_and_an_island_gives_it_back(
    meeting: Meeting, scale: float
) -> None:
    route, geometry, buffer_km = meeting
    plane = shape(geometry)
    assume(plane.is_valid)
    centre = plane.representative_point()
    inner = shapely.affinity.scale(plane, scale, scale, origin=centre)
    assume(plane.contains_properly(inner))
    whole = measured(meeting)
    hole = one(route, zone_set(mapping(inner), buffer_km=buffer_km), WITHIN_KM)
    holed_shape = Polygon(plane.exterior, [inner.exterior.coords[::-1]])
    holed = one(route, zone_set(mapping(holed_shape), buffer_km=buffer_km), WITHIN_KM)
    summed = {**whole, "inside": holed["inside"] + hole["inside"]}
    same_lengths(whole, summed, *meeting)
    assert holed["buffered"] <= whole["buffered"] + CUT_KM
    assert holed["closest"] >= whole["closest"] - MM
    if whole["closest"] > 0:  # from outside no hole is seen
        assert holed["closest"] == pytest.approx(whole["closest"], abs=MM)
        assert holed["buffered"] == pytest.approx(whole["buffered"], abs=CUT_KM)

    island = MultiPolygon([holed_shape, inner])
    filled = one(route, zone_set(mapping(island), buffer_km=buffer_km), WITHIN_KM)
    assert filled["closest"] == pytest.approx(whole["closest"], abs=MM)
    same_lengths(whole, filled, *meeting)


@given(meetings(), meetings())
def test_the_parts_of_a_zone_count_like_zones(first: Meeting, second: Meeting) -> None:
    """One zone of two parts: the nearer part's distance, and no length less than either's."""
    route, one_part, buffer_km = first
    other = second[1]
    both = {"type": "MultiPolygon", "coordinates": [one_part["coordinates"], other["coordinates"]]}
    joined = one(route, zone_set(both, buffer_km=buffer_km), WITHIN_KM)
    each = [
        one(route, zone_set(part, buffer_km=buffer_km), WITHIN_KM) for part in (one_part, other)
    ]
    assert joined["closest"] == pytest.approx(min(p["closest"] for p in each), abs=MM)
    for name in ("inside", "buffered"):
        longest, total = max(p[name] for p in each), sum(p[name] for p in each)
        assert longest - MM <= joined[name] <= total + MM, name


# --- many at once -----------------------------------------------------------------------------


def table(found: Any) -> dict[tuple[int, int], list[float]]:
    columns = np.stack([getattr(found, name) for name in COLUMNS], axis=1)
    pairs = zip(found.route.tolist(), found.zone.tolist(), strict=True)
    return dict(zip(pairs, columns.tolist(), strict=True))


def assert_same_rows(some: dict[Any, list[float]], others: dict[Any, list[float]]) -> None:
    assert some.keys() == others.keys()
    for pair, row in some.items():
        np.testing.assert_allclose(row, others[pair], rtol=0, atol=MM, err_msg=str(pair))


several = st.lists(meetings(), min_size=2, max_size=6)


@given(several)
def test_single_is_batch(some: list[Meeting]) -> None:
    zones = zone_set(*(geometry for _, geometry, _ in some), buffer_km=some[0][2])
    routes = [route for route, _, _ in some]
    batch = rc.measure(routes, zones, 500)
    keys = list(zip(batch.route.tolist(), batch.zone.tolist(), strict=True))
    assert keys == sorted(keys)
    alone: dict[tuple[int, int], list[float]] = {}
    for i, route in enumerate(routes):
        for j, zone in enumerate(zones):
            for row in table(rc.measure([route], [zone], 500)).values():
                alone[i, j] = row
    assert_same_rows(alone, table(batch))


@given(several, st.randoms(use_true_random=False))
def test_shuffled_zones_and_routes_permute_the_rows(some: list[Meeting], random: Any) -> None:
    zones = [zone_set(geometry, buffer_km=buffer_km)[0] for _, geometry, buffer_km in some]
    routes = [route for route, _, _ in some]
    order, turn = list(range(len(zones))), list(range(len(routes)))
    random.shuffle(order)
    random.shuffle(turn)
    before = table(rc.measure(routes, zones, 500))
    after = table(rc.measure([routes[i] for i in turn], [zones[j] for j in order], 500))
    assert_same_rows(before, {(turn[i], order[j]): row for (i, j), row in after.items()})


@given(meetings(), meetings())
def test_a_zone_more_changes_nothing_for_the_others(first: Meeting, other: Meeting) -> None:
    route, geometry, buffer_km = first
    mine = zone_set(geometry, buffer_km=buffer_km)[0]
    more = zone_set(other[1], buffer_km=other[2])[0]
    alone = rc.measure([route], [mine], WITHIN_KM)
    both = rc.measure([route], [more, mine], WITHIN_KM)
    here = both.zone == 1
    assert here.sum() == len(alone)
    for name in COLUMNS:
        np.testing.assert_allclose(
            getattr(both, name)[here], getattr(alone, name), rtol=0, atol=MM, err_msg=name
        )
