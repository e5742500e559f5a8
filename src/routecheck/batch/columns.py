"""Which columns of a table hold the route, its date, its flight and its level."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from routecheck.airports.cells import is_known_code as is_code
from routecheck.batch.counting import (
    Leg,
    further_legs,
    ignoring,
    metric_levels,
    path_of,
    quoted,
    vias_of,
    words_of,
)
from routecheck.errors import RoutecheckError
from routecheck.zones.problems import printable

__all__ = ["Columns", "find_columns", "other_dates"]

ORIGIN: Final = (
    "origin", "orig", "from", "departure", "dep", "depart", "departing", "board", "boarding",
    "adep", "abflughafen", "abflug", "source", "src", "start", "ab", "von", "desde", "de",
    "origen", "origine", "partenza", "salida", "departs", "takeoff",
)  # fmt: skip
DEST: Final = (
    "destination", "dest", "dst", "to", "arrival", "arr", "arrive", "arriving", "off", "alighting",
    "ades", "zielflughafen", "ziel", "target", "end", "an", "nach", "hasta", "vers", "destino",
    "destinazione", "arrivo", "llegada", "arrives", "landing",
)  # fmt: skip
ROUTE: Final = ("routing", "itinerary", "route", "sectors", "sector", "od", "pair")
DATE: Final = (
    "date", "datetime", "day", "datum", "fecha", "data", "std", "etd", "atd", "eobt", "aobt",
    "atot", "firstseen",
)  # fmt: skip
YEAR: Final = frozenset(["year", "yr", "jahr", "ano", "año", "anno", "année", "annee"])
MONTH: Final = frozenset(["month", "mon", "mth", "monat", "mes", "mês", "mois", "mese"])
DAY: Final = frozenset(["day", "dom", "tag", "dia", "día", "giorno", "jour", "dayofmonth"])
OF_ROUTES: Final = frozenset(["flight", "city", "code"])
FLIGHT: Final = ("flight", "flt", "flightno", "flightnumber")
CRUISE: Final = ("cruise", "cruising", "fl", "rfl", "level", "altitude", "alt")
LAT: Final = ("lat", "latitude", "y")
LON: Final = ("lon", "lng", "long", "longitude", "x")

ONE: Final = ("origin", "dest", "route", "date", "flight", "cruise")
"""Uses of which there is one column, which may be named."""

KINDS: Final = ("iata", "icao", "code", "airport", "")
"""Of several columns that name a place, the one with codes is taken: a code has one meaning."""

FILLERS: Final = frozenset(
    ["airport", "airports", "apt", "city", "code", "iata", "icao", "name", "of", "place", "point",
     "station", "the"]
)  # fmt: skip
OF_DATES: Final = frozenset(
    ["flight", "fl", "flt", "travel", "trip", "utc", "local", "scheduled", "sched", "outbound",
     "time", "of",
     "and", "reise", "flug", "hinflug", "abreise", "abflugs", "vol", "voyage", "départ", "depart",
     "partenza", "volo", "viaggio", "salida", "vuelo", "viaje", "partida", "voo", "viagem", "di",
     "del", "la", "do", "da", *ORIGIN]
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
CRUISES: Final = ("flight", "cruise", "cruising", "requested", "req", "filed", "planned", "initial")
"""Beside one of these a level or an altitude is that of a flight: alone it may be a fare's."""
OF_LEVELS: Final = frozenset(
    [*CRUISES, "ft", "feet", "level", "altitude", "alt", "actual", "final", "max", "maximum"]
)
_KINDS_OF_LEVELS: Final = frozenset(
    ["requested", "req", "filed", "planned", "initial", "actual", "final", "max", "maximum", "rfl"]
)
_ESTIMATED: Final = frozenset(
    ["est", "estimated", "scheduled", "sched", "planned", "actual", "filed", "nearest"]
)
"""Beside the word airport, a code's or a station's, these say that it is a place after all."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the columns to use; None where there is none.

    Where there are a route and an origin and a destination, the route says by which stops a row
    goes from one to the other, and those two are taken where it says nothing. ``coords`` are
    origin's latitude and longitude and the destination's, of a table without codes. ``via`` are
    stops between origin and destination, ``path`` columns that hold one place after another,
    ``date_parts`` year, month and, if there is one, day; ``ignored`` were left out by the user.
    """

    origin: str | None = None
    dest: str | None = None
    route: str | None = None
    date: str | None = None
    flight: str | None = None
    cruise: str | None = None
    coords: tuple[str, str, str, str] | None = None
    via: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    date_parts: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def used(self) -> dict[str, str]:
        """What is read from which column, as ``stops: Via, Via_2``."""
        said = {
            "origin": self.origin, "destination": self.dest, "route": self.route,
            "positions": ", ".join(self.coords or ()), "stops": ", ".join(self.via),
            "places": ", ".join(self.path), "date": self.date or ", ".join(self.date_parts),
            "flight": self.flight, "level": self.cruise,
        }  # fmt: skip
        return {use: name for use, name in said.items() if name}


