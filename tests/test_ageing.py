"""Which advisories stand on a day, and at what level: a table of dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

import routecheck as rc
from routecheck.zones import combine
from routecheck.zones.ageing import lower, parse_stamp, standing
from routecheck.zones.model import Advisory, stamp_text
from shapes import box

LONG = {"issued": "2024-01-01", "expires": "2024-12-31"}
SHORT = {"issued": "2024-10-15", "expires": "2024-12-31"}
TIMED = {"issued": "2024-12-25T05:13:00Z", "ended": "2024-12-25T12:00:00+03:00"}


def advisory(level: str = "avoid", **dates: str) -> Advisory:
    stamps = {name: parse_stamp(text) for name, text in dates.items()}
    return Advisory("a", "EASA", "CZIB 1", level, **stamps)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("dates", "when", "level", "lapsed"),
    [
        (LONG, "2023-12-31", None, None),
        (LONG, "2024-01-01", "avoid", None),
        (LONG, "2024-12-31", "avoid", None),
        (LONG, "2025-01-01", "avoid", "lapsed on 2024-12-31, renewal not known"),
        (LONG, "2025-06-29", "avoid", "lapsed on 2024-12-31, renewal not known"),
        (LONG, "2025-06-30", "watch", "last known avoid, unconfirmed since 2024-12-31"),
        (LONG, "2040-01-01", "watch", "last known avoid, unconfirmed since 2024-12-31"),
        (SHORT, "2024-12-31", "avoid", None),
        (SHORT, "2025-01-01", "caution", "lapsed on 2024-12-31, renewal not known"),
        (SHORT, "2025-06-30", "watch", "last known avoid, unconfirmed since 2024-12-31"),
        ({**LONG, "ended": "2024-06-01"}, "2024-05-31", "avoid", None),
        ({**LONG, "ended": "2024-06-01"}, "2024-06-01", None, None),
        ({**LONG, "ended": "2025-03-01"}, "2025-02-28", "avoid", "lapsed on 2024-12-31"),
        ({**LONG, "ended": "2025-03-01"}, "2025-03-01", None, None),
        ({"issued": "2022-02-24"}, "2099-01-01", "avoid", None),
        ({}, "1900-01-01", "avoid", None),
        (TIMED, "2024-12-25", "avoid", None),
        (TIMED, "2024-12-24", None, None),
        (TIMED, "2024-12-26", None, None),
        (TIMED, "2024-12-25T05:12:59Z", None, None),
        (TIMED, "2024-12-25T05:13:00Z", "avoid", None),
        (TIMED, "2024-12-25T08:59:59Z", "avoid", None),
        (TIMED, "2024-12-25T09:00:00Z", None, None),
    ],
)
def test_standing(dates: dict[str, str], when: str, level: str | None, lapsed: str | None) -> None:
    stands = standing(advisory(**dates), parse_stamp(when))
    assert (stands.level if stands else None) == level
    if lapsed:
        assert stands is not None
        assert stands.lapsed is not None
        assert stands.lapsed.startswith(lapsed)
    elif stands:
        assert stands.lapsed is None


def test_no_level_falls_below_watch() -> None:
    assert [lower(level) for level in ("avoid", "caution", "watch")] == [
        "caution",
        "watch",
        "watch",
    ]
    stands = standing(advisory("watch", **SHORT), date(2025, 1, 1))
    assert stands is not None
    assert stands.level == "watch"


def test_ninety_days_is_long_and_eighty_nine_is_short() -> None:
    for days, level in ((90, "avoid"), (89, "caution")):
        expires = date(2024, 1, 1) + timedelta(days=days)
        one = advisory(issued="2024-01-01", expires=expires.isoformat())
        stands = standing(one, expires + timedelta(days=1))
        assert stands is not None
        assert stands.level == level


@pytest.mark.parametrize(
    "text",
    ["", "today", "2024-13-01", "2024-02-30", "24.12.2024", "2024-12-24 05:00", "20241224",
     "2024-12-24T05:00:00", "2024-W52-2", "0001-01-01T00:00:00+02:00", "2024-12-24\n"],
)  # fmt: skip
def test_what_is_no_date_says_what_to_write(text: str) -> None:
    with pytest.raises(rc.DateError, match="YYYY-MM-DD"):
        parse_stamp(text)


def test_stamps_are_written_as_read() -> None:
    assert stamp_text(parse_stamp("2024-12-24")) == "2024-12-24"
    assert stamp_text(parse_stamp("2024-12-25T08:13:00+03:00")) == "2024-12-25T05:13:00Z"
    assert parse_stamp("2024-12-25T05:13Z") == datetime(2024, 12, 25, 5, 13, tzinfo=UTC)


def test_zones_on_a_day_keep_only_what_stands() -> None:
    zones = rc.load_zones()
    before, after = zones.on("2024-12-24"), zones.on("2025-01-09")
    references = [
        {a.reference for z in found if z.id == "north-caucasus" for a in z.advisories}
        for found in (before, after)
    ]
    assert "CZIB 2025-01" not in references[0]
    assert "CZIB 2025-01" in references[1]
    assert "russia-west-60e" not in {z.id for z in before}


def test_issuers_keep_a_users_own_zone() -> None:
    own = {"type": "Feature", "properties": {"id": "mine"}, "geometry": box(0, 0, 1, 1)}
    zones = combine(rc.load_zones(), rc.load_zones(own))
    assert "mine" in {zone.id for zone in zones.by_issuers(["EASA"])}
    assert len(zones.by_issuers("FAA, Ukraine")) < len(zones)
    with pytest.raises(rc.RoutecheckError, match=r"issuers are .*Canada, .*EASA"):
        zones.by_issuers(["EASSA"])
    assert {a.issuer for z in rc.load_zones().by_issuers(["easa"]) for a in z.advisories} == {
        "EASA"
    }


def test_walking_the_clock_forward_no_level_rises_and_nothing_becomes_clear() -> None:
    zones = rc.load_zones()
    order = {"watch": 1, "caution": 2, "avoid": 3}
    assert zones.as_of is not None
    day = zones.as_of
    last: dict[str, int] = {}
    while day < date(2029, 1, 1):
        now = {
            a.id: order[s.level]
            for z in zones
            for a in z.advisories
            if (s := standing(a, day)) is not None
        }
        if last:
            assert set(now) == set(last)
            assert all(now[key] <= last[key] for key in now)
        last, day = now, day + timedelta(days=7)
