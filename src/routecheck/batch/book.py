"""Answers kept once each, and given out as columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from routecheck.batch.result import ADDED
from routecheck.risk.model import REASONS, VERDICTS

__all__ = ["Book", "Words"]

Ids = npt.NDArray[np.int32]

ROW: Final = np.dtype(
    [
        ("verdict", np.int32), ("reason", np.int32), ("path", np.int32), ("score", np.float64),
        ("worst_zone", np.int32), ("inside_km", np.float64), ("inside_min", np.float64),
        ("buffered_km", np.float64), ("closest_zone", np.int32), ("closest_km", np.float64),
        ("advisories", np.int32), ("route_km", np.float64), ("origin_iata", np.int32),
        ("dest_iata", np.int32), ("as_of", np.int32), ("error", np.int32), ("route", np.int32),
    ]
)  # fmt: skip
"""An answer: words by number, -1 for none; NaN for no figure; ``route`` counts distinct routes."""


class Words:
    """Texts by number."""

    __slots__ = ("_array", "_number", "texts")

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.texts: list[str] = list(texts)
        self._number = {text: i for i, text in enumerate(self.texts)}
        self._array: pa.Array | None = None

    def number(self, text: str | None) -> int:
        """The number of a text, -1 for none."""
        if not text:
            return -1
        number = self._number.setdefault(text, len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
        return number

    @property
    def array(self) -> pa.Array:
        """All texts."""
        if self._array is None or len(self._array) != len(self.texts):
            self._array = pa.array(self.texts, pa.string())
        return self._array


class Book:
    """Answers by number; of a great many rows few are distinct."""

    def __init__(self) -> None:
        self._rows = np.zeros(1024, ROW)
        self._count = 0
        shared = Words()
        self.words: dict[str, Words] = {
            "verdict": Words(VERDICTS), "reason": Words(REASONS), "path": Words(["great-circle"]),
            "worst_zone": shared, "closest_zone": shared, "advisories": Words(),
            "origin_iata": Words(), "dest_iata": Words(), "as_of": Words(), "error": Words(),
        }  # fmt: skip

    def __len__(self) -> int:
        return self._count

    @property
    def rows(self) -> npt.NDArray[Any]:
        """All answers, as a structured array."""
        return self._rows[: self._count]

    def add(self, answers: Sequence[tuple[Any, ...]]) -> int:
        """Keep answers, each in the order of ``ROW``; the number of the first."""
        first, last = self._count, self._count + len(answers)
        if last > len(self._rows):
            grown = np.zeros(max(last, 5 * len(self._rows) // 4), ROW)
            grown[:first] = self.rows
            self._rows = grown
        self._rows[first:last] = np.array(answers, ROW)
        self._count = last
        return first

    def columns(self, ids: Ids, names: Sequence[str] = ADDED.names) -> list[pa.Array]:
        """The added columns, or some of them, of rows with these answers."""
        return [self._column(name, self._rows[name][ids]) for name in names]

    def _column(self, name: str, values: npt.NDArray[Any]) -> pa.Array:
        if values.dtype == np.float64:
            return pa.array(values, from_pandas=True)  # NaN is no figure
        return pa.DictionaryArray.from_arrays(
            pa.array(values, pa.int32(), mask=values < 0), self.words[name].array
        )
