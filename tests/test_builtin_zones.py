"""The built-in zone files: airports on the right side, advisories in order, dates that hold.

Plain JSON and shapely, without the project's own reader, so that a fault in one does not hide in
the other.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import airportsdata
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import Point, Polygon, shape

from routecheck.zones.ageing import standing
from routecheck.zones.model import KINDS, LEVELS, Advisory

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "zones").glob("*.geojson"))
DOCUMENTS = {path.name: json.loads(path.read_text("utf-8")) for path in FILES}
FEATURES = {
    made["properties"]["id"]: (made, document["routecheck"])
    for document in DOCUMENTS.values()
    for made in document["features"]
}
OUTLINES = {zone: shape(made["geometry"]) for zone, (made, _) in FEATURES.items()}
AIRPORTS = airportsdata.load("IATA")
WGS84 = Geod(ellps="WGS84")

ZONES = {
    "north-caucasus", "caspian-approaches", "rostov-fir", "russia-west-60e", "ukraine", "belarus",
    "iran", "iraq", "syria", "lebanon", "yemen", "sudan", "libya", "somalia", "afghanistan",
    "north-korea",
}  # fmt: skip
RUSSIAN = ("north-caucasus", "caspian-approaches", "rostov-fir", "russia-west-60e")
ROSTOV = RUSSIAN[:3]

INSIDE = {
    "north-caucasus": "GRV MCX IGT",
    "rostov-fir": "GRV MCX MRV AER ROV VOG KRR ASF OGZ NAL IGT",
    "russia-west-60e": "SVO DME VKO KZN UFA PEE LED MMK ARH KUF GSV GRV MCX MRV AER ROV VOG",
    "ukraine": "SIP KBP ODS LWO HRK DNK",
    "belarus": "MSQ GME BQT",
    "iran": "IKA THR MHD SYZ BND KIH TBZ ZAH",
    "iraq": "BGW BSR EBL NJF",
    "syria": "DAM ALP LTK",
    "lebanon": "BEY",
    "yemen": "SAH ADE RIY AAY",
    "sudan": "KRT PZU",
    "libya": "TIP MJI BEN MRA SEB",
    "somalia": "MGQ HGA BIB",
    "afghanistan": "KBL KDH HEA MZR",
    "north-korea": "FNJ",
}
OUTSIDE_ALL = (
    "SVX CEK KGD GYD SCO TBS EVN UGC ASB IST TZX DXB DOH BAH KWI MCT AMM TLV LCA JIB ASM JUB CAI "
    "HEL TLL RIX VNO WAW OTP RMO TAS DYU ISB PEW LHE ICN NRT GZT SCT TUN MLA"
)


def advisories_of(zone: str) -> dict[str, dict[str, Any]]:
    made, header = FEATURES[zone]
    return {key: header["advisories"][key] for key in made["properties"]["advisories"]}


def as_advisory(key: str, record: dict[str, Any]) -> Advisory:
    days = {
        name: date.fromisoformat(record[name]) if record[name] else None
        for name in ("issued", "expires", "ended")
    }
    return Advisory(id=key, **{**record, **days})


def standing_on(zone: str, day: str) -> dict[str, str]:
    """Advisory id -> level that counts on a day, by the project's own ageing."""
    when = date.fromisoformat(day)
    graded = {k: standing(as_advisory(k, r), when) for k, r in advisories_of(zone).items()}
    return {key: grade.level for key, grade in graded.items() if grade is not None}


def in_force(record: dict[str, Any], day: date) -> bool:
    text = day.isoformat()
    started = record["issued"] <= text
    not_over = record["ended"] is None or text < record["ended"]
    return started and not_over and (record["expires"] is None or text <= record["expires"])


