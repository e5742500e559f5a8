"""Reading and linting zone files: cases as data, then sizes, formats, and anything at all."""

from __future__ import annotations

import copy
import hashlib
import json
import subprocess
import sys
import time
import warnings
import zipfile
from datetime import date
from itertools import pairwise
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from routecheck import zones as zones_package
from routecheck.errors import DateError, ZoneError
from routecheck.zones import (
    KINDS,
    LEVELS,
    ZoneSet,
    combine,
    lint_file,
    lint_text,
    load_zones,
    parse_stamp,
    parse_zones,
)
from routecheck.zones import builtin as builtin_module
from routecheck.zones import sources as sources_module
from routecheck.zones.advisories import ADVISORY_FIELDS
from routecheck.zones.features import PROPERTIES
from routecheck.zones.jsontext import MAX_BYTES
from routecheck.zones.problems import MAX_KEPT, MAX_SEEN, MAX_SHOWN
from routecheck.zones.rings import sphere_area
from routecheck.zones.weapons import weapons

CASES = Path(__file__).parent / "data" / "zones"
SCHEMA = json.loads((Path(zones_package.__file__).parent / "schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
BOX = [[30.0, 50.0], [40.0, 50.0], [40.0, 55.0], [30.0, 55.0], [30.0, 50.0]]
POLYGON = {"type": "Polygon", "coordinates": [BOX]}
ADVISORY = {
    "issuer": "EASA",
    "reference": "CZIB 2025-01",
    "level": "avoid",
    "issued": "2025-01-09",
    "confidence": "text seen",
}


def feature(**properties):
    return {"type": "Feature", "properties": properties, "geometry": POLYGON}


def collection(*features, header=None):
    made = {"type": "FeatureCollection", "features": list(features) or [feature()]}
    if header is not None:
        made["routecheck"] = {"schema": 1, **header}
    return made


def read_case(path):
    text = path.read_text("utf-8").replace("{weapon}", next(iter(weapons())))
    case = json.loads(text)
    if "hex" in case:
        return case, bytes.fromhex(case["hex"])
    return case, (case["text"] if "text" in case else json.dumps(case["file"])).encode()


CASE_FILES = sorted(CASES.glob("*.json"))


@pytest.mark.parametrize("path", CASE_FILES, ids=lambda path: path.stem)
def test_case(path):
    case, data = read_case(path)
    found = lint_text(data, "FILE")
    assert list(found) == sorted(found, key=lambda problem: problem.severity)
    listed = sorted(found, key=lambda problem: (problem.severity, problem.pointer))
    expected = sorted(case["expect"], key=lambda item: item[:2])
    assert [[p.severity, p.pointer] for p in listed] == [item[:2] for item in expected], "\n".join(
        map(str, found)
    )
    for problem, (_, _, fragment) in zip(listed, expected, strict=True):
        assert fragment in problem.message
        assert problem.file == "FILE"
        assert str(problem).isprintable()

    if any(severity == "error" for severity, _, _ in case["expect"]):
        assert "zones" not in case
        with pytest.raises(ZoneError) as caught:
            parse_zones(data, "FILE")
        assert caught.value.problems == found
        assert str(caught.value).startswith("FILE: ")
        return
    zones = parse_zones(data, "FILE")
    assert zones.problems == found
    assert [zone.id for zone in zones] == case["zones"]
    for name, value in case.get("zone", {}).items():
        assert getattr(zones[0], name) == (tuple(value) if isinstance(value, list) else value)
    if "level" in case:
        levels = [advisory.level for advisory in zones[0].advisories]
        assert max(levels, key=LEVELS.index, default=None) == case["level"]
    if "geometry" in case:
        assert zones[0].geometry == case["geometry"]


@pytest.mark.parametrize(
    "path",
    [path for path in CASE_FILES if path.stem.startswith(("strict-", "weapons-"))],
    ids=lambda path: path.stem,
)
def test_schema_and_reader_agree(path):
    case, data = read_case(path)
    if "file" not in case:
        assert "text" in case  # not JSON
        return
    document = json.loads(data)
    wrong = any(problem.severity == "error" for problem in lint_text(data))
    if case.get("beyond_schema"):
        assert wrong
        assert VALIDATOR.is_valid(document)
    else:
        errors = [error.message for error in VALIDATOR.iter_errors(document)]
        assert bool(errors) == wrong, errors


def test_schema_is_one_and_names_every_field():
    Draft202012Validator.check_schema(SCHEMA)
    definitions = SCHEMA["$defs"]
    assert set(definitions["zone"]["properties"]) == set(PROPERTIES)
    assert set(definitions["advisory"]["properties"]) == set(ADVISORY_FIELDS)
    assert definitions["level"]["enum"][:-1] == list(LEVELS)
    assert definitions["zone"]["properties"]["kind"]["enum"][:-1] == list(KINDS)


JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-1000, 1000), st.floats(-1e4, 1e4), st.text(max_size=6),
    st.sampled_from(["avoid", "2025-01-01", "all", "gnss", "https://a.b"]),
    st.lists(st.integers(0, 3), max_size=2), st.just({}),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["header", "zone", "advisory"]),
    st.data(),
    JUNK,
)
def test_schema_and_reader_agree_on_single_values(part, data, junk):
    path = CASES / "strict-full.json"
    document = json.loads(read_case(path)[1])
    target = {
        "header": document["routecheck"],
        "zone": document["features"][1]["properties"],
        "advisory": document["routecheck"]["advisories"]["easa-1"],
    }[part]
    names = {
        "header": sorted(SCHEMA["$defs"]["header"]["properties"]),
        "zone": sorted(PROPERTIES),
        "advisory": sorted(ADVISORY_FIELDS),
    }[part]
    name = data.draw(st.sampled_from(names))
    target[name] = junk
    errors = [p for p in lint_text(json.dumps(document)) if p.severity == "error"]
    beyond = ("not an id", "before", "above ceiling", "too:", "not in the calendar")
    plain = [p for p in errors if not any(phrase in p.message for phrase in beyond)]
    harmful = isinstance(junk, str) and not junk.isprintable()
    if not harmful and not (errors and not plain):
        assert VALIDATOR.is_valid(document) == (not errors), (name, junk, errors)


