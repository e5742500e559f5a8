"""Every notice of a table transcribed on its own from official lists is found in the set.

``data/notices.csv`` was written from the lists alone, without looking at the zones: a bulletin,
rule or NOTAM that is missing, or has another date, level or height, shows here.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from helpers import run_inside

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
    if row["issued"] and record["issued"][:10] != row["issued"]:
        return False
    if row["expires"] and record["expires"] != row["expires"]:
        return False
    if row["in_force_until"]:
        until = record["ended"] or record["expires"]
        return until is not None and row["in_force_until"] <= until
    return True


def matches(row: dict[str, str], record: dict[str, Any]) -> bool:
    if record["issuer"] != row["issuer"] or not dated(row, record):
        return False
    if row["level"] and record["level"] != row["level"]:
        return False
    wanted_ft = float(row["ceiling_ft"]) if row["ceiling_ft"] else None
    if row["level"] and row["ceiling_ft"] and record["ceiling_ft"] != wanted_ft:
        # "surface to 9,999 ft" is "below 10,000 ft"
        return wanted_ft == 9999 and record["ceiling_ft"] == 10000
    return not row["floor_ft"] or (record["floor_ft"] or 0) == float(row["floor_ft"])


@pytest.mark.parametrize("row", NOTICES, ids=name)
def test_the_notice_is_in_every_zone_it_names(row: dict[str, str]) -> None:
    listed = {zone["id"]: zone["advisories"] for zone in found(row["search"])}
    assert listed, f"nothing has the reference {row['search']}"
    for zone in row["zones"].split():
        assert zone in listed, f"{row['search']} is not attached to {zone}"
        assert any(matches(row, record) for record in listed[zone]), (
            f"{name(row)}: {zone} has {[_short(r) for r in listed[zone]]}"
        )


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
        if zone["id"] in row["zones"].split()
        for record in zone["advisories"]
        if not row["level"] or record["level"] == row["level"]
    ]
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
    active = [r for r in NOTICES if r["issuer"] == "EASA" and r["expires"] >= DAY]
    assert len({r["search"] for r in active if r["search"].startswith("CZIB")}) == 16


def _short(record: dict[str, Any]) -> str:
    return (
        f"{record['reference']} {record['revision']} {record['level']} {record['ceiling_ft']} "
        f"{record['issued']}..{record['expires']}/{record['ended']}"
    )


def _next_day(day: str) -> str:
    from datetime import date, timedelta

    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
