"""Which columns of a table hold the route, its date, its flight and its level."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from routecheck.airports import is_code
from routecheck.airports.cells import is_known_name
from routecheck.batch.legs import first_leg, further_legs, refuse_legs
from routecheck.batch.terms import DEST, FILLERS, ORIGIN, file_of, kind_of, listed, words_of
from routecheck.batch.via import via_columns
from routecheck.errors import RoutecheckError
from routecheck.zones.problems import printable

__all__ = ["Columns", "columns_text", "find_columns", "other_dates"]

ROUTE: Final = ("routing", "itinerary", "route", "sectors", "sector", "od", "pair", "itin")
DATE: Final = (
    "date", "datetime", "dof", "datum", "fecha", "data", "day", "seen", "firstseen", "std", "etd",
)  # fmt: skip
OF_ROUTES: Final = frozenset(["flight", "city", "code", "full", "complete", "trip"])
FLIGHT: Final = ("flight", "flt", "flightno", "flightnumber")
CRUISE: Final = (
    "cruise",
    "crz",
    "fl",
    "rfl",
    "cfl",
    "level",
    "lvl",
    "altitude",
    "alt",
    "flughöhe",
    "flugfläche",
    "niveau",
)
LAT: Final = ("lat", "latitude", "y")
LON: Final = ("lon", "lng", "long", "longitude", "x")

OF_DATES: Final = frozenset(
    ["flight", "travel", "trip", "utc", "local", "scheduled", "sched", "outbound", "time", "of",
     "and", "reise", "flug", "hinflug", "abreise", "abflugs", "vol", "voyage", "départ", "depart",
     "partenza", "volo", "viaggio", "salida", "vuelo", "viaje", "partida", "voo", "viagem", "di",
     "fl", "first", "leg", "del", "la", "do", "da", *ORIGIN]
)  # fmt: skip
_DATED: Final = re.compile(r"(.{3,})(date|datum|tag)")
"""One word made of two: ``traveldate``, ``Reisedatum``, ``Abflugtag``."""

OTHER_DATES: Final = frozenset(
    ["birth", "birthday", "dob", "born", "geb", "geboren", "geburts", "geburtsdatum",
     "geburtstag", "booked", "booking", "buchungs", "buchungsdatum", "created", "creation",
     "issued", "issue", "issuing", "ticketed", "purchase", "purchased", "paid", "payment",
     "invoice", "invoiced", "updated", "update", "modified", "expiry", "expires", "expiration",
     "export", "exported", "hired", "passport"]
)  # fmt: skip
"""Words in names of columns whose dates are not those of a flight."""
OF_FLIGHTS: Final = frozenset(["no", "nr", "number", "num", "id", "code", "designator"])
OF_LEVELS: Final = frozenset(
    ["flight", "cruise", "cruising", "ft", "feet", "planned", "level", "altitude", "alt",
     "requested", "req", "filed", "actual", "initial", "init", "assigned", "cleared", "crz", "flt",
     "lvl", "max", "maximum", "avg", "average", "final", "de", "vol"]
)  # fmt: skip
_LEVELS_WITH: Final = (
    "flight", "flt", "cruise", "cruising", "crz", "planned", "requested", "req", "filed", "actual",
    "assigned", "cleared", "initial", "init", "max", "maximum", "vol",
)  # fmt: skip
"""One of them stands beside "level" or "altitude", which alone may be a fare's, or a field's."""

_OF_ANYTHING: Final = ("level", "lvl", "altitude", "alt", "niveau")
_METRIC: Final = frozenset(["m", "metre", "metres", "meter", "meters", "mtr"])

YEAR: Final = ("year", "yr", "jahr", "année", "annee", "año", "anno", "ano")
MONTH: Final = ("month", "monat", "mois", "mes", "mese", "mês")
DAY: Final = ("day", "dayofmonth", "tag", "jour", "día", "dia", "giorno")
_OF_PARTS: Final = frozenset(["flight", "fl", "dep", "departure", "travel", "of", "the"])


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the columns to use; None where there is none.

    Where there are a route and an origin and a destination, the route says by which stops a row
    goes from one to the other, and those two are taken where it says nothing. ``coords`` are
    origin's latitude and longitude and the destination's, of a table without codes. ``via`` are
    stops between origin and destination, ``date_parts`` year, month and day, ``ignored`` columns
    that the user wants left out.
    """

    origin: str | None = None
    dest: str | None = None
    route: str | None = None
    date: str | None = None
    flight: str | None = None
    cruise: str | None = None
    coords: tuple[str, str, str, str] | None = None
    via: tuple[str, ...] = ()
    date_parts: tuple[str, str, str] | None = None
    ignored: tuple[str, ...] = ()

    @property
    def dated(self) -> bool:
        """Whether the day of a flight comes from the table."""
        return self.date is not None or self.date_parts is not None

    @property
    def used(self) -> tuple[str, ...]:
        """All columns that are read."""
        named = (self.origin, self.dest, self.route, self.date, self.flight, self.cruise)
        parts = (*named, *(self.coords or ()), *self.via, *(self.date_parts or ()))
        return tuple(dict.fromkeys(name for name in parts if name is not None))


