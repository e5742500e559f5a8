"""Audit a Spark DataFrame: a verdict beside each row, computed where the rows lie.

    python audit_spark.py [BOOKINGS.csv]

Needs Java 17 and the extra spark. On a cluster, executors need routecheck too.
"""

import os
import sys
from pathlib import Path

from pyspark.sql import SparkSession

from routecheck.spark import audit

HERE = Path(__file__).parent


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "bookings.csv"
    # Spark's workers run this Python, which has routecheck, and not whichever is python3.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    bookings = session.read.csv(path.resolve().as_uri(), header=True, inferSchema=True)
    audited = audit(bookings, date="2026-11-20")  # of rows without a date
    for row in audited.select("booking", "verdict", "worst_zone", "error").collect():
        print(row["booking"], row["verdict"], row["worst_zone"] or row["error"] or "", sep="\t")
    session.stop()


if __name__ == "__main__":
    main()
