"""The ready-made tables say what their sources say, and are left alone when they do not."""

from __future__ import annotations

import copy
import pickle
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from helpers import load_tool
from routecheck.airports import codes
from routecheck.airports.names import fold
from routecheck.airports.table import Table
from routecheck.geometry.index import build_index, index_of
from routecheck.packed import pack, unpack
from routecheck.zones import builtin
from routecheck.zones.builtin import builtin_files, builtin_folder, builtin_set
from routecheck.zones.model import ZoneSet
from routecheck.zones.sources import read_shipped
from test_shipped import plain

# -- the file ----------------------------------------------------------------------------------

PARTS = {"a": np.arange(5.0), "b": b"words", "c": np.array([1, -2], dtype=np.int16), "d": b""}


def written(folder: Path, data: bytes) -> Path:
    path = folder / "a.table"
    path.write_bytes(data)
    return path


def test_a_table_gives_back_what_was_put_in(tmp_path):
    table = unpack(written(tmp_path, pack({"é": [1, None]}, PARTS)))
    assert table is not None
    assert table.meta == {"é": [1, None]}
    assert table.kinds == {"a": "<f8", "b": "", "c": "<i2", "d": ""}
    assert bytes(table.part("b")) == b"words"
    assert table.array("a").tolist() == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert table.array("c").tolist() == [1, -2]
    assert not table.array("a").flags.writeable


def test_the_same_content_gives_the_same_bytes():
    assert pack({}, PARTS) == pack({}, dict(PARTS))
    assert pack({}, {"c": PARTS["c"]}) == pack({}, {"c": PARTS["c"].astype(">i2")})  # type: ignore[union-attr]


@pytest.mark.parametrize("cut", [0, 3, 8, 15, 16, 60, 80, -1])
def test_a_part_of_a_table_is_none(tmp_path, cut):
    assert unpack(written(tmp_path, pack({}, {"a": np.arange(5.0)})[:cut])) is None


@pytest.mark.parametrize("data", [b"", b"RCTABLE1", b"RCTABLE1" + b"\0" * 64, b"x" * 500])
def test_something_else_is_no_table(tmp_path, data):
    assert unpack(written(tmp_path, data)) is None


def test_no_file_is_no_table(tmp_path):
    assert unpack(tmp_path / "none.table") is None


# -- zones -------------------------------------------------------------------------------------


def from_table(zones: ZoneSet) -> bool:
    return zones[0].outline.given is not None


def as_read(zones: ZoneSet) -> dict[str, object]:
    """All that a set says, without how it was come by."""
    said = plain(zones)
    for zone in said["zones"]:
        del zone["outline"]["given"]
    return said


@pytest.fixture(scope="module")
def parsed() -> ZoneSet:
    return read_shipped(builtin_files())


def test_tables_are_up_to_date():
    stale = [path.name for path in load_tool("make_tables").out_of_date()]
    if codes.ready_index() is None and codes.INDEX.is_file():
        stale.remove(codes.INDEX.name)  # it is of another release of airportsdata
    assert not stale, "run: python tools/make_tables.py"


def test_the_table_says_what_the_files_say(parsed):
    ready = builtin_set()
    assert from_table(ready)
    assert not from_table(parsed)
    assert as_read(ready) == as_read(parsed)
    for mine, usual in zip(ready, parsed, strict=True):
        for name in ("lon", "lat", "ring_start", "polygon"):
            a, b = getattr(mine.outline, name), getattr(usual.outline, name)
            assert a.dtype == b.dtype
            assert not a.flags.writeable


def test_the_index_is_the_one_that_would_be_built(parsed):
    outlines = [zone.outline for zone in builtin_set()]
    ready, built = index_of(outlines), build_index([zone.outline for zone in parsed])
    assert len(ready) == len(built)
    for name, array in built.shapes._asdict().items():
        mine = getattr(ready.shapes, name)
        assert (mine.dtype, mine.flags.writeable) == (array.dtype, array.flags.writeable), name
        np.testing.assert_allclose(mine, array, rtol=0, atol=1e-9, err_msg=name)


def loaded_from(folder: Path, monkeypatch: pytest.MonkeyPatch) -> ZoneSet:
    monkeypatch.setattr(builtin, "builtin_folder", lambda: folder)
    return builtin_set()


@pytest.fixture
def copied(tmp_path) -> Path:
    return Path(shutil.copytree(builtin_folder(), tmp_path / "zones"))


