"""What stands of a zone set on each of many days, worked out once for days that are alike."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from routecheck.zones.ageing import LAPSED_FULL_DAYS, Standing, full_days, speaks, standings
from routecheck.zones.model import Stamp, Zone, ZoneSet, day_of

__all__ = ["Calendar", "State"]

_TICK = timedelta(microseconds=1)


class State(NamedTuple):
    """What stands on days that are alike; lists are by the zone's position in the set.

    Attributes
    ----------
    when : date or datetime
        One of the days.
    active : (zones,) bool array
    texts : list of str
        Titles of what stands.
    grades : list of int
        A number for what decides a verdict; -1 if the zone does not speak.
    stands : (zones,) int32 array
        A number for the grade and the titles of a zone, of all zones; -1 if it does not speak.
    doubt : str
        ``early``, ``late`` or nothing: why nothing is called clear then.
    """

    when: Stamp
    active: npt.NDArray[np.bool_]
    texts: list[str]
    grades: list[int]
    stands: npt.NDArray[np.int32]
    doubt: str


class Calendar:
    """States of a zone set, by day or moment.

    Parameters
    ----------
    zones : ZoneSet
        What is checked.
    max_age_days : int
        So long after the set's state of knowledge something may still be called clear.

    Attributes
    ----------
    states : list of State
    papers : list of list of tuple of Standing
        By the zone's position and the grade: one of each kind of notice that decides.
    """

    def __init__(self, zones: ZoneSet, max_age_days: int) -> None:
        self.states: list[State] = []
        self.papers: list[list[tuple[Standing, ...]]] = [[] for _ in zones]
        self._zones = zones
        self._begins = zones.covers[0]
        self._ends = zones.known_until
        self._max_age_days = max_age_days
        self._turns = _turns(zones, self._begins, self._ends, max_age_days)
        self._by_turn: dict[tuple[int, int], int] = {}
        self._by_content: dict[Any, int] = {}
        self._grades: list[dict[Any, int]] = [{} for _ in zones]
        self._stands: dict[tuple[int, int, str], int] = {}

    def state(self, when: Stamp) -> int:
        """Number of the state on a day or at a moment."""
        first, last = _bounds(when)
        turn = bisect_right(self._turns, first), bisect_right(self._turns, last)
        number = self._by_turn.get(turn)
        if number is None:
            state = self._made(when)
            content = tuple(state.texts), tuple(state.grades), state.doubt
            number = self._by_content.setdefault(content, len(self.states))
            if number == len(self.states):
                self.states.append(state)
            self._by_turn[turn] = number
        return number

    def _made(self, when: Stamp) -> State:
        texts, grades, active = [], [], []
        for position, zone in enumerate(self._zones):
            standing = standings(zone, when)
            active.append(bool(standing) or speaks(zone, when))
            texts.append("; ".join(s.advisory.title for s in standing))
            kinds = {_kind(s): s for s in reversed(standing)}
            known = self._grades[position]
            grade = known.setdefault(frozenset(kinds), len(known))
            if grade == len(self.papers[position]):
                self.papers[position].append(tuple(reversed(kinds.values())))
            grades.append(grade if active[-1] else -1)
        stands = [
            self._stands.setdefault((position, grade, text), len(self._stands)) if speaking else -1
            for position, (grade, text, speaking) in enumerate(
                zip(grades, texts, active, strict=True)
            )
        ]
        return State(
            when, np.array(active, np.bool_), texts, grades, np.array(stands, np.int32),
            self._doubt(when),
        )  # fmt: skip

    def _doubt(self, when: Stamp) -> str:
        day = day_of(when)
        if self._begins is not None and day < self._begins:
            return "early"
        if self._ends is not None and (day - self._ends).days > self._max_age_days:
            return "late"
        return ""


def _kind(s: Standing) -> tuple[Any, ...]:
    """What decides a verdict about a notice."""
    a = s.advisory
    return s.level, a.floor_ft, a.ceiling_ft, a.applies, a.aerodromes_in


def _bounds(when: Stamp) -> tuple[datetime, datetime]:
    if isinstance(when, datetime):
        return when, when
    return datetime.combine(when, time.min, UTC), datetime.combine(when, time.max, UTC)


def _turns(zones: ZoneSet, begins: Any, ends: Any, max_age_days: int) -> list[datetime]:
    """Moments at which something may begin to stand, end, lapse or fade; between them all stays."""
    turns: set[datetime] = set()
    for zone in zones:
        turns |= _turns_of(zone)
    if begins is not None:
        turns.add(_bounds(begins)[0])
    if ends is not None:
        turns |= _later(_bounds(ends)[1], max_age_days)
    return sorted(turns)


def _turns_of(zone: Zone) -> set[datetime]:
    turns: set[datetime] = set()
    for a in zone.advisories:
        turns |= {_bounds(stamp)[0] for stamp in (a.issued, a.ended) if stamp is not None}
        if a.expires is not None:
            full = full_days(a, renewed=a.id in zone.renewed)
            for days in (0, full, LAPSED_FULL_DAYS):
                turns |= _later(_bounds(a.expires)[1], days)
    if zone.since is not None:
        turns.add(_bounds(zone.since)[0])
    return turns


def _later(moment: datetime, days: int) -> set[datetime]:
    """The first moment after so many days; none where the calendar ends before."""
    try:
        return {moment + timedelta(days=days) + _TICK}
    except OverflowError:
        return set()
