"""Moments as machines write them: ISO forms with an offset, and seconds since 1970."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from routecheck.zones.model import Stamp

__all__ = ["epoch", "is_epoch", "moment"]

_FIRST_S: Final = 946_684_800
_LAST_S: Final = 4_102_444_800
"""2000 to 2100: what lies between is a plausible time of a flight."""

_UNITS: Final = {10: 1, 13: 1_000, 16: 1_000_000, 19: 1_000_000_000}
"""Digits of seconds, milliseconds, microseconds and nanoseconds since 2001-09-09."""

_EPOCH: Final = re.compile(r"(\d{9,19})(?:\.0*)?|(\d{9,10}\.\d{1,9})|(\d\.\d{1,18}e\+?(?:9|09|12))")
_MOMENT: Final = re.compile(
    r"(?P<y>\d{4})(?P<mark>-?)(?P<m>\d\d)(?P=mark)(?P<d>\d\d)[Tt_ ]{1,2}"
    r"(?P<h>\d{1,2}):?(?P<min>\d\d)(?::?(?P<s>\d\d)(?:[.,]\d{1,9})?)? ?"
    r"(?P<zone>[Zz]|(?:UTC|GMT)?[+\-−]\d{1,2}(?::?\d\d)?(?::?\d\d)?|UTC|GMT|Etc/UTC)?"
    r"(?: ?\[(?:UTC|GMT|Z|Etc/UTC)\]| ?\((?:UTC|GMT)\)| UTC)?",
    re.IGNORECASE,
)
_OFFSET: Final = re.compile(r"(?:UTC|GMT)?([+\-−])(\d{1,2}):?(\d\d)?(?::?\d\d)?", re.IGNORECASE)
_WEEK: Final = re.compile(r"(\d{4})-?W(\d\d)-?([1-7])", re.IGNORECASE)
_ORDINAL: Final = re.compile(r"(\d{4})-(\d{3})")


def moment(text: str) -> Stamp | None:
    """A day or a moment in UTC, of ISO 8601 and of what comes near it; None for anything else.

    Of a time without an offset the day is taken: where it was is not known.
    """
    week, ordinal = _WEEK.fullmatch(text), _ORDINAL.fullmatch(text)
    try:
        if week:
            return date.fromisocalendar(int(week[1]), int(week[2]), int(week[3]))
        if ordinal:
            day = date(int(ordinal[1]), 1, 1) + timedelta(int(ordinal[2]) - 1)
            return day if day.year == int(ordinal[1]) else None
        found = _MOMENT.fullmatch(text)
        if not found:
            return None
        day = date(int(found["y"]), int(found["m"]), int(found["d"]))
        hour = int(found["h"])
        midnight = hour == 24 and int(found["min"]) == int(found["s"] or 0) == 0
        when = datetime(
            day.year, day.month, day.day, 0 if midnight else hour, int(found["min"]),
            min(int(found["s"] or 0), 59), tzinfo=UTC,
        ) + timedelta(midnight)  # fmt: skip
        zone = found["zone"]
        if zone is None:
            return when if found[0][found.end("s") :].strip(" .,0123456789") else day
        offset = _OFFSET.fullmatch(zone)
        if not offset:
            return when
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        shift = timedelta(minutes=minutes if offset[1] == "+" else -minutes)
        return when.replace(tzinfo=timezone(shift)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def epoch(text: str) -> datetime | None:
    """Seconds, milli-, micro- or nanoseconds since 1970, of the years 2000 to 2100."""
    found = _EPOCH.fullmatch(text)
    if not found or _is_written_out(text):
        return None
    seconds = float(found[2] or found[3] or found[1])
    if found[1]:
        # What is shorter by a digit lies before 2001-09-09.
        seconds /= _UNITS.get(len(found[1]), 0) or _UNITS.get(len(found[1]) + 1, 1)
    elif found[3] and seconds > _LAST_S:
        seconds /= 1_000
    if not _FIRST_S <= seconds < _LAST_S:
        return None
    return datetime.fromtimestamp(int(seconds), UTC)


def _is_written_out(text: str) -> bool:
    """Whether digits may be a day and an hour, like 2026112006, which is 2034 in seconds."""
    if not re.fullmatch(r"20\d{8}", text):
        return False
    try:
        datetime.strptime(text, "%Y%m%d%H")  # noqa: DTZ007, RUF100 - only whether it reads
    except ValueError:
        return False
    return True


def is_epoch(text: str) -> bool:
    """Whether a text may be such a number."""
    return epoch(text) is not None
