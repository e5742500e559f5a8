"""The evidence record (schema 1), GeoJSON and CSV: what is in them, and that it is documented."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

import routecheck as rc
from helpers import DATE, REPO, ROUTES, check, run_inside
from routecheck.report.table import COLUMNS

PLACE = {"input", "iata", "icao", "name", "lat", "lon", "note"}
CONTRACT: dict[str, set[str]] = {  # where: keys that section 5 of the design promises there
    "": {
        "schema", "version", "checked_at", "route", "verdict", "reason", "score", "as_of",
        "exposures", "nearest", "advice", "zones", "caveats",
    },
    "route": {"from", "to", "via", "path", "distance_km", "duration_min", "cruise_ft", "date"},
    "route.from": PLACE,
    "route.to": PLACE,
    "route.via.*": PLACE,
    "exposures.*": {
        "zone", "name", "kind", "verdict", "level", "inside_km", "inside_min", "buffered_km",
        "buffered_min", "buffer_km", "closest_km", "closest_point", "zone_point", "intervals",
        "at_endpoint", "score_share", "borderline", "weapons", "advisories",
    },
    "exposures.*.intervals.*": {"where", "enter_km", "exit_km", "enter_min", "exit_min"},
    "exposures.*.advisories.*": {
        "issuer", "reference", "level", "binds", "floor_ft", "ceiling_ft", "issued", "expires",
        "lapsed", "exceptions", "confidence", "url",
    },
    "exposures.*.event": {
        "id", "date", "known", "lat", "lon", "radius_km", "what", "source", "confidence",
    },
    "nearest": {"zone", "km"},
    "advice.*": {"topic", "text", "links"},
    "zones": {"dataset", "as_of", "age_days", "sha256", "count"},
}  # fmt: skip
ALLOWED = {
    "schema": {1},
    "verdict": {"avoid", "caution", "watch", "clear", "unknown"},
    "reason": {"endpoint", "overflight", "near", "none"},
    "route.path": {"great-circle", "waypoints", "track"},
    "exposures.*.verdict": {"avoid", "caution", "watch"},
    "exposures.*.level": {"avoid", "caution", "watch"},
    "exposures.*.intervals.*.where": {"inside", "buffer"},
    "exposures.*.at_endpoint": {None, "origin", "destination", "both", "stop"},
    "exposures.*.borderline": {True, False},
    "advice.*.topic": {"safety", "flight-path", "legal", "official"},
}
ROLES = {
    "route": {"role", "where", "leg", "enter_km", "exit_km", "zones"},
    "place": {"role", "code", "name", "input"},
    "zone": {"role", "id", "name", "kind", "verdict", "level", "buffer_km", "event"},
    "closest": {"role", "zone", "closest_km"},
}
EVERY_ROUTE = pytest.mark.parametrize("route", ROUTES, ids="-".join)


def objects(value: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object in a record, with where it is; items of lists are all called ``*``."""
    if isinstance(value, dict):
        yield where, value
        for key, inner in value.items():
            yield from objects(inner, f"{where}.{key}".lstrip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from objects(inner, f"{where}.*")


# JSON


@EVERY_ROUTE
def test_contract_keys_are_present_at_every_level(route):
    seen = set()
    for where, found in objects(check(*route, "--json").json):
        assert CONTRACT[where] <= found.keys(), where
        seen.add(where)
    assert {"", "route", "route.from", "route.to", "zones", "nearest"} <= seen


def test_contract_names_every_object_that_occurs():
    found = {where for route in ROUTES for where, _ in objects(check(*route, "--json").json)}
    assert found == CONTRACT.keys()


@EVERY_ROUTE
def test_words_are_of_the_vocabulary(route):
    for where, found in objects(check(*route, "--json").json):
        for key, value in found.items():
            name = f"{where}.{key}".lstrip(".")
            if name in ALLOWED:
                assert value in ALLOWED[name], name


@EVERY_ROUTE
def test_figures_of_a_record_agree(route):
    record = check(*route, "--json").json
    total_km, total_min = (record["route"][key] for key in ("distance_km", "duration_min"))
    ranks = []
    for e in record["exposures"]:
        assert 0 <= e["inside_km"] <= e["buffered_km"] <= total_km + 0.001
        assert 0 <= e["inside_min"] <= e["buffered_min"] <= total_min + 0.1
        assert (e["closest_km"] == 0) == (e["closest_point"] == e["zone_point"])
        assert e["closest_km"] <= max(e["buffer_km"], 50)
        for kinds, total in ((("inside",), "inside"), (("inside", "buffer"), "buffered")):
            spans = [i for i in e["intervals"] if i["where"] in kinds]
            slack = 0.001 * (len(spans) + 1)
            assert sum(i["exit_km"] - i["enter_km"] for i in spans) == pytest.approx(
                e[f"{total}_km"], abs=slack
            )
        for before, after in pairwise(e["intervals"]):
            assert before["exit_km"] <= after["enter_km"] + 0.001
        ranks.append((-e["score_share"], e["closest_km"], e["zone"]))
        assert len(e["closest_point"]) == 2
        assert abs(e["closest_point"][1]) <= 90
    assert [rank[0] for rank in ranks] == sorted(rank[0] for rank in ranks)
    shares = sum(e["score_share"] for e in record["exposures"])
    has_dose = any(e["buffered_km"] > 0 for e in record["exposures"])
    assert shares == pytest.approx(1 if has_dose else 0, abs=0.005)
    if record["exposures"]:
        least = min(e["closest_km"] for e in record["exposures"])
        assert record["nearest"]["km"] == least
    assert record["as_of"] == record["zones"]["as_of"]
    assert re.fullmatch(r"[0-9a-f]{64}", record["zones"]["sha256"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", record["checked_at"])


@EVERY_ROUTE
def test_bands_of_the_score(route):
    record = check(*route, "--json").json
    bands = {"avoid": (67, 100), "caution": (34, 66), "watch": (1, 33), "clear": (0, 0)}
    low, high = bands[record["verdict"]]
    assert low <= record["score"] <= high
    assert bool(record["advice"]) == (record["verdict"] != "clear")


@EVERY_ROUTE
def test_exposures_are_in_the_order_of_the_contract(route):
    """By score share, then distance, then id; shares as they are, before they are rounded."""
    found = rc.check(*route, date=DATE).exposures
    ranks = [(-e.score_share, e.closest_km, e.zone.id) for e in found]
    assert ranks == sorted(ranks)


def test_the_same_question_has_the_same_answer():
    one, two = (run_inside("BAK", "GRV", "--json", "--date", DATE).json for _ in range(2))
    del one["checked_at"], two["checked_at"]
    assert one == two


def test_a_record_is_plain_json():
    """No NaN, no infinity, nothing a strict reader would refuse."""
    for route in ROUTES:
        text = check(*route, "--json").out
        json.loads(text, parse_constant=pytest.fail)


# GeoJSON


@EVERY_ROUTE
def test_geojson_roles(route):
    collection = check(*route, "--format", "geojson").json
    record = check(*route, "--json").json
    features = collection["features"]
    for feature in features:
        properties = feature["properties"]
        assert properties.keys() == ROLES[properties["role"]]
        assert feature["geometry"]["coordinates"]
    pieces = [f["properties"] for f in features if f["properties"]["role"] == "route"]
    assert pieces[0]["enter_km"] == 0
    assert pieces[-1]["exit_km"] == pytest.approx(record["route"]["distance_km"], abs=0.001)
    assert all(a["exit_km"] == b["enter_km"] for a, b in pairwise(pieces))
    for piece in pieces:
        assert piece["where"] in ("outside", "buffer", "inside")
        assert bool(piece["zones"]) == (piece["where"] != "outside")
    zones = [f["properties"]["id"] for f in features if f["properties"]["role"] == "zone"]
    assert zones == [e["zone"] for e in record["exposures"]]
    places = [f["properties"]["input"].strip() for f in features
              if f["properties"]["role"] == "place"]  # fmt: skip
    assert places == [*route]
    assert collection["routecheck"]["verdict"] == record["verdict"]


def test_geo_interface_is_the_geojson():
    a = rc.check("BAK", "GRV", date=DATE)
    assert a.__geo_interface__ == a.to_geojson()


# CSV


@EVERY_ROUTE
def test_csv_row(route):
    done = check(*route, "--format", "csv")
    record = check(*route, "--json").json
    lines = done.out.splitlines()
    assert lines[0] == ",".join(COLUMNS)
    (row,) = csv.DictReader(io.StringIO(done.out))
    assert row["verdict"] == record["verdict"]
    assert float(row["score"]) == record["score"]
    assert float(row["route_km"]) == record["route"]["distance_km"]
    assert row["error"] == ""
    if record["exposures"]:
        worst = record["exposures"][0]
        assert row["worst_zone"] == worst["zone"]
        assert float(row["inside_km"]) == worst["inside_km"]


# docs/json.md


def documented() -> set[str]:
    """Words in code marks in docs/json.md."""
    text = (REPO / "docs" / "json.md").read_text(encoding="utf-8")
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return {word for span in re.findall(r"`([^`]+)`", prose) for word in re.split(r"[\s.,]+", span)}


def test_every_key_is_documented():
    words = ("BAK", "GRV", "MOW", "--compare", "2024-12-24", "--format")
    keys = {
        key
        for form in ("json", "geojson")
        for _, found in objects(check(*words, form).json)
        for key in found
    }
    missing = {key for key in keys if key not in documented()}
    assert not missing


def test_every_csv_column_and_role_is_documented():
    assert not {*COLUMNS, *ROLES} - documented()


def test_every_word_of_the_vocabulary_is_documented():
    words = {word for values in ALLOWED.values() for word in values if isinstance(word, str)}
    assert not words - documented()


def test_example_of_the_documentation_is_a_real_record():
    """The example is the record of a check, cut: whatever it shows is still so."""
    text = (REPO / "docs" / "json.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```json\n(.*?)```", text, flags=re.DOTALL)
    example = json.loads(blocks[0])
    real = check("BAK", "GRV", "--json").json

    def agree(shown: Any, found: Any, where: str) -> None:
        if where.endswith(("checked_at", "version", "sha256", "zones.count")):
            return
        if isinstance(shown, dict):
            assert shown.keys() <= found.keys(), where
            for key in shown:
                agree(shown[key], found[key], f"{where}.{key}")
        elif isinstance(shown, list):
            for one, other in zip(shown, found, strict=False):
                agree(one, other, f"{where}.*")
        elif isinstance(shown, str) and shown.endswith("…"):
            assert found.startswith(shown[:-1]), where
        else:
            assert shown == found, where

    agree(example, real, "")
