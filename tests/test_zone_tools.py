"""The tool that draws the built-in zones: its words, its exactness, and that its output is kept."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import shapely
from pyproj import Geod
from shapely.geometry import Point

ROOT = Path(__file__).resolve().parent.parent
WGS84 = Geod(ellps="WGS84")


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
        id="made-up", name="Made up", shape=area, accuracy_km=1.0, basis="made up", exact=exact,
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


def test_a_disc_holds_all_that_is_near_and_little_more(tool: ModuleType) -> None:
    km = 150 * 1.852
    disc = tool.polygon_of(tool.Disc(34.71, 28.76, km))
    for bearing in range(0, 360, 7):
        for share, inside in ((0.9999, True), (1.002, False)):
            lon, lat, _ = WGS84.fwd(34.71, 28.76, bearing, km * 1000 * share)
            assert disc.contains(Point(lon, lat)) is inside, (bearing, share)


def test_a_belt_is_as_wide_as_it_says_all_round(tool: ModuleType) -> None:
    km = 160 * 1.852
    ring = tool.polygon_of(tool.Within(tool.Box(34.0, 44.0, 40.0, 52.0), km))
    for lon, lat, bearing in ((34, 48, 270), (40, 48, 90), (37, 44, 180), (40, 52, 45)):
        near = WGS84.fwd(lon, lat, bearing, km * 990)
        far = WGS84.fwd(lon, lat, bearing, km * 1010)
        assert ring.contains(Point(near[0], near[1])), (lon, lat)
        assert not ring.contains(Point(far[0], far[1])), (lon, lat)


def test_a_belt_that_comes_out_empty_is_an_error(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "discs", lambda places, km: shapely.Polygon())
    with pytest.raises(ValueError, match="no belt"):
        tool.polygon_of(tool.Within(tool.Box(34.0, 44.0, 40.0, 52.0), 100))


def test_a_belt_keeps_its_hole(tool: ModuleType) -> None:
    box = tool.Box(12.0, 40.0, 13.0, 41.0)
    made = tool.outline(
        tool.Recipe(
            id="belt", name="Belt", shape=tool.Within(box, 50) - box, accuracy_km=1.0,
            basis="made up", holes=True, tolerance_km=0.5,
        )
    )  # fmt: skip
    assert len(made.interiors) == 1
    assert made.exterior.is_ccw
    assert not made.interiors[0].is_ccw


def test_the_files_hold_what_the_tool_holds(tool: ModuleType) -> None:
    """Advisories and words in ``zones/`` are those of ``tools/``: nobody edited a file by hand."""
    written = {}
    for path in (ROOT / "zones").glob("*.geojson"):
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


def test_an_advisory_for_a_zone_that_is_not_drawn_stops_the_tool(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "RECIPES", tool.RECIPES[1:])
    with pytest.raises(SystemExit, match=f"no recipe draws: .*{tool.RECIPES[0].id}|no recipe"):
        tool.main(["--check"])


def test_only_a_file_that_exists_can_be_asked_for(tool: ModuleType) -> None:
    with pytest.raises(SystemExit, match="no recipe is for 'atlantis'"):
        tool.main(["--check", "--only", "atlantis"])
