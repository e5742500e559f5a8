"""One zone as a person reads it: how it is drawn, and its advisories past and present."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from routecheck.report.text import Paint, levels_text, wrap
from routecheck.zones.ageing import standing
from routecheck.zones.model import Advisory, Stamp, Zone, stamp_text
from routecheck.zones.weapons import weapons

__all__ = ["zone_history", "zone_text"]


def _status(advisory: Advisory, when: Stamp) -> str:
    """What the advisory is on a day: its level, or why it does not count."""
    now = standing(advisory, when)
    if now is not None:
        return now.lapsed or "in force"
    began = standing(replace(advisory, issued=None), when) is None
    return f"ended {stamp_text(advisory.ended)}" if began else "not yet issued"


def zone_history(zone: Zone, when: Stamp) -> list[dict[str, Any]]:
    """All advisories of a zone as plain JSON data, those that stand first, newest first."""
    return [
        {
            "id": a.id,
            "issuer": a.issuer,
            "reference": a.reference,
            "revision": a.revision,
            "status": _status(a, when),
            "level": a.level,
            "binds": a.binds,
            "floor_ft": a.floor_ft,
            "ceiling_ft": a.ceiling_ft,
            "issued": stamp_text(a.issued),
            "expires": stamp_text(a.expires),
            "ended": stamp_text(a.ended),
            "applies": a.applies,
            "exceptions": a.exceptions,
            "url": a.url,
            "confidence": a.confidence,
            "summary": a.summary,
        }
        for a in _ordered(zone, when)
    ]


def _ordered(zone: Zone, when: Stamp) -> list[Advisory]:
    newest = sorted(zone.advisories, key=lambda a: str(stamp_text(a.issued)), reverse=True)
    return sorted(newest, key=lambda a: standing(a, when) is None)


def zone_text(zone: Zone, when: Stamp, paint: Paint) -> str:
    """The page of one zone."""
    lines = [paint(f"{zone.id}: {zone.name}", "heading")]
    lines += wrap(
        f"{zone.kind}, buffer {zone.buffer_km:g} km, outline accurate to {zone.accuracy_km:g} km",
        "  ",
    )
    lines += wrap(f"Drawn from: {zone.basis}", "  ", "    ")
    if zone.notes:
        lines += wrap(f"Why: {zone.notes}", "  ", "    ")
    for weapon_id in zone.weapons:
        w = weapons()[weapon_id]
        lines += wrap(
            f"Weapon: {w.name} ({w.weapon_class}), up to {w.range_km:g} km and "
            f"{w.ceiling_ft:,.0f} ft; confidence: {w.confidence}",
            "  ",
            "    ",
        )
    lines += ["", paint(f"ADVISORIES, as they stand on {stamp_text(when)}", "heading")]
    for a in _ordered(zone, when):
        lines += wrap(f"{a.title}: {a.level}, {levels_text(a)} ({_status(a, when)})", "  ", "    ")
        until = stamp_text(a.ended) or stamp_text(a.expires)
        dates = f"issued {stamp_text(a.issued) or 'always'}" + (f", to {until}" if until else "")
        lines += wrap(f"{dates}. {a.binds}", "    ")
        for label, text in (("", a.summary), ("except: ", a.exceptions),
                            ("confidence: ", a.confidence), ("", a.url)):  # fmt: skip
            if text:
                lines += wrap(label + text, "    ")
    if not zone.advisories:
        lines.append("  no official notice known")
    return "\n".join(lines) + "\n"
