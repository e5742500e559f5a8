"""Route pieces as GeoJSON lines: dense enough to draw, cut at the date line."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from routecheck.geometry.legs import Legs

__all__ = ["DRAW_KM", "draw", "join", "within_half_turn"]

DRAW_KM: Final = 25.0
"""Spacing of drawn points: read as straight in lon/lat they stray 70 m from the path at 80°N."""

POLE_TURN_DEG: Final = 90.0
"""A step of 25 km turns so far only within 18 km of a pole."""


def draw(legs: Legs, leg: int, enter_km: float, exit_km: float) -> dict[str, Any]:
    """A stretch of a leg as a LineString, or a MultiLineString where it passes the date line.

    RFC 7946, 3.1.9: nothing crosses ±180; the cut points lie on it.
    """
    count = max(1, math.ceil((exit_km - enter_km) / DRAW_KM))
    km = np.linspace(enter_km, exit_km, count + 1)
    lon, lat, _ = legs.at(np.full(len(km), leg), km)
    return join(lon, lat)


def join(lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> dict[str, Any]:
    """Points as a LineString, or a MultiLineString cut at the date line."""
    lines = _cut(lon, lat)
    if len(lines) == 1:
        return {"type": "LineString", "coordinates": lines[0]}
    return {"type": "MultiLineString", "coordinates": lines}


def _cut(lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> list[list[list[float]]]:
    lines: list[list[list[float]]] = [[_point(lon[0], lat[0])]]
    for i in range(1, len(lon)):
        (a, b), (south, north) = map(float, lon[i - 1 : i + 1]), map(float, lat[i - 1 : i + 1])
        turn = (b - a + 180.0) % 360.0 - 180.0
        if abs(turn) > POLE_TURN_DEG:
            # Past a pole all longitudes are swept within metres: go through the pole itself.
            pole = math.copysign(90.0, south + north)
            lines[-1] += [_point(a, pole), _point(b, pole)]
        elif abs(b - a) > 180.0:
            side = math.copysign(180.0, a)
            part = (side - a) / turn if turn else 0.0
            at = south + part * (north - south)
            lines[-1].append(_point(side, at))
            lines.append([_point(-side, at)])
        lines[-1].append(_point(b, north))
    # A stretch that starts or ends on the date line leaves a line of no length there.
    whole = [line for line in lines if any(point != line[0] for point in line)]
    return whole or [[lines[0][0], lines[-1][-1]]]


def _point(lon: float, lat: float) -> list[float]:
    """To 1e-6 degrees, 0.1 m; without negative zeros."""
    return [round(float(lon), 6) + 0.0, round(float(lat), 6) + 0.0]


def within_half_turn(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """A polygon cut at the date line, so that its longitudes lie within ±180 (RFC 7946, 3.1.9)."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    lons = [point[0] for polygon in polygons for ring in polygon for point in ring]
    if min(lons) >= -180.0 and max(lons) <= 180.0:
        return dict(geometry)
    import shapely  # noqa: PLC0415 - 50 ms, for zones that run past 180 only
    from shapely import affinity  # noqa: PLC0415

    whole = shapely.geometry.shape(dict(geometry))
    parts = []
    for turn in range(math.floor((min(lons) + 180) / 360), math.ceil((max(lons) + 180) / 360)):
        cell = shapely.box(360.0 * turn - 180.0, -90.0, 360.0 * turn + 180.0, 90.0)
        piece = affinity.translate(whole.intersection(cell), -360.0 * turn)
        parts += [p for p in shapely.get_parts(piece) if p.geom_type == "Polygon" and p.area > 0]
    cut = shapely.MultiPolygon([shapely.geometry.polygon.orient(part) for part in parts])
    mapping: dict[str, Any] = shapely.geometry.mapping(cut if len(parts) > 1 else cut.geoms[0])
    return mapping
