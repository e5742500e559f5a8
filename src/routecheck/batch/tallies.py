"""What was found about each route in each case that it was asked in, as numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from routecheck.batch.calendar import Calendar
from routecheck.batch.coding import distinct
from routecheck.batch.itineraries import Itineraries
from routecheck.batch.numbers import MISSING, Numbers, Rows
from routecheck.batch.substates import SubStates
from routecheck.risk.model import REASONS, VERDICTS
from routecheck.risk.tally import CLEAR, Case, Tally
from routecheck.zones.model import ZoneSet

__all__ = ["Tallies"]

Ids = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]

SHIFT: Final = 32

TALLY: Final = np.dtype(
    [
        ("verdict", np.int8), ("reason", np.int8), ("score", np.float64), ("worst", np.int32),
        ("inside_km", np.float64), ("inside_min", np.float64), ("buffered_km", np.float64),
        ("closest", np.int32), ("closest_km", np.float64), ("reports_only", np.bool_),
    ]
)  # fmt: skip
"""A :class:`routecheck.risk.tally.Tally`, rounded as it is written; -1 for no zone."""


class Tallies:
    """Judges each route once in each case.

    Attributes
    ----------
    rows : Rows of TALLY
        The first is that of a route that meets no zone that speaks.
    """

    def __init__(
        self, routes: Itineraries, calendar: Calendar, subs: SubStates, considered: ZoneSet
    ) -> None:
        self.rows = Rows(TALLY)
        self.rows.add(np.array([_row(CLEAR)], TALLY))
        self._routes, self._calendar, self._subs = routes, calendar, subs
        self._considered = considered
        self._numbers = Numbers()
        self._begun: set[int] = set()

    def of(self, routes: Keys, cases: Ids) -> Ids:
        """Number of the tally of each route in a case."""
        keys = (routes << SHIFT) | cases
        found = np.where(cases == 0, 0, self._numbers.get(keys))
        if (found == MISSING).any():
            asked: dict[int, set[int]] = {}
            for key in distinct(keys[found == MISSING])[0].tolist():
                asked.setdefault(key >> SHIFT, set()).add(key & ((1 << SHIFT) - 1))
            self._judge(asked)
            found = np.where(cases == 0, 0, self._numbers.get(keys))
        return found

    def _judge(self, asked: dict[int, set[int]]) -> None:
        """Judge each of some routes in some cases."""
        keys: list[int] = []
        rows: list[Any] = []
        for route, its_cases in asked.items():
            cases: Iterable[int] = its_cases
            if route in self._begun:
                # Who asks twice asks again: in every case that there is so far, while at it.
                all_keys = np.array([(route << SHIFT) | c for c in self._subs.cases_of(route) if c])
                new = self._numbers.get(all_keys) == MISSING
                cases = (all_keys[new] & ((1 << SHIFT) - 1)).tolist()
            self._begun.add(route)
            case = Case(self._routes.facts[route], self._considered)
            for number in cases:
                standing = [
                    (zone, grade, self._calendar.papers[zone][grade])
                    for zone, grade in self._subs.cases[number]
                ]
                keys.append((route << SHIFT) | number)
                rows.append(_row(case.tally(standing)))
        first = self.rows.add(np.array(rows, TALLY))
        self._numbers.put(np.array(keys, np.int64), first + np.arange(len(keys), dtype=np.int32))


def _row(t: Tally) -> tuple[Any, ...]:
    zone, km = t.closest or (-1, np.nan)
    return (
        VERDICTS.index(t.verdict), REASONS.index(t.reason), t.score, t.worst,
        round(t.inside_km, 3), round(t.inside_min, 1), round(t.buffered_km, 3), zone, round(km, 3),
        t.reports_only,
    )  # fmt: skip
