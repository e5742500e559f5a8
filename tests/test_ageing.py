"""Which advisories stand on a day, and at what level: a table of dates."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import routecheck as rc
from routecheck.batch.calendar import Calendar
from routecheck.report.text import report_text
from routecheck.report.zone import zone_text
from routecheck.zones import combine
from routecheck.zones.ageing import lower, parse_stamp, standing, standings, zones_on
from routecheck.zones.model import LEVELS, Advisory, Stamp, Zone, renewals, stamp_text
from routecheck.zones.search import level_on
from routecheck.zones.write import export_zones, zone_file_text
from shapes import box

LONG = {"issued": "2024-01-01", "expires": "2024-12-31"}
SHORT = {"issued": "2024-10-15", "expires": "2024-12-31"}
RAN_OUT = "ran out on 2024-12-31; nothing newer is held"
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
        (LONG, "2025-01-01", "avoid", RAN_OUT),
        (LONG, "2025-06-29", "avoid", RAN_OUT),
        (LONG, "2025-06-30", "watch", "last known avoid, unconfirmed since 2024-12-31"),
        (LONG, "2040-01-01", "watch", "last known avoid, unconfirmed since 2024-12-31"),
        (SHORT, "2024-12-31", "avoid", None),
        (SHORT, "2025-01-01", "avoid", RAN_OUT),
        (SHORT, "2025-01-30", "avoid", RAN_OUT),
        (SHORT, "2025-01-31", "caution", f"{RAN_OUT}: counted one step lower"),
        (SHORT, "2025-06-29", "caution", f"{RAN_OUT}: counted one step lower"),
        (SHORT, "2025-06-30", "watch", "last known avoid, unconfirmed since 2024-12-31"),
        ({**LONG, "ended": "2024-06-01"}, "2024-05-31", "avoid", None),
        ({**LONG, "ended": "2024-06-01"}, "2024-06-01", None, None),
        ({**LONG, "ended": "2025-03-01"}, "2025-02-28", "avoid", RAN_OUT),
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
    assert (stands.lapsed if stands else None) == lapsed


def test_no_level_falls_below_watch() -> None:
    assert [lower(level) for level in ("avoid", "caution", "watch")] == [
        "caution",
        "watch",
        "watch",
    ]
    stands = standing(advisory("watch", **SHORT), date(2025, 2, 15))
    assert stands is not None
    assert (stands.level, stands.lapsed) == ("watch", RAN_OUT)


def test_ninety_days_is_long_and_eighty_nine_is_short() -> None:
    for days, level in ((90, "avoid"), (89, "caution")):
        expires = date(2024, 1, 1) + timedelta(days=days - 1)  # the last day is one of them
        one = advisory(issued="2024-01-01", expires=expires.isoformat())
        stands = standing(one, expires + timedelta(days=31))
        assert stands is not None
        assert stands.level == level


# --- what was renewed before ----------------------------------------------------------------


def zone_of(*advisories: Advisory) -> Zone:
    """A zone with these records."""
    (zone,) = rc.load_zones(
        {"type": "Feature", "properties": {"id": "here"}, "geometry": box(0, 0, 1, 1)}
    )
    return replace(zone, advisories=advisories)


def record(ident: str = "now", issuer: str = "EASA", number: str = "1", **dates: str) -> Advisory:
    """A ban; ``dates`` as for :func:`advisory`."""
    return replace(advisory(**dates), id=ident, issuer=issuer, reference=number)


def earlier(issuer: str = "EASA", number: str = "1", **dates: str) -> Advisory:
    """A record of 2024-09-01 that may be the one which a notice of 2024-10-15 took over from."""
    return record("before", issuer, number, **{"issued": "2024-09-01", **dates})


LONG_AGO = "no step is lost"
FULL_DAYS = {
    # name of the case: (notices, days at full level after the last one ran out)
    "long": ([], LONG, LONG_AGO),
    "long, renewed": ([earlier(issued="2023-01-01", ended="2024-01-01")], LONG, LONG_AGO),
    "short": ([], SHORT, 30),
    "short, without a day of issue": ([], {"expires": "2024-12-31"}, LONG_AGO),
    "ended when this one came": ([earlier(ended="2024-10-15")], SHORT, 90),
    "ended 2 days before": ([earlier(ended="2024-10-13")], SHORT, 90),
    "ended 3 days before": ([earlier(ended="2024-10-12")], SHORT, 30),
    "ended 2 days after": ([earlier(ended="2024-10-17")], SHORT, 90),
    "ended 3 days after": ([earlier(ended="2024-10-18")], SHORT, 30),
    "ended at a moment 2 days before": ([earlier(ended="2024-10-13T00:30:00Z")], SHORT, 90),
    "ended at a moment 3 days before": ([earlier(ended="2024-10-12T23:30:00Z")], SHORT, 30),
    "by another number": ([earlier(number="Information Note 7", ended="2024-10-15")], SHORT, 90),
    "by another issuer": ([earlier("France", ended="2024-10-15")], SHORT, 30),
    "the issuer written otherwise": ([earlier("Easa", ended="2024-10-15")], SHORT, 90),
    "ran out the day before": ([earlier(expires="2024-10-14")], SHORT, 90),
    "ran out 3 days before": ([earlier(expires="2024-10-12")], SHORT, 90),
    "ran out 4 days before": ([earlier(expires="2024-10-11")], SHORT, 30),
    "ran out at a moment of the day before": ([earlier(expires="2024-10-14T23:59:00Z")], SHORT, 90),
    "ended long before it would have run out": (
        [earlier(expires="2024-10-14", ended="2024-09-20")], SHORT, 30,
    ),
    "neither ended nor with a last day": ([earlier()], SHORT, 30),
    "came later": ([earlier(issued="2024-10-16", ended="2024-10-16")], SHORT, 30),
    "came the same day": ([earlier(issued="2024-10-15", ended="2024-10-15")], SHORT, 30),
    "came earlier the same day": (
        [earlier(issued="2024-10-15T05:00:00Z", ended="2024-10-15T18:00:00Z")],
        {**SHORT, "issued": "2024-10-15T18:00:00Z"}, 90,
    ),
    "came later the same day": (
        [earlier(issued="2024-10-15T19:00:00Z", ended="2024-10-16")],
        {**SHORT, "issued": "2024-10-15T18:00:00Z"}, 30,
    ),
    "had no date": (
        [replace(earlier(ended="2024-10-15"), issued=None)], SHORT, 90,
    ),
    "one of many": (
        [replace(earlier(issued="2024-01-01", ended="2024-09-01"), id="first"),
         replace(earlier("France", ended="2024-10-15"), id="other"),
         earlier(ended="2024-10-15")], SHORT, 90,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("others", "dates", "full"), FULL_DAYS.values(), ids=FULL_DAYS)
def test_a_short_notice_keeps_its_level_longer_if_it_was_renewed(
    others: list[Advisory], dates: dict[str, str], full: int | str
) -> None:
    notice = record(**dates)
    last = date(2024, 12, 31)
    for notices in ((*others, notice), (notice, *others)):
        zones = replace(rc.load_zones(), zones=(zone_of(*notices),))
        here = zones[0]
        for n in (1, 2, 29, 30, 31, 60, 89, 90, 91, 120, 179, 180, 181, 400, 2000):
            day = last + timedelta(days=n)
            if n > 180:
                expected = ("watch", "last known avoid, unconfirmed since 2024-12-31")
            elif isinstance(full, str) or n <= full:
                expected = ("avoid", RAN_OUT)
            else:
                expected = ("caution", f"{RAN_OUT}: counted one step lower")
            assert found(here, day) == expected, n
            # What the zone forgets of its past, it has learnt from it before.
            seen = zones.on(day)
            assert found(seen[0], day) == expected
            assert found(zones.on("2024-12-31").on(day)[0], day) == expected
            assert found(zones.by_issuers("EASA")[0], day) == expected
            assert found(zones.by_issuers("EASA").on(day).by_issuers("easa")[0], day) == expected


def found(zone: Zone, when: Stamp) -> tuple[str, str | None]:
    """Level and words of the record ``now``."""
    (one,) = (s for s in standings(zone, when) if s.advisory.id == "now")
    return one.level, one.lapsed


@pytest.mark.parametrize(("renewed", "days"), [(True, 90), (False, 30)])
def test_to_the_moment(renewed: bool, days: int) -> None:
    one = record(issued="2024-12-01T06:00:00Z", expires="2024-12-31T06:00:00Z")
    then = datetime(2024, 12, 31, 6, tzinfo=UTC)
    for after, level, end in (
        (timedelta(0), "avoid", None),
        (timedelta(seconds=1), "avoid", "held"),
        (timedelta(days=days), "avoid", "held"),
        (timedelta(days=days, seconds=1), "caution", "lower"),
        (timedelta(days=180), "caution", "lower"),
        (timedelta(days=180, seconds=1), "watch", "2024-12-31"),
    ):
        stands = standing(one, then + after, renewed=renewed)
        assert stands is not None
        assert stands.level == level
        assert (stands.lapsed or "").endswith(end or "")
        assert (stands.lapsed is None) is (end is None)


def test_each_of_a_chain_but_the_first_was_renewed() -> None:
    chain = [
        record("r0", issued="2024-01-01", ended="2024-02-01"),
        record("r1", number="2", issued="2024-02-01", expires="2024-03-01"),
        record("r2", issued="2024-03-03", ended="2024-03-20"),
        record("r3", issued="2024-04-01", expires="2024-05-01"),
    ]
    assert zone_of(*chain).renewed == {"r1", "r2"}
    assert renewals(()) == frozenset()


def test_a_record_that_is_added_is_weighed_with_the_others() -> None:
    zone = zone_of(earlier(ended="2024-10-15"))
    assert zone.renewed == frozenset()
    assert replace(zone, advisories=(*zone.advisories, record(**SHORT))).renewed == {"now"}


def test_a_set_of_one_day_is_written_with_what_it_forgot(tmp_path: Path) -> None:
    before = replace(earlier(ended="2024-10-15"), confidence="made up")
    notice = replace(record(**SHORT), confidence="made up")
    whole = replace(rc.load_zones(), zones=(zone_of(before, notice),))
    day = date(2025, 3, 1)
    for zones, listed in ((whole, False), (whole.on(day), True)):
        path = export_zones(zones, tmp_path / f"{listed}.geojson", day)
        again = rc.load_zones(path)
        assert found(again[0], day) == ("avoid", RAN_OUT)
        assert again.problems == ()
        properties = json.loads(path.read_text("utf-8"))["features"][0]["properties"]
        assert properties.get("renewed") == (["now"] if listed else None)


def test_renewed_lists_advisories_of_the_zone() -> None:
    notice = replace(record(**SHORT), confidence="made up")
    document = json.loads(zone_file_text(replace(rc.load_zones(), zones=(zone_of(notice),))))
    document["features"][0]["properties"]["renewed"] = ["then"]
    with pytest.raises(rc.ZoneError, match="'then', which is no advisory of the zone"):
        rc.load_zones(document)


def test_bulletins_of_moving_wars_keep_their_level() -> None:
    """EASA's short bulletins of autumn 2026 had each been renewed before."""
    day = date(2026, 11, 28)
    zones = {zone.id: zone for zone in rc.load_zones()}
    for name, ident in (("saudi-arabia", "easa-2026-09"), ("emirates", "easa-2026-07-r3-land"),
                        ("oman", "easa-2026-07-r3-land")):  # fmt: skip
        zone = zones[name]
        graded = {s.advisory.id: s for s in standings(zone, day)}
        assert graded[ident].level == graded[ident].advisory.level == "caution"
        assert graded[ident].lapsed == "ran out on 2026-11-16; nothing newer is held"
        assert level_on(zone, day) == "caution"


