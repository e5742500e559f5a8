"""Runs the command line: as a real process, or in this one, which is a hundred times faster."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

import pytest

import routecheck
from routecheck.cli import main

REPO = Path(__file__).resolve().parents[1]
SOURCE = Path(routecheck.__file__).resolve().parents[1]
DATE = "2026-11-20"

ROUTES = (
    ("BAK", "GRV"),
    ("SVX", "OVB"),
    ("LHR", "JFK"),
    ("LHR", "DEL"),
    ("KBL", "DXB"),
    ("IKA", "DXB"),
    ("IST", "TBS"),
    ("HEL", "ARN"),
    ("AKL", "SCL"),
    ("DOH", "BEY"),
    ("GYD", "GRV", "SVO"),
    ("-33.9,151.2", "43.3,45.7"),
)
"""Every verdict, every reason, a stop, the date line and positions."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def load_tool(name: str) -> ModuleType:
    """A module of ``tools/``, loaded from its place outside the package."""
    spec = importlib.util.spec_from_file_location(name, REPO / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def clean_env(**extra: str) -> dict[str, str]:
    """An environment that says nothing but where Python and the source tree are."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "SYSTEMROOT") if key in os.environ}
    return {**kept, "PYTHONPATH": str(SOURCE), "COLUMNS": "80", **extra}


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "routecheck", *words]


def run_process(
    *words: str, stdin: str = "", env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Run:
    """Run the command line as its own process."""
    done = subprocess.run(
        command(*words),
        input=stdin.encode("utf-8"),
        capture_output=True,
        env={**clean_env(), **(env or {})},
        cwd=cwd,
        timeout=60,
        check=False,
    )
    return Run(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def run_inside(*words: str, stdin: str = "", columns: int = 80) -> Run:
    """Run the command line in this process."""
    out, err = io.StringIO(), io.StringIO()
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    with (
        mock.patch.dict(os.environ, {**kept, "COLUMNS": str(columns)}, clear=True),
        mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode("utf-8")))),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as left,
    ):
        main(list(words))
    return Run(int(left.value.code or 0), out.getvalue(), err.getvalue())


@cache
def check(*words: str) -> Run:
    """Check a route on the fixed date; each combination is run once per process."""
    return run_inside(*words, "--date", DATE)


def zone_text(*, name: str = "Box", corner: tuple[float, float] = (44, 42), **given: Any) -> str:
    """A plain zone file of one box, 4 by 2 degrees, by default with Grozny in it."""
    west, south = corner
    ring = [
        [west, south],
        [west + 4, south],
        [west + 4, south + 2],
        [west, south + 2],
        [west, south],
    ]
    feature = {
        "type": "Feature",
        "properties": {"name": name, **given},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]})
