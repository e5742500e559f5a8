"""Where a route is within the buffer of a zone: the union of what is near each corner and edge.

The places of a piece within r of a corner are an interval of its circle; those within r of the
inner part of an edge lie between two planes across the edge's ends, and between two planes
alongside it. A plane meets the circle where a quadratic in x = sin θ is zero.
"""

from __future__ import annotations

import math
from typing import Final

from routecheck.geometry.piece import Piece, above_centre, along_chord, may_meet, on_piece
from routecheck.geometry.shapes import Reals, Scratch, Shapes
from routecheck.geometry.spans import add_span, covers
from routecheck.geometry.surface import POLEWARD, curvature

__all__ = ["buffer_of_piece"]

MEAN_CURVATURE: Final = 1.0 / 6371.0
"""1/km: turns a distance from a corner into a chord; 1 cm off at ``NEAR_KM``."""

NEAR_KM: Final = 100.0
"""For wider buffers the curvature is taken in the direction of the piece: 12 m at 1,000 km."""

MARGIN_KM: Final = 0.4
"""A chord's half and its arc's differ by 266 m along 800 km."""


def buffer_of_piece(
    shapes: Shapes, zone: int, piece: Piece, buffer_km: float, scratch: Scratch, count: int
) -> int:
    """Unite ``scratch.by_*`` with where the piece is within the buffer of the zone's outline.

    Returns how many stretches there are then, -1 where there is no room for more.
    """
    low, high = scratch.by_low, scratch.by_high
    room = len(low) - 4
    bend = buffer_km * MEAN_CURVATURE
    chord_km = buffer_km * (1.0 - bend * bend / 24.0)
    stack = scratch.stack
    stack[0], depth = shapes.zone_node[zone], 1
    while depth > 0:
        depth -= 1
        node = stack[depth]
        x, y, z = shapes.node_x[node], shapes.node_y[node], shapes.node_z[node]
        r = shapes.node_r[node] + buffer_km
        if not may_meet(piece, x, y, z, r) or held(piece, x, y, z, r, low, high, count):
            continue
        edges = shapes.node_count[node]
        if edges > 0:
            if count + 3 * edges > room:
                return -1
            first = shapes.node_first[node]
            count = near_run(shapes, first, edges, piece, buffer_km, chord_km, low, high, count)
        else:
            # First the half that lies less beside the piece: it leaves little to the other.
            one, other = node + 1, shapes.node_skip[node + 1]
            if node_beside(shapes, other, piece) < node_beside(shapes, one, piece):
                one, other = other, one
            stack[depth], stack[depth + 1] = other, one
            depth += 2
    return count


def node_beside(shapes: Shapes, node: int, piece: Piece) -> float:
    """How far beside the piece's plane the middle of a node lies, km, to either side."""
    x: float = shapes.node_x[node]
    y: float = shapes.node_y[node]
    z: float = shapes.node_z[node]
    return abs(piece.nx * x + piece.ny * y + piece.nz * z - piece.right)


def near_run(
    shapes: Shapes, first: int, edges: int, piece: Piece, buffer_km: float, chord_km: float,
    low: Reals, high: Reals, count: int,
) -> int:  # fmt: skip
    """Add where the piece is within the buffer of some edges that follow one another."""
    beside, ahead, reach = 0.0, 0.0, 0.0
    for vertex in range(first, first + edges + 1):
        last_beside, last_ahead, last_reach = beside, ahead, reach
        x, y, z = shapes.x[vertex], shapes.y[vertex], shapes.z[vertex]
        beside = piece.nx * x + piece.ny * y + piece.nz * z - piece.right
        ahead = piece.vx * x + piece.vy * y + piece.vz * z - piece.ahead
        chord = chord_km
        if buffer_km > NEAR_KM and abs(beside) < buffer_km:
            bx, by, bz = on_piece(piece, min(piece.half, max(-piece.half, ahead)))
            chord = chord_of(buffer_km, x, y, z, bx, by, bz)
        left2 = chord * chord - beside * beside
        reach = -1.0
        if left2 > 0.0:
            reach = math.sqrt(left2)
            if may_add(piece, ahead, reach, low, high, count):
                up = piece.ux * x + piece.uy * y + piece.uz * z - piece.top
                if buffer_km <= NEAR_KM:
                    count = near_corner(piece, left2, left2, ahead, up, low, high, count)
                else:
                    back2, on2 = far_corner(piece, buffer_km, x, y, z, ahead, reach)
                    over2 = beside * beside
                    count = near_corner(
                        piece, back2 - over2, on2 - over2, ahead, up, low, high, count
                    )
        if vertex > first and (
            buffer_km > NEAR_KM
            or edge_adds(last_beside, last_ahead, last_reach, beside, ahead, reach, chord_km)
        ):
            middle, half = 0.5 * (last_ahead + ahead), 0.5 * abs(ahead - last_ahead)
            if may_add(piece, middle, half + chord_km, low, high, count):
                count = near_edge(shapes, vertex - 1, piece, buffer_km, low, high, count)
    return count


