"""Closest approach: settled on the exact geodesic, and searched for however far away it is."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from routecheck.geometry.arcs import arc, crossings, distances
from routecheck.geometry.ellipsoid import R_MAX_KM, R_MIN_KM, geod, unit_vectors
from routecheck.geometry.index import ZoneIndex, angle_between, ragged
from routecheck.geometry.legs import Legs, Pieces, split

__all__ = [
    "PIECE_GUARD_RAD", "Nearest", "Settled", "foot_km", "nearest_zone", "piece_caps", "settle",
]  # fmt: skip

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

PIECE_GUARD_RAD: Final = 2e-6
"""13 m: a 200 km geodesic beside its great circle on the geodetic sphere (5 m), and rounding."""

MEAN_RADIUS_KM: Final = 6371.0
"""Only steers the iteration; each round shrinks the error by the ellipsoid's 0.5 %."""

ROUNDS: Final = 3
CHUNK: Final = 64


class Nearest(NamedTuple):
    """Pairs of a place on a leg (km along it) and one on an edge (part of its length, 0 to 1)."""

    leg: Indices
    leg_km: Array
    edge: Indices
    edge_part: Array

    def take(self, which: Indices) -> Nearest:
        """The pairs at these positions."""
        return Nearest(self.leg[which], self.leg_km[which], self.edge[which], self.edge_part[which])


class Settled(NamedTuple):
    """Closest approaches: distance, place along the leg (km), and both points (degrees)."""

    km: Array
    leg_km: Array
    leg_lon: Array
    leg_lat: Array
    zone_lon: Array
    zone_lat: Array


def piece_caps(pieces: Pieces) -> tuple[Array, Array]:
    """Caps around pieces on the geodetic sphere: middle (m, 3), half-length with its guard."""
    start = unit_vectors(pieces.lon1, pieces.lat1)
    end = unit_vectors(pieces.lon2, pieces.lat2)
    middle = start + end
    middle /= np.sqrt((middle**2).sum(axis=1))[:, None]
    return middle, angle_between(middle, start) + PIECE_GUARD_RAD


def settle(legs: Legs, index: ZoneIndex, near: Nearest) -> Settled:
    """Slide both places along their geodesics until each is the foot of the other.

    Started from a place good to some metres it is exact to under a millimetre after two rounds.
    """
    v, w = index.edge_from[near.edge], index.edge_to[near.edge]
    edges = Legs.between(np.stack((index.lon[v], index.lat[v], index.lon[w], index.lat[w]), axis=1))
    rows = np.arange(len(near.leg))
    s, t = near.leg_km.copy(), near.edge_part * edges.length_km
    best = Settled(*(np.full(len(rows), np.inf) for _ in Settled._fields))
    for round_ in range(ROUNDS + 1):
        lon, lat, heading = legs.at(near.leg, s)
        zone_lon, zone_lat, zone_heading = edges.at(rows, t)
        azimuth, _, metres = geod().inv(lon, lat, zone_lon, zone_lat)
        now = Settled(np.asarray(metres) / 1000, s, lon, lat, zone_lon, zone_lat)
        better = now.km < best.km
        best = Settled(*(np.where(better, a, b) for a, b in zip(now, best, strict=True)))
        if round_ == ROUNDS:
            break
        s = np.clip(s + foot_km(now.km, azimuth - heading), 0.0, legs.length_km[near.leg])
        lon, lat, _ = legs.at(near.leg, s)
        azimuth, _, metres = geod().inv(zone_lon, zone_lat, lon, lat)
        ahead = foot_km(np.asarray(metres) / 1000, azimuth - zone_heading)
        t = np.clip(t + ahead, 0.0, edges.length_km)
    return best


def foot_km(distance_km: Array, angle_deg: Array) -> Array:
    """How far ahead on a line the foot of a point lies, km: a step towards it on the ellipsoid.

    The point is ``distance_km`` away, in a direction at ``angle_deg`` to the line. A rule of right
    spherical triangles: tan(step) = tan(d) cos(angle).
    """
    d = distance_km / MEAN_RADIUS_KM
    ahead: Array = MEAN_RADIUS_KM * np.arctan2(np.sin(d) * np.cos(np.radians(angle_deg)), np.cos(d))
    return ahead


