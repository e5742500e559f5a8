"""The built-in zones against S2 (spherely): another library, on the sphere.

A geodetic latitude taken for a spherical one puts every distance between `R_MIN_KM` and `R_MAX_KM`
times its angle (the extremes of the ellipsoid's radii of curvature: 0.56 % below the mean radius
and 0.45 % above). Routes are given to S2 as way-points on the geodesic, 100 km apart, zones with
their edges followed to 1 m, so that what S2 joins by great circles lies within `SLACK_KM` of the
true line.
Within that error S2 must agree, for every pair.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import airportsdata
import numpy as np
import pytest
import spherely

import routecheck as rc
from oracle import GEOD, R_MAX_KM, R_MIN_KM, refine

SEED = 20260102
ROUTES = 250
LIMIT_KM = 100.0

SLACK_KM = 0.01
"""100 km of geodesic beside its great circle (1.3 m), the zone's edges (1 m on the geodetic sphere
and 1 m here, the engine's own 2 m), its promise aside."""

R_S2_KM = spherely.EARTH_RADIUS_METERS / 1000


def shape(geometry: dict[str, Any]) -> Any:
    """S2's polygons; none of the built-in zones reaches the date line or a pole."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    parts = []
    for polygon in polygons:
        shell, *holes = (refine(ring, 1.0)[:-1] for ring in polygon)
        parts.append(spherely.create_polygon(shell, holes=holes or None))
    return parts[0] if len(parts) == 1 else spherely.create_multipolygon(parts)


def path(route: Any) -> Any:
    lon1, lat1, lon2, lat2 = route
    km = GEOD.inv(lon1, lat1, lon2, lat2)[2] / 1000
    between = GEOD.npts(lon1, lat1, lon2, lat2, max(1, int(km / 100)))
    return spherely.create_linestring([(lon1, lat1), *between, (lon2, lat2)])


@cache
def pairs() -> tuple[Any, ...]:
    """Routes between random airports, zones, S2's distance and contact of every pair, and ours."""
    places = np.array([(p["lon"], p["lat"]) for p in airportsdata.load("IATA").values()])
    rng = np.random.default_rng(SEED)
    ends = places[rng.integers(len(places), size=(ROUTES, 2))].reshape(-1, 4)
    ends = ends[GEOD.inv(*ends.T)[2] > 1000.0]
    zones = rc.load_zones()
    lines = np.array([path(route) for route in ends])[:, None]
    shapes = np.array([shape(zone.geometry) for zone in zones])
    km = spherely.distance(lines, shapes) / 1000
    meets = spherely.intersects(lines, shapes)
    ours = np.full(km.shape, np.inf)
    touching = np.zeros(km.shape, bool)
    found = rc.measure(ends, zones, 1000.0)
    ours[found.route, found.zone] = found.closest_km
    touching[found.route, found.zone] = found.touching
    near = rc.measure(ends, zones, LIMIT_KM)
    reported = np.zeros(km.shape, bool)
    # A buffer may be larger than the limit: those rows are reported for its sake.
    kept = near.closest_km <= LIMIT_KM
    reported[near.route[kept], near.zone[kept]] = True
    return ends, km, meets, ours, touching, reported


def limits() -> tuple[Any, Any]:
    """What the true distance is at least and at most, going by S2."""
    km = pairs()[1]
    return km * (R_MIN_KM / R_S2_KM) - SLACK_KM, km * (R_MAX_KM / R_S2_KM) + SLACK_KM


def test_distances_agree_within_the_spheres_error() -> None:
    ends, km, _, ours, _, _ = pairs()
    low, high = limits()
    seen = np.isfinite(ours)
    assert seen.sum() > 1500  # of all within 1,000 km
    wrong = seen & ~((low <= ours) & (ours <= high))
    assert not wrong.any(), [(ends[r], z, km[r, z], ours[r, z]) for r, z in np.argwhere(wrong)]


def test_within_100_km_by_s2_is_within_100_km_by_us() -> None:
    """Where the sphere can tell; and it can for nearly all."""
    ends, km, _, _, _, reported = pairs()
    low, high = limits()
    surely_in, surely_out = high <= LIMIT_KM, low > LIMIT_KM
    assert surely_in.sum() > 300
    assert (~surely_in & ~surely_out).sum() < 0.005 * km.size
    wrong = (surely_in & ~reported) | (surely_out & reported)
    assert not wrong.any(), [(ends[r], z, km[r, z]) for r, z in np.argwhere(wrong)]


def test_contact_by_s2_is_contact_by_us() -> None:
    """Distance 0, but where either is in doubt by metres."""
    ends, km, meets, ours, touching, _ = pairs()
    assert meets.sum() > 180
    assert ours[meets].max() <= SLACK_KM
    wrong = (ours == 0) & ~meets & ~touching & (km > SLACK_KM)
    assert not wrong.any(), [(ends[r], z, km[r, z]) for r, z in np.argwhere(wrong)]


def test_other_limits_agree_too() -> None:
    """Up to 1,000 km, where the sphere is off by 5.6 km: nothing is left out."""
    ours = pairs()[3]
    low, high = limits()
    for limit_km in (10.0, 500.0, 1000.0):
        assert ((ours <= limit_km) >= (high <= limit_km)).all()
        assert ((ours <= limit_km) <= (low <= limit_km)).all()


def test_s2_would_see_an_error_of_the_size_it_claims() -> None:
    """The limits are tight: 1.2 % more distance breaks them for most far pairs."""
    _, _, _, ours, _, _ = pairs()
    low, high = limits()
    far = np.isfinite(ours) & (ours > 100)
    assert (1.012 * ours[far] > high[far]).mean() > 0.9
    assert (ours[far] / 1.012 < low[far]).mean() > 0.9
    with pytest.raises(AssertionError):
        assert ((low <= ours + 20) & (ours + 20 <= high))[np.isfinite(ours)].all()