# -- sources -----------------------------------------------------------------------------------


def write(path, document):
    path.write_text(json.dumps(document), "utf-8")
    return path


@pytest.mark.parametrize("as_type", [str, Path])
def test_file(tmp_path, as_type):
    path = write(tmp_path / "mine.geojson", collection(feature(id="a", name="A")))
    zones = load_zones(as_type(path))
    assert zones[0].file == str(path)
    assert zones[0].advisories[0].reference == str(path)
    assert zones.file_hashes == (hashlib.sha256(path.read_bytes()).hexdigest(),)
    assert zones.sha256 == hashlib.sha256(zones.file_hashes[0].encode()).hexdigest()
    assert zones.as_of is None
    assert zones.covers == (None, None)


def test_zone_set_is_returned_as_it_is():
    zones = load_zones(POLYGON)
    assert load_zones(zones) is zones


def test_folder_is_read_in_order(tmp_path):
    write(tmp_path / "b.geojson", collection(feature(id="b")))
    write(tmp_path / "a.json", collection(feature(id="a")))
    write(tmp_path / "c.geojson", {"type": "FeatureCollection", "features": []})
    (tmp_path / "notes.txt").write_text("not read")
    (tmp_path / ".hidden.geojson").write_text("not read")
    zones = load_zones(tmp_path)
    assert [zone.id for zone in zones] == ["a", "b"]
    assert [p.message[:19] for p in zones.problems] == [
        "there is no zone in",
        "only .geojson and .",
    ]
    assert "notes.txt; hidden and spare copies: .hidden.geojson" in zones.problems[1].message


def test_every_bad_file_of_a_folder_is_reported(tmp_path):
    write(tmp_path / "a.json", collection(feature(buffer_km=-1)))
    write(tmp_path / "b.json", collection(feature(buffer_km=-1), feature(level="x")))
    write(tmp_path / "c.json", collection())
    with pytest.raises(ZoneError, match="2 zone files cannot be used") as caught:
        load_zones(tmp_path)
    assert len(caught.value.problems) == 3
    assert lint_file(tmp_path) == caught.value.problems


SHAPE = shapely.Polygon(BOX)


