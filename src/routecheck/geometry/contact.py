"""What legs have to do with zones: how near, where inside, where within the buffer.

One engine for one route and for a million. Legs are cut into short pieces; caps rule out what is
far (rigorous bounds on the geodetic sphere); the pairs of piece and edge that are left are solved
in closed form on the conformal sphere about the piece; the nearest pair of each leg and zone is
settled on the exact geodesic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from routecheck.geometry.arcs import Arc, arc, crossings, distances, near_intervals
from routecheck.geometry.ellipsoid import (
    ERROR_KM,
    R_MIN_KM,
    conformal_sphere,
    isometric_latitude,
    on_sphere,
)
from routecheck.geometry.index import ZoneIndex, distinct, ragged
from routecheck.geometry.legs import Legs, Pieces, split
from routecheck.geometry.nearest import Nearest, piece_caps, settle
from routecheck.geometry.winding import inside

__all__ = ["Contacts", "Spans", "contacts"]

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

MERGE_KM: Final = 1e-6
"""1 mm: intervals closer than this are one."""

PAIRS_PER_CHUNK: Final = 100_000
BROAD_CELLS: Final = 4_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Disjoint stretches of legs, ordered by row and distance: all fields are (k,) arrays.

    ``row`` is the position in the :class:`Contacts` they belong to; km run along the leg.
    """

    row: Indices
    enter_km: Array
    exit_km: Array

    def length_km(self, rows: int) -> Array:
        """Total length for each of so many rows, km."""
        total: Array = np.zeros(rows)
        np.add.at(total, self.row, self.exit_km - self.enter_km)
        return total

    def of(self, row: int) -> list[tuple[float, float]]:
        """The stretches of one row."""
        mine = self.row == row
        return list(zip(self.enter_km[mine].tolist(), self.exit_km[mine].tolist(), strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Contacts:
    """One row per leg and zone that come near each other, ordered by (leg, zone).

    Attributes
    ----------
    leg, zone : (m,) int arrays
        Positions in the legs and in the zone index.
    closest_km : (m,) float array
        WGS84 distance from the leg to the zone, 0 inside.
    outline_km : (m,) float array
        Distance from the leg to the zone's outline; inf where that is beyond the limit.
    leg_km, leg_lon, leg_lat, zone_lon, zone_lat : (m,) float arrays
        Where: distance along the leg (km), and the two nearest points (degrees).
    inside, buffered : Spans
        Within the outline; within the buffer of it, inside included.
    """

    leg: Indices
    zone: Indices
    closest_km: Array
    outline_km: Array
    leg_km: Array
    leg_lon: Array
    leg_lat: Array
    zone_lon: Array
    zone_lat: Array
    inside: Spans
    buffered: Spans

    def __len__(self) -> int:
        return len(self.leg)


class _Found(NamedTuple):
    """Raw results of the pairs: keys are leg × zones + zone."""

    cross_key: Indices
    cross_km: Array
    near_key: Indices
    near_low: Array
    near_high: Array
    best_key: Indices
    best_km: Array
    best_leg: Indices
    best_leg_km: Array
    best_edge: Indices
    best_part: Array


def contacts(legs: Legs, index: ZoneIndex, buffer_km: Array, limit_km: Array) -> Contacts:
    """Measure all legs against all zones.

    Parameters
    ----------
    legs : Legs
    index : ZoneIndex
        Of ``z`` zones.
    buffer_km, limit_km : (z,) float arrays
        Stand-off of each zone, and the distance up to which a row is wanted (at least the
        buffer), km. A negative limit leaves the zone out.

    Returns
    -------
    Contacts
        Rows with ``closest_km`` up to ``limit_km`` + ``ERROR_KM``: one whose distance is within
        the error of the limit is in, never silently dropped.
    """
    zones = len(index)
    if not zones or not len(legs):
        return _assemble(legs, index, buffer_km, limit_km, _nothing(), _no_spans())
    pieces = split(legs)
    caps = piece_caps(pieces)
    near_zone = _pieces_near_zones(caps, index, limit_km)
    found = _solve(pieces, caps, index, near_zone, buffer_km, limit_km)
    keys = distinct(pieces.leg[near_zone[0]] * zones + near_zone[1])
    within = _inside_spans(legs, index, keys, found)
    return _assemble(legs, index, buffer_km, limit_km, found, within)


def _pieces_near_zones(
    caps: tuple[Array, Array], index: ZoneIndex, limit_km: Array
) -> tuple[Indices, Indices]:
    """Pairs of piece and zone whose caps come within the zone's limit."""
    middle, half = caps
    wanted = np.flatnonzero(limit_km >= 0)
    centre = index.zone_centre[wanted].T
    reach = (index.zone_radius + (limit_km + ERROR_KM) / R_MIN_KM)[wanted]
    found_piece, found_zone = [], []
    step = max(1, BROAD_CELLS // max(1, len(wanted)))
    for first in range(0, len(middle), step):
        part = slice(first, first + step)
        limit = _least_cosine(half[part, None] + reach[None, :])
        piece, zone = np.nonzero(middle[part] @ centre >= limit)
        found_piece.append(piece + first)
        found_zone.append(wanted[zone])
    return np.concatenate(found_piece), np.concatenate(found_zone)


def _least_cosine(reach: Array) -> Array:
    """Cosine of an angle, or less: rounding puts the cosine of opposite points below -1."""
    least: Array = np.cos(np.minimum(np.pi, reach)) - 1e-12
    return least


def _pieces_near_edges(
    caps: tuple[Array, Array],
    index: ZoneIndex,
    near_zone: tuple[Indices, Indices],
    limit_km: Array,
) -> tuple[Indices, Indices, Indices]:
    """Pairs of piece and edge (with the edge's zone) whose block comes within the limit."""
    piece, zone = near_zone
    block, owner = ragged(index.zone_block[zone], index.zone_block[zone + 1])
    piece, zone = piece[owner], zone[owner]
    middle, half = caps
    reach = half[piece] + index.block_radius[block] + (limit_km[zone] + ERROR_KM) / R_MIN_KM
    cosine = np.einsum("ij,ij->i", middle[piece], index.block_centre[block])
    near = np.flatnonzero(cosine >= _least_cosine(reach))
    piece, zone, block = piece[near], zone[near], block[near]
    edge, owner = ragged(index.block_start[block], index.block_start[block + 1])
    return piece[owner], edge, zone[owner]


def _solve(
    pieces: Pieces,
    caps: tuple[Array, Array],
    index: ZoneIndex,
    near_zone: tuple[Indices, Indices],
    buffer_km: Array,
    limit_km: Array,
) -> _Found:
    """Solve every surviving pair in closed form on the conformal sphere about its piece."""
    zones = len(index)
    piece, edge, zone = _pieces_near_edges(caps, index, near_zone, limit_km)
    if not len(piece):
        return _nothing()
    middle, _ = caps
    sphere = conformal_sphere(
        np.degrees(np.arctan2(middle[:, 1], middle[:, 0])),
        np.degrees(np.arcsin(np.clip(middle[:, 2], -1, 1))),
    )
    flown = arc(
        on_sphere(pieces.lon1, isometric_latitude(pieces.lat1), sphere),
        on_sphere(pieces.lon2, isometric_latitude(pieces.lat2), sphere),
    )
    collected = []
    for first in range(0, len(piece), PAIRS_PER_CHUNK):
        part = slice(first, first + PAIRS_PER_CHUNK)
        p, e, z = piece[part], edge[part], zone[part]
        its_sphere = sphere.take(p)
        start, end = index.edge_from[e], index.edge_to[e]
        border = arc(
            on_sphere(index.lon[start], index.psi[start], its_sphere),
            on_sphere(index.lon[end], index.psi[end], its_sphere),
        )
        key = pieces.leg[p] * zones + z
        collected.append(
            _solve_chunk(pieces, p, e, key, flown.take(p), border, its_sphere.radius_km,
                         buffer_km[z])
        )  # fmt: skip
    return _Found(*(np.concatenate(column) for column in zip(*collected, strict=True)))


def _solve_chunk(
    pieces: Pieces, p: Indices, e: Indices, key: Indices,
    flown: Arc, border: Arc, radius_km: Array, buffer_km: Array,
) -> _Found:  # fmt: skip
    """Crossings, near stretches and the nearest pair of each key among some pairs."""
    start_km = pieces.start_km[p]
    # Along a piece, km are proportional to the angle: the scale varies by under 1e-6 within it.
    km_per_rad = pieces.length_km[p] / np.where(flown.length > 0, flown.length, 1.0)

    crosses, first, last = crossings(flown, border)
    hit = np.flatnonzero(crosses)
    cross_km = start_km[hit] + first[hit] * km_per_rad[hit]
    cross_end_km = start_km[hit] + last[hit] * km_per_rad[hit]

    away, s, t = distances(flown, border)
    away = np.where(crosses, 0.0, away)
    s = np.where(crosses, first, s)

    wide = np.flatnonzero((buffer_km > 0) & (away * radius_km <= buffer_km))
    pair, low, high = near_intervals(
        flown.take(wide), border.take(wide), buffer_km[wide] / radius_km[wide]
    )
    pair = wide[pair]

    distance_km = away * radius_km
    order = np.lexsort((distance_km, key))
    lead = order[np.append(True, key[order][1:] != key[order][:-1])]
    return _Found(
        cross_key=np.concatenate((key[hit], key[hit])),
        cross_km=np.concatenate((cross_km, cross_end_km)),
        near_key=key[pair],
        near_low=start_km[pair] + low * km_per_rad[pair],
        near_high=start_km[pair] + high * km_per_rad[pair],
        best_key=key[lead],
        best_km=distance_km[lead],
        best_leg=pieces.leg[p[lead]],
        best_leg_km=start_km[lead] + s[lead] * km_per_rad[lead],
        best_edge=e[lead],
        best_part=t[lead] / np.where(border.length[lead] > 0, border.length[lead], 1.0),
    )


def _inside_spans(
    legs: Legs, index: ZoneIndex, keys: Indices, found: _Found
) -> tuple[Indices, Array, Array]:
    """Inside stretches (key, enter, exit): the midpoint decides between two crossings.

    Sorting and testing midpoints needs no care for corners touched, borders followed or crossings
    counted twice, as counting crossings would.
    """
    zones = len(index)
    leg = keys // zones
    key = np.concatenate((keys, keys, found.cross_key))
    km = np.concatenate((np.zeros(len(keys)), legs.length_km[leg], found.cross_km))
    order = np.lexsort((km, key))
    key, km = key[order], km[order]
    same = key[1:] == key[:-1]
    low, high = km[:-1][same], km[1:][same]
    part_key = key[:-1][same]
    # A leg of no length keeps its one (empty) stretch: it may still lie inside.
    real = (high - low > MERGE_KM) | (legs.length_km[part_key // zones] <= MERGE_KM)
    part_key, low, high = part_key[real], low[real], high[real]

    lon, lat, _ = legs.at(part_key // zones, (low + high) / 2)
    is_in = np.zeros(len(part_key), dtype=np.bool_)
    order = np.argsort(part_key % zones, kind="stable")
    bounds = np.searchsorted((part_key % zones)[order], np.arange(zones + 1))
    for zone in np.flatnonzero(np.diff(bounds)):
        mine = order[bounds[zone] : bounds[zone + 1]]
        is_in[mine] = inside(index.outlines[zone], lon[mine], lat[mine])
    return _union(part_key[is_in], low[is_in], high[is_in])


def _union(key: Indices, low: Array, high: Array) -> tuple[Indices, Array, Array]:
    """Merge overlapping stretches of the same key; the result is ordered by key and start."""
    if not len(key):
        return key, low, high
    order = np.lexsort((low, key))
    key, low, high = key[order], low[order], high[order]
    # Number the keys densely and give each its own stretch of one axis, so that a single
    # running maximum serves them all. 50,000 km is longer than any leg.
    dense = np.cumsum(np.append(0, key[1:] != key[:-1])) * 50_000.0
    reach = np.maximum.accumulate(high + dense)
    opens = np.append(True, (low + dense)[1:] > reach[:-1] + MERGE_KM)
    starts = np.flatnonzero(opens)
    return key[starts], low[starts], np.maximum.reduceat(high, starts)


def _assemble(
    legs: Legs,
    index: ZoneIndex,
    buffer_km: Array,
    limit_km: Array,
    found: _Found,
    within: tuple[Indices, Array, Array],
) -> Contacts:
    """Put rows together: nearest pairs settled, spans united, what is too far left out."""
    zones = max(1, len(index))
    in_key, in_low, in_high = within
    order = np.lexsort((found.best_km, found.best_key))
    lead = order[np.append(True, np.diff(found.best_key[order]) > 0)] if len(order) else order
    touched = found.best_key[lead]
    keys = distinct(np.concatenate((touched, in_key)))
    nearest = Nearest(found.best_leg, found.best_leg_km, found.best_edge, found.best_part)
    settled = settle(legs, index, nearest.take(lead))

    closest = np.full(len(keys), np.inf)
    columns = {name: np.zeros(len(keys)) for name in ("km", "lon", "lat", "zlon", "zlat")}
    at = np.searchsorted(keys, touched)
    closest[at] = np.where(found.best_km[lead] == 0.0, 0.0, settled.km)
    for name, values in zip(columns, settled[1:], strict=True):
        columns[name][at] = values

    outline_km = closest.copy()

    first_in = np.searchsorted(in_key, keys)
    is_in = np.zeros(len(keys), dtype=np.bool_)
    if len(in_key):
        is_in = in_key[np.minimum(first_in, len(in_key) - 1)] == keys
        closest[is_in] = 0.0
        columns["km"][is_in] = in_low[first_in[is_in]]
        lon, lat, _ = legs.at(keys[is_in] // zones, columns["km"][is_in])
        for name, values in (("lon", lon), ("lat", lat), ("zlon", lon), ("zlat", lat)):
            columns[name][is_in] = values

    zone = keys % zones
    wanted = closest <= limit_km[zone] + ERROR_KM
    keys, zone = keys[wanted], zone[wanted]
    near = closest[wanted] <= buffer_km[zone]
    near_row, in_row = _rows(keys, found.near_key), _rows(keys, in_key)
    # Stretches and closest approach agree: beyond the buffer there is no stretch within it.
    keep = (near_row >= 0) & near[near_row]
    buffered = _union(
        np.concatenate((near_row[keep], in_row)),
        np.concatenate((found.near_low[keep], in_low)),
        np.concatenate((found.near_high[keep], in_high)),
    )
    return Contacts(
        leg=keys // zones,
        zone=zone,
        closest_km=closest[wanted],
        outline_km=outline_km[wanted],
        leg_km=columns["km"][wanted],
        leg_lon=columns["lon"][wanted],
        leg_lat=columns["lat"][wanted],
        zone_lon=columns["zlon"][wanted],
        zone_lat=columns["zlat"][wanted],
        inside=Spans(in_row, in_low, in_high),
        buffered=Spans(*buffered),
    )


def _rows(keys: Indices, wanted: Indices) -> Indices:
    """Position of each wanted key among the sorted keys, -1 where it is not."""
    if not len(keys):
        return np.full(len(wanted), -1)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, at, -1)


def _no_spans() -> tuple[Indices, Array, Array]:
    return np.empty(0, np.int64), np.empty(0), np.empty(0)


def _nothing() -> _Found:
    whole, real = np.empty(0, np.int64), np.empty(0)
    return _Found(whole, real, whole, real, real, whole, real, whole, real, whole, real)
