"""The work: seeded routes between airports, and zones. The same for every peer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import airportsdata
import numpy as np
import numpy.typing as npt
from pyproj import Geod

import routecheck as rc
from benchmarks import worldmap

__all__ = [
    "BUFFER_KM", "OPENFLIGHTS_PAIRS", "SEED", "Work", "country_zones", "lengths_km",
    "one_zone", "random_routes", "scheduled_routes", "small_zones", "vertex_count",
]  # fmt: skip

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

SEED = 20_241_225

BUFFER_KM = 100.0

OPENFLIGHTS_PAIRS = 37_041
"""Distinct directed airport pairs in OpenFlights' routes.dat: the size of the main set."""

MEDIAN_KM, SPREAD = 1_200.0, 0.95
"""Log-normal lengths: cut to the next two, they have the median (1,200 km) and about the mean
(1,850 km) of OpenFlights' pairs."""

SHORTEST_KM, LONGEST_KM = 80.0, 15_500.0

SPHERE_KM = 6371.0088

WGS84 = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """Routes (lon1, lat1, lon2, lat2, degrees) to be checked against zones."""

    name: str
    routes: Array
    zones: rc.ZoneSet

    def __len__(self) -> int:
        return len(self.routes)


# --- routes -----------------------------------------------------------------------------------


@cache
def _airports() -> Array:
    """Longitude and latitude of every airport with an IATA code, degrees."""
    places = {(float(row["lon"]), float(row["lat"])) for row in airportsdata.load("IATA").values()}
    return np.array(sorted(places))


def random_routes(count: int, seed: int = SEED) -> Array:
    """Distinct directed pairs of airports, each pair as likely as any other."""
    rng = np.random.default_rng(seed)
    places = _airports()
    return _filled(count, rng, lambda some: rng.integers(len(places) ** 2, size=some))


def scheduled_routes(count: int, seed: int = SEED) -> Array:
    """Distinct directed pairs of airports, as long as scheduled flights are.

    An origin is any airport; the destination is the one whose distance is nearest to a length
    drawn from the log-normal above.
    """
    rng = np.random.default_rng(seed)
    places = _airports()
    lon, lat = np.radians(places).T
    points = np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))

    def draw(some: int) -> Indices:
        length_km = rng.lognormal(np.log(MEDIAN_KM), SPREAD, size=some)
        length_km = length_km[(length_km > SHORTEST_KM) & (length_km < LONGEST_KM)]
        origin = np.sort(rng.integers(len(places), size=len(length_km)))
        wanted = 2.0 * np.sin(np.minimum(length_km / (2.0 * SPHERE_KM), np.pi / 2))
        pairs = np.empty(len(length_km), dtype=np.int64)
        first = np.searchsorted(origin, np.arange(len(places) + 1))
        for place in np.unique(origin):
            those = slice(first[place], first[place + 1])
            chord = np.linalg.norm(points - points[place], axis=1)
            order = np.argsort(chord)
            at = np.clip(np.searchsorted(chord[order], wanted[those]), 1, len(places) - 1)
            pairs[those] = place * len(places) + order[at]
        return pairs

    return _filled(count, rng, draw)