@pytest.mark.parametrize(
    "source",
    [
        POLYGON,
        SHAPE,
        geopandas.GeoSeries([SHAPE], crs=4326),
        geopandas.GeoDataFrame({"a": [1]}, geometry=[SHAPE], crs=4326),
        geopandas.GeoDataFrame({"a": [1]}, geometry=[SHAPE], crs=4326).to_crs(3857),
        {"type": "Polygon", "coordinates": np.array([BOX])},
        {"type": "Polygon", "coordinates": (tuple(map(tuple, BOX)),)},
        [POLYGON],
    ],
    ids=["mapping", "shapely", "series", "frame", "projected", "numpy", "tuples", "list"],
)
def test_sources_give_the_same_zone(source):
    zones = load_zones(source)
    assert len(zones) == 1
    ring = zones[0].geometry["coordinates"][0]
    corners = {tuple(np.round(point, 9)) for point in ring}
    assert corners >= {tuple(point) for point in BOX}
    # A projected edge is cut into pieces before it is converted: the shape stays.
    assert shapely.Polygon(ring).symmetric_difference(SHAPE).area < 1e-6
    assert zones[0].outline.ring_start[-1] == zones[0].outline.lon.size > len(BOX)
    assert not zones[0].outline.lon.flags.writeable


def test_frame_values_that_are_missing_count_as_absent():
    frame = geopandas.GeoDataFrame(
        {
            "id": [1.0, float("nan")],
            "name": ["A", None],
            "buffer_km": [50.0, float("nan")],
            "when": [np.datetime64("2025-01-01"), np.datetime64("NaT")],
        },
        geometry=[SHAPE, shapely.transform(SHAPE, lambda p: p + np.array([20, 0]))],
        crs=4326,
    )  # fmt: skip
    zones = load_zones(frame)
    assert [(z.id, z.name, z.buffer_km) for z in zones] == [
        ("1", "A", 50.0),
        ("feature-2", "feature-2", 0.0),
    ]


def test_frame_without_crs_is_taken_as_wgs84_with_a_warning():
    zones = load_zones(geopandas.GeoDataFrame(geometry=[SHAPE]))
    assert "taken as WGS84" in zones.problems[0].message


def test_frame_without_geometry():
    with pytest.raises(ZoneError, match="set_geometry"):
        load_zones(geopandas.GeoDataFrame({"a": [1]}))


@pytest.mark.parametrize("suffix", ["gpkg", "shp", "fgb", "parquet"])
def test_other_formats(tmp_path, suffix):
    frame = geopandas.GeoDataFrame({"name": ["A"]}, geometry=[SHAPE], crs=4326)
    path = tmp_path / f"zones.{suffix}"
    if suffix == "parquet":
        frame.to_parquet(path)
    else:
        frame.to_file(path)
    zones = load_zones(path)
    assert zones[0].name == "A"
    assert zones[0].advisories[0].level == "avoid"
    if suffix != "shp":
        assert zones.file_hashes == (hashlib.sha256(path.read_bytes()).hexdigest(),)


def test_kml(tmp_path):
    places = " ".join(f"{lon},{lat},0" for lon, lat in BOX)
    ring = f"<LinearRing><coordinates>{places}</coordinates></LinearRing>"
    path = tmp_path / "zones.kml"
    path.write_text(
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>A</name><Polygon>'
        f"<outerBoundaryIs>{ring}</outerBoundaryIs></Polygon></Placemark></Document></kml>"
    )
    assert load_zones(path)[0].outline.ring_start[-1] > len(BOX)


@pytest.mark.parametrize("suffix", ["geojsonl", "topojson", "zip"])
def test_formats_given_as_text_or_packed(tmp_path, suffix):
    path = tmp_path / f"zones.{suffix}"
    if suffix == "geojsonl":
        path.write_text(json.dumps(feature(id="a")) + "\n" + json.dumps(feature(id="b")) + "\n")
    elif suffix == "topojson":
        path.write_text(json.dumps({
            "type": "Topology", "arcs": [BOX],
            "objects": {"x": {"type": "GeometryCollection", "geometries": [
                {"type": "Polygon", "arcs": [[0]], "properties": {"name": "A"}}]}},
        }))  # fmt: skip
    else:
        frame = geopandas.GeoDataFrame({"name": ["A"]}, geometry=[SHAPE], crs=4326)
        frame.to_file(tmp_path / "a.shp")
        with zipfile.ZipFile(path, "w") as archive:
            for part in sorted(tmp_path.glob("a.*")):
                archive.write(part, part.name)
    assert [zone.kind for zone in load_zones(path)] == ["conflict"] * (
        2 if suffix == "geojsonl" else 1
    )


