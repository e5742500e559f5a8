"""Write docs/zones.md from the built-in zones, so that it cannot drift.

python tools/make_zone_docs.py            writes the page
python tools/make_zone_docs.py --check    only says whether it is up to date (exit code 1: no)
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from routecheck.airports.countries import countries
from routecheck.geometry.outlines import area_km2
from routecheck.report.text import graded_text, levels_text
from routecheck.report.zone import advisory_status, newest_first
from routecheck.zones.ageing import (
    EVENT_DAYS,
    EVENT_FULL_DAYS,
    LAPSED_FULL_DAYS,
    SHORT_FULL_DAYS,
    SHORT_NOTICE_DAYS,
    SHORT_RENEWED_FULL_DAYS,
    standings,
)
from routecheck.zones.model import Advisory, Stamp, Zone, ZoneSet, stamp_text
from routecheck.zones.read import load_zones
from routecheck.zones.search import NOT_IN_FORCE, census, level_on
from routecheck.zones.weapons import weapons

sys.path.insert(0, str(Path(__file__).parent))

from pages import run
from zone_glance import glance

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "zones.md"

REGIONS: Final = {
    "russia": "Russia",
    "ukraine": "Ukraine and its neighbours",
    "caucasus": "Caucasus",
    "middle-east": "Middle East",
    "gulf": "Gulf States and Oman",
    "saudi-arabia": "Saudi Arabia",
    "afghanistan": "Afghanistan",
    "south-asia": "South Asia",
    "south-east-asia": "South-East Asia",
    "korea": "Korea",
    "africa": "Africa",
    "americas": "Americas",
    "pacific": "Eastern Pacific",
}
"""Headings of the groups of zones, in the order of the page; others follow under their own name."""

ELSEWHERE: Final = "Elsewhere"

HISTORY: Final = "history only"

APPLIES: Final = {
    "all": "",
    "overflight": "overflights only",
    "arrival-departure": "arrivals and departures only",
}

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~])")
_ENTITY: Final = re.compile(r"&(?=#?\w+;)")


def escaped(text: str) -> str:
    """Text in which Markdown sees nothing but text, also within a table."""
    return _ENTITY.sub("&amp;", _SPECIAL.sub(r"\\\1", text))


def linked(text: str, url: str) -> str:
    """A link, or the text alone if there is no address."""
    if not url:
        return escaped(text)
    for char, code in (("(", "%28"), (")", "%29"), ("|", "%7C"), (" ", "%20"), ("<", "%3C"),
                       (">", "%3E"), ("\\", "%5C")):  # fmt: skip
        url = url.replace(char, code)
    return f"[{escaped(text)}]({url})"


def anchor(heading: str) -> str:
    """The anchor that GitHub makes of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def to_section(heading: str) -> str:
    """A link to the section of a heading on the same page."""
    return f"[{heading}](#{anchor(heading)})"


def headings(zones: ZoneSet) -> dict[str, str]:
    """Heading of each zone: its name, with its id where two would have the same anchor."""
    taken = [anchor(escaped(zone.name)) for zone in zones]
    taken += [anchor(region) for region in (*REGIONS.values(), ELSEWHERE)]
    return {
        zone.id: escaped(zone.name)
        if taken.count(anchor(escaped(zone.name))) == 1
        else escaped(f"{zone.name} ({zone.id})")
        for zone in zones
    }


def by_region(zones: ZoneSet) -> dict[str, list[Zone]]:
    """Zones under the heading of their region, each region ordered by id."""
    order = dict(REGIONS)
    groups = sorted({zone.group or "" for zone in zones} - order.keys())
    order |= {g: g.replace("-", " ").capitalize() if g else ELSEWHERE for g in [*groups, ""]}
    found = {
        title: sorted((z for z in zones if (z.group or "") == group), key=lambda z: z.id)
        for group, title in order.items()
    }
    return {title: members for title, members in found.items() if members}


def page(zones: ZoneSet | None = None) -> str:
    """The text of docs/zones.md."""
    zones = load_zones() if zones is None else zones
    reports = [zone for zone in zones if zone.event is not None]
    zones = zones.without_events()
    when = zones.as_of
    if when is None:
        raise SystemExit("the zone set has no as_of: the page says what stands on that day")
    names = headings(zones)
    regions = by_region(zones)
    lines = [
        *opening(zones, when),
        *glance(when, regions, lambda zone: to_section(names[zone.id]), reports),
        *not_held(zones),
        *introduction(zones, when),
        *contents(regions, names, when),
    ]
    for title, members in regions.items():
        lines += ["", f"## {title}"]
        for zone in members:
            lines += ["", *zone_lines(zone, names[zone.id], when)]
    if reports:
        lines += ["", *event_lines(reports)]
    return "\n".join(lines) + "\n"