def test_a_calendar_knows_each_day_on_which_a_level_falls() -> None:
    for others in ([], [earlier(ended="2024-10-15")]):
        zones = replace(rc.load_zones(), zones=(zone_of(*others, record(**SHORT)),))
        days = [date(2024, 8, 25) + timedelta(days=n) for n in range(400)]
        random.Random(5).shuffle(days)
        calendar = Calendar(zones, max_age_days=10_000)
        for day in days:
            state = calendar.states[calendar.state(day)]
            grade = state.grades[0]
            kept = calendar.papers[0][grade] if grade >= 0 else ()
            assert {s.level for s in kept} == {s.level for s in standings(zones[0], day)}, day


# --- whatever the records: silence lowers, never raises, never clears ------------------------

DAYS = st.integers(0, 400).map(lambda n: date(2024, 1, 1) + timedelta(days=n))


@st.composite
def records(draw: st.DrawFn, ident: str) -> Advisory:
    issued = draw(DAYS)
    after = st.none() | st.integers(0, 200).map(lambda n: issued + timedelta(days=n))
    return Advisory(
        ident, draw(st.sampled_from(["EASA", "FAA"])), "1",
        draw(st.sampled_from(["avoid", "caution", "watch"])),
        issued=issued, expires=draw(after), ended=draw(after),
    )  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.data(), st.integers(0, 6), st.integers(0, 700), st.integers(0, 400))