def test_every_layer_is_read(tmp_path):
    path = tmp_path / "zones.gpkg"
    for layer in ("one", "two"):
        geopandas.GeoDataFrame({"id": [layer]}, geometry=[SHAPE], crs=4326).to_file(
            path, layer=layer
        )
    assert [zone.id for zone in load_zones(path)] == ["one", "two"]


@pytest.mark.parametrize("suffix", ["gpkg", "shp", "fgb", "parquet", "kml", "zip"])
@pytest.mark.parametrize("content", [b"", b"nonsense", bytes(range(256)) * 20])
def test_other_formats_that_are_not(tmp_path, suffix, content):
    path = tmp_path / f"zones.{suffix}"
    path.write_bytes(content)
    with pytest.raises(ZoneError, match="error"):
        load_zones(path)
    assert lint_file(path)


@pytest.mark.parametrize(
    ("source", "fragment"),
    [
        ("no/such/file.geojson", "no such file"),
        ("x\0y", "cannot be read"),
        ("x" * 5000, "cannot be read"),
        ('{"type": "Polygon"}', "use parse_zones"),
        ("https://example.org/zones.geojson", "download it first"),
        ([], "name at least one"),
        (3, "cannot be read from int"),
        (b"{}", "cannot be read from bytes"),
        ({"type": "Polygon", "coordinates": object()}, "cannot be written as JSON"),
        ({"type": "Polygon", 3: 4}, "cannot be written as JSON"),
    ],
)
def test_sources_that_are_none(source, fragment):
    with pytest.raises(ZoneError, match=fragment):
        load_zones(source)
    if isinstance(source, str):
        assert lint_file(source)[0].severity == "error"


def test_mapping_that_holds_itself():
    knot = {"type": "FeatureCollection", "features": []}
    knot["features"].append(knot)
    with pytest.raises(ZoneError, match="cannot be written as JSON"):
        load_zones(knot)


def test_folder_without_zone_files(tmp_path):
    with pytest.raises(ZoneError, match=r"no \.geojson or \.json file"):
        load_zones(tmp_path)


def test_missing_file_names_its_neighbour(tmp_path):
    write(tmp_path / "ukraine.geojson", collection())
    with pytest.raises(ZoneError, match=r"did you mean 'ukraine\.geojson'"):
        load_zones(tmp_path / "ukrain.geojson")


def test_unreadable_file(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path / "a.json", collection())
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ZoneError, match="check the file's permissions"):
        load_zones(path)


# -- the built-in set --------------------------------------------------------------------------


def test_builtin_folder_of_a_wheel_comes_first(tmp_path, monkeypatch):
    package = tmp_path / "src" / "routecheck"
    monkeypatch.setattr(builtin_module, "_PACKAGE", package)
    with pytest.raises(ZoneError, match="reinstall"):
        load_zones()
    (tmp_path / "zones").mkdir()
    write(tmp_path / "zones" / "a.geojson", collection(feature(id="tree")))
    assert [zone.id for zone in load_zones()] == ["tree"]
    (package / "data" / "zones").mkdir(parents=True)
    write(package / "data" / "zones" / "a.geojson", collection(feature(id="wheel")))
    assert [zone.id for zone in load_zones()] == ["wheel"]
    assert load_zones() is load_zones()


def test_builtin_files_are_valid_to_the_full():
    folder = builtin_module.builtin_folder()
    for path in sorted(folder.glob("*.geojson")):
        assert [str(p) for p in lint_file(path) if p.severity == "error"] == []
        errors = VALIDATOR.iter_errors(json.loads(path.read_text("utf-8")))
        assert [error.message for error in errors] == []
    assert all(zone.advisories is not None for zone in load_zones())


