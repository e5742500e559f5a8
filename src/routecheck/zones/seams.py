"""Points at the date line and at the poles that have two names, or that rounding moved."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

__all__ = ["POLE_DEG", "at_poles", "over_seam"]

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
