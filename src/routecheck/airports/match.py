"""Places that a name may mean, weighed; and airports that a few words of a name may mean.

A place is a town with the airports that are known by its name, or an airport alone. Its weight is
in inhabitants: of the town, less where no airline goes there, or what an airport of that class
stands for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from routecheck.airports.cities import City, city_called
from routecheck.airports.names import bare, fold
from routecheck.airports.regions import Within
from routecheck.airports.table import Row, table
from routecheck.airports.world import Town, airports_around, apart_km, size_of, towns_called

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["NEAR_KM", "Place", "clear_one", "largest_of", "one_town", "places_called", "steps"]

NEAR_KM: Final = 60.0
"""An airport known by a town's name belongs to the town up to here: Narita is 58 km from Tokyo."""

_CITY_KM = 150.0  # a city of the table is the town of its name: their positions differ by less
_VERY_LARGE = 100_000
_LARGE = 15_000  # inhabitants: from here on the table has towns of all countries
_SEARCHES_BEFORE_INDEX = 100  # a search of all lines takes 1 ms, an index of all words 0.2 s
_ALIKE = 0.75  # Hama and Hamah are 0.89 alike, Bethlehem and Belem 0.71
_PARTIAL = 4  # letters that a word from the middle of a name needs to have

# Inhabitants that an airport stands for, by class: unknown, small, medium, large.
_SERVED = (10_000, 15_000, 60_000, 100_000)
_UNSERVED = (2_000, 4_000, 20_000, 50_000)
_ICAO_ONLY = 1_500

# What a town counts where flights are not sold to it, which is less often meant, and by a name
# that it does not go by: airports know Madinah as Medina, but nobody calls Belém Bethlehem.
_NO_SERVICE, _NO_AIRPORT = 0.8, 0.3
_OTHER_NAME, _TRANSLATED = 0.2, 0.01


@dataclass(slots=True)
class Place:
    """What a name may mean.

    Attributes
    ----------
    label : str
        Name to print, if it is not that of the town or the city.
    country, region : str
        ISO 3166 alpha-2; letters of the state in the US and Canada.
    lat, lon : float
        Degrees.
    rows : list of Row
        Airports known by the name of the place; those with an IATA code come first.
    town : Town or None
        The town, if it is one of the table.
    city : City or None
        The city, if it is one of the table of cities.
    called : bool
        Whether it goes by the word itself, as a town or as an airport knows it.
    """

    label: str
    country: str
    region: str
    lat: float
    lon: float
    rows: list[Row] = field(default_factory=list)
    town: Town | None = None
    city: City | None = None
    called: bool = True

    @property
    def name(self) -> str:
        """Its name, to print."""
        if self.city is not None:
            return self.city.name
        return self.label if self.town is None else self.town.name

    @property
    def weight(self) -> float:
        """How likely it is meant, in inhabitants."""
        most = max((_stands_for(row) for row in self.rows), default=0.0)
        if self.town is None:
            return most
        served = any(size_of(row.iata).served for row in self.rows)
        share = 1.0 if served else _NO_SERVICE if self.coded else _NO_AIRPORT
        if self.town.other_name:
            share *= _OTHER_NAME if self.called else _TRANSLATED
        return max(self.town.people * share, most if self.called else 0.0)

    @property
    def listed(self) -> bool:
        """Whether the table of cities has it by the word itself: it comes before all others."""
        return self.city is not None and self.called

    @property
    def coded(self) -> bool:
        """Whether one of its airports has an IATA code."""
        return any(row.iata for row in self.rows)

    @property
    def known(self) -> bool:
        """Whether people know the place by the word: a town, or where airlines go."""
        large = self.town is not None and self.town.people >= _LARGE
        return self.called and (large or self.city is not None or self.coded)

    @property
    def is_large(self) -> bool:
        """Whether it is a town of 100,000 or more, by whatever name."""
        return self.town is not None and self.town.people >= _VERY_LARGE

    @property
    def where(self) -> str:
        """Its name with the country: ``"London, ON (CA)"``."""
        return f"{self.name}{', ' if self.region else ''}{self.region} ({self.country})"

    def near(self, lat: float, lon: float, km: float = NEAR_KM) -> bool:
        """Whether a position, degrees, is near it."""
        return apart_km((self.lat, self.lon), (lat, lon)) <= km


def _stands_for(row: Row) -> float:
    if row.iata is None:
        return _ICAO_ONLY
    size = size_of(row.iata)
    return (_SERVED if size.served else _UNSERVED)[size.kind]


def places_called(folded: str, within: Iterable[Within] = ()) -> list[Place]:
    """Places of exactly this name that have a code or are towns, the likeliest first.

    Parameters
    ----------
    folded : str
        Folded name, with or without words such as "airport".
    within : iterable of Within
        Countries and states: the place has to lie in each.
    """
    limits = tuple(within)
    names = tuple(dict.fromkeys((folded, bare(folded))))
    rows = [
        row
        for row in dict.fromkeys(row for name in names for row in table().called(name))
        if (row.iata or row.icao) and all(w.allows(row.country, row.subd) for w in limits)
    ]
    found: list[Place] = []
    for town in (town for name in names for town in towns_called(name)):
        if all(w.allows(town.country, town.region) for w in limits):
            _add_town(found, town, rows, names)
    _add_city(found, names, limits)
    for row in sorted(rows, key=_stands_for, reverse=True):
        _add_airport(found, row, names)
    for place in found:
        if place.city is None:
            place.rows.sort(key=_stands_for, reverse=True)
    return sorted(found, key=lambda place: (not place.listed, -place.weight))


