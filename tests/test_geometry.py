"""Degenerate cases with known answers, and properties that hold for every route and zone."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import assume, given
from hypothesis import strategies as st

import routecheck as rc
from routecheck.geometry.contact import contacts
from routecheck.geometry.index import build_index
from routecheck.geometry.legs import Legs
from routecheck.geometry.nearest import nearest_zone
from routecheck.geometry.rings import refine_ring
from shapes import GEOD, box, one, polygon, star, zone_set

MM = 1e-6
ERROR = 0.010


def km_between(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Distance by the pure Python geographiclib."""
    return Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2)["s12"] / 1000


# --- known answers ---------------------------------------------------------------------------


def test_meridian_through_a_box_is_measured_exactly() -> None:
    found = one((5, -5, 5, 15), zone_set(box(0, 0, 10, 10)))
    assert found["inside"] == pytest.approx(km_between(5, 0, 5, 10), abs=1e-3)
    assert found["closest"] == 0


def test_buffer_beyond_the_top_of_a_box_is_a_distance_not_degrees() -> None:
    """Along 5°E northwards the buffer of 100 km ends 100 km beyond the box's top."""
    zones = zone_set(box(0, 0, 10, 60), buffer_km=100)
    found = one((5, 30, 5, 80), zones)
    _, top, _ = GEOD.fwd(5, 60, 0, 100_000)
    # The nearest point of a parallel's edge lies straight south, on its refined geodesic (2 m).
    assert found["buffered"] == pytest.approx(km_between(5, 30, 5, top), abs=0.003)


def test_edge_straight_in_lon_lat_follows_the_parallel() -> None:
    """At 60°N the geodesic between the ends of a 40° edge bulges 350 km north of the parallel."""
    zones = zone_set(box(0, 50, 40, 60))
    assert one((19.9, 60.01, 20.1, 60.01), zones)["inside"] == 0
    assert one((19.9, 59.99, 20.1, 59.99), zones)["inside"] > 11


@pytest.mark.parametrize(
    ("route", "inside"),
    [
        ((-5, 10, 0, 10), False),  # ends on a corner
        ((-5, 15, 5, 5.0), True),
        ((-10, 20, 10, 0), True),
    ],
)
def test_touching_a_corner(route: tuple[float, ...], inside: bool) -> None:
    found = one(route, zone_set(box(0, 0, 10, 10)))
    assert found["closest"] == 0
    assert (found["inside"] > 1) is inside


def test_corner_touched_from_outside_is_reported_as_touching() -> None:
    found = one((-5, 10, 0, 10), zone_set(box(0, 0, 10, 10)))
    assert found["touching"]
    assert found["inside"] == pytest.approx(0, abs=1e-3)


def test_running_along_an_edge_keeps_its_distance_zero() -> None:
    for route in [(0, 2, 0, 8), (0, -5, 0, 15), (2, 0, 8, 0), (0, 8, 0, 2)]:
        found = one(route, zone_set(box(0, 0, 10, 10)))
        assert found["closest"] == pytest.approx(0, abs=MM)


def test_along_the_edge_and_then_in() -> None:
    """The route follows the meridian edge of a lower box, then enters the upper one."""
    shape = polygon([(0, 0), (10, 0), (10, 10), (-5, 10), (-5, 5), (0, 5)])
    found = one((0, 1, 0, 9), zone_set(shape))
    assert found["inside"] >= km_between(0, 5, 0, 9) - 0.01


def test_through_a_hole() -> None:
    ring = [(0, 0), (10, 0), (10, 10), (0, 10)]
    hole = [(4, 4), (4, 6), (6, 6), (6, 4)]
    found = one((5, -5, 5, 15), zone_set(polygon(ring, hole)))
    through = km_between(5, 0, 5, 4) + km_between(5, 6, 5, 10)
    assert found["inside"] == pytest.approx(through, abs=0.01)
    inside_hole = one((4.9, 5, 5.1, 5), zone_set(polygon(ring, hole)), 300)
    assert inside_hole["inside"] == 0
    assert inside_hole["closest"] == pytest.approx(km_between(4.9, 5, 4, 5), abs=0.01)


