"""The small tables shipped with the package: text files with remarks."""

from __future__ import annotations

import csv
from pathlib import Path

__all__ = ["table_lines", "table_rows"]

_FOLDER = Path(__file__).parent / "data"


def table_lines(name: str) -> list[str]:
    """Lines of a table without its remarks, which begin with ``#``."""
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def table_rows(name: str) -> list[dict[str, str]]:
    """Rows of a CSV table as dictionaries by column."""
    return list(csv.DictReader(table_lines(name)))
