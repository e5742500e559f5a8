"""Whether two engines find the same pairs, and where not, whether a sphere explains it.

A distance on the sphere differs from that on WGS84 by at most 0.56 %, and the sphere's great
circle runs beside the geodesic. So a pair may be answered differently if its true distance lies
within 0.6 % of the limit plus that offset. Farther off, one of the two is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

import routecheck as rc
from benchmarks.peers import WGS84, Answer
from benchmarks.work import BUFFER_KM, SPHERE_KM, Work

__all__ = ["Agreement", "Failure", "compare", "offsets_km"]

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

SPHERE_PART = 0.006

FARTHEST_KM = 1_000.0
"""The farthest that ``rc.measure`` looks."""

SAMPLES = 33
"""Points of a geodesic at which its offset is taken: the largest is found to 0.2 %."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A pair that no sphere explains."""

    route: int
    zone: str
    peer_says: bool
    closest_km: float
    allowed_km: float

    def __str__(self) -> str:
        says = "within" if self.peer_says else "not within"
        return (
            f"route {self.route}, {self.zone}: the peer says {says} {BUFFER_KM:g} km, "
            f"closest_km is {self.closest_km:.3f}, the sphere explains {self.allowed_km:.3f}"
        )


@dataclass(frozen=True, slots=True)
class Agreement:
    """One peer's pairs beside ours."""

    pairs: int
    missing: int
    extra: int
    failures: tuple[Failure, ...]
    farthest_km: float
    """The largest distance from the limit of any pair that was answered differently, km."""
    lengths_part: float | None
    """The peer's total length over ours, for the pairs that both have, less one."""


def compare(work: Work, ours: Answer, theirs: Answer) -> Agreement:
    """Compare, with the exact distance of every pair that differs."""
    zones = len(work.zones.zones)
    our_keys, their_keys = (
        some.route.astype(np.int64) * zones + some.zone for some in (ours, theirs)
    )
    missing = np.setdiff1d(our_keys, their_keys)
    extra = np.setdiff1d(their_keys, our_keys)
    differing = np.concatenate((missing, extra))
    peer_says = np.arange(len(differing)) >= len(missing)
    closest_km = _closest_km(work, differing // zones, differing % zones)
    off_km = np.abs(closest_km - BUFFER_KM)
    allowed_km = SPHERE_PART * BUFFER_KM + offsets_km(work.routes[differing // zones])
    # no distance is known past what is looked at: only a wilder offset can explain it
    failed = off_km > allowed_km
    return Agreement(
        pairs=len(theirs),
        missing=len(missing),
        extra=len(extra),
        failures=tuple(
            Failure(
                int(differing[k] // zones),
                work.zones.zones[int(differing[k] % zones)].id,
                bool(peer_says[k]),
                float(closest_km[k]),
                float(allowed_km[k]),
            )
            for k in np.flatnonzero(failed)
        ),
        farthest_km=float(off_km.max(initial=0.0)),
        lengths_part=_lengths_part(our_keys, ours, their_keys, theirs),
    )


def _lengths_part(
    our_keys: Indices, ours: Answer, their_keys: Indices, theirs: Answer
) -> float | None:
    if ours.buffered_km is None or theirs.buffered_km is None:
        return None
    _, here, there = np.intersect1d(our_keys, their_keys, return_indices=True)
    total = float(ours.buffered_km[here].sum())
    return float(theirs.buffered_km[there].sum()) / total - 1.0 if total else None


def _closest_km(work: Work, route: Indices, zone: Indices) -> Array:
    """Our distance of some pairs; ``FARTHEST_KM`` for one that is farther than we look."""
    closest_km = np.full(len(route), FARTHEST_KM)
    if not len(route):
        return closest_km
    routes, at = np.unique(route, return_inverse=True)
    found = rc.measure(work.routes[routes], work.zones, within_km=FARTHEST_KM)
    zones = len(work.zones.zones)
    keys = found.route.astype(np.int64) * zones + found.zone
    if not len(keys):
        return closest_km
    order = np.argsort(keys)
    wanted = at * zones + zone
    place = order[np.clip(np.searchsorted(keys, wanted, sorter=order), 0, len(keys) - 1)]
    known = keys[place] == wanted
    closest_km[known] = found.closest_km[place[known]]
    return closest_km


def offsets_km(routes: Array) -> Array:
    """How far the geodesic of each route runs beside the sphere's great circle, km."""
    if not len(routes):
        return np.empty(0)
    lon1, lat1, lon2, lat2 = routes.T
    azimuth, _, length_m = (np.asarray(some) for some in WGS84.inv(lon1, lat1, lon2, lat2))
    along = np.linspace(0.0, 1.0, SAMPLES)[None, :] * length_m[:, None]
    start = (np.repeat(column, SAMPLES) for column in (lon1, lat1, azimuth))
    lon, lat, _ = WGS84.fwd(*start, along.ravel())
    points = _unit(np.asarray(lon), np.asarray(lat)).reshape(len(routes), SAMPLES, 3)
    across = np.cross(_unit(lon1, lat1), _unit(lon2, lat2))
    across /= np.maximum(np.linalg.norm(across, axis=1), 1e-15)[:, None]
    sine = np.abs(np.einsum("rsk,rk->rs", points, across)).max(axis=1)
    offsets: Array = SPHERE_KM * np.arcsin(np.minimum(sine, 1.0))
    return offsets


def _unit(lon: Array, lat: Array) -> Array:
    lon, lat = np.radians(lon), np.radians(lat)
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
