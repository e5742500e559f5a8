"""From words to a route."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from routecheck.airports import resolve
from routecheck.airports.blanks import is_placeholder
from routecheck.airports.cells import is_known_code
from routecheck.airports.model import Airport
from routecheck.airports.names import fold
from routecheck.airports.text import shown
from routecheck.errors import PlaceError, RouteError
from routecheck.geometry.legs import Legs
from routecheck.routes.model import Route
from routecheck.routes.words import is_joint, read_end, read_stops, split_codes

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "MAX_PLACES", "build_route", "check_apart", "check_certain", "end_of", "join", "split_codes",
    "stops_of",
]  # fmt: skip

MAX_PLACES: Final = 100

SAME_PLACE_KM: Final = 0.001
"""1 m: a pole, or 180° and -180°, can be written in many ways."""


def _visible(word: str) -> str:
    """A word without the marks that turn or hide text, so that records show what was read."""
    return "".join(char for char in word if unicodedata.category(char) != "Cf")


def _position(place: Any) -> Airport:
    """A (lat, lon) pair of numbers of any kind."""
    try:
        lat, lon = (float(number) for number in place)
    except (TypeError, ValueError, OverflowError):
        raise RouteError(
            f"{place!r} is no place: give a code or name as text, an Airport, or a (lat, lon) pair"
        ) from None
    return resolve(f"{lat!r},{lon!r}")


def build_route(
    places: Sequence[str | Airport | tuple[float, float]],
    on: date | None = None,
    *,
    strict: bool = False,
) -> Route:
    """Make a route of words, airports or (lat, lon) pairs in degrees.

    Parameters
    ----------
    places : sequence of str, Airport or (lat, lon)
    on : date, optional
        Day of the flight, by which codes that moved are read; today by default.
    strict : bool
        Whether a word that may mean another place too is an error.

    Raises
    ------
    PlaceError
        If a word is unknown or ambiguous.
    RouteError
        If there are fewer than two places, or two in a row are the same point.
    """
    if not isinstance(places, Sequence):
        raise RouteError(f"places are {places!r}: give two or more, e.g. ['BAK', 'GRV']")
    given = [place for i, place in enumerate(places) if not (0 < i < len(places) - 1)
             or not is_joint(place)]  # fmt: skip
    stops = [stop for place in given for stop in stops_of(place, on, alone=len(given) == 1)]
    if strict:
        for stop in stops:
            check_certain(stop)
    route = join(stops)
    check_apart(route, Legs.between(route.ends).length_km.tolist())
    return route


def stops_of(
    place: str | Airport | tuple[float, float], on: date | None = None, *, alone: bool = False
) -> list[Airport]:
    """The places that one word, airport or (lat, lon) pair names: several for ``LHR-DOH-DEL``.

    Parameters
    ----------
    place : str, Airport or (lat, lon)
    on : date, optional
        Day of the flight; today by default.
    alone : bool
        Whether it is all of the route: then six capitals may be two codes.

    Raises
    ------
    PlaceError
        If a word is unknown or ambiguous.
    RouteError
        If it is no place at all.
    """
    if isinstance(place, Airport):
        return [place]
    if not isinstance(place, str):
        return [_position(place)]
    word = _visible(place).strip()
    if fold(word) and is_placeholder(word) and not is_known_code(word):
        raise PlaceError(
            f'"{shown(word)}" stands for no place: give a code such as GYD, a city, or lat,lon'
        )
    return read_stops(word, on, alone=alone)


def end_of(text: str, on: date | None = None) -> list[Airport]:
    """The place in a cell of origins or destinations; several only of a list of codes.

    Raises
    ------
    PlaceError
        If it is unknown or ambiguous, or names more than one place.
    """
    return read_end(_visible(text).strip(), on)


def check_certain(place: Airport) -> None:
    """Refuse a place that its word names only perhaps.

    Raises
    ------
    PlaceError
        It names the other places.
    """
    if place.guess:
        raise PlaceError(
            f'"{shown(place.input)}" may mean more than one place ({place.note or place.name}), '
            f"and guesses are refused (strict places): give a code, as {place.code}",
            search=partial(_candidates, place.input),
        )


def _candidates(word: str) -> list[str]:
    from routecheck.airports import search  # noqa: PLC0415 - after a mistake only

    return [f"{p.code}  {p.name}, {p.city} ({p.country})" for p in search(word, 6)]


def join(stops: Sequence[Airport]) -> Route:
    """A route through some places.

    Raises
    ------
    RouteError
        If they are fewer than two, or too many.
    """
    if len(stops) < 2:
        given = f"only {stops[0].input!r}" if stops else "nothing"
        raise RouteError(
            f"a route needs an origin and a destination, got {given}: e.g. routecheck BAK GRV"
        )
    if len(stops) > MAX_PLACES:
        raise RouteError(f"{len(stops)} places in one route: at most {MAX_PLACES} are taken")
    return Route(tuple(stops))


def check_apart(route: Route, leg_km: Sequence[float]) -> None:
    """Refuse a route with a leg of no length.

    Raises
    ------
    RouteError
        If two places in a row are the same point.
    """
    for (here, there), km in zip(pairwise(route.places), leg_km, strict=True):
        if km < SAME_PLACE_KM:
            words = f"{here.input!r} and {there.input!r}"
            raise RouteError(
                f"origin and destination are the same place: {words} were both taken as "
                f"{here.name} ({here.code}). Give two different places"
            )
