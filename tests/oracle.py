"""An independent, slow and trustworthy geometry oracle for the tests.

It shares no code and no formulation with the engine. Everything that decides a result is a true
WGS84 geodesic (``pyproj.Geod``); a sphere is used only for pruning, with rigorous bounds.

Zones
    A zone is a list of closed rings, each an ``(n, 2)`` array of lon, lat in degrees. Consecutive
    vertices are joined by *geodesics*; the zone is what an odd number of rings enclose. Longitudes
    are continuous within a ring and may run past 180. A ring round a pole has explicit edges at
    latitude ±90. Parts of a meridian that are walked an even number of times (the seam of a ring
    round a pole, of a zone cut at the date line) are not boundary.

How it works
    *Signed distance* f(P): the minimum of point-to-geodesic-segment distances over all edges,
    negative inside. Membership counts geodesic edges north of P on its meridian.

    *Lengths*: f changes by at most 1 m per metre along a route, so that an interval of half-length
    h whose midpoint has |f - r| > h holds no crossing of the level r. Recursive bisection with this
    rule gives rigorous lower and upper limits of L(r).

    *Distance of route and zone*: on a surface of positive curvature, two geodesic segments that do
    not cross are nearest at an end of one of them (a common perpendicular is never a minimum, by
    the second variation of length). So it is the minimum over vertices against the route and over
    the route's ends against the edges, or zero if an end is inside or a pair crosses.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.intp]
BoolArray: TypeAlias = NDArray[np.bool_]
Route: TypeAlias = Sequence[float]  # lon1, lat1, lon2, lat2 in degrees
Rings: TypeAlias = Sequence[ArrayLike]

GEOD = Geod(ellps="WGS84")

#: With geodetic latitude taken as spherical latitude, a true distance lies between these radii
#: times the central angle: they are the extremes of the two radii of curvature of WGS84.
R_MIN_KM = 6335.439
R_MAX_KM = 6399.594
R_MEAN_KM = 6371.0

#: Covers the rounding of the central angle, which comes from a dot product.
COARSE_SLACK_KM = 1e-3
#: Error allowed for a polished distance.
EXACT_SLACK_KM = 2e-6
#: Below this, distance is convex along a geodesic (a quarter of a meridian is 10,002 km, and half
#: of the smallest distance of conjugate points is larger than 9,950 km).
CONVEX_KM = 9900.0

PIECE_KM = 50.0
MATRIX_CELLS = 4_000_000


# --- geodesics ----------------------------------------------------------------------------------


def _inv(
    lon1: ArrayLike, lat1: ArrayLike, lon2: ArrayLike, lat2: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Azimuth at the first point, and distance in km, for arrays of pairs."""
    lon1, lat1, lon2, lat2 = (
        np.ascontiguousarray(x, dtype=float)
        for x in np.broadcast_arrays(
            np.atleast_1d(lon1), np.atleast_1d(lat1), np.atleast_1d(lon2), np.atleast_1d(lat2)
        )
    )
    azimuth, _, metres = GEOD.inv(lon1, lat1, lon2, lat2)
    return np.asarray(azimuth, dtype=float), np.asarray(metres, dtype=float) / 1000.0


