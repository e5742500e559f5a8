"""Seeded random routes and zones with good coverage of the awkward places.

Zones are GeoJSON geometries (edges straight in lon/lat, at most `MAX_EDGE_KM` long), valid in the
lon/lat plane. Most routes are aimed at their zone: through it, along it, past it at about the
buffer's distance.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Polygon, box, mapping
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

GEOD = Geod(ellps="WGS84")
MAX_EDGE_KM = 300.0
#: Any geodesic of this length is the shortest path between its ends.
MAX_ROUTE_KM = 19_900.0
BUFFERS_KM = (0.0, 1.0, 5.0, 10.0, 25.0, 50.0, 100.0, 200.0, 500.0)

Points = list[tuple[float, float]]
Random = np.random.Generator


@dataclass(frozen=True, slots=True)
class Case:
    """One route and one zone."""

    route: tuple[float, float, float, float]
    geometry: dict[str, Any]
    buffer_km: float
    label: str


# --- helpers ------------------------------------------------------------------------------------


def _go(lon: float, lat: float, azimuth: float, km: float) -> tuple[float, float]:
    x, y, _ = GEOD.fwd(lon, lat, azimuth, km * 1000.0)
    return float(x), float(y)


def _log_uniform(rng: Random, low: float, high: float) -> float:
    return float(math.exp(rng.uniform(math.log(low), math.log(high))))


def _place(rng: Random, limit: float = 90.0) -> tuple[float, float]:
    """A point, uniform on the sphere between two latitudes."""
    top = math.sin(math.radians(limit))
    return float(rng.uniform(-180, 180)), math.degrees(math.asin(rng.uniform(-top, top)))


def _continuous(points: Points) -> Points:
    """Undo the jumps of longitude at the date line."""
    out = [points[0]]
    for lon, lat in points[1:]:
        before = out[-1][0]
        out.append((before + (lon - before + 180.0) % 360.0 - 180.0, lat))
    return out


def _dense(points: NDArray[np.float64]) -> Points:
    """Split the edges of a ring, in lon/lat, into parts of at most `MAX_EDGE_KM`."""
    out: Points = []
    for a, b in pairwise(points):
        n = 1
        if not (abs(a[1]) == 90.0 and a[1] == b[1]):
            # Along the lon/lat line, which may be longer than the geodesic.
            t = np.linspace(0.0, 1.0, 33)
            km = GEOD.line_length(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) / 1000.0
            n = max(1, math.ceil(km / (0.8 * MAX_EDGE_KM)))
        out += [
            (float(a[0] + (b[0] - a[0]) * i / n), float(a[1] + (b[1] - a[1]) * i / n))
            for i in range(n)
        ]
    out.append((float(points[-1][0]), float(points[-1][1])))
    return out


def _geojson(shape: BaseGeometry) -> dict[str, Any] | None:
    """GeoJSON with right-hand rings and sensible spacing, None if not valid or not an area."""
    if shape.geom_type not in {"Polygon", "MultiPolygon"} or shape.is_empty or not shape.is_valid:
        return None
    shape = shapely.transform(shape, lambda xy: np.round(xy, 7))
    parts: list[Any] = list(shape.geoms) if isinstance(shape, MultiPolygon) else [shape]
    dense = []
    for part in parts:
        righted = orient(part)
        rings = [_dense(np.asarray(r.coords)) for r in (righted.exterior, *righted.interiors)]
        dense.append(Polygon(rings[0], rings[1:]))
    new = dense[0] if len(dense) == 1 else MultiPolygon(dense)
    if not new.is_valid:
        return None
    bounds = new.bounds
    if bounds[1] < -90 or bounds[3] > 90 or bounds[2] - bounds[0] > 360:
        return None
    geometry: dict[str, Any] = _lists(mapping(new))
    return geometry


def _lists(value: Any) -> Any:
    """Tuples of a mapping as the lists that JSON would give."""
    if isinstance(value, dict):
        return {key: _lists(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_lists(item) for item in value]
    return value


# --- zones --------------------------------------------------------------------------------------


def _blob(
    rng: Random, lon: float, lat: float, km: float, roughness: float, corners: int
) -> Points | None:
    """A star-shaped ring of radius about ``km``, None if it goes round a pole."""
    turn = rng.uniform(0, 360)
    ring = [
        _go(lon, lat, turn - 360.0 * (i + rng.uniform(-0.25, 0.25)) / corners, radius)
        for i, radius in enumerate(km * rng.uniform(1 - roughness, 1, corners))
    ]
    ring = _continuous([*ring, ring[0]])
    return ring if abs(ring[0][0] - ring[-1][0]) < 1 else None


def _size(rng: Random) -> float:
    """Radius in km: zones are 5 to 2,500 km across."""
    return _log_uniform(rng, 2.5, 1250)


def _convex(rng: Random, lon: float, lat: float) -> BaseGeometry | None:
    ring = _blob(rng, lon, lat, _size(rng), 0.3, int(rng.integers(3, 12)))
    return Polygon(ring).convex_hull if ring else None


def _star(rng: Random, lon: float, lat: float) -> BaseGeometry | None:
    ring = _blob(rng, lon, lat, _size(rng), rng.uniform(0.4, 0.9), int(rng.integers(5, 60)))
    return Polygon(ring) if ring else None


def _holed(rng: Random, lon: float, lat: float) -> BaseGeometry | None:
    km = max(5.0, _size(rng))
    outer = _blob(rng, lon, lat, km, 0.2, int(rng.integers(6, 40)))
    if outer is None:
        return None
    shape: BaseGeometry = Polygon(outer)
    for _ in range(int(rng.integers(1, 4))):
        x, y = _go(lon, lat, rng.uniform(0, 360), km * rng.uniform(0, 0.45))
        x += 360.0 * round((outer[0][0] - x) / 360.0)
        hole = _blob(rng, x, y, km * rng.uniform(0.03, 0.3), 0.4, int(rng.integers(3, 12)))
        if hole:
            offset = 360.0 * round((outer[0][0] - hole[0][0]) / 360.0)
            inner = Polygon([(p + offset, q) for p, q in hole])
            if not (shape.is_valid and inner.is_valid):
                return None
            shape = shape.difference(inner)
    return shape


def _sliver(rng: Random, lon: float, lat: float) -> BaseGeometry | None:
    length = _log_uniform(rng, 20, 2500)
    width = _log_uniform(rng, 0.1, min(20.0, length / 10))
    azimuth = rng.choice([0.0, 90.0, rng.uniform(0, 360)])
    n = max(1, math.ceil(length / 100))
    middle = [_go(lon, lat, azimuth, length * (i / n - 0.5)) for i in range(n + 1)]
    middle = _continuous(middle)
    left = [_go(*p, azimuth - 90, width / 2) for p in middle]
    right = [_go(*p, azimuth + 90, width / 2) for p in reversed(middle)]
    ring = _continuous([*left, *right, left[0]])
    return Polygon(ring) if abs(ring[0][0] - ring[-1][0]) < 1 else None


def _several(rng: Random, lon: float, lat: float) -> BaseGeometry | None:
    km = min(600.0, _size(rng))
    parts: list[Polygon] = []
    for _ in range(int(rng.integers(2, 6))):
        x, y = _go(lon, lat, rng.uniform(0, 360), km * rng.uniform(0, 4))
        x += 360.0 * round((lon - x) / 360.0)
        ring = _blob(rng, x, y, km * rng.uniform(0.1, 1), 0.5, int(rng.integers(3, 20)))
        if ring is None:
            continue
        offset = 360.0 * round((lon - ring[0][0]) / 360.0)
        part = Polygon([(p + offset, q) for p, q in ring])
        if part.is_valid and all(part.disjoint(other) for other in parts):
            parts.append(part)
    return MultiPolygon(parts) if len(parts) > 1 else None


def _box(rng: Random, lon: float, lat: float) -> BaseGeometry | None:
    """Edges along parallels and meridians, as flight information regions have them."""
    high = _log_uniform(rng, 0.05, 20)
    wide = min(60.0, high * rng.uniform(0.5, 3) / max(0.1, math.cos(math.radians(lat))))
    south = round(max(-89.5, lat - high / 2), int(rng.integers(0, 3)))
    return box(lon - wide / 2, south, lon + wide / 2, min(89.5, south + high))


def _cut(shape: BaseGeometry) -> BaseGeometry:
    """Cut at the date line, as RFC 7946 recommends."""
    parts: list[Polygon] = []
    for k in (-1, 0, 1):
        part = shape.intersection(box(-180 + 360 * k, -90, 180 + 360 * k, 90))
        parts += [
            translate(piece, -360.0 * k)
            for piece in getattr(part, "geoms", [part])
            if piece.geom_type == "Polygon" and piece.area > 0
        ]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


SHAPES: tuple[Callable[[Random, float, float], BaseGeometry | None], ...] = (
    _convex,
    _star,
    _holed,
    _sliver,
    _several,
    _box,
)


def _anywhere(rng: Random) -> BaseGeometry | None:
    return SHAPES[rng.integers(len(SHAPES))](rng, *_place(rng, 75))


def _on_equator(rng: Random) -> BaseGeometry | None:
    lon, lat = rng.uniform(-170, 170), rng.choice([0.0, rng.uniform(-4, 4)])
    if rng.random() < 0.3:
        wide, high = rng.uniform(0.1, 25), rng.uniform(0.1, 10)
        south = rng.choice([0.0, -high])  # an edge on the equator
        return box(lon, south, lon + wide, south + high)
    return SHAPES[rng.integers(len(SHAPES))](rng, lon, lat)


def _on_date_line(rng: Random) -> BaseGeometry | None:
    lon = rng.choice([-180.0, 180.0]) + rng.uniform(-6, 6)
    shape = SHAPES[rng.integers(len(SHAPES))](rng, lon, _place(rng, 70)[1])
    if shape is None or not shape.is_valid:
        return None
    return _cut(shape) if rng.random() < 0.5 else shape


def _near_pole(rng: Random) -> BaseGeometry | None:
    """Close to a pole but not round it."""
    lat = rng.choice([-1, 1]) * rng.uniform(75, 89.5)
    shape = SHAPES[rng.integers(len(SHAPES))](rng, rng.uniform(-180, 180), lat)
    if shape is not None and shape.bounds[2] - shape.bounds[0] > 170:
        return None
    return shape


def _polar_cap(rng: Random) -> BaseGeometry | None:
    """Round a pole, with explicit edges at latitude ±90."""
    west = rng.choice([-180.0, 0.0, -180.0, round(rng.uniform(-180, 0), 2)])
    base = 90 - _log_uniform(rng, 0.05, 25)
    n = int(rng.integers(8, 90))
    rough = (90 - base) * rng.uniform(0, 0.6)
    lats = np.clip(base + rng.uniform(0, 1, n) * rough, -90, 89.99)
    lons = west + 360.0 * np.arange(n) / n
    edge = [*zip(lons, lats, strict=True), (west + 360, lats[0])]
    ring = [*edge, (west + 360, 90.0), (west, 90.0)]
    if rng.random() < 0.5:
        ring = [(x, -y) for x, y in ring]
    shape: BaseGeometry = Polygon(ring)
    if rng.random() < 0.2:
        hole = _blob(rng, west + 180, (base + 90) / 2, 111 * (90 - base) / 8, 0.3, 6)
        if hole and Polygon(hole).is_valid and shape.is_valid:
            shape = shape.difference(Polygon(hole))
    return shape


ZONES: tuple[tuple[str, float, Callable[[Random], BaseGeometry | None]], ...] = (
    ("anywhere", 0.5, _anywhere),
    ("equator", 0.12, _on_equator),
    ("date line", 0.14, _on_date_line),
    ("near pole", 0.1, _near_pole),
    ("polar cap", 0.14, _polar_cap),
)


def random_zone(rng: Random, among: tuple[str, ...] = ()) -> tuple[str, dict[str, Any]]:
    """Where the zone is, and its GeoJSON geometry; ``among`` limits the choice of places."""
    weights = np.array([weight * (not among or name in among) for name, weight, _ in ZONES])
    name, _, make = ZONES[rng.choice(len(ZONES), p=weights / weights.sum())]
    while True:
        shape = make(rng)
        geometry = None if shape is None else _geojson(shape)
        if geometry is not None:
            return name, geometry


# --- routes -------------------------------------------------------------------------------------


def _polygons(geometry: dict[str, Any]) -> list[list[Any]]:
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"]]
    return list(geometry["coordinates"])


def _inner_point(rng: Random, geometry: dict[str, Any]) -> tuple[float, float]:
    polygons = _polygons(geometry)
    rings = polygons[rng.integers(len(polygons))]
    shape = Polygon(rings[0], rings[1:])
    west, south, east, north = shape.bounds
    for _ in range(30):
        x, y = float(rng.uniform(west, east)), float(rng.uniform(south, north))
        if shapely.contains_xy(shape, x, y):
            return x, y
    point = shape.representative_point()
    return float(point.x), float(point.y)


def _vertex(rng: Random, geometry: dict[str, Any]) -> tuple[float, float, float]:
    """A vertex off the poles, and the azimuth of the edge after it."""
    polygons = _polygons(geometry)
    rings = polygons[rng.integers(len(polygons))]
    ring = rings[rng.integers(len(rings))]
    choices = [i for i in range(len(ring) - 1) if abs(ring[i][1]) < 89.995]
    i = choices[rng.integers(len(choices))]
    azimuth, _, _ = GEOD.inv(*ring[i], *ring[i + 1])
    return float(ring[i][0]), float(ring[i][1]), float(azimuth)


def _normal(lon: float) -> float:
    return (lon + 180.0) % 360.0 - 180.0


LONG_KM = ((500, 2000), (2000, 5000), (5000, 10_000), (10_000, 15_000), (15_000, 18_500),
           (18_500, MAX_ROUTE_KM))  # fmt: skip


def _length(rng: Random, *, short: bool) -> float:
    """Of short routes all sizes are as frequent, of long ones all the bands."""
    return _log_uniform(rng, 1, 500) if short else float(rng.uniform(*rng.choice(LONG_KM)))


def _leg_lengths(rng: Random, *, short: bool) -> tuple[float, float]:
    total = _length(rng, short=short)
    share = rng.uniform(0.02, 0.98)
    return total * share, total * (1 - share)


def _along(
    rng: Random, lon: float, lat: float, azimuth: float, *, short: bool
) -> tuple[float, float, float, float]:
    """A route through a point at an azimuth."""
    before, after = _leg_lengths(rng, short=short)
    a = _go(lon, lat, azimuth + 180, before)
    b = _go(lon, lat, azimuth, after)
    return (_normal(a[0]), a[1], _normal(b[0]), b[1])


def _short_or_long(rng: Random) -> bool:
    return bool(rng.random() < 0.35)


RouteOf = tuple[float, float, float, float]


def _r_random(rng: Random, geometry: dict[str, Any], buffer_km: float) -> RouteOf:
    while True:
        a, b = _place(rng), _place(rng)
        if GEOD.inv(*a, *b)[2] <= MAX_ROUTE_KM * 1000:
            return (*a, *b)


def _r_short(rng: Random, geometry: dict[str, Any], buffer_km: float) -> RouteOf:
    x, y = _inner_point(rng, geometry)
    x, y = _go(x, y, rng.uniform(0, 360), _log_uniform(rng, 1, 1500))
    return _along(rng, x, y, rng.uniform(0, 360), short=True)


def _r_through(rng: Random, geometry: dict[str, Any], buffer_km: float) -> RouteOf:
    x, y = _inner_point(rng, geometry)
    return _along(rng, x, y, rng.uniform(0, 360), short=_short_or_long(rng))


def _r_graze(rng: Random, geometry: dict[str, Any], buffer_km: float) -> RouteOf:
    """Along an edge, metres to kilometres off it, or at about the buffer's distance."""
    x, y, azimuth = _vertex(rng, geometry)
    off = rng.choice([0.0, rng.normal(0, 0.05), rng.normal(0, 2)]) + rng.choice([0.0, buffer_km])
    x, y = _go(x, y, azimuth + 90, off)  # rings turn left, so the right-hand side is outside
    tilt = rng.choice([0.0, rng.normal(0, 0.1), rng.normal(0, 5)])
    return _along(rng, x, y, azimuth + tilt, short=_short_or_long(rng))


