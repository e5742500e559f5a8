"""Which of some places lie inside an outline."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from routecheck.geometry.index import OutlineLike, build_index
from routecheck.geometry.winding import POLE_DEG, winding_at

__all__ = ["inside"]

Array = npt.NDArray[np.float64]

_EDGE_DEG: Final = 1e-9
"""0.1 mm: places so near beside the box round an outline are looked at, whatever the rounding."""


def inside(outline: OutlineLike, lon: Array, lat: Array) -> npt.NDArray[np.bool_]:
    """Whether places (degrees) lie inside an outline, whose edges are straight in lon/lat."""
    found = np.zeros(len(lon), dtype=np.bool_)
    if not len(outline.lon):
        return found
    level = np.clip(lat, -POLE_DEG, POLE_DEG)
    west, width = outline.lon.min() - _EDGE_DEG, np.ptp(outline.lon) + 2 * _EDGE_DEG
    maybe = np.flatnonzero(
        (level >= outline.lat.min())
        & (level <= outline.lat.max())
        & ((lon - west) % 360.0 <= width)
    )
    if len(maybe):
        shapes = build_index([outline]).plain
        for i in maybe.tolist():
            found[i] = winding_at(shapes, 0, float(lon[i]), float(lat[i])) != 0
    return found
