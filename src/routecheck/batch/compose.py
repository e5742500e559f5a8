"""A route whose stops stand in several columns, as one text for each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from routecheck.batch.coding import as_text, column_of
from routecheck.batch.moments import PARTED
from routecheck.errors import RoutecheckError

__all__ = ["composed", "no_stops", "parts_of", "stops_said"]

_BETWEEN, _ONE_BY_ONE = "v", "p"
"""First of a text: whether its first and last part are ends that must be there."""

_NONE: Final = re.compile(
    r"0+(?:\.0+)?|non-?\s?stop(?: flight)?|direct(?: flight)?|no(?: stops?)?|0 stops?|direkt|"
    r"directo|diretto|sans escale|nonstop|false|f|n",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(
    r"(\d{1,2})(?:\.0)?(?:\s*\+?\s*(?:stops?|stopovers?|layovers?|connections?|escalas?|"
    r"zwischenstopps?))?|true|t|y|yes|ja|si|oui|x",
    re.IGNORECASE,
)
_AND_WHERE: Final = re.compile(
    r"(?:\d{1,2}\s*(?:stops?|stopovers?|layovers?|connections?)\s*(?:in|at|via|:|-|\()\s*|via\b[\s:]*)"
    r"(.+?)\)?",
    re.IGNORECASE,
)


def composed(batch: pa.RecordBatch, names: Sequence[str], *, ends: bool) -> pa.Array:
    """The cells of some columns, of each row as one text that `parts_of` takes apart.

    Parameters
    ----------
    batch : RecordBatch
    names : sequence of str
        Columns, in the order in which their places are flown to.
    ends : bool
        Whether the first and the last are origin and destination, which must be there.
    """
    first = _BETWEEN if ends else _ONE_BY_ONE
    return _joined([_texts(column_of(batch, name)) for name in names], first, len(batch))


def with_positions(
    batch: pa.RecordBatch, origin: pa.Array, names: Sequence[str], dest: pa.Array
) -> pa.Array:
    """The same of ends that are positions, as texts."""
    middle = [_texts(column_of(batch, name)) for name in names]
    return _joined([_texts(origin), *middle, _texts(dest)], _BETWEEN, len(batch))


def joined_dates(batch: pa.RecordBatch, names: Sequence[str]) -> pa.Array:
    """Year, month and day of each row as one text; null where all are empty."""
    columns = [_texts(column_of(batch, name)) for name in names]
    texts = pc.binary_join_element_wise(*columns, PARTED)
    return pc.if_else(pc.equal(texts, PARTED * (len(names) - 1)), None, texts)


def _texts(column: pa.Array) -> pa.Array:
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not pa.types.is_string(column.type):
        column = as_text(column)
    return pc.fill_null(column, "")


def _joined(columns: list[pa.Array], first: str, rows: int) -> pa.Array:
    begun = pa.array([first] * rows, pa.string())
    return pc.binary_join_element_wise(begun, *columns, PARTED)


def parts_of(text: str) -> tuple[bool, list[str]]:
    """Whether the first and last of the cells are ends, and the cells."""
    first, *cells = text.split(PARTED)
    return first == _BETWEEN, cells


def no_stops(text: str) -> bool:
    """Whether a cell says that there are none: ``0``, ``nonstop``, ``Direct``."""
    return _NONE.fullmatch(text.strip()) is not None


def stops_said(text: str) -> str:
    """What a cell of stops says of places: of ``1 stop (DOH)`` DOH.

    Raises
    ------
    RoutecheckError
        If it says that there are stops, and not where.
    """
    text = text.strip()
    where = _AND_WHERE.fullmatch(text)
    if where:
        return where[1].strip()
    if _COUNT.fullmatch(text):
        raise RoutecheckError(
            f"{text[:20]!r} says that there are stops, not where: put their codes into a column, "
            "or leave this one out with --ignore-col"
        )
    return text
