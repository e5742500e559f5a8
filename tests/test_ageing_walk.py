"""The clock walked forward over the built-in set: silence lowers levels, and never clears."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import routecheck as rc
from routecheck.zones.ageing import speaks, standings

ROOT = Path(__file__).resolve().parent.parent
FIRST, LAST = date(2026, 10, 3), date(2029, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
RANK = {"watch": 1, "caution": 2, "avoid": 3}


@cache
def raw_records() -> dict[str, dict[str, Any]]:
    """Advisories as they are written, read without the project's reader."""
    found: dict[str, dict[str, Any]] = {}
    for path in (ROOT / "zones").glob("*.geojson"):
        found |= json.loads(path.read_text("utf-8"))["routecheck"]["advisories"]
    return found


def expected(record: dict[str, Any], day: date) -> tuple[int, str | None] | None:
    """Level and mark of a record on a day, by the rules of docs/zones-format.md, in plain words."""
    text = day.isoformat()
    if text < record["issued"] or (record["ended"] and text >= record["ended"]):
        return None
    level = RANK[record["level"]]
    if not record["expires"] or text <= record["expires"]:
        return level, None
    gone = date.fromisoformat(record["expires"])
    if (day - gone).days > 180:
        return 1, f"last known {record['level']}, unconfirmed since {gone}"
    short = (gone - date.fromisoformat(record["issued"][:10])).days < 90
    return max(1, level - short), f"lapsed on {gone}, renewal not known"


def zone_ids() -> list[str]:
    return [zone.id for zone in rc.load_zones().without_events()]


@pytest.mark.parametrize("zone_id", zone_ids())
def test_levels_only_fall_and_nothing_turns_clear(zone_id: str) -> None:
    zone = next(z for z in rc.load_zones() if z.id == zone_id)
    records = {a.id: raw_records()[a.id] for a in zone.advisories}
    never_ended = any(r["ended"] is None for r in records.values()) or not records
    before = 3
    for day in DAYS:
        standing = standings(zone, day)
        for s in standing:
            level, mark = expected(records[s.advisory.id], day) or (0, None)
            assert (RANK[s.level], s.lapsed) == (level, mark), (zone_id, s.advisory.id, day)
        missing = {k for k, r in records.items() if expected(r, day)} - {
            s.advisory.id for s in standing
        }
        assert not missing, (zone_id, day)
        strictest = max((RANK[s.level] for s in standing), default=0 if records else 1)
        assert strictest <= before, (zone_id, day)
        assert (strictest > 0) is speaks(zone, day)
        assert strictest > 0 or not never_ended, (zone_id, day)
        before = strictest


def test_a_check_after_the_set_grew_old_is_not_clear() -> None:
    assert rc.check("LHR", "JFK", date=FIRST).verdict == "clear"
    assert rc.check("LHR", "JFK", date=FIRST + timedelta(days=91)).verdict == "unknown"
    assert rc.check("LHR", "JFK", date=LAST).verdict == "unknown"
    assert rc.check("LHR", "JFK", date=LAST, max_age_days=2000).verdict == "clear"
    assert rc.check("BAK", "GRV", date=LAST).verdict == "avoid"
