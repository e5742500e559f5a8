"""Write docs/replay.md from the back-test, so that it cannot drift.

python tools/make_replay_docs.py            writes the page
python tools/make_replay_docs.py --check    only says whether it is up to date (exit code 1: no)
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Final

from routecheck.report.replay import tally_line
from routecheck.risk.levels import rank
from routecheck.risk.position import check_position
from routecheck.risk.replay import Replay, Replayed, replay
from routecheck.risk.sample import Shares, ZoneShare, world_shares
from routecheck.risk.wording import flight_level
from routecheck.zones.ageing import standings
from routecheck.zones.model import Advisory, Zone, ZoneSet, stamp_text
from routecheck.zones.read import load_zones

sys.path.insert(0, str(Path(__file__).parent))

from make_zone_docs import escaped
from pages import run

TOOLS: Final = Path(__file__).resolve().parent
PAGE: Final = TOOLS.parent / "docs" / "replay.md"
TEMPLATE: Final = TOOLS / "replay_template.md"
VIEWS: Final = TOOLS / "desk_view.csv"

NOT_JUDGED: Final = "(not judged yet)"

LATER: Final = "2026-11-28"

FIRST_EDITION: Final = {
    "2026-10-03": (3034, 1093, 1225, 356, 5385),
    LATER: (3027, 1093, 1222, 366, 5385),
}
"""What the set was before November 2026 (77 zones), in pairs of the sample: avoid, of these by
landing or take-off, caution, watch, no flag. Measured then; the set is in the history of zones/."""

SHARE_PERCENT: Final = 1.0
"""Zones that flag at least this share of the sample are explained."""


def page() -> str:
    """The whole page, made anew."""
    zones = load_zones()
    assert zones.as_of is not None
    return filled(replay(zones, zones.as_of))


def filled(r: Replay) -> str:
    """The template with its blanks filled in."""
    fields = {**_figures(r), **_cases(r), **_world(r), **_edition(r)}
    text = TEMPLATE.read_text(encoding="utf-8")
    missing = set(re.findall(r"\{(\w+)\}", text)) ^ set(fields)
    if missing:
        raise SystemExit(f"{TEMPLATE.name} and this tool disagree about {sorted(missing)}")
    return text.format_map(fields)


def _figures(r: Replay) -> dict[str, str]:
    counted = [row for row in r.rows if row.incident.counted]
    recent = [row for row in counted if row.incident.day >= date(2014, 1, 1)]
    far = [row for row in counted if (row.off_km or 0) > 100]
    late = [f"- `{zone.id}`: {escaped(zone.hindsight)}" for zone in r.zones if zone.hindsight]
    return {
        "incidents": str(len(r.rows)),
        "counted": str(len(counted)),
        "begins": str(r.zones.covers[0]),
        "by_line": tally_line(r.by_line),
        "by_place": tally_line(r.by_place),
        "by_line_events": tally_line(r.by_line_events),
        "by_place_events": tally_line(r.by_place_events),
        "since_2014": str(len(recent)),
        "warned_since_2014": str(sum(bool(row.warned_by) for row in recent)),
        "at_ends": str(sum(row.incident.phase in ("approach", "departure") for row in counted)),
        "far": str(len(far)),
        "far_lost": str(sum(row.incident.off_course for row in far)),
        "late": "\n".join(late),
        "table": "\n".join(_table(r)),
    }


def _cases(r: Replay) -> dict[str, str]:
    rows = {row.incident.id: row for row in r.rows}
    fields = {}
    for name, key in (("j2", "j2-8243"), ("mh17", "mh17"), ("ps752", "ps752"), ("ir655", "ir655")):
        row = rows[key]
        fields[f"{name}_line"] = str(row.line_verdict)
        fields[f"{name}_place"] = str(row.place_verdict)
        fields[f"{name}_off"] = f"{row.off_km:.0f}"
    for unused in ("ps752_off", "ir655_place"):
        del fields[unused]
    hit = rows["ps752"].incident
    assert hit.hit_lon is not None
    assert hit.hit_lat is not None
    eve = check_position(
        hit.hit_lon,
        hit.hit_lat,
        hit.hit_ft,
        r.zones.without_events(),
        date(2020, 1, 7),
        landing=True,
    )
    fields["ps752_eve"] = eve[0].level
    return fields


def _table(r: Replay) -> Iterator[str]:
    yield (
        "| date | aircraft | route | line | place, level | with reports: line, place | off | "
        "who had warned | world |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    for row in r.rows:
        yield f"| {' | '.join(_cells(r, row))} |"


def _cells(r: Replay, row: Replayed) -> Iterator[str]:
    i = row.incident
    yield i.day.isoformat() + (" ~" if row.partial else "")
    yield escaped(i.title or i.id) + f" (`{i.id}`)"
    yield escaped(i.route_text)
    yield row.line_verdict or "not known"
    level = "" if i.hit_ft is None else f", {flight_level(i.hit_ft)}"
    yield f"{row.place_verdict or 'not known'}{level}, {i.phase}"
    yield _with_events(row)
    yield "" if row.off_km is None else f"{row.off_km:,.0f} km"
    notes = []
    if i.off_course:
        notes.append("lost far off course, not predictable")
    if not i.counted:
        notes.append(f"not counted: {i.why_not_counted}")
    held = "; ".join(row.warned_by) or "none that we hold"
    yield escaped(". ".join([held, *notes]))
    shares = r.world[i.before]
    yield _share(shares.flagged, shares.routes)


def _with_events(row: Replayed) -> str:
    """Verdicts with the reported attacks known before, where one is met; a dash where none is."""
    met = row.events_met
    if not met:
        return "–"
    line, place = row.line_verdict_events, row.place_verdict_events
    more = f" and {len(met) - 1} more" if len(met) > 1 else ""
    return f"{line or 'not known'}, {place or 'not known'} (`{met[0].id}`{more})"


def _world(r: Replay) -> dict[str, str]:
    today = r.world[r.today]
    remind(today)
    short = [c for c in today.lengths if c.to_km <= 4000]
    pairs = sum(c.routes for c in short)
    counted = r.world_events[r.today]
    return {
        "as_of": str(stamp_text(r.today)),
        "avoid_events": _share(counted.avoid, counted.routes),
        "caution": _share(today.caution, today.routes),
        "caution_events": _share(counted.caution, counted.routes),
        "flagged_events": _share(counted.flagged, counted.routes),
        "pairs": f"{today.routes:,}",
        "avoid": _share(today.avoid, today.routes),
        "flagged": _share(today.flagged, today.routes),
        "short_pairs": f"{pairs:,}",
        "short_avoid": _share(sum(c.avoid for c in short), pairs),
        "short_flagged": _share(sum(c.flagged for c in short), pairs),
        "days": "\n".join(_days(r)),
        "lengths": "\n".join(_lengths(today)),
        "strict": "\n".join(_strict(r, today)),
        "mild": "\n".join(_mild(today)),
    }


def _edition(r: Replay) -> dict[str, str]:
    """What this edition changed in the sample, and which notices it grades."""
    later = date.fromisoformat(LATER)
    ((without, counted),) = world_shares(r.zones, {later: None})
    now = {
        stamp_text(r.today): (r.world[r.today], r.world_events[r.today]),
        LATER: (without, counted),
    }
    return {"editions": "\n".join(_editions(now)), "graded": "\n".join(_graded(r.zones))}


def _editions(now: Mapping[str | None, tuple[Shares, Shares]]) -> Iterator[str]:
    yield "| day | edition | avoid | of these, by landing or take-off | caution | watch | no flag |"
    yield "|---|---|---|---|---|---|---|"
    for day, before in FIRST_EDITION.items():
        without, counted = now[day]
        for edition, numbers in (
            ("first", before),
            ("this, notices only", _numbers(without)),
            ("this, with reported attacks", _numbers(counted)),
        ):
            shares = " | ".join(_share(number, without.routes) for number in numbers)
            yield f"| {day} | {edition} | {shares} |"


def _numbers(s: Shares) -> tuple[int, ...]:
    return s.avoid, s.avoid_by_endpoint, s.caution, s.watch, s.none


def _graded(zones: ZoneSet) -> Iterator[str]:
    yield "| notice | zones | by its letter | counts as | why |"
    yield "|---|---|---|---|---|"
    named: dict[Advisory, list[str]] = {}
    for zone in zones:
        for a in zone.advisories:
            if a.stated_level is not None:
                named.setdefault(a, []).append(f"`{zone.id}`")
    for a, where in sorted(named.items(), key=lambda found: (found[1], found[0].title)):
        yield (
            f"| {escaped(a.title)} | {', '.join(where)} | {a.stated_level} | {a.level} "
            f"| {escaped(a.graded)} |"
        )


def _days(r: Replay) -> Iterator[str]:
    """One row for each day, or for a run of days on which the same was said."""
    yield (
        "| day or moment | avoid | of these, by landing or take-off | caution | watch | no flag | "
        "with reports: caution | watch | no flag |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    by_day = sorted(r.world.values(), key=lambda s: str(s.when))
    for counts, same in groupby(
        by_day,
        key=lambda s: (
            s.avoid, s.avoid_by_endpoint, s.caution, s.watch, s.none,
            *((e := r.world_events[s.when]).caution, e.watch, e.none),
        ),
    ):  # fmt: skip
        days = [stamp_text(s.when) for s in same]
        when = str(days[0]) if len(days) == 1 else f"{len(days)} from {days[0]} to {days[-1]}"
        mark = " (as of)" if days[-1] == stamp_text(r.today) else ""
        shares = " | ".join(_share(n, by_day[0].routes) for n in counts)
        yield f"| {when}{mark} | {shares} |"


def _lengths(today: Shares) -> Iterator[str]:
    yield "| length | pairs | avoid | any flag |"
    yield "|---|---|---|---|"
    for c in today.lengths:
        shares = f"{_share(c.avoid, c.routes)} | {_share(c.flagged, c.routes)}"
        yield f"| {c.from_km:,.0f} to {c.to_km:,.0f} km | {c.routes:,} | {shares} |"


def _strict(r: Replay, today: Shares) -> Iterator[str]:
    yield "| zone | avoid | alone | issuers at avoid | OPSGROUP | would a desk agree? |"
    yield "|---|---|---|---|---|---|"
    zones = {zone.id: zone for zone in r.zones}
    for z in today.zones:
        if today.percent(z.avoid) >= SHARE_PERCENT:
            zone = zones[z.zone]
            yield (
                f"| `{z.zone}` | {_share(z.avoid, today.routes)} | {_share(z.alone, today.routes)} "
                f"| {_issuers(zone, r)} | {_rating(zone)} | {_view(z, 'avoid')} |"
            )


def _mild(today: Shares) -> Iterator[str]:
    yield "| zone | caution or watch | would a desk agree? |"
    yield "|---|---|---|"
    for z in sorted(today.zones, key=lambda z: (z.avoid - z.flagged, z.zone)):
        lower = z.flagged - z.avoid
        if today.percent(lower) >= SHARE_PERCENT and lower > z.avoid:
            yield f"| `{z.zone}` | {_share(lower, today.routes)} | {_view(z, 'lower')} |"


def _issuers(zone: Zone, r: Replay) -> str:
    strict = [s for s in standings(zone, r.today) if rank(s.level) == rank("avoid")]
    return ", ".join(dict.fromkeys(s.advisory.issuer for s in strict))


def _rating(zone: Zone) -> str:
    return ", ".join(rating.rating for rating in zone.context) or "–"


def _views() -> Mapping[str, Mapping[str, str]]:
    lines = VIEWS.read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    torn = [row["zone"] for row in rows if None in row or None in row.values()]
    if torn:
        raise SystemExit(f"{VIEWS.name}: {', '.join(torn)}: put a text with a comma in quotes")
    return {row["zone"]: row for row in rows}


def _view(z: ZoneShare, column: str) -> str:
    return escaped(_views().get(z.zone, {}).get(column) or NOT_JUDGED)


def remind(today: Shares) -> None:
    """Name every zone that matters and on which nothing is said yet."""
    missing = [
        f"{z.zone} ({column}: it flags {number} routes of the sample)"
        for z in today.zones
        for column, number in (("avoid", z.avoid), ("lower", z.flagged - z.avoid))
        if today.percent(number) >= SHARE_PERCENT and not _views().get(z.zone, {}).get(column)
        if column == "avoid" or number > z.avoid
    ]
    if missing:
        print(f"to do: a sentence in {VIEWS.name} on " + ", ".join(missing))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole if whole else 0:.1f} %"


if __name__ == "__main__":
    sys.exit(run(PAGE, page))