def find_columns(names: Sequence[str], asked: Columns | None = None, where: str = "") -> Columns:
    """Tell the columns by their names; those asked for are taken as they are.

    Case, spaces and punctuation do not matter: ``From``, ``DEP AIRPORT``, ``orig_iata`` and
    ``Departure airport (IATA)`` all hold origins. Columns of codes come before those of names.
    Where origin and destination are asked for, a column that may hold routes is left alone.

    Parameters
    ----------
    names : sequence of str
        Of the table.
    asked : Columns, optional
        What the user named.
    where : str
        The file, for messages.

    Raises
    ------
    RoutecheckError
        If a column asked for is not there, or the route cannot be told from the names.
    """
    asked = asked or Columns()
    ignored = tuple(_named(names, name, "ignore", where) or "" for name in asked.ignored)
    names = [name for name in names if name not in ignored]
    wanted = {use: getattr(asked, use) for use in ONE}
    chosen = {use: _named(names, name, use, where) for use, name in wanted.items()}
    both = bool(chosen["origin"] and chosen["dest"])
    if both:
        _refuse_codes(names, (chosen["origin"] or "", chosen["dest"] or ""), where)
    legs: list[Leg] = []
    coords: tuple[str, str, str, str] | None = None
    path: tuple[str, ...] = ()
    if not both:
        given = chosen["origin"] or chosen["dest"]
        found = {
            "origin": chosen["origin"] or _place(names, ORIGIN, DEST),
            "dest": chosen["dest"] or _place(names, DEST, ORIGIN),
        }
        if found["origin"] and found["dest"] and chosen["route"] not in found.values():
            chosen |= found
        if not given:
            chosen["route"] = chosen["route"] or _one_of(names, ROUTE, OF_ROUTES)
        legs = further_legs(_but(names, chosen.values()), ORIGIN, DEST)
        if not (chosen["route"] or chosen["dest"] or given):
            first = next((leg for leg in legs if leg.origin and leg.dest), None)
            if first:
                legs.remove(first)
                chosen["origin"], chosen["dest"] = first.origin, first.dest
                chosen["date"] = chosen["date"] or first.date
        if not (chosen["route"] or chosen["dest"]):
            path = () if given else tuple(path_of(names))
            coords = None if given or path else _coords(names)
            if coords is None and not path:
                raise RoutecheckError(_untold(names, found, where))
    left = _but(names, [*chosen.values(), *(coords or ()), *path])
    via = tuple(vias_of(left)) if not path else ()
    _refuse_legs(legs, chosen, where)
    if via and chosen["route"]:
        raise RoutecheckError(
            f"{_file(where)}{quoted([chosen['route'] or ''])} holds routes, and {quoted(via)} "
            f"stops: which of them counts cannot be told. Leave one out with {ignoring(via)}, or "
            f"{ignoring([chosen['route'] or ''])}"
        )
    left = _but(left, via)
    chosen["date"], parts = _date_of(left, chosen["date"])
    left = _but(left, [chosen["date"], *parts])
    chosen["cruise"] = chosen["cruise"] or _level_of(left, where)
    left = _but(left, [chosen["cruise"]])
    chosen["flight"] = chosen["flight"] or _one_of(left, FLIGHT, OF_FLIGHTS)
    return Columns(**chosen, coords=coords, via=via, path=path, date_parts=parts, ignored=ignored)


