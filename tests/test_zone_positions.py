"""Positions at sea and in empty land, where no airport tells the side, lie on their side.

``data/zone-positions.csv`` was written from printed corners and fixes, without looking at the
outlines. Several zones in one row count as one area.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from shapely.geometry import Point, shape

from helpers import REPO

TABLE = Path(__file__).parent / "data" / "zone-positions.csv"
OUTLINES = {
    made["properties"]["id"]: shape(made["geometry"])
    for path in sorted((REPO / "zones").glob("*.geojson"))
    for made in json.loads(path.read_text("utf-8"))["features"]
}
GONE = {"colombia", "turkey-south-east"}


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def name(row: dict[str, str]) -> str:
    return f"{row['zone']} {row['lat']} {row['lon']} {row['side']}"


@pytest.mark.parametrize("row", rows(), ids=name)
def test_position_on_its_side(row: dict[str, str]) -> None:
    place = Point(float(row["lon"]), float(row["lat"]))
    zones = row["zone"].split()
    assert set(zones) <= set(OUTLINES)
    inside = [zone for zone in zones if OUTLINES[zone].contains(place)]
    assert bool(inside) is (row["side"] == "inside"), row["why"]


def test_every_area_has_positions_on_both_sides() -> None:
    sides: dict[str, set[str]] = {}
    for row in rows():
        assert row["why"]
        for zone in row["zone"].split():
            sides.setdefault(zone, set()).add(row["side"])
    assert len(sides) >= 20
    assert all(found == {"inside", "outside"} for found in sides.values())


def test_zones_that_no_notice_describes_are_gone() -> None:
    assert not GONE & set(OUTLINES)