def may_add(piece: Piece, ahead: float, reach: float, low: Reals, high: Reals, count: int) -> bool:
    """Whether some of the piece's chord, so far either way of a place, is on it and is new."""
    start, stop = ahead - reach - MARGIN_KM, ahead + reach + MARGIN_KM
    if start > piece.half or stop < -piece.half:
        return False
    # Straight on instead of along the arc: short of it by 266 m at most, which the margin makes up.
    start = max(piece.start_km, piece.middle_km + piece.scale * start)
    stop = min(piece.end_km, piece.middle_km + piece.scale * stop)
    return not covers(low, high, count, start, stop)


def edge_adds(
    beside1: float, ahead1: float, reach1: float, beside2: float, ahead2: float, reach2: float,
    chord_km: float,
) -> bool:  # fmt: skip
    """Whether an edge may be near more of the piece than its two corners are.

    From the corners' coordinates, and how far each reaches along the piece (negative: not at
    all). What a point of the edge reaches, ahead ± √(chord² - beside²), is largest at a corner
    unless it grows from both corners inwards. As in a plane: up to ``NEAR_KM`` that is 3 m wrong.
    """
    over, on = beside2 - beside1, ahead2 - ahead1
    if reach1 < 0.0 or reach2 < 0.0:
        # Both on one side and out of reach: so is what lies between, but for its bulge.
        return min(abs(beside1), abs(beside2)) <= chord_km + MARGIN_KM or beside1 * beside2 < 0.0
    if abs(on) >= reach1 + reach2 - MARGIN_KM:
        return True
    forward = on * reach1 > beside1 * over and on * reach2 < beside2 * over
    backward = on * reach1 < -beside1 * over and on * reach2 > -beside2 * over
    return forward or backward


def held(
    piece: Piece, x: float, y: float, z: float, r: float, low: Reals, high: Reals, count: int
) -> bool:
    """Whether all of the piece within r of a point in space is among the stretches already."""
    beside = piece.nx * x + piece.ny * y + piece.nz * z - piece.right
    ahead = piece.vx * x + piece.vy * y + piece.vz * z - piece.ahead
    reach = math.sqrt(max(0.0, r * r - beside * beside))
    return not may_add(piece, ahead, reach, low, high, count)


def far_corner(
    piece: Piece, buffer_km: float, x: float, y: float, z: float, ahead: float, reach: float
) -> tuple[float, float]:
    """Chord² for the buffer backward and forward: the Earth bends differently in each direction."""
    bx, by, bz = on_piece(piece, min(piece.half, max(-piece.half, ahead - reach)))
    back = chord_of(buffer_km, x, y, z, bx, by, bz)
    bx, by, bz = on_piece(piece, min(piece.half, max(-piece.half, ahead + reach)))
    on = chord_of(buffer_km, x, y, z, bx, by, bz)
    return back * back, on * on


def chord_of(
    distance_km: float, x: float, y: float, z: float, x2: float, y2: float, z2: float
) -> float:
    """The chord for a distance from a point towards another."""
    dx, dy, dz = x2 - x, y2 - y, z2 - z
    if dx * dx + dy * dy + dz * dz < 1.0:
        return distance_km * (1.0 - (distance_km * MEAN_CURVATURE) ** 2 / 24.0)
    bent = 0.5 * curvature(0.5 * (x + x2), 0.5 * (y + y2), 0.5 * (z + z2), dx, dy, dz)
    return math.sin(bent * distance_km) / bent


def near_corner(
    piece: Piece, back_left2: float, on_left2: float, ahead: float, up: float,
    low: Reals, high: Reals, count: int,
) -> int:  # fmt: skip
    """Add where the piece is near a corner.

    ``back_left2`` and ``on_left2`` are chord² - beside² of it, backward and forward.

    There chord² = beside² + (place - ahead)² + (height - up)². The last is small, and taken where
    the others alone would put the place, again and again: 100 km away each round shrinks the error
    by 10⁴, 1,000 km away by 80.
    """
    start, stop = ahead, ahead
    for _ in range(2 if on_left2 <= NEAR_KM * NEAR_KM else 6):
        rise = above_centre(piece, start) - up
        back2 = back_left2 - rise * rise
        rise = above_centre(piece, stop) - up
        on2 = on_left2 - rise * rise
        if back2 <= 0.0 and on2 <= 0.0:
            return count
        start, stop = ahead - math.sqrt(max(0.0, back2)), ahead + math.sqrt(max(0.0, on2))
    return add_stretch(piece, start, stop, low, high, count)


def add_stretch(
    piece: Piece, start: float, stop: float, low: Reals, high: Reals, count: int
) -> int:
    """Add the stretch above a part of the piece's chord, as far as it is on the piece."""
    if start > piece.half or stop < -piece.half:
        return count
    start, stop = max(-piece.half, start), min(piece.half, stop)
    return add_span(low, high, count, along_chord(piece, start), along_chord(piece, stop))


