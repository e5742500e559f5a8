"""Mends polygons that are not valid: as they must be meant, or all that they may be meant as.

A ring that crosses itself encloses faces. Those that it goes round once, the way of its largest,
are inside by every reading; of the others one reading takes what the next leaves out. Where those
are no wider than the tolerance every reading agrees to it, and all are taken together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.polygon import orient

from routecheck.zones.rings import Ring

__all__ = ["AGREED_KM", "Mended", "mend"]

AGREED_KM: Final = 1.0
"""Readings that differ by less are one: half a nautical mile, less than charts are drawn to."""

_KM_PER_DEG: Final = 111.32

_TOUCH: Final = 1e-9
"""Degrees (0.1 mm) by which a hole may pass its exterior, through rounding, and lie in it."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A polygon after mending.

    Attributes
    ----------
    polygons : list of list of Ring
        All that the polygon may be meant as, together.
    agreed : bool
        Whether every reading agrees.
    how : str
        What was done, for a warning.
    """

    polygons: list[list[Ring]]
    agreed: bool
    how: str


def mend(rings: Sequence[Ring]) -> Mended | None:
    """Mend a polygon that is not valid; None if nothing can be made of it."""
    try:
        return _mended(rings)
    except (shapely.errors.GEOSException, ValueError):
        return None


def _mended(rings: Sequence[Ring]) -> Mended | None:
    exterior = rings[0]
    turned = _short_way(exterior)
    if turned is not None:
        # As it is written it goes the long way round, and that crosses itself: so it cannot be
        # meant.
        shell, over_pole = turned
        holes = [shapely.Polygon(_points(ring)) for ring in rings[1:]]
        if shell.is_valid and all(hole.is_valid for hole in holes):
            how = (
                "an edge of more than 180° of longitude makes the ring cross itself: it was read "
                + (f"round the {over_pole} Pole" if over_pole else "as crossing the date line")
            )
            cut, inside = _without_holes(shell, holes)
            return _made(cut, inside, how) if inside else None
        return None
    shell, agreed = _faces(_points(exterior))
    if shell is None:
        return None
    how = "" if shapely.Polygon(_points(exterior)).is_valid else "the outline crosses itself"
    holes = []
    for ring in rings[1:]:
        hole = shapely.Polygon(_points(ring))
        if not hole.is_valid:
            faces, plain = _faces(_points(ring))
            if faces is None or not plain:
                agreed, how = False, how or "a hole crosses itself"
                continue
            hole = faces
        holes.append(hole)
    cut, inside = _without_holes(shell, holes)
    if not inside:
        agreed, how = False, how or "a hole lies outside its exterior, or crosses it or another"
    how = how or "holes were cut out that touch the outline or each other, or lie on another turn"
    if agreed and how == "the outline crosses itself":
        how = f"the outline crosses itself in places less than {AGREED_KM:g} km wide: mended"
    return _made(cut, agreed, how)


def _points(ring: Ring) -> Any:
    return np.column_stack([ring.lon, ring.lat])


def _short_way(ring: Ring) -> tuple[Any, str] | None:
    """The ring with its edges of more than half a turn the short way, and the pole it goes round.

    None where it has none.
    """
    steps = np.abs(np.diff(ring.lon))
    wide = steps > 180
    wide &= (np.abs(ring.lat[1:]) < 90) | (np.abs(ring.lat[:-1]) < 90)
    if not wide.any():
        return None
    lon = np.unwrap(ring.lon, period=360.0)
    points = np.column_stack([lon, ring.lat])
    turn = float(lon[-1] - lon[0])
    pole = ""
    if abs(turn) > 180:
        mean = float(np.average((ring.lat[1:] + ring.lat[:-1]) / 2, weights=np.abs(np.diff(lon))))
        if abs(mean) < 1:
            return None  # along the equator neither pole is nearer
        pole = "North" if mean > 0 else "South"
        corner = 90.0 if mean > 0 else -90.0
        points = np.vstack([points, [lon[-1], corner], [lon[0], corner], points[0]])
    shift = 360 * round(float(points[:, 0].mean()) / 360)
    points[:, 0] -= shift
    return shapely.Polygon(points), pole


def _faces(points: Any) -> tuple[Any, bool]:
    """All that a closed ring encloses, and whether every reading of it agrees."""
    plain = shapely.Polygon(points)
    if plain.is_valid:
        return plain, True
    lines = shapely.unary_union(shapely.LineString(points))
    faces = np.array(shapely.get_parts(shapely.polygonize(shapely.get_parts(lines))))
    if not len(faces):
        return None, False
    inside = shapely.point_on_surface(faces)
    winding = np.array(
        [_winding(points, shapely.get_x(p), shapely.get_y(p)) for p in inside], dtype=np.int64
    )
    largest = int(np.argmax(shapely.area(faces) * (winding != 0)))
    doubtful = faces[winding != np.sign(winding[largest])]
    if abs(int(winding[largest])) > 1:
        doubtful = faces
    agreed = all(_across_km(face) <= AGREED_KM for face in doubtful)
    return shapely.union_all(faces), agreed


def _across_km(face: Any) -> float:
    """The longest side of a face's box, km, from above."""
    west, south, east, north = shapely.bounds(face)
    narrow = np.cos(np.radians(min(abs(south), abs(north)))) if south * north > 0 else 1.0
    return float(max((east - west) * narrow, north - south) * _KM_PER_DEG)


