"""Columns as numbers of their distinct values."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["as_text", "coded", "distinct"]

Keys = npt.NDArray[np.int64]


def coded(column: pa.Array) -> tuple[Keys, list[str | None]]:
    """A column as numbers of its distinct texts."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_dictionary(column.type) and column.dictionary.null_count:
        column = column.dictionary_decode()
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode(null_encoding="encode")
    texts = column.dictionary
    if not pa.types.is_string(texts.type):
        texts = as_text(texts)
    codes = column.indices
    if codes.null_count:
        found: list[str | None] = [*texts.to_pylist(), None]
        return np.asarray(pc.fill_null(codes, len(texts))).astype(np.int64), found
    return np.asarray(codes).astype(np.int64), texts.to_pylist()


def as_text(values: pa.Array) -> pa.Array:
    """Values of any type as people write them; what has no text is null."""
    kind = values.type
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        values = pc.strftime(values.cast(pa.timestamp("us", "UTC")), "%Y-%m-%dT%H:%M:%SZ")
    try:
        return values.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return pa.array([None if v is None else str(v) for v in values.to_pylist()], pa.string())


def distinct(keys: Keys) -> tuple[Keys, Keys]:
    """The distinct keys, in order of appearance, and the position of each row's among them."""
    found = pa.array(keys).dictionary_encode()
    return np.asarray(found.dictionary), np.asarray(found.indices).astype(np.int64)
