"""Peak memory of one call of ``rc.measure`` with the built-in zones, in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

import routecheck as rc
from benchmarks.clock import timed
from benchmarks.work import scheduled_routes

__all__ = ["AIM_MB", "Memory", "measure_memory"]

AIM_MB = 1_000.0
"""One call with 1,000,000 routes stays under this."""

REPO = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Memory:
    """Of one process, MB (10⁶ bytes)."""

    routes: int
    pairs: int
    start_mb: float
    """Peak before the call: Python, the libraries, the routes and the zones."""
    peak_mb: float
    seconds: float


def measure_memory(count: int) -> Memory:
    """Start a process, let it measure, and read its peak."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "routes.npy"
        np.save(file, scheduled_routes(count))
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.memory", str(file)],
            capture_output=True,
            text=True,
            check=False,
            cwd=REPO,
        )
    if done.returncode:
        raise RuntimeError(f"the child that measures memory failed:\n{done.stderr}")
    return Memory(**json.loads(done.stdout))


def _peak_mb() -> float:
    status = Path("/proc/self/status")
    if status.exists():  # Linux: getrusage would count what the parent held when it forked
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def _child(file: str) -> Memory:
    routes = np.load(file)
    zones = rc.load_zones()
    start_mb = _peak_mb()
    seconds, found = timed(lambda: rc.measure(routes, zones))
    return Memory(len(routes), len(found.route), start_mb, _peak_mb(), seconds)


if __name__ == "__main__":
    print(json.dumps(asdict(_child(sys.argv[1]))))
