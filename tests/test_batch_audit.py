"""Audits as people run them: files in, files out, nothing lost, the same answers as a check."""

from __future__ import annotations

import csv
import errno
import io
import json
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

import routecheck as rc
from helpers import clean_env
from routecheck.report.table import COLUMNS, row

pa = pytest.importorskip("pyarrow")
pytest.importorskip("xlsxwriter")
import pyarrow.parquet as pq  # noqa: E402

from routecheck.batch import plan as plans  # noqa: E402
from routecheck.batch import run  # noqa: E402
from routecheck.batch.auditor import Auditor  # noqa: E402
from routecheck.batch.count import Counts  # noqa: E402
from routecheck.batch.folder import audit_folder  # noqa: E402
from routecheck.batch.journal import counts_of, plain_counts  # noqa: E402
from routecheck.batch.plan import Plan  # noqa: E402
from routecheck.batch.result import ADDED  # noqa: E402
from routecheck.batch.run import MARK, audit_files, interrupted_date  # noqa: E402
from routecheck.batch.settings import settings_of  # noqa: E402

EXAMPLE = Path(__file__).parents[1] / "examples" / "bookings.csv"
SAMPLE = Path(rc.__file__).parent / "data" / "sample-pairs.txt"


def audit(*words: str, ok: int = 0, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "routecheck", "audit", *words], capture_output=True, text=True,
        encoding="utf-8", env=clean_env(), check=False, input=stdin,
    )  # fmt: skip
    assert done.returncode == ok, done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    return done


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sample_pairs() -> list[tuple[str, str]]:
    lines = [x.split() for x in SAMPLE.read_text("utf-8").splitlines() if not x.startswith("#")]
    return [(a, b) for a, b in (line for line in lines if len(line) == 2)]


def test_every_answer_is_that_of_a_single_check():
    rng = random.Random(8243)
    pairs = rng.sample(sample_pairs(), 700)
    days = [str(date(2024, 6, 1) + timedelta(days=i)) for i in range(0, 1100, 7)]
    asked = [(*rng.choice(pairs), rng.choice(days)) for _ in range(2500)]
    asked += [("LHR-DOH", "DEL", "2026-05-01"), ("GYD", "GRV-MOW", "2024-12-24")]
    table = pa.table(dict(zip(("from", "to", "date"), zip(*asked, strict=True), strict=True)))
    found = rc.audit(table).to_pylist()
    zones = rc.load_zones()
    verdicts = set()
    for (origin, dest, day), mine in zip(asked, found, strict=True):
        words = [*origin.split("-"), *dest.split("-")]
        alone = row(rc.check(*words, date=day, zones=zones))
        expected = {name: alone[name] for name in COLUMNS if name in ADDED.names}
        assert {name: mine[name] for name in expected} == expected, (origin, dest, day)
        verdicts.add(mine["verdict"])
    assert verdicts == {"avoid", "caution", "watch", "clear", "unknown"}


def test_options_give_the_answers_of_a_single_check():
    asked = [("LHR", "DEL"), ("SVX", "OVB"), ("IKA", "DXB"), ("BEY", "DXB"), ("GYD", "GRV")]
    table = pa.table({"from": [a for a, _ in asked], "to": [b for _, b in asked]})
    for options in (
        {"cruise": "FL180"}, {"speed_kt": 300.0}, {"watch_km": 0.0}, {"issuers": "EASA,FAA"},
        {"max_age_days": 10}, {"date": "2024-12-25T05:13Z"},
    ):  # fmt: skip
        given = {"date": "2026-11-20", **options}
        found = rc.audit(table, **given).to_pylist()
        for (origin, dest), mine in zip(asked, found, strict=True):
            alone = row(rc.check(origin, dest, **given))
            assert {k: mine[k] for k in ("verdict", "reason", "score", "inside_min")} == {
                k: alone[k] for k in ("verdict", "reason", "score", "inside_min")
            }, (origin, dest, options)


