"""Pieces of a route beside the geodesic, and the guard of the zones' pre-selection."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from routecheck.geometry.geodesic import line_between
from routecheck.geometry.index import build_index, positions
from routecheck.geometry.kernel import lay_pieces, lay_route
from routecheck.geometry.piece import (
    FIELDS,
    PIECE_KM,
    Piece,
    above_centre,
    along_chord,
    chord_along,
    gap2,
    keep_in_row,
    may_meet,
    on_piece,
    piece_between,
    read_from_row,
)
from routecheck.geometry.run import new_scratch
from routecheck.geometry.surface import place_at
from routecheck.geometry.world import off_the_plane_km, pieces_abreast
from shapes import GEOD, star, zone_set

M = 1e-3  # km
PARTS = np.linspace(0.05, 0.95, 19)


class Laid:
    """Pieces of one length anywhere, and points of the true geodesics between their ends."""

    def __init__(self, km, count, seed):
        rng = np.random.default_rng(seed)
        lon, azimuth = rng.uniform(-180, 180, (2, count))
        lat = np.degrees(np.arcsin(rng.uniform(-1, 1, count)))
        lat[: count // 8] *= 0.01  # beside the equator
        x, y, _ = GEOD.fwd(lon, lat, azimuth, np.full(count, 1000.0 * km))
        self.km = km
        self.a, self.b = positions(lon, lat), positions(x, y)
        self.pieces = [
            piece_between(*a, *b, 0.0, km)
            for a, b in zip(self.a.tolist(), self.b.tolist(), strict=True)
        ]
        self.points = []
        for part in PARTS:
            x, y, _ = GEOD.fwd(lon, lat, azimuth, np.full(count, 1000.0 * km * part))
            self.points.append(positions(x, y))

    def seen(self):
        """Each piece, a true point of its geodesic and where along it that is, km."""
        for part, points in zip(PARTS, self.points, strict=True):
            for piece, point in zip(self.pieces, points.tolist(), strict=True):
                yield piece, point, part * self.km


@pytest.fixture(scope="module")
def laid():
    return Laid(PIECE_KM, 400, 1)


def coordinates(piece, point):
    """Beside, ahead and up."""
    x, y, z = point
    return (
        piece.nx * x + piece.ny * y + piece.nz * z - piece.right,
        piece.vx * x + piece.vy * y + piece.vz * z - piece.ahead,
        piece.ux * x + piece.uy * y + piece.uz * z - piece.top,
    )


def test_a_piece_stays_beside_the_geodesic(laid):
    beside = radial = along = 0.0
    for piece, point, km in laid.seen():
        right, ahead, up = coordinates(piece, point)
        beside, radial = (
            max(beside, abs(right)),
            max(radial, abs(math.hypot(ahead, up) - piece.bend)),
        )
        abreast = piece.bend * ahead / math.hypot(ahead, up)
        along = max(along, abs(along_chord(piece, abreast) - km))
    assert 0.25 * M < beside < 0.4 * M
    assert 0.8 * M < radial < 1.1 * M
    assert along < 0.05 * M


def test_a_plane_through_the_centre_would_not(laid):
    normal = np.cross(laid.a, laid.b)
    normal /= np.linalg.norm(normal, axis=1)[:, None]
    worst = max(np.abs((normal * points).sum(axis=1)).max() for points in laid.points)
    assert 39 * M < worst < 43 * M


def test_axes_are_at_right_angles_and_the_ends_are_on_the_circle(laid):
    for piece, a, b in zip(laid.pieces, laid.a, laid.b, strict=True):
        n, v, u = np.array(piece[6:9]), np.array(piece[10:13]), np.array(piece[14:17])
        assert np.abs(np.array((n, v, u)) @ np.array((n, v, u)).T - np.eye(3)).max() < 1e-12
        assert np.linalg.det((n, v, u)) == pytest.approx(1)
        assert coordinates(piece, a) == pytest.approx((0, -piece.half, piece.base), abs=1e-8)
        assert coordinates(piece, b) == pytest.approx((0, piece.half, piece.base), abs=1e-8)
        assert math.hypot(piece.half, piece.base) == pytest.approx(piece.bend)


def test_series_are_as_good_as_they_say(laid):
    for piece in laid.pieces[:50]:
        for ahead in np.linspace(-piece.half, piece.half, 41).tolist():
            circle = math.sqrt(piece.bend**2 - ahead**2)
            assert above_centre(piece, ahead) == pytest.approx(circle, abs=1e-7)
            km = piece.scale * piece.bend * math.asin(ahead / piece.bend) + piece.middle_km
            assert along_chord(piece, ahead) == pytest.approx(km, abs=1.2e-6)
            assert chord_along(piece, along_chord(piece, ahead)) == pytest.approx(ahead, abs=2e-6)
            assert coordinates(piece, on_piece(piece, ahead))[1] == pytest.approx(ahead, abs=1e-8)
        assert PIECE_KM / 2 - piece.half < 0.266


def test_what_lies_past_an_end_counts_as_there(laid):
    piece = laid.pieces[0]
    assert along_chord(piece, -1e4) == piece.start_km
    assert along_chord(piece, 1e4) == piece.end_km


def test_a_place_is_a_piece_of_no_length():
    for lon, lat in ((0, 0), (30, 50), (0, 90), (90, -89.9), (-60, 35)):
        place = place_at(lon, lat)
        piece = piece_between(*place, *place, 0.0, 0.0)
        assert on_piece(piece, 0.0) == pytest.approx(place, abs=1e-9)
        assert along_chord(piece, 0.0) == 0
        assert chord_along(piece, 0.0) == 0
        assert all(map(math.isfinite, piece))


def test_a_gap_is_at_most_the_distance():
    rng = np.random.default_rng(2)
    close = 0
    for km in (1.0, 60.0, 300.0, PIECE_KM):
        for piece in Laid(km, 40, 3).pieces:
            ahead = np.linspace(-piece.half, piece.half, 201)
            circle = np.array([on_piece(piece, at) for at in ahead.tolist()])
            spread = 10 ** rng.uniform(-1, 3.5)
            for point in circle[rng.integers(0, 201, 20)] + rng.normal(0, spread, (20, 3)):
                true = np.linalg.norm(circle - point, axis=1).min()
                gap = math.sqrt(gap2(piece, *point))
                assert gap <= true + 1e-7
                close += gap > 0.9 * true
                r = true * rng.uniform(0.2, 2)
                assert may_meet(piece, *point, r) == (gap <= r) or abs(gap - r) < 1e-9
                assert not (true <= r and not may_meet(piece, *point, r + 1e-7))
    assert close > 500  # else the bound would be worth nothing


def test_a_piece_is_the_same_from_a_list_and_from_a_row(laid):
    rows = np.zeros((3, FIELDS))
    assert len(Piece._fields) == FIELDS
    keep_in_row(rows, 1, laid.pieces[0])
    assert read_from_row(rows, 1) == laid.pieces[0]


def test_a_route_is_cut_into_equal_pieces_that_follow_on():
    for ends in ((0, 50, 100, 20), (0, 0, 1, 1), (5, 5, 5, 5), (0, -80, 60, 85)):
        line, scratch = line_between(*ends), new_scratch(64, 1)
        pieces = lay_route(scratch, line, *place_at(*ends[:2]), *place_at(*ends[2:]))
        lay_pieces(scratch, line, pieces, 0, pieces)
        laid = scratch.pieces[:pieces]
        assert pieces == max(1, math.ceil(line.length_km / PIECE_KM))
        assert laid[0].start_km == 0
        assert laid[-1].end_km == pytest.approx(line.length_km)
        for one, other in itertools.pairwise(laid):
            assert one[3:6] == other[:3]
            assert one.end_km == pytest.approx(other.start_km)
            assert one.end_km - one.start_km == pytest.approx(line.length_km / pieces)


# The guard about the plane of both ends and the Earth's centre


@pytest.mark.parametrize("km", [100, 500, 1000, 2000, 5000, 10_000, 15_000, 18_000, 19_000, 19_400])
def test_the_guard_is_more_than_a_geodesic_strays(km):
    strays, guard, part = strayed(km)
    ratio = (guard / strays).min()
    assert 1.5 < ratio < 3.5
    stated = {2000: 0.27, 10_000: 8.4, 19_000: 200.0}.get(km)
    if stated:
        assert 0.8 * stated < strays.max() < stated
    # Angles at the Earth's centre grow with the distance: their slack is 0.01.
    assert part < 0.001


def strayed(km, count=3000):
    """How far geodesics stray, the guard for each, and how unevenly their angle grows."""
    rng = np.random.default_rng(7)
    lon, azimuth = rng.uniform(-180, 180, (2, count))
    lat = np.degrees(np.arcsin(rng.uniform(-1, 1, count)))
    lat[: count // 4] = rng.uniform(-5, 5, count // 4)
    x, y, _ = GEOD.fwd(lon, lat, azimuth, np.full(count, 1000.0 * km))
    *_, metres = GEOD.inv(lon, lat, x, y)
    a, b = positions(lon, lat), positions(x, y)
    cross = np.cross(a, b)
    size = np.linalg.norm(cross, axis=1)
    angle = np.arctan2(size, (a * b).sum(axis=1))
    shortest = (metres > 1000 * km - 1) & (angle < math.radians(175))
    up = cross / size[:, None]
    over = a / np.linalg.norm(a, axis=1)[:, None]
    on = np.cross(up, over)
    strays, uneven = np.zeros(count), 0.0
    for part in np.linspace(0.02, 0.98, 49):
        x, y, _ = GEOD.fwd(lon, lat, azimuth, np.full(count, 1000.0 * km * part))
        points = positions(x, y)
        strays = np.maximum(strays, np.abs((up * points).sum(axis=1)))
        turned = np.arctan2((on * points).sum(axis=1), (over * points).sum(axis=1)) / angle
        uneven = max(uneven, np.abs(turned - part)[shortest].max())
    guard = np.array([off_the_plane_km(at) for at in angle])
    return strays[shortest], guard[shortest], uneven


def test_nearly_antipodal_geodesics_may_go_any_way():
    assert off_the_plane_km(math.radians(175)) == math.inf


def test_no_piece_that_a_zone_is_abreast_of_is_left_out():
    """Zones beside routes, before them and behind: long routes end near what lies behind them."""
    rng = np.random.default_rng(8)
    checked = 0
    for _ in range(400):
        lon, lat = rng.uniform(-180, 180), rng.uniform(-60, 60)
        azimuth, km = rng.uniform(0, 360), rng.uniform(1000, 19_000)
        x, y, _ = GEOD.fwd(lon, lat, azimuth, 1000 * km)
        mx, my, _ = GEOD.fwd(lon, lat, azimuth, 1000 * km * rng.uniform(-0.2, 1.2))
        cx, cy, _ = GEOD.fwd(mx, my, rng.uniform(0, 360), rng.uniform(0, 3_000_000))
        if abs(cy) > 60:
            continue
        outline = zone_set(star(cx, cy, [rng.uniform(50, 3000)] * 12)).zones[0].outline
        shapes = build_index([outline]).plain
        line, scratch = line_between(lon, lat, x, y), new_scratch(64, 1)
        ends = *place_at(lon, lat), *place_at(x, y)
        pieces = lay_route(scratch, line, *ends)
        lay_pieces(scratch, line, pieces, 0, pieces)
        first, stop = pieces_abreast(shapes, 0, 100.0, pieces, *ends)
        corners = np.stack((shapes.x, shapes.y, shapes.z), axis=1)
        for number in range(pieces):
            circle = np.array(
                [on_piece(scratch.pieces[number], at) for at in np.linspace(-400, 400, 17)]
            )
            near = np.linalg.norm(circle[:, None] - corners[None], axis=2).min()
            if near < 100.0:
                checked += 1
                assert first <= number < stop, (lon, lat, x, y, cx, cy)
    assert checked > 100


def test_a_zone_beyond_the_end_of_a_long_route_is_abreast_of_its_last_pieces():
    """Its middle lies over 180° on, which is as far behind: its near side still is at the end."""
    rng = np.random.default_rng(9)
    missed = []
    for _ in range(100):
        lon, lat = rng.uniform(-180, 180), rng.uniform(-50, 50)
        azimuth, km = rng.uniform(0, 360), rng.uniform(16_000, 19_000)
        beyond = rng.uniform(500, 3000)
        x, y, _ = GEOD.fwd(lon, lat, azimuth, 1000 * km)
        on, _, _ = GEOD.inv(x, y, lon, lat)
        cx, cy, _ = GEOD.fwd(x, y, on + 180, 1000 * beyond)
        if abs(cy) > 60:
            continue
        outline = zone_set(star(cx, cy, [beyond + 300] * 24)).zones[0].outline
        shapes = build_index([outline]).plain
        ends = *place_at(lon, lat), *place_at(x, y)
        pieces = math.ceil(km / PIECE_KM)
        if pieces_abreast(shapes, 0, 100.0, pieces, *ends)[1] != pieces:
            missed.append((lon, lat, x, y, cx, cy, beyond + 300))
    assert not missed, (len(missed), missed[0])
