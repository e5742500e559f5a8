"""How the time grows with routes, zones and vertices, SedonaDB's ST_DWithin beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from benchmarks.clock import say, timed
from benchmarks.peers import NotThereError, Peer, Routecheck
from benchmarks.sql_peers import Sedona
from benchmarks.work import (
    Work,
    country_zones,
    one_zone,
    scheduled_routes,
    small_zones,
    vertex_count,
)  # fmt: skip

__all__ = ["AIM_US", "Step", "further_hit_us", "over_routes", "over_vertices", "over_zones"]

AIM_US = 40.0
"""With 10,000 zones each further hit costs at most this, microseconds."""

PATIENCE_S = 30.0
"""A peer that has taken this long at one size is left out of the larger ones."""


@dataclass(frozen=True, slots=True)
class Step:
    """One size."""

    size: int
    """Of what grows."""
    routes: int
    vertices: int
    hits: int
    seconds: float
    one_route_s: float
    """The same call with a single route: what the zones cost, however many the routes."""
    sedona_s: float | None

    @property
    def route_us(self) -> float:
        """Microseconds a route."""
        return self.seconds / self.routes * 1e6


def over_zones(sizes: Sequence[int], routes: int, rounds: int) -> list[Step]:
    """The same routes, more and more small zones."""
    flown = scheduled_routes(routes)
    return _walk(
        ((size, Work(f"{size:,} zones", flown, small_zones(size))) for size in sizes), rounds
    )


def over_routes(sizes: Sequence[int], rounds: int, *, builtin: bool) -> list[Step]:
    """The same 40 zones, more and more routes."""
    zones, _ = country_zones(builtin=builtin)
    return _walk(
        ((size, Work(f"{size:,} routes", scheduled_routes(size), zones)) for size in sizes), rounds
    )


def over_vertices(sizes: Sequence[int], routes: int, rounds: int) -> list[Step]:
    """The same routes, one zone of more and more vertices."""
    flown = scheduled_routes(routes)
    return _walk(
        ((size, Work(f"{size:,} vertices", flown, one_zone(size))) for size in sizes), rounds
    )


def further_hit_us(steps: Sequence[Step]) -> float | None:
    """Microseconds for each hit that the largest size has more than the smallest."""
    first, last = steps[0], steps[-1]
    more = last.hits - first.hits
    return (last.seconds - first.seconds) / more * 1e6 if more > 0 else None


def _one_route_s(work: Work, rounds: int) -> float:
    alone = Routecheck()
    alone.prepare(replace(work, routes=work.routes[:1]))
    return min(timed(alone.run)[0] for _ in range(rounds))


def _walk(works: Iterable[tuple[int, Work]], rounds: int) -> list[Step]:
    ours = Routecheck()
    try:
        sedona: Peer | None = Sedona()
    except (NotThereError, ImportError):
        sedona = None
    steps = []
    for size, work in works:
        ours.prepare(work)
        ours.run()
        theirs: list[float] = []
        if sedona is not None:
            sedona.prepare(work)
            warm_s, _ = timed(sedona.run)
            if warm_s > PATIENCE_S:
                theirs.append(warm_s)
        mine = []
        for _ in range(rounds):
            seconds, answer = timed(ours.run)
            mine.append(seconds)
            if sedona is not None and (not theirs or theirs[0] <= PATIENCE_S):
                theirs.append(timed(sedona.run)[0])
        if theirs and min(theirs) > PATIENCE_S:
            sedona = None
        steps.append(
            Step(
                size, len(work), vertex_count(work.zones), len(answer), min(mine),
                _one_route_s(work, rounds), min(theirs, default=None),
            )
        )  # fmt: skip
        say(f"  {work.name}: {steps[-1].seconds:.3f} s, {steps[-1].hits:,} hits")
    return steps