def test_the_example_keeps_its_columns_and_gets_ours(tmp_path):
    out = tmp_path / "out.csv"
    done = audit(str(EXAMPLE), "-o", str(out))
    given, made = rows_of(EXAMPLE), rows_of(out)
    assert list(made[0]) == [*given[0], *ADDED.names]
    assert [{k: r[k] for k in given[0]} for r in made] == given
    assert made[0]["verdict"] == "avoid"
    assert made[0]["as_of"] == "2026-10-03"
    assert made[6]["verdict"] == "unknown"
    assert "ISTT" in made[6]["error"]
    assert "10 rows" in done.stdout
    assert "GYD-GRV" in done.stdout
    assert not list(tmp_path.glob("*.partial"))


def _bookings(path: Path, count: int, seed: int = 5) -> None:
    rng = random.Random(seed)
    pairs = sample_pairs()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "Dep Airport", "Arr Airport", "Travel Date", "note"])
        for i in range(count):
            a, b = rng.choice(pairs[:300])
            if i % 97 == 0:
                a = "XQ7"
            day = date(2025, 3, 1) + timedelta(days=rng.randrange(500))
            writer.writerow(
                [i, a, b, day, 'a "quoted", note\nof two lines' if i % 50 == 0 else "x"]
            )


@pytest.mark.parametrize(
    "suffix", ["csv", "parquet", "ndjson", "jsonl", "xlsx", "geojson", "geoparquet"]
)
def test_all_outputs_hold_all_rows_in_order(tmp_path, suffix):
    source, out = tmp_path / "in.csv", tmp_path / f"out.{suffix}"
    _bookings(source, 500)
    given = rows_of(source)
    audit(str(source), "-o", str(out), "-q")
    made = _read_back(out, suffix)
    assert [str(r["id"]) for r in made] == [r["id"] for r in given]
    assert [r["note"] for r in made] == [r["note"] for r in given]
    audit(str(source), "-o", str(tmp_path / "plain.csv"), "-q")
    plain = rows_of(tmp_path / "plain.csv")
    assert [r["verdict"] for r in made] == [r["verdict"] for r in plain]
    assert [r["error"] or "" for r in made] == [r["error"] for r in plain]
    numbers = [(float(r["route_km"]) if r["route_km"] else None) for r in plain]
    assert [None if r["route_km"] in ("", None) else float(r["route_km"]) for r in made] == numbers


def _read_back(path: Path, suffix: str) -> list[dict]:
    if suffix in ("ndjson", "jsonl"):
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    if suffix == "geojson":
        document = json.loads(path.read_text("utf-8"))
        for f in document["features"]:
            assert (f["geometry"] is None) == (f["properties"]["verdict"] == "unknown"
                                              and f["properties"]["route_km"] is None)  # fmt: skip
        return [f["properties"] for f in document["features"]]
    if suffix == "xlsx":
        import openpyxl

        sheet = openpyxl.load_workbook(path).worksheets[0]
        header, *rows = sheet.iter_rows(values_only=True)
        return [
            {k: ("" if v is None and k == "note" else v) for k, v in zip(header, r, strict=True)}
            for r in rows
        ]
    if suffix == "csv":
        return rows_of(path)
    if suffix == "geoparquet":
        import geopandas

        frame = geopandas.read_parquet(path)
        assert frame.crs.to_epsg() in (4326, None) or frame.crs.name == "WGS 84 (CRS84)"
        assert frame.geometry.iloc[1].geom_type == "MultiLineString"
    return pq.read_table(path).to_pylist()


def test_pipes(tmp_path):
    text = "from;to;date\nGYD;GRV;2026-11-20\nLHR;JFK;2026-11-20\n"
    done = audit("-", "-o", "-", stdin=text)
    made = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [r["verdict"] for r in made] == ["avoid", "clear"]
    assert "2 rows" in done.stderr


