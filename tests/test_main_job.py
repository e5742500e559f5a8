"""What the tool is for, on its own zones, on fixed days."""

from __future__ import annotations

import itertools
import json
from typing import Any

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

import routecheck as rc
from routecheck.report.table import row
from routecheck.report.text import report_text
from routecheck.risk.position import check_position
from routecheck.routes import split_codes
from routecheck.zones import parse_stamp

TODAY = "2026-11-20"
EVE = "2024-12-24"


def check(*places: str, date: str = TODAY, **options: Any) -> Any:
    return rc.check(*places, date=date, **options)


def exposure(a: Any, zone: str) -> Any:
    return next(e for e in a.exposures if e.zone.id == zone)


def standing_titles(a: Any, zone: str) -> set[str]:
    return {s.advisory.title for s in exposure(a, zone).standings}


def test_baku_to_grozny() -> None:
    a = check("BAK", "GRV")
    assert a.route.origin.iata == "GYD"
    assert "BAK" in a.route.origin.note
    assert "Baku" in a.route.origin.note
    assert 484 <= a.distance_km <= 486
    assert (a.verdict, a.reason) == ("avoid", "endpoint")
    caucasus = exposure(a, "north-caucasus")
    assert caucasus.at_endpoint == "destination"
    # 291 km in URRV and 215 + 82 km over Dagestan and Chechnya by an independent computation.
    assert caucasus.inside_km == pytest.approx(297, abs=5)
    assert 20 < caucasus.inside_min < 35
    assert caucasus.buffered_km > caucasus.inside_km
    assert any("flightradar24.com" in link for item in a.advice for link in item.links)
    assert {item.topic for item in a.advice} == {"safety", "flight-path", "legal", "official"}
    text = report_text(a)
    assert text.startswith("AVOID: Grozny (GRV) lies inside")
    assert "EASA CZIB 2025-01 R3 (issued 2026-07-24)" in " ".join(text.split())
    assert "BAK is the city code of Baku" in text


def test_the_day_before_the_shoot_down() -> None:
    a = check("BAK", "GRV", date=EVE)
    assert (a.verdict, a.reason) == ("avoid", "endpoint")
    by_issuer = {s.advisory.issuer: s for s in exposure(a, "north-caucasus").standings}
    assert by_issuer["Canada"].level == "avoid"
    assert by_issuer["France"].level == "caution"
    assert "EASA" not in by_issuer
    assert "CZIB 2025-01" not in report_text(a)


def test_faa_notice_160_nm_from_ukraine_leaves_grozny_out() -> None:
    a = check("BAK", "GRV", date=EVE)
    assert not any("A0005/22" in s.advisory.reference for e in a.exposures for s in e.standings)


def test_what_was_added_since() -> None:
    c = rc.compare("BAK", "GRV", before=EVE, date=TODAY)
    added = {change.after.advisory.reference for change in c.changes if change.what == "added"}
    assert "CZIB 2025-01" in added
    assert c.earlier.verdict == c.later.verdict == "avoid"
    assert rc.compare("BAK", "GRV", before=TODAY, date=EVE).earlier.when == c.earlier.when


def test_before_the_set_begins_it_does_not_know() -> None:
    a = check("BAK", "GRV", date="2010-01-01")
    assert (a.verdict, a.reason, a.score) == ("unknown", "none", None)
    assert "2010-01-01 lies before" in a.headline
    assert a.at_least("avoid")
    assert a.advice == ()


def test_a_set_too_old_does_not_know_but_what_speaks_speaks() -> None:
    assert check("LHR", "JFK", date="2027-01-01").verdict == "clear"
    late = check("LHR", "JFK", date="2027-01-02")
    assert late.verdict == "unknown"
    assert "2026-10-03" in late.headline
    assert check("BAK", "GRV", date="2027-06-01").verdict != "unknown"


