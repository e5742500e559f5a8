"""Files as streams of UTF-8 bytes: counted, unpacked from gzip, decoded, never all in memory."""

from __future__ import annotations

import codecs
import contextlib
import gzip
import io
import re
import sys
import zlib
from pathlib import Path
from typing import Any, Final

from routecheck.errors import RoutecheckError
from routecheck.zones.problems import printable

__all__ = ["BLOCK", "Counted", "Source", "TextStream", "looks_binary"]

BLOCK: Final = 2 << 20
"""Bytes read at a time: large enough that what a block costs in itself does not count."""

_HEAD: Final = 1 << 20
_SAMPLE: Final = 1 << 15
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY: Final = [
    "cp1250",
    "cp1251",
    "cp1252",
    "cp1253",
    "cp1254",
    "cp1256",
    "koi8_r",
    "shift_jis",
    "euc_jp",
    "gb18030",
    "big5",
    "euc_kr",
]
_LINE: Final = re.compile(rb"\r\n|\r|\n")
_TYPOGRAPHY: Final = "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u20ac°«»º\xaa"


class Counted(io.RawIOBase):
    """A file that counts the bytes read, gives its beginning twice and explains its errors."""

    def __init__(self, raw: Any, name: str) -> None:
        super().__init__()
        self.raw = raw
        self.name = name
        self.count = 0
        self._head = b""

    def peek(self, size: int) -> bytes:
        """Return the first bytes, which are read again afterwards."""
        if len(self._head) < size:
            self._head += self._fill(size - len(self._head))
        return self._head[:size]

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        """Return exactly ``size`` bytes, or fewer at the end of the file only."""
        if size < 0:
            size = 1 << 62
        if not self._head:
            return self._fill(size)
        data, self._head = self._head[:size], self._head[size:]
        return data + self._fill(size - len(data)) if len(data) < size else data

    def close(self) -> None:
        """Close the file beneath, too, unless it is standard input."""
        if not self.closed and self.raw is not getattr(sys.stdin, "buffer", sys.stdin):
            self.raw.close()
        super().close()

    def _fill(self, size: int) -> bytes:
        parts = []
        while size > 0:
            try:
                part = self.raw.read(min(size, BLOCK))
            except OSError as error:
                raise RoutecheckError(
                    f"{self.name}: cannot be read: {error.strerror or error}"
                ) from None
            if not part:
                break
            parts.append(part)
            size -= len(part)
            self.count += len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)


class Source:
    """One input: a file, or a stream that can be read only once.

    Attributes
    ----------
    name : str
        For messages; harmless to print.
    path : Path or None
        None for a stream.
    state : tuple or None
        Size in bytes, times of the last change of the content and of anything in nanoseconds, and
        what tells files apart.
    """

    def __init__(self, name: str, path: Path | None, stream: Any = None) -> None:
        self.name = printable(name)
        self.path = path
        self._last: Counted | None = None if stream is None else Counted(stream, self.name)
        self._done = 0
        self._spent = False
        self.state = self._state()

    @property
    def count(self) -> int:
        """Bytes read so far."""
        return self._last.count if self._last is not None else self._done

    def open(self) -> Counted:
        """Open the file from its beginning; a stream goes on where it is."""
        if self.path is None:
            assert self._last is not None
            if self._spent:
                raise RoutecheckError(f"{self.name} can be read only once; save it to a file first")
            return self._last
        try:
            self._last = Counted(self.path.open("rb", buffering=0), self.name)
        except OSError as error:
            raise RoutecheckError(
                f"{self.name}: cannot be opened: {error.strerror or error}"
            ) from None
        return self._last

    def check(self) -> None:
        """Refuse a file that has been written to since it was first met."""
        if self._state() != self.state:
            raise RoutecheckError(f"{self.name} changed while it was read: run again")

    def rewind(self) -> None:
        """Close the file after a look at its beginning; a stream stays open."""
        if self.path is not None and self._last is not None:
            self._last.close()
            self._last = None

    def finish(self) -> None:
        """Close the input, and keep its count."""
        if self._last is not None:
            self._done = self._last.count
            self._last.close()
            self._spent = True
            if self.path is not None:
                self._last = None

    def replace(self, path: Path) -> None:
        """Go on with a file that holds what the stream held."""
        self.finish()
        self._last = None
        self.path = path
        self.state = self._state()

    def _state(self) -> tuple[int, int, int, int, int] | None:
        if self.path is None:
            return None
        try:
            found = self.path.stat()
        except OSError as error:
            raise RoutecheckError(
                f"{self.name}: cannot be read: {error.strerror or error}"
            ) from None
        # The second is not set back by who edits a file and keeps its time.
        times = found.st_mtime_ns, found.st_ctime_ns
        return found.st_size, *times, found.st_dev, found.st_ino


