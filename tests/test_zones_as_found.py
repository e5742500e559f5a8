"""Zone files as people have them: cases as data, by kind; folders, remedies and audits by hand."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import geopandas
import numpy as np
import pyarrow as pa
import pyproj
import pytest
import shapely

import routecheck as rc
from routecheck.batch.auditor import Auditor, Settings
from routecheck.errors import ZoneError
from routecheck.zones import ZoneSet, combine, lint_file, load_zones, parse_zones
from routecheck.zones.circles import disc

CASES = Path(__file__).parent / "data" / "zones-as-found"
GEOD = pyproj.Geod(ellps="WGS84")
DAY = date(2026, 10, 3)
AREA = [[44, 42], [48, 42], [48, 44], [44, 44], [44, 42]]
CROSSING = [[10, 50], [12, 50], [12, 52], [10, 52], [10, 50.9], [9.95, 50.95], [10.05, 50.97],
            [10.05, 50.5], [10, 50]]  # fmt: skip


def cases():
    for path in sorted(CASES.glob("*.json")):
        for case in json.loads(path.read_text("utf-8"))["cases"]:
            yield pytest.param(case, id=f"{path.stem}: {case['case']}")


def data_of(case):
    return (case["text"] if "text" in case else json.dumps(case["file"])).encode("utf-8")


def area(ring=AREA, **properties):
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


@pytest.mark.parametrize("case", list(cases()))
def test_case(case, tmp_path):
    path = tmp_path / case.get("name", "zones.geojson")
    path.write_bytes(data_of(case))
    skip_bad = case.get("skip_bad", False)
    if "error" in case:
        with pytest.raises(ZoneError) as caught:
            load_zones(path, skip_bad=skip_bad)
        assert case["error"] in str(caught.value)
        assert "Traceback" not in str(caught.value)
        return
    zones = load_zones(path, skip_bad=skip_bad)
    if "zones" in case:
        assert [zone.name for zone in zones] == case["zones"]
    if "left_out" in case:
        assert [item.feature for item in zones.left_out] == case["left_out"]
        for name in case["left_out"]:
            assert any(name in str(problem) for problem in zones.problems)
    said = "\n".join(map(str, zones.problems))
    for part in case.get("said", []):
        assert part in said
    if "warnings" in case:
        assert len(zones.problems) == case["warnings"], said
    if "circle" in case:
        check_circle(zones[0], *case["circle"])
    for origin, dest, verdict in case.get("checks", []):
        found = rc.check(
            origin, dest, zones=zones, date=DAY, watch_km=case.get("watch_km", 50.0)
        )  # fmt: skip
        assert found.verdict == verdict, (origin, dest, found.headline)
        assert audited(zones, origin, dest, case.get("watch_km", 50.0)) == verdict


def audited(zones, origin, dest, watch_km):
    auditor = Auditor(zones, Settings(date=DAY, watch_km=watch_km))
    rows = pa.RecordBatch.from_pydict({"origin": [origin], "destination": [dest]})
    answers = auditor.audit_batch(rows)
    assert answers.column("error").to_pylist() == [None]
    return answers.column("verdict").to_pylist()[0]


def check_circle(zone, lon, lat, radius_km):
    """All that is nearer than the radius is inside, and what is clearly farther is not."""
    outline = zone.outline
    km = GEOD.inv(
        np.full(outline.lon.size, lon), np.full(outline.lon.size, lat), outline.lon, outline.lat
    )[2] / 1000  # fmt: skip
    pole_km = GEOD.inv(lon, lat, lon, 90.0 if lat > 0 else -90.0)[2] / 1000
    own = np.abs(outline.lat) < 90  # corners at the pole bound nothing
    if abs(pole_km - radius_km) > 10:
        along = own & (np.abs(km - radius_km) < radius_km / 2)
        assert km[along].max() <= radius_km * 1.0001 + 0.02
    for azimuth in range(0, 360, 5):
        x, y, _ = GEOD.fwd(lon, lat, azimuth, radius_km * 999.99)
        place = f"{y:.9f},{x:.9f}"
        inside = rc.check(place, f"{lat},{lon + 0.01}", zones=rc_set(zone), date=DAY)
        assert inside.exposures[0].reason == "endpoint"
        assert 0 in inside.exposures[0].places_inside, (azimuth, place)


def rc_set(zone):
    return ZoneSet((zone,))


@pytest.mark.parametrize(
    ("lon", "lat", "radius_km"),
    [(0, 0, 1), (0, 60, 100), (170, -70, 500), (20, 85, 300), (20, 88, 600), (0, 89.9, 50),
     (0, 90, 100), (10, -90, 10), (0, 45, 4900), (-180, 0, 1000), (33, 89, 111.7)],
)  # fmt: skip
def test_a_disc_is_never_inside_its_circle(lon, lat, radius_km):
    ring = np.array(disc(lon, lat, radius_km))
    assert (ring[0] == ring[-1]).all()
    assert shapely.Polygon(ring).is_valid
    edges = np.array([ring[:-1] * (1 - s) + ring[1:] * s for s in np.linspace(0, 1, 41)])
    edges = edges.reshape(-1, 2)
    edges = edges[np.abs(edges[:, 1]) < 89.9999999]
    wide = np.abs(np.abs(edges[:, 0] - ring[:, 0].min())) > 1e-9
    wide &= np.abs(edges[:, 0] - ring[:, 0].max()) > 1e-9  # the seam goes to the pole
    edges = edges[wide] if np.ptp(ring[:, 0]) > 359 else edges
    km = GEOD.inv(np.full(len(edges), lon), np.full(len(edges), lat), *edges.T)[2] / 1000
    assert km.min() >= radius_km


def crossing_file(path):
    path.write_text(json.dumps(collection(area(name="good"), area(CROSSING, name="crosses"))))
    return path


def test_the_advised_remedies_work(tmp_path):
    """What the error of a crossing ring advises, done to the file, makes a file that is read."""
    path = crossing_file(tmp_path / "z.geojson")
    with pytest.raises(ZoneError, match=r"shapely\.make_valid.*--skip-bad \(skip_bad=True\)"):
        load_zones(path)
    data = json.loads(path.read_text())
    for feature in data["features"]:
        shape = shapely.make_valid(shapely.geometry.shape(feature["geometry"]))
        feature["geometry"] = shapely.geometry.mapping(shape)
    path.write_text(json.dumps(data))
    assert [zone.name for zone in load_zones(path)] == ["good", "crosses"]


def test_a_wide_edge_that_cannot_be_read_says_so(tmp_path):
    """The error names the true cause, and cutting at the date line, as it advises, is read."""
    knot = [[170, 50], [-170, 50], [-170, 60], [165, 52], [175, 49], [170, 60], [170, 50]]
    with pytest.raises(ZoneError, match="an edge of more than 180° of longitude") as caught:
        parse_zones(json.dumps(collection(area(knot, name="knot"))))
    assert "make_valid" not in str(caught.value)
    run_on = [[170, 50], [190, 50], [190, 60], [170, 60], [170, 50]]
    assert not parse_zones(json.dumps(collection(area(run_on)))).problems


@pytest.mark.parametrize(
    ("name", "text", "options"),
    [
        ("in.csv", 'WKT,name\n"POLYGON ((44 42, 48 42, 48 44, 44 42))",alpha\n',
         {"GEOM_POSSIBLE_NAMES": "WKT"}),
        ("in.csv", "id;the_geom\n1;POLYGON ((44 42, 48 42, 48 44, 44 42))\n",
         {"GEOM_POSSIBLE_NAMES": "the_geom"}),
        ("in.json", json.dumps({
            "geometryType": "esriGeometryPolygon", "spatialReference": {"wkid": 4326},
            "fields": [{"name": "name", "type": "esriFieldTypeString"}],
            "features": [{"attributes": {"name": "x"}, "geometry": {"rings": [AREA[::-1]]}}],
        }), {}),
        ("in.topojson", json.dumps({
            "type": "Topology", "arcs": [AREA],
            "objects": {"a": {"type": "GeometryCollection", "geometries": [
                {"type": "Polygon", "arcs": [[0]], "properties": {"name": "x"}}]}},
        }), {}),
    ],
)  # fmt: skip
def test_what_is_advised_for_other_formats_reads_them(tmp_path, name, text, options):
    """The same library as ogr2ogr, with the options of the command that the error gives."""
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(ZoneError, match="ogr2ogr") as caught:
        parse_zones(text)
    assert all(f"{key}={value}" in str(caught.value) for key, value in options.items())
    frame = geopandas.read_file(path, **options)
    zones = load_zones(frame.set_crs(4326, allow_override=True))
    assert rc.check("43,44", "43,49", zones=zones, date=DAY).verdict == "avoid"


def run(*words):
    command = [sys.executable, "-m", "routecheck", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_commands_take_skip_bad(tmp_path):
    path = crossing_file(tmp_path / "z.geojson")
    refused = run("BAK", "GRV", "--zones", path)
    assert (refused.returncode, "crosses" in refused.stderr) == (2, True)
    for words in (
        ("check", "BAK", "GRV", "--zones", path),
        ("zones", "list", "--zones", path),
        ("zones", "lint", path),
        ("zones", "show", "feature-1", "--zones", path),
        ("zones", "export", tmp_path / "out.geojson", "--zones", path),
        ("zones", "diff", path, path),
        ("audit", tmp_path / "t.csv", "-o", tmp_path / "t.out.csv", "--zones", path),
    ):
        (tmp_path / "t.csv").write_text("origin,destination\nBAK,GRV\n49.8,8\n")
        done = run(*words, "--skip-bad")
        assert done.returncode == 0, (words, done.stderr)
        if words[1] != "show":
            assert "crosses" in done.stderr + done.stdout, words
        assert run(*words).returncode != 0, words


def test_an_audit_says_what_was_left_out_and_how_to_make_it_again(tmp_path):
    path = crossing_file(tmp_path / "z.geojson")
    (tmp_path / "t.csv").write_text('origin,destination\n"49.8,8","49.8,14"\nBAK,GRV\n')
    done = run("audit", tmp_path / "t.csv", "-o", tmp_path / "o.csv", "--report",
               tmp_path / "o.html", "--zones", path, "--skip-bad")  # fmt: skip
    assert "crosses" in done.stderr
    rows = (tmp_path / "o.csv").read_text().splitlines()
    assert ",unknown," in rows[1]
    assert ",avoid," in rows[2]
    report = (tmp_path / "o.html").read_text()
    assert "--skip-bad" in report
    assert "crosses" in report


def test_joined_sets_keep_their_doubts(tmp_path):
    doubtful = load_zones(crossing_file(tmp_path / "z.geojson"), skip_bad=True)
    other = load_zones(collection(area([[0, 0], [1, 0], [1, 1], [0, 0]], id="o")))
    joined = combine(other, doubtful)
    assert [item.feature for item in joined.left_out] == ["crosses"]
    assert rc.check("49.8,8", "49.8,14", zones=joined, date=DAY).verdict == "unknown"
    assert rc.check("49.8,8", "49.8,14", zones=other, date=DAY).verdict == "clear"


def test_a_watch_elsewhere_on_the_way_is_not_in_doubt(tmp_path):
    doubtful = load_zones(crossing_file(tmp_path / "z.geojson"), skip_bad=True)
    a = rc.check("41.7,46", "41.8,47", zones=doubtful, date=DAY)
    assert (a.verdict, len(a.exposures)) == ("watch", 1)
    assert any("crosses" in caveat for caveat in a.caveats)


def test_a_folder_names_what_it_does_not_read(tmp_path):
    """All of them: packed GeoJSON is read, the rest is named, folders first."""
    folder = tmp_path / "zones"
    (folder / "sub").mkdir(parents=True)
    far = json.dumps(collection(area([[0, 0], [1, 0], [1, 1], [0, 0]], id="far")))
    near = json.dumps(collection(area(id="near")))
    (folder / "a.geojson").write_text(far)
    others = ("sub/near.geojson", "near.txt", "near", "near.geojson~", "near.bak", ".near.geojson",
              "near.kml", "near.geojsonl", "near.zip", "near.xml")  # fmt: skip
    for name in others:
        (folder / name).write_text(near)
    (folder / ".DS_Store").write_bytes(b"x")
    zones = load_zones(folder)
    assert [zone.id for zone in zones] == ["far"]
    (said,) = [p.message for p in zones.problems if p.code == "not-read"]
    for name in ("sub", "near.txt", "near.geojson~", "near.bak", ".near.geojson", "near.kml",
                 "near.geojsonl", "near.zip", "near.xml"):  # fmt: skip
        assert name in said
    assert ", near, " in said or " near," in said
    assert said.index("sub") < said.index("near.kml") < said.index("near.txt")
    assert ".DS_Store" not in said
    a = rc.check("BAK", "GRV", zones=zones, date=DAY)
    assert any("near.txt" in caveat for caveat in a.caveats)
    (folder / "near.geojson.gz").write_bytes(gzip.compress(near.encode()))
    assert [zone.id for zone in load_zones(folder)] == ["far", "near"]
    assert rc.check("BAK", "GRV", zones=folder, date=DAY).verdict == "avoid"


def test_a_folder_of_folders_says_so(tmp_path):
    (tmp_path / "ABC").mkdir()
    (tmp_path / "ABC" / "ABC.json").write_text(json.dumps(collection(area())))
    with pytest.raises(ZoneError, match=r"the folder within, ABC \(folders are not looked into\)"):
        load_zones(tmp_path)
    empty = tmp_path / "ABC" / "empty"
    empty.mkdir()
    with pytest.raises(ZoneError, match=r"there is no \.geojson or \.json file in this folder$"):
        load_zones(empty)


def test_packed_files_are_read_and_damaged_ones_told(tmp_path):
    path = tmp_path / "z.geojson.gz"
    packed = gzip.compress(json.dumps(collection(area(id="a"))).encode())
    path.write_bytes(packed)
    assert [zone.id for zone in load_zones(path)] == ["a"]
    path.write_bytes(packed[:-12])
    (problem,) = lint_file(path)
    assert "cannot be unpacked" in problem.message
    path.write_text(json.dumps(collection(area(id="plain"))))
    assert [zone.id for zone in load_zones(path)] == ["plain"]


def test_a_name_of_a_megabyte_is_cut():
    zones = load_zones(collection(area(name="x" * 2**20)))
    assert len(zones[0].name) == 200
    a = rc.check("BAK", "GRV", zones=zones, date=DAY)
    assert len(a.headline) < 1000
    assert sum(len(str(problem)) for problem in zones.problems) < 1000


def test_a_placemark_has_its_name(tmp_path):
    path = tmp_path / "z.kml"
    ring = " ".join(f"{x},{y},0" for x, y in AREA)
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'
        "<Document><Placemark><name>Pin</name><Point><coordinates>1,2,0</coordinates></Point>"
        "</Placemark><Placemark><name>Danger Alpha</name><Polygon><outerBoundaryIs><LinearRing>"
        f"<coordinates>{ring}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
        "</Document></kml>"
    )
    zones = load_zones(path)
    assert [zone.name for zone in zones] == ["Danger Alpha"]
    assert any("'Pin' (Point)" in problem.message for problem in zones.problems)


def test_the_gravest_warnings_are_printed_first(tmp_path):
    """The first ten warnings are printed: what was left out is among them."""
    wrong = [area(name=f"n{i}", buffer=5) for i in range(15)]
    path = tmp_path / "z.geojson"
    path.write_text(json.dumps(collection(*wrong, area(CROSSING, name="crosses"))))
    assert "crosses" in run("BAK", "GRV", "--zones", path, "--skip-bad").stderr


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("package.json", {"name": "x", "version": "1"}, "is no GeoJSON"),
        ("settings.json", {"type": "settings", "colour": "red"}, "is no GeoJSON"),
        ("names.json", ["a", "b"], "is no GeoJSON"),
        ("empty.json", {}, "is no GeoJSON"),
        ("index.json", {"files": ["a.geojson"]}, "is no GeoJSON"),
        ("points.json", "points", "holds points without an area only"),
        ("points.geojson", "points", "holds points without an area only"),
        ("broken.json", '{"type": "FeatureCollection", "features": [', None),
        ("typo.json", {"type": "FeatureColection", "features": []}, None),
        ("wrapped.json", {"data": {"coordinates": [[[4, 49]]]}}, None),
        ("other.geojson", {"name": "x"}, None),
        ("circle.json", "circle", None),
        ("level.json", "level", None),
        ("line.json", "line", None),
    ],
)
def test_a_file_without_zones_does_not_lose_the_folder(tmp_path, name, content, why):
    """It is named, in a check too; what may hold zones in another form stays an error."""
    point = {"type": "Point", "coordinates": [5, 50]}
    line = {"type": "LineString", "coordinates": [[4, 50], [6, 50]]}
    made = {
        "points": collection({"type": "Feature", "properties": {"n": 1}, "geometry": point}),
        "circle": collection({"type": "Feature", "properties": {"radius": 5}, "geometry": point}),
        "level": collection(
            {"type": "Feature", "properties": {"level": "avoid"}, "geometry": point}
        ),
        "line": collection({"type": "Feature", "properties": {}, "geometry": line}),
    }
    if isinstance(content, str) and content in made:
        content = made[content]
    (tmp_path / "a.geojson").write_text(json.dumps(collection(area(name="good"))))
    (tmp_path / name).write_text(content if isinstance(content, str) else json.dumps(content))
    if why is None:
        with pytest.raises(ZoneError):
            load_zones(tmp_path)
        return
    zones = load_zones(tmp_path)
    assert [zone.name for zone in zones] == ["good"]
    (said,) = [problem.message for problem in zones.problems]
    assert f"{name}, which {why}" in said
    found = rc.check("49.8,8", "49.8,14", zones=zones, date=DAY)
    assert any(name in caveat for caveat in found.caveats)
    (tmp_path / "a.geojson").unlink()
    with pytest.raises(ZoneError):
        load_zones(tmp_path)


def test_an_archive_of_several_files_says_so(tmp_path):
    far = '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    far += "<Placemark><name>far</name><Polygon><outerBoundaryIs><LinearRing><coordinates>"
    far += "100,10 101,10 101,11 100,11 100,10</coordinates></LinearRing></outerBoundaryIs>"
    far += "</Polygon></Placemark></Document></kml>"
    for name, inner, verdict in (
        ("one.kmz", ("doc.kml",), "clear"),
        ("two.kmz", ("doc.kml", "files/other.kml"), "unknown"),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for each in inner:
                archive.writestr(each, far)
        zones = load_zones(tmp_path / name)
        assert rc.check("49.8,8", "49.8,14", zones=zones, date=DAY).verdict == verdict
        assert any("holds 2 files" in p.message for p in zones.problems) == (verdict != "clear")
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        for each in ("a.geojson", "b.geojson"):
            archive.writestr(each, json.dumps(collection(area(name=each))))
    with pytest.raises(ZoneError, match="unpack it and name each"):
        load_zones(tmp_path / "two.zip")


def test_a_bow_tie_names_what_leaves_it_out():
    bow = [[10, 50], [12, 52], [12, 50], [10, 52], [10, 50]]
    text = json.dumps(collection(area(name="good"), area(bow, name="bow")))
    with pytest.raises(ZoneError, match=r"--skip-bad \(skip_bad=True\)"):
        parse_zones(text)
    zones = parse_zones(text, skip_bad=True)
    assert [item.feature for item in zones.left_out] == ["bow"]
    assert not any("--skip-bad" in problem.message for problem in zones.problems)