def test_a_later_day_never_grades_higher(
    data: st.DataObject, number: int, first: int, more: int
) -> None:
    notices = [data.draw(records(str(n))) for n in range(number)]
    zone = zone_of(*notices)
    begun = max((a.issued for a in notices if a.issued), default=date(2024, 1, 1))
    assert isinstance(begun, date)
    one = begun + timedelta(days=first)
    other = one + timedelta(days=more)
    before = {s.advisory.id: s for s in standings(zone, one)}
    after = {s.advisory.id: s for s in standings(zone, other)}
    assert after.keys() <= before.keys()
    for key, s in before.items():
        assert key in after or s.advisory.ended is not None
        assert key not in after or LEVELS.index(after[key].level) <= LEVELS.index(s.level)
    # A day's own set grades later days as the whole one does.
    cut = zones_on(replace(rc.load_zones(), zones=(zone,)), one)
    assert {s.advisory.id: s for z in cut for s in standings(z, other)} == after


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
    zones = rc.load_zones().without_events()
    order = {"watch": 1, "caution": 2, "avoid": 3}
    assert zones.as_of is not None
    day = zones.as_of
    last: dict[str, int] = {}
    while day < date(2029, 1, 1):
        now = {(z.id, s.advisory.id): order[s.level] for z in zones for s in standings(z, day)}
        if last:
            assert set(now) == set(last)
            assert all(now[key] <= last[key] for key in now)
        last, day = now, day + timedelta(days=7)


# --- the words -------------------------------------------------------------------------------


def test_reports_say_that_a_notice_ran_out_and_what_it_counts_for() -> None:
    for day, words in (
        ("2026-11-28", "ran out on 2026-11-16; nothing newer is held\n"),
        ("2027-02-20", "ran out on 2026-11-16; nothing newer is held: counted one step lower\n"),
        ("2027-06-01", "last known caution, unconfirmed since 2026-11-16\n"),
    ):
        a = rc.check("AUH", "RUH", date=day, issuers="EASA", max_age_days=2000)
        assert words in report_text(a)
        (e,) = (e for e in a.exposures if e.zone.id == "saudi-arabia")
        assert [s.lapsed for s in e.standings] == [words.strip()]
        zones = {zone.id: zone for zone in rc.load_zones()}
        shown = zone_text(zones["saudi-arabia"], date.fromisoformat(day), lambda text, _: text)
        assert words.strip() in " ".join(shown.split())
    grounds = rc.check("AUH", "RUH", date="2026-11-28", events=False).grounds
    assert "EASA CZIB 2026-09 (issued 2026-09-30, ran out on 2026-11-16)" in grounds
