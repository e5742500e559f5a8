"""Dose and score: an exposure index for ranking and explaining, never a probability.

dose = ∫ w dt over minutes of flight, w at each moment the largest over the zones of level weight ×
fall-off × altitude factor; overlaps are not added up. Everything that w is made of is constant or
straight between known places on the leg, so the integral is taken exactly, and can only grow when
a zone, a buffer or a stay does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from routecheck.risk.levels import ZoneLevels
from routecheck.risk.profile import Profile

__all__ = ["BANDS", "ENDPOINT_MIN", "Stay", "add_doses", "leg_doses", "score"]

ENDPOINT_MIN: Final = 35.0
"""Minutes of exposure that each take-off or landing inside a zone adds."""

BANDS: Final = {"avoid": (67.0, 100.0), "caution": (34.0, 66.0), "watch": (1.0, 33.0)}

Doses = dict[int, float]
"""Dose by zone (position in the set): the parts add up to the whole."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One zone along one leg.

    Attributes
    ----------
    zone : int
        Position in the set.
    area_km2 : float
        Ties go to the smallest zone.
    inside, buffered : sequences of (enter, exit)
        km along the leg.
    nodes_km, away_km : sequences of float
        Distance to the zone at places whose spacing does not depend on the zones, where the leg
        is within the buffer; straight in between.
    """

    zone: int
    levels: ZoneLevels
    area_km2: float
    buffer_km: float
    inside: Sequence[tuple[float, float]]
    buffered: Sequence[tuple[float, float]]
    nodes_km: Sequence[float] = ()
    away_km: Sequence[float] = ()

    def falloff(self, km: float) -> float:
        """1 inside, falling to 0 at the buffer's edge, outside the outline."""
        if not self.nodes_km or self.buffer_km <= 0:
            return 0.0
        away = float(np.interp(km, self.nodes_km, self.away_km))
        return max(0.0, 1.0 - away / self.buffer_km)

    def breaks_km(self, profile: Profile) -> set[float]:
        """Places on the leg where this zone's part may change its slope."""
        breaks = {end for span in (*self.inside, *self.buffered) for end in span}
        for limit_ft in self.levels.limits_ft():
            breaks.update(profile.crossings_km(limit_ft))
        breaks.update(self.nodes_km)
        for i in range(len(self.nodes_km) - 1):
            # Where the straight piece reaches the buffer's edge and the fall-off stays 0.
            low, high = self.away_km[i] - self.buffer_km, self.away_km[i + 1] - self.buffer_km
            if low * high < 0:
                step = self.nodes_km[i + 1] - self.nodes_km[i]
                breaks.add(self.nodes_km[i] + step * low / (low - high))
        return breaks


def leg_doses(profile: Profile, stays: Sequence[Stay]) -> Doses:
    """Dose of one leg, by the zone that was the largest at each moment."""
    length_km = float(profile.knots_km[-1])
    breaks = {0.0, length_km, *profile.knots_km.tolist()}
    for stay in stays:
        breaks |= stay.breaks_km(profile)
    places = sorted(km for km in breaks if 0 <= km <= length_km)
    doses: Doses = {}
    for low, high in pairwise(places):
        lines = [(stay, *ends) for stay in stays if (ends := _weights(stay, profile, low, high))]
        minutes = profile.minutes(high) - profile.minutes(low)
        for stay, part in _envelope(lines):
            doses[stay.zone] = doses.get(stay.zone, 0.0) + minutes * part
    return doses


def _weights(stay: Stay, profile: Profile, low: float, high: float) -> tuple[float, float] | None:
    """Weight at both ends of a stretch on which it is straight; None where the zone is away."""
    middle = (low + high) / 2
    if any(enter <= middle <= leave for enter, leave in stay.inside):
        at_low = at_high = 1.0
    elif any(enter <= middle <= leave for enter, leave in stay.buffered):
        at_low, at_high = stay.falloff(low), stay.falloff(high)
    else:
        return None
    weight = stay.levels.weight(profile.altitude_ft(middle))
    return weight * at_low, weight * at_high


def _envelope(lines: list[tuple[Stay, float, float]]) -> list[tuple[Stay, float]]:
    """Mean height of the upper envelope of lines over a stretch, by the line on top."""
    if len(lines) <= 1:
        return [(stay, (a + b) / 2) for stay, a, b in lines]
    cuts = {0.0, 1.0}
    for i, (_, a, b) in enumerate(lines):
        for _, c, d in lines[i + 1 :]:
            if (a - c) * (b - d) < 0:
                cuts.add((a - c) / ((a - c) - (b - d)))
    ordered = sorted(cuts)
    parts = []
    for u, v in pairwise(ordered):
        heights = [a + (u + v) / 2 * (b - a) for _, a, b in lines]
        top = max(range(len(lines)), key=lambda i: (heights[i], -lines[i][0].area_km2))
        parts.append((lines[top][0], (v - u) * heights[top]))
    return parts


def add_doses(*many: Doses) -> Doses:
    """The sum, zone by zone."""
    total: Doses = {}
    for doses in many:
        for zone, dose in doses.items():
            total[zone] = total.get(zone, 0.0) + dose
    return total


def score(verdict: str, dose: float) -> float:
    """The verdict gives the band, 1 - exp(-dose) the place within it; one decimal."""
    low, high = BANDS.get(verdict, (0.0, 0.0))
    return round(low - (high - low) * math.expm1(-dose), 1)
