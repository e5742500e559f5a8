"""The verdict in a sentence, and what was not checked. Never the word that promises too much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from routecheck.airports import country_near
from routecheck.airports.model import Airport
from routecheck.risk.levels import rank
from routecheck.risk.model import Exposure, Reason, Verdict
from routecheck.risk.profile import KM_PER_NM, Profile
from routecheck.routes.model import Route
from routecheck.zones.model import Stamp, ZoneSet, day_of, stamp_text

__all__ = [
    "NEAR_ANTIPODAL_KM",
    "caveats",
    "countries_of",
    "flight_level",
    "grounds",
    "headline",
    "in_gaps",
    "place_name",
    "step_down",
]  # fmt: skip

NEAR_ANTIPODAL_KM: Final = 19_800.0
"""From here on, 200 km short of the opposite point, lines in other directions are within about
2 % of the shortest: which one is flown is anyone's guess."""


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
    asked = zones.gap_countries or any(a.aerodromes_in for z in zones for a in z.advisories)
    if not asked:
        return ("",) * len(route.places)
    return tuple(p.country or country_near(p.lat, p.lon) for p in route.places)


def in_gaps(route: Route, zones: ZoneSet) -> list[Airport]:
    """Places of a route in countries that the set is known to lack."""
    if not zones.gap_countries:
        return []
    countries = countries_of(route, zones)
    return [p for p, c in zip(route.places, countries, strict=True) if c in zones.gap_countries]


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
    decisive = [e for e in exposures if e.verdict == verdict and e.reason == reason]
    if reason == "endpoint":
        inside = [place_name(route.places[i]) for i in decisive[0].places_inside]
        lies = "lies" if len(inside) == 1 else "lie"
        return f"{word}: {' and '.join(inside)} {lies} inside {decisive[0].zone.name}."
    line = "the direct line" if route.path == "great-circle" else "the path"
    if reason == "overflight":
        does = "crosses" if any(e.inside_km > 0 for e in decisive) else "touches"
        if verdict == "avoid" and route.path == "great-circle":
            return (
                f"AVOID THE DIRECT LINE: it {does} {_names(decisive)}. "
                "Airlines may fly round it: check the flown track."
            )
        return f"{word}: {line} {does} {_names(decisive)}."
    nearest = min(decisive, key=lambda e: e.closest_km)
    within = (
        f", within its {nearest.zone.buffer_km:g} km buffer"
        if nearest.closest_km <= nearest.zone.buffer_km
        else ""
    )
    return (
        f"{word}: {line} passes {nearest.closest_km:.1f} km "
        f"({nearest.closest_km / KM_PER_NM:.1f} NM) from {nearest.zone.name}{within}, "
        "without entering it."
    )


def grounds(verdict: Verdict, exposures: Sequence[Exposure]) -> str:
    """Whose word the verdict rests on, with dates; empty where no advisory stands behind it.

    The advisories of the first zone that sets the verdict, those of its strictest level.
    """
    decisive = [e for e in exposures if e.verdict == verdict and e.standings]
    if not decisive:
        return ""
    standings = [s for s in decisive[0].standings if s.advisory.id not in decisive[0].excepted]
    said = []
    for s in standings:
        if s.level != standings[0].level:
            continue
        dates = [f"issued {stamp_text(s.advisory.issued)}" if s.advisory.issued else "undated"]
        dates += ["lapsed"] if s.lapsed else []
        said.append(f"{s.advisory.title or 'your zone file'} ({', '.join(dates)})")
    return f"On the word of: {'; '.join(dict.fromkeys(said))}." if said else ""


def _names(exposures: Sequence[Exposure]) -> str:
    """Up to five names in a sentence, and how many more."""
    names = [e.zone.name for e in exposures[:5]]
    more = len(exposures) - len(names)
    if more:
        names.append(f"{more} more")
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


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
    begins = zones.covers[0]
    if begins is not None and day < begins:
        said.append(
            f"Before {begins} the set is incomplete: for {day} it may lack zones and notices."
        )
    if any(s.lapsed for e in exposures for s in e.standings):
        said.append(
            "Advisories marked as lapsed ran out without a known renewal: look at the issuer's "
            "page. They count until someone ends them."
        )
    if issuers:
        said.append(f"Only advisories of {', '.join(issuers)} were considered.")
    if max(leg_km) >= NEAR_ANTIPODAL_KM:
        said.append(
            "The two ends are nearly opposite on the Earth: the shortest line is not unique in "
            "practice, and a flight may leave in quite another direction. Check the flown track."
        )
    doubts = [p for p in zones.problems if p.code]
    if doubts:
        said.append(f"Doubt about a zone file: {doubts[0]}")
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
