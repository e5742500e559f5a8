"""What the product has beside the table of ``airportsdata``: airports it lacks, better positions.

``codes.csv`` and ``positions.csv`` are merged into its lines once, when the index is made (see
``codes``), or when there is no index for the installed release.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from routecheck.tables import table_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["FIRST_PLACE", "Own", "own_rows"]

FIRST_PLACE: Final = 1 << 31
"""Places of our lines begin here: no release of the table is so long (bytes)."""

_ICAO, _IATA, _NAME, _CITY, _COUNTRY, _LAT, _LON, _WIDTH = 0, 1, 2, 3, 5, 7, 8, 11


@dataclass(frozen=True, slots=True)
class Own:
    """What differs from the table of the package.

    Attributes
    ----------
    lines : bytes
        Our lines, in the layout of the table; the place of one is where it begins.
    replaced : frozenset of int
        Places of lines of the table that do not count any more.
    positions : dict of str to (lat, lon)
        Better positions by IATA code, degrees.
    uncertain_km : dict of str to int
        Airports on whose position open lists differ by so much.
    """

    lines: bytes = b""
    replaced: frozenset[int] = frozenset()
    positions: dict[str, tuple[float, float]] = field(default_factory=dict)
    uncertain_km: dict[str, int] = field(default_factory=dict)

    @property
    def meta(self) -> dict[str, Any]:
        """All but the lines, as JSON takes it."""
        return {
            "replaced": sorted(self.replaced),
            "positions": {code: list(at) for code, at in self.positions.items()},
            "uncertain_km": self.uncertain_km,
        }

    @classmethod
    def read(cls, lines: bytes, meta: dict[str, Any]) -> Own:
        """What `meta` and the lines were."""
        return cls(
            lines,
            frozenset(meta["replaced"]),
            {code: (at[0], at[1]) for code, at in meta["positions"].items()},
            meta["uncertain_km"],
        )

    def line(self, place: int) -> bytes:
        """One of our lines."""
        start = place - FIRST_PLACE
        return self.lines[start : self.lines.index(b"\n", start)]

    def split(self) -> tuple[list[bytes], list[int]]:
        """Our lines and their places."""
        lines = self.lines.split(b"\n")[:-1]
        places, at = [], FIRST_PLACE
        for line in lines:
            places.append(at)
            at += len(line) + 1
        return lines, places


def own_rows(lines: Sequence[bytes], places: Sequence[int]) -> Own:
    """What differs from a table given as lines, each with its place."""
    by_key = {line[1 : line.index(b'"', 1)].decode(): i for i, line in enumerate(lines)}
    by_iata = {line[8:11].decode(): i for i, line in enumerate(lines) if line[8:9] != b'"'}
    changed: dict[int, list[str]] = {}
    added: list[list[str]] = []

    def values(index: int) -> list[str]:
        if index not in changed:
            changed[index] = next(csv.reader([lines[index].decode()]))
        return changed[index]

    for row in table_rows("codes.csv"):
        if row["what"] != "missing":
            continue
        holder = by_iata.get(row["code"])
        if holder is not None and values(holder)[_IATA] == row["code"]:
            values(holder)[_IATA] = ""
        if row["base"]:
            if row["base"] not in by_key:
                continue  # another release of the table
            line = values(by_key[row["base"]])
            line[_IATA] = row["code"]
            line[_ICAO] = row["icao"] or line[_ICAO]
        else:
            line = [""] * _WIDTH
            line[_ICAO], line[_IATA] = row["icao"] or f"_{row['code']}", row["code"]
            line[_NAME], line[_CITY] = row["name"], row["city"]
            line[_COUNTRY], line[_LAT], line[_LON] = row["country"], row["lat"], row["lon"]
            added.append(line)
    fixed = table_rows("positions.csv")
    text = _written([*changed.values(), *added])
    return Own(
        text,
        frozenset(places[i] for i in changed),
        {row["code"]: (float(row["lat"]), float(row["lon"])) for row in fixed if row["lat"]},
        {row["code"]: int(row["uncertain_km"]) for row in fixed if row["uncertain_km"]},
    )


def _written(lines: Iterable[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(lines)
    return text.getvalue().encode()
