"""Which files an audit reads, and their rows as one stream with one schema."""

from __future__ import annotations

import glob
import hashlib
import json
import os
import re
import stat
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Protocol

import pyarrow as pa

from routecheck.batch.columns import find_columns
from routecheck.batch.csv_read import CsvFile, Rows, unique_names
from routecheck.batch.foreign import (
    HEAD,
    MOST_JSON,
    json_advice,
    refuse_foreign,
    refuse_zip,
)
from routecheck.batch.header import check_layout, header_hint
from routecheck.batch.other_read import NdjsonFile, ParquetFile, XlsxFile
from routecheck.batch.result import Piece
from routecheck.batch.text_read import BLOCK, Source, TextStream
from routecheck.errors import RoutecheckError
from routecheck.zones.problems import printable

__all__ = ["STDIN", "SUFFIXES", "Sources", "open_sources"]

STDIN: Final = "<stdin>"

_TEXT: Final = (".csv", ".tsv", ".txt", ".ndjson", ".jsonl")
SUFFIXES: Final = (*_TEXT, ".parquet", ".xlsx", *(suffix + ".gz" for suffix in _TEXT))
"""Ends of the names of files that are read from a folder."""


class _Table(Protocol):
    schema: pa.Schema

    def rows(self, batch_rows: int, /) -> Iterator[Rows]: ...


