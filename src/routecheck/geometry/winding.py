"""Is a point inside an outline? By winding number in longitude and latitude."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from routecheck.geometry.index import OutlineLike

__all__ = ["inside"]

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

CHUNK: Final = 2_000_000
"""Point-edge pairs looked at in one go: 16 MB a temporary."""

POLE_DEG: Final = 90.0 - 1e-7
"""1 cm from a pole: there every longitude is as good as any other."""


def inside(outline: OutlineLike, lon: Array, lat: Array) -> Mask:
    """Whether points (degrees) lie inside an outline.

    Edges are straight in lon/lat, which is where they were published (the geodesic edges are
    within 2 m). Overlapping parts stay inside. Half-open tests give a point on the common border
    of two parts to exactly one of them.
    """
    lat = np.clip(lat, -POLE_DEG, POLE_DEG)
    found = np.zeros(len(lon), dtype=np.bool_)
    if not len(outline.lon):
        return found
    west, east = float(outline.lon.min()), float(outline.lon.max())
    level = (lat >= float(outline.lat.min())) & (lat <= float(outline.lat.max()))
    for turn in range(-2, 3):
        shifted = lon + 360.0 * turn
        maybe = np.flatnonzero(level & ~found & (shifted >= west) & (shifted <= east))
        if len(maybe):
            found[maybe] = _within(outline, shifted[maybe], lat[maybe])
    return found


def _within(outline: OutlineLike, x: Array, y: Array) -> Mask:
    """Inside a polygon: the exterior winds about the point, and none of the holes does.

    Which way round does not matter: a ring that touches itself has parts that wind either way.
    """
    rings = len(outline.polygon)
    polygons = int(outline.polygon[-1]) + 1
    is_hole = np.append(False, outline.polygon[1:] == outline.polygon[:-1])
    ring = np.repeat(np.arange(rings), np.diff(outline.ring_start))[:-1]
    real = np.ones(len(ring), dtype=np.bool_)
    real[outline.ring_start[1:-1] - 1] = False  # from the end of one ring to the next one's start
    ring = ring[real]
    x0, y0 = outline.lon[:-1][real], outline.lat[:-1][real]
    x1, y1 = outline.lon[1:][real], outline.lat[1:][real]
    result = np.zeros(len(x), dtype=np.bool_)
    step = max(1, CHUNK // max(1, len(x0)))
    for first in range(0, len(x), step):
        px, py = x[first : first + step, None], y[first : first + step, None]
        point, edge = np.nonzero((y0 <= py) != (y1 <= py))
        at = (py[point, 0] - y0[edge]) / (y1[edge] - y0[edge])
        east = x0[edge] + at * (x1[edge] - x0[edge]) > px[point, 0]
        sign = np.where(y1[edge] > y0[edge], 1, -1) * east
        turns = np.bincount(point * rings + ring[edge], sign, minlength=len(px) * rings)
        winds = turns.reshape(len(px), rings) != 0
        inner = winds[:, ~is_hole]
        in_hole = np.zeros((polygons, len(px)), dtype=np.bool_)
        np.logical_or.at(in_hole, outline.polygon[is_hole], winds[:, is_hole].T)
        result[first : first + step] = (inner & ~in_hole.T).any(axis=1)
    return result
