"""Parquet, NDJSON and XLSX files, in batches."""

from __future__ import annotations

import datetime as dt
import json
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pyarrow as pa
from pyarrow import parquet

from routecheck.batch.csv_read import MAX_COLUMNS, Rows, ragged, row_batch, unique_names
from routecheck.batch.header import Preview, beyond_end, blank_header, chosen_sheet
from routecheck.batch.text_read import BLOCK, Counted, Source, TextStream
from routecheck.errors import MissingExtraError, RoutecheckError
from routecheck.zones.problems import count_of, printable

__all__ = ["NdjsonFile", "ParquetFile", "XlsxFile"]

_MAX_LINE: Final = 128 << 20
_SHOWN: Final = 200
_EXACT: Final = 1 << 53
"""Whole numbers up to this are exact as floats."""

_MAX_UNPACKED: Final = 4 << 30
_SUSPECT: Final = 256 << 20
_MAX_RATIO: Final = 200
"""A workbook that unpacks to more than so many times its size, and to much, is a bomb."""


class ParquetFile:
    """A Parquet file; its columns keep their types."""

    def __init__(self, source: Source) -> None:
        self._source = source
        file = self._open()
        schema = file.schema_arrow
        if len(schema) > MAX_COLUMNS:
            raise RoutecheckError(f"{source.name} has {len(schema):,} columns, too many to read")
        names = unique_names(schema.names)
        self.schema = pa.schema(list(zip(names, schema.types, strict=True)))
        source.rewind()

    def rows(self, batch_rows: int) -> Iterator[Rows]:
        """Read the rows in order."""
        file = self._open()
        try:
            for batch in file.iter_batches(batch_size=batch_rows, use_threads=False):
                yield pa.RecordBatch.from_arrays(batch.columns, schema=self.schema), {}
        except (pa.ArrowException, OSError, ValueError) as error:
            raise self._damaged(error) from None
        finally:
            self._source.finish()

    def _open(self) -> Any:
        assert self._source.path is not None
        opened = self._source.open()
        try:
            return parquet.ParquetFile(_Seekable(opened), pre_buffer=False)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise self._damaged(error) from None

    def _damaged(self, error: Exception) -> RoutecheckError:
        text = printable(str(error).split("\n", 1)[0])[:_SHOWN]
        return RoutecheckError(f"{self._source.name} is not a whole Parquet file: {text}")


class NdjsonFile:
    """A file with one JSON object a line.

    A first pass finds the columns: one whose values are all texts, whole numbers, numbers or
    booleans has that type; any other one is text, texts as they are and other values as JSON.
    """

    def __init__(self, source: Source, encoding: str | None) -> None:
        self._source = source
        self._encoding = encoding
        kinds: dict[str, set[str]] = {}
        found = 0
        for value, _ in self._values():
            if value is not None:
                found += 1
                for key, item in value.items():
                    kinds.setdefault(key, set()).add(_kind(item))
        source.rewind()
        if not found:
            raise RoutecheckError(
                f"{source.name} holds no JSON object that is a line by itself:"
                " write one object a line (with jq: jq -c '.[]')"
            )
        if len(kinds) > MAX_COLUMNS:
            raise RoutecheckError(f"{source.name} has {len(kinds):,} keys, too many for columns")
        self._keys = list(kinds)
        names = [_clean(key)[0] for key in kinds]
        types = [_type_of(kind) for kind in kinds.values()]
        self.schema = pa.schema(list(zip(unique_names(names), types, strict=True)))

    def rows(self, batch_rows: int) -> Iterator[Rows]:
        """Read the rows in order."""
        values: list[dict[str, Any] | None] = []
        errors: dict[int, str] = {}
        number = size = 0
        try:
            for value, text in self._values():
                number += 1
                size += len(text)
                if value is None:
                    errors[len(values)] = f"row {number:,} is not a JSON object: {_show(text)}"
                elif value.__class__ is _Doubled:
                    errors[len(values)] = f"row {number:,} holds a key twice: {_show(text)}"
                values.append(value)
                if len(values) == batch_rows or size > BLOCK:
                    yield self._batch(values, errors, number)
                    values, errors, size = [], {}, 0
            if values:
                yield self._batch(values, errors, number)
        finally:
            self._source.finish()

    def _batch(
        self, values: list[dict[str, Any] | None], errors: dict[int, str], number: int
    ) -> Rows:
        arrays = []
        known = set(self._keys)
        for key, field in zip(self._keys, self.schema, strict=True):
            column = [None if value is None else value.get(key) for value in values]
            if field.type == pa.string():
                for index, item in enumerate(column):
                    if item is None:
                        continue
                    text, damaged = _clean(_text_of(item))
                    column[index] = text
                    if damaged:
                        errors[index] = (
                            f"row {number - len(values) + index + 1:,} holds half of a character"
                            f" (a lone surrogate), written as \N{REPLACEMENT CHARACTER}"
                        )
            try:
                arrays.append(pa.array(column, field.type))
            except (pa.ArrowException, OverflowError, TypeError):
                raise self._changed() from None
        if any(value is not None and not known.issuperset(value) for value in values):
            raise self._changed()
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema), errors

    def _changed(self) -> RoutecheckError:
        return RoutecheckError(f"{self._source.name} changed while it was read: run again")

    def _values(self) -> Iterator[tuple[dict[str, Any] | None, bytes]]:
        for line in self._lines():
            if line.strip():
                yield _object(line), line

    def _lines(self) -> Iterator[bytes]:
        stream = TextStream(self._source.open(), self._source.name, self._encoding)
        rest = b""
        while block := stream.read(BLOCK):
            if b"\n" not in block:
                rest += block
                if len(rest) > _MAX_LINE:
                    raise RoutecheckError(
                        f"{self._source.name} has a line of more than {_MAX_LINE >> 20} MB:"
                        " write one JSON object a line"
                    )
                continue
            lines = (rest + block).split(b"\n")
            rest = lines.pop()
            yield from lines
        yield rest


