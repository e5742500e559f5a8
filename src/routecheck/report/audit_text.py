"""The summary of an audit on a terminal: some 35 lines, 60 at most, in 100 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from routecheck.report.text import Paint
from routecheck.risk.model import VERDICTS
from routecheck.zones.problems import count_of, printable

if TYPE_CHECKING:
    from routecheck.batch.summary import Summary, TopRoute

__all__ = ["summary_text"]

WIDTH: Final = 100
BAR: Final = 40
MAX_NAME: Final = 60
MAX_ROUTES: Final = 10
MAX_ZONES: Final = 4
MAX_ERRORS: Final = 3
MAX_ERROR_ROWS: Final = 2
MAX_CAVEATS: Final = 3


def summary_text(summary: Summary, paint: Paint) -> str:
    """What an audit found, for a terminal.

    Parameters
    ----------
    summary : Summary
        The figures.
    paint : callable
        Colours a text for a role: a verdict, or ``heading``.

    Returns
    -------
    str
        Lines without a line break at the end.
    """
    parts = [
        _verdict_lines(summary, paint),
        _error_lines(summary, paint),
        _route_lines(summary, paint),
        _zone_lines(summary, paint),
        _closing_lines(summary, paint),
    ]
    return "\n\n".join("\n".join(part) for lines in parts if (part := list(lines)))


def _verdict_lines(s: Summary, paint: Paint) -> Iterator[str]:
    files = _middle(s.files[0], MAX_NAME) if len(s.files) == 1 else count_of(len(s.files), "file")
    dates = ""
    if s.first_date:
        first, last = _cut(s.first_date, 10), _cut(s.last_date, 10)
        dates = f", on {first}" if first == last else f", from {first} to {last}"
    routes = count_of(s.routes, "distinct route")
    first, *more = _wrap(f"AUDIT  {count_of(s.rows, 'row')} of {files}, {routes}{dates}", 2, "")
    yield first.replace("AUDIT", paint("AUDIT", "heading"), 1)
    yield from more
    for word, rows in s.outcomes:
        if word in VERDICTS or rows:
            yield _bar(word.upper(), rows, s.rows, paint, word if word in VERDICTS else "heading")
    if s.changed is not None:
        yield f"  {count_of(s.changed, 'row')} changed verdict against the other zones or date"


def _bar(word: str, rows: int, of: int, paint: Paint, role: str) -> str:
    """One verdict: rows, their share of all rows, and a bar."""
    share = rows / of if of else 0.0
    # A share is not rounded to none, nor to all.
    shown = "<0.1 %" if 0 < share < 0.0005 else f"{share:.1%}".replace("%", " %")
    if share < 1 and shown == "100.0 %":
        shown = ">99.9 %"
    marks = "#" * max(round(BAR * share), int(rows > 0))
    return f"  {paint(f'{word:<8}', role)}{rows:>13,}  {shown:>8}  {marks}".rstrip()


def _error_lines(s: Summary, paint: Paint) -> Iterator[str]:
    if not s.errors:
        return
    yield paint("ERRORS", "heading") + f"  {count_of(s.errors, 'row')} not checked"
    for text, rows in s.error_kinds[:MAX_ERRORS]:
        yield from _wrap(f"{rows:>9,} x  {text}", 2, "  ", 15)
    more = len(s.error_kinds) - MAX_ERRORS
    if more > 0:
        yield f"  and {count_of(more, 'other kind')}"
    for file, row, text in s.error_rows[:MAX_ERROR_ROWS]:
        yield from _wrap(f"{_middle(file, MAX_NAME)} row {row:,}: {text}", 3, "  ", 4)


def _route_lines(s: Summary, paint: Paint) -> Iterator[str]:
    exposed = [route for route in s.top if route.verdict not in ("clear", "unknown")]
    if not exposed:
        return
    yield paint("MOST EXPOSED ROUTES", "heading") + "  the score is an index for ranking"
    shown = exposed[:MAX_ROUTES]
    table = [["route", "verdict", "score", "rows", "inside", "closest", "zone"]]
    table += [_route_cells(route) for route in shown]
    yield from _aligned(table, "llrrrrl", ["", *(r.verdict for r in shown)], paint)
    more = s.routes - len(shown)
    if more > 0:
        others = s.routes - len(exposed)
        # The list begins with the exposed: where it goes on after them, it has them all.
        which = ""
        if len(s.top) > len(exposed):
            some = "" if others == more else f"{others:,} of them "
            which = f", {some}clear or unknown"
        listed = "all" if s.routes == len(s.top) else f"the {len(s.top):,} most exposed"
        yield f"  and {count_of(more, 'route')} more{which}: --report lists {listed}"


def _route_cells(r: TopRoute) -> list[str]:
    return [
        _middle("-".join(code for code in (r.origin, r.via, r.destination) if code), 24),
        _cut(r.verdict.upper(), 8),
        "" if r.score is None else f"{r.score:.1f}",
        f"{r.rows:,}",
        f"{r.inside_km:,.0f} km" if r.inside_km else "",
        "" if r.closest_km is None else f"{r.closest_km:,.0f} km",
        r.worst_name or r.worst_zone,
    ]


def _zone_lines(s: Summary, paint: Paint) -> Iterator[str]:
    if not s.zones:
        return
    yield paint("ZONES", "heading") + "  by the routes whose verdict they set"
    ordered = sorted(s.zones, key=lambda z: (_strictness(z.level), -z.routes, -z.rows, z.zone))
    shown = ordered[:MAX_ZONES]
    table = [["routes", "rows", "verdict", "zone"]]
    table += [
        [f"{z.routes:,}", f"{z.rows:,}", _cut(z.level.upper(), 8), z.name or z.zone] for z in shown
    ]
    yield from _aligned(table, "rrll", ["", *(z.level for z in shown)], paint)
    more = len(s.zones) - MAX_ZONES
    if more > 0:
        yield f"  and {count_of(more, 'zone')} more"


def _strictness(level: str) -> int:
    return VERDICTS.index(level) if level in VERDICTS else len(VERDICTS)


def _closing_lines(s: Summary, paint: Paint) -> Iterator[str]:
    as_of = _cut(s.as_of, 25) or "an unknown date"
    yield paint(f"Clear means: clear of the listed zones, as of {as_of}.", "heading")
    shown = list(s.caveats[:MAX_CAVEATS])
    unchecked = [text for text in s.caveats[MAX_CAVEATS:] if text.startswith("Not checked")]
    if unchecked:
        shown[-1] = unchecked[0]
    for caveat in shown:
        yield from _wrap(caveat, 2)
    more = len(s.caveats) - MAX_CAVEATS
    if more > 0:
        yield f"  and {count_of(more, 'caveat')} more: see --report"
    if not any("operational use" in caveat for caveat in shown):
        yield "  Not for operational use."
    yield from _wrap(
        f"{count_of(s.zone_count, 'zone')} ({_middle(s.dataset, MAX_NAME)}), of which those in "
        "force on each row's day were checked",
        2, "",
    )  # fmt: skip
    for text in s.columns[:1]:
        more = len(s.columns) - 1
        others = f"; and {count_of(more, 'other layout')}" if more else ""
        yield from _wrap(f"columns: {text}{others}", 3, "", 2)
    written = f"wrote {_middle(s.output, MAX_NAME)}; " if s.output else ""
    yield f"{written}{s.seconds:,.1f} s, {s.rows_per_s:,.0f} rows/s"


def _aligned(
    table: Sequence[Sequence[str]], sides: str, roles: Sequence[str], paint: Paint
) -> Iterator[str]:
    """A table with blanks between columns; the last column is wrapped to the width of the page.

    The cell that says a row's verdict is painted.
    """
    cells = [[printable(cell) for cell in row] for row in table]
    widths = [max(len(row[i]) for row in cells) for i in range(len(sides))]
    widths[-1] = max(8, WIDTH - 2 - sum(widths[:-1]) - 2 * (len(sides) - 1))
    for row, role in zip(cells, roles, strict=True):
        line = []
        for cell, side, width in zip(row[:-1], sides, widths, strict=False):
            padded = f"{cell:>{width}}" if side == "r" else f"{cell:<{width}}"
            verdict = role in VERDICTS and cell == role.upper()
            line.append(paint(padded, role) if verdict else padded)
        first, *more = _wrapped(row[-1], widths[-1], 2) or [""]
        yield "  " + "  ".join([*line, first]).rstrip()
        for rest in more:
            yield " " * (WIDTH - widths[-1]) + rest


def _wrap(text: str, lines: int, indent: str = "  ", hang: int | None = None) -> list[str]:
    """Lines of the page's width, ``hang`` blanks before those that follow the first."""
    before = indent if hang is None else " " * hang
    return _wrapped(text, WIDTH, lines, indent, before)


def _wrapped(text: str, width: int, lines: int, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(
        printable(text), width, initial_indent=first, subsequent_indent=rest,
        break_on_hyphens=False, max_lines=lines, placeholder=" …",
    )  # fmt: skip


def _cut(text: str, width: int) -> str:
    text = printable(text)
    return text if len(text) <= width else text[: max(width - 1, 0)] + "…"


def _middle(text: str, width: int) -> str:
    """Text without its middle, if it is long: files and routes differ at their ends."""
    text = printable(text)
    if len(text) <= width:
        return text
    after = (width - 1) // 2
    return f"{text[: width - 1 - after]}…{text[-after:]}"
