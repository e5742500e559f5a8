"""Points at the date line and at the poles that have two names, or that rounding moved."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

__all__ = ["POLE_DEG", "at_poles", "on_its_side", "over_seam", "round_the_earth"]

Array = npt.NDArray[np.float64]

POLE_DEG: Final = 1e-6
"""A latitude this near the pole, on either side of 90°, is the pole: 11 cm."""

_SAME_DEG: Final = 1e-9
"""Longitudes a whole turn apart to within this are one meridian: 0.1 mm."""


def at_poles(raw: list[Any], points: Array) -> tuple[list[Any], Array]:
    """Positions past a pole by rounding, moved to it."""
    over = np.abs(points[:, 1]) > 90
    over &= np.abs(points[:, 1]) <= 90 + POLE_DEG
    if not over.any():
        return raw, points
    points = points.copy()
    points[over, 1] = np.copysign(90.0, points[over, 1])
    raw = [
        [position[0], float(points[i, 1]), *position[2:]] if over[i] else position
        for i, position in enumerate(raw)
    ]
    return raw, points


def over_seam(raw: list[Any], points: Array) -> tuple[list[Any], Array] | None:
    """A ring whose points at the date line are named on both sides, with longitudes running on.

    A step of a whole turn between two names of one point has no length. None where there is no such
    step, and where it is meant as the edge of a band or a cap: the ring would enclose nothing, or
    has corners at a pole.
    """
    if len(points) < 4:
        return None
    lon, lat = points[:, 0], points[:, 1]
    step = np.diff(lon)
    seam = (np.abs(np.abs(step) - 360) < _SAME_DEG) & (np.abs(np.diff(lat)) < _SAME_DEG)
    if not seam.any() or (np.abs(lat) > 90 - POLE_DEG).any():
        return None
    if (np.abs(step[~seam]) > 180).any():
        return None  # something else is wrong too: it is told as before
    shift = np.concatenate([[0.0], -np.cumsum(np.where(seam, step, 0.0))])
    moved = lon + np.round(shift / 360) * 360
    turn = abs(float(moved[-1] - moved[0]))
    if turn < _SAME_DEG:
        x, y = moved - moved[0], lat - lat[0]
        area = abs(float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum())) / 2
        if area <= 1e-9 * max(float(np.ptp(moved)), float(np.ptp(lat))) ** 2:
            return None
    elif abs(turn - 360) > _SAME_DEG or float(np.abs(np.diff(moved)).max()) > 180:
        return None
    if moved.max() > 540 or moved.min() < -540:
        return None
    made = np.column_stack([moved, lat])
    # A whole turn says a ring round a pole, which is closed there; it has no area of its own.
    kept = np.concatenate([[True], ~seam])
    return (
        [[x, y, *position[2:]] for (x, y), position, keep in
         zip(made.tolist(), raw, kept.tolist(), strict=True) if keep],
        made[kept],
    )  # fmt: skip


_NEAR_SEAM_DEG: Final = 30.0
"""So far an edge from the date line may go the short way, to be read so: 330° is no zone's side."""


def on_its_side(raw: list[Any], points: Array) -> tuple[list[Any], Array] | None:
    """A ring whose points at exactly ±180° stand on the wrong side, with longitudes running on.

    None unless every edge of more than half a turn begins or ends there, and none is left.
    """
    if len(points) < 3:
        return None
    lon, lat = points[:, 0], points[:, 1]
    step = np.diff(lon, append=lon[:1])
    wide = np.abs(step) > 180
    if not wide.any() or (np.abs(lat) > 90 - POLE_DEG).any():
        return None
    at_seam = np.abs(np.abs(lon) - 180) < _SAME_DEG
    short = 360 - np.abs(step[wide])
    if (
        not (at_seam | np.roll(at_seam, -1))[wide].all()
        or not ((short > _SAME_DEG) & (short <= _NEAR_SEAM_DEG)).all()
    ):
        return None
    moved = np.unwrap(np.append(lon, lon[0]), period=360.0)
    if abs(float(moved[-1] - moved[0])) > _SAME_DEG or np.abs(np.diff(moved)).max() > 180:
        return None
    moved = moved[:-1]
    x, y = moved - moved[0], lat - lat[0]
    area = abs(float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum())) / 2
    extent = float(np.ptp(moved))
    if extent >= np.ptp(lon) or area <= _SAME_DEG * max(extent, float(np.ptp(lat))) ** 2:
        return None
    return _renamed(raw, moved, lat)


def round_the_earth(raw: list[Any], points: Array) -> tuple[list[Any], Array] | None:
    """A ring along one parallel, once round the Earth, with longitudes running on.

    As it is written it comes back the long way and encloses nothing. None for any other ring.
    """
    if len(points) < 3:
        return None
    lon, lat = points[:, 0], points[:, 1]
    if np.ptp(lat) > _SAME_DEG or abs(float(lat[0])) > 90 - POLE_DEG:
        return None
    closed = points[0, 0] == points[-1, 0]
    if not closed:
        raw, lon, lat = [*raw, raw[0]], np.append(lon, lon[0]), np.append(lat, lat[0])
    moved = np.unwrap(lon, period=360.0)
    step = np.diff(moved)
    if (
        abs(abs(float(moved[-1] - moved[0])) - 360) > _SAME_DEG
        or np.abs(step).max() >= 180
        or ((step < 0).any() and (step > 0).any())
    ):
        return None
    return _renamed(raw, moved, lat)


def _renamed(raw: list[Any], lon: Array, lat: Array) -> tuple[list[Any], Array] | None:
    """Positions with other longitudes; None if these leave what is read."""
    lon = lon - (360.0 if lon.max() > 540 else -360.0 if lon.min() < -540 else 0.0)
    if np.abs(lon).max() > 540:
        return None
    made = np.column_stack([lon, lat])
    return [[x, y, *p[2:]] for (x, y), p in zip(made.tolist(), raw, strict=True)], made
