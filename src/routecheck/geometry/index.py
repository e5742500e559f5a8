"""Zone outlines laid out for measuring: vertices, edges, caps around blocks of edges and zones.

A cap is a centre and an angular radius on the geodetic sphere. It holds all the edges of its
block (or zone), so that most edges are ruled out by one dot product a block.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from routecheck.geometry.ellipsoid import isometric_latitude, unit_vectors

__all__ = ["OutlineLike", "ZoneIndex", "angle_between", "build_index", "distinct", "ragged"]

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

BLOCK_EDGES: Final = 16

EDGE_GUARD_RAD: Final = 5e-7
"""3 m: a geodesic edge of at most 100 km beside its great circle on the geodetic sphere (1.3 m)."""

SAME_POINT: Final = 1e-12
"""Vertices closer than this on the unit sphere (6 µm) are one: a pole has many longitudes."""


class OutlineLike(Protocol):
    """What the index needs of a zone's outline (see ``routecheck.zones.model.Outline``)."""

    @property
    def lon(self) -> Array:
        """Longitudes of all rings one after another, degrees."""
        ...

    @property
    def lat(self) -> Array:
        """Latitudes, degrees."""
        ...

    @property
    def ring_start(self) -> Indices:
        """Where each ring begins, and the end of the last."""
        ...

    @property
    def polygon(self) -> Indices:
        """The polygon of each ring; its first ring is the exterior."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class ZoneIndex:
    """All edges of all zones.

    Edge ``j`` runs from vertex ``edge_from[j]`` to ``edge_to[j]``; block ``k`` holds the edges
    ``block_start[k]:block_start[k + 1]``, zone ``z`` the blocks
    ``zone_block[z]:zone_block[z + 1]``.
    """

    outlines: tuple[OutlineLike, ...]
    lon: Array
    lat: Array
    psi: Array
    edge_from: Indices
    edge_to: Indices
    block_start: Indices
    block_centre: Array
    block_radius: Array
    zone_block: Indices
    zone_centre: Array
    zone_radius: Array

    def __len__(self) -> int:
        return len(self.outlines)


def angle_between(u: Array, v: Array) -> Array:
    """Angle between unit vectors (…, 3), radians, from the chord: exact for small angles too."""
    step = u - v
    chord = np.sqrt(np.einsum("...i,...i->...", step, step))
    angle: Array = 2.0 * np.arcsin(np.minimum(1.0, chord / 2.0))
    return angle


Number = TypeVar("Number", np.int64, np.float64)


def distinct(values: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """Sorted, each once: ``np.unique`` without the 14 ms that its import of numpy.ma takes."""
    ordered = np.sort(values)
    first = np.concatenate((ordered[:1] == ordered[:1], ordered[1:] != ordered[:-1]))
    once: npt.NDArray[Number] = ordered[first]
    return once


def ragged(start: Indices, stop: Indices) -> tuple[Indices, Indices]:
    """Positions in ``start[i]:stop[i]`` for every ``i``, and the ``i`` that each belongs to."""
    count = stop - start
    owner = np.repeat(np.arange(len(count)), count)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    return start[owner] + offset, owner


def build_index(outlines: Sequence[OutlineLike]) -> ZoneIndex:
    """Lay out the edges of outlines whose rings are closed and refined."""
    lons: list[Array] = []
    lats: list[Array] = []
    froms: list[Indices] = []
    block_starts: list[Indices] = []
    zone_block = [0]
    vertices = edges = 0
    for outline in outlines:
        blocks = 0
        for begin, end in zip(outline.ring_start[:-1], outline.ring_start[1:], strict=True):
            lon, lat = outline.lon[begin:end], outline.lat[begin:end]
            points = unit_vectors(lon, lat)
            moves = np.append(True, ((points[1:] - points[:-1]) ** 2).sum(axis=1) > SAME_POINT**2)
            moves[-1] = True  # the ring stays closed, if need be by one edge of no length
            lons.append(lon[moves])
            lats.append(lat[moves])
            kept = int(moves.sum())
            froms.append(np.arange(vertices, vertices + kept - 1))
            starts = np.arange(edges, edges + kept - 1, BLOCK_EDGES)
            block_starts.append(starts)
            vertices, edges, blocks = vertices + kept, edges + kept - 1, blocks + len(starts)
        zone_block.append(zone_block[-1] + blocks)

    lon = np.concatenate(lons) if lons else np.empty(0)
    lat = np.concatenate(lats) if lats else np.empty(0)
    edge_from = np.concatenate(froms) if froms else np.empty(0, np.int64)
    block_start = np.append(np.concatenate(block_starts) if froms else np.empty(0, np.int64), edges)
    points = unit_vectors(lon, lat)
    block_centre, block_radius = _caps(points, edge_from, block_start)
    zone_edge = block_start[np.asarray(zone_block, dtype=np.int64)]
    zone_centre, zone_radius = _caps(points, edge_from, zone_edge)
    return ZoneIndex(
        outlines=tuple(outlines),
        lon=lon,
        lat=lat,
        psi=isometric_latitude(lat),
        edge_from=edge_from,
        edge_to=edge_from + 1,
        block_start=block_start,
        block_centre=block_centre,
        block_radius=block_radius,
        zone_block=np.asarray(zone_block, dtype=np.int64),
        zone_centre=zone_centre,
        zone_radius=zone_radius,
    )


def _caps(points: Array, edge_from: Indices, start: Indices) -> tuple[Array, Array]:
    """Caps around runs of edges: the mean of their vertices, and the farthest of them."""
    if len(start) <= 1:
        return np.empty((0, 3)), np.empty(0)
    both = np.concatenate((edge_from, edge_from + 1)).reshape(2, -1)
    total = np.add.reduceat(points[both[0]] + points[both[1]], start[:-1], axis=0)
    length = np.sqrt((total**2).sum(axis=1))
    # Vertices all around the Earth have no mean: any centre will do, the radius stays true.
    lost = length < 1e-9
    total[lost], length[lost] = (0.0, 0.0, 1.0), 1.0
    centre = total / length[:, None]
    owner = np.repeat(np.arange(len(start) - 1), np.diff(start))
    angle = np.maximum(
        angle_between(points[both[0]], centre[owner]),
        angle_between(points[both[1]], centre[owner]),
    )
    radius = np.maximum.reduceat(angle, start[:-1]) + EDGE_GUARD_RAD
    # A cap wider than a hemisphere is not convex: an edge may leave it. It then rules nothing out.
    return centre, np.where(radius < np.pi / 2, radius, np.pi)