def km_to_zone(zone: str, route: str) -> float:
    """Distance from a great circle, sampled every 5 km, to an outline; 0 inside."""
    a, b = (AIRPORTS[code] for code in route.split("-"))
    ends = (a["lon"], a["lat"], b["lon"], b["lat"])
    middle = WGS84.npts(*ends, int(WGS84.inv(*ends)[2] / 5000))
    points = shapely.points([ends[:2], *middle, ends[2:]])
    outline = OUTLINES[zone]
    nearest = points[shapely.distance(points, outline).argsort()[:40]]
    if outline.intersects(points).any():
        return 0.0
    ring = shapely.get_coordinates(shapely.segmentize(outline, 0.05))
    return min(
        WGS84.inv([p.x] * len(ring), [p.y] * len(ring), ring[:, 0], ring[:, 1])[2].min() / 1000
        for p in nearest
    )


# --- the files ------------------------------------------------------------------------------


def test_the_sixteen_zones_are_there_once() -> None:
    ids = [m["properties"]["id"] for d in DOCUMENTS.values() for m in d["features"]]
    assert len(ids) == len(set(ids))
    assert set(ids) == ZONES


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_header(name: str) -> None:
    header = DOCUMENTS[name]["routecheck"]
    assert header["schema"] == 1
    assert header["dataset"] == "routecheck built-in zones"
    assert header["as_of"] == "2026-10-03"
    assert header["covers"][1] == header["as_of"]
    assert header["licence"]
    assert header["credits"]
    assert header["gaps"]


def test_headers_agree() -> None:
    for key in ("dataset", "as_of", "covers", "licence", "credits", "gaps"):
        values = {json.dumps(d["routecheck"][key]) for d in DOCUMENTS.values()}
        assert len(values) == 1, key


def test_same_id_means_same_record_in_every_file() -> None:
    seen: dict[str, Any] = {}
    for document in DOCUMENTS.values():
        for key, record in document["routecheck"]["advisories"].items():
            assert seen.setdefault(key, record) == record


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_every_advisory_is_used_and_every_reference_resolves(name: str) -> None:
    document = DOCUMENTS[name]
    used = {key for m in document["features"] for key in m["properties"]["advisories"]}
    assert used == set(document["routecheck"]["advisories"])


def test_titles_are_unique_within_a_zone() -> None:
    for zone in ZONES:
        titles = [as_advisory(k, r).title for k, r in advisories_of(zone).items()]
        assert len(titles) == len(set(titles)), zone


# --- the advisories -------------------------------------------------------------------------


def all_records() -> Iterator[tuple[str, dict[str, Any]]]:
    for document in DOCUMENTS.values():
        yield from document["routecheck"]["advisories"].items()


def test_every_advisory_is_complete() -> None:
    for key, record in all_records():
        assert list(record) == [
            "issuer", "reference", "revision", "level", "binds", "floor_ft", "ceiling_ft", "issued",
            "expires", "ended", "applies", "exceptions", "url", "confidence", "summary",
        ]  # fmt: skip
        for name in ("issuer", "reference", "issued", "confidence", "binds", "summary"):
            assert record[name], (key, name)
        assert record["level"] in LEVELS
        assert record["applies"] in ("all", "overflight", "arrival-departure")
        assert record["issued"] <= "2026-10-03", key
        assert record["ended"] is None or record["ended"] > record["issued"], key
        assert record["expires"] is None or record["expires"] >= record["issued"], key
        assert (record["floor_ft"] or 0) < (record["ceiling_ft"] or 100_000), key
        if "text not seen" in record["confidence"]:
            assert record["level"] == "caution", key


def test_urls_are_official_pages_only() -> None:
    for key, record in all_records():
        assert record["url"] == "" or record["url"].startswith(
            ("https://www.easa.europa.eu/en/domains/air-operations/czibs", "https://www.faa.gov/")
        ), key


def test_revisions_of_one_bulletin_follow_one_another() -> None:
    for zone in ZONES:
        runs: dict[str, list[dict[str, Any]]] = {}
        for record in advisories_of(zone).values():
            if record["issuer"] in ("EASA", "FAA"):
                runs.setdefault(record["issuer"] + record["reference"], []).append(record)
        for reference, records in runs.items():
            records.sort(key=lambda r: r["issued"])
            for earlier, later in itertools.pairwise(records):
                same_day = earlier["issued"] == later["issued"]
                assert same_day or earlier["ended"] <= later["issued"], (zone, reference)


