"""Parts of the engine, far routes and wrong input; degenerate cases: ``data/geometry``."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given

import routecheck as rc
from meetings import MM, meetings
from routecheck.geometry.contact import contacts
from routecheck.geometry.index import build_index
from routecheck.geometry.legs import Legs
from routecheck.geometry.nearest import nearest_zone
from routecheck.geometry.rings import refine_ring
from shapes import GEOD, box, one, star, zone_set


def km_between(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Distance by the pure Python geographiclib."""
    return Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2)["s12"] / 1000


# --- known answers ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "geometry",
    [
        box(170, 10, 190, 20),
        box(-190, 10, -170, 20),
        {
            "type": "MultiPolygon",
            "coordinates": [
                box(170, 10, 180, 20)["coordinates"],
                box(-180, 10, -170, 20)["coordinates"],
            ],
        },
    ],
    ids=["past 180", "past -180", "cut"],
)
@pytest.mark.parametrize(
    "route",
    [
        (160, 15, -160, 15),
        (-160, 15, 160, 15),
        (175, 5, -175, 25),
        (180, 0, 180, 30),
        (-180, 0, 180, 30),
        (165, 21, -165, 21),
        (160, 15, 169, 15),
    ],
)
def test_date_line_both_ways(geometry: dict[str, object], route: tuple[float, ...]) -> None:
    """The same as 180° further west, where nothing is special."""
    plain = one([c - 180 if i % 2 == 0 else c for i, c in enumerate(route)],
                zone_set(box(-10, 10, 10, 20), buffer_km=200), 900)  # fmt: skip
    found = one(route, zone_set(geometry, buffer_km=200), 900)
    for name in ("inside", "buffered", "closest"):
        assert found[name] == pytest.approx(plain[name], abs=0.005), name


@pytest.mark.parametrize(
    ("route", "name"),
    [
        ((174.79, -37.01, -70.79, -33.39), "AKL SCL"),
        ((-118.41, 33.94, 113.92, 22.31), "LAX HKG"),
        ((10, 60, -170, 60), "over the pole"),
        ((10, -60, -170.001, -60), "nearly over the pole"),
        ((0, 0.3, 179.6, 0.2), "near-antipodal"),
        ((-3.56, 40.47, 174.81, -41.33), "MAD WLG"),
    ],
)
def test_far_routes_are_right_against_geographiclib(
    route: tuple[float, float, float, float], name: str
) -> None:
    """Length, and the distance from places beside the path to it, found by brute force."""
    lon1, lat1, lon2, lat2 = route
    line = Geodesic.WGS84.InverseLine(lat1, lon1, lat2, lon2)
    legs = Legs.between([route])
    assert legs.length_km[0] == pytest.approx(line.s13 / 1000, abs=MM)
    for part in (0.1, 0.37, 0.5, 0.83):
        on_path = line.Position(part * line.s13)
        side = Geodesic.WGS84.Direct(on_path["lat2"], on_path["lon2"], on_path["azi2"] + 90, 3e5)
        lon, lat = side["lon2"], side["lat2"]
        km = np.linspace(0, line.s13, 4001)
        around = [line.Position(s) for s in km]
        best = min(km_between(lon, lat, p["lon2"], p["lat2"]) for p in around)
        tiny = star(lon, lat, [0.05] * 4)
        found = one(route, zone_set(tiny), 400)
        # 4,000 samples of 20,000 km: the nearest is up to 2.5 km along, 11 m farther at 300 km.
        assert best - 0.05 - 0.02 <= found["closest"] <= best - 0.03, name


def test_refined_rings_follow_their_edges_within_two_metres() -> None:
    for lat in (0.5, 30, 60, 80, 89):
        lon, lats = refine_ring(np.array([0.0, 40, 40, 0, 0]), np.array([lat, lat, -5, -5, lat]))
        assert set(zip([0.0, 40], [lat, lat], strict=True)) <= set(
            zip(lon.tolist(), lats.tolist(), strict=True)
        )
        top = np.flatnonzero(lats == lat)
        for i, j in itertools.pairwise(top):
            if j != i + 1:
                continue
            line = Geodesic.WGS84.InverseLine(lats[i], lon[i], lats[j], lon[j])
            middle = line.Position(line.s13 / 2)
            off = Geodesic.WGS84.Inverse(middle["lat2"], middle["lon2"], lat, middle["lon2"])
            assert off["s12"] < 2.1


