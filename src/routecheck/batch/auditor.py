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

from routecheck.batch.book import Book
from routecheck.batch.calendar import Calendar, read_date
from routecheck.batch.coding import coded, distinct
from routecheck.batch.columns import Columns, find_columns
from routecheck.batch.itineraries import Itineraries
from routecheck.batch.result import ADDED, added_names
from routecheck.errors import DateError
from routecheck.risk.assess import MAX_AGE_DAYS, WATCH_KM, check_limits
from routecheck.risk.model import REASONS, VERDICTS
from routecheck.risk.profile import SPEED_KT
from routecheck.zones.model import Stamp, ZoneSet, day_of, issuer_names, stamp_text

__all__ = ["Answers", "Auditor", "Settings"]

Ids = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]

MOST_KEPT: Final = 1_000_000
MOST_ROUTES: Final = 150_000
"""Answers, and routes, kept, some 1.5 GB; then all are forgotten, and worked out again if asked."""

NO_DAY: Final = np.iinfo(np.int32).min
UNKNOWN: Final = VERDICTS.index("unknown")
CLEAR: Final = VERDICTS.index("clear")
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
    date_format : str or None
        As for ``datetime.strptime``.
    """

    date: Stamp
    fill_dates: bool = False
    issuers: tuple[str, ...] = ()
    cruise_ft: float | None = None
    speed_kt: float = SPEED_KT
    watch_km: float = WATCH_KM
    max_age_days: int = MAX_AGE_DAYS
    columns: Columns = field(default_factory=Columns)
    date_format: str | None = None


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
        self._found: dict[str | None, tuple[int, int]] = {}
        self.errors: list[str] = []

    def of(self, text: str | None) -> tuple[int, int]:
        """State and day of a cell; a negative state counts ``errors`` from -1 down."""
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = self._read(text)
        return found

    def _read(self, text: str | None) -> tuple[int, int]:
        settings = self._auditor.settings
        try:
            if (text is None or not text.strip()) and settings.fill_dates:
                when = settings.date
            else:
                when = read_date(text or "", settings.date_format)
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
        self.considered = zones.by_issuers(issuer_names(settings.issuers))
        self.as_of = stamp_text(zones.as_of)
        self._columns: dict[tuple[str, ...], Columns] = {}
        self._forget()

    def _forget(self) -> None:
        self.book = Book()
        self.calendar = Calendar(self.considered, self.settings.max_age_days)
        self.routes = Itineraries(self.zones, self.considered, self.settings, self.calendar)
        self._dates = _Dates(self)
        self._answered: dict[int, int] = {}
        self._failed: dict[tuple[int, str], int] = {}
        self.generation = getattr(self, "generation", -1) + 1

    def columns_of(self, names: Sequence[str], where: str = "") -> Columns:
        """The columns of a table that hold what is asked.

        Raises
        ------
        RoutecheckError
            If they cannot be told.
        """
        key = tuple(names)
        if key not in self._columns:
            self._columns[key] = find_columns(names, self.settings.columns, where)
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
        if len(self.book) > MOST_KEPT or self.routes.kept > MOST_ROUTES:
            self._forget()
        columns = columns or self.columns_of(batch.schema.names)
        routes = self.routes.of_rows(batch, columns)
        states, days = self._states(batch, columns)
        ids = np.full(len(batch), -1, dtype=np.int32)
        bad = (routes < 0) | (states < 0)
        unread: list[str | None] = [None] * 0
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
        if columns.date is None:
            state = self.calendar.state(self.settings.date)
            day = day_of(self.settings.date).toordinal()
            return np.full(len(batch), state, np.int64), np.full(len(batch), day, np.int32)
        codes, texts = coded(batch.column(batch.schema.get_field_index(columns.date)))
        found = np.array([self._dates.of(text) for text in texts], np.int64).reshape(-1, 2)
        return found[codes, 0], found[codes, 1].astype(np.int32)

    def _answer(self, routes: Keys, states: Keys) -> Ids:
        """Numbers of the answers about routes in states."""
        subs = self.routes.subs(routes, states)
        keys, codes = distinct((routes << SHIFT) | subs)
        known = self._answered
        ids = list(map(known.get, keys.tolist()))
        new = [i for i, number in enumerate(ids) if number is None]
        if new:
            # A state in which each new question was asked: any of them gives the same answer.
            state_of = np.empty(len(keys), np.int64)
            state_of[codes] = states
            asked = [(int(keys[i] >> SHIFT), int(state_of[i])) for i in new]
            first = self.book.add([self._judged(*question) for question in asked])
            for number, i in enumerate(new, first):
                ids[i] = known[int(keys[i])] = number
        return np.array(ids, np.int32)[codes]

    def _judged(self, route: int, state: int) -> tuple[Any, ...]:
        """The answer about a route, in the order of the book."""
        its, known = self.routes[route], self.calendar.states[state]
        encounter, words = its.encounter, self.book.words
        tally = encounter.tally(
            [(z, known.grades[z], known.papers[z]) for z in encounter.zones if known.active[z]]
        )
        unknown = (
            (tally.verdict == "clear" and (known.doubt or self.zones.read_two_ways or its.missing))
            or (tally.verdict == "watch" and its.missing)
        )  # fmt: skip
        closest = tally.closest or self.routes.nearest(route, state)
        worst = -1 if unknown else tally.worst
        zones = self.considered
        return (
            UNKNOWN if unknown else VERDICTS.index(tally.verdict),
            REASONS.index(tally.reason),
            0,
            np.nan if unknown else tally.score,
            words["worst_zone"].number(zones[worst].id) if worst >= 0 else -1,
            round(tally.inside_km, 3) if worst >= 0 else 0.0,
            round(tally.inside_min, 1) if worst >= 0 else 0.0,
            round(tally.buffered_km, 3) if worst >= 0 else 0.0,
            words["closest_zone"].number(zones[closest[0]].id) if closest else -1,
            round(closest[1], 3) if closest else np.nan,
            words["advisories"].number(known.texts[worst]) if worst >= 0 else -1,
            round(encounter.distance_km, 3),
            words["origin_iata"].number(its.route.origin.iata),
            words["dest_iata"].number(its.route.destination.iata),
            words["as_of"].number(self.as_of),
            -1,
            route,
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
            words, none = self.book.words, (-1, np.nan)
            its = self.routes[route].route if route >= 0 else None
            found = self._failed[key] = self.book.add(
                [(
                    UNKNOWN, -1, -1, np.nan, -1, np.nan, np.nan, np.nan, *none, -1, np.nan,
                    words["origin_iata"].number(its.origin.iata) if its else -1,
                    words["dest_iata"].number(its.destination.iata) if its else -1,
                    words["as_of"].number(self.as_of),
                    words["error"].number(text),
                    -1,
                )]
            )  # fmt: skip
        return found
