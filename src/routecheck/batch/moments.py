"""Days and moments as exports write them: near-ISO forms, epochs, times of day, dates in parts."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from routecheck.errors import DateError
from routecheck.zones.model import Stamp

__all__ = ["PARTED", "epoch_of", "is_time_of_day", "joined_date", "moment_of"]

PARTED: Final = "\x1f"
"""Stands between year, month and day of a date that was put together from several columns."""

_MOMENT: Final = re.compile(
    r"(?P<day>\d{4}(?:(?P<mark>[-/.])\d{1,2}(?P=mark)\d{1,2}|\d{4}|-?W\d\d-?\d|-\d{3}))"
    r"(?:(?:[T_,]| +|, +)(?P<hour>\d{1,2})(?::?(?P<minute>\d\d))?"
    r"(?::?(?P<second>\d\d)(?:[.,]\d+)?)?"
    r" ?(?P<zone>Z|(?:UTC|GMT|Zulu)?(?:(?P<sign>[+\-−])(?P<east>\d{1,2}):?(?P<more>\d\d)?"
    r"(?::?\d\d)?)?|[A-Z]{2,5})(?: ?\[[\w/+\-]+\])?)?",
    re.ASCII | re.IGNORECASE,
)
_UTC: Final = ("z", "utc", "gmt", "zulu")

_EARLIEST, _LATEST = 946_684_800, 1_900_000_000
"""Seconds since 1970 that are taken for moments: from 2000 to March 2030. Beyond it, figures such
as 2026112006 are days and hours written without signs."""

_TIME: Final = re.compile(
    r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:[:.][0-5]\d(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?(?: ?(?:Z|UTC|LT))?"
    r"(?: ?[+-]\d)?",
    re.ASCII | re.IGNORECASE,
)
_FOUR: Final = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d(?: ?Z)?", re.ASCII)
_FRACTION: Final = re.compile(r"0[.,]\d+", re.ASCII)

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                  "dec")  # fmt: skip


def moment_of(text: str) -> Stamp | None:
    """A day, or a moment in UTC, from a text in an ISO form or one near it; None if it is none.

    ``2026-11-20 00:00:00+00:00`` as pandas writes it, ``20261120T0640Z``, ``2026-11-20 06:40 UTC``,
    ``2026-11-20T06:40:00.000+04``, ``… GMT+4``, ``2026/11/20 06:40Z``, ``2026-W47-5``. Of a time
    without an offset, or with the letters of a zone, which several share, the day is taken.
    """
    found = _MOMENT.fullmatch(text)
    if not found:
        return None
    day = _day_of(found["day"], found["mark"])
    if day is None or found["hour"] is None:
        return day
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    second = min(int(found["second"] or 0), 59)  # a leap second
    if hour > 24 or minute > 59 or (hour == 24 and (minute or second)):
        return None
    zone = found["zone"].lower()
    if not zone or (zone.isalpha() and zone not in _UTC):
        return day
    east = timedelta()
    if found["sign"]:
        east = timedelta(hours=int(found["east"]), minutes=int(found["more"] or 0))
        if east >= timedelta(hours=24):
            return None
        east = east if found["sign"] == "+" else -east
    with contextlib.suppress(OverflowError, ValueError):
        begun = datetime(day.year, day.month, day.day, tzinfo=timezone(east))
        return (begun + timedelta(hours=hour, minutes=minute, seconds=second)).astimezone(UTC)
    return None


def _day_of(text: str, mark: str | None) -> date | None:
    with contextlib.suppress(ValueError):
        if mark and text.count(mark) == 2 and "W" not in text.upper():
            return date(*map(int, text.split(mark)))
        if "W" in text.upper():
            return date.fromisoformat(text.upper())
        if len(text) == 8 and mark is None and text.isdigit():
            if text[:2] not in ("19", "20"):
                return None
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        if len(text) == 8:  # 2026-324, the day of the year
            return date(int(text[:4]), 1, 1) + timedelta(days=_in_year(text))
    return None


def _in_year(text: str) -> int:
    number, year = int(text[5:]), int(text[:4])
    if not 1 <= number <= (date(year + 1, 1, 1) - date(year, 1, 1)).days:
        raise ValueError(text)
    return number - 1


def epoch_of(text: str) -> datetime | None:
    """The moment of seconds, milliseconds, micro- or nanoseconds since 1970; None if it is none.

    Only those from 2000 to March 2030 are taken for it, of 9 or 10 figures as seconds, of 12 or 13
    as milliseconds, of 15 or 16 as microseconds, of 18 or 19 as nanoseconds.
    """
    whole = text.strip().removesuffix(".0")
    whole = whole.partition(".")[0] if re.fullmatch(r"\d{9,10}\.\d+", whole, re.ASCII) else whole
    if not (whole.isascii() and whole.isdigit()):
        return None
    for figures, unit in ((10, 1), (13, 10**3), (16, 10**6), (19, 10**9)):
        if len(whole) in (figures - 1, figures):
            seconds = int(whole) // unit
            if _EARLIEST <= seconds < _LATEST:
                return datetime.fromtimestamp(seconds, UTC)
    return None


def is_time_of_day(text: str, *, bare: bool = False) -> bool:
    """Whether a cell holds a time without its day: ``06:40``, ``6:40 PM``, ``06:40+1``.

    Parameters
    ----------
    text : str
        The cell.
    bare : bool
        Whether ``0640``, and ``0.2778`` as spreadsheets keep it, count too.
    """
    text = text.strip()
    if _TIME.fullmatch(text):
        return True
    return bare and bool(_FOUR.fullmatch(text) or _FRACTION.fullmatch(text))


def joined_date(parts: Sequence[str]) -> date:
    """The day of a year, a month (a number or a name) and a day, each as the text of a cell.

    Raises
    ------
    DateError
        If they are none.
    """
    year, month, day = (part.strip().removesuffix(".0") for part in parts)
    try:
        number = _MONTHS.index(month[:3].lower()) + 1 if month[:3].isalpha() else int(month)
        full = int(year) + (2000 if len(year) == 2 else 0)
        return date(full, number, int(day))
    except ValueError:
        raise DateError(
            f"year {year[:20]!r}, month {month[:20]!r} and day {day[:20]!r} make no date"
        ) from None
