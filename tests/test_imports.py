"""What is imported when: a check is done before geopandas alone has loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

from helpers import DATE, clean_env

TRACE = """
import sys
try:
    {code}
except SystemExit as error:
    assert error.code == 0, error.code
print("\\n".join(sorted({{name.partition(".")[0] for name in sys.modules}})), file=sys.stderr)
"""
MAIN = "from routecheck.cli import main; main({words!r})"
HEAVY = {"pandas", "geopandas", "shapely", "pyogrio", "requests"}
NUMERIC = HEAVY | {"numpy", "pyproj"}
# What a plain check has no use for either.
SPARED = HEAVY | {"pyproj", "numba", "rich", "airportsdata", "difflib", "hashlib"}

CASES = {
    "import": ("import routecheck", NUMERIC | {"click", "airportsdata", "rich"}),
    "version": (MAIN.format(words=["--version"]), NUMERIC | {"airportsdata", "rich"}),
    "help": (MAIN.format(words=["check", "--help"]), NUMERIC | {"airportsdata", "rich"}),
    "completion": (MAIN.format(words=["completion", "bash"]), NUMERIC | {"rich"}),
    "check": (MAIN.format(words=["BAK", "GRV", "--date", DATE]), SPARED),
    "json": (MAIN.format(words=["BAK", "GRV", "--date", DATE, "--json"]), SPARED),
    "python": (f"import routecheck as rc; rc.check('BAK', 'GRV', date={DATE!r}).to_dict()",
               SPARED | {"click"}),
    "zones": (MAIN.format(words=["zones", "show", "iran"]), HEAVY | {"rich"}),
    "places": (MAIN.format(words=["places", "moscow"]), NUMERIC | {"rich"}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_not_imported(case):
    code, unwanted = CASES[case]
    done = subprocess.run(
        [sys.executable, "-c", TRACE.format(code=code)],
        capture_output=True, text=True, encoding="utf-8", env=clean_env(), check=True,
    )  # fmt: skip
    loaded = set(done.stderr.splitlines())
    assert "routecheck" in loaded
    assert not loaded & unwanted


@pytest.mark.parametrize("name", __import__("routecheck").__all__)
def test_every_public_name_is_found_where_it_is_said_to_be(name):
    import routecheck

    assert getattr(routecheck, name) is not None
    assert name in dir(routecheck)


def test_an_unknown_name_is_an_attribute_error():
    import routecheck

    with pytest.raises(AttributeError, match="no attribute 'frobnicate'"):
        routecheck.frobnicate  # noqa: B018
