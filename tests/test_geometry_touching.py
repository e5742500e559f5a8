"""Three-valued honesty: what is within the error of a limit is said to be so, and never dropped.

A pair whose true distance is within ``error_km`` of the buffer, or of the limit asked for, is
reported with ``touching``; what is farther from both than the error allows is not called touching,
and is reported or not as the truth is.
"""

from __future__ import annotations

import numpy as np
import pytest

import routecheck as rc
from cases import random_cases
from corners import Random, anywhere, beside
from oracle import distance_km, prepare, rings_of
from shapes import GEOD, box, zone_set

SEED = 20260103

PROMISED_KM = 0.010

IN_DOUBT_M = (-9.0, -5.0, -1.0, 0.0, 1.0, 5.0, 9.0)
"""Nearer to the limit than the error, with a metre to spare for the engine's noise."""

CLEAR_M = (-1000.0, -100.0, -21.0, 21.0, 100.0, 1000.0)
"""Farther than a distance that is off by the error could look to be in doubt."""

MODES = {
    "buffer": (1.0, None),
    "limit": (0.0, 1.0),
    "limit beyond a buffer": (0.5, 1.0),
    "buffer beyond a limit": (1.0, 0.5),
}
"""The share that buffer and limit have of the distance in question."""


def measured(
    rng: Random, mode: str, limit_km: float, off_m: float
) -> tuple[rc.Measures, tuple[object, ...]]:
    """A route whose distance from a corner is the limit and so many metres more."""
    before, after = rng.uniform(1e4, 8e6, 2)
    case = beside(rng, anywhere(rng), before, after, limit_km * 1000 + off_m)
    buffer_part, within_part = MODES[mode]
    zones = zone_set(case.geometry, buffer_km=buffer_part * limit_km)
    within_km = None if within_part is None else within_part * limit_km
    return rc.measure([case.route], zones, within_km), (off_m, case)


def test_the_error_is_as_promised() -> None:
    found = rc.measure([[0, 0, 1, 1]], zone_set(box(0, 0, 1, 1)))
    assert found.error_km <= PROMISED_KM


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("limit_km", [1.0, 10.0, 100.0, 500.0, 1000.0])
def test_near_the_limit_is_touching_and_never_dropped(limit_km: float, mode: str) -> None:
    rng = np.random.default_rng([SEED, int(limit_km)])
    for off_m in IN_DOUBT_M:
        for _ in range(3):
            found, case = measured(rng, mode, limit_km, off_m)
            assert found.touching.tolist() == [True], case
            assert found.closest_km[0] == pytest.approx(limit_km + off_m / 1000, abs=0.001), case


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("limit_km", [10.0, 100.0, 500.0, 990.0])
def test_far_from_the_limit_is_not_touching(limit_km: float, mode: str) -> None:
    rng = np.random.default_rng([SEED, 1, int(limit_km)])
    for off_m in CLEAR_M:
        for _ in range(3):
            found, case = measured(rng, mode, limit_km, off_m)
            assert found.touching.tolist() == [False] * (off_m < 0), case


def test_a_buffer_is_in_doubt_though_the_limit_is_far() -> None:
    """Rows are asked for up to 300 km; the border that matters is the buffer's, at 100 km."""
    rng = np.random.default_rng([SEED, 2])
    for off_m, touching in [(-5, True), (5, True), (-21, False), (21, False)]:
        for _ in range(5):
            case = beside(rng, anywhere(rng), 2e6, 1e6, 100_000 + off_m)
            zones = zone_set(case.geometry, buffer_km=100)
            assert rc.measure([case.route], zones, 300).touching.tolist() == [touching], case


@pytest.mark.parametrize("off_m", [0.01, 1.0, 5.0, 9.0])
def test_a_miss_by_metres_is_touching(off_m: float) -> None:
    """No buffer, no limit: the outline itself."""
    rng = np.random.default_rng([SEED, 3])
    for _ in range(10):
        case = beside(rng, anywhere(rng), *rng.uniform(1e3, 8e6, 2), off_m)
        assert rc.measure([case.route], zone_set(case.geometry)).touching.tolist() == [True], case


def test_a_miss_by_more_is_no_row() -> None:
    rng = np.random.default_rng([SEED, 4])
    for off_m in (21.0, 100.0, 5000.0):
        for _ in range(10):
            case = beside(rng, anywhere(rng), *rng.uniform(1e3, 8e6, 2), off_m)
            assert not len(rc.measure([case.route], zone_set(case.geometry))), case


@pytest.mark.parametrize(("deep_m", "touching"), [(1, True), (5, True), (9, True), (500, False)])
def test_an_end_just_inside_is_touching(deep_m: float, touching: bool) -> None:
    """Straight in over a meridian edge, at the equator."""
    zones = zone_set(box(10, -5, 20, 5))
    inside, _, _ = GEOD.fwd(10, 0, 90, deep_m)
    found = rc.measure([[0, 0, inside, 0], [inside, 0, 0, 0]], zones)
    assert found.touching.tolist() == [touching] * 2
    assert found.inside_km == pytest.approx(deep_m / 1000, abs=0.001)


def test_through_a_zone_is_certain() -> None:
    found = rc.measure([[0, 0, 40, 0], [12, -20, 12, 20]], zone_set(box(10, -5, 20, 5)), 100)
    assert found.touching.tolist() == [False, False]


def test_limits_set_at_the_oracles_distance() -> None:
    """Any shape, any route: within 5 m of its true distance a limit is in doubt, 40 m off not.

    The zone's edges are followed to 2 m by the engine, to 1 m by the oracle.
    """
    seen = 0
    for case in random_cases(120, SEED):
        true_km = distance_km(case.route, prepare(rings_of(case.geometry)))
        if not 0.1 < true_km < 999:
            continue
        seen += 1
        zones = zone_set(case.geometry)
        for off_km, touching in [
            (-0.005, [True]), (0.0, [True]), (0.005, [True]), (-0.04, []), (0.04, [False]),
        ]:  # fmt: skip
            found = rc.measure([case.route], zones, true_km + off_km)
            assert found.touching.tolist() == touching, (case.label, true_km, off_km)
    assert seen > 20
