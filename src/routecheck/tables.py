"""The small tables shipped with the package: text files with remarks."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

__all__ = ["table_bytes", "table_lines", "table_rows"]

_FOLDER = Path(__file__).parent / "data"


@lru_cache(maxsize=1)
def table_bytes(name: str) -> bytes:
    """A table as it is, to look something up in without reading all of it."""
    return (_FOLDER / name).read_bytes().replace(b"\r\n", b"\n")


def table_lines(name: str) -> list[str]:
    """Lines of a table without its remarks, which begin with ``#``."""
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def table_rows(name: str) -> list[dict[str, str]]:
    """Rows of a CSV table as dictionaries by column."""
    return list(csv.DictReader(table_lines(name)))
