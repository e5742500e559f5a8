"""Cells of a date column, and how to say what a date that is written otherwise may be."""

from __future__ import annotations

import contextlib
import re
import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from routecheck.batch.coding import as_text
from routecheck.batch.moments import epoch, is_epoch, moment
from routecheck.batch.terms import words_of
from routecheck.batch.unread import refuse_unread, suspect_of
from routecheck.errors import DateError, RoutecheckError
from routecheck.zones.ageing import as_stamp
from routecheck.zones.model import Stamp
from routecheck.zones.problems import printable

__all__ = [
    "NoDayError", "Reading", "check_undated", "formats_of", "is_clock", "joined_parts",
    "likely_formats", "read_clock", "read_date", "read_parts",
]  # fmt: skip

SAMPLE: Final = 200
"""Rows by which a column is told to hold dates."""

_TIME: Final = (
    r"(?P<gap>,? |T|)(?P<hour>\d{1,2}:\d\d)?(?P<second>:\d\d)?(?P<part>\.\d{1,6})?"
    r"(?P<half> ?[AaPp][Mm])?(?P<zone> ?(?:Z|[+-]\d\d:?\d\d)| [A-Za-z]{1,5})?"
)
_FIGURES: Final = re.compile(
    r"(?P<first>\d{1,4})(?P<mark>[./-])(?P<then>\d{1,2})(?P=mark)(?P<last>\d{2}|\d{4})" + _TIME
)
_NAMED: Final = re.compile(
    r"(?P<day>\d{1,2})(?P<mark>[ -]?)(?P<month>[A-Za-z]{3,9})(?P=mark)(?P<last>\d{2}|\d{4})" + _TIME
)
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH_NAMES: Final = frozenset(
    [*_MONTHS, "januar", "februar", "märz", "mai", "juni", "juli",
     "oktober", "dezember", "jänner", "janvier", "février", "mars", "avril", "juin", "juillet",
     "août", "septembre", "octobre", "novembre", "décembre", "enero", "febrero", "marzo",
     "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
     "diciembre", "gennaio", "febbraio", "aprile", "maggio", "giugno", "luglio", "settembre",
     "ottobre", "dicembre", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept",
     "oct", "nov", "dec", "mär", "mrz", "okt", "dez", "janv", "févr", "avr", "juil", "déc",
     "ene", "abr", "ago", "dic", "gen", "mag", "giu", "lug", "set", "ott"]
)  # fmt: skip
_CLOCK: Final = r"(?:[ T,-]+\d{1,2}:\d\d.*)?"
_LIKE_A_DATE: Final = re.compile(
    r"(?:[^\W\d]{2,10}\.?,? )?(?:\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    rf"|\d{{1,2}}[./-] ?\d{{1,2}}[./-] ?(?:\d{{4}}|\d{{2}})){_CLOCK}"
)
_WITH_A_MONTH: Final = re.compile(
    rf"(?:[^\W\d]{{2,10}}\.?,? )?(?:\d{{1,2}}[. -]{{0,2}}([^\W\d]+)\.?[ -]?(?:\d{{4}}|\d{{2}})?"
    rf"|([^\W\d]+)\.? \d{{1,2}},? \d{{4}}){_CLOCK}"
)
"""Dates as people write them, also those that no format reads."""

_ISO_IN_A_ZONE: Final = re.compile(
    r"(?P<first>\d{4})(?P<mark>[-/.]?)(?P<then>\d\d)(?P=mark)(?P<last>\d\d)" + _TIME
)
_CLOCK_ONLY: Final = re.compile(
    r"(?:[01]?\d|2[0-4])[:.h][0-5]\d(?:[:.][0-5]\d(?:[.,]\d+)?)?"
    r" ?(?:[AaPp]\.?[Mm]\.?)?(?: ?(?:[Zz]|UTC|LT|[+-]\d\d:?\d\d))?(?: ?[+-]\d)?"
    r"|(?:[01]?\d) ?[AaPp][Mm]|(?:[01]\d|2[0-3])[0-5]\d ?(?:[ZzLl]|UTC)"
)
"""A time of day: 06:40, 6.40, 6:40 am, 0640Z, 07:50+1."""