def test_formulas_become_text_and_numbers_stay(tmp_path):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("from,to,note\nGYD,GRV,=cmd()\nGYD,GRV,-12.5\nGYD,GRV,@x\n", "utf-8")
    audit(str(source), "-o", str(out), "--date", "2026-11-20", "-q")
    assert [r["note"] for r in rows_of(out)] == ["'=cmd()", "-12.5", "'@x"]
    audit(str(source), "-o", str(out), "--date", "2026-11-20", "-q", "--force", "--raw-text")
    assert [r["note"] for r in rows_of(out)] == ["=cmd()", "-12.5", "@x"]


ERRORS = {
    "no route": ("a,b\n1,2\n", [], "which columns hold the route cannot be told"),
    "no column": ("from,to\nGYD,GRV\n", ["--origin", "start"], "there is no column 'start'"),
    "empty": ("", [], "empty"),
}


@pytest.mark.parametrize("case", ERRORS)
def test_errors_are_one_line_before_any_work(tmp_path, case):
    text, words, said = ERRORS[case]
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(text, "utf-8")
    done = audit(str(source), "-o", str(out), *words, ok=2)
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not out.exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.csv"]


def test_what_is_there_is_not_replaced(tmp_path):
    out = tmp_path / "out.csv"
    out.write_text("mine", "utf-8")
    assert "--force" in audit(str(EXAMPLE), "-o", str(out), ok=2).stderr
    assert out.read_text("utf-8") == "mine"
    for name in ("out.doc", "none/out.csv"):
        audit(str(EXAMPLE), "-o", str(tmp_path / name), ok=2)


def test_strict_stops_and_leaves_nothing(tmp_path):
    done = audit(str(EXAMPLE), "-o", str(tmp_path / "out.csv"), "--strict", ok=1)
    assert "row 7" in done.stderr
    assert "ISTT" in done.stderr
    assert not list(tmp_path.iterdir())


def test_fail_at(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("from,to\nLHR,JFK\n", "utf-8")
    audit(str(source), "--date", "2026-11-20", "--fail-at", "watch")
    source.write_text("from,to\nLHR,XQ7\n", "utf-8")
    audit(str(source), "--date", "2026-11-20", "--fail-at", "avoid", ok=1)


def test_against_an_older_set(tmp_path):
    box = [[[44, 41], [50, 41], [50, 46], [44, 46], [44, 41]]]
    shape = {"type": "Polygon", "coordinates": box}
    old, new = tmp_path / "old.geojson", tmp_path / "new.geojson"
    for path, level in ((old, "watch"), (new, "avoid")):
        zone = {"type": "Feature", "properties": {"id": "z", "level": level}, "geometry": shape}
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [zone]}), "utf-8")
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("from,to\nGYD,GRV\nLHR,JFK\n", "utf-8")
    words = [str(source), "-o", str(out), "--zones", str(new), "--against", str(old)]
    audit(*words, "-q")
    made = rows_of(out)
    assert [(r["verdict_before"], r["verdict"], r["changed"]) for r in made] == [
        ("watch", "avoid", "true"), ("clear", "clear", "false"),
    ]  # fmt: skip
    audit(*words, "-q", "--force", "--only-changed")
    assert [r["from"] for r in rows_of(out)] == ["GYD"]


