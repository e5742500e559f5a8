"""What texts of a table say of stops, and which of them a row flies to."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from routecheck.airports.cells import is_known_code
from routecheck.airports.cities import same_city
from routecheck.airports.dated import turns
from routecheck.airports.model import Airport
from routecheck.batch.coding import as_text
from routecheck.errors import PlaceError, RouteError
from routecheck.routes.build import stops_of

__all__ = [
    "SIGNS_AND_BLANKS", "codes_only", "empty_cell", "eras_between", "position_of", "positions",
    "read_stops", "same_place", "stretch", "turns_in", "words_between",
]  # fmt: skip

_LETTERS: Final = re.compile(r"\b[A-Za-z]{3,4}\b", re.ASCII)
_HELD_CODE: Final = re.compile(r"[(\[][A-Z]{3,4}\b", re.ASCII)
_SIGNS: Final = re.compile(r"(?:[-–—>/→,;|_()\[\]\n+]|\bto\b|\bvia\b)+", re.IGNORECASE)
SIGNS_AND_BLANKS: Final = re.compile(rf"(?:{_SIGNS.pattern}|\s)+", re.IGNORECASE)
"""What may stand between stops; names of several words are tried whole before."""


def words_between(text: str, between: re.Pattern[str]) -> list[str]:
    """The words of a text without what is between them; one that is repeated counts once."""
    words = [word.strip() for word in between.split(text) if word.strip()]
    return [word for word, before in zip(words, [None, *words], strict=False) if word != before]


def turns_in(text: str | None) -> set[date]:
    """The days on which what the words of a text name changes."""
    return {day for word in _LETTERS.findall(text or "") for day in turns(word.upper())}


def eras_between(days: Sequence[date]) -> list[date | None]:
    """Days that stand for the times before, between and after some; None if there are none."""
    return [days[0] - timedelta(days=1), *days] if days else [None]


def codes_only(text: str, *, single: bool) -> list[str]:
    """The IATA codes, two or more, that are all that a text in capitals holds, however parted.

    One is given too where the text says that it is a stop, or holds it in brackets, or where
    ``single`` says that nothing else can be meant.
    """
    said = re.sub(r"^(?:\d )?stops? (?:in |at )?", "", text.strip(), flags=re.IGNORECASE)
    if said.isalpha() and said.isupper() and len(said) > 3 and len(said) % 3 == 0:
        parts = [said[i : i + 3] for i in range(0, len(said), 3)]
    elif said == said.upper():
        parts = re.findall(r"[^\W_]+", said)
    else:
        return []
    if not parts or not all(len(part) == 3 and is_known_code(part) for part in parts):
        return []
    held = said != text.strip() or not said.isalpha()
    return parts if len(parts) > 1 or held or single else []


def empty_cell(text: str | None) -> str:
    """How a cell is empty: wholly, or by a word for nothing, which may be a code in capitals."""
    word = text.strip() if text else ""
    if word.isalpha() and is_known_code(word.upper()):
        return f"empty ({word!r}; the code is written {word.upper()})"
    return f"empty ({word[:20]!r})" if word else "empty"


def read_stops(text: str, on: date | None) -> tuple[tuple[Airport, ...], bool]:
    """The places that a text names one after another, and whether all are codes.

    Raises
    ------
    RoutecheckError
        If some are no places.
    """
    words = words_between(text, SIGNS_AND_BLANKS)
    codes = all(map(is_known_code, words))
    if not codes:
        if _HELD_CODE.search(text):
            with contextlib.suppress(PlaceError):  # "Tbilisi (TBS) - Istanbul (IST)"
                return tuple(stops_of(text, on, alone=True)), False
        words = words_between(text, _SIGNS)
    return tuple(stop for word in words for stop in stops_of(word, on)), codes


def stretch(
    stops: Sequence[Airport], origin: Airport | None, dest: Airport | None
) -> list[Airport]:
    """The stops from an origin to a destination; None for either end of them.

    A row from the first stop to the last is the whole way, one from the first the way there, and
    any other the shortest stretch between the two: one leg of the trip.

    Raises
    ------
    RouteError
        If the stops do not lead there.
    """
    begins = [i for i, stop in enumerate(stops) if origin is None or same_place(origin, stop)]
    ends = [i for i, stop in enumerate(stops) if dest is None or same_place(dest, stop)]
    pairs = [(i, j) for i in begins for j in ends if i < j]
    last = len(stops) - 1
    if (0, last) in pairs:
        first = 0
    elif pairs:
        from_start = [pair for pair in pairs if pair[0] == 0]
        first, last = min(from_start or pairs, key=lambda pair: (pair[1] - pair[0], pair))
    else:
        named = [f"from {origin.code}"] if origin else []
        named += [f"to {dest.code}"] if dest else []
        raise RouteError(
            f"the stops {'-'.join(stop.code for stop in stops)} do not lead {' '.join(named)}: "
            "correct them, or leave their column out with --origin COL --dest COL"
        )
    return list(stops[first : last + 1])


def same_place(end: Airport, stop: Airport) -> bool:
    """Whether two are one airport, or of one city: LON is not only LHR."""
    return position_of(end) == position_of(stop) or same_city(end.iata, stop.iata)


def position_of(place: Airport) -> tuple[float, float]:
    """Latitude and longitude of a place, degrees."""
    return place.lat, place.lon


def positions(lat: pa.Array, lon: pa.Array) -> pa.Array:
    """``lat,lon`` as text; null where one is missing."""
    parts = [part if pa.types.is_string(part.type) else as_text(part) for part in (lat, lon)]
    return pc.binary_join_element_wise(*parts, ",")
