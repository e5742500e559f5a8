"""What an outline covers, however it was cut: one shape, and the borders that it really has.

One area can be written in many ways: past 180° or cut at the date line, whole or in parts, a polar
cap with its seam on any meridian. Laid on one turn and joined, they are the same shape.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from routecheck.geometry.index import OutlineLike
from routecheck.geometry.outlines import rings_areas_km2

__all__ = [
    "borders", "borders_each", "covered", "covered_each", "same_area", "same_areas",
    "shape_area_km2", "shape_areas_km2",
]  # fmt: skip

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
Shapes = npt.NDArray[np.object_]

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
    return covered_each([outline])[0]


def covered_each(outlines: Sequence[OutlineLike]) -> Shapes:
    """:func:`covered` of many outlines."""
    each = [_parts(outline) for outline in outlines]
    parts = np.concatenate(each)
    begin = np.cumsum([0, *map(len, each)])
    good = shapely.is_valid(parts)
    parts[~good] = shapely.make_valid(parts[~good])
    bounds = shapely.bounds(parts)
    within = (bounds[:, 0] >= -180) & (bounds[:, 2] <= 180)
    joined = np.empty(len(each), dtype=object)
    for number in range(len(each)):
        own = slice(begin[number], begin[number + 1])
        alone = begin[number + 1] - begin[number] == 1 and within[own].all() and good[own].all()
        joined[number] = parts[begin[number]] if alone else _joined(parts[own])
    return _polygons(shapely.set_precision(joined, GRID_DEG))  # a single part is not laid on it


def _parts(outline: OutlineLike) -> Shapes:
    """The polygons of an outline."""
    starts = np.searchsorted(outline.polygon, np.arange(outline.polygon[-1] + 2))
    points = np.column_stack((outline.lon, outline.lat))
    parts: Shapes = shapely.from_ragged_array(_POLYGON, points, (outline.ring_start, starts))
    return parts


def _joined(parts: Shapes) -> Any:
    """Valid parts laid on one turn, and joined."""
    west, _, east, _ = shapely.total_bounds(parts)
    turned = []
    for turn in range(math.floor((west + 180) / 360), math.ceil((east + 180) / 360)):
        middle = 360.0 * turn
        if west >= middle - 180 and east <= middle + 180:
            here = parts
        else:
            here = shapely.intersection(parts, shapely.box(middle - 180, -90, middle + 180, 90))
        turned.append(shapely.transform(here, partial(np.add, (-middle, 0.0))))
    return shapely.union_all(np.concatenate(turned), grid_size=GRID_DEG)


def _polygons(shapes: Shapes) -> Shapes:
    """The polygons of each shape as one, without stray lines and points."""
    parts, of = shapely.get_parts(shapes, return_index=True)
    while (deep := shapely.get_type_id(parts) > _POLYGON).any():
        # a collection may hold several polygons as one
        inner, which = shapely.get_parts(parts[deep], return_index=True)
        parts = np.concatenate((parts[~deep], inner))
        of = np.concatenate((of[~deep], of[deep][which]))
        order = np.argsort(of, kind="stable")
        parts, of = parts[order], of[order]
    real = shapely.get_type_id(parts) == _POLYGON
    made = np.full(len(shapes), shapely.MultiPolygon(), dtype=object)
    shapely.multipolygons(parts[real], indices=of[real], out=made)
    return made


def shape_area_km2(shape: Any) -> float:
    """Area of a shape on the ellipsoid, km²; its edges straight in longitude and latitude."""
    return float(shape_areas_km2(np.array([shape]))[0])


def shape_areas_km2(shapes: Shapes) -> Array:
    """:func:`shape_area_km2` of many shapes, each of several polygons."""
    points, rings, polygons, starts = _laid_out(shapes)
    if not len(points):
        return np.zeros(len(shapes))
    polygon = np.repeat(np.arange(len(polygons) - 1), np.diff(polygons))
    shape = np.repeat(np.arange(len(shapes)), np.diff(starts))[polygon]
    return rings_areas_km2(points[:, 0], points[:, 1], rings, polygon, shape, len(shapes))


def _laid_out(shapes: Shapes) -> tuple[Array, Indices, Indices, Indices]:
    """Points of multipolygons, and where rings, polygons and shapes begin."""
    parts, of = shapely.get_parts(shapes, return_index=True)
    starts = np.searchsorted(of, np.arange(len(shapes) + 1))
    if not len(parts):
        none = np.zeros(1, dtype=np.int64)
        return np.empty((0, 2)), none, none, starts
    _, points, (rings, polygons) = shapely.to_ragged_array(parts)
    return points, rings.astype(np.int64), polygons.astype(np.int64), starts


def same_area(one: Any, other: Any) -> bool:
    """Whether two shapes of :func:`covered` differ by nothing but slits and pin-holes.

    That is, by a part of 1e-9, or nowhere by as much as 1 m across.
    """
    ones, others = np.array([one]), np.array([other])
    areas = np.maximum(shape_areas_km2(ones), shape_areas_km2(others))
    return bool(same_areas(ones, others, areas)[0])


def same_areas(ones: Shapes, others: Shapes, areas_km2: Array) -> npt.NDArray[np.bool_]:
    """:func:`same_area` of many pairs; ``areas_km2`` is that of the larger of each."""
    differ = _polygons(shapely.symmetric_difference(ones, others))
    same: npt.NDArray[np.bool_] = shape_areas_km2(differ) <= SAME_PART * areas_km2
    left = np.flatnonzero(~same)
    thin = shapely.buffer(differ[left], -THIN_DEG, join_style="mitre")
    same[left] = shapely.is_empty(thin)
    return same


def borders(shape: Any) -> Array:
    """(n, 4) edges of a shape of :func:`covered`: lon1, lat1, lon2, lat2.

    Without those that only the way of writing asks for: along a pole, and along the date line
    where the shape goes on behind it.
    """
    return borders_each(np.array([shape]))[0]


def borders_each(shapes: Shapes) -> list[Array]:
    """:func:`borders` of many shapes."""
    points, rings, polygons, starts = _laid_out(shapes)
    if not len(points):
        return [np.empty((0, 4)) for _ in shapes]
    # the first edge of each shape, of all edges between points that follow one another
    first = rings[polygons[starts]]
    edges = np.hstack((points[:-1], points[1:]))
    real = np.ones(len(edges), dtype=np.bool_)
    real[rings[1:-1] - 1] = False
    at_pole = (np.abs(edges[:, 1]) == 90) & (edges[:, 1] == edges[:, 3])
    at_seam = real & (np.abs(edges[:, 0]) == 180) & (edges[:, 0] == edges[:, 2])
    real &= ~at_pole & ~at_seam
    found = []
    for begin, stop in zip(first[:-1].tolist(), first[1:].tolist(), strict=True):
        own, seam = edges[begin:stop][real[begin:stop]], at_seam[begin:stop]
        if seam.any():
            own = np.vstack((own, _at_date_line(edges[begin:stop][seam])))
        found.append(own)
    return found


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
