"""Search for places: everything a word may mean, the likeliest first."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from routecheck.airports.cities import cities, city_called
from routecheck.airports.dated import successors
from routecheck.airports.match import steps
from routecheck.airports.names import bare, fold
from routecheck.airports.table import Row, table
from routecheck.airports.text import cleaned, position

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    import numpy.typing as npt

    from routecheck.airports.model import Airport

__all__ = ["country_near", "search", "similar"]

_SHORTLIST = 60  # names that difflib compares: it takes some 20 µs for each
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
    code, folded = text.upper(), fold(text)
    later = successors(code)
    exact = [*later, table().iata(code), table().icao(code)]
    for city in (cities().get(code), city_called(folded), city_called(bare(folded))):
        exact += [table().iata(member) for member in city.airports] if city else []
    yield from (row for row in exact if row)
    for rows in steps(folded):
        yield from rows
    if len(folded) > 2:
        start = f" {folded}"
        yield from (r for r in table().served if start in f" {fold(r.city)} {fold(r.name)}")
    if not later:  # what it leads to is known
        yield from similar(text, limit)


def similar(text: str, limit: int) -> list[Row]:
    """Return airports whose code or name is spelt much like a word.

    Parameters
    ----------
    text : str
        A word that `routecheck.airports.text.cleaned` let through.
    limit : int
        The most airports to return.

    Returns
    -------
    list of Row
        The most alike first; only airports with an IATA code.
    """
    import difflib  # noqa: PLC0415  (only wanted after a mistake)

    folded = bare(fold(text))
    if not folded:
        return []
    pool, holders = _pool()
    pairs = _pairs(folded)
    shortest = 4 if len(folded) > 4 else 3  # a mistyped name is not a code
    shared = Counter(name for pair in pairs for name in holders.get(pair, ()))
    alike = (
        (count / (len(pairs) + len(name)), name)
        for name, count in shared.items()
        if len(name) >= shortest
    )
    names = [name for _, name in heapq.nlargest(_SHORTLIST, alike)]
    near = difflib.get_close_matches(folded, names, n=max(limit, 1), cutoff=_ALIKE)
    found = dict.fromkeys(row for name in near for row in pool[name])
    return list(found)[:limit]


@lru_cache(maxsize=1)
def _pool() -> tuple[dict[str, list[Row]], dict[str, list[str]]]:
    """Return the airports of each name, and the names that hold each pair of letters."""
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
        for pair in _pairs(name):
            holders.setdefault(pair, []).append(name)
    return pool, holders


def _pairs(name: str) -> set[str]:
    padded = f" {name} "
    return {padded[i : i + 2] for i in range(len(padded) - 1)}
