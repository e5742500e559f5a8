"""Attacks: several writers to one output, killed writers, links, closed streams, missing extras."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest

from helpers import clean_env, run_inside
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
ROW = b"GYD,GRV,2026-11-20," + b"x" * 4_000 + b"\n"
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


class Held:
    """An audit that is held while it writes: it waits for the rest of a pipe that it reads.

    The pipe is filled until the audit holds the lock of its output, as it reads whole blocks.
    """

    def __init__(self, pipe: Path, out: Path, options: tuple[str, ...]) -> None:
        self.rows = 0
        self.partial = out.with_name(f"{out.name}.partial")
        self._pipe = pipe
        self._go_on = threading.Event()
        os.mkfifo(pipe)
        self.process = subprocess.Popen(
            words("audit", pipe, "-o", out, "-q", *options), env=clean_env(),
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._feeder = threading.Thread(target=self._feed)
        self._feeder.start()

    def _feed(self) -> None:
        while self.process.poll() is None:
            with contextlib.suppress(OSError):  # nobody reads yet
                end = os.open(self._pipe, os.O_WRONLY | os.O_NONBLOCK)
                break
            time.sleep(0.01)
        else:
            return
        os.set_blocking(end, True)
        with contextlib.suppress(BrokenPipeError):
            os.write(end, b"from,to,date,note\n")
            while self.process.poll() is None and not self.writes():
                os.write(end, ROW * 16)
                self.rows += 16
            self._go_on.wait()
        os.close(end)

    def writes(self) -> bool:
        """Whether it holds its output, and has begun to write."""
        lock = self.partial / holding.LOCK
        return (
            (self.partial / f"audit{self.partial.with_suffix('').suffix}").exists()
            and bool(holding.holder_of(lock))
            and holding._said(lock).get("pid") == self.process.pid
        )

    def until_it_writes(self) -> None:
        until(lambda: self.writes() or self.process.poll() is not None)
        assert self.process.poll() is None

    def finish(self) -> int:
        """Let it go on to its end; its exit code."""
        self._go_on.set()
        self._feeder.join(60)
        return self.process.wait(60)


@pytest.fixture
def writing(tmp_path):
    begun = []

    def begin(out: Path, *options: str) -> Held:
        begun.append(Held(tmp_path / f"pipe{len(begun)}.csv", out, options))
        return begun[-1]

    yield begin
    for held_one in begun:
        held_one.process.kill()
        held_one.finish()
        held_one.process.communicate()


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
    """The first is held while it writes, by a pipe that it reads; the second comes meanwhile."""
    source, out = tmp_path / "in.csv", tmp_path / f"out{suffix}"
    source.write_text(OTHERS, "utf-8")
    out.write_text("what was there before", "utf-8")
    first = writing(out, "--force")
    first.until_it_writes()
    for option in ("--force", "--resume") if suffix == ".csv" else ("--force",):
        done = run("audit", source, "-o", out, "-q", option)
        assert done.returncode == 2
        if option == "--force":
            assert f"process {first.process.pid} on {socket.gethostname()}" in done.stderr
        assert out.read_text("utf-8") == "what was there before"
        assert first.process.poll() is None
        assert first.writes()
    assert first.finish() == 0
    assert lines(out) == first.rows
    assert run("audit", source, "-o", out, "-q", "--force").returncode == 0
    assert lines(out) == 90
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.csv", f"out{suffix}", "pipe0.csv"]


@POSIX
def test_two_real_audits_on_one_output(tmp_path, writing):
    """Both are held, by a pipe each, until both have begun: what is there then is whole."""
    out = tmp_path / "out.csv"
    runs = [writing(out, "--force"), writing(out, "--force")]
    # One gets the lock, and is still held when the other has ended: they did overlap.
    until(lambda: any(each.process.poll() is not None for each in runs))
    loser = next(each for each in runs if each.process.poll() is not None)
    winner = next(each for each in runs if each is not loser)
    winner.until_it_writes()
    assert not out.exists()
    assert loser.process.returncode == 2
    assert f"process {winner.process.pid} on {socket.gethostname()}" in loser.process.stderr.read()
    assert winner.finish() == 0
    assert lines(out) == winner.rows
    assert not (tmp_path / "out.csv.partial").exists()


@POSIX
@pytest.mark.parametrize(
    ("suffix", "number"),
    [(".csv", signal.SIGKILL), (".csv", signal.SIGTERM), (".csv", signal.SIGINT),
     (".parquet", signal.SIGKILL), (".xlsx", signal.SIGKILL), (".xlsx", signal.SIGQUIT),
     (".xlsx", signal.SIGTERM)],
)  # fmt: skip
def test_what_a_killed_audit_leaves_is_removed(tmp_path, writing, suffix, number):
    source, out = tmp_path / "in.csv", tmp_path / f"out{suffix}"
    source.write_text(OTHERS, "utf-8")
    killed = writing(out)
    killed.until_it_writes()
    killed.process.send_signal(number)
    assert killed.finish() != 0  # the thread that reads is waited for
    if number == signal.SIGKILL:
        assert killed.partial.exists()
    option = "--force" if killed.partial.exists() else "-q"
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


# Streams that are closed, full or left


@POSIX
@pytest.mark.parametrize(
    ("line", "code", "said"),
    [("audit in.csv -q -o - >&-", 2, "standard output is closed: name a file with -o"),
     ("audit in.csv -q -o - >/dev/full", 2, "No space left"),
     ("audit in.csv >/dev/full", 2, "No space left"),
     ("audit in.csv -q -o - 2>&-", 0, ""),
     ("audit in.csv -o - 2>/dev/full", 0, ""),
     ("audit in.csv -o out.csv <&- >&- 2>&-", 0, ""),
     ("audit in.csv -q -o /dev/full", 2, "/dev/full"),
     ("audit in.csv -q --report full.html --force", 2, "no ordinary file"),
     ("zones export full.geojson --force", 2, "no ordinary file"),
     ("zones list >/dev/full", 2, "No space left"),
     ("places BAK >/dev/full", 2, "No space left"),
     ("replay >/dev/full", 2, "No space left"),
     ("BAK GRV --json >/dev/full", 2, "No space left"),
     ("BAK GRV --fail-at caution 2>/dev/full", 1, ""),
     ("BAK GRV --fail-at caution | true; exit ${PIPESTATUS[0]}", 1, ""),
     ("zones export >/dev/full", 2, ""),
     ("zones export | true; exit ${PIPESTATUS[0]}", 2, ""),
     ("audit in.csv -q -o - | head -1; exit ${PIPESTATUS[0]}", 0, ""),
     ("audit in.csv -q -o - --fail-at avoid | true; exit ${PIPESTATUS[0]}", 1, ""),
     ("audit in.csv -q -o - --report r.html | true; test -s r.html", 0, "")],
)  # fmt: skip
def test_closed_full_and_broken_streams(tmp_path, line, code, said):
    """Rows that are lost are told, and what was judged is what the exit code says."""
    (tmp_path / "in.csv").write_text(MINE, "utf-8")
    for name in ("full.html", "full.geojson"):
        (tmp_path / name).symlink_to("/dev/full")
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m routecheck {line}"], capture_output=True, text=True,
        env=clean_env(), check=False, cwd=tmp_path,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert "bug" not in done.stderr
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr
    if "-o out.csv" in line:
        assert lines(tmp_path / "out.csv") == 40
        assert len(set((tmp_path / "out.csv").read_text("utf-8").splitlines())) == 2


@pytest.mark.parametrize("suffix", [".csv", ".ndjson", ".geojson", ".parquet", ".xlsx"])
def test_a_disk_that_was_full_lets_the_audit_be_tried_again(tmp_path, monkeypatch, suffix):
    from routecheck.batch import run as running

    source, out = tmp_path / "in.csv", tmp_path / f"out{suffix}"
    source.write_text(MINE, "utf-8")

    def full(*_given, **_more):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    words = ("audit", str(source), "-o", str(out), "-q")
    for name in ("sync", "os.fsync"):
        with monkeypatch.context() as patched:
            patched.setattr(f"{running.__name__}.{name}", full)
            done = run_inside(*words)
        if name == "sync" and done.code == 0:  # tables have no such notes
            assert suffix in (".parquet", ".xlsx")
            out.unlink()
            continue
        assert (done.code, "make room, then try again" in done.err) == (2, True), done.err
        assert [p.name for p in tmp_path.iterdir()] == ["in.csv"]
    assert run_inside(*words).code == 0
    assert out.stat().st_size


@pytest.mark.skipif(sys.platform != "linux", reason="files without a name are opened on Linux")
def test_standard_input_that_is_kept_has_no_name(tmp_path, monkeypatch):
    import io

    from routecheck.batch.sources import open_sources

    table = pa.table({"from": ["GYD", "LHR"], "to": ["GRV", "JFK"]})
    pq.write_table(table, tmp_path / "in.parquet")
    content = (tmp_path / "in.parquet").read_bytes()
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(kept))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    sources = open_sources(["-"])
    assert list(kept.iterdir()) == []
    assert sum(piece.batch.num_rows for piece in sources.pieces()) == 2
    assert list(kept.iterdir()) == []


# The cache of zone files


def big_zones(path: Path) -> Path:
    squares = [
        {"type": "Feature", "id": f"z{n}", "properties": {"name": f"Zone {n}", "level": "avoid"},
         "geometry": {"type": "Polygon", "coordinates": [
             [[x, y], [x + 0.5, y], [x + 0.5, y + 0.5], [x, y + 0.5], [x, y]]]}}
        for n, x, y in ((n, n % 300 - 150.25, n // 300 * 2 - 60.25) for n in range(400))
    ]  # fmt: skip
    path.write_text(json.dumps({"type": "FeatureCollection", "features": squares}), "utf-8")
    return path


@pytest.fixture
def entry(tmp_path, monkeypatch):
    """A zone file, and its entry in the cache."""
    from routecheck import load_zones
    from routecheck.zones import cache, parse, quick

    monkeypatch.setattr(cache, "MIN_BYTES", 1)
    monkeypatch.setattr(quick, "_FEW", 1)
    monkeypatch.setattr(parse, "MANY", 1)
    monkeypatch.setenv("ROUTECHECK_CACHE", str(tmp_path / "cache"))
    path = big_zones(tmp_path / "big.geojson")
    load_zones(path)
    entries = list((tmp_path / "cache").iterdir())
    assert len(entries) == 1
    return path, entries[0]


def test_an_entry_with_any_byte_changed_or_cut_is_not_used(entry):
    from routecheck.zones import cache

    _, file = entry
    whole = file.read_bytes()
    assert cache.kept(file) is not None
    for at in [*range(0, 80), *range(80, len(whole), len(whole) // 60), len(whole) - 1]:
        for spoilt in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :]):
            file.write_bytes(spoilt)
            assert cache.kept(file) is None, at
    file.write_bytes(whole)
    assert cache.kept(file) is not None


@POSIX
@pytest.mark.parametrize(
    "where", ["/dev/null", "/dev/full", "/proc/nothing", "\n", "a\nb", "\udcff", "x" * 300, ".",
              "~", "link", "loop", "a\0b"]
)  # fmt: skip
def test_odd_places_for_the_cache_are_no_error(entry, tmp_path, monkeypatch, where):
    from routecheck import load_zones
    from routecheck.zones import cache

    path, _ = entry
    (tmp_path / "far").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "far")
    (tmp_path / "loop").symlink_to("loop")
    monkeypatch.chdir(tmp_path)
    if "\0" in where:  # no environment can hold it
        monkeypatch.setattr(cache, "cache_folder", lambda: Path(where))
    else:
        monkeypatch.setenv("ROUTECHECK_CACHE", where)
    for _ in range(2):
        assert len(load_zones(path).zones) == 400
