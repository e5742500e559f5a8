"""The pins of the lowest releases that pyproject allows."""

from __future__ import annotations

import pytest

from helpers import REPO, load_tool

PROJECT = """
[project]
dependencies = ["wings>=1.26", "tail~=2.1; python_version >= '3'", "gear; python_version < '3'"]
"""


@pytest.mark.parametrize(
    ("requirement", "there", "wanted"),
    [("wings>=1.26", ["1.25.9", "1.26.4", "1.26.0", "2.0"], "1.26.0"),
     ("wings>=1.26", ["2.0", "1.9", "1.26.4"], "1.26.4"),  # 1.26.0 has gone: the next
     ("wings>=1.26", ["1.27", "1.26rc1", "1.26.1a2"], "1.27"),
     ("wings>=1.26", ["1.26rc1", "1.27b1"], "1.27b1"),  # nothing else is there
     ("wings>=1.26", ["1.100", "1.99"], "1.99"),  # by number, not by letter
     ("wings>=8.2.1", ["8.2", "8.2.0", "8.2.1", "8.3"], "8.2.1"),
     ("wings>=2026.3.25", ["20260803", "2026.8.3", "2026.3.25", "20250204"], "2026.3.25"),
     ("wings>=1,!=1.0,<2", ["1.0", "1.1", "0.9", "2.0"], "1.1"),
     ("wings", ["0.1-alpha-banana", "0.2"], "0.2"),
     ("wings==2.4.*", ["2.5", "2.4.3", "2.4.1", "2.3"], "2.4.1")],
)  # fmt: skip
def test_the_lowest_release_that_is_there(requirement, there, wanted):
    tool = load_tool("lowest")
    assert tool.lowest(tool.Requirement(requirement), there) == wanted


def test_pins_are_those_of_what_a_check_needs():
    tool = load_tool("lowest")
    there = {"wings": ["1.26.1", "2"], "tail": ["2.0", "2.1.5", "2.3", "3.0"]}
    assert tool.pins(PROJECT, there.__getitem__) == ["wings==1.26.1", "tail==2.1.5"]


def test_nothing_to_pin_is_told():
    tool = load_tool("lowest")
    with pytest.raises(SystemExit, match=r"no release of wings is >=3"):
        tool.lowest(tool.Requirement("wings>=3"), ["1.0", "2.0"])


def test_every_core_dependency_has_a_lowest_bound():
    tool = load_tool("lowest")
    for each in tool.core_requirements((REPO / "pyproject.toml").read_text("utf-8")):
        assert [s for s in each.specifier if s.operator in (">=", "==", "~=")], each
