"""How long a first check takes, as a whole process, beside ``import geopandas`` as another.

Runs alternate in one session, so that a busy machine slows both; medians and their ratio are
printed. The aim is a ratio of at most 0.6.

    python benchmarks/cold_start.py                 Baku to Grozny, inside a zone
    python benchmarks/cold_start.py LHR JFK         a route that is clear
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

ROUTE = ["BAK", "GRV"]
PEER = [sys.executable, "-c", "import geopandas"]
AIM = 0.6


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("places", nargs="*", default=ROUTE)
    parser.add_argument("--runs", type=int, default=15)
    arguments = parser.parse_args()
    check = [sys.executable, "-m", "routecheck", *arguments.places]
    for command in (check, PEER):  # byte code is compiled, files are in the cache
        seconds(command)
    pairs = [(seconds(check), seconds(PEER)) for _ in range(arguments.runs)]
    ours, peer = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{'routecheck ' + ' '.join(arguments.places):<24}{ours * 1000:6.0f} ms")
    print(f"{'import geopandas':<24}{peer * 1000:6.0f} ms")
    print(f"{'ratio':<24}{ours / peer:6.2f}   (aim: at most {AIM})")


if __name__ == "__main__":
    main()
