"""Which advisories stand on a day: in force, lapsed, or gone.

Silence never turns a war zone clear: only ``ended`` ends an advisory for good. One that ran past
``expires`` is *lapsed* while nothing newer is held. It keeps its level for 180 days, after that it
counts as ``watch``. One issued for under 90 days counts one step lower sooner: after 90 days if it
had itself taken over from an earlier notice (short bulletins are short because a war moves), after
30 if not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from routecheck.errors import DateError
from routecheck.zones.model import (
    LEVELS,
    Advisory,
    Event,
    Level,
    Stamp,
    Zone,
    ZoneSet,
    day_of,
    stamp_text,
)

__all__ = [
    "EVENT_DAYS",
    "EVENT_FULL_DAYS",
    "LAPSED_FULL_DAYS",
    "SHORT_FULL_DAYS",
    "SHORT_NOTICE_DAYS",
    "SHORT_RENEWED_FULL_DAYS",
    "Standing",
    "as_stamp",
    "event_level",
    "event_sentence",
    "event_text",
    "full_days",
    "lower",
    "parse_stamp",
    "speaks",
    "standing",
    "standings",
    "zones_on",
]

LAPSED_FULL_DAYS: Final = 180
"""Days for which a lapsed advisory keeps its level, or all but one step of it."""

SHORT_NOTICE_DAYS: Final = 90
"""An advisory issued for fewer days than this loses one step of its level before those are over."""

SHORT_RENEWED_FULL_DAYS: Final = 90
"""Days for which a short one keeps its level that had taken over from an earlier notice."""

SHORT_FULL_DAYS: Final = 30
"""Days for which any other short one does."""

EVENT_FULL_DAYS: Final = 120
"""A reported attack counts as ``caution`` for so many days from the one on which it was known,
the last included: about a season's schedules."""

EVENT_DAYS: Final = 365
"""After so many days, a year, it counts for nothing; until then as ``watch``."""