def test_a_copy_of_the_files_is_read_from_the_table(copied, monkeypatch):
    assert from_table(loaded_from(copied, monkeypatch))


def test_a_file_changed_by_hand_is_read(copied, monkeypatch):
    path = copied / "north-caucasus.geojson"
    text = path.read_text("utf-8")
    # As long as before, so that its size says nothing.
    path.write_text(text.replace("North Caucasus air", "South Caucasus air"), "utf-8", newline="\n")
    zones = loaded_from(copied, monkeypatch)
    assert not from_table(zones)
    assert any(zone.name.startswith("South Caucasus air") for zone in zones)


def test_a_file_taken_away_is_gone(copied, monkeypatch, parsed):
    (copied / "cyprus.geojson").unlink()
    zones = loaded_from(copied, monkeypatch)
    assert not from_table(zones)
    assert "cyprus.geojson" not in zones.files
    assert len(zones) < len(parsed)


def test_a_file_added_is_read(copied, monkeypatch, parsed):
    text = (copied / "cyprus.geojson").read_text("utf-8")
    for zone in parsed:
        text = text.replace(f'"{zone.id}"', f'"new-{zone.id}"')
    (copied / "added.geojson").write_text(text, "utf-8")
    assert "added.geojson" in loaded_from(copied, monkeypatch).files


@pytest.mark.parametrize(
    "data", [None, b"", b"RCTABLE1", pack({}, {}), pack([], {}), pack({"made_of": 1}, {})]
)
def test_without_a_table_the_files_are_read(copied, monkeypatch, tmp_path, parsed, data):
    table = tmp_path / "zones.table"
    if data is not None:
        table.write_bytes(data)
    monkeypatch.setattr(builtin, "TABLE", table)
    zones = loaded_from(copied, monkeypatch)
    assert not from_table(zones)
    assert zones.sha256 == parsed.sha256


def test_a_zone_of_the_table_can_be_copied_before_its_geometry_is_drawn(copied, monkeypatch):
    zones, usual = loaded_from(copied, monkeypatch), builtin_set()
    for zone, expected in zip(zones[:5], usual[:5], strict=True):
        assert pickle.loads(pickle.dumps(zone)).geometry == expected.geometry
        assert copy.deepcopy(zone).geometry == expected.geometry
        assert replace(zone, id="x").geometry == expected.geometry
        with pytest.raises(AttributeError, match="no attribute 'geometri'"):
            zone.geometri  # noqa: B018


# -- airports ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def indexed() -> Table:
    index = codes.ready_index()
    if index is None:
        pytest.skip("the index is of another release of airportsdata")
    return Table(index)


@pytest.fixture(scope="module")
def whole() -> Table:
    file = codes.data_file()
    assert file is not None
    return Table(file.read_bytes())


def test_the_index_finds_what_is_in_the_file(indexed, whole):
    for row in whole.rows:
        if row.iata:
            assert plain(indexed.iata(row.iata)) == plain(row)
        if row.icao:
            assert plain(indexed.icao(row.icao)) == plain(row)
        for word in filter(codes.short, row.city_keys | row.name_keys):
            assert list(map(plain, indexed.called(word))) == list(map(plain, whole.called(word)))


@pytest.mark.parametrize("word", ["ZZZ", "ÄBC", "AB", "", "A B", "ABCDE", "00AA", "\ud800AB"])
def test_the_index_finds_nothing_else(indexed, whole, word):
    assert indexed.iata(word) is None
    assert indexed.icao(word) is None
    assert len(indexed.called(fold(word))) == len(whole.called(fold(word)))


def test_a_row_is_the_same_however_it_was_found(indexed):
    row = indexed.iata("GYD")
    assert row is indexed.icao("UBBB")
    assert row in indexed.containing("baku")


def test_the_index_of_another_release_is_not_used(monkeypatch, tmp_path):
    file = codes.data_file()
    assert file is not None
    shutil.copy(file, tmp_path)
    (tmp_path / "__init__.py").write_text("__version__ = '1'\n")
    monkeypatch.setattr(codes, "data_file", lambda: tmp_path / "airports.csv")
    assert codes.ready_index() is None


@pytest.mark.parametrize("data", [b"", pack({}, {}), pack([], {})])
def test_a_broken_index_is_not_used(monkeypatch, tmp_path, data):
    monkeypatch.setattr(codes, "INDEX", written(tmp_path, data))
    assert codes.ready_index() is None
