"""Values of Arrow columns as the cells of a worksheet, which has text, numbers, days and times."""

from __future__ import annotations

import json
import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from routecheck.cells import neutral

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["MAX_TEXT", "Cell", "cell_of", "cell_text", "cells_of"]

MAX_TEXT: Final = 32_767
"""UTF-16 units in a cell."""

MAX_DIGITS: Final = 15
"""Significant digits a worksheet keeps of a number: longer ones are written as text."""

FIRST_DAY: Final = date(1900, 3, 1)
"""Worksheets count a 29 February 1900 that never was: earlier days are written as text."""

Cell = str | float | bool | date | datetime | None

_NOT_XML: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")


def cell_text(text: str) -> str:
    """Text as a cell may hold it: no formula, no character that XML lacks, not too long."""
    text = neutral(_NOT_XML.sub("\ufffd", text))
    # xlsxwriter takes such text for markup of its own and would write it unescaped
    if text.startswith("<r>") and text.endswith("</r>"):
        text = f"'{text}"
    if len(text) <= MAX_TEXT // 2 or _units(text) <= MAX_TEXT:
        return text
    room = MAX_TEXT - len(f"… [cut: {len(text):,} characters]")
    kept = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    return f"{kept}… [cut: {len(text) - len(kept):,} characters]"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def cells_of(column: pa.Array) -> list[Cell]:
    """A column as values that a worksheet has; what it does not have becomes text."""
    import pyarrow as pa  # noqa: PLC0415 - extra
    import pyarrow.compute as pc  # noqa: PLC0415

    kind, t = column.type, pa.types
    if isinstance(column, pa.ExtensionArray):
        return cells_of(column.storage)
    if t.is_dictionary(kind):
        words = cells_of(column.dictionary)
        return [None if i is None else words[i] for i in column.indices.to_pylist()]
    if t.is_run_end_encoded(kind):
        return cells_of(pc.run_end_decode(column))
    if t.is_timestamp(kind) and kind.tz is not None:
        # with its offset; without a database of time zones as UTC
        try:
            return _texts(column.cast(pa.string()))
        except pa.ArrowException:
            return _texts(column.cast(pa.timestamp(kind.unit, "UTC")).cast(pa.string()))
    if t.is_timestamp(kind) and kind.unit == "ns":
        try:
            column = column.cast(pa.timestamp("us"))
        except pa.ArrowInvalid:
            return _texts(column.cast(pa.string()))
    if t.is_float32(kind):
        # its own shortest decimals, not those of the double next to it
        values = column.to_numpy(zero_copy_only=False)
        return [cell_of(float(str(v))) for v in values]
    try:
        return [cell_of(value) for value in column.to_pylist()]
    except (ValueError, OverflowError, ArithmeticError):
        return _texts(column)


def _texts(column: pa.Array) -> list[Cell]:
    """A column as text, also where Python has no such value or the text is not UTF-8."""
    import pyarrow as pa  # noqa: PLC0415 - extra

    t = pa.types
    if t.is_string(column.type) or t.is_large_string(column.type):
        binary = pa.large_binary() if t.is_large_string(column.type) else pa.binary()
        raw = column.cast(binary).to_pylist()
        return [cell_of(None if v is None else v.decode("utf-8", "replace")) for v in raw]
    try:
        return _texts(column.cast(pa.string()))
    except pa.ArrowException:
        return [cell_of(_said(scalar)) if scalar.is_valid else None for scalar in column]


def _said(scalar: Any) -> str:
    try:
        return str(scalar)
    except (ValueError, OverflowError, ArithmeticError):
        return "not shown: no such value in Python"


def cell_of(value: Any) -> Cell:
    """One value; NaN is left blank."""
    match value:
        case None | bool():
            return value
        case str():
            return cell_text(value) if value else None
        case int():
            return value if abs(value) < 10**MAX_DIGITS else str(value)
        case float():
            if math.isnan(value):
                return None
            return value if math.isfinite(value) else str(value)
        case Decimal():
            short = value.is_finite() and len(value.as_tuple().digits) <= MAX_DIGITS
            return float(value) if short else cell_text(str(value))
        case datetime():
            whole = value.tzinfo is None and value.microsecond == 0 and value.date() >= FIRST_DAY
            return value.replace(fold=0) if whole else cell_text(value.isoformat(" "))
        case date():
            return value if value >= FIRST_DAY else value.isoformat()
        case time():
            return value.isoformat()
        case list() | dict() | tuple():
            return cell_text(json.dumps(value, ensure_ascii=False, default=_plain))
        case _:
            return cell_text(_plain(value))


def _plain(value: Any) -> str:
    """Write a value that JSON lacks; bytes as the text they are, or else in hexadecimal."""
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return f"0x{value.hex()}"
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if not isinstance(value, timedelta) else f"{value.total_seconds():g} s"
