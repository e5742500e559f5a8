"""The clock walked forward over the built-in set: silence lowers levels, and never clears."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
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


def first_day(text: str) -> date:
    return date.fromisoformat(text[:10])


def renewed(record: dict[str, Any], zone: list[dict[str, Any]]) -> bool:
    """Whether a record of a zone took over from an earlier one of its issuer."""
    for other in zone:
        if other["issuer"] == record["issuer"] and other["issued"] < record["issued"]:
            if other["ended"]:
                end = first_day(other["ended"])
            elif other["expires"]:
                end = first_day(other["expires"]) + timedelta(days=1)
            else:
                continue
            if -2 <= (end - first_day(record["issued"])).days <= 2:
                return True
    return False


def expected(
    record: dict[str, Any], day: date, zone: list[dict[str, Any]]
) -> tuple[int, str | None] | None:
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
    mark = f"ran out on {gone}; nothing newer is held"
    begun = datetime.fromisoformat(record["issued"]).replace(tzinfo=None)
    short = datetime.combine(gone, time.max) - begun < timedelta(days=90, microseconds=-1)
    if level > 1 and short and (day - gone).days > (90 if renewed(record, zone) else 30):
        return level - 1, f"{mark}: counted one step lower"
    return level, mark


def zone_ids() -> list[str]:
    return [zone.id for zone in rc.load_zones().without_events()]


@pytest.mark.parametrize("zone_id", zone_ids())
def test_levels_only_fall_and_nothing_turns_clear(zone_id: str) -> None:
    zone = next(z for z in rc.load_zones() if z.id == zone_id)
    records = {a.id: raw_records()[a.id] for a in zone.advisories}
    every = list(records.values())
    never_ended = any(r["ended"] is None for r in records.values()) or not records
    before = 3
    for day in DAYS:
        standing = standings(zone, day)
        for s in standing:
            level, mark = expected(records[s.advisory.id], day, every) or (0, None)
            assert (RANK[s.level], s.lapsed) == (level, mark), (zone_id, s.advisory.id, day)
        missing = {k for k, r in records.items() if expected(r, day, every)} - {
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
