"""What the kernel reads and writes: the zones laid out as flat arrays, and its scratch paper.

Arrays are numpy's where the kernel is compiled, and views of the same memory that hand out plain
Python numbers where it is not.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

__all__ = ["Pieces", "Reals", "Routes", "Rows", "Scratch", "Shapes", "Wholes"]

Reals: TypeAlias = Any
"""Floats by position: an array, a view of one, or a list."""

Wholes: TypeAlias = Any
"""Whole numbers by position, likewise."""

Pieces: TypeAlias = Any
"""A list of ``Piece``, or a row of an array for each."""


class Shapes(NamedTuple):
    """All outlines.

    ``x``, ``y``, ``z`` (geocentric km), ``lon`` and ``lat`` (degrees) are of the vertices, ring
    after ring. Zone ``i`` has the nodes ``zone_node[i]`` up to ``zone_node[i + 1]``, a tree in
    preorder: each node is a ball around its edges, ``node_skip`` is where to go on without going
    into it, and a leaf holds the edges from ``node_first``, ``node_count`` of them (0 in other
    nodes). ``world_*`` is the same kind of tree over the zones, whose leaves name one zone.

    Zone ``i`` is cut into ``band_count[i]`` bands of latitude, ``band_per_deg[i]`` a degree from
    ``south[i]`` on; band ``b`` is crossed by the edges ``band_edge[band_ptr[k]:band_ptr[k + 1]]``
    with ``k = band_first[i] + b``, in the order of the rings.
    """

    x: Reals
    y: Reals
    z: Reals
    lon: Reals
    lat: Reals
    zone_node: Wholes
    node_x: Reals
    node_y: Reals
    node_z: Reals
    node_r: Reals
    node_skip: Wholes
    node_first: Wholes
    node_count: Wholes
    world_x: Reals
    world_y: Reals
    world_z: Reals
    world_r: Reals
    world_skip: Wholes
    world_zone: Wholes
    west: Reals
    east: Reals
    south: Reals
    north: Reals
    rings: Wholes
    band_first: Wholes
    band_count: Wholes
    band_per_deg: Reals
    band_ptr: Wholes
    band_edge: Wholes
    edge_ring: Wholes
    ring_polygon: Wholes
    ring_hole: Wholes


class Scratch(NamedTuple):
    """Room to work in, used again for every pair.

    ``pieces`` are those of the route at hand and ``way`` its way-points, where they are laid;
    ``near`` the zones near it. ``cross_km``
    and ``cross_turn`` are where it crosses the zone's outline, and which way; ``in_*`` the
    stretches inside, ``by_*`` those within the buffer. ``best`` is the closest approach: km, km
    along the route, and both points. ``stack`` holds the nodes of a tree still to be looked at,
    ``stack_gap2`` how far away they are.
    """

    pieces: Pieces
    piece_laid: Wholes
    way: Reals
    way_laid: Wholes
    near: Wholes
    cross_km: Reals
    cross_turn: Wholes
    in_low: Reals
    in_high: Reals
    by_low: Reals
    by_high: Reals
    best: Reals
    stack: Wholes
    stack_gap2: Reals


class Routes(NamedTuple):
    """Ends of routes, degrees. ``length_km`` is negative unless ``azimuth`` and it are given."""

    lon1: Reals
    lat1: Reals
    lon2: Reals
    lat2: Reals
    azimuth: Reals
    length_km: Reals


class Rows(NamedTuple):
    """Answers: one row per route and zone that come near, and their stretches.

    ``touching`` is 1 where it cannot be told whether the route is within the buffer, or the limit;
    ``start`` and ``end`` say how the ends of the route lie: 2 inside, 1 within the buffer, 0
    neither. ``km`` is along the route, at the first closest place; ``p*`` that place, ``q*`` the
    place of the zone, geocentric km. ``in_row`` and ``by_row`` name the row of each stretch.
    """

    route: Wholes
    zone: Wholes
    touching: Wholes
    start: Wholes
    end: Wholes
    inside_km: Reals
    buffered_km: Reals
    closest_km: Reals
    km: Reals
    px: Reals
    py: Reals
    pz: Reals
    qx: Reals
    qy: Reals
    qz: Reals
    in_row: Wholes
    in_low: Reals
    in_high: Reals
    by_row: Wholes
    by_low: Reals
    by_high: Reals
