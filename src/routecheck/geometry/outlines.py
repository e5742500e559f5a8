"""Whole outlines against each other: their area, and how far one has moved from another.

Area is the line integral of the authalic function along edges straight in longitude and latitude,
which is where they were published (Snyder, "Map Projections: A Working Manual", USGS 1987, eq.
3-12): date line and poles need no special case. The distance between outlines is that of
Hausdorff: the farthest that any point of either lies from the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from routecheck.geometry.contact import contacts
from routecheck.geometry.ellipsoid import A_KM, E2, R_MAX_KM, E, angle_between, unit_vectors
from routecheck.geometry.index import OutlineLike, ZoneIndex, build_index, distinct, lines_only
from routecheck.geometry.near_lines import NearLines

__all__ = [
    "APART_PART", "APART_TOLERANCE_KM", "area_km2", "edges_apart_km", "hausdorff_km",
    "many_apart_km", "rings_area_km2", "rings_areas_km2",
]  # fmt: skip

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

APART_TOLERANCE_KM: Final = 0.1
"""A distance between outlines is at most this too short, km, or ``APART_PART`` of itself."""

APART_PART: Final = 0.01

SAME_DEG: Final = 1e-9
"""Vertices closer than this are one, 0.1 mm."""

FIRST_LIMIT_KM: Final = 2.0
"""Points are looked for this near the other outline first, then eight times as far, and so on:
near searches are cheap, and most points of an outline that was redrawn lie near."""

LAST_LIMIT_KM: Final = 1024.0
"""Up to here distances are exact; farther ones are those of the nearest vertex on the sphere, too
long by 50 km (half an edge) and 1 % (the flattening) at most."""

COVER_KM: Final = 150.0
"""Up to here it pays to ask which edges lie wholly near the other outline before halving them."""

ROUNDS: Final = 24
"""An edge is at most 100 km: halved 24 times it is 6 mm long, far below any tolerance."""


EDGES_AT_ONCE: Final = 100_000
"""Of pairs measured together: some ten MB."""


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """Lines, which have no inside: an outline for the index only."""

    lon: Array
    lat: Array
    ring_start: Indices
    polygon: Indices


def area_km2(outline: OutlineLike) -> float:
    """Area within an outline on the ellipsoid, km².

    Exteriors less their holes; what overlapping parts share counts twice.
    """
    return rings_area_km2(outline.lon, outline.lat, outline.ring_start, outline.polygon)


def rings_area_km2(lon: Array, lat: Array, ring_start: Indices, polygon: Indices) -> float:
    """Area within rings, laid out as an :class:`OutlineLike` has them, km².

    Simpson's rule on edges of at most 100 km leaves 1e-8 of the area; along meridians and
    parallels it is exact.
    """
    shape = np.zeros(len(ring_start) - 1, dtype=np.int64)
    return float(rings_areas_km2(lon, lat, ring_start, polygon, shape, 1)[0])


def rings_areas_km2(
    lon: Array, lat: Array, ring_start: Indices, polygon: Indices, shape: Indices, count: int
) -> Array:
    """Area within the rings of each of some shapes, km²: :func:`rings_area_km2` of many.

    ``shape`` says to which shape each ring belongs, ``polygon`` to which polygon: those of
    different shapes have different numbers.
    """
    rings = np.diff(ring_start)
    ring = np.repeat(np.arange(len(rings)), rings)
    real = ring[:-1] == ring[1:]
    middle = (lat[1:] + lat[:-1]) / 2
    mean = (_authalic(lat[:-1]) + 4 * _authalic(middle) + _authalic(lat[1:])) / 6
    step = np.diff(np.radians(lon))
    parts = np.abs(np.bincount(ring[:-1][real], (step * mean)[real], minlength=len(rings)))
    is_hole = np.append(False, polygon[1:] == polygon[:-1])
    signed = np.where(is_hole, -parts, parts)
    areas = A_KM**2 / 2 * np.bincount(shape, signed, minlength=count)
    return areas.astype(np.float64, copy=False)


def _authalic(lat: Array) -> Array:
    """Q of Snyder 3-12: twice the area between equator and parallel, per radian, over a²."""
    sine = np.sin(np.radians(lat))
    q: Array = (1 - E2) * (sine / (1 - E2 * sine**2) + np.arctanh(E * sine) / E)
    return q


def hausdorff_km(one: OutlineLike, other: OutlineLike) -> float:
    """How far two outlines lie apart: the farthest any point of either is from the other, km.

    Edges are those published, straight in longitude and latitude. Returns 0 for outlines with the
    same edges, whatever their order. Else the distance is measured from points on the edges to
    the other outline, halving edges until no point between can be farther by more than
    ``APART_TOLERANCE_KM``, or ``APART_PART`` of the result: that much the answer may be too
    short, never too long by more than the 10 m of every distance. Past ``LAST_LIMIT_KM`` it may be
    50 km and 1 % too long.
    """
    return edges_apart_km(_edges(one), _edges(other))


def edges_apart_km(first: Array, second: Array) -> float:
    """How far two sets of edges, none of them empty, lie apart: as :func:`hausdorff_km`.

    Parameters
    ----------
    first, second : (n, 4) float arrays
        lon1, lat1, lon2, lat2 of edges of at most 100 km, degrees.
    """
    return float(many_apart_km([first], [second])[0])


def many_apart_km(firsts: Sequence[Array], seconds: Sequence[Array]) -> Array:
    """How far the sets of edges of each pair lie apart: :func:`edges_apart_km` of many pairs."""
    best: Array = np.zeros(len(firsts))
    sizes = [len(one) + len(other) for one, other in zip(firsts, seconds, strict=True)]
    begin = 0
    while begin < len(sizes):
        stop, size = begin + 1, sizes[begin]
        while stop < len(sizes) and size + sizes[stop] <= EDGES_AT_ONCE:
            size, stop = size + sizes[stop], stop + 1
        best[begin:stop] = _apart_km(firsts[begin:stop], seconds[begin:stop])
        begin = stop
    return best


def _apart_km(firsts: Sequence[Array], seconds: Sequence[Array]) -> Array:
    first, second = np.concatenate(firsts), np.concatenate(seconds)
    of_first = np.repeat(np.arange(len(firsts)), [len(edges) for edges in firsts])
    of_second = np.repeat(np.arange(len(seconds)), [len(edges) for edges in seconds])
    only_first, only_second = _not_shared(first, of_first, second, of_second)
    best = _farthest(
        first[only_first], of_first[only_first], _Targets(second, of_second), np.zeros(len(firsts))
    )
    return _farthest(second[only_second], of_second[only_second], _Targets(first, of_first), best)


class _Targets:
    """Edges to measure from, of many pairs, laid out as far as is asked for."""

    def __init__(self, edges: Array, pair: Indices) -> None:
        self._edges, self._pair = edges, pair
        self._indices: dict[int, ZoneIndex] = {}

    def _index(self, pair: int) -> ZoneIndex:
        """For the engine, which measures any distance."""
        if pair not in self._indices:
            self._indices[pair] = _lines(self._edges[self._pair == pair])
        return self._indices[pair]

    @cached_property
    def near(self) -> NearLines:
        """For whole arrays, which measure short ones."""
        return NearLines(self._edges, self._pair)

    def distances_km(self, points: Array, pair: Indices) -> Array:
        """Distance of points (lon, lat), km, each from the edges of its pair."""
        away = self.near.away_km(points[:, 0], points[:, 1], pair)
        far = np.isinf(away)
        for number in distinct(pair[far]).tolist():
            left = np.flatnonzero(far & (pair == number))
            least_km = self.near.at_least_km(points[left, 0], points[left, 1], number)
            away[left] = _distances_km(points[left], self._index(number), least_km)
        return away


def _lines(edges: Array) -> ZoneIndex:
    """Edges laid out for measuring, with nothing inside them; those that follow on are joined."""
    begins = np.append(True, (edges[1:, :2] != edges[:-1, 2:]).any(axis=1))
    first = np.flatnonzero(begins)
    # before each run of edges goes its first corner
    points = np.insert(edges[:, 2:], first, edges[first, :2], axis=0)
    start = np.append(first + np.arange(len(first)), len(points))
    return lines_only(
        build_index([_Lines(points[:, 0], points[:, 1], start, np.arange(len(first)))])
    )


def _edges(outline: OutlineLike) -> Array:
    """(n, 4) edges: lon1, lat1, lon2, lat2 in degrees; those of no length left out."""
    ring = np.repeat(np.arange(len(outline.ring_start) - 1), np.diff(outline.ring_start))
    real = ring[1:] == ring[:-1]
    edges = np.column_stack((outline.lon[:-1], outline.lat[:-1], outline.lon[1:], outline.lat[1:]))[
        real
    ]
    moving: Array = edges[(edges[:, :2] != edges[:, 2:]).any(axis=1)]
    return moving


def _not_shared(
    edges: Array, pair: Indices, others: Array, other_pair: Indices
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which edges the other outline of their pair does not have, in either direction, on any turn.

    Of the edges, and of the others.
    """
    both = np.vstack(
        (np.column_stack((pair, _keys(edges))), np.column_stack((other_pair, _keys(others))))
    )
    order = np.lexsort(both.T)
    new = np.append(True, (both[order][1:] != both[order][:-1]).any(axis=1))
    kind = np.empty(len(both), dtype=np.int64)
    kind[order] = np.cumsum(new) - 1
    here, there = kind[: len(edges)], kind[len(edges) :]
    seen = np.zeros((2, int(new.sum())), dtype=np.bool_)
    seen[0, here] = seen[1, there] = True
    return ~seen[1, here], ~seen[0, there]


