"""Zones and routes for tests, from plain numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pyproj import Geod

import routecheck as rc

GEOD = Geod(ellps="WGS84")

Ring = Sequence[tuple[float, float]]


def polygon(*rings: Ring) -> dict[str, Any]:
    """A GeoJSON polygon of open rings (closed here)."""
    return {
        "type": "Polygon",
        "coordinates": [[*map(list, ring), list(ring[0])] for ring in rings],
    }


def box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """A GeoJSON box."""
    return polygon([(west, south), (east, south), (east, north), (west, north)])


def star(lon: float, lat: float, radii_km: Sequence[float], *, turn: float = 0.0) -> dict[str, Any]:
    """A polygon around a centre whose corners lie at these distances, evenly turned."""
    step = 360.0 / len(radii_km)
    corners = []
    for i, radius_km in enumerate(radii_km):
        x, y, _ = GEOD.fwd(lon, lat, -(turn + i * step), radius_km * 1000)
        corners.append((lon + (x - lon + 180) % 360 - 180, y))
    return polygon(corners)


def zone_set(*geometries: dict[str, Any], buffer_km: float = 0.0, **properties: Any) -> rc.ZoneSet:
    """A plain zone set with one zone per geometry."""
    features = [
        {
            "type": "Feature",
            "properties": {"id": f"z{i}", "buffer_km": buffer_km, **properties},
            "geometry": geometry,
        }
        for i, geometry in enumerate(geometries)
    ]
    return rc.load_zones({"type": "FeatureCollection", "features": features})


def one(
    route: Sequence[float], zones: rc.ZoneSet, within_km: float | None = None
) -> dict[str, Any]:
    """The measures of one route against one zone, zeros and inf where it is not near."""
    m = rc.measure([list(route)], zones, within_km)
    if not len(m):
        return {"inside": 0.0, "buffered": 0.0, "closest": float("inf"), "touching": False}
    assert len(m) == 1
    return {
        "inside": float(m.inside_km[0]),
        "buffered": float(m.buffered_km[0]),
        "closest": float(m.closest_km[0]),
        "touching": bool(m.touching[0]),
    }
