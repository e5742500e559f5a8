"""One route and one zone: crossings, stretches inside and within the buffer, closest approach."""

from __future__ import annotations

import math
from typing import Final

from routecheck.geometry.approach import approach_of_end, approach_of_piece, outline_km
from routecheck.geometry.crossing import CONTACT_KM, UNSURE, crossings_of_piece
from routecheck.geometry.ellipsoid import ERROR_KM
from routecheck.geometry.geodesic import Line, point_at
from routecheck.geometry.piece import chord_along, may_meet, on_piece, read_piece
from routecheck.geometry.shapes import Scratch, Shapes
from routecheck.geometry.spans import MERGE_KM, add_span, sort_spans
from routecheck.geometry.stand_off import buffer_of_piece
from routecheck.geometry.surface import lon_lat
from routecheck.geometry.winding import winding_at

__all__ = [
    "NO_ROOM",
    "approach_of_ends",
    "closest_approach",
    "deep_inside",
    "pieces_near",
    "stretches_inside",
    "stretches_within",
]

NO_ROOM: Final = -1
"""There are more stretches than the scratch paper holds."""


def pieces_near(
    shapes: Shapes, zone: int, scratch: Scratch, begin: int, end: int, reach_km: float
) -> tuple[int, int]:
    """The first of some pieces that may come so near to a zone, and the one after the last.

    0 and 0 if none may.
    """
    root = shapes.zone_node[zone]
    x, y, z = shapes.node_x[root], shapes.node_y[root], shapes.node_z[root]
    r = shapes.node_r[root] + reach_km
    first, stop = 0, 0
    for number in range(begin, end):
        if may_meet(read_piece(scratch.pieces, number), x, y, z, r):
            if stop == 0:
                first = number
            stop = number + 1
    return first, stop


def stretches_inside(
    shapes: Shapes, zone: int, line: Line, first: int, stop: int,
    ends: tuple[float, float, float, float], scratch: Scratch,
) -> tuple[int, bool]:  # fmt: skip
    """Fill ``scratch.in_*``; how many stretches there are, and whether an edge is met at all.

    A route of no length has one stretch of no length where it lies inside.
    """
    count = 0
    for number in range(first, stop):
        piece = read_piece(scratch.pieces, number)
        count = crossings_of_piece(shapes, zone, piece, scratch, count)
        if count < 0:
            return NO_ROOM, True
    if count == 0:
        if winding_at(shapes, zone, ends[0], ends[1]) == 0:
            return 0, False
        scratch.in_low[0], scratch.in_high[0] = 0.0, line.length_km
        return 1, False
    sort_crossings(scratch, count)
    if shapes.rings[zone] == 1:
        turns = winding_at(shapes, zone, ends[0], ends[1])
        found = by_turns(scratch, count, turns, line.length_km)
        if found >= 0 and last_turns(scratch, count, turns) == winding_at(
            shapes, zone, ends[2], ends[3]
        ):
            return found, True
    return by_middles(shapes, zone, line, first, stop, scratch, count), True


def sort_crossings(scratch: Scratch, count: int) -> None:
    """Put the crossings in order along the route: there are few."""
    km, turn = scratch.cross_km, scratch.cross_turn
    for i in range(1, count):
        at, which = km[i], turn[i]
        j = i - 1
        while j >= 0 and km[j] > at:
            km[j + 1], turn[j + 1] = km[j], turn[j]
            j -= 1
        km[j + 1], turn[j + 1] = at, which


def last_turns(scratch: Scratch, count: int, turns: int) -> int:
    """Winding number at the end of the route."""
    for i in range(count):
        turns += scratch.cross_turn[i]
    return turns


def by_turns(scratch: Scratch, count: int, turns: int, length_km: float) -> int:
    """Stretches inside one ring by its winding number, which each crossing turns by one.

    Returns -1 where a crossing does not say which way it turns.
    """
    found, since = 0, 0.0
    for i in range(count):
        if scratch.cross_turn[i] == UNSURE:
            return -1
        before, turns = turns, turns + scratch.cross_turn[i]
        if before == 0:
            since = scratch.cross_km[i]
        elif turns == 0 and scratch.cross_km[i] > since + MERGE_KM:
            found = add_span(scratch.in_low, scratch.in_high, found, since, scratch.cross_km[i])
    if turns != 0 and length_km > since + MERGE_KM:
        found = add_span(scratch.in_low, scratch.in_high, found, since, length_km)
    return found


def by_middles(
    shapes: Shapes, zone: int, line: Line, first: int, stop: int, scratch: Scratch, count: int
) -> int:
    """Stretches inside: between two crossings the middle decides.

    This needs no care for corners touched, edges followed or crossings counted twice.
    """
    found, low = 0, 0.0
    for i in range(count + 1):
        high = scratch.cross_km[i] if i < count else line.length_km
        # A route of no length keeps its one stretch: it may still lie inside.
        if high - low > MERGE_KM or line.length_km <= MERGE_KM:
            x, y, z = place_along(line, first, stop, scratch, 0.5 * (low + high))
            lon, lat = lon_lat(x, y, z)
            # Along a border rounding would decide: that counts as in, as all that cannot be told.
            along = (i > 0 and scratch.cross_turn[i - 1] == UNSURE) or (
                i < count and scratch.cross_turn[i] == UNSURE
            )
            if winding_at(shapes, zone, lon, lat) != 0 or (
                along and outline_km(shapes, zone, x, y, z, 4 * CONTACT_KM) < math.inf
            ):
                found = add_span(scratch.in_low, scratch.in_high, found, low, high)
        low = high
    return found