def _add_town(found: list[Place], town: Town, rows: list[Row], names: tuple[str, ...]) -> None:
    for place in found:
        if place.country == town.country and place.near(*town.at):
            return
    mine = Place("", town.country, town.region, town.lat, town.lon, town=town)
    mine.rows = [row for row in rows if mine.near(row.lat, row.lon)]
    if town.other_name and not mine.rows:  # León de los Aldama goes by León, in short
        own = fold(town.name)
        mine.called = any(f" {name} " in f" {own} " or _spelt_alike(name, own) for name in names)
    if not any(row.iata for row in mine.rows):  # the airports may write its name another way
        for _, row in airports_around(town.lat, town.lon, NEAR_KM, served=False):
            towns = (t for key in row.city_keys | row.name_keys for t in towns_called(key))
            if any(each.number == town.number for each in towns):
                mine.rows.append(row)
    city = city_called(fold(town.name)) if town.other_name else None
    if city is not None and city.country == town.country:  # Constantinople, for Istanbul
        mine.city, mine.rows = city, list(filter(None, map(table().iata, city.airports)))
    found.append(mine)


def _spelt_alike(name: str, other: str) -> bool:
    """Whether two names are spellings of one, as Hama and Ḩamāh, not Bethlehem and Belém."""
    import difflib  # noqa: PLC0415 - most names are the ones that towns go by

    return difflib.SequenceMatcher(None, name, other).ratio() >= _ALIKE


def _add_city(found: list[Place], names: tuple[str, ...], limits: tuple[Within, ...]) -> None:
    city = next(filter(None, map(city_called, names)), None)
    main = table().iata(city.main) if city else None
    if city is None or main is None:
        return
    for place in found:
        if place.country == city.country and place.near(main.lat, main.lon, _CITY_KM):
            break
    else:
        if not all(w.allows(city.country, main.subd) for w in limits):
            return
        place = Place(city.name, city.country, "", main.lat, main.lon)
        found.append(place)
    place.city, place.called = city, True
    place.rows = list(filter(None, map(table().iata, city.airports)))


def _add_airport(found: list[Place], row: Row, names: tuple[str, ...]) -> None:
    for place in found:
        if place.near(row.lat, row.lon):
            if row not in place.rows and place.city is None:
                place.rows.append(row)
            return
    if row.iata or not row.name_keys.isdisjoint(names):  # North, South Carolina, has a strip
        name = row.city or row.name
        found.append(Place(name, row.country, "", row.lat, row.lon, [row]))


def largest_of(country: str, rows: Iterable[Row]) -> list[Row]:
    """Those of some airports that no other of the country is larger than."""
    most = max((_stands_for(r) for r in table().served if r.country == country), default=0)
    return [row for row in rows if row.country == country and _stands_for(row) == most]


def steps(folded: str) -> Iterator[list[Row]]:
    """Yield the airports that a part of a name may mean, one list per step of likeness.

    Only airports with an IATA code, and of those the ones that airlines serve first; one word of a
    name is enough only for those that are not small.

    Parameters
    ----------
    folded : str
        Folded name.

    Yields
    ------
    list of Row
        Never empty; no airport comes twice.
    """
    name = bare(folded)
    if len(folded) < _PARTIAL:
        return
    likenesses: tuple[Callable[[Row], bool], ...] = (
        lambda row: f" {folded} " in f" {fold(row.name)} ",
        lambda row: set(folded.split()) <= set(fold(f"{row.name} {row.city}").split()),
        lambda row: set(name.split()) <= set(fold(f"{row.name} {row.city}").split()),
    )
    left = _with_words(name)
    for wanted in (True, False):
        for like in likenesses:
            found = [row for row in left if size_of(row.iata).served is wanted and like(row)]
            if " " not in name:
                found = [r for r in found if wanted and size_of(r.iata).kind > 1]
            if found:
                taken = set(found)
                left = [row for row in left if row not in taken]
                yield found


_searches = [0]


def _with_words(name: str) -> list[Row]:
    """Airports with an IATA code whose name and city hold all of these words."""
    _searches[0] += 1
    if _searches[0] <= _SEARCHES_BEFORE_INDEX:
        return [row for row in table().containing(name) if row.iata]
    first, *rest = (_by_word().get(word, ()) for word in name.split())
    return [row for row in first if all(row in rows for rows in rest)]


@lru_cache(maxsize=1)
def _by_word() -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    for row in table().served:
        for word in dict.fromkeys(fold(f"{row.name} {row.city}").split()):
            found.setdefault(word, []).append(row)
    return {word: tuple(rows) for word, rows in found.items()}


def one_town(rows: list[Row]) -> bool:
    """Tell whether all of these airports serve one town."""
    return len({row.place for row in rows}) == 1


def clear_one(rows: list[Row]) -> Row | None:
    """Return the airport that is plainly meant, if one is.

    Parameters
    ----------
    rows : list of Row
        Airports that match equally well.

    Returns
    -------
    Row or None
        The only one; of several around one town the only one that airlines serve, the only
        international one, or the only one of the largest class.
    """
    if len(rows) == 1:
        return rows[0]
    left = [row for row in rows if size_of(row.iata).served] or rows
    if len(left) == 1:
        return left[0]
    big = [row for row in left if "international" in fold(row.name).split()]
    if len(big) == 1:
        return big[0]
    most = max(_stands_for(row) for row in left)
    large = [row for row in left if _stands_for(row) == most]
    return large[0] if len(large) == 1 else None