def test_zone_with_a_pole_inside() -> None:
    cap = box(-180, 80, 180, 90)
    found = one((0, 70, 180, 70), zone_set(cap))
    assert found["inside"] == pytest.approx(2 * km_between(0, 80, 0, 90), abs=0.01)
    assert one((10, 85, 10.001, 85), zone_set(cap))["closest"] == 0
    south = zone_set(box(-180, -90, 180, -75))
    assert one((-60, -70, 120, -70), south)["inside"] == pytest.approx(
        2 * km_between(0, -75, 0, -90), abs=0.01
    )


@pytest.mark.parametrize(
    "geometry",
    [
        box(170, 10, 190, 20),
        box(-190, 10, -170, 20),
        {
            "type": "MultiPolygon",
            "coordinates": [
                box(170, 10, 180, 20)["coordinates"],
                box(-180, 10, -170, 20)["coordinates"],
            ],
        },
    ],
    ids=["past 180", "past -180", "cut"],
)
@pytest.mark.parametrize(
    "route",
    [
        (160, 15, -160, 15),
        (-160, 15, 160, 15),
        (175, 5, -175, 25),
        (180, 0, 180, 30),
        (-180, 0, 180, 30),
        (165, 21, -165, 21),
        (160, 15, 169, 15),
    ],
)
def test_date_line_both_ways(geometry: dict[str, object], route: tuple[float, ...]) -> None:
    """The same as 180° further west, where nothing is special."""
    plain = one([c - 180 if i % 2 == 0 else c for i, c in enumerate(route)],
                zone_set(box(-10, 10, 10, 20), buffer_km=200), 900)  # fmt: skip
    found = one(route, zone_set(geometry, buffer_km=200), 900)
    for name in ("inside", "buffered", "closest"):
        assert found[name] == pytest.approx(plain[name], abs=0.005), name


def test_route_of_no_length() -> None:
    zones = zone_set(box(0, 0, 10, 10), buffer_km=50)
    assert one((5, 5, 5, 5), zones) == {
        "inside": 0, "buffered": 0, "closest": 0, "touching": False,
    }  # fmt: skip
    near = one((-0.1, 5, -0.1, 5), zones)
    assert near["closest"] == pytest.approx(km_between(-0.1, 5, 0, 5), abs=1e-3)
    assert one((-2, 5, -2, 5), zones)["closest"] == math.inf


def test_buffer_that_swallows_the_route() -> None:
    found = one((20, 50, 21, 50), zone_set(box(20, 51, 21, 52), buffer_km=500))
    assert found["buffered"] == pytest.approx(km_between(20, 50, 21, 50), abs=MM)
    assert found["inside"] == 0


def test_parallel_at_exactly_the_buffers_distance_is_touching() -> None:
    """North-south beside a meridian edge at the equator, 100 km away to within the error."""
    lon, _, _ = GEOD.fwd(0, 0, 270, 100_000)
    zones = zone_set(box(0, -20, 1, 20), buffer_km=100)
    assert one((lon, 0, lon, 0.001), zones)["touching"]


@pytest.mark.parametrize(
    ("route", "name"),
    [
        ((174.79, -37.01, -70.79, -33.39), "AKL SCL"),
        ((-118.41, 33.94, 113.92, 22.31), "LAX HKG"),
        ((10, 60, -170, 60), "over the pole"),
        ((10, -60, -170.001, -60), "nearly over the pole"),
        ((0, 0.3, 179.6, 0.2), "near-antipodal"),
        ((-3.56, 40.47, 174.81, -41.33), "MAD WLG"),
    ],
)
def test_far_routes_are_right_against_geographiclib(
    route: tuple[float, float, float, float], name: str
) -> None:
    """Length, and the distance from places beside the path to it, found by brute force."""
    lon1, lat1, lon2, lat2 = route
    line = Geodesic.WGS84.InverseLine(lat1, lon1, lat2, lon2)
    legs = Legs.between([route])
    assert legs.length_km[0] == pytest.approx(line.s13 / 1000, abs=MM)
    for part in (0.1, 0.37, 0.5, 0.83):
        on_path = line.Position(part * line.s13)
        side = Geodesic.WGS84.Direct(on_path["lat2"], on_path["lon2"], on_path["azi2"] + 90, 3e5)
        lon, lat = side["lon2"], side["lat2"]
        km = np.linspace(0, line.s13, 4001)
        around = [line.Position(s) for s in km]
        best = min(km_between(lon, lat, p["lon2"], p["lat2"]) for p in around)
        tiny = star(lon, lat, [0.05] * 4)
        found = one(route, zone_set(tiny), 400)
        # 4,000 samples of 20,000 km: the nearest is up to 2.5 km along, 11 m farther at 300 km.
        assert best - 0.05 - 0.02 <= found["closest"] <= best - 0.03, name


