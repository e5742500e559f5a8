"""Degenerate cases as data: each file of ``tests/data/geometry`` is measured, README there."""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path
from typing import Any

import pytest
from geographiclib.geodesic import Geodesic

import routecheck as rc
from shapes import GEOD, zone_set

FOLDER = Path(__file__).parent / "data" / "geometry"
FILES = sorted(FOLDER.glob("*.json"))

WGS84 = Geodesic.WGS84

TOLERANCE_M = 5.0
"""Edges along parallels are followed to 2 m, at both ends of a length, and the engine may be 1 m
off; 10 m are promised for each end."""

KEYS = {
    "title", "why", "source", "route", "routes", "zone", "zones", "encodings", "buffer_km",
    "within_km", "expect", "error", "tolerance_m",
}  # fmt: skip
LENGTHS = ("inside_km", "buffered_km", "closest_km")


# --- the small language of expected numbers -----------------------------------------------------


def numbers(items: list[Any]) -> list[float]:
    """Coordinates, of which pairs may be given as expressions."""
    out: list[float] = []
    for item in items:
        out += place(item) if isinstance(item, dict) else [float(item)]
    return out


def place(expression: dict[str, Any]) -> list[float]:
    """Longitude and latitude of ``{"go": […]}`` or ``{"along": […]}``."""
    ((word, items),) = expression.items()
    values = numbers(items)
    if word == "go":  # lon, lat, azimuth, km
        lon, lat, azimuth, km = values
        there = WGS84.Direct(lat, lon, azimuth, km * 1000)
    elif word == "along":  # lon1, lat1, lon2, lat2, fraction
        lon1, lat1, lon2, lat2, fraction = values
        line = WGS84.InverseLine(lat1, lon1, lat2, lon2)
        there = line.Position(line.s13 * fraction)
    else:
        raise ValueError(f"no place is called {word!r}")
    return [there["lon2"], there["lat2"]]


def value(expression: Any) -> float:
    """A number, or the value of an expression in geographiclib's terms."""
    if not isinstance(expression, dict):
        return float(expression)
    ((word, content),) = expression.items()
    if word == "geodesic_km":
        lon1, lat1, lon2, lat2 = numbers(content)
        return WGS84.Inverse(lat1, lon1, lat2, lon2)["s12"] / 1000
    if word == "sum":
        return math.fsum(value(part) for part in content)
    if word == "minus":
        first, *others = (value(part) for part in content)
        return first - math.fsum(others)
    if word == "least":
        return min(value(part) for part in content)
    raise ValueError(f"no number is called {word!r}")


def geometry_of(drawing: dict[str, Any]) -> dict[str, Any]:
    """GeoJSON as given, or ``{"circle": [lon, lat, km, vertices]}``."""
    if "circle" not in drawing:
        return drawing
    lon, lat, km, count = drawing["circle"]
    azimuths = [-360.0 * i / count for i in range(count)]
    x, y, _ = GEOD.fwd([lon] * count, [lat] * count, azimuths, [km * 1000.0] * count)
    ring = [list(point) for point in zip(x, y, strict=True)]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


# --- the cases ----------------------------------------------------------------------------------


def drawings(case: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Zone sets to try: one, or one for each way of writing the same zone."""
    if "encodings" in case:
        return [[geometry_of(zone)] for zone in case["encodings"]]
    return [[geometry_of(zone) for zone in case.get("zones", [case.get("zone")])]]


def expected(case: dict[str, Any], route: int, zone: int) -> dict[str, Any] | None:
    expect = case["expect"]
    if not isinstance(expect, list):
        return expect
    found: dict[str, Any] | None = expect[zone if "zones" in case else route]
    return found


def check(name: str, found: float, wanted: Any, tolerance_km: float) -> None:
    if isinstance(wanted, dict) and "between" in wanted:
        low, high = (value(limit) for limit in wanted["between"])
        assert low - tolerance_km <= found <= high + tolerance_km, name
    else:
        assert found == pytest.approx(value(wanted), abs=tolerance_km), name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    buffer_km, within_km = case.get("buffer_km", 0.0), case.get("within_km")
    routes = [numbers(route) for route in case.get("routes", [case.get("route")])]
    tolerance_km = case.get("tolerance_m", TOLERANCE_M) / 1000
    for geometries in drawings(case):
        if "error" in case:
            with pytest.raises((ValueError, rc.ZoneError), match=case["error"]):
                rc.measure(routes, zone_set(*geometries, buffer_km=buffer_km), within_km)
            continue
        zones = zone_set(*geometries, buffer_km=buffer_km)
        measures = rc.measure(routes, zones, within_km)
        pairs = list(zip(measures.route.tolist(), measures.zone.tolist(), strict=True))
        for route, zone in itertools.product(range(len(routes)), range(len(geometries))):
            wanted = expected(case, route, zone)
            if wanted is None:
                assert (route, zone) not in pairs, (routes[route], zone)
                continue
            assert (route, zone) in pairs, (routes[route], zone)
            row = pairs.index((route, zone))
            for name in LENGTHS:
                if name in wanted:
                    here = f"{name} of route {routes[route]}, zone {zone}"
                    check(here, float(getattr(measures, name)[row]), wanted[name], tolerance_km)
            if "touching" in wanted:
                assert bool(measures.touching[row]) is wanted["touching"], routes[route]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_case_says_what_it_is_for_and_where_its_numbers_come_from(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    assert set(case) <= KEYS
    for text in ("title", "why", "source"):
        assert case.get(text), text
    assert ("route" in case) != ("routes" in case)
    assert sum(word in case for word in ("zone", "zones", "encodings")) == 1
    assert ("expect" in case) != ("error" in case)
    if "expect" not in case:
        return
    expect = case["expect"]
    if isinstance(expect, list):
        assert len(expect) == len(case["zones"] if "zones" in case else case["routes"])
    for wanted in expect if isinstance(expect, list) else [expect]:
        if wanted is not None:
            assert wanted.keys() <= {*LENGTHS, "touching"}
            assert "closest_km" in wanted  # where the zone lies is never left open


def test_the_folder_holds_what_the_readme_promises() -> None:
    assert len(FILES) >= 40
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for word in ("geodesic_km", "sum", "minus", "least", "go", "along", "circle", "between"):
        assert f"`{word}`" in readme
    used = "".join(path.read_text(encoding="utf-8") for path in FILES)
    for word in ("geodesic_km", "sum", "minus", "least", "go", "along", "circle", "between"):
        assert f'"{word}"' in used
