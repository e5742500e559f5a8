"""A word to one place, or an error that says what to type instead."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from routecheck.airports import dated
from routecheck.airports.cities import City, cities, city_called
from routecheck.airports.match import SHOWN, clear_one, one_town, steps
from routecheck.airports.names import bare, fold, is_generic
from routecheck.airports.table import Row, table
from routecheck.airports.text import cleaned, position, shown
from routecheck.errors import PlaceError

if TYPE_CHECKING:
    from routecheck.airports.model import Airport

__all__ = ["resolve"]

_NAMESAKES = 3  # how many other places a note names
_PREFIXED = re.compile(r"(iata|icao)\s*:\s*([a-z]+)", re.ASCII | re.IGNORECASE)
_IN_COUNTRY = re.compile(r"(.*\S)\s*,\s*([a-z]{2})", re.ASCII | re.IGNORECASE)


def resolve(word: str, on: date | None = None) -> Airport:
    """Take a word for one place.

    Tried in this order: IATA airport code, IATA city code, ICAO code, ``lat,lon``, name of a city
    or an airport. Case, accents and surrounding spaces do not matter. ``icao:LIMA`` and
    ``iata:HUE`` insist on a code, ``London, CA`` on a country. Local identifiers of national
    authorities are never places.

    Parameters
    ----------
    word : str
        What was typed, e.g. ``"GYD"``, ``"BAK"``, ``"UBBB"``, ``"40.47,50.05"``, ``"baku"``.
    on : date, optional
        Day of the flight: codes that moved are read as on that day; else as they stand today.

    Returns
    -------
    Airport
        With a ``note`` where the word could have meant something else.

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
    row, note = _found(text, dated.era(text, on))
    return row.airport(word, note)


@lru_cache(maxsize=4096)
def _found(text: str, on: date | None) -> tuple[Row, str | None]:
    prefixed = _PREFIXED.fullmatch(text)
    if prefixed:
        return _insisted(prefixed[1].lower(), prefixed[2].upper(), on)
    if text.isascii() and text.isalpha():
        found = _by_code(text.upper(), on)
        if found:
            return found
        if text.isupper():
            _refuse(text)
    return _by_name(text)


def is_code(word: str) -> bool:
    """Whether a word is an IATA, city or ICAO code that is known, in whatever case."""
    code = word.strip().upper()
    if len(code) not in {3, 4} or not (code.isascii() and code.isalpha()):
        return False
    known = table().iata(code) if len(code) == 3 else table().icao(code)
    return known is not None or code in cities() or bool(dated.fates(code))


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


def _by_name(text: str) -> tuple[Row, str | None]:
    name, country = text, None
    qualified = _IN_COUNTRY.fullmatch(text)
    if qualified:
        name, country = qualified[1], qualified[2].upper()
    folded = fold(name)
    city = city_called(folded) or city_called(bare(folded))
    main = table().iata(city.main) if city and country in {None, city.country} else None
    if city and main:
        return main, _city_note(text, city, bare(folded), country)
    if is_generic(folded):
        raise _unknown(text)
    for rows in steps(folded, country):
        row = clear_one(rows)
        if row is None:
            raise _ambiguous(text, rows)
        others = ", ".join(r.typed for r in rows if r is not row)
        if others:
            note = f"{shown(text)} was taken as the international airport of {row.where}"
            return row, f"{note}, {row.typed} (also {others})"
        partly = f"{shown(text)} was taken as {row.name}, {row.where}"
        return row, None if row.called(folded) or row.called(bare(folded)) else partly
    raise _unknown(text)


def _city_note(text: str, city: City, name: str, country: str | None) -> str | None:
    notes = []
    if len(city.airports) > 1:
        also = city.others(city.main)
        notes.append(
            f"{shown(text)} was taken as {city.name} ({city.country}), "
            f"main airport {city.main} (also {also})"
        )
    others = [] if country else [r for r in table().called(name) if r.iata and name in r.city_keys]
    elsewhere = [r for r in others if r.country != city.country and r.iata not in city.airports]
    if elsewhere:
        if not notes:
            notes.append(f"{shown(text)} was taken as {city.name} ({city.country})")
        ways = [f"{r.iata} in {r.country}" for r in elsewhere[:_NAMESAKES]]
        notes.append(f"other places of that name: {', '.join(ways)}")
    return "; ".join(notes) or None


def _ambiguous(text: str, rows: list[Row]) -> PlaceError:
    where = "in one town" if one_town(rows) else "and none is plainly meant"
    more = f", of which {SHOWN} are listed" if len(rows) > SHOWN else ""
    msg = (
        f'"{shown(text)}" is ambiguous: {len(rows)} airports match, {where}{more}. '
        "Type the code of one:"
    )
    likely = sorted(rows, key=lambda row: "international" not in fold(row.name).split())
    return PlaceError(msg, [row.line for row in likely[:SHOWN]])


def _unknown(text: str) -> PlaceError:
    told = dated.refusal(dated.code_of(text))
    if told is not None:
        return PlaceError(told, [row.line for row in dated.successors(dated.code_of(text))])
    msg = f'no airport, city or code "{shown(text)}" was found'
    if table().is_local(text.upper()):
        msg += " (it is a local identifier, which may clash with IATA codes and is not used)"
    elif not fold(text):
        msg += " (names are matched in Latin letters)"
    msg += ". Give an IATA or ICAO code, or lat,lon"
    if fold(text):
        msg += f', or search with: routecheck places "{shown(text)}"'
    return PlaceError(msg, search=partial(_similar, text))


def _similar(text: str) -> list[str]:
    from routecheck.airports.search import similar  # noqa: PLC0415  (difflib, only needed here)

    return [row.line for row in similar(text, SHOWN)]
