"""Which zones a route may come near: balls against the route as a whole, no geodesic needed."""

from __future__ import annotations

import math
from typing import Final

from routecheck.geometry.piece import PIECE_KM
from routecheck.geometry.shapes import Reals, Scratch, Shapes

__all__ = ["pieces_abreast", "zones_near"]

SHORT_KM: Final = 0.9 * PIECE_KM

SLACK_PART: Final = 0.01
"""Of the route's length: the ratio of angles to distances varies by 0.7 %."""

ANTIPODAL_RAD: Final = 3.05
"""175°: the geodesic between points farther apart may go any way."""


def zones_near(
    shapes: Shapes, limit_km: Reals, reach_km: float, scratch: Scratch,
    x1: float, y1: float, z1: float, x2: float, y2: float, z2: float,
) -> int:  # fmt: skip
    """Fill ``scratch.near`` with the zones that the geodesic between two points may come near.

    Within ``reach_km``, the largest limit, to be sure. In order; returns how many.
    """
    dx, dy, dz = x2 - x1, y2 - y1, z2 - z1
    chord = math.sqrt(dx * dx + dy * dy + dz * dz)
    if chord < SHORT_KM:
        return zones_near_chord(
            shapes, limit_km, reach_km + chord * chord / 50_000.0, scratch, x1, y1, z1, dx, dy, dz
        )
    nx, ny, nz = y1 * z2 - z1 * y2, z1 * x2 - x1 * z2, x1 * y2 - y1 * x2
    cross = math.sqrt(nx * nx + ny * ny + nz * nz)
    angle = math.atan2(cross, x1 * x2 + y1 * y2 + z1 * z2)
    count = 0
    if angle > ANTIPODAL_RAD:
        for zone in range(len(limit_km)):
            count = keep_zone(zone, limit_km, scratch, count)
        return count
    guard_km = off_the_plane_km(angle)
    nx, ny, nz = nx / cross, ny / cross, nz / cross
    # Unit vectors in the plane, across the first end and the last: both look along the route.
    r1 = math.sqrt(x1 * x1 + y1 * y1 + z1 * z1)
    r2 = math.sqrt(x2 * x2 + y2 * y2 + z2 * z2)
    ax, ay, az = (ny * z1 - nz * y1) / r1, (nz * x1 - nx * z1) / r1, (nx * y1 - ny * x1) / r1
    bx, by, bz = (y2 * nz - z2 * ny) / r2, (z2 * nx - x2 * nz) / r2, (x2 * ny - y2 * nx) / r2
    node, end = 0, len(shapes.world_skip)
    while node < end:
        x, y, z = shapes.world_x[node], shapes.world_y[node], shapes.world_z[node]
        q = shapes.world_r[node] + reach_km + guard_km
        if (
            abs(nx * x + ny * y + nz * z) > q
            or ax * x + ay * y + az * z < -q
            or bx * x + by * y + bz * z < -q
        ):
            node = shapes.world_skip[node]
            continue
        count = keep_zone(shapes.world_zone[node], limit_km, scratch, count)
        node += 1
    return count


def zones_near_chord(
    shapes: Shapes, limit_km: Reals, reach_km: float, scratch: Scratch,
    x1: float, y1: float, z1: float, dx: float, dy: float, dz: float,
) -> int:  # fmt: skip
    """The same for a route so short that its chord stands for it."""
    length2 = dx * dx + dy * dy + dz * dz
    count, node, end = 0, 0, len(shapes.world_skip)
    while node < end:
        x, y, z = (
            shapes.world_x[node] - x1,
            shapes.world_y[node] - y1,
            shapes.world_z[node] - z1,
        )
        part = x * dx + y * dy + z * dz
        part = min(1.0, max(0.0, part / length2)) if length2 > 0.0 else 0.0
        x, y, z = x - part * dx, y - part * dy, z - part * dz
        q = shapes.world_r[node] + reach_km
        if x * x + y * y + z * z > q * q:
            node = shapes.world_skip[node]
            continue
        count = keep_zone(shapes.world_zone[node], limit_km, scratch, count)
        node += 1
    return count


def pieces_abreast(
    shapes: Shapes, zone: int, reach_km: float, pieces: int,
    x1: float, y1: float, z1: float, x2: float, y2: float, z2: float,
) -> tuple[int, int]:  # fmt: skip
    """Which of the equal pieces of a route a zone may be abreast of: from one up to another.

    By angles at the Earth's centre: along a geodesic they grow with the distance to 0.7 %, but for
    where it strays from the plane of its ends.
    """
    if pieces == 1:
        return 0, 1
    root = shapes.zone_node[zone]
    x, y, z = shapes.node_x[root], shapes.node_y[root], shapes.node_z[root]
    nx, ny, nz = y1 * z2 - z1 * y2, z1 * x2 - x1 * z2, x1 * y2 - y1 * x2
    cross = math.sqrt(nx * nx + ny * ny + nz * nz)
    angle = math.atan2(cross, x1 * x2 + y1 * y2 + z1 * z2)
    if angle > ANTIPODAL_RAD:
        return 0, pieces
    q = shapes.node_r[root] + reach_km + off_the_plane_km(angle)
    # The zone's own angle, from the first end on, of where it stands over the plane.
    across = (x * (ny * z1 - nz * y1) + y * (nz * x1 - nx * z1) + z * (nx * y1 - ny * x1)) / cross
    along = x * x1 + y * y1 + z * z1
    r1 = math.sqrt(x1 * x1 + y1 * y1 + z1 * z1)
    over = math.sqrt(along * along + across * across) / r1
    if q >= 0.9 * over:
        return 0, pieces
    at, half = math.atan2(across, along), math.asin(q / over) + SLACK_PART * angle
    if at - half < angle - 2.0 * math.pi:
        return 0, pieces  # so far behind the first end that it may be ahead of the last
    first = int(pieces * (at - half) / angle)
    stop = int(pieces * (at + half) / angle) + 1
    return max(0, first), max(0, min(pieces, stop))


def keep_zone(zone: int, limit_km: Reals, scratch: Scratch, count: int) -> int:
    """Put a zone that is asked for in its place; a node that is no leaf has none."""
    if zone < 0 or limit_km[zone] < 0.0:
        return count
    near, i = scratch.near, count
    while i > 0 and near[i - 1] > zone:
        near[i] = near[i - 1]
        i -= 1
    near[i] = zone
    return count + 1


def off_the_plane_km(angle: float) -> float:
    """At most how far a geodesic strays from the plane of its ends and the Earth's centre, km.

    0.26 km at 2,000 km, 8 km at 10,000, 200 km at 19,000 (``tests/test_pieces.py`` measures it);
    this is 1.6 to 3.4 times as much.
    """
    if angle > ANTIPODAL_RAD:
        return math.inf
    return 4.2 * angle * angle / (1.0 - angle / 3.16)