def test_geojson_needs_neither_pandas_nor_for_builtin_files_shapely():
    code = (
        "import sys\n"
        "from routecheck.zones.parse import build\n"
        f"data = {json.dumps(collection())!r}.encode()\n"
        "build(data, 'x', trusted=True)\n"
        "assert 'shapely' not in sys.modules\n"
        "build(data, 'x')\n"
        "assert 'pandas' not in sys.modules\n"
        "assert 'jsonschema' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_trusted_files_skip_only_the_checks_of_shapely():
    from routecheck.zones.parse import build

    crossing = {"type": "Polygon", "coordinates": [[[0, 0], [9, 9], [9, 0], [0, 12], [0, 0]]]}
    assert len(build(json.dumps(crossing).encode(), "x", trusted=True)) == 1
    with pytest.raises(ZoneError):
        build(json.dumps(collection(feature(buffer_km=-1))).encode(), "x", trusted=True)


# -- joining -----------------------------------------------------------------------------------


def claim(ident, **header):
    return parse_zones(json.dumps(collection(feature(id=ident), header=header)), f"{ident}.json")


def test_combine_keeps_the_weakest_claim():
    a = claim("a", dataset="A", as_of="2025-01-31", covers=["2014-01-01", "2025-01-31"],
              licence="CC0", credits=["x", "y"], gaps=["g"])  # fmt: skip
    b = claim("b", dataset="A", as_of="2024-12-01", covers=["2020-01-01", None],
              licence="MIT", credits=["y", "z"], gaps=["h"])  # fmt: skip
    plain = load_zones(POLYGON)
    joined = combine(a, plain, b)
    assert [zone.id for zone in joined] == ["a", "feature-1", "b"]
    assert joined.as_of == date(2024, 12, 1)
    assert joined.covers == (date(2020, 1, 1), date(2025, 1, 31))
    assert (joined.dataset, joined.licence) == ("A", "CC0; MIT")
    assert (joined.credits, joined.gaps) == (("x", "y", "z"), ("g", "h"))
    assert joined.files == ("a.json", "<GeoJSON mapping>", "b.json")
    hashes = sorted([*a.file_hashes, *b.file_hashes, *plain.file_hashes])
    assert joined.sha256 == hashlib.sha256("\n".join(hashes).encode()).hexdigest()
    assert combine(b, plain, a).sha256 == joined.sha256
    assert combine(combine(a, plain), b).sha256 == joined.sha256
    assert combine(a) is a
    assert combine(plain, load_zones(POLYGON)).as_of is None


def test_combine_renames_default_ids_only():
    joined = load_zones([POLYGON, POLYGON, POLYGON])
    assert [zone.id for zone in joined] == ["feature-1", "feature-1-2", "feature-1-3"]
    assert [p.severity for p in joined.problems] == ["warning", "warning"]
    with pytest.raises(ZoneError, match=r"'a' is in 'a\.json' and in 'a\.json'"):
        combine(claim("a"), claim("a"))


def test_mapping_hash_does_not_depend_on_key_order():
    turned = {key: POLYGON[key] for key in reversed(POLYGON)}
    assert load_zones(turned).sha256 == load_zones(copy.deepcopy(POLYGON)).sha256


# -- limits ------------------------------------------------------------------------------------


def test_many_errors_are_counted_not_listed():
    count = MAX_KEPT + 5_000
    document = collection(*[{"type": "Feature", "properties": None, "geometry": None}] * count)
    with pytest.raises(ZoneError) as caught:
        parse_zones(json.dumps(document), "FILE")
    lines = str(caught.value).splitlines()
    assert lines[0] == f"FILE: {count:,} errors"
    assert len(lines) == MAX_SHOWN + 2
    assert lines[-1] == f"  … and {count - MAX_SHOWN:,} more"
    assert len(caught.value.problems) == MAX_KEPT + 1
    assert "5,000 more" in caught.value.problems[-1].message


def test_reading_stops_when_there_is_no_hope():
    data = b'{"type":"FeatureCollection","features":[' + b"0," * MAX_SEEN + b"0,0]}"
    assert "the rest of the file was not read" in lint_text(data)[-1].message


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 20_000_000,
        b'{"a":' * 1_000_000,
        b"\xff" * 20_000_000,
        b"x" * 20_000_000,
        b" " * 20_000_000,
        b'{"type":"GeometryCollection","geometries":[' * 300 + b"]}" * 300,
        b"[" * 900 + b"]" * 900,
        b'{"type":"Polygon","coordinates":' + b"[" * 900 + b"]" * 900 + b"}",
    ],
    ids=["lists", "objects", "bytes", "letters", "blanks", "collections", "nested", "rings"],
)
def test_nonsense_is_refused_quickly(data):
    start = time.process_time()
    with pytest.raises(ZoneError) as caught:
        parse_zones(data)
    assert time.process_time() - start < 5
    assert len(str(caught.value)) < 10_000


