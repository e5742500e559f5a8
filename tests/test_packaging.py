"""The wheel holds what a check needs, and works where there is no source tree."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest

import routecheck
from helpers import DATE, REPO, check

SOURCES = ("pyproject.toml", "README.md", "LICENSE", "src", "zones")
BUILT_IN = ("airports", "cli", "geometry", "report", "risk", "routes", "zones")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Built of a copy of the tree, so that no file of the tree is touched."""
    tree = tmp_path_factory.mktemp("tree")
    out = tmp_path_factory.mktemp("dist")
    for name in SOURCES:
        source = REPO / name
        assert source.exists(), f"{name} is missing, and the wheel cannot be built without it"
        if source.is_dir():
            shutil.copytree(source, tree / name)
        else:
            shutil.copy(source, tree / name)
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=tree, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (built,) = out.iterdir()
    return built


@pytest.fixture(scope="module")
def unpacked(wheel, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def expected() -> set[str]:
    """Files of the package in the source tree, and the zones."""
    package = REPO / "src" / "routecheck"
    files = {
        f"routecheck/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    zones = {
        f"routecheck/data/zones/{path.name}"
        for path in (REPO / "zones").iterdir()
        if path.is_file()
    }
    return files | zones


def test_wheel_is_pure_and_named_after_the_version(wheel):
    assert wheel.name == f"routecheck-{routecheck.__version__}-py3-none-any.whl"


def test_wheel_holds_what_is_needed(wheel):
    held = names(wheel)
    needed = {
        "routecheck/py.typed",
        "routecheck/zones/schema.json",
        "routecheck/data/weapons.csv",
        "routecheck/data/events.csv",
        "routecheck/data/advice.json",
        "routecheck/data/cities.csv",
        "routecheck/data/zones.table",
        "routecheck/data/airports.index",
        "routecheck/data/places.table",
        "routecheck/data/zones/north-caucasus.geojson",
        "routecheck/data/zones/LICENCE.md",
        *(f"routecheck/{part}/__init__.py" for part in BUILT_IN),
    }
    assert needed <= held
    zones = {name for name in held if name.endswith(".geojson")}
    assert len(zones) == len(list((REPO / "zones").glob("*.geojson"))) >= 14


def test_wheel_holds_nothing_else(wheel):
    info = f"routecheck-{routecheck.__version__}.dist-info/"
    held = names(wheel)
    package = {name for name in held if not name.startswith(info)}
    assert package == expected()
    about = {name.removeprefix(info) for name in held - package}
    assert about == {
        "METADATA", "WHEEL", "RECORD", "entry_points.txt",
        "licenses/LICENSE", "licenses/src/routecheck/data/LICENCE.md", "licenses/zones/LICENCE.md",
    }  # fmt: skip
    odd = [name for name in held if re.search(r"\.(pyc|pyo|orig|tmp|bak)$|/\.|~$", name)]
    assert not odd
    assert all(PurePosixPath(name).parts[0] != ".." for name in held)


def test_wheel_is_small(wheel):
    assert wheel.stat().st_size < 3_500_000  # of which the table of towns is a third


def test_metadata(unpacked):
    (metadata,) = unpacked.glob("*.dist-info/METADATA")
    text = metadata.read_text(encoding="utf-8")
    assert "Requires-Python: >=3.11" in text
    assert "License-Expression: MIT" in text
    assert "Requires-Dist: airportsdata" in text
    (entry_points,) = unpacked.glob("*.dist-info/entry_points.txt")
    assert "routecheck = routecheck.cli:main" in entry_points.read_text(encoding="utf-8")


def test_wheel_gives_the_same_record_as_the_source_tree(unpacked, tmp_path):
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "SYSTEMROOT") if key in os.environ}
    env = {**kept, "PYTHONPATH": str(unpacked)}

    def python(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words], cwd=tmp_path, env=env, capture_output=True, text=True,
            encoding="utf-8", check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    place = python("-c", "import routecheck.zones.read as r; print(r.__file__, r.builtin_folder())")
    module, folder = map(Path, place.split())
    assert module.is_relative_to(unpacked)
    assert folder == unpacked / "routecheck" / "data" / "zones"
    drawn = "import routecheck as rc; print(rc.load_zones()[0].outline.given is None)"
    assert python("-c", drawn) == "False\n", "the zones were not read from their table"
    packed = json.loads(python("-m", "routecheck", "BAK", "GRV", "--date", DATE, "--json"))
    source = check("BAK", "GRV", "--json").json
    assert {**packed, "checked_at": ""} == {**source, "checked_at": ""}
    assert python("-m", "routecheck", "BAK", "GRV", "--date", DATE) == check("BAK", "GRV").out
