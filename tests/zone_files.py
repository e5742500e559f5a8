"""Small made-up schema 1 files, to change one thing at a time."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any


def ring(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [ring(west, south, east, north)]}


def advisory(**given: Any) -> dict[str, Any]:
    record = {
        "issuer": "EASA",
        "reference": "CZIB 2025-77",
        "revision": "R1",
        "level": "avoid",
        "binds": "EU operators",
        "floor_ft": None,
        "ceiling_ft": 32000,
        "issued": "2025-03-01",
        "expires": None,
        "ended": None,
        "confidence": "invented",
        "summary": "Do not operate below FL320.",
    }
    return {**record, **given}


ADVISORIES: dict[str, Any] = {
    "easa-r1": advisory(ended="2026-01-01"),
    "easa-r2": advisory(revision="R2", level="caution", issued="2026-01-01"),
    "faa": advisory(
        issuer="FAA", reference="KICZ A0005/22", revision="", level="watch",
        ceiling_ft=None, issued="2022-02-01T06:30:00Z", expires="2026-02-01",
        url="https://www.faa.gov/", exceptions="only | by day",
    ),
    "faa-future": advisory(issuer="FAA", reference="SFAR 199", issued="2030-01-01"),
    "old": advisory(
        issuer="Canada", reference="AIC 1/10", revision="", issued="2010-01-01", ended="2012-01-01"
    ),
}  # fmt: skip

DOCUMENT: dict[str, Any] = {
    "type": "FeatureCollection",
    "routecheck": {
        "schema": 1,
        "dataset": "Made up",
        "as_of": "2026-10-03",
        "covers": ["2025-02-01", None],
        "licence": "CC0-1.0",
        "credits": ["nobody"],
        "gaps": ["All but three places."],
        "gap_countries": ["ML"],
        "advisories": ADVISORIES,
    },
    "features": [
        {
            "type": "Feature",
            "properties": {
                "id": "tripoli", "name": "Tripoli and the coast", "kind": "air-defence",
                "group": "africa", "buffer_km": 25, "weapons": ["buk-m1"], "accuracy_km": 5,
                "advisories": ["easa-r1", "easa-r2", "faa"], "basis": "made up", "notes": "test",
                "hindsight": "known later",
                "context": [
                    {"issuer": "OPSGROUP", "about": "Libya", "rating": "1 (Do Not Fly)",
                     "date": "2026-08-22"},
                ],
            },
            "geometry": box(12, 32, 14, 33),
        },
        {
            "type": "Feature",
            "properties": {
                "id": "date-line", "name": "Sea | of *nothing*", "kind": "closed",
                "advisories": ["faa-future"],
            },
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [
                    [ring(178, 10, 186, 20), [*reversed(ring(180, 12, 182, 14))]],
                    [ring(170, 10, 172, 12)],
                ],
            },
        },
        {
            "type": "Feature",
            "properties": {
                "id": "north-korea-past", "name": "North Korea (notice of 2010)",
                "kind": "border", "advisories": ["old"],
            },
            "geometry": box(100.25, -60.125, 101.0000001, -59),
        },
        {
            "type": "Feature",
            "properties": {"id": "silent", "name": "Silent", "kind": "gnss", "advisories": [],
                           "since": "2026-10-03"},
            "geometry": box(-30, 0, -29, 1),
        },
        {
            "type": "Feature",
            "properties": {"id": "own", "name": "Own", "level": "watch"},
            "geometry": box(-40, 0, -39, 1),
        },
    ],
}  # fmt: skip
"""Zones in force, in history only, to begin later, without a notice, and as given."""


def document() -> dict[str, Any]:
    return copy.deepcopy(DOCUMENT)


def write(path: Path, content: Any) -> str:
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)