def _winding(points: Any, x: float, y: float) -> int:
    """How often a closed ring goes round a place, counter-clockwise."""
    x0, y0 = points[:-1, 0] - x, points[:-1, 1] - y
    x1, y1 = points[1:, 0] - x, points[1:, 1] - y
    side = x0 * y1 - x1 * y0
    up = (y0 <= 0) & (y1 > 0) & (side > 0)
    down = (y0 > 0) & (y1 <= 0) & (side < 0)
    return int(up.sum()) - int(down.sum())


def _without_holes(shell: Any, holes: Sequence[Any]) -> tuple[Any, bool]:
    """A shell without its holes, on whatever turn they are, and whether all of them lie in it.

    Of one that does not lie in it nothing is cut out.
    """
    reach = shapely.buffer(shell, _TOUCH)
    gone: list[Any] = []
    inside = True
    for number, hole in enumerate(holes):
        if any(shapely.relate_pattern(hole, other, "T********") for other in holes[:number]):
            inside = False  # a hole in a hole may be an island
            continue
        whole = [_moved(hole, turn) for turn in (-360.0, 0.0, 360.0)]
        parts = [shapely.intersection(part, shell) for part in whole]
        if any(shapely.covers(reach, part) for part in whole):
            gone.append(next(part for part in whole if shapely.covers(reach, part)))
        elif abs(sum(shapely.area(part) for part in parts) - shapely.area(hole)) <= (
            1e-9 * shapely.area(hole)
        ):
            gone.extend(parts)  # cut by the seam of a shell that goes round a pole
        else:
            inside = False
    return shapely.difference(shell, shapely.union_all(gone)) if gone else shell, inside


def _moved(shape: Any, degrees: float) -> Any:
    return shapely.transform(shape, lambda points: points + np.array([degrees, 0.0]))


def _made(area: Any, agreed: bool, how: str) -> Mended | None:
    polygons = []
    for part in shapely.get_parts(area):
        if shapely.get_type_id(part) != shapely.GeometryType.POLYGON or part.is_empty:
            continue
        turned = orient(part)
        rings = [
            _ring(shapely.get_coordinates(each)) for each in (turned.exterior, *turned.interiors)
        ]
        polygons.append(rings)
    if not polygons or not all(
        shapely.is_valid(shapely.Polygon(_points(p[0]), [_points(r) for r in p[1:]]))
        for p in polygons
    ):
        return None
    return Mended(polygons, agreed, how)


def _ring(points: Any) -> Ring:
    lon, lat = np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])
    x, y = lon - lon[0], lat - lat[0]
    area = abs(float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum())) / 2
    return Ring(points.tolist(), lon, lat, area)
