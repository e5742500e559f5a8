"""The table of aircraft that were hit: complete, readable, and in line with the fact sheet."""

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime
from importlib import resources
from itertools import pairwise

import numpy as np
import pytest
from pyproj import Geod

from routecheck import Airport, resolve

GEOD = Geod(ellps="WGS84")
COLUMNS = (
    "id when flight operator aircraft origin via destination route_text hit_lat hit_lon"
    " position_km hit_ft phase weapon weapon_text killed on_board status disputed off_course"
    " counted why_not_counted warned confidence source notes known known_source"
)
KNOWLEDGE = date(2026, 11, 28)  # of the day on which a hit was known; the table's head says so
Row = dict[str, str]


def table(name: str) -> tuple[list[str], list[Row]]:
    text = resources.files("routecheck").joinpath("data", name).read_text("utf-8")
    reader = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    rows = list(reader)
    return list(reader.fieldnames or ()), rows


HEADER, ROWS = table("incidents.csv")
WEAPONS = {row["id"] for row in table("weapons.csv")[1]}
BY_ID = {row["id"]: row for row in ROWS}
each = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])


def moment(row: Row) -> date:
    """Its day (UTC where a time is given); fails if the text is neither a day nor a moment."""
    if "T" not in row["when"]:
        return date.fromisoformat(row["when"])
    assert row["when"].endswith("Z")
    return datetime.fromisoformat(row["when"]).astimezone(UTC).date()


def words(row: Row) -> list[str]:
    return [word for word in (row["origin"], *row["via"].split(), row["destination"]) if word]


def replayable(row: Row) -> bool:
    return bool(row["origin"] and row["destination"])


def point(place: Airport) -> tuple[float, float]:
    return place.lat, place.lon


def leg_km(lat: float, lon: float, start: tuple[float, float], end: tuple[float, float]) -> float:
    """From a place to the geodesic between two others, km: sampled, then more finely."""
    azimuth, _, length = GEOD.inv(start[1], start[0], end[1], end[0])
    low, high, away = 0.0, length, np.zeros(1)
    for _ in range(3):
        at = np.linspace(low, high, 1001)
        same = np.ones_like(at)
        lons, lats, _ = GEOD.fwd(start[1] * same, start[0] * same, azimuth * same, at)
        away = np.asarray(GEOD.inv(lons, lats, lon * same, lat * same)[2])
        nearest, step = at[int(np.argmin(away))], (high - low) / 1000
        low, high = max(nearest - step, 0.0), min(nearest + step, length)
    return float(away.min()) / 1000


def off_km(row: Row, lat: float, lon: float) -> float:
    places = [point(resolve(word)) for word in words(row)]
    return min(leg_km(lat, lon, *pair) for pair in pairwise(places))


def test_columns_and_ids() -> None:
    assert " ".join(HEADER) == COLUMNS
    assert all(None not in row and None not in row.values() for row in ROWS)
    assert len(BY_ID) == len(ROWS)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in BY_ID)
    assert [moment(row) for row in ROWS] == sorted(moment(row) for row in ROWS)


def test_enough_of_them_can_be_replayed() -> None:
    recent = [row for row in ROWS if moment(row) >= date(1983, 1, 1) and replayable(row)]
    assert len(recent) >= 20
    assert sum(row["counted"] == "yes" for row in recent) >= 20


@each
def test_what_a_row_says_is_of_its_kind(row: Row) -> None:
    assert date(1973, 1, 1) <= moment(row) <= date(2026, 11, 20)
    assert all(text == text.strip() and "\n" not in text for text in row.values())
    assert row["status"] in {"civil", "state", "military", ""}
    assert row["phase"] in {"approach", "departure", "cruise", "ground"}
    assert row["confidence"] in {"firm", "good", "fair", "recall", "weak"}
    assert {row[key] for key in ("disputed", "off_course", "counted")} <= {"yes", "no"}
    assert row["weapon"] in WEAPONS | {""}
    for key in ("operator", "route_text", "weapon_text", "warned", "source", "notes"):
        assert row[key], key


@each
def test_an_attack_is_known_no_earlier_than_it_happens(row: Row) -> None:
    assert bool(row["known"]) == bool(row["known_source"])
    if row["known"]:
        assert moment(row) <= date.fromisoformat(row["known"]) <= KNOWLEDGE
        assert re.match(r"(firm|good|fair|weak): .", row["known_source"])


