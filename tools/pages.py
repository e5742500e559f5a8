"""What the tools that write pages share: write the page, or say whether it is up to date."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import routecheck

__all__ = ["run", "stop_if_elsewhere"]

ROOT: Final = Path(__file__).resolve().parents[1]


def stop_if_elsewhere() -> None:
    """Stop if the routecheck that runs is not the clone's: what is made would not be of it."""
    running = Path(routecheck.__file__).resolve()
    if not running.is_relative_to(ROOT):
        raise SystemExit(
            f"error: the routecheck that runs is {running.parent}, not this clone: install the "
            "clone with pip install --editable ."
        )


def run(page: Path, make: Callable[[], str]) -> int:
    """Write a page; with ``--check`` on the command line only compare it, 1 if it would change."""
    stop_if_elsewhere()
    text = make()
    if "--check" in sys.argv[1:]:
        current = page.read_text(encoding="utf-8") if page.exists() else ""
        return 0 if current == text else 1
    page.write_text(text, encoding="utf-8")
    print(f"wrote docs/{page.name}")
    return 0