def place_along(
    line: Line, first: int, stop: int, scratch: Scratch, km: float
) -> tuple[float, float, float]:
    """The place so far along the route; from a piece if one is laid there."""
    piece = read_piece(scratch.pieces, first)
    step_km = piece.end_km - piece.start_km
    if step_km > 0.0:
        number = int(km / step_km)
        if number < first or number >= stop:
            return point_at(line, km)
        piece = read_piece(scratch.pieces, number)
    return on_piece(piece, chord_along(piece, km))


def deep_inside(
    shapes: Shapes, zone: int, line: Line, first: int, stop: int, count: int, scratch: Scratch
) -> bool:
    """Whether the route is farther inside than any distance may be wrong, to be certain.

    The middle and the quarters of the longest stretch are asked.
    """
    longest = 0
    for i in range(1, count):
        if (
            scratch.in_high[i] - scratch.in_low[i]
            > scratch.in_high[longest] - scratch.in_low[longest]
        ):
            longest = i
    low, high = scratch.in_low[longest], scratch.in_high[longest]
    for part in (0.5, 0.25, 0.75):
        x, y, z = place_along(line, first, stop, scratch, low + part * (high - low))
        if outline_km(shapes, zone, x, y, z, ERROR_KM) > ERROR_KM:
            return True
        if inside_all_around(shapes, zone, x, y, z):
            return True
    return False


def inside_all_around(shapes: Shapes, zone: int, x: float, y: float, z: float) -> bool:
    """Whether what lies near a place is inside too: then the line that is near is no border.

    It is a seam, where a cap or a zone on the date line was cut to be written down.
    """
    for step in range(8):
        turn = 0.25 * math.pi * step
        # Two tangents of the sphere will do: it is a matter of metres.
        r = math.sqrt(x * x + y * y + z * z)
        ax, ay, az = (-y, x, 0.0) if abs(z) < 0.9 * r else (0.0, -z, y)
        a = math.sqrt(ax * ax + ay * ay + az * az)
        ax, ay, az = ax / a, ay / a, az / a
        bx, by, bz = (y * az - z * ay) / r, (z * ax - x * az) / r, (x * ay - y * ax) / r
        u, v = ERROR_KM * math.cos(turn), ERROR_KM * math.sin(turn)
        lon, lat = lon_lat(x + u * ax + v * bx, y + u * ay + v * by, z + u * az + v * bz)
        if winding_at(shapes, zone, lon, lat) == 0:
            return False
    return True


def closest_approach(
    shapes: Shapes, zone: int, line: Line, first: int, stop: int, limit_km: float, scratch: Scratch
) -> None:
    """Fill ``scratch.best`` if the route comes within the limit of the zone's outline.

    Else its distance stays infinite.
    """
    best = scratch.best
    best[0], best[1] = limit_km, -1.0
    for number in range(first, stop):
        approach_of_piece(shapes, zone, read_piece(scratch.pieces, number), scratch)
    approach_of_ends(shapes, zone, line, first, stop, scratch)
    if best[1] < 0.0:
        best[0] = math.inf


def approach_of_ends(
    shapes: Shapes, zone: int, line: Line, first: int, stop: int, scratch: Scratch
) -> None:
    """The ends of the route, where they are near: only the first piece begins at one."""
    piece = read_piece(scratch.pieces, first)
    if piece.start_km == 0.0:
        approach_of_end(shapes, zone, 0.0, piece.ax, piece.ay, piece.az, scratch)
    piece = read_piece(scratch.pieces, stop - 1)
    if piece.end_km >= line.length_km - MERGE_KM:
        approach_of_end(shapes, zone, line.length_km, piece.bx, piece.by, piece.bz, scratch)


def stretches_within(
    shapes: Shapes, zone: int, first: int, stop: int, buffer_km: float, inside: int,
    scratch: Scratch,
) -> int:  # fmt: skip
    """Fill ``scratch.by_*`` with the stretches inside or within the buffer; how many there are."""
    count = 0
    for i in range(inside):
        scratch.by_low[i], scratch.by_high[i] = scratch.in_low[i], scratch.in_high[i]
        count += 1
    if buffer_km > 0.0:
        for number in range(first, stop):
            piece = read_piece(scratch.pieces, number)
            count = buffer_of_piece(shapes, zone, piece, buffer_km, scratch, count)
            if count < 0:
                return NO_ROOM
    sort_spans(scratch.by_low, scratch.by_high, count)
    return count
