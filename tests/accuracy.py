"""Compare the engine with the independent oracle over seeded random cases.

``make test`` runs some hundreds of them (``test_accuracy.py``). ``make accuracy`` runs 10,000, side
by side, and with ``--write`` puts the table into ``docs/accuracy.md``.
"""

from __future__ import annotations

import os

if __name__ == "__main__":
    # One process for each core; threads within them would only wait for each other.
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

import routecheck as rc
from cases import MAX_ROUTE_KM, Case, case_at
from oracle import bracket_km, distance_km, prepare, rings_of, route_length_km

TOLERANCE_M = 10.0

LIMIT_KM = 1000.0
"""The widest limit that measure takes, so that misses are compared too."""

CASES = 10_000
SEED = 20241225

PAGE = Path(__file__).parents[1] / "docs" / "accuracy.md"
BEGIN, END = "<!-- table: make accuracy -->", "<!-- end of table -->"

LATITUDES = (0, 15, 30, 45, 60, 75, 85, 90)
LENGTHS_KM = (0, 10, 100, 500, 2000, 5000, 10_000, 15_000, 18_500, int(MAX_ROUTE_KM))


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case: the error of the distance, and by how much lengths miss their bracket."""

    case: Case
    closest_km: float
    true_km: float
    distance_error_m: float
    inside_miss_m: float
    buffered_miss_m: float

    @property
    def within(self) -> bool:
        """Whether all of it is within the stated tolerance (1 m is the oracle's resolution)."""
        return self.distance_error_m <= TOLERANCE_M and not self.lengths_miss

    @property
    def lengths_miss(self) -> bool:
        """Whether a length lies out of its bracket."""
        return max(self.inside_miss_m, self.buffered_miss_m) > 1.0

    @property
    def apart(self) -> bool:
        """Whether there is a distance to compare: no contact, and not beyond the limit."""
        return 0.0 < self.true_km <= LIMIT_KM


def _miss_m(value_km: float, bracket: tuple[float, float]) -> float:
    low, high = bracket
    return max(0.0, low - value_km, value_km - high) * 1000


def compare(case: Case) -> Outcome:
    """Measure one case with the engine and with the oracle."""
    geometry = dict(case.geometry)
    zones = rc.load_zones(
        {"type": "Feature", "properties": {"buffer_km": case.buffer_km}, "geometry": geometry}
    )
    found = rc.measure([case.route], zones, within_km=LIMIT_KM)
    truth = prepare(rings_of(geometry))
    true_km = distance_km(case.route, truth)
    if len(found):
        closest_km = float(found.closest_km[0])
        error_m = abs(closest_km - true_km) * 1000
        inside_km, buffered_km = float(found.inside_km[0]), float(found.buffered_km[0])
    else:
        # Not reported: right if it is beyond the limit.
        closest_km, error_m = np.inf, max(0.0, LIMIT_KM - true_km) * 1000
        inside_km = buffered_km = 0.0
    return Outcome(
        case,
        closest_km,
        true_km,
        error_m,
        _miss_m(inside_km, bracket_km(case.route, truth, 0.0, TOLERANCE_M)),
        _miss_m(buffered_km, bracket_km(case.route, truth, case.buffer_km, TOLERANCE_M)),
    )


def compare_at(seed: int, i: int) -> Outcome:
    """Compare the case of that number."""
    return compare(case_at(seed, i))


def outcomes(count: int, seed: int, jobs: int) -> Iterator[Outcome]:
    """Compare so many seeded cases, some at a time, in order."""
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(partial(compare_at, seed), range(count), chunksize=25)


# --- the table ----------------------------------------------------------------------------------


def latitude(case: Case) -> float:
    """How far from the equator the middle of the zone lies, degrees."""
    geometry = case.geometry
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    lats = [position[1] for polygon in polygons for position in polygon[0]]
    return abs(min(lats) + max(lats)) / 2


def band(value: float, edges: tuple[int, ...], unit: str) -> str:
    """The band that a value falls into, its lower edge inclusive."""
    at = min(max(int(np.searchsorted(edges, value, side="right")), 1), len(edges) - 1)
    return f"{edges[at - 1]:,} to {edges[at]:,}{unit}"


def bands(case: Case) -> Iterator[tuple[str, str]]:
    """The heading and row of each table in which a case is counted."""
    route, _, zone = case.label.partition(": ")[2].partition(", zone ")
    yield "latitude of the zone", band(latitude(case), LATITUDES, "°")
    yield "length of the route", band(route_length_km(case.route), LENGTHS_KM, " km")
    yield "buffer", f"{case.buffer_km:g} km"
    yield "route", route
    yield "zone", zone


def _order(row: str) -> tuple[float, str]:
    first = row.split(maxsplit=1)[0].replace(",", "")
    return (float(first), "") if first.isdigit() else (np.inf, row)


def line(label: str, mine: list[Outcome]) -> str:
    """One row: how many cases, and the errors where there is a distance to compare."""
    near = sum(r.closest_km <= r.case.buffer_km for r in mine)
    errors = [r.distance_error_m for r in mine if r.apart]
    shown = ["–"] * 3
    if errors:
        median, most = np.percentile(errors, (50, 99))
        shown = [f"{median:.4f}", f"{most:.2f}", f"{max(errors):.2f}"]
    # A contact that is told as a miss is an error of the distance too.
    worst = max(r.distance_error_m for r in mine)
    shown[2] = f"{worst:.2f}"
    missed = sum(r.lengths_miss for r in mine)
    return f"| {label} | {len(mine)} | {near} | {len(errors)} | {' | '.join(shown)} | {missed} |"


def table(results: Iterable[Outcome]) -> str:
    """Errors by latitude, length, buffer, kind of route and place of the zone, as Markdown."""
    everything = list(results)
    tables: dict[str, dict[str, list[Outcome]]] = {}
    for result in everything:
        for heading, row in bands(result.case):
            tables.setdefault(heading, {}).setdefault(row, []).append(result)
    lines = []
    for heading, rows in tables.items():
        lines += [
            f"| {heading} | cases | within the buffer | distances | median, m | 99 %, m "
            "| largest, m | lengths out of bracket |",
            "|---|---|---|---|---|---|---|---|",
            *(line(row, rows[row]) for row in sorted(rows, key=_order)),
            line("**all**", everything),
            "",
        ]
    return "\n".join(lines)


def summary(results: list[Outcome]) -> str:
    """One sentence for page and terminal."""
    worst_m = max(r.distance_error_m for r in results)
    bad = sum(not r.within for r in results)
    return (
        f"{len(results):,} cases, largest error of a distance {worst_m:.2f} m, "
        f"{bad} out of tolerance."
    )


def write(text: str) -> None:
    """Put the tables into the page, between their marks."""
    page = PAGE.read_text(encoding="utf-8")
    head, _, rest = page.partition(BEGIN)
    tail = rest.partition(END)[2]
    PAGE.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")


def main() -> int:
    """Run, print, perhaps write; 1 if anything is out of tolerance."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--write", action="store_true", help="put the table into docs/accuracy.md")
    arguments = parser.parse_args()
    started = time.monotonic()
    results: list[Outcome] = []
    for result in outcomes(arguments.cases, arguments.seed, arguments.jobs):
        results.append(result)
        if len(results) % 1000 == 0:
            seconds = time.monotonic() - started
            print(f"{len(results):,} cases, {seconds:.0f} s", file=sys.stderr)
    text = f"{table(results)}\n{summary(results)}"
    print(text)
    bad = [r for r in results if not r.within]
    for r in bad[:40]:
        misses = f"{r.distance_error_m:.3f} {r.inside_miss_m:.3f} {r.buffered_miss_m:.3f}"
        print(r.case.label, r.case.route, r.case.buffer_km, misses, file=sys.stderr)
    if arguments.write:
        write(text)
    return int(bool(bad))


if __name__ == "__main__":
    raise SystemExit(main())