def test_file_too_large(monkeypatch):
    monkeypatch.setattr("routecheck.zones.jsontext.MAX_BYTES", 100)
    with pytest.raises(ZoneError, match="larger than"):
        parse_zones(json.dumps(collection()))
    assert MAX_BYTES >= 100 * 2**20


def test_endless_file_is_not_read_to_the_end(monkeypatch):
    endless = Path("/dev/zero")
    if not endless.exists():
        pytest.skip("no such device here")
    monkeypatch.setattr(sources_module, "MAX_BYTES", 10_000)
    with pytest.raises(ZoneError, match="binary"):
        load_zones(endless)


def test_a_million_vertices():
    angle = np.linspace(0, 2 * np.pi, 1_000_000)
    ring = np.column_stack([30 + 5 * np.cos(angle), 50 + 5 * np.sin(angle)])
    ring[-1] = ring[0]
    ring = ring.round(7)
    text = json.dumps({"type": "Polygon", "coordinates": [ring.tolist()]})
    start = time.process_time()
    zones = parse_zones(text)
    assert time.process_time() - start < 10
    assert np.array_equal(zones[0].outline.lon, ring[:, 0])


# -- details -----------------------------------------------------------------------------------


def test_outline_joins_all_rings_exteriors_first_way_round():
    hole = [[33, 51], [36, 51], [36, 53], [33, 53], [33, 51]]
    far = [[0, 0], [1, 1], [1, 0], [0, 0]]
    zone = load_zones({"type": "MultiPolygon", "coordinates": [[BOX, hole], [far]]})[0]
    start = zone.outline.ring_start
    assert len(start) == 4
    areas = []
    for first, stop in pairwise(start):
        lon, lat = zone.outline.lon[first:stop], zone.outline.lat[first:stop]
        assert (lon[0], lat[0]) == (lon[-1], lat[-1])
        areas.append(float((lon[:-1] * lat[1:] - lon[1:] * lat[:-1]).sum()) / 2)
    assert areas == pytest.approx([50, -6, 0.5])


def test_sphere_area_of_known_shapes():
    octant = sphere_area(np.array([0.0, 90, 90, 0, 0]), np.array([0.0, 0, 90, 90, 0]))
    assert octant == pytest.approx(np.pi / 2)
    lon, lat = np.array([10.0, 30, 20, 10]), np.array([40.0, 45, 60, 40])
    fine = np.linspace(0, 1, 20_001)
    dense_lon = np.concatenate([a + (b - a) * fine for a, b in pairwise(lon)])
    dense_lat = np.concatenate([a + (b - a) * fine for a, b in pairwise(lat)])
    sines = np.sin(np.radians(dense_lat))
    summed = (np.diff(np.radians(dense_lon)) * (sines[1:] + sines[:-1]) / 2).sum()
    assert sphere_area(lon, lat) == pytest.approx(abs(summed), rel=1e-8)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59-02:00"])
def test_moments_beyond_the_calendar_are_date_errors(text):
    with pytest.raises(DateError):
        parse_stamp(text)


def test_python_warnings_of_drivers_become_problems(tmp_path, monkeypatch):
    from routecheck.zones import foreign

    def frames(_):
        warnings.warn("a layer was odd", stacklevel=1)
        return [geopandas.GeoDataFrame(geometry=[SHAPE], crs=4326)]

    path = tmp_path / "x.gpkg"
    path.write_bytes(b"x")
    monkeypatch.setattr(foreign, "_frames", frames)
    assert [p.message for p in load_zones(path).problems] == ["a layer was odd"]


# -- anything at all ---------------------------------------------------------------------------

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
    st.sampled_from(["Feature", "Polygon", "avoid", "2025-01-01", "conflict", 0, 90, 180, 1e308]),
)  # fmt: skip
KEYS = st.one_of(
    st.sampled_from(
        ["type", "features", "geometry", "geometries", "coordinates", "properties", "routecheck",
         "schema", "crs", *PROPERTIES, *ADVISORY_FIELDS]
    ),
    st.text(max_size=5),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)
