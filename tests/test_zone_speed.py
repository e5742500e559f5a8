"""Large zone files: the quick ways decide what the careful ones decide, kept files say the same."""

from __future__ import annotations

import copy
import dataclasses
import json
import os
import pickle
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from routecheck import check
from routecheck.cli import main
from routecheck.errors import ZoneError
from routecheck.geometry.index import build_index
from routecheck.geometry.near_lines import NEAR_KM, NearLines
from routecheck.geometry.outlines import _distances_km, _lines
from routecheck.zones import cache, lint_file, load_zones, parse, parse_zones, quick
from routecheck.zones.codec import decoded, encoded
from routecheck.zones.model import Problem, ZoneSet
from routecheck.zones.stored import StoredZones
from zone_files import DOCUMENT, ring

Drawn = list[list[Any]]

ODD_RINGS: dict[str, Drawn] = {
    "clockwise": [[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]],
    "whole numbers": [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]],
    "a whole number among others": [[0.5, 0], [1.5, 0.5], [1.5, 1.5], [0.5, 0]],
    "minus nought": [[-0.0, 0.0], [1.5, 0.0], [1.5, 1.5], [-0.0, 0.0]],
    "heights": [[0.5, 0.5, 9], [1.5, 0.5, 9.5], [1.5, 1.5, None], [0.5, 0.5, 9]],
    "heights of some": [[0.5, 0.5, 9.0], [1.5, 0.5], [1.5, 1.5], [0.5, 0.5, 9.0]],
    "not closed": [[0.5, 0.5], [1.5, 0.5], [1.5, 1.5]],
    "vertex twice": [[0.5, 0.5], [1.5, 0.5], [1.5, 0.5], [1.5, 1.5], [0.5, 0.5]],
    "spike": [[0.5, 0.5], [1.5, 0.5], [2.5, 0.5], [1.5, 0.5], [1.5, 1.5], [0.5, 0.5]],
    "crosses itself": [[0.5, 0.5], [1.5, 1.5], [1.5, 0.5], [0.5, 1.0], [0.5, 0.5]],
    "no area": [[0.5, 0.5], [1.5, 0.5], [2.5, 0.5], [0.5, 0.5]],
    "two points": [[0.5, 0.5], [1.5, 0.5], [0.5, 0.5]],
    "empty": [],
    "past 180": [[179.5, 0.5], [181.5, 0.5], [181.5, 1.5], [179.5, 0.5]],
    "at 180": [[179.5, 0.5], [180.0, 0.5], [180.0, 1.5], [179.5, 0.5]],
    "wide": [[-179.5, 0.5], [179.5, 0.5], [179.5, 1.5], [-179.5, 0.5]],
    "round the pole": [[-180, 80], [-60, 80], [60, 80], [180, 80]],
    "pole": [[0.5, 89.5], [60.5, 89.5], [30.5, 90.0], [0.5, 89.5]],
    "latitude 91": [[0.5, 89.5], [60.5, 89.5], [30.5, 91.0], [0.5, 89.5]],
    "metres": [[500000.0, 0.5], [500001.0, 0.5], [500001.0, 2.5], [500000.0, 0.5]],
    "longitude 600": [[600.5, 0.5], [601.5, 0.5], [601.5, 1.5], [600.5, 0.5]],
    "text": [["0.5", 0.5], [1.5, 0.5], [1.5, 1.5], ["0.5", 0.5]],
    "true": [[True, 0.5], [2.5, 0.5], [2.5, 1.5], [True, 0.5]],
    "one number": [[0.5], [1.5], [1.5], [0.5]],
    "not a list": [0.5, 1.5, 1.5, 0.5],
    "huge": [[10**400, 0.5], [1.5, 0.5], [1.5, 1.5], [10**400, 0.5]],
    "long edges": [[-60.5, 60.0], [60.5, 60.0], [60.5, 70.0], [-60.5, 70.0], [-60.5, 60.0]],
    "tiny": [[0.5, 0.5], [0.5000001, 0.5], [0.5000001, 0.5000001], [0.5, 0.5]],
    "sliver": [[0.5, 0.5], [9.5, 0.5], [9.5, 0.50000000001], [0.5, 0.5]],
}
"""Rings that one rule or another speaks of, or nearly."""


