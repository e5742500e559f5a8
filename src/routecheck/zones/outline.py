"""Makes a zone's outline of the rings that were read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from routecheck.geometry.rings import refine_ring
from routecheck.zones.model import Outline

__all__ = ["refined_outline"]

Array = npt.NDArray[np.float64]


def refined_outline(polygons: Sequence[Sequence[tuple[Array, Array]]]) -> Outline:
    """Refine the rings of some polygons and lay them out one after another, read-only.

    Parameters
    ----------
    polygons : sequence of polygons
        Each the rings (lon, lat) as closed arrays in degrees, the exterior first.

    Raises
    ------
    TooFineError
        If a ring needs too many vertices.
    """
    refined = [refine_ring(lon, lat) for polygon in polygons for lon, lat in polygon]
    outline = Outline(
        np.concatenate([lon for lon, _ in refined]),
        np.concatenate([lat for _, lat in refined]),
        np.cumsum([0, *(lon.size for lon, _ in refined)], dtype=np.int64),
        np.repeat(np.arange(len(polygons)), [len(polygon) for polygon in polygons]),
    )
    for array in (outline.lon, outline.lat, outline.ring_start, outline.polygon):
        array.setflags(write=False)
    return outline
