"""Rows and numbers that grow, a whole batch at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from routecheck.batch.coding import distinct

__all__ = ["MISSING", "Numbers", "Rows"]

Keys = npt.NDArray[np.int64]
Ids = npt.NDArray[np.int32]

MISSING: Final = int(np.iinfo(np.int32).min)
"""The number of a key that is not there."""

_EMPTY: Final = -1
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
"""2^64 divided by the golden ratio: multiplied by it, keys that are near lie far apart (Knuth, The
Art of Computer Programming, vol. 3, 6.4)."""


class Numbers:
    """A number for each of many keys, looked up by arrays of them.

    A hash table with open addressing: what a dictionary would hold, in 24 bytes a key, and found
    some ten times as fast.
    """

    def __init__(self) -> None:
        self._count = 0
        self._keys = np.full(1024, _EMPTY, np.int64)
        self._values = np.zeros(1024, np.int32)

    def __len__(self) -> int:
        return self._count

    def get(self, keys: Keys) -> Ids:
        """The number of each key, ``MISSING`` for those that are not there.

        Parameters
        ----------
        keys : (n,) int64 array
            Not negative; any may come more than once.
        """
        slots = self._slots(keys)
        held = self._keys[slots]
        found = np.where(held == keys, self._values[slots], MISSING)
        rows = np.flatnonzero((held != keys) & (held != _EMPTY))
        slots = slots[rows]
        while len(rows):
            slots = (slots + 1) & (len(self._keys) - 1)
            held = self._keys[slots]
            mine = held == keys[rows]
            found[rows[mine]] = self._values[slots[mine]]
            on = ~mine & (held != _EMPTY)
            rows, slots = rows[on], slots[on]
        return found

    def of(self, keys: Keys, make: Callable[[Keys, Keys], Ids]) -> Ids:
        """The number of each key; those that are not there are made, once each, and kept.

        Parameters
        ----------
        keys : (n,) int64 array
        make : callable
            Gets the new keys, in order of appearance, and for each a row in which it stands; gives
            their numbers.
        """
        found = self.get(keys)
        rows = np.flatnonzero(found == MISSING)
        if len(rows):
            new, codes = distinct(keys[rows])
            one = np.empty(len(new), np.int64)
            one[codes] = rows
            numbers = make(new, one)
            self.put(new, numbers)
            found[rows] = numbers[codes]
        return found

    def put(self, keys: Keys, values: Ids) -> None:
        """Add keys, which are distinct and not there yet, and their numbers."""
        self._count += len(keys)
        if 2 * self._count > len(self._keys):
            held = np.flatnonzero(self._keys != _EMPTY)
            old = self._keys[held], self._values[held]
            size = len(self._keys)
            while 2 * self._count > size:
                size *= 2
            self._keys = np.full(size, _EMPTY, np.int64)
            self._values = np.zeros(size, np.int32)
            self._place(*old)
        self._place(keys, values)

    def _place(self, keys: Keys, values: Ids) -> None:
        slots = self._slots(keys)
        while len(keys):
            free = self._keys[slots] == _EMPTY
            # Of several that come to one free place the last has it, the others go on.
            self._keys[slots[free]] = keys[free]
            placed = self._keys[slots] == keys
            self._values[slots[placed]] = values[placed]
            keys, values = keys[~placed], values[~placed]
            slots = (slots[~placed] + 1) & (len(self._keys) - 1)

    def _slots(self, keys: Keys) -> Keys:
        bits = len(self._keys).bit_length() - 1
        return ((keys.view(np.uint64) * _SPREAD) >> np.uint64(64 - bits)).astype(np.int64)


class Rows:
    """A structured array that grows at its end."""

    def __init__(self, kind: Any) -> None:
        self._held = np.zeros(1024, kind)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def all(self) -> npt.NDArray[Any]:
        """All rows, as they are: not a copy."""
        return self._held[: self._count]

    def add(self, rows: npt.NDArray[Any]) -> int:
        """Put rows at the end; the number of the first."""
        first, last = self._count, self._count + len(rows)
        if last > len(self._held):
            grown = np.zeros(max(last, 5 * len(self._held) // 4), self._held.dtype)
            grown[:first] = self.all
            self._held = grown
        self._held[first:last] = rows
        self._count = last
        return first