def test_on_the_eve_of_j2_8243_grozny_stood_under_two_notices() -> None:
    expected = {"canada-rostov": "avoid", "france-russia-rest": "caution"}
    for zone in ROSTOV:
        assert standing_on(zone, "2024-12-24") == expected
    assert standing_on("russia-west-60e", "2024-12-24") == {}


def test_after_it_easa_joined_them() -> None:
    assert "easa-2025-01-r0" not in standing_on("north-caucasus", "2025-01-08")
    for zone in RUSSIAN:
        assert standing_on(zone, "2025-01-09")["easa-2025-01-r0"] == "avoid"
        assert standing_on(zone, "2026-10-03")["easa-2025-01-r3"] == "avoid"


def test_before_2022_no_notice_covered_grozny() -> None:
    assert standing_on("north-caucasus", "2022-02-23") == {}


def test_belts_around_ukraine_are_not_taken_for_more() -> None:
    for zone in RUSSIAN:
        issuers = {record["issuer"] for record in advisories_of(zone).values()}
        assert "FAA" not in issuers, zone
        assert all("2022-01" not in r["reference"] for r in advisories_of(zone).values())
    assert {r["issuer"] for r in advisories_of("russia-west-60e").values()} == {
        "EASA", "Germany", "Italy",
    }  # fmt: skip


def test_mh17_and_ps752_days_are_told_as_they_were() -> None:
    assert standing_on("ukraine", "2014-07-16") == {}
    assert standing_on("iran", "2020-01-07") == {}
    assert standing_on("iran", "2020-01-08") == {"faa-a0002-20": "avoid"}


@pytest.mark.parametrize("zone", ["iran", "iraq", "lebanon"])
def test_three_bulletins_lapsed_and_nothing_says_they_ended(zone: str) -> None:
    lapsed = [k for k, r in advisories_of(zone).items() if r["expires"] == "2026-11-16"]
    assert len(lapsed) == 1
    assert advisories_of(zone)[lapsed[0]]["ended"] is None
    assert standing_on(zone, "2026-11-16")[lapsed[0]] == "avoid"
    assert standing_on(zone, "2026-11-20")[lapsed[0]] == "caution"  # 47 days: a short notice


def test_levels_of_height() -> None:
    ceilings = {
        ("afghanistan", "easa-2017-08-r19"): 32000,
        ("somalia", "easa-2017-05-r20"): 26000,
        ("libya", "easa-2017-02-r20"): 32000,
        ("iraq", "faa-sfar-77-2024"): 32000,
        ("iraq", "germany-iraq"): 28000,
        ("somalia", "uk-somalia"): 25000,
    }
    for (zone, key), feet in ceilings.items():
        record = advisories_of(zone)[key]
        assert (record["floor_ft"], record["ceiling_ft"]) == (None, feet)


def test_covers_holds_on_every_day() -> None:
    first, last = (date.fromisoformat(d) for d in FEATURES["iran"][1]["covers"])
    records = {zone: list(advisories_of(zone).values()) for zone in ZONES}

    def bare(day: date) -> list[str]:
        return [z for z, rs in records.items() if not any(in_force(r, day) for r in rs)]

    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        assert not bare(day), day
    month_before = [first - timedelta(days=n) for n in range(1, 32)]
    assert any(bare(day) for day in month_before), "covers could begin a month earlier"


# --- the outlines ---------------------------------------------------------------------------


@pytest.mark.parametrize("zone", sorted(ZONES))
def test_outline_is_sound(zone: str) -> None:
    outline = OUTLINES[zone]
    assert outline.is_valid
    assert 10 < shapely.get_num_coordinates(outline) <= 800
    for part in shapely.get_parts(outline):
        assert part.exterior.is_ccw
        assert not part.interiors
        points = list(part.exterior.coords)
        assert all(x == round(x, 4) and y == round(y, 4) for x, y in points)
        assert all(abs(a[0] - b[0]) < 180 for a, b in itertools.pairwise(points))