def columns_text(columns: Columns) -> str:
    """Which columns are used for what, and which were left out as the user wished."""
    ends = ("latitude", "longitude") * 2
    said: list[tuple[str, Sequence[str | None]]] = [
        ("origin", [columns.origin]), *((end, [name]) for end, name in
                                        zip(ends, columns.coords or (), strict=False)),
        ("stops", list(columns.via)), ("destination", [columns.dest]), ("route", [columns.route]),
        ("date", [columns.date]), ("year, month and day", list(columns.date_parts or ())),
        ("flight", [columns.flight]), ("level", [columns.cruise]),
    ]  # fmt: skip
    parts = [
        f"{use} {' and '.join(repr(printable(name)) for name in names if name)}"
        for use, names in said
        if any(names)
    ]
    ignored = f"; left out: {listed(columns.ignored)}" if columns.ignored else ""
    return f"{', '.join(parts)}{'' if columns.dated else ', no date'}{ignored}"


def find_columns(
    names: Sequence[str],
    asked: Columns | None = None,
    where: str = "",
    *,
    day_given: bool = False,
) -> Columns:
    """Tell the columns by their names; those asked for are taken as they are.

    Case, spaces and punctuation do not matter: ``From``, ``DEP AIRPORT``, ``orig_iata`` and
    ``Departure airport (IATA)`` all hold origins. Columns of codes come before those of names.
    Where origin and destination are asked for, a column that may hold routes is left alone.

    Parameters
    ----------
    names : sequence of str
        Of the table.
    asked : Columns, optional
        What the user named, and what is to be left out.
    where : str
        The file, for messages.
    day_given : bool
        Whether the user gave the day of the flights.

    Raises
    ------
    RoutecheckError
        If a column asked for is not there, the route cannot be told from the names, or there are
        columns that change the answer and cannot be used.
    """
    asked = asked or Columns()
    ignored = tuple(_named(names, name, "ignore", where) or "" for name in asked.ignored)
    whole, names = names, [name for name in names if name not in ignored]
    chosen = {use: _named(names, getattr(asked, use), use, where, whole) for use in _USES}
    named = {use for use in _USES if chosen[use]}
    coords = _ends(names, chosen, where)
    taken = {name for name in (*chosen.values(), *(coords or ())) if name}
    left = [name for name in names if name not in taken]
    via = via_columns(left)
    left = [name for name in left if name not in via]
    chosen["date"] = chosen["date"] or _one_of(left, DATE, OF_DATES)
    parts = None if "date" in named else _parts(left, chosen["date"])
    if parts is not None:
        chosen["date"] = None
    chosen["cruise"] = chosen["cruise"] or _level(left, where)
    left = [name for name in left if name != chosen["cruise"]]
    chosen["flight"] = chosen["flight"] or _one_of(left, FLIGHT, OF_FLIGHTS)
    found = Columns(**chosen, coords=coords, via=via, date_parts=parts, ignored=ignored)
    _refuse_data(names, named, found, where)
    legs = further_legs(
        names, found.used, ends_named={"origin", "dest"} <= named or "route" in named,
        date_named="date" in named, dated=found.dated,
    )  # fmt: skip
    if legs:
        raise refuse_legs(legs, chosen, names, where)
    if not found.dated and not day_given:
        _refuse_months(names, where)
    return found


