"""Reported attacks: no notices, caution at most, from the day on which they were known."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

import routecheck as rc
from helpers import REPO, load_tool, run_inside
from routecheck.risk import incidents as incidents_module
from routecheck.risk.events import event_of, reported
from routecheck.risk.incidents import Incident, incidents
from routecheck.risk.levels import rank
from routecheck.risk.replay import replay, replay_one
from routecheck.zones import combine, lint_text, parse_zones
from routecheck.zones.ageing import event_level, speaks, standings
from routecheck.zones.diff import diff_zones
from routecheck.zones.model import Event, Zone, ZoneSet, day_of
from routecheck.zones.search import Query, census, level_on, phase_on, search
from routecheck.zones.write import zone_file_text
from shapes import box

DAY = "2026-11-28"
NIAMEY_DAY = "2026-03-01"
"""A month after shots at Niamey airport, in a country on which no notice is known."""
KNOWN = date(2026, 1, 10)
WGS84 = Geod(ellps="WGS84")
BUILT_IN = rc.load_zones()
EVENTS = [zone for zone in BUILT_IN if zone.event is not None]
PAPERS = BUILT_IN.without_events()


def event(**given: Any) -> dict[str, Any]:
    return {
        "id": "x", "date": "2026-01-09", "known": KNOWN.isoformat(), "lat": 0.0, "lon": 0.0,
        "radius_km": 100.0, "what": "two drones hit the airport", "source": "AP 2026-01-10",
        "confidence": "good", **given,
    }  # fmt: skip


def feature(lon: float, lat: float, half: float = 1.0, **given: Any) -> dict[str, Any]:
    ident = f"event-{given.get('id', 'x')}"
    return {
        "type": "Feature",
        "properties": {
            "id": ident, "name": f"Reported attack: {ident}", "kind": "event", "advisories": [],
            "event": event(lat=lat, lon=lon, **given),
        },
        "geometry": box(lon - half, lat - half, lon + half, lat + half),
    }  # fmt: skip


def set_of(*features: dict[str, Any], **header: Any) -> ZoneSet:
    return rc.load_zones(
        {
            "type": "FeatureCollection",
            "routecheck": {"schema": 1, "as_of": "2026-01-31", **header},
            "features": list(features),
        }
    )


AT_ZERO = set_of(feature(0, 0))
FAR = {"type": "Feature", "properties": {"id": "far"}, "geometry": box(-90, -40, -88, -38)}
MIXED = set_of(feature(0, 0), FAR)


def days(number: int) -> date:
    return KNOWN + timedelta(days=number)


# --- by day -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "level"),
    [
        (-400, None), (-1, None), (0, "caution"), (120, "caution"), (121, "watch"),
        (365, "watch"), (366, None), (4000, None),
    ],
)  # fmt: skip
def test_level_by_day(after: int, level: str | None) -> None:
    zone: Zone = AT_ZERO[0]
    when = days(after)
    assert zone.event is not None
    assert event_level(zone.event, when) == level
    assert [s.level for s in standings(zone, when)] == ([level] if level else [])
    assert speaks(zone, when) is (level is not None)
    assert level_on(zone, when) == (level or "not in force")
    assert [z.id for z in AT_ZERO.on(when)] == (["event-x"] if level else [])
    phases = {None: "later" if after < 0 else "history"}
    assert phase_on(zone, when) == phases.get(level, "in force")
    moment = datetime(when.year, when.month, when.day, 23, 59, tzinfo=UTC)
    assert event_level(zone.event, moment) == level
    a = rc.check((0.0, 0.0), (0.0, 30.0), date=when, zones=MIXED, max_age_days=9999)
    assert a.verdict == (level or "clear")
    assert a.reason == ("endpoint" if level else "none")


@pytest.mark.parametrize(
    ("places", "verdict", "reason"),
    [
        (((0.0, 0.0), (0.0, 30.0)), "caution", "endpoint"),
        (((0.0, -20.0), (0.0, 20.0)), "caution", "overflight"),
        (((1.3, -20.0), (1.3, 20.0)), "watch", "near"),
        (((2.0, -20.0), (2.0, 20.0)), "clear", "none"),
    ],
)
@pytest.mark.parametrize("cruise", ["FL100", "FL450"])
def test_what_a_route_makes_of_it(
    places: tuple[tuple[float, float], ...], verdict: str, reason: str, cruise: str
) -> None:
    a = rc.check(*places, date=KNOWN, zones=MIXED, cruise=cruise)
    assert (a.verdict, a.reason) == (verdict, reason)
    without = rc.check(*places, date=KNOWN, zones=MIXED, cruise=cruise, events=False)
    assert without.verdict == "clear"
    assert "Reported attacks were left out." in without.caveats


def test_nothing_but_events_left_out_is_no_clear_sky() -> None:
    with pytest.raises(rc.ZoneError, match="no zones but reported attacks"):
        rc.check((0.0, 0.0), (0.0, 30.0), date=KNOWN, zones=AT_ZERO, events=False)


# --- the words --------------------------------------------------------------------------------


@pytest.mark.parametrize(("origin", "dest"), [("JED", "RUH"), ("CAI", "AHB"), ("LHR", "RUH")])
def test_landings_at_riyadh_and_abha_are_at_least_caution(origin: str, dest: str) -> None:
    a = rc.check(origin, dest, date=DAY)
    assert a.at_least("caution")
    assert any(e.zone.event and e.at_endpoint == "destination" for e in a.exposures)


def test_the_record_has_the_report_and_no_advisory() -> None:
    run = run_inside("check", "JED", "RUH", "--date", DAY, "--json")
    record = run.json
    assert (record["verdict"], record["reason"]) == ("caution", "endpoint")
    found = [e for e in record["exposures"] if e["kind"] == "event"]
    assert len(found) == 3
    for e in found:
        assert e["advisories"] == []
        assert set(e["event"]) == {
            "id", "date", "known", "lat", "lon", "radius_km", "what", "source", "confidence",
        }  # fmt: skip
    assert all(e["event"] is None for e in record["exposures"] if e["kind"] != "event")
    assert record["headline"].startswith(
        "CAUTION: Jeddah (JED) and Riyadh (RUH) lie inside Saudi Arabia (land). Riyadh (RUH) lies "
        "within 100 km of 3 reported attacks, the latest on 2026-10-10 (reports, no official "
        "notice)."
    )
    assert record["grounds"].startswith("On the word of: EASA CZIB 2026-09")
    alone = run_inside("check", "OUA", "NIM", "--date", NIAMEY_DAY, "--json").json
    assert alone["headline"] == (
        "CAUTION: Niamey (NIM) lies within 100 km of a reported attack on 2026-01-29. That is a "
        "report, no official notice."
    )
    assert alone["grounds"].startswith("No official notice: reported attack on 2026-01-29 (")
    assert "On the word of" not in alone["grounds"]


def test_the_text_says_what_it_is() -> None:
    text = " ".join(run_inside("check", "JED", "RUH", "--date", DAY).out.split())
    assert "no official notice: reported attack on 2026-10-10 (" in text
    assert "known since 2026-10-10" in text
    assert "bind nobody" in text
    assert "confidence: good" in text
    old = " ".join(run_inside("check", "JED", "RUH", "--date", "2027-05-01").out.split())
    assert "counts as watch: known for over 120 days" in old


def test_a_headline_names_attacks_at_an_end_also_where_an_overflight_decides() -> None:
    a = rc.check("LHR", "RUH", date=DAY)
    assert a.headline.startswith("AVOID THE DIRECT LINE")
    assert a.headline.endswith(
        "Riyadh (RUH) lies within 100 km of 3 reported attacks, the latest on 2026-10-10 (reports, "
        "no official notice)."
    )
    assert any("the latest one held of 2026-10-10" in said for said in a.caveats)


def test_attacks_are_told_the_latest_first() -> None:
    text = run_inside("check", "JED", "RUH", "--date", DAY).out
    days = re.findall(r"Reported attack: Riyadh King Khalid \(RUH\), (2026-10-\d\d)", text)
    assert days == ["2026-10-10", "2026-10-08", "2026-10-07"]


def test_a_faint_report_does_not_stand_in_for_notices_that_may_be_missing() -> None:
    pa = pytest.importorskip("pyarrow")
    known = date(2026, 1, 10)
    for day, expected in (
        (known + timedelta(days=120), "caution"),
        (known + timedelta(days=121), "unknown"),  # watch, but the set is too old by then
    ):
        a = rc.check((0.0, 0.0), (0.0, 30.0), date=day, zones=MIXED)
        assert a.verdict == expected
        (row,) = rc.audit(
            pa.table({"from": ["0,0"], "to": ["0,30"], "date": [str(day)]}), zones=MIXED
        ).to_pylist()
        assert (row["verdict"], row["score"]) == (a.verdict, a.score)
    young = rc.check(
        (0.0, 0.0), (0.0, 30.0), date=known + timedelta(days=121), zones=MIXED, max_age_days=999
    )
    assert young.verdict == "watch"


def test_a_zone_of_this_kind_is_never_avoid_by_any_letter() -> None:
    notice = {"issuer": "EASA", "reference": "x", "level": "caution", "stated_level": "avoid",
              "graded": "why", "issued": "2026-01-01", "confidence": "good"}  # fmt: skip
    found = rc.load_zones(
        {"type": "Feature", "properties": {"id": "e", "kind": "event", "advisories": [notice]},
         "geometry": box(-1, -1, 1, 1)}
    )  # fmt: skip
    assert any("counts as caution at most" in p.message for p in found.lint())
    assert rc.check((0, 0), (0, 30), date="2026-01-10", zones=found, issuers="EASA").verdict == (
        "caution"
    )


def test_own_zones_of_this_kind_are_left_out_too() -> None:
    own = {"type": "Feature", "properties": {"id": "e", "kind": "event"},
           "geometry": box(-1, -1, 1, 1)}  # fmt: skip
    zones = {"type": "FeatureCollection", "features": [own, FAR]}
    assert rc.check((0, 0), (0, 30), date="2026-01-10", zones=zones).verdict == "caution"
    assert (
        rc.check((0, 0), (0, 30), date="2026-01-10", zones=zones, events=False).verdict == "clear"
    )


def test_a_list_of_zones_can_leave_attacks_out() -> None:
    words = ("zones", "list", "--date", DAY, "--format", "json")
    kinds = [zone["kind"] for zone in run_inside(*words).json]
    without = [zone["kind"] for zone in run_inside(*words, "--no-events").json]
    assert "event" in kinds
    assert without == [kind for kind in kinds if kind != "event"]


def test_an_official_notice_at_the_same_end_is_named_first() -> None:
    notice = {
        "issuer": "EASA", "reference": "CZIB 1", "level": "caution", "issued": "2026-01-01",
        "confidence": "text seen",
    }  # fmt: skip
    official = {
        "type": "Feature",
        "properties": {"id": "land", "name": "The land", "advisories": [notice]},
        "geometry": box(-3, -3, 3, 3),
    }
    a = rc.check((0.0, 0.0), (0.0, 30.0), date=KNOWN, zones=set_of(feature(0, 0), official))
    assert "lies inside The land. " in a.headline
    assert a.headline.endswith(
        "lies within 100 km of a reported attack on 2026-01-09 (a report, no official notice)."
    )
    assert a.grounds == "On the word of: EASA CZIB 1 (issued 2026-01-01)."


@pytest.mark.parametrize(
    ("places", "say"),
    [
        (((0.0, 0.0), (0.0, 30.0)), "lies within 100 km of a reported attack on 2026-01-09. That"),
        (((0.0, -20.0), (0.0, 20.0)), "crosses the 100 km round a reported attack (event-x). That"),
        (((1.3, -20.0), (1.3, 20.0)), "from the 100 km round a reported attack (event-x), without"),
    ],
)
def test_headlines(places: tuple[tuple[float, float], ...], say: str) -> None:
    headline = rc.check(*places, date=KNOWN, zones=MIXED).headline
    assert say in headline
    assert headline.endswith("That is a report, no official notice.")


def test_issuers_do_not_touch_reports_and_reports_are_no_issuer() -> None:
    assert "" not in BUILT_IN.issuers
    assert BUILT_IN.issuers == PAPERS.issuers
    a = rc.check("OUA", "NIM", date=NIAMEY_DAY, issuers="EASA")
    assert (a.verdict, a.reason) == ("caution", "endpoint")
    assert rc.check("OUA", "NIM", date=NIAMEY_DAY, issuers="EASA", events=False).verdict == "watch"


def test_compare_says_that_a_report_was_added() -> None:
    words = ("check", "DMM", "RUH", "--date", DAY, "--compare", "2026-10-01")
    changes = run_inside(*words, "--json").json["compare"]["changes"]
    added = [c for c in changes if c["event"]]
    assert len(added) == 3
    assert {(c["change"], c["issuer"], c["level_after"]) for c in added} == {
        ("added", None, "caution")
    }
    assert "added - no official notice: reported attack on" in run_inside(*words).out
    left_out = run_inside(*words, "--no-events", "--json").json["compare"]["changes"]
    assert not [c for c in left_out if c["event"]]


ROUTES = [("JED", "RUH"), ("CAI", "AHB"), ("DXB", "CAI"), ("LHR", "RUH"), ("LHR", "JFK")]


@pytest.mark.parametrize("route", ROUTES, ids="-".join)
@pytest.mark.parametrize("day", ["2026-10-03", DAY, "2027-05-01"])
def test_no_events_is_a_set_without_them(route: tuple[str, str], day: str) -> None:
    one = rc.check(*route, date=day, events=False).to_dict()
    other = rc.check(*route, date=day, zones=PAPERS).to_dict()
    for record in (one, other):
        del record["checked_at"], record["caveats"]
    assert one == other


# --- the zones --------------------------------------------------------------------------------


def test_lists_show_what_speaks_on_the_day() -> None:
    run = run_inside("zones", "list", "--kind", "event", "--date", DAY)
    assert "event-riyadh-2026-10-10" in run.out
    assert "none" in run.out
    assert "event-riyadh" not in run_inside("zones", "list", "--date", "2026-10-03").out
    shown = run_inside("zones", "show", "event-riyadh-2026-10-10", "--date", DAY).out
    assert "no official notice: reported attack on 2026-10-10" in " ".join(shown.split())
    assert "ADVISORIES" not in shown
    assert "(not yet known)" in " ".join(
        run_inside("zones", "show", "event-riyadh-2026-10-10", "--date", "2026-10-01").out.split()
    )
    assert len(search(BUILT_IN, date(2026, 11, 28), Query(kinds=("event",)))) >= 4
    assert census(AT_ZERO, days(366)).history == 1


def test_a_diff_names_the_report() -> None:
    other = set_of(feature(0, 0, what="three drones"))
    (change,) = diff_zones(AT_ZERO, other, KNOWN).changed
    assert [f.field for f in change.fields] == ["event"]
    run = run_inside("zones", "diff", str(REPO / "zones/iran.geojson"),
                     str(REPO / "zones/events.geojson"), "--date", DAY)  # fmt: skip
    assert "no official notice: reported attack on 2026-10-10" in " ".join(run.out.split())


def test_what_is_written_reads_the_same() -> None:
    for zones in (MIXED, BUILT_IN):
        again = parse_zones(zone_file_text(zones))
        assert {z.id: z.event for z in again} == {z.id: z.event for z in zones}
    plain = rc.load_zones({"type": "Feature", "properties": {"kind": "event"},
                           "geometry": box(0, 0, 1, 1)})  # fmt: skip
    assert parse_zones(zone_file_text(combine(PAPERS, plain)))[-1].kind == "event"


def test_tables_for_maps_say_it(tmp_path: Any) -> None:
    pytest.importorskip("pyarrow")
    path = tmp_path / "out.parquet"
    assert run_inside("zones", "export", str(path), "--date", DAY).code == 0
    import geopandas

    table = geopandas.read_parquet(path).set_index("id")
    row = table.loc["event-riyadh-2026-10-10"]
    assert row["event"].startswith("no official notice: reported attack")
    assert (row["level"], row["issuers"], row["advisories_standing"]) == ("caution", "", 0)
    again = rc.load_zones(path)
    levels = {a.level for z in again if z.kind == "event" for a in z.advisories}
    assert "caution" in levels <= {"caution", "watch"}


@pytest.mark.parametrize("zone", EVENTS, ids=lambda zone: zone.id)
def test_built_in_events_are_whole(zone: Zone) -> None:
    e = zone.event
    assert isinstance(e, Event)
    assert zone.id == f"event-{e.id}"
    assert zone.advisories == ()
    assert day_of(e.date) <= e.known
    assert zone.name.startswith("Reported attack: ")
    assert zone.name.endswith(str(day_of(e.date)))
    km = WGS84.inv(
        [e.lon] * len(zone.outline.lon), [e.lat] * len(zone.outline.lat),
        zone.outline.lon, zone.outline.lat,
    )[2] / 1000  # fmt: skip
    assert e.radius_km <= km.min()
    assert km.max() < e.radius_km + 0.3


@pytest.mark.parametrize(
    ("lon", "lat"), [(46.7, 25.0), (179.5, 10.0), (-179.9, -45.0), (33.0, 69.0), (0.0, 80.0)]
)
def test_a_drawn_circle_holds_the_true_one(lon: float, lat: float) -> None:
    load_tool("build_zones")
    from shapely.geometry import mapping

    from zoneset.events import circle

    drawn = mapping(circle(lon, lat, 100.0))
    zones = rc.load_zones({"type": "Feature", "properties": {}, "geometry": drawn})
    assert not [p for p in zones.problems if "wound" not in p.message]
    for bearing in range(0, 360, 5):
        x, y, _ = WGS84.fwd(lon, lat, bearing + 2.5, 100_000.0)
        x = (x + 180) % 360 - 180
        assert rc.check((y, x), (y + 0.001, x), zones=zones).reason == "endpoint", bearing


def test_tables_are_whole_and_built() -> None:
    listed = reported()
    assert {f"event-{r.event.id}" for r in listed} == {zone.id for zone in EVENTS}
    built = {zone.event.id: zone for zone in EVENTS if zone.event is not None}
    for r in listed:
        assert built[r.event.id].event == r.event
        assert built[r.event.id].accuracy_km == r.accuracy_km
        assert all((r.event.what, r.event.source, r.event.confidence, r.name))


def test_a_hit_is_an_event_from_the_day_on_which_it_was_known() -> None:
    hit = next(i for i in incidents() if i.id == "mh17")
    assert event_of(replace(hit, known=None)) is None
    assert event_of(replace(hit, known=date(2014, 7, 18), hit_lat=None)) is None
    found = event_of(replace(hit, known=date(2014, 7, 18)))
    assert found is not None
    assert found.event.known == date(2014, 7, 18)
    assert (found.event.date, found.accuracy_km) == (hit.when, hit.position_km)
    assert "298" in found.event.what
    told = event_of(replace(hit, known=date(2014, 7, 18), known_source="good: Ukraine"))
    assert told is not None
    assert told.event.source.endswith("; when it was known: good: Ukraine")


# --- adding a report never makes anything milder ---------------------------------------------


@settings(max_examples=60, deadline=None)
@given(
    st.floats(-40, 40), st.floats(-40, 40), st.floats(0.3, 8), st.integers(0, 400),
    st.sampled_from(["avoid", "caution", "watch"]),
)  # fmt: skip
def test_a_report_never_lowers_a_verdict_and_never_forbids(
    lon: float, lat: float, half: float, after: int, level: str
) -> None:
    given_level = {
        "type": "Feature",
        "properties": {"id": "land", "level": level},
        "geometry": box(-5, -5, 5, 5),
    }
    papers = set_of(given_level, as_of="2027-12-31")
    both = set_of(given_level, feature(lon, lat, half), as_of="2027-12-31")
    for places in (((0.0, 0.0), (20.0, 30.0)), ((-30.0, 10.0), (30.0, 12.0))):
        less = rc.check(*places, date=days(after), zones=papers)
        more = rc.check(*places, date=days(after), zones=both)
        ranks = [0 if a.verdict == "clear" else rank(a.verdict) for a in (less, more)]  # type: ignore[arg-type]
        assert ranks[0] <= ranks[1] <= max(ranks[0], rank("caution"))
        assert (less.score or 0) <= (more.score or 0) + 1e-9
        for e in more.exposures:
            assert e.zone.event is None or rank(e.verdict) <= rank("caution")


# --- audits -----------------------------------------------------------------------------------


@pytest.mark.parametrize("events", [True, False])
def test_an_audit_says_what_a_check_says(events: bool) -> None:
    pa = pytest.importorskip("pyarrow")
    edges = [-1, 0, 120, 121, 365, 366]
    known = [zone.event.known for zone in EVENTS if zone.event is not None]
    when = sorted({day + timedelta(days=n) for day in known for n in edges})
    rows = [(*route, day) for route in ROUTES for day in when]
    table = pa.table(
        {
            "from": [r[0] for r in rows],
            "to": [r[1] for r in rows],
            "date": [str(r[2]) for r in rows],
        }
    )
    from routecheck.report.table import row

    found = rc.audit(table, events=events).to_pylist()
    for (origin, dest, day), told in zip(rows, found, strict=True):
        said = row(rc.check(origin, dest, date=day, events=events))
        for name in ("verdict", "reason", "score", "worst_zone", "advisories", "closest_km"):
            assert told[name] == said[name], (origin, dest, day, name)


def test_the_report_of_an_audit_says_it(tmp_path: Any) -> None:
    pytest.importorskip("pyarrow")
    rows, page = tmp_path / "rows.csv", tmp_path / "out.html"
    rows.write_text("from,to\nOUA,NIM\n", encoding="utf-8")
    run = run_inside("audit", str(rows), "--date", NIAMEY_DAY, "--report", str(page))
    assert run.code == 0
    text = page.read_text(encoding="utf-8")
    assert "No official notice: reported attack on 2026-01-29" in text
    assert "Reported attacks are no official notices and bind nobody." in text
    assert not re.search(r"<pre><code>[^<]*--no-events", text)
    page.unlink()
    run_inside("audit", str(rows), "--date", NIAMEY_DAY, "--no-events", "--report", str(page))
    text = page.read_text(encoding="utf-8")
    assert re.search(r"<pre><code>[^<]*--no-events", text)
    assert "Reported attacks were left out." in text
    assert "reported attack on" not in text


# --- the back-test ----------------------------------------------------------------------------


def with_hits(known_after: int) -> ZoneSet:
    """The built-in papers, and every hit as a report known so many days after its day."""
    made = []
    for i in incidents():
        found = event_of(replace(i, known=i.day + timedelta(days=known_after)))
        if found is not None:
            e = found.event
            made.append(
                feature(e.lon, e.lat, id=e.id, known=str(e.known), date=str(day_of(e.date)))
            )
    return combine(PAPERS, set_of(*made, as_of="2026-10-03"))


HITS = with_hits(0)


@pytest.mark.parametrize("incident", incidents(), ids=lambda i: i.id)
def test_no_incident_sees_its_own_report_nor_one_of_its_day(incident: Incident) -> None:
    row = replay_one(incident, HITS)
    assert all(e.known < incident.day for e in row.events_met)
    assert incident.id not in {e.id for e in row.events_met}
    bare = replay_one(incident, PAPERS)
    assert (row.line_verdict, row.place_verdict) == (bare.line_verdict, bare.place_verdict)
    assert row.warned_by == bare.warned_by
    for less, more in (
        (row.line_verdict, row.line_verdict_events),
        (row.place_verdict, row.place_verdict_events),
    ):
        if less in ("avoid", "caution", "watch"):
            assert more is not None
            assert rank(less) <= rank(more)  # type: ignore[arg-type]


def test_the_second_at_sukhumi_is_warned_by_the_first() -> None:
    """Hit on the day before at the same airport; nobody's notice is held."""
    second = next(i for i in incidents() if i.id == "tu154-85163")
    row = replay_one(second, HITS)
    assert (row.line_verdict, row.line_verdict_events) == ("unknown", "caution")
    assert (row.place_verdict, row.place_verdict_events) == ("unknown", "caution")
    assert [e.id for e in row.events_met] == ["tu134-65893"]
    later = replay_one(second, with_hits(1))  # known on its own day only
    assert later.line_verdict_events == "unknown"