@pytest.mark.parametrize("zone", sorted(ZONES))
def test_properties(zone: str) -> None:
    fields = FEATURES[zone][0]["properties"]
    assert fields["name"]
    assert fields["kind"] in KINDS
    assert fields["group"] in {
        "caucasus", "russia", "ukraine", "middle-east", "africa", "afghanistan", "korea",
    }  # fmt: skip
    assert fields["buffer_km"] == (25 if zone == "north-caucasus" else 0)
    assert 0 < fields["accuracy_km"] <= 30
    assert len(fields["basis"]) > 40
    assert fields["notes"]
    assert fields["advisories"]


@pytest.mark.parametrize(
    ("zone", "code"), [(zone, code) for zone, codes in INSIDE.items() for code in codes.split()]
)
def test_airport_inside(zone: str, code: str) -> None:
    assert OUTLINES[zone].contains(Point(AIRPORTS[code]["lon"], AIRPORTS[code]["lat"]))


@pytest.mark.parametrize("code", OUTSIDE_ALL.split())
def test_airport_outside_all(code: str) -> None:
    point = Point(AIRPORTS[code]["lon"], AIRPORTS[code]["lat"])
    assert [zone for zone, outline in OUTLINES.items() if outline.contains(point)] == []


def test_the_line_of_60_east_is_exact() -> None:
    outline = OUTLINES["russia-west-60e"]
    assert outline.bounds[2] == 60.0
    east = [y for x, y in shapely.get_coordinates(outline) if x == 60.0]
    assert min(east) < 52
    assert max(east) == 82.0
    assert km_to_zone("russia-west-60e", "SVX-OVB") == pytest.approx(49.1, abs=0.5)


def test_north_caucasus_lies_within_the_wider_zones() -> None:
    small = OUTLINES["north-caucasus"]
    for wide in ("rostov-fir", "russia-west-60e"):
        assert small.difference(OUTLINES[wide]).area < 0.01 * small.area


def test_yemen_stays_west_of_b400() -> None:
    east_of_b400 = Polygon(
        [(51.4056, 12.0261), (53.0706, 14.6589), (53.5664, 15.4342), (54.7875, 17.27), (60, 17.27),
         (60, 12.0)]
    )  # fmt: skip
    assert not OUTLINES["yemen"].intersects(east_of_b400)


@pytest.mark.parametrize(
    ("route", "zone"),
    [
        ("GYD-GRV", "north-caucasus"), ("GYD-GRV", "rostov-fir"), ("SVO-LED", "russia-west-60e"),
        ("IKA-DXB", "iran"), ("TAS-KHI", "afghanistan"), ("LHR-DEL", "ukraine"),
        ("LHR-DEL", "afghanistan"), ("AMS-KUL", "ukraine"),
    ],
)  # fmt: skip
def test_great_circle_crosses(route: str, zone: str) -> None:
    assert km_to_zone(zone, route) == 0.0


@pytest.mark.parametrize("route", ["IST-TBS", "HEL-ARN", "LHR-JFK", "MAD-FCO"])
def test_great_circle_keeps_clear(route: str) -> None:
    near = {zone: km for zone in ZONES if (km := km_to_zone(zone, route)) <= 50}
    assert near == {}


