"""Towns of the world by name, and how large an airport is: what a name most likely means.

The table behind it is made by ``tools/make_place_tables.py`` from GeoNames (CC BY 4.0) and
OurAirports (public domain). It is read when a name is looked up; codes do without.
"""

from __future__ import annotations

import math
import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from routecheck.airports.table import Row, table
from routecheck.packed import Packed, unpack

__all__ = [
    "AIRPORT",
    "LAND",
    "PEOPLE",
    "PLACE",
    "TABLE",
    "Size",
    "Town",
    "airports_around",
    "apart_km",
    "size_of",
    "towns_called",
]

TABLE: Final = Path(__file__).resolve().parents[1] / "data" / "places.table"

PLACE: Final = "<hh"
"""Latitude and longitude of a town in 0.01 degree."""

PEOPLE: Final = "<I"
"""Inhabitants of a town."""

LAND: Final = "<2s2s"
"""Country of a town, and its state in the US and Canada, else nothing."""

AIRPORT: Final = "<3sBhh"
"""IATA code; class (1 small, 2 medium, 3 large; 0 for water and heliports) plus 4 for scheduled
service; position as above."""

_KM_PER_DEGREE: Final = 111.2


@dataclass(frozen=True, slots=True)
class Town:
    """A town.

    Attributes
    ----------
    country, region : str
        ISO 3166 alpha-2; letters of the state or province in the US and Canada, else empty.
    lat, lon : float
        WGS84 degrees, to about 1 km.
    people : int
        Inhabitants.
    other_name : bool
        Whether it was found by a name that is not the one it goes by.
    number : int
        Its place in the table.
    """

    country: str
    region: str
    lat: float
    lon: float
    people: int
    other_name: bool
    number: int

    @property
    def name(self) -> str:
        """As GeoNames writes it."""
        return _labels()[self.number]

    @property
    def at(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return self.lat, self.lon


@dataclass(frozen=True, slots=True)
class Size:
    """How large an airport is: ``kind`` 0 (unknown) to 3 (large), and whether airlines serve it."""

    kind: int
    served: bool


_UNKNOWN = Size(0, served=False)


def apart_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Distance between two positions, degrees, on a sphere: good to 0.5%."""
    (lat1, lon1), (lat2, lon2) = (map(math.radians, place) for place in (here, there))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(1.0, half)))


def towns_called(folded: str) -> list[Town]:
    """Towns of a folded name, the largest first; those that only also go by it come after."""
    found = _references(folded)
    return [_town(int(each.lstrip("-"), 16), each.startswith("-")) for each in found]


def size_of(code: str | None) -> Size:
    """The size of an airport by its IATA code."""
    return _size(code) if code else _UNKNOWN


@lru_cache(maxsize=16384)
def _size(code: str) -> Size:
    part, wide, key = _part("airports"), struct.calcsize(AIRPORT), code.encode(errors="replace")
    at = bisect_left(range(len(part) // wide), key, key=lambda i: part[i * wide : i * wide + 3])
    found, kind = part[at * wide : at * wide + 3], part[at * wide + 3 : at * wide + 4]
    return Size(kind[0] & 3, bool(kind[0] & 4)) if found == key else _UNKNOWN


@lru_cache(maxsize=4096)
def airports_around(
    lat: float, lon: float, within_km: float, *, served: bool = True
) -> tuple[tuple[float, Row], ...]:
    """Airports with an IATA code around a position, degrees: km and row, the nearest first.

    Parameters
    ----------
    lat, lon : float
        Degrees.
    within_km : float
        How far to look.
    served : bool
        Only those with scheduled service, and neither on water nor for helicopters.
    """
    found = []
    for code in _around(lat, lon, within_km, served):
        row = table().iata(code)
        km = apart_km((lat, lon), (row.lat, row.lon)) if row else math.inf
        if row and km <= within_km:
            found.append((km, row))
    return tuple(sorted(found, key=lambda pair: pair[0]))


def _around(lat: float, lon: float, km: float, served: bool) -> Iterator[str]:
    """Codes of the airports that are within so many km, and of none more than 20 km beyond."""
    reach = km + 20  # two lists may differ on where an airport is
    north = reach / _KM_PER_DEGREE
    east = north / max(0.02, math.cos(math.radians(min(89.0, abs(lat) + north))))
    cells = _cells()
    for y in range(math.floor(lat - north), math.floor(lat + north) + 1):
        for x in range(math.floor(lon - east), math.floor(lon + east) + 1)[:360]:
            for code, kind, place in cells.get((y, (x + 180) % 360), ()):
                if (kind > 4 or not served) and apart_km((lat, lon), place) <= reach:
                    yield code


@lru_cache(maxsize=1)
def _cells() -> dict[tuple[int, int], list[tuple[str, int, tuple[float, float]]]]:
    """Airports by whole degree."""
    cells: dict[tuple[int, int], list[tuple[str, int, tuple[float, float]]]] = {}
    for code, kind, lat, lon in struct.iter_unpack(AIRPORT, _part("airports")):
        cell = (math.floor(lat / 100), (math.floor(lon / 100) + 180) % 360)
        cells.setdefault(cell, []).append((code.decode(), kind, (lat / 100, lon / 100)))
    return cells


def _references(folded: str) -> list[str]:
    """What the index holds of a name: numbers of towns, with a sign where it is a further name."""
    names, key = _part("names"), folded.encode()
    low, high = 0, len(names) - 1  # of the lines between them; each begins after a line end
    while low < high:
        start = names.rfind(b"\n", low, (low + high) // 2 + 1) + 1 or low + 1
        end = names.index(b"\n", start)
        name, _, found = names[start:end].partition(b"\t")
        if name == key:
            return sorted(found.decode().split(), key=lambda each: each.startswith("-"))
        if name < key:
            low = end
        else:
            high = start - 1
    return []


def _town(number: int, other_name: bool) -> Town:
    lat, lon = struct.unpack_from(PLACE, _part("places"), number * struct.calcsize(PLACE))
    (people,) = struct.unpack_from(PEOPLE, _part("people"), number * struct.calcsize(PEOPLE))
    country, region = struct.unpack_from(LAND, _part("lands"), number * struct.calcsize(LAND))
    return Town(
        country=country.decode(),
        region=region.rstrip(b"\0").decode(),
        lat=lat / 100,
        lon=lon / 100,
        people=people,
        other_name=other_name,
        number=number,
    )


@lru_cache(maxsize=1)
def _labels() -> list[str]:
    return _part("labels").decode().split("\n")


@lru_cache(maxsize=1)
def _table() -> Packed | None:
    return unpack(TABLE)


@lru_cache(maxsize=8)
def _part(name: str) -> bytes:
    packed = _table()
    return zlib.decompress(packed.part(name)) if packed is not None else b""
