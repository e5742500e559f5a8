"""What a dispatcher would ask of the set on 2026-11-28, eight weeks after its as-of day."""

from __future__ import annotations

from datetime import date

import pytest

import routecheck as rc
from helpers import run_inside
from routecheck.zones.search import level_on

DAY = "2026-11-28"


@pytest.mark.parametrize(("airport", "ident"), [("RUH", "riyadh"), ("AHB", "abha")])
def test_landings_under_fire_are_caution_by_the_report_alone(airport: str, ident: str) -> None:
    a = rc.check("JED", airport, date=DAY)
    reports = [e for e in a.exposures if e.zone.event and ident in e.zone.id]
    assert reports
    assert {(e.verdict, e.reason, e.at_endpoint) for e in reports} == {
        ("caution", "endpoint", "destination")
    }
    assert a.verdict in ("avoid", "caution")


@pytest.mark.parametrize(
    ("places", "notice"), [(("LHR", "JED"), "CZIB 2026-09"), (("FRA", "DXB"), "CZIB 2026-07")]
)
def test_a_check_says_what_ran_out_when(places: tuple[str, str], notice: str) -> None:
    text = " ".join(run_inside(*places, "--date", DAY).out.split())
    assert f"EASA {notice}" in text
    assert "ran out on 2026-11-16; nothing newer is held" in text


@pytest.mark.parametrize(
    ("zone", "levels"),
    [
        # in force, on the day after, eight days before and after the end of 90 days, past 180
        ("saudi-arabia", ("caution", "caution", "caution", "caution", "watch", "watch")),
        ("emirates", ("caution", "caution", "caution", "caution", "watch", "watch")),
        ("oman", ("caution", "caution", "caution", "caution", "watch", "watch")),
    ],
)
def test_bulletins_that_ran_out_go_down_only_as_the_rule_says(
    zone: str, levels: tuple[str, ...]
) -> None:
    (found,) = (z for z in rc.load_zones() if z.id == zone)
    days = ("2026-11-16", "2026-11-17", DAY, "2027-02-14", "2027-02-15", "2027-06-01")
    assert tuple(level_on(found, date.fromisoformat(day)) for day in days) == levels


# by EASA's R20 the line ZELAF-BASEM-LOTAX-LATEB parts Syria; R19 did not


@pytest.mark.parametrize(
    ("day", "level", "east", "south_west"),
    [
        ("2026-10-15", "FL350", "caution", "avoid"),
        ("2026-10-15", "FL250", "avoid", "avoid"),
        ("2026-09-15", "FL350", "avoid", "avoid"),
    ],
)
def test_syria_by_easa(day: str, level: str, east: str, south_west: str) -> None:
    found = {}
    for zone in ("syria", "syria-south-west"):
        line = ((30.0, 40.5), (39.0, 39.5)) if zone == "syria" else ((31.5, 35.9), (38.0, 36.6))
        a = rc.check(*line, date=day, issuers="EASA", cruise=level)
        found[zone] = {e.zone.id: e.verdict for e in a.exposures}[zone]
    assert found == {"syria": east, "syria-south-west": south_west}


def test_other_issuers_ban_all_of_syria() -> None:
    a = rc.check((30.0, 40.5), (39.0, 39.5), date=DAY)
    assert {e.zone.id: e.verdict for e in a.exposures}["syria"] == "avoid"


def test_graded_notices_speak_in_full_to_those_who_name_the_issuer() -> None:
    assert rc.check("DXB", "KHI", date="2026-10-03", issuers="France").verdict == "avoid"
    zones = {e.zone.id: e.verdict for e in rc.check("OTP", "RMO", date="2026-10-03").exposures}
    assert zones["moldova"] == "caution"
    by_canada = rc.check("OTP", "RMO", date="2026-10-03", issuers="Canada").exposures
    assert {e.zone.id: e.verdict for e in by_canada}["moldova"] == "avoid"


def test_the_land_of_colombia_is_no_zone_and_its_ocean_is() -> None:
    assert rc.check("BOG", "CLO", date="2026-10-03").verdict == "clear"
    a = rc.check("LIM", "MEX", date="2026-10-03")
    assert {"ecuador-pacific", "central-america-pacific"} <= {e.zone.id for e in a.exposures}
