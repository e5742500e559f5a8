"""The table of attacks on airports: complete, readable, and at the airports it names."""

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime
from importlib import resources

import pytest
from pyproj import Geod

from routecheck import resolve

GEOD = Geod(ellps="WGS84")
COLUMNS = "id date known name lat lon radius_km what source confidence"
KNOWLEDGE = date(2026, 11, 28)
Row = dict[str, str]

TEXT = resources.files("routecheck").joinpath("data", "events.csv").read_text("utf-8")
READER = csv.DictReader(line for line in TEXT.splitlines() if not line.startswith("#"))
ROWS: list[Row] = list(READER)
BY_ID = {row["id"]: row for row in ROWS}
each = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])


def day(row: Row) -> date:
    """Its day (UTC where a time is given); fails if the text is neither a day nor a moment."""
    if "T" not in row["date"]:
        return date.fromisoformat(row["date"])
    assert row["date"].endswith("Z")
    return datetime.fromisoformat(row["date"]).astimezone(UTC).date()


def test_columns_ids_and_order() -> None:
    assert " ".join(READER.fieldnames or ()) == COLUMNS
    assert all(None not in row and None not in row.values() for row in ROWS)
    assert len(BY_ID) == len(ROWS)
    assert [day(row) for row in ROWS] == sorted(day(row) for row in ROWS)
    airports = [(row["name"], day(row)) for row in ROWS]
    assert len(set(airports)) == len(airports), "one row for an airport and a day"


def test_the_head_says_when_the_table_was_made() -> None:
    assert f"Looked for on {KNOWLEDGE.isoformat()}" in TEXT
    assert f"last report held is of {day(ROWS[-1]).isoformat()}" in TEXT


@each
def test_a_row_is_whole(row: Row) -> None:
    assert all(text and text == text.strip() and "\n" not in text for text in row.values())
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*-\d{4}-\d{2}-\d{2}", row["id"])
    assert row["id"].endswith(day(row).isoformat())
    assert row["what"].endswith(".")
    assert re.search(r"\d{4}-\d{2}-\d{2}", row["source"]), "the day of a report"
    assert re.match(r"(firm|good|fair|weak): .", row["confidence"])


@each
def test_an_attack_is_known_no_earlier_than_it_happens(row: Row) -> None:
    known = date.fromisoformat(row["known"])
    assert date(1973, 1, 1) <= day(row) <= known <= KNOWLEDGE
    assert (known - day(row)).days <= 7, "news of it was read, so it was known within days"


@each
def test_it_lies_at_the_airport_it_names(row: Row) -> None:
    lat, lon = float(row["lat"]), float(row["lon"])
    assert -90 <= lat <= 90
    assert -180 <= lon <= 180
    assert 0 < float(row["radius_km"]) <= 500
    code = re.search(r"\(([A-Z]{3,4})\)$", row["name"])
    if code:
        place = resolve(code.group(1))
        assert GEOD.inv(lon, lat, place.lon, place.lat)[2] / 1000 <= 15


def test_the_attacks_of_october_2026_are_held() -> None:
    held = {key for key in BY_ID if "-2026-10-" in key}
    assert held == {
        "jizan-2026-10-05", "najran-2026-10-05", "abha-2026-10-06", "aden-2026-10-07",
        "riyadh-2026-10-07", "riyadh-2026-10-08", "riyadh-2026-10-10",
    }  # fmt: skip


def test_what_is_no_attack_on_an_airport_is_not_held() -> None:
    """Airports taken without a report of fire, and a base without civil traffic."""
    assert not [key for key in BY_ID if re.match(r"mekelle|axum|shire|muwaffaq", key)]
