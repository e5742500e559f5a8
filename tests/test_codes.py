"""Codes mean what they meant on the day of the flight; positions are those that lists agree on."""

from __future__ import annotations

import csv
import math
import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import airportsdata
import pytest

import routecheck as rc
from routecheck.airports import is_code, resolve, search
from routecheck.airports.dated import era, fates, turns
from routecheck.airports.table import table
from routecheck.errors import PlaceError

DATA = Path(__file__).parent / "data" / "places"
SHIPPED = Path(rc.__file__).parent / "data"


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


CODES = lines(SHIPPED / "codes.csv")
POSITIONS = lines(DATA / "positions.csv")


def km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    a, b = math.radians(lat), math.radians(other_lat)
    east = math.radians(other_lon - lon)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(east / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


# By the day of the flight


@pytest.mark.parametrize("case", lines(DATA / "dated.csv"), ids=lambda c: f"{c['word']} {c['on']}")
def test_a_code_is_read_by_the_day(case):
    place = resolve(case["word"], day(case["on"]))
    assert place.code in case["code"].split("|")
    assert km(place.lat, place.lon, float(case["lat"]), float(case["lon"])) < 5
    if case["note"] != "*":
        assert bool(place.note) == bool(case["note"]), place.note
        assert case["note"] in (place.note or "")
    assert not place.guess  # a code is none


def test_turns_are_the_days_between_which_a_code_means_one_thing():
    assert turns("KIV") == (date(2024, 1, 18),)
    assert turns("iata:kiv ") == turns("KIV")
    assert turns("KTI") == (date(2025, 1, 1), date(2025, 9, 9))
    assert turns("FRU") == (date(2025, 9, 1),)  # some day in August
    for word in ("GYD", "UBBB", "Baku", "40.4,50.1", "", "OSM", "Phnom Penh", "XPG"):
        assert turns(word) == ()
    for code in sorted({row["code"] for row in CODES if row["from"] or row["until"]}):
        days = turns(code)
        assert days == tuple(sorted(set(days)))
        assert days
        for turn in days:
            before, on = outcome(code, turn - timedelta(days=1)), outcome(code, turn)
            assert before != on, (code, turn)


def outcome(code: str, on: date | None) -> tuple[str, ...]:
    try:
        place = resolve(code, on)
    except PlaceError as error:
        return ("error", str(error))
    return (place.code, f"{place.lat} {place.lon}", place.note or "")


def test_between_turns_every_day_reads_alike():
    for code in ("KIV", "KTI", "IST", "ISL", "BSZ", "AVR", "JRS", "COV"):
        edges = [date(1990, 1, 1), *turns(code), date(2030, 1, 1)]
        for first, next_one in pairwise(edges):
            days = [first, first + (next_one - first) / 2, next_one - timedelta(days=1)]
            assert len({outcome(code, on) for on in days}) == 1, (code, first)
            assert len({era(code, on) for on in days}) == 1


def test_the_day_of_a_check_reaches_its_places():
    old, new = (rc.check("BKK", "PNH", date=on) for on in ("2025-03-01", "2026-03-01"))
    assert [a.route.destination.code for a in (old, new)] == ["PNH", "KTI"]
    moment = rc.check("BKK", "PNH", date="2025-09-08T23:00:00Z")
    assert moment.route.destination.code == "PNH"
    assert rc.check("LHR-REP", date="2020-01-01").route.destination.code == "REP"
    assert "the airport is KTI now" in (new.route.destination.note or "")


def test_codes_of_other_times_can_be_searched_for():
    for word, first in (("KIV", "RMO"), ("FRU", "BSZ"), ("Chisinau", "RMO"), ("KPBI", "DJT"),
                        ("URFF", "SIP"), ("XPG", "CDG"), ("semera", "SZE"),
                        ("OSM", "OSM")):  # fmt: skip
        assert search(word)[0].iata == first
    assert all(place.country != "UA" for place in search("KIV"))  # no list of Kyiv's airports


# No airports


@pytest.mark.parametrize("case", lines(DATA / "stations.csv"), ids=lambda c: c["word"])
def test_what_is_no_airport_is_said_to_be_what_it_is(case):
    with pytest.raises(PlaceError) as caught:
        resolve(case["word"])
    for part in case["says"].split("|"):
        assert part in str(caught.value)
    if case["instead"]:
        assert f"type {case['instead']}" in str(caught.value)
        assert caught.value.candidates[0].startswith(case["instead"])
    assert is_code(case["word"].removeprefix("iata:"))


@pytest.mark.parametrize("code", ["QLS", "QRZ", "BPR", "SGS", "FRH", "BER", "ANR", "BUS", "NAN"])
def test_airports_stay_airports(code):
    assert resolve(code).iata == code


def test_every_row_that_is_no_airport_is_refused_and_every_other_is_read():
    refused = {"rail", "bus", "harbour", "offline", "retired", "unplaced"}
    kinds: dict[str, set[str]] = {}
    for row in CODES:
        kinds.setdefault(row["code"], set()).add(row["what"])
    for code, whats in kinds.items():
        result = outcome(code, None)
        assert (result[0] == "error") == (whats <= refused), (code, whats, result)
        if result[0] == "error":
            assert "not used" not in result[1]  # not taken for a local identifier


# The table


def test_the_table_of_codes_is_in_order():
    codes = [row["code"] for row in CODES]
    assert codes == sorted(codes)
    whats = {"missing", "renamed", "moved", "new", "earlier", "retired", "occupied", "unplaced",
             "rail", "bus", "harbour", "offline"}  # fmt: skip
    for row in CODES:
        assert row["kind"] == ("iata" if len(row["code"]) == 3 else "icao")
        assert row["what"] in whats
        assert row["source"]
        assert row["seen"]
        assert (row["lat"] == "") == (row["lon"] == "")
        if row["lat"]:
            assert abs(float(row["lat"])) <= 90
            assert abs(float(row["lon"])) <= 180
        if row["what"] in {"renamed", "moved", "new", "occupied"}:
            assert row["successor"]
        if row["what"] == "moved":
            assert row["until"]
            assert row["lat"]
        if row["successor"]:
            assert is_code(row["successor"]), row["code"]
    assert {len(fates(row["code"])) > 0 for row in CODES if row["what"] != "missing"} == {True}


def test_no_code_of_the_package_is_lost():
    lost = [code for code in airportsdata.load("IATA") if outcome(code, None)[0] == "error"]
    assert lost == []
    lost = [code for code in airportsdata.load("ICAO") if code.isalpha() and not is_code(code)]
    assert lost == []


def test_codes_are_unique():
    for what in ("iata", "icao"):
        found = [getattr(row, what) for row in table().rows if getattr(row, what)]
        assert len(found) == len(set(found))


# Positions


def test_the_cases_cover_what_the_package_gets_wrong():
    decisions = {row["decision"] for row in POSITIONS}
    assert decisions == {"kept", "uncertain", "moved", "given to another airport", "by hand"}
    assert len(POSITIONS) > 700
    assert {"NMI", "LHL", "BRU", "LUX", "OSB"} <= {row["code"] for row in POSITIONS}


@pytest.mark.parametrize(
    "decision", ["kept", "uncertain", "moved", "given to another airport", "by hand"]
)
def test_every_airport_that_lists_put_far_apart_is_where_it_was_decided(decision):
    cases = [row for row in POSITIONS if row["decision"] == decision]
    assert cases
    for case in cases:
        place = resolve(case["code"])
        lat, lon = map(float, case["at"].split())
        assert km(place.lat, place.lon, lat, lon) < 1, case["code"]
        doubt = f"uncertain by {case['uncertain_km']} km" if decision == "uncertain" else ""
        assert ("position uncertain" in (place.note or "")) == bool(doubt), case["code"]
        assert doubt in (place.note or "")


# Found in the countries' own publications, not in the lists that were compared.
@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    [("NMI", 18.9944, 73.0703), ("BRU", 50.9014, 4.4844), ("CRL", 50.4592, 4.4538),
     ("LGG", 50.6364, 5.4428), ("OST", 51.1989, 2.8622), ("KJK", 50.8172, 3.2047),
     ("LUX", 49.6266, 6.2115), ("KMG", 25.1019, 102.9292), ("HUE", 13.8300, 36.8800),
     ("LHL", 39.88, 46.37), ("GAE", 33.7333, 9.9167), ("NDA", -4.5214, 129.9048)],
)  # fmt: skip
def test_positions_that_were_wrong_are_right(code, lat, lon):
    for place in (resolve(code), search(code)[0]):
        assert km(place.lat, place.lon, lat, lon) < 3
    icao = resolve(code).icao
    if icao:
        assert resolve(f"icao:{icao}").lat == resolve(code).lat