def test_a_folder_of_outputs(tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    _bookings(folder / "a.csv", 40)
    pq.write_table(pa.table({"from": ["GYD"], "to": ["GRV"]}), folder / "b.parquet")
    done = audit(str(folder), "-o", f"{out}/", "--date", "2026-11-20")
    assert sorted(p.name for p in out.iterdir()) == ["a.csv", "b.parquet"]
    assert len(rows_of(out / "a.csv")) == 40
    assert pq.read_table(out / "b.parquet")["verdict"].to_pylist() == ["avoid"]
    assert "41 rows" in done.stdout


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("suffix", ["csv", "ndjson", "geojson"])
def test_killed_and_resumed_the_bytes_are_the_same(tmp_path, suffix):
    source, whole = tmp_path / "in.csv", tmp_path / f"whole.{suffix}"
    _bookings(source, 60_000 if suffix != "geojson" else 15_000)
    said = audit(str(source), "-o", str(whole)).stdout
    out = tmp_path / f"out.{suffix}"
    beside = tmp_path / f"out.{suffix}.partial"
    rng, killed, noted = random.Random(38), 0, []
    code = (
        "import functools, time, routecheck.batch.run as r, routecheck.batch.plan as p\n"
        "r.SYNC_S, r.NOTED_SHARE = 0.01, 0\n"
        "p.open_sources = functools.partial(p.open_sources, batch_rows=1000)\n"
        "write = r.TextSink.write\n"
        "r.TextSink.write = lambda *a: (time.sleep(0.05), write(*a))\n"
        "from routecheck.cli import main; import sys; main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", code, "audit", str(source), "-o", str(out), "-q", "--resume"]
    for _ in range(3):
        child = subprocess.Popen(command, env=clean_env(), stderr=subprocess.PIPE)
        before = noted[-1] if noted else 0
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and child.poll() is None:
            if _noted(beside) > before:
                break
            time.sleep(0.005)
        time.sleep(rng.random() * 0.15)
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL, child.stderr.read()
        child.stderr.close()
        killed += 1
        noted.append(_noted(beside))
    assert killed == 3
    assert noted == sorted(noted)
    assert noted[-1] > 0
    assert not out.exists()
    again = audit(str(source), "-o", str(out), "--resume").stdout
    assert out.read_bytes() == whole.read_bytes()
    assert not beside.exists()
    assert _summary(again) == _summary(said)


def _summary(text: str) -> list[str]:
    """What is said of the rows, and not how long it took."""
    return [line for line in text.splitlines() if not line.startswith("wrote ")]


def fill_disk(patch: pytest.MonkeyPatch, writes: int) -> None:
    """Let the disk be full at the so manieth write."""
    write, left = run.TextSink.write, [writes]

    def full(self, *args):
        left[0] -= 1
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(self, *args)

    patch.setattr(run.TextSink, "write", full)


def test_what_was_written_is_not_answered_again(tmp_path, monkeypatch):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    _bookings(source, 9_000)
    settings = settings_of(date="2026-11-20")
    zones = rc.load_zones()
    plan = Plan((str(source),), str(out), resume=True)
    whole = audit_files(Plan((str(source),), str(tmp_path / "whole.csv")), Auditor(zones, settings))
    monkeypatch.setattr(run, "SYNC_S", 0)
    monkeypatch.setattr(run, "NOTED_SHARE", 0)
    monkeypatch.setattr(plans, "open_sources", partial(plans.open_sources, batch_rows=1_000))

    with monkeypatch.context() as patch:
        fill_disk(patch, writes=6)
        with pytest.raises(rc.RoutecheckError, match="go on with --resume"):
            audit_files(plan, Auditor(zones, settings))
    noted = _noted(tmp_path / "out.csv.partial")
    assert noted > 2_000
    answered, answers = [], Auditor.answers
    monkeypatch.setattr(
        Auditor, "answers", lambda self, b, *a: answered.append(len(b)) or answers(self, b, *a)
    )
    counts = audit_files(plan, Auditor(zones, settings))
    assert sum(answered) == 9_000 - noted
    for name, value in plain_counts(whole).items():
        mine = plain_counts(counts)[name]
        assert (sorted(mine) == sorted(value)) if name == "routes" else mine == value, name
    assert out.read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_a_folder_is_gone_on_with_as_it_was_begun(tmp_path, monkeypatch):
    inputs, out = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    for name in ("a", "b", "c"):
        _bookings(inputs / f"{name}.csv", 200)
    zones = rc.load_zones()
    plan = Plan((str(inputs),), f"{out}/", resume=True)

    def run_folder(plan, **options):
        settings = settings_of(**{"date": "2026-11-20", **options})
        return audit_folder(plan, Auditor(zones, settings), None, None)

    whole = run_folder(replace(plan, output=f"{tmp_path / 'whole'}/"))

    with monkeypatch.context() as patch:
        fill_disk(patch, writes=3)
        with pytest.raises(rc.RoutecheckError, match=r"c\.csv: the disk is full"):
            run_folder(plan)
    assert (out / MARK).exists()
    assert interrupted_date(str(out)) == "2026-11-20"
    for change in ({"date": "2026-11-19"}, {"watch_km": 10}, {"issuers": "EASA"}):
        with pytest.raises(rc.RoutecheckError, match="options have changed since"):
            run_folder(plan, **change)
    with pytest.raises(rc.RoutecheckError, match="go on with --resume, or start anew"):
        run_folder(replace(plan, resume=False))
    text = (inputs / "a.csv").read_bytes()
    (inputs / "a.csv").write_bytes(text + text.splitlines()[1] + b"\n")
    with pytest.raises(rc.RoutecheckError, match=r"a\.csv has changed since it was audited"):
        run_folder(plan)
    (inputs / "a.csv").write_bytes(text)
    with pytest.raises(rc.RoutecheckError, match=r"a\.csv has changed since it was audited"):
        run_folder(plan)  # whatever it holds: it was written anew
    marks = json.loads((out / MARK).read_text("utf-8"))
    now = (inputs / "a.csv").stat()
    marks["inputs"][str(out / "a.csv")] = [now.st_size, now.st_mtime_ns, now.st_ctime_ns]
    (out / MARK).write_text(json.dumps(marks), "utf-8")
    counts = run_folder(plan)
    assert (counts.rows, counts.verdicts) == (whole.rows, whole.verdicts)
    for path in sorted((tmp_path / "whole").iterdir()):
        assert (out / path.name).read_bytes() == path.read_bytes()
    assert sorted(p.name for p in out.iterdir()) == ["a.csv", "b.csv", "c.csv"]
    with pytest.raises(rc.RoutecheckError, match="is there already"):
        run_folder(plan)


def test_a_folder_that_cannot_begin_is_left_as_it_was(tmp_path):
    inputs, out = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    (inputs / "a.csv").write_text("x,y\nGYD,GRV\n", "utf-8")
    audit(str(inputs), "-o", f"{out}/", ok=2)
    assert not out.exists() or not list(out.iterdir())
    audit(str(inputs), "-o", f"{out}/", "--origin", "x", "--dest", "y", "-q")
    assert [path.name for path in out.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("output", ["", "-", "out.csv", "out/"])
def test_changes_are_counted_wherever_rows_go(tmp_path, output):
    older = tmp_path / "old.geojson"
    text = subprocess.run(
        [sys.executable, "-m", "routecheck", "zones", "show", "syria", "--format", "geojson"],
        capture_output=True, text=True, check=True, env=clean_env(),
    ).stdout  # fmt: skip
    older.write_text(text, "utf-8")
    words = ["-o", f"{tmp_path}/{output}" if output not in ("", "-") else output] if output else []
    done = audit(str(EXAMPLE), "--against", str(older), *words)
    said = done.stderr if output == "-" else done.stdout
    assert [line for line in said.splitlines() if "changed" in line.lower()]
    assert "0 rows changed" not in said


def test_a_damaged_journal_is_begun_anew(tmp_path, monkeypatch):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    _bookings(source, 3_000)
    settings, zones = settings_of(date="2026-11-20"), rc.load_zones()
    audit_files(Plan((str(source),), str(tmp_path / "whole.csv")), Auditor(zones, settings))
    whole = (tmp_path / "whole.csv").read_bytes()
    plan = Plan((str(source),), str(out), resume=True)
    notes = []
    monkeypatch.setattr(run, "SYNC_S", 0)
    monkeypatch.setattr(run, "NOTED_SHARE", 0)
    monkeypatch.setattr(plans, "open_sources", partial(plans.open_sources, batch_rows=1_000))
    with monkeypatch.context() as patch:
        kept = Path.replace
        patch.setattr(
            Path, "replace",
            lambda self, to: notes.append(self.read_text("utf-8")) or kept(self, to)
            if self.name == "journal.new" else kept(self, to),
        )  # fmt: skip
        audit_files(plan, Auditor(zones, settings))
    noted = json.loads(notes[0])
    counts = noted["counts"]
    damaged = [
        notes[0][:-200], "[]", "null", json.dumps({**noted, "bytes": -5}),
        json.dumps({**noted, "bytes": 10.5}), json.dumps({**noted, "rows": "3"}),
        *(json.dumps({**noted, "counts": {**counts, name: value}}) for name, value in (
            ("verdicts", []), ("zone_hashes", []), ("routes", [None]), ("first_day", "3"),
            ("route_hashes", 3), ("titles", [1]), ("rows", None), ("error_rows", [[1]]),
        )),
    ]  # fmt: skip
    for text in damaged:
        out.unlink(missing_ok=True)
        beside = tmp_path / "out.csv.partial"
        beside.mkdir()
        (beside / "journal.json").write_text(text, "utf-8")
        (beside / "audit.csv").write_bytes(whole[: noted["bytes"]])
        audit_files(plan, Auditor(zones, settings))
        assert out.read_bytes() == whole


def test_counts_come_back_from_json(tmp_path):
    source = tmp_path / "in.csv"
    _bookings(source, 3_000)
    source.write_text(source.read_text("utf-8") + "GYD,GRV,no day\nGYD\n", "utf-8")
    counts = audit_files(Plan((str(source),), ""), Auditor(rc.load_zones(), settings_of()))
    assert counts.errors
    assert counts.routes
    text = json.dumps(plain_counts(counts))
    assert json.dumps(plain_counts(counts_of(json.loads(text)))) == text
    again = counts_of(json.loads(text))
    assert again.routes == counts.routes
    assert (again.titles, again.error_rows) == (counts.titles, counts.error_rows)
    assert again.merged(counts).rows == 2 * counts.rows
    alone = Counts().merged(counts)
    assert json.loads(json.dumps(plain_counts(alone))) == json.loads(text)
    assert {hashes.dtype.name for hashes in alone.zone_hashes.values()} == {"int64"}
    assert len(again.merged(counts).route_hashes) == len(counts.route_hashes)
    for broken in ({}, {**json.loads(text), "routes": 3}):
        with pytest.raises((KeyError, TypeError, ValueError)):
            counts_of(broken)


def _noted(partial: Path) -> int:
    try:
        return json.loads((partial / "journal.json").read_text("utf-8"))["rows"]
    except (OSError, ValueError):
        return 0


def test_resuming_something_else_is_refused(tmp_path):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("from,to\nGYD,GRV\n", "utf-8")
    partial = tmp_path / "out.csv.partial"
    partial.mkdir()
    note = {"fingerprint": "other", "rows": 1, "bytes": 10, "date": "2026-11-20"}
    (partial / "journal.json").write_text(json.dumps(note), "utf-8")
    (partial / "audit.csv").write_text("from,to\nG", "utf-8")
    assert "have changed" in audit(str(source), "-o", str(out), "--resume", ok=2).stderr
    assert partial.exists()
    assert "--resume" in audit(str(source), "-o", str(out), ok=2).stderr
    audit(str(source), "-o", str(out), "--force", "-q")
    assert not partial.exists()


def test_a_full_disk_is_said(tmp_path, monkeypatch):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    _bookings(source, 20)
    from routecheck.batch import run

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run.TextSink, "write", fail)
    auditor = Auditor(rc.load_zones(), settings_of(date="2026-11-20"))
    with pytest.raises(rc.RoutecheckError, match="disk is full"):
        audit_files(Plan((str(source),), str(out)), auditor)
    assert not out.exists()


NASTY: dict[str, tuple[bytes, int]] = {
    "utf8-bom.csv": ("\ufefffrom,to\nGYD,GRV\n".encode(), 1),
    "utf16.csv": ("from,to,who\nGYD,GRV,Łódź\n".encode("utf-16"), 1),
    "cp1252.csv": ("from;to;who\nGYD;GRV;Müller\n".encode("cp1252"), 1),
    "crlf.csv": (b"from,to\r\nGYD,GRV\r\nLHR,JFK\r\n", 2),
    "quotes.csv": (b'from,to,note\n"GYD","GRV","a ""b"", c\nd"\nLHR,JFK,5" disk\n', 2),
    "ragged.csv": (b"from,to,note\nGYD\nGYD,GRV,x,y,z\nLHR,JFK,ok\n", 3),
    "header.csv": (b"from,to\n", 0),
    "unknown.csv": (b"from,to\nXQ7,QX9\n,\nGYD,GYD\n", 3),
    "formula.csv": (b"from,to\n=1+1,GRV\n", 1),
    "nul.csv": (b"from,to\nGY\x00D,GRV\nLHR,JFK\n", 2),
    "open-quote.csv": (b'from,to\nGYD,GRV\n"LHR,JFK\nGYD,GRV\n', 3),
    "bad-utf8.csv": (b"from,to,who\nGYD,GRV,\xff\xfe\xc3\xa9\nLHR,JFK,x\n", 2),
    "wide.csv": (b"from,to," + b",".join(b"c%d" % i for i in range(3000)) + b"\nGYD,GRV"
                 + b"," * 3000 + b"\n", 1),
    "lines.ndjson": (b'{"from":"GYD","to":"GRV"}\nnot json\n{"from":"LHR","to":"JFK"}\n', 3),
}  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_folder_of_nasty_files_loses_no_row(tmp_path, suffix):
    folder, out = tmp_path / "in", tmp_path / f"out.{suffix}"
    folder.mkdir()
    for name, (data, _) in NASTY.items():
        if name != "wide.csv":
            (folder / name).write_bytes(data)
    audit(str(folder), "-o", str(out), "--date", "2026-11-20")
    made = rows_of(out) if suffix == "csv" else pq.read_table(out).to_pylist()
    assert len(made) == sum(rows for name, (_, rows) in NASTY.items() if name != "wide.csv")
    for r in made:
        assert r["verdict"] in ("avoid", "clear", "unknown")
        if r["verdict"] == "unknown":
            assert r["error"]


@pytest.mark.parametrize("name", NASTY)
def test_each_nasty_file_keeps_its_rows(tmp_path, name):
    data, rows = NASTY[name]
    source, out = tmp_path / name, tmp_path / "out.csv"
    source.write_bytes(data)
    auditor = Auditor(rc.load_zones(), settings_of(date="2026-11-20"))
    counts = audit_files(Plan((str(source),), str(out)), auditor)
    assert counts.rows == rows == len(rows_of(out))
    assert sum(counts.verdicts.values()) == rows


def test_a_million_columns_is_one_line(tmp_path):
    source = tmp_path / "wide.csv"
    source.write_bytes(b"from,to," + b",".join(b"c%d" % i for i in range(1_000_000)) + b"\n")
    done = audit(str(source), ok=2)
    assert len(done.stderr.strip().splitlines()) == 1


def test_pandas_keeps_index_and_types():
    import pandas as pd

    frame = pd.DataFrame(
        {"from": ["GYD", None, "LHR"], "to": ["GRV", "GRV", "JFK"], 7: [1, 2, 3],
         "date": pd.to_datetime(["2026-11-20", "2026-11-20", None])},
        index=[5, 3, 9],
    )  # fmt: skip
    made = rc.audit(frame)
    assert list(made.index) == [5, 3, 9]
    assert made[7].tolist() == [1, 2, 3]
    assert made["verdict"].tolist() == ["avoid", "unknown", "unknown"]
    assert "date is empty" in made["error"].iloc[2]
    assert made["score"].iloc[0] > 67
    assert "verdict" not in frame.columns


def test_polars_and_geopandas():
    import geopandas
    import polars

    made = rc.audit(polars.DataFrame({"from": ["GYD"], "to": ["GRV"]}), date="2026-11-20")
    assert made["verdict"].to_list() == ["avoid"]
    spatial = geopandas.GeoDataFrame({"route": ["GYD-GRV", "x"]})
    made = rc.audit(spatial, date="2026-11-20")
    assert made.geometry.iloc[0].length > 5
    assert made.geometry.iloc[1] is None
    assert made.crs.to_epsg() == 4326


def test_columns_that_are_taken_are_not_overwritten():
    made = rc.audit(
        pa.table({"from": ["GYD"], "to": ["GRV"], "verdict": ["mine"]}), date="2026-11-20"
    )
    assert made["verdict"].to_pylist() == ["mine"]
    assert made["routecheck_verdict"].to_pylist() == ["avoid"]


def test_nothing_that_is_read_or_written_is_written_over(tmp_path):
    source = tmp_path / "in.xlsx"
    audit(str(EXAMPLE), "-o", str(source), "-q")
    before = source.read_bytes()
    for words in (
        [str(EXAMPLE), "-o", str(tmp_path / "r.xlsx"), "--report", str(tmp_path / "r.xlsx")],
        [str(source), "--report", str(source), "--force"],
        [str(tmp_path), "-o", str(source), "--force"],
        [str(EXAMPLE), "-o", ""],
    ):
        done = audit(*words, ok=2)
        assert len(done.stderr.strip().splitlines()) == 1
    assert source.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["in.xlsx"]


def test_a_geometry_of_the_users_stays(tmp_path):
    import geopandas

    out = tmp_path / "out.geoparquet"
    source = tmp_path / "in.csv"
    source.write_text("from,to,geometry\nGYD,GRV,mine\n", "utf-8")
    audit(str(source), "-o", str(out), "-q")
    frame = geopandas.read_parquet(out)
    assert frame.geometry.name == "route_geometry"
    assert frame["geometry"].tolist() == ["mine"]


ODD = {
    "list": pa.array([["GYD"]]),
    "struct": pa.array([{"a": 1}]),
    "map": pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())),
    "far": pa.array([2**62], pa.timestamp("s")),
    "days": pa.array([10**11 * 86_400_000], pa.date64()),
    "binary": pa.array([b"\xff"]),
}


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("use", ["from", "date", "cruise_fl"])
def test_odd_columns_are_errors_of_their_rows(kind, use):
    columns = {"from": pa.array(["GYD"]), "to": pa.array(["GRV"]), "date": pa.array(["2026-11-20"])}
    names = {"cruise_col": "cruise_fl"} if use == "cruise_fl" else {}
    made = rc.audit(pa.table({**columns, use: ODD[kind]}), **names)
    assert made["verdict"].to_pylist() == ["unknown"]
    assert made["error"].to_pylist()[0]


def test_columns_that_are_numbers_can_be_named():
    import pandas as pd

    made = rc.audit(pd.DataFrame([["GYD", "GRV"]]), origin=0, dest=1, date="2026-11-20")
    assert made["verdict"].tolist() == ["avoid"]


def test_reports(tmp_path):
    html, xlsx = tmp_path / "r.html", tmp_path / "r.xlsx"
    audit(str(EXAMPLE), "--report", str(html), "--report", str(xlsx), "-q")
    assert "GYD" in html.read_text("utf-8")
    assert xlsx.read_bytes()[:2] == b"PK"
    assert "--force" in audit(str(EXAMPLE), "--report", str(html), ok=2).stderr


def test_a_forgetful_auditor_answers_the_same(monkeypatch):
    from routecheck.batch import auditor

    table = pa.table({"from": ["GYD", "LHR", "IKA"], "to": ["GRV", "JFK", "DXB"]})
    before = rc.audit(table, date="2026-11-20")
    monkeypatch.setattr(auditor, "MOST_KEPT", 0)
    again = Auditor(rc.load_zones(), settings_of(date="2026-11-20"))
    for batch in table.to_batches(max_chunksize=1):
        made = again.audit_batch(batch).to_pylist()[0]
        assert made in before.to_pylist()
