"""The zones that reported attacks make: a circle round each place, in one file of their own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely.affinity import translate
from shapely.geometry import Point, mapping, shape

from routecheck.risk.events import Reported, reported
from routecheck.risk.wording import EVENT_NAME
from routecheck.zones.model import day_of, stamp_text
from routecheck.zones.plain import plain
from zoneset.drawing import area_km2, discs, finished
from zoneset.shapes import Recipe

__all__ = ["FILE", "circle", "features"]

FILE = "events"
"""Name of the file, without its suffix."""

SLACK_KM = 0.03
"""Corners are rounded to 11 m, and a side of 9 km drawn straight in degrees runs up to 8 m inside
the geodesic at 75° north: so much wider, the drawn circle holds the true one."""

NOTES = (
    "No official notice: a report of an attack, which binds nobody. It asks for caution for 120 "
    "days from the day on which it was known, counts as watch up to day 365, and for nothing after."
)


def features(recipes: Sequence[Recipe], folder: Path) -> list[dict[str, Any]]:
    """One GeoJSON feature for each reported attack, oldest first.

    The advice is that of the smallest of the zones of ``recipes`` that hold the place, as they
    were drawn into ``folder``.
    """
    regions = _regions(recipes, folder)
    return [_feature(one, _group(one, regions)) for one in reported()]


def _feature(one: Reported, group: str | None) -> dict[str, Any]:
    event = one.event
    return {
        "type": "Feature",
        "properties": {
            "id": f"event-{event.id}",
            "name": f"{EVENT_NAME}{one.name}, {day_of(event.date)}",
            "kind": "event",
            "group": group,
            "buffer_km": 0,
            "weapons": [],
            "advisories": [],
            "basis": (
                f"A circle of {event.radius_km:g} km round the place, up to 0.2 km too wide and "
                "nowhere too narrow."
            ),
            "accuracy_km": one.accuracy_km,
            "notes": NOTES,
            "event": {**plain(event), "date": stamp_text(event.date)},
        },
        "geometry": mapping(circle(event.lon, event.lat, event.radius_km)),
    }


def circle(lon: float, lat: float, radius_km: float) -> shapely.Polygon:
    """A polygon that holds every point within so many km of a place, finished as a zone."""
    drawn = discs([(lon, lat)], radius_km + SLACK_KM)
    west, _, east, _ = drawn.bounds
    if abs(lat) + radius_km / 110 >= 89:
        raise ValueError(f"a circle of {radius_km:g} km round {lat:g}, {lon:g} holds a pole")
    return finished(_cut(drawn) if west < -180 or east > 180 else drawn)


def _cut(drawn: shapely.Polygon) -> shapely.Geometry:
    """Both parts of a circle that the date line cuts."""
    world = shapely.box(-180, -90, 180, 90)
    parts = [shapely.intersection(translate(drawn, by), world) for by in (-360, 0, 360)]
    return shapely.union_all(parts)


def _regions(recipes: Sequence[Recipe], folder: Path) -> list[tuple[shapely.Geometry, str]]:
    """Outlines of drawn zones with the key of their advice, the smallest first."""
    groups = {recipe.id: recipe.group for recipe in recipes}
    found = []
    for path in sorted({folder / f"{recipe.file or recipe.id}.geojson" for recipe in recipes}):
        if path.exists():
            for made in json.loads(path.read_text(encoding="utf-8"))["features"]:
                ident = made["properties"]["id"]
                if groups.get(ident):
                    found.append((shape(made["geometry"]), groups[ident]))
    return sorted(found, key=lambda region: area_km2(region[0]))


def _group(one: Reported, regions: Sequence[tuple[shapely.Geometry, str]]) -> str | None:
    place = Point(one.event.lon, one.event.lat)
    return next((group for outline, group in regions if outline.contains(place)), None)