def _r_near_miss(rng: Random, geometry: dict[str, Any], buffer_km: float) -> RouteOf:
    x, y, azimuth = _vertex(rng, geometry)
    x, y = _go(x, y, azimuth + rng.uniform(30, 150), max(0.1, buffer_km) * rng.uniform(0.1, 1.6))
    return _along(rng, x, y, azimuth + rng.normal(0, 25), short=_short_or_long(rng))


def _r_end_inside(rng: Random, geometry: dict[str, Any], buffer_km: float) -> RouteOf:
    x, y = _inner_point(rng, geometry)
    km = _length(rng, short=_short_or_long(rng))
    b = _go(x, y, rng.uniform(0, 360), km)
    ends = [(_normal(x), y), (_normal(b[0]), b[1])]
    if rng.random() < 0.5:
        ends.reverse()
    return (*ends[0], *ends[1])


def _r_inside(rng: Random, geometry: dict[str, Any], buffer_km: float) -> RouteOf:
    """From one inner point to another: within the zone where it is convex."""
    while True:
        a, b = _inner_point(rng, geometry), _inner_point(rng, geometry)
        km = GEOD.inv(*a, *b)[2] / 1000
        if km > 300 and rng.random() < 0.5:
            b = _go(*a, rng.uniform(0, 360), rng.uniform(1, 50))
        if km <= MAX_ROUTE_KM:
            return (_normal(a[0]), a[1], _normal(b[0]), b[1])


