"""Zones of a large file as columns: each is made when somebody asks for it.

A file of 100,000 zones is read to be checked against a route that comes near ten of them. What a
check asks of all of them (outlines, stand-offs, which notices stand) are arrays; zones with the
same papers share one record of them.
"""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import chain, pairwise
from typing import Any, Final, overload

import numpy as np
import numpy.typing as npt

from routecheck.geometry.index import ZoneIndex, index_rings
from routecheck.geometry.rings import refine_rings
from routecheck.zones.model import Outline, Zone

__all__ = [
    "NUMBERS",
    "PAPERS",
    "TEXTS",
    "ColumnZones",
    "Outlines",
    "StoredZones",
    "Texts",
    "stored_zones",
]

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

TEXTS: Final = ("id", "name", "group", "basis", "notes")
"""Fields that differ from zone to zone; no text is none."""

NUMBERS: Final = ("buffer_km", "accuracy_km")

_DRAWN: Final = ("outline", "geometry")

PAPERS: Final = tuple(
    field.name for field in fields(Zone) if field.name not in (*TEXTS, *NUMBERS, *_DRAWN)
)
"""All other fields: few files have many kinds of papers, however many zones they have."""

_OPTIONAL: Final = ("group",)
"""Texts whose absence is None."""


class Texts(Sequence[str]):
    """Many texts in one run of UTF-8."""

    __slots__ = ("blob", "start")

    def __init__(self, blob: bytes | memoryview, start: Indices) -> None:
        self.blob = blob
        self.start = start

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """Lay texts out."""
        parts = [text.encode("utf-8", "surrogatepass") for text in texts]
        start = np.zeros(len(parts) + 1, dtype=np.int64)
        np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)), out=start[1:])
        return cls(b"".join(parts), start)

    def __len__(self) -> int:
        return len(self.start) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        """One text, or some."""
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        first, stop = self.start[index], self.start[index + 1]
        return str(bytes(self.blob[first:stop]), "utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        blob, ends = bytes(self.blob), self.start.tolist()
        if blob.isascii():  # then a letter is a byte
            text = blob.decode("ascii")
            return (text[first:stop] for first, stop in pairwise(ends))
        return (str(blob[first:stop], "utf-8", "surrogatepass") for first, stop in pairwise(ends))

    def __getstate__(self) -> tuple[bytes, Indices]:
        return bytes(self.blob), self.start

    def __setstate__(self, state: tuple[bytes, Indices]) -> None:
        self.blob, self.start = state


class Outlines:
    """The rings of all zones, refined, one after another.

    Attributes
    ----------
    lon, lat : (n,) float arrays, degrees
    ring_start : (rings + 1,) int array
        Where each ring begins, and the end of the last.
    polygon : (rings,) int array
        The polygon of each ring, 0 the first of its zone.
    given : (n,) bool array
        Which vertices were published.
    zone_ring : (zones + 1,) int array
        The first ring of each zone, and the end of the last.
    """

    __slots__ = ("given", "lat", "lon", "polygon", "ring_start", "zone_ring")

    def __init__(
        self,
        lon: Array,
        lat: Array,
        ring_start: Indices,
        polygon: Indices,
        given: npt.NDArray[np.bool_],
        zone_ring: Indices,
    ) -> None:
        self.lon, self.lat, self.ring_start = lon, lat, ring_start
        self.polygon, self.given, self.zone_ring = polygon, given, zone_ring

    def outline(self, number: int) -> Outline:
        """The outline of one zone, read-only."""
        first, stop = self.zone_ring[number], self.zone_ring[number + 1]
        start = self.ring_start[first : stop + 1]
        own = slice(start[0], start[-1])
        made = Outline(
            self.lon[own], self.lat[own], start - start[0], self.polygon[first:stop],
            self.given[own],
        )  # fmt: skip
        for array in (made.lon, made.lat, made.ring_start, made.polygon, made.given):
            assert array is not None
            array.setflags(write=False)
        return made

    def index(self) -> ZoneIndex:
        """All of them laid out for measuring."""
        return index_rings(
            self.lon, self.lat, self.ring_start, self.polygon,
            self.ring_start[self.zone_ring[:-1]], np.diff(self.zone_ring),
        )  # fmt: skip


class ColumnZones(Sequence[Zone]):
    """Zones of which one is made when somebody asks for it."""

    __slots__ = ()

    @abstractmethod
    def zone_at(self, number: int) -> Zone:
        """The zone at a position, counted from 0; always the same."""

    @overload
    def __getitem__(self, index: int) -> Zone: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Zone, ...]: ...
    def __getitem__(self, index: int | slice) -> Zone | tuple[Zone, ...]:
        """One zone, always the same; or some."""
        numbers = range(len(self))[index]
        if isinstance(numbers, range):
            return tuple([self.zone_at(number) for number in numbers])
        return self.zone_at(numbers)


