"""Every example runs, and shows what it says it shows."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from helpers import DATE, REPO, Run, check, clean_env, run_inside

EXAMPLES = REPO / "examples"
BOOKINGS = (EXAMPLES / "bookings.csv").read_text(encoding="utf-8").splitlines()
EXPECTED = {  # booking: verdict
    "TR-4101": "avoid",
    "TR-4102": "clear",
    "TR-4103": "avoid",
    "TR-4104": "watch",
    "TR-4105": "watch",
    "TR-4106": "avoid",
    "TR-4107": "unknown",
    "TR-4108": "clear",
    "TR-4109": "avoid",
    "TR-4110": "clear",
}
BAD = "TR-4107"


def run(*words: str, path: str | None = None) -> Run:
    env = clean_env()
    if path:
        env["PATH"] = f"{path}:{env['PATH']}"
    done = subprocess.run(
        words, capture_output=True, text=True, encoding="utf-8", env=env, cwd=EXAMPLES,
        stdin=subprocess.DEVNULL, timeout=120, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return Run(done.returncode, done.stdout, done.stderr)


def rows_of(text: str) -> dict[str, dict[str, str]]:
    return {row["booking"]: row for row in csv.DictReader(io.StringIO(text))}


@pytest.fixture
def shim(tmp_path) -> str:
    """A folder with a ``routecheck`` command that runs the code under test."""
    script = tmp_path / "routecheck"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m routecheck "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return str(tmp_path)


def test_bookings_have_ten_rows():
    assert len(BOOKINGS) == 11
    assert BOOKINGS[0] == "booking,traveller,flight,origin,destination,date"


def test_travel_tool():
    done = run(sys.executable, "travel_tool.py", DATE)
    assert (done.code, done.err) == (0, "")
    offers = {"-".join(o["itinerary"]): o for o in map(json.loads, done.out.splitlines())}
    shown = {name: offer["show"] for name, offer in offers.items()}
    assert shown == {
        "LHR-JFK": "nothing", "Baku-GRV": "stop", "IST-GYD-DEL": "stop", "LHR-XQX1": "correct",
    }  # fmt: skip
    baku = offers["Baku-GRV"]
    assert baku["message"].startswith("AVOID: Grozny (GRV) lies inside")
    assert "flightradar24" in baku["look_up"]
    assert baku["evidence"]["schema"] == 1
    assert "XQX1" in offers["LHR-XQX1"]["message"]
    earlier = run(sys.executable, "travel_tool.py", "2010-01-01").out.splitlines()[0]
    assert json.loads(earlier)["show"] == "warn"


def test_batch():
    done = run(sys.executable, "batch.py", "bookings.csv")
    assert done.code == 0
    rows = rows_of(done.out)
    assert {name: row["verdict"] for name, row in rows.items()} == EXPECTED
    assert {name for name, row in rows.items() if row["error"]} == {BAD}
    assert "ISTT" in rows[BAD]["error"]
    assert rows[BAD]["score"] == ""
    measured = dict(line.split(": ", 1) for line in done.err.splitlines())
    assert measured.keys() == {"GYD-GRV", "IKA-DXB", "DOH-BEY", "LHR-DEL"}
    assert re.fullmatch(r"11[34]\d km inside Iran.*", measured["IKA-DXB"])


def test_audit_dask(tmp_path):
    done = run(sys.executable, "audit_dask.py", str(tmp_path))
    assert (done.code, done.out) == (0, "10 rows, 1 in error\n")
    rows = rows_of((tmp_path / "bookings.csv").read_text(encoding="utf-8"))
    assert {name: row["verdict"] for name, row in rows.items()} == EXPECTED
    assert "ISTT" in rows[BAD]["error"]


@pytest.mark.skipif(
    os.environ.get("CI") != "true" and not (find_spec("pyspark") and shutil.which("java")),
    reason="needs the extra spark, and Java",
)
def test_audit_spark():
    done = run(sys.executable, "audit_spark.py", str(EXAMPLES / "bookings.csv"))
    assert done.code == 0
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert {row[0]: row[1] for row in rows} == EXPECTED
    assert "ISTT" in {row[0]: row[2] for row in rows}[BAD]


@pytest.mark.skipif(os.name != "posix", reason="needs bash")
def test_audit(shim):
    done = run("bash", "audit.sh", path=shim)
    assert done.code == 2
    rows = rows_of(done.out)
    assert {name: row["verdict"] for name, row in rows.items()} == {
        name: verdict for name, verdict in EXPECTED.items() if name != BAD
    }
    assert done.err.startswith(f"{BAD} (AF 1390, C. Dubois): Error: ")
    assert len(done.err.splitlines()) == 1
    whole = run_inside("GYD", "GRV", "--date", DATE, "--format", "csv").out.splitlines()
    assert done.out.splitlines()[0] == f"booking,flight,{whole[0]}"
    assert done.out.splitlines()[1] == f"TR-4101,J2 8005,{whole[1]}"


@pytest.mark.skipif(os.name != "posix", reason="needs bash")
@pytest.mark.parametrize(
    ("picked", "level", "code"),
    [
        (("TR-4102", "TR-4105"), "caution", 0),
        (("TR-4102", "TR-4105"), "watch", 1),
        ((BAD,), "avoid", 2),
        ((), "avoid", 0),
    ],
    ids=str,
)
def test_audit_exit_codes(picked, level, code, shim, tmp_path):
    path = tmp_path / "some.csv"
    lines = [line for line in BOOKINGS[1:] if line.startswith(picked)] if picked else []
    path.write_text("\r\n".join([BOOKINGS[0], *lines]), encoding="utf-8")  # no end to the last
    done = run("bash", "audit.sh", str(path), level, path=shim)
    assert done.code == code
    assert len(rows_of(done.out)) == len(lines) - (BAD in picked)


def test_audit_of_a_missing_file(shim):
    done = run("bash", "audit.sh", "nowhere.csv", path=shim)
    assert (done.code, done.out) == (2, "")
    assert "cannot read nowhere.csv" in done.err


def test_my_zones():
    path = str(EXAMPLES / "my_zones.geojson")
    assert run_inside("zones", "lint", path).err.startswith("1 file: 0 errors, 0 warnings")
    record = check("ATH", "CAI", "--json", "--add-zones", path).json
    assert (record["verdict"], record["reason"]) == ("caution", "overflight")
    assert [e["zone"] for e in record["exposures"]] == ["naval-exercise"]
    assert check("ATH", "CAI", "--json").json["verdict"] == "clear"


def test_every_example_is_described_and_tested_here():
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    tests = Path(__file__).read_text(encoding="utf-8")
    for file in EXAMPLES.iterdir():
        if file.is_file() and file.name != "README.md":
            assert f"]({file.name})" in readme
            assert file.name in tests