_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What an advisory counts for on a given day.

    Attributes
    ----------
    level : {"avoid", "caution", "watch"}
        The level that counts, after ageing.
    lapsed : str or None
        None while in force; else the words to print, with the date on which it ran out.
    """

    advisory: Advisory
    level: Level
    lapsed: str | None = None


_LOWER: Final[dict[Level, Level]] = {level: LEVELS[max(0, i - 1)] for i, level in enumerate(LEVELS)}


def lower(level: Level) -> Level:
    """One step lower, never below ``watch``."""
    return _LOWER[level]


def parse_stamp(text: str, what: str = "date") -> Stamp:
    """Read ``YYYY-MM-DD`` as a day, an RFC 3339 date-time with a zone as a moment in UTC.

    Raises
    ------
    DateError
        If the text is neither; the message says what to write.
    """
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):  # overflow: year 1 or 9999 with an offset
        raise DateError(
            f"{what} {text!r} is not a date: there is no such day or time (YYYY-MM-DD)"
        ) from None
    raise DateError(
        f"{what} {text[:40]!r} is not a date: write YYYY-MM-DD, e.g. 2024-12-24, "
        "or a time with its zone, e.g. 2024-12-25T05:13:00Z"
    )


def as_stamp(when: Any, what: str = "date") -> Stamp:
    """Take a text, a date or a datetime with a time zone; moments come out in UTC.

    Raises
    ------
    DateError
        If it is none of these.
    """
    if isinstance(when, str):
        return parse_stamp(when, what)
    if isinstance(when, datetime):
        try:
            if when.tzinfo is not None:
                return when.astimezone(UTC)
        except OverflowError:
            raise DateError(f"{what} {when!r} lies outside the calendar in UTC") from None
        raise DateError(
            f"{what} {when!r} has no time zone: add one (tzinfo=datetime.UTC), or give a date"
        )
    if isinstance(when, date):
        return when
    raise DateError(f"{what} {when!r} is none: give a text like 2024-12-24, a date or a datetime")


def _first_moment(stamp: Stamp) -> datetime:
    if isinstance(stamp, datetime):
        return stamp
    return datetime.combine(stamp, time.min, UTC)


def _last_moment(stamp: Stamp) -> datetime:
    """Last moment that belongs to the stamp: a day lasts until just before midnight."""
    if isinstance(stamp, datetime):
        return stamp
    return datetime.combine(stamp, time.max, UTC)


def full_days(advisory: Advisory, *, renewed: bool) -> int:
    """Days for which an advisory keeps its level after it ran out.

    Parameters
    ----------
    advisory : Advisory
        One with a last day.
    renewed : bool
        Whether it took over from an earlier notice: its id is in its zone's ``renewed``.
    """
    if advisory.issued is None or advisory.expires is None:
        return LAPSED_FULL_DAYS
    # The last day counts to its end, a microsecond after its last moment.
    lasted = _last_moment(advisory.expires) - _first_moment(advisory.issued) + timedelta.resolution
    if lasted >= timedelta(days=SHORT_NOTICE_DAYS):
        return LAPSED_FULL_DAYS
    return SHORT_RENEWED_FULL_DAYS if renewed else SHORT_FULL_DAYS


def standing(advisory: Advisory, when: Stamp, *, renewed: bool = False) -> Standing | None:
    """Grade one advisory on a day (any moment of it counts) or at a moment.

    Returns None if it was not yet issued or had ended. ``renewed`` as for :func:`full_days`: it
    matters for the level and the words, not for whether the advisory stands.
    """
    first = _first_moment(when)
    if advisory.ended is not None and first >= _first_moment(advisory.ended):
        return None
    if advisory.issued is not None and _last_moment(when) < _first_moment(advisory.issued):
        return None
    if advisory.expires is None or first <= _last_moment(advisory.expires):
        return Standing(advisory, advisory.level)

    lapsed_on = _last_moment(advisory.expires)
    day = stamp_text(lapsed_on.date())
    over = first - lapsed_on
    if over > timedelta(days=LAPSED_FULL_DAYS):
        return Standing(advisory, "watch", f"last known {advisory.level}, unconfirmed since {day}")
    ran_out = f"ran out on {day}; nothing newer is held"
    level = advisory.level
    if level != "watch" and over > timedelta(days=full_days(advisory, renewed=renewed)):
        level = lower(level)
        ran_out += ": counted one step lower"
    return Standing(advisory, level, ran_out)


def event_level(event: Event, when: Stamp) -> Level | None:
    """What a reported attack counts for on a day; None before it was known and after a year."""
    age_days = (day_of(when) - event.known).days
    if not 0 <= age_days <= EVENT_DAYS:
        return None
    return "caution" if age_days <= EVENT_FULL_DAYS else "watch"


def event_text(event: Event) -> str:
    """A reported attack in a sentence without its end, as it is printed wherever it counts."""
    return (
        f"no official notice: reported attack on {day_of(event.date)} ("
        f"{event.what.rstrip('.')}), known since {event.known}"
    )


def event_sentence(event: Event) -> str:
    """The same with a capital letter."""
    said = event_text(event)
    return said[0].upper() + said[1:]


def _reported(event: Event, when: Stamp) -> tuple[Standing, ...]:
    """An event as if it were a notice at all levels, so that it is judged like one."""
    level = event_level(event, when)
    if level is None:
        return ()
    title = f"reported attack on {day_of(event.date)}, no official notice"
    return (Standing(Advisory(event.id, "", title, "caution", issued=event.known), level),)


def standings(zone: Zone, when: Stamp) -> tuple[Standing, ...]:
    """Every advisory of a zone that stands on a day, strictest first, lapsed ones last.

    Of a zone that a reported attack makes, that report, which is nobody's notice.
    """
    if zone.event is not None:
        return _reported(zone.event, when)
    renewed = zone.renewed
    found = [standing(a, when, renewed=a.id in renewed) for a in zone.advisories]
    graded = [s for s in found if s is not None]
    graded.sort(key=lambda s: (-LEVELS.index(s.level), s.lapsed is not None, s.advisory.title))
    return tuple(graded)


def speaks(zone: Zone, when: Stamp) -> bool:
    """Whether a zone counts on a day: a notice stands, or none was ever known (``since`` a day)."""
    if zone.event is not None:
        return event_level(zone.event, when) is not None
    if zone.advisories:
        return any(standing(a, when) is not None for a in zone.advisories)
    return zone.since is None or _last_moment(when) >= _first_moment(zone.since)


def zones_on(zones: ZoneSet, when: Stamp | str) -> ZoneSet:
    """The zones that speak on a day, each with the advisories that stand on it.

    A zone without any advisory record at all (``advisories: []``) is kept from its ``since`` on:
    no notice is known, so none can have ended.
    """
    stamp = as_stamp(when)
    kept = tuple(
        zone
        if zone.event is not None
        else replace(zone, advisories=tuple(s.advisory for s in standings(zone, stamp)))
        for zone in zones
        if speaks(zone, stamp)
    )
    return replace(zones, zones=kept)
