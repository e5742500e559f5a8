"""The compiled kernel gives what plain Python gives, and room is made where it runs out."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import routecheck as rc
from helpers import clean_env
from routecheck.geometry import compiled as compiled_module
from routecheck.geometry import run as run_module
from routecheck.geometry.compiled import MODULES, compiled_kernel, numba_is_there
from routecheck.geometry.index import build_index, index_of
from routecheck.geometry.run import COMPILE_FROM, run
from shapes import box, polygon, star, zone_set

KM = 1e-6
"""1 mm."""

COMMON = ("route", "zone", "inside_km", "buffered_km", "closest_km")
STRETCHES = ("in_row", "in_low", "in_high", "by_row", "by_low", "by_high")
COLUMNS = {
    False: (*COMMON, *STRETCHES, "touching"),
    True: (*COMMON, *STRETCHES, "start", "end", "km", "px", "py", "pz", "qx", "qy", "qz"),
}


def seeded_routes(count, seed):
    """Anywhere and of any length, a few of them of none, nearly antipodal, or over a pole."""
    rng = np.random.default_rng(seed)
    lon1, lon2 = rng.uniform(-180, 180, (2, count))
    lat1, lat2 = np.degrees(np.arcsin(rng.uniform(-1, 1, (2, count))))
    # Half of them where most of the built-in zones are.
    near = slice(0, count // 2)
    lon1[near], lat1[near] = rng.uniform(0, 80, count // 2), rng.uniform(0, 60, count // 2)
    lon2[near] = lon1[near] + rng.normal(0, 20, count // 2)
    lat2[near] = np.clip(lat1[near] + rng.normal(0, 12, count // 2), -90, 90)
    routes = np.column_stack((lon1, lat1, lon2, lat2))
    routes[::97, 2:] = routes[::97, :2]
    routes[5::97] = np.column_stack(
        (lon1[5::97], lat1[5::97], lon1[5::97] + 179.5, 0.3 - lat1[5::97])
    )
    routes[9::97, 2] = routes[9::97, 0] + 180
    return routes


def same(one, other, *, detailed):
    for name in COLUMNS[detailed]:
        a, b = getattr(one, name), getattr(other, name)
        assert len(a) == len(b), name
        if a.dtype.kind == "i":
            assert (a == b).all(), name
        else:
            assert np.abs(a - b).max(initial=0) < KM, name


@pytest.fixture(scope="module")
def zones():
    return list(rc.load_zones())


@pytest.mark.parametrize("detailed", [False, True])
@pytest.mark.parametrize("within_km", [0.0, 300.0])
def test_compiled_and_plain_give_the_same_rows(zones, detailed, within_km):
    index = index_of([zone.outline for zone in zones])
    buffer_km = np.array([zone.buffer_km for zone in zones])
    limit_km = np.maximum(buffer_km, within_km)
    routes = seeded_routes(2000 if within_km == 0 else 300, 1)
    plain, compiled = (
        run(routes, index, buffer_km, limit_km, detailed=detailed, compiled=how)
        for how in (False, True)
    )
    assert len(plain.route) > 500
    assert len(plain.in_row) > 200
    same(plain, compiled, detailed=detailed)
    order = plain.route * len(zones) + plain.zone
    assert (np.diff(order) > 0).all()


@pytest.mark.parametrize("buffer_km", [5.0, 90.0, 250.0, 1000.0])
def test_they_agree_on_buffers_of_any_width(buffer_km):
    shapes = [star(20 * i, 60 - 15 * i, [300, 80, 200, 500, 120]) for i in range(8)]
    index = build_index([zone.outline for zone in zone_set(*shapes)])
    stand_off = np.full(8, buffer_km)
    routes = seeded_routes(500, 2)
    plain, compiled = (
        run(routes, index, stand_off, stand_off, detailed=True, compiled=how)
        for how in (False, True)
    )
    assert len(plain.by_row) > 40
    same(plain, compiled, detailed=True)


def test_they_agree_on_shapes_that_are_cut(zones):
    """Parts, holes, the date line and a cap, where the middles of stretches decide."""
    given = zone_set(
        box(-180, 60, 180, 90),
        box(170, -20, 190, 20),
        polygon(
            [(20, 0), (60, 0), (60, 40), (20, 40)],
            [(30, 10), (30, 30), (50, 30), (50, 10)],
        ),
        {
            "type": "MultiPolygon",
            "coordinates": [box(0, 0, 10, 10)["coordinates"], box(10, 0, 20, 10)["coordinates"]],
        },
        buffer_km=30.0,
    )
    index = build_index([zone.outline for zone in given])
    buffer_km = np.full(4, 30.0)
    for detailed in (False, True):
        plain, compiled = (
            run(
                seeded_routes(800, 3),
                index,
                buffer_km,
                buffer_km,
                detailed=detailed,
                compiled=how,
            )
            for how in (False, True)
        )
        assert len(plain.in_row) > 100
        same(plain, compiled, detailed=detailed)


# Room


TEETH = 600


@pytest.fixture(scope="module")
def comb():
    """Teeth across the equator, half a tenth of a degree wide, on a back at 1°S."""
    ring = []
    for tooth in range(TEETH):
        x = 0.1 * tooth
        ring += [(x, -1), (x, 1), (x + 0.05, 1), (x + 0.05, -1)]
    ring += [(0.1 * TEETH, -1), (0.1 * TEETH, -2), (0, -2)]
    return list(zone_set(polygon(ring), buffer_km=0.5))


@pytest.mark.parametrize("how", [False, True])
def test_room_is_made_for_a_thousand_crossings(comb, how):
    """More crossings and stretches than the scratch paper first holds, and than a row's room."""
    index = build_index([zone.outline for zone in comb])
    buffer_km = np.array([0.5])
    route = [-1.0, 0.0, 0.1 * TEETH + 1, 0.0]
    rows = run(np.array([route]), index, buffer_km, buffer_km, compiled=how)
    assert len(rows.route) == 1
    assert len(rows.in_row) == len(rows.by_row) == TEETH
    tooth_km = 0.05 * 111.3194908
    assert rows.in_high - rows.in_low == pytest.approx(np.full(TEETH, tooth_km), abs=0.003)
    assert rows.by_high - rows.by_low == pytest.approx(np.full(TEETH, tooth_km + 1), abs=0.003)
    assert rows.inside_km[0] == pytest.approx(TEETH * tooth_km, abs=0.2)
    # A route beside it goes on after the one that needed more room, and one before it stays.
    aside = [-1.0, 5.0, 10.0, 5.0]
    shorter = [-1.0, 0.0, 0.06, 0.0]
    three = run(
        np.array([shorter, route, aside, shorter]), index, buffer_km, buffer_km, compiled=how
    )
    assert three.route.tolist() == [0, 1, 3]
    assert np.bincount(three.in_row).tolist() == [1, TEETH, 1]
    assert np.bincount(three.by_row).tolist() == [1, TEETH, 1]
    mine = three.in_row == 1
    assert three.in_low[mine] == pytest.approx(rows.in_low, abs=1e-9)


