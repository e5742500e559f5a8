"""Balls hold what lies in them, walks visit it once, and bands of latitude tell inside from out."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest
import shapely

import routecheck as rc
from routecheck.geometry.index import ZoneIndex, build_index, index_of, lines_only, positions
from routecheck.geometry.inside import inside
from routecheck.geometry.trees import LEAF_EDGES
from routecheck.geometry.winding import winding_at
from shapes import box, star, zone_set


@dataclass(frozen=True, eq=False)
class Rings:
    """Rings as they are written: edges straight in longitude and latitude."""

    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    ring_start: npt.NDArray[np.int64]
    polygon: npt.NDArray[np.int64]


def rings_of(*polygons: shapely.Polygon) -> Rings:
    rings = [
        (number, shapely.get_coordinates(ring))
        for number, polygon in enumerate(polygons)
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    points = np.concatenate([points for _, points in rings])
    start = np.cumsum([0, *(len(points) for _, points in rings)])
    return Rings(
        points[:, 0].copy(), points[:, 1].copy(), start, np.array([number for number, _ in rings])
    )


def leaf_walk(skip, is_leaf, begin, end, enter):
    """Leaves in the order of a walk that goes into the nodes asked for."""
    node = begin
    while node < end:
        if not enter(node):
            node = skip[node]
            continue
        if is_leaf(node):
            yield node
        node += 1


@pytest.fixture(scope="module")
def built_in() -> ZoneIndex:
    return index_of([zone.outline for zone in rc.load_zones()])


@pytest.fixture(scope="module")
def odd() -> ZoneIndex:
    """A triangle, a zone of several rings, a large one, one across the date line, and lines."""
    zones = zone_set(
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 1], [0, 0]]]},
        {
            "type": "MultiPolygon",
            "coordinates": [
                box(10, 10, 20, 20)["coordinates"],
                box(-150, 60, -100, 70)["coordinates"],
                box(30, -10, 30.1, -9.9)["coordinates"],
            ],
        },
        star(60, -70, [3000] * 40),
        box(170, -5, 190, 5),
    )
    return build_index([zone.outline for zone in zones])


@pytest.fixture(params=["built_in", "odd"])
def index(request):
    return request.getfixturevalue(request.param)


def edges_of(shapes, begin, end):
    """The first vertex of each edge in a run of nodes."""
    held = [
        range(shapes.node_first[node], shapes.node_first[node] + shapes.node_count[node])
        for node in range(begin, end)
    ]
    return np.array([edge for run in held for edge in run], dtype=np.int64)


def test_what_lies_in_a_node_lies_in_its_ball(index):
    shapes = index.shapes
    points = np.stack((shapes.x, shapes.y, shapes.z), axis=1)
    ball = np.stack((shapes.node_x, shapes.node_y, shapes.node_z), axis=1)
    for zone in range(len(index)):
        for node in range(shapes.zone_node[zone], shapes.zone_node[zone + 1]):
            edges = edges_of(shapes, node, shapes.node_skip[node])
            assert len(edges)
            # Half-way an edge rises above its chord: raise the middle to the surface, and a bit.
            middle = points[edges] + points[edges + 1]
            middle *= (6378.2 / np.linalg.norm(middle, axis=1))[:, None]
            chord = (points[edges] + points[edges + 1]) / 2
            rise = np.linalg.norm(points[edges + 1] - points[edges], axis=1) ** 2 / (8 * 6335)
            up = chord / np.linalg.norm(chord, axis=1)[:, None] * rise[:, None]
            for held in (points[edges], points[edges + 1], chord + up):
                away = np.linalg.norm(held - ball[node], axis=1)
                assert away.max() <= shapes.node_r[node]


def test_skip_links_visit_each_edge_once(index):
    shapes = index.shapes
    ring = np.asarray(shapes.edge_ring)
    edges = np.flatnonzero(ring[1:] == ring[:-1])
    seen = []
    for zone in range(len(index)):
        begin, end = shapes.zone_node[zone], shapes.zone_node[zone + 1]
        leaves = list(
            leaf_walk(
                shapes.node_skip,
                lambda node: shapes.node_count[node] > 0,
                begin,
                end,
                lambda _node: True,
            )
        )
        # A tree of m leaves has 2m - 1 nodes, and a leaf is skipped to the node behind it.
        assert end - begin == 2 * len(leaves) - 1
        assert all(shapes.node_skip[leaf] == leaf + 1 for leaf in leaves)
        assert all(1 <= shapes.node_count[leaf] <= LEAF_EDGES for leaf in leaves)
        for node in range(begin, end):
            if shapes.node_count[node] == 0:  # its halves are the next node, and what that skips to
                other = shapes.node_skip[node + 1]
                assert node + 1 < other < shapes.node_skip[node] <= end
                assert shapes.node_skip[other] == shapes.node_skip[node]
        seen += edges_of(shapes, begin, end).tolist()
    assert sorted(seen) == edges.tolist()
    assert seen == sorted(seen)  # in the order of the rings


def test_a_walk_finds_whatever_is_near(index):
    """Going only into balls that are near leaves out no vertex that is."""
    shapes = index.shapes
    points = np.stack((shapes.x, shapes.y, shapes.z), axis=1)
    ball = np.stack((shapes.node_x, shapes.node_y, shapes.node_z), axis=1)
    rng = np.random.default_rng(1)
    found = 0
    for _ in range(60):
        place = points[rng.integers(len(points))] + rng.normal(0, 100, 3)
        limit = 10 ** rng.uniform(0, 3)
        near = set(np.flatnonzero(np.linalg.norm(points - place, axis=1) <= limit).tolist())

        def enter(node, place=place, limit=limit):
            return math.dist(ball[node], place) <= shapes.node_r[node] + limit

        walked = set()
        for leaf in leaf_walk(
            shapes.node_skip, lambda node: shapes.node_count[node] > 0, 0, len(ball), enter
        ):
            first = shapes.node_first[leaf]
            walked |= set(range(first, first + shapes.node_count[leaf] + 1))
        assert near <= walked
        found += len(near)
    assert found > 60


def test_the_tree_of_the_world_holds_every_zone_once(index):
    shapes = index.shapes
    count = len(shapes.world_skip)
    assert count == 2 * len(index) - 1
    zones = [zone for zone in shapes.world_zone if zone >= 0]
    assert sorted(zones) == list(range(len(index)))
    ball = np.stack((shapes.world_x, shapes.world_y, shapes.world_z), axis=1)
    for node in range(count):
        assert node < shapes.world_skip[node] <= count
        held = [
            zone for zone in shapes.world_zone[node : shapes.world_skip[node]] if zone >= 0
        ]  # those below it
        assert held
        for zone in held:
            root = shapes.zone_node[zone]
            centre = shapes.node_x[root], shapes.node_y[root], shapes.node_z[root]
            assert math.dist(ball[node], centre) + shapes.node_r[root] <= shapes.world_r[node]


def test_zones_without_edges_are_left_out_of_the_world():
    nothing = Rings(np.empty(0), np.empty(0), np.zeros(1, np.int64), np.empty(0, np.int64))
    some = rings_of(shapely.box(0, 0, 1, 1))
    index = build_index([nothing, some, nothing])
    assert [zone for zone in index.shapes.world_zone if zone >= 0] == [1]
    assert winding_at(index.plain, 0, 0.5, 0.5) == 0
    assert winding_at(index.plain, 1, 0.5, 0.5) != 0
    assert len(build_index([]).shapes.world_skip) == 0


def test_plain_and_compiled_read_the_same_memory(index):
    for array, view in zip(index.shapes, index.plain, strict=True):
        assert np.shares_memory(np.asarray(array), np.asarray(view))
        assert array.tolist() == view.tolist()
    assert isinstance(index.plain.x[0], float)
    assert isinstance(index.plain.node_skip[0], int)


def test_nothing_is_inside_lines(built_in):
    lines = lines_only(built_in)
    lon, lat = built_in.shapes.lon, built_in.shapes.lat
    assert all(
        winding_at(lines.plain, zone, float(lon[0]) + 0.1, float(lat[0]) + 0.1) == 0
        for zone in range(len(lines))
    )


# Inside


def blob(rng, x, y, size, corners):
    """A star-shaped ring around a point."""
    turn = np.sort(rng.uniform(0, 2 * math.pi, corners))
    away = size * rng.uniform(0.3, 1, corners)
    return np.column_stack((x + away * np.cos(turn), y + away * np.sin(turn)))


def random_polygon(rng, x, y, size):
    """With up to three holes; the corners on whole numbers of a grid as often as not."""
    corners = int(rng.integers(3, 200)) if rng.random() < 0.3 else int(rng.integers(3, 15))
    shell = shapely.make_valid(shapely.Polygon(blob(rng, x, y, size, corners)))
    for _ in range(int(rng.integers(0, 4))):
        at = rng.uniform(-0.4, 0.4, 2) * size
        hole = shapely.Polygon(blob(rng, x + at[0], y + at[1], 0.25 * size, 7))
        shell = shapely.difference(shell, shapely.make_valid(hole))
    if rng.random() < 0.5:
        shell = shapely.set_precision(shell, 0.5)
    return [part for part in shapely.get_parts(shell) if part.geom_type == "Polygon"]


def test_inside_is_what_shapely_says():
    """Polygons with holes, in parts, on a grid, across the date line and beyond 360°."""
    rng = np.random.default_rng(2)
    inner = outer = holes = 0
    for _ in range(300):
        x, y = rng.choice([0.0, 60.0, 178.0, -179.0, 185.0, 359.0]), rng.uniform(-45, 45)
        size = rng.uniform(1, 40)
        parts = random_polygon(rng, x, y, size)
        if not parts:
            continue
        shape = shapely.multipolygons(parts)
        outline = rings_of(*parts)
        shapes = build_index([outline]).plain
        px = rng.uniform(x - 1.1 * size, x + 1.1 * size, 60)
        py = rng.uniform(y - 1.1 * size, y + 1.1 * size, 60)
        py[:10] = outline.lat[rng.integers(0, len(outline.lat), 10)]  # level with corners
        want = shapely.contains_xy(shape, px, py)
        border = shapely.distance(shape.boundary, shapely.points(px, py)) < 1e-9
        turned = px + 360.0 * rng.integers(-2, 3, 60)
        for i in np.flatnonzero(~border).tolist():
            got = winding_at(shapes, 0, float(turned[i]), float(py[i])) != 0
            assert got == want[i], (i, px[i], py[i], shape.wkt)
            inner, outer = inner + got, outer + (not got)
        assert (inside(outline, turned, py) == want)[~border].all()
        holes += sum(len(part.interiors) for part in parts)
    assert min(inner, outer) > 1000
    assert holes > 100


def test_orientation_does_not_matter():
    square = shapely.Polygon(
        [(0, 0), (9, 0), (9, 9), (0, 9)], holes=[[(3, 3), (3, 6), (6, 6), (6, 3)]]
    )
    for turned in (square, shapely.reverse(square)):
        shapes = build_index([rings_of(turned)]).plain
        assert winding_at(shapes, 0, 1, 1) != 0
        assert winding_at(shapes, 0, 4, 4) == 0


def test_overlapping_parts_stay_inside():
    shapes = build_index([rings_of(shapely.box(0, 0, 4, 4), shapely.box(2, 2, 6, 6))]).plain
    for place, want in {(1, 1): 1, (3, 3): 1, (5, 5): 1, (5, 1): 0}.items():
        assert winding_at(shapes, 0, *place) == want


def test_a_common_border_belongs_to_one_part():
    """Half-open tests: no gap between two parts, and no point counted twice."""
    west, east = rings_of(shapely.box(0, 0, 2, 4)), rings_of(shapely.box(2, 0, 5, 4))
    shapes = build_index([west, east]).plain
    for lat in (0.5, 1.0, 3.7):
        assert [winding_at(shapes, zone, 2.0, lat) != 0 for zone in (0, 1)].count(True) == 1


def test_an_outline_around_the_earth_has_no_seam():
    shapes = build_index([rings_of(shapely.box(-180, 50, 180, 90))]).plain
    for lon in (-180, 180, 540, -180 + 1e-12, 0, 77):
        assert winding_at(shapes, 0, lon, 70) != 0
        assert winding_at(shapes, 0, lon, 90) != 0
        assert winding_at(shapes, 0, lon, 49.999) == 0


def test_positions_are_those_of_the_vertices(index):
    shapes = index.shapes
    want = positions(np.asarray(shapes.lon), np.asarray(shapes.lat))
    assert np.abs(np.stack((shapes.x, shapes.y, shapes.z), axis=1) - want).max() == 0


def test_each_band_holds_the_edges_that_cross_it(index):
    shapes = index.plain
    for zone in range(len(index)):
        count, first = shapes.band_count[zone], shapes.band_first[zone]
        height = 1.0 / shapes.band_per_deg[zone]
        for band in range(0, count, max(1, count // 20)):
            low = shapes.south[zone] + band * height
            begin, end = shapes.band_ptr[first + band], shapes.band_ptr[first + band + 1]
            held = set(shapes.band_edge[begin:end])
            for node in range(shapes.zone_node[zone], shapes.zone_node[zone + 1]):
                begin = shapes.node_first[node]
                for edge in range(begin, begin + shapes.node_count[node]):
                    south, north = sorted((shapes.lat[edge], shapes.lat[edge + 1]))
                    if south < north and south < low + height - 1e-9 and north > low + 1e-9:
                        assert edge in held
