"""CSV as text, in blocks: PyArrow for clean blocks, an exact slow parser for the others.

Blocks are cut here where a record ends, so that each is parsed by itself: a fault costs time in
its own block only, and its rows' places are known. A wholly blank line is no row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

import numpy as np
import pyarrow as pa
from pyarrow import csv

from routecheck.batch.header import Preview, beyond_end, blank_header
from routecheck.batch.text_read import BLOCK, Source, TextStream
from routecheck.errors import RoutecheckError
from routecheck.zones.problems import count_of, printable

__all__ = ["MAX_COLUMNS", "MAX_RECORD", "CsvFile", "Rows", "ragged", "row_batch", "unique_names"]

MAX_COLUMNS: Final = 100_000
MAX_RECORD: Final = 128 << 20
"""Bytes of the longest record: a quote that is never closed must not fill the memory."""

_MAX_HEADER: Final = 32 << 20
_SMALL: Final = 1 << 16
_SNIFFED: Final = 1 << 16
_SHOWN: Final = 200
_DELIMITERS: Final = ",;\t|"
_SEP: Final = re.compile(r'"?sep=([^"\r\n])"?(?:\r\n|\r|\n)', re.IGNORECASE)
"""A first line with which Excel names the delimiter."""

_LINE: Final = re.compile("\r\n|\r|\n")
_BAD: Final = re.compile("[\udc80-\udcff]")
# bytes that are no UTF-8 stand in a text as lone surrogates; they are shown as in cp1252,
# which most of them are
_AS_CP1252: Final = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)
}

Rows = tuple[pa.RecordBatch, dict[int, str]]
"""Some rows and, by index, what is wrong with them."""


class CsvFile:
    """A CSV file, with its header read.

    Parameters
    ----------
    source : Source
        The file.
    delimiter : str or None
        None to find it out from the first lines.
    encoding : str or None
        None to find it out.
    hint : str
        A delimiter to take if the header holds it (a tab for ``.tsv``).
    header_row : int or None
        The line of the header, from 1; those above it are skipped. None for the first that is
        not blank; 0 if there is none, and columns are called 1, 2, 3 ….
    """

    def __init__(
        self, source: Source, delimiter: str | None, encoding: str | None, hint: str = "",
        header_row: int | None = None,
    ) -> None:  # fmt: skip
        self._source = source
        self._name = source.name
        self._encoding = encoding
        self._header_row = header_row
        stream = TextStream(source.open(), self._name, encoding)
        beginning = stream.peek(_SNIFFED)[:_SNIFFED]
        named = _SEP.match(beginning.decode("utf-8", "surrogateescape").lstrip("\r\n"))
        self._asked = delimiter
        self._hint = named[1] if named and named[1].isascii() else hint
        # a stream does not give it a second time
        self._beginning = beginning if source.path is None else None
        self._skip(stream)
        header = self._read_header(stream)
        self._stream = stream if source.path is None else None
        source.rewind()
        if len(header) > MAX_COLUMNS:
            raise RoutecheckError(
                f"{self._name} has {len(header):,} columns; at most {MAX_COLUMNS:,} are read:"
                " check --delimiter, or leave columns out"
            )
        if header_row == 0:
            header = [str(number) for number in range(1, len(header) + 1)]
        self.schema = pa.schema([(name, pa.string()) for name in unique_names(header)])
        self._width = len(header)
        self._record = _record_pattern(self._delimiter)
        names = [str(number) for number in range(self._width)]
        self._reading: dict[str, Any] = {"use_threads": False, "column_names": names}
        self._convert = csv.ConvertOptions(
            check_utf8=False,  # checked below, per block
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=False,
            null_values=[],
        )

    def rows(self) -> Iterator[Rows]:
        """Read the rows in order, in batches of about a block."""
        stream, self._stream = self._stream, None
        if stream is None:
            stream = TextStream(self._source.open(), self._name, self._encoding)
            self._skip(stream)
        try:
            yield from self._blocks(stream)
        finally:
            self._source.finish()

    def previews(self, rows: int) -> Iterator[Preview]:
        """Give the first lines, each read as ``header_row`` would read it."""
        data = self._beginning
        if data is None:
            data = TextStream(self._source.open(), self._name, self._encoding).peek(_SNIFFED)
            self._source.rewind()
        whole = len(data) < _SNIFFED
        text = data[:_SNIFFED].decode("utf-8", "surrogateescape")
        starts = [0, *(end.end() for end in islice(_LINE.finditer(text), rows - 1))]
        found = []
        for number, start in enumerate(starts, 1):
            if text[start : start + 1] in ("", "\r", "\n"):
                continue
            delimiter = self._asked or _sniff(text[start:], whole, self._hint)
            fields, flaw, end = next(_records(text, _record_pattern(delimiter), start))
            if flaw is not None and (whole or end < len(text)):
                found.append((number, [name.translate(_AS_CP1252) for name in fields]))
        yield Preview("", True, found)

    def _skip(self, stream: TextStream) -> None:
        """Pass over the lines above the header."""
        if not self._header_row:
            return
        above = self._header_row - 1
        passed = stream.skip_lines(above)
        if passed < above or not stream.peek(1):
            raise beyond_end(self._name, self._header_row, f"it has {count_of(passed, 'line')}")

    def _blocks(self, stream: TextStream) -> Iterator[Rows]:
        data = stream.peek(self._start)[self._start :]
        stream.read(BLOCK)
        done = 0
        final = False
        while data or not final:
            if not final:
                # as much as is held already, so that a long record is not scanned too often
                wanted = max(BLOCK, len(data))
                block = stream.read(wanted)
                final = not block
                data += block
            cut, odd = _last_end(data, self._delimiter.encode(), final)
            if cut:
                batch, errors = self._parse(data[:cut], odd, done)
                yield batch, errors
                done += batch.num_rows
                data = data[cut:]
            if final and data:
                # the last record opens a quote that is never closed: its first line is one
                # faulty row, and what follows is read as if the quote were not there (it holds
                # doubled quotes only, and so cannot leave another one open)
                end = re.search(rb"\r\n|\r|\n|\Z", data)
                assert end is not None
                yield self._broken(data[: end.start()], done)
                done += 1
                data = data[end.end() :]
            elif len(data) > MAX_RECORD:
                raise RoutecheckError(
                    f"{self._name}: row {done + 1:,} is longer than {MAX_RECORD >> 20} MB:"
                    " it opens a quote that is not closed"
                )

    def _parse(self, data: bytes, odd: bool, done: int) -> Rows:
        if odd or b"\0" in data or not _is_utf8(data):
            return self._parse_halves(data, done)
        faulty: list[tuple[int, str]] = []

        def keep(row: Any) -> str:
            faulty.append((row.number - 1, row.text))
            return "skip"

        try:
            table = csv.read_csv(
                pa.BufferReader(data),
                csv.ReadOptions(block_size=len(data) + 1, **self._reading),
                csv.ParseOptions(
                    delimiter=self._delimiter, newlines_in_values=True, invalid_row_handler=keep
                ),
                self._convert,
            )
        except (pa.ArrowException, ValueError):
            return self._parse_slowly(data, done)
        columns = [column.combine_chunks() for column in table.columns]
        if not faulty:
            return pa.RecordBatch.from_arrays(columns, schema=self.schema), {}
        rows, errors = [], {}
        for index, text in faulty:
            fields = next(_records(text, self._record))[0]
            rows.append(self._fitted(fields))
            errors[index] = ragged(done + index + 1, fields, self._width)
        size = table.num_rows + len(rows)
        place = np.empty(size, np.int64)
        mine = np.zeros(size, bool)
        mine[list(errors)] = True
        place[mine] = np.arange(table.num_rows, size)
        place[~mine] = np.arange(table.num_rows)
        taken = pa.array(place)
        columns = [
            pa.concat_arrays([good, bad]).take(taken)
            for good, bad in zip(columns, row_batch(rows, self.schema).columns, strict=True)
        ]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema), errors

    def _parse_halves(self, data: bytes, done: int) -> Rows:
        """Parse slowly what is near the fault only."""
        mark = self._delimiter.encode()
        middle = _last_end(data[: len(data) // 2], mark, False)[0] if len(data) > _SMALL else 0
        if not middle:
            return self._parse_slowly(data, done)
        batches, errors = [], {}
        count = 0
        for half in (data[:middle], data[middle:]):
            batch, faults = self._parse(half, _last_end(half, mark, True)[1], done + count)
            batches.append(batch)
            errors.update({count + index: fault for index, fault in faults.items()})
            count += batch.num_rows
        columns = [
            pa.concat_arrays(pair) for pair in zip(*(b.columns for b in batches), strict=True)
        ]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema), errors

    def _parse_slowly(self, data: bytes, done: int) -> Rows:
        text = data.decode("utf-8", "surrogateescape")
        foreign = _BAD.search(text) is not None
        damaged = "\0" in text
        rows: list[Sequence[str]] = []
        errors: dict[int, str] = {}
        records: Iterator[tuple[list[str], bool | None, int]]
        if '"' in text:
            records = _records(text, self._record)
        else:
            lines = filter(None, _LINE.split(text))
            records = ((line.split(self._delimiter), False, 0) for line in lines)
        for fields, flaw, _ in records:
            number = done + len(rows) + 1
            faults = []
            if len(fields) != self._width:
                faults.append(ragged(number, fields, self._width))
            row = self._fitted(fields)
            if flaw is not False:
                faults.append(
                    f"row {number:,} has text after a closing quote, and may hold several rows:"
                    " double a quote that is part of a text"
                )
            if foreign and any(map(_BAD.search, fields)):
                row = [cell.translate(_AS_CP1252) for cell in row]
                faults.append(
                    f"row {number:,} holds bytes that are not UTF-8, read as cp1252:"
                    " give --encoding if the file is in another one"
                )
            if damaged and any("\0" in cell for cell in fields):
                faults.append(f"row {number:,} holds a NUL character: the file may be damaged")
            if faults:
                errors[len(rows)] = "; ".join(faults)
            rows.append(row)
        return row_batch(rows, self.schema), errors

    def _broken(self, line: bytes, done: int) -> Rows:
        text = line.decode("utf-8", "surrogateescape").translate(_AS_CP1252)
        row = self._fitted(text.split(self._delimiter))
        fault = (
            f"row {done + 1:,} opens a quote that is never closed: close it, or double a quote"
            f" that is part of a text; the line is {_short(text)}"
        )
        return row_batch([row], self.schema), {0: fault}

    def _fitted(self, fields: list[str]) -> list[str]:
        missing = self._width - len(fields)
        return fields + [""] * missing if missing > 0 else fields[: self._width]

    def _read_header(self, stream: TextStream) -> list[str]:
        size = 1
        while True:
            head = stream.peek(size)
            ended = len(head) < size
            text = head.decode("utf-8", "surrogateescape")
            start = 0
            if not self._header_row:
                start = len(text) - len(text.lstrip("\r\n"))
                named = _SEP.match(text, start)
                start = named.end() if named else start
            elif text[0] in "\r\n":
                raise blank_header(self._name, f"line {self._header_row:,}")
            self._delimiter = self._asked or _sniff(text[start:], ended, self._hint)
            found = next(_records(text, _record_pattern(self._delimiter), start), None)
            if found is not None and found[2] < len(text):
                break
            if ended:
                if found is None:
                    raise RoutecheckError(f"{self._name} holds only blank lines: it needs a header")
                break
            if len(head) > _MAX_HEADER:
                raise RoutecheckError(
                    f"{self._name}: the header is longer than {_MAX_HEADER >> 20} MB:"
                    " it opens a quote that is not closed, or the file is no table"
                )
            size = len(head) + 1
        fields, flaw, end = found
        if flaw is None:
            raise RoutecheckError(
                f"{self._name}: the header opens a quote that is never closed: close it"
            )
        if self._header_row and not any(map(str.strip, fields)):
            raise blank_header(self._name, f"line {self._header_row:,}")
        self._start = len(
            text[: start if self._header_row == 0 else end].encode("utf-8", "surrogateescape")
        )
        return [name.translate(_AS_CP1252) for name in fields]


def unique_names(header: Sequence[str]) -> list[str]:
    """Names of columns: ``column_3`` for one that is blank, ``a_2`` for a second ``a``."""
    taken = {name for name in header if name.strip()}
    names: list[str] = []
    seen: set[str] = set()
    counts: dict[str, int] = {}
    for number, name in enumerate(header, 1):
        mine = base = name if name.strip() else f"column_{number}"
        while mine in seen or (mine != name and mine in taken):
            counts[base] = counts.get(base, 1) + 1
            mine = f"{base}_{counts[base]}"
        seen.add(mine)
        names.append(mine)
    return names


def ragged(number: int, fields: Sequence[str], width: int) -> str:
    """Say that a row has more or fewer fields than the header."""
    has = f"row {number:,} has {len(fields):,} field{'s' * (len(fields) != 1)}"
    where = f"{has} where the header has {width:,}"
    if len(fields) < width:
        return f"{where}: the missing ones are taken as empty"
    rest = _short(",".join(map(repr, fields[width : width + _SHOWN])))
    return f"{where}: the rest is {rest}; quote fields that hold the delimiter"


def row_batch(rows: Sequence[Sequence[str]], schema: pa.Schema) -> pa.RecordBatch:
    """Build a batch of text columns from rows of equal length."""
    columns: Sequence[Sequence[str]] = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, pa.string()) for column in columns]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _short(text: str) -> str:
    text = printable(text.translate(_AS_CP1252) if _BAD.search(text) else text)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _record_pattern(delimiter: str) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    plain = f"[^{mark}\r\n]*+"
    return re.compile(
        rf'(?:(")([^"]*+(?:""[^"]*+)*+)("?+)({plain})|({plain}))({mark}|\r\n|\r|\n|\Z)'
    )


def _records(
    text: str, pattern: re.Pattern[str], start: int = 0
) -> Iterator[tuple[list[str], bool | None, int]]:
    """Fields of each record, whether one has text after its quotes, and where the record ends.

    None instead of False for a record whose last quote is never closed.
    """
    position, size = start, len(text)
    while position < size:
        fields: list[str] = []
        begin = position
        flaw: bool | None = False
        while True:
            found = pattern.match(text, position)
            assert found is not None
            quote, quoted, close, rest, plain, mark = found.groups()
            if quote is None:
                fields.append(plain)
            else:
                fields.append(quoted.replace('""', '"') + rest)
                if not close:
                    flaw = None
                elif rest:
                    flaw = True
            position = found.end()
            if not mark or mark in "\r\n":
                break
        if position - begin > len(mark):  # else the line is blank
            yield fields, flaw, position


def _sniff(text: str, ended: bool, hint: str) -> str:
    line = _LINE.split(text, maxsplit=1)[0]
    if hint and hint in line:
        return hint
    sample = text[:_SNIFFED]
    whole = ended and len(text) <= _SNIFFED
    best, score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        if delimiter not in line:
            continue
        counts: list[int] = []
        for fields, _, end in _records(sample, _record_pattern(delimiter)):
            if counts and end == len(sample) and not whole:
                break  # cut off
            counts.append(len(fields))
            if len(counts) == 50:
                break
        mine = counts.count(counts[0]) / len(counts), counts[0]
        if counts[0] > 1 and mine > score:
            best, score = delimiter, mine
    return best


def _last_end(data: bytes, delimiter: bytes, final: bool) -> tuple[int, bool]:
    """Where the last whole record ends, and whether text follows a closing quote somewhere."""
    if b'"' not in data:
        return (len(data) if final else _newline(data, 0, len(data))), False
    opens, closes, odd = _quotes(data, delimiter)
    unclosed = len(opens) > len(closes)
    if final and not unclosed:
        return len(data), odd
    high = int(opens[-1]) if unclosed else len(data)
    for index in range(len(closes) - 1, -1, -1):
        end = _newline(data, int(closes[index]) + 1, high)
        if end:
            return end, odd
        high = int(opens[index])
    return _newline(data, 0, high), odd


def _newline(data: bytes, low: int, high: int) -> int:
    """Where the last line that ends between two places ends; 0 if there is none."""
    feed = data.rfind(b"\n", low, high)
    return max(feed, data.rfind(b"\r", max(feed, low), high)) + 1


def _quotes(data: bytes, delimiter: bytes) -> tuple[Any, Any, bool]:
    """Places of the quotes that open and close fields; a doubled one closes and opens."""
    array = np.frombuffer(data, np.uint8)
    beside = np.zeros(256, bool)
    beside[list(delimiter + b'\r\n"')] = True
    marks = np.flatnonzero(array == ord('"'))
    opens, closes = marks[0::2], marks[1::2]
    fine = beside[array[opens - 1]]
    fine[0] |= opens[0] == 0
    if not fine.all():  # a quote within a field that is not quoted, where it is plain text
        return _quotes_slowly(data, delimiter, marks)
    after = closes[closes + 1 < len(data)] + 1
    return opens, closes, not bool(beside[array[after]].all())


def _quotes_slowly(data: bytes, delimiter: bytes, marks: Any) -> tuple[list[int], list[int], bool]:
    before = delimiter + b"\r\n"
    after = before + b'"'
    opens: list[int] = []
    closes: list[int] = []
    inside = odd = False
    skipped = -1
    for mark in marks.tolist():
        if mark == skipped:
            continue
        if not inside:
            if mark == 0 or data[mark - 1] in before:
                opens.append(mark)
                inside = True
            continue
        following = data[mark + 1 : mark + 2]
        if following == b'"':
            skipped = mark + 1
            continue
        closes.append(mark)
        inside = False
        odd = odd or following not in after
    return opens, closes, odd
