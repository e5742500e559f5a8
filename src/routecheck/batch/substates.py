"""What of the papers of a day matters to a route: days that are alike for it are one question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from routecheck.batch.calendar import Calendar
from routecheck.batch.coding import distinct
from routecheck.batch.itineraries import Itineraries
from routecheck.batch.numbers import Rows
from routecheck.risk.tally import SEVERAL, nearest_zones
from routecheck.zones.model import ZoneSet

__all__ = ["SubStates"]

Keys = npt.NDArray[np.int64]
Array = npt.NDArray[np.float64]

SHIFT: Final = 32

SUB: Final = np.dtype(
    [("case", np.int32), ("nearest", np.int32), ("state", np.int32), ("doubt", np.bool_)]
)
"""A sub-state: the case that is judged, or the zone that is nearest where none that speaks is met,
-1 for none; a state that it was found in; and whether nothing is called clear then."""

_NOT_ASKED: Final = -2


class SubStates:
    """What the states of a calendar are to each route.

    A route and a *sub-state* decide an answer: states that are alike for the zones that the route
    meets are one sub-state. A route that meets none that speaks is told its nearest: a chain of
    its nearest zones grows as far as it takes to find one that speaks.

    Attributes
    ----------
    rows : Rows of SUB
        By the number of the sub-state.
    cases : list of tuple of (position, grade)
        Zones met that speak, and their grades. The first is that of none.
    """

    def __init__(self, routes: Itineraries, calendar: Calendar, considered: ZoneSet) -> None:
        self.rows = Rows(SUB)
        self.cases: list[tuple[tuple[int, int], ...]] = [()]
        self._routes, self._calendar, self._considered = routes, calendar, considered
        self._numbers: dict[Any, int] = {}
        self._case_numbers: dict[Any, int] = {(): 0}
        # A class of routes: the zones met, and of the nearest ones as many as were looked at.
        self._classes: dict[Any, int] = {}
        self._class_zones: list[tuple[npt.NDArray[np.int32], tuple[int, ...]]] = []
        self._table = np.full((0, 0), -1, np.int32)
        self._class_cases: dict[int, tuple[int, set[int]]] = {}
        # Of each route: its class, and the nearest of the zones that it does not meet.
        self._class_of = np.zeros(0, np.int32)
        self._depth = np.zeros(0, np.int32)
        self._near = np.full((0, SEVERAL), _NOT_ASKED, np.int32)
        self._near_km = np.full((0, SEVERAL), np.inf)

    def of(self, routes: Keys, states: Keys) -> Keys:
        """Number of the sub-state of each route in a state."""
        self._grow_routes()
        while True:
            self._grow_table()
            classes = self._class_of[routes]
            subs = self._table[classes, states]
            missing = np.flatnonzero(subs < 0)
            if not len(missing):
                return subs.astype(np.int64)
            asked = (classes[missing].astype(np.int64) << SHIFT) | states[missing]
            for pair in distinct(asked)[0].tolist():
                at = pair >> SHIFT, pair & ((1 << SHIFT) - 1)
                self._table[at] = self._sub(*at)
            # Where no zone of the class speaks, the routes need one more of their nearest.
            lone = missing[self._table[classes[missing], states[missing]] < 0]
            if len(lone):
                self._lengthen(np.unique(routes[lone]))

    def cases_of(self, route: int) -> set[int]:
        """The cases in which a route is on any of the days seen so far."""
        number, states = int(self._class_of[route]), len(self._calendar.states)
        known, cases = self._class_cases.get(number, (0, set()))
        if known < states:
            row = self._table[number, :states]
            for state in np.flatnonzero(row < 0).tolist():
                row[state] = self._sub(number, state)
            cases = set(self.rows.all["case"][row[row >= 0]].tolist())
            self._class_cases[number] = states, cases
        return cases

    def nearest_km(self, routes: Keys, subs: Keys) -> Array:
        """How far the nearest zone is from each route in a sub-state that says which it is."""
        nearest = self.rows.all["nearest"][subs]
        at = (self._near[routes] == nearest[:, None]).argmax(axis=1)
        km: Array = np.where(nearest >= 0, self._near_km[routes, at], np.nan)
        return km

    def _class(self, met: tuple[int, ...], chain: tuple[int, ...]) -> int:
        number = self._classes.setdefault((met, chain), len(self._classes))
        if number == len(self._class_zones):
            self._class_zones.append((np.array(met, np.int32), chain))
        return number

    def _grow_routes(self) -> None:
        """Make room for new routes; those that meet the same zones are of one class."""
        before, now = len(self._class_of), len(self._routes.rows)
        if now <= before:
            return
        met = self._routes.rows.all["met"][before:]
        found, which = np.unique(met, return_inverse=True)
        classes = np.array([self._class(self._routes.met[m], ()) for m in found.tolist()], np.int32)
        self._class_of = np.append(self._class_of, classes[which])
        self._depth = np.append(self._depth, np.zeros(now - before, np.int32))
        columns = self._near.shape[1]
        more = np.full((now - before, columns), _NOT_ASKED, np.int32)
        self._near = np.concatenate((self._near, more))
        self._near_km = np.concatenate((self._near_km, np.full((now - before, columns), np.inf)))

    def _grow_table(self) -> None:
        rows, columns = self._table.shape
        classes, states = len(self._class_zones), len(self._calendar.states)
        if classes > rows or states > columns:
            shape = max(rows, 5 * classes // 4), max(columns, 5 * states // 4)
            grown = np.full(shape, -1, np.int32)
            grown[:rows, :columns] = self._table
            self._table = grown

    def _sub(self, number: int, state: int) -> int:
        """The sub-state of a class in a state, -1 if its nearest zones do not speak."""
        met, chain = self._class_zones[number]
        known = self._calendar.states[state]
        stands = known.stands[met]
        if (stands >= 0).any():
            content: Any = met.tobytes(), stands.tobytes(), known.doubt
        else:
            nearest = next((z for z in chain if z < 0 or known.active[z]), None)
            if nearest is None:
                return -1
            content = nearest, known.doubt
        sub = self._numbers.setdefault(content, len(self.rows))
        if sub == len(self.rows):
            alone = len(content) == 2
            case = 0 if alone else self._case(met[stands >= 0].tolist(), known.grades)
            row = (case, content[0] if alone else -1, state, bool(known.doubt))
            self.rows.add(np.array([row], SUB))
        return sub

    def _case(self, speaking: Sequence[int], grades: Sequence[int]) -> int:
        content = tuple((z, grades[z]) for z in speaking)
        number = self._case_numbers.setdefault(content, len(self.cases))
        if number == len(self.cases):
            self.cases.append(content)
        return number

    def _lengthen(self, routes: Keys) -> None:
        """Look at one more of the nearest zones of routes; -1 ends a list that has no more.

        The nearest of all zones is the nearest of any number of them, if it speaks.
        """
        depth = self._depth[routes]
        if int(depth.max()) >= self._near.shape[1]:
            count = len(self._near)
            more = np.full((count, SEVERAL), _NOT_ASKED, np.int32)
            self._near = np.concatenate((self._near, more), axis=1)
            self._near_km = np.concatenate((self._near_km, np.full((count, SEVERAL), np.inf)), 1)
        short = routes[self._near[routes, depth] == _NOT_ASKED].tolist()
        without, ends = [], []
        for route in short:
            # Zones that are met are near only on days on which they do not speak.
            chain = self._near[route]
            met = self._routes.met[int(self._routes.rows.all["met"][route])]
            without.append([*met, *chain[chain >= 0].tolist()])
            ends.append(self._routes.route(route).ends)
        for route, found in zip(short, nearest_zones(ends, without, self._considered), strict=True):
            at = int(self._depth[route])
            room = self._near.shape[1] - at
            for i, (zone, km) in enumerate((found or [(-1, np.inf)])[:room]):
                self._near[route, at + i] = zone
                self._near_km[route, at + i] = km
        self._depth[routes] += 1
        for route in routes.tolist():
            met, _ = self._class_zones[self._class_of[route]]
            chain = self._near[route, : self._depth[route]]
            self._class_of[route] = self._class(tuple(met.tolist()), tuple(chain.tolist()))
