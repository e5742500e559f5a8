"""``python -m benchmarks.audits``: an audit of 10,000,000 bookings beside pyarrow and GeoPandas.

Writes docs/performance-audits.md and the section in docs/performance.md. ``--rows N`` audits fewer,
``--no-page`` only prints.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.csv as pa_csv

import routecheck as rc
from benchmarks.bookings import BAD, DISTINCT, write_bookings
from benchmarks.report import AUDITS, audits_section

WHOLE_PAGE = AUDITS.with_name("performance.md")
FEW = 300
"""Rows that the GeoPandas script does: it takes the same time for each."""

CHILD = """
import resource, sys
from pathlib import Path
from routecheck.cli import main
try:
    main(sys.argv[1:])
finally:
    lines = Path("/proc/self/status").read_text().splitlines()
    print(next(x.split()[1] for x in lines if x.startswith("VmHWM")), file=sys.stderr)
"""


def audited(source: Path, out: Path) -> tuple[float, float]:
    """Seconds, and peak memory in MB, of an audit in a process of its own."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, "audit", str(source), "-o", str(out), "--force", "-q"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return time.perf_counter() - began, int(done.stderr.split()[-1]) * 1024 / 1e6


def copied(source: Path, out: Path) -> float:
    """Seconds that pyarrow takes to read a file and write it again."""
    began = time.perf_counter()
    with pa_csv.open_csv(source) as reader, pa_csv.CSVWriter(out, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)
    return time.perf_counter() - began


def with_geopandas(source: Path, rows: int) -> float:
    """Seconds of a plain GeoPandas script for so many rows: great circles, buffers, overlay."""
    import geopandas  # noqa: PLC0415 - a peer
    import numpy as np  # noqa: PLC0415 - likewise
    import pandas as pd  # noqa: PLC0415 - likewise
    import shapely  # noqa: PLC0415 - likewise
    from pyproj import Geod  # noqa: PLC0415 - likewise

    zones = rc.load_zones()
    shapes = geopandas.GeoDataFrame(
        {"zone": [z.id for z in zones]},
        geometry=[shapely.geometry.shape(z.geometry) for z in zones],
        crs="EPSG:4326",
    )
    began = time.perf_counter()
    table = pd.read_csv(source, nrows=rows)
    geod = Geod(ellps="WGS84")
    for origin, dest, day in zip(table["from"], table["to"], table["date"], strict=True):
        try:
            a, b = rc.resolve(origin), rc.resolve(dest)
        except rc.RoutecheckError:
            continue
        points = geod.npts(a.lon, a.lat, b.lon, b.lat, 100) if a != b else []
        line = shapely.LineString([(a.lon, a.lat), *points, (b.lon, b.lat)])
        flat = geopandas.GeoSeries([line], crs="EPSG:4326")
        crs = f"+proj=aeqd +lat_0={(a.lat + b.lat) / 2} +lon_0={(a.lon + b.lon) / 2}"
        met = shapes[shapes.intersects(flat.iloc[0].buffer(1.0))]
        if len(met):
            there = met.to_crs(crs)
            km = there.buffer(50_000).intersection(flat.to_crs(crs).iloc[0]).length / 1000
            np.asarray(km)
        str(day)
    return time.perf_counter() - began


def main() -> int:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.audits", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--no-page", action="store_true", help="print only")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "bookings.csv"
        write_bookings(given.rows, source)
        copy_s = min(copied(source, folder / "copy.csv") for _ in range(2))
        (folder / "copy.csv").unlink()
        seconds, peak_mb = audited(source, folder / "out.csv")
        out_mb = (folder / "out.csv").stat().st_size / 1e6
        again_s = copied(folder / "out.csv", folder / "copy.csv")
        few = min(FEW, given.rows)
        peer_s = with_geopandas(source, few) / few * given.rows
        in_mb = source.stat().st_size / 1e6
    rate, peer_rate = given.rows / seconds, given.rows / peer_s
    text = f"""# How fast audits are

Made by `python -m benchmarks.audits` on two cores: {given.rows:,} seeded bookings
({in_mb:,.0f} MB of CSV, {DISTINCT:,} distinct pairs of airports, dates over two years,
{BAD:.1%} bad rows), audited against the built-in zones into {out_mb:,.0f} MB of CSV.

| | seconds | rows/s |
|---|--:|--:|
| `routecheck audit`, all of it | {seconds:,.1f} | {rate:,.0f} |
| pyarrow, reading and writing the input | {copy_s:,.1f} | {given.rows / copy_s:,.0f} |
| pyarrow, reading and writing the output | {again_s:,.1f} | {given.rows / again_s:,.0f} |
| a GeoPandas script, from {few:,} rows | {peer_s:,.0f} | {peer_rate:,.0f} |

- Peak memory: **{peak_mb:,.0f} MB** (aim: 600 MB).
- {seconds / copy_s:.1f} times as long as pyarrow takes to read and write the input (aim: 3),
  {seconds / again_s:.1f} times the output.
- {rate / peer_rate:,.0f} times as fast as the GeoPandas script (aim: 100), which knows no dates,
  levels, scores or nearest zones and measures on a projection.

Of the time, some 15 seconds go into the distinct routes and states of the papers, whatever the
number of rows: the more often routes are flown, the nearer an audit comes to reading and writing.
"""
    print(text)
    if not given.no_page:
        AUDITS.write_text(text, encoding="utf-8")
        whole = WHOLE_PAGE.read_text(encoding="utf-8")
        begins = whole.index("## Audits of tables\n")
        ends = whole.index("\n## ", begins)
        section = "\n".join(audits_section())
        WHOLE_PAGE.write_text(f"{whole[:begins]}{section}\n{whole[ends:]}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