def feature(number: int, coordinates: Any, form: str = "Polygon", **more: Any) -> dict[str, Any]:
    properties = {"id": f"z-{number}", "name": f"Zone {number}", "kind": "closed", **more}
    geometry = {"type": form, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def plain_features(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Squares, polygons with holes, and such of several parts; some run the wrong way round."""
    picked = random.Random(seed)
    made = []
    for number in range(count):
        west, south = picked.uniform(-170, 160), picked.uniform(-75, 70)
        size = picked.choice([0.01, 0.3, 2.0, 8.0])
        outer = ring(west, south, west + size, south + size / 2)
        inner = ring(west + size / 4, south + size / 8, west + size / 2, south + size / 4)[::-1]
        form = number % 4
        if form == 0:
            made.append(feature(number, [outer]))
        elif form == 1:
            made.append(feature(number, [outer, inner], buffer_km=number / 7, notes=f"n°{number}"))
        elif form == 2:
            beside = ring(west + size, south + size, west + 1.5 * size, south + 1.5 * size)
            made.append(
                feature(number, [[outer], [beside]], "MultiPolygon", kind="gnss", level="watch")
            )
        else:
            made.append(feature(number, [outer[::-1]], group="some", basis="drawn"))
    return made


def text_of(features: list[dict[str, Any]]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def picture(zones: ZoneSet) -> list[Any]:
    """Everything that a set says, to the bit."""
    said = [
        {f.name: getattr(zones, f.name) for f in dataclasses.fields(zones) if f.name != "zones"}
    ]
    for zone in zones:
        names = [f.name for f in dataclasses.fields(zone) if f.name not in ("outline", "geometry")]
        arrays = [
            (getattr(zone.outline, name).tobytes(), getattr(zone.outline, name).flags.writeable)
            for name in ("lon", "lat", "ring_start", "polygon")
        ]
        said.append(
            ({name: repr(getattr(zone, name)) for name in names}, json.dumps(zone.geometry), arrays)
        )
    return said


def outcome(data: bytes, name: str = "some.json") -> Any:
    try:
        return picture(parse_zones(data, name))
    except ZoneError as error:
        return str(error), error.problems


@pytest.fixture
def careful(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], Any]:
    """Reads without any of the quick ways."""

    def read(data: bytes, name: str = "some.json") -> Any:
        with monkeypatch.context() as patch:
            patch.setattr(parse, "plain_rings", lambda document: {})
            patch.setattr(parse, "MANY", 10**9)
            return outcome(data, name)

    return read


@pytest.fixture
def swift(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes the quick ways for the smallest of files."""
    monkeypatch.setattr(quick, "_FEW", 1)
    monkeypatch.setattr(parse, "MANY", 1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own, for files of any size."""
    monkeypatch.setattr(cache, "MIN_BYTES", 1)
    monkeypatch.setenv("ROUTECHECK_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.mark.usefixtures("swift")
@pytest.mark.parametrize("name", ODD_RINGS)
@pytest.mark.parametrize("hole", [False, True], ids=["exterior", "hole"])
def test_an_odd_ring_among_plain_ones_is_read_as_alone(
    name: str, hole: bool, careful: Callable[[bytes], Any]
) -> None:
    around = ring(-20.5, -20.5, 20.5, 20.5)
    odd = feature(9, [around, ODD_RINGS[name]] if hole else [ODD_RINGS[name]])
    data = text_of([*plain_features(6), odd, *plain_features(6, 2)])
    assert outcome(data) == careful(data)


@pytest.mark.usefixtures("swift")
@pytest.mark.parametrize("seed", range(8))
def test_files_of_many_kinds_of_rings_are_read_as_before(
    seed: int, careful: Callable[[bytes], Any]
) -> None:
    picked = random.Random(seed)
    names = [n for n in ODD_RINGS if n in ("clockwise", "whole numbers", "past 180", "at 180",
             "minus nought", "heights", "not closed", "long edges", "tiny", "pole")]  # fmt: skip
    features = plain_features(40, seed)
    for number, name in enumerate(picked.choices(names, k=6)):
        features.insert(picked.randrange(40), feature(900 + number, [ODD_RINGS[name]]))
    data = text_of(features)
    found = outcome(data)
    assert isinstance(found, list)
    assert found == careful(data)


@pytest.mark.usefixtures("swift")
def test_files_with_notices_are_read_as_before(careful: Callable[[bytes], Any]) -> None:
    data = json.dumps(DOCUMENT).encode()
    assert isinstance(outcome(data), list)
    assert outcome(data) == careful(data)


@pytest.mark.parametrize(
    "document", [None, [], {}, {"features": 3}, {"features": [None, 3, {}, {"geometry": 3},
    {"geometry": {"type": "Polygon"}}, {"geometry": {"type": "MultiPolygon", "coordinates": [3]}},
    {"geometry": {"type": "Polygon", "coordinates": [None, 3, []]}}]}],
)  # fmt: skip
def test_what_is_no_document_has_no_plain_rings(document: Any) -> None:
    assert quick.plain_rings(document) == {}


def test_plain_rings_are_found_and_odd_ones_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick, "_FEW", 1)
    document = json.loads(text_of(plain_features(70)))
    rings = list(quick._rings(document))
    assert set(quick.plain_rings(document)) == set(map(id, rings))
    plain = {"clockwise", "whole numbers", "a whole number among others", "minus nought",
             "spike", "crosses itself", "long edges", "heights of some", "tiny"}  # fmt: skip
    for name, odd in ODD_RINGS.items():
        found = quick.plain_rings({"features": [feature(1, [odd])]})
        assert not found or name in plain, name


@pytest.mark.usefixtures("swift")
def test_zones_as_columns_are_a_sequence() -> None:
    zones = parse_zones(text_of(plain_features(9)), "some.json").zones
    assert isinstance(zones, StoredZones)
    assert [zone.id for zone in zones] == [f"z-{number}" for number in range(9)]
    assert zones[-1] is zones[8] is next(iter(zones[8:]))
    assert zones[2:4] == (zones[2], zones[3])
    with pytest.raises(IndexError):
        zones[9]
    assert zones.position("z-4") == 4
    assert len(zones.samples()) == len(zones.papers) == 2
    again = pickle.loads(pickle.dumps(zones))  # as workers of an audit get them
    assert [zone.name for zone in again] == [zone.name for zone in zones]


@pytest.mark.usefixtures("swift")
def test_zones_as_columns_are_laid_out_alike() -> None:
    zones = parse_zones(text_of(plain_features(30)), "some.json").zones
    assert isinstance(zones, StoredZones)
    one, other = zones.laid_out().shapes, build_index([zone.outline for zone in zones]).shapes
    for name in one._fields:
        assert np.array_equal(getattr(one, name), getattr(other, name)), name


@pytest.mark.parametrize("route", [("LHR", "JFK"), ("GYD", "GRV"), ("SYD", "SCL"), ("0,0", "1,1")])
def test_a_check_says_the_same_of_columns(
    route: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = text_of(plain_features(300))
    slow = check(*route, zones=parse_zones(data, "some.json"), date="2026-10-03").to_dict()
    monkeypatch.setattr(parse, "MANY", 1)
    fast = check(*route, zones=parse_zones(data, "some.json"), date="2026-10-03").to_dict()
    for said in (slow, fast):
        said.pop("checked_at", None)
    assert json.dumps(fast) == json.dumps(slow)


# --- kept files -----------------------------------------------------------------------------


def written(path: Path, features: list[dict[str, Any]]) -> Path:
    path.write_bytes(text_of(features))
    return path


@pytest.mark.usefixtures("swift")
def test_a_kept_file_reads_the_same(tmp_path: Path, folder: Path) -> None:
    odd = [feature(900 + n, [ODD_RINGS[name]]) for n, name in enumerate(
        ("whole numbers", "heights", "not closed", "long edges", "wide", "past 180"))]  # fmt: skip
    path = written(tmp_path / "z.geojson", [*plain_features(20), *odd])
    first = picture(load_zones(path))
    assert [entry.suffix for entry in folder.iterdir()] == [".zones"]
    loaded = load_zones(path)
    assert loaded.problems
    assert loaded.read_two_ways
    assert picture(loaded) == first
    assert lint_file(path) == loaded.problems


@pytest.mark.usefixtures("swift")
def test_a_kept_file_with_notices_reads_the_same(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "z.json"
    path.write_text(json.dumps(DOCUMENT))
    first = picture(load_zones(path))
    assert list(folder.iterdir())
    assert picture(load_zones(path)) == first


@pytest.mark.usefixtures("swift", "folder")
@pytest.mark.parametrize(
    "arguments",
    [("LHR", "JFK", "--zones"), ("GYD", "GRV", "--json", "--zones"), ("zones", "list", "--zones"),
     ("zones", "lint"), ("zones", "list", "--format", "json", "--all", "--zones")],
    ids=" ".join,
)  # fmt: skip
def test_commands_print_the_same_of_a_kept_file(
    arguments: tuple[str, ...], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = written(
        tmp_path / "z.geojson", [*plain_features(20), feature(99, [ODD_RINGS["not closed"]])]
    )
    said = []
    for _ in range(2):
        with pytest.raises(SystemExit):
            raise SystemExit(main([*arguments, str(path)]))
        out = capfd.readouterr()
        said.append(([line for line in out.out.splitlines() if "checked_at" not in line], out.err))
    assert said[0] == said[1]
    assert said[0][0]


def spoil(entry: Path, how: str) -> None:
    content = entry.read_bytes()
    middle = len(content) // 2
    if how == "empty":
        entry.write_bytes(b"")
    elif how == "cut":
        entry.write_bytes(content[:middle])
    elif how == "a bit":
        entry.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    elif how == "a pickle":
        entry.write_bytes(pickle.dumps(ZoneSet(())))
    elif how == "text":
        entry.write_text("not a table")
    elif how == "others may write":
        entry.chmod(0o666)


@pytest.mark.usefixtures("swift")
@pytest.mark.parametrize("how", ["empty", "cut", "a bit", "a pickle", "text", "others may write"])
def test_a_broken_or_foreign_entry_is_written_anew(how: str, tmp_path: Path, folder: Path) -> None:
    path = written(tmp_path / "z.geojson", plain_features(20))
    first = picture(load_zones(path))
    (entry,) = folder.iterdir()
    good = entry.read_bytes()
    spoil(entry, how)
    assert cache.kept(entry) is None
    assert picture(load_zones(path)) == first
    assert entry.read_bytes() == good
    assert cache.kept(entry) is not None


@pytest.mark.usefixtures("swift")
def test_an_entry_under_the_name_of_another_is_not_used(tmp_path: Path, folder: Path) -> None:
    one, other = (written(tmp_path / f"{n}.json", plain_features(9, n)) for n in (1, 2))
    load_zones(one)
    (first,) = folder.iterdir()
    load_zones(other)
    (second,) = set(folder.iterdir()) - {first}
    second.write_bytes(first.read_bytes())
    assert cache.kept(second) is None


@pytest.mark.usefixtures("swift")
def test_a_changed_file_is_read_anew(tmp_path: Path, folder: Path) -> None:
    path = written(tmp_path / "z.json", plain_features(9, 1))
    before = [zone.geometry for zone in load_zones(path)]
    written(path, plain_features(9, 2))
    assert [zone.geometry for zone in load_zones(path)] != before
    assert len(list(folder.iterdir())) == 2


@pytest.mark.usefixtures("swift")
def test_a_file_with_errors_is_not_kept(tmp_path: Path, folder: Path) -> None:
    bad = feature(99, [ODD_RINGS["crosses itself"]])
    path = written(tmp_path / "z.json", [*plain_features(9), bad])
    for _ in range(2):
        with pytest.raises(ZoneError, match="crosses itself"):
            load_zones(path)
    assert not folder.exists()


@pytest.mark.usefixtures("swift")
@pytest.mark.parametrize(
    ("name", "value"), [("ROUTECHECK_CACHE", ""), ("ROUTECHECK_NO_CACHE", "1")]
)
def test_nothing_is_kept_when_it_is_turned_off(
    name: str, value: str, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    assert cache.cache_folder() is None
    load_zones(written(tmp_path / "z.json", plain_features(9)))
    assert not folder.exists()


@pytest.mark.usefixtures("swift")
def test_no_room_to_keep_is_no_error(tmp_path: Path, folder: Path) -> None:
    folder.write_text("a file stands where the folder should")
    path = written(tmp_path / "z.json", plain_features(9))
    assert picture(load_zones(path)) == picture(load_zones(path))


@pytest.mark.usefixtures("swift")
def test_small_files_are_not_kept(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MIN_BYTES", 10**6)
    load_zones(written(tmp_path / "z.json", plain_features(9)))
    assert not folder.exists()


@pytest.mark.usefixtures("swift")
def test_the_entries_used_last_stay(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MAX_FILES", 3)
    entries: list[Path] = []
    for number in range(5):
        load_zones(written(tmp_path / f"{number}.json", plain_features(5, number)))
        (new,) = set(folder.iterdir()) - set(entries)
        entries.append(new)
        os.utime(new, (number, number))
        if number == 2:  # the oldest is used once more
            os.utime(entries[0], (99, 99))
    assert set(folder.iterdir()) == {entries[0], entries[3], entries[4]}


def test_folders_of_caches_follow_the_rules_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROUTECHECK_CACHE")
    monkeypatch.setattr(cache.sys, "platform", "linux")
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setenv("XDG_CACHE_HOME", "/fast")
    assert cache.cache_folder() == Path("/fast/routecheck")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache.cache_folder() == Path("/home/me/.cache/routecheck")
    monkeypatch.setattr(cache.sys, "platform", "darwin")
    assert cache.cache_folder() == Path("/home/me/Library/Caches/routecheck")
    monkeypatch.setattr(cache.sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "/local")
    assert cache.cache_folder() == Path("/local/routecheck/Cache")


def test_records_come_back_as_they_were() -> None:
    zones = parse_zones(json.dumps(DOCUMENT), "some.json")
    values = [*zones.problems, Problem("warning", "é\ud800", "f", None, "/p", "c")]
    values += [getattr(zone, f.name) for zone in zones for f in dataclasses.fields(zone)
               if f.name not in ("outline", "geometry")]  # fmt: skip
    for value in values:
        assert decoded(json.loads(json.dumps(encoded(value)))) == value


@pytest.mark.parametrize("value", [object(), [1], {"a": 1}, np.float64(1.0), zip])
def test_values_of_other_kinds_are_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        encoded(value)


@pytest.mark.parametrize("data", [{"r": "Path", "f": {}}, {"r": "ZoneSet", "f": {}}, {"x": 1}, {}])
def test_only_known_records_are_made(data: Any) -> None:
    with pytest.raises((LookupError, ValueError)):
        decoded(data)


# --- short distances ------------------------------------------------------------------------


@pytest.mark.parametrize("lat", [-89, -60, -1, 0, 35, 70, 88])
def test_short_distances_are_those_of_the_engine(lat: float) -> None:
    picked = np.random.default_rng(int(lat) + 90)
    lon = 179.0 + np.cumsum(picked.uniform(-0.9, 0.9, 30)) * np.cos(np.radians(lat))
    place = np.clip(lat + np.cumsum(picked.uniform(-0.4, 0.4, 30)), -90, 90)
    edges = np.column_stack((lon[:-1], place[:-1], lon[1:], place[1:]))
    points = np.column_stack(
        (lon + picked.uniform(-3, 3, 30), np.clip(place + picked.uniform(-3, 3, 30), -90, 90))
    )
    lines = NearLines(edges)
    found = lines.away_km(points[:, 0], points[:, 1])
    right = _distances_km(points, _lines(edges), np.zeros(len(points)))
    near = np.isfinite(found)
    assert near.any()
    assert np.abs(found - right)[near].max() < 0.004
    assert (right[~near] > 0.99 * NEAR_KM).all()
    assert (lines.at_least_km(points[:, 0], points[:, 1]) <= right).all()
    on_line = lines.away_km(lon, place)
    assert on_line.max() < 5e-5


def test_edges_are_covered_by_one_line_only_if_they_lie_by_it() -> None:
    lines = NearLines(np.array([[0.0, 50.0, 0.5, 50.0]]))
    edges = np.array([[0.0, 50.05, 0.5, 50.05], [0.0, 50.05, 0.5, 50.2], [3.0, 50.0, 3.5, 50.0]])
    assert lines.covers(edges, 6.0).tolist() == [True, False, False]
    assert lines.covers(edges, 25.0).tolist() == [True, True, False]


def test_documents_are_left_as_they_were() -> None:
    document = json.loads(text_of(plain_features(70)))
    before = copy.deepcopy(document)
    quick.plain_rings(document)
    assert document == before