def test_refined_rings_follow_their_edges_within_two_metres() -> None:
    for lat in (0.5, 30, 60, 80, 89):
        lon, lats = refine_ring(np.array([0.0, 40, 40, 0, 0]), np.array([lat, lat, -5, -5, lat]))
        assert set(zip([0.0, 40], [lat, lat], strict=True)) <= set(
            zip(lon.tolist(), lats.tolist(), strict=True)
        )
        top = np.flatnonzero(lats == lat)
        for i, j in itertools.pairwise(top):
            if j != i + 1:
                continue
            line = Geodesic.WGS84.InverseLine(lats[i], lon[i], lats[j], lon[j])
            middle = line.Position(line.s13 / 2)
            off = Geodesic.WGS84.Inverse(middle["lat2"], middle["lon2"], lat, middle["lon2"])
            assert off["s12"] < 2.1


def test_nearest_zone_however_far() -> None:
    zones = zone_set(box(100, 10, 105, 15), box(-60, -30, -55, -25), box(20, 60, 25, 65))
    index = build_index([z.outline for z in zones])
    route = [0.0, 0.0, 10.0, 5.0]
    found = nearest_zone(Legs.between([route]), index)
    assert found is not None
    brute = []
    for z in zones:
        step = np.linspace(0, 1, 40)
        ends = np.array(GEOD.npts(*route, 60, initial_idx=0, terminus_idx=0))
        ring = np.concatenate([
            np.stack([z.outline.lon[i] + step * np.diff(z.outline.lon)[i],
                      z.outline.lat[i] + step * np.diff(z.outline.lat)[i]], axis=1)
            for i in range(len(z.outline.lon) - 1)
        ])  # fmt: skip
        pairs = np.repeat(ends, len(ring), axis=0), np.tile(ring, (len(ends), 1))
        brute.append(np.min(GEOD.inv(*pairs[0].T, *pairs[1].T)[2]) / 1000)
    assert found[0] == int(np.argmin(brute))
    assert found[1] == pytest.approx(min(brute), rel=1e-4)
    assert found[1] <= min(brute) + MM


def test_scalar_and_batch_are_the_same_to_the_bit() -> None:
    rng = np.random.default_rng(11)
    routes = np.column_stack([rng.uniform(-60, 60, 200), rng.uniform(-30, 60, 200),
                              rng.uniform(-60, 60, 200), rng.uniform(-30, 60, 200)])  # fmt: skip
    zones = rc.load_zones()
    batch = rc.measure(routes, zones, 50)
    assert len(batch) > 100
    for i in range(0, 200, 7):
        alone = rc.measure(routes[i : i + 1], zones, 50)
        mine = batch.route == i
        assert alone.zone.tolist() == batch.zone[mine].tolist()
        for name in ("inside_km", "buffered_km", "closest_km"):
            np.testing.assert_allclose(getattr(alone, name), getattr(batch, name)[mine], atol=MM)


def test_measure_without_routes_or_zones() -> None:
    assert len(rc.measure(np.empty((0, 4)), zone_set(box(0, 0, 1, 1)))) == 0
    assert len(rc.measure([[0, 0, 1, 1]], [])) == 0


@pytest.mark.parametrize(
    "routes", [[[0, 0, 1]], [0, 0, 1, 1], [[0, 91, 1, 1]], [[math.nan, 0, 1, 1]]]
)
def test_measure_refuses_what_is_no_route(routes: object) -> None:
    with pytest.raises(ValueError, match="route"):
        rc.measure(routes, zone_set(box(0, 0, 1, 1)))