@pytest.mark.parametrize(
    ("places", "verdict", "reason"),
    [
        (("LHR", "JFK"), "clear", "none"),
        (("SVO", "LED"), "avoid", "endpoint"),
        (("SVX", "OVB"), "watch", "near"),
        (("IKA", "DXB"), "avoid", "endpoint"),
        (("LHR", "DEL"), "avoid", "overflight"),
        (("DXB", "KBL"), "avoid", "endpoint"),
        (("DEL", "TAS"), "caution", "overflight"),
        (("ESB", "TBS"), "clear", "none"),
        (("IST", "TBS"), "watch", "near"),  # 12 km from the corner of the Rostov FIR at sea
        (("HEL", "ARN"), "clear", "none"),
        (("AKL", "SCL"), "clear", "none"),
        (("LAX", "HKG"), "clear", "none"),
        (("GRV", "BAK"), "avoid", "endpoint"),
    ],
)
def test_named_routes(places: tuple[str, str], verdict: str, reason: str) -> None:
    for ends in (places, places[::-1]):
        a = check(*ends)
        assert (a.verdict, a.reason) == (verdict, reason)


def test_sixty_degrees_east_is_missed_narrowly() -> None:
    a = check("SVX", "OVB")
    russia = exposure(a, "russia-west-60e")
    assert russia.closest_km == pytest.approx(49, abs=0.5)
    assert "passes 49.1 km (26.5 NM) from" in a.headline
    assert russia.inside_km == 0
    # SVX itself is nearest, and the meridian is the nearest thing.
    assert russia.zone_point[0] == pytest.approx(60.0, abs=1e-6)


def test_a_lapsed_bulletin_says_so() -> None:
    a = check("IKA", "DXB")
    easa = [s for s in exposure(a, "iran").standings if s.advisory.issuer == "EASA"]
    assert any(s.lapsed == "ran out on 2026-11-16; nothing newer is held" for s in easa)
    assert "ran out on 2026-11-16; nothing newer is held" in report_text(a)
    assert any("ran out, with nothing newer held" in caveat for caveat in a.caveats)


def test_a_direct_line_is_not_called_a_flight() -> None:
    a = check("LHR", "DEL")
    assert a.headline.startswith("AVOID THE DIRECT LINE: it crosses Ukraine")
    assert "Airlines may fly round it: check the flown track." in a.headline


def test_afghanistan_by_landing_and_by_overflight_differ() -> None:
    landing = exposure(check("DEL", "KBL", cruise="FL350"), "afghanistan")
    over = exposure(check("DEL", "TAS", cruise="FL350"), "afghanistan")
    assert (landing.verdict, landing.reason) == ("avoid", "endpoint")
    assert (over.verdict, over.reason) == ("caution", "overflight")
    assert exposure(check("DEL", "TAS", cruise="FL310"), "afghanistan").verdict == "avoid"


def test_mali_by_landing_and_by_overflight_differ() -> None:
    landing = exposure(check("CDG", "BKO", cruise="FL350"), "mali")
    over = exposure(check("ABJ", "CDG", cruise="FL350"), "mali")
    assert (landing.verdict, landing.reason) == ("avoid", "endpoint")
    assert (over.verdict, over.reason) == ("caution", "overflight")
    text = " ".join(report_text(check("ABJ", "CDG", cruise="FL350")).split())
    assert "counts as caution, not avoid: at levels" in text


def test_the_gulf_is_closed_to_overflights_only() -> None:
    # EASA CZIB 2026-07 R3 stands on this day; it excepts aerodromes of the States around.
    easa = "easa-2026-07-r3"
    for places in (("DOH", "BAH"), ("BAH", "DOH"), ("KWI", "DXB")):
        e = exposure(check(*places, date="2026-10-03"), "gulf-waters")
        assert any(name.startswith(easa) for name in e.excepted), places
        assert e.verdict != "avoid"
    over = exposure(check("DMM", "CMB", date="2026-10-03"), "gulf-waters")
    assert (over.verdict, over.reason, over.excepted) == ("avoid", "overflight", frozenset())
    assert over.inside_km > 100