def test_stretches_meet_where_pieces_do():
    """One stretch along a route of many pieces, not one a piece."""
    zones = zone_set(box(-10, -3, 100, 3), buffer_km=50.0)
    index = build_index([zone.outline for zone in zones])
    rng = np.random.default_rng(4)
    count = 100
    routes = np.column_stack(
        (
            rng.uniform(0, 20, count),
            rng.uniform(2, 3.2, count),
            rng.uniform(70, 90, count),
            rng.uniform(2, 3.2, count),
        )
    )
    buffer_km = np.array([50.0])
    for how in (False, True):
        rows = run(routes, index, buffer_km, buffer_km, compiled=how)
        gaps = rows.by_low[1:] - rows.by_high[:-1]
        assert not ((rows.by_row[1:] == rows.by_row[:-1]) & (gaps < 10 * KM)).any()


@pytest.mark.parametrize("how", [False, True])
def test_room_is_made_for_many_rows(how):
    """Sixty zones on one another: each route has more rows than there was room for."""
    zones = list(zone_set(*[box(-i / 10, -i / 10, i / 10, i / 10) for i in range(1, 61)]))
    index = build_index([zone.outline for zone in zones])
    nothing = np.zeros(60)
    routes = np.repeat([[-20.0, 0.01, 20.0, 0.01]], 40, axis=0)
    rows = run(routes, index, nothing, nothing, compiled=how)
    assert rows.route.tolist() == np.repeat(np.arange(40), 60).tolist()
    assert rows.zone.tolist() == list(range(60)) * 40
    assert rows.in_row.tolist() == list(range(2400))
    assert rows.inside_km.reshape(40, 60).std(axis=0).max() < 1e-9
    assert (np.diff(rows.inside_km[:60]) > 0).all()


