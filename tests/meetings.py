"""Routes that have to do with a zone, for Hypothesis, and what two measures of them must share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import strategies as st

from oracle import bracket_km, rings_of
from shapes import GEOD, star

Route: TypeAlias = tuple[float, float, float, float]
Meeting: TypeAlias = tuple[Route, dict[str, Any], float]

MM = 1e-6
"""1 mm in km: where the computation is the same, but for its order and its rounding."""

CUT_KM = 0.002
"""2 m: where the same route or zone is cut another way. Pieces lie within 0.5 m of their geodesics,
so that each of two distances may be 1 m off; what is promised is 10 m."""

LENGTH_KM = 1e-4
"""Lengths that differ by less than 0.1 m need no bracket to excuse them."""

ERROR_M = 10.0
RESOLUTION_KM = 0.001

centres = st.tuples(st.floats(-180, 180), st.floats(-80, 80))
radii = st.lists(st.floats(20, 600), min_size=3, max_size=9)
BUFFERS_KM = (0.0, 1.0, 10.0, 50.0, 250.0, 500.0)


@st.composite
def drawn(draw: st.DrawFn) -> Meeting:
    """Hypothesis's own choice, which loves round numbers: through the centre, due north, …"""
    place = draw(centres)
    geometry = star(*place, draw(radii), turn=draw(st.floats(0, 90)))
    passes = GEOD.fwd(*place, draw(st.floats(0, 360)), draw(st.floats(0, 900_000)))
    ways = draw(st.floats(1000, 6e6)), draw(st.floats(1000, 6e6))
    return (
        through(passes[:2], draw(st.floats(0, 360)), ways),
        geometry,
        draw(st.sampled_from(BUFFERS_KM)),
    )


@st.composite
def seeded(draw: st.DrawFn) -> Meeting:
    """All numbers of general position: contacts, buffers and misses about as often."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    place = rng.uniform(-180, 180), rng.uniform(-80, 80)
    radii_km = rng.uniform(20, 600, rng.integers(3, 10))
    geometry = star(*place, radii_km.tolist(), turn=rng.uniform(0, 90))
    heading = rng.uniform(0, 360)
    side = heading + rng.choice([-90, 90]) + rng.normal(0, 10)
    passes = GEOD.fwd(*place, side, rng.uniform(0, 1_500_000))
    ways = rng.uniform(1000, 6e6, 2).tolist()
    return through(passes[:2], heading, ways), geometry, float(rng.choice(BUFFERS_KM))


def through(place: tuple[float, float], heading: float, ways_m: Sequence[float]) -> Route:
    """The route through a place that goes so far back and so far ahead."""
    lon1, lat1, _ = GEOD.fwd(*place, heading + 180, ways_m[0])
    lon2, lat2, _ = GEOD.fwd(*place, heading, ways_m[1])
    return lon1, lat1, lon2, lat2


def meetings() -> st.SearchStrategy[Meeting]:
    """A route that passes a point at most 1,500 km from the centre of its zone, and a buffer."""
    return st.one_of(seeded(), seeded(), seeded(), drawn())


def same_lengths(
    one: dict[str, float],
    other: dict[str, float],
    route: Route,
    geometry: dict[str, Any],
    buffer_km: float,
) -> None:
    """Lengths agree to 0.1 m, or both lie between L(r - 10 m) and L(r + 10 m) by the oracle."""
    for name, level_km in (("inside", 0.0), ("buffered", buffer_km)):
        if one[name] == pytest.approx(other[name], abs=LENGTH_KM):
            continue
        low, high = bracket_km(route, rings_of(geometry), level_km, ERROR_M)
        for found in (one, other):
            assert low - RESOLUTION_KM <= found[name] <= high + RESOLUTION_KM, name
