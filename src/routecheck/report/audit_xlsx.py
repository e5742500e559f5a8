"""The summary of an audit as a workbook (extra ``batch``)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routecheck.batch.xlsx import COLOURS, EPOCH, close_book, workbook
from routecheck.batch.xlsx_cells import Cell, cell_of

if TYPE_CHECKING:
    from routecheck.batch.summary import Summary

__all__ = ["write_audit_xlsx"]


def write_audit_xlsx(summary: Summary, path: Path) -> None:
    """Write the summary of an audit as a workbook.

    Parameters
    ----------
    summary : Summary
        The figures.
    path : Path
        File to write; an existing one is replaced.

    Raises
    ------
    RoutecheckError
        If xlsxwriter is missing, or the file cannot be written.
    """
    try:
        created = datetime.fromisoformat(summary.made_at)
    except ValueError:
        created = EPOCH
    book = workbook(path, created)
    _sheet(book, "Summary", ["what", "value"], _overview(summary), {0: 26, 1: 90})
    _sheet(
        book, "Routes",
        ["rank", "origin", "via", "destination", "verdict", "reason", "score", "rows",
         "worst_zone", "zone_name", "inside_km", "inside_min", "buffered_km", "closest_km",
         "route_km", "first_date", "last_date", "flights", "advisories"],
        [(i, r.origin, r.via, r.destination, r.verdict, r.reason, r.score, r.rows, r.worst_zone,
          r.worst_name, r.inside_km, r.inside_min, r.buffered_km, r.closest_km, r.route_km,
          r.first_date, r.last_date, r.flights, r.advisories)
         for i, r in enumerate(summary.top, 1)],
        {8: 24, 9: 40, 15: 12, 16: 12, 17: 24, 18: 70},
        {**dict.fromkeys((6, 10, 11, 12, 13, 14), "#,##0.0"), 0: "0", 7: "#,##0"}, verdict=4,
    )  # fmt: skip
    _sheet(
        book, "Zones", ["zone", "name", "verdict", "routes", "rows", "link", "basis"],
        [(z.zone, z.name, z.level, z.routes, z.rows, z.url, z.basis) for z in summary.zones],
        {0: 24, 1: 40, 5: 50, 6: 90}, {3: "#,##0", 4: "#,##0"}, verdict=2,
    )  # fmt: skip
    kinds = [("", None, rows, text) for text, rows in summary.error_kinds]
    named = [(file, row, None, text) for file, row, text in summary.error_rows]
    _sheet(
        book, "Errors", ["file", "row", "rows_of_this_kind", "error"], [*kinds, *named],
        {0: 30, 2: 20, 3: 100}, {1: "0", 2: "#,##0"},
    )  # fmt: skip
    _sheet(
        book, "Sources", ["issuer", "title", "issued", "expires", "link", "confidence"],
        [(s.issuer, s.title, s.issued, s.expires, s.url, s.confidence) for s in summary.sources],
        {0: 18, 1: 50, 2: 12, 3: 12, 4: 60, 5: 90},
    )  # fmt: skip
    close_book(book)


def _overview(s: Summary) -> list[tuple[Cell, ...]]:
    as_of = s.as_of or "an unknown date"
    lines: list[tuple[Cell, ...]] = [
        ("Rows", s.rows),
        *((f"Rows: {word}", rows) for word, rows in s.outcomes[:-1]),
        ("Rows: error, not checked", s.errors),
        ("Distinct routes", s.routes),
        ("Routes listed", "all" if len(s.top) == s.routes else f"the {len(s.top):,} most exposed"),
    ]
    if s.changed is not None:
        lines.append(("Rows that changed verdict", s.changed))
    lines += [
        ("First date", s.first_date),
        ("Last date", s.last_date),
        ("Clear means", f"clear of the listed zones, as of {as_of}"),
        ("Score", "an index from 0 to 100 for ranking, not a probability"),
        ("Zone set", s.dataset),
        ("Zones in it", s.zone_count),
        ("Zones checked", "those of them that were in force on each row's day"),
        ("Zone set SHA-256", s.sha256),
        *(("Input", file) for file in s.files),
        ("Output", s.output),
        ("How to make it again", s.command),
        *(("Not in it, if it was given", option) for option in s.command_lacks),
        ("Made at", s.made_at),
        ("routecheck", s.version),
        *(("Not checked, and caveats", caveat) for caveat in s.caveats),
        ("Use", "Not for operational use."),
    ]
    return lines


def _sheet(
    book: Any,
    name: str,
    header: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: dict[int, int],
    formats: dict[int, str] | None = None,
    verdict: int | None = None,
) -> None:
    """A sheet with a frozen bold header and a filter; the column of verdicts in colour."""
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1})
    top = book.add_format({"valign": "top", "text_wrap": True})
    number = {i: book.add_format({"valign": "top", "num_format": f})
              for i, f in (formats or {}).items()}  # fmt: skip
    whole = book.add_format({"valign": "top", "num_format": "#,##0", "align": "left"})
    for i, title in enumerate(header):
        sheet.set_column(i, i, widths.get(i, max(len(title) + 4, 9)))
        sheet.write_string(0, i, title, bold)
    for y, row in enumerate(rows, 1):
        for x, value in enumerate(row):
            cell = cell_of(value)
            if isinstance(cell, str):
                sheet.write_string(y, x, cell, top)
            elif isinstance(cell, int | float):
                sheet.write_number(y, x, cell, number.get(x, whole))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(header) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if verdict is not None and rows:
        for word, (ink, ground) in COLOURS.items():
            colour = book.add_format({"font_color": ink, "bg_color": ground, "bold": True})
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": colour}
            sheet.conditional_format(1, verdict, len(rows), verdict, rule)
