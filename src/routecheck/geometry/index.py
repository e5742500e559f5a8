"""Zone outlines laid out for measuring: vertices in space, trees of balls, bands of latitude."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from routecheck.geometry.ellipsoid import A_KM, E2
from routecheck.geometry.shapes import Shapes
from routecheck.geometry.trees import edge_trees, world_tree

__all__ = [
    "OutlineLike", "ZoneIndex", "build_index", "distinct", "index_of", "index_rings", "keep_index",
    "lines_only", "plain", "positions",
]  # fmt: skip

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

EDGES_PER_BAND: Final = 2
"""About so many edges have their lower end in a band."""

KEEP: Final = 8
"""Indices kept for further calls."""

MOST_BANDS: Final = 65_536

BAND_ENTRIES: Final = 8
"""At most so many entries an edge: edges that span many bands ask for wider ones."""


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


@dataclass(frozen=True, eq=False)
class ZoneIndex:
    """All edges of all zones: ``shapes`` for the compiled kernel, ``plain`` for Python's own."""

    shapes: Shapes
    zones: int

    def __len__(self) -> int:
        return self.zones

    @cached_property
    def plain(self) -> Shapes:
        """The same memory, read as Python numbers."""
        return Shapes(*map(plain, self.shapes))


def plain(array: npt.NDArray[Any]) -> Any:
    """An array's memory, whose items are Python numbers: numpy's own take three times as long."""
    buffer: Any = np.ascontiguousarray(array)
    return memoryview(buffer)


Number = TypeVar("Number", np.int64, np.float64)