def _keys(edges: Array) -> Indices:
    """Edges as whole numbers, the smaller end first, longitudes on one turn."""
    turned = edges.copy()
    turned[:, (0, 2)] %= 360.0
    keys = np.round(turned / SAME_DEG).astype(np.int64)
    keys[:, (0, 2)] %= round(360.0 / SAME_DEG)
    start, end = keys[:, :2], keys[:, 2:]
    swap = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    return np.where(swap[:, None], np.hstack((end, start)), keys)


def _farthest(edges: Array, pair: Indices, targets: _Targets, best_km: Array) -> Array:
    """The largest distance of any point of the edges of each pair, or ``best_km`` if larger."""
    if not len(edges):
        return best_km
    best = best_km.copy()
    near, far = _at_ends(edges, pair, targets)
    for _ in range(ROUNDS):
        np.maximum.at(best, pair, np.maximum(near, far))
        start, end = unit_vectors(edges[:, 0], edges[:, 1]), unit_vectors(edges[:, 2], edges[:, 3])
        length = R_MAX_KM * angle_between(start, end)
        # A distance changes by no more than one moves: this is the most it can be in between.
        most = (near + far + length) / 2
        enough_km = (best + np.maximum(APART_TOLERANCE_KM, APART_PART * best))[pair]
        open_ = most > enough_km
        asked = np.flatnonzero(open_ & (enough_km <= COVER_KM))
        if len(asked):
            open_[asked] = ~targets.near.covers(edges[asked], enough_km[asked], pair[asked])
        if not open_.any():
            return best
        edges, near, far, pair = edges[open_], near[open_], far[open_], pair[open_]
        middle = (edges[:, :2] + edges[:, 2:]) / 2
        at_middle = targets.distances_km(middle, pair)
        edges = np.vstack((np.hstack((edges[:, :2], middle)), np.hstack((middle, edges[:, 2:]))))
        near, far = np.concatenate((near, at_middle)), np.concatenate((at_middle, far))
        pair = np.concatenate((pair, pair))
    np.maximum.at(best, pair, np.maximum(near, far))
    return best


