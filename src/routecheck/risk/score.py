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
import numpy.typing as npt

from routecheck.geometry.index import distinct
from routecheck.risk.levels import ZoneLevels
from routecheck.risk.profile import Profile

__all__ = ["BANDS", "ENDPOINT_MIN", "Stay", "add_doses", "leg_doses", "score", "share"]

Array = npt.NDArray[np.float64]

ENDPOINT_MIN: Final = 35.0
"""Minutes of exposure that each take-off or landing inside a zone adds."""

BANDS: Final = {"avoid": (67.0, 100.0), "caution": (34.0, 66.0), "watch": (1.0, 33.0)}

Doses = dict[int, float]
"""Dose by zone (position in the set): the parts add up to the whole."""


@dataclass(frozen=True, slots=True, eq=False)
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
    nodes_km, away_km : float arrays
        Distance to the zone at places whose spacing does not depend on the zones, where the leg
        is within the buffer; straight in between.
    """

    zone: int
    levels: ZoneLevels
    area_km2: float
    buffer_km: float
    inside: Sequence[tuple[float, float]]
    buffered: Sequence[tuple[float, float]]
    nodes_km: Array
    away_km: Array

    def falloff(self, km: Array) -> Array:
        """1 inside, falling to 0 at the buffer's edge, outside the outline."""
        away = np.interp(km, self.nodes_km, self.away_km)
        fall: Array = np.maximum(0.0, 1.0 - away / self.buffer_km)
        return fall

    def breaks_km(self, profile: Profile) -> list[float]:
        """Places on the leg where this zone's part may change its slope."""
        found = [end for span in (*self.inside, *self.buffered) for end in span]
        found += [km for ft in self.levels.weight_limits_ft() for km in profile.crossings_km(ft)]
        if len(self.nodes_km):
            nodes, away = self.nodes_km, self.away_km - self.buffer_km
            # Where the straight piece reaches the buffer's edge and the fall-off stays 0.
            edge = np.flatnonzero(away[:-1] * away[1:] < 0)
            low, high = away[edge], away[edge + 1]
            reached = nodes[edge] + (nodes[edge + 1] - nodes[edge]) * low / (low - high)
            found += [*nodes.tolist(), *reached.tolist()]
        return found


def leg_doses(profile: Profile, stays: Sequence[Stay]) -> Doses:
    """Dose of one leg, by the zone that was the largest at each moment."""
    if not stays:
        return {}
    if not any(len(stay.nodes_km) for stay in stays):
        return _level_doses(profile, stays)
    length_km = profile.km[-1]
    breaks = {0.0, length_km, *profile.km}
    for stay in stays:
        breaks.update(stay.breaks_km(profile))
    km = np.array(sorted(at for at in breaks if 0 <= at <= length_km))
    middle = (km[:-1] + km[1:]) / 2
    altitude_ft = np.interp(middle, profile.knots_km, profile.knots_ft)
    minutes = np.diff(np.interp(km, profile.knots_km, profile.knots_min))

    ends = [_weights(stay, km, middle, altitude_ft) for stay in stays]
    low, high = np.stack([e[0] for e in ends]), np.stack([e[1] for e in ends])
    # Ties go to the smallest zone: argmax takes the first of equals.
    by_size = np.argsort([stay.area_km2 for stay in stays], kind="stable")
    at_low, at_high = by_size[low[by_size].argmax(axis=0)], by_size[high[by_size].argmax(axis=0)]
    met = (low > 0).any(axis=0) | (high > 0).any(axis=0)
    columns = np.arange(low.shape[1])
    # A line that is on top at both ends is on top all along.
    one = met & ((at_low == at_high) | (low[at_high, columns] >= low[at_low, columns]))
    top = np.where(one, at_high, at_low)
    doses: Doses = {}
    for i in distinct(top[one]).tolist():
        mine = one & (top == i)
        dose = float((minutes[mine] * (low[i, mine] + high[i, mine]) / 2).sum())
        doses[stays[i].zone] = doses.get(stays[i].zone, 0.0) + dose
    for column in np.flatnonzero(met & ~one).tolist():
        lines = [
            (stay, float(a), float(b))
            for stay, a, b in zip(stays, low[:, column], high[:, column], strict=True)
            if a > 0 or b > 0
        ]
        for stay, part in _envelope(lines):
            doses[stay.zone] = doses.get(stay.zone, 0.0) + float(minutes[column]) * part
    return doses


def _level_doses(profile: Profile, stays: Sequence[Stay]) -> Doses:
    """The same where no leg is within a buffer only: weights are level between the breaks."""
    length_km = profile.km[-1]
    breaks = {0.0, length_km, *profile.km}
    for stay in stays:
        breaks.update(end for span in stay.inside for end in span)
        limits_ft = stay.levels.weight_limits_ft()
        breaks.update(km for ft in limits_ft for km in profile.crossings_km(ft))
    by_size = sorted(stays, key=lambda stay: stay.area_km2)  # ties go to the smallest zone
    doses: Doses = {}
    for low, high in pairwise(sorted(at for at in breaks if 0 <= at <= length_km)):
        middle = (low + high) / 2
        here = [
            stay
            for stay in by_size
            for enter, leave in stay.inside
            if enter <= middle <= leave
        ]  # fmt: skip
        if not here:
            continue
        altitude_ft = profile.altitude_ft(middle)
        heaviest, zone = 0.0, -1
        for stay in here:
            weight = stay.levels.weight(altitude_ft)
            if weight > heaviest:
                heaviest, zone = weight, stay.zone
        if zone >= 0:
            dose = (profile.minutes(high) - profile.minutes(low)) * heaviest
            doses[zone] = doses.get(zone, 0.0) + dose
    return doses


def _weights(stay: Stay, km: Array, middle: Array, altitude_ft: Array) -> tuple[Array, Array]:
    """Weight at both ends of stretches on which it is straight; 0 where the zone is away.

    ``middle`` and ``altitude_ft`` are the middles of the stretches and the altitudes there.
    """
    inside = _within(middle, stay.inside)
    weight = stay.levels.weights(altitude_ft)
    if not len(stay.nodes_km):
        weight = np.where(inside, weight, 0.0)
        return weight, weight
    buffered = _within(middle, stay.buffered)
    fall = stay.falloff(km)
    low = np.where(inside, 1.0, np.where(buffered, fall[:-1], 0.0))
    high = np.where(inside, 1.0, np.where(buffered, fall[1:], 0.0))
    return weight * low, weight * high


def _within(km: Array, spans: Sequence[tuple[float, float]]) -> npt.NDArray[np.bool_]:
    """Whether places lie in disjoint ordered spans."""
    if not spans:
        return np.zeros(len(km), dtype=np.bool_)
    enter, leave = np.array(spans).T
    at = np.searchsorted(enter, km, side="right") - 1
    inside: npt.NDArray[np.bool_] = (at >= 0) & (km <= leave[np.maximum(at, 0)])
    return inside


def _envelope(lines: list[tuple[Stay, float, float]]) -> list[tuple[Stay, float]]:
    """Mean height of the upper envelope of lines over a stretch, by the line on top."""
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


def share(doses: Doses, zone: int) -> float:
    """The part of a zone in the whole dose, 0 to 1."""
    return doses.get(zone, 0.0) / (sum(doses.values()) or 1.0)


def score(verdict: str, dose: float) -> float:
    """The verdict gives the band, 1 - exp(-dose) the place within it; one decimal."""
    low, high = BANDS.get(verdict, (0.0, 0.0))
    return round(low - (high - low) * math.expm1(-dose), 1)