def near_edge(
    shapes: Shapes, edge: int, piece: Piece, buffer_km: float, low: Reals, high: Reals, count: int
) -> int:
    """Add where the piece is beside an edge and within the buffer of it."""
    x, y, z = shapes.x[edge], shapes.y[edge], shapes.z[edge]
    ex, ey, ez = shapes.x[edge + 1] - x, shapes.y[edge + 1] - y, shapes.z[edge + 1] - z
    length = math.sqrt(ex * ex + ey * ey + ez * ez)
    if length < 1e-9:
        return count
    ex, ey, ez = ex / length, ey / length, ez / length
    # The middle of the arc, from the first corner.
    sag = piece.bend - math.sqrt(max(0.0, piece.bend * piece.bend - piece.half * piece.half))
    tx = 0.5 * (piece.ax + piece.bx) + sag * piece.ux - x
    ty = 0.5 * (piece.ay + piece.by) + sag * piece.uy - y
    tz = 0.5 * (piece.az + piece.bz) + sag * piece.uz - z
    most = piece.half / piece.bend

    at = ex * tx + ey * ty + ez * tz
    ahead = piece.bend * (ex * piece.vx + ey * piece.vy + ez * piece.vz)
    drop = 0.5 * piece.bend * (ex * piece.ux + ey * piece.uy + ez * piece.uz)
    start, stop = hull_above(at, ahead, -drop, -most, most)
    start, stop = hull_above(length - at, -ahead, drop, start, stop)
    if start > stop:
        return count
    ends = along_chord(piece, start * piece.bend), along_chord(piece, stop * piece.bend)
    if covers(low, high, count, ends[0], ends[1]):
        return count

    mx, my, mz = x + 0.5 * length * ex, y + 0.5 * length * ey, z + 0.5 * length * ez
    sx, sy, sz = ey * POLEWARD * mz - ez * my, ez * mx - ex * POLEWARD * mz, ex * my - ey * mx
    r = math.sqrt(sx * sx + sy * sy + sz * sz)
    sx, sy, sz = sx / r, sy / r, sz / r
    at = sx * tx + sy * ty + sz * tz
    # Half-way to the piece, which is where the curvature counts, on the side where the piece is.
    side = math.copysign(0.5 * buffer_km, at) if buffer_km > NEAR_KM else 0.0
    hx, hy, hz = mx + side * sx, my + side * sy, mz + side * sz
    bent = buffer_km * curvature(hx, hy, hz, sx, sy, sz)
    wide = buffer_km * (1.0 - bent * bent / 6.0 * (1.0 - bent * bent / 20.0))
    ahead = piece.bend * (sx * piece.vx + sy * piece.vy + sz * piece.vz)
    drop = 0.5 * piece.bend * (sx * piece.ux + sy * piece.uy + sz * piece.uz)
    turn = ahead / (2.0 * drop) if drop != 0.0 else math.inf
    if start < turn < stop:
        # Alongside an edge the piece may leave the strip and come back.
        count = add_strip(piece, at, ahead, -drop, wide, start, turn, low, high, count)
        start = turn
    return add_strip(piece, at, ahead, -drop, wide, start, stop, low, high, count)


def add_strip(
    piece: Piece, c: float, b: float, a: float, wide: float, start: float, stop: float,
    low: Reals, high: Reals, count: int,
) -> int:  # fmt: skip
    """Add where |c + b x + a x²| is at most ``wide``, between ends that it is monotone between."""
    first = c + start * (b + start * a)
    last = c + stop * (b + stop * a)
    if min(first, last) > wide or max(first, last) < -wide:
        return count
    if abs(first) > wide:
        start = root_between(a, b, c - math.copysign(wide, first), start, stop)
    if abs(last) > wide:
        stop = root_between(a, b, c - math.copysign(wide, last), start, stop)
    return add_stretch(piece, start * piece.bend, stop * piece.bend, low, high, count)


def root_between(a: float, b: float, c: float, start: float, stop: float) -> float:
    """The root of c + b x + a x² between two numbers that it lies between, but for rounding."""
    q = -0.5 * (b + math.copysign(math.sqrt(max(0.0, b * b - 4.0 * a * c)), b))
    root = c / q if q != 0.0 else start
    if not start <= root <= stop and a != 0.0:
        other = q / a
        if start <= other <= stop:
            root = other
    return min(stop, max(start, root))


def hull_above(c: float, b: float, a: float, start: float, stop: float) -> tuple[float, float]:
    """An interval that holds where c + b x + a x² >= 0 between two numbers.

    It may hold a little more where that is nearly constant, some 100 m of a foot beyond the end
    of an edge, which is centimetres of distance. Empty ones end before they start.
    """
    first = c + start * (b + start * a)
    last = c + stop * (b + stop * a)
    if first >= 0.0 and last >= 0.0:
        return start, stop
    if first < 0.0 and last < 0.0:
        turn = -0.5 * b / a if a != 0.0 else math.inf
        if not (start < turn < stop and c + turn * (b + turn * a) > 0.0):
            return 1.0, -1.0
        return root_between(a, b, c, start, turn), root_between(a, b, c, turn, stop)
    at = root_between(a, b, c, start, stop)
    return (start, at) if first >= 0.0 else (at, stop)
