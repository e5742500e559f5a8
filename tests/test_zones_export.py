"""``zones export``: what is written reads the same again, and never half."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import fields, replace
from datetime import date

import geopandas
import pytest
import shapely

import routecheck as rc
from helpers import DATE, ROUTES, clean_env, command, run_inside, zone_text
from routecheck.api import gather_zones
from routecheck.errors import MissingExtraError, RoutecheckError, ZoneError
from routecheck.zones import load_zones
from routecheck.zones.diff import diff_zones
from routecheck.zones.model import Zone
from routecheck.zones.write import SUFFIXES, export_zones, zone_file_text
from zone_files import advisory, box, document, write

WHEN = date(2026, 11, 20)
UNCOMPARED = ("outline", "geometry", "file", "advisories")


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    return load_zones(write(tmp_path_factory.mktemp("zones") / "made-up.geojson", document()))


def same(old, new):
    """Whether two sets say the same, to the bit; plain advisories are named after their file."""
    assert not diff_zones(old, new, WHEN)
    assert [zone.id for zone in old] == [zone.id for zone in new]
    for one, other in zip(old, new, strict=True):
        for f in fields(Zone):
            if f.name not in UNCOMPARED:
                assert getattr(one, f.name) == getattr(other, f.name), f.name
        if [a.id for a in one.advisories] != ["as-given"]:
            assert one.advisories == other.advisories
        assert json.dumps(one.geometry) == json.dumps(other.geometry)
        assert (one.outline.lon == other.outline.lon).all()
        assert (one.outline.lat == other.outline.lat).all()
    for name in ("dataset", "as_of", "covers", "licence", "credits", "gaps", "gap_countries"):
        assert getattr(old, name) == getattr(new, name)
    return True


# GeoJSON


@pytest.mark.parametrize("suffix", [".geojson", ".json", ".GeoJSON"])
def test_a_made_up_set_reads_the_same_again(suffix, made_up, tmp_path):
    path = export_zones(made_up, tmp_path / f"out{suffix}", WHEN)
    again = load_zones(path)
    assert same(made_up, again)
    assert not again.problems
    assert [p.name for p in tmp_path.iterdir()] == [f"out{suffix}"]


def test_the_built_in_set_reads_the_same_again(tmp_path):
    again = load_zones(export_zones(load_zones(), tmp_path / "all.geojson", WHEN))
    assert same(load_zones(), again)


def test_an_export_of_an_export_has_the_same_bytes(made_up, tmp_path):
    first = export_zones(made_up, tmp_path / "a.geojson", WHEN)
    second = export_zones(load_zones(first), tmp_path / "b.geojson", date(2010, 1, 1))
    assert first.read_bytes() == second.read_bytes()


def test_verdicts_are_the_same(tmp_path):
    path = str(export_zones(load_zones(), tmp_path / "all.geojson", WHEN))
    for route in (*ROUTES[:6], ("LHR", "JFK"), ("IST", "BKO")):
        for day in (DATE, "2024-12-24"):
            given, again = rc.check(*route, date=day), rc.check(*route, date=day, zones=path)
            records = [a.to_dict() for a in (given, again)]
            for record in records:
                record.pop("checked_at")
                record["zones"].pop("sha256")
            assert records[0] == records[1]


def test_plain_files_stay_plain(tmp_path):
    for name, level in (("a", "avoid"), ("b", "watch")):
        text = zone_text(id=f"Zone {name}", level=level, buffer_km=3)
        (tmp_path / f"{name}.geojson").write_text(text, encoding="utf-8")
    plain = load_zones([tmp_path / "a.geojson", tmp_path / "b.geojson"])
    path = export_zones(plain, tmp_path / "out.json", WHEN)
    assert "routecheck" not in json.loads(path.read_text("utf-8"))
    assert same(plain, load_zones(path))
    assert [z.advisories[0].level for z in load_zones(path)] == ["avoid", "watch"]


def test_advisory_objects_of_plain_files_stay_objects(tmp_path):
    plain = tmp_path / "in.geojson"
    plain.write_text(zone_text(advisories=[{"level": "caution"}, advisory()]), encoding="utf-8")
    path = export_zones(load_zones(plain), tmp_path / "out.geojson", WHEN)
    assert same(load_zones(plain), load_zones(path))


def test_a_plain_file_joined_with_the_set(made_up, tmp_path):
    own = tmp_path / "own.geojson"
    own.write_text(zone_text(id="mine", level="caution"), encoding="utf-8")
    joined = gather_zones(made_up, str(own))
    assert same(joined, load_zones(export_zones(joined, tmp_path / "out.geojson", WHEN)))


@pytest.mark.parametrize("given", [{"id": "My Zone"}, {"advisories": [{"level": "avoid"}]}])
def test_what_does_not_fit_into_schema_1_is_refused(given, made_up, tmp_path):
    own = tmp_path / "own.geojson"
    own.write_text(zone_text(**{"id": "mine", **given}), encoding="utf-8")
    with pytest.raises(ZoneError, match="export the sets one by one"):
        export_zones(gather_zones(made_up, str(own)), tmp_path / "out.geojson", WHEN)
    assert not (tmp_path / "out.geojson").exists()


def minimal(**properties):
    """A schema 1 file that says nothing of itself."""
    doc = json.loads(zone_text(id="mine", **properties))
    return {**doc, "routecheck": {"schema": 1}}


@pytest.mark.parametrize("given", [
    {"advisories": [], "since": "2026-01-02"}, {"level": "watch", "hindsight": "known later"},
    {"level": "watch", "context": [{"issuer": "A", "about": "B", "rating": "C",
     "date": "2026-01-01"}]},
])  # fmt: skip
def test_a_header_that_says_nothing_stays_where_it_is_needed(given, tmp_path):
    path = export_zones(load_zones(minimal(**given)), tmp_path / "out.geojson", WHEN)
    assert json.loads(path.read_text("utf-8"))["routecheck"]["schema"] == 1
    assert same(load_zones(minimal(**given)), load_zones(path))


def test_a_minimal_file_reads_the_same_again(tmp_path):
    given = minimal(advisories=[advisory()])
    path = export_zones(load_zones(given), tmp_path / "out.geojson", WHEN)
    assert same(load_zones(given), load_zones(path))


def test_sets_complete_for_different_times_are_refused_by_name(tmp_path):
    for number, covers in enumerate((["2014-01-01", "2016-12-31"], ["2025-01-01", "2026-10-03"])):
        doc = minimal()
        doc["features"][0]["properties"]["id"] = f"zone-{number}"
        doc["routecheck"] |= {"as_of": covers[1], "covers": covers}
        write(tmp_path / f"{number}.geojson", doc)
    done = run_inside("zones", "export", str(tmp_path / "out.geojson"), "--zones", str(tmp_path))
    assert (done.code, done.out) == (2, "")
    assert "begins on 2025-01-01, another ends on 2016-12-31" in done.err
    assert len(done.err.splitlines()) == 1


def test_two_advisories_of_one_id_both_live(made_up, tmp_path):
    """Ids of advisories are unique in a file only: two files may use one for two records."""
    other = document()
    other["features"] = [other["features"][1]]
    other["features"][0]["properties"] |= {"id": "second", "advisories": ["easa-r1"]}
    other["routecheck"]["advisories"] = {"easa-r1": advisory(summary="another")}
    joined = load_zones([made_up, load_zones(other)])
    again = load_zones(export_zones(joined, tmp_path / "out.geojson", WHEN))
    assert same(joined, again)
    by_id = {zone.id: zone for zone in again}
    assert by_id["second"].advisories[0].summary == "another"
    assert by_id["tripoli"].advisories[0].id == by_id["second"].advisories[0].id


def test_texts_that_look_like_our_marks(made_up):
    odd = '"geometry": "@" \\ "@", \u2028 é'
    zones = replace(made_up, zones=(replace(made_up[0], notes=odd.replace("\u2028", " ")),))
    text = zone_file_text(zones)
    assert json.loads(text)["features"][0]["properties"]["notes"] == odd.replace("\u2028", " ")
    assert text.count('"geometry": {') == 1


def test_a_set_that_would_not_read_the_same_is_refused(made_up):
    harmful = replace(made_up, zones=(replace(made_up[0], name="line\x1b[31m"),))
    with pytest.raises(ZoneError, match="would not read the same"):
        zone_file_text(harmful)


# tables


def table_of(path):
    return geopandas.read_parquet(path) if path.suffix == ".parquet" else geopandas.read_file(path)


@pytest.mark.parametrize("suffix", [".parquet", ".gpkg"])
def test_a_table_has_a_row_for_each_zone(suffix, made_up, tmp_path):
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    path = tmp_path / f"out{suffix}"
    frame = table_of(export_zones(made_up, path, WHEN, everything=True))
    assert frame.crs == "EPSG:4326"
    assert frame["id"].tolist() == [zone.id for zone in made_up]
    row = frame.set_index("id").loc["tripoli"]
    assert {name: row[name] for name in frame.columns[1:-1]} == {
        "name": "Tripoli and the coast", "kind": "air-defence", "group": "africa",
        "date": "2026-11-20", "level": "caution", "lapsed": False, "buffer_km": 25.0,
        "accuracy_km": 5.0, "issuers": "EASA; FAA",
        "references": "EASA CZIB 2025-77 R2; FAA KICZ A0005/22", "advisories_standing": 2,
        "advisories_known": 3, "weapon_ids": "buk-m1", "basis": "made up", "notes": "test",
        "hindsight": "known later", "event": "", "dataset": "Made up", "as_of": "2026-10-03",
    }  # fmt: skip
    levels = dict(zip(frame["id"], frame["level"], strict=True))
    assert levels == {
        "tripoli": "caution", "date-line": "not in force", "north-korea-past": "not in force",
        "silent": "watch", "own": "watch",
    }  # fmt: skip
    assert shapely.equals(row.geometry, shapely.box(12, 32, 14, 33))
    sea = frame.set_index("id").loc["date-line"].geometry
    assert sea.bounds == (-180, 10, 180, 20)
    assert sea.area == pytest.approx(8 * 10 - 2 * 2 + 2 * 2)


def test_the_level_of_a_table_is_that_of_the_date(made_up, tmp_path):
    frame = table_of(export_zones(made_up, tmp_path / "out.gpkg", date(2025, 6, 1)))
    assert dict(zip(frame["id"], frame["level"], strict=True)) == {
        "tripoli": "avoid", "own": "watch",
    }  # fmt: skip
    path = tmp_path / "late.gpkg"
    late = table_of(export_zones(made_up, path, date(2027, 1, 1), everything=True))
    assert late["advisories_standing"].tolist() == [2, 0, 0, 0, 1]
    assert late["advisories_known"].tolist() == [3, 1, 1, 0, 1]


@pytest.mark.parametrize("suffix", [".parquet", ".gpkg"])
def test_a_table_read_as_zones_hides_none(suffix, made_up, tmp_path):
    """As a plain file: at the level of the day; a zone not in force is an error, never avoid."""
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    with pytest.raises(ZoneError, match="not in force"):
        load_zones(export_zones(made_up, tmp_path / f"all{suffix}", WHEN, everything=True))
    again = load_zones(export_zones(made_up, tmp_path / f"day{suffix}", WHEN))
    assert {z.id: z.advisories[0].level for z in again} == {
        "tripoli": "caution", "silent": "watch", "own": "watch",
    }  # fmt: skip
    assert (again[0].kind, again[0].buffer_km) == ("air-defence", 25.0)


def test_the_built_in_set_as_a_table(tmp_path):
    path = tmp_path / "all.gpkg"
    frame = table_of(export_zones(load_zones(), path, WHEN, everything=True))
    assert len(frame) == len(load_zones())
    assert frame.geometry.is_valid.all()


@pytest.mark.parametrize("suffix", [".parquet", ".gpkg"])
def test_a_table_of_the_built_in_set_loads_as_zones(suffix, tmp_path):
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    out = str(tmp_path / f"out{suffix}")
    done = run_inside("zones", "export", out, "--date", DATE)
    known, day = len(load_zones()), len(load_zones().on(WHEN))
    assert done.err == f"{day} of {known} zones, in force on {DATE}, written to {out}\n"
    assert run_inside("BAK", "GRV", "--date", DATE, "--zones", out).code == 0
    diff = run_inside("zones", "diff", out, "built-in", "--date", DATE, "--format", "json")
    assert diff.code == 0
    assert len(diff.json["added"]) == known - day
    assert [change["zone"] for change in diff.json["changed"] if change["level"]] == []
    # outlines past 180° were cut there, which is no move
    assert {c["moved"]["same_area"] for c in diff.json["changed"] if c["moved"]} <= {True}


def test_a_table_without_a_zone_is_refused(tmp_path):
    out = str(tmp_path / "out.gpkg")
    done = run_inside("zones", "export", out, "--date", "1950-01-01")
    assert (done.code, list(tmp_path.iterdir())) == (2, [])
    assert "no zone is in force on 1950-01-01" in done.err
    assert run_inside("zones", "export", out, "--date", "1950-01-01", "--all").code == 0


def test_without_pyogrio_it_is_named(made_up, tmp_path, monkeypatch):
    path = export_zones(made_up, tmp_path / "there.gpkg", WHEN)
    monkeypatch.setitem(sys.modules, "pyogrio", None)
    with pytest.raises(MissingExtraError, match="pip install pyogrio"):
        export_zones(made_up, tmp_path / "out.gpkg", WHEN)
    with pytest.raises(MissingExtraError, match="pip install pyogrio"):
        load_zones(path)
    assert list(tmp_path.iterdir()) == [path]


def test_without_pyarrow_the_extra_is_named(made_up, tmp_path, monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyarrow"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'routecheck\[parquet\]'"):
        export_zones(made_up, tmp_path / "out.parquet", WHEN)
    assert not list(tmp_path.iterdir())


# files


def test_a_file_that_is_there_is_kept_without_force(made_up, tmp_path):
    path = tmp_path / "out.geojson"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(RoutecheckError, match=r"is there already.*--force"):
        export_zones(made_up, path, WHEN)
    assert path.read_text("utf-8") == "mine"
    export_zones(made_up, path, WHEN, overwrite=True)
    assert same(made_up, load_zones(path))


@pytest.mark.parametrize(("name", "said"), [
    ("out.shp", "not written as .shp: end the name in one of .geojson, .json, .parquet, .gpkg"),
    ("out", "has no suffix: end the name in one of .geojson"),
    ("none/out.json", "there is no folder"),
    ("folder.json", "is a folder"),
])  # fmt: skip
def test_what_cannot_be_written(name, said, made_up, tmp_path):
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(RoutecheckError) as raised:
        export_zones(made_up, tmp_path / name, WHEN)
    assert said in str(raised.value)
    assert [path.name for path in tmp_path.iterdir()] == ["folder.json"]


def test_a_link_is_followed(made_up, tmp_path):
    (tmp_path / "far").mkdir()
    link, real = tmp_path / "link.geojson", tmp_path / "far" / "real.txt"
    link.symlink_to(real)
    assert export_zones(made_up, link, WHEN) == link  # a dangling one: its target is made
    with pytest.raises(RoutecheckError, match="--force"):
        export_zones(made_up, link, WHEN)
    real.write_text("mine", encoding="utf-8")
    export_zones(made_up, link, WHEN, overwrite=True)
    assert link.is_symlink()
    assert not real.is_symlink()
    assert same(made_up, load_zones(link))
    assert [p.name for p in (tmp_path / "far").iterdir()] == ["real.txt"]
    for name, aim, said in (("round.json", "round.json", "in a circle"),
                            ("lost.json", "none/x.json", "there is no folder")):  # fmt: skip
        odd = tmp_path / name
        odd.symlink_to(aim)
        with pytest.raises(RoutecheckError, match=said):
            export_zones(made_up, odd, WHEN, overwrite=True)


def test_a_long_name_leaves_room_for_a_journal(made_up, tmp_path):
    path = tmp_path / f"{'a' * 250}.gpkg"
    assert len(table_of(export_zones(made_up, path, WHEN))) == 3


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("kilobytes", [1, 40])
def test_a_disk_without_room_is_one_line(suffix, kilobytes, tmp_path):
    resource = pytest.importorskip("resource")
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    limit = (1024 * kilobytes, 1024 * kilobytes)
    done = subprocess.run(
        command("zones", "export", f"out{suffix}"), capture_output=True, cwd=tmp_path, check=False,
        env=clean_env(PYTHONDONTWRITEBYTECODE="1"),  # or the limit spoils those files
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )  # fmt: skip
    assert done.returncode == 2
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("Error: ")
    assert "bug" not in lines[0]
    assert not list(tmp_path.iterdir())


SLOW = """
import signal, sys, time
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup before the tests sets it aside
signal.signal(signal.SIGINT, signal.default_int_handler)
from routecheck.cli import main
from routecheck.zones import write
def slow(text, path, *rest, **more):
    path.touch()
    print(path, flush=True)
    time.sleep(60)