_BARE_CLOCK: Final = re.compile(r"(?:[01]?\d|2[0-3])[0-5]\d(?:\.0)?|2400|0|[0-5]?\d")
"""Four digits, or fewer where zeros in front were lost; only of columns that are named for it."""

_TIME_WORDS: Final = frozenset(
    ["time", "timestamp", "seen", "epoch", "unix", "ts", "date", "datetime", "dep", "departure",
     "takeoff", "off", "out", "std", "etd", "atd", "eobt", "aobt", "atot", "ctot", "start", "when",
     "moment", "at", "day"]
)  # fmt: skip
"""Words in names of columns in which whole numbers may be seconds since 1970."""

_DATE_WORDS: Final = frozenset(
    ["date", "dt", "eff", "effective", "flown", "uplift", "dep", "departure", "travel", "datum"]
)

_SERIAL: Final = re.compile(r"[3-6]\d{4}([.,]\d+)?")


class NoDayError(DateError):
    """A time of day where a day is wanted: with ``--date`` that is the day."""


Reading = Callable[[str, Sequence[str]], Stamp]
"""What reads the cells of a column."""


def is_clock(name: str) -> bool:
    """Whether a column may hold times of day, by its name: ``STD``, ``Departure time``."""
    said = set(words_of(name))
    return bool(said & {"std", "etd", "atd", "time"}) and not said & {"date", "datetime", "day"}


def read_clock(text: str, formats: Sequence[str] = ()) -> Stamp:
    """The same as :func:`read_date`, for a column in which ``0640`` is a time of day."""
    if _BARE_CLOCK.fullmatch(text.strip()):
        raise _no_day(text)
    return read_date(text, formats)


def _no_day(text: str) -> NoDayError:
    return NoDayError(
        f"{text.strip()[:40]!r} is a time of day, and no day: give the day with --date, or the "
        "column of dates with --date-col"
    )


def joined_parts(columns: Sequence[pa.Array]) -> pa.Array:
    """Year, month and day as one text, for :func:`read_parts`; empty where one is missing."""
    texts = []
    for column in columns:
        whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        plain = whole.dictionary_decode() if pa.types.is_dictionary(whole.type) else whole
        texts.append(pc.utf8_trim_whitespace(as_text(plain)))
    return pc.binary_join_element_wise(*texts, " ")


def read_parts(text: str, _formats: Sequence[str] = ()) -> Stamp:
    """The day that a year, a month and a day of the month make."""
    parts = [part.removesuffix(".0") for part in text.split(" ")]
    if len(parts) != 3 or not all(parts):
        raise NoDayError(
            "the date is empty, or a part of it: year, month and day are needed, or give --date"
        )
    year, month, day = parts
    with contextlib.suppress(ValueError):
        if month.isdigit() and len(year) == 4:
            return date(int(year), int(month), int(day))
        for each in ("%Y %b %d", "%Y %B %d"):
            with contextlib.suppress(ValueError):
                return datetime.strptime(" ".join(parts), each).date()  # noqa: DTZ007, RUF100
    raise DateError(f"year {year[:20]!r}, month {month[:20]!r} and day {day[:20]!r} are no date")


def read_date(text: str, formats: Sequence[str] = ()) -> Stamp:
    """A cell of a date column as a day or a moment.

    Of a time without a time zone, as spreadsheets and databases write it, the day is taken. Whole
    numbers of ten digits or more are seconds since 1970, or parts of them, in the years 2000 to
    2100.

    Parameters
    ----------
    formats : sequence of str
        As for ``datetime.strptime``: the first that reads the cell counts. What none reads may
        still be written like 2024-12-24, unless one begins with the year itself.

    Raises
    ------
    DateError
        If it is none; the text says how dates are written.
    """
    text = text.strip()
    if not text:
        raise DateError("the date is empty: write one like 2024-12-24, or give --date")
    for each in formats:
        with contextlib.suppress(ValueError):
            read = datetime.strptime(text, each)  # noqa: DTZ007, RUF100 - a day, without %z
            return read.date() if read.tzinfo is None else as_stamp(read)
    if _CLOCK_ONLY.fullmatch(text):
        raise _no_day(text)
    if any(each.startswith("%Y") for each in formats):
        raise _unread(text, formats)
    told = moment(text) or epoch(text)
    if told is not None:
        return told
    try:
        return as_stamp(text)
    except DateError:
        if formats:
            raise _unread(text, formats) from None
        hint = _hint(text)
        if hint:
            raise DateError(f"{hint}: {text[:40]!r} is not a date like 2024-12-24") from None
        raise


