"""``zones export``: what is written reads the same again, and never half."""

from __future__ import annotations

import json
import sys
from dataclasses import fields, replace
from datetime import date

import geopandas
import pytest
import shapely

import routecheck as rc
from helpers import DATE, ROUTES, run_inside, zone_text
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
    joined = rc.api.gather_zones(made_up, str(own))
    assert same(joined, load_zones(export_zones(joined, tmp_path / "out.geojson", WHEN)))


@pytest.mark.parametrize("given", [{"id": "My Zone"}, {"advisories": [{"level": "avoid"}]}])
def test_what_does_not_fit_into_schema_1_is_refused(given, made_up, tmp_path):
    own = tmp_path / "own.geojson"
    own.write_text(zone_text(**{"id": "mine", **given}), encoding="utf-8")
    with pytest.raises(ZoneError, match="export the sets one by one"):
        export_zones(rc.api.gather_zones(made_up, str(own)), tmp_path / "out.geojson", WHEN)
    assert not (tmp_path / "out.geojson").exists()


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
    frame = table_of(export_zones(made_up, tmp_path / f"out{suffix}", WHEN))
    assert frame.crs == "EPSG:4326"
    assert frame["id"].tolist() == [zone.id for zone in made_up]
    row = frame.set_index("id").loc["tripoli"]
    assert {name: row[name] for name in frame.columns[1:-1]} == {
        "name": "Tripoli and the coast", "kind": "air-defence", "group": "africa",
        "date": "2026-11-20", "level": "caution", "lapsed": False, "buffer_km": 25.0,
        "accuracy_km": 5.0, "issuers": "EASA; FAA",
        "references": "EASA CZIB 2025-77 R2; FAA KICZ A0005/22", "advisories_standing": 2,
        "advisories_known": 3, "weapon_ids": "buk-m1", "basis": "made up", "notes": "test",
        "hindsight": "known later", "dataset": "Made up", "as_of": "2026-10-03",
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
    assert dict(zip(frame["id"], frame["level"], strict=True))["tripoli"] == "avoid"
    late = table_of(export_zones(made_up, tmp_path / "late.gpkg", date(2027, 1, 1)))
    assert late["advisories_standing"].tolist() == [2, 0, 0, 0, 1]


@pytest.mark.parametrize("suffix", [".parquet", ".gpkg"])
def test_a_table_read_as_zones_hides_none(suffix, made_up, tmp_path):
    """As a plain file: at the level of the day; a zone not in force is an error, never avoid."""
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    with pytest.raises(ZoneError, match="not in force"):
        load_zones(export_zones(made_up, tmp_path / f"all{suffix}", WHEN))
    again = load_zones(export_zones(made_up.on(WHEN), tmp_path / f"day{suffix}", WHEN))
    assert {z.id: z.advisories[0].level for z in again} == {
        "tripoli": "caution", "silent": "watch", "own": "watch",
    }  # fmt: skip
    assert (again[0].kind, again[0].buffer_km) == ("air-defence", 25.0)


def test_the_built_in_set_as_a_table(tmp_path):
    frame = table_of(export_zones(load_zones(), tmp_path / "all.gpkg", WHEN))
    assert len(frame) == len(load_zones())
    assert frame.geometry.is_valid.all()


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
    assert (done.code, done.out, done.err) == (0, "", f"5 zones written to {out}\n")
    assert run_inside(*words).code == 2
    assert run_inside(*words, "--force").code == 0
    assert len(load_zones(out) if "json" in suffix else table_of(out)) == 5


def test_the_command_takes_added_zones(tmp_path):
    own = write(tmp_path / "own.geojson", box(0, 0, 1, 1))
    out = tmp_path / "out.geojson"
    assert run_inside("zones", "export", str(out), "--add-zones", own).code == 0
    assert len(load_zones(out)) == len(load_zones()) + 1


def test_the_command_says_what_is_wrong(tmp_path):
    done = run_inside("zones", "export", str(tmp_path / "out.kml"))
    assert (done.code, done.out) == (2, "")
    assert "end the name in one of .geojson" in done.err
