"""Dates that are written otherwise: the hint names a format that reads them."""

from __future__ import annotations

import contextlib
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import routecheck as rc
from routecheck.batch.dates import likely_formats, read_date

FORMATS = [
    "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%y", "%Y/%m/%d", "%Y%m%d", "%d%b%y", "%d%b%Y",
    "%d %B %Y", "%d-%b-%Y", "%d.%m.%Y %H:%M", "%m/%d/%Y %I:%M %p", "%m/%d/%y %I:%M:%S%p",
    "%d %b %Y %H:%M:%S", "%Y.%m.%dT%H:%M", "%d%b%y %H:%M",
]  # fmt: skip


@given(st.datetimes(datetime(1970, 1, 1), datetime(2068, 12, 31)), st.sampled_from(FORMATS))
def test_what_is_hinted_reads_the_date(when, written):
    text = when.strftime(written)
    hinted = likely_formats(text)
    assert date(when.year, when.month, when.day) in {read_date(text, [each]) for each in hinted}
    with pytest.raises(rc.RoutecheckError, match="--date-format") as told:
        read_date(text)
    assert hinted[0] in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("24/12/2025", "give --date-format %d/%m/%Y: "),
        ("12/24/2025", "give --date-format %m/%d/%Y: "),
        ("3/4/2026", "give --date-format %d/%m/%Y if the day comes first, %m/%d/%Y if the month"),
        ("24.12.2025 10:30", "give --date-format '%d.%m.%Y %H:%M': "),
        ("45987", "format the column as dates in the spreadsheet"),
        ("45987,25", "format the column as dates in the spreadsheet"),
        ("99/99/2020", "date '99/99/2020'"),
        ("tomorrow", "date 'tomorrow'"),
        ("", "the date is empty"),
    ],
)
def test_hints(text, said):
    with pytest.raises(rc.RoutecheckError) as told:
        read_date(text)
    assert str(told.value).startswith(said)


def test_several_formats():
    formats = ["%d/%m/%Y", "%d%b%y"]
    read = [read_date(text, formats) for text in ("03/04/2026", "24DEC25", "2026-11-20")]
    assert read == [date(2026, 4, 3), date(2025, 12, 24), date(2026, 11, 20)]
    with pytest.raises(rc.RoutecheckError, match=r"'%d%b%y': give --date-format %d\.%m\.%Y too"):
        read_date("24.12.2025", formats)
    with pytest.raises(rc.RoutecheckError, match="not written as '%Y-%d-%m'"):
        read_date("2026-04-13", ["%Y-%d-%m"])  # or half of the days would be others


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_an_error(text):
    with contextlib.suppress(rc.RoutecheckError):
        assert isinstance(read_date(text), date)