def test_days_of_knowledge_follow_the_sources() -> None:
    days = {key: BY_ID[key]["known"] for key in BY_ID}
    # said on the same day, on the next one, long after, and never by a source that was read
    assert days["mh17"] == "2014-07-17"
    assert days["ir655"] == "1988-07-03"
    assert days["j2-8243"] == "2024-12-25"
    assert days["ps752"] == "2020-01-09"
    assert days["ke007"] == "1983-09-01"
    assert days["ln602"] > "2012"
    assert days["ih870"] == days["ke902"] == ""
    assert sum(1 for day in days.values() if day) >= 35


@each
def test_numbers(row: Row) -> None:
    assert bool(row["hit_lat"]) == bool(row["hit_lon"]) == bool(row["position_km"])
    if row["hit_lat"]:
        assert -90 <= float(row["hit_lat"]) <= 90
        assert -180 <= float(row["hit_lon"]) <= 180
        assert 0 < float(row["position_km"]) <= 80
    if row["hit_ft"]:
        assert 0 <= float(row["hit_ft"]) <= 45_000
        assert row["phase"] != "cruise" or float(row["hit_ft"]) >= 10_000
    if row["killed"] and row["on_board"]:
        assert 0 <= int(row["killed"]) <= int(row["on_board"])
    assert all(int(row[key]) >= 0 for key in ("killed", "on_board") if row[key])


@each
def test_what_is_not_counted_says_why(row: Row) -> None:
    barred = row["disputed"] == "yes" or row["phase"] == "ground" or row["status"] != "civil"
    assert barred == (row["counted"] == "no") == bool(row["why_not_counted"])


@each
def test_places_are_the_right_ones(row: Row) -> None:
    """Each place resolves to what ``route_text`` names; who was hit near one, was near it."""
    for word in words(row):
        place = resolve(word, date.fromisoformat(row["when"][:10]))
        if "," not in word:
            assert place.iata == word
            assert OTHER_NAME.get(word, place.city) in row["route_text"], place
    end = {"approach": "destination", "departure": "origin"}.get(row["phase"], "")
    if row["hit_lat"] and row.get(end):
        place = resolve(row[end])
        hit = float(row["hit_lon"]), float(row["hit_lat"])
        away = GEOD.inv(place.lon, place.lat, *hit)[2] / 1000
        assert away <= 100, f"{row['phase']}, but {away:.0f} km from {row[end]}"


OTHER_NAME = {
    "AWZ": "Ahvaz",
    "BAH": "Bahrain",
    "EBB": "Entebbe",
    "JIB": "Djibouti",
    "KDH": "Kandahar",
    "MMZ": "Maimana",
    "MZR": "Mazar-i-Sharif",
}
"""Where the airport table has another city, or none."""


OFF_KM = {
    "ln114": 128,
    "ih870": 20,
    "ke007": 253,
    "ir655": 4,
    "tu134-65893": 0,
    "tu154-85163": 0,
    "9xr-nn": 0,
    "ln602": 14,
    "s7-1812": 568,
    "iz582": 0,
    "oo-dll": 0,
    "ew-78826": 0,
    "ew-78849": 0,
    "mh17": 198,
    "ps752": 10,
    "nk951": 0,
    "j2-8243": 18,
}
"""From the direct line to the place of the hit, km, as the fact sheet has computed it."""


@pytest.mark.parametrize("key", OFF_KM)
def test_distances_from_the_direct_line_are_those_of_the_fact_sheet(key: str) -> None:
    row = BY_ID[key]
    found = off_km(row, float(row["hit_lat"]), float(row["hit_lon"]))
    # "about 0" stands for: at the airport, within what is known of the place
    slack = float(row["position_km"]) if OFF_KM[key] == 0 else 1 + 0.01 * OFF_KM[key]
    assert found == pytest.approx(OFF_KM[key], abs=slack)


def test_the_korean_707_of_1978_was_more_than_1000_km_off_its_route() -> None:
    assert off_km(BY_ID["ke902"], 66.05, 33.07) > 1000
    assert {row["id"] for row in ROWS if row["off_course"] == "yes"} == {"ln114", "ke902", "ke007"}


def test_the_line_from_baku_to_grozny() -> None:
    """A figure of the fact sheet that needs no hit: it shows that both measure the same way."""
    start, end = point(resolve("GYD")), point(resolve("GRV"))
    assert GEOD.inv(start[1], start[0], end[1], end[0])[2] / 1000 == pytest.approx(485, abs=1)
