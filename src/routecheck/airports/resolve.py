"""A word to one place, or an error that says what to type instead."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from routecheck.airports import dated
from routecheck.airports.cities import City, cities, city_called
from routecheck.airports.table import Row, table
from routecheck.airports.text import SHOWN, cleaned, looks_like_code, position, shown
from routecheck.errors import PlaceError

if TYPE_CHECKING:
    from routecheck.airports.model import Airport

__all__ = ["found", "is_code", "resolve"]


class Named(NamedTuple):
    """What a word was taken for; ``guess``: it may well have meant another place."""

    row: Row
    note: str | None = None
    guess: bool = False


_NAMESAKES = 3  # how many other places a note names
_PREFIXED = re.compile(r"(iata|icao)\s*:\s*([a-z]+)", re.ASCII | re.IGNORECASE)


def resolve(word: str, on: date | None = None) -> Airport:
    """Take a word for one place.

    Tried in this order:

    1. a position, ``lat,lon``;
    2. ``iata:HUE`` or ``icao:LIMA``, which insist on a code;
    3. a code: IATA airport, IATA city, ICAO. Three or four capitals that are no code are the city
       of exactly that name that has an airport (``BAKU``), with a note, or an error. Other writing
       (``Lar``) of three or four letters that is a code and the name of another place is an error;
       that of an airport which no airline serves (``sky``) is a guess, with a note;
    4. the name of a town or an airport, exactly: the place that is far larger than all others of
       that name, with a note that names them, or an error that lists them. ``London, CA``,
       ``London (Canada)`` and ``Portland, ME`` narrow it. A town without an airport of its own
       is taken as the nearest one with scheduled service in the same country up to 50 km away,
       with a note; else an error names the nearest;
    5. words from the name of one airport with an IATA code (``Heathrow``), with a note, if they are
       no town.

    Accents and surrounding spaces do not matter. A field without an IATA or ICAO code is never
    taken for a name: the error says its position. Local identifiers of national authorities are
    never places.

    Parameters
    ----------
    word : str
        What was typed, e.g. ``"GYD"``, ``"BAK"``, ``"UBBB"``, ``"40.47,50.05"``, ``"baku"``.
    on : date, optional
        Day of the flight: codes that moved are read as on that day; else as they stand today.

    Returns
    -------
    Airport
        With a ``note`` where the word could have meant something else, and marked as a ``guess``
        where that is likely enough to be looked at.

    Raises
    ------
    PlaceError
        If nothing, or more than one place, goes by that word; the error lists candidates.

    Examples
    --------
    >>> resolve("bak").iata
    'GYD'
    >>> resolve("UBBB").name
    'Heydar Aliyev International Airport'
    """
    text = cleaned(word)
    place = position(text, word)
    if place is not None:
        return place
    row, note, guess = found(text, dated.era(text, on))
    place = row.airport(word, note)
    return replace(place, guess=True) if guess else place


@lru_cache(maxsize=4096)
def found(text: str, on: date | None = None) -> Named:
    """What a word without odd characters, and no position, was taken for."""
    prefixed = _PREFIXED.fullmatch(text)
    if prefixed:
        return Named(*_insisted(prefixed[1].lower(), prefixed[2].upper(), on))
    if text.isascii() and text.isalpha():
        coded = _by_code(text.upper(), on)
        if coded:
            return Named(*coded) if looks_like_code(text) else _in_small_letters(text, *coded)
        if text.isupper():
            _refuse(text)
    from routecheck.airports.named import by_name  # noqa: PLC0415 - codes do without

    return Named(*by_name(text))


def is_code(word: str) -> bool:
    """Whether a word is an IATA, city or ICAO code that is known, in whatever case."""
    code = word.strip().upper()
    if len(code) not in {3, 4} or not (code.isascii() and code.isalpha()):
        return False
    known = table().iata(code) if len(code) == 3 else table().icao(code)
    return known is not None or code in cities() or bool(dated.fates(code))


def _in_small_letters(text: str, row: Row, said: str | None) -> Named:
    """A code that is not all capitals: it may be the name of a place, or a word like any other."""
    from routecheck.airports.named import clash, seldom_meant  # noqa: PLC0415 - codes do without

    also, guess = clash(text, row), seldom_meant(text, row)
    if guess and not also:
        where = f", {row.where}" if row.city else f" ({row.country})"
        also = f"{shown(text)} was taken as the code {text.upper()}, {row.name}{where}"
        also += "; codes are written in capitals"
    return Named(row, "; ".join(filter(None, (said, also))) or None, guess)


def _refuse(code: str) -> None:
    """Refuse a code that is known to be no airport."""
    told = dated.refusal(code)
    if told is not None:
        raise PlaceError(told, [row.line for row in dated.successors(code)])


def _insisted(kind: str, code: str, on: date | None) -> tuple[Row, str | None]:
    length = 3 if kind == "iata" else 4
    row, note = dated.read(code, on) if on and len(code) == length else (None, None)
    row = row or (table().iata(code) if kind == "iata" else table().icao(code))
    if row is None and len(code) == length:
        _refuse(code)
    if row is None:
        msg = (
            f'no airport has the {kind.upper()} code "{shown(code)}": check the code, or try a name'
        )
        raise PlaceError(msg)
    return row, note


def _by_code(code: str, on: date | None) -> tuple[Row, str | None] | None:
    place, said = dated.read(code, on or datetime.now(UTC).date())
    if place is not None:
        warning = _warning(code, place, f"code of {place.where}")
        return place, "; ".join(filter(None, [said, warning])) or None
    if len(code) == 3:
        row = table().iata(code)
        city = cities().get(code)
        if row:
            notes = [said, _covers(city, code), _warning(code, row, f"IATA code of {row.where}")]
            return row, "; ".join(filter(None, notes)) or None
        main = table().iata(city.main) if city else None
        if city and main:
            also = city.others(city.main)
            note = f"{code} is the city code of {city.name}; its main airport {city.main} was taken"
            note += f" (also {also})" if also else ""
            warning = _warning(code, main, f"city code of {city.name} ({city.country})")
            return main, "; ".join(filter(None, [note, warning]))
    row = table().icao(code) if len(code) == 4 else None
    if row is None:
        return None
    others = _namesakes(code, row, coded=False)
    if others and (row.iata is None or any(other.iata for other in others)):
        msg = (
            f'"{code}" is ambiguous: the ICAO code of {row.name} in {row.where}, '
            f"and a name of {_places(code, row, others)}. Type one of:"
        )
        mine = f"icao:{code}  " + row.line.partition("  ")[2]
        raise PlaceError(msg, [*(other.line for other in others[: SHOWN - 1]), mine])
    warning = _warning(code, row, f"ICAO code of {row.where}", coded=False)
    return row, "; ".join(filter(None, [said, warning])) or None


def _covers(city: City | None, code: str) -> str | None:
    if city is None or len(city.airports) == 1:
        return None
    return f"{code} also covers {city.name}'s {city.others(code)}; taken as the airport {code}"


def _namesakes(code: str, row: Row, *, coded: bool) -> list[Row]:
    """Return other places that a code is the name of, the likeliest first.

    Parameters
    ----------
    code : str
        The word, in capitals.
    row : Row
        What the code was taken for.
    coded : bool
        Leave out landing strips that have neither an IATA nor an ICAO code.
    """
    name = code.lower()
    found = [r for r in table().called(name) if r is not row and (not coded or r.iata or r.icao)]
    if row.called(name):  # Ufa's other airport is no other Ufa
        found = [r for r in found if (r.subd, r.country) != (row.subd, row.country)]
    found.sort(key=lambda r: (r.iata is None, name not in r.city_keys, r.icao is None))
    city = city_called(name)
    main = table().iata(city.main) if city else None
    if city and main and row.iata not in city.airports:
        found = [main, *(r for r in found if r is not main)]
    return found


def _places(code: str, row: Row, others: list[Row]) -> str:
    places = list(dict.fromkeys(r.as_called(code.lower(), row) for r in others))
    more = f" and {len(places) - _NAMESAKES} more" if len(places) > _NAMESAKES else ""
    return "; ".join(places[:_NAMESAKES]) + more


def _warning(code: str, row: Row, taken: str, *, coded: bool = True) -> str | None:
    others = _namesakes(code, row, coded=coded)
    if not others:
        return None
    name = code.lower()
    ways = [f"for {r.as_called(name, row)} type {r.typed}" for r in others[:_NAMESAKES]]
    return f"{code} was taken as the {taken}, which is also a name: " + ", ".join(ways)