class XlsxFile:
    """One sheet of a workbook, all of its cells as text.

    Parameters
    ----------
    source : Source
        The workbook.
    header_row : int or None
        The row of the header, as the spreadsheet numbers it; those above it are skipped. None for
        the first with cells, 0 if there is none: then columns are called 1, 2, 3 ….
    sheet : str or None
        Name of the sheet; None for the first with cells.
    """

    def __init__(
        self, source: Source, header_row: int | None = None, sheet: str | None = None
    ) -> None:
        self._source = source
        self._header_row = header_row
        self._sheet = sheet
        self._title = ""
        header, _ = next(self._table(), (None, 0))
        source.rewind()
        if header is None:
            which = source.name if sheet is None else f"{source.name}: {self._title_text}"
            raise RoutecheckError(f"{which} is empty: it needs a header and rows")
        if header_row == 0:
            header = [str(number) for number in range(1, len(header) + 1)]
        self.schema = pa.schema([(_clean(name)[0], pa.string()) for name in unique_names(header)])

    def rows(self, batch_rows: int) -> Iterator[Rows]:
        """Read the rows in order; blank ones are none."""
        table = self._table()
        if self._header_row != 0:
            next(table, None)
        width = len(self.schema)
        rows: list[list[str]] = []
        errors: dict[int, str] = {}
        number = size = 0
        try:
            for number, (found, weight) in enumerate(table, 1):
                size += weight
                if len(found) > width:
                    errors[len(rows)] = ragged(number, found, width)
                rows.append((found + [""] * (width - len(found)))[:width])
                if len(rows) == batch_rows or size > BLOCK:
                    yield row_batch(rows, self.schema), errors
                    rows, errors, size = [], {}, 0
            if rows:
                yield row_batch(rows, self.schema), errors
        finally:
            self._source.finish()

    def previews(self, rows: int) -> Iterator[Preview]:
        """Give the first rows of each sheet, that which is read first."""
        with self._opened() as book:
            for sheet in sorted(book.worksheets, key=lambda each: each.title != self._title):
                first = [(number, row) for number, row in _rows_of(sheet, rows) if row]
                yield Preview(sheet.title, sheet.title == self._title, first)

    def _table(self) -> Iterator[tuple[list[str], int]]:
        """The header and the rows with some text in them, and their sizes."""
        wanted, last = self._header_row or None, 0
        begun = wanted is None
        for number, row in self._filled():
            last = number
            if wanted is not None and not begun:
                if number < wanted:
                    continue
                if number > wanted:
                    raise blank_header(self._source.name, f"row {wanted:,} of {self._title_text}")
                begun = True
            yield row, sum(map(len, row))
        if wanted is not None and last and not begun:
            has = f"{self._title_text} has {count_of(last, 'row')}"
            raise beyond_end(self._source.name, wanted, has, ", or another sheet with --sheet")

    def _filled(self) -> Iterator[tuple[int, list[str]]]:
        """Rows with some text in them, with their numbers in the spreadsheet."""
        with self._opened() as book:
            sheets = book.worksheets
            if self._sheet is not None:
                titles = [sheet.title for sheet in sheets]
                sheets = [sheets[chosen_sheet(titles, self._sheet, self._source.name)]]
            for sheet in sheets:
                some = False
                self._title = sheet.title
                for number, row in _rows_of(sheet):
                    if row:
                        some = True
                        yield number, row
                if some:
                    return

    @property
    def _title_text(self) -> str:
        return f"the sheet {printable(self._title)!r}"

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        try:
            import openpyxl  # noqa: PLC0415 - an extra, and slow to load
        except ImportError:
            raise MissingExtraError(
                f"{self._source.name}: XLSX needs openpyxl: pip install 'routecheck[batch]'"
            ) from None
        try:
            with self._source.open() as opened:
                file: Any = _Seekable(opened)
                self._refuse_bomb(file)
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # of features that carry no cells
                    book = openpyxl.load_workbook(file, read_only=True, data_only=True)
                yield book
        except RoutecheckError:
            raise
        # openpyxl lets through whatever its parts raise on a damaged file
        except Exception as error:
            text = printable(str(error).split("\n", 1)[0])[:_SHOWN]
            raise RoutecheckError(
                f"{self._source.name} is not a whole XLSX workbook ({text}):"
                " open it in a spreadsheet and save it again, or save it as CSV"
            ) from None

    def _refuse_bomb(self, file: Any) -> None:
        with zipfile.ZipFile(file) as packed:
            members = packed.infolist()
            unpacked = sum(member.file_size for member in members)
            size = sum(member.compress_size for member in members)
        bloated = unpacked > _SUSPECT and unpacked > _MAX_RATIO * size
        if unpacked > _MAX_UNPACKED or bloated:
            raise RoutecheckError(
                f"{self._source.name} unpacks to {count_of(unpacked >> 20, 'megabyte')}, too many"
                " for a workbook: save it as CSV"
            )
        file.seek(0)


