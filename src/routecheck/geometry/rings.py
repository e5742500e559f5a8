"""Rings whose edges are straight in longitude and latitude, as RFC 7946 has them.

An edge along 60°N follows the parallel; the geodesic between its ends does not. A refined ring
has so many vertices on the published line that the geodesics between them stay beside it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = [
    "MAX_ADDED", "MAX_EDGE_KM", "REFINE_TOLERANCE_M", "TooFineError", "refine_ring",
    "refine_rings", "ring_area_km2",
]  # fmt: skip

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

REFINE_TOLERANCE_M: Final = 2.0
"""Largest distance between a published edge and the geodesics that stand for it (the
format allows 5 m)."""

MAX_EDGE_KM: Final = 100.0
"""Longest refined edge: within it a great circle of the local sphere is the geodesic to 0.1 m."""

MAX_ADDED: Final = 200_000
"""Vertices added to one ring at most: a parallel all around the Earth takes 2,800."""

RADIUS_M: Final = 6.4e6
"""At least any radius of curvature: used where larger means safer."""


class TooFineError(ValueError):
    """A ring would need too many vertices."""


def refine_ring(lon: Array, lat: Array) -> tuple[Array, Array]:
    """Insert vertices on the straight lon/lat edges of a closed ring.

    Parameters
    ----------
    lon, lat : (n,) float arrays
        Degrees, first vertex repeated at the end; longitudes may pass 180.

    Returns
    -------
    lon, lat : (m,) float arrays, m >= n
        The same ring: every given vertex is kept to the bit, new ones lie on the given edges.

    Raises
    ------
    TooFineError
        If more than ``MAX_ADDED`` vertices would be needed.

    Notes
    -----
    On the unit sphere the line φ = φ₀ + tΔφ, λ = λ₀ + tΔλ has the geodesic acceleration
    (sin φ cos φ Δλ², -2 sin φ Δφ Δλ); a piece 1/n as long deviates by at most 1/(8 n²) of it.
    """
    pieces = _pieces(lon, lat)
    if int(pieces.max(initial=1)) == 1:
        return lon, lat
    added = int(pieces.sum()) - len(pieces)
    if added > MAX_ADDED:
        raise TooFineError(
            f"the edges of a ring are so long that {added:,} vertices would be needed to follow "
            f"them (at most {MAX_ADDED:,}): zigzag across the Earth is no zone"
        )
    return _refined(lon, lat, pieces)


def refine_rings(
    lon: Array, lat: Array, start: Indices
) -> tuple[Array, Array, Indices, npt.NDArray[np.bool_]] | None:
    """Do the same to many rings that lie one after another; None if one is too fine.

    Parameters
    ----------
    lon, lat : (n,) float arrays
    start : (rings + 1,) int array
        Where each ring begins, and the end of the last.

    Returns
    -------
    lon, lat : (m,) float arrays
    start : (rings + 1,) int array
        Where each ring begins now.
    given : (m,) bool array
        Which vertices were there before.
    """
    pieces = _pieces(lon, lat)
    pieces[start[1:-1] - 1] = 1  # from one ring to the next
    if int(pieces.max(initial=1)) == 1:
        return lon, lat, start, np.ones(len(lon), dtype=np.bool_)
    until = np.concatenate(([0], np.cumsum(pieces - 1), [int((pieces - 1).sum())]))
    added = until[start]  # vertices put in before each ring
    if int(np.diff(added).max()) > MAX_ADDED:
        return None
    given = np.zeros(len(lon) + int(until[-1]), dtype=np.bool_)
    given[np.arange(len(lon)) + until[:-1]] = True
    return *_refined(lon, lat, pieces), start + added, given


def _pieces(lon: Array, lat: Array) -> Indices:
    """Into how many pieces each edge is cut."""
    d_lon, d_lat = np.diff(lon), np.diff(lat)
    lam, phi = np.radians(np.abs(d_lon)), np.radians(np.abs(d_lat))
    lat_far = np.radians(np.maximum(np.abs(lat[:-1]), np.abs(lat[1:])))
    lat_near = np.where(
        np.sign(lat[:-1]) * np.sign(lat[1:]) > 0,
        np.radians(np.minimum(np.abs(lat[:-1]), np.abs(lat[1:]))),
        0.0,
    )
    # Largest sin φ cos φ on the edge: at its ends, or 1/2 where it passes 45°.
    passes_45 = (lat_near <= np.pi / 4) & (lat_far >= np.pi / 4)
    sin_cos = np.where(passes_45, 0.5, np.maximum(np.sin(2 * lat_far), np.sin(2 * lat_near)) / 2)
    acceleration = sin_cos * lam**2 + 2 * np.sin(lat_far) * phi * lam
    for_shape = np.sqrt(RADIUS_M / 8 * acceleration / REFINE_TOLERANCE_M)
    for_length = RADIUS_M / 1000 * np.hypot(phi, np.cos(lat_near) * lam) / MAX_EDGE_KM
    # 1e-6: a meridian's cos 90° of 6e-17 must not ask for a second piece.
    pieces: Indices = np.maximum(1, np.ceil(np.maximum(for_shape, for_length) - 1e-6)).astype(
        np.int64
    )
    return pieces


def _refined(lon: Array, lat: Array, pieces: Indices) -> tuple[Array, Array]:
    """Put vertices where edges are cut."""
    d_lon, d_lat = np.diff(lon), np.diff(lat)
    edge = np.repeat(np.arange(len(pieces)), pieces)
    step = np.arange(len(edge)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    t = step / pieces[edge]
    own = step == 0  # kept as they are: -0 + 0 would be 0
    return (
        np.append(np.where(own, lon[edge], lon[edge] + t * d_lon[edge]), lon[-1]),
        np.append(np.where(own, lat[edge], lat[edge] + t * d_lat[edge]), lat[-1]),
    )


def ring_area_km2(lon: Array, lat: Array) -> float:
    """Signed area of a closed ring, km², counter-clockwise positive.

    The edges are straight in lon/lat, so the area is the integral of sin φ dλ on the authalic
    sphere (6371.007 km); good to 1 %: it ranks zones by size.
    """
    sin_lat = np.sin(np.radians(lat))
    d_lam = np.radians(np.diff(lon))
    return float(-(6371.007**2) * np.sum(d_lam * (sin_lat[:-1] + sin_lat[1:]) / 2))
