"""Routes of a table, each distinct one built and measured once."""

from __future__ import annotations

import contextlib
import re
import shlex
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from routecheck.airports.blanks import is_blank
from routecheck.airports.cells import is_known_code
from routecheck.airports.model import Airport
from routecheck.batch.book import Words
from routecheck.batch.coding import coded, column_of, distinct, encoded
from routecheck.batch.columns import Columns
from routecheck.batch.numbers import Numbers, Rows
from routecheck.batch.stops import (
    SIGNS_AND_BLANKS,
    codes_only,
    empty_cell,
    eras_between,
    position_of,
    positions,
    read_stops,
    same_place,
    stretch,
    turns_in,
    words_between,
)
from routecheck.batch.terms import words_of
from routecheck.batch.via import direct_said, read_via, says_direct
from routecheck.errors import PlaceError, RoutecheckError
from routecheck.geometry.legs import Legs
from routecheck.risk.doubts import legs_in_doubt
from routecheck.risk.profile import parse_level
from routecheck.risk.tally import encounters
from routecheck.risk.wording import countries_of, in_gaps
from routecheck.routes.build import check_apart, check_certain, end_of, join, stops_of
from routecheck.routes.model import Route
from routecheck.routes.notes import place_notes
from routecheck.zones.model import ZoneSet
from routecheck.zones.problems import printable

if TYPE_CHECKING:
    from routecheck.batch.auditor import Settings

__all__ = ["MOST_READINGS", "Itineraries"]

Ids = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]

SHIFT: Final = 32
_NO_WORDS: Final = pa.array([], pa.string()), np.empty(0, np.int64)

MOST_READINGS: Final = 200
_CODE: Final = re.compile("[A-Za-z]{3,4}")
_VIA: Final = re.compile(r"\s*via\b[\s:]*(.+)", re.IGNORECASE | re.DOTALL)

WAY, PAIR, TRIP, VIA = range(4)
"""Rows that say the route in one text, by its ends, by both, or with columns of stops."""

ENDS: Final = ("origin: ", "destination: ", "route: ")

Places = tuple[Airport, ...] | int
"""The places that a text names; a negative number is that of an error."""

Reader = Callable[[str | None, date | None], Places]
"""What reads a text on a day."""

_ROUTINGS: Final = frozenset(["routing", "itinerary"])
"""Columns of these names hold nothing but places; a column of routes may hold their groups."""

AT_ONCE: Final = 4_096
"""Routes measured at a time: some 25 MB."""


