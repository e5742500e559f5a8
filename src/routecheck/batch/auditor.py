"""The audit of a batch of rows: each distinct question is answered once.

A row asks about a route and a day. Routes are measured once; days that are alike for the zones
that a route meets are one. What is answered is what :func:`routecheck.check` answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from routecheck.batch.book import ROW, Book
from routecheck.batch.calendar import Calendar
from routecheck.batch.coding import coded, column_of
from routecheck.batch.columns import Columns, find_columns, other_dates
from routecheck.batch.dates import (
    NoDayError,
    Reading,
    is_clock,
    joined_parts,
    read_clock,
    read_date,
    read_parts,
)
from routecheck.batch.itineraries import Itineraries
from routecheck.batch.numbers import Numbers
from routecheck.batch.result import ADDED, added_names
from routecheck.batch.substates import SubStates
from routecheck.batch.tallies import Tallies
from routecheck.batch.unread import suspect_of
from routecheck.errors import DateError
from routecheck.risk.assess import MAX_AGE_DAYS, WATCH_KM, check_limits, considered
from routecheck.risk.model import VERDICTS
from routecheck.risk.profile import SPEED_KT
from routecheck.zones.model import Stamp, ZoneSet, day_of, issuer_names, stamp_text

__all__ = ["Answers", "Auditor", "Settings"]

Ids = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]

MOST_KEPT: Final = 1_000_000
MOST_ROUTES: Final = 150_000
"""Answers, and routes, kept, some 700 MB; then they are forgotten, and worked out again if need
be."""

MOST_TEXTS: Final = 200_000
"""Distinct dates, and distinct errors of rows, kept: some 50 MB."""

NO_DAY: Final = np.iinfo(np.int32).min
UNKNOWN: Final = VERDICTS.index("unknown")
_NO_ROUTE: Final = {"origin": -1, "dest": -1, "notes": -1}
CLEAR: Final = VERDICTS.index("clear")
WATCH: Final = VERDICTS.index("watch")
SHIFT: Final = 32


@dataclass(frozen=True, slots=True)
class Settings:
    """How an audit judges; those of :func:`routecheck.check`, and how the table is read.

    Attributes
    ----------
    date : date or datetime
        Of rows without one.
    fill_dates : bool
        Whether ``date`` was given by the user: then it stands for empty cells of a date column.
    columns : Columns
        Those that the user named.
    date_formats : tuple of str
        As for ``datetime.strptime``.
    strict_places : bool
        Whether a name that may mean another place too is an error.
    """

    date: Stamp
    fill_dates: bool = False
    issuers: tuple[str, ...] = ()
    cruise_ft: float | None = None
    speed_kt: float = SPEED_KT
    watch_km: float = WATCH_KM
    max_age_days: int = MAX_AGE_DAYS
    events: bool = True
    columns: Columns = field(default_factory=Columns)
    date_formats: tuple[str, ...] = ()
    strict_places: bool = False

    def columns_of(self, names: Sequence[str], where: str = "") -> Columns:
        """The columns of a table that hold what is asked.

        Raises
        ------
        RoutecheckError
            If they cannot be told.
        """
        return find_columns(names, self.columns, where, day_given=self.fill_dates)

    def undated(self, names: Sequence[str], columns: Columns) -> list[str]:
        """Columns that may hold the dates of a table that seems to have none, and needs some.

        And others that are not read and may change the answer.
        """
        left_out = {*columns.used, *columns.ignored}
        unread = [name for name in names if name not in left_out and self._suspects(name, columns)]
        if columns.dated or self.fill_dates:
            return unread
        return [*unread, *(name for name in other_dates(names, columns) if name not in unread)]

    def _suspects(self, name: str, columns: Columns) -> bool:
        kind = suspect_of(name)
        if kind == "level":
            return columns.cruise is None
        return bool(kind) and self.columns.date is None


class Answers(NamedTuple):
    """The answers to the rows of a batch.

    Attributes
    ----------
    ids : (n,) int32 array
        Numbers of the answers in ``book``.
    days : (n,) int32 array
        Day of each row, counted as by ``date.toordinal``; ``NO_DAY`` without one.
    columns : Columns
        Where the route was read.
    """

    ids: Ids
    days: Ids
    columns: Columns
    book: Book


class _Dates:
    """Cells of a date column, read once each: number of the state and the day, or why not."""

    def __init__(self, auditor: Auditor) -> None:
        self._auditor = auditor
        self._found: dict[tuple[str | None, Reading], tuple[int, int]] = {}
        self.errors: list[str] = []

    @property
    def kept(self) -> int:
        """How many cells are remembered."""
        return len(self._found)

    def of(self, text: str | None, read: Reading) -> tuple[int, int]:
        """State and day of a cell; a negative state counts ``errors`` from -1 down."""
        found = self._found.get((text, read))
        if found is None:
            found = self._found[text, read] = self._read(text, read)
        return found

    def _read(self, text: str | None, read: Reading) -> tuple[int, int]:
        settings = self._auditor.settings
        try:
            if (text is None or not text.strip()) and settings.fill_dates:
                when = settings.date
            else:
                when = read(text or "", settings.date_formats)
        except NoDayError as error:
            if not settings.fill_dates:
                self.errors.append(str(error))
                return -len(self.errors), NO_DAY
            when = settings.date
        except DateError as error:
            self.errors.append(str(error))
            return -len(self.errors), NO_DAY
        return self._auditor.calendar.state(when), day_of(when).toordinal()


class Auditor:
    """Answers rows, and remembers what it answered.

    Parameters
    ----------
    zones : ZoneSet
    settings : Settings

    Raises
    ------
    RoutecheckError
        If a number of the settings is out of range, or there is no zone.
    """

    def __init__(self, zones: ZoneSet, settings: Settings) -> None:
        check_limits(
            zones, settings.cruise_ft, settings.speed_kt, settings.watch_km, settings.max_age_days
        )
        self.zones = zones
        self.settings = settings
        self.considered = considered(zones, issuer_names(settings.issuers), events=settings.events)
        self.as_of = stamp_text(zones.as_of)
        self._columns: dict[tuple[str, ...], Columns] = {}
        self._forget()

    def _forget(self) -> None:
        """Begin anew."""
        self.calendar = Calendar(self.considered, self.settings.max_age_days)
        self.routes = Itineraries(self.zones, self.considered, self.settings)
        self._subs = SubStates(self.routes, self.calendar, self.considered)
        self._tallies = Tallies(self.routes, self.calendar, self._subs, self.considered)
        self._dates = _Dates(self)
        self._forget_answers()

    def _forget_answers(self) -> None:
        """Answer again from what is known of the routes."""
        self.book = Book([zone.id for zone in self.considered], self.routes.iata, self.routes.notes)
        self._answered = Numbers()
        self._failed: dict[tuple[int, str], int] = {}

    def _keep_within(self) -> None:
        """Forget what has grown too large; what was answered before is not asked for any more."""
        if self.routes.kept > MOST_ROUTES:
            self._forget()
        elif len(self.book) > MOST_KEPT or len(self._failed) > MOST_TEXTS:
            self._forget_answers()
        if self._dates.kept > MOST_TEXTS:
            self._dates = _Dates(self)

    def columns_of(self, names: Sequence[str], where: str = "") -> Columns:
        """The columns of a table that hold what is asked.

        Raises
        ------
        RoutecheckError
            If they cannot be told.
        """
        key = tuple(names)
        if key not in self._columns:
            self._columns[key] = self.settings.columns_of(names, where)
        return self._columns[key]

    def audit_batch(self, batch: pa.RecordBatch, errors: pa.Array | None = None) -> pa.RecordBatch:
        """The same rows with the answers beside them.

        Parameters
        ----------
        batch : RecordBatch
        errors : Array of str, optional
            Why a row could not be read; such a row is not judged.

        Raises
        ------
        RoutecheckError
            If the columns of the route cannot be told.
        """
        answers = self.answers(batch, errors)
        names = batch.schema.names
        fields = [
            added.with_name(name)
            for added, name in zip(ADDED, added_names(names), strict=True)
        ]  # fmt: skip
        return pa.RecordBatch.from_arrays(
            [*batch.columns, *answers.book.columns(answers.ids)],
            schema=pa.schema([*batch.schema, *fields], metadata=batch.schema.metadata),
        )

    def answers(
        self,
        batch: pa.RecordBatch,
        errors: pa.Array | None = None,
        columns: Columns | None = None,
    ) -> Answers:
        """The answer to each row; see :meth:`audit_batch`."""
        self._keep_within()
        columns = columns or self.columns_of(batch.schema.names)
        states, days = self._states(batch, columns)
        routes = self.routes.of_rows(batch, columns, days)
        ids = np.full(len(batch), -1, dtype=np.int32)
        bad = (routes < 0) | (states < 0)
        unread: list[str | None] = []
        if errors is not None and errors.null_count < len(errors):
            bad |= np.asarray(pc.is_valid(errors))
            unread = errors.to_pylist()
        good = np.flatnonzero(~bad)
        if len(good) == len(batch):
            ids = self._answer(routes, states)
        else:
            ids[good] = self._answer(routes[good], states[good])
            for row in np.flatnonzero(bad).tolist():
                said = unread[row] if unread else None
                ids[row] = self._failure(int(routes[row]), int(states[row]), said)
        return Answers(ids, days, columns, self.book)

    def _states(self, batch: pa.RecordBatch, columns: Columns) -> tuple[Keys, Ids]:
        """State of the papers, and the day, of each row."""
        if not columns.dated:
            state = self.calendar.state(self.settings.date)
            day = day_of(self.settings.date).toordinal()
            return np.full(len(batch), state, np.int64), np.full(len(batch), day, np.int32)
        if columns.date_parts is not None:
            read: Reading = read_parts
            column = joined_parts([column_of(batch, name) for name in columns.date_parts])
        else:
            assert columns.date is not None
            read = read_clock if is_clock(columns.date) else read_date
            column = column_of(batch, columns.date)
        codes, texts = coded(column)
        found = np.array([self._dates.of(text, read) for text in texts], np.int64).reshape(-1, 2)
        return found[codes, 0], found[codes, 1].astype(np.int32)

    def _answer(self, routes: Keys, states: Keys) -> Ids:
        """Numbers of the answers about routes in states."""
        keys = (routes << SHIFT) | self._subs.of(routes, states)

        def made(new: Keys, _rows: Keys) -> Ids:
            first = self.book.add(self._judged(new >> SHIFT, new & ((1 << SHIFT) - 1)))
            return first + np.arange(len(new), dtype=np.int32)

        return self._answered.of(keys, made)

    def _judged(self, routes: Keys, subs: Keys) -> npt.NDArray[Any]:
        """The answers about routes in sub-states."""
        words = self.book.words
        route, sub = self.routes.rows.all[routes], self._subs.rows.all[subs]
        numbers = self._tallies.of(routes, sub["case"])
        tally = self._tallies.rows.all[numbers]
        missing = route["missing"]
        left_out = route["doubtful"]
        unsure = sub["doubt"] | missing | left_out
        watch = tally["verdict"] == WATCH
        unknown = ((tally["verdict"] == CLEAR) | (watch & tally["reports_only"])) & unsure
        unknown |= watch & (missing | left_out)
        worst = np.where(unknown, -1, tally["worst"])
        none_met = tally["closest"] < 0
        answers = np.empty(len(routes), ROW)
        answers["verdict"] = np.where(unknown, UNKNOWN, tally["verdict"])
        answers["reason"] = tally["reason"]
        answers["path"] = 0
        answers["score"] = np.where(unknown, np.nan, tally["score"])
        answers["worst_zone"] = worst
        for name in ("inside_km", "inside_min", "buffered_km"):
            answers[name] = np.where(worst >= 0, tally[name], 0.0)
        answers["closest_zone"] = np.where(none_met, sub["nearest"], tally["closest"])
        nearest_km = [round(km, 3) for km in self._subs.nearest_km(routes, subs).tolist()]
        answers["closest_km"] = np.where(none_met, nearest_km, tally["closest_km"])
        titles, which = np.unique(
            np.where(worst >= 0, sub["state"].astype(np.int64) << SHIFT | worst, -1),
            return_inverse=True,
        )
        answers["advisories"] = np.array(
            [words["advisories"].number(self._title(its)) for its in titles.tolist()], np.int32
        )[which]
        answers["route_km"] = route["km"]
        answers["origin_iata"], answers["dest_iata"] = route["origin"], route["dest"]
        answers["place_notes"] = route["notes"]
        answers["as_of"] = words["as_of"].number(self.as_of)
        answers["error"] = -1
        answers["route"] = routes
        return answers

    def _title(self, stand: int) -> str:
        """What stands, by number of the state and the zone; nothing where that is negative."""
        return (
            self.calendar.states[stand >> SHIFT].texts[stand & ((1 << SHIFT) - 1)]
            if stand >= 0
            else ""
        )

    def _failure(self, route: int, state: int, unread: str | None) -> int:
        """The number of the answer to a row that cannot be judged."""
        said = [unread] if unread else []
        if not unread:
            if route < 0:
                said.append(self.routes.errors[-1 - route])
            if state < 0:
                said.append(self._dates.errors[-1 - state])
        text = "; ".join(" ".join(part.split()) for part in said)
        key = max(route, -1), text
        found = self._failed.get(key)
        if found is None:
            words, none = self.book.words, np.nan
            ends = self.routes.rows.all[route] if route >= 0 else _NO_ROUTE
            answer = (
                UNKNOWN, -1, -1, none, -1, none, none, none, -1, none, -1, none, ends["origin"],
                ends["dest"], ends["notes"], words["as_of"].number(self.as_of),
                words["error"].number(text), -1,
            )  # fmt: skip
            found = self._failed[key] = self.book.add(np.array([answer], ROW))
        return found
