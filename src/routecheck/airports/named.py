"""A name to one airport, with a note where it may have meant another, or an error."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from routecheck.airports import dated
from routecheck.airports.cities import cities
from routecheck.airports.countries import country_by_name
from routecheck.airports.known_as import KnownAs, known_as
from routecheck.airports.match import (
    Place,
    clear_one,
    largest_of,
    one_town,
    places_called,
    steps,
)
from routecheck.airports.names import fold, is_generic
from routecheck.airports.regions import qualified, state_called
from routecheck.airports.table import Row, table
from routecheck.airports.text import SHOWN, looks_like_code, shown
from routecheck.airports.world import Size, airports_around, apart_km, size_of
from routecheck.errors import PlaceError

if TYPE_CHECKING:
    from routecheck.airports.regions import Within

__all__ = ["Taken", "by_name", "clash"]

PLAINLY: Final = 6.0
"""A place so many times as likely as the next is meant: Portland, Oregon (10 times that in Maine),
not one of the two Birminghams (5 times)."""

DOUBTFUL: Final = (0.1, 0.025)
"""A namesake of this share makes a guess of the answer, without and with an airport of its own:
London, Ontario has 5% of the people of London."""

SERVED_KM: Final = 50.0
"""A town without an airport of its own is taken as one up to here."""

FAR_KM: Final = 100.0
"""A place this far from what a code stands for is another place."""

CITY: Final = 100_000
"""People from which a town contests a code in small letters, if it has no airport with a code."""

SEARCH_KM: Final = (150.0, 500.0, 1500.0)
"""How far an error looks for airports of a town, in steps, until it has found some."""

FEW: Final = 3
"""Airports that such an error names at least."""

LARGE: Final = Size(3, served=True)

_KNOWN_FATES: Final = ("moved", "renamed", "new", "occupied")

_NAMESAKES = 3  # how many other places a note names


class Taken(NamedTuple):
    """What a word was taken for; ``guess``: it may well have meant another place."""

    row: Row
    note: str | None = None
    guess: bool = False


_CODE_AIRPORT = re.compile(r"([A-Z]{3})\s+(?:[Aa]irport|AIRPORT|[Ii]ntl\.?|[Ii]nternational)+")
"""A code before the word airport: ``JFK Airport``."""


def clash(text: str, row: Row) -> str | None:
    """Refuse a code in small letters that is also the name of a place elsewhere.

    Where it is the name of the code's own place as well, or the other place is a small town, a note
    on the others is returned.

    Parameters
    ----------
    text : str
        The word, of three or four letters that are not all capitals.
    row : Row
        What it is the code of.

    Raises
    ------
    PlaceError
        With the place of that name and the code as candidates.
    """
    found = places_called(fold(text))
    titled = text[:1].isupper() and text[1:].islower()
    places = [place for place in found if place.known or (titled and place.is_large)]
    others = [place for place in places if not place.near(row.lat, row.lon, FAR_KM)]
    if not others:
        return None
    weighty = [place for place in others if _contests(place, text, row)]
    if len(others) < len(places) or not weighty:  # Una is UNA; ath is Athens, not Ath in Belgium
        taken = f"{shown(text)} was taken as the code {text.upper()}"
        return f"{taken}; other places of that name: {_listed(others)}"
    msg = (
        f'"{shown(text)}" is ambiguous: {text.upper()} is the code of {row.where}, and '
        f"{_listed(others)} is called so. Codes in capitals are codes. Type one of:"
    )
    raise PlaceError(msg, [*(_lines(place)[0] for place in others[: SHOWN - 1]), row.line])


def seldom_meant(text: str, row: Row) -> bool:
    """Whether small letters are hardly typed for a code: ``one``, ``sky`` and ``food`` are some.

    So are those of all airports without scheduled flights. A large airport, a city's main airport,
    a code that changed and the name of the town itself are meant, whatever a list says of flights.
    """
    size = size_of(row.iata)
    if size.served or size.kind == LARGE.kind or row.called(fold(text)):
        return False
    told = any(fate.what in _KNOWN_FATES for fate in dated.fates(text.upper()))
    return not told and all(city.main != row.iata for city in cities().values())


def _contests(place: Place, text: str, row: Row) -> bool:
    """Whether a place is likely enough to be meant by its name, where that is the code of a row.

    Small letters all through are how codes are typed in haste, one capital is how names are.
    """
    people = place.town.people if place.town is not None else 0
    large = size_of(row.iata) == LARGE
    return place.coded or not text.islower() or (people >= CITY and not large)


def by_name(text: str) -> Taken:
    """Take a name for one airport.

    Parameters
    ----------
    text : str
        A word that `routecheck.airports.text.cleaned` let through, and that is no known code.

    Raises
    ------
    PlaceError
        If no place goes by it, more than one may be meant, or it has no airport.
    """
    name, within = qualified(text)
    folded = fold(name)
    if is_generic(folded):
        raise _unknown(text)
    special = None if within else known_as(folded)
    if special is not None:
        return _known_as(text, special)
    coded = _CODE_AIRPORT.fullmatch(text)
    row = table().iata(coded[1]) if coded else None
    if row is not None:
        return Taken(row, None)
    places = places_called(folded, within)
    if looks_like_code(text):
        towns = [place for place in places if place.listed or _a_city(place, folded)]
        if places and not towns and places[0].known and places[0].town:
            raise _no_airport(text, places[0])
        places = towns
    taken = None if within else _of_country(text, folded, places)
    if taken is not None:
        return taken
    if not within and not any(place.town or place.listed for place in places):
        state = state_called(folded)
        if state:
            raise PlaceError(
                f'"{shown(text)}" is a state or province ({state}): type one of its airports, or '
                f'search with: routecheck places "{shown(text)}"'
            )
    if places:
        return _one_of(text, places, narrowed=bool(within))
    if not looks_like_code(text):
        taken = _by_part(text, folded, within)
        if taken is not None:
            return taken
    raise _uncoded(text, folded) or _unknown(text)


def _known_as(text: str, place: KnownAs) -> Taken:
    """The airport of an island, a region, or one that goes by a name of its own.

    Raises
    ------
    PlaceError
        If it has several, and none is plainly meant.
    """
    rows = [row for row in map(table().iata, place.airports) if row is not None]
    if place.plain and rows:
        also = ", ".join(row.typed for row in rows[1:])
        note = f"{shown(text)} was taken as {rows[0].typed}, {rows[0].name}"
        return Taken(rows[0], note + (f" (also {also})" if also else ""), guess=bool(also))
    msg = f'"{shown(text)}" has {len(rows)} airports, and none is plainly meant. Type one of:'
    raise PlaceError(msg, [row.line for row in rows[:SHOWN]])


def _a_city(place: Place, folded: str) -> bool:
    """Whether three or four capitals may be taken for a place: they are likelier an unknown code.

    Three are taken for a town that airlines serve, four for a town with an airport, or a place
    that airlines serve.
    """
    town = place.town is not None and not place.town.other_name
    served = any(size_of(r.iata).served and folded in r.city_keys for r in place.rows)
    if len(folded) == 3:
        return town and place.known and served
    return served or (town and place.coded)


def _one_of(text: str, places: list[Place], *, narrowed: bool) -> Taken:
    """The likeliest place, if it is plainly meant."""
    first, *others = places
    close = bool(others) and not first.listed and first.weight < PLAINLY * others[0].weight
    if close and (not first.coded or any(place.coded for place in others)):
        raise _ambiguous_places(text, places)
    if first.town is not None and first.town.other_name and not first.called:
        namesakes = [row for row in _served_called(text) if not first.near(row.lat, row.lon)]
        if namesakes:
            raise _ambiguous(text, [*first.rows, *namesakes])
    elif first.town is None and not first.coded and first.city is None and not narrowed:
        raise _uncoded(text, fold(text)) or _unknown(text)
    others = [place for place in others if place.known]
    row, notes, guess = _airport_of(text, first)
    guess = guess or close
    km = apart_km((first.lat, first.lon), (row.lat, row.lon))
    if km > SERVED_KM and not notes:
        notes = [f"{shown(text)} was taken as {first.where}, {row.typed}, {km:.0f} km away"]
    if looks_like_code(text) and not notes:
        notes = [f"{shown(text)} is no code; it was taken as the city {first.where}, {row.typed}"]
    if others:
        if not notes:
            notes.append(f"{shown(text)} was taken as {first.where}")
        notes.append(f"other places of that name: {_listed(others)}")
        guess = guess or any(
            place.weight >= DOUBTFUL[place.coded] * first.weight for place in others
        )
    elif not narrowed and first.town is None and first.city is None and _is_minor(row, text):
        notes = notes or [f"{shown(text)} was taken as {row.name}, {row.where}"]
        guess = True
    return Taken(row, "; ".join(notes) or None, guess)


def _served_called(text: str) -> list[Row]:
    """Airports with scheduled service of whose name a word is a part."""
    words = table().containing(fold(text))
    return [row for row in words if row.iata and size_of(row.iata).served]


def _is_minor(row: Row, text: str) -> bool:
    """Whether a place is known by the name of its airport alone, and that is not a large one."""
    return row.iata is None or (fold(text) not in row.city_keys and size_of(row.iata) != LARGE)


def _airport_of(text: str, place: Place) -> tuple[Row, list[str], bool]:
    """The airport of a place, what is to be said of the choice, and whether it is a guess."""
    taken = f"{shown(text)} was taken as {place.where}"
    if place.city is not None and place.rows:
        main, *rest = place.rows
        others = ", ".join(each.typed for each in rest)
        if rest:
            return main, [f"{taken}, main airport {main.typed} (also {others})"], False
        return main, [] if place.called else [taken], False
    if place.rows:
        rows = [row for row in place.rows if row.iata] or place.rows
        row = clear_one(rows)
        if row is None:
            raise _ambiguous(text, rows)
        also = [each.typed for each in rows if each is not row]
        note = f"{shown(text)} was taken as the main airport of {row.where}, {row.typed}"
        if also:
            return row, [f"{note} (also {', '.join(also)})"], False
        folded = fold(qualified(text)[0])
        called = place.town is None or not place.town.other_name or row.called(folded)
        return row, [] if called else [taken], False
    part = _by_part(text, fold(qualified(text)[0]), (), place)
    if part is not None:
        return part.row, [part.note or ""], True
    near = _served_near(place)
    if not near:
        raise _no_airport(text, place)
    km, row = near[0]
    note = f"no airport is known by the name of {place.where}; {shown(text)} was taken as the "
    note += f"nearest with scheduled service, {row.typed} ({row.name}), {km:.0f} km away"
    return row, [note], True


def _served_near(place: Place) -> list[tuple[float, Row]]:
    """Airports that a town without one of its own may be taken as: km and row."""
    near = airports_around(place.lat, place.lon, SERVED_KM)
    return [(km, row) for km, row in near if row.country == place.country]


def _by_part(
    text: str, folded: str, within: tuple[Within, ...], beside: Place | None = None
) -> Taken | None:
    """The airport that a part of a name means.

    Parameters
    ----------
    text, folded : str
        The word.
    within : tuple of Within
        Where it has to be.
    beside : Place, optional
        A town of the name: an airport near it is meant (Luton), and a large one far away may be
        (Kennedy, which is a part of Bogotá), others are not.
    """
    for found in steps(folded):
        rows = [r for r in found if all(w.allows(r.country, r.subd) for w in within)]
        if beside is not None:
            near = [row for row in rows if beside.near(row.lat, row.lon)]
            rows = near or [row for row in rows if size_of(row.iata) == LARGE]
            if rows and not near:
                raise _ambiguous(text, [*rows, *(row for _, row in _served_near(beside)[:1])])
        if not rows:
            continue
        row = clear_one(rows) if one_town(rows) else None
        if row is None:
            raise _ambiguous(text, rows)
        note = f"{shown(text)} was taken as {row.name}, {row.where}"
        rest = ", ".join(each.typed for each in rows if each is not row)
        if rest:
            note = f"{shown(text)} was taken as the main airport of {row.where}, {row.typed}"
            note += f" (also {rest})"
        return Taken(row, note, guess=True)
    return None


def _of_country(text: str, folded: str, places: list[Place]) -> Taken | None:
    """The airport that bears the name of a country, if there is one in it, and none is larger.

    Raises
    ------
    PlaceError
        If the country has no such airport and no place of its name.
    """
    country = country_by_name(folded)
    if country is None or any(p.listed or p.country == country.code for p in places):
        return None
    rows = largest_of(country.code, [row for rows in steps(folded) for row in rows])
    if len(rows) == 1:
        return Taken(rows[0], f"{shown(text)} was taken as {rows[0].name}, {rows[0].where}", True)
    msg = f'"{shown(text)}" is a country, {country.code}: type one of its cities or airports'
    msg += ". Places elsewhere that go by the name:" if places else ""
    raise PlaceError(msg, [_lines(place)[0] for place in places[:SHOWN]])


def _listed(places: list[Place]) -> str:
    """Places for a sentence, the likeliest first."""
    named = []
    for place in places[:_NAMESAKES]:
        codes = [row.typed for row in place.rows]
        region = f"{place.region}, " if place.region else ""
        what = codes[0] if codes else place.name
        named.append(f"{what} in {region if not codes else ''}{place.country}")
    more = f" and {len(places) - _NAMESAKES} more" if len(places) > _NAMESAKES else ""
    return ", ".join(named) + more


def _lines(place: Place) -> list[str]:
    """What to type for a place: its airports, those next to it, or where it is."""
    rows = [row for row in place.rows if row.iata] or place.rows
    if rows:
        best = clear_one(rows)
        return [row.line for row in sorted(rows, key=lambda row: row is not best)]
    near = airports_around(place.lat, place.lon, SEARCH_KM[0])
    if near:
        km, row = min(near, key=lambda pair: (pair[1].country != place.country, pair[0]))
        return [f"{row.line} ({km:.0f} km from {place.where})"]
    return [f"{place.lat:g},{place.lon:g}  {place.where}, no airport near"]


def _ambiguous_places(text: str, places: list[Place]) -> PlaceError:
    more = f", of which {SHOWN} are listed" if len(places) > SHOWN else ""
    msg = (
        f'"{shown(text)}" is ambiguous: {len(places)} places go by it, and none is plainly '
        f"meant{more}. Add a country, as in City, CC, or type the code of one:"
    )
    lines = [_lines(place) for place in places]
    first = [each[0] for each in lines][:SHOWN]
    rest = [line for each in lines for line in each[1:]]
    return PlaceError(msg, list(dict.fromkeys(first + rest))[:SHOWN])


def _ambiguous(text: str, rows: list[Row]) -> PlaceError:
    where = "in one town" if one_town(rows) else "and none is plainly meant"
    more = f", of which {SHOWN} are listed" if len(rows) > SHOWN else ""
    msg = (
        f'"{shown(text)}" is ambiguous: {len(rows)} airports match, {where}{more}. '
        "Type the code of one:"
    )
    likely = sorted(rows, key=lambda row: (-size_of(row.iata).served, -size_of(row.iata).kind))
    return PlaceError(msg, [row.line for row in likely[:SHOWN]])


def _no_airport(text: str, place: Place) -> PlaceError:
    near: tuple[tuple[float, Row], ...] = ()
    for km in SEARCH_KM:
        if len(near) < FEW:
            near = airports_around(place.lat, place.lon, km)
    msg = f'no airport is known by the name of "{shown(text)}", {place.where}'
    if not _served_near(place):
        msg += f", and none with scheduled service is within {SERVED_KM:.0f} km in its country"
    msg += f". Type the code of another, or {place.lat:g},{place.lon:g} for the town itself:"
    return PlaceError(msg, [f"{row.line} ({km:.0f} km away)" for km, row in near[:SHOWN]])


def _uncoded(text: str, folded: str) -> PlaceError | None:
    """Ask whether a field without codes is meant, if its name was typed."""
    rows = [row for row in table().called(folded) if row.iata is None]
    if not rows or looks_like_code(text):
        return None
    rows.sort(key=lambda row: row.icao is None)
    msg = (
        f'"{shown(text)}" is only the name of {"fields" if len(rows) > 1 else "a field"} that few '
        "people know, which is not taken for a place. If one is meant, type what stands before it:"
    )
    return PlaceError(msg, [row.line for row in rows[:SHOWN]])


def _unknown(text: str) -> PlaceError:
    code = dated.code_of(text)
    told = dated.refusal(code) if code else None
    if told is not None:
        return PlaceError(told, [row.line for row in dated.successors(code)])
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
