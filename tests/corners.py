"""Routes that pass a corner of a zone at a known place, for the tests of hard cases."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from geographiclib.geodesic import Geodesic

from shapes import polygon

WGS84 = Geodesic.WGS84
Point = tuple[float, float]
Route = tuple[float, float, float, float]
Random = np.random.Generator


@dataclass(frozen=True, slots=True)
class Beside:
    """A route, a zone whose corner it passes, and where along the route that is."""

    route: Route
    geometry: dict[str, Any]
    corner: Point
    along_m: float


def go(place: Point, azimuth: float, metres: float) -> Point:
    there = WGS84.Direct(place[1], place[0], azimuth, metres)
    return there["lon2"], there["lat2"]


def log_uniform(rng: Random, low: float, high: float) -> float:
    return float(math.exp(rng.uniform(math.log(low), math.log(high))))


def corner_zone(corner: Point, away: float) -> dict[str, Any]:
    """A triangle that opens from its corner in one direction.

    Small where meridians run together: its edges, straight in lon/lat, must not bend back.
    """
    to_pole_m = WGS84.Inverse(corner[1], 0, math.copysign(90, corner[1]), 0)["s12"]
    size_m = min(20_000.0, 0.1 * to_pole_m)
    sides = [go(corner, away + turn, size_m) for turn in (20, -20)]
    sides = [(corner[0] + (x - corner[0] + 180) % 360 - 180, y) for x, y in sides]
    return polygon([corner, *sides])


def beside(rng: Random, middle: Point, before_m: float, after_m: float, gap_m: float) -> Beside:
    """A path through the middle place, and a corner ``gap_m`` to its left or right."""
    heading = float(rng.uniform(0, 360))
    side = heading + float(rng.choice([-90, 90]))
    start, end = go(middle, heading + 180, before_m), go(middle, heading, after_m)
    corner = go(middle, side, gap_m)
    back = WGS84.Inverse(corner[1], corner[0], middle[1], middle[0])["azi1"]
    return Beside((*start, *end), corner_zone(corner, back + 180), corner, before_m)


def anywhere(rng: Random) -> Point:
    return float(rng.uniform(-180, 180)), math.degrees(math.asin(rng.uniform(-0.97, 0.97)))
