"""What an outline covers, however it was cut: one shape, and the borders that it really has.

One area can be written in many ways: past 180° or cut at the date line, whole or in parts, a polar
cap with its seam on any meridian. Laid on one turn and joined, they are the same shape.
"""

from __future__ import annotations

import math
from functools import partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from routecheck.geometry.index import OutlineLike
from routecheck.geometry.outlines import rings_area_km2

__all__ = ["borders", "covered", "same_area", "shape_area_km2"]

Array = npt.NDArray[np.float64]

_POLYGON: Final = shapely.GeometryType.POLYGON

GRID_DEG: Final = 1e-6
"""Corners are laid on this grid, 0.1 m: it closes the slits that rounding leaves between parts."""

THIN_DEG: Final = 4.6e-6
"""Half of 1 m, in latitude: what is narrower than twice this is a slit or a pin-hole, no area."""

SAME_PART: Final = 1e-9
"""Shapes that share all but this part of their area are the same."""

SEAM_STEP_DEG: Final = 0.5
"""Borders along the date line are cut into pieces so long: 56 km."""


def covered(outline: OutlineLike) -> Any:
    """What the polygons of an outline cover together: a shape with longitudes within ±180.

    Empty for an outline of less than 0.1 m.
    """
    starts = np.searchsorted(outline.polygon, np.arange(outline.polygon[-1] + 2))
    points = np.column_stack((outline.lon, outline.lat))
    parts = shapely.from_ragged_array(_POLYGON, points, (outline.ring_start, starts))
    parts = np.where(shapely.is_valid(parts), parts, shapely.make_valid(parts))
    west, _, east, _ = shapely.total_bounds(parts)
    turned = []
    for turn in range(math.floor((west + 180) / 360), math.ceil((east + 180) / 360)):
        middle = 360.0 * turn
        if west >= middle - 180 and east <= middle + 180:
            here = parts
        else:
            here = shapely.intersection(parts, shapely.box(middle - 180, -90, middle + 180, 90))
        turned.append(shapely.transform(here, partial(np.add, (-middle, 0.0))))
    joined = shapely.union_all(np.concatenate(turned), grid_size=GRID_DEG)
    return _polygons(shapely.set_precision(joined, GRID_DEG))  # a single part is not laid on it


def _polygons(shape: Any) -> Any:
    """The polygons of a shape, without stray lines and points."""
    parts = shapely.get_parts(shape)
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == _POLYGON])


def shape_area_km2(shape: Any) -> float:
    """Area of a shape on the ellipsoid, km²; its edges straight in longitude and latitude."""
    if shape.is_empty:
        return 0.0
    _, points, (rings, polygons, *_) = shapely.to_ragged_array([shape])
    return rings_area_km2(
        points[:, 0],
        points[:, 1],
        rings.astype(np.int64),
        np.repeat(np.arange(len(polygons) - 1), np.diff(polygons)),
    )


def same_area(one: Any, other: Any) -> bool:
    """Whether two shapes of :func:`covered` differ by nothing but slits and pin-holes.

    That is, by a part of 1e-9, or nowhere by as much as 1 m across.
    """
    differ = _polygons(shapely.symmetric_difference(one, other))
    area = max(shape_area_km2(one), shape_area_km2(other))
    if shape_area_km2(differ) <= SAME_PART * area:
        return True
    return bool(shapely.buffer(differ, -THIN_DEG, join_style="mitre").is_empty)


def borders(shape: Any) -> Array:
    """(n, 4) edges of a shape of :func:`covered`: lon1, lat1, lon2, lat2.

    Without those that only the way of writing asks for: along a pole, and along the date line
    where the shape goes on behind it.
    """
    _, points, (rings, *_) = shapely.to_ragged_array([shape])
    last = rings[1:] - 1
    edges = np.delete(np.hstack((points[:-1], points[1:])), last[:-1], axis=0)
    at_pole = (np.abs(edges[:, 1]) == 90) & (edges[:, 1] == edges[:, 3])
    at_seam = (np.abs(edges[:, 0]) == 180) & (edges[:, 0] == edges[:, 2])
    return np.vstack((edges[~at_pole & ~at_seam], _at_date_line(edges[at_seam])))


def _at_date_line(edges: Array) -> Array:
    """Where only one side of the date line is covered."""
    if not len(edges):
        return np.empty((0, 4))
    low, high = np.minimum(edges[:, 1], edges[:, 3]), np.maximum(edges[:, 1], edges[:, 3])
    breaks = np.unique(np.concatenate((low, high, np.arange(-90, 90, SEAM_STEP_DEG))))
    middle = (breaks[1:] + breaks[:-1]) / 2
    within = (low[:, None] < middle) & (middle < high[:, None])
    east = edges[:, 0] > 0
    one_side = within[east].any(axis=0) != within[~east].any(axis=0)
    start, stop = breaks[:-1][one_side], breaks[1:][one_side]
    full = np.full(len(start), 180.0)
    return np.column_stack((full, start, full, stop))
