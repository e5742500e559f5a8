"""Answers kept once each, and given out as columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from routecheck.batch.numbers import Rows
from routecheck.batch.result import ADDED
from routecheck.risk.model import REASONS, VERDICTS

__all__ = ["ROW", "Book", "Words"]

Ids = npt.NDArray[np.int32]

ROW: Final = np.dtype(
    [
        ("verdict", np.int8), ("reason", np.int8), ("path", np.int8), ("score", np.float64),
        ("worst_zone", np.int32), ("inside_km", np.float64), ("inside_min", np.float64),
        ("buffered_km", np.float64), ("closest_zone", np.int32), ("closest_km", np.float64),
        ("advisories", np.int32), ("route_km", np.float64), ("origin_iata", np.int32),
        ("dest_iata", np.int32), ("place_notes", np.int32), ("as_of", np.int32),
        ("error", np.int32), ("route", np.int32),
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
    """Answers by number; of a great many rows few are distinct.

    Parameters
    ----------
    zones : iterable of str
        Ids of zones: a zone's number is its place among them.
    iata : Words
        IATA codes.
    notes : Words
        What places were taken for.
    """

    def __init__(self, zones: Iterable[str], iata: Words, notes: Words) -> None:
        self._rows = Rows(ROW)
        shared = Words(zones)
        self.words: dict[str, Words] = {
            "verdict": Words(VERDICTS), "reason": Words(REASONS), "path": Words(["great-circle"]),
            "worst_zone": shared, "closest_zone": shared, "advisories": Words(),
            "origin_iata": iata, "dest_iata": iata, "place_notes": notes,
            "as_of": Words(), "error": Words(),
        }  # fmt: skip

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def rows(self) -> npt.NDArray[Any]:
        """All answers, as a structured array."""
        return self._rows.all

    def add(self, answers: npt.NDArray[Any]) -> int:
        """Keep answers, an array of ``ROW``; the number of the first."""
        return self._rows.add(answers)

    def columns(self, ids: Ids, names: Sequence[str] = ADDED.names) -> list[pa.Array]:
        """The added columns, or some of them, of rows with these answers."""
        return [self._column(name, self.rows[name][ids]) for name in names]

    def _column(self, name: str, values: npt.NDArray[Any]) -> pa.Array:
        if values.dtype == np.float64:
            return pa.array(values, from_pandas=True)  # NaN is no figure
        return pa.DictionaryArray.from_arrays(
            pa.array(values, pa.int32(), mask=values < 0), self.words[name].array
        )
