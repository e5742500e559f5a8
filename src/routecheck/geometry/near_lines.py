"""Distances of places from lines, many at once: whole arrays, in the tangent plane of each place.

Seen from straight above a place (orthographic), a line that passes near it is all but straight: a
piece of 50 km bulges by 49 m, of which 2.3 m show at 300 km. What is d km away is R sin(d/R) km
from the middle of that picture. So distances up to ``NEAR_KM`` are right to 4 m, those up to 1 km
to 5 cm (``tests/test_near_lines.py``).
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from routecheck.geometry.ellipsoid import A_KM, B_KM
from routecheck.geometry.index import positions

__all__ = ["NEAR_KM", "NearLines"]

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

NEAR_KM: Final = 300.0

PIECE_KM: Final = 50.0

AT_ONCE: Final = 20_000
"""Places: each meets some ten pieces."""

MAP_KM: Final = 40_000.0
"""Maps of drawings lie so far from each other: nothing on one is as far from its own lines."""

LOOKS: Final = np.linspace(-1.0, 1.0, 13)
"""Where one looks for a near piece, in parts of the way to either side."""

SEEN_PART: Final = 0.001
SEEN_KM: Final = 0.1
"""In space places lie no farther apart than they look from above one of them, but for this part
(up to ``NEAR_KM``) and this much (a piece of 50 km sags by 49 m)."""

R_KM: Final = 6371.0

BEND_KM: Final = 0.01
"""More than edges of 100 km bend off the lines that they are drawn beside here."""


class NearLines:
    """Edges of at most 100 km cut into pieces, to measure from: of one drawing, or of several.

    Of the pieces of a drawing only those are measured that may be nearest. They are found on a map
    of it, straight from above its middle: nothing on it is farther apart than in space. Maps lie
    side by side on one plane, so that places of many drawings are looked up together.

    Parameters
    ----------
    edges : (n, 4) float array
        lon1, lat1, lon2, lat2, degrees.
    drawing : (n,) int array, optional
        To which drawing each belongs, from 0 on; all of them have edges.
    """

    __slots__ = (
        "_across", "_begin", "_drawing", "_middle", "_on", "_radius", "_start",
        "_step", "_tree",
    )  # fmt: skip

    def __init__(self, edges: Array, drawing: Indices | None = None) -> None:
        import shapely  # noqa: PLC0415 - 50 ms

        if drawing is None:
            drawing = np.zeros(len(edges), np.int64)
        order = np.argsort(drawing, kind="stable")
        edges, drawing = edges[order], drawing[order]
        begin, end = positions(edges[:, 0], edges[:, 1]), positions(edges[:, 2], edges[:, 3])
        step = end - begin
        parts = np.maximum(1, np.ceil(np.sqrt((step * step).sum(axis=1)) / PIECE_KM)).astype(int)
        edge = np.repeat(np.arange(len(edges)), parts)
        number = np.arange(len(edge)) - np.repeat(np.cumsum(parts) - parts, parts)
        up = _normals((begin + end) / 2)[edge]
        low, high = number / parts[edge], (number + 1) / parts[edge]
        first = _on_surface(begin[edge] + low[:, None] * step[edge], up)
        last = _on_surface(begin[edge] + high[:, None] * step[edge], up)
        self._begin, self._step = first, last - first
        self._drawing = drawing[edge]
        self._lay_maps(last)
        ends = np.stack((self._mapped(first, self._drawing), self._mapped(last, self._drawing)), 1)
        lines: Any = shapely.linestrings(ends)
        self._tree = shapely.STRtree(lines)

    def _lay_maps(self, last: Array) -> None:
        """Middle and radius of each drawing, and the axes of its map."""
        of = self._drawing
        self._start = np.flatnonzero(np.concatenate(([True], of[1:] != of[:-1], [True])))
        start = self._start[:-1]
        low = np.minimum.reduceat(np.minimum(self._begin, last), start)
        high = np.maximum.reduceat(np.maximum(self._begin, last), start)
        self._middle = (low + high) / 2
        far2 = np.maximum(
            _square(self._begin - self._middle[self._drawing]),
            _square(last - self._middle[self._drawing]),
        )
        self._radius = np.sqrt(np.maximum.reduceat(far2, start))
        up = self._middle / np.maximum(np.sqrt(_square(self._middle)), 1e-9)[:, None]
        # across: at right angles to up, from whichever axis is farthest from it
        axis = np.eye(3)[np.argmin(np.abs(up), axis=1)]
        across = np.cross(axis, up)
        self._across = across / np.maximum(np.sqrt(_square(across)), 1e-9)[:, None]
        self._on = np.cross(up, self._across)

    def _mapped(self, places: Array, drawing: Indices) -> Array:
        """Where places are on the map of a drawing, km."""
        x = (places * self._across[drawing]).sum(axis=1) + drawing * MAP_KM
        return np.column_stack((x, (places * self._on[drawing]).sum(axis=1)))

    def away_km(self, lon: Array, lat: Array, drawing: Indices | None = None) -> Array:
        """Distance of places from the nearest line; inf where that is more than ``NEAR_KM``.

        ``drawing`` says from which drawing each place is to be measured.
        """
        found = np.empty(len(lon))
        places = positions(lon, lat)
        of = np.zeros(len(lon), np.int64) if drawing is None else drawing
        for first in range(0, len(lon), AT_ONCE):
            some = slice(first, first + AT_ONCE)
            found[some] = self._away_km(places[some], of[some])
        return found

    def at_least_km(self, lon: Array, lat: Array, drawing: int = 0) -> Array:
        """No place is nearer to the lines of a drawing than this."""
        away = positions(lon, lat) - self._middle[drawing]
        # through the Earth is shorter than along it
        low: Array = np.sqrt(_square(away)) - self._radius[drawing] - 1.0
        return low

    def covers(
        self, edges: Array, within_km: float | Array, drawing: Indices | None = None
    ) -> npt.NDArray[np.bool_]:
        """Which edges surely lie within some km, at most ``NEAR_KM``, of the lines throughout.

        That is where both ends lie so near to one and the same piece: the distance from a straight
        line has no maximum between them. Edges of which that cannot be said may do so too.
        """
        of = np.zeros(len(edges), np.int64) if drawing is None else drawing
        most = np.broadcast_to(np.maximum(0.0, np.subtract(within_km, BEND_KM)), len(edges))
        start, end = positions(edges[:, 0], edges[:, 1]), positions(edges[:, 2], edges[:, 3])
        found = np.zeros(len(edges), dtype=np.bool_)
        for first in range(0, len(edges), AT_ONCE):
            some = slice(first, first + AT_ONCE)
            here, there, limit2 = start[some], end[some], most[some] ** 2
            row, piece = self._candidates(self._mapped(here, of[some]), most[some])
            near = self._flat2(here[row], piece) <= limit2[row]
            row, piece = row[near], piece[near]
            near = self._flat2(there[row], piece) <= limit2[row]
            found[first + row[near]] = True
        return found

    def _away_km(self, places: Array, drawing: Indices) -> Array:
        at_most2 = np.minimum(self._flat2(places, self._guess(places, drawing)), NEAR_KM**2)
        mapped = self._mapped(places, drawing)
        row, piece = self._candidates(mapped, np.sqrt(np.maximum(at_most2, 0.0)))
        flat2 = np.full(len(places), np.inf)
        np.minimum.at(flat2, row, self._flat2(places[row], piece))
        flat = np.sqrt(np.maximum(flat2, 0.0))
        away = R_KM * np.arcsin(np.minimum(flat / R_KM, 1.0))
        return np.where(flat <= NEAR_KM, away, np.inf)

    def _guess(self, places: Array, drawing: Indices) -> Indices:
        """A piece of its drawing that is near each place: none may be much nearer.

        Of a few pieces all round the drawing the nearest, then of a few on either side of that.
        """
        start, count = self._start[drawing], self._start[drawing + 1] - self._start[drawing]
        best, gap = count // 2, (count + 1) // 2
        while gap.any():
            tried = (best[:, None] + np.rint(gap[:, None] * LOOKS).astype(np.int64)) % count[
                :, None
            ]
            tried += start[:, None]
            away2 = np.zeros(tried.shape)
            for axis in range(3):
                away2 += (self._begin[:, axis][tried] - places[:, axis, None]) ** 2
            nearest = away2.argmin(axis=1)
            best = tried[np.arange(len(tried)), nearest] - start
            gap //= len(LOOKS) // 2
        found: Indices = start + best
        return found

    def _candidates(self, mapped: Array, flat_km: Array) -> tuple[Indices, Indices]:
        """Pairs of place and piece: all that may be so near, seen from above the place."""
        import shapely  # noqa: PLC0415 - as above

        reach = (1.0 + SEEN_PART) * flat_km + SEEN_KM
        x, y = mapped[:, 0], mapped[:, 1]
        boxes = shapely.box(x - reach, y - reach, x + reach, y + reach)
        row, piece = self._tree.query(boxes)
        return row, piece

    def _flat2(self, places: Array, piece: Indices) -> Array:
        """Square of the distance of each place from a piece, seen from above the place."""
        up = _normals(places)
        step, begin = self._step[piece], self._begin[piece] - places
        height, rise = (up * begin).sum(axis=1), (up * step).sum(axis=1)
        length2 = _square(step) - rise**2
        along = (begin * step).sum(axis=1) - height * rise
        square = _square(begin)
        part = np.clip(-along / np.maximum(length2, 1e-12), 0.0, 1.0)
        flat2: Array = square - height**2 + part * (2.0 * along + part * length2)
        flat2[square > (1.2 * NEAR_KM) ** 2] = np.inf  # the far side of the Earth looks near
        return flat2


def _square(vectors: Array) -> Array:
    """Square of the length of each."""
    square: Array = np.einsum("ij,ij->i", vectors, vectors)
    return square


def _normals(points: Array) -> Array:
    """Unit vectors straight up."""
    up = points * np.array([1.0, 1.0, (A_KM / B_KM) ** 2])
    unit: Array = up / np.sqrt((up * up).sum(axis=1))[:, None]
    return unit


def _on_surface(points: Array, up: Array) -> Array:
    """Points below the surface by less than 1 km, brought up to it: two steps leave nothing."""
    scale = np.array([1.0 / A_KM, 1.0 / A_KM, 1.0 / B_KM])
    for _ in range(3):
        q, d = points * scale, up * scale
        missing = 1.0 - (q * q).sum(axis=1)
        points = points + (missing / (2.0 * (q * d).sum(axis=1)))[:, None] * up
    return points
