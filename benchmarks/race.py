"""All engines in turn on the same work, in one process, round after round."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.agreement import Agreement, compare
from benchmarks.clock import say, timed
from benchmarks.peers import Answer, GeoPandas, NotThereError, Peer, Routecheck, Spherely
from benchmarks.sql_peers import PostGIS, Sedona, SedonaLengths
from benchmarks.work import Work

__all__ = ["PEERS", "RECORD", "Lap", "Race", "race"]

PEERS: tuple[type[Peer], ...] = (Routecheck, Sedona, SedonaLengths, GeoPandas, Spherely, PostGIS)

RECORD = Sedona.name
"""The one that others are held against."""


@dataclass(slots=True)
class Lap:
    """What one engine did."""

    peer: Peer
    answer: Answer
    prepare_s: float
    rounds_s: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)
    agreement: Agreement | None = None

    @property
    def best_s(self) -> float:
        """The fastest round."""
        return min(self.rounds_s)

    @property
    def median_s(self) -> float:
        """The round in the middle."""
        return statistics.median(self.rounds_s)

    @property
    def cores(self) -> float:
        """Cores kept busy, on average."""
        return sum(self.cpu_s) / sum(self.rounds_s)


@dataclass(slots=True)
class Race:
    """One set of work, all engines."""

    work: Work
    laps: list[Lap]
    absent: dict[str, str]
    """Engines that did not run, and why."""

    def ratio(self, lap: Lap) -> float | None:
        """Speed over that of the record, round by round: the median of these."""
        record = next((other for other in self.laps if other.peer.name == RECORD), None)
        if record is None:
            return None
        rounds = zip(record.rounds_s, lap.rounds_s, strict=True)
        return statistics.median(theirs / own for theirs, own in rounds)


def race(work: Work, rounds: int, peers: Sequence[type[Peer]] = PEERS) -> Race:
    """Warm each engine up, then time them in turn; compare every answer with ours."""
    laps: list[Lap] = []
    absent: dict[str, str] = {}
    for make in peers:
        try:
            peer = make()
        except (NotThereError, ImportError) as why:
            absent[make.name] = str(why)
            say(f"  {make.name}: not there ({why})")
            continue
        prepare_s, _ = timed(lambda peer=peer: peer.prepare(work))
        peer.run()  # compiles, builds, loads: not counted
        first_s, answer = timed(peer.run)
        say(f"  {peer.name}: about {len(work) / first_s:,.0f} routes/s, {len(answer):,} pairs")
        laps.append(Lap(peer, answer, prepare_s))
    for turn in range(rounds):
        say(f"  round {turn + 1} of {rounds}")
        # each round begins with another, so that none always follows the same one
        for lap in laps[turn % len(laps) :] + laps[: turn % len(laps)]:
            before = time.process_time()
            seconds, _ = timed(lap.peer.run)
            lap.cpu_s.append(time.process_time() - before)
            lap.rounds_s.append(seconds)
    ours = laps[0]
    for lap in laps[1:]:
        lap.agreement = compare(work, ours.answer, lap.answer)
    return Race(work, laps, absent)