class StoredZones(ColumnZones):
    """Zones as columns.

    Attributes
    ----------
    texts, numbers : mapping
        A column of each of ``TEXTS`` and ``NUMBERS``.
    papers : sequence of mapping
        The other fields of a zone, each kind once.
    paper_of : (zones,) int array
        Which papers each zone has.
    geometries : Texts
        GeoJSON of those geometries that cannot be drawn from their outlines to the letter (whole
        numbers, heights); empty for others.
    """

    __slots__ = (
        "_index", "_made", "geometries", "numbers", "outlines", "paper_of", "papers", "texts",
    )  # fmt: skip

    def __init__(
        self,
        texts: Mapping[str, Texts],
        numbers: Mapping[str, Array],
        papers: Sequence[Mapping[str, Any]],
        paper_of: Indices,
        outlines: Outlines,
        geometries: Texts,
        index: ZoneIndex | None = None,
    ) -> None:
        self.texts, self.numbers, self.papers = texts, numbers, papers
        self.paper_of, self.outlines, self.geometries = paper_of, outlines, geometries
        self._index = index
        self._made: dict[int, Zone] = {}

    def __len__(self) -> int:
        return len(self.paper_of)

    def zone_at(self, number: int) -> Zone:
        """The zone at a position, made once."""
        zone = self._made.get(number)
        if zone is None:
            # of two threads that make it at once, both get the one that was put first
            zone = self._made.setdefault(number, self._zone(number))
        return zone

    def __iter__(self) -> Iterator[Zone]:
        return map(self.zone_at, range(len(self)))

    def _zone(self, number: int) -> Zone:
        values = dict(self.papers[self.paper_of[number]])
        for name, column in self.texts.items():
            values[name] = column[number]
        for name in _OPTIONAL:
            values[name] = values[name] or None
        for name, numbers in self.numbers.items():
            values[name] = float(numbers[number])
        text = self.geometries[number]
        zone = Zone(
            outline=self.outlines.outline(number),
            geometry=json.loads(text) if text else {},
            **values,
        )
        if not text:
            object.__delattr__(zone, "geometry")  # drawn from the outline when somebody asks
        return zone

    def laid_out(self) -> ZoneIndex:
        """All outlines laid out for measuring, once."""
        if self._index is None:
            self._index = self.outlines.index()
        return self._index

    def samples(self) -> list[Zone]:
        """A zone for each of the papers, in their order."""
        first = np.zeros(len(self.papers), dtype=np.int64)
        first[self.paper_of[::-1]] = np.arange(len(self))[::-1]
        return [self[number] for number in first.tolist()]

    def position(self, ident: str) -> int:
        """Where the zone with an id stands."""
        return list(self.texts["id"]).index(ident)

    def __getstate__(self) -> tuple[Any, ...]:
        return (
            self.texts, self.numbers, self.papers, self.paper_of, self.outlines, self.geometries
        )  # fmt: skip

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        StoredZones.__init__(self, *state)


def stored_zones(drafts: Sequence[Any], file: str) -> StoredZones | None:
    """Zones of the drafts of a file; None where they must be made one by one.

    That is where a ring is too fine, which is an error, and where a draft has not what a zone has.
    """
    rings = [ring for draft in drafts for polygon in draft.polygons for ring in polygon]
    if not rings or not all(draft.polygons for draft in drafts):
        return None
    sizes = np.fromiter((ring.lon.size for ring in rings), np.int64, len(rings))
    start = np.append(0, np.cumsum(sizes))
    lon = np.concatenate([ring.lon for ring in rings])
    lat = np.concatenate([ring.lat for ring in rings])
    refined = refine_rings(lon, lat, start)
    if refined is None:
        return None
    try:
        papers, paper_of = _papers(drafts, file)
    except (AttributeError, TypeError):
        return None
    counts = [len(polygon) for draft in drafts for polygon in draft.polygons]
    numbers = [index for draft in drafts for index in range(len(draft.polygons))]
    of_zone = [sum(map(len, draft.polygons)) for draft in drafts]
    outlines = Outlines(
        refined[0],
        refined[1],
        refined[2],
        np.repeat(numbers, counts).astype(np.int64),
        refined[3],
        np.append(0, np.cumsum(of_zone)).astype(np.int64),
    )
    return StoredZones(
        {name: Texts.of([getattr(draft, name) or "" for draft in drafts]) for name in TEXTS},
        {
            name: np.array([getattr(draft, name) for draft in drafts], dtype=np.float64)
            for name in NUMBERS
        },
        papers,
        paper_of,
        outlines,
        Texts.of(_geometries(drafts, rings)),
    )


def _papers(drafts: Sequence[Any], file: str) -> tuple[list[dict[str, Any]], Indices]:
    """Each kind of papers once, and which each draft has."""
    names = [name for name in PAPERS if name not in ("advisories", "file")]
    known: dict[Any, int] = {}
    papers: list[dict[str, Any]] = []
    which = []
    for draft in drafts:
        values = [getattr(draft, name) for name in names]
        key = (*values, *map(id, draft.advisories))
        number = known.setdefault(key, len(papers))
        if number == len(papers):
            papers.append(
                {**dict(zip(names, values, strict=True)), "advisories": draft.advisories,
                 "file": file}
            )  # fmt: skip
        which.append(number)
    return papers, np.array(which, dtype=np.int64)


def _geometries(drafts: Sequence[Any], rings: Sequence[Any]) -> Iterator[str]:
    """GeoJSON of each geometry that its outline does not say to the letter."""
    if all(map(_is_plain, rings)):
        return iter([""] * len(drafts))
    return (
        ""
        if all(_is_plain(ring) for polygon in draft.polygons for ring in polygon)
        else json.dumps(draft.geometry())
        for draft in drafts
    )


def _is_plain(ring: Any) -> bool:
    """Whether all positions are two floats."""
    positions = ring.positions
    return set(map(len, positions)) == {2} and set(map(type, chain.from_iterable(positions))) == {
        float
    }
