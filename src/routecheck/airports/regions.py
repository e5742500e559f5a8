"""``Portland, ME`` and ``Tripoli (Lebanon)``: a name, and the country or state that narrows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from routecheck.airports.countries import country_by_code, country_by_name
from routecheck.airports.names import fold
from routecheck.tables import table_rows

__all__ = ["ANYWHERE", "Within", "qualified", "state_called"]

_BRACKETS = re.compile(r"(.*\S)\s*\(([^()]+)\)")
_MOST = 3  # qualifiers: "Portland, Maine, US"


@dataclass(frozen=True, slots=True)
class Within:
    """Where a place has to be.

    Attributes
    ----------
    word : str
        As it was typed, empty for anywhere.
    countries : frozenset of str
        ISO 3166 alpha-2 codes.
    regions : frozenset of tuple of str
        Country, letters and folded name of states and provinces.
    """

    word: str = ""
    countries: frozenset[str] = frozenset()
    regions: frozenset[tuple[str, str, str]] = frozenset()

    def allows(self, country: str, region: str = "") -> bool:
        """Whether a place may lie in a country, and a state: its letters, or its name."""
        if not self.word or country in self.countries:
            return True
        known = fold(region)
        return any(
            country == land and known and known in {letters.lower(), name}
            for land, letters, name in self.regions
        )


ANYWHERE = Within()


def qualified(text: str) -> tuple[str, tuple[Within, ...]]:
    """A name without what follows it after a comma or in brackets, and where that says it is.

    Returns
    -------
    tuple
        The whole text and nothing, where what follows is no country and no state.
    """
    brackets = _BRACKETS.fullmatch(text)
    name, *words = [brackets[1], brackets[2]] if brackets else text.split(",")
    words = [part.strip() for word in words for part in word.split(",")]
    if not name.strip() or not 0 < len(words) <= _MOST:
        return text, ()
    places = [_place(word) for word in words]
    found = tuple(place for place in places if place is not None)
    return (name.strip(), found) if len(found) == len(words) else (text, ())


def _place(word: str) -> Within | None:
    code, key = word.upper().replace(".", ""), fold(word)
    named = (country_by_code(code), country_by_name(key))
    lands = {country.code for country in named if country is not None}
    regions = set()
    for land, letters, name in _regions():
        if key and (code == letters or key == name):
            if letters:
                regions.add((land, letters, name))
            else:
                lands.add(land)
    return Within(word, frozenset(lands), frozenset(regions)) if lands or regions else None


@lru_cache(maxsize=1)
def _regions() -> list[tuple[str, str, str]]:
    return [
        (row["country"], row["code"], fold(name))
        for row in table_rows("regions.csv")
        for name in row["names"].split("/")
    ]


def state_called(folded: str) -> str:
    """The country of a state or province with a folded name, ISO 3166 alpha-2; empty if none."""
    return next((land for land, letters, name in _regions() if letters and name == folded), "")