def distinct(values: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """Sorted, each once: ``np.unique`` without the 14 ms that its import of numpy.ma takes."""
    ordered = np.sort(values)
    first = np.concatenate((ordered[:1] == ordered[:1], ordered[1:] != ordered[:-1]))
    once: npt.NDArray[Number] = ordered[first]
    return once


def positions(lon: Array, lat: Array) -> Array:
    """(n, 3) geocentric x, y, z, km, of places in degrees."""
    lam, phi = np.radians(lon), np.radians(lat)
    sine = np.sin(phi)
    across = A_KM / np.sqrt(1.0 - E2 * sine * sine)
    r = across * np.cos(phi)
    return np.stack((r * np.cos(lam), r * np.sin(lam), across * (1.0 - E2) * sine), axis=-1)


_KEPT: Final[dict[tuple[int, ...], tuple[ZoneIndex, tuple[OutlineLike, ...]]]] = {}
"""Indices made before, by the identities of their outlines, which are held so that they last."""


def index_of(outlines: Sequence[OutlineLike]) -> ZoneIndex:
    """The index of some outlines; that of the same ones is not built again."""
    key = tuple(map(id, outlines))
    found = _KEPT.pop(key, None)
    if found is None:
        return keep_index(outlines, build_index(outlines).shapes)
    _KEPT[key] = found  # the last used stands last
    return found[0]


def keep_index(outlines: Sequence[OutlineLike], shapes: Shapes) -> ZoneIndex:
    """Take shapes for what :func:`build_index` would lay out of some outlines, and keep them."""
    while len(_KEPT) >= KEEP:
        _KEPT.pop(next(iter(_KEPT)), None)
    index = ZoneIndex(shapes, len(outlines))
    _KEPT[tuple(map(id, outlines))] = index, tuple(outlines)
    return index


def build_index(outlines: Sequence[OutlineLike]) -> ZoneIndex:
    """Lay out the edges of outlines whose rings are closed and refined."""
    sizes = np.array([len(outline.lon) for outline in outlines], dtype=np.int64)
    rings = np.array([len(outline.polygon) for outline in outlines], dtype=np.int64)
    base = np.cumsum(sizes) - sizes
    lon = _joined([outline.lon for outline in outlines], np.float64)
    lat = _joined([outline.lat for outline in outlines], np.float64)
    ring_start = np.append(
        _joined([o.ring_start[:-1] + b for o, b in zip(outlines, base, strict=True)], np.int64),
        len(lon),
    )
    polygon = _joined([outline.polygon for outline in outlines], np.int64)
    return index_rings(lon, lat, ring_start, polygon, base, rings)


def index_rings(
    lon: Array, lat: Array, ring_start: Indices, polygon: Indices, base: Indices, rings: Indices
) -> ZoneIndex:
    """Lay out outlines that lie one after another already.

    Parameters
    ----------
    lon, lat : (n,) float arrays, degrees
    ring_start : (rings + 1,) int array
        Where each ring begins, and the end of the last.
    polygon : (rings,) int array
        The polygon of each ring, 0 the first of its zone.
    base, rings : (zones,) int arrays
        The first vertex of each zone, and how many rings it has.
    """
    count = len(base)
    ring_zone = np.repeat(np.arange(count), rings)
    same = np.append(False, (polygon[1:] == polygon[:-1]) & (ring_zone[1:] == ring_zone[:-1]))
    edge_ring = np.repeat(np.arange(len(polygon)), np.diff(ring_start))

    points = positions(lon, lat)
    zones = edge_trees(points, ring_start, ring_zone, count)
    world, world_zone = world_tree(zones)
    zone_start = np.append(base, len(lon))
    bounds = [_bounds(values, zone_start) for values in (lon, lat)]
    bands = _bands(lat, edge_ring, ring_zone, bounds[1])
    x, y, z = np.ascontiguousarray(points.T) if len(points) else np.empty((3, 0))
    return ZoneIndex(
        Shapes(
            x, y, z, lon, lat,
            zones.start, zones.x, zones.y, zones.z, zones.r, zones.skip, zones.first, zones.size,
            world.x, world.y, world.z, world.r, world.skip, world_zone,
            *bounds[0], *bounds[1], rings, *bands,
            edge_ring, polygon, same[: len(polygon)].astype(np.int64),
        ),
        count,
    )  # fmt: skip


def lines_only(index: ZoneIndex) -> ZoneIndex:
    """The same edges with nothing inside them."""
    nowhere = np.full(len(index), 1.0)
    shapes = index.shapes._replace(south=nowhere, north=-nowhere)
    return ZoneIndex(shapes, len(index))


def _joined(parts: Sequence[npt.NDArray[Any]], kind: Any) -> npt.NDArray[Any]:
    return np.concatenate([np.empty(0, kind), *parts]).astype(kind, copy=False)


def _bounds(values: Array, start: Indices) -> tuple[Array, Array]:
    """Smallest and largest value of each run; an empty run has none between."""
    low, high = np.full(len(start) - 1, 1.0), np.full(len(start) - 1, -1.0)
    held = np.flatnonzero(np.diff(start))
    if len(held):
        low[held] = np.minimum.reduceat(values, start[:-1][held])
        high[held] = np.maximum.reduceat(values, start[:-1][held])
    return low, high


def _bands(
    lat: Array, edge_ring: Indices, ring_zone: Indices, bounds: tuple[Array, Array]
) -> tuple[Indices, Indices, Array, Indices, Indices]:
    """First band, number of bands and bands per degree of each zone; edges of each band."""
    south, north = bounds
    zones = len(south)
    edge = np.flatnonzero(edge_ring[1:] == edge_ring[:-1])
    low, high = np.minimum(lat[edge], lat[edge + 1]), np.maximum(lat[edge], lat[edge + 1])
    level = low == high  # no ray to the east crosses an edge along a parallel
    edge, low, high = edge[~level], low[~level], high[~level]
    zone = ring_zone[edge_ring[edge]]
    edges = np.bincount(zone, minlength=zones)
    span = np.bincount(zone, high - low, minlength=zones)
    extent = np.maximum(north - south, 1e-12)
    # Edges have, all together, (span / extent) bands + 1 entries each.
    most = BAND_ENTRIES * edges * extent / np.maximum(span, 1e-12)
    count = np.clip(np.minimum(edges // EDGES_PER_BAND, most), 1, MOST_BANDS).astype(np.int64)
    per_deg = count / extent
    first = np.cumsum(count) - count

    last_band = count[zone] - 1
    from_band = np.minimum(((low - south[zone]) * per_deg[zone]).astype(np.int64), last_band)
    to_band = np.minimum(((high - south[zone]) * per_deg[zone]).astype(np.int64), last_band)
    spans = to_band - from_band + 1
    owner = np.repeat(np.arange(len(edge)), spans)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(spans) - spans, spans)
    band = first[zone[owner]] + from_band[owner] + step
    order = np.argsort(band, kind="stable")  # edges of a band stay in the order of the rings
    pointer = np.searchsorted(band[order], np.arange(int(count.sum()) + 1))
    return first, count, per_deg, pointer, edge[owner[order]]
