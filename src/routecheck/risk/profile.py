"""How high and how fast a flight is along a leg: climb, cruise, descent.

The defaults are round numbers for a jet airliner, ours, chosen so that a leg's length tells its
level: they decide minutes, and which advisory levels a flight is within, not where it goes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from routecheck.errors import RoutecheckError

__all__ = ["CRUISE_FT", "KM_PER_NM", "SPEED_KT", "Profile", "fly", "parse_level"]

Array = npt.NDArray[np.float64]

KM_PER_NM: Final = 1.852
M_PER_FT: Final = 0.3048
CRUISE_FT: Final = 35_000.0
SPEED_KT: Final = 460.0
CLIMB_KT: Final = 360.0
CLIMB_FT_PER_MIN: Final = 1_800.0
DESCENT_KT: Final = 340.0
DESCENT_FT_PER_MIN: Final = 1_750.0

CLIMB_SHARE: Final = 2 / 3
"""Without an explicit level, climb and descent take at most this part of a leg."""


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """Altitude and time along one leg, straight between knots.

    Attributes
    ----------
    knots_km, knots_ft, knots_min : (4,) float arrays
        Take-off, top of climb, top of descent, landing. Altitudes are above mean sea level;
        airports are taken to lie at 0 ft.
    """

    knots_km: Array
    knots_ft: Array
    knots_min: Array
    km: tuple[float, ...] = field(init=False, repr=False)
    ft: tuple[float, ...] = field(init=False, repr=False)
    min: tuple[float, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # The same as plain numbers: a question about one place is answered ten times as soon.
        for name, knots in (("km", self.knots_km), ("ft", self.knots_ft), ("min", self.knots_min)):
            object.__setattr__(self, name, tuple(knots.tolist()))

    @property
    def cruise_ft(self) -> float:
        """Highest level reached, ft."""
        return self.ft[1]

    @property
    def duration_min(self) -> float:
        """From take-off to landing, minutes."""
        return self.min[-1]

    def altitude_ft(self, km: float) -> float:
        """Altitude at a distance from take-off."""
        return _between(km, self.km, self.ft)

    def minutes(self, km: float) -> float:
        """Time since take-off at a distance from it."""
        return _between(km, self.km, self.min)

    def crossings_km(self, altitude_ft: float) -> list[float]:
        """Where the climb and the descent pass an altitude; none in level flight."""
        found = []
        for i in (0, 2):
            low, high = self.ft[i], self.ft[i + 1]
            if min(low, high) < altitude_ft < max(low, high):
                part = (altitude_ft - low) / (high - low)
                found.append(self.km[i] + part * (self.km[i + 1] - self.km[i]))
        return found


def _between(at: float, places: tuple[float, ...], values: tuple[float, ...]) -> float:
    """The value at a place, straight between places and level beyond them: ``np.interp`` of one."""
    i = bisect_right(places, at) - 1
    if i < 0:
        return values[0]
    if i >= len(places) - 1 or places[i] == at:
        return values[min(i, len(values) - 1)]
    slope = (values[i + 1] - values[i]) / (places[i + 1] - places[i])
    return slope * (at - places[i]) + values[i]


def fly(length_km: float, cruise_ft: float | None = None, speed_kt: float = SPEED_KT) -> Profile:
    """The profile of a leg.

    Without ``cruise_ft`` the level is FL350, or on shorter legs the highest whole thousand of
    feet at which climb and descent take two thirds of the leg. An explicit level is flown as far
    as the leg leaves room to climb to it and down again.
    """
    km_per_ft_up = CLIMB_KT * KM_PER_NM / 60 / CLIMB_FT_PER_MIN
    km_per_ft_down = DESCENT_KT * KM_PER_NM / 60 / DESCENT_FT_PER_MIN
    km_per_ft = km_per_ft_up + km_per_ft_down
    if cruise_ft is None:
        top_ft = min(CRUISE_FT, CLIMB_SHARE * length_km / km_per_ft // 1000 * 1000)
        top_ft = max(top_ft, min(1000.0, length_km / km_per_ft))
    else:
        top_ft = min(cruise_ft, length_km / km_per_ft)
    up_km, down_km = top_ft * km_per_ft_up, top_ft * km_per_ft_down
    level_km = max(0.0, length_km - up_km - down_km)
    up_min, down_min = top_ft / CLIMB_FT_PER_MIN, top_ft / DESCENT_FT_PER_MIN
    level_min = level_km / (speed_kt * KM_PER_NM) * 60
    return Profile(
        knots_km=np.array([0.0, up_km, up_km + level_km, length_km]),
        knots_ft=np.array([0.0, top_ft, top_ft, 0.0]),
        knots_min=np.array([0.0, up_min, up_min + level_min, up_min + level_min + down_min]),
    )


def parse_level(text: str) -> float:
    """Read a cruise level: ``FL350``, ``350``, ``35000ft`` or ``35000``, as feet.

    Flight plans write it ``F350``, ``A045`` (hundreds of feet), ``S1130`` or ``M1130`` (tens of
    metres); tables also ``350.0`` and ``35,000 ft``.

    Raises
    ------
    RoutecheckError
        If it is none of these, or not between 1,000 and 60,000 ft.
    """
    plain = re.sub(r"\.0+(?=\s*(?:ft)?\s*$)", "", text, flags=re.IGNORECASE)
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", plain)
    match = re.fullmatch(r"\s*(FL|F(?=\d{3}\s*$))?\s*(\d{2,5})\s*(ft)?\s*", plain, re.IGNORECASE)
    metric = re.fullmatch(r"\s*[SM](\d{4})\s*", text, re.IGNORECASE)
    altitude = re.fullmatch(r"\s*A(\d{3})\s*", text, re.IGNORECASE)
    feet = 0.0
    if metric:
        feet = float(metric[1]) * 10 / M_PER_FT
    if altitude:
        feet = float(altitude[1]) * 100
    if match and not (match[1] and match[3]):
        number = float(match[2])
        is_level = match[1] or (not match[3] and len(match[2]) <= 3)
        feet = number * 100 if is_level else number
    if not 1_000 <= feet <= 60_000:
        raise RoutecheckError(
            f"{text!r} is not a cruise level: write FL350 or 35000ft, between FL010 and FL600"
        )
    return feet