_USES: Final = ("origin", "dest", "route", "date", "flight", "cruise")


def _ends(
    names: Sequence[str], chosen: dict[str, str | None], where: str
) -> tuple[str, str, str, str] | None:
    """Fill in the columns of the route; those of positions, if there is nothing else."""
    if chosen["origin"] and chosen["dest"]:
        return None
    given = chosen["origin"] or chosen["dest"]
    found = {
        "origin": chosen["origin"] or _place(names, ORIGIN, DEST) or first_leg(names, "origin"),
        "dest": chosen["dest"] or _place(names, DEST, ORIGIN) or first_leg(names, "dest"),
    }
    if found["origin"] and found["dest"] and chosen["route"] not in found.values():
        chosen |= found
    if not given:
        chosen["route"] = chosen["route"] or _one_of(names, ROUTE, OF_ROUTES)
    if chosen["route"] or chosen["dest"]:
        return None
    coords = None if given else _coords(names)
    if coords is None:
        raise RoutecheckError(_untold(names, found, where))
    return coords


def _parts(names: Sequence[str], date: str | None) -> tuple[str, str, str] | None:
    """Columns of year, month and day, unless there is a better one of dates."""
    if date is not None and not (_part([date], DAY) or _part([date], ("seen", "std", "etd"))):
        return None
    found = [_part(names, words) for words in (YEAR, MONTH, DAY)]
    return (found[0], found[1], found[2]) if found[0] and found[1] and found[2] else None


def _part(names: Sequence[str], words: Sequence[str]) -> str | None:
    for name in names:
        said = [word for word in words_of(name) if word not in _OF_PARTS]
        whole = len(said) == 1 and said[0] in words
        if whole or (words is DAY and words_of(name)[-3:] == ["day", "of", "month"]):
            return name
        if words is DAY and words_of(name) == ["dayof", "month"]:
            return name
    return None


def _refuse_months(names: Sequence[str], where: str) -> None:
    """Ask for the day of a table that tells the year or the month only."""
    found = [name for words in (YEAR, MONTH) if (name := _part(names, words))]
    if found:
        columns = " and ".join(repr(printable(name)) for name in found)
        raise RoutecheckError(
            f"{file_of(where)}{columns} tell{'s' * (len(found) == 1)} when the flights were, but "
            "not the day, and zones change within months: give --date, like --date 2024-01-15, to "
            "judge all rows by one day, or --date-col COL if a column holds the day"
        )


def _level(names: Sequence[str], where: str) -> str | None:
    """The column of levels.

    Raises
    ------
    RoutecheckError
        If there are several.
    """
    metric = [
        name for name in names
        if _METRIC.intersection(words_of(name))
        and _one_of([name], CRUISE, OF_LEVELS | _METRIC, _LEVELS_WITH)
    ]  # fmt: skip
    if metric:
        raise RoutecheckError(
            f"{file_of(where)}{listed(metric)} holds levels in metres, which are not read: convert "
            f"them to feet, or leave the column out with --ignore-col {shlex.quote(metric[0])}"
        )
    found = [name for name in names if _one_of([name], CRUISE, OF_LEVELS, _LEVELS_WITH)]
    if len(found) > 1:
        one = shlex.quote(printable(found[0]))
        raise RoutecheckError(
            f"{file_of(where)}columns {listed(found)} all hold levels: say which one counts, like "
            f"--cruise-col {one}"
        )
    return found[0] if found else None


