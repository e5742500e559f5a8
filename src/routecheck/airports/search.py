"""Search for places: everything a word may mean, the likeliest first."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from routecheck.airports.cities import cities, city_called
from routecheck.airports.dated import successors
from routecheck.airports.names import bare, fold
from routecheck.airports.table import Row, table
from routecheck.airports.text import cleaned, position
from routecheck.errors import PlaceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    import numpy.typing as npt

    from routecheck.airports.model import Airport

__all__ = ["country_near", "search", "similar"]

_SHORTLIST = 10  # names that difflib compares: it takes some 20 µs for each
_LOOKED_AT = 800  # names whose pieces are counted: with 120 a sixth of single slips is missed
_ALIKE = 0.6  # difflib's own usual cutoff


def country_near(lat: float, lon: float) -> str:
    """The country of the airport nearest to a position (degrees): ISO 3166 alpha-2, a guess."""
    places, countries = _places()
    east = (places[:, 1] - lon + 180.0) % 360.0 - 180.0
    away = (places[:, 0] - lat) ** 2 + (east * math.cos(math.radians(lat))) ** 2
    return countries[int(away.argmin())]


@lru_cache(maxsize=1)
def _places() -> tuple[npt.NDArray[np.float64], Sequence[str]]:
    import numpy as np  # noqa: PLC0415 - a search for names does without

    places, countries = table().positions
    return np.array(places, np.float64), countries


def search(word: str, limit: int = 10) -> list[Airport]:
    """List the places a word may mean.

    Codes first, then the airports of a city, then names, then similar names.

    Parameters
    ----------
    word : str
        A code, a name or a part of one, or a position.
    limit : int
        The most places to return.

    Returns
    -------
    list of Airport
        The likeliest first, without repeats; empty if nothing is even similar.

    Raises
    ------
    PlaceError
        If the word is empty, too long, holds control characters, or is a position out of range.

    Examples
    --------
    >>> [place.iata for place in search("BAK", limit=2)]
    ['GYD', 'ZXT']
    """
    text = cleaned(word)
    place = position(text, word)
    if place is not None:
        return [place][:limit]
    found: dict[Row, None] = {}
    for row in _hits(text, max(limit, 0)):
        if len(found) >= limit:
            break
        found[row] = None
    return [row.airport(word) for row in found]


def _hits(text: str, limit: int) -> Iterator[Row]:
    from routecheck.airports.match import places_called, steps  # noqa: PLC0415 - checks of codes
    from routecheck.airports.regions import qualified  # noqa: PLC0415 - do without either

    code, folded = text.upper(), fold(text)
    later = successors(code)
    name, within = qualified(text)
    exact = [*later, table().iata(code), table().icao(code)]
    for city in (cities().get(code), city_called(folded), city_called(bare(folded))):
        exact += [table().iata(member) for member in city.airports] if city else []
    with suppress(PlaceError):
        exact.insert(0, _named(text))
    yield from (row for row in exact if row)
    for place in places_called(fold(name), within):
        yield from place.rows
    for rows in steps(folded):
        yield from rows
    yield from table().called(folded)
    if len(folded) > 2:
        start = f" {folded}"
        yield from (r for r in table().served if start in f" {fold(r.city)} {fold(r.name)}")
    if not later:  # what it leads to is known
        yield from similar(text, limit)


def _named(text: str) -> Row | None:
    """The airport that a word is taken for."""
    from routecheck.airports.resolve import found  # noqa: PLC0415 - which suggests by a search

    return found(text).row


@lru_cache(maxsize=4096)
def similar(text: str, limit: int) -> tuple[Row, ...]:
    """Return airports whose code or name is spelt much like a word.

    Names are compared that share the rarest of its three-letter pieces: a misspelt name costs some
    0.5 ms, however many names there are.

    Parameters
    ----------
    text : str
        A word that `routecheck.airports.text.cleaned` let through.
    limit : int
        The most airports to return.

    Returns
    -------
    tuple of Row
        The most alike first; only airports with an IATA code.
    """
    import difflib  # noqa: PLC0415  (only wanted after a mistake)

    folded = bare(fold(text))
    if not folded:
        return ()
    pool, holders = _pool()
    pieces = _pieces(folded)
    shortest = 4 if len(folded) > 4 else 3  # a mistyped name is not a code
    shared: Counter[str] = Counter()
    for piece in sorted((p for p in pieces if p in holders), key=lambda p: len(holders[p])):
        shared.update(holders[piece])
        if len(shared) > _LOOKED_AT:
            break
    longest = len(folded) + 2 + len(folded) // 3
    most = max(shared.values(), default=0)
    alike = [
        (count / (len(pieces) + len(name)), name)
        for name, count in shared.items()
        if count + 2 >= most and shortest <= len(name) <= longest
    ]
    compared = max(_SHORTLIST if len(folded) > 4 else 4 * _SHORTLIST, limit)
    names = [name for _, name in heapq.nlargest(compared, alike)]
    near = difflib.get_close_matches(folded, names, n=max(limit, 1), cutoff=_ALIKE)
    found = dict.fromkeys(row for name in near for row in pool[name])
    return tuple(found)[:limit]


@lru_cache(maxsize=1)
def _pool() -> tuple[dict[str, list[Row]], dict[str, list[str]]]:
    """Return the airports of each name, and the names that hold each piece."""
    pool: dict[str, list[Row]] = {}
    for city in cities().values():
        main = table().iata(city.main)
        for name in (*map(fold, city.names), city.code.lower()):
            pool.setdefault(name, []).extend([main] if main else [])
    for row in table().served:
        code = (row.iata or "").lower()
        for name in dict.fromkeys((*row.city_keys, *row.name_keys, code)):
            pool.setdefault(name, []).append(row)
    holders: dict[str, list[str]] = {}
    for name in pool:
        for piece in _pieces(name):
            holders.setdefault(piece, []).append(name)
    return pool, holders


def _pieces(name: str) -> set[str]:
    padded = f" {name} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}
