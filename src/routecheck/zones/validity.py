"""Self-crossing rings, stray holes and overlapping members, found with shapely (GEOS).

Imported only when a file is not one of those shipped with the package, whose validity is proven by
the tests.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from routecheck.zones.problems import Problems, count_of
from routecheck.zones.rings import Ring

__all__ = ["Shape", "check_shapes"]

_PLACE: Final = re.compile(r"^(.*)\[(\S+) (\S+)\]$")
_REMEDY: Final = "repair it with shapely.make_valid, or ogr2ogr -makevalid OUT.geojson IN.geojson"

_ONE_TURN: Final = np.array([360.0, 0.0])

_HARMLESS: Final = {
    "Ring Self-intersection": "the ring touches itself",
    "Interior is disconnected": "the holes touch so that they cut the polygon in two",
}
"""Not valid by the letter, yet inside and outside are plain to tell: a warning is enough."""

_WRONG: Final = {
    "Self-intersection": "the outline crosses itself, or a hole crosses it",
    "Hole lies outside shell": "a hole lies outside its exterior (longitudes of both must be "
    "on the same turn of 360°)",
    "Holes are nested": "a hole lies within another hole",
    "Duplicate Rings": "a ring is given twice",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """The polygons of one zone, and where they are in the file."""

    feature: str
    polygons: Sequence[Sequence[Ring]]
    pointers: Sequence[str]


def check_shapes(shapes: Sequence[Shape], problems: Problems) -> None:
    """Note every polygon that is not valid, and every zone whose polygons overlap."""
    rings = [ring for shape in shapes for polygon in shape.polygons for ring in polygon]
    if not rings:
        return
    made = _polygons(shapes, rings)
    valid = shapely.is_valid(made)
    start = 0
    for shape in shapes:
        stop = start + len(shape.polygons)
        for index in range(start, stop):
            if not valid[index]:
                _explain(made[index], shape.pointers[index - start], shape.feature, problems)
        if stop - start > 1:
            _check_overlap(made[start:stop][valid[start:stop]], shape, problems)
        start = stop


def _polygons(shapes: Sequence[Shape], rings: Sequence[Ring]) -> Any:
    """All polygons of a file at once: one call, however many there are."""
    coordinates = np.column_stack(
        [np.concatenate([ring.lon for ring in rings]), np.concatenate([ring.lat for ring in rings])]
    )
    ring_offsets = np.cumsum([0, *(ring.lon.size for ring in rings)])
    polygon_offsets = np.cumsum(
        [0, *(len(polygon) for shape in shapes for polygon in shape.polygons)]
    )
    return shapely.from_ragged_array(
        shapely.GeometryType.POLYGON, coordinates, (ring_offsets, polygon_offsets)
    )


def _explain(polygon: Any, pointer: str, feature: str, problems: Problems) -> None:
    reason = str(shapely.is_valid_reason(polygon))
    found = _PLACE.match(reason)
    what, place = reason, ""
    if found:
        what = found[1].strip()
        place = f" near longitude {float(found[2]):.6g}, latitude {float(found[3]):.6g}"
    if what in _HARMLESS:
        problems.warn(f"{_HARMLESS[what]}{place}", pointer, feature)
        return
    sentence = _WRONG.get(what, f"the polygon is not valid ({what})")
    problems.error(f"{sentence}{place}: {_REMEDY}", pointer, feature)


def _check_overlap(polygons: Any, shape: Shape, problems: Problems) -> None:
    """Warn of members that share area, also where one is written a turn of 360° further on."""
    if len(polygons) < 2:
        return
    pairs = _overlapping(polygons, polygons)
    count = int(np.count_nonzero(pairs[0] < pairs[1]))
    bounds = shapely.total_bounds(polygons)
    if bounds[2] - bounds[0] > 360 or bounds[0] < -180 or bounds[2] > 180:
        shifted = shapely.transform(polygons, lambda points: points + _ONE_TURN)
        turned = _overlapping(shifted, polygons)
        count += int(np.count_nonzero(turned[0] != turned[1]))
    if count:
        problems.warn(
            f"{count_of(count, 'pair')} of its polygons overlap: read as one area; join them with "
            "shapely.union_all to be rid of this warning",
            shape.pointers[0],
            shape.feature,
        )


def _overlapping(first: Any, second: Any) -> Any:
    """Index pairs of polygons whose interiors meet."""
    pairs = shapely.STRtree(second).query(first, predicate="intersects")
    apart = pairs[0] != pairs[1]
    pairs = pairs[:, apart]
    inside = shapely.relate_pattern(first[pairs[0]], second[pairs[1]], "T********")
    return pairs[:, inside]
