"""Makes a zone's outline of the rings that were read, and draws them again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from routecheck.geometry.rings import refine_ring
from routecheck.zones.model import Outline

__all__ = ["drawn", "refined_outline"]

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


def drawn(outline: Outline) -> dict[str, Any]:
    """The GeoJSON geometry of an outline that knows its given vertices.

    One polygon is a Polygon, more are a MultiPolygon, positions are [lon, lat].
    """
    assert outline.given is not None
    polygons: list[list[list[list[float]]]] = []
    for ring, polygon in enumerate(outline.polygon.tolist()):
        own = slice(outline.ring_start[ring], outline.ring_start[ring + 1])
        points = np.column_stack((outline.lon[own], outline.lat[own]))[outline.given[own]]
        if polygon == len(polygons):
            polygons.append([])
        polygons[polygon].append(points.tolist())
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}
