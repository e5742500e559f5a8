"""The back-test as a person reads it, and as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from routecheck.report.text import Paint, wrap
from routecheck.risk.replay import Replay, Replayed, Tally
from routecheck.risk.sample import Shares
from routecheck.risk.wording import flight_level
from routecheck.zones.model import stamp_text

__all__ = ["has_events", "replay_record", "replay_text", "shares_line", "tally_line"]

MAX_ZONES = 12
"""Zones named in the text; JSON has all."""

COLUMNS = (
    f"{'date':10}  {'incident':20} {'route':12} {'line':8}{'place':8}{'off km':>6} {'world':>6}"
)


def replay_text(r: Replay, paint: Paint) -> str:
    """The summary table: a line for each incident, then hits, misses and false alarms."""
    lines = [paint(COLUMNS, "heading")]
    for row in r.rows:
        lines += _row_lines(r, row, paint)
    lines += ["", paint("HITS AND MISSES", "heading")]
    lines += wrap(f"Direct line:      {tally_line(r.by_line)}", "  ", "    ")
    lines += wrap(f"Place of the hit: {tally_line(r.by_place)}", "  ", "    ")
    if has_events(r):
        lines += ["  With the reported attacks that were known before each day:"]
        lines += wrap(f"Direct line:      {tally_line(r.by_line_events)}", "    ", "      ")
        lines += wrap(f"Place of the hit: {tally_line(r.by_place_events)}", "    ", "      ")
    lines += wrap(_left_out(r), "  ", "    ")
    if r.world:
        lines += ["", paint("FALSE ALARMS: THE SAME DAYS, FOR ROUTES OF THE WORLD", "heading")]
        lines += _world_lines(r)
    lines += ["", paint("HOW TO READ IT", "heading")]
    lines += wrap(
        "line: verdict of the great circle between the airports, with the zones and notices in "
        "force at the last moment before. place: verdict where the aircraft was hit, at its level. "
        "off: from the line to the place. world: share of the sample with any flag on that day.",
        "  ",
    )
    begins = r.zones.covers[0]
    if begins is not None and any(row.partial for row in r.rows):
        lines += wrap(
            f"Days before {begins} (all marked ~): the set holds only part of what was "
            "published then, so that no flag says nothing and counts as unknown.",
            "  ",
        )
    if any(row.hindsight for row in r.rows):
        lines += wrap(
            "* a zone met has an outline that was drawn later; no notice has a later date.", "  "
        )
    return "\n".join(lines) + "\n"


def has_events(r: Replay) -> bool:
    """Whether reported attacks were in the set that was replayed."""
    return any(zone.event is not None for zone in r.zones)


def _world_lines(r: Replay) -> Iterator[str]:
    today = r.world[r.today]
    yield from wrap(f"{stamp_text(r.today)}: {shares_line(today)}.", "  ", "    ")
    if has_events(r):
        counted = shares_line(r.world_events[r.today])
        yield from wrap(f"with reported attacks: {counted}.", "    ", "      ")
    eves = [s for s in r.world.values() if s.when != r.today]
    if eves:
        most = max(eves, key=lambda s: s.flagged)
        yield from wrap(
            f"most before an incident, {stamp_text(most.when)}: {shares_line(most)}.", "  ", "    "
        )
    yield from wrap(
        "by length: "
        + "; ".join(
            f"{c.from_km:,.0f} to {c.to_km:,.0f} km, {c.routes:,} pairs, "
            f"{_percent(c.avoid, c.routes)} avoid, {_percent(c.flagged, c.routes)} flagged"
            for c in today.lengths
        ),
        "  ", "    ",
    )  # fmt: skip
    strict = [z for z in today.zones if z.avoid][:MAX_ZONES]
    yield from wrap(
        "avoid by zone (in brackets: no other zone would): "
        + "; ".join(
            f"{z.zone} {_percent(z.avoid, today.routes)} ({_percent(z.alone, today.routes)})"
            for z in strict
        ),
        "  ", "    ",
    )  # fmt: skip
    mild = sorted(
        (z for z in today.zones if z.flagged > z.avoid), key=lambda z: z.avoid - z.flagged
    )[:MAX_ZONES]
    yield from wrap(
        "caution or watch by zone: "
        + "; ".join(f"{z.zone} {_percent(z.flagged - z.avoid, today.routes)}" for z in mild),
        "  ", "    ",
    )  # fmt: skip
    yield from wrap(
        f"World: {today.routes:,} pairs of airports, each airport as likely as any other (a fixed "
        "sample), direct lines. Such pairs lie far apart, and airlines fly round much of what a "
        "direct line crosses.",
        "  ", "    ",
    )  # fmt: skip


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole if whole else 0:.1f} %"


def _row_lines(r: Replay, row: Replayed, paint: Paint) -> Iterator[str]:
    i = row.incident
    marks = ("~" if row.partial else " ") + ("*" if row.hindsight else " ")
    off = "" if row.off_km is None else f"{row.off_km:.0f}"
    shares = r.world.get(i.before)
    world = "" if shares is None else f"{shares.percent(shares.flagged):.1f} %"
    verdicts = "".join(
        paint(f"{v:8}", v) if v else f"{'-':8}" for v in (row.line_verdict, row.place_verdict)
    )
    line = f"{i.day.isoformat()}{marks}{i.id:20} {_route(row):12} {verdicts}{off:>6} {world:>6}"
    yield line.rstrip()
    said = []
    if row.events_met:
        said.append(_events_line(row))
    if row.warned_by:
        said.append("warned: " + "; ".join(row.warned_by[:4]) + _more(len(row.warned_by) - 4))
    if i.off_course:
        said.append("lost far off its course: no check of a route can foresee that")
    if not i.counted:
        said.append(f"not counted: {i.why_not_counted}")
    if row.line is None:
        said.append("route not known")
    for text in said:
        yield from wrap(text, " " * 12, " " * 14)


def _events_line(row: Replayed) -> str:
    met = row.events_met
    line, place = (v or "-" for v in (row.line_verdict_events, row.place_verdict_events))
    latest = f"{len(met)} met, the latest {met[0].id}, known since {met[0].known}"
    return f"with reported attacks: line {line}, place {place} ({latest})"


def _route(row: Replayed) -> str:
    """Codes of the places, or where there is only one of them: that one."""
    codes = [place if len(place) <= 4 else "…" for place in row.incident.places]
    return "-".join(codes)[:12]


def _more(count: int) -> str:
    return f" and {count} more" if count > 0 else ""


def _left_out(r: Replay) -> str:
    left = [row.incident for row in r.rows if not row.incident.counted]
    lost = [row.incident for row in r.rows if row.incident.off_course and row.incident.counted]
    return (
        f"{len(r.rows)} incidents, {len(left)} of them not counted (cause disputed, state or "
        f"military flight, on the ground); {len(lost)} counted although lost far off course."
    )


def tally_line(t: Tally) -> str:
    """Hits and misses in words."""
    return (
        f"{t.hits} of {t.cases} at avoid or caution ({t.avoid} avoid, {t.caution} caution), "
        f"{t.watch} at watch, {t.missed} missed (clear or unknown)"
    )


def shares_line(s: Shares) -> str:
    """Shares of a sample in words."""
    return (
        f"{s.percent(s.avoid):.1f} % avoid ({s.percent(s.avoid_by_endpoint):.1f} % because they "
        f"land or take off in a zone), {s.percent(s.caution):.1f} % caution, "
        f"{s.percent(s.watch):.1f} % watch, {s.percent(s.none):.1f} % no flag"
    )


def replay_record(r: Replay) -> dict[str, Any]:
    """The back-test as plain JSON data."""
    return {
        "schema": 1,
        "zones": {
            "dataset": r.zones.dataset,
            "as_of": stamp_text(r.zones.as_of),
            "covers": [stamp_text(day) for day in r.zones.covers],
            "sha256": r.zones.sha256,
        },
        "incidents": [_incident_record(row) for row in r.rows],
        "by_line": _tally_record(r.by_line),
        "by_place": _tally_record(r.by_place),
        "by_line_events": _tally_record(r.by_line_events),
        "by_place_events": _tally_record(r.by_place_events),
        "world": [_shares_record(s) for s in r.world.values()],
        "world_events": [_shares_record(s) for s in r.world_events.values()],
    }


def _incident_record(row: Replayed) -> dict[str, Any]:
    i = row.incident
    return {
        "id": i.id,
        "title": i.title,
        "when": stamp_text(i.when),
        "checked_at_moment": stamp_text(i.before),
        "route": i.route_text,
        "hit": None
        if i.hit_lat is None
        else {
            "lat": i.hit_lat, "lon": i.hit_lon, "position_km": i.position_km, "ft": i.hit_ft,
            "level": None if i.hit_ft is None else flight_level(i.hit_ft), "phase": i.phase,
        },
        "counted": i.counted,
        "why_not_counted": i.why_not_counted or None,
        "disputed": i.disputed,
        "off_course": i.off_course,
        "partial_history": row.partial,
        "line": None
        if row.line is None
        else {
            "verdict": row.line.verdict,
            "reason": row.line.reason,
            "zones": [
                {"zone": e.zone.id, "verdict": e.verdict, "reason": e.reason}
                for e in row.line.exposures
            ],
        },
        "place": None
        if row.presences is None
        else {
            "verdict": row.place_verdict,
            "zones": [
                {"zone": p.zone.id, "level": p.level, "away_km": round(p.away_km, 3)}
                for p in row.presences
            ],
        },
        "events": {
            "line": row.line_verdict_events,
            "place": row.place_verdict_events,
            "met": [event.id for event in row.events_met],
        },
        "off_km": None if row.off_km is None else round(row.off_km, 1),
        "warned_by": list(row.warned_by),
        "hindsight_outlines": list(row.hindsight),
        "killed": i.killed,
        "on_board": i.on_board,
        "confidence": i.confidence,
        "source": i.source,
    }  # fmt: skip


def _tally_record(t: Tally) -> dict[str, int]:
    return {
        "cases": t.cases, "hits": t.hits, "avoid": t.avoid, "caution": t.caution,
        "watch": t.watch, "missed": t.missed,
    }  # fmt: skip


def _shares_record(s: Shares) -> dict[str, Any]:
    return {
        "when": stamp_text(s.when),
        "routes": s.routes,
        "avoid": s.avoid,
        "avoid_by_endpoint": s.avoid_by_endpoint,
        "caution": s.caution,
        "watch": s.watch,
        "none": s.none,
        "zones": [
            {"zone": z.zone, "avoid": z.avoid, "flagged": z.flagged, "alone": z.alone}
            for z in s.zones
        ],
        "lengths": [
            {
                "from_km": c.from_km,
                "to_km": c.to_km,
                "routes": c.routes,
                "avoid": c.avoid,
                "flagged": c.flagged,
            }
            for c in s.lengths
        ],
    }