class Sources:
    """Tables to be read one after another.

    Attributes
    ----------
    files : tuple of str
        The files in reading order.
    schema : Schema
        Columns of all files, in the order in which they are first met.
    columns_of : dict
        The columns of each file.
    takes : dict
        Which of the options ``header_row`` and ``sheet`` each file takes.
    total_bytes : int or None
        Size of all files; None if one is a stream.
    fingerprint : str
        Changes when the files or the way to read them change.
    """

    def __init__(
        self,
        inputs: Sequence[tuple[Source, _Table]],
        fingerprint: str,
        total_bytes: int | None,
        batch_rows: int,
        spooled: Sequence[Any] = (),
        header_row: int | None = None,
    ) -> None:
        self.files = tuple(source.name for source, _ in inputs)
        self.schema = _union([table.schema for _, table in inputs])
        self.columns_of: dict[str, tuple[str, ...]] = {
            source.name: tuple(table.schema.names) for source, table in inputs
        }
        self.takes = {source.name: _taken_by(table) for source, table in inputs}
        self.fingerprint = fingerprint
        self.total_bytes = total_bytes
        self._inputs = inputs
        self._batch_rows = batch_rows
        self._header_row = header_row
        self._spooled = spooled  # temporary files, which go when this goes
        self._done = 0
        self._current: Source | None = None

    @property
    def position(self) -> int:
        """Bytes of the input that have been read so far."""
        if self._current is None:
            return self._done
        count = self._current.count
        if self._current.path is not None:  # Parquet and XLSX read some bytes twice
            count = min(count, self._size(self._current.path))
        return self._done + count

    def pieces(self) -> Iterator[Piece]:
        """Read all rows of all files, in order.

        Yields
        ------
        Piece
            At most ``batch_rows`` rows, with the columns of :attr:`schema`; one that the file
            does not have is null.

        Raises
        ------
        RoutecheckError
            If a file cannot be read to its end.
        """
        self._done = 0
        for source, table in self._inputs:
            self._current = source
            first = 1
            for batch, errors in table.rows(self._batch_rows):
                whole = self._conform(batch)
                for start in range(0, whole.num_rows, self._batch_rows):
                    part = whole.slice(start, self._batch_rows)
                    faults = None
                    if errors:
                        mine = [errors.get(start + index) for index in range(part.num_rows)]
                        faults = pa.array(mine, pa.string()) if any(mine) else None
                    yield Piece(part, faults, source.name, first + start)
                first += whole.num_rows
            source.check()
            self._done = self.position
            self._current = None

    def hint(self, file: str, tell: Callable[[Sequence[str]], object]) -> str:
        """Say which row or sheet of a file looks like its header, if its columns cannot be told.

        Parameters
        ----------
        file : str
            One of :attr:`files`.
        tell : callable
            Tells the columns by their names, or raises RoutecheckError.
        """
        table = next(table for source, table in self._inputs if source.name == file)
        if not isinstance(table, _Csv | XlsxFile):
            return ""
        text = header_hint(
            table.previews, lambda cells: tell(unique_names(cells)), self._header_row
        )
        if text and sum(bool(taken) for taken in self.takes.values()) > 1:
            text += ", and audit files that have another layout apart"
        return text

    def _conform(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        if batch.schema == self.schema:
            return batch
        mine = {name: index for index, name in enumerate(batch.schema.names)}
        columns = []
        for field in self.schema:
            if field.name in mine:
                columns.append(_as_type(batch.column(mine[field.name]), field.type))
            else:
                columns.append(pa.nulls(batch.num_rows, field.type))
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    @staticmethod
    def _size(path: Path) -> int:
        try:
            return path.stat().st_size
        except OSError:
            return 0


def open_sources(
    paths: Sequence[str],
    *,
    delimiter: str | None = None,
    encoding: str | None = None,
    header_row: int | None = None,
    no_header: bool = False,
    sheet: str | None = None,
    batch_rows: int = 65_536,
) -> Sources:
    """Find the files, and read their headers.

    Parameters
    ----------
    paths : sequence of str
        Files, folders, patterns such as ``data/*.csv``, and ``-`` for standard input. A file that
        is met twice is read once.
    delimiter : str, optional
        Of CSV files; found out by default.
    encoding : str, optional
        Of text files; found out by default.
    header_row : int, optional
        The line of CSV files, and the row of workbooks, that is the header, from 1. What stands
        above it is skipped. By default the first that is not blank.
    no_header : bool
        Whether CSV files and workbooks have none: their columns are called 1, 2, 3 ….
    sheet : str, optional
        Of workbooks; by default the first with cells.
    batch_rows : int
        Rows of a piece at most.

    Returns
    -------
    Sources
        The opened files.

    Raises
    ------
    RoutecheckError
        If a file is missing, cannot be read or is no table; the text names it.
    """
    if delimiter is not None:
        delimiter = _checked_delimiter(delimiter)
    if header_row is not None and header_row < 1:
        raise RoutecheckError(f"--header-row {header_row} is no row: rows are counted from 1")
    if header_row is not None and no_header:
        raise RoutecheckError("--header-row and --no-header say the opposite: leave one out")
    if not paths:
        raise RoutecheckError("no file to read: give files, folders or - for standard input")
    digest = hashlib.sha256()
    digest.update(json.dumps([delimiter, encoding, header_row, no_header, sheet]).encode())
    inputs: list[tuple[Source, _Table]] = []
    spooled: list[Any] = []
    seen: set[object] = set()
    total: int | None = 0
    for path in (found for text in paths for found in _expand(text)):
        if str(path) in seen:
            continue
        seen.add(str(path))
        source = _source(path)
        size: int | None = None
        facts: list[object] = ["stdin"]
        if source.state is not None:
            size, changed_ns, touched_ns, device, inode = source.state
            key = (device, inode) if inode else path.resolve()
            if key in seen:
                continue
            seen.add(key)
            facts = [str(path), size, changed_ns, touched_ns]
        digest.update(json.dumps(facts).encode())
        total = None if total is None or size is None else total + size
        try:
            row = 0 if no_header else header_row
            table = _table(source, path, delimiter, encoding, row, sheet, spooled)
        except BaseException:
            source.finish()
            raise
        inputs.append((source, table))
    sources = Sources(inputs, digest.hexdigest(), total, batch_rows, spooled, header_row)
    check_layout(header_row, sheet, sources.takes, no_header=no_header)
    return sources


def _checked_delimiter(text: str) -> str:
    named = {"\\t": "\t", "tab": "\t"}.get(text.lower(), text)
    if len(named) != 1 or not named.isascii() or named in '"\r\n\0':
        raise RoutecheckError(
            f"--delimiter {printable(text)!r} is not one ASCII character: give , ; | or tab"
        )
    return named


def _expand(text: str) -> list[Path]:
    path = Path(text)
    if text == "-":
        return [path]
    try:
        if path.is_dir():
            return _in_folder(path)
        if os.path.lexists(path):
            return [path]
        found = [Path(name) for name in sorted(glob.glob(text, recursive=True))]  # noqa: PTH207 - Path.glob takes no absolute patterns
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise RoutecheckError(f"{printable(text)}: cannot be read: {reason}") from None
    found = [path for path in found if not path.is_dir()]
    if found:
        return found
    if glob.has_magic(text):
        raise RoutecheckError(f"{printable(text)}: no file has such a name")
    raise RoutecheckError(f"{printable(text)}: there is no such file or folder")


def _in_folder(folder: Path) -> list[Path]:
    found = sorted(
        path
        for path in folder.iterdir()
        if path.name.lower().endswith(SUFFIXES) and path.name[0] != "." and not path.is_dir()
    )
    if not found:
        raise RoutecheckError(
            f"{printable(str(folder))}: the folder holds no table: it needs files that end in"
            f" {', '.join(SUFFIXES[:7])} (text files also with .gz)"
        )
    return found


def _source(path: Path) -> Source:
    if str(path) == "-":
        if sys.stdin is None:
            raise RoutecheckError("standard input is closed: give a file instead of -")
        return Source(STDIN, None, getattr(sys.stdin, "buffer", sys.stdin))
    name = printable(str(path))
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            return Source(name, path)
        if stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
            return Source(name, None, path.open("rb", buffering=0))
    except OSError as error:
        raise RoutecheckError(f"{name}: cannot be opened: {error.strerror or error}") from None
    raise RoutecheckError(f"{name} is no file that can be read: give a file or a folder")


def _table(
    source: Source,
    path: Path,
    delimiter: str | None,
    encoding: str | None,
    header_row: int | None,
    sheet: str | None,
    spooled: list[Any],
) -> _Table:
    """Open a table by what the file holds, and by its suffix where that does not tell."""
    head = _unpacked(source.open().peek(HEAD))
    source.rewind()
    stem = path.name.lower().removesuffix(".gz")
    refuse_foreign(source.name, head)
    if head.startswith(b"PAR1") or stem.endswith((".parquet", ".parq")):
        _spool(source, spooled)
        return ParquetFile(source)
    if head.startswith(b"PK\3\4") or stem.endswith(".xlsx"):
        _spool(source, spooled)
        assert source.path is not None
        refuse_zip(source.name, source.path)
        return XlsxFile(source, header_row, sheet)
    lines = stem.endswith((".ndjson", ".jsonl"))
    guessed = not stem.endswith((".csv", ".tsv", ".txt"))
    if lines or (guessed and head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"):
        _spool(source, spooled)
        _refuse_json(source)
        return NdjsonFile(source, encoding)
    if stem.endswith((".json", ".geojson")) or re.match(rb"\s*\[\s*[{\[]", head):
        raise RoutecheckError(f"{source.name} is JSON: write one object a line (jq -c '.[]')")
    hint = "\t" if stem.endswith(".tsv") else ""
    return _Csv(CsvFile(source, delimiter, encoding, hint, header_row))


def _unpacked(head: bytes) -> bytes:
    """The beginning of a file, of one that is packed with gzip as far as it can be unpacked."""
    if not head.startswith(b"\x1f\x8b"):
        return head
    with suppress(zlib.error):
        return zlib.decompressobj(31).decompress(head, HEAD)
    return head


def _refuse_json(source: Source) -> None:
    """Refuse JSON that is one value, and not one object a line."""
    stream = TextStream(source.open(), source.name, None)
    data = stream.peek(BLOCK)
    first = data.lstrip().partition(b"\n")[0]
    with suppress(ValueError, RecursionError):
        json.loads(first)
        if data.strip() != first.strip():
            source.rewind()
            return  # one object a line
    while (more := stream.peek(len(data) + 1)) != data and len(more) < MOST_JSON:
        data = more
    source.rewind()
    advice = json_advice(data, find_columns)
    if advice:
        raise RoutecheckError(f"{source.name} {advice}")


class _Csv:
    """A CSV file, whose batches are as large as the blocks that are read."""

    def __init__(self, file: CsvFile) -> None:
        self.schema = file.schema
        self.previews = file.previews
        self._file = file

    def rows(self, _batch_rows: int, /) -> Iterator[Rows]:
        return self._file.rows()


def _taken_by(table: _Table) -> tuple[str, ...]:
    """Which options say where in its file a table stands."""
    if isinstance(table, XlsxFile):
        return ("header_row", "sheet")
    return ("header_row",) if isinstance(table, _Csv) else ()


def _spool(source: Source, spooled: list[Any]) -> None:
    """Put a stream into a temporary file, as it has to be read twice or not from its start on."""
    if source.path is not None:
        return
    stream = source.open()
    file, path = _temporary()
    spooled.append(file)
    try:
        while part := stream.read(BLOCK):
            file.write(part)
        file.flush()
    except OSError as error:
        raise RoutecheckError(
            f"{source.name} cannot be kept in {tempfile.gettempdir()}: {error.strerror or error}"
        ) from None
    source.replace(path)


def _temporary() -> tuple[Any, Path]:
    """A temporary file that lives as long as it is open, and a path by which it is opened again.

    Where the system can open a file that has no name (Linux), it has none: nothing is left behind
    by a process that is killed.
    """
    nameless = sys.platform == "linux" and Path("/proc/self/fd").is_dir()
    file = tempfile.NamedTemporaryFile(prefix="routecheck-", delete=not nameless)  # noqa: SIM115 - lives as long as Sources
    if not nameless:
        return file, Path(file.name)
    Path(file.name).unlink()
    return file, Path(f"/proc/self/fd/{file.fileno()}")


def _union(schemas: Sequence[pa.Schema]) -> pa.Schema:
    types: dict[str, pa.DataType] = {}
    for schema in schemas:
        for field in schema:
            kind = types.setdefault(field.name, field.type)
            if kind != field.type:
                types[field.name] = _common(kind, field.type)
    return pa.schema(list(types.items()))


def _common(one: pa.DataType, other: pa.DataType) -> pa.DataType:
    if pa.types.is_null(one):
        return other
    if pa.types.is_null(other):
        return one
    if pa.types.is_signed_integer(one) and pa.types.is_signed_integer(other):
        return pa.int64()
    if pa.types.is_floating(one) and pa.types.is_floating(other):
        return pa.float64()
    return pa.string()


def _as_type(column: pa.Array, kind: pa.DataType) -> pa.Array:
    if column.type == kind:
        return column
    try:
        return column.cast(kind)
    except (pa.ArrowException, NotImplementedError):
        values = [
            None if value is None else json.dumps(value, ensure_ascii=False, default=str)
            for value in column.to_pylist()
        ]
        return pa.array(values, kind)
