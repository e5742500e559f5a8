"""Whole outlines against each other: their area, and how far one has moved from another.

Area is the line integral of the authalic function along edges straight in longitude and latitude,
which is where they were published (Snyder, "Map Projections: A Working Manual", USGS 1987, eq.
3-12): date line and poles need no special case. The distance between outlines is that of
Hausdorff: the farthest that any point of either lies from the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from routecheck.geometry.contact import contacts
from routecheck.geometry.ellipsoid import A_KM, E2, R_MAX_KM, E, angle_between, unit_vectors
from routecheck.geometry.index import OutlineLike, ZoneIndex, build_index, lines_only
from routecheck.geometry.near_lines import NearLines

__all__ = [
    "APART_PART", "APART_TOLERANCE_KM", "area_km2", "edges_apart_km", "hausdorff_km",
    "rings_area_km2",
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
    rings = np.diff(ring_start)
    ring = np.repeat(np.arange(len(rings)), rings)
    real = ring[:-1] == ring[1:]
    middle = (lat[1:] + lat[:-1]) / 2
    mean = (_authalic(lat[:-1]) + 4 * _authalic(middle) + _authalic(lat[1:])) / 6
    step = np.diff(np.radians(lon))
    parts = np.abs(np.bincount(ring[:-1][real], (step * mean)[real], minlength=len(rings)))
    is_hole = np.append(False, polygon[1:] == polygon[:-1])
    return float(A_KM**2 / 2 * (parts[~is_hole].sum() - parts[is_hole].sum()))


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
    only_first, only_second = _not_shared(first, second), _not_shared(second, first)
    best = _farthest(first[only_first], _Target(second), 0.0)
    return _farthest(second[only_second], _Target(first), best)


class _Target:
    """Edges to measure from, laid out as far as is asked for."""

    def __init__(self, edges: Array) -> None:
        self._edges = edges

    @cached_property
    def index(self) -> ZoneIndex:
        """For the engine, which measures any distance."""
        return _lines(self._edges)

    @cached_property
    def near(self) -> NearLines:
        """For whole arrays, which measure short ones."""
        return NearLines(self._edges)

    def distances_km(self, points: Array) -> Array:
        """Distance of points (lon, lat), km."""
        away = self.near.away_km(points[:, 0], points[:, 1])
        left = np.flatnonzero(np.isinf(away))
        if len(left):
            least_km = self.near.at_least_km(points[left, 0], points[left, 1])
            away[left] = _distances_km(points[left], self.index, least_km)
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


def _not_shared(edges: Array, others: Array) -> npt.NDArray[np.bool_]:
    """Which edges the other outline does not have, in either direction, on any turn."""
    theirs = set(map(tuple, _keys(others).tolist()))
    return np.array([tuple(key) not in theirs for key in _keys(edges).tolist()], dtype=np.bool_)


def _keys(edges: Array) -> Indices:
    """Edges as whole numbers, the smaller end first, longitudes on one turn."""
    turned = edges.copy()
    turned[:, (0, 2)] %= 360.0
    keys = np.round(turned / SAME_DEG).astype(np.int64)
    keys[:, (0, 2)] %= round(360.0 / SAME_DEG)
    start, end = keys[:, :2], keys[:, 2:]
    swap = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    return np.where(swap[:, None], np.hstack((end, start)), keys)


def _farthest(edges: Array, target: _Target, best_km: float) -> float:
    """The largest distance of any point of the edges from an outline, or ``best_km`` if larger."""
    if not len(edges):
        return best_km
    near, far = _at_ends(edges, target)
    for _ in range(ROUNDS):
        best_km = max(best_km, float(near.max()), float(far.max()))
        start, end = unit_vectors(edges[:, 0], edges[:, 1]), unit_vectors(edges[:, 2], edges[:, 3])
        length = R_MAX_KM * angle_between(start, end)
        # A distance changes by no more than one moves: this is the most it can be in between.
        most = (near + far + length) / 2
        enough_km = best_km + max(APART_TOLERANCE_KM, APART_PART * best_km)
        open_ = np.flatnonzero(most > enough_km)
        if len(open_) and enough_km <= COVER_KM:
            open_ = open_[~target.near.covers(edges[open_], enough_km)]
        if not len(open_):
            return best_km
        edges, near, far = edges[open_], near[open_], far[open_]
        middle = (edges[:, :2] + edges[:, 2:]) / 2
        at_middle = target.distances_km(middle)
        edges = np.vstack((np.hstack((edges[:, :2], middle)), np.hstack((middle, edges[:, 2:]))))
        near, far = np.concatenate((near, at_middle)), np.concatenate((at_middle, far))
    return max(best_km, float(near.max()), float(far.max()))


def _at_ends(edges: Array, target: _Target) -> tuple[Array, Array]:
    """Distances of the first and the last point of edges; most go on where the one before ends."""
    goes_on = np.append((edges[:-1, 2:] == edges[1:, :2]).all(axis=1), False)
    away = target.distances_km(np.vstack((edges[:, :2], edges[~goes_on, 2:])))
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
