"""Zones of large files beside others: kept as columns, and the same zones as one by one."""

from __future__ import annotations

import pickle
from datetime import date

import numpy as np
import pytest

import routecheck as rc
from routecheck.geometry.index import build_index
from routecheck.geometry.outlines import edges_apart_km, many_apart_km
from routecheck.zones import load_zones, parse
from routecheck.zones.joined import JoinedZones
from routecheck.zones.merge import combine
from routecheck.zones.stored import StoredZones, Texts
from zone_files import box

WHEN = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def files_are_large_soon(monkeypatch):
    monkeypatch.setattr(parse, "MANY", 50)


def many(first, count=80, **properties):
    """A file's worth of boxes in the Caucasus and around it, each with its own id."""
    features = [
        {
            "type": "Feature",
            "properties": {"id": f"box-{n}", "name": f"Box {n}", "buffer_km": n % 7, **properties},
            "geometry": box(40 + n % 9, 38 + n // 9 % 9, 40.5 + n % 9, 38.25 + n // 9 % 9),
        }
        for n in range(first, first + count)
    ]
    return {"type": "FeatureCollection", "features": features}


def one_by_one(zones):
    """The same set, its zones a tuple."""
    return rc.ZoneSet(
        **{name: getattr(zones, name) for name in zones.__slots__ if name != "zones"},
        zones=tuple(zones),
    )


SETS = {
    "built-in first": lambda: [load_zones(), load_zones(many(0))],
    "built-in last": lambda: [load_zones(many(0)), load_zones()],
    "two": lambda: [load_zones(many(0)), load_zones(many(80, level="avoid"))],
    "joined twice": lambda: [combine(load_zones(many(0)), load_zones()), load_zones(many(80))],
    "a small one": lambda: [load_zones(many(0)), load_zones(many(200, 1))],
}


@pytest.mark.parametrize("case", SETS)
def test_joined_sets_are_what_they_are_one_by_one(case):
    joined = combine(*SETS[case]())
    assert isinstance(joined.zones, JoinedZones)
    single = one_by_one(joined)
    assert [z.id for z in joined] == [z.id for z in single]
    assert len(joined) == len(single)
    assert joined[-1] is joined.zones[len(joined) - 1]
    assert joined.named("box-7").name == "Box 7"
    assert joined.issuers == single.issuers
    there = joined.zones.laid_out().shapes
    right = build_index([z.outline for z in single]).shapes
    for name in right._fields:
        assert np.array_equal(getattr(there, name), getattr(right, name)), name
    for route in (["BAK", "GRV"], ["GYD", "TBS"], ["LHR", "JFK"]):
        given = [rc.check(*route, date=WHEN, zones=zones).to_dict() for zones in (joined, single)]
        for record in given:
            del record["checked_at"]  # the time of day
        assert given[0] == given[1]
    again = pickle.loads(pickle.dumps(joined.zones))
    assert [z.geometry for z in again] == [z.geometry for z in single]


def test_ids_that_are_there_twice_are_still_found():
    with pytest.raises(rc.ZoneError, match="box-79"):
        combine(load_zones(many(0)), load_zones(many(79)))


def test_large_files_are_kept_as_columns():
    assert isinstance(load_zones(many(0)).zones, StoredZones)


@pytest.mark.parametrize("texts", [["a", "", "bc"], ["é", "Żó", ""], [], ["\ud800", "x"]])
def test_texts_one_after_another(texts):
    assert list(Texts.of(texts)) == texts


def edges(lon, lat, size):
    corners = [(lon, lat), (lon + size, lat), (lon + size, lat + size), (lon, lat + size)]
    return np.array([[*a, *b] for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)])


def test_outlines_of_many_pairs_are_measured_as_each_alone():
    """Near ones, far ones, the same, and across the date line: none answers for another."""
    picked = np.random.default_rng(3)
    firsts, seconds = [], []
    for shift in [0.0, 0.0, 0.001, 0.01, 0.3, 0.3, 0.5, 2.0, 5.0, 40.0, 170.0]:
        lon, lat = picked.uniform(-185, 180), picked.uniform(-80, 79)
        size = picked.uniform(0.05, 0.8)
        firsts.append(edges(lon, lat, size))
        seconds.append(edges(lon + shift, lat, size))
    together = many_apart_km(firsts, seconds)
    alone = [edges_apart_km(*pair) for pair in zip(firsts, seconds, strict=True)]
    assert together == pytest.approx(alone, abs=1e-6)
    assert together[:2].tolist() == [0.0, 0.0]
    assert (together[2:] > 0).all()