def _r_over_pole(rng: Random, geometry: dict[str, Any], buffer_km: float) -> RouteOf:
    """Up one meridian and down the opposite one, which is exactly, or nearly, over the pole."""
    x, y = _inner_point(rng, geometry)
    north = 1.0 if y >= 0 else -1.0
    lat1 = float(np.clip(y - north * rng.uniform(0, 20), -89, 89))
    lat2 = north * rng.uniform(max(0.0, 15 - abs(lat1)) if lat1 * north > 0 else 30, 89)
    lon = round(_normal(x + rng.choice([0.0, rng.normal(0, 1)])), 3)
    twist = rng.choice([0.0, rng.normal(0, 3)])
    return (lon, lat1, _normal(lon + 180 + twist), lat2)


def _r_meridian(rng: Random, geometry: dict[str, Any], buffer_km: float) -> RouteOf:
    x, y = _inner_point(rng, geometry)
    lats = np.clip([y - rng.uniform(0, 60), y + rng.uniform(0, 60)], -90, 90)
    if rng.random() < 0.5:
        lats = lats[::-1]
    return (_normal(x), float(lats[0]), _normal(x), float(lats[1]))


def _r_equator(rng: Random, geometry: dict[str, Any], buffer_km: float) -> RouteOf:
    x, _ = _inner_point(rng, geometry)
    back, on = rng.uniform(0, 88, 2)
    ends = [_normal(x - back), _normal(x + on)]
    if rng.random() < 0.5:
        ends.reverse()
    return (ends[0], 0.0, ends[1], 0.0)


