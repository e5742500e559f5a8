"""The Python API: one call from words to an assessment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from routecheck.airports.model import Airport
from routecheck.risk.assess import MAX_AGE_DAYS, WATCH_KM, assess
from routecheck.risk.compare import Comparison, compare_assessments
from routecheck.risk.model import Assessment
from routecheck.risk.profile import SPEED_KT, parse_level
from routecheck.routes.build import build_route
from routecheck.routes.model import Route
from routecheck.zones.ageing import as_stamp
from routecheck.zones.merge import combine
from routecheck.zones.model import Stamp, ZoneSet, day_of, issuer_names
from routecheck.zones.read import load_zones

__all__ = ["check", "compare", "gather_zones"]


def check(
    *places: str | Airport | tuple[float, float] | Route,
    date: str | Stamp | None = None,
    zones: Any = None,
    add_zones: Any = None,
    issuers: Sequence[str] | str | None = None,
    cruise: str | float | None = None,
    speed_kt: float = SPEED_KT,
    watch_km: float = WATCH_KM,
    max_age_days: int = MAX_AGE_DAYS,
    events: bool = True,
    strict_places: bool = False,
) -> Assessment:
    """Check a route against zones on a date.

    Parameters
    ----------
    *places : str, Airport, (lat, lon) or one Route
        Two or more: IATA, city or ICAO codes, names, ``"lat,lon"``, or one word like
        ``"GYD-GRV"``. Stops in between are landings.
    date : str, date or datetime, optional
        Day of the flight in UTC (``"2024-12-24"``), or a moment with its zone. Today by default.
    zones : path, mapping, GeoDataFrame, ZoneSet or a sequence of them, optional
        Replaces the built-in set.
    add_zones : the same, optional
        Checked in addition.
    issuers : sequence of str or comma-separated str, optional
        Keep only the advisories of these issuers.
    cruise : str or float, optional
        Cruise level: ``"FL350"``, or feet as a number.
    speed_kt : float
        Ground speed in cruise, knots.
    watch_km : float
        Report zones this near even outside their buffer, km.
    max_age_days : int
        Older than this at ``date``, a zone set calls nothing clear.
    events : bool
        Whether reported attacks on civil aircraft and airports count, as ``caution`` at most.
    strict_places : bool
        Whether a name that may mean another place too is an error.

    Returns
    -------
    Assessment

    Raises
    ------
    PlaceError, RouteError, DateError, ZoneError, RoutecheckError
        With a text that says what to do; all are RoutecheckError.

    Examples
    --------
    >>> a = check("LHR", "JFK", date="2026-10-03")
    >>> a.verdict
    'clear'
    """
    when = None if date is None else as_stamp(date)
    return assess(
        _route(places, when, strict=strict_places),
        gather_zones(zones, add_zones),
        when,
        cruise_ft=parse_level(cruise) if isinstance(cruise, str) else cruise,
        speed_kt=speed_kt,
        watch_km=watch_km,
        max_age_days=max_age_days,
        issuers=issuer_names(issuers),
        events=events,
        now=datetime.now(UTC),
    )


def compare(
    *places: str | Airport | tuple[float, float] | Route,
    before: str | Stamp,
    date: str | Stamp | None = None,
    **options: Any,
) -> Comparison:
    """Check a route on two dates and say what changed from the earlier to the later.

    Takes the options of :func:`check` and raises the same errors. Both judge one route: codes that
    moved are read as on the later date.
    """
    when = None if date is None else as_stamp(date)
    route = _route(places, when, strict=options.pop("strict_places", False))
    earlier = as_stamp(before, "before")
    options["issuers"] = issuer_names(options.get("issuers"))
    options["zones"] = gather_zones(options.get("zones"), options.pop("add_zones", None))
    return compare_assessments(
        check(route, date=earlier, **options), check(route, date=date, **options)
    )


def gather_zones(zones: Any = None, add_zones: Any = None, *, skip_bad: bool = False) -> ZoneSet:
    """The zones to check: the built-in set or what replaces it, and what is added."""
    base = load_zones(zones, skip_bad=skip_bad)
    if add_zones is None:
        return base
    return combine(base, load_zones(add_zones, skip_bad=skip_bad))


def _route(places: Sequence[Any], when: Stamp | None, *, strict: bool) -> Route:
    if len(places) == 1 and isinstance(places[0], Route):
        return places[0]
    return build_route(places, None if when is None else day_of(when), strict=strict)