_HEADS: Final = frozenset(
    ["org", "des", "dep", "arr", "dst", "ori", "orig", "dest", "adep", "ades", "from", "apt", "stn",
     "src", "start", "end", "via", "von", "city", "port", "flt", "code", "iata", "icao", "data",
     "date", "day", "std", "sta", "etd", "eta", "route", "name", "off", "oap", "dap", "brd", "pod",
     "pol", "ddd", "aaa"]
)  # fmt: skip
"""Names of columns that happen to be codes of airports."""


def _is_datum(name: str) -> bool:
    """Whether the name of a column is a code, or a pair of them, or a date."""
    text = name.strip()
    parts = re.split(r"\s*[-–/→>]\s*", text)
    codes = all(
        len(part) in (3, 4) and part.isascii() and part.isupper() and part.isalpha()
        and part.lower() not in _HEADS and is_code(part)
        for part in parts
    )  # fmt: skip
    return codes or re.match(r"(19|20)\d\d-\d\d-\d\d", text) is not None


def _is_place(name: str) -> bool:
    """Whether the name of a column, which is no word for one, is a place or a pair of places."""
    if _is_datum(name):
        return True
    parts = [part for part in re.split(r"\s+[-–/→>]\s+|,\s*|\s*\(|\)", name.strip()) if part]
    known = {*ORIGIN, *DEST, *ROUTE, *DATE, *FLIGHT, *CRUISE, *FILLERS, *_HEADS}
    if any(word in known for word in words_of(name)) or len(parts) > 3 or not parts:
        return False
    return all(is_code(part) or (len(part) > 3 and is_known_name(part)) for part in parts)


def _refuse_data(names: Sequence[str], named: set[str], found: Columns, where: str) -> None:
    """Refuse names that are what a row holds: the first flight would be lost as the header."""
    ends = [name for name in (found.origin, found.dest, found.route) if name]
    asked = [getattr(found, use) for use in ("origin", "dest", "route", "date") if use in named]
    if asked and (all(map(_is_place, ends)) or any(map(_is_dated, asked))):
        shown = listed([name for name in asked if _is_place(name) or _is_dated(name)])
        numbers = {name: number for number, name in enumerate(names, 1)}
        options = (("origin", "--origin"), ("dest", "--dest"), ("route", "--route-col"))
        which = " ".join(
            f"{option} {numbers[getattr(found, use)]}"
            for use, option in options
            if getattr(found, use) in numbers
        )
        raise RoutecheckError(
            f"{file_of(where)}{shown} look like cells of a first flight, not like names of "
            f"columns: if the table has no header, add --no-header and give the columns by their "
            f"numbers: {which}"
        )


def _is_dated(name: str) -> bool:
    return name[:1].isdigit() and _is_datum(name)


def other_dates(names: Sequence[str], columns: Columns) -> list[str]:
    """Columns that may hold the date of a flight, though their names do not say so."""
    used = {columns.route, columns.flight, columns.cruise, *columns.via, *columns.ignored}
    if columns.route is None:  # beside it, "from" and "to" may be days of a schedule
        used |= {columns.origin, columns.dest}
    used.update(columns.coords or ())
    return [
        name
        for name in names
        if name not in used
        and not OTHER_DATES.intersection(part for word in words_of(name) for part in _parted(word))
    ]


def _named(
    names: Sequence[str],
    name: str | None,
    use: str,
    where: str,
    whole: Sequence[str] | None = None,
) -> str | None:
    """The column that a user named: as it is, but for case, by ``#4``, or ``From.2`` of two."""
    if name is None or name in names:
        return name
    alike = [n for n in names if n.strip().casefold() == name.strip().casefold()]
    if len(alike) == 1:
        return alike[0]
    wanted = name.strip()
    number = int(wanted[1:]) if re.fullmatch(r"#\d{1,6}", wanted) else 0
    every = names if whole is None else whole
    if 1 <= number <= len(every) and every[number - 1] in names:
        return every[number - 1]
    second = re.fullmatch(r"(.+)\.(\d+)", wanted)
    if second and f"{second[1]}_{second[2]}" in names:
        return f"{second[1]}_{second[2]}"
    raise RoutecheckError(
        f"{file_of(where)}there is no column {printable(name)!r} for --{use}"
        f"{'' if use in ('origin', 'dest') else '-col'}: columns are {listed(names)}"
    )


