"""IATA city codes: ``BAK`` is Baku, whose main airport is ``GYD``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from routecheck.airports.names import fold
from routecheck.tables import table_rows

__all__ = ["City", "cities", "city_called", "same_city"]


@dataclass(frozen=True, slots=True)
class City:
    """A city with an IATA code of its own.

    Attributes
    ----------
    code : str
        IATA city code, which may also be the code of one of its airports.
    names : tuple of str
        Names of the city, the one to print first.
    country : str
        ISO 3166 alpha-2 code.
    airports : tuple of str
        IATA codes of its airports, the main one first.
    """

    code: str
    names: tuple[str, ...]
    country: str
    airports: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name to print."""
        return self.names[0]

    @property
    def main(self) -> str:
        """IATA code of the airport that the bare city code is taken for."""
        return self.airports[0]

    def others(self, airport: str | None) -> str:
        """Return the codes of the airports besides one, for a sentence."""
        return ", ".join(code for code in self.airports if code != airport)


@lru_cache(maxsize=1)
def cities() -> dict[str, City]:
    """Return the table of cities by code, read on first use.

    Returns
    -------
    dict of str to City
    """
    return {
        row["code"]: City(
            code=row["code"],
            names=tuple(row["city"].split("/")),
            country=row["country"],
            airports=tuple(row["airports"].split()),
        )
        for row in table_rows("cities.csv")
    }


@lru_cache(maxsize=1)
def _by_name() -> dict[str, City]:
    return {fold(name): city for city in cities().values() for name in city.names}


@lru_cache(maxsize=1)
def _of_airports() -> dict[str, frozenset[str]]:
    """Codes of the cities that each airport belongs to."""
    found: dict[str, set[str]] = {}
    for city in cities().values():
        for airport in city.airports:
            found.setdefault(airport, set()).add(city.code)
    return {airport: frozenset(codes) for airport, codes in found.items()}


def same_city(one: str | None, other: str | None) -> bool:
    """Whether two airports, by their IATA codes, belong to one city of the table."""
    none: frozenset[str] = frozenset()
    of = _of_airports()
    return not of.get(one or "", none).isdisjoint(of.get(other or "", none))


def city_called(folded: str) -> City | None:
    """Return the city with a folded name, if the table has it.

    Parameters
    ----------
    folded : str
        What `routecheck.airports.names.fold` returned.
    """
    return _by_name().get(folded)
