"""One row per route, for spreadsheets and pipes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from routecheck.cells import neutral, neutral_line
from routecheck.risk.model import Assessment
from routecheck.routes.notes import place_notes
from routecheck.zones.model import stamp_text

__all__ = ["COLUMNS", "csv_text", "neutral", "row"]

COLUMNS: Final = (
    "origin", "destination", "date", "verdict", "reason", "path", "score", "worst_zone",
    "inside_km", "inside_min", "buffered_km", "closest_zone", "closest_km", "advisories",
    "route_km", "origin_iata", "dest_iata", "place_notes", "as_of", "error",
)  # fmt: skip


def row(a: Assessment) -> dict[str, str | float | None]:
    """One assessment as the columns above; figures are those of the zone that sets the verdict."""
    worst = next((e for e in a.exposures if e.verdict == a.verdict), None)
    return {
        "origin": neutral(a.route.origin.input),
        "destination": neutral(a.route.destination.input),
        "date": stamp_text(a.when),
        "verdict": a.verdict,
        "reason": a.reason,
        "path": a.route.path,
        "score": a.score,
        "worst_zone": neutral(worst.zone.id) if worst else None,
        "inside_km": round(worst.inside_km, 3) if worst else 0.0,
        "inside_min": round(worst.inside_min, 1) if worst else 0.0,
        "buffered_km": round(worst.buffered_km, 3) if worst else 0.0,
        "closest_zone": neutral(a.nearest[0]) if a.nearest else None,
        "closest_km": round(a.nearest[1], 3) if a.nearest else None,
        "advisories": neutral("; ".join(s.advisory.title for s in worst.standings)) or None
        if worst
        else None,
        "route_km": round(a.distance_km, 3),
        "origin_iata": a.route.origin.iata,
        "dest_iata": a.route.destination.iata,
        "place_notes": neutral(place_notes(a.route)) or None,
        "as_of": stamp_text(a.as_of),
        "error": None,
    }


def csv_text(assessments: Iterable[Assessment], *, header: bool = True) -> str:
    """Assessments as CSV (RFC 4180 quoting, LF line ends)."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    if header:
        writer.writeheader()
    for assessment in assessments:
        cells = row(assessment).items()
        writer.writerow({k: neutral_line(v) if isinstance(v, str) else v for k, v in cells})
    return out.getvalue()
