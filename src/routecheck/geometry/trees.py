"""Trees of balls: what lies in a node lies in its ball, so that one test rules out all of it."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["LEAF_EDGES", "Tree", "edge_trees", "world_tree"]

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

LEAF_EDGES: Final = 8

SLACK_KM: Final = 0.001
"""Rounding, and reserve."""

MORTON_STEPS: Final = 1024


class Tree(NamedTuple):
    """Nodes in preorder: balls (km), where to go on without going into one, and what leaves hold.

    ``first`` and ``size`` are the items of a leaf; ``size`` is 0 in other nodes. ``start`` is
    where the tree of each group begins, and the end of the last.
    """

    x: Array
    y: Array
    z: Array
    r: Array
    skip: Indices
    first: Indices
    size: Indices
    start: Indices


class _Level(NamedTuple):
    """Nodes of one depth: the leaves that each holds, and its place in preorder."""

    low: Indices
    high: Indices
    node: Indices


def _levels(group_start: Indices) -> list[_Level]:
    """Halve runs of leaves until each holds one; the runs of different groups stay apart."""
    low, high = group_start[:-1], group_start[1:]
    low, high = low[high > low], high[high > low]
    # A tree of m leaves has 2m - 1 nodes.
    node = np.cumsum(2 * (high - low) - 1) - (2 * (high - low) - 1)
    levels = []
    while len(low):
        levels.append(_Level(low, high, node))
        inner = high - low > 1
        low, high, node = low[inner], high[inner], node[inner]
        middle = (low + high) // 2
        low, high, node = (
            np.stack((low, middle), axis=1).ravel(),
            np.stack((middle, high), axis=1).ravel(),
            np.stack((node + 1, node + 2 * (middle - low)), axis=1).ravel(),
        )
    return levels


def edge_trees(points: Array, run_start: Indices, run_zone: Indices, zones: int) -> Tree:
    """One tree a zone over the edges of its rings.

    Parameters
    ----------
    points : (n, 3) float array
        Vertices, geocentric km, ring after ring, each ring closed.
    run_start : (rings + 1,) int array
        Where each ring begins, and the end of the last.
    run_zone : (rings,) int array
        The zone of each ring, ascending.
    """
    edges = np.maximum(0, np.diff(run_start) - 1)
    leaves = -(-edges // LEAF_EDGES)
    ring = np.repeat(np.arange(len(edges)), leaves)
    step = np.arange(len(ring)) - np.repeat(np.cumsum(leaves) - leaves, leaves)
    first = run_start[ring] + step * LEAF_EDGES
    count = np.minimum(LEAF_EDGES, edges[ring] - step * LEAF_EDGES)
    group_start = np.searchsorted(run_zone[ring], np.arange(zones + 1))
    bulge = _bulge_km(points, run_start)

    nodes = 2 * np.diff(group_start) - 1
    nodes = np.maximum(0, nodes)
    tree = _empty(int(nodes.sum()), np.append(0, np.cumsum(nodes)))
    for level in _levels(group_start):
        # The vertices from the first of the first leaf to the last of the last one: those of
        # rings in between belong to the node too.
        begin, last = first[level.low], first[level.high - 1] + count[level.high - 1]
        _fill(tree, level, points, begin, last + 1, bulge)
        leaf = np.flatnonzero(level.high - level.low == 1)
        tree.first[level.node[leaf]] = first[level.low[leaf]]
        tree.size[level.node[leaf]] = count[level.low[leaf]]
    return tree


def _empty(nodes: int, start: Indices) -> Tree:
    x, y, z, r = np.zeros((4, nodes))
    skip, first, size = np.zeros((3, nodes), dtype=np.int64)
    return Tree(x, y, z, r, skip, first, size, start)


def _bulge_km(points: Array, run_start: Indices) -> float:
    """How far the longest edge rises above its chord."""
    if len(points) < 2:
        return 0.0
    step = np.diff(points, axis=0)
    length2 = (step * step).sum(axis=1)
    length2[run_start[1:-1] - 1] = 0.0  # from the end of one ring to the next one's start
    return float(length2.max()) / (8 * 6300.0)


def _fill(
    tree: Tree, level: _Level, points: Array, begin: Indices, end: Indices, more_km: float
) -> None:
    """Balls about the middle of the box around each run of points."""
    # reduceat takes pairs of begin and end; what lies between two runs is left out.
    cuts = np.stack((begin, np.minimum(end, len(points) - 1)), axis=1).ravel()
    low = np.minimum.reduceat(points, cuts, axis=0)[::2]
    high = np.maximum.reduceat(points, cuts, axis=0)[::2]
    # reduceat cannot end past the last point, so that this one is left out above.
    at_end = end >= len(points)
    low[at_end] = np.minimum(low[at_end], points[-1])
    high[at_end] = np.maximum(high[at_end], points[-1])
    centre = (low + high) / 2
    owner = np.repeat(np.arange(len(begin)), end - begin)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(end - begin) - (end - begin), end - begin)
    away = points[begin[owner] + offset] - centre[owner]
    first = np.cumsum(end - begin) - (end - begin)
    radius = np.sqrt(np.maximum.reduceat((away * away).sum(axis=1), first))
    tree.x[level.node], tree.y[level.node], tree.z[level.node] = centre.T
    tree.r[level.node] = radius + more_km + SLACK_KM
    tree.skip[level.node] = level.node + 2 * (level.high - level.low) - 1


def world_tree(zones: Tree) -> tuple[Tree, Indices]:
    """A tree over the zones, and the zone of each node (-1 where it is no leaf).

    A zone without edges is left out.
    """
    root = zones.start[:-1]
    held = np.flatnonzero(zones.start[1:] > root)
    root = root[held]
    centre = np.stack((zones.x[root], zones.y[root], zones.z[root]), axis=1)
    order = np.argsort(_morton(centre), kind="stable")
    centre, radius, held = centre[order], zones.r[root][order], held[order]
    nodes = max(0, 2 * len(held) - 1)
    tree = _empty(nodes, np.array([0, nodes]))
    zone = np.full(nodes, -1, dtype=np.int64)
    for level in _levels(np.array([0, len(held)])):
        first = np.cumsum(level.high - level.low) - (level.high - level.low)
        owner = np.repeat(np.arange(len(level.low)), level.high - level.low)
        item = level.low[owner] + np.arange(len(owner)) - first[owner]
        low = np.minimum.reduceat(centre[item] - radius[item, None], first, axis=0)
        high = np.maximum.reduceat(centre[item] + radius[item, None], first, axis=0)
        middle = (low + high) / 2
        away = np.sqrt(((centre[item] - middle[owner]) ** 2).sum(axis=1)) + radius[item]
        tree.x[level.node], tree.y[level.node], tree.z[level.node] = middle.T
        tree.r[level.node] = np.maximum.reduceat(away, first) + SLACK_KM
        tree.skip[level.node] = level.node + 2 * (level.high - level.low) - 1
        leaf = np.flatnonzero(level.high - level.low == 1)
        zone[level.node[leaf]] = held[level.low[leaf]]
    return tree, zone


def _morton(centre: Array) -> Indices:
    """Places along a curve that visits neighbours one after another (Morton 1966)."""
    steps = np.clip((centre / 12_800.0 + 0.5) * MORTON_STEPS, 0, MORTON_STEPS - 1).astype(np.int64)
    code = np.zeros(len(centre), dtype=np.int64)
    for bit in range(10):
        for axis in range(3):
            code |= ((steps[:, axis] >> bit) & 1) << (3 * bit + axis)
    return code
