"""How long a first check takes, as a whole process, beside ``import geopandas`` as another.

Runs alternate in one session, so that a busy machine slows both; medians and their ratio are
printed. The aim is a ratio of at most 0.8.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

CHECK = [sys.executable, "-m", "routecheck", "BAK", "GRV"]
PEER = [sys.executable, "-c", "import geopandas"]
AIM = 0.8


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    for command in (CHECK, PEER):  # byte code is compiled, files are in the cache
        seconds(command)
    pairs = [(seconds(CHECK), seconds(PEER)) for _ in range(runs)]
    check, peer = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"routecheck BAK GRV      {check * 1000:6.0f} ms")
    print(f"import geopandas        {peer * 1000:6.0f} ms")
    print(f"ratio                   {check / peer:6.2f}   (aim: at most {AIM})")


if __name__ == "__main__":
    main()
