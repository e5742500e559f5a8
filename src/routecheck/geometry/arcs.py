"""Pairs of great-circle arcs on the unit sphere: crossing, distance, and where they are near.

Every function takes matching arrays, one row per pair. A *piece* is the arc
P(s) = A cos s + T sin s, 0 <= s <= σ; an *edge* runs from V to W. Arcs are short (a piece at most
0.04 rad, an edge at most 0.02) and lie within one hemisphere of each other. The closed forms are
spherical trigonometry (e.g. Todhunter, "Spherical Trigonometry", 1886); half-angle forms keep
their digits at small angles.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from routecheck.geometry.index import angle_between

__all__ = ["Arc", "arc", "crossings", "distances", "near_intervals"]

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

CONTACT_RAD: Final = 1e-9
"""6 mm. Arcs that miss each other by less count as crossing: a crossing too many only splits an
interval in two, a crossing missed would lose one."""


class Arc(NamedTuple):
    """Arcs from ``a`` to ``b``: unit vectors (n, 3), length in radians.

    ``t`` is the unit tangent at ``a``, ``n`` the unit normal a × t.
    """

    a: Array
    b: Array
    t: Array
    n: Array
    length: Array

    def take(self, which: npt.NDArray[np.int64]) -> Arc:
        """The arcs at these positions."""
        return Arc(*(field[which] for field in self))


def _dot(u: Array, v: Array) -> Array:
    dot: Array = np.einsum("ij,ij->i", u, v)
    return dot


def arc(a: Array, b: Array) -> Arc:
    """Arcs between points; one of no length gets an arbitrary direction."""
    step = b - a
    t = step - a * _dot(a, step)[:, None]
    length = np.sqrt(_dot(t, t))
    still = length < 1e-15
    if still.any():
        # Turn the axis that the point is farthest from into a tangent.
        axis = np.eye(3)[np.argmin(np.abs(a[still]), axis=1)]
        t[still] = axis - a[still] * _dot(a[still], axis)[:, None]
        length[still] = np.sqrt(_dot(t[still], t[still]))
    t /= length[:, None]
    return Arc(a, b, t, np.cross(a, t), angle_between(a, b))


def crossings(piece: Arc, edge: Arc) -> tuple[Mask, Array, Array]:
    """Where pieces cross edges.

    Returns
    -------
    crosses : (n,) bool
        The arcs have a point in common, or miss each other by less than ``CONTACT_RAD``.
    first, last : (n,) float
        Where along the piece, radians within [0, σ]. They differ only for arcs that lie on one
        great circle: then they are the ends of the common stretch.
    """
    v_side, w_side = _dot(edge.a, piece.n), _dot(edge.b, piece.n)
    a_side, b_side = _dot(piece.a, edge.n), _dot(piece.b, edge.n)
    crosses = (
        (np.minimum(v_side, w_side) <= CONTACT_RAD)
        & (np.maximum(v_side, w_side) >= -CONTACT_RAD)
        & (np.minimum(a_side, b_side) <= CONTACT_RAD)
        & (np.maximum(a_side, b_side) >= -CONTACT_RAD)
    )
    which = np.flatnonzero(crosses)
    first = np.zeros(len(crosses))
    last = np.zeros(len(crosses))
    if not len(which):
        return crosses, first, last

    piece, edge = piece.take(which), edge.take(which)
    slope = _dot(piece.t, edge.n)
    level = a_side[which]
    meet = np.arctan2(-level * np.sign(slope), np.abs(slope))
    v_at = np.arctan2(_dot(edge.a, piece.t), _dot(edge.a, piece.a))
    w_at = np.arctan2(_dot(edge.b, piece.t), _dot(edge.b, piece.a))
    # On one great circle, to within the contact distance at both ends of either arc: where the
    # two lines meet says nothing, but the edge's ends do.
    along = (np.maximum(np.abs(v_side[which]), np.abs(w_side[which])) <= 4 * CONTACT_RAD) | (
        np.maximum(np.abs(level), np.abs(b_side[which])) <= 4 * CONTACT_RAD
    )
    low = np.where(along, np.minimum(v_at, w_at), meet)
    high = np.where(along, np.maximum(v_at, w_at), meet)
    # Arcs on one great circle may still lie apart.
    reach = 4 * CONTACT_RAD
    apart = along & ((low > piece.length + reach) | (high < -reach))
    crosses[which[apart]] = False
    first[which] = np.clip(low, 0.0, piece.length)
    last[which] = np.clip(high, 0.0, piece.length)
    return crosses, first, last


def _to_point(arcs: Arc, point: Array) -> tuple[Array, Array]:
    """Distance from arcs to points, and where on the arc, radians."""
    at = np.clip(np.arctan2(_dot(point, arcs.t), _dot(point, arcs.a)), -np.pi, np.pi)
    beside = np.abs(np.arcsin(np.clip(_dot(point, arcs.n), -1.0, 1.0)))
    to_a, to_b = angle_between(point, arcs.a), angle_between(point, arcs.b)
    within = (at >= 0.0) & (at <= arcs.length)
    nearer_a = to_a <= to_b
    distance = np.where(within, beside, np.where(nearer_a, to_a, to_b))
    return distance, np.where(within, at, np.where(nearer_a, 0.0, arcs.length))


def distances(piece: Arc, edge: Arc) -> tuple[Array, Array, Array]:
    """Distance between arcs that do not cross, and where: radians, along the piece and the edge.

    Unless they cross, one of the four ends is a nearest point.
    """
    to_v, at_v = _to_point(piece, edge.a)
    to_w, at_w = _to_point(piece, edge.b)
    from_a, on_a = _to_point(edge, piece.a)
    from_b, on_b = _to_point(edge, piece.b)
    choice = np.stack((to_v, to_w, from_a, from_b))
    best = np.argmin(choice, axis=0)
    rows = np.arange(len(best))
    zero = np.zeros(len(best))
    s = np.stack((at_v, at_w, zero, piece.length))[best, rows]
    t = np.stack((zero, edge.length, on_a, on_b))[best, rows]
    return choice[best, rows], s, t


def near_intervals(
    piece: Arc, edge: Arc, beta: Array
) -> tuple[npt.NDArray[np.int64], Array, Array]:
    """Stretches of the pieces within β (radians) of the edges.

    The neighbourhood of an edge is the cap around its first vertex V (W's cap comes with the next
    edge of the ring) and the strip between the perpendiculars at V and W.

    Returns
    -------
    pair, low, high
        Row of the pair, and the ends along the piece in radians, within [0, σ]. A pair may have
        none or several, which may overlap.
    """
    rows = np.arange(len(beta))
    parts = [_cap(piece, edge.a, beta)]
    parts += _strips(piece, edge, beta)
    pair = np.concatenate([rows] * len(parts))
    low = np.concatenate([part[0] for part in parts])
    high = np.concatenate([part[1] for part in parts])
    low = np.maximum(low, 0.0)
    high = np.minimum(high, piece.length[pair])
    real = low <= high
    return pair[real], low[real], high[real]


def _cap(piece: Arc, point: Array, beta: Array) -> tuple[Array, Array]:
    """Where the piece's great circle is within β of a point: cos w = cos β / cos d."""
    beside = np.abs(np.arcsin(np.clip(_dot(point, piece.n), -1.0, 1.0)))
    centre = np.arctan2(_dot(point, piece.t), _dot(point, piece.a))
    square = np.sin((beta + beside) / 2) * np.sin((beta - beside) / 2) / np.cos(beside)
    half = 2.0 * np.arcsin(np.sqrt(np.clip(square, 0.0, 1.0)))
    half = np.where(beside <= beta, half, np.nan)
    return centre - half, centre + half


