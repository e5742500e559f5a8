"""From words to a route."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final

from routecheck.airports import is_code, resolve
from routecheck.airports.model import Airport
from routecheck.errors import PlaceError, RouteError
from routecheck.geometry.legs import Legs
from routecheck.routes.model import Route

__all__ = ["MAX_PLACES", "build_route", "check_apart", "join", "split_codes", "stops_of"]

MAX_PLACES: Final = 100

SAME_PLACE_KM: Final = 0.001
"""1 m: a pole, or 180° and -180°, can be written in many ways."""

_CODE = r"[A-Za-z]{3,4}"
_JOINT = r"(?:\s*[-–—>/→,]+\s*|\s+to\s+|\s+)"
_JOINED = re.compile(rf"\s*{_CODE}(?:{_JOINT}{_CODE})+\s*")
_JOINTS = re.compile(_JOINT)
_SIGN = re.compile(r"[-–—>/→,]|\sto\s")


def split_codes(words: Sequence[str]) -> list[str]:
    """Split words like ``GYD-GRV-MOW`` whose every part is a code of 3 or 4 letters.

    ``GYD to GRV``, ``GYD GRV`` in one word and ``GYD → GRV`` work too. Names stay whole:
    ``port-au-prince``, and ``port-vila``, whose parts are no codes. Where one part is no code and
    the whole is no name either, it is split all the same, so that the error names the part.
    """
    split: list[str] = []
    for word in words:
        parts = _JOINTS.split(word.strip()) if _JOINED.fullmatch(word) else []
        codes = bool(parts) and all(is_code(part) for part in parts)
        # "Hat Yai" and "Can Tho" are names made of codes; "los angeles" is one without any.
        joined = _SIGN.search(word) is not None
        if (codes and (joined or not _is_name(word))) or (parts and joined and not _is_name(word)):
            split += parts
        else:
            split.append(word)
    return split


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


def _is_name(word: str) -> bool:
    try:
        resolve(word)
    except PlaceError:
        return False
    return True


def build_route(
    places: Sequence[str | Airport | tuple[float, float]], on: date | None = None
) -> Route:
    """Make a route of words, airports or (lat, lon) pairs in degrees.

    Codes that moved are read as on the day of the flight ``on``, or as they stand today.

    Raises
    ------
    PlaceError
        If a word is unknown or ambiguous.
    RouteError
        If there are fewer than two places, or two in a row are the same point.
    """
    if not isinstance(places, Sequence):
        raise RouteError(f"places are {places!r}: give two or more, e.g. ['BAK', 'GRV']")
    route = join([stop for place in places for stop in stops_of(place, on)])
    check_apart(route, Legs.between(route.ends).length_km.tolist())
    return route


def stops_of(place: str | Airport | tuple[float, float], on: date | None = None) -> list[Airport]:
    """The places that one word, airport or (lat, lon) pair names: several for ``LHR-DOH-DEL``.

    Codes that moved are read as on the day ``on``, or as they stand today.

    Raises
    ------
    PlaceError
        If a word is unknown or ambiguous.
    RouteError
        If it is no place at all.
    """
    if isinstance(place, Airport):
        return [place]
    if isinstance(place, str):
        return [resolve(word.strip(), on) for word in split_codes([_visible(place)])]
    return [_position(place)]


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