def test_shares_without_and_with_reports() -> None:
    today = date(2026, 11, 28)
    r = replay(BUILT_IN, today, sample=400, only=["mh17"])
    bare = replay(PAPERS, today, sample=400, only=["mh17"])
    assert r.world == bare.world
    assert list(r.world_events) == list(r.world)
    less, more = r.world[today], r.world_events[today]
    assert more.avoid == less.avoid
    assert more.none <= less.none
    assert r.by_line.cases == r.by_line_events.cases


def test_the_replay_is_told_both_ways(tmp_path: Any) -> None:
    path = tmp_path / "hits.geojson"
    path.write_text(zone_file_text(HITS), encoding="utf-8")
    words = ("replay", "tu154-85163", "--sample", "50", "--zones", str(path))
    run = run_inside(*words)
    text = " ".join(run.out.split())
    assert "with reported attacks: line caution, place caution" in text
    assert "With the reported attacks that were known before each day" in text
    assert max(map(len, run.out.splitlines())) <= 80
    record = run_inside(*words, "--format", "json").json
    (one,) = record["incidents"]
    assert one["events"] == {"line": "caution", "place": "caution", "met": ["tu134-65893"]}
    assert record["by_line"]["hits"] == 0
    assert record["by_line_events"]["hits"] == 1
    assert len(record["world_events"]) == len(record["world"])
    bare = run_inside(*words, "--no-events")
    assert "reported" not in bare.out


def test_reader_of_incidents_takes_a_table_with_and_without_the_day() -> None:
    raw = dict.fromkeys(incidents_module.Incident.__dataclass_fields__, "")
    raw |= {"when": "2014-07-17", "origin": "AMS", "via": "", "destination": "KUL"}
    raw.pop("known")
    raw.pop("known_source")
    assert incidents_module._incident(raw).known is None
    assert incidents_module._incident({**raw, "known": "2014-07-18"}).known == date(2014, 7, 18)


def test_lint_is_silent_about_what_the_tool_draws() -> None:
    text = (REPO / "zones" / "events.geojson").read_text(encoding="utf-8")
    assert lint_text(text) == ()
    assert json.loads(text)["features"]
