"""Imports point down one list, wherever in a module they stand."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import routecheck

PACKAGE = Path(routecheck.__file__).parent
# Top to bottom; packages on one line do not know of each other.
LAYERS = [["cli", "spark"], ["report"], ["batch"], ["api"], ["risk"], ["routes", "zones"],
          ["geometry", "airports"], ["holding"],
          ["errors", "_version", "tables", "packed", "cells"]]  # fmt: skip
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
# The front door opens every room, and cli is started from it.
FRONT = {"__init__", "__main__"}


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if part(path) not in FRONT)


def imported(path: Path) -> set[str]:
    """Packages of ours that a module imports at run time, lazily or not."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            node.body = []
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    return {n.split(".")[1] for n in names if n and n.startswith("routecheck.")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    mine = part(path)
    for other in imported(path) - {mine}:
        assert RANK[mine] < RANK[other], f"{mine} imports {other}"
