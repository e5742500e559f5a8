"""Files that audited rows are written to; how each kind is laid out."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from routecheck.batch.auditor import Answers
from routecheck.batch.book import Book
from routecheck.batch.coding import as_text
from routecheck.batch.encode import (
    bytes_of,
    csv_cells,
    csv_figures,
    csv_line,
    joined,
    json_cells,
    json_figures,
    json_text,
    lines_of,
)
from routecheck.batch.result import ADDED
from routecheck.geometry.legs import Legs
from routecheck.geometry.lines import draw
from routecheck.routes.model import Route

__all__ = [
    "GEOMETRY",
    "SUFFIXES",
    "Drawn",
    "Sheet",
    "Sink",
    "TableSink",
    "TextSink",
    "cuts",
    "drawn_route",
]

SUFFIXES: Final = (
    ".csv", ".parquet", ".ndjson", ".jsonl", ".geoparquet", ".geojson", ".xlsx",
)  # fmt: skip
GEOMETRY: Final = (".geoparquet", ".geojson")

_ADVISORIES: Final = ADDED.names.index("advisories")

GROUP_ROWS: Final = 131_072
GEO_GROUP_ROWS: Final = 8_192
"""Rows of a row group in Parquet, and in GeoParquet, whose lines take 5 kB each: their number must
not depend on how the input was cut."""

MOST_BYTES: Final = 256 << 20
"""What rows are written at a time is no more text than this: Arrow joins up to 2 GB."""

MOST_KM: Final = 20_000_000.0
"""Lines of so many kilometres are drawn at a time: some 20 MB."""

_GEOJSON_BEGINS: Final = b'{"type":"FeatureCollection","features":[\n'

Ids = npt.NDArray[np.int32]
Drawn = Callable[[int], dict[str, Any] | None]
"""The line of an answer, as a GeoJSON geometry."""


def cuts(suffix: str, answers: Answers) -> list[tuple[int, int]]:
    """Where to part rows so that the lines of each part fit into little memory."""
    count = len(answers.ids)
    if suffix not in GEOMETRY or not count:
        return [(0, count)]
    km = np.cumsum(np.nan_to_num(answers.book.rows["route_km"][answers.ids]))
    ends = np.searchsorted(km, np.arange(MOST_KM, km[-1], MOST_KM), side="right")
    return [*pairwise(np.unique([0, *ends.tolist(), count]).tolist())]


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
    """Some of the added cells of each distinct answer as text, made once.

    ``render`` makes those of answers by number.
    """

    def __init__(self, render: Callable[[Book, Ids], pa.Array]) -> None:
        self._render = render
        self._start(None)

    def _start(self, book: Book | None) -> None:
        self._book = book
        self._starts = np.zeros(1024, np.int32)
        self._data = np.zeros(65_536, np.uint8)
        self._count = 0

    def of(self, book: Book) -> pa.Array:
        """The texts of all answers so far; they stay as they are when there are more."""
        if book is not self._book:
            self._start(book)
        for first in range(self._count, len(book), 8_192):
            new = np.arange(first, min(first + 8_192, len(book)), dtype=np.int32)
            self._add(*bytes_of(self._render(book, new)))
        buffers = [None, pa.py_buffer(self._starts), pa.py_buffer(self._data)]
        return pa.Array.from_buffers(pa.string(), self._count, buffers)

    def _add(self, starts: Ids, data: npt.NDArray[np.uint8]) -> None:
        used, more = int(self._starts[self._count]), int(starts[-1] - starts[0])
        after = self._count + len(starts) - 1
        # Grown arrays are new ones: those that were given out stay as they are.
        if after + 1 > len(self._starts):
            self._starts = np.resize(self._starts, max(after + 1, 5 * len(self._starts) // 4))
        if used + more > len(self._data):
            self._data = np.resize(self._data, max(used + more, 5 * len(self._data) // 4))
        self._starts[self._count : after + 1] = used + (starts - starts[0])
        self._data[used : used + more] = data[starts[0] : starts[-1]]
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
        self._before = _Lines(partial(self._lines, slice(0, _ADVISORIES)))
        self._after = _Lines(partial(self._lines, slice(_ADVISORIES + 1, len(ADDED))))
        self.first = True
        if not begun:
            self._begin()
        elif self._form == "geojson":
            self.first = file.tell() <= len(_GEOJSON_BEGINS)

    def _begin(self) -> None:
        if self._form == "csv":
            header = csv_line([*self._columns, *self._names])
            self.file.write(header.encode() + b"\n")
        elif self._form == "geojson":
            self.file.write(_GEOJSON_BEGINS)

    def _lines(self, which: slice, book: Book, ids: Ids) -> pa.Array:
        """Some of the added cells of answers, side by side."""
        columns = book.columns(ids, ADDED.names[which])
        if self._form == "csv":
            return joined([csv_figures(column) for column in columns], ",")
        parts: list[Any] = []
        for name, column in zip(self._names[which], columns, strict=True):
            parts += ["," if parts else "", json_text(name) + ":", json_figures(column)]
        return joined(parts, "")

    def _shapes(self, ids: Ids) -> pa.Array:
        """The line of each answer as text."""
        coded = pa.array(ids).dictionary_encode()
        texts = [json_text(self._drawn(number)) for number in coded.dictionary.to_pylist()]
        return pa.DictionaryArray.from_arrays(coded.indices, pa.array(texts, pa.string()))

    def prepare(self, book: Book, ids: Ids, extra: list[pa.Array]) -> list[Any]:
        """The added cells of the rows, their lines, and extra columns."""
        advisories = book.columns(ids, ("advisories",))[0]
        shapes = self._shapes(ids) if self._form == "geojson" else None
        numbers = pa.array(ids)
        return [numbers, self._before.of(book), advisories, self._after.of(book), shapes, *extra]

    def write(self, batch: pa.RecordBatch, added: list[Any]) -> None:
        """Append rows."""
        if not len(batch):
            return
        ids, befores, advisories, afters, shapes, *extra = added
        by_row = [*batch.columns, advisories, *([shapes] if shapes is not None else []), *extra]
        if len(batch) > 1 and sum(map(_bytes_at_most, by_row)) > MOST_BYTES:
            half = len(batch) // 2
            for first, rows in ((0, half), (half, len(batch) - half)):
                some = [
                    None if part is None else part.slice(first, rows)
                    for part in (advisories, shapes, *extra)
                ]
                mine = [ids.slice(first, rows), befores, some[0], afters, *some[1:]]
                self.write(batch.slice(first, rows), mine)
            return
        before, after = befores.take(ids), afters.take(ids)
        parts: list[Any]
        if self._form == "csv":
            cells = [csv_cells(column, raw=self._raw) for column in batch.columns]
            more = [csv_cells(column) for column in extra]
            parts = [*cells, before, csv_cells(advisories), after, *more]
            between = [part for cell in parts for part in (cell, ",")]
            self.file.write(lines_of([*between[:-1], "\n"]))
            return
        parts = ['{"type":"Feature","properties":{' if self._form == "geojson" else "{"]
        given = [*zip(self._columns, batch.columns, strict=True),
                 *zip(self._names[len(ADDED):], extra, strict=True)]  # fmt: skip
        for name, column in given:
            parts += [json_text(name) + ":", json_cells(column), ","]
        named = json_text(self._names[_ADVISORIES]) + ":"
        parts += [before, ",", named, json_cells(advisories), ",", after]
        if shapes is not None:
            parts += ['},"geometry":', shapes.dictionary.take(shapes.indices), "}"]
        if self._form == "ndjson":
            self.file.write(lines_of([*parts, "}\n"]))
            return
        made = lines_of([*parts, ",\n"])
        # A comma stands before each feature but the first.
        self.file.write(b"" if self.first else b",\n")
        self.first = False
        self.file.write(made[:-2])

    def close(self) -> None:
        """End the collection."""
        if self._form == "geojson":
            self.file.write(b"\n]}\n")


def _bytes_at_most(column: pa.Array) -> int:
    """What a column may take as text; as a dictionary it takes less."""
    if not pa.types.is_dictionary(column.type):
        return int(column.nbytes)
    longest = pc.max(pc.binary_length(as_text(column.dictionary))).as_py() or 0
    return len(column) * int(longest)


class TableSink:
    """Parquet or GeoParquet."""

    def __init__(
        self, path: Path, suffix: str, schema: pa.Schema, names: list[str], extra: pa.Schema,
        drawn: Drawn, metadata: dict[str, str],
    ) -> None:  # fmt: skip
        self._geo = suffix in GEOMETRY
        self._group = GEO_GROUP_ROWS if self._geo else GROUP_ROWS
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
        if self._rows >= self._group:
            self._write(self._rows // self._group * self._group)

    def _write(self, rows: int) -> None:
        # Dictionaries differ from batch to batch: as plain text the file does not depend on them.
        held = pa.Table.from_batches(self._held, self._schema).unify_dictionaries()
        self._writer.write_table(held.slice(0, rows), row_group_size=self._group)
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