write._write_table = lambda rows, when, path, name: slow("", path)
main(["zones", "export", "out.gpkg"])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_leaves_nothing_behind(name, tmp_path):
    number = getattr(signal, name)
    with subprocess.Popen(
        [sys.executable, "-c", SLOW], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=clean_env(), cwd=tmp_path,
    ) as running:  # fmt: skip
        assert running.stdout is not None
        assert b".routecheck-" in running.stdout.readline()
        running.send_signal(number)
        _, said = running.communicate(timeout=30)
    # whoever waits sees the signal, or for Ctrl-C the exit code
    assert running.returncode == (130 if name == "SIGINT" else -number)
    assert b"Traceback" not in said
    assert not list(tmp_path.iterdir())


def test_an_ignored_signal_stays_ignored(tmp_path):
    kept = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        code = "from routecheck.cli import main\nimport signal, atexit\n" \
               "atexit.register(lambda: print(signal.getsignal(signal.SIGHUP)))\n" \
               "main(['zones', 'list', '--level', 'avoid', '--format', 'json'])"  # fmt: skip
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=clean_env(),
                              check=True)  # fmt: skip
    finally:
        signal.signal(signal.SIGHUP, kept)
    assert done.stdout.decode().endswith(f"{signal.SIG_IGN!s}\n")