def test_above_the_block_that_was_closed_mh17_was_not_clear() -> None:
    when = parse_stamp("2014-07-17T13:20:02Z")
    zones = rc.load_zones()
    levels = {
        feet: check_position(38.526, 48.127, feet, zones, when)[0].level
        for feet in (30_000, 32_000, 33_000)
    }
    assert levels == {30_000: "avoid", 32_000: "avoid", 33_000: "caution"}


@pytest.mark.parametrize("places", [("ESB", "TBS"), ("HEL", "ARN")])
def test_missile_ranges_flag_nobody(places: tuple[str, str]) -> None:
    a = check(*places)
    assert a.exposures == ()
    assert a.nearest[1] > 50


@pytest.mark.parametrize(
    "places",
    [("AKL", "SCL"), ("LAX", "HKG"), ("60,10", "60,-170"), ("MAD", "WLG"), ("0.3,0", "0.2,179.6")],
)
def test_lengths_and_paths_are_those_of_geographiclib(places: tuple[str, str]) -> None:
    a = check(*places)
    one, two = a.route.places
    line = Geodesic.WGS84.InverseLine(one.lat, one.lon, two.lat, two.lon)
    assert a.distance_km == pytest.approx(line.s13 / 1000, abs=1e-6)
    lines = [f for f in a.to_geojson()["features"] if f["properties"]["role"] == "route"]
    for feature in lines:
        kind, coordinates = feature["geometry"]["type"], feature["geometry"]["coordinates"]
        points = coordinates if kind == "LineString" else [p for part in coordinates for p in part]
        for lon, lat in points[:: max(1, len(points) // 20)]:
            # Every drawn point lies on the geodesic: its distances to both ends add up, to the
            # 70 m that a date line cut by interpolation may stray.
            there = Geodesic.WGS84.Inverse(one.lat, one.lon, lat, lon)["s12"]
            back = Geodesic.WGS84.Inverse(lat, lon, two.lat, two.lon)["s12"]
            assert there + back == pytest.approx(line.s13, abs=200)


def test_nearly_opposite_places_have_no_single_path() -> None:
    a = check("MAD", "WLG")
    assert a.distance_km > 19_800
    assert any("not unique" in caveat for caveat in a.caveats)
    assert not any("not unique" in caveat for caveat in check("LHR", "JFK").caveats)


def test_the_record_is_plain_json_and_repeats() -> None:
    one, two = check("BAK", "GRV").to_dict(), check("BAK", "GRV").to_dict()
    one.pop("checked_at")
    two.pop("checked_at")
    assert json.loads(json.dumps(one, allow_nan=False)) == two


def test_check_and_measure_give_the_same_numbers() -> None:
    zones = rc.load_zones().on(TODAY)
    for places in (("BAK", "GRV"), ("LHR", "DEL"), ("SVX", "OVB"), ("HND", "LHR"), ("DXB", "KBL")):
        a = check(*places)
        one, two = a.route.places
        m = rc.measure([[one.lon, one.lat, two.lon, two.lat]], zones, 50)
        measured = {
            zones[z].id: numbers
            for z, *numbers in zip(m.zone, m.inside_km, m.buffered_km, m.closest_km, strict=True)
        }
        assert set(measured) == {e.zone.id for e in a.exposures}
        for e in a.exposures:
            expected = (e.inside_km, e.buffered_km, e.closest_km)
            np.testing.assert_allclose(measured[e.zone.id], expected, atol=1e-6)


def test_positions_airports_and_words_are_the_same_route() -> None:
    words = check("GYD", "GRV")
    places = check(rc.resolve("gyd"), rc.resolve("GRV"))
    joined = check("gyd-grv")
    pairs = rc.check((words.route.origin.lat, words.route.origin.lon), "GRV", date=TODAY)
    for other in (places, joined, pairs):
        assert other.distance_km == pytest.approx(words.distance_km, abs=1e-9)
        assert other.score == words.score


def test_geojson_pieces_cover_the_route_without_overlap() -> None:
    for places in (("BAK", "GRV"), ("LHR", "DEL"), ("HND", "OVB", "LHR")):
        a = check(*places)
        pieces = [f["properties"] for f in a.__geo_interface__["features"]]
        pieces = [p for p in pieces if p["role"] == "route"]
        assert pieces[0]["enter_km"] == 0
        assert pieces[-1]["exit_km"] == pytest.approx(a.distance_km, abs=0.001)
        for one, two in itertools.pairwise(pieces):
            assert one["exit_km"] == two["enter_km"]
        inside = sum(p["exit_km"] - p["enter_km"] for p in pieces if p["where"] == "inside")
        assert inside >= max(e.inside_km for e in a.exposures) - 0.01


@pytest.mark.parametrize(
    ("places", "text"),
    [
        (("LHR", "LHR"), "same place"),
        (("LON", "LHR"), "same place"),
        (("LHR",), "origin and a destination"),
        ((), "origin and a destination"),
        (("LHR", "QQQ"), "QQQ"),
        (("91,0", "LHR"), "latitude"),
        (("LHR", "0,181"), "longitude"),
        (("LHR", "JFK", "JFK"), "same place"),
    ],
)
def test_errors_say_what_to_do(places: tuple[str, ...], text: str) -> None:
    with pytest.raises(rc.RoutecheckError, match=text):
        check(*places)


@pytest.mark.parametrize(
    "options",
    [
        {"cruise": "high"}, {"cruise": 100}, {"watch_km": -1}, {"watch_km": 2000},
        {"speed_kt": 0}, {"max_age_days": -1}, {"watch_km": float("nan")}, {"date": "tomorrow"},
    ],
)  # fmt: skip
def test_numbers_out_of_range_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(rc.RoutecheckError):
        rc.check("LHR", "JFK", **{"date": TODAY, **options})


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("GYD-GRV", ["GYD", "GRV"]),
        ("gyd-grv-mow", ["gyd", "grv", "mow"]),
        ("UBBB-URMG", ["UBBB", "URMG"]),
        ("LHR to JFK", ["LHR", "JFK"]),
        ("LHR JFK", ["LHR", "JFK"]),
        ("LHR → JFK", ["LHR", "JFK"]),
        ("GYD-QQQ", ["GYD", "QQQ"]),
        ("port-au-prince", ["port-au-prince"]),
        ("port-vila", ["port-vila"]),
        ("hat yai", ["hat yai"]),
        ("tel aviv", ["tel aviv"]),
        ("43.3,45.7", ["43.3,45.7"]),
    ],
)
def test_words_that_are_several_codes(word: str, parts: list[str]) -> None:
    assert split_codes([word]) == parts


