"""Countries by name or code, and where their airports are.

There are no borders in the package: a country is known here by its names and by its airports.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from routecheck.airports.names import fold
from routecheck.airports.table import table
from routecheck.errors import PlaceError
from routecheck.tables import table_rows

__all__ = [
    "Country", "airports_of", "countries", "country_by_code", "country_by_name", "country_called",
    "named_in",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory.

    Attributes
    ----------
    code, alpha3 : str
        ISO 3166-1 codes of two and three letters.
    names : tuple of str
        Everyday English names, the one to print first.
    """

    code: str
    alpha3: str
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name to print."""
        return self.names[0]

    @property
    def keys(self) -> tuple[str, ...]:
        """The names, folded."""
        return tuple(map(fold, self.names))


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """Return the table of countries by two-letter code, read on first use."""
    return {
        row["code"]: Country(row["code"], row["alpha3"], tuple(row["names"].split("/")))
        for row in table_rows("countries.csv")
    }


def country_by_code(code: str) -> Country | None:
    """The country of an ISO 3166 code of two or three capitals, if there is one."""
    return _by_code().get(code)


def country_by_name(folded: str) -> Country | None:
    """The country of a folded name, if there is one."""
    return _by_name().get(folded)


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Country]:
    return {code: each for each in countries().values() for code in (each.code, each.alpha3)}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Country]:
    return {name: each for each in countries().values() for name in each.keys}


def country_called(word: str) -> Country:
    """Find a country by ISO 3166 code (two or three letters) or by name, whatever the case.

    Parameters
    ----------
    word : str
        E.g. ``"LY"``, ``"lby"``, ``"Libya"``.

    Raises
    ------
    PlaceError
        If no country goes by it, or more than one: candidates are those that it is part of the
        name of, then names that look like it.
    """
    code, key = word.strip().upper(), fold(word)
    names = _by_name()
    known = country_by_code(code) or country_by_name(key)
    if known is not None:
        return known
    holding = dict.fromkeys(names[name] for name in names if key and f" {key} " in f" {name} ")
    if len(holding) > 1:
        raise PlaceError(
            f"{word!r} may mean more than one country: give the ISO 3166 code or the whole name:",
            [f"{country.code}  {country.name}" for country in holding],
        )
    import difflib  # noqa: PLC0415 - only wanted after a mistake

    near = difflib.get_close_matches(key, names, 3, 0.6)
    found = dict.fromkeys([*holding, *(names[name] for name in near)])
    raise PlaceError(
        f"no country is called {word!r}: give an ISO 3166 code such as LY, or an English name such "
        "as Libya" + (". Did you mean:" if found else ""),
        [f"{country.code}  {country.name}" for country in found],
    )


def named_in(country: Country, text: str) -> bool:
    """Tell whether a text names a country, by whole words.

    Names of other countries that hold its name are left out first: the Sudan of South Sudan is
    not Sudan.
    """
    words = f" {fold(text)} "
    for other in countries().values():
        if other.code == country.code:
            continue
        for longer in other.keys:
            if any(f" {key} " in f" {longer} " for key in country.keys):
                words = words.replace(f" {longer} ", " | ")
    return any(f" {key} " in words for key in country.keys)


def airports_of(country: Country) -> list[tuple[float, float]]:
    """Latitude and longitude, degrees, of the airports of a country."""
    places, codes = table().positions
    return [place for place, code in zip(places, codes, strict=True) if code == country.code]