def test_what_was_there_outlives_a_failure(made_up, tmp_path):
    path = tmp_path / "out.geojson"
    path.write_text("mine", encoding="utf-8")
    broken = replace(made_up, zones=(replace(made_up[0], id="Not A Slug"),))
    with pytest.raises(ZoneError):
        export_zones(broken, path, WHEN, overwrite=True)
    assert path.read_text("utf-8") == "mine"
    assert len(list(tmp_path.iterdir())) == 1


# the command


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_command_writes_every_format(suffix, tmp_path):
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    out, own = tmp_path / f"out{suffix}", write(tmp_path / "own.geojson", document())
    words = ("zones", "export", str(out), "--date", DATE, "--zones", own)
    done = run_inside(*words)
    flat = "json" not in suffix
    number = f"3 of 5 zones, in force on {DATE}," if flat else "5 zones"
    assert (done.code, done.out, done.err) == (0, "", f"{number} written to {out}\n")
    assert len(load_zones(out)) == (3 if flat else 5)
    assert run_inside(*words, "--all").code == 2
    done = run_inside(*words, "--all", "--force")
    assert (done.code, done.err) == (0, f"5 zones written to {out}\n")
    assert len(table_of(out) if flat else load_zones(out)) == 5


def test_an_empty_date_is_refused(tmp_path):
    done = run_inside("zones", "export", str(tmp_path / "out.json"), "--date", "")
    assert (done.code, list(tmp_path.iterdir())) == (2, [])
    assert "--date is empty" in done.err


def test_the_command_takes_added_zones(tmp_path):
    own = write(tmp_path / "own.geojson", box(0, 0, 1, 1))
    out = tmp_path / "out.geojson"
    assert run_inside("zones", "export", str(out), "--add-zones", own).code == 0
    assert len(load_zones(out)) == len(load_zones()) + 1


def test_the_command_says_what_is_wrong(tmp_path):
    done = run_inside("zones", "export", str(tmp_path / "out.kml"))
    assert (done.code, done.out) == (2, "")
    assert "end the name in one of .geojson" in done.err