def _place(names: Sequence[str], mine: Sequence[str], other: Sequence[str]) -> str | None:
    ranked = []
    for at, name in enumerate(names):
        words = words_of(name)
        core = [word for word in words if word not in FILLERS]
        if len(core) == 1 and core[0] in mine and core[0] not in other:
            ranked.append((kind_of(words), mine.index(core[0]), at, name))
    return min(ranked)[3] if ranked else None


def _one_of(
    names: Sequence[str],
    words: Sequence[str],
    with_them: frozenset[str],
    need: Sequence[str] = (),
) -> str | None:
    """The column whose name is one of some words, alone or with others that are allowed."""
    ranked: list[tuple[int, int, int, int, str]] = []
    for at, name in enumerate(names):
        said = words_of(name)
        if words is DATE:
            if said == ["data"]:
                continue  # of the Romance languages only in "data di partenza"
            said = [part for word in said for part in _parted(word)]
        mine = [word for word in said if word in words]
        if mine and all(word in words or word in with_them for word in said):
            if need and not set(need) & set(said) and mine[0] in _OF_ANYTHING:
                continue
            if "seen" in mine and said != ["first", "seen"]:
                continue
            first = words.index(mine[0])
            kind = _kind_of_date(said, first, with_them) if words is DATE else 0
            ranked.append((kind, len(said), first, at, name))
    return min(ranked)[4] if ranked else None


def _kind_of_date(said: Sequence[str], first: int, with_them: frozenset[str]) -> int:
    """How surely it is that of the flight: ``travel date``, ``date``, ``day``, ``std``."""
    if DATE[first] in ("std", "etd"):
        return 3
    if DATE[first] in ("day", "seen"):  # which may be Monday
        return 2
    return 0 if (with_them - {"utc", "local", "time", "of"}).intersection(said) else 1


def _parted(word: str) -> tuple[str, ...]:
    """``reisedatum`` as ``reise`` and ``datum``; other words as they are."""
    found = _DATED.fullmatch(word)
    return ("datum" if found[2] == "tag" else found[2], found[1]) if found else (word,)


def _coords(names: Sequence[str]) -> tuple[str, str, str, str] | None:
    def at(places: Sequence[str], number: str, kinds: Sequence[str]) -> str | None:
        for name in names:
            said = [word for word in words_of(name) if word not in FILLERS and word != "deg"]
            if len(said) == 2 and any(w in kinds for w in said):
                rest = [w for w in said if w not in kinds]
                if rest and (rest[0] in places or rest[0] == number):
                    return name
        return None

    found = (at(ORIGIN, "1", LAT), at(ORIGIN, "1", LON), at(DEST, "2", LAT), at(DEST, "2", LON))
    return None if None in found else found  # type: ignore[return-value]


def _untold(names: Sequence[str], found: dict[str, str | None], where: str) -> str:
    have = [f"{use} is {printable(name)!r}" for use, name in found.items() if name]
    so_far = f" ({' and '.join(have)})" if have else ""
    return (
        f"{file_of(where)}which columns hold the route cannot be told{so_far}: columns are "
        f"{listed(names)}. Name them with --origin COL --dest COL, or --route-col COL for one "
        "that holds GYD-GRV; also --date-col, --flight-col, --cruise-col" + _without_header(names)
    )


def _without_header(names: Sequence[str]) -> str:
    """How to read a table whose first row looks like a flight; empty if it does not."""
    at = [number for number, name in enumerate(names, 1) if _is_place(name)]
    if not at or (len(at) == 1 and len(names) > 1):
        return ""
    which = f"--origin {at[0]} --dest {at[1]}" if len(at) > 1 else f"--route-col {at[0]}"
    return (
        ". If the first row holds a flight, and no names of columns, add --no-header and give the "
        f"columns by their numbers, like {which}"
    )
