"""Which columns of a table hold the route, its date, its flight and its level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

from routecheck.errors import RoutecheckError
from routecheck.zones.problems import printable

__all__ = ["Columns", "find_columns", "other_dates"]

ORIGIN: Final = (
    "origin", "orig", "from", "departure", "dep", "depart", "departing", "board", "boarding",
    "adep", "abflughafen", "abflug", "source", "src", "start", "ab", "von", "desde", "de",
)  # fmt: skip
DEST: Final = (
    "destination", "dest", "dst", "to", "arrival", "arr", "arrive", "arriving", "off", "alighting",
    "ades", "zielflughafen", "ziel", "target", "end", "an", "nach", "hasta", "vers",
)  # fmt: skip
ROUTE: Final = ("routing", "itinerary", "route", "sectors", "sector", "od", "pair")
DATE: Final = ("date", "datetime", "day", "datum", "fecha", "data", "std", "etd")
OF_ROUTES: Final = frozenset(["flight", "city", "code"])
FLIGHT: Final = ("flight", "flt", "flightno", "flightnumber")
CRUISE: Final = ("cruise", "fl", "level", "altitude")
LAT: Final = ("lat", "latitude", "y")
LON: Final = ("lon", "lng", "long", "longitude", "x")

KINDS: Final = ("iata", "icao", "code", "airport", "")
"""Of several columns that name a place, the one with codes is taken: a code has one meaning."""

FILLERS: Final = frozenset(
    ["airport", "airports", "apt", "city", "code", "iata", "icao", "name", "of", "place", "point",
     "station", "the"]
)  # fmt: skip
OF_DATES: Final = frozenset(
    ["flight", "travel", "trip", "utc", "local", "scheduled", "sched", "outbound", "time", "of",
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
     "timestamp", "export", "exported", "hired", "passport"]
)  # fmt: skip
"""Words in names of columns whose dates are not those of a flight."""
OF_FLIGHTS: Final = frozenset(["no", "nr", "number", "num", "id", "code", "designator"])
OF_LEVELS: Final = frozenset(["flight", "cruise", "cruising", "ft", "planned", "level", "altitude"])


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the columns to use; None where there is none.

    Where there are a route and an origin and a destination, the route says by which stops a row
    goes from one to the other, and those two are taken where it says nothing. ``coords`` are
    origin's latitude and longitude and the destination's, of a table without codes.
    """

    origin: str | None = None
    dest: str | None = None
    route: str | None = None
    date: str | None = None
    flight: str | None = None
    cruise: str | None = None
    coords: tuple[str, str, str, str] | None = None


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
    wanted = {f.name: getattr(asked, f.name) for f in fields(asked) if f.name != "coords"}
    chosen = {use: _named(names, name, use, where) for use, name in wanted.items()}
    both = chosen["origin"] and chosen["dest"]
    coords = None
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
        if not (chosen["route"] or chosen["dest"]):
            coords = None if given else _coords(names)
            if coords is None:
                raise RoutecheckError(_untold(names, found, where))
    taken = {name for name in (*chosen.values(), *(coords or ())) if name}
    left = [name for name in names if name not in taken]
    chosen["date"] = chosen["date"] or _one_of(left, DATE, OF_DATES)
    chosen["cruise"] = chosen["cruise"] or _one_of(left, CRUISE, OF_LEVELS, ("flight", "cruise"))
    left = [name for name in left if name != chosen["cruise"]]
    chosen["flight"] = chosen["flight"] or _one_of(left, FLIGHT, OF_FLIGHTS)
    return Columns(**chosen, coords=coords)


def _words(name: str) -> list[str]:
    """Its words in lower case: of ``DepAirport (IATA)`` dep, airport, iata."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return re.findall(r"[^\W\d_]+|\d+", parted.lower())


def other_dates(names: Sequence[str], columns: Columns) -> list[str]:
    """Columns that may hold the date of a flight, though their names do not say so."""
    used = {columns.route, columns.flight, columns.cruise}
    if columns.route is None:  # beside it, "from" and "to" may be days of a schedule
        used |= {columns.origin, columns.dest}
    used.update(columns.coords or ())
    return [
        name
        for name in names
        if name not in used
        and not OTHER_DATES.intersection(part for word in _words(name) for part in _parted(word))
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
        words = _words(name)
        core = [word for word in words if word not in FILLERS]
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
        said = _words(name)
        if words is DATE:
            if said == ["data"]:
                continue  # of the Romance languages only in "data di partenza"
            said = [part for word in said for part in _parted(word)]
        mine = [word for word in said if word in words]
        if mine and all(word in words or word in with_them for word in said):
            # "Level" or "altitude" alone may be a fare's, or a field's.
            if need and mine[0] in ("level", "altitude") and not set(need) & set(said):
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
            said = [word for word in _words(name) if word not in FILLERS and word != "deg"]
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
        f"{_file(where)}which columns hold the route cannot be told{so_far}: columns are "
        f"{_listed(names)}. Name them with --origin COL --dest COL, or --route-col COL for one "
        "that holds GYD-GRV; also --date-col, --flight-col, --cruise-col"
    )


def _listed(names: Sequence[str], most: int = 30) -> str:
    text = ", ".join(repr(printable(name[:60])) for name in names[:most]) or "none"
    return text + (f" and {len(names) - most:,} more" if len(names) > most else "")


def _file(where: str) -> str:
    return f"{printable(where)}: " if where else ""