def _but(names: Sequence[str], taken: Iterable[str | None]) -> list[str]:
    """Names without some."""
    gone = set(taken)
    return [name for name in names if name not in gone]


def _date_of(names: Sequence[str], asked: str | None) -> tuple[str | None, tuple[str, ...]]:
    """The column of dates; or those of year, month and, if there is one, day."""
    if asked:
        return asked, ()
    found = _one_of(names, DATE, OF_DATES)
    if found is None or DAY.intersection(words_of(found)):
        parts = [_part_of(names, part) for part in (YEAR, MONTH)]
        day = _part_of(names, DAY)
        if all(parts):
            return None, tuple(part for part in (*parts, day) if part)
    return found, ()


def _part_of(names: Sequence[str], part: frozenset[str]) -> str | None:
    """The column of a year, month or day: ``YEAR``, ``Flight month``, ``DAY_OF_MONTH``."""
    for name in names:
        words = words_of(name)
        if part is DAY and words == ["day", "of", "month"]:
            return name
        mine = [word for word in words if word in part]
        if len(mine) == 1 and all(word in part or word in OF_DATES for word in words):
            return name
    return None


def _level_of(names: Sequence[str], where: str) -> str | None:
    """The column of cruise levels.

    Raises
    ------
    RoutecheckError
        If there are several, of which any may be meant, or they are in metres.
    """
    metric = metric_levels(names)
    if metric:
        raise RoutecheckError(
            f"{_file(where)}{quoted(metric)} holds levels in metres, which are not read: convert "
            f"them to feet, or leave the column out with {ignoring(metric)}"
        )
    found = _one_of(names, CRUISE, OF_LEVELS, CRUISES)
    several = [
        name for name in names
        if _KINDS_OF_LEVELS.intersection(words_of(name))
        and _one_of([name], CRUISE, OF_LEVELS, CRUISES)
    ]  # fmt: skip
    if found and len(several) > 1:
        raise RoutecheckError(
            f"{_file(where)}{quoted(several)} all hold levels: name the one to judge by with "
            "--cruise-col " + " or ".join(f"{shlex.quote(printable(name))}" for name in several)
        )
    return found


def _refuse_legs(legs: Sequence[Leg], chosen: dict[str, str | None], where: str) -> None:
    """Refuse a table with flights beside the first one, which would not be judged.

    Raises
    ------
    RoutecheckError
        If there are any.
    """
    if not legs:
        return
    again = next((leg for leg in legs if leg.origin and leg.dest), None)
    names = [name for leg in legs for name in leg.names]
    first = " and ".join(repr(printable(chosen[use] or "")) for use in ONE[:2] if chosen[use])
    how = ""
    if again:
        words = [f"--origin {_quoted(again.origin)}", f"--dest {_quoted(again.dest)}"]
        words += [f"--date-col {_quoted(again.date)}"] if again.date else []
        how = f", and audit the others in a run of their own: {' '.join(words)}"
    raise RoutecheckError(
        f"{_file(where)}beside {first or 'the route'}, {quoted(names)} speak of another flight, "
        f"which would not be judged: one row is one flight. Leave them out with "
        f"{ignoring(names)}{how}"
    )


def _quoted(name: str | None) -> str:
    return shlex.quote(printable(name or ""))


def _refuse_codes(names: Sequence[str], ends: Sequence[str], where: str) -> None:
    """Refuse a first row that was taken for the header, and holds codes.

    Raises
    ------
    RoutecheckError
        If the columns of origins and destinations go by known codes.
    """
    if all(_looks_like_data(name) for name in ends):
        raise RoutecheckError(
            f"{_file(where)}the first row was taken for the header, but {quoted(ends)} are codes "
            f"of places: if it is data, add --no-header; then columns go by their numbers: "
            f"--origin {names.index(ends[0]) + 1} --dest {names.index(ends[1]) + 1}"
        )


