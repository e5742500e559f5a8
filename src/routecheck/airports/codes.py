"""Where in the file of ``airportsdata`` a code or a short name is: a ready-made index.

A check of two codes needs a handful of the 28,000 lines. The index, shipped with the package,
holds their places in the file for one release of ``airportsdata``; with any other release it is
not used, and the whole file is read instead. It is no copy: names and positions come from the
file, but for the lines of our own that replace some of it or are added (see ``own``).
"""

from __future__ import annotations

import zlib
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any, Final

from routecheck.airports.own import FIRST_PLACE, Own
from routecheck.packed import Packed, pack, unpack

__all__ = ["INDEX", "KINDS", "CodeIndex", "data_file", "packed_index", "ready_index", "short"]

INDEX: Final = Path(__file__).resolve().parents[1] / "data" / "airports.index"
"""Made by ``tools/make_tables.py``."""

KINDS: Final = ("iata", "icao", "name")
"""What a word may be: the first two name one line each, a name any number."""

WIDTH: Final = 4
"""Bytes of a word and of a place; shorter words are filled up with blanks."""


def short(word: str) -> bool:
    """Whether the index knows a folded name: if it is as long as a code, and may clash with one."""
    return 3 <= len(word) <= WIDTH and word.isascii() and word.isalnum()


def data_file() -> Path | None:
    """The table of the installed ``airportsdata``, found without importing it."""
    spec = PathFinder.find_spec("airportsdata")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).with_name("airports.csv")


def release_of(file: Path) -> list[Any]:
    """What tells one release of the table from all others: its module names the version."""
    module = file.with_name("__init__.py").read_bytes()
    return [len(module), zlib.crc32(module), file.stat().st_size]


class CodeIndex:
    """Places of lines in the table's file, by word."""

    __slots__ = ("_places", "_words", "file", "own")

    def __init__(self, table: Packed, file: Path) -> None:
        self.file = file
        self.own = Own.read(bytes(table.part("own")), table.meta["own"])
        self._words = {kind: bytes(table.part(f"{kind}.words")) for kind in KINDS}
        self._places = {kind: table.part(f"{kind}.places") for kind in KINDS}

    def find(self, kind: str, word: str) -> list[int]:
        """Where the lines of a word begin, in the order of the file.

        Words are three or four letters or digits: codes in capitals, names folded. Others are
        nowhere.
        """
        key, words = word.encode(errors="replace").ljust(WIDTH), self._words[kind]
        low, high = 0, len(words) // WIDTH
        while low < high:
            middle = (low + high) // 2
            if words[middle * WIDTH : (middle + 1) * WIDTH] < key:
                low = middle + 1
            else:
                high = middle
        found = []
        while words[low * WIDTH : (low + 1) * WIDTH] == key:
            place = self._places[kind][low * WIDTH : (low + 1) * WIDTH]
            found.append(int.from_bytes(place, "little"))
            low += 1
        return found

    def line(self, place: int) -> bytes:
        """The line of the file, or of ours, that begins at a place."""
        if place >= FIRST_PLACE:
            return self.own.line(place)
        with self.file.open("rb") as file:
            file.seek(place)
            return file.readline().rstrip(b"\r\n")


def ready_index() -> CodeIndex | None:
    """The index, if it is that of the installed release."""
    table, file = unpack(INDEX), data_file()
    if table is None or file is None:
        return None
    try:
        return CodeIndex(table, file) if table.meta["release"] == release_of(file) else None
    except (OSError, LookupError, TypeError, AttributeError):
        return None  # there is no such file, or the index is of another version


def packed_index() -> bytes:
    """The index of the installed release as a table.

    Raises
    ------
    FileNotFoundError
        If there is no release installed.
    """
    from routecheck.airports.table import Table  # noqa: PLC0415 - uses the index

    file = data_file()
    if file is None:
        raise FileNotFoundError("airportsdata is not installed: pip install airportsdata")
    whole = Table(file.read_bytes())
    parts: dict[str, bytes] = {"own": whole.own.lines}
    for kind in KINDS:
        ordered = sorted((w.encode().ljust(WIDTH), at) for w, at in whole.short_words(kind))
        parts[f"{kind}.words"] = b"".join(word for word, _ in ordered)
        parts[f"{kind}.places"] = b"".join(at.to_bytes(WIDTH, "little") for _, at in ordered)
    return pack({"release": release_of(file), "own": whole.own.meta}, parts)