ROUTE: Final = np.dtype(
    [
        ("ids", np.int32, 3), ("km", np.float64), ("missing", np.bool_),
        ("doubtful", np.bool_), ("met", np.int32), ("origin", np.int32), ("dest", np.int32),
        ("notes", np.int32),
    ]
)  # fmt: skip
"""A distinct route, as flown at one level: numbers of the texts that name its origin, its
destination and its stops, -1 for none; its length; whether it lands where notices are known to be
missing, and whether it comes near what was left out of the zones; the number of the zones that it
meets, whatever the day; IATA codes by number, -1 for none; what its places were taken for by
number, -1 where all are plain."""


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
    notes : Words
        What the places of a route were taken for, where that is not plain.
    readings : dict of None by str
        What names of places were taken for, of the first ``MOST_READINGS``.
    """

    def __init__(self, zones: ZoneSet, considered: ZoneSet, settings: Settings) -> None:
        self.rows = Rows(ROUTE)
        self.met: list[tuple[int, ...]] = []
        self.facts: dict[int, bytes] = {}
        self.errors: list[str] = []
        self.iata = Words()
        self.notes = Words()
        self.readings: dict[str, None] = {}
        self._zones, self._considered, self._settings = zones, considered, settings
        cruise_ft = settings.cruise_ft
        self._cruise_ft = None if cruise_ft is None else float(cruise_ft)
        self._met_numbers: dict[tuple[int, ...], int] = {}
        # Texts that were read before, by what reads them, and their numbers in _places.
        self._words: dict[str, tuple[pa.Array, Keys]] = {}
        self._places: list[Places] = []
        self._level_numbers: dict[str | None, int] = {}
        self._levels: list[float | int | None] = []
        # Route, or error, by the numbers of the texts, and of those and the text of the level: of
        # routes that are one text, of origins and destinations, and of all three.
        self._by_texts = [Numbers() for _ in range(4)]
        self._by_level = [Numbers() for _ in range(4)]
        self._texts = [Numbers() for _ in range(4)]
        # The days on which what a text names changes, by the first of its numbers: it has one more
        # number for each of them.
        self._turns: dict[int, Ids] = {}
        # Texts that say nothing; of stops, those that come between the ends, and those that may
        # be no stops at all.
        self._blank: set[int] = set()
        self._days: Ids = np.empty(0, np.int32)
        self._between: set[int] = set()
        self._loose: set[int] = set()
        # What several columns say of the stops, by the numbers of their texts.
        self._joined: dict[tuple[Any, ...], int] = {}

    @property
    def kept(self) -> int:
        """How much is remembered: routes, errors, or a third of the words."""
        words = len(self._places) + len(self._levels)
        asked = sum(map(len, (*self._by_texts, *self._by_level)))
        return max(len(self.rows), len(self.errors), asked, words // 3)

    def route(self, number: int) -> Route:
        """A route, built again."""
        return join(self._stops_at(self.rows.all["ids"][number].tolist()))

    def _stops_at(self, ids: Sequence[int]) -> list[Airport]:
        """The stops of a route by the numbers of its texts.

        Raises
        ------
        RouteError
            If the stops do not lead from the origin to the destination.
        """
        origin, dest, via = (self._places[i] if i >= 0 else () for i in ids)
        assert not isinstance(via, int)
        if ids[0] < 0:
            return list(via)
        if ids[2] in self._between and origin and dest:
            assert not isinstance(origin, int)
            assert not isinstance(dest, int)
            # Of stops that repeat the ends, the ends count once.
            stops = list(via)
            if stops and position_of(origin[-1]) == position_of(stops[0]):
                stops.pop(0)
            if stops and position_of(stops[-1]) == position_of(dest[0]):
                stops.pop()
            return [*origin, *stops, *dest]
        several = any(isinstance(end, tuple) and len(end) > 1 for end in (origin, dest))
        if ids[2] >= 0 and not several:
            ends = [None if isinstance(end, int) else end[0] for end in (origin, dest)]
            return stretch(via, *ends)
        assert not isinstance(origin, int)
        assert not isinstance(dest, int)
        return [*origin, *dest]

    # Rows to routes.

    def of_rows(self, batch: pa.RecordBatch, columns: Columns, days: Ids) -> Keys:
        """Number of each row's route; negative ones count ``errors`` from -1 down.

        Parameters
        ----------
        batch : RecordBatch
        columns : Columns
        days : (n,) int32 array
            Day of each row, as by ``date.toordinal``: codes that moved are read by it.
        """
        self._days = days
        ids = np.full((len(batch), 3), -1, np.int64)
        if columns.coords is not None:
            names = columns.coords
            for i, pair in enumerate((names[:2], names[2:])):
                texts = positions(*(column_of(batch, name) for name in pair))
                ids[:, i] = self._place_ids(texts, self._position_of)
        elif columns.origin is not None and columns.dest is not None:
            for i, name in enumerate((columns.origin, columns.dest)):
                ids[:, i] = self._place_ids(column_of(batch, name), self._end_of)
        paired = len(ids) > 0 and ids[0, 0] >= 0
        if columns.via:
            ids[:, 2] = self._via_ids(batch, columns, paired=bool(paired))
            pairs = self._numbered(self._texts[PAIR], ((ids[:, 0] + 1) << SHIFT) | (ids[:, 1] + 1))
            kind, keys = VIA, (pairs << SHIFT) | (ids[:, 2] + 1)
        elif columns.route is None:
            kind, keys = PAIR, (ids[:, 0] << SHIFT) | ids[:, 1]
        elif not paired:
            ids[:, 2] = keys = self._place_ids(column_of(batch, columns.route), self._stops_on_way)
            kind = WAY
        else:
            way = self._place_ids(column_of(batch, columns.route), self._reader(columns))
            some, which = np.unique(way, return_inverse=True)
            ids[:, 2] = np.array([-1 if self._places[i] == () else i for i in some.tolist()])[which]
            pairs = self._numbered(self._texts[PAIR], (ids[:, 0] << SHIFT) | ids[:, 1])
            kind, keys = TRIP, (pairs << SHIFT) | (ids[:, 2] + 1)
        levels = None
        known = self._by_texts[kind]
        if columns.cruise is not None:
            codes, texts = coded(column_of(batch, columns.cruise))
            levels = np.array([self._level(text) for text in texts], np.int64)[codes]
            keys = (self._numbered(self._texts[kind], keys) << SHIFT) | levels
            known = self._by_level[kind]
        return self._found(known, keys, ids, levels)

    @staticmethod
    def _numbered(numbers: Numbers, keys: Keys) -> Keys:
        """A number for each key, in order of appearance."""
        first = len(numbers)
        found = numbers.of(keys, lambda new, _: first + np.arange(len(new), dtype=np.int32))
        return found.astype(np.int64)

    def _found(self, known: Numbers, keys: Keys, ids: Keys, levels: Keys | None) -> Keys:
        """Numbers of routes by key; new ones are built and measured."""

        def made(new: Keys, rows: Keys) -> Ids:
            its_levels = [None] * len(new) if levels is None else levels[rows].tolist()
            return self._new(ids[rows].tolist(), its_levels)

        return known.of(keys, made).astype(np.int64)

    def _via_ids(self, batch: pa.RecordBatch, columns: Columns, *, paired: bool) -> Keys:
        """Number of the stops of each row in ``_places``, as its columns of stops say them.

        -1 where they say nothing.
        """
        names = [*columns.via, *([] if columns.route is None else [columns.route])]
        each = [coded(column_of(batch, name)) for name in names]
        days = sorted({day for _, texts in each for text in texts for day in turns_in(text)})
        stands_for = eras_between(days)
        read = self._reader(columns) if paired else self._stops_on_way
        eras = np.searchsorted([day.toordinal() for day in days], self._days, "right")
        keys = eras.astype(np.int64)
        for codes, texts in each:
            keys = distinct(keys * len(texts) + codes)[1]
        some, which = distinct(keys)
        first = np.empty(len(some), np.int64)
        first[which] = np.arange(len(batch))
        made = []
        for row in first.tolist():
            texts = [texts[codes[row]] for codes, texts in each]
            on = stands_for[int(eras[row])]
            key = (columns.via, columns.route, paired, on, *texts)
            found = self._joined.get(key)
            if found is None:
                way = None if columns.route is None else texts.pop()
                cells = dict(zip(columns.via, texts, strict=False))
                found = self._stops_number(cells, way, on, read, paired=paired)
                self._joined[key] = found
            made.append(found)
        return np.array(made, np.int64)[which]

    def _stops_number(
        self,
        cells: dict[str, str | None],
        way: str | None,
        on: date | None,
        read: Reader,
        *,
        paired: bool,
    ) -> int:
        """A number for what columns of stops, and one of routes, say together."""
        number = len(self._places)
        base = read(way, on)  # which may note that number
        self._places.append(())
        said = {
            name: each
            for name, text in cells.items()
            if (each := direct_said(text) if says_direct(name) else read_via(text))
        }
        if not said:
            self._places[number] = base
            return number if base != () else -1
        stops: list[Airport] = []
        wrong: list[str] = []
        for name, each in said.items():
            found = self._places_said(each.text, on) if each.text else ()
            if isinstance(found, int):
                wrong.append(f"{printable(name)}: {self.errors[-1 - found]}")
            else:
                stops += found
        self._loose.discard(number)
        if isinstance(base, int):
            self._places[number] = base
            return number
        base_stops = base if not paired or number in self._between else base[1:-1]
        there = base_stops if paired else base[1:-1]
        count, name = max((each.least, name) for name, each in said.items())
        if not wrong and count > max(len(stops), len(there)):
            wrong.append(
                f"{printable(name)} says that there {'is a stop' if count == 1 else 'are stops'} "
                "on the way, and not where: name it in a column Via, or leave the column out with "
                f"--ignore-col {shlex.quote(printable(name))}"
            )
        if wrong:
            self._between.add(number)
            self._places[number] = self._error("; ".join(wrong))
        elif len(there) and all(any(same_place(stop, other) for other in there) for stop in stops):
            self._places[number] = base
        elif len(there) or (not paired and len(base) != 2):
            self._between.add(number)
            self._places[number] = self._error(
                f"the route {'-'.join(stop.code for stop in base)} does not go by "
                f"{' and '.join(stop.code for stop in stops)}, which {printable(name)} names: "
                f"correct it, or leave one out with --ignore-col {shlex.quote(printable(name))}"
            )
        elif paired:
            self._between.add(number)
            self._places[number] = tuple(stops)
        else:
            self._places[number] = (base[0], *stops, base[-1])
        return number

    def _places_said(self, text: str, on: date | None) -> Places:
        """The places that a cell of stops names: one, or a list."""
        whole = self._end_of(text, on)
        if not isinstance(whole, int):
            return whole
        with contextlib.suppress(RoutecheckError):
            stops = read_stops(text, on)[0]
            self._check(stops)
            return stops
        return whole

    def _place_ids(self, column: pa.Array, read: Reader) -> Keys:
        """Number of the place, or places, of each cell in ``_places``."""
        codes, texts = encoded(column)
        known, ids = self._words.get(read.__name__, _NO_WORDS)
        found = pc.index_in(texts, known)
        if found.null_count:
            new = texts.filter(found.is_null())
            words = new.to_pylist()
            firsts = []
            for text in words:
                firsts.append(len(self._places))
                for on in self._eras(text):
                    if is_blank(text):
                        self._blank.add(len(self._places))
                    self._places.append(read(text, on))
            ids = np.append(ids, np.array(firsts, np.int64))
            known = pa.concat_arrays([known, new])
            self._words[read.__name__] = known, ids
            found = pc.index_in(texts, known)
        numbers: Keys = ids[np.asarray(found)]
        return self._in_their_days(numbers[codes])

    def _eras(self, text: str | None) -> list[date | None]:
        """Days that stand for the times between which what a text names changes: mostly one."""
        days = sorted(turns_in(text))
        if days:
            ordinals = [day.toordinal() for day in days]
            self._turns[len(self._places)] = np.array(ordinals, np.int32)
        return eras_between(days)

    def _in_their_days(self, ids: Keys) -> Keys:
        """Numbers of texts as they are read on the day of each row."""
        if self._turns:
            for first in set(np.unique(ids).tolist()).intersection(self._turns):
                rows = np.flatnonzero(ids == first)
                ids[rows] += np.searchsorted(self._turns[first], self._days[rows], "right")
        return ids

    def _end_of(self, text: str | None, on: date | None) -> Places:
        """The place in a cell of origins or destinations; stops only of a list of codes."""
        return self._read(partial(end_of, text or "", on), text)

    def _position_of(self, text: str | None, on: date | None) -> Places:
        blank = text is not None and all(map(is_blank, text.split(",")))
        return self._end_of(None if blank else text, on)

    def _stops_of(self, text: str, on: date | None) -> Places:
        return self._read(partial(stops_of, text, on, alone=True), text)

    def _read(self, read: Callable[[], list[Airport]], text: str | None) -> Places:
        if text is not None and text.strip() and is_blank(text):
            said = empty_cell(text)
            return self._error(f"the place is {said}: give a code such as GYD, a city, or lat,lon")
        try:
            stops = read()
            self._check(stops)
        except RoutecheckError as error:
            return self._error(error)
        return tuple(stops)

    def _check(self, stops: Sequence[Airport]) -> None:
        """Note what names were taken for.

        Raises
        ------
        PlaceError
            If one may mean another place too and the settings are strict.
        """
        for stop in stops:
            if self._settings.strict_places:
                check_certain(stop)
            # What a code stands for is no guess, unless it is a word like any other.
            told = stop.guess or not _CODE.fullmatch(stop.input)
            if stop.note and told and len(self.readings) < MOST_READINGS:
                self.readings[stop.note] = None

    def _stops_on_way(self, text: str | None, on: date | None) -> Places:
        if text is None or is_blank(text):
            return self._error(f"the route is {empty_cell(text)}: write it like GYD-GRV")
        return self._stops_of(text, on)

    def _reader(self, columns: Columns) -> Reader:
        """What reads the route beside an origin and a destination, by the name of its column."""
        said = words_of(columns.route or "")
        return self._stops_of_routing if _ROUTINGS.intersection(said) else self._stops_between

    def _stops_of_routing(self, text: str | None, on: date | None) -> Places:
        """The same where one code alone is a place on the way."""
        return self._stops_between(text, on, single=True)

    def _stops_between(self, text: str | None, on: date | None, *, single: bool = False) -> Places:
        """The stops that stand beside an origin and a destination; none if nothing is meant."""
        number, named = len(self._places), self._settings.columns.route is not None
        if text is None or is_blank(text):
            return ()
        held = codes_only(text, single=single)
        if len(held) > 1:
            text = "-".join(held)
        elif held and not named:
            return self._error(
                f"{text.strip()[:40]!r} names one place, {held[0]}, beside the origin and "
                f"the destination: write via {held[0]} if it is a stop, or leave the column "
                "out with --ignore-col"
            )
        via = _VIA.fullmatch(text)
        try:
            stops, codes = read_stops(via[1] if via else text, on)
            self._check(stops)
        except RoutecheckError as error:
            # Of codes of which one is wrong, or where the user says so, a route was meant.
            words = words_between(text, SIGNS_AND_BLANKS)
            meant = sum(map(is_known_code, words)) > 1 and all(map(_CODE.fullmatch, words))
            return self._error(error) if named or meant or via else ()
        if via:
            self._between.add(number)
        elif len(stops) < 2:
            return self._error(f"{text.strip()[:40]!r} names no stops") if named else ()
        elif not named and (not codes or text != text.upper()):
            self._loose.add(number)
        return stops

    def _error(self, error: RoutecheckError | str) -> int:
        self.errors.append(error.brief if isinstance(error, PlaceError) else str(error))
        return -len(self.errors)

    def _new(self, asked: Sequence[list[int]], levels: Sequence[int | None]) -> Ids:
        """Build and measure routes; their numbers, negative for errors."""
        numbers = np.empty(len(asked), np.int32)
        made: list[tuple[int, list[int], Route, float | None]] = []
        for i, (ids, level) in enumerate(zip(asked, levels, strict=True)):
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

    def _made(self, ids: list[int], level: float | int | None) -> Route | int:
        """A route, not yet measured; a negative number is an error."""
        places = [self._places[i] if i >= 0 else () for i in ids]
        ends = [i for i, place in zip(ids[:2], places, strict=False) if isinstance(place, int)]
        # Beside stops an origin or a destination may be missing, or both be something else.
        spared = ids[2] >= 0 and (len(ends) == 2 or all(i in self._blank for i in ends))
        spared = spared and ids[2] not in self._between
        beside = ids[0] >= 0
        said = [
            ("" if not beside or (end == ENDS[2] and ids[2] in self._between) else end)
            + self.errors[-1 - place]
            for end, i, place in zip(ENDS, ids, places, strict=True)
            if isinstance(place, int) and not (spared and i in ends)
        ]
        if isinstance(level, int):
            said.append(self.errors[-1 - level])
        if said:
            return self._error("; ".join(said))
        try:
            return join(self._stops_at(ids))
        except RoutecheckError as error:
            if ids[2] in self._loose and ids[0] >= 0 and not ends:
                ids[2] = -1  # words that happen to be places
                return self._made(ids, level)
            return self._error(str(error).partition(": e.g. routecheck")[0])

    def _level(self, text: str | None) -> int:
        """Number of a cruise level in ``_levels``: feet, the settings', or an error's number."""
        number = self._level_numbers.get(text)
        if number is None:
            number = self._level_numbers[text] = len(self._levels)
            self._levels.append(self._feet(text))
        return number

    def _feet(self, text: str | None) -> float | int | None:
        if text is None or is_blank(text):
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
        near = legs_in_doubt(legs.ends, self._zones, self._settings.watch_km)[0]
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
            notes = self.notes.number(place_notes(route))
            doubtful = bool(near[slice(*span)].any())
            whole_km = round(encounter.distance_km, 3)
            rows.append((ids, whole_km, missing, doubtful, met, *ends, notes))
        self.rows.add(np.array(rows, ROUTE))
        return numbers