# --- properties ------------------------------------------------------------------------------

places = st.tuples(st.floats(-180, 180), st.floats(-88, 88))
centres = st.tuples(st.floats(-180, 180), st.floats(-80, 80))
radii = st.lists(st.floats(20, 600), min_size=3, max_size=9)
buffers = st.sampled_from([0.0, 1.0, 10.0, 50.0, 250.0, 500.0])


@st.composite
def meetings(draw: st.DrawFn) -> tuple[tuple[float, ...], dict[str, object], float]:
    """A route that often has to do with its zone: it passes a point near the zone's centre."""
    lon, lat = draw(centres)
    geometry = star(lon, lat, draw(radii), turn=draw(st.floats(0, 90)))
    x, y, _ = GEOD.fwd(lon, lat, draw(st.floats(0, 360)), draw(st.floats(0, 900_000)))
    heading = draw(st.floats(0, 360))
    lon1, lat1, _ = GEOD.fwd(x, y, heading, draw(st.floats(1000, 6e6)))
    lon2, lat2, _ = GEOD.fwd(x, y, heading + 180, draw(st.floats(1000, 6e6)))
    return (lon1, lat1, lon2, lat2), geometry, draw(buffers)


def same(a: dict[str, float], b: dict[str, float], tolerance_km: float = MM) -> None:
    for name in ("inside", "buffered", "closest"):
        assert a[name] == pytest.approx(b[name], abs=tolerance_km, rel=1e-9), name


@given(meetings())
def test_reversal(meeting: tuple) -> None:
    (lon1, lat1, lon2, lat2), geometry, buffer_km = meeting
    zones = zone_set(geometry, buffer_km=buffer_km)
    there = one((lon1, lat1, lon2, lat2), zones, 1000)
    back = one((lon2, lat2, lon1, lat1), zones, 1000)
    assert there["closest"] == pytest.approx(back["closest"], abs=MM)
    bracketed(there, back, (lon1, lat1, lon2, lat2), geometry, buffer_km)


def bracketed(
    a: dict[str, float], b: dict[str, float], route: tuple, geometry: dict, buffer_km: float
) -> None:
    """Lengths agree to 1 mm, or at a grazing contact lie in the same bracket of ±10 m."""
    if a["inside"] == pytest.approx(b["inside"], abs=1e-4) and a["buffered"] == pytest.approx(
        b["buffered"], abs=1e-4
    ):
        return
    wider = one(route, zone_set(geometry, buffer_km=buffer_km + 2 * ERROR), 1000)
    narrow = one(route, zone_set(geometry, buffer_km=max(0.0, buffer_km - 2 * ERROR)), 1000)
    for found in (a, b):
        assert narrow["buffered"] - MM <= found["buffered"] <= wider["buffered"] + MM


@given(meetings(), st.floats(-180, 180))
def test_rotation_about_the_axis(meeting: tuple, turn: float) -> None:
    (lon1, lat1, lon2, lat2), geometry, buffer_km = meeting
    turned = polygon([(x + turn, y) for x, y in geometry["coordinates"][0][:-1]])
    before = one((lon1, lat1, lon2, lat2), zone_set(geometry, buffer_km=buffer_km), 1000)
    after = one((lon1 + turn, lat1, lon2 + turn, lat2), zone_set(turned, buffer_km=buffer_km), 1000)
    assert before["closest"] == pytest.approx(after["closest"], abs=MM)
    bracketed(before, after, (lon1, lat1, lon2, lat2), geometry, buffer_km)


@given(meetings())
def test_mirror_north_south(meeting: tuple) -> None:
    (lon1, lat1, lon2, lat2), geometry, buffer_km = meeting
    flipped = polygon([(x, -y) for x, y in geometry["coordinates"][0][:-1]][::-1])
    before = one((lon1, lat1, lon2, lat2), zone_set(geometry, buffer_km=buffer_km), 1000)
    after = one((lon1, -lat1, lon2, -lat2), zone_set(flipped, buffer_km=buffer_km), 1000)
    assert before["closest"] == pytest.approx(after["closest"], abs=MM)
    bracketed(before, after, (lon1, lat1, lon2, lat2), geometry, buffer_km)


