"""One check: as a cold process, and in a process that is warm."""

from __future__ import annotations

import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import routecheck as rc
from benchmarks.clock import timed
from routecheck.geometry.run import COMPILE_FROM

__all__ = ["ROUTES", "Single", "cold", "warm"]

COLD = Path(__file__).with_name("cold_start.py")

DATE = "2026-11-20"

ROUTES = (
    ("WAW", "KBP"), ("LHR", "GVA"), ("IST", "TBS"), ("KBL", "DXB"), ("DOH", "BEY"),
    ("GYD", "SVO"), ("LHR", "DEL"), ("AKL", "SCL"), ("FRA", "SIN"), ("SIN", "JFK"),
)  # fmt: skip
"""Ten, of 500 to 15,300 km, through zones and far from any."""


@dataclass(frozen=True, slots=True)
class Single:
    """A warm check of one route."""

    route: str
    km: float
    verdict: str
    milliseconds: float


def warm(runs: int) -> list[Single]:
    """Median time of ``rc.check`` for each route, the compiled kernel being loaded."""
    rc.measure([[0.0, 0.0, 1.0, 1.0]] * COMPILE_FROM, rc.load_zones())
    done = []
    for origin, destination in ROUTES:
        found = rc.check(origin, destination, date=DATE)
        seconds = [
            timed(lambda a=origin, b=destination: rc.check(a, b, date=DATE))[0] for _ in range(runs)
        ]
        done.append(
            Single(
                f"{origin} {destination}",
                float(found.to_dict()["route"]["distance_km"]),
                found.verdict,
                statistics.median(seconds) * 1000.0,
            )
        )
    return done


def cold(runs: int) -> str:
    """What the benchmark of a cold start prints."""
    done = subprocess.run(
        [sys.executable, str(COLD), "--runs", str(runs)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return (
            f"{COLD.name} failed: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}"
        )
    return done.stdout.strip()
