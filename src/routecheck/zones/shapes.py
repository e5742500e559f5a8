"""Polygons that are not valid: mended, left out, or an error; rings with two readings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from routecheck.zones.leftout import LEAVE, Leftovers, boxes_of, turned_boxes
from routecheck.zones.model import LEFT_OUT, WIDE_EDGE, Box, Problem
from routecheck.zones.problems import Problems, show
from routecheck.zones.rings import Ring, covers_half_the_earth
from routecheck.zones.seams import POLE_DEG

if TYPE_CHECKING:
    from routecheck.zones.features import Draft

__all__ = ["check_drafts", "note_two_ways"]

_WIDE: Final = (
    "an edge of more than 180° of longitude makes the ring cross itself: cut the polygon at the "
    "date line, let its longitudes run past 180, or, round a pole, give the corners at the pole"
)
_TWO_WAYS: Final = (
    "has an edge of more than 180° of longitude and can be read two ways: cut it at the date line, "
    "or let its longitudes run past 180"
)


def check_drafts(
    drafts: list[Draft], problems: Problems, leftovers: Leftovers, *, strict: bool
) -> list[Draft]:
    """The drafts whose polygons can be used, mended where every reading of them agrees."""
    if not any(draft.polygons for draft in drafts):
        return drafts
    from routecheck.zones.validity import Shape, check_shapes  # noqa: PLC0415 - shapely: 50 ms

    mark = problems.errors
    check_shapes(
        [Shape(draft.id, draft.polygons, draft.pointers) for draft in drafts if draft.polygons],
        problems,
    )
    faults: dict[str, Problem] = {p.pointer: p for p in problems.taken_since(mark)}
    if not faults:
        return drafts
    return [
        draft
        for draft in drafts
        if not faults.keys() & set(draft.pointers)
        or _settled(draft, faults, problems, leftovers, strict=strict)
    ]


def _settled(
    draft: Draft,
    faults: dict[str, Problem],
    problems: Problems,
    leftovers: Leftovers,
    *,
    strict: bool,
) -> bool:
    """Whether a draft with faulty polygons is used; if not, it is an error or left out."""
    from routecheck.zones.mend import mend  # noqa: PLC0415 - as above

    polygons: list[list[Ring]] = []
    pointers: list[str] = []
    doubts: list[Problem] = []
    lost: list[Problem] = []
    for rings, pointer in zip(draft.polygons, draft.pointers, strict=True):
        fault = faults.get(pointer)
        if fault is None:
            made = [rings]
        else:
            mended = None if strict else mend(rings)
            if mended is not None and mended.agreed:
                problems.drop_warnings(WIDE_EDGE, pointer)
                problems.warn(f"{_called(draft)}{mended.how}", pointer, draft.id)
                made = mended.polygons
            elif mended is not None and leftovers.skip_bad:
                doubts.append(fault)
                made = mended.polygons
            else:
                lost.append(fault)
                made = [rings]
        polygons += made
        pointers += [pointer] * len(made)
    if not lost and covers_half_the_earth(polygons):
        lost = doubts or [faults[pointer] for pointer in draft.pointers if pointer in faults]
    if lost:
        return _refused(draft, lost, problems, leftovers)
    draft.polygons, draft.pointers = polygons, pointers
    for fault in doubts:
        problems.warn(
            f"{_called(draft)}{_cause(fault)}: it can be meant in several ways; all that they hold "
            "counts as the zone, and nothing near it is called clear",
            fault.pointer,
            draft.id,
            LEFT_OUT,
        )
    if doubts:
        leftovers.note(
            draft.name,
            "crosses itself and can be meant in several ways",
            boxes_of(draft.given),
            draft.buffer_km + draft.accuracy_km,
            kept=True,
        )
    return True


def _called(draft: Draft) -> str:
    """The name of a zone before what is said of it, where its id is another word."""
    return "" if draft.name == draft.id else f"{show(draft.name)}: "


def _cause(fault: Problem) -> str:
    return fault.message.partition(": ")[0]


def _refused(
    draft: Draft, faults: Sequence[Problem], problems: Problems, leftovers: Leftovers
) -> bool:
    told = []
    for fault in faults:
        rings = draft.polygons[draft.pointers.index(fault.pointer)]
        message = _WIDE if any(_wide(ring).any() for ring in rings) else fault.message
        told.append(Problem("error", message, fault.file, fault.feature, fault.pointer))
    if leftovers.skip_bad:
        feature = {"properties": {"buffer_km": draft.buffer_km, "accuracy_km": draft.accuracy_km,
                                  "name": draft.name}}  # fmt: skip
        leftovers.leave(feature, draft.id, told, draft.given, draft.pointer)
    else:
        for each in told:
            problems.error(f"{_called(draft)}{each.message}{LEAVE}", each.pointer, draft.id)
    return False


def _wide(ring: Ring) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which edges span more than half a turn, but not a whole one, away from the poles."""
    step = np.abs(np.diff(ring.lon))
    lat, pole = np.abs(ring.lat), 90 - POLE_DEG
    wide = (step > 180) & (step < 360 - 1e-9) & ((lat[1:] < pole) | (lat[:-1] < pole))
    return np.asarray(wide)


def note_two_ways(drafts: Sequence[Draft], problems: Problems, leftovers: Leftovers) -> None:
    """Note the other reading of every ring that has an edge of more than half a turn."""
    if not problems.has_warning(WIDE_EDGE):
        return
    for draft in drafts:
        boxes: list[Box] = []
        for exterior, *holes in draft.polygons:
            if _wide(exterior).any():
                boxes += turned_boxes(exterior.lon, exterior.lat)
            boxes += [
                (-180.0, float(hole.lat.min()), 180.0, float(hole.lat.max()))
                for hole in holes
                if _wide(hole).any()
            ]
        if boxes:
            leftovers.note(
                draft.id, _TWO_WAYS, tuple(boxes), draft.buffer_km + draft.accuracy_km, kept=True,
                bad=False,
            )  # fmt: skip
