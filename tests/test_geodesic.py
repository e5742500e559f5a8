"""The kernel's lines and places against geographiclib, PROJ and the sizes that are stated."""

from __future__ import annotations

import math

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

from routecheck.geometry.ellipsoid import A_KM, R_MAX_KM, R_MIN_KM
from routecheck.geometry.geodesic import ANTIPODAL_DEG, line_between, line_from, point_at
from routecheck.geometry.index import positions
from routecheck.geometry.legs import Legs
from routecheck.geometry.run import as_routes, line_through
from routecheck.geometry.surface import curvature, lon_lat, place_at, surface_km
from shapes import GEOD

WGS84 = Geodesic.WGS84
MM = 1e-6  # km

PARTS = (0.0, 0.25, 0.5, 0.9, 1.0)


def angle_deg(lon1, lat1, lon2, lat2):
    """Between the two places, at the Earth's centre."""
    a, b = np.array(place_at(lon1, lat1)), np.array(place_at(lon2, lat2))
    return math.degrees(math.atan2(np.linalg.norm(np.cross(a, b)), a @ b))


def random_lines(count, seed):
    """Ends anywhere, evenly many of each length up to the limit; every third one short."""
    rng = np.random.default_rng(seed)
    while count:
        lon, lat = rng.uniform(-180, 180), math.degrees(math.asin(rng.uniform(-1, 1)))
        metres = math.exp(rng.uniform(0, 14)) if count % 3 == 0 else rng.uniform(0, 19_450_000)
        end = WGS84.Direct(lat, lon, rng.uniform(-180, 180), metres)
        ends = lon, lat, end["lon2"], end["lat2"]
        if angle_deg(*ends) <= ANTIPODAL_DEG:
            count -= 1
            yield ends


def errors_km(ends, line=None):
    """Of a line's length, and of points on it."""
    lon1, lat1, lon2, lat2 = ends
    line = line or line_between(*ends)
    true = WGS84.Inverse(lat1, lon1, lat2, lon2)
    path = WGS84.Line(lat1, lon1, true["azi1"])
    far = 0.0
    for part in PARTS:
        there = path.Position(part * true["s12"])
        want = place_at(there["lon2"], there["lat2"])
        far = max(far, math.dist(point_at(line, part * true["s12"] / 1000), want))
    return abs(line.length_km - true["s12"] / 1000), far


def test_lines_anywhere_are_good_to_a_tenth_of_a_millimetre():
    worst = np.max([errors_km(ends) for ends in random_lines(3000, 1)], axis=0)
    assert worst.max() < 0.1 * MM, worst


HARD = {
    "equator": (10, 0, 100, 0),
    "equator, over the date line": (170, 0, -140, 0),
    "meridian north": (7, -60, 7, 80),
    "meridian over the pole": (30, 70, -150, 60),
    "from the north pole": (12, 90, 40, -60),
    "to the south pole": (-70, 20, 55, -90),
    "pole to a place beside it": (0, 90, 0, 89.999),
    "along 60°": (0, 60, 150, 60),
    "along 89.9°": (0, 89.9, 170, 89.9),
    "over the date line": (179.5, -17, -179.5, -16),
    "past 360°": (350, 10, 370, 20),
    "1 m east": (20, 50, 20 + 1.4e-5, 50),
    "1 m north": (20, 50, 20, 50 + 9e-6),
    "1 mm": (20, 50, 20, 50 + 9e-9),
    "174° along the equator": (0, 0, 174, 0),
    "174.9° off the equator": (0, 3, 173, -2),
    "174° along a meridian": (0, -87, 0, 87),
}


@pytest.mark.parametrize("ends", HARD.values(), ids=HARD)
def test_hard_lines(ends):
    assert max(errors_km(ends)) < 0.1 * MM
    back = ends[2], ends[3], ends[0], ends[1]
    assert max(errors_km(back)) < 0.1 * MM


@pytest.mark.parametrize("place", [(0, 0), (12, 50), (180, -3), (0, 90), (77, -90)])
def test_a_line_of_no_length_stays_where_it_is(place):
    line = line_between(*place, *place)
    assert line.length_km == pytest.approx(0, abs=MM)
    assert math.dist(point_at(line, 0.0), place_at(*place)) < 0.1 * MM


