"""The tool that draws the built-in zones: its words, its exactness, and that its output is kept."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import shapely
from pyproj import Geod
from shapely.geometry import Point

from helpers import REPO, load_tool

WGS84 = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """``tools/build_zones.py``, loaded from its place outside the package."""
    return load_tool("build_zones")


@pytest.fixture(scope="module")
def draw(tool: ModuleType) -> ModuleType:
    """``tools/zoneset/drawing.py``."""
    return sys.modules["zoneset.drawing"]


@pytest.fixture(scope="module")
def words(tool: ModuleType) -> ModuleType:
    """``tools/zoneset/shapes.py``."""
    return sys.modules["zoneset.shapes"]


MADE_UP = {
    "tst": {
        "West": [shapely.box(10.0, 40.0, 12.0, 42.0)],
        "East": [shapely.box(12.0, 40.0, 14.0, 42.0)],
        "Islet": [shapely.box(20.0, 40.0, 20.01, 40.01)],
    }
}


def recipe(words: ModuleType, area: Any, exact: Any = None) -> Any:
    return words.Recipe(
        id="made-up", name="Made up", shape=area, accuracy_km=1.0, basis="made up", exact=exact,
    )  # fmt: skip


def test_recipe_words(draw: ModuleType, words: ModuleType) -> None:
    country = words.Provinces("tst")
    lake = words.Box(11.0, 40.5, 11.5, 41.0)
    sea = words.Drawn(((14.0, 40.5), (15.0, 40.5), (15.0, 41.5), (14.0, 41.5)))
    area = draw.polygon_of((country - lake | sea) & words.Box(9, 39, 16, 43), MADE_UP.__getitem__)
    assert area.area == pytest.approx(8.0 - 0.25 + 1.0)
    west = draw.polygon_of(words.Provinces("tst", but=("East", "Islet")), MADE_UP.__getitem__)
    assert west.bounds == (10.0, 40.0, 12.0, 42.0)
    with pytest.raises(ValueError, match="no province"):
        draw.polygon_of(words.Provinces("tst", only=("North",)), MADE_UP.__getitem__)
    with pytest.raises(ValueError, match="crosses itself"):
        draw.polygon_of(words.Drawn(((0, 0), (1, 1), (1, 0), (0, 1))))


def test_outline_is_cut_exactly_filled_and_turned_the_right_way(
    tool: ModuleType, draw: ModuleType, words: ModuleType
) -> None:
    lake = words.Box(11.0, 40.5, 11.5, 41.0)
    made = draw.outline(
        recipe(words, words.Provinces("tst") - lake, words.Box(0, 0, 13.0, 90)), MADE_UP.__getitem__
    )
    assert made.geom_type == "Polygon"  # the islet is gone
    assert not made.interiors
    assert made.exterior.is_ccw
    assert made.bounds[2] == 13.0
    assert made.area == pytest.approx(6.0, rel=0.01)


def test_the_same_recipe_gives_the_same_bytes(
    tool: ModuleType, draw: ModuleType, words: ModuleType
) -> None:
    texts = set()
    for only in (("West", "East"), ("East", "West")):
        made = draw.outline(recipe(words, words.Provinces("tst", only=only)), MADE_UP.__getitem__)
        document = {"features": [{"geometry": shapely.geometry.mapping(made)}]}
        texts.add(tool.document_text(document))
    assert len(texts) == 1
    assert json.loads(texts.pop())["features"][0]["geometry"]["type"] == "Polygon"


def test_offshore_belt_is_as_wide_as_it_says(draw: ModuleType) -> None:
    sea = shapely.box(14.0, 40.5, 16.0, 41.5)
    belt = draw.offshore(shapely.box(12.0, 40.0, 14.0, 42.0), 22.224, sea)
    west, _, east, _ = belt.bounds
    assert WGS84.inv(west, 41.0, east, 41.0)[2] == pytest.approx(22224, rel=0.01)


def test_a_disc_holds_all_that_is_near_and_little_more(draw: ModuleType, words: ModuleType) -> None:
    km = 150 * 1.852
    disc = draw.polygon_of(words.Disc(34.71, 28.76, km))
    for bearing in range(0, 360, 7):
        for share, inside in ((0.9999, True), (1.002, False)):
            lon, lat, _ = WGS84.fwd(34.71, 28.76, bearing, km * 1000 * share)
            assert disc.contains(Point(lon, lat)) is inside, (bearing, share)


def test_a_belt_is_as_wide_as_it_says_all_round(draw: ModuleType, words: ModuleType) -> None:
    km = 160 * 1.852
    ring = draw.polygon_of(words.Within(words.Box(34.0, 44.0, 40.0, 52.0), km))
    for lon, lat, bearing in ((34, 48, 270), (40, 48, 90), (37, 44, 180), (40, 52, 45)):
        near = WGS84.fwd(lon, lat, bearing, km * 990)
        far = WGS84.fwd(lon, lat, bearing, km * 1010)
        assert ring.contains(Point(near[0], near[1])), (lon, lat)
        assert not ring.contains(Point(far[0], far[1])), (lon, lat)


def test_a_belt_that_comes_out_empty_is_an_error(
    monkeypatch: pytest.MonkeyPatch, draw: ModuleType, words: ModuleType
) -> None:
    monkeypatch.setattr(draw, "discs", lambda places, km: shapely.Polygon())
    with pytest.raises(ValueError, match="no belt"):
        draw.polygon_of(words.Within(words.Box(34.0, 44.0, 40.0, 52.0), 100))


def test_a_belt_keeps_its_hole(draw: ModuleType, words: ModuleType) -> None:
    box = words.Box(12.0, 40.0, 13.0, 41.0)
    made = draw.outline(
        words.Recipe(
            id="belt", name="Belt", shape=words.Within(box, 50) - box, accuracy_km=1.0,
            basis="made up", holes=True, tolerance_km=0.5,
        )
    )  # fmt: skip
    assert len(made.interiors) == 1
    assert made.exterior.is_ccw
    assert not made.interiors[0].is_ccw


def test_the_files_hold_what_the_tool_holds(tool: ModuleType) -> None:
    """Advisories and words in ``zones/`` are those of ``tools/``: nobody edited a file by hand."""
    written = {}
    for path in (REPO / "zones").glob("*.geojson"):
        if path.stem == "events":
            continue
        document = json.loads(path.read_text("utf-8"))
        for made in document["features"]:
            table = document["routecheck"]["advisories"]
            fields = made["properties"]
            written[fields["id"]] = fields, {key: table[key] for key in fields["advisories"]}
    assert {r.id for r in tool.RECIPES} == set(written)
    assert len(tool.RECIPES) == len(written)
    for recipe in tool.RECIPES:
        fields, advisories = written[recipe.id]
        assert (fields["basis"], fields["notes"]) == (recipe.basis, recipe.notes)
        assert (fields["buffer_km"], fields["kind"]) == (recipe.buffer_km, recipe.kind)
        assert advisories == tool.records_of(recipe.id)


def stops(tool: ModuleType, *arguments: str) -> str:
    """The message with which the tool stops."""
    with pytest.raises(SystemExit) as stopped:
        tool.main(["--check", *arguments])
    assert "nothing was written" in str(stopped.value) or "no recipe is for" in str(stopped.value)
    return str(stopped.value)


def one_more(tool: ModuleType, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    """The set with one more recipe, a copy of another with changes."""
    monkeypatch.setattr(tool, "RECIPES", (*tool.RECIPES, replace(tool.RECIPES[0], **changes)))


@pytest.mark.parametrize(
    ("changes", "say"),
    [
        ({"id": "iran"}, "2 recipes have the id 'iran'"),
        ({"id": "Nowhere Land"}, "use small letters"),
        ({"id": "nowhere", "basis": ""}, "nowhere: name and basis must say something"),
        ({"id": "nowhere", "kind": "war"}, "kind"),
        ({"id": "nowhere", "accuracy_km": -1}, "accuracy_km"),
        ({"id": "nowhere", "weapons": ("laser",)}, "laser"),
        ({"id": "nowhere", "group": "afrika"}, "did you mean 'africa'"),
        ({"id": "nowhere", "rated": "Atlantis"}, "Atlantis"),
    ],
)
def test_recipes_are_checked_before_anything_is_drawn(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], say: str
) -> None:
    one_more(tool, monkeypatch, **changes)
    assert say in stops(tool)


@pytest.mark.parametrize(
    ("changes", "say"),
    [
        ({"id": "x", "zones": ("irann",)}, "x: no recipe draws the zone 'irann': did you mean"),
        ({"id": "x", "issued": "01.10.2026"}, "YYYY-MM-DD"),
        ({"id": "x", "level": "ban"}, "'ban', not one of"),
        ({"id": "x", "ceiling_ft": "FL260"}, "FL260 is 26000"),
        ({"id": "x", "issued": "2026-01-02", "expires": "2026-01-01"}, "before issued"),
    ],
)
def test_records_are_checked_before_anything_is_drawn(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], say: str
) -> None:
    record = replace(tool.ADVISORIES[0], ended=None, **changes)
    assert record.id != tool.ADVISORIES[0].id
    monkeypatch.setattr(tool, "ADVISORIES", (*tool.ADVISORIES, record))
    assert say in stops(tool, "--only", "iran")


@pytest.mark.parametrize(
    ("area", "say"),
    [
        ("Provinces('bdx')", "no country 'bdx' on the map"),
        ("Provinces('mli', only=('Gaoo',))", r"no province \['Gaoo'\]"),
        ("Provinces('mli', only=('Gao'))", "several names"),
        ("Box(10, 50, 5, 60)", "west must be less"),
        ("Box(50, 100, 60, 110)", "longitude comes first"),
        ("Disc(45, 120, 50)", "longitude comes first"),
        ("Box(0, 0, 1, 1) & Box(5, 5, 6, 6)", "empty"),
        ("Within(Box(0, 0, 3, 3), 50) - Box(0, 0, 3, 3)", "holes=True"),
    ],
)
def test_shapes_that_cannot_be_meant(
    draw: ModuleType, words: ModuleType, area: str, say: str
) -> None:
    names = {name: getattr(words, name) for name in words.__all__}

    def land(country: str) -> Any:
        if country != "mli":
            return draw.natural_earth.__wrapped__(country)
        return {"Gao": [shapely.box(0, 15, 2, 17)]}

    if "bdx" in area and not draw.CACHE.exists():
        land = _no_country  # the map itself is fetched by npm
    with pytest.raises((ValueError, TypeError), match=say):
        draw.outline(recipe(words, eval(area, names)), land)


def _no_country(country: str) -> Any:
    raise ValueError(f"no country {country!r} on the map")


def test_an_advisory_for_a_zone_that_is_not_drawn_stops_the_tool(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "RECIPES", tool.RECIPES[1:])
    assert "no recipe draws the zone" in stops(tool)


def test_a_fault_in_the_notices_stops_the_tool(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "FAULTS", ("notices/asia.toml, x, level: is 'ban'",))
    assert "error: notices/asia.toml, x, level: is 'ban'" in stops(tool)


def test_another_routecheck_than_the_clones_stops_the_tool(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys.modules["pages"], "ROOT", tmp_path)
    with pytest.raises(SystemExit, match="not this clone: install the clone"):
        tool.main(["--check", "--only", "iran"])


def test_only_a_file_that_exists_can_be_asked_for(tool: ModuleType) -> None:
    assert "no recipe is for 'atlantis'" in stops(tool, "--only", "atlantis")