# Progress, threads and choosing


@pytest.mark.parametrize("how", [False, True])
@pytest.mark.parametrize("cores", [1, 3])
def test_progress_ends_at_all_routes(zones, monkeypatch, how, cores):
    monkeypatch.setattr(run_module.os, "cpu_count", lambda: cores)
    index = index_of([zone.outline for zone in zones])
    buffer_km = np.array([zone.buffer_km for zone in zones])
    told = []
    rows = run(
        seeded_routes(300, 5), index, buffer_km, buffer_km, compiled=how, progress=told.append
    )
    assert told[-1] == 300
    assert len(told) > 5
    assert all(a < b for a, b in itertools.pairwise(told))
    whole = run(seeded_routes(300, 5), index, buffer_km, buffer_km, compiled=how)
    same(rows, whole, detailed=False)


def test_nothing_to_measure_is_no_error(zones):
    index = index_of([zone.outline for zone in zones])
    buffer_km = np.array([zone.buffer_km for zone in zones])
    for how in (False, True):
        assert not len(run(np.empty((0, 4)), index, buffer_km, buffer_km, compiled=how).route)
        rows = run(seeded_routes(50, 6), index, buffer_km, np.full(len(zones), -1.0), compiled=how)
        assert not len(rows.route)
        empty = run(seeded_routes(5, 6), build_index([]), np.empty(0), np.empty(0), compiled=how)
        assert not len(empty.route)


def test_many_routes_are_compiled_and_few_are_not(monkeypatch):
    chosen = []

    class Call(run_module._Call):
        def __init__(self, *given):
            chosen.append(given[0])
            super().__init__(*given)

    monkeypatch.setattr(run_module, "_Call", Call)
    index = build_index([zone.outline for zone in zone_set(box(0, 0, 5, 5))])
    nothing = np.zeros(1)
    for count in (1, COMPILE_FROM):
        run(seeded_routes(count, 7), index, nothing, nothing)
    assert chosen == [True, True]  # it is loaded in this process
    monkeypatch.delitem(sys.modules, run_module.COMPILED)
    run(seeded_routes(COMPILE_FROM - 1, 7), index, nothing, nothing)
    assert chosen[2:] == [False]


def test_without_numba_many_routes_are_measured_all_the_same(monkeypatch):
    zones = zone_set(box(0, 0, 20, 20), buffer_km=100.0)
    routes = seeded_routes(COMPILE_FROM + 100, 8)
    fast = rc.measure(routes, zones, 200)
    monkeypatch.setitem(sys.modules, "numba", None)  # as if it were not installed

    def refused():
        raise AssertionError("there is no compiler")

    monkeypatch.setattr(compiled_module, "compiled_kernel", refused)
    assert not numba_is_there()
    slow = rc.measure(routes, zones, 200)
    assert len(slow) == len(fast) > 100
    for name in ("route", "zone", "touching"):
        assert (getattr(slow, name) == getattr(fast, name)).all()
    for name in ("inside_km", "buffered_km", "closest_km"):
        assert np.abs(getattr(slow, name) - getattr(fast, name)).max() < KM