POSITIONS = st.lists(
    st.lists(st.sampled_from([-180, -90, -10, 0, 10, 60, 90, 180, 190, 540]), min_size=2,
             max_size=2),
    max_size=7,
)  # fmt: skip
GEOMETRIES = st.one_of(
    st.builds(lambda c: {"type": "Polygon", "coordinates": c}, st.lists(POSITIONS, max_size=3)),
    st.builds(
        lambda c: {"type": "MultiPolygon", "coordinates": c},
        st.lists(st.lists(POSITIONS, max_size=2), max_size=3),
    ),
    VALUES,
)
FEATURES = st.builds(
    lambda p, g: {"type": "Feature", "properties": p, "geometry": g},
    st.dictionaries(st.sampled_from(PROPERTIES), VALUES, max_size=5) | VALUES,
    GEOMETRIES,
)
HEADERS = st.dictionaries(
    st.sampled_from(["as_of", "covers", "gaps", "advisories", "dataset"]), VALUES, max_size=4
).map(lambda header: {"schema": 1, **header})
DOCUMENTS = st.one_of(
    VALUES,
    GEOMETRIES,
    st.builds(lambda f: {"type": "FeatureCollection", "features": f}, st.lists(FEATURES)),
    st.builds(
        lambda h, f: {"type": "FeatureCollection", "routecheck": h, "features": f},
        HEADERS,
        st.lists(FEATURES, max_size=3),
    ),
)
FUZZ = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def loads_or_refuses(load, source):
    try:
        zones = load(source)
    except ZoneError as error:
        text = str(error)
    else:
        text = ""
        check_loaded(zones)
    assert all(line.isprintable() for line in text.split("\n"))


def check_loaded(zones):
    assert isinstance(zones, ZoneSet)
    assert zones.zones
    for zone in zones:
        assert np.isfinite(zone.outline.lon).all()
        assert (np.abs(zone.outline.lat) <= 90).all()
        assert 0 <= zone.buffer_km <= 1000
        assert zone.id
        assert zone.name.isprintable()
    for problem in zones.problems:
        assert str(problem).isprintable()


@FUZZ
@given(DOCUMENTS)
def test_any_json_text_loads_or_is_refused(document):
    loads_or_refuses(parse_zones, json.dumps(document))


@FUZZ
@given(VALUES.filter(lambda value: isinstance(value, dict)) | DOCUMENTS)
def test_any_mapping_loads_or_is_refused(document):
    if isinstance(document, dict):
        loads_or_refuses(load_zones, document)


@FUZZ
@given(st.binary(max_size=200))
def test_any_bytes_load_or_are_refused(data):
    loads_or_refuses(parse_zones, data)


@FUZZ
@given(st.text(max_size=100))
def test_any_text_loads_or_is_refused(text):
    loads_or_refuses(parse_zones, text)
    loads_or_refuses(load_zones, text)


@FUZZ
@given(st.data())
def test_damaged_files_load_or_are_refused(data):
    text = bytearray((CASES / "strict-full.json").read_bytes())
    begin = text.index(b'"file": ') + len('"file": ')
    text = text[begin : text.rindex(b',\n  "zones"')]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at : at + data.draw(st.integers(0, 5))] = data.draw(st.binary(max_size=3))
    loads_or_refuses(parse_zones, bytes(text))


# -- the page on the format --------------------------------------------------------------------

PAGE = (Path(__file__).parents[1] / "docs" / "zones-format.md").read_text("utf-8")


def test_examples_of_the_page_load_without_a_problem():
    shortest, worked = [block.split("```")[0] for block in PAGE.split("```json\n")[1:]]
    assert lint_text(shortest) == ()
    assert lint_text(worked) == ()
    assert VALIDATOR.is_valid(json.loads(worked))
    zones = parse_zones(worked)
    assert [len(zones.on(day)) for day in ("2025-02-01", "2025-09-01", "2024-12-01")] == [1, 1, 0]


@pytest.mark.parametrize(
    "name", [*PROPERTIES, *ADVISORY_FIELDS, *SCHEMA["$defs"]["header"]["properties"], *KINDS]
)
def test_page_names_every_field(name):
    assert f"`{name}`" in PAGE
