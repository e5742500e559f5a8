"""Codes whose place changed: retired, moved, renamed and occupied ones, by the day of the flight.

The facts are in ``codes.csv``, sorted by code: what is said of a code is found without reading the
rest.
"""

from __future__ import annotations

import calendar
import csv
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from routecheck.airports.names import keys
from routecheck.airports.table import Row, table
from routecheck.tables import table_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Fate", "code_of", "era", "fates", "read", "refusal", "successors", "turns"]

_COLUMNS: Final = (
    "code", "kind", "what", "start", "until", "name", "city", "country", "lat", "lon", "icao",
    "base", "successor", "stays", "source", "seen",
)  # fmt: skip
_STATIONS: Final = {
    "rail": "a railway station",
    "bus": "a bus station",
    "harbour": "a harbour or ferry terminal",
    "offline": "a town without an airport of that code",
}
_STOOD: Final = ("moved", "retired")
"""The row has the position of the old field."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What is known of a code, as a row of ``codes.csv`` says it; days keep their precision."""

    code: str
    kind: str
    what: str
    start: str
    until: str
    name: str
    city: str
    country: str
    lat: str
    lon: str
    icao: str
    base: str
    successor: str
    stays: str
    source: str
    seen: str

    @property
    def first(self) -> date | None:
        """The first day, if one is known; of a month or a year known no better, its first."""
        return _day(self.start, last=False)

    @property
    def last(self) -> date | None:
        """The last day, if one is known; of a month or a year known no better, its last."""
        return _day(self.until, last=True)

    @property
    def where(self) -> str:
        """Name, city and country for a sentence."""
        name = "" if self.name == "Off-line Point" else self.name
        city = "" if self.city and self.city in name else self.city
        return ", ".join(filter(None, (name, city, self.country)))

    @property
    def own(self) -> str:
        """The city's name in the possessive, or else the name of the field."""
        return f"{self.city}'s" if self.city else f"the {self.name}"

    @property
    def row(self) -> Row:
        """The old field."""
        city_keys, name_keys = keys(self.city, self.name)
        return Row(
            icao=self.icao or None,
            iata=self.code if self.kind == "iata" else None,
            name=self.name,
            city=self.city,
            subd="",
            country=self.country,
            lat=float(self.lat),
            lon=float(self.lon),
            city_keys=city_keys,
            name_keys=name_keys,
        )

    def stood(self, on: date) -> bool:
        """Whether the code stood on a day for the field of this row."""
        first, last = self.first, self.last
        return last is not None and on <= last and (first is None or first <= on)


def _day(text: str, *, last: bool) -> date | None:
    if not text:
        return None
    year, month, day = (int(part) for part in (*text.split("-"), "0", "0")[:3])
    if not month:
        month = 12 if last else 1
    if not day:
        day = calendar.monthrange(year, month)[1] if last else 1
    return date(year, month, day)


@lru_cache(maxsize=4096)
def fates(code: str) -> tuple[Fate, ...]:
    """What is known of a code in capitals, besides an airport that it is: nothing for most."""
    text = table_bytes("codes.csv")
    at = text.find(f"\n{code},".encode(errors="replace"))
    found = []
    while at >= 0 and text.startswith(f"{code},".encode(), at + 1):
        end = text.index(b"\n", at + 1)
        values = next(csv.reader([text[at + 1 : end].decode()]))
        fate = Fate(**dict(zip(_COLUMNS, values, strict=True)))
        if fate.what != "missing":
            found.append(fate)
        at = end
    return tuple(found)


def code_of(word: str) -> str:
    """The code that a word is, in capitals; empty if it cannot be one."""
    word = word.strip().upper()
    for prefix in ("IATA:", "ICAO:"):
        word = word.removeprefix(prefix).strip()
    return word if len(word) in {3, 4} and word.isascii() and word.isalpha() else ""


