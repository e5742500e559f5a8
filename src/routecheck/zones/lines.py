"""Lines in plain files that may stand for an area: closed ones, and corridors with a width."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from routecheck.zones.circles import size_km_of
from routecheck.zones.leftout import Leftovers, boxes_of

if TYPE_CHECKING:
    from routecheck.zones.features import Draft

__all__ = ["Lines", "lines_of", "note_lines", "width_km_of"]

Array = npt.NDArray[np.float64]

_MEET_DEG: Final = 0.01
"""Ends of lines this near, some 1 km, meet: outlines are drawn by hand."""

_AWAY_DEG: Final = 0.02
"""Between two points that meet a line must have gone this far, or it only stood still there."""

_BESIDE_DEG: Final = 0.02
"""An outline drawn as a line beside its polygon may pass it by this, some 2 km."""

_MOST_KM: Final = 1000.0

_WIDTH: Final = re.compile(
    r"(?:corridor|route|airway|track|half|total)?(?:width|largeur|breite|ancho)(?:in)?(?P<unit>[a-z]*)"
)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one feature; ``width_km`` is how wide its properties say that they are."""

    name: str
    lines: list[list[Any]]
    width_km: float | None


def lines_of(geometry: Any) -> Iterator[list[Any]]:
    """Every list of positions of the lines in a geometry."""
    if not isinstance(geometry, dict):
        return
    kind, given = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection":
        members = geometry.get("geometries")
        for member in members if isinstance(members, list) else ():
            yield from lines_of(member)
    elif kind in ("LineString", "MultiLineString") and isinstance(given, list):
        for line in [given] if kind == "LineString" else given:
            if isinstance(line, list) and line:
                yield line


def width_km_of(properties: Mapping[str, Any]) -> float | None:
    """How wide a line is by its properties, km; the width of a stroke on a map is none."""
    for key, value in properties.items():
        match = _WIDTH.fullmatch(re.sub(r"[^a-z0-9]+", "", str(key).lower()))
        if match is None:
            continue
        size = size_km_of(value, match["unit"], properties)
        if size is not None and size > 0:
            return min(size, _MOST_KM)
    return None


def note_lines(lines: Sequence[Lines], drafts: Sequence[Draft], leftovers: Leftovers) -> None:
    """Note lines that were left out and may be areas, unless they go round a polygon of the file.

    They are closed alone, or with others of the file, or have a width.
    """
    if not lines:
        return
    drawn = np.array(
        [
            (ring.lon.min(), ring.lat.min(), ring.lon.max(), ring.lat.max())
            for draft in drafts
            for ring, *_ in draft.polygons
        ]
    ).reshape(-1, 4)
    open_lines: list[tuple[str, list[Any], Array]] = []
    for each in lines:
        if each.width_km is not None:
            whole = [position for line in each.lines for position in line]
            boxes = boxes_of({"coordinates": whole})
            leftovers.note(
                each.name, "is a line with a width and may be the axis of an area", boxes,
                each.width_km, bad=False,
            )  # fmt: skip
            continue
        for line in each.lines:
            points = _points(line)
            if points is None or _is_closed(points):
                _note(each.name, line, drawn, leftovers)
            elif len(points) > 1:
                open_lines.append((each.name, line, points))
    for name, pieces in _joined(open_lines):
        _note(name, pieces, drawn, leftovers)


def _note(name: str, line: list[Any], drawn: Array, leftovers: Leftovers) -> None:
    boxes = boxes_of({"coordinates": line})
    beside = boxes is not None and all(
        (np.abs(drawn - np.array(box)).max(axis=1, initial=0.0) <= _BESIDE_DEG).any()
        for box in boxes
    )
    if not beside:
        leftovers.note(
            name, "is a closed line and may be the outline of an area", boxes, 0.0, bad=False
        )


def _points(line: list[Any]) -> Array | None:
    """Longitudes and latitudes; None if they cannot be told."""
    try:
        points = np.array([position[:2] for position in line], dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        return None
    return points if points.ndim == 2 and points.shape[1] == 2 else None


def _is_closed(points: Array) -> bool:
    """Whether a line comes back to where it, or an end of it, has been."""
    if len(points) < 4:
        return False
    if (np.abs(points[0] - points[-1]) <= _MEET_DEG).all():
        extent = float(np.ptp(points, axis=0).max())
        if (points[0] == points[-1]).all() or extent > _AWAY_DEG:
            return True
    return _meets_itself(points) or _meets_itself(points[::-1])


def _meets_itself(points: Array) -> bool:
    """Whether the first point is met again after the line has been away from it."""
    far = np.abs(points - points[0]).max(axis=1)
    away = np.flatnonzero(far > _AWAY_DEG)
    # the second time it is away comes after two corners: there and back is no ring
    return bool(away.size) and bool((far[away[0] + 2 :] <= _MEET_DEG).any())


def _joined(lines: list[tuple[str, list[Any], Array]]) -> Iterator[tuple[str, list[Any]]]:
    """Rings made of several lines, end to end: each end meets exactly one other."""
    if len(lines) < 2:
        return
    ends = np.array([end for _, _, points in lines for end in (points[0], points[-1])])
    near = _clusters(ends)
    degree = Counter(near)
    parent = list(range(len(lines)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    first: dict[int, int] = {}
    for end, node in enumerate(near):
        parent[root(end // 2)] = root(first.setdefault(node, end // 2))
    groups: dict[int, list[int]] = {}
    for index in range(len(lines)):
        groups.setdefault(root(index), []).append(index)
    for group in groups.values():
        if len(group) > 1 and all(
            degree[near[2 * index]] == 2 and degree[near[2 * index + 1]] == 2 for index in group
        ):
            yield lines[group[0]][0], [p for index in group for p in lines[index][1]]


def _clusters(ends: Array) -> list[int]:
    """A number for each end; those that meet have the same."""
    cells: dict[tuple[int, int], list[int]] = {}
    numbers: list[int] = []
    for index, (x, y) in enumerate(ends.tolist()):
        if not (abs(x) < 1e6 and abs(y) < 1e6):
            numbers.append(index)
            continue
        column, row = int(x // _MEET_DEG), int(y // _MEET_DEG)
        found = next(
            (
                other
                for i in (column - 1, column, column + 1)
                for j in (row - 1, row, row + 1)
                for other in cells.get((i, j), ())
                if (np.abs(ends[other] - (x, y)) <= _MEET_DEG).all()
            ),
            None,
        )
        numbers.append(index if found is None else numbers[found])
        cells.setdefault((column, row), []).append(index)
    return numbers
