"""Audit files on all cores, or on a Dask cluster; each becomes a file with a verdict in each row.

    python audit_dask.py FOLDER [FILE.csv ...]

On a cluster that is running: audit_on_dask(..., scheduler="tcp://10.0.0.5:8786").
"""

import sys
from pathlib import Path

import routecheck as rc
from routecheck.batch.dask_engine import audit_on_dask
from routecheck.batch.plan import Plan
from routecheck.batch.settings import settings_of

HERE = Path(__file__).parent


def main() -> None:
    folder = Path(sys.argv[1])
    files = [Path(name) for name in sys.argv[2:]] or [HERE / "bookings.csv"]
    plans = [Plan((str(file),), str(folder / file.name), force=True) for file in files]
    settings = settings_of(date="2026-11-20")  # of rows without a date
    counts = audit_on_dask(plans, rc.load_zones(), settings, workers=2)
    print(f"{counts.rows} rows, {counts.errors} in error")


# Dask starts its workers from this file: they must not run main() too.
if __name__ == "__main__":
    main()