def _unread(text: str, formats: Sequence[str]) -> DateError:
    hint = _hint(text)
    also = f": {hint} too" if hint.startswith("give") else ""
    return DateError(
        f"date {text[:40]!r} is not written as {' or '.join(map(repr, formats))}{also}"
    )


def check_undated(columns: Iterable[tuple[str, pa.Array]], where: str = "") -> None:
    """Refuse a table whose days are in a column that was not taken for it: of today is not asked.

    So it is with other columns that are not read and may change the answer: see `unread`.

    Parameters
    ----------
    columns : iterable of (name, Array)
        Those that may hold days, the first rows of them.
    where : str
        The file, for the message.

    Raises
    ------
    RoutecheckError
        If one of them holds dates.
    """
    for name, values in columns:
        sample = values.slice(0, SAMPLE)
        if suspect_of(name):
            refuse_unread(name, sample, formats_of(sample, dated=True), where)
            continue
        dated, timed = not _DATE_WORDS.isdisjoint(words_of(name)), _is_timed(name)
        formats = formats_of(sample, dated=dated)
        if formats is None and timed and _holds_epochs(sample):
            formats = []
        of_days = timed or dated or "yyyymm" in name.casefold()
        if formats is None and of_days and _holds_days(sample):
            formats = []
        if formats is None:
            continue
        how = "".join(f" --date-format {' or '.join(map(shlex.quote, each))}" for each in formats)
        raise RoutecheckError(
            f"{printable(where) + ': ' if where else ''}no column says by its name that it holds "
            f"the day of the flight, but {printable(name)!r} holds dates: give --date-col "
            f"{shlex.quote(printable(name))}{how} if flights are on them, or --date "
            f"{datetime.now(UTC).date()} to judge all rows by one day"
        )


def _is_timed(name: str) -> bool:
    """Whether whole numbers in a column of this name may be moments."""
    if _TIME_WORDS.intersection(words_of(name)):
        return True
    return re.search(r"time|seen|epoch|obt|date|depart", name, re.IGNORECASE) is not None


def _holds_days(values: pa.Array) -> bool:
    """Whether all values are days of eight figures, 20261120, of our time."""
    kind = values.type
    if not (pa.types.is_integer(kind) or pa.types.is_string(kind)):
        return False
    texts = [text.strip() for text in as_text(values).to_pylist() if text and text.strip()]
    return bool(texts) and all(map(_is_day, texts))


def _is_day(text: str) -> bool:
    ours = re.fullmatch(r"(?:19[7-9]|20[0-4])\d{5}", text, re.ASCII)
    return ours is not None and bool(_that_read(text, ["%Y%m%d"]))


def _holds_epochs(values: pa.Array) -> bool:
    """Whether four of five values may be seconds since 1970."""
    texts = [text.strip() for text in as_text(values).to_pylist() if text and text.strip()]
    found = sum(map(is_epoch, texts))
    return bool(found) and 5 * found >= 4 * len(texts)


def formats_of(values: pa.Array, *, dated: bool = False) -> list[list[str]] | None:
    """Formats that together read all texts of a column that holds dates, none if it needs none.

    Each is a list of those that do as well as one another, as where days and months may be meant.
    None if the column does not hold dates, at least four of five. ``dated`` says that the column
    is called one of dates, whose years may have two figures.
    """
    if pa.types.is_date(values.type) or pa.types.is_timestamp(values.type):
        return []
    if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)):
        return None
    texts = [text.strip() for text in values.to_pylist() if text and text.strip()]
    found = [formats for text in texts if (formats := _formats(text, dated=dated)) is not None]
    if not found or 5 * len(found) < 4 * len(texts):
        return None
    left = [formats for formats in found if formats]
    chosen: list[list[str]] = []
    while left:
        counts = Counter(each for formats in left for each in formats)
        most = counts.most_common(1)[0][1]
        chosen.append([each for each, count in counts.items() if count == most][:2])
        left = [formats for formats in left if chosen[-1][0] not in formats]
    return chosen


