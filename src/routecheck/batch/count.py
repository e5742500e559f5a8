"""Counts of an audit: how many rows, of which verdicts, on which routes, by which zones."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from routecheck.batch.auditor import NO_DAY, Answers, Auditor
from routecheck.batch.book import Book
from routecheck.batch.coding import column_of
from routecheck.batch.flights import MOST_FLIGHTS, Flights
from routecheck.batch.itineraries import MOST_READINGS
from routecheck.risk.model import VERDICTS

__all__ = ["Counter_", "Counts", "RouteCount"]

MOST_ROUTES: Final = 10_000
"""Routes kept by exposure; 1,000 of them are reported."""
PLACES: Final = {"avoid": 4, "caution": 3, "watch": 2, "unknown": 1, "clear": 0}
"""Of verdicts, by exposure."""

FIGURES: Final = ("inside_km", "inside_min", "buffered_km", "closest_km", "route_km")
OF_ROUTES: Final = ("verdict", "reason", "score", "worst_zone", "advisories", *FIGURES)
MOST_ERRORS: Final = 100
MOST_LAYOUTS: Final = 20
MOST_KINDS: Final = 10_000
_LEADS: Final = (
    "taken as ", "is ambiguous: ", "Type the code of one: ", "Type one of: ", "did you mean ",
    "itude ", "has ", "control character ", "row ", "the rest is ", "the line is ",
    "JSON object: ", "key twice: ", "the stops ", "do not lead ",
)  # fmt: skip
_PARTICULAR: Final = re.compile(
    r"""
    taken\ as\ .*?(?=\.\ Give\ two) | is\ ambiguous:\ .*?(?=\ Type|\ Add\ a)
    | or\ type\ the\ code\ of\ one:\ .* | Type\ the\ code\ of\ one:\ .* | Type\ one\ of:\ .*
    | did\ you\ mean\ .*?(?=\?)
    | itude\ \S+(?=\ is\ out) | has\ [\d,]+(?=\ characters) | has\ [\d,]+\ fields?(?=\ where)
    | control\ character\ U\+\w+ | row\ [\d,]+ | the\ rest\ is\ .*?(?=;\ quote)
    | the\ line\ is\ .* | JSON\ object:\ .* | key\ twice:\ .*
    | the\ stops\ \S+(?=\ do\ not) | do\ not\ lead\ .*?(?=:)
    | '[^']{0,200}' | "[^"]{0,200}"
    """,
    re.VERBOSE,
)
"""What an error is about: cells, places that they were or may be taken for, numbers of rows."""

Keys = npt.NDArray[np.int64]

_NO_HASHES: Final = np.empty(0, np.int64)
"""Of whole numbers: as floats, of which an empty list would make all, hashes are not exact."""


class RouteCount(NamedTuple):
    """A distinct route: the most exposed of the answers about it.

    ``figures`` are those of ``FIGURES``.
    ``rows``, ``first_day``, ``last_day`` and ``flights`` are those of all answers. Of flights there
    is one more than reports name, if there are so many.
    """

    stops: tuple[str, ...]
    verdict: str
    reason: str
    score: float | None
    worst_zone: str
    figures: tuple[float, float, float, float | None, float]
    advisories: str
    rows: int
    first_day: int
    last_day: int
    flights: tuple[str, ...]

    @property
    def exposure(self) -> tuple[int, float, float]:
        """By this routes are ranked; ``unknown`` comes after what is known to be exposed."""
        return PLACES[self.verdict], self.score or 0.0, self.figures[0]


@dataclass(slots=True, eq=False)
class Counts:
    """What was counted; two can be merged."""

    rows: int = 0
    errors: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    routes: dict[tuple[str, ...], RouteCount] = field(default_factory=dict)
    route_hashes: Keys = field(default_factory=lambda: np.empty(0, np.int64))
    zone_rows: Counter[str] = field(default_factory=Counter)
    zone_hashes: dict[str, Keys] = field(default_factory=dict)
    zone_verdicts: dict[str, str] = field(default_factory=dict)
    titles: set[tuple[str, str]] = field(default_factory=set)
    error_kinds: Counter[str] = field(default_factory=Counter)
    error_rows: list[tuple[str, int, str]] = field(default_factory=list)
    readings: tuple[str, ...] = ()
    """What names of places were taken for, some of them."""
    first_day: int = NO_DAY
    last_day: int = NO_DAY
    changed: int | None = None
    files: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    """Which columns were used, of each layout."""
    dated: bool = False
    undated: bool = False
    """Whether dates came from a table; whether the rows of one had none."""

    def merged(self, other: Counts) -> Counts:
        """Both, this one first."""
        made = Counts(
            rows=self.rows + other.rows,
            errors=self.errors + other.errors,
            verdicts=self.verdicts + other.verdicts,
            routes=dict(self.routes),
            route_hashes=np.union1d(self.route_hashes, other.route_hashes),
            zone_rows=self.zone_rows + other.zone_rows,
            zone_hashes={
                zone: np.union1d(
                    self.zone_hashes.get(zone, _NO_HASHES), other.zone_hashes.get(zone, _NO_HASHES)
                )
                for zone in {**self.zone_hashes, **other.zone_hashes}
            },
            zone_verdicts={
                zone: _stricter(self.zone_verdicts.get(zone), other.zone_verdicts.get(zone))
                for zone in {**self.zone_verdicts, **other.zone_verdicts}
            },
            titles=self.titles | other.titles,
            error_kinds=self.error_kinds + other.error_kinds,
            error_rows=(self.error_rows + other.error_rows)[:MOST_ERRORS],
            readings=tuple(dict.fromkeys(self.readings + other.readings))[:MOST_READINGS],
            first_day=_earliest(self.first_day, other.first_day),
            last_day=max(self.last_day, other.last_day),
            files=tuple(dict.fromkeys(self.files + other.files)),
            columns=tuple(dict.fromkeys(self.columns + other.columns))[:MOST_LAYOUTS],
            dated=self.dated or other.dated,
            undated=self.undated or other.undated,
        )
        if self.changed is not None or other.changed is not None:
            made.changed = (self.changed or 0) + (other.changed or 0)
        for route in other.routes.values():
            made.keep(route)
        made.trim()
        return made

    def keep(self, route: RouteCount) -> None:
        """Count a route, or rows more of one that is there."""
        before = self.routes.get(route.stops)
        if before is not None:
            worse = max(before, route, key=_before_others)
            route = worse._replace(
                rows=before.rows + route.rows,
                first_day=_earliest(before.first_day, route.first_day),
                last_day=max(before.last_day, route.last_day),
                flights=tuple(dict.fromkeys(before.flights + route.flights))[:MOST_FLIGHTS],
            )
        self.routes[route.stops] = route

    def trim(self) -> None:
        """Forget the least exposed routes, and the rarest errors, where there are very many."""
        if len(self.routes) > MOST_ROUTES:
            ranked = sorted(self.routes.values(), key=lambda r: (r.exposure, r.rows), reverse=True)
            self.routes = {r.stops: r for r in ranked[:MOST_ROUTES]}
        if len(self.error_kinds) > MOST_KINDS:
            self.error_kinds = Counter(dict(self.error_kinds.most_common(MOST_KINDS // 2)))


def _kind(text: str) -> str:
    """An error without what it is about: many rows share one kind."""
    return _PARTICULAR.sub(_without, text)


def _without(found: re.Match[str]) -> str:
    return next((lead for lead in _LEADS if found[0].startswith(lead)), "") + "…"


def _stricter(one: str | None, other: str | None) -> str:
    return min((v for v in (one, other) if v), key=VERDICTS.index)


def _earliest(one: int, other: int) -> int:
    return max(one, other) if NO_DAY in (one, other) else min(one, other)


def route_hash(stops: tuple[str, ...]) -> int:
    """A number for a route, the same in every process."""
    digest = blake2b("\0".join(stops).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


class Counter_:  # noqa: N801 - Counter is taken
    """Counts the rows of an audit as they are answered.

    Parameters
    ----------
    begun : Counts, optional
        What was counted before an interruption.
    """

    def __init__(self, auditor: Auditor, begun: Counts | None = None) -> None:
        self._auditor = auditor
        self._counts = begun or Counts()
        self._book: Book = auditor.book
        self._start()

    def _start(self) -> None:
        self._routes = self._auditor.routes
        self._rows = np.zeros(0, np.int64)
        self._first = np.zeros(0, np.int32)
        self._last = np.zeros(0, np.int32)
        self._route = np.zeros(0, np.int32)
        self._flights = Flights()

    def count(self, batch: pa.RecordBatch, answers: Answers, file: str, first_row: int) -> int:
        """Count rows; how many of them are in error.

        Must be called before the next batch is answered.
        """
        if answers.book is not self._book:
            self._counts = self.folded()
            self._book = answers.book
            self._start()
        self._grow(len(answers.book))
        ids, days = answers.ids, answers.days
        rows = np.bincount(ids, minlength=len(self._rows))
        self._rows += rows
        if answers.columns.dated:
            self._counts.dated = True
            dated = days != NO_DAY
            np.minimum.at(self._first, ids[dated], days[dated])
            np.maximum.at(self._last, ids[dated], days[dated])
        elif len(ids):
            self._counts.undated = True
            seen = rows > 0
            self._first[seen] = np.minimum(self._first[seen], days[0])
            self._last[seen] = np.maximum(self._last[seen], days[0])
        if answers.columns.flight is not None:
            self._flights.note(column_of(batch, answers.columns.flight), self._route[ids])
        return self._errors(answers, file, first_row)

    def _grow(self, size: int) -> None:
        if size > len(self._rows):
            more = max(size, 2 * len(self._rows)) - len(self._rows)
            self._rows = np.append(self._rows, np.zeros(more, np.int64))
            self._first = np.append(self._first, np.full(more, np.iinfo(np.int32).max, np.int32))
            self._last = np.append(self._last, np.full(more, NO_DAY, np.int32))
        # Gathered for each row: quicker from an array of its own.
        if len(self._route) < size:
            new = self._book.rows["route"][len(self._route) : size]
            self._route = np.append(self._route, new)

    def _errors(self, answers: Answers, file: str, first_row: int) -> int:
        wrong = answers.book.rows["error"][answers.ids] >= 0
        found = int(np.count_nonzero(wrong))
        counts = self._counts
        if found and len(counts.error_rows) < MOST_ERRORS:
            texts = answers.book.words["error"].texts
            for row in np.flatnonzero(wrong)[: MOST_ERRORS - len(counts.error_rows)].tolist():
                text = texts[int(answers.book.rows["error"][answers.ids[row]])]
                counts.error_rows.append((file, first_row + row, text))
        return found

    def folded(self) -> Counts:
        """Everything that was counted, by what the answers say and not by their numbers."""
        counts, book = self._counts, self._book
        rows = self._rows[: len(book)]
        seen = np.flatnonzero(rows)
        if not len(seen):
            return replace(counts)
        readings = tuple(self._routes.readings)
        made = Counts(rows=int(rows.sum()), dated=counts.dated, readings=readings)
        made.undated = counts.undated
        answers = book.rows[seen]
        weight = rows[seen]
        verdicts = np.bincount(answers["verdict"], weight, minlength=len(VERDICTS))
        made.verdicts = Counter(
            {v: int(n) for v, n in zip(VERDICTS, verdicts.tolist(), strict=True) if n}
        )
        errors = answers["error"]
        made.errors = int(weight[errors >= 0].sum())
        texts = book.words["error"].texts
        for number, count in _sums(errors, weight):
            made.error_kinds[_kind(texts[number])] += count
        days = self._first[seen], self._last[seen]
        known = days[1] != NO_DAY
        if known.any():
            made.first_day = int(days[0][known].min())
            made.last_day = int(days[1][known].max())
        self._fold_routes(made, seen, answers, weight)
        return counts.merged(made)

    def _stops(self, route: int) -> tuple[str, ...]:
        return tuple(place.code for place in self._routes.route(route).places)

    def _fold_routes(self, made: Counts, seen: Keys, answers: Any, weight: Keys) -> None:
        routes = answers["route"]
        numbers = np.unique(routes[routes >= 0])
        hashes = np.zeros(int(numbers.max(initial=-1)) + 1, np.int64)
        for number in numbers.tolist():
            hashes[number] = route_hash(self._stops(number))
        self._fold_zones(made, answers, weight, hashes)
        # Routes of the same stops, at other levels or by other names, are one.
        asked = np.flatnonzero(routes >= 0)
        made.route_hashes, group = np.unique(hashes[routes[asked]], return_inverse=True)
        many = len(made.route_hashes)
        total = np.bincount(group, weight[asked], many).astype(np.int64)
        first = np.full(many, np.iinfo(np.int32).max, np.int64)
        last = np.full(many, NO_DAY, np.int64)
        np.minimum.at(first, group, self._first[seen[asked]])
        np.maximum.at(last, group, self._last[seen[asked]])
        first[last == NO_DAY] = NO_DAY
        # The most exposed answer of each: the last in this order.
        place = np.array([PLACES[verdict] for verdict in VERDICTS])[answers["verdict"][asked]]
        score = np.nan_to_num(answers["score"][asked])
        # As _before_others() has it.
        zone, titles = (
            _rank(self._book.words[name].texts)[answers[name][asked]]
            for name in ("worst_zone", "advisories")
        )
        nearness = -np.nan_to_num(answers["closest_km"][asked], nan=np.inf)
        inside_km = answers["inside_km"][asked]
        order = np.lexsort((zone, titles, nearness, inside_km, score, place, group))
        worst = order[np.append(group[order][1:] != group[order][:-1], True)[: len(order)]]
        if many > MOST_ROUTES:
            exposure = total[group[worst]], inside_km[worst], score[worst], place[worst]
            worst = worst[np.lexsort(exposure)[-MOST_ROUTES:]]
        kept, at = group[worst], asked[worst]
        flights = self._flights_of(routes[asked], group, kept)
        columns = self._book.columns(seen[at].astype(np.int32), OF_ROUTES)
        values = dict(zip(OF_ROUTES, (c.to_pylist() for c in columns), strict=True))
        for i, (route, number) in enumerate(zip(routes[at].tolist(), kept.tolist(), strict=True)):
            figures = tuple(values[name][i] for name in FIGURES)
            made.keep(
                RouteCount(
                    self._stops(route), values["verdict"][i], values["reason"][i] or "",
                    values["score"][i], values["worst_zone"][i] or "", figures,
                    values["advisories"][i] or "", int(total[number]), int(first[number]),
                    int(last[number]), flights.get(number, ()),
                )
            )  # fmt: skip

    def _fold_zones(self, made: Counts, answers: Any, weight: Keys, hashes: Keys) -> None:
        words = self._book.words
        zones = answers["worst_zone"]
        zone_texts, titles = words["worst_zone"].texts, words["advisories"].texts
        for zone, count in _sums(zones, weight):
            name = zone_texts[zone]
            mine = zones == zone
            made.zone_rows[name] += count
            made.zone_hashes[name] = np.unique(hashes[answers["route"][mine]])
            made.zone_verdicts[name] = VERDICTS[int(answers["verdict"][mine].min())]
        worst = np.flatnonzero(zones >= 0)
        pairs = np.unique(np.stack((zones[worst], answers["advisories"][worst])), axis=1)
        made.titles = {
            (zone_texts[z], title)
            for z, t in pairs.T.tolist() if t >= 0 for title in titles[t].split("; ")
        }  # fmt: skip

    def _flights_of(self, routes: Keys, group: Keys, kept: Keys) -> dict[int, tuple[str, ...]]:
        """Flights of some groups of routes."""
        groups = np.full(int(routes.max(initial=-1)) + 1, -1, np.int64)
        mine = np.isin(group, kept)
        groups[routes[mine]] = group[mine]
        return self._flights.of(groups)


def _before_others(route: RouteCount) -> tuple[Any, ...]:
    """By this one of the answers about a route is chosen, whichever was met first."""
    closest_km = route.figures[3]
    nearness = -math.inf if closest_km is None else -closest_km
    return *route.exposure, nearness, route.advisories, route.worst_zone


def _rank(texts: list[str]) -> Keys:
    """The place of each text among all in order; that of none, which has number -1, is first."""
    rank = np.zeros(len(texts) + 1, np.int64)
    rank[sorted(range(len(texts)), key=texts.__getitem__)] = np.arange(1, len(texts) + 1)
    return rank


def _sums(keys: npt.NDArray[Any], weight: Keys) -> list[tuple[int, int]]:
    """Sum of the weights of each key that is not negative."""
    mine = keys >= 0
    if not mine.any():
        return []
    sums = np.bincount(keys[mine], weight[mine]).astype(np.int64)
    return [(key, int(sums[key])) for key in np.flatnonzero(sums).tolist()]
