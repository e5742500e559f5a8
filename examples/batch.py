"""Check every row of a table, and keep every row: those that cannot be checked say why.

    python batch.py [BOOKINGS.csv] > checked.csv

The second part measures all lines at once, which is how to do it for a million of them.
"""

import csv
import sys
from datetime import date
from pathlib import Path

import numpy as np

import routecheck as rc
from routecheck.report.table import COLUMNS, row

HERE = Path(__file__).parent


def check_rows(bookings: list[dict[str, str]]) -> tuple[list[dict], list[rc.Assessment]]:
    """One row out for each row in; and the assessments of those that worked."""
    zones = rc.load_zones()
    rows, assessments = [], []
    for booking in bookings:
        origin, destination, day = (booking[key] for key in ("origin", "destination", "date"))
        try:
            assessment = rc.check(origin, destination, date=day, zones=zones)
        except rc.RoutecheckError as error:
            said = " ".join(str(error).split())  # with the places that may have been meant
            rows.append(
                {
                    "booking": booking["booking"], "origin": origin, "destination": destination,
                    "date": day, "verdict": "unknown", "error": said,
                }
            )  # fmt: skip
            continue
        rows.append({"booking": booking["booking"], **row(assessment)})
        assessments.append(assessment)
    return rows, assessments


def longest_inside(assessments: list[rc.Assessment], day: date) -> list[str]:
    """The longest stretch of each line inside one zone, from one call for all of them."""
    zones = rc.load_zones().on(day)
    lines = np.array([leg for a in assessments for leg in a.route.ends])  # lon1, lat1, lon2, lat2
    m = rc.measure(lines, zones)
    said = []
    for i in np.unique(m.route):
        mine = np.flatnonzero(m.route == i)
        best = mine[np.argmax(m.inside_km[mine])]
        if m.inside_km[best] > 0:
            zone = zones[m.zone[best]]
            said.append(f"{assessments[i].route}: {m.inside_km[best]:.0f} km inside {zone.name}")
    return said


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "bookings.csv"
    with path.open(encoding="utf-8", newline="") as file:
        bookings = list(csv.DictReader(file))
    rows, assessments = check_rows(bookings)
    writer = csv.DictWriter(sys.stdout, ["booking", *COLUMNS], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    last_day = max(date.fromisoformat(booking["date"]) for booking in bookings)
    print("\n".join(longest_inside(assessments, last_day)), file=sys.stderr)


if __name__ == "__main__":
    main()
