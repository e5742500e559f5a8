"""Which level an advisory counts for at an altitude, and a zone with several of them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from routecheck.zones.ageing import Standing, lower
from routecheck.zones.model import LEVELS, Advisory, Level, Zone
from routecheck.zones.weapons import weapons

__all__ = ["ENDPOINT_FT", "ZoneLevels", "counts_for", "highest", "rank", "zone_levels"]

ENDPOINT_FT: Final = 10_000.0
"""A landing counts within the levels of every advisory whose floor is at or below this."""

WELL_ABOVE_FT: Final = 10_000.0
"""So far above an advisory's ceiling, out of reach of the listed weapons, only watch remains."""

WEIGHT_PER_MIN: Final[dict[Level, float]] = {"avoid": 0.02, "caution": 0.006, "watch": 0.002}
OUTSIDE_LEVELS: Final = 0.3

_RANK: Final[dict[Level | None, int]] = {
    None: 0,
    **{level: i + 1 for i, level in enumerate(LEVELS)},
}


def rank(level: Level | None) -> int:
    """Order of levels: none 0, watch 1, caution 2, avoid 3."""
    return _RANK[level]


def highest(levels: Iterable[Level | None]) -> Level | None:
    """The strictest of some levels, None if there is none."""
    return max(levels, key=_RANK.__getitem__, default=None)


Graded = tuple[float, float, float]
"""What a notice weighs, per minute, and between which altitudes, ft, it weighs that in full."""


def _graded(standings: Iterable[Standing], *, no_notice: bool) -> tuple[Graded, ...]:
    """What decides the weight of a zone: the notices that another does not outweigh everywhere."""
    if no_notice:
        return ((WEIGHT_PER_MIN["watch"], -math.inf, math.inf),)
    found = {
        (
            WEIGHT_PER_MIN[s.level],
            -math.inf if s.advisory.floor_ft is None else s.advisory.floor_ft,
            math.inf if s.advisory.ceiling_ft is None else s.advisory.ceiling_ft,
        )
        for s in standings
    }
    outweighed = {
        mine
        for mine in found
        for other in found
        if other != mine
        and other[0] >= mine[0] and other[1] <= mine[1] and other[2] >= mine[2]
    }  # fmt: skip
    return tuple(sorted(found - outweighed))


@dataclass(frozen=True, slots=True, eq=False)
class ZoneLevels:
    """What a zone asks for on a day: the advisories that count for a flight, graded.

    Attributes
    ----------
    standings : tuple of Standing
        Those that count; empty with ``no_notice`` for a zone without any known notice.
    reach_ft : float
        Highest ceiling among the weapons listed for the zone, 0 if none is.
    """

    standings: tuple[Standing, ...]
    no_notice: bool
    reach_ft: float
    graded: tuple[Graded, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "graded", _graded(self.standings, no_notice=self.no_notice))

    def level(self, altitude_ft: float) -> Level | None:
        """Level in flight at an altitude, inside the outline."""
        if self.no_notice:
            return "watch"
        top: Level | None = None
        for s in self.standings:
            # One that cannot be stricter than what was found need not be asked.
            if _RANK[s.level] > _RANK[top]:
                top = highest((top, self._level_of(s, altitude_ft)))
        return top

    def endpoint_level(self) -> Level | None:
        """Level of a take-off or landing inside the outline."""
        if self.no_notice:
            return "watch"
        return highest(
            s.level if _reaches_ground(s.advisory) else lower(s.level) for s in self.standings
        )

    def weights(self, altitude_ft: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Dose per minute at altitudes, inside the outline."""
        heaviest = np.zeros(len(altitude_ft))
        for weight, floor_ft, ceiling_ft in self.graded:
            covered = (altitude_ft >= floor_ft) & (altitude_ft <= ceiling_ft)
            heaviest = np.maximum(heaviest, weight * np.where(covered, 1.0, OUTSIDE_LEVELS))
        return heaviest

    def weight(self, altitude_ft: float) -> float:
        """The same at one altitude."""
        heaviest = 0.0
        for weight, floor_ft, ceiling_ft in self.graded:
            if weight > heaviest:
                covered = floor_ft <= altitude_ft <= ceiling_ft
                heaviest = max(heaviest, weight * (1.0 if covered else OUTSIDE_LEVELS))
        return heaviest

    def weight_limits_ft(self) -> set[float]:
        """Altitudes at which the weight may change."""
        limits = {limit for _, *both in self.graded for limit in both}
        return limits - {-math.inf, math.inf}

    def endpoint_weight(self) -> float:
        """Dose per minute of a take-off or landing inside the outline."""
        if self.no_notice:
            return WEIGHT_PER_MIN["watch"]
        return max(
            (
                WEIGHT_PER_MIN[s.level] * (1.0 if _reaches_ground(s.advisory) else OUTSIDE_LEVELS)
                for s in self.standings
            ),
            default=0.0,
        )

    def limits_ft(self) -> set[float]:
        """Altitudes at which the level may change."""
        limits = {self.reach_ft}
        for advisory in (s.advisory for s in self.standings):
            if advisory.floor_ft is not None:
                limits.add(advisory.floor_ft)
            if advisory.ceiling_ft is not None:
                limits |= {advisory.ceiling_ft, advisory.ceiling_ft + WELL_ABOVE_FT}
        return limits

    def _level_of(self, standing: Standing, altitude_ft: float) -> Level:
        advisory = standing.advisory
        floor_ft, ceiling_ft = advisory.floor_ft, advisory.ceiling_ft
        if (floor_ft is None or altitude_ft >= floor_ft) and (
            ceiling_ft is None or altitude_ft <= ceiling_ft
        ):
            return standing.level
        well_above = ceiling_ft is not None and altitude_ft >= ceiling_ft + WELL_ABOVE_FT
        if well_above and altitude_ft > self.reach_ft:
            return "watch"
        return lower(standing.level)


def _reaches_ground(advisory: Advisory) -> bool:
    return advisory.floor_ft is None or advisory.floor_ft <= ENDPOINT_FT


def counts_for(advisory: Advisory, *, endpoint_inside: bool, countries: Collection[str]) -> bool:
    """Whether an advisory speaks of a leg, by where the leg begins and ends.

    ``endpoint_inside``: in the zone; ``countries``: the ISO codes of both places.
    """
    if advisory.applies == "all":
        return True
    calls = endpoint_inside or any(c in advisory.aerodromes_in for c in countries)
    return calls == (advisory.applies == "arrival-departure")


def zone_levels(
    zone: Zone,
    standings: tuple[Standing, ...],
    *,
    endpoint_inside: bool,
    countries: Collection[str] = (),
) -> ZoneLevels:
    """Grade a zone for a leg that does, or does not, begin or end inside it."""
    counting = [
        s
        for s in standings
        if s.advisory.applies == "all"
        or counts_for(s.advisory, endpoint_inside=endpoint_inside, countries=countries)
    ]
    reach_ft = 0.0
    if zone.weapons:
        reach_ft = max(weapons()[weapon].ceiling_ft for weapon in zone.weapons)
    bare = not zone.advisories and zone.event is None
    return ZoneLevels(tuple(counting), bare, reach_ft)