def nearest_zone(
    legs: Legs, index: ZoneIndex, among: Indices | None = None
) -> tuple[int, float] | None:
    """The zone (among some, or all) nearest to any of the legs, however far, and how far in km.

    Distances are between ``R_MIN_KM`` and ``R_MAX_KM`` times the angle on the geodetic sphere, so
    what cannot be nearest is left out for certain; the rest is settled exactly. Returns None if
    there is no zone. A leg inside a zone is not noticed here: it has a contact.
    """
    zones = np.arange(len(index)) if among is None else among
    if not len(zones) or not len(legs):
        return None
    pieces = split(legs)
    middle, half = piece_caps(pieces)
    angle = np.arccos(np.clip(middle @ index.zone_centre[zones].T, -1.0, 1.0))
    gap = np.maximum(0.0, angle - half[:, None] - index.zone_radius[zones] - 1e-7)
    low_km = gap.min(axis=0) * R_MIN_KM
    best_zone, best_km = -1, np.inf
    for at in np.argsort(low_km, kind="stable"):
        if low_km[at] > best_km:
            break
        zone = int(zones[at])
        km = _distance_to_zone(legs, pieces, middle, half, index, zone, best_km)
        if km < best_km:
            best_zone, best_km = zone, km
    return best_zone, best_km


def _distance_to_zone(
    legs: Legs, pieces: Pieces, middle: Array, half: Array,
    index: ZoneIndex, zone: int, bound_km: float,
) -> float:  # fmt: skip
    """Exact distance to one zone's outline, or something larger than the bound."""
    blocks = np.arange(index.zone_block[zone], index.zone_block[zone + 1])
    angle = np.arccos(np.clip(middle @ index.block_centre[blocks].T, -1.0, 1.0))
    radius = index.block_radius[blocks]
    high_km = float((angle + radius).min()) * R_MAX_KM
    low_km = np.maximum(0.0, angle - half[:, None] - radius - 1e-7) * R_MIN_KM
    piece, block = np.nonzero(low_km <= min(high_km, bound_km))
    if not len(piece):
        return np.inf
    edge, owner = ragged(index.block_start[blocks[block]], index.block_start[blocks[block] + 1])
    piece = piece[owner]

    v, w = index.edge_from[edge], index.edge_to[edge]
    flown = arc(
        unit_vectors(pieces.lon1[piece], pieces.lat1[piece]),
        unit_vectors(pieces.lon2[piece], pieces.lat2[piece]),
    )
    border = arc(unit_vectors(index.lon[v], index.lat[v]), unit_vectors(index.lon[w], index.lat[w]))
    sigma, s, t = distances(flown, border)
    sigma = np.where(crossings(flown, border)[0], 0.0, sigma)
    guard_km = PIECE_GUARD_RAD * R_MAX_KM
    least_km = sigma * R_MIN_KM - guard_km
    bound_km = min(bound_km, float(sigma.min()) * R_MAX_KM + guard_km)

    order = np.argsort(sigma, kind="stable")
    order = order[least_km[order] <= bound_km]
    found = np.inf
    for first in range(0, len(order), CHUNK):
        some = order[first : first + CHUNK]
        if least_km[some[0]] > min(bound_km, found):
            break
        # One pair of arc lengths: equal parts of angle and of km differ by metres, no more.
        part = s[some] / np.where(flown.length[some] > 0, flown.length[some], 1.0)
        near = Nearest(
            leg=pieces.leg[piece[some]],
            leg_km=pieces.start_km[piece[some]] + part * pieces.length_km[piece[some]],
            edge=edge[some],
            edge_part=t[some] / np.where(border.length[some] > 0, border.length[some], 1.0),
        )
        found = min(found, float(settle(legs, index, near).km.min()))
    return found