class TextStream:
    """Bytes of a text file as UTF-8, without a byte order mark.

    Bytes that cannot be decoded in an encoding that was *guessed* are passed on as they are, and
    so are invalid in the UTF-8 as well: the readers give the rows that hold them an error. An
    encoding that was *given* has to fit.

    Parameters
    ----------
    file : Counted
        The bytes.
    name : str
        For messages.
    encoding : str or None
        None to find it out from the first bytes.
    """

    def __init__(self, file: Counted, name: str, encoding: str | None) -> None:
        self._name = name
        self._file: Any = file
        if file.peek(2) == b"\x1f\x8b":
            self._file = gzip.GzipFile(fileobj=file, mode="rb")
        self._given = encoding is not None
        self._decoder: Any = None
        self._ended = False
        raw = self._raw(_HEAD)
        if not raw:
            raise RoutecheckError(f"{name} is empty: it needs a header and rows")
        self.encoding = encoding or ""
        for mark, found in _BOMS:
            fits = encoding is None or _plain(found).startswith(_plain(encoding))
            if raw.startswith(mark) and fits:
                raw, self.encoding = raw[len(mark) :], found
                break
        if not self.encoding:
            self.encoding = _guess(raw, self._ended)
        if encoding is None and looks_binary(raw, self.encoding):
            raise RoutecheckError(
                f"{name} holds no text: give CSV, TSV, NDJSON, Parquet or XLSX"
                " (or --encoding, if it is text)"
            )
        if self._given or _plain(self.encoding) != "utf8":
            self._decoder = self._make_decoder()
        self._head = self._decode(raw)

    def peek(self, size: int) -> bytes:
        """Return at least ``size`` first bytes (fewer only of a shorter file), to be read again."""
        while len(self._head) < size and not self._ended:
            self._head += self._decode(self._raw(_HEAD))
        return self._head

    def read(self, size: int) -> bytes:
        """Return at least one byte, or none at the end of the file."""
        while not self._head and not self._ended:
            self._head = self._decode(self._raw(size))
        data, self._head = self._head, b""
        return data

    def skip_lines(self, count: int) -> int:
        """Pass over so many lines; return how many there were, fewer at the end of the file only.

        The last line counts without an end, too.
        """
        passed, begun, half = 0, False, b""
        while passed < count:
            block = self.read(BLOCK)
            data = half + block
            # the line feed that belongs to it may be the first byte of the next block
            half = b"\r" if block and data.endswith(b"\r") else b""
            data = data.removesuffix(half)
            position = 0
            for end in _LINE.finditer(data):
                passed, position = passed + 1, end.end()
                if passed == count:
                    self._head = data[position:] + half
                    return passed
            begun = position < len(data) or (begun and not position)
            if not block:
                return passed + begun
        return passed

    def _raw(self, size: int) -> bytes:
        try:
            data: bytes = self._file.read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise RoutecheckError(
                f"{self._name}: the gzip data are damaged or cut off ({error});"
                " pack or fetch the file anew"
            ) from None
        self._ended = len(data) < size
        return data

    def _make_decoder(self) -> Any:
        errors = "strict" if self._given or self.encoding.startswith("utf") else "surrogateescape"
        try:
            with contextlib.suppress(UnicodeError):
                b"a".decode(self.encoding)  # refuses what is no encoding of text, such as rot13
            return codecs.getincrementaldecoder(self.encoding)(errors)
        except (LookupError, ValueError):
            raise RoutecheckError(
                f"--encoding {printable(self.encoding)}: there is no such encoding;"
                " examples are utf-8, cp1252, utf-16, shift_jis"
            ) from None

    def _decode(self, raw: bytes) -> bytes:
        if self._decoder is None:
            return raw
        try:
            text: str = self._decoder.decode(raw, self._ended)
            return text.encode("utf-8", "strict" if self._given else "surrogateescape")
        except (UnicodeError, ValueError) as error:
            where = getattr(error, "reason", None) or error
            advice = "give another --encoding, or none" if self._given else "give --encoding"
            raise RoutecheckError(
                f"{self._name} cannot be decoded as {printable(self.encoding)}"
                f" ({printable(str(where))}): {advice}"
            ) from None


def looks_binary(raw: bytes, encoding: str = "") -> bool:
    """Whether the first bytes of a file are no text: a tenth of them is NUL."""
    if encoding.startswith(("utf-16", "utf-32")):
        return False
    return raw.count(0) * 10 > len(raw)


def _plain(encoding: str) -> str:
    return re.sub("[-_ ]|sig$", "", encoding.lower())


def _guess(raw: bytes, ended: bool) -> str:
    zeros = raw.count(0)
    if zeros * 5 > len(raw) * 2:  # text of mainly Latin letters in UTF-16, without a mark
        odd = raw[1::2].count(0)
        if odd > 0.9 * zeros:
            return "utf-16-le"
        if odd < 0.1 * zeros:
            return "utf-16-be"
    if raw.isascii():
        return "utf-8"
    text = raw.decode("utf-8", "surrogateescape")
    if not ended:
        text = text[:-3]  # the end may be half a character
    bad = sum("\udc80" <= char <= "\udcff" for char in text if char > "\x7f")
    good = sum(char > "\x7f" for char in text) - bad
    # text in another encoding hardly ever makes a valid sequence: a few bad bytes among good
    # ones are damage, and only the rows that hold them are at fault
    return "utf-8" if bad <= good else _legacy(raw)


def _legacy(raw: bytes) -> str:
    lines = [line for line in raw.splitlines()[:-1] or [raw] if not line.isascii()]
    sample = b"\n".join(lines or [raw])[:_SAMPLE]
    try:
        from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to load, seldom needed
    except ImportError:
        return "cp1252"
    best = from_bytes(sample, cp_isolation=list(_LEGACY)).best()
    found = best.encoding if best is not None else "cp1252"
    if re.search(rb"[\x80-\xff]{3}", sample) is None:
        # few bytes do not tell apart the encodings in which single letters are not ASCII, of
        # which cp1252 is by far the commonest
        text = sample.decode("cp1252", "replace")
        if all(char.isalpha() or char in _TYPOGRAPHY for char in text if char > "\x7f"):
            return "cp1252"
    return str(found)
