"""Route pieces as GeoJSON lines: dense enough to draw, cut at the date line."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from routecheck.geometry.legs import Legs

__all__ = ["DRAW_KM", "draw"]

DRAW_KM: Final = 25.0
"""Spacing of drawn points: read as straight in lon/lat they stray 70 m from the path at 80°N."""


def draw(legs: Legs, leg: int, enter_km: float, exit_km: float) -> dict[str, Any]:
    """A stretch of a leg as a LineString, or a MultiLineString where it passes the date line.

    RFC 7946, 3.1.9: nothing crosses ±180; the cut points lie on it.
    """
    count = max(1, math.ceil((exit_km - enter_km) / DRAW_KM))
    km = np.linspace(enter_km, exit_km, count + 1)
    lon, lat, _ = legs.at(np.full(len(km), leg), km)
    lines = _cut(lon, lat)
    if len(lines) == 1:
        return {"type": "LineString", "coordinates": lines[0]}
    return {"type": "MultiLineString", "coordinates": lines}


def _cut(lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> list[list[list[float]]]:
    lines: list[list[list[float]]] = [[[round(float(lon[0]), 6), round(float(lat[0]), 6)]]]
    for i in range(1, len(lon)):
        a, b = float(lon[i - 1]), float(lon[i])
        if abs(b - a) > 180.0:
            side = math.copysign(180.0, a)
            ahead = b + math.copysign(360.0, a)
            part = (side - a) / (ahead - a) if ahead != a else 0.0
            at = round(float(lat[i - 1] + part * (lat[i] - lat[i - 1])), 6)
            lines[-1].append([side, at])
            lines.append([[-side, at]])
        lines[-1].append([round(b, 6), round(float(lat[i]), 6)])
    # A stretch that only touches the date line leaves a line of one point.
    return [line for line in lines if len(line) > 1] or [[lines[0][0], lines[0][0]]]
