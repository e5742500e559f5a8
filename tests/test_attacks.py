"""Attacks: several writers to one output, killed writers, links, closed streams, missing extras."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from helpers import clean_env
from routecheck import holding
from routecheck.cells import neutral_line
from routecheck.zones.ageing import full_days
from routecheck.zones.model import Advisory

pa = pytest.importorskip("pyarrow")
pytest.importorskip("xlsxwriter")
import pyarrow.parquet as pq  # noqa: E402

from routecheck.batch.folder import held  # noqa: E402
from routecheck.batch.plan import Plan  # noqa: E402

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="named pipes and locks of POSIX")
MINE = "from,to,date\n" + "GYD,GRV,2026-11-20\n" * 40
OTHERS = "from,to,date\n" + "LHR,JFK,2026-11-20\n" * 90


def words(*given: str | Path) -> list[str]:
    return [sys.executable, "-m", "routecheck", *map(str, given)]


def run(*given: str | Path, **more) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        words(*given), capture_output=True, text=True, env=clean_env(), check=False, **more
    )
    assert "Traceback" not in done.stderr
    assert done.returncode != 70, done.stderr
    return done


def until(holds) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def writing(tmp_path):
    """An audit that holds its output: it waits for the rest of a pipe that it reads."""
    begun = []

    def begin(out: Path, *options: str):
        pipe = tmp_path / f"pipe{len(begun)}.csv"
        os.mkfifo(pipe)
        process = subprocess.Popen(
            words("audit", pipe, "-o", out, "-q", *options), env=clean_env(),
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        end = pipe.open("w")
        begun.append((process, end))
        # More than a block: the reader must come back for the rest.
        end.write(MINE)
        end.flush()
        return process, end

    yield begin
    for process, end in begun:
        process.kill()
        process.communicate()
        end.close()


def lines(path: Path) -> int:
    if path.suffix == ".parquet":
        return pq.read_table(path).num_rows
    if path.suffix == ".xlsx":
        import openpyxl

        return openpyxl.load_workbook(path, read_only=True).active.max_row - 1
    return len(path.read_text("utf-8").splitlines()) - (path.suffix == ".csv")


@POSIX
@pytest.mark.parametrize("suffix", [".csv", ".ndjson", ".parquet", ".xlsx"])
def test_of_two_writers_one_is_told_who_the_other_is(tmp_path, writing, suffix):
    source, out = tmp_path / "in.csv", tmp_path / f"out{suffix}"
    source.write_text(OTHERS, "utf-8")
    out.write_text("what was there before", "utf-8")
    process, end = writing(out, "--force")
    lock = tmp_path / f"out{suffix}.partial" / holding.LOCK
    end.close()
    process.wait()
    assert process.returncode == 0, process.stderr.read()
    assert lines(out) == 40
    # Now with another one in the way, whose lock is a real one of this process.
    hold = holding.Hold(lock)
    kept = out.read_bytes()
    for options in ([], ["--force"], ["--resume"]):
        done = run("audit", source, "-o", out, "-q", *options)
        assert done.returncode == 2
        assert f"process {os.getpid()} on {socket.gethostname()}" in done.stderr
        assert out.read_bytes() == kept
    hold.release(folder=True)
    assert run("audit", source, "-o", out, "-q", "--force").returncode == 0
    assert lines(out) == 90
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.csv", f"out{suffix}", "pipe0.csv"]


@POSIX
def test_two_real_audits_on_one_output(tmp_path):
    """Both begin at one signal in a file; what is there at the end is whole and of one of them."""
    gate, out = tmp_path / "gate", tmp_path / "out.csv"
    code = (
        "import pathlib, sys, time\n"
        "from routecheck.batch import run\n"
        "from routecheck.cli.main import main\n"
        "pathlib.Path(sys.argv.pop(1)).touch()\n"
        f"while not pathlib.Path({str(gate)!r}).exists(): time.sleep(0.001)\n"
        "main(sys.argv[1:])\n"
    )
    runs = []
    for number, text in enumerate((MINE, OTHERS)):
        source = tmp_path / f"in{number}.csv"
        source.write_text(text, "utf-8")
        ready = tmp_path / f"ready{number}"
        command = ["audit", str(source), "-o", str(out), "-q", "--force"]
        runs.append(
            subprocess.Popen([sys.executable, "-c", code, str(ready), *command], env=clean_env(),
                             stderr=subprocess.PIPE, text=True)
        )  # fmt: skip
        until(ready.exists)
    gate.touch()
    said = [each.communicate(timeout=60)[1] for each in runs]
    codes = [each.returncode for each in runs]
    assert 0 in codes, said
    assert set(codes) <= {0, 2}
    for ended, text in zip(codes, said, strict=True):
        assert (ended == 0) == (text == ""), text
        assert not ended or "has been writing it since" in text or "writing it" in text, text
    # The last to end well is the one whose rows are there; either of them is whole.
    whole = [each for each, ended in zip((40, 90), codes, strict=True) if not ended]
    assert lines(out) in whole
    origins = {line.split(",")[0] for line in out.read_text("utf-8").splitlines()[1:]}
    assert len(origins) == 1
    assert not (tmp_path / "out.csv.partial").exists()


@POSIX
@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGQUIT, signal.SIGTERM, signal.SIGINT])
def test_what_a_killed_audit_leaves_is_removed(tmp_path, writing, suffix, number):
    source, out = tmp_path / "in.csv", tmp_path / f"out{suffix}"
    source.write_text(OTHERS, "utf-8")
    process, end = writing(out)
    partial = tmp_path / f"out{suffix}.partial"
    # The reader waits for a whole block: enough rows bring it to the lock.
    for _ in range(700):
        end.write("GYD,GRV,2026-11-20\n" * 100)
    end.flush()
    until((partial / holding.LOCK).exists)
    process.send_signal(number)
    end.close()
    process.wait()
    option = "--force" if partial.exists() else "-q"
    assert run("audit", source, "-o", out, "-q", option).returncode == 0
    assert lines(out) == 90
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.csv", f"out{suffix}", "pipe0.csv"]


def test_a_folder_of_outputs_has_one_writer(tmp_path):
    source, out = tmp_path / "in.csv", tmp_path / "out"
    source.write_text(OTHERS, "utf-8")
    with held(Plan((str(source),), f"{out}/")):
        done = run("audit", source, "-o", f"{out}/", "--force", "-q")
        assert done.returncode == 2
        assert f"process {os.getpid()}" in done.stderr
    assert not out.exists()
    assert run("audit", source, "-o", f"{out}/", "-q").returncode == 0
    assert [p.name for p in out.iterdir()] == ["in.csv"]


def test_without_locks_the_living_are_known_by_their_number(tmp_path):
    lock = tmp_path / "lock"
    said = {"pid": os.getppid(), "host": socket.gethostname(), "since": "2026-11-28T10:00Z"}
    lock.write_text(json.dumps(said), "utf-8")
    assert holding._alive(lock) == (
        f"process {os.getppid()} on {socket.gethostname()} has been writing it since "
        "2026-11-28T10:00Z"
    )
    for other in ({"pid": 2**22 + 5}, {"pid": "x"}, {"host": "elsewhere"}, {"pid": os.getpid()}):
        lock.write_text(json.dumps(said | other), "utf-8")
        assert not holding._alive(lock)


def test_a_hold_that_was_taken_over_does_not_last(tmp_path):
    hold = holding.Hold(tmp_path / "lock")
    assert hold.lasts()
    (tmp_path / "lock").unlink()
    assert not hold.lasts()
    (tmp_path / "lock").write_text("{}", "utf-8")
    assert not hold.lasts()
    hold.release()
    assert (tmp_path / "lock").exists()


def test_what_came_meanwhile_is_not_replaced(tmp_path):
    (tmp_path / "new").write_text("new", "utf-8")
    (tmp_path / "old").write_text("old", "utf-8")
    with pytest.raises(FileExistsError):
        holding.move(tmp_path / "new", tmp_path / "old", replace=False)
    assert (tmp_path / "old").read_text("utf-8") == "old"
    holding.move(tmp_path / "new", tmp_path / "other", replace=False)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["old", "other"]


def test_reports_are_made_apart_and_old_litter_is_swept(tmp_path):
    target = tmp_path / "found.html"
    with holding.making(target, "report.html") as one, holding.making(target, "report.html") as two:
        assert one.parent != two.parent
        one.write_text("one", "utf-8")
        two.write_text("two", "utf-8")
        litter = tmp_path / one.parent.name.replace(one.parent.name[-8:], "_killed_")
        litter.mkdir()
        (litter / holding.LOCK).touch()
        (litter / "report.html").write_text("half", "utf-8")
    assert target.read_text("utf-8") == "one"
    with holding.making(target, "report.html") as three:
        three.write_text("three", "utf-8")
        assert not litter.exists()
    assert [p.name for p in tmp_path.iterdir()] == ["found.html"]


@POSIX
@pytest.mark.parametrize("name", ["out.csv", "out.parquet", "found.html", "found.xlsx", "z.json"])
def test_a_link_stands_for_the_file_it_leads_to(tmp_path, name):
    source, link, real = tmp_path / "in.csv", tmp_path / name, tmp_path / "far" / f"real-{name}"
    source.write_text(MINE, "utf-8")
    real.parent.mkdir()
    link.symlink_to(real)
    command = {
        "out": ["audit", source, "-q", "-o", link],
        "fou": ["audit", source, "-q", "--report", link],
        "z.j": ["zones", "export", link],
    }[name[:3]]  # fmt: skip
    assert run(*command).returncode == 0  # it leads nowhere yet: nothing is replaced
    assert link.is_symlink()
    assert real.is_file()
    assert "there already" in run(*command).stderr
    assert run(*command, "--force").returncode == 0
    assert link.is_symlink()
    assert [p.name for p in real.parent.iterdir()] == [real.name]
    link.unlink()
    link.symlink_to(link)
    assert "leads in a circle" in run(*command).stderr


@POSIX
@pytest.mark.parametrize("command", ["audit - -o -", "audit -", "check BAK GRV --zones -"])
def test_closed_standard_input_is_told(command):
    line = f"{sys.executable} -m routecheck {command} <&-"
    done = subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, env=clean_env(), check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "standard input is closed" in done.stderr


@POSIX
def test_an_input_edited_in_place_is_noticed(tmp_path):
    from routecheck.batch.sources import open_sources

    source = tmp_path / "in.csv"
    source.write_text(MINE, "utf-8")
    before = open_sources([str(source)]).fingerprint
    assert open_sources([str(source)]).fingerprint == before
    old = source.stat()
    until(lambda: time.time_ns() - old.st_ctime_ns > 20_000_000)  # a tick of the file system
    source.write_text(MINE.replace("GRV", "JFK"), "utf-8")
    os.utime(source, ns=(old.st_atime_ns, old.st_mtime_ns))
    assert source.stat().st_size == old.st_size
    assert open_sources([str(source)]).fingerprint != before


@pytest.mark.parametrize(
    ("what", "gone", "extra"),
    [("import routecheck as r; r.audit", "pyarrow", "batch"),
     ("from routecheck import audit", "pyarrow", "batch"),
     ("import routecheck.spark", "pyarrow", "batch"),
     ("import routecheck.batch.dask_engine", "pyarrow", "batch"),
     ("from routecheck.batch.dask_engine import _distributed as d; d()", "distributed", "dask")],
)  # fmt: skip
def test_the_library_names_the_extra_that_is_missing(what, gone, extra):
    code = (
        f"import sys; sys.modules[{gone!r}] = None\n"
        "from routecheck import MissingExtraError, RoutecheckError\n"
        f"try:\n    {what}\n"
        "except ImportError as e:\n"
        "    assert isinstance(e, RoutecheckError) and isinstance(e, MissingExtraError)\n"
        "    print(e)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=clean_env(), check=True
    )
    assert f"pip install 'routecheck[{extra}]'" in done.stdout


@pytest.mark.parametrize("option", [["--report", "x.xlsx"], ["-o", "x.xlsx"]])
def test_a_workbook_that_cannot_be_written_is_told_first(tmp_path, option):
    (tmp_path / "in.csv").write_text(MINE, "utf-8")
    code = "import sys; sys.modules['xlsxwriter'] = None\nfrom routecheck.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "audit", "in.csv", *option], capture_output=True, text=True,
        env=clean_env(), check=False, cwd=tmp_path,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: x.xlsx: .xlsx files need xlsxwriter: pip install")
    assert [p.name for p in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("a;=1+1", "a;'=1+1"), ("b\t=2+2", "b\t'=2+2"), ("a; +x", "a;' +x"), ("a;-5", "a;-5"),
     ("10;-5;+3,5", "10;-5;+3,5"), ('a;"=1', "a;'\"=1"), ("a;'=1", "a;'=1"), ("a\n=1", "a\n'=1"),
     ("a\r\n@x", "a\r\n'@x"), ("=1;=2", "'=1;'=2"), ("LHR; JFK - DEL", "LHR; JFK - DEL"),
     ("a,=1", "a,=1"), ("a=b;c=d", "a=b;c=d"), ("x;＝1", "x;'＝1"), ("a;;=1", "a;;'=1")],
)  # fmt: skip
def test_no_part_of_a_cell_becomes_a_formula(text, wanted):
    assert neutral_line(neutral_line(text)) == neutral_line(text)
    assert neutral_line(text) == wanted
    from routecheck.batch.encode import csv_cells, csv_line

    assert csv_cells(pa.array(["x", text, None])).to_pylist()[1] == csv_line([text])
    assert (
        csv_cells(pa.array([text]), raw=True).to_pylist()[0].strip('"').replace('""', '"') == text
    )


@pytest.mark.parametrize(
    ("issued", "expires", "full"),
    [("2026-01-01", "2026-03-31", 180), ("2026-01-01", "2026-03-30", 30),
     ("2026-01-01", "2026-04-01", 180), ("2025-12-03", "2026-03-02", 180),
     ("2026-03-02", "2026-05-30", 180), ("2026-03-02", "2026-05-29", 30)],
)  # fmt: skip
def test_a_notice_of_ninety_days_is_no_short_one(issued, expires, full):
    """The last day counts: 31 + 28 + 31 days are 90."""
    days = [date.fromisoformat(day) for day in (issued, expires)]
    notice = Advisory("a", "EASA", "t", "avoid", issued=days[0], expires=days[1])
    assert full_days(notice, renewed=False) == full
