"""Files that audited rows are written to; how each kind is laid out."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from routecheck.batch.book import Book
from routecheck.batch.encode import csv_cells, csv_line, json_cells, json_text, lines_of
from routecheck.batch.result import ADDED
from routecheck.geometry.legs import Legs
from routecheck.geometry.lines import draw
from routecheck.routes.model import Route

__all__ = ["GEOMETRY", "SUFFIXES", "Drawn", "Sheet", "Sink", "TableSink", "TextSink", "drawn_route"]

SUFFIXES: Final = (
    ".csv", ".parquet", ".ndjson", ".jsonl", ".geoparquet", ".geojson", ".xlsx",
)  # fmt: skip
GEOMETRY: Final = (".geoparquet", ".geojson")

_ADVISORIES: Final = ADDED.names.index("advisories")

GROUP_ROWS: Final = 131_072
"""Rows of a row group in Parquet: their number must not depend on how the input was cut."""

Ids = npt.NDArray[np.int32]
Drawn = Callable[[int], dict[str, Any] | None]
"""The line of an answer, as a GeoJSON geometry."""


class Sink(Protocol):
    """Takes audited rows in order."""

    def write(self, batch: pa.RecordBatch, added: Any) -> None:
        """Write rows, with what :meth:`prepare` made of their answers."""

    def prepare(self, book: Book, ids: Ids, extra: list[pa.Array]) -> Any:
        """What is to be written of the answers, before the book changes."""

    def close(self) -> None:
        """Write what must stand at the end."""


def drawn_route(route: Route) -> dict[str, Any]:
    """All legs of a route as one GeoJSON geometry, cut at the date line."""
    legs = Legs.between(route.ends)
    lines: list[Any] = []
    for leg, km in enumerate(legs.length_km.tolist()):
        made = draw(legs, leg, 0.0, km)
        lines += made["coordinates"] if made["type"] == "MultiLineString" else [made["coordinates"]]
    return {"type": "MultiLineString", "coordinates": lines}


class _Lines:
    """Some of the added cells of each distinct answer as text, made once."""

    def __init__(self, which: slice, render: Callable[[int, list[Any]], str]) -> None:
        self._which = which
        self._render = render
        self._start(None)

    def _start(self, book: Book | None) -> None:
        self._book = book
        self._starts = np.zeros(1024, np.int32)
        self._data = np.zeros(65_536, np.uint8)
        self._count = 0

    def of(self, book: Book, ids: Ids) -> pa.Array:
        """The texts of some answers."""
        if book is not self._book:
            self._start(book)
        for first in range(self._count, len(book), 8_192):
            self._add(book, np.arange(first, min(first + 8_192, len(book)), dtype=np.int32))
        buffers = [None, pa.py_buffer(self._starts), pa.py_buffer(self._data)]
        texts = pa.Array.from_buffers(pa.string(), self._count, buffers)
        return texts.take(pa.array(ids))

    def _add(self, book: Book, new: Ids) -> None:
        columns = [column.to_pylist() for column in book.columns(new)[self._which]]
        made = [
            self._render(number, list(values)).encode()
            for number, *values in zip(new.tolist(), *columns, strict=True)
        ]
        used, more = int(self._starts[self._count]), sum(map(len, made))
        after = self._count + len(made)
        # Grown arrays are new ones: those that were given out stay as they are.
        if after + 1 > len(self._starts):
            self._starts = np.resize(self._starts, max(after + 1, 2 * len(self._starts)))
        if used + more > len(self._data):
            self._data = np.resize(self._data, max(used + more, 5 * len(self._data) // 4))
        sizes = np.fromiter(map(len, made), np.int64, len(made))
        self._starts[self._count + 1 : after + 1] = used + np.cumsum(sizes)
        self._data[used : used + more] = np.frombuffer(b"".join(made), np.uint8)
        self._count = after


class TextSink:
    """CSV, NDJSON or GeoJSON: rows are appended, and a file can be gone on with.

    Parameters
    ----------
    file : binary file
        Opened where to go on.
    suffix : str
    columns, names : list of str
        Of the input, and of what is added.
    begun : bool
        Whether the beginning is written already.
    raw : bool
        See :func:`routecheck.batch.encode.csv_cells`.
    drawn : callable
        The line of an answer.
    """

    def __init__(
        self, file: BinaryIO, suffix: str, columns: list[str], names: list[str], *,
        begun: bool, raw: bool, drawn: Drawn,
    ) -> None:  # fmt: skip
        self.file = file
        self._form = {".csv": "csv", ".geojson": "geojson"}.get(suffix, "ndjson")
        self._columns = columns
        self._names = names
        self._raw = raw
        self._drawn = drawn
        # What advisories there are is known by few texts, which would make most of the lines.
        self._before = _Lines(slice(0, _ADVISORIES), partial(self._line, slice(0, _ADVISORIES)))
        rest = slice(_ADVISORIES + 1, len(ADDED))
        self._after = _Lines(rest, partial(self._line, rest))
        self.first = True
        if not begun:
            self._begin()

    def _begin(self) -> None:
        if self._form == "csv":
            header = csv_line([*self._columns, *self._names])
            self.file.write(header.encode() + b"\n")
        elif self._form == "geojson":
            self.file.write(b'{"type":"FeatureCollection","features":[\n')

    def _line(self, which: slice, number: int, values: list[Any]) -> str:
        if self._form == "csv":
            return csv_line(values)
        pairs = zip(self._names[which], values, strict=True)
        text = ",".join(f"{json_text(name)}:{json_text(value)}" for name, value in pairs)
        if self._form == "geojson" and which.start:
            return text + '},"geometry":' + json_text(self._drawn(number)) + "}"
        return text

    def prepare(self, book: Book, ids: Ids, extra: list[pa.Array]) -> list[Any]:
        """The added cells of the rows, and those of extra columns."""
        advisories = book.columns(ids, ("advisories",))[0]
        return [self._before.of(book, ids), advisories, self._after.of(book, ids), *extra]

    def write(self, batch: pa.RecordBatch, added: list[Any]) -> None:
        """Append rows."""
        if not len(batch):
            return
        before, advisories, after, *extra = added
        if self._form == "csv":
            cells = [csv_cells(column, raw=self._raw) for column in batch.columns]
            more = [csv_cells(column) for column in extra]
            ends = pa.scalar("\n")
            joined = [*cells, before, csv_cells(advisories), after, *more]
            self.file.write(lines_of([lines_as_one(joined, ","), ends], ""))
            return
        parts: list[Any] = ['{"type":"Feature","properties":{' if self._form == "geojson" else "{"]
        given = [*zip(self._columns, batch.columns, strict=True),
                 *zip(self._names[len(ADDED):], extra, strict=True)]  # fmt: skip
        for name, column in given:
            parts += [json_text(name) + ":", json_cells(column), ","]
        named = json_text(self._names[_ADVISORIES]) + ":"
        parts += [before, ",", named, json_cells(advisories), ",", after]
        if self._form == "ndjson":
            self.file.write(lines_of([*parts, "}\n"], ""))
            return
        made = lines_of([*parts, ",\n"], "")
        # A comma stands before each feature but the first.
        self.file.write(b"" if self.first else b",\n")
        self.first = False
        self.file.write(made[:-2])

    def close(self) -> None:
        """End the collection."""
        if self._form == "geojson":
            self.file.write(b"\n]}\n")


def lines_as_one(parts: list[Any], between: str) -> pa.Array:
    """Cells side by side as one column of text."""
    import pyarrow.compute as pc  # noqa: PLC0415 - named once

    return pc.binary_join_element_wise(*parts, between)


class TableSink:
    """Parquet or GeoParquet."""

    def __init__(
        self, path: Path, suffix: str, schema: pa.Schema, names: list[str], extra: pa.Schema,
        drawn: Drawn, metadata: dict[str, str],
    ) -> None:  # fmt: skip
        self._geo = suffix in GEOMETRY
        self._drawn = drawn
        fields = [*schema, *(f.with_name(n) for f, n in zip(ADDED, names, strict=False)), *extra]
        known = {**(schema.metadata or {}), **{k.encode(): v.encode() for k, v in metadata.items()}}
        known.pop(b"pandas", None)  # it would not know our columns
        if self._geo:
            taken = {field.name for field in fields}
            name = "geometry" if "geometry" not in taken else "route_geometry"
            while name in taken:
                name = f"routecheck_{name}"
            fields.append(pa.field(name, pa.binary()))
            geo = {
                **_GEO, "primary_column": name, "columns": {name: _GEO["columns"]["geometry"]}
            }  # fmt: skip
            known[b"geo"] = json.dumps(geo).encode()
        self._schema = pa.schema(fields, metadata=known)
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._held: list[pa.RecordBatch] = []
        self._rows = 0

    def prepare(self, book: Book, ids: Ids, extra: list[pa.Array]) -> list[pa.Array]:
        """The added columns."""
        added = [*book.columns(ids), *extra]
        if self._geo:
            coded = pa.array(ids).dictionary_encode()
            shapes = pa.array(
                [_wkb(self._drawn(number)) for number in coded.dictionary.to_pylist()], pa.binary()
            )
            added.append(shapes.take(coded.indices))
        return added

    def write(self, batch: pa.RecordBatch, added: list[pa.Array]) -> None:
        """Take rows; a group of them is written when it is full."""
        self._held.append(pa.RecordBatch.from_arrays([*batch.columns, *added], schema=self._schema))
        self._rows += len(batch)
        if self._rows >= GROUP_ROWS:
            self._write(self._rows // GROUP_ROWS * GROUP_ROWS)

    def _write(self, rows: int) -> None:
        # Dictionaries differ from batch to batch: as plain text the file does not depend on them.
        held = pa.Table.from_batches(self._held, self._schema).unify_dictionaries()
        self._writer.write_table(held.slice(0, rows), row_group_size=GROUP_ROWS)
        self._held = held.slice(rows).combine_chunks().to_batches()
        self._rows -= rows

    def close(self) -> None:
        """Write the rest, and the end of the file."""
        if self._rows:
            self._write(self._rows)
        self._writer.close()


_GEO: Final[dict[str, Any]] = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {
        "geometry": {"encoding": "WKB", "geometry_types": ["MultiLineString"], "edges": "planar"}
    },
}


def _wkb(geometry: dict[str, Any] | None) -> bytes | None:
    if geometry is None:
        return None
    import shapely  # noqa: PLC0415 - for tables with geometry only
    from shapely.geometry import shape  # noqa: PLC0415 - likewise

    return bytes(shapely.to_wkb(shape(geometry)))


class Sheet:
    """A workbook (extra ``batch``)."""

    def __init__(self, table: Any) -> None:
        self._table = table

    def prepare(self, book: Book, ids: Ids, extra: list[pa.Array]) -> list[pa.Array]:
        """The added columns."""
        return [*book.columns(ids), *extra]

    def write(self, batch: pa.RecordBatch, added: list[pa.Array]) -> None:
        """Append rows."""
        columns = [*batch.columns, *added]
        names = [str(i) for i in range(len(columns))]
        self._table.write(pa.RecordBatch.from_arrays(columns, names=names))

    def close(self) -> None:
        """Write the workbook."""
        self._table.close()

    def discard(self) -> None:
        """Leave the workbook unwritten."""
        with contextlib.suppress(AttributeError, OSError, ValueError):  # as far as it had come
            self._table.discard()


def sync(file: BinaryIO) -> int:
    """Bring what was written to the disk; how many bytes there are."""
    file.flush()
    os.fsync(file.fileno())
    return file.tell()