def _at_ends(edges: Array, pair: Indices, targets: _Targets) -> tuple[Array, Array]:
    """Distances of the first and the last point of edges; most go on where the one before ends."""
    goes_on = (edges[:-1, 2:] == edges[1:, :2]).all(axis=1) & (pair[1:] == pair[:-1])
    goes_on = np.append(goes_on, False)
    away = targets.distances_km(
        np.vstack((edges[:, :2], edges[~goes_on, 2:])), np.concatenate((pair, pair[~goes_on]))
    )
    near = away[: len(edges)]
    far = np.append(near[1:], 0.0)
    far[~goes_on] = away[len(edges) :]
    return near, far


def _distances_km(points: Array, index: ZoneIndex, least_km: Array) -> Array:
    """Distance of points (lon, lat) from the lines of an index, km, at least ``least_km`` each."""
    away = np.full(len(points), np.inf)
    limit_km = FIRST_LIMIT_KM
    while limit_km <= LAST_LIMIT_KM:
        left = np.flatnonzero(np.isinf(away) & (least_km <= limit_km))
        if not len(left):
            limit_km *= 8
            continue
        places = np.hstack((points[left], points[left]))
        found = contacts(places, index, np.zeros(1), np.array([limit_km]))
        away[left[found.leg]] = found.closest_km
        limit_km *= 8
    left = np.flatnonzero(np.isinf(away))
    if not len(left):
        return away
    vertices = unit_vectors(np.asarray(index.shapes.lon), np.asarray(index.shapes.lat))
    for row, point in zip(left, unit_vectors(points[left, 0], points[left, 1]), strict=True):
        away[row] = R_MAX_KM * float(angle_between(vertices, point).min())
    return away