def test_a_landing_in_a_known_gap_is_not_called_clear() -> None:
    a = check("LAD", "FIH")
    assert (a.verdict, a.score) == ("unknown", None)
    assert a.headline.startswith("UNKNOWN: Kinshasa (FIH) lies in a country with official notices")
    over = check("LHR", "FIH", "GRV")
    assert over.verdict == "avoid"
    assert any("Not held yet" in caveat and "FIH" in caveat for caveat in over.caveats)
    zones = rc.load_zones()
    assert {z.id for z in zones} >= {"iran"}
    assert not {"IR", "IQ", "GB", "US", "IL", "QA", "ML"} & set(zones.gap_countries)


def test_the_zone_that_decides_comes_first_for_people() -> None:
    a = check("IST", "GYD", "DEL")
    worst = row(a)
    assert a.verdict == "avoid"
    assert exposure(a, worst["worst_zone"]).verdict == "avoid"
    text = report_text(a)
    why = text[text.index("WHY") :]
    assert why.index("AVOID") < why.index("CAUTION")


def test_a_step_down_says_why() -> None:
    assert "counts as caution, not avoid: within the buffer only" in report_text(
        check("TBS", "GYD")
    )
    flown = " ".join(report_text(check("DEL", "TAS")).split())
    assert "counts as caution, not avoid: at levels" in flown
