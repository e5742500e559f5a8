"""``python -m benchmarks``: measure, print, and write docs/performance.md."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.clock import say
from benchmarks.memory import measure_memory
from benchmarks.race import race
from benchmarks.report import Results, failures, page
from benchmarks.scaling import over_routes, over_vertices, over_zones
from benchmarks.single import cold, warm
from benchmarks.work import (
    OPENFLIGHTS_PAIRS,
    Work,
    country_zones,
    lengths_km,
    random_routes,
    scheduled_routes,
    vertex_count,
)  # fmt: skip

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"

PARTS = ("race", "single", "zones", "routes", "vertices", "memory")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything."""

    race: int
    rounds: int
    runs: int
    zones: tuple[int, ...]
    zones_routes: int
    routes: tuple[int, ...]
    vertices: tuple[int, ...]
    vertices_routes: int
    memory: int


FULL = Sizes(
    race=OPENFLIGHTS_PAIRS, rounds=5, runs=15,
    zones=(10, 100, 1_000, 10_000), zones_routes=20_000,
    routes=(1_000, 10_000, 100_000, 1_000_000),
    vertices=(1_000, 10_000, 100_000, 1_000_000), vertices_routes=20_000,
    memory=1_000_000,
)  # fmt: skip
QUICK = Sizes(
    race=4_000, rounds=3, runs=5,
    zones=(10, 100, 1_000, 10_000), zones_routes=4_000,
    routes=(1_000, 10_000),
    vertices=(1_000, 10_000, 100_000), vertices_routes=4_000,
    memory=20_000,
)  # fmt: skip
TINY = Sizes(
    race=60, rounds=1, runs=1, zones=(10, 100), zones_routes=20, routes=(10, 20),
    vertices=(1_000,), vertices_routes=10, memory=50,
)  # fmt: skip
SIZES = {"full": FULL, "quick": QUICK, "tiny": TINY}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts asked for; 1 if a pair was answered differently without a reason."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="full", help="how much (%(default)s)")
    parser.add_argument("--only", choices=PARTS, action="append", help="this part; repeatable")
    parser.add_argument("--builtin-zones", action="store_true", help="do not fetch outlines")
    parser.add_argument("--page", type=Path, default=PAGE, help="where the page is written")
    parser.add_argument("--no-page", action="store_true", help="print only")
    given = parser.parse_args(arguments)
    results = measured(SIZES[given.size], given.only or PARTS, builtin=given.builtin_zones)
    text = page(results)
    print(text)
    if not given.no_page:
        given.page.write_text(text, encoding="utf-8")
    found = failures(results)
    for line in found:
        say(f"FAILURE {line}")
    return 1 if found else 0


def measured(sizes: Sizes, parts: Sequence[str], *, builtin: bool) -> Results:
    """Do the work, part by part."""
    results = Results(rounds=sizes.rounds)
    zones, source = country_zones(builtin=builtin)
    results.zones = f"{source}, {vertex_count(zones):,} vertices"
    if "race" in parts:
        for name, draw in (
            ("Scheduled lengths", scheduled_routes),
            ("Any two airports", random_routes),
        ):
            routes = draw(sizes.race)
            full = f"{name}: {len(routes):,} routes, {lengths_km(routes).mean():,.0f} km on average"
            say(full)
            results.races.append(race(Work(full, routes, zones), sizes.rounds))
    if "single" in parts:
        say("One check, cold and warm")
        results.cold = cold(sizes.runs)
        results.warm = warm(sizes.runs)
    rounds = min(sizes.rounds, 3)
    if "zones" in parts:
        say("Scaling in zones")
        results.over_zones = over_zones(sizes.zones, sizes.zones_routes, rounds)
    if "routes" in parts:
        say("Scaling in routes")
        results.over_routes = over_routes(sizes.routes, rounds, builtin=builtin)
    if "vertices" in parts:
        say("Scaling in vertices")
        results.over_vertices = over_vertices(sizes.vertices, sizes.vertices_routes, rounds)
    if "memory" in parts:
        say(f"Memory of one call with {sizes.memory:,} routes")
        results.memory = measure_memory(sizes.memory)
    return results


if __name__ == "__main__":
    sys.exit(main())
