"""Routes of a table, each distinct one built and measured once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from routecheck.airports.model import Airport
from routecheck.batch.book import Words
from routecheck.batch.coding import coded, distinct
from routecheck.batch.columns import Columns
from routecheck.batch.numbers import MISSING, Numbers, Rows
from routecheck.errors import PlaceError, RoutecheckError
from routecheck.geometry.legs import Legs
from routecheck.risk.profile import parse_level
from routecheck.risk.tally import encounters
from routecheck.risk.wording import countries_of, in_gaps
from routecheck.routes.build import check_apart, join, stops_of
from routecheck.routes.model import Route
from routecheck.zones.model import ZoneSet

if TYPE_CHECKING:
    from routecheck.batch.auditor import Settings

__all__ = ["Itineraries"]

Ids = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]

SHIFT: Final = 32
WHOLE: Final = 62
"""The bit that tells a route that is one text from an origin and a destination."""

AT_ONCE: Final = 4_096
"""Routes measured at a time: some 25 MB."""


ROUTE: Final = np.dtype(
    [
        ("first", np.int32), ("second", np.int32), ("km", np.float64), ("missing", np.bool_),
        ("met", np.int32), ("origin", np.int32), ("dest", np.int32),
    ]
)  # fmt: skip
"""A distinct route, as flown at one level: numbers of the texts that name its places, the second -1
where one text names them all; its length; whether it lands where notices are known to be missing;
the number of the zones that it meets, whatever the day; IATA codes by number, -1 for none."""


class Itineraries:
    """Distinct routes by number.

    Attributes
    ----------
    rows : Rows of ROUTE
    met : list of tuple of int
        Positions of zones that are met together.
    facts : dict of bytes by int
        Of routes that meet zones: see :class:`routecheck.risk.tally.Case`.
    errors : list of str
        Why cells name no route.
    iata : Words
    """

    def __init__(self, zones: ZoneSet, considered: ZoneSet, settings: Settings) -> None:
        self.rows = Rows(ROUTE)
        self.met: list[tuple[int, ...]] = []
        self.facts: dict[int, bytes] = {}
        self.errors: list[str] = []
        self.iata = Words()
        self._zones, self._considered, self._settings = zones, considered, settings
        cruise_ft = settings.cruise_ft
        self._cruise_ft = None if cruise_ft is None else float(cruise_ft)
        self._met_numbers: dict[tuple[int, ...], int] = {}
        self._words: tuple[dict[str | None, int], ...] = {}, {}
        self._places: list[tuple[Airport, ...] | int] = []
        self._level_numbers: dict[str | None, int] = {}
        self._levels: list[float | int | None] = []
        # Route, or error, by the texts of the places; and by those and the text of the level.
        self._by_places = Numbers(), Numbers()
        self._by_level = Numbers()
        self._pairs = Numbers()

    @property
    def kept(self) -> int:
        """How much is remembered: routes, errors, or a tenth of the words."""
        words = sum(map(len, (*self._words, self._levels)))
        asked = sum(map(len, (*self._by_places, self._by_level)))
        return max(len(self.rows), len(self.errors), asked, words // 10)

    def route(self, number: int) -> Route:
        """A route, built again."""
        row = self.rows.all[number]
        return join(self._stops_at([int(row["first"]), int(row["second"])]))

    def _stops_at(self, ids: Sequence[int]) -> list[Airport]:
        places = [self._places[i] for i in ids if i >= 0]
        return [stop for place in places if not isinstance(place, int) for stop in place]

    # Rows to routes.

    def of_rows(self, batch: pa.RecordBatch, columns: Columns) -> Keys:
        """Number of each row's route; negative ones count ``errors`` from -1 down."""
        if columns.route is not None:
            whole = True
            keys = self._place_ids(_column(batch, columns.route), whole=True)
        else:
            whole = False
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
            keys = self._place_ids(origin, whole=False) << SHIFT
            keys |= self._place_ids(dest, whole=False)
        if columns.cruise is None:
            return self._found(self._by_places[whole], keys, keys, None, whole=whole)
        codes, texts = coded(_column(batch, columns.cruise))
        levels = np.array([self._level(text) for text in texts], np.int64)[codes]
        return self._found(
            self._by_level, self._pair_ids(keys, whole=whole) << SHIFT | levels, keys, levels,
            whole=whole,
        )  # fmt: skip

    def _pair_ids(self, keys: Keys, *, whole: bool) -> Keys:
        """A number for each origin and destination, or each route as one text."""
        keys = keys | (np.int64(whole) << WHOLE)
        found = self._pairs.get(keys)
        new = np.flatnonzero(found == MISSING)
        if len(new):
            pairs, codes = distinct(keys[new])
            numbers = len(self._pairs) + np.arange(len(pairs), dtype=np.int32)
            self._pairs.put(pairs, numbers)
            found[new] = numbers[codes]
        return found.astype(np.int64)

    def _found(
        self, known: Numbers, keys: Keys, places: Keys, levels: Keys | None, *, whole: bool
    ) -> Keys:
        """Numbers of routes by key; new ones are built and measured."""
        found = known.get(keys)
        rows = np.flatnonzero(found == MISSING)
        if len(rows):
            new, codes = distinct(keys[rows])
            one = np.empty(len(new), np.int64)
            one[codes] = rows
            asked = places[one].tolist()
            its_levels = [None] * len(asked) if levels is None else levels[one].tolist()
            numbers = self._new(asked, its_levels, whole=whole)
            known.put(new, numbers)
            found[rows] = numbers[codes]
        return found.astype(np.int64)

    def _place_ids(self, column: pa.Array, *, whole: bool) -> Keys:
        """Number of each cell's place, or of the places of a whole route, in ``_places``."""
        codes, texts = coded(column)
        read = self._stops_on_way if whole else self._stops_of
        known = self._words[whole]
        ids = []
        for text in texts:
            number = known.get(text)
            if number is None:
                number = known[text] = len(self._places)
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

    def _new(self, asked: Sequence[int], levels: Sequence[int | None], *, whole: bool) -> Ids:
        """Build and measure routes; their numbers, negative for errors."""
        numbers = np.empty(len(asked), np.int32)
        made: list[tuple[int, tuple[int, int], Route, float | None]] = []
        for i, (key, level) in enumerate(zip(asked, levels, strict=True)):
            ids = (key, -1) if whole else (key >> SHIFT, key & ((1 << SHIFT) - 1))
            feet = self._cruise_ft if level is None else self._levels[level]
            route = self._made(ids, feet)
            if isinstance(route, int):
                numbers[i] = route
            else:
                made.append((i, ids, route, feet))
        for first in range(0, len(made), AT_ONCE):
            some = made[first : first + AT_ONCE]
            numbers[[i for i, *_ in some]] = self._measured([its for _, *its in some])
        return numbers

    def _made(self, ids: tuple[int, int], level: float | int | None) -> Route | int:
        """A route, not yet measured; a negative number is an error."""
        places = [self._places[i] for i in ids if i >= 0]
        ends = ("origin: ", "destination: ") if len(places) == 2 else ("",)
        said = [
            end + self.errors[-1 - place]
            for end, place in zip(ends, places, strict=True)
            if isinstance(place, int)
        ]
        if isinstance(level, int):
            said.append(self.errors[-1 - level])
        if said:
            return self._error("; ".join(said))
        try:
            return join(self._stops_at(ids))
        except RoutecheckError as error:
            return self._error(str(error).partition(": e.g. routecheck")[0])

    def _level(self, text: str | None) -> int:
        """Number of a cruise level in ``_levels``: feet, the settings', or an error's number."""
        number = self._level_numbers.get(text)
        if number is None:
            number = self._level_numbers[text] = len(self._levels)
            self._levels.append(self._feet(text))
        return number

    def _feet(self, text: str | None) -> float | int | None:
        if text is None or not text.strip():
            return self._cruise_ft
        try:
            return float(parse_level(text))
        except RoutecheckError as error:
            return self._error(error)

    def _measured(self, new: Sequence[Any]) -> list[int]:
        """Measure routes and number them: texts of the places, route and level of each."""
        routes = [route for _, route, _ in new]
        legs = Legs.each(np.concatenate([route.ends for route in routes]))
        km = legs.length_km.tolist()
        first_leg = np.cumsum([0, *(len(route.places) - 1 for route in routes)]).tolist()
        countries = [countries_of(route, self._considered) for route in routes]
        found = encounters(
            legs, first_leg, countries, [level for *_, level in new], self._settings.speed_kt,
            self._considered, self._settings.watch_km,
        )  # fmt: skip
        numbers: list[int] = []
        rows: list[Any] = []
        for (ids, route, _), span, its_countries, encounter in zip(
            new, pairwise(first_leg), countries, found, strict=True
        ):
            try:
                check_apart(route, km[slice(*span)])
            except RoutecheckError as error:
                numbers.append(self._error(error))
                continue
            number = len(self.rows) + len(rows)
            numbers.append(number)
            if encounter.zones:
                self.facts[number] = encounter.facts
            met = self._met_numbers.setdefault(encounter.zones, len(self.met))
            if met == len(self.met):
                self.met.append(encounter.zones)
            missing = bool(in_gaps(route, self._zones, its_countries))
            ends = (self.iata.number(p.iata) for p in (route.origin, route.destination))
            rows.append((*ids, round(encounter.distance_km, 3), missing, met, *ends))
        self.rows.add(np.array(rows, ROUTE))
        return numbers


def _column(batch: pa.RecordBatch, name: str) -> pa.Array:
    return batch.column(batch.schema.get_field_index(name))


def _positions(lat: pa.Array, lon: pa.Array) -> pa.Array:
    """``lat,lon`` as text; null where one is missing."""
    parts = [
        part if pa.types.is_string(part.type) else part.cast(pa.string()) for part in (lat, lon)
    ]
    return pc.binary_join_element_wise(*parts, ",")
