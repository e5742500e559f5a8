"""How near a route comes to the outline of a zone."""

from __future__ import annotations

import math
from typing import Final

from routecheck.geometry.ellipsoid import A_KM
from routecheck.geometry.piece import Piece, along_chord, gap2, on_piece
from routecheck.geometry.shapes import Scratch, Shapes
from routecheck.geometry.surface import POLEWARD, surface_km

__all__ = ["approach_of_end", "approach_of_piece", "outline_km"]

A2_KM: Final = A_KM * A_KM


def approach_of_piece(shapes: Shapes, zone: int, piece: Piece, scratch: Scratch) -> None:
    """Make ``scratch.best`` the closest approach of a corner of the zone to this piece, if nearer.

    Unless they cross, two geodesics are nearest at an end of one of them: at a corner of the zone,
    or at an end of the route (:func:`approach_of_end`). The ends of inner pieces are none.
    """
    stack, gaps, best = scratch.stack, scratch.stack_gap2, scratch.best
    nx, ny, nz, right = piece.nx, piece.ny, piece.nz, piece.right
    ball_r = shapes.node_r
    corner_x, corner_y, corner_z = shapes.x, shapes.y, shapes.z
    stack[0], depth = shapes.zone_node[zone], 1
    gaps[0] = node_gap2(shapes, stack[0], piece)
    while depth > 0:
        depth -= 1
        node = stack[depth]
        reach = ball_r[node] + best[0]
        if gaps[depth] > reach * reach:
            continue
        start, edges = shapes.node_first[node], shapes.node_count[node]
        if edges > 0:
            for corner in range(start, start + edges + 1):
                x, y, z = corner_x[corner], corner_y[corner], corner_z[corner]
                if abs(nx * x + ny * y + nz * z - right) < best[0]:
                    from_corner(x, y, z, piece, scratch)
        else:
            # First the nearer half: it leaves little to the other.
            near, far = node + 1, shapes.node_skip[node + 1]
            near_gap2, far_gap2 = node_gap2(shapes, near, piece), node_gap2(shapes, far, piece)
            if far_gap2 < near_gap2:
                near, far, near_gap2, far_gap2 = far, near, far_gap2, near_gap2
            stack[depth], gaps[depth] = far, far_gap2
            stack[depth + 1], gaps[depth + 1] = near, near_gap2
            depth += 2


def node_gap2(shapes: Shapes, node: int, piece: Piece) -> float:
    """At most the squared distance of the middle of a node from the piece."""
    return gap2(piece, shapes.node_x[node], shapes.node_y[node], shapes.node_z[node])


def approach_of_end(
    shapes: Shapes, zone: int, km: float, px: float, py: float, pz: float, scratch: Scratch
) -> None:
    """The same for an end of the route, so far along it, and the edges of the zone."""
    node, end = shapes.zone_node[zone], shapes.zone_node[zone + 1]
    while node < end:
        x, y, z = shapes.node_x[node] - px, shapes.node_y[node] - py, shapes.node_z[node] - pz
        reach = shapes.node_r[node] + scratch.best[0]
        if x * x + y * y + z * z > reach * reach:
            node = shapes.node_skip[node]
            continue
        start = shapes.node_first[node]
        for edge in range(start, start + shapes.node_count[node]):
            from_edge(shapes, edge, km, px, py, pz, scratch)
        node += 1


def from_corner(x: float, y: float, z: float, piece: Piece, scratch: Scratch) -> None:
    """A corner of the zone against the piece."""
    if gap2(piece, x, y, z) > scratch.best[0] * scratch.best[0]:
        return
    ahead = piece.vx * x + piece.vy * y + piece.vz * z - piece.ahead
    up = piece.ux * x + piece.uy * y + piece.uz * z - piece.top
    # Abreast of the corner, by similar triangles about the circle's centre, or an end.
    ahead *= piece.bend / math.sqrt(ahead * ahead + up * up)
    ahead = min(piece.half, max(-piece.half, ahead))
    px, py, pz = on_piece(piece, ahead)
    keep_nearer(scratch, along_chord(piece, ahead), px, py, pz, x, y, z)


def from_edge(
    shapes: Shapes, edge: int, km: float, px: float, py: float, pz: float, scratch: Scratch
) -> None:
    """An end of the route against the inner part of an edge; corners are left to the pieces."""
    x, y, z = shapes.x[edge], shapes.y[edge], shapes.z[edge]
    ex, ey, ez = shapes.x[edge + 1] - x, shapes.y[edge + 1] - y, shapes.z[edge + 1] - z
    part = (px - x) * ex + (py - y) * ey + (pz - z) * ez
    length2 = ex * ex + ey * ey + ez * ez
    if part <= 0.0 or part >= length2:
        return
    part /= length2
    x, y, z = raised(x + part * ex, y + part * ey, z + part * ez)
    keep_nearer(scratch, km, px, py, pz, x, y, z)


def raised(x: float, y: float, z: float) -> tuple[float, float, float]:
    """The point of the surface above one on the chord of an edge, at most 0.2 km below it."""
    r2 = x * x + y * y + POLEWARD * z * z
    nz = POLEWARD * z
    # Along the normal, to first order: (a² - r²) / 2 over |normal|².
    step = 0.5 * (A2_KM - r2) / (x * x + y * y + nz * nz)
    return x + step * x, y + step * y, z + step * nz


def keep_nearer(
    scratch: Scratch, km: float, px: float, py: float, pz: float, x: float, y: float, z: float
) -> None:
    """Keep a pair of points, on the route and on the outline, if they are the nearest so far."""
    dx, dy, dz = px - x, py - y, pz - z
    if dx * dx + dy * dy + dz * dz > scratch.best[0] * scratch.best[0]:
        return
    away_km = surface_km(px, py, pz, x, y, z)
    if away_km < scratch.best[0]:
        best = scratch.best
        best[0], best[1] = away_km, km
        best[2], best[3], best[4] = px, py, pz
        best[5], best[6], best[7] = x, y, z


def outline_km(
    shapes: Shapes, zone: int, px: float, py: float, pz: float, limit_km: float
) -> float:
    """Distance of a place from the outline of a zone, km; infinite if that is over a limit."""
    best = math.inf
    reach = limit_km
    node, end = shapes.zone_node[zone], shapes.zone_node[zone + 1]
    while node < end:
        x, y, z = shapes.node_x[node] - px, shapes.node_y[node] - py, shapes.node_z[node] - pz
        r = shapes.node_r[node] + reach
        if x * x + y * y + z * z > r * r:
            node = shapes.node_skip[node]
            continue
        first = shapes.node_first[node]
        for edge in range(first, first + shapes.node_count[node]):
            x, y, z = shapes.x[edge], shapes.y[edge], shapes.z[edge]
            ex, ey, ez = shapes.x[edge + 1] - x, shapes.y[edge + 1] - y, shapes.z[edge + 1] - z
            part = (px - x) * ex + (py - y) * ey + (pz - z) * ez
            length2 = ex * ex + ey * ey + ez * ez
            part = min(1.0, max(0.0, part / length2)) if length2 > 0.0 else 0.0
            x, y, z = raised(x + part * ex, y + part * ey, z + part * ez)
            dx, dy, dz = px - x, py - y, pz - z
            if dx * dx + dy * dy + dz * dz <= reach * reach:
                km = surface_km(px, py, pz, x, y, z)
                if km <= reach:
                    best, reach = km, km
        node += 1
    return best