class _Seekable:
    """A counted file that can be read anywhere; each byte read counts, though at most the size."""

    def __init__(self, file: Counted) -> None:
        self._file = file
        self.closed = False

    def read(self, size: int | None = -1) -> bytes:
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return int(self._file.raw.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.raw.tell())

    def close(self) -> None:
        self._file.close()
        self.closed = True

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def writable(self) -> bool:
        return False

    def flush(self) -> None:
        pass


class _Doubled(dict[str, Any]):
    """An object in which a key is written twice."""


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(line, object_pairs_hook=_pairs)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs) and not any(v.__class__ is _Doubled for v in found.values()):
        return found
    return _Doubled(found)


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        if abs(value) <= _EXACT:
            return "int"
        return "long" if -(1 << 63) <= value < 1 << 63 else "text"
    if isinstance(value, float):
        return "float"
    return "text"


def _type_of(kinds: set[str]) -> pa.DataType:
    kinds = kinds - {"null"}
    if kinds == {"boolean"}:
        return pa.bool_()
    if kinds and kinds <= {"int", "long"}:
        return pa.int64()
    if kinds and kinds <= {"int", "float"}:
        return pa.float64()
    return pa.string()


def _text_of(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _clean(text: str) -> tuple[str, bool]:
    """Text without lone surrogates, which Arrow cannot hold; whether there were any."""
    try:
        text.encode()
    except UnicodeEncodeError:
        # pairs of them that JSON wrote as two escapes are whole characters, and stay
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), True
    return text, False


def _show(text: bytes) -> str:
    shown = text.decode("utf-8", "replace").strip()
    return printable(shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…")


def _rows_of(sheet: Any, most: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Rows of a sheet with their numbers, without the blank cells at their ends."""
    sheet.reset_dimensions()  # some writers give wrong ones, and rows were lost
    cells = _quietly(sheet.iter_rows(max_row=most, values_only=True))
    for number, values in enumerate(cells, 1):
        row = [_clean(_cell(value))[0] for value in values]
        while row and not row[-1]:
            row.pop()
        yield number, row


def _quietly(rows: Iterator[Any]) -> Iterator[Any]:
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                row = next(rows)
            except StopIteration:
                return
        yield row


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) <= _EXACT:
        return str(int(value))
    if isinstance(value, dt.datetime):
        plain = value.time() == dt.time()
        return value.date().isoformat() if plain else value.isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)
