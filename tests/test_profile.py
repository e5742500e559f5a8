"""Climb, cruise, descent: from the leg's length, or from an explicit level."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import routecheck as rc
from routecheck.risk.profile import fly, parse_level


def test_long_leg_cruises_at_fl350() -> None:
    profile = fly(5555)
    assert profile.cruise_ft == 35_000
    assert profile.altitude_ft(0) == profile.altitude_ft(5555) == 0
    assert profile.altitude_ft(2777) == 35_000
    # 19.4 min up, 20 min down, the rest at 460 kt.
    assert profile.duration_min == pytest.approx(401, abs=2)


@given(st.floats(0.1, 20_000), st.none() | st.floats(1_000, 60_000))
def test_profiles_are_whole(length_km: float, cruise_ft: float | None) -> None:
    profile = fly(length_km, cruise_ft)
    assert profile.knots_km[0] == 0
    assert profile.knots_km[-1] == length_km
    assert (profile.knots_km[1:] >= profile.knots_km[:-1] - 1e-9).all()
    assert (profile.knots_min[1:] >= profile.knots_min[:-1]).all()
    assert 0 < profile.cruise_ft <= (cruise_ft or 35_000) + 1e-6


@given(st.floats(20, 20_000), st.floats(20, 20_000))
def test_a_longer_leg_is_not_flown_lower_nor_faster(one: float, other: float) -> None:
    short, long = sorted((one, other))
    assert fly(short).cruise_ft <= fly(long).cruise_ft
    assert fly(short).duration_min <= fly(long).duration_min + 1.0


def test_altitudes_are_crossed_once_up_and_once_down() -> None:
    profile = fly(3000)
    up, down = profile.crossings_km(26_000)
    assert profile.altitude_ft(up) == pytest.approx(26_000)
    assert profile.altitude_ft(down) == pytest.approx(26_000)
    assert profile.crossings_km(36_000) == []


@pytest.mark.parametrize(
    ("text", "feet"),
    [("FL350", 35_000), ("fl 090", 9_000), ("350", 35_000), ("35000", 35_000),
     ("35000ft", 35_000), (" FL410 ", 41_000), ("5000 ft", 5_000)],
)  # fmt: skip
def test_levels_as_people_write_them(text: str, feet: float) -> None:
    assert parse_level(text) == feet


@pytest.mark.parametrize(
    "text", ["", "FL", "high", "FL350ft", "FL999", "-350", "3.5", "9", "FL005"]
)
def test_what_is_no_level_says_what_to_write(text: str) -> None:
    with pytest.raises(rc.RoutecheckError, match="FL350"):
        parse_level(text)