def test_nearest_zone_however_far() -> None:
    zones = zone_set(box(100, 10, 105, 15), box(-60, -30, -55, -25), box(20, 60, 25, 65))
    index = build_index([z.outline for z in zones])
    route = [0.0, 0.0, 10.0, 5.0]
    found = nearest_zone(np.array([route]), index)
    assert found is not None
    brute = []
    for z in zones:
        step = np.linspace(0, 1, 40)
        ends = np.array(GEOD.npts(*route, 60, initial_idx=0, terminus_idx=0))
        ring = np.concatenate([
            np.stack([z.outline.lon[i] + step * np.diff(z.outline.lon)[i],
                      z.outline.lat[i] + step * np.diff(z.outline.lat)[i]], axis=1)
            for i in range(len(z.outline.lon) - 1)
        ])  # fmt: skip
        pairs = np.repeat(ends, len(ring), axis=0), np.tile(ring, (len(ends), 1))
        brute.append(np.min(GEOD.inv(*pairs[0].T, *pairs[1].T)[2]) / 1000)
    assert found[0] == int(np.argmin(brute))
    assert found[1] == pytest.approx(min(brute), rel=1e-4)
    assert found[1] <= min(brute) + MM


def test_scalar_and_batch_are_the_same_to_the_bit() -> None:
    rng = np.random.default_rng(11)
    routes = np.column_stack([rng.uniform(-60, 60, 200), rng.uniform(-30, 60, 200),
                              rng.uniform(-60, 60, 200), rng.uniform(-30, 60, 200)])  # fmt: skip
    zones = rc.load_zones()
    batch = rc.measure(routes, zones, 50)
    assert len(batch) > 100
    for i in range(0, 200, 7):
        alone = rc.measure(routes[i : i + 1], zones, 50)
        mine = batch.route == i
        assert alone.zone.tolist() == batch.zone[mine].tolist()
        for name in ("inside_km", "buffered_km", "closest_km"):
            np.testing.assert_allclose(getattr(alone, name), getattr(batch, name)[mine], atol=MM)


def test_measure_without_routes_or_zones() -> None:
    assert len(rc.measure(np.empty((0, 4)), zone_set(box(0, 0, 1, 1)))) == 0
    assert len(rc.measure([[0, 0, 1, 1]], [])) == 0


@pytest.mark.parametrize(
    "routes", [[[0, 0, 1]], [0, 0, 1, 1], [[0, 91, 1, 1]], [[math.nan, 0, 1, 1]]]
)
def test_measure_refuses_what_is_no_route(routes: object) -> None:
    with pytest.raises(ValueError, match="route"):
        rc.measure(routes, zone_set(box(0, 0, 1, 1)))


@given(meetings())
def test_intervals_are_ordered_disjoint_and_add_up(meeting: tuple) -> None:
    route, geometry, buffer_km = meeting
    zones = zone_set(geometry, buffer_km=buffer_km)
    legs = Legs.between([route])
    limit = np.array([1000.0])
    found = contacts(legs.ends, build_index([zones[0].outline]), np.array([buffer_km]), limit)
    for spans in (found.inside, found.buffered):
        assert (spans.enter_km >= 0).all()
        assert (spans.exit_km <= legs.length_km[0] + MM).all()
        assert (spans.exit_km >= spans.enter_km).all()
        assert (spans.enter_km[1:] > spans.exit_km[:-1]).all()
    if len(found):
        inside, buffered = found.inside.length_km(1), found.buffered.length_km(1)
        assert inside[0] <= buffered[0] + MM


@pytest.mark.parametrize(
    "route", [(-168, -75, 12, 75), (-166, -22, 14, 22), (0, 90, 0, -90), (0, 0, 180, 0)]
)
def test_exactly_opposite_places_have_a_line_too(route: tuple[float, ...]) -> None:
    """Any direction is as short: PROJ's choice is measured, whole or cut in two."""
    zones = rc.load_zones()
    azimuth, _, metres = GEOD.inv(*route)
    lon, lat, _ = GEOD.fwd(route[0], route[1], azimuth, metres / 2)
    whole = rc.measure([route], zones)
    parts = rc.measure([(*route[:2], lon, lat), (lon, lat, *route[2:])], zones)
    assert set(whole.zone.tolist()) == set(parts.zone.tolist())
    assert whole.inside_km.sum() == pytest.approx(parts.inside_km.sum(), abs=0.01)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"routes": [[10**400, 0, 0, 0]]}, "not numbers"),
        ({"within_km": True}, "within_km is True"),
        ({"within_km": 1000.1}, "0 to 1000"),
        ({"progress": "yes"}, "progress is 'yes'"),
    ],
)
def test_measure_says_what_is_wrong(more: dict[str, object], says: str) -> None:
    given = {"routes": [[0, 0, 1, 1]], "zones": zone_set(box(0, 0, 1, 1)), **more}
    with pytest.raises(ValueError, match=says):
        rc.measure(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize("buffer_km", [math.nan, math.inf, -5.0, 1e5, None])
def test_measure_refuses_a_buffer_that_is_none(buffer_km: object) -> None:
    class Place:
        outline = zone_set(box(0, 0, 1, 1))[0].outline

    Place.buffer_km = buffer_km  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="buffer_km of each zone"):
        rc.measure([[0, 0, 1, 1]], [Place()])  # type: ignore[list-item]
