"""Routes of a table, each distinct one built and measured once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from routecheck.airports.model import Airport
from routecheck.batch.calendar import Calendar
from routecheck.batch.coding import coded, distinct
from routecheck.batch.columns import Columns
from routecheck.errors import PlaceError, RoutecheckError
from routecheck.geometry.legs import Legs
from routecheck.risk.profile import parse_level
from routecheck.risk.tally import Encounter, encounters, nearest_zones
from routecheck.risk.wording import countries_of, in_gaps
from routecheck.routes.build import check_apart, join, stops_of
from routecheck.routes.model import Route
from routecheck.zones.model import ZoneSet

if TYPE_CHECKING:
    from routecheck.batch.auditor import Settings

__all__ = ["Itineraries", "Itinerary"]

Keys = npt.NDArray[np.int64]

SHIFT: Final = 32
AT_ONCE: Final = 8_192
"""Routes measured at a time: some 50 MB."""


class Itinerary(NamedTuple):
    """A distinct route, as flown at one level.

    ``missing`` says whether it lands where notices are known to be missing.
    """

    route: Route
    encounter: Encounter
    missing: bool


class Itineraries(Sequence[Itinerary]):
    """Distinct routes by number, and what of the calendar matters to each.

    A route and a *sub-state* decide an answer: states of the papers that are alike for the zones
    that the route meets are one sub-state.
    """

    def __init__(
        self, zones: ZoneSet, considered: ZoneSet, settings: Settings, calendar: Calendar
    ) -> None:
        self.errors: list[str] = []
        self._zones, self._considered = zones, considered
        self._settings, self._calendar = settings, calendar
        self._routes: list[Itinerary] = []
        self._stops: dict[str | None, tuple[Airport, ...] | int] = {}
        self._words: dict[str | None, int] = {}
        self._places: list[tuple[Airport, ...] | int] = []
        self._levels: dict[str | None, float | int | None] = {}
        self._by_key: dict[Any, int] = {}
        # Zones met, and for routes that meet none that speaks the nearest ones in order.
        self._class_of: list[int] = []
        self._classes: dict[Any, int] = {}
        self._class_zones: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        self._chains: dict[int, list[tuple[int, float]]] = {}
        self._depth: dict[int, int] = {}
        self._sub_numbers: dict[Any, int] = {}
        self._table = np.full((0, 0), -1, np.int64)

    def __len__(self) -> int:
        return len(self._routes)

    @property
    def kept(self) -> int:
        """How much is remembered: routes, errors, or a tenth of the words."""
        return max(len(self._routes), len(self.errors), len(self._by_key), len(self._words) // 10)

    def __getitem__(self, number: Any) -> Any:
        return self._routes[number]

    # Rows to routes.

    def of_rows(self, batch: pa.RecordBatch, columns: Columns) -> Keys:
        """Number of each row's route; negative ones count ``errors`` from -1 down."""
        if columns.route is not None:
            keys = self._place_ids(_column(batch, columns.route), self._stops_on_way)
            parts = 1
        else:
            if columns.coords is not None:
                names = columns.coords
                origin, dest = (
                    _positions(_column(batch, a), _column(batch, b))
                    for a, b in (names[:2], names[2:])
                )
            else:
                assert columns.origin is not None
                assert columns.dest is not None
                origin, dest = _column(batch, columns.origin), _column(batch, columns.dest)
            first = self._place_ids(origin, self._stops_of)
            keys = (first << SHIFT) | self._place_ids(dest, self._stops_of)
            parts = 2
        pairs, codes = distinct(keys)
        cruise: list[str | None] = [None]
        if columns.cruise is not None:
            level_codes, cruise = coded(_column(batch, columns.cruise))
            both, codes = distinct((codes << SHIFT) | level_codes)
            asked = [
                (int(pairs[key >> SHIFT]), cruise[key & ((1 << SHIFT) - 1)])
                for key in both.tolist()
            ]
        else:
            return self._numbers(pairs.tolist(), parts)[codes]
        return self._numbers(asked, parts)[codes]

    def _place_ids(self, column: pa.Array, read: Callable[[str | None], Any]) -> Keys:
        """Number of each cell's place or places in ``_places``."""
        codes, texts = coded(column)
        ids = []
        for text in texts:
            number = self._words.get(text)
            if number is None:
                number = self._words[text] = len(self._places)
                self._places.append(read(text))
            ids.append(number)
        return np.array(ids, np.int64)[codes]

    def _stops_of(self, text: str | None) -> tuple[Airport, ...] | int:
        try:
            return tuple(stops_of(text or ""))
        except RoutecheckError as error:
            return self._error(error)

    def _stops_on_way(self, text: str | None) -> tuple[Airport, ...] | int:
        if text is None or not text.strip():
            return self._error("the route is empty: write it like GYD-GRV")
        stops = self._stops_of(text)
        if isinstance(stops, int) and (";" in text or "|" in text):
            stops = self._stops_of("-".join(text.replace("|", ";").split(";")))
        return stops

    def _error(self, error: RoutecheckError | str) -> int:
        self.errors.append(error.brief if isinstance(error, PlaceError) else str(error))
        return -len(self.errors)

    def _numbers(self, asked: Sequence[Any], parts: int) -> Keys:
        """Numbers of routes by place numbers, or those and cruise text; new ones are measured."""
        found = list(map(self._by_key.get, asked))
        new: list[tuple[Any, Route, float | None]] = []
        for key, number in zip(asked, found, strict=True):
            if number is None:
                places, cruise = key if isinstance(key, tuple) else (key, None)
                made = self._made(places, cruise, parts)
                if isinstance(made, int):
                    self._by_key[key] = made
                else:
                    new.append((key, *made))
        for first in range(0, len(new), AT_ONCE):
            self._measure(new[first : first + AT_ONCE])
        if new or None in found:
            found = [self._by_key[key] for key in asked]
        return np.array(found, np.int64)

    def _made(self, key: int, cruise: str | None, parts: int) -> tuple[Route, float | None] | int:
        """The route of a key, not yet measured, and its level; a negative number is an error."""
        ids = [key >> SHIFT, key & ((1 << SHIFT) - 1)] if parts == 2 else [key]
        places = [self._places[i] for i in ids]
        failed = [place for place in places if isinstance(place, int)]
        level = self._level(cruise)
        if isinstance(level, int):
            failed.append(level)
        if failed:
            ends = zip(("origin: ", "destination: ") if parts == 2 else ("",), places, strict=True)
            said = [e + self.errors[-1 - p] for e, p in ends if isinstance(p, int)]
            said += [self.errors[-1 - level]] if isinstance(level, int) else []
            return self._error("; ".join(said))
        try:
            route = join([stop for place in places for stop in place])  # type: ignore[union-attr]
        except RoutecheckError as error:
            return self._error(str(error).partition(": e.g. routecheck")[0])
        return route, level

    def _level(self, text: str | None) -> float | int | None:
        """Cruise level in feet; the settings' where the cell is empty; an error's number."""
        if text is None or not text.strip():
            return self._settings.cruise_ft
        if text not in self._levels:
            try:
                self._levels[text] = float(parse_level(text))
            except RoutecheckError as error:
                self._levels[text] = self._error(error)
        return self._levels[text]

    def _measure(self, new: Sequence[tuple[Any, Route, float | None]]) -> None:
        """Build and measure routes."""
        legs = Legs.each(np.concatenate([route.ends for _, route, _ in new]))
        km = legs.length_km.tolist()
        first_leg = np.cumsum([0, *(len(route.places) - 1 for _, route, _ in new)]).tolist()
        countries = [countries_of(route, self._considered) for _, route, _ in new]
        found = encounters(
            legs, first_leg, countries, [level for *_, level in new], self._settings.speed_kt,
            self._considered, self._settings.watch_km,
        )  # fmt: skip
        for (key, route, _), span, its_countries, encounter in zip(
            new, pairwise(first_leg), countries, found, strict=True
        ):
            try:
                check_apart(route, km[slice(*span)])
            except RoutecheckError as error:
                self._by_key[key] = self._error(error)
                continue
            missing = bool(in_gaps(route, self._zones, its_countries))
            self._by_key[key] = len(self._routes)
            self._class_of.append(self._class(encounter.zones, ()))
            self._routes.append(Itinerary(route, encounter, missing))

    # Routes and states to sub-states.

    def subs(self, routes: Keys, states: Keys) -> Keys:
        """Number of the sub-state of each route in a state."""
        count = len(self._calendar.states)
        while True:
            classes = np.array(self._class_of, np.int64)[routes]
            self._grow(count)
            subs = self._table[classes, states]
            missing = np.flatnonzero(subs < 0)
            if not len(missing):
                return subs
            pairs, _ = distinct((classes[missing] << SHIFT) | states[missing])
            for pair in pairs.tolist():
                at = pair >> SHIFT, pair & ((1 << SHIFT) - 1)
                self._table[at] = self._sub(*at)
            # Where no zone of the class speaks, the routes need one more of their nearest.
            lone = missing[self._table[classes[missing], states[missing]] < 0]
            if len(lone):
                self._lengthen(np.unique(routes[lone]).tolist())

    def _class(self, met: tuple[int, ...], chain: tuple[int, ...]) -> int:
        number = self._classes.setdefault((met, chain), len(self._classes))
        if number == len(self._class_zones):
            self._class_zones.append((met, chain))
        return number

    def _grow(self, states: int) -> None:
        rows, columns = self._table.shape
        classes = len(self._class_zones)
        if classes > rows or states > columns:
            grown = np.full((max(2 * rows, classes), max(2 * columns, states)), -1, np.int64)
            grown[:rows, :columns] = self._table
            self._table = grown

    def _sub(self, number: int, state: int) -> int:
        """The sub-state of a class in a state, -1 if its nearest zones do not speak."""
        met, chain = self._class_zones[number]
        known = self._calendar.states[state]
        if any(known.active[z] for z in met):
            content: Any = (
                tuple((z, known.grades[z], known.texts[z]) for z in met), known.doubt
            )  # fmt: skip
        else:
            nearest = next((z for z in chain if z < 0 or known.active[z]), None)
            if nearest is None:
                return -1
            content = nearest, known.doubt
        return self._sub_numbers.setdefault(content, len(self._sub_numbers))

    def _lengthen(self, routes: Sequence[int]) -> None:
        """Look at one more of the nearest zones of routes; -1 ends a list that has no more.

        The nearest of all zones is the nearest of any number of them, if it speaks.
        """
        short = [r for r in routes if len(self._chains.get(r, ())) <= self._depth.get(r, 0)]
        without, ends = [], []
        for route in short:
            its = self._routes[route]
            # Zones that are met are near only on days on which they do not speak.
            chain = self._chains.get(route, [])
            without.append([*its.encounter.zones, *(z for z, _ in chain if z >= 0)])
            ends.append(its.route.ends)
        for route, nearest in zip(
            short, nearest_zones(ends, without, self._considered), strict=True
        ):
            self._chains.setdefault(route, []).extend(nearest or [(-1, np.inf)])
        for route in routes:
            depth = self._depth[route] = self._depth.get(route, 0) + 1
            met = self._class_zones[self._class_of[route]][0]
            chain = self._chains[route][:depth]
            self._class_of[route] = self._class(met, tuple(z for z, _ in chain))

    def nearest(self, route: int, state: int) -> tuple[int, float] | None:
        """The nearest zone that speaks of a route that meets none that does, and how far, km."""
        active = self._calendar.states[state].active
        return next(
            (near for near in self._chains[route] if near[0] >= 0 and active[near[0]]), None
        )


def _column(batch: pa.RecordBatch, name: str) -> pa.Array:
    return batch.column(batch.schema.get_field_index(name))


def _positions(lat: pa.Array, lon: pa.Array) -> pa.Array:
    """``lat,lon`` as text; null where one is missing."""
    parts = [
        part if pa.types.is_string(part.type) else part.cast(pa.string()) for part in (lat, lon)
    ]
    return pc.binary_join_element_wise(*parts, ",")