def _is_like_a_date(text: str) -> bool:
    named = _WITH_A_MONTH.fullmatch(text)
    if named:
        return (named[1] or named[2]).casefold() in _MONTH_NAMES
    return _LIKE_A_DATE.fullmatch(text) is not None


def _formats(text: str, *, dated: bool = False) -> list[str] | None:
    """Formats that read a text, none if it needs none, or if it is a date that none reads."""
    if text.isdigit() or is_epoch(text):
        return None  # a number of anything
    if _CLOCK_ONLY.fullmatch(text):
        return None
    try:
        read_date(text)
    except DateError:
        if not _is_like_a_date(text):
            return None
        formats = likely_formats(text)
        # Of two figures a year is one of ours; or it is the number of a version.
        days = [datetime.strptime(text, each).date() for each in formats]  # noqa: DTZ007, RUF100
        if formats and not dated and not any("%Y" in each for each in formats):
            today = datetime.now(UTC).date()
            return formats if any(abs((day - today).days) < 3 * 366 for day in days) else None
        return formats
    return []


def _hint(text: str) -> str:
    if _SERIAL.fullmatch(text):
        return "format the column as dates in the spreadsheet, which wrote the number of the day"
    formats = [f"'{f}'" if " " in f else f for f in likely_formats(text)]
    if len(formats) == 2:
        return (
            f"give --date-format {formats[0]} if the day comes first, {formats[1]} if the month "
            "does"
        )
    return f"give --date-format {formats[0]}" if formats else ""


def likely_formats(text: str) -> list[str]:
    """Formats, as for ``datetime.strptime``, that read a date; of two, the first has the day first.

    >>> likely_formats("24/12/2025"), likely_formats("24DEC25"), likely_formats("3.4.2026 6:40")
    (['%d/%m/%Y'], ['%d%b%y'], ['%d.%m.%Y %H:%M', '%m.%d.%Y %H:%M'])
    """
    if re.fullmatch(r"(19|20)\d{6}", text):
        return _that_read(text, ["%Y%m%d"])
    if re.fullmatch(r"(19|20)\d{8,12}", text) and len(text) % 2 == 0:
        return _that_read(text, ["%Y%m%d%H%M%S"[: len(text) - 2]])
    iso = _ISO_IN_A_ZONE.fullmatch(text)
    if iso and iso["hour"]:
        mark = iso["mark"]
        return _that_read(text, [f"%Y{mark}%m{mark}%d" + _time_format(iso)])
    found = _FIGURES.fullmatch(text)
    if found:
        mark, year = found["mark"], "%Y" if len(found["last"]) == 4 else "%y"
        tried = [f"%d{mark}%m{mark}{year}", f"%m{mark}%d{mark}{year}"]
        if len(found["first"]) == 4:
            tried = [f"%Y{mark}%m{mark}%d"]
    else:
        found = _NAMED.fullmatch(text)
        if not found:
            return []
        month = "%B" if found["month"].casefold() in _MONTHS else "%b"
        tried = [f"%d{found['mark']}{month}{found['mark']}%{'Yy'[len(found['last']) == 2]}"]
    return _that_read(text, [f + _time_format(found) for f in tried])


def _time_format(found: re.Match[str]) -> str:
    if not found["hour"]:
        return ""
    half, zone = found["half"], found["zone"] or ""
    time = ("%I" if half else "%H") + ":%M" + (":%S" if found["second"] else "")
    time += ".%f" if found["part"] else ""
    time += (" " if half[0] == " " else "") + "%p" if half else ""
    if re.fullmatch(r" ?(Z|[+-]\d\d:?\d\d)", zone):
        zone = (" " if zone[0] == " " else "") + "%z"
    return f"{found['gap']}{time}{zone}"


def _that_read(text: str, formats: list[str]) -> list[str]:
    good = []
    for each in formats:
        try:
            datetime.strptime(text, each)  # noqa: DTZ007, RUF100 - only whether it reads
        except ValueError:
            continue
        good.append(each)
    return good
