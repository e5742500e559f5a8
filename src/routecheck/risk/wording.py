"""The verdict in a sentence, and what was not checked. Never the word that promises too much."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from routecheck.airports import country_near
from routecheck.airports.model import Airport
from routecheck.risk.levels import rank
from routecheck.risk.model import Exposure, Interval, Reason, Verdict
from routecheck.risk.profile import KM_PER_NM, Profile
from routecheck.routes.model import Route
from routecheck.zones.ageing import Standing, event_sentence
from routecheck.zones.model import Event, Stamp, ZoneSet, day_of, stamp_text

__all__ = [
    "EVENT_NAME",
    "NEAR_ANTIPODAL_KM",
    "about_reports",
    "caveats",
    "countries_of",
    "flight_level",
    "grounds",
    "headline",
    "in_gaps",
    "place_name",
    "step_down",
    "too_early",
]  # fmt: skip

NEAR_ANTIPODAL_KM: Final = 19_800.0
"""From here on, 200 km short of the opposite point, lines in other directions are within about
2 % of the shortest: which one is flown is anyone's guess."""


MAX_NAMES: Final = 5
"""Zones that the headline names; the report below has all."""

MAX_DOUBTS: Final = 3
"""Doubts about zone files that are told beside a verdict; zones lint has all."""

EVENT_NAME: Final = "Reported attack: "
"""With this the names of built-in zones begin that a reported attack makes."""

SAME_BORDER_KM: Final = 20.0
"""Two outlines of one border, each accurate to some km, may lie this far apart."""


def place_name(place: Airport) -> str:
    """City, or failing that the airport's name, with the code."""
    name = place.city or place.name
    return f"{name} ({place.code})" if place.iata or place.icao else name


def flight_level(feet: float) -> str:
    """Altitude as a flight level, e.g. ``FL350``."""
    return f"FL{round(feet / 100):03d}"


def step_down(e: Exposure) -> str:
    """Why a zone counts for less than the strictest word on it; empty where it does not."""
    if rank(e.verdict) >= rank(e.level):
        return ""
    if e.reason == "near":
        where = "within the buffer only" if e.buffered_km > 0 else "outside it"
    elif e.reason == "endpoint":
        where = "outside the levels or flights that the stricter notices name"
    else:
        where = "at levels, or on a flight, that the stricter notices do not name"
    return f"counts as {e.verdict}, not {e.level}: {where}"


def countries_of(route: Route, zones: ZoneSet) -> tuple[str, ...]:
    """Country of each place, if an advisory or the set's gaps ask for it; else all empty.

    A bare position is taken to lie in the country of the nearest airport.
    """
    asked = zones.gap_countries or any(a.aerodromes_in for z in zones.samples for a in z.advisories)
    if not asked:
        return ("",) * len(route.places)
    return tuple(p.country or country_near(p.lat, p.lon) for p in route.places)


def in_gaps(route: Route, zones: ZoneSet, countries: Sequence[str]) -> list[Airport]:
    """Places of a route in countries (:func:`countries_of`) that the set is known to lack."""
    return [p for p, c in zip(route.places, countries, strict=True) if c in zones.gap_countries]


def too_early(zones: ZoneSet, day: date) -> list[str]:
    """That a day lies before what the set claims to cover; nothing if it does not."""
    begins = zones.covers[0]
    if begins is None or day >= begins:
        return []
    return [f"Before {begins} the set is incomplete: for {day} it may lack zones and notices."]


def headline(
    route: Route,
    verdict: Verdict,
    reason: Reason,
    exposures: Sequence[Exposure],
    zones: ZoneSet,
    doubt: str | None,
) -> str:
    """One sentence that says what was found, and of what kind it is."""
    if verdict == "unknown":
        return f"UNKNOWN: {doubt}."
    if verdict == "clear":
        as_of = f" as of {stamp_text(zones.as_of)}" if zones.as_of else ""
        return f"CLEAR OF THE LISTED ZONES{as_of}: the direct line meets none of them."
    word = verdict.upper()
    decisive = _decisive(verdict, reason, exposures)
    if reason == "endpoint":
        first = decisive[0]
        inside = [place_name(route.places[i]) for i in first.places_inside]
        lies = "lies" if len(inside) == 1 else "lie"
        where, here = f"inside {first.zone.name}", [first]
        if first.zone.event is not None:
            here = [e for e in decisive if e.places_inside == first.places_inside]
            where = _near_attacks(_events(here))
        crossed = _decisive(verdict, "overflight", exposures, beside=decisive)
        also = f" The direct line also crosses {_names(crossed)}." if crossed else ""
        if first.zone.event is None:
            also = _attacked(route, exposures) + also
        return f"{word}: {' and '.join(inside)} {lies} {where}.{_report_only(here)}{also}"
    line = "the direct line" if route.path == "great-circle" else "the path"
    if reason == "overflight":
        does = "crosses" if any(e.inside_km > 0 for e in decisive) else "touches"
        attacked = _attacked(route, exposures)
        if verdict == "avoid" and route.path == "great-circle":
            return (
                f"AVOID THE DIRECT LINE: it {does} {_names(decisive)}. "
                f"Airlines may fly round it: check the flown track.{attacked}"
            )
        return f"{word}: {line} {does} {_names(decisive)}.{_report_only(decisive)}{attacked}"
    nearest = min(decisive, key=lambda e: e.closest_km)
    within = (
        f", within its {nearest.zone.buffer_km:g} km buffer"
        if nearest.closest_km <= nearest.zone.buffer_km
        else ""
    )
    return (
        f"{word}: {line} passes {nearest.closest_km:.1f} km "
        f"({nearest.closest_km / KM_PER_NM:.1f} NM) from {_name(nearest)}{within}, "
        f"without entering it.{_report_only([nearest])}"
    )