def _r_date_line(rng: Random, geometry: dict[str, Any], buffer_km: float) -> RouteOf:
    """Over the date line, eastbound or westbound, and through or past the zone if it is near."""
    while True:
        x, y = _inner_point(rng, geometry)
        x, y = _go(x, y, rng.uniform(0, 360), rng.choice([0.0, rng.uniform(0, 1.5 * buffer_km)]))
        if abs(_normal(x - 180)) > 45 or abs(y) > 80:
            x = _normal(180 + rng.normal(0, 5))
        azimuth = rng.choice([90.0, 270.0]) + rng.normal(0, 20)
        a = _go(x, y, azimuth + 180, rng.uniform(100, 6000))
        b = _go(x, y, azimuth, rng.uniform(100, 6000))
        if abs(a[0] - b[0]) > 180:
            return (a[0], a[1], b[0], b[1])


def _r_parallel(rng: Random, geometry: dict[str, Any], buffer_km: float) -> RouteOf:
    """Between two places at the same high latitude, the shortest way of which is far poleward.

    Its highest point is about the zone's latitude, where that is high enough.
    """
    x, y = _inner_point(rng, geometry)
    top = math.radians(float(np.clip(abs(y), 66, 89.5)))
    while True:
        wide = rng.uniform(5, 175)
        lat = math.degrees(math.atan(math.tan(top) * math.cos(math.radians(wide / 2))))
        if lat >= 60:
            break
    lat = math.copysign(lat, y)
    ends = [_normal(x - wide * rng.uniform(0.4, 0.6)), 0.0]
    ends[1] = _normal(ends[0] + wide)
    if rng.random() < 0.5:
        ends.reverse()
    return (ends[0], lat, ends[1], lat)


