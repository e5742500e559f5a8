"""Where a piece of a route crosses the edges of a zone."""

from __future__ import annotations

import math
from typing import Final

from routecheck.geometry.piece import Piece, along_chord, height_at, may_meet
from routecheck.geometry.shapes import Scratch, Shapes
from routecheck.geometry.surface import POLEWARD

__all__ = ["CONTACT_KM", "UNSURE", "crossings_of_piece"]

CONTACT_KM: Final = 1e-5
"""1 cm. What misses by less counts as crossing: a crossing too many only splits a stretch in two,
a crossing missed would lose one."""

UNSURE: Final = 2
"""The turn of a crossing that touches a corner, follows an edge or falls on a way-point: it
splits a stretch, but says nothing of inside and outside."""

SETTLED_KM: Final = 1e-8
"""10 µm."""


def crossings_of_piece(
    shapes: Shapes, zone: int, piece: Piece, scratch: Scratch, count: int
) -> int:
    """Add the crossings of a piece and the outline of a zone; how many there are then.

    Returns -1 where there is no room for more.
    """
    room = len(scratch.cross_km) - 2
    # Plain Python finds its own variables sooner than fields: most of its time goes by here.
    nx, ny, nz, right = piece.nx, piece.ny, piece.nz, piece.right
    vx, vy, vz, ahead, half = piece.vx, piece.vy, piece.vz, piece.ahead, piece.half
    ball_x, ball_y, ball_z, ball_r = shapes.node_x, shapes.node_y, shapes.node_z, shapes.node_r
    corner_x, corner_y, corner_z = shapes.x, shapes.y, shapes.z
    node, end = shapes.zone_node[zone], shapes.zone_node[zone + 1]
    while node < end:
        x, y, z, r = ball_x[node], ball_y[node], ball_z[node], ball_r[node]
        if (
            abs(nx * x + ny * y + nz * z - right) > r
            or abs(vx * x + vy * y + vz * z - ahead) > r + half
        ):
            node = shapes.node_skip[node]
            continue
        edges = shapes.node_count[node]
        if edges > 0 and may_meet(piece, x, y, z, r):
            first = shapes.node_first[node]
            there = nx * corner_x[first] + ny * corner_y[first] + nz * corner_z[first] - right
            for edge in range(first, first + edges):
                # How far right of the piece's plane both ends of the edge lie.
                here = there
                x, y, z = corner_x[edge + 1], corner_y[edge + 1], corner_z[edge + 1]
                there = nx * x + ny * y + nz * z - right
                if here > CONTACT_KM:
                    if there > CONTACT_KM:
                        continue
                elif here < -CONTACT_KM and there < -CONTACT_KM:
                    continue
                if count > room:
                    return -1
                count = cross_edge(shapes, edge, piece, here, there, scratch, count)
        node += 1
    return count


def abreast(shapes: Shapes, vertex: int, piece: Piece) -> float:
    """Where above the piece's chord, km from its middle, a vertex is abreast of the piece."""
    x: float = shapes.x[vertex]
    y: float = shapes.y[vertex]
    z: float = shapes.z[vertex]
    ahead = piece.vx * x + piece.vy * y + piece.vz * z - piece.ahead
    up = piece.ux * x + piece.uy * y + piece.uz * z - piece.top
    return piece.bend * ahead / math.sqrt(ahead * ahead + up * up)


def cross_edge(
    shapes: Shapes, edge: int, piece: Piece, left: float, right: float,
    scratch: Scratch, count: int,
) -> int:  # fmt: skip
    """Add where the piece crosses an edge whose ends lie on both sides of the piece's plane."""
    x, y, z = shapes.x[edge], shapes.y[edge], shapes.z[edge]
    x2, y2, z2 = shapes.x[edge + 1], shapes.y[edge + 1], shapes.z[edge + 1]
    ex, ey, ez = x2 - x, y2 - y, z2 - z
    ux, uy, uz = x2 + x, y2 + y, POLEWARD * (z2 + z)
    mx, my, mz = ey * uz - ez * uy, ez * ux - ex * uz, ex * uy - ey * ux
    r = math.sqrt(mx * mx + my * my + mz * mz)
    if r < 1e-9:
        return count  # an edge of no length: its neighbours have its corner
    mx, my, mz = mx / r, my / r, mz / r
    before = mx * (piece.ax - x) + my * (piece.ay - y) + mz * (piece.az - z)
    after = mx * (piece.bx - x) + my * (piece.by - y) + mz * (piece.bz - z)
    if min(before, after) > CONTACT_KM or max(before, after) < -CONTACT_KM:
        return count
    least = min(abs(left), abs(right), abs(before), abs(after))
    if max(abs(before), abs(after)) <= 4 * CONTACT_KM or max(abs(left), abs(right)) <= (
        4 * CONTACT_KM
    ):
        # On one line: where two lines meet says nothing, but the edge's ends do.
        one, other = abreast(shapes, edge, piece), abreast(shapes, edge + 1, piece)
        reach = piece.half + 4 * CONTACT_KM
        if max(one, other) < -reach or min(one, other) > reach:
            return count
        for ahead in (one, other):
            scratch.cross_km[count] = along_chord(piece, ahead)
            scratch.cross_turn[count] = UNSURE
            count += 1
        return count
    ahead = meeting_place(
        piece,
        before,
        after,
        mx * piece.vx + my * piece.vy + mz * piece.vz,
        mx * piece.ux + my * piece.uy + mz * piece.uz,
    )
    scratch.cross_km[count] = along_chord(piece, ahead)
    # A ring that runs counter-clockwise is entered from its right-hand to its left-hand side.
    scratch.cross_turn[count] = UNSURE if least <= CONTACT_KM else (1 if right > left else -1)
    return count + 1


def meeting_place(piece: Piece, before: float, after: float, along: float, up: float) -> float:
    """Where above its chord the piece meets a plane that its ends lie before and after.

    ``along`` and ``up`` are the slopes of the distance from the plane. Newton's method, halving
    instead where it would leave the ends.
    """
    low, high = -piece.half, piece.half
    if before * after >= 0.0:  # one end on the edge, to within the contact distance
        return low if abs(before) <= abs(after) else high
    middle = 0.5 * (before + after)
    ahead = low + (high - low) * before / (before - after)
    for _ in range(60):
        value = middle + along * ahead + up * height_at(piece, ahead)
        if (value > 0.0) == (before > 0.0):
            low = ahead
        else:
            high = ahead
        slope = along - up * ahead / piece.bend
        better = ahead - value / slope if slope != 0.0 else math.inf
        if not low <= better <= high:
            better = 0.5 * (low + high)
        moved = abs(better - ahead)
        ahead = better
        if moved < SETTLED_KM:
            break
    return ahead
