"""The report a person reads: verdict and reason first, then why, then what to do, in 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from routecheck.risk.compare import Change, Comparison
from routecheck.risk.levels import rank
from routecheck.risk.model import Assessment, Exposure
from routecheck.risk.profile import KM_PER_NM
from routecheck.risk.wording import flight_level, place_name, step_down
from routecheck.zones.ageing import EVENT_FULL_DAYS, Standing, event_text
from routecheck.zones.model import AS_GIVEN, Advisory, Event, stamp_text

__all__ = [
    "WIDTH", "Paint", "Units", "comparison_text", "graded_text", "levels_text", "report_text",
    "wrap",
]  # fmt: skip

WIDTH: Final = 80
MAX_EXPOSURES: Final = 8

Paint = Callable[[str, str], str]
"""Colours a text for a role: a verdict, or ``heading``."""

TOPICS: Final = {
    "safety": "Airspace",
    "flight-path": "Flight path",
    "legal": "Legal",
    "official": "Official pages",
}


@dataclass(frozen=True, slots=True)
class Units:
    """How lengths are printed: ``km`` or ``nm`` (nautical miles of 1.852 km)."""

    name: str = "km"

    def __call__(self, km: float) -> str:
        """Write a length given in km."""
        value = km / KM_PER_NM if self.name == "nm" else km
        decimals = 1 if 0 < value < 10 else 0
        return f"{value:,.{decimals}f} {self.name}"


def _plain(text: str, role: str) -> str:
    del role
    return text


def wrap(text: str, indent: str = "", hang: str | None = None) -> Iterator[str]:
    """Lines of at most 80 columns; long links are not broken."""
    yield from textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent if hang is None else hang,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def report_text(a: Assessment, units: Units | None = None, paint: Paint = _plain) -> str:
    """The whole report of a check."""
    units = units or Units()
    lines = [paint(line, a.verdict) for line in wrap(a.headline)]
    lines += wrap(a.grounds, "  ", "    ")
    lines.append("")
    lines += _route_lines(a, units)
    if a.exposures:
        lines += ["", paint("WHY", "heading")]
        listed: set[str] = set()
        shown = _shown(a.exposures)
        for exposure in shown:
            lines += _exposure_lines(a, exposure, units, paint, listed)
        more = len(a.exposures) - len(shown)
        if more > 0:
            zones = "zone" if more == 1 else "zones"
            lines += wrap(f"and {more} {zones} more: see --format json", "  ")
    elif a.nearest is not None:
        zone = a.zones.named(a.nearest[0])
        lines += wrap(f"Nearest listed zone: {zone.name}, {units(a.nearest[1])} away.", "  ")
    if a.advice:
        lines += ["", paint("WHAT TO DO", "heading")]
        for item in a.advice:
            lines += wrap(f"{TOPICS[item.topic]}: {item.text}", "  ", "    ")
            lines += [f"    {link}" for link in item.links]
    lines += ["", paint("BEFORE YOU RELY ON IT", "heading")]
    lines += _provenance(a)
    for caveat in a.caveats:
        lines += wrap(f"- {caveat}", "  ", "    ")
    # A long report scrolls: what is read last is the verdict again.
    lines += ["", *(paint(line, a.verdict) for line in wrap(a.headline))]
    return "\n".join(lines) + "\n"


def _shown(exposures: Sequence[Exposure]) -> list[Exposure]:
    """The strictest exposures, and each other one that asks for caution where the route calls."""
    ordered = sorted(exposures, key=_turn)
    first, rest = ordered[:MAX_EXPOSURES], ordered[MAX_EXPOSURES:]
    return first + [e for e in rest if e.places_inside and rank(e.verdict) >= rank("caution")]


def _turn(e: Exposure) -> tuple[int, bool, int]:
    """Its turn in the report: by verdict, reports after notices, the latest of them first."""
    event = e.zone.event
    known = 0 if event is None else event.known.toordinal()
    return -rank(e.verdict), event is not None, -known


def _route_lines(a: Assessment, units: Units) -> Iterator[str]:
    names = " - ".join(place_name(place) for place in a.route.places)
    yield from wrap(names, "  ", "    ")
    how = "great circle" if a.route.path == "great-circle" else a.route.path
    yield from wrap(
        f"{units(a.distance_km)} {how}, about {_hours(a.duration_min)}, cruise "
        f"{flight_level(a.cruise_ft)}, on {stamp_text(a.when)}",
        "  ",
    )
    for place in a.route.places:
        if place.note:
            yield from wrap(place.note, "  ", "    ")
    if a.score is not None:
        yield f"  exposure score {a.score:g} of 100 (an index for ranking, not a probability)"


def _hours(minutes: float) -> str:
    hours, rest = divmod(round(minutes), 60)
    return f"{hours} h {rest:02d} min" if hours else f"{rest} min"


def _provenance(a: Assessment) -> Iterator[str]:
    as_of = f"as of {stamp_text(a.as_of)}" if a.as_of else "without a date of their own"
    age = f" ({a.age_days} days old)" if a.age_days is not None and a.age_days >= 0 else ""
    own = {z.file for z in a.zones.samples if any(item.id == AS_GIVEN for item in z.advisories)}
    sources = ", ".join(filter(None, (a.zones.dataset, *sorted(own)))) or "your zones"
    zones = "zone" if a.zone_count == 1 else "zones"
    yield from wrap(
        f"- {a.zone_count} {zones} in force, {as_of}{age}: {sources}.",
        "  ",
        "    ",
    )


def _exposure_lines(
    a: Assessment, e: Exposure, units: Units, paint: Paint, listed: set[str]
) -> Iterator[str]:
    label = f"{e.verdict.upper():8}"
    first, *rest = list(wrap(f"{label}{_how(a, e)}", "  ", " " * 10))
    yield first.replace(label.rstrip(), paint(label.rstrip(), e.verdict), 1)
    yield from rest
    for line in (*_measures(e, units), step_down(e)):
        yield from wrap(line, " " * 10)
    if e.zone.event is not None:
        yield from _event_lines(e.zone.event, aged=e.level != "caution")
        return
    again = []
    for s in e.standings:
        if s.advisory.id in listed:
            again.append(s.advisory.title)
            continue
        listed.add(s.advisory.id)
        yield from _advisory_lines(s, historic=a.age_days is not None and a.age_days < 0)
        if s.advisory.id in e.excepted:
            yield from wrap("does not count here: " + _why_excepted(s.advisory), " " * 12)
    if again:
        yield from wrap("as above: " + "; ".join(again), " " * 10, " " * 12)
    if not e.standings:
        yield from wrap("no official notice known", " " * 10)


def _event_lines(event: Event, *, aged: bool) -> Iterator[str]:
    yield from wrap(event_text(event), " " * 10, " " * 12)
    if aged:
        yield from wrap(f"counts as watch: known for over {EVENT_FULL_DAYS} days", " " * 12)
    yield from wrap(f"source: {event.source}; confidence: {event.confidence}", " " * 12)


def _why_excepted(advisory: Advisory) -> str:
    if advisory.applies == "overflight":
        return "it speaks of overflights, this flight takes off or lands there"
    return "it speaks of take-offs and landings there, this flight passes"


def _how(a: Assessment, e: Exposure) -> str:
    name = e.zone.name
    if len(a.leg_km) > 1:
        codes = [place.code for place in a.route.places]
        name += f" (on {', '.join(f'{codes[leg]}-{codes[leg + 1]}' for leg in e.legs)})"
    if e.at_endpoint:
        ends = {"both": "origin and destination inside", "stop": "a stop inside"}
        return f"{name}: {ends.get(e.at_endpoint, f'{e.at_endpoint} inside')}"
    if e.inside_km > 0:
        return f"{name}: crossed"
    if e.buffered_km > 0:
        return f"{name}: within its {e.zone.buffer_km:g} km buffer"
    return f"{name}: passed nearby" if e.reason == "near" else f"{name}: touched"


def _measures(e: Exposure, units: Units) -> Iterator[str]:
    parts = []
    if e.inside_km > 0:
        parts.append(f"{units(e.inside_km)} and {e.inside_min:.0f} min inside")
    if e.zone.buffer_km > 0 and e.buffered_km > 0:
        parts.append(
            f"{units(e.buffered_km)} and {e.buffered_min:.0f} min within {units(e.zone.buffer_km)}"
        )
    if e.closest_km > 0:
        parts.append(f"passes {units(e.closest_km)} away at the nearest")
    if e.borderline:
        parts.append(f"borderline: the outline is accurate to {units(e.zone.accuracy_km)}")
    if parts:
        yield "; ".join(parts)


def levels_text(advisory: Advisory) -> str:
    """The levels an advisory covers, in words."""
    floor, ceiling = advisory.floor_ft, advisory.ceiling_ft
    if floor is None and ceiling is None:
        return "all levels"
    if floor is None:
        return f"up to {flight_level(ceiling or 0)}"
    if ceiling is None:
        return f"from {flight_level(floor)}"
    return f"{flight_level(floor)} to {flight_level(ceiling)}"


def graded_text(advisory: Advisory) -> str:
    """Why an advisory counts lower than its letter; empty if it does not."""
    if advisory.stated_level is None:
        return ""
    return (
        f"graded {advisory.level}, {advisory.stated_level} by its letter (which --issuers "
        f'"{advisory.issuer}" counts): {advisory.graded}'
    )


def _dates(advisory: Advisory) -> str:
    issued, expires = stamp_text(advisory.issued), stamp_text(advisory.expires)
    if issued and expires:
        return f"{issued} to {expires}"
    if issued:
        return f"since {issued}"
    return f"until {expires}" if expires else "no dates given"


def _advisory_lines(s: Standing, *, historic: bool) -> Iterator[str]:
    a = s.advisory
    letter = a.stated_level or a.level
    parts = [s.level if s.level == letter else f"{letter}, counts as {s.level}"]
    parts += [levels_text(a), _dates(a)]
    if a.applies != "all":
        parts.append(f"{a.applies} only")
    yield from wrap(f"{a.title or 'your zone'}: {', '.join(parts)}", " " * 10, " " * 12)
    if s.lapsed:
        yield from wrap(s.lapsed, " " * 12)
    if a.exceptions:
        yield from wrap(f"except: {a.exceptions}", " " * 12)
    if a.graded:
        yield from wrap(graded_text(a), " " * 12)
    # Of a past day, also what was read later only.
    settled = "firm:" if historic else "firm"
    if a.confidence and a.id != AS_GIVEN and not a.confidence.startswith(settled):
        yield from wrap(f"confidence: {a.confidence}", " " * 12)


def comparison_text(c: Comparison, paint: Paint = _plain) -> str:
    """What changed between the two dates."""
    then, now = stamp_text(c.earlier.when), stamp_text(c.later.when)
    lines = [
        paint(f"CHANGES from {then} to {now}", "heading"),
        f"  {c.earlier.verdict.upper()} then, {c.later.verdict.upper()} now",
    ]
    if "unknown" in (c.earlier.verdict, c.later.verdict):
        lines += wrap(
            "The tool must not answer for one of the two days: what changed may be missing here.",
            "  ",
        )
    elif not c.changes:
        lines.append("  no advisory on this route was added, revised, ended or lapsed")
    by_text: dict[str, list[str]] = {}
    for change in c.changes:
        by_text.setdefault(_change(change), []).append(change.zone.name)
    for text, zones in by_text.items():
        lines += wrap(f"{text}: {'; '.join(zones)}", "  ", "    ")
    return "\n".join(lines) + "\n"


def _change(change: Change) -> str:
    latest = change.after or change.before
    assert latest is not None
    a = latest.advisory
    if change.zone.event is not None:
        levels = [s.level for s in (change.before, change.after) if s is not None]
        return f"{change.what} - {event_text(change.zone.event)}, {' then, '.join(levels)}"
    text = f"{change.what} - {a.title}"
    if change.what == "added":
        issued = stamp_text(a.issued)
        first = (
            f"first issued {change.first_issued}, this revision "
            if (change.first_issued != issued)
            else "issued "
        )
        lapsed = f", {latest.lapsed}" if latest.lapsed else ""
        return f"{text}, {latest.level}, {first}{issued}{lapsed}"
    if change.what == "ended":
        return f"{text}, was {latest.level}, ended {stamp_text(a.ended)}"
    if change.before and change.after and change.before.level != change.after.level:
        text += f", {change.before.level} then, {change.after.level} now"
    return f"{text}, {change.after.lapsed}" if change.after and change.after.lapsed else text