def opening(zones: ZoneSet, when: Stamp) -> Iterator[str]:
    """What the page is of."""
    counts = census(zones, when)
    records = {a for zone in zones for a in zone.advisories}
    yield f"""\
<!-- Written by tools/make_zone_docs.py from zones/*.geojson: change the recipes and records in
tools/zoneset, build the files, then run it. -->
# The built-in zones

What a route is checked against, as of {stamp_text(when)}: {counts.known} zones,
{counts.in_force} of them in force on that day and {counts.history} in history only,
on the word of {len(records)} advisory records. `routecheck zones list` and
`routecheck zones show ID` print the same for any day; `routecheck zones export` writes it to a
file, for maps too.
"""


def not_held(zones: ZoneSet) -> Iterator[str]:
    """What the set is known to lack."""
    yield "## What is not held\n"
    yield from (f"- {escaped(gap)}" for gap in zones.gaps)
    yield ""
    if zones.gap_countries:
        table = countries()
        named = sorted(table[code].name if code in table else code for code in zones.gap_countries)
        yield (
            "A route that takes off or lands in one of these countries, whose notices are not all "
            f"held, and meets nothing above `watch` is `unknown`: {escaped(', '.join(named))}.\n"
        )


def introduction(zones: ZoneSet, when: Stamp) -> Iterator[str]:
    """How to read the page, and what the set claims and does not."""
    first, last = (stamp_text(day) or "no stated day" for day in zones.covers)
    yield f"""\
## How to read it

- **Level.** `avoid` is a ban or "do not operate", `caution` a call for caution, `watch`
  information. A zone's level on a day is the strictest of the notices that stand on it.
- **Outline.** Drawn by us after the notices, from the sources named; "accurate to" says how far the
  line may be off. These are not FIR boundaries, and not for navigation.
- **Buffer.** A margin around air-defence zones, by class of weapon, set by us. Where an issuer drew
  the margin, there is none.
- **Table.** One row for each revision of each notice, those that stand first, newest first.
  *Until* is the published end, or the day on which the notice was withdrawn or replaced ("ended").
- **Who is bound.** Most notices bind, or address, the operators of one State or group of States
  only. The check does not ask who flies: a warning to others is a warning. `--issuers` narrows
  it.
- **Confidence.** How well we know a record. Where its text was not seen, it counts as `caution`.
- **Context.** OPSGROUP's rating of a country, as of its date. It makes no zone and raises no
  verdict.
- **Hindsight.** What was known only later, where the outline of a past zone uses it.

## What it claims to cover

The set claims to hold the official notices about its areas that stood on any day from {first} to
{last}. On a day before, history is partial: what is listed here was in force as listed, but notices
that were withdrawn before then may be missing, so that a route which meets no zone is `unknown`,
not `clear`. After {last} it knows nothing new, and 90 days on it calls nothing clear.
"""
    yield f"""\
## How notices age

Only a withdrawal or a replacement ends a notice for good. One that ran past its published end, with
nothing newer held, has *lapsed*: it keeps its level for {LAPSED_FULL_DAYS} days, after that it
counts as `watch`. One issued for under {SHORT_NOTICE_DAYS} days counts one step lower sooner:
after {SHORT_RENEWED_FULL_DAYS} days if it had itself taken over from an earlier notice of the
same issuer, after {SHORT_FULL_DAYS} if not. Silence never turns a war zone clear. A zone without
any notice never counts for more than `watch`.
"""


def contents(regions: dict[str, list[Zone]], names: dict[str, str], when: Stamp) -> Iterator[str]:
    """The table of contents: each zone with its level."""
    yield "## All zones"
    for title, members in regions.items():
        yield f"\n**[{title}](#{anchor(title)})**\n"
        yield f"| zone | id | kind | level on {stamp_text(when)} | notices standing, known |"
        yield "|---|---|---|---|---|"
        for zone in members:
            name = names[zone.id]
            standing = len(standings(zone, when))
            yield (
                f"| {to_section(name)} | `{zone.id}` | {zone.kind} | "
                f"{level_text(zone, when)} | {standing}, {len(zone.advisories)} |"
            )


def level_text(zone: Zone, when: Stamp) -> str:
    """A zone's level on a day, or that it is history."""
    level = level_on(zone, when)
    return HISTORY if level == NOT_IN_FORCE else level


