"""``zones diff``: what changed between two sets, and how far an outline moved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod

from helpers import DATE, run_inside, zone_text
from routecheck.geometry.covered import borders, covered, shape_area_km2
from routecheck.geometry.outlines import APART_TOLERANCE_KM, area_km2, hausdorff_km
from routecheck.zones import load_zones
from routecheck.zones.diff import diff_zones
from zone_files import advisory, box, document, ring, write

WHEN = date(2026, 11, 20)
GEOD = Geod(ellps="WGS84")


def outline(geometry):
    return load_zones(geometry)[0].outline


# outlines


def test_boxes_are_as_far_apart_as_the_meridian_says():
    """A box that grew by half a degree to the north: the corners moved by that much."""
    (_, _, metres) = GEOD.inv(10, 42, 10, 42.5)
    one, other = outline(box(10, 40, 14, 42)), outline(box(10, 40, 14, 42.5))
    away = hausdorff_km(one, other)
    # from the middle of the upper parallel, the nearest point of the lower is 2 m nearer at most
    assert away == pytest.approx(metres / 1000, abs=0.01)
    assert hausdorff_km(other, one) == pytest.approx(away, abs=0.001)


SAME = {  # pairs of one outline, written in two ways
    "order": (box(10, 40, 14, 42), {"type": "Polygon", "coordinates": [[[14, 42], [10, 42],
              [10, 40], [14, 40], [14, 42]]]}),
    "turn": (box(178, 60, 186, 65), box(-182, 60, -174, 65)),
    "vertices": (box(0, 60, 10, 70), {"type": "Polygon", "coordinates": [[[0, 60], [3.21, 60],
                 [10, 60], [10, 66.6], [10, 70], [0, 70], [0, 60]]]}),
}  # fmt: skip


@pytest.mark.parametrize("case", SAME)
def test_outlines_that_are_the_same(case):
    one, other = map(outline, SAME[case])
    assert hausdorff_km(one, other) < 0.005
    assert area_km2(one) == pytest.approx(area_km2(other), rel=1e-9)


def test_a_hole_counts():
    whole = outline(box(0, 0, 4, 4))
    hole = [*reversed(ring(1, 1, 3, 3))]
    holed = outline({"type": "Polygon", "coordinates": [ring(0, 0, 4, 4), hole]})
    # from the middle of a side of the hole, a degree from the side of the box
    (_, _, metres) = GEOD.inv(1, 2, 0, 2)
    assert hausdorff_km(whole, holed) == pytest.approx(metres / 1000, rel=0.01)
    inner = outline(box(1, 1, 3, 3))
    assert area_km2(holed) == pytest.approx(area_km2(whole) - area_km2(inner), rel=1e-9)


def test_outlines_at_the_ends_of_the_earth():
    away = hausdorff_km(outline(box(0, 0, 1, 1)), outline(box(100, 50, 101, 51)))
    (_, _, metres) = GEOD.inv(1, 1, 100, 50)
    assert away == pytest.approx(metres / 1000, abs=400)
    cap, smaller = outline(box(-180, 70, 180, 90)), outline(box(-180, 71, 180, 90))
    (_, _, metres) = GEOD.inv(0, 70, 0, 71)
    assert hausdorff_km(cap, smaller) == pytest.approx(metres / 1000, abs=0.01)


def wobbly(rng):
    """A star-shaped ring of 12 to 40 corners, a few hundred km wide, anywhere but at a pole."""
    count = int(rng.integers(12, 40))
    turns = np.sort(rng.uniform(0, 2 * np.pi, count))
    radius = rng.uniform(0.5, 3, count)
    lon0, lat0 = rng.uniform(-180, 180), rng.uniform(-70, 70)
    lon, lat = lon0 + 1.5 * radius * np.cos(turns), lat0 + radius * np.sin(turns)
    return np.column_stack((lon, lat))


def closed(points):
    rows = points.tolist()
    return {"type": "Polygon", "coordinates": [[*rows, rows[0]]]}


SAMPLE_DEG = 0.05


@pytest.mark.parametrize("seed", range(8))
def test_outlines_against_brute_force(seed):
    """Every point of a dense sampling against every other, by the geodesic."""
    rng = np.random.default_rng(seed)
    while True:
        points = wobbly(rng)
        moved = points + rng.normal(0, 0.2 * rng.random(), points.shape)
        one, other = closed(points), closed(moved)
        if all(shapely.geometry.shape(g).is_valid for g in (one, other)):
            break
    samples = [
        shapely.get_coordinates(shapely.segmentize(shapely.geometry.shape(g), SAMPLE_DEG))
        for g in (one, other)
    ]
    (a, b), far = samples, 0.0
    for mine, theirs in ((a, b), (b, a)):
        for lon, lat in mine:
            count = len(theirs)
            metres = GEOD.inv(np.full(count, lon), np.full(count, lat), *theirs.T)[2]
            far = max(far, float(metres.min()) / 1000)
    away = hausdorff_km(outline(one), outline(other))
    spacing_km = SAMPLE_DEG * 111.7
    assert far - spacing_km / 2 - max(APART_TOLERANCE_KM, 0.01 * far) <= away
    assert away <= far + spacing_km / 2


@pytest.mark.parametrize("given", [
    box(0, 0, 1, 1), box(-120, 59, -100, 61), box(178, -20, 190, 40), closed(np.array(
        [[0, 0], [30, 20], [10, 50], [-20, 40]]
    )),
])  # fmt: skip
def test_areas_agree_with_geographiclib(given):
    """Of polygons cut so finely that their geodesic edges follow the straight ones."""
    fine = shapely.segmentize(shapely.geometry.shape(given), 0.01)
    lon, lat = shapely.get_coordinates(fine).T
    expected = GEOD.polygon_area_perimeter(lon, lat)[0] / 1e6
    assert area_km2(outline(given)) == pytest.approx(expected, rel=1e-7)


def test_an_outline_redrawn_from_more_vertices_is_measured_in_seconds():
    big = max(load_zones(), key=lambda zone: len(zone.outline.lon))
    shape = shapely.segmentize(shapely.geometry.shape(big.geometry), 0.05)
    again = outline(shapely.geometry.mapping(shape))
    assert hausdorff_km(big.outline, again) < 0.01


# what is covered, however it was cut


def parts(*boxes):
    return {"type": "MultiPolygon", "coordinates": [given["coordinates"] for given in boxes]}


SMALL_HOLE = [*reversed(ring(0.5, 0.5, 0.50001, 0.50001))]
RECUT = {  # pairs of one area, cut in two ways
    "date line": (box(170, 10, 190, 20), parts(box(170, 10, 180, 20), box(-180, 10, -170, 20))),
    "past the date line": (
        box(170, 10, 190, 20), parts(box(170, 10, 185.3, 20), box(-174.7, 10, -170, 20)),
    ),
    "halves": (box(10, 40, 14, 42), parts(box(10, 40, 12, 42), box(12, 40, 14, 42))),
    "overlap": (box(0, 0, 3, 2), parts(box(0, 0, 2, 2), box(1, 0, 3, 2))),
    "cap": (box(-180, 70, 180, 90), box(0, 70, 360, 90)),
    "cap in parts": (
        box(-180, -90, 180, -70), parts(*(box(w, -90, w + 90, -70) for w in (-180, -90, 0, 90))),
    ),
    "pin-hole": (
        box(0, 0, 1, 1), {"type": "Polygon", "coordinates": [ring(0, 0, 1, 1), SMALL_HOLE]},
    ),
    "slit": (
        box(10, 40, 14, 42),
        parts(
            box(10, 40, 12, 42),
            {"type": "Polygon", "coordinates": [[[12, 40], [14, 40], [14, 42], [12, 42],
             [12.000002, 41.1], [12, 40]]]},
        ),
    ),
}  # fmt: skip


def moved(one, other):
    old, new = load_zones(one), load_zones(other)
    (change,) = diff_zones(old, new, WHEN).changed
    assert change
    return change.moved


@pytest.mark.parametrize("case", RECUT)
def test_an_outline_cut_in_other_parts_has_not_moved(case):
    for one, other in (RECUT[case], RECUT[case][::-1]):
        found = moved(one, other)
        assert found.same_area
        assert found.apart_km == 0
        # the slit of 0.2 m may count, what overlaps must not count twice
        assert found.old_area_km2 == pytest.approx(found.new_area_km2, rel=1e-6)


REDRAWN = {  # cut otherwise, and changed too: how far
    "date line": (
        box(170, 10, 190, 20), parts(box(170, 10, 180, 20.5), box(-180, 10, -170, 20.5)),
        (0, 20, 0, 20.5),
    ),
    "half of it": (box(170, 0, 190, 1), box(170, 0, 180, 1), (180, 0, 190, 0)),
    "cap": (box(-180, 70, 180, 90), box(0, 71, 360, 90), (0, 70, 0, 71)),
    "island": (
        parts(box(10, 40, 14, 42), box(14.1, 40, 14.11, 40.01)), box(10, 40, 14, 42),
        (14, 40, 14.11, 40),
    ),
    "spike": (
        box(10, 40, 14, 42),
        closed(np.array([[10, 40], [14, 40], [14, 41], [14.2, 41.00001], [14, 41.00002], [14, 42],
                         [10, 42]])),
        (14, 41, 14.2, 41),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REDRAWN)
def test_an_outline_cut_otherwise_and_redrawn_has_moved_by_its_border(case):
    one, other, (lon, lat, lon_far, lat_far) = REDRAWN[case]
    metres = GEOD.inv(lon, lat, lon_far, lat_far)[2]
    for first, second in ((one, other), (other, one)):
        found = moved(first, second)
        assert not found.same_area
        assert found.apart_km == pytest.approx(metres / 1000, rel=0.02)


def test_borders_are_those_of_the_area():
    """No seam at the date line or a pole, no cut within; none of the edges longer than 100 km."""
    for given, sides in (
        (RECUT["date line"][1], [-170.0, 170.0]), (RECUT["cap"][1], []),
        (box(170, 10, 180, 20), [170.0, 180.0]), (box(-180, 10, -170, 20), [-170.0, 180.0]),
    ):  # fmt: skip
        edges = borders(covered(outline(given)))
        upright = edges[edges[:, 0] == edges[:, 2]]
        assert sorted(set(upright[:, 0].tolist())) == sides
        assert np.abs(edges[:, (1, 3)]).max() < 90
        assert GEOD.inv(*edges.T)[2].max() < 101_000


def test_shapes_have_the_area_of_their_outline():
    for zone in load_zones():
        area = shape_area_km2(covered(zone.outline))
        assert area == pytest.approx(area_km2(zone.outline), rel=1e-6)


def test_every_zone_cut_in_two_is_the_same():
    for zone in load_zones():
        whole = shapely.geometry.shape(zone.geometry)
        largest = max(shapely.get_parts(whole), key=shapely.area)
        west, _, east, _ = largest.bounds
        middle = (west + east) / 2
        cells = [shapely.box(-600, -90, middle, 90), shapely.box(middle, -90, 600, 90)]
        cut = [p for cell in cells for p in shapely.get_parts(whole.intersection(cell))]
        polygons = shapely.multipolygons([p for p in cut if p.geom_type == "Polygon"])
        assert moved(zone.geometry, shapely.geometry.mapping(polygons)).same_area


# sets


def changed(**steps):
    """The made-up set with one thing after another changed."""
    new = document()
    for name in steps:
        CHANGES[name](new)
    return new


def zone_of(doc, ident):
    return next(f for f in doc["features"] if f["properties"]["id"] == ident)


def _add(doc):
    doc["features"].append(
        {"type": "Feature", "properties": {"id": "new", "name": "New", "advisories": ["easa-r2"]},
         "geometry": box(50, 0, 51, 1)}
    )  # fmt: skip


def _remove(doc):
    doc["features"] = [f for f in doc["features"] if f["properties"]["id"] != "silent"]


def _rename(doc):
    zone_of(doc, "own")["properties"]["name"] = "Mine"


def _move(doc):
    zone_of(doc, "own")["geometry"] = box(-40, 0, -39, 1.5)


def _buffer(doc):
    zone_of(doc, "tripoli")["properties"]["buffer_km"] = 50


def _raise(doc):
    doc["routecheck"]["advisories"]["easa-r2"] |= {"level": "avoid", "floor_ft": 1000}


def _advise(doc):
    doc["routecheck"]["advisories"]["easa-r3"] = advisory(revision="R3", issued="2026-11-01")
    del doc["routecheck"]["advisories"]["easa-r1"]
    zone_of(doc, "tripoli")["properties"]["advisories"] = ["easa-r2", "faa", "easa-r3"]


def _header(doc):
    doc["routecheck"] |= {"as_of": "2026-11-01", "gaps": ["All but three places.", "And more."]}


CHANGES = {"add": _add, "remove": _remove, "rename": _rename, "move": _move, "buffer": _buffer,
           "raise": _raise, "advise": _advise, "header": _header}  # fmt: skip


@pytest.fixture
def diff_of():
    def compare(*names):
        old, new = load_zones(document()), load_zones(changed(**dict.fromkeys(names)))
        return diff_zones(old, new, WHEN)

    return compare


def test_nothing_changed(diff_of):
    assert not diff_of()


def test_zones_added_and_removed(diff_of):
    diff = diff_of("add", "remove")
    assert diff
    assert [zone.id for zone in diff.added] == ["new"]
    assert [zone.id for zone in diff.removed] == ["silent"]
    assert not diff.changed
    assert not diff.header


@pytest.mark.parametrize(("name", "zone", "field", "old", "new"), [
    ("rename", "own", "name", "Own", "Mine"),
    ("buffer", "tripoli", "buffer_km", 25.0, 50.0),
])  # fmt: skip
def test_a_field_changed(name, zone, field, old, new, diff_of):
    (change,) = diff_of(name).changed
    assert change.new.id == zone
    assert [(f.field, f.old, f.new) for f in change.fields] == [(field, old, new)]
    assert (change.level, change.moved, change.added, change.changed) == (None, None, (), ())


def test_an_outline_moved(diff_of):
    (change,) = diff_of("move").changed
    assert change.moved.apart_km == pytest.approx(55.3, abs=0.1)
    assert change.moved.new_area_km2 == pytest.approx(1.5 * change.moved.old_area_km2, rel=1e-3)


def test_an_advisory_changed_and_with_it_the_level(diff_of):
    (change,) = diff_of("raise").changed
    assert (change.level.old, change.level.new) == ("caution", "avoid")
    (one,) = change.changed
    assert [(f.field, f.old, f.new) for f in one.fields] == [
        ("level", "caution", "avoid"), ("floor_ft", None, 1000.0),
    ]  # fmt: skip


def test_advisories_added_and_removed(diff_of):
    (change,) = diff_of("advise").changed
    assert [a.id for a in change.added] == ["easa-r3"]
    assert [a.id for a in change.removed] == ["easa-r1"]
    # on the day, R3 counts
    assert (change.level.old, change.level.new) == ("caution", "avoid")


def test_the_header_changed(diff_of):
    diff = diff_of("header")
    assert [f.field for f in diff.header] == ["as_of", "gaps"]
    assert not diff.changed


def test_plain_files_differ_not_by_their_own_names(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.geojson").write_text(zone_text(id="x"), encoding="utf-8")
    old, new = (load_zones(tmp_path / f"{name}.geojson") for name in ("a", "b"))
    assert not diff_zones(old, new, WHEN)


# the command


@pytest.fixture
def files(tmp_path):
    old = write(tmp_path / "old.geojson", document())
    new = write(tmp_path / "new.geojson", changed(**dict.fromkeys(CHANGES)))
    return old, new


def test_text_of_everything_that_can_change(files):
    done = run_inside("zones", "diff", *files, "--date", DATE)
    assert done.code == 0
    text = " ".join(done.out.split())
    for part in (
        "THE SET as_of: 2026-10-03 -> 2026-11-01 gaps: + And more.",
        "ZONES ADDED (1) new: New; avoid on 2026-11-20, conflict, buffer 0 km, 1 advisory",
        "ZONES REMOVED (1) silent: Silent; watch on 2026-11-20, gnss, buffer 0 km, no notice known",
        "ZONES CHANGED (2)",
        "level on 2026-11-20: caution -> avoid",
        "outline moved by up to 55.3 km; area 12,308 -> 18,462 km² (+6,153 km², +50 per cent)",
        "buffer_km: 25 -> 50",
        "name: Own -> Mine",
        "advisory added: EASA CZIB 2025-77 R3: avoid, up to FL320, issued 2026-11-01",
        "advisory removed: EASA CZIB 2025-77 R1: avoid, up to FL320, issued 2025-03-01, ended",
        "advisory changed: EASA CZIB 2025-77 R2 level: caution -> avoid floor_ft: none -> 1,000",
    ):
        assert part in text
    assert done.err == "5 zones then, 5 now: 1 added, 1 removed, 2 changed, the header changed.\n"
    assert all(len(line) <= 80 for line in done.out.splitlines())


def test_json_says_the_same(files):
    done = run_inside("zones", "diff", *files, "--date", DATE, "--format", "json")
    record = done.json
    assert (record["schema"], record["same"], record["date"]) == (1, False, DATE)
    assert [f["field"] for f in record["header"]] == ["as_of", "gaps"]
    assert [zone["id"] for zone in record["added"]] == ["new"]
    assert [zone["id"] for zone in record["removed"]] == ["silent"]
    tripoli, own = record["changed"]
    assert (tripoli["zone"], own["zone"]) == ("tripoli", "own")
    assert tripoli["level"] == {"old": "caution", "new": "avoid"}
    assert tripoli["moved"] is None
    assert [a["id"] for a in tripoli["advisories"]["added"]] == ["easa-r3"]
    assert [a["id"] for a in tripoli["advisories"]["removed"]] == ["easa-r1"]
    (advisory_change,) = tripoli["advisories"]["changed"]
    assert advisory_change["fields"][0] == {"field": "level", "old": "caution", "new": "avoid"}
    assert own["moved"] == {
        "apart_km": pytest.approx(55.3, abs=0.1), "same_area": False, "old_area_km2": 12308.5,
        "new_area_km2": pytest.approx(18462, abs=1), "area_change_km2": pytest.approx(6153, abs=1),
    }  # fmt: skip


@pytest.mark.parametrize("form", ["text", "json"])
def test_exit_code_judges_only_if_asked(form, files):
    old, new = files
    words = ("zones", "diff", "--format", form)
    assert run_inside(*words, old, new).code == 0
    assert run_inside(*words, old, new, "--exit-code").code == 1
    same = run_inside(*words, old, old, "--exit-code")
    assert same.code == 0
    assert same.err.startswith("No difference: 5 zones, as of 2026-10-03")
    assert (same.out == "") == (form == "text")


def test_the_level_is_that_of_the_date(files):
    words = ("zones", "diff", *files, "--format", "json", "--date")
    early = run_inside(*words, "2025-06-01").json
    assert {zone["zone"]: zone["level"] for zone in early["changed"]}["tripoli"] == {
        "old": "avoid", "new": "watch",
    }  # fmt: skip


def test_an_outline_cut_in_other_parts_is_told_apart(tmp_path):
    one, other = (write(tmp_path / f"{i}.json", RECUT["date line"][i]) for i in (0, 1))
    done = run_inside("zones", "diff", one, other, "--exit-code")
    assert done.code == 1
    assert "outline drawn in other parts, the same area (2,377,104 km²)" in done.out
    assert "moved" not in done.out
    (change,) = run_inside("zones", "diff", one, other, "--format", "json").json["changed"]
    assert change["moved"] == {
        "apart_km": 0.0, "same_area": True, "old_area_km2": 2377103.8, "new_area_km2": 2377103.8,
        "area_change_km2": 0.0,
    }  # fmt: skip


def test_built_in_is_a_word(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = ("zones", "diff", "built-in", "built-in", "--exit-code")
    done = run_inside(*words)
    assert (done.code, done.out) == (0, "")
    write(Path("built-in"), document())
    again = run_inside(*words)
    assert again.code == 0
    assert again.err == (
        "built-in means the built-in set: write ./built-in for the file or folder here.\n"
        + done.err
    )
    other = run_inside("zones", "diff", "./built-in", "./built-in")
    assert other.err.startswith("No difference: 5 zones")


@pytest.mark.parametrize("day", ["", " "])
def test_an_empty_date_is_refused(day, files):
    done = run_inside("zones", "diff", *files, "--date", day)
    assert (done.code, done.out) == (2, "")
    assert "--date is empty" in done.err


def test_standard_input_is_read_once(files):
    text = Path(files[1]).read_text("utf-8")
    done = run_inside("zones", "diff", files[0], "-", "--exit-code", stdin=text)
    assert done.code == 1
    assert run_inside("zones", "diff", "-", "-").code == 2


@pytest.mark.parametrize("words", [("built-in",), ("missing.geojson", "built-in"), ()])
def test_wrong_words_are_errors(words):
    assert run_inside("zones", "diff", *words).code == 2
