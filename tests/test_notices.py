"""Every notice of a table transcribed on its own from official lists is found in the set.

``data/notices.csv`` was written from the lists alone, without looking at the zones: a bulletin,
rule or NOTAM that is missing, or has another date, level or height, shows here.

An empty field says nothing. ``issued`` may be a year alone; ``stands_on`` is a day on which the
record was issued and not yet ended; ``ceiling_ft`` ``none`` is without an upper limit;
``exceptions`` is a word of that text. The record is in every zone of ``zones`` (``a|b``: in one of
the two), in some zone at every airport of ``at``, and in none of ``not_zones``.
"""

from __future__ import annotations

import csv
import json
import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import airportsdata
import pytest
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from helpers import REPO, run_inside

TABLE = Path(__file__).parent / "data" / "notices.csv"
DAY = "2026-10-03"


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = rows()
NOTICES = [row for row in ROWS if row["search"]]


def found(search: str) -> list[dict[str, Any]]:
    """Zones with their matching advisories, as the command prints them."""
    run = run_inside("zones", "list", "--reference", search, "--date", DAY, "--format", "json")
    assert run.code == 0
    return run.json


def name(row: dict[str, str]) -> str:
    return f"{row['search']} {row['revision']} {row['area']}"


def dated(row: dict[str, str], record: dict[str, Any]) -> bool:
    """Whether a record is the revision that the row is about, as far as the row says."""
    if not record["issued"].startswith(row["issued"]):
        return False
    if row["expires"] and record["expires"] != row["expires"]:
        return False
    if row["in_force_until"]:
        until = record["ended"] or record["expires"]
        return until is not None and row["in_force_until"] <= until
    if day := row["stands_on"]:
        return record["issued"][:10] <= day < (record["ended"] or "9")
    return True


def matches(row: dict[str, str], record: dict[str, Any]) -> bool:
    if record["issuer"] != row["issuer"] or not dated(row, record):
        return False
    if row["level"] and record["level"] != row["level"]:
        return False
    if row["applies"] and record["applies"] != row["applies"]:
        return False
    if row["exceptions"].casefold() not in record["exceptions"].casefold():
        return False
    wanted_ft = None if row["ceiling_ft"] in ("", "none") else float(row["ceiling_ft"])
    if row["level"] and row["ceiling_ft"] and record["ceiling_ft"] != wanted_ft:
        # "surface to 9,999 ft" is "below 10,000 ft"
        return wanted_ft == 9999 and record["ceiling_ft"] == 10000
    return not row["floor_ft"] or (record["floor_ft"] or 0) == float(row["floor_ft"])


@cache
def outlines() -> dict[str, BaseGeometry]:
    """Every zone's outline, read without the project's own reader."""
    files = sorted((REPO / "zones").glob("*.geojson"))
    documents = [json.loads(path.read_text("utf-8")) for path in files]
    made = [feature for document in documents for feature in document["features"]]
    return {feature["properties"]["id"]: shape(feature["geometry"]) for feature in made}


def zones_at(code: str) -> list[str]:
    airport = airportsdata.load("IATA")[code]
    place = Point(airport["lon"], airport["lat"])
    return [zone for zone, outline in outlines().items() if outline.contains(place)]


def held_by(row: dict[str, str]) -> dict[str, bool]:
    """Zone -> whether it has the record of the row; only zones with the reference at all."""
    return {
        zone["id"]: any(matches(row, record) for record in zone["advisories"])
        for zone in found(row["search"])
    }


def named(row: dict[str, str]) -> set[str]:
    return set(re.split(r"[ |]", row["zones"]))


@pytest.mark.parametrize("row", NOTICES, ids=name)
def test_the_notice_is_in_every_zone_it_names(row: dict[str, str]) -> None:
    held = held_by(row)
    assert held, f"nothing has the reference {row['search']}"
    for zones in row["zones"].split():
        assert any(held.get(zone) for zone in zones.split("|")), (
            f"{name(row)}: {zones} has {_listed(row, set(zones.split('|')))}"
        )
    for code in row["at"].split():
        assert any(held.get(zone) for zone in zones_at(code)), (
            f"{name(row)}: at {code} has {_listed(row, set(zones_at(code)))}"
        )


@pytest.mark.parametrize("row", [r for r in NOTICES if r["not_zones"]], ids=name)
def test_the_notice_is_in_no_zone_outside_its_area(row: dict[str, str]) -> None:
    held = held_by(row)
    assert not [zone for zone in row["not_zones"].split() if held.get(zone)]


@pytest.mark.parametrize("row", [r for r in NOTICES if r["first_issued"]], ids=name)
def test_its_history_begins_with_the_first_issue(row: dict[str, str]) -> None:
    first = {
        record["issued"][:10] for zone in found(row["search"]) for record in zone["advisories"]
    }
    assert row["first_issued"] == min(first)


@pytest.mark.parametrize(
    "row", [r for r in NOTICES if r["in_force_until"] and r["zones"]], ids=name
)
def test_a_withdrawn_notice_stood_to_its_last_day_and_no_longer(row: dict[str, str]) -> None:
    records = [
        record
        for zone in found(row["search"])
        if zone["id"] in named(row)
        for record in zone["advisories"]
        if not row["level"] or record["level"] == row["level"]
        if record["issuer"] == row["issuer"] and record["issued"].startswith(row["issued"])
    ]
    assert records
    assert all(record["ended"] for record in records)
    last = max(record["ended"] for record in records)
    # "ended" is the first day without it: the day after its last, or its successor's first
    assert row["in_force_until"] <= last <= _next_day(row["in_force_until"])


def test_notices_that_are_gone_are_not_found() -> None:
    absent = [row for row in ROWS if not row["search"]]
    assert [row["area"] for row in absent] == ["venezuela"]
    run = run_inside("zones", "show", "venezuela", "--date", DAY, "--format", "json")
    faa = [a for a in run.json["advisories"] if a["issuer"] == "FAA"]
    assert all(a["ended"] and a["ended"] <= DAY for a in faa)


def test_the_table_is_whole() -> None:
    assert len({row["search"] for row in NOTICES}) >= 55
    assert sum(row["issuer"] == "FAA" for row in NOTICES) >= 17
    numbers = {r["search"] for r in NOTICES if re.fullmatch(r"V\d{4}/2\d", r["search"])}
    assert len(numbers) >= 76  # of the United Kingdom, June 2022 to August 2026
    active = [r for r in NOTICES if r["issuer"] == "EASA" and r["expires"] >= DAY]
    assert len({r["search"] for r in active if r["search"].startswith("CZIB")}) == 16


def _short(record: dict[str, Any]) -> str:
    return (
        f"{record['reference']} {record['revision']} {record['level']} {record['ceiling_ft']} "
        f"{record['issued']}..{record['expires']}/{record['ended']}"
    )


def _listed(row: dict[str, str], zones: set[str]) -> dict[str, list[str]]:
    """What zones have under the reference, for the message of a failure."""
    return {
        zone["id"]: [_short(record) for record in zone["advisories"]]
        for zone in found(row["search"])
        if zone["id"] in zones
    }


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
