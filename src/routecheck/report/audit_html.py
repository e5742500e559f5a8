"""The report of an audit as one web page that fetches nothing and lets nothing in its data run."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from routecheck.report.audit_page import SCRIPT, STYLE
from routecheck.risk.model import VERDICTS
from routecheck.zones.problems import count_of

if TYPE_CHECKING:
    from routecheck.batch.summary import Summary, TopRoute

__all__ = ["audit_html", "link_html"]

LABEL_SHARE: Final = 0.09
"""A piece of the bar below this share has no room for its word; the legend has it."""

ROUTE_COLUMNS: Final = (
    ("#", True), ("Route", False), ("Verdict", False), ("Score", True), ("Rows", True),
    ("Zone that sets it, and on whose word", False), ("Inside km", True), ("In buffer km", True),
    ("Closest km", True), ("Dates", False), ("Flights", False),
)  # fmt: skip
"""Headings, and whether their columns hold numbers."""

_NO_TEXT: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no page may hold, or what turns text about so that it reads otherwise than it is."""


def audit_html(summary: Summary) -> str:
    """Write the summary of an audit as a page.

    Parameters
    ----------
    summary : Summary
        The figures; any text in them may be hostile.

    Returns
    -------
    str
        A whole HTML document. Its Content Security Policy lets the one script in it run, known by
        its checksum, and nothing else; without the script it reads the same, unsorted.
    """
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Audit of {_esc(_files(summary))} - routecheck</title>",
        f"<style>{STYLE}</style>",
        "</head>",
        "<body>",
        *_head(summary),
        "<main>",
        *_verdicts(summary),
        *_routes(summary),
        *_zones(summary),
        *_errors(summary),
        *_sources(summary),
        *_limits(summary),
        "</main>",
        f"<script>{SCRIPT}</script>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _esc(text: object) -> str:
    return html.escape(_NO_TEXT.sub("\ufffd", str(text)))


def link_html(url: str, text: str) -> str:
    """Write a link to a web page; any other address is written as text beside it."""
    try:
        parts = urlsplit(url)
        web = parts.scheme in {"http", "https"} and bool(parts.netloc)
    except ValueError:
        web = False
    if not web or any(char.isspace() or not char.isprintable() for char in url):
        return f"{_esc(text)} {_esc(url)}".strip() if url and url != text else _esc(text)
    return f'<a href="{_esc(url)}" rel="noopener noreferrer">{_esc(text or url)}</a>'


def _files(s: Summary) -> str:
    return s.files[0] if len(s.files) == 1 else count_of(len(s.files), "file")


def _as_of(s: Summary) -> str:
    return s.as_of or "an unknown date"


def _tag(verdict: str) -> str:
    known = f" v-{verdict}" if verdict in VERDICTS else " v-unknown"
    return f'<span class="tag{known}">{_esc(verdict)}</span>'


def _km(km: float | None) -> str:
    return "" if km is None else f"{km:,.1f}" if 0 < km < 10 else f"{km:,.0f}"


def _head(s: Summary) -> Iterator[str]:
    yield "<header>"
    yield "<h1>Itineraries against airspace advisories</h1>"
    yield (
        f'<p class="soft">Audit of {_esc(_files(s))}, made {_esc(s.made_at)} by routecheck '
        f"{_esc(s.version)}</p>"
    )
    yield (
        f'<p class="note"><strong>Clear means: clear of the listed zones, as of {_esc(_as_of(s))}.'
        "</strong> Nothing more. The shortest line was checked, not the path flown. "
        "Not for operational use.</p>"
    )
    yield "</header>"