def _events(exposures: Sequence[Exposure]) -> list[Event]:
    """The reported attacks among zones, the latest first."""
    found = [e.zone.event for e in exposures if e.zone.event is not None]
    return sorted(found, key=lambda event: (day_of(event.date), event.id), reverse=True)


def _attacks(events: Sequence[Event]) -> str:
    day = day_of(events[0].date)
    if len(events) == 1:
        return f"a reported attack on {day}"
    return f"{len(events)} reported attacks, the latest on {day}"


def _near_attacks(events: Sequence[Event]) -> str:
    within_km = max(event.radius_km for event in events)
    return f"within {within_km:g} km of {_attacks(events)}"


def _attacked(route: Route, exposures: Sequence[Exposure]) -> str:
    """That attacks were reported round an end of the route, beside what a notice says of it."""
    at_ends = [e for e in exposures if e.zone.event is not None and e.verdict == "caution"]
    said = []
    for place, airport in enumerate(route.places):
        events = _events([e for e in at_ends if place in e.places_inside])
        if events:
            said.append(
                f" {place_name(airport)} lies {_near_attacks(events)} "
                f"({'a report' if len(events) == 1 else 'reports'}, no official notice)."
            )
    return "".join(said)


def _report_only(exposures: Sequence[Exposure]) -> str:
    """That nothing but reports stands behind what was said; nothing where a notice does."""
    if not exposures or any(e.zone.event is None for e in exposures):
        return ""
    one = len(exposures) == 1
    return f" {'That is a report' if one else 'Those are reports'}, no official notice."


def _name(e: Exposure) -> str:
    if e.zone.event is None:
        return e.zone.name
    what = e.zone.name.removeprefix(EVENT_NAME)
    return f"the {e.zone.event.radius_km:g} km round a reported attack ({what})"


def grounds(verdict: Verdict, reason: Reason, exposures: Sequence[Exposure]) -> str:
    """Whose word the headline rests on; empty where no advisory stands behind it.

    Where only reported attacks do, that and which is the latest. One zone's advisories with their
    dates; of several zones the issuers for each.
    """
    decisive = _decisive(verdict, reason, exposures)
    named = decisive[:1] if reason == "endpoint" else decisive[:MAX_NAMES]
    if named and all(e.zone.event is not None for e in named):
        return f"{event_sentence(_events(named)[0])}."
    carried = [(e.zone.name, carrying) for e in named if (carrying := _carriers(e))]
    if not carried:
        return ""
    if len(carried) == 1:
        said = [f"{_title(s)} ({_dates(s)})" for s in carried[0][1]]
        return f"On the word of: {'; '.join(dict.fromkeys(said))}."
    parts = [
        f"{', '.join(dict.fromkeys(s.advisory.issuer for s in carrying))} for {name}"
        for name, carrying in carried
    ]
    return f"On the word of {'; '.join(parts)}."


def _decisive(
    verdict: Verdict,
    reason: Reason,
    exposures: Sequence[Exposure],
    beside: Sequence[Exposure] = (),
) -> Sequence[Exposure]:
    """The zones that set the verdict by its reason, those that say something of their own.

    Of zones at an end the one most issuers speak of comes first. Crossed zones come in the order
    of the route; zones overlap, and one that the route meets only within a larger one named
    anyway, or within one of ``beside``, is left to the report.
    """
    found = [e for e in exposures if (e.verdict, e.reason) == (verdict, reason)]
    if reason == "endpoint":
        events = {event.id: number for number, event in enumerate(_events(found))}
        return sorted(
            found,
            key=lambda e: (
                -len({s.advisory.issuer for s in _carriers(e)}),
                -1 if e.zone.event is None else events[e.zone.event.id],
            ),
        )
    if reason != "overflight":
        return found
    kept: list[Exposure] = []
    for e in sorted(found, key=lambda e: -e.inside_km):
        named = [i for other in (*beside, *kept) for i in other.intervals if i.where == "inside"]
        if not named or not _covered(e, named):
            kept.append(e)
    return sorted(kept, key=lambda e: min((i.enter_km for i in e.intervals), default=0.0))


