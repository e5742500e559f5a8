"""``zones`` and ``places`` on the command line, and zone files that mean harm."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from helpers import DATE, check, run_inside, zone_text
from routecheck.zones import load_zones

ESCAPE = "\x1b[31mRED\x07\x9b2J\x1b]0;title\x07\u202e"
HTML = "<script>alert(1)</script>"
HARMFUL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def hostile(tmp_path):
    """A zone file with terminal escapes, HTML and formulas in every text."""
    text = ESCAPE + HTML
    advisory = {
        "issuer": "=HYPERLINK(1)" + text,
        "reference": "\t" + text,
        "level": "avoid",
        "binds": text,
        "exceptions": text,
        "confidence": text,
        "summary": text,
        "url": "javascript:" + text,
    }
    path = tmp_path / "hostile.geojson"
    path.write_text(
        zone_text(
            name=text, id="=1+1" + ESCAPE, notes=text, basis=text, group=text,
            kind=text, advisories=[advisory],
        ),
        encoding="utf-8",
    )  # fmt: skip
    return str(path)


# zones list


@pytest.mark.parametrize("form", ["text", "json"])
def test_list_names_every_zone_in_force(form):
    done = run_inside("zones", "list", "--date", DATE, "--format", form)
    assert done.code == 0
    ids = {zone.id for zone in load_zones().on(DATE)}
    if form == "json":
        assert {zone["id"] for zone in done.json} == ids
        assert {zone["level"] for zone in done.json} <= {"avoid", "caution", "watch"}
    else:
        assert all(zone.split("-")[0] in done.out for zone in ids)
        assert "zones in force on 2026-11-20" in done.err
        assert "as of 2026-10-03" in done.err
        assert all(len(line) <= 80 for line in done.out.splitlines())


def test_listed_ids_can_be_copied():
    done = run_inside("zones", "list", "--date", DATE)
    assert {zone.id for zone in load_zones().on(DATE)} <= set(done.out.split())


def test_list_of_a_day_leaves_out_what_was_not_in_force():
    early = run_inside("zones", "list", "--date", "1950-01-01", "--format", "json").json
    everything = run_inside("zones", "list", "--date", "1950-01-01", "--all", "--format", "json")
    assert early == []
    assert {zone["level"] for zone in everything.json} == {"not in force"}


def test_list_counts_what_is_in_force():
    done = run_inside("zones", "list", "--date", "2010-01-01", "--all")
    assert not done.err.startswith(f"{len(load_zones())} zones in force")


def test_list_takes_the_zone_options(tmp_path):
    path = tmp_path / "own.geojson"
    path.write_text(zone_text(id="own"), encoding="utf-8")
    words = ("zones", "list", "--date", DATE, "--format", "json")
    assert [z["id"] for z in run_inside(*words, "--zones", str(path)).json] == ["own"]
    assert [z["id"] for z in run_inside(*words, "--zones", "-", stdin=zone_text(id="in")).json] == [
        "in"
    ]
    added = run_inside(*words, "--add-zones", str(path)).json
    assert len(added) == len(load_zones().on(DATE)) + 1


# zones show

IN_FORCE = {zone.id for zone in load_zones().on(DATE)}


@pytest.mark.parametrize("zone", [zone.id for zone in load_zones()])
@pytest.mark.parametrize("form", ["text", "json", "geojson"])
def test_show_every_zone(zone, form):
    done = run_inside("zones", "show", zone, "--date", DATE, "--format", form)
    assert (done.code, done.err) == (0, "")
    if form == "text":
        assert done.out.startswith(f"{zone}: ")
        assert re.search(f"as (they stand|it counts) on {DATE}", done.out)
        wide = [ln for ln in done.out.splitlines() if len(ln) > 80 and " " in ln.strip()]
        assert not wide
        words = " ".join(done.out.split()).replace("Safe Airspace", "")
        assert not re.search(r"\bsafe\b", words, re.IGNORECASE)
    else:
        record = done.json if form == "json" else done.json["properties"]
        assert record["id"] == zone
        (known,) = (z for z in load_zones() if z.id == zone)
        assert (record["level"] == "not in force") == (known.id not in IN_FORCE)
        assert len(record["advisories"]) == len(known.advisories)
        if form == "geojson":
            assert done.json["type"] == "Feature"
            assert done.json["geometry"]["type"] in ("Polygon", "MultiPolygon")


def test_show_says_how_an_advisory_stands_on_the_day():
    words = ("zones", "show", "north-caucasus", "--format", "json", "--date")
    then = {(a["issuer"], a["status"]) for a in run_inside(*words, "2024-12-24").json["advisories"]}
    assert ("EASA", "not yet issued") in then
    assert ("Canada", "in force") in then


def test_show_of_an_unknown_id_names_near_ones():
    done = run_inside("zones", "show", "north-caucas")
    assert (done.code, done.out) == (2, "")
    assert "Did you mean north-caucasus" in done.err


def test_show_output_is_a_zone_file(tmp_path):
    """What ``show --format geojson`` prints can be checked against again."""
    path = tmp_path / "again.geojson"
    shown = run_inside("zones", "show", "belarus", "--date", DATE, "--format", "geojson").json
    shown["properties"] = {"id": "belarus"}
    path.write_text(json.dumps(shown), encoding="utf-8")
    record = check("VNO", "MSQ", "--json", "--zones", str(path)).json
    built_in = check("VNO", "MSQ", "--json").json
    inside = next(e for e in built_in["exposures"] if e["zone"] == "belarus")
    assert record["exposures"][0]["inside_km"] == inside["inside_km"]


# zones lint

FLAT = '{"type": "Polygon", "coordinates": [[[44, 42], [48, 42], [44, 42]]]}'
LINTS = (  # name, text, exit code, what is said
    ("fine", zone_text(), 0, ()),
    ("doubtful", zone_text(kind="conflct"), 0, ("warning: ", "/features/0/properties/kind")),
    ("wrong", FLAT, 1, ("error: ", "/coordinates/0")),
    ("no-json", "{", 1, ("error: ",)),
)


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(("name", "text", "code", "said"), LINTS, ids=[case[0] for case in LINTS])
def test_lint(name, text, code, said, form, tmp_path):
    path = tmp_path / f"{name}.geojson"
    path.write_text(text, encoding="utf-8")
    for words, stdin, called in (((str(path),), "", str(path)), (("-",), text, "<stdin>")):
        done = run_inside("zones", "lint", *words, "--format", form, stdin=stdin)
        assert done.code == code
        assert done.err.startswith("1 file: ")
        if form == "text":
            assert all(part in done.out for part in said)
            assert bool(done.out) == bool(said)
            assert called in done.out or not said
        else:
            problems = done.json
            assert bool(problems) == bool(said)
            keys = {"severity", "file", "feature", "pointer", "message"}
            assert all(set(problem) == keys for problem in problems)
            assert any(p["severity"] == "error" for p in problems) == bool(code)


def test_lint_of_several_files_reports_each(tmp_path):
    for name, text, _, _ in LINTS:
        (tmp_path / f"{name}.geojson").write_text(text, encoding="utf-8")
    files = sorted(str(path) for path in tmp_path.iterdir())
    done = run_inside("zones", "lint", *files)
    assert done.code == 1
    assert done.err.startswith("4 files: ")
    assert {name for name, *_ in LINTS if name in done.out} == {"doubtful", "wrong", "no-json"}


def test_built_in_zones_have_no_problems():
    from routecheck.zones.read import builtin_folder

    done = run_inside("zones", "lint", *map(str, builtin_folder().glob("*.geojson")))
    assert (done.code, done.out) == (0, "")


# Zone files that are wrong, and zone files that mean harm


def test_data_errors_name_file_feature_and_pointer(tmp_path):
    path = tmp_path / "mine.geojson"
    path.write_text(zone_text(id="box", buffer_km="wide"), encoding="utf-8")
    strict = json.loads(zone_text(id="box", buffer_km="wide"))
    strict["routecheck"] = {"schema": 1, "as_of": "2026-01-01"}
    path.write_text(json.dumps(strict), encoding="utf-8")
    for words in (("BAK", "GRV", "--date", DATE, "--zones"), ("zones", "list", "--add-zones")):
        done = run_inside(*words, str(path))
        assert (done.code, done.out) == (2, "")
        assert "mine.geojson" in done.err
        assert "[box]" in done.err
        assert "/features/0/properties/buffer_km" in done.err
        assert "Traceback" not in done.err


@pytest.mark.parametrize("words", [
    *(("BAK", "GRV", "--format", form) for form in ("text", "json", "geojson", "csv")),
    ("BAK", "GRV", "--quiet"),
    ("zones", "list"),
    ("zones", "list", "--format", "json"),
], ids=" ".join)  # fmt: skip
def test_no_control_character_reaches_the_terminal(words, hostile):
    done = run_inside(*words, "--date", DATE, "--zones", hostile)
    assert done.code == 0
    assert not HARMFUL.search(done.out)
    assert not HARMFUL.search(done.err)
    if "json" in words or "geojson" in words:
        assert not HARMFUL.search(json.dumps(done.json, ensure_ascii=False))
    assert "javascript:" not in done.out


@pytest.mark.parametrize("form", ["text", "json", "geojson"])
def test_no_control_character_reaches_the_terminal_from_one_zone(form, hostile):
    listed = run_inside("zones", "list", "--date", DATE, "--zones", hostile, "--format", "json")
    (zone,) = listed.json
    done = run_inside("zones", "show", zone["id"], "--zones", hostile, "--format", form)
    assert done.code == 0
    assert not HARMFUL.search(done.out + done.err)


def test_no_control_character_reaches_the_terminal_in_an_error():
    zones = zone_text(id="a" + ESCAPE, advisories=[], weapons=[ESCAPE])
    done = run_inside("BAK", "GRV", "--zones", "-", stdin=zones)
    assert done.code == 2
    assert "/features/0/properties/weapons/0" in done.err
    assert not HARMFUL.search(done.err)


def test_lint_writes_control_characters_as_escapes(hostile):
    done = run_inside("zones", "lint", hostile)
    assert not HARMFUL.search(done.out + done.err)
    assert r"\x1b" in done.out


def test_no_csv_cell_is_a_formula(hostile):
    done = check("BAK", "GRV", "--format", "csv", "--zones", hostile, "--quiet")
    (row,) = csv.DictReader(io.StringIO(done.out))
    text = {key: value for key, value in row.items() if not re.fullmatch(r"-?[\d.]+", value)}
    assert not [key for key, value in text.items() if value.startswith(("=", "+", "-", "@", "\t"))]


def test_csv_places_are_no_formulas():
    done = check("-33.9,151.2", "JNB", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(done.out))
    assert not row["origin"].startswith("-")


# places


@pytest.mark.parametrize("form", ["text", "json"])
def test_places_marks_the_one_a_check_would_take(form):
    done = run_inside("places", "moscow", "--format", form)
    assert done.code == 0
    if form == "json":
        assert [place["iata"] for place in done.json if place["taken"]] == ["SVO"]
        keys = {"iata", "icao", "name", "city", "country", "lat", "lon", "taken"}
        assert all(set(place) == keys for place in done.json)
    else:
        assert [line for line in done.out.splitlines() if line.startswith("*")] == [
            "* SVO UUEE  Sheremetyevo International Airport, Moscow, RU"
        ]
        assert "taken as this" in done.err


def test_places_of_several_words_and_a_limit():
    assert run_inside("places", "port", "au", "prince", "--format", "json").json[0]["iata"] == "PAP"
    assert len(run_inside("places", "san", "--limit", "3", "--format", "json").json) == 3


def test_places_says_that_a_word_is_ambiguous():
    done = run_inside("places", "SIRT")
    assert done.code == 0
    assert "which one is meant" in done.err
    assert "*" not in done.out


def test_places_finds_nothing():
    done = run_inside("places", "qqqqq")
    assert (done.code, done.out) == (2, "")
    assert "nothing found" in done.err
    assert run_inside("places", "qqqqq", "--format", "json").json == []
