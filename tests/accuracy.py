"""Compare the engine with the independent oracle over seeded random cases.

``make test`` runs some hundreds of them (``test_accuracy.py``); ``make accuracy`` runs 1,000 and
prints the table of ``docs/accuracy.md``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

import routecheck as rc
from cases import Case, random_cases
from oracle import bracket_km, distance_km, prepare, rings_of

TOLERANCE_M = 10.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case: the error of the distance, and by how much lengths miss their bracket."""

    case: Case
    closest_km: float
    distance_error_m: float
    inside_miss_m: float
    buffered_miss_m: float

    @property
    def within(self) -> bool:
        """Whether all of it is within the stated tolerance (1 m is the oracle's resolution)."""
        return (
            self.distance_error_m <= TOLERANCE_M
            and self.inside_miss_m <= 1.0
            and self.buffered_miss_m <= 1.0
        )


def _miss_m(value_km: float, bracket: tuple[float, float]) -> float:
    low, high = bracket
    return max(0.0, low - value_km, value_km - high) * 1000


def compare(case: Case) -> Outcome:
    """Measure one case with the engine and with the oracle."""
    geometry = dict(case.geometry)
    zones = rc.load_zones(
        {"type": "Feature", "properties": {"buffer_km": case.buffer_km}, "geometry": geometry}
    )
    # The widest limit that measure takes, so that misses are compared too.
    found = rc.measure([case.route], zones, within_km=1000.0)
    truth = prepare(rings_of(geometry))
    true_km = distance_km(case.route, truth)
    if len(found):
        closest_km = float(found.closest_km[0])
        error_m = abs(closest_km - true_km) * 1000
        inside_km, buffered_km = float(found.inside_km[0]), float(found.buffered_km[0])
    else:
        # Not reported: right if it is beyond the limit.
        closest_km, error_m = np.inf, max(0.0, 1000.0 - true_km) * 1000
        inside_km = buffered_km = 0.0
    return Outcome(
        case,
        closest_km,
        error_m,
        _miss_m(inside_km, bracket_km(case.route, truth, 0.0, TOLERANCE_M)),
        _miss_m(buffered_km, bracket_km(case.route, truth, case.buffer_km, TOLERANCE_M)),
    )


def outcomes(count: int, seed: int) -> Iterator[Outcome]:
    """Compare so many seeded cases."""
    for case in random_cases(count, seed):
        yield compare(case)


def table(results: Iterable[Outcome]) -> str:
    """Errors by kind of route, and by where the zone lies, as Markdown."""
    rows: dict[str, list[Outcome]] = {}
    for result in results:
        route, _, place = result.case.label.partition(": ")[2].partition(", ")
        rows.setdefault(f"route: {route}", []).append(result)
        rows.setdefault(place.replace("zone ", "zone: ", 1), []).append(result)
    lines = [
        "| cases | number | within the buffer | largest error, m | lengths out of bracket |",
        "|---|---|---|---|---|",
    ]
    for label, mine in sorted(rows.items()):
        near = [r for r in mine if r.closest_km <= max(r.case.buffer_km, 0)]
        worst = max(r.distance_error_m for r in mine)
        outside = sum(r.inside_miss_m > 1 or r.buffered_miss_m > 1 for r in mine)
        lines.append(f"| {label} | {len(mine)} | {len(near)} | {worst:.2f} | {outside} |")
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20241225)
    arguments = parser.parse_args()
    everything = list(outcomes(arguments.cases, arguments.seed))
    print(table(everything))
    bad = [r for r in everything if not r.within]
    for r in bad[:40]:
        misses = f"{r.distance_error_m:.3f} {r.inside_miss_m:.3f} {r.buffered_miss_m:.3f}"
        print(r.case.label, r.case.route, r.case.buffer_km, misses)
    worst_m = max(r.distance_error_m for r in everything)
    print(f"{len(everything)} cases, largest error {worst_m:.2f} m, {len(bad)} out of tolerance")
    raise SystemExit(bool(bad))
