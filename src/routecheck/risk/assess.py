"""The check itself: a route, a zone set and a day make an assessment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from numbers import Real
from typing import Final

from routecheck.airports.model import Airport
from routecheck.errors import RoutecheckError, RouteError, ZoneError
from routecheck.geometry.legs import Legs
from routecheck.risk.advice import advise
from routecheck.risk.doubts import left_out_near, why_in_doubt
from routecheck.risk.levels import highest
from routecheck.risk.model import REASONS, Assessment, Exposure, Reason, Verdict
from routecheck.risk.profile import SPEED_KT, fly
from routecheck.risk.score import score
from routecheck.risk.survey import survey
from routecheck.risk.wording import caveats, countries_of, headline, in_gaps, place_name
from routecheck.routes.model import Route
from routecheck.zones.model import Stamp, ZoneSet, day_of, stamp_text

__all__ = [
    "MAX_AGE_DAYS", "MAX_WATCH_KM", "WATCH_KM", "assess", "check_limits", "considered",
    "why_unknown",
]  # fmt: skip

WATCH_KM: Final = 50.0
MAX_WATCH_KM: Final = 1000.0
MAX_AGE_DAYS: Final = 90


def assess(
    route: Route,
    zones: ZoneSet,
    when: Stamp | None = None,
    *,
    cruise_ft: float | None = None,
    speed_kt: float = SPEED_KT,
    watch_km: float = WATCH_KM,
    max_age_days: int = MAX_AGE_DAYS,
    issuers: tuple[str, ...] = (),
    events: bool = True,
    now: datetime | None = None,
) -> Assessment:
    """Assess a route against the zones that speak on a day.

    Parameters
    ----------
    when : date or datetime, optional
        Day (UTC) or moment of the flight; today if not given.
    cruise_ft, speed_kt : float
        Cruise level, ft, and ground speed in cruise, kt.
    watch_km : float
        A zone this near is worth watching even outside its buffer, km, 0 to 1,000.
    max_age_days : int
        Later than this after the set's ``as_of``, nothing is called clear any more.
    issuers : tuple of str
        Keep only advisories of these issuers.
    events : bool
        Whether reported attacks count, as ``caution`` at most.
    now : datetime
        Moment of the check, for the record.

    Raises
    ------
    RoutecheckError
        If a number is out of range.
    """
    check_limits(zones, cruise_ft, speed_kt, watch_km, max_age_days)
    if len(route.places) < 2:
        raise RouteError("a route needs an origin and a destination")
    now = now or datetime.now(UTC)
    when = when or now.date()
    asked = considered(zones, issuers, events=events)

    ends = route.ends
    leg_km = Legs.between(ends).length_km.tolist()
    profiles = [fly(km, cruise_ft, speed_kt) for km in leg_km]
    countries = countries_of(route, asked)
    found = survey(ends, asked, when, profiles, watch_km, countries)

    verdict, reason = _overall(found.exposures)
    missing = in_gaps(route, zones, countries)
    doubt = None
    if verdict in ("clear", "watch"):
        # Faint reports are nobody's word: they do not stand in for notices that may be missing.
        met = any(e.zone.event is None for e in found.exposures)
        near = why_in_doubt(left_out_near(ends, zones, watch_km))
        doubt = why_unknown(missing, zones, when, max_age_days, met=met, left_out=near)
        verdict = "unknown" if doubt else verdict
    return Assessment(
        route=route,
        when=when,
        verdict=verdict,
        reason=reason,
        score=None if verdict == "unknown" else score(verdict, found.dose),
        exposures=found.exposures,
        advice=advise(route, when, verdict, found.exposures),
        nearest=found.nearest,
        caveats=caveats(
            route, zones, when, verdict, found.exposures, leg_km, issuers, missing,
            events=events, cruise_ft=cruise_ft, profiles=profiles,
        ),
        headline=headline(route, verdict, reason, found.exposures, zones, doubt),
        distance_km=sum(leg_km),
        duration_min=sum(p.duration_min for p in profiles),
        cruise_ft=max(p.cruise_ft for p in profiles),
        zones=zones,
        zone_count=found.active,
        age_days=None if zones.as_of is None else (day_of(when) - zones.as_of).days,
        checked_at=now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        leg_km=tuple(leg_km),
    )  # fmt: skip


def considered(zones: ZoneSet, issuers: Sequence[str], *, events: bool) -> ZoneSet:
    """The part of a set that counts: notices of some issuers, with or without reported attacks.

    Raises
    ------
    RoutecheckError
        If nothing is left, or a name is nobody's: all routes would come out clear.
    """
    kept = (zones if events else _without_events(zones)).by_issuers(issuers)
    if not len(kept):
        raise ZoneError(
            "this set has no zones but reported attacks, and those are left out: every route "
            "would come out clear of it"
        )
    return kept


@lru_cache(maxsize=4)
def _without_events(zones: ZoneSet) -> ZoneSet:
    """The same part for the same set, which is laid out for measuring once."""
    return zones.without_events()


def check_limits(
    zones: ZoneSet,
    cruise_ft: float | None,
    speed_kt: float,
    watch_km: float,
    max_age_days: int,
) -> None:
    """Refuse what no check can be made with.

    Raises
    ------
    RoutecheckError
        If a number is out of range, or there is no zone.
    """
    for name, value, low, high in (
        ("watch_km", watch_km, 0, MAX_WATCH_KM),
        ("speed_kt", speed_kt, 50, 2000),
        ("max_age_days", max_age_days, 0, 36_500),
        ("cruise_ft", 35_000 if cruise_ft is None else cruise_ft, 1_000, 60_000),
    ):
        if not isinstance(value, Real) or not low <= value <= high:
            raise RoutecheckError(f"{name} is {value!r}: give a number from {low:g} to {high:g}")
    if not len(zones):
        raise ZoneError("there is no zone in this set: every route would come out clear of it")


def _overall(exposures: tuple[Exposure, ...]) -> tuple[Verdict, Reason]:
    """The maximum over the zones; among equals an end comes before an overflight."""
    level = highest(e.verdict for e in exposures)
    if level is None:
        return "clear", "none"
    reasons = [e.reason for e in exposures if e.verdict == level]
    return level, min(reasons, key=REASONS.index)


def why_unknown(
    missing: Sequence[Airport],
    zones: ZoneSet,
    when: Stamp,
    max_age_days: int,
    *,
    met: bool,
    left_out: str | None = None,
) -> str | None:
    """Why nothing found does not mean clear on this day; None if it does.

    ``met``: a zone is worth watching by more than a reported attack, so that the day and the age of
    the set hide nothing; what is missing where the route lands still may, and so may what was left
    out near the route (``left_out`` says why).
    """
    if met:
        return left_out or _missing(missing)
    day = day_of(when)
    begins, known_until = zones.covers[0], zones.known_until
    if begins is not None and day < begins:
        return (
            f"{day} lies before {begins}, from when the zone set claims to be complete. That no "
            "zone in it speaks of this route says nothing"
        )
    if known_until is not None and (day - known_until).days > max_age_days:
        return (
            f"the zone set is as of {stamp_text(known_until)}, more than {max_age_days} days "
            f"before {day}: too old to call anything clear. Update routecheck, or raise "
            "--max-age-days if you know that nothing changed"
        )
    if left_out:
        return left_out
    return _missing(missing)


def _missing(missing: Sequence[Airport]) -> str | None:
    if not missing:
        return None
    return (
        f"{' and '.join(place_name(place) for place in missing)} "
        f"{'lies' if len(missing) == 1 else 'lie'} in a country with official notices that "
        "this zone set does not hold yet. Look them up before you rely on it"
    )
