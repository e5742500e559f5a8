"""Python in the README and in docstrings runs, and says what it claims."""

from __future__ import annotations

import doctest
import importlib
import inspect
import re
from pathlib import Path

import pytest

import routecheck

ROOT = Path(__file__).parents[1]
MODULES = ["routecheck", "routecheck.api", "routecheck.geometry.measure", "routecheck.zones.read"]


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


def test_there_are_docstring_examples() -> None:
    found = [doctest.DocTestFinder().find(importlib.import_module(name)) for name in MODULES[:3]]
    assert all(any(test.examples for test in tests) for tests in found)


def test_python_blocks_of_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})
    assert "avoid endpoint 90.2" in capsys.readouterr().out


@pytest.mark.parametrize("name", routecheck.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    thing = getattr(routecheck, name)
    if name == "__version__":
        return
    assert inspect.getdoc(thing)
    if inspect.isfunction(thing):
        text = inspect.getdoc(thing) or ""
        raises = "Raises" in text or "raises the same" in text
        assert raises, f"{name} does not say what it raises"
