"""Is the oracle itself right? Checked against geographiclib, closed forms, shapely and itself."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from shapely.geometry import shape

import cases
import oracle

WGS84 = Geodesic.WGS84
DISTANCE = Geodesic.DISTANCE
Point = tuple[float, float]


# --- brute force with the pure Python implementation --------------------------------------------


def gap_km(a: Point, b: Point) -> float:
    return WGS84.Inverse(a[1], a[0], b[1], b[0], DISTANCE)["s12"] / 1000


def meridian_km(lat: float) -> float:
    """Length of the meridian from the equator."""
    return gap_km((0, 0), (0, lat))


def line(a: Point, b: Point) -> Any:
    """The geodesic from a to b as a function of the fraction of its length."""
    geodesic = WGS84.InverseLine(a[1], a[0], b[1], b[0])

    def at(t: float) -> Point:
        position = geodesic.Position(t * geodesic.s13)
        return position["lon2"], position["lat2"]

    return at


def golden(f: Callable[[float], float], low: float, high: float, steps: int) -> float:
    """Smallest value of a function with one minimum."""
    ratio = (math.sqrt(5) - 1) / 2
    ends = f(low), f(high)
    x, y = high - ratio * (high - low), low + ratio * (high - low)
    fx, fy = f(x), f(y)
    for _ in range(steps):
        if fx < fy:
            high, y, fy = y, x, fx
            x = high - ratio * (high - low)
            fx = f(x)
        else:
            low, x, fx = x, y, fy
            y = low + ratio * (high - low)
            fy = f(y)
    return min(fx, fy, *ends)


def brute_point_km(p: Point, edges: list[Any], steps: int = 20) -> float:
    """Smallest distance of a point and edges."""
    return min(golden(lambda u, edge=edge: gap_km(p, edge(u)), 0.0, 1.0, steps) for edge in edges)


def brute_boundary_km(route: Any, edges: list[Any]) -> float:
    """Smallest distance of a geodesic and edges: for each edge a grid, then nested searches."""
    n, m = 16, 6
    points = [route(t) for t in np.linspace(0, 1, n + 1)]
    step = gap_km(points[0], points[1])
    found = math.inf
    rough = []
    for edge in edges:
        nodes = [edge(u) for u in np.linspace(0, 1, m + 1)]
        gaps = [min(gap_km(p, q) for q in nodes) for p in points]
        rough.append((min(gaps), int(np.argmin(gaps)), gap_km(nodes[0], nodes[1]), edge))
    for gap, best, edge_step, edge in sorted(rough, key=lambda item: item[0]):
        if gap - (step + edge_step) / 2 > found:
            continue
        low, high = max(0.0, (best - 2) / n), min(1.0, (best + 2) / n)
        value = golden(lambda t, edge=edge: brute_point_km(route(t), [edge]), low, high, 24)
        found = min(found, value)
    return found


def triangle(rng: np.random.Generator, lon: float, lat: float, km: float) -> list[list[float]]:
    """A triangle with geodesic edges; its longitudes are continuous."""
    turn = rng.uniform(0, 360)
    ring: list[list[float]] = []
    for i in range(3):
        end = WGS84.Direct(lat, lon, turn - 120 * i, km * 1000)
        x = end["lon2"]
        if ring:
            x += 360 * round((ring[0][0] - x) / 360)
        ring.append([x, end["lat2"]])
    return [*ring, ring[0]]


def edges_of(ring: list[list[float]]) -> list[Any]:
    return [line((a[0], a[1]), (b[0], b[1])) for a, b in itertools.pairwise(ring)]


@pytest.mark.parametrize("number", range(14))
def test_distance_is_that_of_brute_force(number):
    rng = np.random.default_rng([20, number])
    lat = float(rng.uniform(-80, 80))
    lon = float(rng.choice([rng.uniform(-180, 180), 179.9]))
    km = float(rng.choice([3, 50, 300, 1200]))
    ring = triangle(rng, lon, lat, min(km, 111 * (88 - abs(lat))))
    middle = WGS84.Direct(lat, lon, rng.uniform(0, 360), (km + 10 ** rng.uniform(0, 3.4)) * 1000)
    azimuth = rng.uniform(0, 360)
    ends = [
        WGS84.Direct(middle["lat2"], middle["lon2"], azimuth + turn, 1e3 * rng.uniform(5, 1500))
        for turn in (0, 180)
    ]
    a, b = ((end["lon2"], end["lat2"]) for end in ends)
    expected = brute_boundary_km(line(a, b), edges_of(ring))
    got = oracle.distance_km((*a, *b), [ring])
    if got == 0.0:
        # A search of so few steps nears a crossing without quite reaching it.
        assert expected < 0.2
    else:
        assert got == pytest.approx(expected, abs=2e-6)


@pytest.mark.parametrize("number", range(6))
def test_point_distance_is_that_of_brute_force(number):
    rng = np.random.default_rng([21, number])
    lon, lat = float(rng.uniform(-180, 180)), float(rng.uniform(-75, 75))
    ring = triangle(rng, lon, lat, float(rng.choice([5, 80, 900])))
    at = WGS84.Direct(lat, lon, rng.uniform(0, 360), 10 ** rng.uniform(2, 6.5))
    p = (at["lon2"], at["lat2"])
    value = oracle.point_distance_km(*p, [ring], signed=True)
    assert abs(value) == pytest.approx(brute_point_km(p, edges_of(ring)), abs=2e-6)
    assert oracle.point_distance_km(*p, [ring]) == max(0.0, value)
    assert oracle.point_distance_km(lon, lat, [ring], signed=True) < 0


@pytest.mark.parametrize(("number", "r_km"), [(0, 30.0), (1, 200.0), (2, 0.5), (3, -8.0)])
def test_length_is_that_of_brute_force(number, r_km):
    rng = np.random.default_rng([22, number])
    lon, lat = float(rng.choice([10.0, -179.8])), float(rng.uniform(-70, 70))
    ring = triangle(rng, lon, lat, 120.0)
    edges = edges_of(ring)
    side = WGS84.Direct(lat, lon, 30, 20e3)
    ends = [WGS84.Direct(side["lat2"], side["lon2"], 70 + t, 600e3) for t in (0, 180)]
    a, b = ((end["lon2"], end["lat2"]) for end in ends)
    route, total = line(a, b), gap_km(a, b)
    planar = shapely.Polygon(oracle.refine(ring, 1e9))

    def level(t: float) -> float:
        p = route(t)
        d = brute_point_km(p, edges)
        x = p[0] + 360 * round((ring[0][0] - p[0]) / 360)
        # Far from the thin lens between an edge and its straight line, or the level is not near 0.
        return (-d if shapely.contains_xy(planar, x, p[1]) else d) - r_km

    ts = np.linspace(0, 1, 25)
    values = [level(t) for t in ts]
    expected = 0.0
    for t0, t1, f0, f1 in zip(ts[:-1], ts[1:], values[:-1], values[1:], strict=True):
        if f0 <= 0 and f1 <= 0:
            expected += t1 - t0
        elif (f0 <= 0) != (f1 <= 0):
            low, high = t0, t1
            for _ in range(16):
                mid = (low + high) / 2
                low, high = (mid, high) if (level(mid) <= 0) == (f0 <= 0) else (low, mid)
            expected += (low - t0) if f0 <= 0 else (t1 - high)
    expected *= total
    assert expected > 1
    got = oracle.lengths_km((*a, *b), [ring], [r_km], resolution_m=0.2)[0]
    assert got.low - 1e-4 <= got.estimate <= got.high + 1e-4
    assert got.high - got.low < 0.01
    assert got.estimate == pytest.approx(expected, abs=0.003)
    low, high = oracle.bracket_km((*a, *b), [ring], r_km)
    assert low < expected < high


# --- closed forms -------------------------------------------------------------------------------

EQUATOR_KM = math.radians(1) * 6378.137

#: Ten degrees of the equator, and what is south of it down to 10° S (a meridian, a parallel).
SOUTH = {
    "type": "Polygon",
    "coordinates": [[[20, 0], [20, -10], [25, -10], [30, -10], [30, 0], [25, 0], [20, 0]]],
}


def test_along_the_equator():
    box = {"type": "Polygon", "coordinates": [[[20, -1], [30, -1], [30, 1], [20, 1], [20, -1]]]}
    zone = oracle.prepare(oracle.rings_of(box))
    route = (0, 0, 60, 0)
    assert oracle.route_length_km(route) == pytest.approx(60 * EQUATOR_KM, abs=1e-6)
    for r in (0.0, 25.0, 500.0):
        # West of the box the nearest point is that on the equator, straight ahead.
        expected = 10 * EQUATOR_KM + 2 * r
        assert oracle.length_within_km(route, zone, r) == pytest.approx(expected, abs=0.001)
    assert oracle.distance_km((0, 0, 15, 0), zone) == pytest.approx(5 * EQUATOR_KM, abs=1e-6)
    assert oracle.distance_km((45, 0, 30.001, 0), zone) == pytest.approx(
        0.001 * EQUATOR_KM, abs=1e-6
    )
    # Deeper than 50 km: off by the two ends only.
    assert oracle.length_within_km(route, zone, -50.0) == pytest.approx(
        10 * EQUATOR_KM - 100, abs=0.001
    )


def test_along_a_meridian():
    zone = oracle.prepare(oracle.rings_of(SOUTH))
    route = (25, 20, 25, -5)
    for r in (0.0, 1.0, 100.0, 500.0):
        expected = r + meridian_km(5)
        assert oracle.length_within_km(route, zone, r) == pytest.approx(expected, abs=0.001)
    assert oracle.distance_km((25, 20, 25, 3), zone) == pytest.approx(meridian_km(3), abs=1e-6)
    depth = oracle.point_distance_km(25, -2, zone, signed=True)
    assert depth == pytest.approx(-meridian_km(2), abs=1e-6)
    low, high = oracle.bracket_km(route, zone, 100.0)
    assert (low, high) == pytest.approx(
        (meridian_km(5) + 99.99, meridian_km(5) + 100.01), abs=0.001
    )


def test_a_route_along_an_edge_counts_as_touching():
    zone = oracle.prepare(oracle.rings_of(SOUTH))
    assert oracle.distance_km((10, 0, 40, 0), zone) == 0.0
    assert oracle.distance_km((21, 0, 29, 0), zone) == pytest.approx(0.0, abs=1e-9)
    low, high = oracle.bracket_km((10, 0, 40, 0), zone, 0.0, resolution_m=100)
    assert low == 0.0
    assert high == pytest.approx(10 * EQUATOR_KM + 0.02, abs=0.2)


@pytest.mark.parametrize(("hemisphere", "west"), [(1, -180), (-1, 0), (-1, -180), (1, -77.5)])
def test_a_cap_round_a_pole(hemisphere, west):
    y = hemisphere
    parallel = [[west + 10 * i, 80 * y] for i in range(37)]
    ring = [*parallel, [west + 360, 90 * y], [west, 90 * y], parallel[0]]
    zone = oracle.prepare(oracle.rings_of({"type": "Polygon", "coordinates": [ring]}))
    cap = meridian_km(90) - meridian_km(80)
    # The way round the pole, also along the seam, which is no boundary.
    for lon in (10.0, float(west)):
        route = (lon, 60 * y, lon + 180, 60 * y)
        for r in (0.0, 50.0, -200.0):
            expected = 2 * (cap + r)
            assert oracle.length_within_km(route, zone, r) == pytest.approx(expected, abs=0.003)
        assert oracle.distance_km(route, zone) == 0.0
    for lon in (west, 3.3, 180.0, -180.0):
        expected = meridian_km(80) - meridian_km(70)
        assert oracle.point_distance_km(lon, 70 * y, zone) == pytest.approx(expected, abs=0.001)
        expected = meridian_km(80) - meridian_km(85)
        got = oracle.point_distance_km(lon, 85 * y, zone, signed=True)
        assert got == pytest.approx(expected, abs=0.001)
    assert oracle.point_distance_km(0, 90 * y, zone, signed=True) == pytest.approx(-cap, abs=0.001)


def test_nearly_antipodal():
    # 19,900 km, with a small zone on its far side.
    end = WGS84.Direct(12, -30, 77, 19_900e3)
    route = (-30.0, 12.0, end["lon2"], end["lat2"])
    assert oracle.route_length_km(route) == pytest.approx(19_900, abs=1e-6)
    at = WGS84.Direct(12, -30, 77, 13_000e3)
    assert oracle.route_point(route, 13_000) == pytest.approx((at["lon2"], at["lat2"]), abs=1e-9)
    off = WGS84.Direct(at["lat2"], at["lon2"], at["azi2"] + 90, 150e3)
    tip = [off["lon2"], off["lat2"]]
    ring = [tip]
    for turn in (100, 80):  # further away from the route
        p = WGS84.Direct(off["lat2"], off["lon2"], at["azi2"] + turn, 200e3)
        ring.append([p["lon2"], p["lat2"]])
    ring.append(tip)
    assert oracle.distance_km(route, [ring]) == pytest.approx(150, abs=1e-5)
    assert oracle.length_within_km(route, [ring], 149.99) == 0.0
    half = math.degrees(math.acos(math.cos(200 / 6371) / math.cos(150 / 6371)))
    length = oracle.length_within_km(route, [ring], 200.0)
    assert length == pytest.approx(2 * math.radians(half) * 6371, rel=0.005)


def test_the_date_line_makes_no_difference():
    def moved(by: float) -> dict[str, Any]:
        ring = [(170 + by, 50), (190 + by, 52), (185 + by, 60), (172 + by, 58), (170 + by, 50)]
        return {"type": "Polygon", "coordinates": [ring]}

    cut = shapely.intersection(shape(moved(0)), shapely.box(0, -90, 180, 90))
    rest = shapely.intersection(shape(moved(-360)), shapely.box(-180, -90, 0, 90))
    both = shapely.geometry.mapping(shapely.MultiPolygon([cut, rest]))
    here = moved(-30)
    route = (160.0, 45.0, -165.0, 57.0)
    levels = [-50.0, -0.01, 0.0, 0.01, 100.0]
    inland = oracle.lengths_km((130.0, 45.0, 165.0, 57.0), oracle.rings_of(here), levels)
    for geometry in (moved(0), moved(-360), both):
        zone = oracle.prepare(oracle.rings_of(geometry))
        got = oracle.lengths_km(route, zone, levels)
        for a, b in zip(got, inland, strict=True):
            # Cutting rounds the new vertices: below a metre.
            assert a.estimate == pytest.approx(b.estimate, abs=0.005)
        assert oracle.distance_km((-170.0, 40.0, -150.0, 45.0), zone) == pytest.approx(
            oracle.distance_km((160.0, 40.0, -180.0, 45.0), oracle.rings_of(here)), abs=0.002
        )


def test_a_hole_is_outside():
    outer = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]
    hole = [[4, 4], [4, 6], [6, 6], [6, 4], [4, 4]]
    zone = oracle.prepare(oracle.rings_of({"type": "Polygon", "coordinates": [outer, hole]}))
    assert oracle.point_distance_km(5, 5, zone) > 100
    assert oracle.distance_km((4.5, 5, 5.5, 5), zone) > 30
    assert oracle.distance_km((3.5, 5, 5.5, 5), zone) == 0.0
    across = meridian_km(10) - (meridian_km(6) - meridian_km(4))
    assert oracle.length_within_km((5, -5, 5, 15), zone, 0.0) == pytest.approx(across, abs=0.5)


# --- refinement, membership, and agreement with itself ------------------------------------------


@pytest.mark.parametrize(
    "edge",
    [
        ((0, 60), (40, 60)),
        ((10, -75), (60, 20)),
        ((175, 30), (200, 45)),
        ((0, 88), (15, 89.5)),
        ((-5, -3), (9, 4)),
        ((20, 85), (30, 90)),
        ((-180, -70), (180, -70)),
    ],
)
def test_refined_edges_are_within_a_metre_of_the_straight_line(edge):
    ring = oracle.refine([edge[0], edge[1], edge[0]])
    n = int(np.argmax((ring == edge[1]).all(axis=1)))
    assert (ring[0] == edge[0]).all()
    rng = np.random.default_rng(5)
    for i in rng.choice(n, min(n, 12), replace=False):
        a, b = tuple(ring[i]), tuple(ring[i + 1])
        geodesic = [line(a, b)]
        for t in rng.uniform(0.05, 0.95, 3):
            p = (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
            assert brute_point_km(p, geodesic) < 0.001


def test_membership_is_that_of_the_plane():
    """Away from the boundary by 5 m, geodesic edges and lon/lat edges agree."""
    rng = np.random.default_rng(6)
    checked = 0
    for case in cases.random_cases(30, 77):
        zone = oracle.prepare(oracle.rings_of(case.geometry))
        plane = shape(case.geometry)
        west, south, east, north = plane.bounds
        margin = 0.1 * (north - south)
        x = rng.uniform(west - margin, east + margin, 100)
        y = np.clip(rng.uniform(south - margin, north + margin, 100), -89.9, 89.9)
        far = zone.edges.coarse(x, y)[0] > 0.005
        inside = np.zeros(100, dtype=bool)
        for turn in (-720, -360, 0, 360, 720):
            inside |= shapely.contains_xy(plane, x + turn, y)
        got = zone.contains(x, y)
        assert (got == inside)[far].all(), case.label
        checked += int(far.sum())
    assert checked > 1500


def test_the_parts_agree_with_each_other():
    """Two methods that share little: the distance by vertices, and lengths by bisection."""
    touching = checked = 0
    for case in cases.random_cases(20, 78):
        zone = oracle.prepare(oracle.rings_of(case.geometry))
        d = oracle.distance_km(case.route, zone)
        total = oracle.route_length_km(case.route)
        if d == 0:
            touching += 1
            assert oracle.bracket_km(case.route, zone, 0.0)[1] > 0, case.label
        elif d < 3000:
            under, over = oracle.lengths_km(
                case.route, zone, [d - 0.002, d + 0.002], max_intervals=1000
            )
            assert under.low == 0, case.label
            assert over.high > 0, case.label
            checked += over.low > 0
        # f is Lipschitz: no more than the way between two points.
        s = np.linspace(0, total, 20)
        points = np.array([oracle.route_point(case.route, km) for km in s])
        f = zone.signed(points[:, 0], points[:, 1])
        assert (np.abs(np.diff(f)) <= np.diff(s) + 1e-5).all(), case.label
        if d > 0:
            assert f.min() >= d - 1e-5, case.label
    assert touching > 5
    assert checked > 3


def test_coarse_bounds_hold():
    rng = np.random.default_rng(8)
    x, y = rng.uniform(-180, 180, 300), np.degrees(np.arcsin(rng.uniform(-1, 1, 300)))
    ring = oracle.refine([[0, 50], [20, 50], [12, 60], [0, 50]])
    edges = oracle.prepare([ring]).edges
    low, high = edges.coarse(x, y)
    d = edges.nearest(x, y)
    assert ((low <= d) & (d <= high)).all()
    assert edges.nearest(x, y, overall=True)[0] == pytest.approx(d.min(), abs=1e-6)


def test_levels_are_monotone():
    for case in cases.random_cases(12, 79):
        got = oracle.lengths_km(case.route, oracle.rings_of(case.geometry), [-5, 0, 5, 50, 500])
        for a, b in itertools.pairwise(got):
            assert a.low <= b.high + 1e-9
            assert a.estimate <= b.estimate + 0.01


# --- the cases ----------------------------------------------------------------------------------


def test_cases_are_reproducible_and_varied():
    some = cases.random_cases(80, 1)
    assert some == list(cases.iter_cases(80, 1))
    assert some[:10] == cases.random_cases(10, 1)
    assert {case.buffer_km for case in some} == set(cases.BUFFERS_KM)
    assert {case.geometry["type"] for case in some} == {"Polygon", "MultiPolygon"}
    assert len({case.label.split(": ")[1].split(",")[0] for case in some}) == len(cases.ROUTES)
    near = 0
    for case in some:
        plane = shape(case.geometry)
        assert plane.is_valid, case.label
        rings = oracle.rings_of(case.geometry, 1e9)
        for ring in rings:
            a, b = np.asarray(ring[:-1]), np.asarray(ring[1:])
            metres = oracle.GEOD.inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])[2]
            assert np.max(metres) <= cases.MAX_EDGE_KM * 1000, case.label
        assert oracle.route_length_km(case.route) <= cases.MAX_ROUTE_KM + 0.01, case.label
        zone = oracle.rings_of(case.geometry, 100.0)
        near += oracle.distance_km(case.route, zone) <= case.buffer_km
    assert near >= 0.3 * len(some)


def test_wrong_input_is_refused():
    with pytest.raises(ValueError, match="closed"):
        oracle.prepare([[[0, 0], [1, 0], [1, 1]]])
    with pytest.raises(ValueError, match="ring"):
        oracle.prepare([])
    with pytest.raises(ValueError, match="not an area"):
        oracle.rings_of({"type": "Point", "coordinates": [0, 0]})