# --- the tool that makes them ---------------------------------------------------------------


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """``tools/build_zones.py``, loaded from its place outside the package."""
    path = ROOT / "tools" / "build_zones.py"
    spec = importlib.util.spec_from_file_location("build_zones", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_zones"] = module
    spec.loader.exec_module(module)
    return module


MADE_UP = {
    "tst": {
        "West": [shapely.box(10.0, 40.0, 12.0, 42.0)],
        "East": [shapely.box(12.0, 40.0, 14.0, 42.0)],
        "Islet": [shapely.box(20.0, 40.0, 20.01, 40.01)],
    }
}


def recipe(tool: ModuleType, area: Any, exact: Any = None) -> Any:
    return tool.Recipe(
        id="made-up", file="made-up", name="Made up", kind="conflict", group="africa", shape=area,
        accuracy_km=1.0, basis="made up", notes="", exact=exact,
    )  # fmt: skip


def test_recipe_words(tool: ModuleType) -> None:
    country = tool.Provinces("tst")
    lake = tool.Box(11.0, 40.5, 11.5, 41.0)
    sea = tool.Drawn(((14.0, 40.5), (15.0, 40.5), (15.0, 41.5), (14.0, 41.5)))
    area = tool.polygon_of((country - lake | sea) & tool.Box(9, 39, 16, 43), MADE_UP.__getitem__)
    assert area.area == pytest.approx(8.0 - 0.25 + 1.0)
    west = tool.polygon_of(tool.Provinces("tst", but=("East", "Islet")), MADE_UP.__getitem__)
    assert west.bounds == (10.0, 40.0, 12.0, 42.0)
    with pytest.raises(KeyError, match="no province"):
        tool.polygon_of(tool.Provinces("tst", only=("North",)), MADE_UP.__getitem__)
    with pytest.raises(ValueError, match="crosses itself"):
        tool.polygon_of(tool.Drawn(((0, 0), (1, 1), (1, 0), (0, 1))))


def test_outline_is_cut_exactly_filled_and_turned_the_right_way(tool: ModuleType) -> None:
    lake = tool.Box(11.0, 40.5, 11.5, 41.0)
    made = tool.outline(
        recipe(tool, tool.Provinces("tst") - lake, tool.Box(0, 0, 13.0, 90)), MADE_UP.__getitem__
    )
    assert made.geom_type == "Polygon"  # the islet is gone
    assert not made.interiors
    assert made.exterior.is_ccw
    assert made.bounds[2] == 13.0
    assert made.area == pytest.approx(6.0, rel=0.01)


def test_the_same_recipe_gives_the_same_bytes(tool: ModuleType) -> None:
    texts = set()
    for only in (("West", "East"), ("East", "West")):
        made = tool.outline(recipe(tool, tool.Provinces("tst", only=only)), MADE_UP.__getitem__)
        document = {"features": [{"geometry": shapely.geometry.mapping(made)}]}
        texts.add(tool.as_text(document))
    assert len(texts) == 1
    assert json.loads(texts.pop())["features"][0]["geometry"]["type"] == "Polygon"


def test_offshore_belt_is_as_wide_as_it_says(tool: ModuleType) -> None:
    sea = shapely.box(14.0, 40.5, 16.0, 41.5)
    belt = tool.offshore(shapely.box(12.0, 40.0, 14.0, 42.0), 22.224, sea)
    west, _, east, _ = belt.bounds
    assert WGS84.inv(west, 41.0, east, 41.0)[2] == pytest.approx(22224, rel=0.01)


def test_covers_is_worked_out_from_the_records(tool: ModuleType) -> None:
    def record(issued: str, expires: str | None = None, ended: str | None = None) -> dict[str, Any]:
        return {"issued": issued, "expires": expires, "ended": ended}

    per_zone = {
        "one": [record("2020-01-01", ended="2021-06-01"), record("2021-06-01")],
        "two": [record("2019-01-01", expires="2020-12-31"), record("2021-01-02")],
    }
    assert tool.covers_from(per_zone, date(2022, 1, 1)) == date(2021, 1, 2)
    assert tool.month_after(date(2025, 1, 3)) == date(2025, 2, 1)
    assert tool.month_after(date(2024, 12, 31)) == date(2025, 1, 1)
    with pytest.raises(SystemExit, match="two"):
        tool.covers_from({"two": [record("2023-01-01")]}, date(2022, 1, 1))


def test_the_files_hold_what_the_tool_holds(tool: ModuleType) -> None:
    """Advisories and words in ``zones/`` are those of ``tools/``: nobody edited a file by hand."""
    assert {r.id for r in tool.RECIPES} == ZONES
    for made in tool.RECIPES:
        fields = FEATURES[made.id][0]["properties"]
        assert (fields["basis"], fields["notes"]) == (made.basis, made.notes)
        assert advisories_of(made.id) == tool.records_of(made.id)
