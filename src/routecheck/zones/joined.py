"""Zones of several files one after another, those of large files still as columns.

A large file beside the built-in set is no reason to make each of its zones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from routecheck.geometry.index import ZoneIndex, index_rings
from routecheck.zones.model import Zone
from routecheck.zones.stored import NUMBERS, ColumnZones, StoredZones

__all__ = ["JoinedZones", "ids_of", "joined"]

Part = StoredZones | tuple[Zone, ...]
Rings = tuple[npt.NDArray[Any], ...]


def joined(parts: Sequence[Sequence[Zone]]) -> Sequence[Zone]:
    """The zones of all parts: as columns if those of one are, else each."""
    flat: list[Part] = [
        each if isinstance(each, StoredZones) else tuple(each)
        for part in parts
        for each in (part.parts if isinstance(part, JoinedZones) else (part,))
    ]
    if any(isinstance(part, StoredZones) for part in flat):
        return JoinedZones(flat)
    return tuple([zone for part in flat for zone in part])


def ids_of(zones: Sequence[Zone]) -> list[str]:
    """The ids of zones, in their order."""
    if isinstance(zones, JoinedZones):
        return [ident for part in zones.parts for ident in ids_of(part)]
    if isinstance(zones, StoredZones):
        return list(zones.texts["id"])
    return [zone.id for zone in zones]


class JoinedZones(ColumnZones):
    """Zones of parts, some of which are kept as columns.

    Attributes
    ----------
    parts : sequence of StoredZones and of tuples of Zone
    paper_of : (zones,) int array
        Which papers each zone has: a zone that is kept by itself has its own.
    numbers : mapping
        A column of each of ``NUMBERS``.
    """

    __slots__ = ("_index", "_start", "numbers", "paper_of", "parts")

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = tuple(parts)
        self._start = np.cumsum([0, *map(len, self.parts)])
        self._index: ZoneIndex | None = None
        papers = [
            part.paper_of if isinstance(part, StoredZones) else np.arange(len(part))
            for part in self.parts
        ]
        counts = [
            len(part.papers) if isinstance(part, StoredZones) else len(part) for part in self.parts
        ]
        before = np.cumsum([0, *counts[:-1]])
        self.paper_of = np.concatenate([own + b for own, b in zip(papers, before, strict=True)])
        self.numbers = {
            name: np.concatenate([_numbers(part, name) for part in self.parts]) for name in NUMBERS
        }

    def __len__(self) -> int:
        return int(self._start[-1])

    def zone_at(self, number: int) -> Zone:
        """The zone at a position: that of its part."""
        part = int(np.searchsorted(self._start, number, "right")) - 1
        return self.parts[part][number - int(self._start[part])]

    def __iter__(self) -> Iterator[Zone]:
        return (zone for part in self.parts for zone in part)

    def laid_out(self) -> ZoneIndex:
        """All outlines laid out for measuring, once."""
        if self._index is None:
            each = [_rings(part) for part in self.parts if len(part)]
            points = np.cumsum([0, *(len(rings[0]) for rings in each)])
            lon, lat, polygon, count = (
                np.concatenate([rings[i] for rings in each]) for i in (0, 1, 3, 5)
            )
            start = [rings[2][:-1] + first for rings, first in zip(each, points, strict=False)]
            base = [rings[4] + first for rings, first in zip(each, points, strict=False)]
            ring_start = np.append(np.concatenate(start), points[-1])
            self._index = index_rings(lon, lat, ring_start, polygon, np.concatenate(base), count)
        return self._index

    def samples(self) -> list[Zone]:
        """A zone for each of the papers, in their order."""
        return [
            zone
            for part in self.parts
            for zone in (part.samples() if isinstance(part, StoredZones) else part)
        ]

    def position(self, ident: str) -> int:
        """Where the zone with an id stands."""
        return ids_of(self).index(ident)

    def __getstate__(self) -> tuple[Part, ...]:
        return self.parts

    def __setstate__(self, state: tuple[Part, ...]) -> None:
        JoinedZones.__init__(self, state)


def _numbers(part: Part, name: str) -> npt.NDArray[np.float64]:
    if isinstance(part, StoredZones):
        return part.numbers[name]
    return np.array([getattr(zone, name) for zone in part], dtype=np.float64)


def _rings(part: Part) -> Rings:
    """What the index is made of, all zones of a part one after another.

    lon, lat, ring_start and polygon, the first vertex of each zone and how many rings it has.
    """
    if isinstance(part, StoredZones):
        own = part.outlines
        first = own.ring_start[own.zone_ring[:-1]]
        return own.lon, own.lat, own.ring_start, own.polygon, first, np.diff(own.zone_ring)
    outlines = [zone.outline for zone in part]
    base = np.cumsum([0, *(len(o.lon) for o in outlines)])
    start = [o.ring_start[:-1] + first for o, first in zip(outlines, base, strict=False)]
    return (
        np.concatenate([o.lon for o in outlines]),
        np.concatenate([o.lat for o in outlines]),
        np.append(np.concatenate(start), base[-1]),
        np.concatenate([o.polygon for o in outlines]),
        base[:-1],
        np.array([len(o.polygon) for o in outlines], dtype=np.int64),
    )