def zone_lines(zone: Zone, name: str, when: Stamp) -> Iterator[str]:
    """The section of one zone."""
    yield f"### {name}\n"
    buffer = f", buffer {zone.buffer_km:g} km" if zone.buffer_km else ""
    yield (
        f"`{zone.id}`, {zone.kind}, **{level_text(zone, when)}** on {stamp_text(when)}{buffer}, "
        f"{_area(area_km2(zone.outline))} km²\n"
    )
    yield f"- Outline: {_sentence(zone.basis)} Accurate to {zone.accuracy_km:g} km."
    if zone.notes:
        yield f"- Why: {_sentence(zone.notes)}"
    if zone.weapons:
        named = (weapons()[weapon].name for weapon in zone.weapons)
        yield f"- Weapons known there: {escaped(', '.join(named))}."
    if zone.since and not zone.advisories:
        yield f"- Speaks from {stamp_text(zone.since)} on."
    if zone.hindsight:
        yield f"- Hindsight: {_sentence(zone.hindsight)}"
    for rating in zone.context:
        yield (
            f"- Context: {escaped(rating.issuer)} on {escaped(rating.about)}, {rating.date}: "
            f"{_sentence(rating.rating)}"
        )
    yield ""
    if not zone.advisories:
        yield "No official notice known."
        return
    yield "| notice | level | heights | issued | until | who is bound | exceptions | confidence |"
    yield "|---|---|---|---|---|---|---|---|"
    for advisory in newest_first(zone.advisories, when):
        yield f"| {' | '.join(_cells(advisory, zone, when))} |"


def event_lines(reports: Sequence[Zone]) -> Iterator[str]:
    """All reported attacks in one table, the latest known first."""
    yield f"""\
## Reported attacks

No official notices: {len(reports)} reports that a weapon was fired at civil aircraft or an airport,
or struck them. Each makes a zone of the kind `event`, a circle round the place. From the day on
which it was known it asks for caution for {EVENT_FULL_DAYS} days, counts as `watch` up to day
{EVENT_DAYS}, and for nothing after. It is never `avoid`, and `--no-events` leaves it out. They are
not counted above.
"""
    yield "| id | known | attack | where | km | what | source | confidence |"
    yield "|---|---|---|---|---|---|---|---|"
    events = [(zone, zone.event) for zone in reports if zone.event is not None]
    for zone, event in sorted(events, key=lambda pair: (pair[1].known, pair[0].id), reverse=True):
        place = (
            f"{abs(event.lat):.2f} {'NS'[event.lat < 0]} {abs(event.lon):.2f} {'EW'[event.lon < 0]}"
        )
        yield (
            f"| `{zone.id}` | {event.known} | {stamp_text(event.date)} | {place} | "
            f"{event.radius_km:g} | {escaped(event.what)} | {escaped(event.source)} | "
            f"{escaped(event.confidence)} |"
        )


def _cells(a: Advisory, zone: Zone, when: Stamp) -> Iterator[str]:
    yield linked(a.title, a.url)
    yield a.level
    yield levels_text(a)
    yield stamp_text(a.issued) or "always"
    yield _until(a, zone, when)
    yield escaped(a.binds)
    exceptions = "; ".join(filter(None, (_applies(a), a.exceptions, graded_text(a))))
    yield escaped(exceptions)
    yield escaped(a.confidence)


def _until(a: Advisory, zone: Zone, when: Stamp) -> str:
    if a.ended is not None:
        return f"ended {stamp_text(a.ended)}"
    status = advisory_status(a, zone, when)
    if a.expires is None:
        return "open" if status == "in force" else f"open ({status})"
    until = f"{stamp_text(a.expires)}"
    return until if status == "in force" else f"{until} ({status})"


def _applies(a: Advisory) -> str:
    if not a.aerodromes_in:
        return APPLIES[a.applies]
    countries = ", ".join(a.aerodromes_in)
    if a.applies == "overflight":
        return f"overflights only: not flights to or from aerodromes in {countries}"
    return f"{APPLIES[a.applies]}, of aerodromes in {countries} too"


def _area(area: float) -> str:
    """An area to three figures: the outline is no better."""
    return f"{float(f'{area:.3g}'):,.0f}"


def _sentence(text: str) -> str:
    text = escaped(text)
    return text if text.endswith((".", "!", "?", ")")) else f"{text}."


if __name__ == "__main__":
    sys.exit(run(PAGE, page))
