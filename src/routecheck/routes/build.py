"""From words to a route."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from routecheck.airports import is_code, resolve
from routecheck.airports.model import Airport
from routecheck.errors import PlaceError, RouteError
from routecheck.routes.model import Route

__all__ = ["MAX_PLACES", "build_route", "split_codes"]

MAX_PLACES: Final = 100

_JOINED = re.compile(r"\s*[A-Za-z]{3,4}\s*(?:[-–—>/]+\s*[A-Za-z]{3,4}\s*)+")
_JOINTS = re.compile(r"[-–—>/]+")


def split_codes(words: Sequence[str]) -> list[str]:
    """Split words like ``GYD-GRV-MOW`` whose every part is a code of 3 or 4 letters.

    Names stay whole: ``port-au-prince``, and ``port-vila``, whose parts are no codes. Where one
    part is no code and the whole is no name either, it is split all the same, so that the error
    names the part.
    """
    split: list[str] = []
    for word in words:
        parts = [part.strip() for part in _JOINTS.split(word)] if _JOINED.fullmatch(word) else []
        if parts and (all(is_code(part) for part in parts) or not _is_name(word)):
            split += parts
        else:
            split.append(word)
    return split


def _is_name(word: str) -> bool:
    try:
        resolve(word)
    except PlaceError:
        return False
    return True


def build_route(places: Sequence[str | Airport | tuple[float, float]]) -> Route:
    """Make a route of words, airports or (lat, lon) pairs in degrees.

    Raises
    ------
    PlaceError
        If a word is unknown or ambiguous.
    RouteError
        If there are fewer than two places, or two in a row are the same point.
    """
    stops: list[Airport] = []
    for place in places:
        if isinstance(place, Airport):
            stops.append(place)
        elif isinstance(place, str):
            stops += [resolve(word) for word in split_codes([place])]
        else:
            lat, lon = place
            stops.append(resolve(f"{lat!r},{lon!r}"))
    if len(stops) < 2:
        given = f"only {stops[0].input!r}" if stops else "nothing"
        raise RouteError(
            f"a route needs an origin and a destination, got {given}: e.g. routecheck BAK GRV"
        )
    if len(stops) > MAX_PLACES:
        raise RouteError(f"{len(stops)} places in one route: at most {MAX_PLACES} are taken")
    for here, there in pairwise(stops):
        if (here.lat, here.lon) == (there.lat, there.lon):
            words = f"{here.input!r} and {there.input!r}"
            raise RouteError(
                f"origin and destination are the same place: {words} were both taken as "
                f"{here.name} ({here.code}). Give two different places"
            )
    return Route(tuple(stops))