def _covered(e: Exposure, named: Sequence[Interval]) -> bool:
    """Whether every stretch inside a zone lies within one of the named ones."""
    return all(
        any(
            n.enter_km - SAME_BORDER_KM <= i.enter_km and i.exit_km <= n.exit_km + SAME_BORDER_KM
            for n in named
        )
        for i in e.intervals
        if i.where == "inside"
    )


def _carriers(e: Exposure) -> list[Standing]:
    if e.zone.event is not None:
        return []
    carrying = e.carriers
    return [s for s in e.standings if s.advisory.id in carrying]


def _title(s: Standing) -> str:
    return s.advisory.title or "your zone file"


def _dates(s: Standing) -> str:
    issued = f"issued {stamp_text(s.advisory.issued)}" if s.advisory.issued else "undated"
    if s.lapsed is None or s.advisory.expires is None:
        return issued
    return f"{issued}, ran out on {day_of(s.advisory.expires)}"


def _names(exposures: Sequence[Exposure]) -> str:
    """Up to five names in a sentence, and how many more; reported attacks come last, as one."""
    reports = [e for e in exposures if e.zone.event is not None]
    others = [e for e in exposures if e.zone.event is None]
    names = [e.zone.name for e in others[:MAX_NAMES]]
    more = len(others) - len(names)
    if more:
        names.append(f"{more} more")
    if reports:
        many = len(reports) > 1
        names.append(
            f"the surroundings of {_attacks(_events(reports))}" if many else _name(reports[0])
        )
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def about_reports(zones: ZoneSet) -> str:
    """What reported attacks are, and the day of the latest one held."""
    latest = max(zone.event.known for zone in zones if zone.event is not None)
    return (
        "Reported attacks are no official notices and bind nobody. They rest on public reports, "
        f"the latest one held of {latest}, and count for a year at most: --no-events leaves them "
        "out."
    )


def caveats(
    route: Route,
    zones: ZoneSet,
    when: Stamp,
    verdict: Verdict,
    exposures: Sequence[Exposure],
    leg_km: Sequence[float],
    issuers: Sequence[str],
    missing: Sequence[Airport],
    *,
    events: bool,
    cruise_ft: float | None,
    profiles: Sequence[Profile],
) -> tuple[str, ...]:
    """What a reader must know before relying on the verdict, gravest first."""
    day = day_of(when)
    said = []
    if zones.as_of is not None:
        age = (day - zones.as_of).days
        if age > 0:
            said.append(
                f"Zones are as of {zones.as_of}, {age} days before the date checked: what was "
                "issued, renewed or withdrawn since then is not known."
            )
    said += too_early(zones, day)
    if any(s.lapsed for e in exposures for s in e.notices):
        said.append(
            "Advisories that ran out, with nothing newer held, may have been renewed: look at the "
            "issuer's page. They count until someone ends them."
        )
    if any(e.zone.event is not None for e in exposures):
        said.append(about_reports(zones))
    if not events:
        said.append("Reported attacks were left out.")
    if issuers:
        said.append(f"Only advisories of {', '.join(issuers)} were considered.")
    if max(leg_km) >= NEAR_ANTIPODAL_KM:
        said.append(
            "The two ends are nearly opposite on the Earth: the shortest line is not unique in "
            "practice, and a flight may leave in quite another direction. Check the flown track."
        )
    doubts = [p for p in zones.problems if p.code]
    said += [f"Doubt about a zone file: {doubt}" for doubt in doubts[:MAX_DOUBTS]]
    if len(doubts) > MAX_DOUBTS:
        said.append(f"… and {len(doubts) - MAX_DOUBTS} more such doubts about zone files.")
    if any(e.borderline for e in exposures):
        said.append(
            "Borderline: a zone, or its buffer, is missed by less than its outline is accurate "
            "to. Whether it is met cannot be told: the verdict may be too mild."
        )
    for profile in profiles:
        if cruise_ft is not None and profile.cruise_ft < cruise_ft - 1:
            said.append(
                f"A leg is too short to reach {flight_level(cruise_ft)}: "
                f"{flight_level(profile.cruise_ft)} was assumed on it."
            )
            break
    if route.path == "great-circle":
        said.append(
            "Checked: the shortest line between the airports on WGS84, at assumed levels. The "
            "flight will not follow it exactly, and may be hundreds of km away."
        )
    said.append(
        "Not checked: NOTAMs of the day, GNSS jamming, the airline's own policy, security on "
        "the ground. Not for operational use."
    )
    if missing:
        names = ", ".join(place_name(place) for place in missing)
        said.insert(
            0,
            f"Not held yet: official notices on the country of {names}. Nothing here speaks of it.",
        )
    if zones.gaps and verdict != "avoid":
        said.append("Known gaps of this zone set. " + " ".join(zones.gaps))
    return tuple(said)
