"""Columns as numbers of their distinct values."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["as_text", "coded", "column_of", "distinct", "encoded"]

Keys = npt.NDArray[np.int64]


def coded(column: pa.Array) -> tuple[Keys, list[str | None]]:
    """A column as numbers of its distinct texts."""
    codes, texts = encoded(column)
    return codes, texts.to_pylist()


def encoded(column: pa.Array) -> tuple[Keys, pa.Array]:
    """The same with the texts as an array, null among them if there is one."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_dictionary(column.type) and column.dictionary.null_count:
        column = column.dictionary_decode()
    if not pa.types.is_dictionary(column.type):
        try:
            column = column.dictionary_encode(null_encoding="encode")
        except pa.ArrowNotImplementedError:  # lists, structures, periods
            column = as_text(column).dictionary_encode(null_encoding="encode")
    texts = column.dictionary
    if not pa.types.is_string(texts.type):
        texts = as_text(texts)
    codes = column.indices
    if codes.null_count:
        codes = pc.fill_null(codes, len(texts))
        texts = pa.concat_arrays([texts, pa.nulls(1, pa.string())])
    return np.asarray(codes).astype(np.int64), texts


def column_of(batch: pa.RecordBatch, name: str) -> pa.Array:
    """The first column of a name: tables may have it twice."""
    return batch.column(batch.schema.get_all_field_indices(name)[0])


def as_text(values: pa.Array) -> pa.Array:
    """Values of any type as people write them; what has no text is null."""
    kind = values.type
    if pa.types.is_nested(kind):
        return pa.array([_said(value) for value in values], pa.string())
    try:
        if pa.types.is_timestamp(kind) and kind.tz is not None:
            moments = values.cast(pa.timestamp("us", "UTC"), safe=kind.unit != "ns")
            return pc.strftime(moments, "%Y-%m-%dT%H:%M:%SZ")
        return values.cast(pa.string())
    except pa.ArrowException:
        # What one value is must not change what the others are.
        half = len(values) // 2
        if not half:
            return pa.array([_said(value) for value in values], pa.string())
        parts = as_text(values.slice(0, half)), as_text(values.slice(half))
        return pa.concat_arrays(parts)


def _said(value: pa.Scalar) -> str | None:
    try:
        plain = value.as_py()
    except (ValueError, OverflowError, pa.ArrowException):
        return "a value that cannot be read"  # a day beyond the calendar
    if isinstance(plain, bytes):
        return plain.decode("utf-8", "replace")
    return None if plain is None else str(plain)


def distinct(keys: Keys) -> tuple[Keys, Keys]:
    """The distinct keys, in order of appearance, and the position of each row's among them."""
    found = pa.array(keys).dictionary_encode()
    return np.asarray(found.dictionary), np.asarray(found.indices).astype(np.int64)
