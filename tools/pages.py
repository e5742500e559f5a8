"""What the tools that write pages share: write the page, or say whether it is up to date."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

__all__ = ["run"]


def run(page: Path, make: Callable[[], str]) -> int:
    """Write a page; with ``--check`` on the command line only compare it, 1 if it would change."""
    text = make()
    if "--check" in sys.argv[1:]:
        current = page.read_text(encoding="utf-8") if page.exists() else ""
        return 0 if current == text else 1
    page.write_text(text, encoding="utf-8")
    print(f"wrote docs/{page.name}")
    return 0