def test_lines_from_an_azimuth_go_where_geographiclib_goes():
    rng = np.random.default_rng(2)
    worst = 0.0
    for lon, lat in zip(rng.uniform(-180, 180, 500), rng.uniform(-90, 90, 500), strict=True):
        azimuth, metres = rng.uniform(-180, 180), rng.uniform(0, 20_000_000)
        there = WGS84.Direct(lat, lon, azimuth, metres)
        got = point_at(line_from(lon, lat, azimuth, metres / 1000), metres / 1000)
        worst = max(worst, math.dist(got, place_at(there["lon2"], there["lat2"])))
    assert worst < 0.1 * MM


def test_nearly_antipodal_lines_are_asked_of_proj():
    rng = np.random.default_rng(3)
    worst = 0.0
    for _ in range(400):
        lon, lat = rng.uniform(-180, 180), rng.uniform(-90, 90)
        away, turn = 10 ** rng.uniform(-6, 1), rng.uniform(0, 2 * math.pi)
        end = lon + 180 + away * math.sin(turn), np.clip(-lat + away * math.cos(turn), -90, 90)
        ends = lon, lat, float(end[0]), float(end[1])
        *_, metres = GEOD.inv(*ends)
        line = line_through(ends)
        assert line.length_km == pytest.approx(metres / 1000, abs=0.1 * MM)
        # Which way such a line goes hangs on its azimuth: a nanodegree at the antipode is nothing.
        worst = max(worst, math.dist(point_at(line, metres / 1000), place_at(*end)))
        assert Legs.between([ends]).length_km[0] == pytest.approx(metres / 1000, abs=0.1 * MM)
    assert worst < MM


def test_every_line_over_the_limit_goes_to_proj_and_is_over_19_300_km():
    rng = np.random.default_rng(4)
    lat = np.degrees(np.arcsin(rng.uniform(-1, 1, 20_000)))
    lon, azimuth = rng.uniform(-180, 180, (2, 20_000))
    x, y, _ = GEOD.fwd(lon, lat, azimuth, rng.uniform(19_000_000, 20_000_000, 20_000))
    ends = np.column_stack((lon, lat, x, y))
    *_, metres = GEOD.inv(*ends.T)
    a, b = positions(lon, lat), positions(x, y)
    cosine = (a * b).sum(axis=1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)
    over = cosine < math.cos(math.radians(ANTIPODAL_DEG))
    assert over.sum() > 1000
    assert (as_routes(ends).length_km[over] > 0).all()
    assert metres[over].min() > 19_400_000


# Places


def test_places_there_and_back():
    rng = np.random.default_rng(5)
    lon, lat = rng.uniform(-180, 180, 2000), rng.uniform(-90, 90, 2000)
    lat[:4] = 90, -90, 0, 89.9999999
    lon[4:6] = 180, 0
    together = positions(lon, lat)
    for i in range(len(lon)):
        place = place_at(lon[i], lat[i])
        assert math.dist(place, together[i]) < 1e-11
        back = lon_lat(*place)
        assert back[1] == pytest.approx(lat[i], abs=1e-12)
        assert math.dist(place_at(*back), place) < 1e-11


@pytest.mark.parametrize(
    ("km", "error_m"),
    [(60, 1e-6), (100, 1e-6), (300, 1e-4), (500, 0.001), (1000, 0.03), (1100, 0.05)],
)
def test_the_chord_gives_the_distance(km, error_m):
    rng = np.random.default_rng(6)
    lon, azimuth = rng.uniform(-180, 180, (2, 2000))
    lat = np.degrees(np.arcsin(rng.uniform(-1, 1, 2000)))
    x, y, _ = GEOD.fwd(lon, lat, azimuth, np.full(2000, 1000.0 * km))
    pairs = zip(positions(lon, lat).tolist(), positions(x, y).tolist(), strict=True)
    worst = max(abs(surface_km(*a, *b) - km) for a, b in pairs)
    assert worst * 1000 < error_m + 1e-7


def test_a_distance_of_nothing_is_nothing():
    place = place_at(20, 50)
    assert surface_km(*place, *place) == 0


def test_curvature_is_between_the_bounds_of_the_ellipsoid():
    """Along the equator's meridian and along it, and at the pole: known radii."""
    assert 1 / curvature(A_KM, 0, 0, 0, 0, 1) == pytest.approx(R_MIN_KM, abs=1e-9)
    assert 1 / curvature(A_KM, 0, 0, 0, 1, 0) == pytest.approx(A_KM, abs=1e-9)
    assert 1 / curvature(*place_at(0, 90), 1, 0, 0) == pytest.approx(R_MAX_KM, abs=1e-9)
    # A point below the surface is raised to it.
    assert 1 / curvature(0.99 * A_KM, 0, 0, 0, 1, 0) == pytest.approx(A_KM, abs=1e-9)
