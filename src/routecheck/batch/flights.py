"""The first flights of each route, noted as rows go by."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from routecheck.batch.coding import as_text

__all__ = ["MOST_FLIGHTS", "NAMED", "Flights"]

Keys = npt.NDArray[np.int64]

NAMED: Final = 5
"""Flights of a route that reports name."""

MOST_FLIGHTS: Final = NAMED + 1
"""Flights kept of a route: the last tells that there are more than are named."""

MOST_LOOKS: Final = 1_000
"""Rows of a route without another flight, after which it is looked at no more."""

MOST_LONG: Final = 20_000
"""Longer texts kept, some 1 MB: where there are more, the column hardly holds flights."""

LONGEST: Final = 20
"""Characters of a flight that are shown."""

_WIDTH: Final = 8
_NONE: Final = 0
_MASKS: Final = np.array([*((1 << 8 * size) - 1 for size in range(_WIDTH)), -1], np.int64)


class Flights:
    """Some flights of each route, in the order in which they were first seen.

    A flight is a number: its bytes, if they are at most eight, as of nearly all flights, else where
    it stands among the longer ones, counted from -1 down. A route so takes 80 bytes.
    """

    def __init__(self) -> None:
        self._found = np.zeros((0, MOST_FLIGHTS), np.int64)
        self._seen_at = np.zeros((0, MOST_FLIGHTS), np.int32)
        self._count = np.zeros(0, np.int8)
        self._looks = np.zeros(0, np.int32)
        self._open = np.zeros(0, np.bool_)
        self._long = pa.array([], pa.binary())
        self._noted = 0

    def note(self, column: pa.Array, routes: npt.NDArray[Any]) -> None:
        """Look at the flights of some rows.

        Parameters
        ----------
        column : Array
            Flights, of any type.
        routes : (n,) int array
            Number of the route of each row, negative for none.
        """
        self._grow(int(routes.max(initial=-1)) + 1)
        rows = np.flatnonzero((routes >= 0) & self._open[routes]) if len(self._open) else routes[:0]
        if not len(rows):
            return
        if len(rows) < len(column):
            column = column.take(pa.array(rows))
        flights, mine = self._read(column), routes[rows]
        known = (self._found[mine] == flights[:, None]).any(axis=1) | (flights == _NONE)
        self._looks += np.bincount(mine[known], minlength=len(self._looks))
        self._add(mine[~known], flights[~known])
        self._open[mine] = (self._count[mine] < MOST_FLIGHTS) & (self._looks[mine] < MOST_LOOKS)

    def _grow(self, size: int) -> None:
        more = max(size, 5 * len(self._open) // 4) - len(self._open)
        if size > len(self._open):
            none = np.zeros((more, MOST_FLIGHTS), np.int64)
            self._found = np.append(self._found, none, axis=0)
            self._seen_at = np.append(self._seen_at, none.astype(np.int32), axis=0)
            self._count = np.append(self._count, np.zeros(more, np.int8))
            self._looks = np.append(self._looks, np.zeros(more, np.int32))
            self._open = np.append(self._open, np.ones(more, np.bool_))

    def _read(self, column: pa.Array) -> Keys:
        """The number of each flight."""
        texts = column if pa.types.is_string(column.type) else as_text(column)
        texts = pc.ascii_trim_whitespace(texts.fill_null(""))
        _, ends, data = texts.buffers()
        if data is None or not len(texts):
            return np.zeros(len(texts), np.int64)
        at = np.frombuffer(ends, np.int32)[texts.offset : texts.offset + len(texts) + 1]
        held = np.append(np.frombuffer(data, np.uint8), np.zeros(_WIDTH, np.uint8))
        # Eight bytes from each byte on, wherever it lies.
        eights: Keys = np.ndarray((len(held) - _WIDTH + 1,), "<i8", held, strides=(1,))
        size = np.diff(at)
        flights: Keys = eights[at[:-1]] & _MASKS[np.minimum(size, _WIDTH)]
        longer = np.flatnonzero((size > _WIDTH) | (flights < 0))
        if len(longer):
            flights[longer] = self._longer(texts.take(pa.array(longer)).cast(pa.binary()))
        return flights

    def _longer(self, texts: pa.Array) -> Keys:
        if len(self._long) >= MOST_LONG:
            return np.full(len(texts), _NONE, np.int64)
        new = texts.filter(pc.invert(pc.is_in(texts, self._long))).unique()
        self._long = pa.concat_arrays([self._long, new])
        return -1 - np.asarray(pc.index_in(texts, self._long)).astype(np.int64)

    def _add(self, routes: npt.NDArray[Any], flights: Keys) -> None:
        """Keep flights that their routes do not have yet; any may come more than once."""
        by_pair = np.lexsort((flights, routes))
        routes, flights = routes[by_pair], flights[by_pair]
        first = np.ones(len(routes), np.bool_)
        first[1:] = (routes[1:] != routes[:-1]) | (flights[1:] != flights[:-1])
        routes, flights, seen = routes[first], flights[first], by_pair[first]
        order = np.lexsort((seen, routes))
        routes, flights, seen = routes[order], flights[order], seen[order]
        begins = np.ones(len(routes), np.bool_)
        begins[1:] = routes[1:] != routes[:-1]
        starts = np.flatnonzero(begins)
        place = np.arange(len(routes)) - starts[np.cumsum(begins) - 1]
        place += self._count[routes]
        fits = place < MOST_FLIGHTS
        routes, place = routes[fits], place[fits]
        self._found[routes, place] = flights[fits]
        self._seen_at[routes, place] = self._noted + np.argsort(np.argsort(seen[fits]))
        self._noted += len(routes)
        self._count += np.bincount(routes, minlength=len(self._count)).astype(np.int8)
        self._looks[routes] = 0

    def of(self, groups: Keys) -> dict[int, tuple[str, ...]]:
        """The first flights of groups of routes, at most ``MOST_FLIGHTS`` of each.

        Parameters
        ----------
        groups : (routes,) int64 array
            The group of each route, negative for those that are not asked for.
        """
        asked = (groups >= 0)[: len(self._found), None]
        routes, place = np.nonzero((self._found[: len(groups)] != _NONE) & asked)
        mine = groups[routes]
        order = np.lexsort((self._seen_at[routes, place], mine))
        flights = self._found[routes, place][order]
        made: dict[int, dict[str, None]] = {}
        for group, flight in zip(mine[order].tolist(), flights.tolist(), strict=True):
            texts = made.setdefault(group, {})
            if len(texts) < MOST_FLIGHTS:
                texts[self._text(flight)] = None
        return {group: tuple(texts) for group, texts in made.items()}

    def _text(self, flight: int) -> str:
        data = (
            self._long[-1 - flight].as_py()
            if flight < 0
            else flight.to_bytes(_WIDTH, "little").rstrip(b"\0")
        )
        text = data.decode("utf-8", "replace")
        return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