def _verdicts(s: Summary) -> Iterator[str]:
    dates = _esc(s.first_date)
    if s.last_date != s.first_date:
        dates += f" –<br>{_esc(s.last_date)}"
    figures = [("Rows", f"{s.rows:,}"), ("Distinct routes", f"{s.routes:,}")]
    figures += [("Rows not checked", f"{s.errors:,}"), ("Zones", f"{s.zone_count:,}")]
    if s.changed is not None:
        figures.append(("Changed verdict", f"{s.changed:,}"))
    yield '<h2 id="h-verdicts">Verdicts</h2>'
    counts = s.outcomes
    total = s.rows
    if total:
        said = ", ".join(f"{word} {count_of(rows, 'row')}" for word, rows in counts if rows)
        yield f'<div class="bar" role="img" aria-label="{_esc(said)}">'
        for word, rows in counts:
            if rows:
                label = f"{word} {rows:,}" if rows / total >= LABEL_SHARE else ""
                width = f"flex:{rows / total:.6f} 1 0"
                yield f'<span class="v-{word}" style="{width}">{label}</span>'
        yield "</div>"
    else:
        yield "<p>No rows.</p>"
    yield '<ul class="legend">'
    for word, rows in counts:
        share = f" ({_share(rows, s.rows)} of rows)" if rows and s.rows else ""
        none = "" if rows else ' class="none"'
        yield f'<li{none}><span class="tag v-{word}">{word}</span> {rows:,}{share}</li>'
    yield "</ul>"
    yield '<dl class="figures">'
    for name, value in figures:
        yield f"<div><dt>{name}</dt><dd>{value}</dd></div>"
    if s.first_date:
        yield f'<div><dt>Flights on</dt><dd class="dates">{dates}</dd></div>'
    yield "</dl>"
    yield (
        '<p class="soft">Of the zones, those in force on the day of each row were checked. A row '
        "in error is <i>unknown</i> in the output; here it is counted apart.</p>"
    )


def _share(rows: int, of: int) -> str:
    share = rows / of
    if share < 0.001:
        return "&lt;0.1 %"
    return "&gt;99.9 %" if 0.9995 <= share < 1 else f"{100 * share:.1f} %"


def _routes(s: Summary) -> Iterator[str]:
    yield '<h2 id="h-routes">Routes, most exposed first</h2>'
    if not s.top:
        yield "<p>No routes.</p>"
        return
    cut = s.routes > len(s.top)
    shown = f"The {len(s.top):,} most exposed of {s.routes:,}" if cut else f"All {s.routes:,}"
    yield (
        f'<p class="soft">{shown} distinct routes, each by its most exposed result; rows, dates '
        "and the first flights are those of all its results. The score is an index from 0 to 100 "
        "for ranking, not a probability.</p>"
    )
    yield '<div class="controls" hidden>'
    yield '<label>Find in any column<input type="search" id="find" autocomplete="off"></label>'
    yield '<label>Verdict<select id="only"><option value="">all</option>'
    for word in VERDICTS:
        yield f'<option value="{word}">{word}</option>'
    yield '</select></label><span id="count" class="soft" role="status"></span></div>'
    yield '<div class="box tall" role="region" aria-labelledby="h-routes" tabindex="0">'
    yield '<table id="routes"><thead><tr>'
    for i, (name, number) in enumerate(ROUTE_COLUMNS):
        yield (
            f'<th scope="col"{" class=n" if number else ""}'
            f"{' aria-sort=ascending' if i == 0 else ''}>{name}</th>"
        )
    yield "</tr></thead><tbody>"
    for rank, route in enumerate(s.top, 1):
        yield _route(rank, route)
    yield "</tbody></table></div>"


def _route(rank: int, r: TopRoute) -> str:
    codes = " – ".join(_esc(code) for code in (r.origin, r.via, r.destination) if code)
    inside_min = f"<small>{r.inside_min:,.0f} min</small>" if r.inside_min else ""
    strictness = VERDICTS.index(r.verdict) if r.verdict in VERDICTS else len(VERDICTS)
    reason = f"<small>{_esc(r.reason)}</small>" if r.reason and r.reason != "none" else ""
    zone = _esc(r.worst_name or r.worst_zone)
    if r.worst_name and r.worst_zone:
        zone += f"<small>{_esc(r.worst_zone)}</small>"
    zone += _word_of(r.advisories)
    dates = (
        _esc(r.first_date)
        if r.first_date == r.last_date
        else f"{_esc(r.first_date)} –<br>{_esc(r.last_date)}"
    )
    score = "" if r.score is None else f"{r.score:.1f}"
    cells = [
        _number(rank, str(rank)),
        f'<th scope="row" data-k="{codes}">{codes}<small>{_km(r.route_km)} km</small></th>',
        f'<td data-k="{strictness}">{_tag(r.verdict)}{reason}</td>',
        _number(r.score, score),
        _number(r.rows, f"{r.rows:,}"),
        f'<td class="wide">{zone}</td>',
        _number(r.inside_km, _km(r.inside_km) + inside_min),
        _number(r.buffered_km, _km(r.buffered_km)),
        _number(r.closest_km, _km(r.closest_km)),
        f'<td class="day">{dates}</td>',
        f'<td class="few">{_esc(r.flights).replace(" ", "&nbsp;").replace(",&nbsp;", ", ")}</td>',
    ]
    return f'<tr data-v="{_esc(r.verdict)}">{"".join(cells)}</tr>'


