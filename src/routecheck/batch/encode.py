"""Columns as the cells of CSV and JSON lines, a whole batch at a time.

Each function leaves the common case to Arrow: only columns that hold a character which must be
quoted or neutralised are looked at cell by cell.
"""

from __future__ import annotations

import json
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from routecheck.batch.coding import as_text
from routecheck.cells import neutral, neutral_line

__all__ = [
    "bytes_of", "csv_cells", "csv_figures", "csv_line", "joined", "json_cells", "json_figures",
    "json_text", "lines_of",
]  # fmt: skip

_PERHAPS: Final = np.zeros(256, np.bool_)
_PERHAPS[list(b"=+-@")] = True
_PERHAPS[:33] = True  # blanks, which may stand before a sign
_PERHAPS[128:] = True  # the first byte of a fullwidth sign, or of a blank that is none in ASCII


def _plain(column: pa.Array) -> pa.Array:
    """A column as text with 32-bit offsets."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_nested(column.type) or pa.types.is_map(column.type):
        values = [None if value is None else json_text(value) for value in column.to_pylist()]
        return pa.array(values, pa.string())
    return column if pa.types.is_string(column.type) else as_text(column)


def bytes_of(texts: pa.Array) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
    """Offsets of texts, and the bytes that they point into."""
    _, offsets, data = texts.buffers()
    starts = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    held = np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8)
    return starts, held


def csv_cells(column: pa.Array, *, raw: bool = False) -> pa.Array:
    """Cells of a CSV file (RFC 4180); nothing is left that a spreadsheet takes for a formula.

    Parameters
    ----------
    column : Array
        Of any type; null is an empty cell.
    raw : bool
        Leave cells that look like formulas as they are.
    """
    if pa.types.is_dictionary(column.type):
        return pc.fill_null(csv_cells(column.dictionary, raw=raw).take(column.indices), "")
    texts = pc.fill_null(_plain(column), "")
    if not len(texts):
        return texts
    starts, data = bytes_of(texts)
    if not raw and _is_text(column.type):
        begun = starts[:-1][starts[1:] > starts[:-1]]
        if _PERHAPS[data[begun]].any():
            row = np.flatnonzero(starts[1:] > starts[:-1])[_PERHAPS[data[begun]]]
            texts = _replaced(texts, row, neutral)
            starts, data = bytes_of(texts)
        # Looked for as quickly as may be; what is one is told cell by cell.
        if any(data.tobytes().find(mark) >= 0 for mark in (b";", b"\t", b"\n", b"\r")):
            perhaps = pc.match_substring_regex(texts, "[;\\t\\r\\n][^A-Za-z0-9;]*[=+\\-@＝＋－＠]")
            texts = _replaced(texts, np.flatnonzero(np.asarray(perhaps)), neutral_line)
            starts, data = bytes_of(texts)
    used = memoryview(data)[starts[0] : starts[-1]].tobytes()  # type: ignore[arg-type]
    if any(used.find(mark) >= 0 for mark in (b'"', b",", b"\n", b"\r")):
        quoted = pc.match_substring_regex(texts, '[",\r\n]')
        marked = pc.replace_substring(texts, '"', '""')
        texts = pc.if_else(quoted, pc.binary_join_element_wise('"', marked, '"', ""), texts)
    return texts


def _is_text(kind: pa.DataType) -> bool:
    return not (
        pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
        or pa.types.is_boolean(kind) or pa.types.is_temporal(kind)
    )  # fmt: skip


def _replaced(texts: pa.Array, rows: npt.NDArray[np.int64], change: Any) -> pa.Array:
    """The same texts, some of them changed."""
    old = texts.take(pa.array(rows)).to_pylist()
    new = [change(text) for text in old]
    moved = [(row, text) for row, was, text in zip(rows.tolist(), old, new, strict=True)
             if was != text]  # fmt: skip
    if not moved:
        return texts
    mask = np.zeros(len(texts), np.bool_)
    mask[[row for row, _ in moved]] = True
    return pc.replace_with_mask(texts, pa.array(mask), pa.array([text for _, text in moved]))


def json_cells(column: pa.Array) -> pa.Array:
    """Values of JSON (RFC 8259): text quoted and escaped, numbers bare, what is missing null."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return pc.fill_null(json_cells(column.dictionary).take(column.indices), "null")
    if pa.types.is_nested(kind) or pa.types.is_map(kind):
        texts = _plain(column)
    elif pa.types.is_floating(kind):
        texts = as_text(pc.if_else(pc.is_finite(column), column, None))
    elif pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_decimal(kind):
        texts = as_text(column)
    else:
        texts = _json_strings(_plain(column))
    return pc.fill_null(texts, "null")


def _json_strings(texts: pa.Array) -> pa.Array:
    _, data = bytes_of(texts)
    low = data < 32
    if low.any() or (data == 34).any() or (data == 92).any():
        escape = pc.match_substring_regex(texts, r'["\\\x00-\x1f]')
        rows = np.flatnonzero(np.asarray(pc.fill_null(escape, False)))  # noqa: FBT003, RUF100
        texts = _replaced(texts, rows, lambda text: json.dumps(text, ensure_ascii=False)[1:-1])
    return pc.binary_join_element_wise('"', texts, '"', "")


def json_text(value: Any) -> str:
    """One value as JSON; what JSON has no word for is text."""
    return json.dumps(value, ensure_ascii=False, default=str, separators=(",", ":"))


def csv_line(values: list[str]) -> str:
    """Texts as the cells of a CSV line, without its end."""
    return ",".join(map(_text_cell, values))


def _text_cell(text: str) -> str:
    text = neutral_line(text)
    if any(mark in text for mark in '",\n\r'):
        return '"' + text.replace('"', '""') + '"'
    return text


def csv_figures(column: pa.Array) -> pa.Array:
    """The same as :func:`csv_cells` with figures as Python writes them, 100 km as ``100.0``."""
    if pa.types.is_floating(column.type):
        return pa.array(["" if v is None else repr(v) for v in column.to_pylist()], pa.string())
    return csv_cells(column)


def json_figures(column: pa.Array) -> pa.Array:
    """The same as :func:`json_cells` with figures as Python writes them."""
    if pa.types.is_floating(column.type):
        return pa.array(["null" if v is None else repr(v) for v in column.to_pylist()], pa.string())
    return json_cells(column)


def joined(parts: list[Any], between: str) -> pa.Array:
    """Cells side by side, row after row; parts are arrays, or text for every row."""
    return pc.binary_join_element_wise(*parts, between)


def lines_of(parts: list[Any]) -> memoryview:
    """The same with nothing between, as bytes."""
    starts, data = bytes_of(joined(parts, ""))
    return memoryview(data)[int(starts[0]) : int(starts[-1])]  # type: ignore[arg-type]
