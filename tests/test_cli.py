"""Checks on the command line: places, options, formats, and what is never printed."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import routecheck as rc
from helpers import DATE, ROUTES, check, run_inside, zone_text

FORMATS = ("text", "json", "geojson", "csv")
BAKU = ("BAK", "GRV")

LEVELS = ("watch", "caution", "avoid")
HELP_PAGES = (
    ("--help",),
    ("check", "--help"),
    ("audit", "--help"),
    ("zones", "--help"),
    ("zones", "list", "--help"),
    ("zones", "show", "--help"),
    ("zones", "lint", "--help"),
    ("zones", "diff", "--help"),
    ("zones", "export", "--help"),
    ("places", "--help"),
    ("replay", "--help"),
    ("completion", "--help"),
)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def route_of(*words: str) -> str:
    """The codes that words were taken for, joined by dashes."""
    return check(*words, "--format", "geojson").json["routecheck"]["route"]


def too_wide(text: str) -> list[str]:
    """Lines over 80 columns that are not just one long link."""
    link = re.compile(r"\s*https?://\S+")
    return [line for line in text.splitlines() if len(line) > 80 and not link.fullmatch(line)]


# Formats


@pytest.mark.parametrize("compare", [(), ("--compare", "2024-12-24")], ids=["check", "compare"])
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_of_every_kind_of_check(form, compare):
    done = check(*BAKU, "--format", form, *compare)
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("\n")
    if form == "text":
        assert done.out.startswith("AVOID: Grozny (GRV) lies inside")
        assert ("CHANGES from 2024-12-24 to 2026-11-20" in done.out) == bool(compare)
        assert bool(re.search(r"added\W+EASA CZIB 2025-01", done.out)) == bool(compare)
    elif form == "csv":
        rows = rows_of(done.out)
        assert [row["date"] for row in rows] == ["2024-12-24", DATE] if compare else [DATE]
        assert {row["verdict"] for row in rows} == {"avoid"}
    else:
        record = done.json
        assert ("compare" in record) == bool(compare)
        assert (record.get("type") == "FeatureCollection") == (form == "geojson")


def test_json_flag_is_short_for_the_format():
    long, short = (check(*BAKU, *words).json for words in (("--format", "json"), ("--json",)))
    assert {**long, "checked_at": ""} == {**short, "checked_at": ""}


def test_check_verb_may_be_left_out():
    plain, verbal = check(*BAKU), check("check", *BAKU)
    assert plain == verbal
    assert run_inside("--date", DATE, *BAKU) == plain


def test_command_line_and_library_agree():
    printed = check(*BAKU, "--json").json
    called = json.loads(json.dumps(rc.check(*BAKU, date=DATE).to_dict()))
    assert {**printed, "checked_at": ""} == {**called, "checked_at": ""}


def test_first_things_first():
    """The example of the first page: what a reader sees before the rest."""
    out = check(*BAKU).out
    assert "BAK is the city code of Baku; its main airport GYD was taken" in out
    assert "485 km great circle, about 41 min" in out
    assert "297 km and 25 min inside" in out
    assert "EASA CZIB 2025-01 R3 (issued 2026-07-24)" in " ".join(out.split())
    assert "https://www.flightradar24.com/" in out
    assert out.index("AVOID") < out.index("WHY") < out.index("WHAT TO DO") < out.index("BEFORE YOU")


@pytest.mark.parametrize("route", ROUTES, ids="-".join)
@pytest.mark.parametrize("units", ["km", "nm"])
def test_text_fits_80_columns(route, units):
    done = check(*route, "--units", units, "--compare", "2025-06-01")
    assert done.code == 0
    assert not too_wide(done.out)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("route", ROUTES, ids="-".join)
def test_nothing_promises_too_much(route, form):
    """No result is called safe (the site Safe Airspace aside), and no score is a percentage."""
    for done in (check(*route, "--format", form), check(*route, "--format", form, "--quiet")):
        text = " ".join((done.out + done.err).split()).replace("Safe Airspace", "")
        assert not re.search(r"\bsafe\b", text, re.IGNORECASE)
        assert not re.search(r"score.{0,30}\d\s*%", text, re.IGNORECASE)
        assert not re.search(r"\d\s*%", done.out)


def test_units_change_lengths_only():
    km, nm = check(*BAKU).out, check(*BAKU, "--units", "nm").out
    assert "485 km great circle" in km
    assert "262 nm great circle" in nm
    assert "160 nm and 25 min inside" in nm
    assert check(*BAKU, "--json", "--units", "nm").json["route"]["distance_km"] == 484.965


def test_quiet_prints_the_verdict_line_and_no_warnings(tmp_path):
    doubtful = tmp_path / "doubtful.geojson"
    doubtful.write_text(zone_text(kind="conflct"), encoding="utf-8")
    loud = check(*BAKU, "--zones", str(doubtful))
    quiet = check(*BAKU, "--zones", str(doubtful), "--quiet")
    assert "warning: " in loud.err
    assert quiet.err == ""
    assert quiet.out.splitlines() == ["AVOID: Grozny (GRV) lies inside Box."]
    assert check(*BAKU, "-q").out == check(*BAKU, "--quiet").out


# Places


@pytest.mark.parametrize(
    ("words", "route"),
    [
        (("-33.9,151.2", "JNB"), "-33.9,151.2-JNB"),
        (("JNB", "-33.9,151.2"), "JNB--33.9,151.2"),
        (("JNB", "-33.9, -151.2"), "JNB--33.9,-151.2"),
        (("check", "JNB", "-33.9,151.2"), "JNB--33.9,151.2"),
        (("43.3,45.7", "port au prince"), "43.3,45.7-PAP"),
        (("GYD-GRV-MOW",), "GYD-GRV-SVO"),
        (("gyd-grv-mow",), "GYD-GRV-SVO"),
        (("GYD-GRV", "IST"), "GYD-GRV-IST"),
        (("port-au-prince", "JFK"), "PAP-JFK"),
        (("UBBB", "grv"), "GYD-GRV"),
        (("heydar aliyev", " GRV "), "GYD-GRV"),
        (("LON", "NYC"), "LHR-JFK"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_words_become_a_route(words, route):
    assert route_of(*words) == route


def test_input_is_recorded_as_it_was_typed():
    record = check("-33.9,151.2", "JNB", "--json").json
    assert record["route"]["from"]["input"] == "-33.9,151.2"


def test_a_name_that_is_also_a_command_is_still_a_command():
    assert run_inside("zones").out.startswith("Usage: routecheck zones")


@pytest.mark.parametrize("code", ["ZONES", "CHECK", "PLACES", "COMPLETION"])
def test_no_command_can_be_taken_for_a_code(code):
    assert len(code) >= 5


# Date, zones, issuers, levels


def test_today_in_utc_is_the_default_date():
    before = datetime.now(UTC).date().isoformat()
    date = run_inside(*BAKU, "--json").json["route"]["date"]
    after = datetime.now(UTC).date().isoformat()
    assert date in (before, after)


def test_a_moment_is_kept_as_one():
    done = run_inside(*BAKU, "--json", "--date", "2024-12-25T05:13Z")
    assert done.json["route"]["date"] == "2024-12-25T05:13:00Z"


def test_the_date_travels_in_time():
    then = run_inside(*BAKU, "--json", "--date", "2024-12-24").json
    issuers = {a["issuer"] for e in then["exposures"] for a in e["advisories"]}
    assert issuers == {"Canada", "France"}
    long_ago = run_inside(*BAKU, "--json", "--date", "2010-01-01").json
    assert (long_ago["verdict"], long_ago["score"]) == ("unknown", None)
    assert "2025-02-01" in long_ago["headline"]


def test_max_age_days_decides_between_clear_and_unknown():
    late = ("LHR", "JFK", "--json", "--date", "2027-03-01")
    assert run_inside(*late).json["verdict"] == "unknown"
    assert run_inside(*late, "--max-age-days", "149").json["verdict"] == "clear"
    assert run_inside(*late, "--max-age-days", "148").json["verdict"] == "unknown"


def test_zones_replace_and_add_zones_join(tmp_path):
    one, two = tmp_path / "one.geojson", tmp_path / "two.geojson"
    one.write_text(zone_text(id="one", corner=(46, 41)), encoding="utf-8")
    two.write_text(zone_text(id="two", corner=(48, 39.5)), encoding="utf-8")

    def met(*words: str) -> set[str]:
        return {e["zone"] for e in check(*BAKU, "--json", *words).json["exposures"]}

    assert met("--zones", str(one)) == {"one"}
    assert met("--zones", str(one), "--zones", str(two)) == {"one", "two"}
    assert met("--zones", str(tmp_path)) == {"one", "two"}
    assert met("--zones", str(one), "--add-zones", str(two)) == {"one", "two"}
    builtin = met()
    assert "north-caucasus" in builtin
    assert met("--add-zones", str(one), "--add-zones", str(two)) == builtin | {"one", "two"}


def test_zones_from_standard_input():
    done = run_inside(*BAKU, "--json", "--date", DATE, "--zones", "-", stdin=zone_text(id="box"))
    assert done.code == 0
    assert [e["zone"] for e in done.json["exposures"]] == ["box"]
    added = run_inside(*BAKU, "--json", "--date", DATE, "--add-zones", "-", stdin=zone_text(id="b"))
    assert {"b", "north-caucasus"} <= {e["zone"] for e in added.json["exposures"]}


def test_your_own_zone_has_no_date_and_is_always_in_force(tmp_path):
    own = tmp_path / "own.geojson"
    own.write_text(zone_text(), encoding="utf-8")
    record = run_inside(*BAKU, "--json", "--date", "1999-12-31", "--zones", str(own)).json
    assert (record["verdict"], record["as_of"]) == ("avoid", None)
    assert record["zones"]["age_days"] is None


def test_issuers_keep_only_their_advisories():
    record = check(*BAKU, "--json", "--issuers", "France, Canada").json
    assert {a["issuer"] for e in record["exposures"] for a in e["advisories"]} == {
        "France",
        "Canada",
    }
    assert any("France, Canada" in caveat for caveat in record["caveats"])
    assert check(*BAKU, "--json", "--issuers", "France").json["verdict"] == "caution"


def test_an_issuer_that_no_zone_knows_is_not_clear():
    assert check(*BAKU, "--issuers", "ESAA", "--quiet").code == 2


@pytest.mark.parametrize(
    ("text", "feet"), [("FL250", 25_000), ("fl250", 25_000), ("250", 25_000), ("24000ft", 24_000)]
)
def test_cruise_level(text, feet):
    assert check("LHR", "JFK", "--json", "--cruise", text).json["route"]["cruise_ft"] == feet


def test_speed_changes_the_time():
    slow, fast = (check("LHR", "JFK", "--json", "--speed", kt).json for kt in ("300", "460"))
    assert slow["route"]["duration_min"] > fast["route"]["duration_min"] + 60
    assert slow["route"]["distance_km"] == fast["route"]["distance_km"]


def test_watch_km_widens_the_view():
    near = ("SVX", "OVB", "--json")
    assert check(*near).json["verdict"] == "watch"
    assert check(*near, "--watch-km", "40").json["verdict"] == "clear"
    wide = check("IST", "TBS", "--json", "--watch-km", "400").json
    assert wide["verdict"] == "watch"
    assert all(e["closest_km"] <= 400 for e in wide["exposures"])


def test_compare_takes_the_dates_in_either_order():
    later = run_inside(*BAKU, "--json", "--date", "2024-12-24", "--compare", DATE).json
    earlier = run_inside(*BAKU, "--json", "--date", DATE, "--compare", "2024-12-24").json
    assert later["compare"] == earlier["compare"]
    assert later["compare"]["from"] == "2024-12-24"
    assert later["route"]["date"] == "2024-12-24"
    same = check(*BAKU, "--compare", DATE)
    assert "no advisory on this route was added" in same.out


# Help


@pytest.mark.parametrize("columns", [80, 200])
@pytest.mark.parametrize("words", HELP_PAGES, ids=" ".join)
def test_help(words, columns):
    done = run_inside(*words, columns=columns)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Usage: routecheck")
    assert not too_wide(done.out)
    short = run_inside(*words[:-1], "-h", columns=columns)
    assert short == done


def test_version():
    done = run_inside("--version")
    assert done.code == 0
    assert done.out == f"routecheck, version {rc.__version__}\n"


def test_no_arguments_print_the_help():
    assert run_inside().out.strip() == run_inside("--help").out.strip()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(shell):
    done = run_inside("completion", shell)
    assert (done.code, done.err) == (0, "")
    assert "_ROUTECHECK_COMPLETE" in done.out
    assert f"{shell}_complete" in done.out


def test_every_help_page_is_listed_here():
    from routecheck.cli.main import cli

    pages = {("--help",)}
    for name, one in cli.commands.items():
        pages.add((name, "--help"))
        pages |= {(name, sub, "--help") for sub in getattr(one, "commands", {})}
    assert pages == set(HELP_PAGES)


def test_paths_may_be_odd(tmp_path):
    odd = tmp_path / "zöne file\u202e.geojson"
    odd.write_text(zone_text(), encoding="utf-8")
    assert check(*BAKU, "--quiet", "--zones", str(odd)).code == 0
    missing = Path(str(odd) + "\x1b[31m")
    done = check(*BAKU, "--zones", str(missing))
    assert done.code == 2
    assert "\x1b" not in done.err
    assert "\u202e" not in done.err