def test_a_single_check_does_not_load_numba():
    code = "import sys, routecheck as rc; rc.check('BAK', 'GRV', date='2026-11-20'); " + (
        "assert 'numba' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], env=clean_env(), check=True, timeout=60)


# Machine code


def test_one_signature_serves_all_calls(zones):
    """Neither the mode nor read-only outlines make it compile twice."""
    test_one = index_of([zone.outline for zone in zones])
    nothing = np.zeros(len(zones))
    for detailed in (False, True):
        run(seeded_routes(10, 9), test_one, nothing, nothing, detailed=detailed, compiled=True)
    frozen = nothing.copy()
    frozen.setflags(write=False)
    run(seeded_routes(10, 9), test_one, nothing + 5, nothing + 5, compiled=True)
    assert len(compiled_kernel().signatures) == 1


OTHER_PROCESS = """
import json
import numpy as np
import routecheck as rc
from routecheck.geometry.compiled import compiled_kernel
from routecheck.geometry.index import build_index
from routecheck.geometry.run import run
zones = list(rc.load_zones())
buffer_km = np.array([zone.buffer_km for zone in zones])
routes = np.array([[50.05, 40.47, 45.7, 43.39]] * 20)
rows = run(routes, build_index([z.outline for z in zones]), buffer_km, buffer_km, compiled=True)
stats = compiled_kernel().stats
print(json.dumps([sum(stats.cache_hits.values()), sum(stats.cache_misses.values()),
                  str(stats.cache_path), len(rows.route)]))
"""


def test_machine_code_is_found_again_by_another_process(zones):
    index = index_of([zone.outline for zone in zones])
    buffer_km = np.array([zone.buffer_km for zone in zones])
    run(seeded_routes(20, 10), index, buffer_km, buffer_km, compiled=True)  # it is there now
    done = subprocess.run(
        [sys.executable, "-c", OTHER_PROCESS],
        env=clean_env(),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    hits, misses, folder, rows = json.loads(done.stdout)
    assert (hits, misses) == (1, 0)
    assert rows > 0
    assert list(Path(folder).glob("compiled.*.nbi"))


def test_the_digest_changes_with_any_module_of_the_kernel(tmp_path):
    sources = []
    for name in MODULES:
        source = Path(compiled_module.__file__).with_name(f"{name}.py")
        copy = tmp_path / source.name
        copy.write_bytes(source.read_bytes())
        sources.append(type(sys)(name))
        sources[-1].__file__ = str(copy)
    before = compiled_module._digest(sources)
    for module in sources:
        kept = Path(module.__file__).read_bytes()
        Path(module.__file__).write_bytes(kept + b"\n")
        assert compiled_module._digest(sources) != before
        Path(module.__file__).write_bytes(kept)
    assert compiled_module._digest(sources) == before


def test_the_digest_covers_every_module_that_the_kernel_takes_numbers_from():
    """Constants are built into machine code: a module left out would be a stale one kept."""
    names = set(MODULES) | {"compiled"}
    for name in MODULES:
        text = Path(compiled_module.__file__).with_name(f"{name}.py").read_text(encoding="utf-8")
        for line in text.splitlines():
            if line.startswith("from routecheck.geometry."):
                assert line.split()[1].rpartition(".")[2] in names, line


def test_where_numba_fails_plain_python_answers_and_says_why(zones, monkeypatch):
    """It may not fit numpy, or find its kept code damaged."""
    routes = seeded_routes(COMPILE_FROM, 31)
    rightly = rc.measure(routes, zones)

    def fails():
        raise ImportError("numba needs another numpy\nor so")

    monkeypatch.setattr(compiled_module, "compiled_kernel", fails)
    monkeypatch.setattr(run_module, "_PROVED", set())
    run_module._tell.cache_clear()
    with pytest.warns(RuntimeWarning, match=r"plain Python.*numba needs another numpy\)"):
        found = rc.measure(routes, zones)
    np.testing.assert_array_equal(found.zone, rightly.zone)
    np.testing.assert_allclose(found.closest_km, rightly.closest_km, atol=KM)


def test_without_a_folder_for_machine_code_it_is_compiled_all_the_same(tmp_path):
    """As in a read-only image, run by nobody: the folder of the source cannot be written."""
    code = (
        "from numba.core import caching\n"
        "caching.CacheImpl._locator_classes = []\n"
        "import routecheck as rc\n"
        "m = rc.measure([[50, 40, 45, 44]] * 2000, rc.load_zones())\n"
        "print(len(m))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True, text=True, check=False, env=clean_env(), cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0
