"""The back-test: nothing later counts, misses are misses, and the page tells what was computed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest

import routecheck as rc
from helpers import load_tool, run_inside
from routecheck.risk.incidents import Incident, incidents
from routecheck.risk.replay import Replayed, replay, replay_one

ZONES = rc.load_zones()
BY_ID = {incident.id: incident for incident in incidents()}


def played(name: str) -> Replayed:
    return replay_one(BY_ID[name], ZONES)


def test_there_are_enough_of_them() -> None:
    since = [i for i in incidents() if i.day >= date(1983, 1, 1) and len(i.places) >= 2]
    assert len(since) >= 20
    assert len({i.id for i in incidents()}) == len(incidents())
    assert all(i.why_not_counted for i in incidents() if not i.counted)
    assert not any(
        i.counted for i in incidents() if i.disputed or i.status in ("state", "military")
    )


@pytest.mark.parametrize(
    ("name", "line", "place", "off_km"),
    [
        ("j2-8243", "avoid", "avoid", 18),
        ("mh17", "caution", "caution", 198),
        ("ps752", "avoid", "avoid", 10),
        ("ir655", "unknown", "unknown", 4),
        ("s7-1812", "unknown", "unknown", 568),
        ("ew-78849", "unknown", "unknown", None),
        ("oo-dll", "avoid", "avoid", None),
    ],
)
def test_the_cases_that_people_know(name: str, line: str, place: str, off_km: float | None) -> None:
    row = played(name)
    assert (row.line_verdict, row.place_verdict) == (line, place)
    if off_km is not None:
        assert row.off_km == pytest.approx(off_km, abs=2)


def test_who_had_warned_before_j2_8243() -> None:
    issuers = {title.split()[0] for title in played("j2-8243").warned_by}
    assert issuers == {"Canada", "France"}


@pytest.mark.parametrize("incident", incidents(), ids=lambda i: i.id)
def test_nothing_issued_later_counts(incident: Incident) -> None:
    row = replay_one(incident, ZONES)
    moment = incident.when
    found = [s.advisory for e in (row.line.exposures if row.line else ()) for s in e.standings]
    found += [s.advisory for p in row.presences or () for s in p.standings]
    for advisory in found:
        assert advisory.issued is not None
        if isinstance(moment, datetime) and isinstance(advisory.issued, datetime):
            assert advisory.issued < moment
        else:
            issued = advisory.issued
            day = issued.date() if isinstance(issued, datetime) else issued
            # a day counts from its first moment; an incident without a time, from its eve
            assert day < incident.day or (isinstance(moment, datetime) and day == incident.day)


def test_a_notice_of_the_same_hour_counts_only_from_its_minute() -> None:
    ps752 = BY_ID["ps752"]
    assert isinstance(ps752.when, datetime)
    zone = next(zone for zone in ZONES if zone.id == "iran")
    for minutes, verdict in ((-1, "avoid"), (1, "unknown")):
        issued = ps752.when + timedelta(minutes=minutes)
        notice = replace(zone.advisories[0], level="avoid", issued=issued, expires=None, ended=None)
        zones = replace(ZONES, zones=(replace(zone, advisories=(notice,)),))
        assert replay_one(ps752, zones).place_verdict == verdict


def test_without_a_time_the_eve_counts() -> None:
    fz215 = BY_ID["fz215"]
    assert fz215.before == date(2015, 1, 25)
    assert BY_ID["mh17"].before == datetime(2014, 7, 17, 13, 20, 2, tzinfo=UTC)


def test_a_miss_is_a_miss() -> None:
    """Where nobody had warned, the verdict is clear or unknown, and is counted so."""
    r = replay(ZONES, date(2026, 10, 3), sample=0)
    for row in r.rows:
        if not row.warned_by:
            assert row.line_verdict in (None, "clear", "unknown", "watch"), row.incident.id
            assert row.place_verdict in (None, "clear", "unknown", "watch"), row.incident.id
        if row.partial:
            assert row.line_verdict != "clear"
    for tally in (r.by_line, r.by_place):
        assert tally.hits + tally.watch + tally.missed == tally.cases
        assert tally.missed > tally.hits
    assert r.by_line.cases <= sum(i.counted for i in incidents())
    assert r.world == {}


def test_shares_of_the_world_stand_beside_each_day() -> None:
    r = replay(ZONES, date(2026, 10, 3), sample=200, only=["mh17", "j2-8243"])
    assert list(r.world) == [BY_ID["mh17"].before, BY_ID["j2-8243"].before, r.today]
    assert [s.routes for s in r.world.values()] == [200] * 3
    flagged = [s.flagged for s in r.world.values()]
    assert flagged == sorted(flagged)  # more notices are held of later days
    for s in r.world.values():
        assert sum(c.routes for c in s.lengths) == s.routes
        assert sum(c.avoid for c in s.lengths) == s.avoid
        assert sum(c.flagged for c in s.lengths) == s.flagged


# --- the command -----------------------------------------------------------------------------


def test_text() -> None:
    run = run_inside("replay", "mh17", "ke007", "ih870", "--sample", "100", "--date", "2026-10-03")
    assert run.code == 0
    text = " ".join(run.out.split())
    assert "AMS-KUL caution caution" in text
    assert "lost far off its course" in text
    assert "not counted: cause disputed" in text
    assert "1 of 2 at avoid or caution (0 avoid, 1 caution), 0 at watch, 1 missed" in text
    assert "by length" in text
    assert "russia-west-60e" in text
    assert max(map(len, run.out.splitlines())) <= 80


def test_json_holds_everything() -> None:
    run = run_inside("replay", "--sample", "50", "--date", "2026-10-03", "--format", "json")
    record = run.json
    assert record["schema"] == 1
    assert len(record["incidents"]) == len(incidents())
    assert record["world"][-1]["when"] == "2026-10-03"
    j2 = next(i for i in record["incidents"] if i["id"] == "j2-8243")
    assert j2["line"]["verdict"] == "avoid"
    assert j2["checked_at_moment"] < j2["when"]
    assert j2["partial_history"] is True
    assert {"caspian-approaches", "north-caucasus"} >= set(j2["hindsight_outlines"]) > set()
    assert record["by_line"]["cases"] == sum(
        i["counted"] and i["line"] is not None for i in record["incidents"]
    )


def test_without_the_world() -> None:
    run = run_inside("replay", "mh17", "--sample", "0")
    assert run.code == 0
    assert "FALSE ALARMS" not in run.out


@pytest.mark.parametrize(
    ("words", "say"),
    [
        (("mh18",), "no incident is called 'mh18'"),
        (("--sample", "-1"), "--sample"),
        (("--sample", "10001"), "--sample"),
        (("--date", "soon"), "YYYY-MM-DD"),
        (("--zones", "/nowhere.geojson"), "nowhere"),
    ],
)
def test_errors(words: tuple[str, ...], say: str) -> None:
    run = run_inside("replay", *words)
    assert run.code == 2
    assert say in run.err
    assert "Traceback" not in run.err


def test_zones_of_ones_own_can_be_replayed(tmp_path: Any) -> None:
    from helpers import zone_text

    path = tmp_path / "mine.geojson"
    path.write_text(zone_text(corner=(44, 42)), encoding="utf-8")  # Grozny, always in force
    run = run_inside("replay", "j2-8243", "mh17", "--zones", str(path), "--sample", "20")
    assert run.code == 0
    text = " ".join(run.out.split())
    assert "GYD-GRV avoid avoid" in text
    assert "AMS-KUL clear clear" in text


# --- the page --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """``tools/make_replay_docs.py`` as a module."""
    return load_tool("make_replay_docs")


SHARE = re.compile(r"\d+\.\d %")


def test_the_page_is_up_to_date(tool: ModuleType) -> None:
    written, made = tool.PAGE.read_text(encoding="utf-8"), tool.page()
    advice = "run: python tools/make_replay_docs.py"
    assert tool.NOT_JUDGED not in written, "tools/desk_view.csv has nothing to say on a zone"
    counts = re.compile(r"\d[\d,]* (?:pairs|of)|\| [\d,]+ \|")
    bare = [counts.sub("#", SHARE.sub("#", text)) for text in (written, made)]
    assert bare[0] == bare[1], advice
    # Airports move a little with each edition of the airport table, and the shares with them.
    shares = [[float(s.split()[0]) for s in SHARE.findall(text)] for text in (written, made)]
    assert shares[0] == pytest.approx(shares[1], abs=0.3), advice
