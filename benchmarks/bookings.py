"""A large seeded table of bookings, for audits: ``python -m benchmarks.bookings ROWS FILE``."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import airportsdata
import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from benchmarks.work import scheduled_routes

__all__ = ["BAD", "DISTINCT", "FIRST_DAY", "write_bookings"]

DISTINCT = 60_000
"""Distinct pairs of airports."""
BAD = 0.001
"""Part of the rows that cannot be checked: unknown codes, dates that are none, one place twice."""
FIRST_DAY = date(2025, 1, 1)
DAYS = 730
AT_ONCE = 500_000


def write_bookings(rows: int, path: Path, seed: int = 20_251_225, distinct: int = DISTINCT) -> None:
    """Write bookings as CSV: an id, a traveller, two airports, a date, a flight, a price."""
    rng = np.random.default_rng(seed)
    pairs = _pairs(distinct)
    # Few routes are flown often: a Zipf-like choice, as in real bookings.
    weights = 1 / np.arange(1, len(pairs) + 1) ** 0.6
    chances = weights / weights.sum()
    days = np.array([str(FIRST_DAY + timedelta(days=i)) for i in range(DAYS)], dtype=object)
    names = np.array([f"Traveller {i:05d}" for i in range(20_000)], dtype=object)
    with pa_csv.CSVWriter(path, _schema(), write_options=_options()) as writer:
        for first in range(0, rows, AT_ONCE):
            count = min(AT_ONCE, rows - first)
            pair = pairs[rng.choice(len(pairs), count, p=chances)]
            day = days[rng.integers(0, DAYS, count)].copy()
            origin, dest = pair[:, 0].copy(), pair[:, 1].copy()
            bad = np.flatnonzero(rng.random(count) < BAD)
            origin[bad[0::3]] = "XQ7"
            day[bad[1::3]] = "2025-02-30"
            dest[bad[2::3]] = origin[bad[2::3]]
            number = np.arange(first, first + count)
            columns = [
                pa.array([f"BK{n:08d}" for n in number.tolist()]),
                pa.array(names[rng.integers(0, len(names), count)]),
                pa.array(origin),
                pa.array(dest),
                pa.array(day),
                pa.array([f"{a}{b}" for a, b in zip(rng.choice(["LH", "BA", "TK", "J2"], count),
                                                    rng.integers(1, 9999, count), strict=True)]),
                pa.array(rng.integers(40, 4000, count).astype(float)),
            ]  # fmt: skip
            writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=_schema()))


def _pairs(count: int) -> np.ndarray:
    """(count, 2) codes of airports as far apart as scheduled flights go."""
    code = {(a["lon"], a["lat"]): iata for iata, a in airportsdata.load("IATA").items()}
    return np.array(
        [(code[lon1, lat1], code[lon2, lat2]) for lon1, lat1, lon2, lat2 in
         scheduled_routes(count).tolist()],
        dtype=object,
    )  # fmt: skip


def _schema() -> pa.Schema:
    text = ["booking", "traveller", "from", "to", "date", "flight"]
    return pa.schema([*((name, pa.string()) for name in text), ("price", pa.float64())])


def _options() -> pa_csv.WriteOptions:
    return pa_csv.WriteOptions(quoting_style="needed")


if __name__ == "__main__":
    write_bookings(int(sys.argv[1]), Path(sys.argv[2]))