def test_mumbai_to_its_new_airport_is_24_km():
    assert rc.check("BOM", "NMI", date="2026-10-03").distance_km == pytest.approx(23.7, abs=0.1)


def test_the_cases_that_were_handed_over(tmp_path):
    """The tables of the issue, as an audit and on its command line."""
    table_file = tmp_path / "flights.csv"
    table_file.write_text("from,to,date\nVIE,KIV,2026-10-01\nIST,FRU,2026-10-01\n", "utf-8")
    out = tmp_path / "out.csv"
    run = subprocess.run(
        [sys.executable, "-m", "routecheck", "audit", str(table_file), "-o", str(out)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    rows = lines(out)
    assert [row["dest_iata"] for row in rows] == ["RMO", "BSZ"], run.stderr


def test_a_word_that_happens_to_be_a_code_leaves_a_trace_in_a_table(tmp_path):
    table_file, out = tmp_path / "flights.csv", tmp_path / "out.csv"
    table_file.write_text("from,to,date\nLHR,One,2026-10-01\nLHR,ONE,2026-10-01\n", "utf-8")
    command = [sys.executable, "-m", "routecheck", "audit", str(table_file), "-o", str(out)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "codes are written in capitals" in " ".join(run.stdout.split())
    rows = lines(out)
    assert [row["dest_iata"] for row in rows] == ["ONE", "ONE"]
    assert "One was taken as the code ONE" in rows[0]["place_notes"]
    assert rows[1]["place_notes"] == ""
    strict = [*command[:-1], str(tmp_path / "strict.csv"), "--strict-places"]
    subprocess.run(strict, capture_output=True, text=True, check=False)
    rows = lines(tmp_path / "strict.csv")
    assert "give a code, as ONE" in rows[0]["error"]
    assert rows[1]["error"] == ""