def _word_of(advisories: str) -> str:
    """The first advisory, and the others on demand."""
    first, *others = advisories.split("; ")
    if not others:
        return f"<small>{_esc(first)}</small>" if first else ""
    rest = "".join(f"<li>{_esc(title)}</li>" for title in others)
    return (
        f"<details><summary>{_esc(first)} <b>and {len(others)} more</b></summary><ul>{rest}</ul>"
        "</details>"
    )


def _number(value: float | None, shown: str) -> str:
    return f'<td class="n" data-k="{"" if value is None else f"{value:.10g}"}">{shown}</td>'


def _table(label: str, heads: Iterable[tuple[str, bool]], rows: Iterable[list[str]]) -> str:
    """A table whose cells are HTML; the first of a row heads it."""
    heads = list(heads)
    kinds = [" class=n" if number else "" for _, number in heads]
    head = "".join(
        f'<th scope="col"{kind}>{name}</th>' for (name, _), kind in zip(heads, kinds, strict=True)
    )
    body = "\n".join(
        "<tr>"
        + "".join(f"<td{kind}>{cell}</td>" for cell, kind in zip(row, kinds, strict=True))
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="box plain" role="region" aria-labelledby="{label}" tabindex="0"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></div>"
    )


def _zones(s: Summary) -> Iterator[str]:
    yield '<h2 id="h-zones">Zones by rows</h2>'
    if not s.zones:
        yield "<p>No zone sets the verdict of any row.</p>"
        return
    heads = [("Zone", False), ("Strictest verdict", False), ("Rows", True), ("Routes", True),
             ("How it was drawn", False)]  # fmt: skip
    yield _table(
        "h-zones",
        heads,
        (
            [f"{link_html(z.url, z.name or z.zone)}<small>{_esc(z.zone)}</small>", _tag(z.level),
             f"{z.rows:,}", f"{z.routes:,}", _esc(z.basis)]
            for z in s.zones
        ),
    )  # fmt: skip


def _errors(s: Summary) -> Iterator[str]:
    yield '<h2 id="h-errors">Rows not checked</h2>'
    if not s.errors:
        yield "<p>None: every row has a verdict.</p>"
        return
    yield f"<p>{count_of(s.errors, 'row')} with an error in place of a verdict.</p>"
    yield _table(
        "h-errors",
        [("Error", False), ("Rows", True)],
        ([_esc(text), f"{rows:,}"] for text, rows in s.error_kinds),
    )
    if s.error_rows:
        yield f'<h3 id="h-first">The first {len(s.error_rows)}</h3>'
        yield _table(
            "h-first",
            [("File", False), ("Row", True), ("Error", False)],
            ([_esc(file), str(row), _esc(text)] for file, row, text in s.error_rows),
        )


def _sources(s: Summary) -> Iterator[str]:
    yield '<h2 id="h-sources">Advisories that the verdicts rest on</h2>'
    if not s.sources:
        yield "<p>None.</p>"
        return
    heads = ("Issuer", "Advisory", "Issued", "Expires", "Confidence")
    yield _table(
        "h-sources",
        [(head, False) for head in heads],
        (
            [_esc(a.issuer), link_html(a.url, a.title), _esc(a.issued), _esc(a.expires),
             _esc(a.confidence)]
            for a in s.sources
        ),
    )  # fmt: skip


def _limits(s: Summary) -> Iterator[str]:
    yield "<h2>What this does not tell</h2>"
    yield "<ul>"
    for caveat in s.caveats:
        yield f"<li>{_esc(caveat)}</li>"
    yield "<li>Not for operational use.</li>"
    yield "</ul>"
    yield "<h2>How to make it again</h2>"
    yield (
        f"<p>Zone set {_esc(s.dataset)}, {count_of(s.zone_count, 'zone')}, as of "
        f"{_esc(_as_of(s))}, SHA-256 <code>{_esc(s.sha256)}</code>.</p>"
    )
    yield f"<pre><code>{_esc(s.command)}</code></pre>"
    if s.command_lacks:
        yield f"<p>Not in it, if they were given: {_esc(', '.join(s.command_lacks))}.</p>"
    yield (
        f"<p>routecheck {_esc(s.version)}, {s.seconds:,.1f} s, {s.rows_per_s:,.0f} rows per second."
        "</p>"
    )