@given(meetings())
def test_growing_buffer(meeting: tuple) -> None:
    route, geometry, _ = meeting
    lengths = [
        one(route, zone_set(geometry, buffer_km=b), 1000)["buffered"] for b in (0, 5, 50, 200, 500)
    ]
    for smaller, larger in itertools.pairwise(lengths):
        assert smaller <= larger + MM


@given(meetings(), st.floats(0.05, 0.95))
def test_splitting_a_route_adds_up(meeting: tuple, part: float) -> None:
    (lon1, lat1, lon2, lat2), geometry, buffer_km = meeting
    azimuth, _, metres = GEOD.inv(lon1, lat1, lon2, lat2)
    assume(10_000 < metres < 1.9e7)
    lon, lat, _ = GEOD.fwd(lon1, lat1, azimuth, metres * part)
    zones = zone_set(geometry, buffer_km=buffer_km)
    whole = one((lon1, lat1, lon2, lat2), zones, 1000)
    parts = [one(piece, zones, 1000) for piece in ((lon1, lat1, lon, lat), (lon, lat, lon2, lat2))]
    assert min(p["closest"] for p in parts) == pytest.approx(whole["closest"], abs=1e-5)
    for name in ("inside", "buffered"):
        total = sum(p[name] for p in parts)
        if total != pytest.approx(whole[name], abs=2e-3):
            summed = {**whole, name: total}
            bracketed(whole, summed, (lon1, lat1, lon2, lat2), geometry, buffer_km)


@given(meetings(), meetings())
def test_a_zone_more_changes_nothing_for_the_others(one_: tuple, other: tuple) -> None:
    route, geometry, buffer_km = one_
    alone = rc.measure([route], zone_set(geometry, buffer_km=buffer_km), 1000)
    both = rc.measure([route], zone_set(other[1], geometry, buffer_km=buffer_km), 1000)
    mine = both.zone == 1
    assert mine.sum() == len(alone)
    for name in ("inside_km", "buffered_km", "closest_km"):
        np.testing.assert_array_equal(getattr(both, name)[mine], getattr(alone, name))


@given(meetings())
def test_a_zone_split_in_two_is_the_same_zone(meeting: tuple) -> None:
    """Cut along a meridian through the zone: lengths inside add up, distance is the least."""
    route, _, buffer_km = meeting
    lon, lat = route[0], max(-70.0, min(60.0, route[1]))
    whole = one(route, zone_set(box(lon, lat, lon + 8, lat + 8), buffer_km=buffer_km), 1000)
    halves = {
        "type": "MultiPolygon",
        "coordinates": [
            box(lon, lat, lon + 3, lat + 8)["coordinates"],
            box(lon + 3, lat, lon + 8, lat + 8)["coordinates"],
        ],
    }
    split = one(route, zone_set(halves, buffer_km=buffer_km), 1000)
    assert split["closest"] == pytest.approx(whole["closest"], abs=0.003)
    assert split["inside"] == pytest.approx(whole["inside"], abs=0.05)


@given(meetings())
def test_intervals_are_ordered_disjoint_and_add_up(meeting: tuple) -> None:
    route, geometry, buffer_km = meeting
    zones = zone_set(geometry, buffer_km=buffer_km)
    legs = Legs.between([route])
    limit = np.array([1000.0])
    found = contacts(legs, build_index([zones[0].outline]), np.array([buffer_km]), limit)
    for spans in (found.inside, found.buffered):
        assert (spans.enter_km >= 0).all()
        assert (spans.exit_km <= legs.length_km[0] + MM).all()
        assert (spans.exit_km >= spans.enter_km).all()
        assert (spans.enter_km[1:] > spans.exit_km[:-1]).all()
    if len(found):
        inside, buffered = found.inside.length_km(1), found.buffered.length_km(1)
        assert inside[0] <= buffered[0] + MM