def _filled(count: int, rng: np.random.Generator, draw: Callable[[int], Indices]) -> Array:
    """Draw pairs until there are enough distinct ones, then shuffle them."""
    places = _airports()
    pairs = np.empty(0, dtype=np.int64)
    while len(pairs) < count:
        drawn = draw(int((count - len(pairs)) * 1.2) + 10)
        drawn = drawn[drawn // len(places) != drawn % len(places)]
        pairs = np.unique(np.concatenate((pairs, drawn)))
    pairs = rng.permutation(pairs)[:count]
    return np.hstack((places[pairs // len(places)], places[pairs % len(places)]))


def lengths_km(routes: Array) -> Array:
    """Geodesic lengths, km."""
    return np.asarray(WGS84.inv(*routes.T)[2]) / 1000.0


# --- zones ------------------------------------------------------------------------------------


def country_zones(*, builtin: bool = False) -> tuple[rc.ZoneSet, str]:
    """Forty countries with a buffer of 100 km, or the built-in zones; and what they are."""
    why = "as asked for"
    if not builtin:
        try:
            shapes = worldmap.countries()
        except worldmap.MapError as error:
            why = str(error)
        else:
            features = [
                _feature(name, BUFFER_KM, shape["coordinates"]) for name, shape in shapes.items()
            ]
            return _read(features), f"{len(features)} country outlines ({worldmap.SOURCE})"
    zones = rc.load_zones()
    features = []
    for zone in zones.zones:
        line = zone.outline
        rings = [
            np.column_stack((line.lon[a:b], line.lat[a:b])).tolist()
            for a, b in zip(line.ring_start[:-1], line.ring_start[1:], strict=True)
        ]
        polygons: dict[int, list[Any]] = {}
        for polygon, ring in zip(line.polygon.tolist(), rings, strict=True):
            polygons.setdefault(polygon, []).append(ring)
        features.append(_feature(zone.id, BUFFER_KM, list(polygons.values())))
    if why != "as asked for":
        why = f"in place of 40 country outlines: {why}"
    return _read(features), f"{len(features)} built-in zones ({why})"


def small_zones(count: int, seed: int = SEED) -> rc.ZoneSet:
    """Polygons of 12 corners and 25 km radius anywhere on Earth but at the poles, 100 km buffer.

    The first ten of a thousand are the same as the ten of ten.
    """
    rng = np.random.default_rng(seed)
    where = rng.random((count, 2))
    lon = where[:, 0] * 358.0 - 179.0
    lat = np.degrees(np.arcsin((where[:, 1] * 2 - 1) * np.sin(np.radians(80.0))))
    return _read(
        [
            _feature(f"zone-{k}", BUFFER_KM, [[_star(*place, np.full(12, 25.0))]])
            for k, place in enumerate(zip(lon.tolist(), lat.tolist(), strict=True))
        ]
    )


def one_zone(vertices: int) -> rc.ZoneSet:
    """One ragged zone of about 600 km radius around the Caucasus, 100 km buffer."""
    turn = np.linspace(0.0, 2 * np.pi, vertices, endpoint=False)
    # teeth no deeper than they are wide, or the outline is all coast
    tooth_km = min(3.0, 3_000.0 / vertices)
    ripple_km = 12.0 * np.sin(37 * turn) + tooth_km * (np.arange(vertices) % 2)
    return _read([_feature("ragged", BUFFER_KM, [[_star(45.0, 42.0, 600.0 + ripple_km)]])])


def vertex_count(zones: rc.ZoneSet) -> int:
    """Vertices of all the rings, as routecheck has refined them."""
    return sum(len(zone.outline.lon) for zone in zones.zones)


def _star(lon: float, lat: float, radius_km: Array) -> list[list[float]]:
    """Closed ring about a place, roughly at these distances from it: shape matters, not size."""
    turn = np.linspace(0.0, 2 * np.pi, len(radius_km), endpoint=False)
    degrees = radius_km / (SPHERE_KM * np.pi / 180.0)
    east = degrees * np.cos(turn) / np.cos(np.radians(lat))
    ring = np.column_stack((lon + east, lat + degrees * np.sin(turn)))
    return np.vstack((ring, ring[:1])).tolist()


def _feature(name: str, buffer_km: float, polygons: list[Any]) -> dict[str, Any]:
    slug = "".join(letter if letter.isalnum() else "-" for letter in name.lower()).strip("-")
    return {
        "type": "Feature",
        "properties": {"id": slug, "name": name, "buffer_km": buffer_km},
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
    }


def _read(features: list[dict[str, Any]]) -> rc.ZoneSet:
    return rc.load_zones({"type": "FeatureCollection", "features": features})