def _looks_like_data(name: str) -> bool:
    """Whether the name of a column is a code of a place, and no word for a column."""
    word = name.strip()
    if not (word.isupper() and word.isalpha() and len(word) in (3, 4)):
        return False
    known = {*ORIGIN, *DEST, *ROUTE, *DATE, *FLIGHT, *CRUISE, *LAT, *LON, *FILLERS, *YEAR, *DAY}
    return word.lower() not in known and is_code(word)


def other_dates(names: Sequence[str], columns: Columns) -> list[str]:
    """Columns that may hold the date of a flight, though their names do not say so."""
    used = {columns.route, columns.flight, columns.cruise}
    if columns.route is None:  # beside it, "from" and "to" may be days of a schedule
        used |= {columns.origin, columns.dest}
    used.update(columns.coords or ())
    used.update((*columns.via, *columns.path, *columns.date_parts, *columns.ignored))
    if columns.date_parts:
        return []
    return [
        name
        for name in names
        if name not in used
        and not OTHER_DATES.intersection(part for word in words_of(name) for part in _parted(word))
    ]


def _named(names: Sequence[str], name: str | None, use: str, where: str) -> str | None:
    if name is None or name in names:
        return name
    alike = [n for n in names if n.strip().casefold() == name.strip().casefold()]
    if len(alike) == 1:
        return alike[0]
    raise RoutecheckError(
        f"{_file(where)}there is no column {printable(name)!r} for --{use}"
        f"{'' if use in ('origin', 'dest') else '-col'}: columns are {_listed(names)}"
    )


def _place(names: Sequence[str], mine: Sequence[str], other: Sequence[str]) -> str | None:
    ranked = []
    for at, name in enumerate(names):
        words = words_of(name)
        fillers = FILLERS
        if not FILLERS.isdisjoint(words):
            fillers = FILLERS | _ESTIMATED
        core = [word for word in words if word not in fillers]
        if len(core) == 1 and core[0] in mine and core[0] not in other:
            kind = next((i for i, k in enumerate(KINDS) if k in words or not k), len(KINDS))
            if "city" in words or "name" in words:
                kind = len(KINDS)
            ranked.append((kind, mine.index(core[0]), at, name))
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
        if words is DATE and said == ["first", "seen"]:
            said = ["firstseen"]
        if words is DATE:
            if said == ["data"]:
                continue  # of the Romance languages only in "data di partenza"
            said = [part for word in said for part in _parted(word)]
        mine = [word for word in said if word in words]
        if mine and all(word in words or word in with_them for word in said):
            # "Level" or "altitude" alone may be a fare's, or a field's.
            if need and mine[0] in ("level", "altitude", "alt") and not set(need) & set(said):
                continue
            first = words.index(mine[0])
            kind = _kind_of_date(said, first, with_them) if words is DATE else 0
            ranked.append((kind, len(said), first, at, name))
    return min(ranked)[4] if ranked else None


def _kind_of_date(said: Sequence[str], first: int, with_them: frozenset[str]) -> int:
    """How surely it is that of the flight: ``travel date``, ``date``, ``day``, ``std``."""
    if first >= DATE.index("std"):
        return 3
    if DATE[first] == "day":  # which may be Monday
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
    data = [name for name in names if _looks_like_data(name)]
    headless = ""
    if len(data) > 1:
        numbers = [list(names).index(name) + 1 for name in data[:2]]
        headless = (
            f". If the first row is data, as {quoted(data[:2])} may be codes of places, add "
            f"--no-header --origin {numbers[0]} --dest {numbers[1]}"
        )
    return (
        f"{_file(where)}which columns hold the route cannot be told{so_far}: columns are "
        f"{_listed(names)}. Name them with --origin COL --dest COL, or --route-col COL for one "
        f"that holds GYD-GRV; also --date-col, --flight-col, --cruise-col{headless}"
    )


def _listed(names: Sequence[str], most: int = 30) -> str:
    text = ", ".join(repr(printable(name[:60])) for name in names[:most]) or "none"
    return text + (f" and {len(names) - most:,} more" if len(names) > most else "")


def _file(where: str) -> str:
    return f"{printable(where)}: " if where else ""
