"""Dates that are written otherwise: the hint names a format that reads them."""

from __future__ import annotations

import contextlib
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import routecheck as rc
from routecheck.batch.dates import formats_of, likely_formats, read_date

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


HOLDS = {
    "24.12.2026": [["%d.%m.%Y"]], "2026-11-20": [], "2026-11-20 06:40:00+00": [], "3/4/2026":
    [["%d/%m/%Y", "%m/%d/%Y"]], "Nov 20 2026": [], "20. November 2026": [], "20 nov. 2026": [],
    "24-DEZ-2025": [], "Fri 20 Nov 2026": [], "20NOV": [], "20. 11. 2026": [],
    "20.11.2026 - 06:40": [], "2026-11-20 06:40:00 UTC": [], "20NOV26": [["%d%b%y"]],
    "1.2.10": None, "20-10-12": None, "20240101": None, "46000": None, "12 Main 2020": None,
    "+44 20 7946 0958": None, "12.50": None, "A-2026-11-20": None, "LH 12": None, "Monday": None,
}  # fmt: skip


@pytest.mark.parametrize("text", HOLDS)
def test_columns_that_hold_dates(text):
    pa = pytest.importorskip("pyarrow")
    assert formats_of(pa.array([text, None, text, ""])) == HOLDS[text]


def test_formats_that_read_a_column_together():
    pa = pytest.importorskip("pyarrow")
    texts = ["20.11.2026", "21.11.2026 06:40", "2026-11-22", "1.2.2026"]
    assert formats_of(pa.array(texts)) == [["%d.%m.%Y"], ["%d.%m.%Y %H:%M"]]


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