def turns(word: str) -> tuple[date, ...]:
    """The days on which what a code stands for changes, in order; none for most words.

    From such a day on the code stands for another place, or is said to have done so.
    """
    code = code_of(word)
    days = set()
    for fate in fates(code) if code else ():
        if fate.first:
            days.add(fate.first)
        if fate.last:
            days.add(fate.last + timedelta(days=1))
    return tuple(sorted(days))


def era(word: str, on: date | None) -> date | None:
    """A day that stands for all on which a word means the same; None if it always does."""
    days = turns(word)
    if not days:
        return None
    before = bisect_right(days, datetime.now(UTC).date() if on is None else on)
    return days[before - 1] if before else days[0] - timedelta(days=1)


def read(code: str, on: date) -> tuple[Row | None, str | None]:
    """The place a code is redirected to on a day, if it is, and what there is to say of it.

    A code that stands for the same as ever is neither redirected nor remarked upon.
    """
    place: Row | None = None
    notes: list[str] = []
    for fate in fates(code):
        if fate.what in _STOOD and fate.stood(on):
            return fate.row, None
        if fate.what in {"moved", "renamed", "occupied"} and fate.successor != code:
            now = _airport(fate.successor)
            if now is not None:
                place = place or now
                notes += _said(fate, now, on)
        elif fate.what == "new" and fate.first and on < fate.first:
            notes.append(
                f"{code} is {fate.own} code only since {fate.start}; before that it was "
                f"{fate.successor}"
            )
        elif fate.what == "earlier" and fate.last is None:
            notes.append(f"some tables have {code} for another place, {fate.where}")
        elif fate.what == "earlier" and fate.last and on <= fate.last:
            notes.append(f"until {fate.until} {code} was the code of another place, {fate.where}")
    return place, "; ".join(notes) or None


def _said(fate: Fate, now: Row, on: date) -> Iterable[str]:
    code, typed = fate.code, now.iata or now.icao or fate.successor
    if fate.what == "occupied":
        return [
            f"{code} is used by the occupier only; ICAO lists {now.name} as {now.icao or typed}"
        ]
    if fate.last is None:
        listed = typed if fate.kind == "iata" else f"{now.icao or ''} ({typed})".strip()
        return [f"{code} is another code of {now.name}, which goes by {listed} here"]
    if on <= fate.last:
        return []
    what = "code" if fate.what == "renamed" else f"code ({fate.name})"
    notes = [f"{code} was {fate.own} {what} until {fate.until}; the airport is {typed} now"]
    if fate.stays == "city":
        notes.append(f"{code} stays the code of the city")
    return notes


def successors(code: str) -> list[Row]:
    """The airports that a code of another time, or of a station, leads to."""
    found = [_airport(fate.successor) for fate in fates(code) if fate.what != "new"]
    return list(dict.fromkeys(row for row in found if row is not None))


def refusal(code: str) -> str | None:
    """Why a code is no place, if that is known."""
    for fate in fates(code):
        instead = "give an ICAO code, or lat,lon"
        now = _airport(fate.successor)
        if now is not None:
            instead = f"for {now.where} type {now.typed}"
            if fate.city and any(part in now.city for part in fate.city.split("/")):
                instead = f"for the city's airport type {now.typed}"
        if fate.what in _STATIONS:
            where = f" ({fate.where})" if fate.where else ""
            return (
                f'"{code}" is the code of {_STATIONS[fate.what]}{where}, which is no airport: '
                f"{instead}"
            )
        if fate.what == "retired":
            return (
                f'"{code}" was the code of {fate.where} until {fate.until} and is no longer in '
                f"use: {instead}"
            )
        if fate.what == "unplaced":
            where = fate.where or "an airport"
            return (
                f'"{code}" is the code of {where}, but open lists do not agree where that is: '
                "give its lat,lon"
            )
    return None


def _airport(code: str) -> Row | None:
    return table().iata(code) if len(code) == 3 else table().icao(code) if code else None
