"""What share of the world's routes gets each verdict: the other side of every warning.

The sample is fixed (``data/sample-pairs.txt``): 10,000 pairs of airports with an IATA code, every
airport as likely as any other. Direct lines between random places cross far more conflict zones
than the flights that people book, which airlines route round them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from routecheck.airports.dated import successors
from routecheck.airports.table import Row, table
from routecheck.geometry.legs import Legs
from routecheck.risk.many import Day, judge_many
from routecheck.risk.model import REASONS
from routecheck.tables import table_lines
from routecheck.zones.model import LEVELS, Stamp, ZoneSet

__all__ = [
    "SAMPLE_SIZE", "LengthShare", "Shares", "ZoneShare", "sample_pairs", "shares_of",
    "world_shares",
]  # fmt: skip

SAMPLE_SIZE: Final = 10_000

LENGTHS_KM: Final = (0.0, 1_500.0, 4_000.0, 8_000.0, 12_000.0, 20_100.0)
"""Bounds of the classes of length: regional, medium, and three of long haul."""


@dataclass(frozen=True, slots=True)
class ZoneShare:
    """How often one zone matters: numbers of routes.

    ``avoid`` and ``flagged`` count the routes that the zone itself puts at avoid, or at any level;
    ``alone`` those that no other zone would put at avoid.
    """

    zone: str
    avoid: int
    flagged: int
    alone: int


@dataclass(frozen=True, slots=True)
class LengthShare:
    """Routes of one class of length: numbers of routes; ``to_km`` is not in it."""

    from_km: float
    to_km: float
    routes: int
    avoid: int
    flagged: int


@dataclass(frozen=True, slots=True)
class Shares:
    """Verdicts of a sample of routes on one day, as numbers of routes.

    Attributes
    ----------
    avoid, caution, watch, none : int
        ``none``: no zone speaks; whether that is clear or unknown depends on the day.
    avoid_by_endpoint : int
        Those of ``avoid`` that take off or land inside a zone.
    zones : tuple of ZoneShare
        Most ``avoid`` first.
    lengths : tuple of LengthShare
        Shortest first.
    """

    when: Stamp
    routes: int
    avoid: int
    caution: int
    watch: int
    none: int
    avoid_by_endpoint: int
    zones: tuple[ZoneShare, ...]
    lengths: tuple[LengthShare, ...]

    @property
    def flagged(self) -> int:
        """Routes with any verdict but clear."""
        return self.routes - self.none

    def percent(self, number: int) -> float:
        """Share of the routes, in hundredths."""
        return 100.0 * number / self.routes if self.routes else 0.0


@cache
def sample_pairs() -> tuple[tuple[str, str], ...]:
    """The pairs of IATA codes, in the order drawn."""
    return tuple((line[:3], line[4:7]) for line in table_lines("sample-pairs.txt"))


def world_shares(
    zones: ZoneSet,
    days: Mapping[Stamp, date | None],
    size: int = SAMPLE_SIZE,
    progress: Callable[[int], None] | None = None,
) -> list[tuple[Shares, Shares]]:
    """Judge the first ``size`` pairs of the sample on several days, without and with events.

    Pairs with an airport that the installed table does not know are left out (``Shares.routes``
    says how many were judged).

    Parameters
    ----------
    days : mapping of date or datetime to date or None
        With each the day before which a reported attack must be known to count; None: by then.

    Returns
    -------
    list of (Shares, Shares)
        For each day that of the notices alone, and that with reported attacks. They are measured
        and judged once.
    """
    ends, countries = [], []
    for pair in sample_pairs()[:size]:
        one, two = (_airport(code) for code in pair)
        if one is None or two is None:
            continue
        ends.append((one.lon, one.lat, two.lon, two.lat))
        countries.append((one.country, two.country))
    if not ends:
        return []
    judged = judge_many(np.array(ends), countries, zones, list(days), progress=progress)
    length_km = Legs.between(np.array(ends)).length_km
    bare = np.array([zone.kind != "event" for zone in zones], dtype=np.bool_)
    pairs = []
    for day in judged:
        limit = days[day.when]
        known = np.array(
            [zone.event is None or limit is None or zone.event.known < limit for zone in zones],
            dtype=np.bool_,
        )
        pairs.append(
            (
                shares_of(day.of_zones(bare), zones, length_km),
                shares_of(day.of_zones(known), zones, length_km),
            )
        )
    return pairs


def _airport(code: str) -> Row | None:
    """The airport of a code, or the one that has another code since the draw."""
    return table().iata(code) or next(iter(successors(code)), None)


def shares_of(day: Day, zones: ZoneSet, length_km: npt.NDArray[np.float64]) -> Shares:
    """Count the verdicts of one day; ``length_km`` is that of each route."""
    verdicts = day.verdicts()
    counts = np.bincount(verdicts, minlength=len(LEVELS) + 1).tolist()
    avoid = day.level == len(LEVELS)
    at_end = avoid & (day.reason == REASONS.index("endpoint"))
    avoiding = np.bincount(day.route[avoid], minlength=day.routes)
    by_zone = []
    for position in np.unique(day.zone).tolist():
        mine = day.zone == position
        mine_avoid = day.route[mine & avoid]
        by_zone.append(
            ZoneShare(
                zone=zones[position].id,
                avoid=len(mine_avoid),
                flagged=int(mine.sum()),
                alone=int((avoiding[mine_avoid] == 1).sum()),
            )
        )
    by_zone.sort(key=lambda z: (-z.avoid, -z.flagged, z.zone))
    return Shares(
        when=day.when,
        routes=day.routes,
        avoid=counts[3],
        caution=counts[2],
        watch=counts[1],
        none=counts[0],
        avoid_by_endpoint=len(np.unique(day.route[at_end])),
        zones=tuple(by_zone),
        lengths=tuple(
            LengthShare(
                low,
                high,
                routes=int(mine.sum()),
                avoid=int((verdicts[mine] == len(LEVELS)).sum()),
                flagged=int((verdicts[mine] > 0).sum()),
            )
            for low, high in pairwise(LENGTHS_KM)
            for mine in [(length_km >= low) & (length_km < high)]
        ),
    )
