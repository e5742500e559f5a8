"""The claims of geometry/ellipsoid.py and legs.py, measured."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Geod

from routecheck.geometry.arcs import arc
from routecheck.geometry.ellipsoid import (
    R_MAX_KM,
    R_MIN_KM,
    conformal_sphere,
    isometric_latitude,
    on_sphere,
    unit_vectors,
)
from routecheck.geometry.index import angle_between
from routecheck.geometry.legs import PIECE_KM

GEOD = Geod(ellps="WGS84")
LATITUDES = [0, 12, 35, 45, 60, 75, 84.9, 85.1, 88, 90, -40, -84, -89.9]


def around(lon0: np.ndarray, lat0: np.ndarray, km: float, seed: int) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    n = len(lon0)
    lon, lat, _ = GEOD.fwd(lon0, lat0, rng.uniform(0, 360, n), rng.uniform(0, km * 1000, n))
    return np.asarray(lon), np.asarray(lat)


@pytest.mark.parametrize("lat0", LATITUDES)
@pytest.mark.parametrize(("reach_km", "error_m"), [(300, 0.1), (600, 1.0), (1100, 8.0)])
def test_distances_on_the_conformal_sphere(lat0: float, reach_km: float, error_m: float) -> None:
    rng = np.random.default_rng(1)
    lon0 = rng.uniform(-180, 180, 2000)
    centre = np.full(2000, float(lat0))
    sphere = conformal_sphere(lon0, centre)
    points = [around(lon0, centre, reach_km, seed) for seed in (2, 3)]
    (lon1, lat1), (lon2, lat2) = points
    u = on_sphere(lon1, isometric_latitude(lat1), sphere)
    v = on_sphere(lon2, isometric_latitude(lat2), sphere)
    true_km = np.asarray(GEOD.inv(lon1, lat1, lon2, lat2)[2]) / 1000
    assert np.abs(angle_between(u, v) * sphere.radius_km - true_km).max() * 1000 < error_m


@pytest.mark.parametrize("lat0", LATITUDES)
def test_a_piece_stays_beside_its_great_circle(lat0: float) -> None:
    """0.1 m, seen from the sphere about the piece's own middle."""
    for azimuth in range(0, 180, 15):
        ends = [GEOD.fwd(10.0, lat0, azimuth + turn, PIECE_KM * 500)[:2] for turn in (0, 180)]
        (lon1, lat1), (lon2, lat2) = ends
        between = GEOD.npts(lon1, lat1, lon2, lat2, 9)
        lon, lat = np.array([*ends, *between]).T
        sphere = conformal_sphere(np.full(len(lon), 10.0), np.full(len(lon), float(lat0)))
        points = on_sphere(lon, isometric_latitude(lat), sphere)
        line = arc(points[:1], points[1:2])
        beside_m = np.abs(np.arcsin(points @ line.n[0])) * sphere.radius_km * 1000
        assert beside_m.max() < 0.1


def test_bounds_of_the_geodetic_sphere_hold_everywhere() -> None:
    rng = np.random.default_rng(5)
    lon1, lon2 = rng.uniform(-180, 180, (2, 50_000))
    lat1, lat2 = np.degrees(np.arcsin(rng.uniform(-1, 1, (2, 50_000))))
    angle = angle_between(unit_vectors(lon1, lat1), unit_vectors(lon2, lat2))
    true_km = np.asarray(GEOD.inv(lon1, lat1, lon2, lat2)[2]) / 1000
    assert (true_km >= R_MIN_KM * angle - 1e-6).all()
    assert (true_km <= R_MAX_KM * angle + 1e-6).all()