ROUTES: tuple[tuple[str, float, Callable[[Random, dict[str, Any], float], RouteOf]], ...] = (
    ("random", 0.10, _r_random),
    ("short", 0.06, _r_short),
    ("through", 0.12, _r_through),
    ("graze", 0.12, _r_graze),
    ("near miss", 0.20, _r_near_miss),
    ("end inside", 0.08, _r_end_inside),
    ("inside", 0.06, _r_inside),
    ("over the pole", 0.06, _r_over_pole),
    ("meridian", 0.05, _r_meridian),
    ("equator", 0.05, _r_equator),
    ("date line", 0.05, _r_date_line),
    ("high parallel", 0.05, _r_parallel),
)


#: Most routes of these kinds get a zone where they make a difference.
PLACES_FOR: dict[str, tuple[str, ...]] = {
    "over the pole": ("near pole", "polar cap"),
    "equator": ("equator",),
    "date line": ("date line",),
    "high parallel": ("near pole", "polar cap"),
}


KINDS = np.array([weight for _, weight, _ in ROUTES])


def case_at(seed: int, i: int) -> Case:
    """The case of that number: it depends on the seed and the number only."""
    rng = np.random.default_rng([seed, i])
    kind, _, make = ROUTES[rng.choice(len(ROUTES), p=KINDS / KINDS.sum())]
    among = PLACES_FOR.get(kind, ()) if rng.random() < 0.7 else ()
    place, geometry = random_zone(rng, among)
    buffer_km = float(rng.choice(BUFFERS_KM))
    while True:
        lon1, lat1, lon2, lat2 = (float(x) for x in make(rng, geometry, buffer_km))
        metres = GEOD.inv(lon1, lat1, lon2, lat2)[2]
        if 100.0 < metres <= MAX_ROUTE_KM * 1000 + 1:
            break
    return Case(
        route=(lon1, lat1, lon2, lat2),
        geometry=geometry,
        buffer_km=buffer_km,
        label=f"{seed}/{i}: {kind}, zone {place}",
    )


def iter_cases(n: int, seed: int) -> Iterator[Case]:
    """As `random_cases`, one after the other."""
    return (case_at(seed, i) for i in range(n))


@lru_cache(maxsize=8)
def _cached(n: int, seed: int) -> tuple[Case, ...]:
    return tuple(iter_cases(n, seed))


def random_cases(n: int, seed: int) -> list[Case]:
    """Make ``n`` cases, the same for the same seed."""
    return list(_cached(n, seed))
