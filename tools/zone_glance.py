"""The first page of docs/zones.md: zones in force by level, with whose word it is, in short."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from routecheck.zones.ageing import Standing, standings
from routecheck.zones.model import LEVELS, Level, Stamp, Zone, ZoneSet, stamp_text
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


def glance(
    zones: ZoneSet, when: Stamp, regions: Iterable[Zone], link: Callable[[Zone], str]
) -> Iterator[str]:
    """A table for each level: the zones that are at it, and who asks for what at which heights.

    ``regions`` are the zones in the order of the page, ``link`` writes one of them.
    """
    in_order = list(regions)
    yield f"## In force on {stamp_text(when)}\n"
    yield (
        "Whose word: "
        + ", ".join(f"{short} {issuer}" for issuer, short in INITIALS.items())
        + f", {ITSELF} the State itself. `<320` is below FL320, `>260` from FL260 up, no number "
        f"means all levels; `{RAN_OUT}` ran out, and nothing newer is held; *arr* is for arrivals "
        "and departures only, *over* for overflights only. Reported attacks, which are no notices, "
        "have a table of their own at the end.\n"
    )
    for level in reversed(LEVELS):
        members = [z for z in in_order if z.kind != "event" and level_on(z, when) == level]
        lower = [other for other in reversed(LEVELS) if LEVELS.index(other) <= LEVELS.index(level)]
        yield f"**{level}: {len(members)} zones**\n"
        yield f"| zone | {' | '.join(lower)} |"
        yield "|---" * (len(lower) + 1) + "|"
        for zone in members:
            standing = standings(zone, when)
            cells = [_words(standing, at) for at in lower]
            if not standing:
                cells[0] = "no notice known"
            yield f"| {link(zone)} | {' | '.join(cells)} |"
        yield ""


def _words(standing: Iterable[Standing], level: Level) -> str:
    """Who asks for a level, each once for the same heights."""
    found = (_word(s) for s in standing if s.level == level)
    return ", ".join(dict.fromkeys(sorted(found, key=_place)))


def _place(word: str) -> tuple[int, str]:
    order = [*INITIALS.values(), ITSELF]
    return next((i for i, short in enumerate(order) if word.startswith(short)), len(order)), word


def _word(s: Standing) -> str:
    a = s.advisory
    heights = ""
    if a.floor_ft:
        heights += f">{a.floor_ft / 100:03.0f}"
    if a.ceiling_ft is not None:
        heights += f"<{a.ceiling_ft / 100:03.0f}"
    part = {"all": "", "overflight": " over", "arrival-departure": " arr"}[a.applies]
    return f"{INITIALS.get(a.issuer, ITSELF)}{RAN_OUT if s.lapsed else ''}{heights}{part}"
