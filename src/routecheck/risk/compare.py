"""What changed for a route between two dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from routecheck.risk.model import Assessment
from routecheck.zones.ageing import Standing
from routecheck.zones.model import Zone, stamp_text
from routecheck.zones.plain import plain

__all__ = ["Change", "Comparison", "compare_assessments"]

What = Literal["added", "revised", "ended", "lapsed", "re-graded"]


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """One advisory that stands differently on the later date.

    ``first_issued`` is the day of its first known revision.
    """

    what: What
    zone: Zone
    before: Standing | None
    after: Standing | None
    first_issued: str | None

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON data."""
        latest = self.after or self.before
        assert latest is not None
        event = self.zone.event
        return {
            "change": self.what,
            "zone": self.zone.id,
            "issuer": None if event else latest.advisory.issuer,
            "reference": None if event else latest.advisory.reference,
            "revision_before": self.before.advisory.revision if self.before else None,
            "revision_after": self.after.advisory.revision if self.after else None,
            "level_before": self.before.level if self.before else None,
            "level_after": self.after.level if self.after else None,
            "first_issued": self.first_issued,
            "issued": None if event else stamp_text(latest.advisory.issued),
            "event": plain(event),
        }


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The same route on an earlier and on a later date."""

    earlier: Assessment
    later: Assessment
    changes: tuple[Change, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON data: both verdicts and the changes."""
        return {
            "from": stamp_text(self.earlier.when),
            "to": stamp_text(self.later.when),
            "verdict_before": self.earlier.verdict,
            "verdict_after": self.later.verdict,
            "score_before": self.earlier.score,
            "score_after": self.later.score,
            "changes": [change.to_dict() for change in self.changes],
        }


def compare_assessments(one: Assessment, other: Assessment) -> Comparison:
    """Match the advisories of two assessments by issuer and reference, zone by zone."""
    earlier, later = sorted((one, other), key=lambda a: str(stamp_text(a.when)))
    then, now = _standing_by_key(earlier), _standing_by_key(later)
    zones = {e.zone.id: e.zone for a in (earlier, later) for e in a.exposures}
    changes = []
    for key in dict.fromkeys((*now, *then)):
        before, after = then.get(key), now.get(key)
        what = _what(before, after)
        if what:
            zone = zones[key[0]]
            changes.append(Change(what, zone, before, after, _first_issued(zone, key)))
    return Comparison(earlier, later, tuple(changes))


def _first_issued(zone: Zone, key: tuple[str, str, str]) -> str | None:
    """Day of the first revision of a reference: the day's zones hold what stands on it only."""
    dates = [stamp_text(a.issued) for a in zone.advisories if (a.issuer, a.reference) == key[1:]]
    return min((date for date in dates if date), default=None)


def _standing_by_key(a: Assessment) -> dict[tuple[str, str, str], Standing]:
    """The strictest standing of each issuer's reference in each zone."""
    found: dict[tuple[str, str, str], Standing] = {}
    for e in a.exposures:
        for s in e.standings:
            found.setdefault((e.zone.id, s.advisory.issuer, s.advisory.reference), s)
    return found


def _what(before: Standing | None, after: Standing | None) -> What | None:
    if before is None or after is None:
        return "ended" if after is None else "added"
    if before.advisory.id != after.advisory.id:
        return "revised"
    if after.lapsed and not before.lapsed:
        return "lapsed"
    return "re-graded" if before.level != after.level else None