def _strips(piece: Arc, edge: Arc, beta: Array) -> list[tuple[Array, Array]]:
    """Where the piece's great circle is within β of the edge's, beside the edge itself.

    P(s)·n is m sin(s + δ). It is small around two opposite points; the two nearest to the piece
    are tried, as a piece that runs alongside can lie between them.
    """
    level, slope = _dot(piece.a, edge.n), _dot(piece.t, edge.n)
    m = np.hypot(level, slope)
    delta = np.arctan2(level, slope)
    sin_beta = np.sin(beta)
    with np.errstate(invalid="ignore", divide="ignore"):
        half = np.where(m > sin_beta, np.arcsin(np.minimum(1.0, sin_beta / m)), np.pi / 2)
    middle = piece.length / 2
    nearest = np.round((middle + delta) / np.pi)
    other = np.where(middle >= -delta + np.pi * nearest, nearest + 1, nearest - 1)

    from_v = _ahead(piece, np.cross(edge.n, edge.a), middle)
    to_w = _ahead(piece, np.cross(edge.b, edge.n), middle)
    begin, end = np.maximum(from_v[0], to_w[0]), np.minimum(from_v[1], to_w[1])
    return [
        (np.maximum(-delta + np.pi * k - half, begin), np.minimum(-delta + np.pi * k + half, end))
        for k in (nearest, other)
    ]


def _ahead(piece: Arc, direction: Array, middle: Array) -> tuple[Array, Array]:
    """The half circle of the piece's great circle with P(s)·direction >= 0, about the piece."""
    centre = np.arctan2(_dot(piece.t, direction), _dot(piece.a, direction))
    centre = centre + 2 * np.pi * np.round((middle - centre) / (2 * np.pi))
    return centre - np.pi / 2, centre + np.pi / 2