def _fwd(
    lon: ArrayLike, lat: ArrayLike, azimuth: ArrayLike, km: ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Longitude, latitude and *forward* azimuth after going ``km`` from a point."""
    lon, lat, azimuth, metres = (
        np.ascontiguousarray(x, dtype=float)
        for x in np.broadcast_arrays(
            np.atleast_1d(lon),
            np.atleast_1d(lat),
            np.atleast_1d(azimuth),
            np.atleast_1d(np.asarray(km, dtype=float) * 1000.0),
        )
    )
    lon2, lat2, back = GEOD.fwd(lon, lat, azimuth, metres)
    return np.asarray(lon2), np.asarray(lat2), np.asarray(back) + 180.0


def _wrap(degrees: FloatArray) -> FloatArray:
    """Reduce angles to [-180, 180)."""
    return (degrees + 180.0) % 360.0 - 180.0


def _unit(lon: FloatArray, lat: FloatArray) -> FloatArray:
    lam, phi = np.radians(lon), np.radians(lat)
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=-1)


def _angles(a: FloatArray, b: FloatArray) -> FloatArray:
    """Central angles of all pairs of unit vectors, good to about 3e-8 rad."""
    return np.arccos(np.clip(a @ b.T, -1.0, 1.0))


# --- geodesic segments --------------------------------------------------------------------------


@dataclass(frozen=True)
class Segments:
    """Geodesic segments, short ones (the builders make pieces of at most ``PIECE_KM``)."""

    lon: FloatArray
    lat: FloatArray
    azimuth: FloatArray
    km: FloatArray
    end_lon: FloatArray
    end_lat: FloatArray
    middle: FloatArray  # unit vectors

    @classmethod
    def between(
        cls, lon: FloatArray, lat: FloatArray, end_lon: FloatArray, end_lat: FloatArray
    ) -> Segments:
        azimuth, km = _inv(lon, lat, end_lon, end_lat)
        mid_lon, mid_lat, _ = _fwd(lon, lat, azimuth, km / 2)
        return cls(lon, lat, azimuth, km, end_lon, end_lat, _unit(mid_lon, mid_lat))

    def __len__(self) -> int:
        return len(self.lon)

    def coarse(self, lon: FloatArray, lat: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Rigorous lower and upper bounds of the distance from each point to the segments."""
        low = np.full(len(lon), np.inf)
        high = np.full(len(lon), np.inf)
        if not len(self):
            return low, high
        points = _unit(lon, lat)
        step = max(1, MATRIX_CELLS // len(self))
        for i in range(0, len(lon), step):
            sigma = _angles(points[i : i + step], self.middle)
            high[i : i + step] = R_MAX_KM * sigma.min(axis=1) + COARSE_SLACK_KM
            sigma *= R_MIN_KM
            sigma -= self.km / 2
            low[i : i + step] = np.maximum(0.0, sigma.min(axis=1) - COARSE_SLACK_KM)
        return low, high

    def nearest(self, lon: FloatArray, lat: FloatArray, *, overall: bool = False) -> FloatArray:
        """Distance from each point to the nearest segment, or only the smallest of them all."""
        groups = 1 if overall else len(lon)
        best = np.full(groups, np.inf)
        if not len(self) or not len(lon):
            return best
        points = _unit(lon, lat)
        step = max(1, MATRIX_CELLS // len(self))
        for i in range(0, len(lon), step):
            sigma = _angles(points[i : i + step], self.middle)
            high = R_MAX_KM * sigma.min(axis=1, keepdims=True) + COARSE_SLACK_KM
            if overall:
                high = np.minimum(high.min(), best[0])
            low = R_MIN_KM * sigma - self.km / 2 - COARSE_SLACK_KM
            p, e = np.nonzero(low <= high)
            p += i
            found = _polish(
                lon[p],
                lat[p],
                self.lon[e],
                self.lat[e],
                self.azimuth[e],
                self.km[e],
                np.zeros(len(p), dtype=np.intp) if overall else p,
                groups,
            )
            best = np.minimum(best, found)
        return best


def _polish(
    lon: FloatArray,
    lat: FloatArray,
    a_lon: FloatArray,
    a_lat: FloatArray,
    azimuth: FloatArray,
    km: FloatArray,
    group: IntArray,
    groups: int,
) -> FloatArray:
    """Smallest distance per group over pairs of a point and a geodesic segment.

    Along a segment the distance d to a point has the derivative -cos(angle at the foot between the
    segment and the way to the point). The foot is moved as in a right-angled spherical triangle; a
    pair is dropped as soon as the tangent to d (a lower bound, d being convex) shows that it cannot
    beat the best of its group by more than 0.1 mm.
    """
    best = np.full(groups, np.inf)
    t = km / 2
    for iteration in range(15):
        if not len(t):
            break
        x_lon, x_lat, heading = _fwd(a_lon, a_lat, azimuth, t)
        to_point, d = _inv(x_lon, x_lat, lon, lat)
        np.minimum.at(best, group, d)
        if iteration == 0 and d.max() > CONVEX_KM:
            # Concave far away: the minimum is at an end.
            far = d > CONVEX_KM - PIECE_KM
            for at in (np.zeros(far.sum()), km[far]):
                e_lon, e_lat, _ = _fwd(a_lon[far], a_lat[far], azimuth[far], at)
                np.minimum.at(best, group[far], _inv(e_lon, e_lat, lon[far], lat[far])[1])
        cos = np.cos(np.radians(to_point - heading))
        room = np.where(cos > 0, km - t, t)
        keep = (d - np.abs(cos) * room < best[group] - 1e-7) & (d <= CONVEX_KM) & (d > 1e-9)
        sigma = d / R_MEAN_KM
        move = R_MEAN_KM * np.arctan2(np.sin(sigma) * cos, np.cos(sigma))
        new = np.clip(t + move, 0.0, km)
        keep &= np.abs(new - t) > 1e-9
        t = new[keep]
        lon, lat, a_lon, a_lat, azimuth, km, group = (
            x[keep] for x in (lon, lat, a_lon, a_lat, azimuth, km, group)
        )
    return best


# --- zones --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _RingEdges:
    """The edges of one ring for the parity count: eastbound, none along a meridian."""

    west: float
    lon: FloatArray
    lat: FloatArray
    end_lon: FloatArray
    end_lat: FloatArray
    azimuth: FloatArray
    south: FloatArray  # rigorous latitude limits of the geodesic
    north: FloatArray

    def odd(self, lon: FloatArray, lat: FloatArray) -> BoolArray:
        """Whether an odd number of edges lie north of each point, on its meridian."""
        odd = np.zeros(len(lon), dtype=bool)
        if not len(self.lon):
            return odd
        lon = self.west + (lon - self.west) % 360.0
        step = max(1, MATRIX_CELLS // len(self.lon))
        for i in range(0, len(lon), step):
            x, y = lon[i : i + step, None], lat[i : i + step, None]
            over = (self.lon <= x) & (x < self.end_lon)
            count = (over & (self.south > y)).sum(axis=1)
            p, e = np.nonzero(over & (self.south <= y) & (y <= self.north))
            if len(p):
                azimuth, _ = _inv(self.lon[e], self.lat[e], x[p, 0], y[p, 0])
                # Eastbound, a point on the right-hand side is south of the edge.
                right = _wrap(azimuth - self.azimuth[e]) > 0
                count += np.bincount(p[right], minlength=len(x))
            odd[i : i + step] = count % 2 == 1
        return odd


@dataclass(frozen=True)
class PreparedZone:
    """A zone with everything worked out once; all functions take it in place of rings."""

    edges: Segments
    rings: tuple[_RingEdges, ...]

    def contains(self, lon: FloatArray, lat: FloatArray) -> BoolArray:
        """Whether points are inside, by geodesic edges."""
        lat = np.clip(lat, -90.0 + 1e-12, 90.0 - 1e-12)
        inside = np.zeros(len(lon), dtype=bool)
        for ring in self.rings:
            inside ^= ring.odd(lon, lat)
        return inside

    def signed(self, lon: FloatArray, lat: FloatArray) -> FloatArray:
        """Signed distance in km, negative inside."""
        d = self.edges.nearest(lon, lat)
        return np.where(self.contains(lon, lat), -d, d)


def _pieces(ring: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Ring as continuous lon, lat with geodesic pieces of at most ``PIECE_KM``.

    An edge that reaches a pole is its meridian, followed by a turn on the spot.
    """
    points = np.asarray(ring, dtype=float)[:, :2]
    if not np.array_equal(points[0], points[-1]):
        raise ValueError("a ring must be closed: its last vertex must repeat its first")
    polar = np.abs(points[:, 1]) == 90.0
    fixed = [points[0]]
    for (a, b), (pole_a, pole_b) in zip(pairwise(points), pairwise(polar), strict=True):
        if pole_a and not pole_b and a[0] != b[0]:
            fixed.append(np.array([b[0], a[1]]))
        elif pole_b and not pole_a and a[0] != b[0]:
            fixed.append(np.array([a[0], b[1]]))
        fixed.append(b)
    vertices = np.asarray(fixed)
    a, b = vertices[:-1], vertices[1:]
    azimuth, km = _inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])
    km = np.where((np.abs(a[:, 1]) == 90.0) & (np.abs(b[:, 1]) == 90.0), 0.0, km)
    count = np.maximum(1, np.ceil(km / PIECE_KM)).astype(int)
    lons: list[FloatArray] = []
    lats: list[FloatArray] = []
    for i, n in enumerate(count):
        lon, lat = a[i : i + 1, 0], a[i : i + 1, 1]
        if n > 1:
            new_lon, new_lat, _ = _fwd(lon, lat, azimuth[i], np.arange(1, n) * km[i] / n)
            if a[i, 0] == b[i, 0]:
                new_lon = np.full(n - 1, a[i, 0])
            else:
                # Longitude is monotone on a geodesic and within 180° of the start.
                new_lon = a[i, 0] + _wrap(new_lon - a[i, 0])
            lon, lat = np.append(lon, new_lon), np.append(lat, new_lat)
        lons.append(lon)
        lats.append(lat)
    lons.append(b[-1:, 0])
    lats.append(b[-1:, 1])
    return np.concatenate(lons), np.concatenate(lats)


def _parity_edges(lon: FloatArray, lat: FloatArray) -> _RingEdges:
    west = float(lon.min())
    a_lon, a_lat, b_lon, b_lat = lon[:-1], lat[:-1], lon[1:], lat[1:]
    keep = a_lon != b_lon
    flip = (a_lon > b_lon)[keep]
    a_lon, a_lat, b_lon, b_lat = (x[keep] for x in (a_lon, a_lat, b_lon, b_lat))
    a_lon, b_lon = np.where(flip, b_lon, a_lon), np.where(flip, a_lon, b_lon)
    a_lat, b_lat = np.where(flip, b_lat, a_lat), np.where(flip, a_lat, b_lat)
    azimuth, km = _inv(a_lon, a_lat, b_lon, b_lat)
    # Each point of an edge is within half its length of one of its ends.
    margin = np.degrees(km / 2 / R_MIN_KM) + 1e-9
    south = np.minimum(a_lat, b_lat) - margin
    north = np.maximum(a_lat, b_lat) + margin
    pole = (np.abs(a_lat) == 90.0) & (np.abs(b_lat) == 90.0)
    south[pole] = north[pole] = a_lat[pole]
    return _RingEdges(west, a_lon, a_lat, b_lon, b_lat, azimuth, south, north)


def _boundary(rings: list[tuple[FloatArray, FloatArray]]) -> Segments:
    """All boundary pieces, less the parts of meridians that are walked an even number of times."""
    a_lon = np.concatenate([lon[:-1] for lon, _ in rings])
    a_lat = np.concatenate([lat[:-1] for _, lat in rings])
    b_lon = np.concatenate([lon[1:] for lon, _ in rings])
    b_lat = np.concatenate([lat[1:] for _, lat in rings])
    pole = (np.abs(a_lat) == 90.0) & (a_lat == b_lat)
    same = (a_lon == b_lon) & (a_lat == b_lat)
    along = (a_lon == b_lon) & ~same & ~pole
    other = ~along & ~same & ~pole
    parts = [np.stack([x[other] for x in (a_lon, a_lat, b_lon, b_lat)], axis=1)]
    meridian = np.round(a_lon % 360.0, 9) % 360.0
    for value in np.unique(meridian[along]):
        on = along & (meridian == value)
        # Rounded (to 0.01 mm), so that the two sides of a seam have the same vertices.
        low = np.round(np.minimum(a_lat[on], b_lat[on]), 10)
        high = np.round(np.maximum(a_lat[on], b_lat[on]), 10)
        cuts = np.unique(np.concatenate([low, high]))
        middle = (cuts[:-1] + cuts[1:]) / 2
        walked = ((low[:, None] < middle) & (middle < high[:, None])).sum(axis=0)
        odd = walked % 2 == 1
        lon = np.full(int(odd.sum()), a_lon[on][0])
        parts.append(np.stack([lon, cuts[:-1][odd], lon, cuts[1:][odd]], axis=1))
    table = np.concatenate(parts)
    return Segments.between(*(np.ascontiguousarray(table[:, i]) for i in range(4)))


def prepare(rings: Rings | PreparedZone) -> PreparedZone:
    """Work out what is needed of a zone; pass the result to save time on several calls."""
    if isinstance(rings, PreparedZone):
        return rings
    pieces = [_pieces(ring) for ring in rings]
    if not pieces:
        raise ValueError("a zone needs at least one ring")
    return PreparedZone(_boundary(pieces), tuple(_parity_edges(*piece) for piece in pieces))


# --- refinement of GeoJSON ----------------------------------------------------------------------


def refine(ring: ArrayLike, tol_m: float = 1.0) -> FloatArray:
    """Subdivide lon/lat-straight edges until their geodesics are within ``tol_m`` of them.

    The error is measured at a quarter, half and three quarters of every piece, as the distance of
    the straight line's point to the geodesic. Original vertices and continuous longitudes are kept.
    """
    points = np.asarray(ring, dtype=float)[:, :2]
    a, b = points[:-1], points[1:]
    exact = (a[:, 0] == b[:, 0]) | ((np.abs(a[:, 1]) == 90.0) & (a[:, 1] == b[:, 1]))
    count = np.where(exact, 1, np.ceil(np.abs(b - a).max(axis=1) / 2.0)).astype(int)
    count = np.maximum(count, 1)
    for _ in range(60):
        edge = np.repeat(np.arange(len(a)), count)
        first = np.cumsum(count) - count
        step = np.arange(len(edge)) - first[edge]
        low = step / count[edge]
        high = (step + 1) / count[edge]
        error = _straight_error_km(a[edge], b[edge], low, high) * 1000.0
        error[exact[edge]] = 0.0
        worst = np.maximum.reduceat(error, first)
        if (worst <= 0.9 * tol_m).all():
            vertices = a[edge] + (b - a)[edge] * low[:, None]
            return np.concatenate([vertices, points[-1:]])
        # The error goes with the square of the length; be wary of large steps.
        factor = np.clip(np.sqrt(worst / (0.8 * tol_m)), 1.0, 8.0)
        count = np.where(worst <= 0.9 * tol_m, count, np.ceil(count * factor).astype(int))
    raise RuntimeError("refinement did not converge")


def _straight_error_km(
    a: FloatArray, b: FloatArray, low: FloatArray, high: FloatArray
) -> FloatArray:
    start = a + (b - a) * low[:, None]
    end = np.where((high == 1.0)[:, None], b, a + (b - a) * high[:, None])
    azimuth, km = _inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    n = len(a)
    worst = np.zeros(n)
    for fraction in (0.25, 0.5, 0.75):
        p = start + (end - start) * fraction
        d = _polish(
            p[:, 0], p[:, 1], start[:, 0], start[:, 1], azimuth, km, np.arange(n, dtype=np.intp), n
        )
        worst = np.maximum(worst, d)
    return worst


def rings_of(geometry: Mapping[str, Any], tol_m: float = 1.0) -> list[FloatArray]:
    """Refined rings of a GeoJSON Polygon or MultiPolygon."""
    if geometry["type"] == "Polygon":
        polygons = [geometry["coordinates"]]
    elif geometry["type"] == "MultiPolygon":
        polygons = geometry["coordinates"]
    else:
        raise ValueError(f"not an area: {geometry['type']}")
    return [refine(ring, tol_m) for polygon in polygons for ring in polygon]


# --- what the tests ask -------------------------------------------------------------------------


def _route(route: Route) -> tuple[float, float, float, float]:
    """Start, azimuth and length in km."""
    lon1, lat1, lon2, lat2 = (float(x) for x in route)
    azimuth, km = _inv(lon1, lat1, lon2, lat2)
    return lon1, lat1, float(azimuth[0]), float(km[0])


def route_length_km(route: Route) -> float:
    """Length of the route."""
    return _route(route)[3]


def route_point(route: Route, km: float) -> tuple[float, float]:
    """Longitude and latitude of the point ``km`` after the start."""
    lon, lat, azimuth, _ = _route(route)
    x, y, _ = _fwd(lon, lat, azimuth, km)
    return float(x[0]), float(y[0])


def point_distance_km(
    lon: float, lat: float, rings: Rings | PreparedZone, *, signed: bool = False
) -> float:
    """Geodesic distance from a point to the zone: 0 inside, or minus the depth if ``signed``."""
    value = float(prepare(rings).signed(np.array([float(lon)]), np.array([float(lat)]))[0])
    return value if signed else max(0.0, value)


def distance_km(route: Route, rings: Rings | PreparedZone) -> float:
    """Minimum geodesic distance between route and zone, 0 if they touch."""
    zone = prepare(rings)
    lon, lat, azimuth, km = _route(route)
    ends_lon = np.array([lon, float(route[2])])
    ends_lat = np.array([lat, float(route[3])])
    if zone.contains(ends_lon, ends_lat).any():
        return 0.0
    best = float(zone.edges.nearest(ends_lon, ends_lat).min())
    if km == 0.0 or not len(zone.edges):
        return best
    n = max(1, math.ceil(km / PIECE_KM))
    x, y, _ = _fwd(lon, lat, azimuth, np.arange(n + 1) * km / n)
    line = Segments.between(x[:-1], y[:-1], x[1:], y[1:])
    if _cross(line, zone.edges):
        return 0.0
    edges = zone.edges
    vertices = np.unique(
        np.concatenate(
            [np.stack([edges.lon, edges.lat], 1), np.stack([edges.end_lon, edges.end_lat], 1)]
        ),
        axis=0,
    )
    return min(best, float(line.nearest(vertices[:, 0], vertices[:, 1], overall=True)[0]))


def _cross(one: Segments, two: Segments) -> bool:
    """Whether any pair of short geodesic segments crosses."""
    step = max(1, MATRIX_CELLS // len(two))
    for i in range(0, len(one), step):
        gap = R_MIN_KM * _angles(one.middle[i : i + step], two.middle)
        reach = (one.km[i : i + step, None] + two.km) / 2 + COARSE_SLACK_KM
        p, e = np.nonzero(gap <= reach)
        p += i
        if len(p) and bool((_apart(one, p, two, e) & _apart(two, e, one, p)).any()):
            return True
    return False


def _apart(line: Segments, i: IntArray, other: Segments, j: IntArray) -> BoolArray:
    """Whether the ends of segments of ``other`` lie on different sides of those of ``line``."""
    sides = []
    for lon, lat in ((other.lon[j], other.lat[j]), (other.end_lon[j], other.end_lat[j])):
        azimuth, _ = _inv(line.lon[i], line.lat[i], lon, lat)
        sides.append(np.sin(np.radians(azimuth - line.azimuth[i])))
    return sides[0] * sides[1] <= 0


@dataclass(frozen=True)
class Length:
    """L(r) of one level r: rigorous limits and the best estimate, in km."""

    low: float
    high: float
    estimate: float


def lengths_km(
    route: Route,
    rings: Rings | PreparedZone,
    levels_km: Sequence[float],
    *,
    resolution_m: float = 0.5,
    max_intervals: int = 20_000,
) -> list[Length]:
    """L(r) for several r at once, by bisection with the Lipschitz bound.

    Bisection ends at ``resolution_m``, or earlier if more than ``max_intervals`` are undecided (a
    long route that runs within some 50 m of the level line); the limits stay rigorous, if wide.
    """
    zone = prepare(rings)
    lon, lat, azimuth, km = _route(route)
    level = np.asarray(levels_km, dtype=float)
    inside = np.zeros(len(level))
    if km == 0.0:
        return [Length(0.0, 0.0, 0.0) for _ in level]
    n = max(1, math.ceil(km / 400.0))
    half = km / n / 2
    middle = (np.arange(n) * 2 + 1) * half
    open_ = np.ones((n, len(level)), dtype=bool)
    while True:
        x, y, _ = _fwd(lon, lat, azimuth, middle)
        within = zone.contains(x, y)
        near, far = zone.edges.coarse(x, y)
        low, high = np.where(within, -far, near), np.where(within, -near, far)
        reach = half + EXACT_SLACK_KM
        unclear = open_ & ~(high[:, None] + reach < level) & ~(low[:, None] - reach > level)
        exact = unclear.any(axis=1) & (far - near > half / 2)
        if exact.any():
            d = zone.edges.nearest(x[exact], y[exact])
            low[exact] = high[exact] = np.where(within[exact], -d, d)
        inner = open_ & (high[:, None] + reach < level)
        inside += 2 * half * inner.sum(axis=0)
        open_ &= ~inner & ~(low[:, None] - reach > level)
        keep = open_.any(axis=1)
        middle, open_, value = middle[keep], open_[keep], (low[keep] + high[keep]) / 2
        if 2 * half * 1000.0 <= resolution_m or len(middle) > max_intervals or not len(middle):
            break
        half /= 2
        middle = np.stack([middle - half, middle + half], axis=1).ravel()
        open_ = np.repeat(open_, 2, axis=0)
    undecided = 2 * half * open_.sum(axis=0)
    # The part of an undecided interval that is within, as if f had a slope of 1.
    share = np.clip(0.5 + (level - value[:, None]) / (2 * half), 0.0, 1.0)
    guess = inside + (2 * half * share * open_).sum(axis=0)
    return [
        Length(float(min(a, km)), float(min(a + b, km)), float(min(c, km)))
        for a, b, c in zip(inside, undecided, guess, strict=True)
    ]


def length_within_km(
    route: Route, rings: Rings | PreparedZone, r_km: float, *, resolution_m: float = 0.5
) -> float:
    """L(r): length of the route within ``r_km`` of the zone; for r < 0, inside and deeper than |r|.

    Good to about ``resolution_m`` per crossing of the level line; `lengths_km` has the limits.
    """
    return lengths_km(route, rings, [r_km], resolution_m=resolution_m)[0].estimate


def bracket_km(
    route: Route,
    rings: Rings | PreparedZone,
    r_km: float,
    tol_m: float = 10.0,
    *,
    resolution_m: float = 0.5,
) -> tuple[float, float]:
    """L(r - tol) and L(r + tol), the rigorous lower limit of one and upper limit of the other.

    A point exactly at distance r belongs to neither or both, so that a route along the level line
    has a wide bracket, as it should.
    """
    tol = tol_m / 1000.0
    low, high = lengths_km(route, rings, [r_km - tol, r_km + tol], resolution_m=resolution_m)
    return low.low, high.high
