"""The first page of docs/zones.md: zones in force by level, with whose word it is, in short."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from routecheck.zones.ageing import Standing, standings
from routecheck.zones.model import LEVELS, Level, Stamp, Zone, day_of, stamp_text
from routecheck.zones.search import level_on

__all__ = ["glance"]

INITIALS: Final = {
    "EASA": "E",
    "FAA": "F",
    "United Kingdom": "UK",
    "Germany": "DE",
    "France": "FR",
    "Canada": "CA",
    "Italy": "IT",
}
ITSELF: Final = "S"
"""Every other issuer speaks of its own airspace."""

RAN_OUT: Final = "°"
GRADED: Final = "†"


def glance(
    when: Stamp,
    regions: Mapping[str, Sequence[Zone]],
    link: Callable[[Zone], str],
    reports: Sequence[Zone],
) -> Iterator[str]:
    """A table for each level: the zones that are at it, and who asks for what at which heights.

    ``regions`` are the zones by region, in the order of the page, ``link`` writes one of them;
    ``reports`` are the zones that reported attacks make.
    """
    day = stamp_text(when)
    yield f"## In force on {day}\n"
    yield (
        f"These are the levels of {day}, the day up to which notices are known. **`routecheck "
        "zones list` has today's**, when some have run out. Whose word it is:\n"
    )
    yield (
        "- "
        + ", ".join(f"**{short}** {issuer}" for issuer, short in INITIALS.items())
        + (f", **{ITSELF}** the State itself. One with several notices may stand in two columns.")
    )
    yield (
        "- `<320` is below FL320, `>260` from FL260 up, no number means all levels; *arr* is for "
        "arrivals and departures only, *over* for overflights only."
    )
    yield (
        f"- `{RAN_OUT}` ran out, and nothing newer is held; `{GRADED}` counts lower than its "
        "letter (the zone's table says why)."
    )
    events = [zone.event for zone in reports if zone.event is not None]
    if events:
        latest = max(events, key=lambda event: (event.known, event.id))
        yield (
            "- Reported attacks are no notices and stand [at the end](#reported-attacks). The "
            f"latest held was known on {latest.known}"
            f"{', after this day' if latest.known > day_of(when) else ''}: {latest.id}."
        )
    yield ""
    for level in reversed(LEVELS):
        lower = [other for other in reversed(LEVELS) if LEVELS.index(other) <= LEVELS.index(level)]
        rows = list(_rows(when, regions, link, level, lower))
        yield f"**{level}: {len(rows)} zones**\n"
        yield f"| region | zone | {' | '.join(lower)} |"
        yield "|---" * (len(lower) + 2) + "|"
        yield from rows
        yield ""


def _rows(
    when: Stamp,
    regions: Mapping[str, Sequence[Zone]],
    link: Callable[[Zone], str],
    level: Level,
    columns: Sequence[Level],
) -> Iterator[str]:
    """The zones at a level, region by region and by name, the region named once."""
    for region, members in regions.items():
        named = region
        for zone in sorted(members, key=lambda zone: zone.name):
            if level_on(zone, when) != level:
                continue
            standing = standings(zone, when)
            cells = [_words(standing, at) for at in columns]
            if not standing:
                cells[0] = "no notice known"
            yield f"| {named} | {link(zone)} | {' | '.join(cells)} |"
            named = ""


def _words(standing: Iterable[Standing], level: Level) -> str:
    """Who asks for a level, each once for the same heights."""
    found = sorted((s for s in standing if s.level == level), key=_place)
    return ", ".join(dict.fromkeys(_word(s) for s in found))


def _place(s: Standing) -> tuple[int, str]:
    """By issuer, in the order of the legend, the State itself last."""
    order = list(INITIALS)
    issuer = s.advisory.issuer
    return order.index(issuer) if issuer in INITIALS else len(order), _word(s)


def _word(s: Standing) -> str:
    a = s.advisory
    heights = ""
    if a.floor_ft:
        heights += f">{a.floor_ft / 100:03.0f}"
    if a.ceiling_ft is not None:
        heights += f"<{a.ceiling_ft / 100:03.0f}"
    part = {"all": "", "overflight": " over", "arrival-departure": " arr"}[a.applies]
    marks = (RAN_OUT if s.lapsed else "") + (GRADED if a.stated_level else "")
    return f"{INITIALS.get(a.issuer, ITSELF)}{marks}{heights}{part}"
