"""``measure``: many routes against many zones, numbers in, arrays out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from routecheck.geometry.ellipsoid import ERROR_KM
from routecheck.geometry.index import OutlineLike, index_of
from routecheck.geometry.legs import checked_ends
from routecheck.geometry.run import run

__all__ = ["Measures", "ZoneLike", "measure"]

Array = npt.NDArray[np.float64]


MAX_WITHIN_KM: Final = 1000.0
"""As far as distances and buffers are asked for, km."""


class ZoneLike(Protocol):
    """What measuring needs of a zone."""

    @property
    def outline(self) -> OutlineLike:
        """Rings, refined."""
        ...

    @property
    def buffer_km(self) -> float:
        """Stand-off around the outline, km."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """One row per route and zone that come near each other, ordered by (route, zone).

    Attributes
    ----------
    route, zone : (m,) int arrays
        Positions in what was passed in.
    inside_km, buffered_km : (m,) float arrays
        Length of the route within the outline, and within the buffer of it (inside included), km.
    closest_km : (m,) float array
        WGS84 distance from route to zone, km; 0 inside.
    touching : (m,) bool array
        The distance is within ``error_km`` of the buffer or of the limit asked for: whether the
        route is within it cannot be told.
    error_km : float
        Bound of the error of every distance, km. A length at distance r is bracketed by the
        lengths at r - error_km and r + error_km.
    """

    route: npt.NDArray[np.int64]
    zone: npt.NDArray[np.int64]
    inside_km: Array
    buffered_km: Array
    closest_km: Array
    touching: npt.NDArray[np.bool_]
    error_km: float = ERROR_KM

    def __len__(self) -> int:
        return len(self.route)


def measure(
    routes: npt.ArrayLike,
    zones: Iterable[ZoneLike],
    within_km: float | None = None,
    *,
    progress: Callable[[int], None] | None = None,
) -> Measures:
    """Measure great-circle routes (WGS84 geodesics) against zones.

    Parameters
    ----------
    routes : (n, 4) float array
        lon1, lat1, lon2, lat2 in degrees.
    zones : iterable of Zone
        E.g. a :class:`~routecheck.ZoneSet`. Dates play no part here: pass ``zones.on(date)``.
    within_km : float, optional
        Report zones up to this far away even where their buffer is smaller, km (at most 1,000).
    progress : callable, optional
        Told from time to time how many routes are done.

    Returns
    -------
    Measures
        A row for each pair with ``closest_km`` <= max(``buffer_km``, ``within_km`` or 0).

    Raises
    ------
    ValueError
        If the routes are not (n, 4) finite degrees, or ``within_km`` is not within 0 to 1,000.

    Examples
    --------
    >>> import routecheck as rc
    >>> m = rc.measure([[50.0467, 40.4675, 45.6986, 43.3883]], rc.load_zones())
    >>> bool(m.inside_km.max() > 200)
    True
    """
    if within_km is not None and (
        isinstance(within_km, bool)
        or not (isinstance(within_km, Real) and 0 <= within_km <= MAX_WITHIN_KM)
    ):
        raise ValueError(f"within_km is {within_km!r}: give a number from 0 to 1000, km")
    if progress is not None and not callable(progress):
        raise ValueError(f"progress is {progress!r}: give a function that takes a number of routes")
    ends = checked_ends(routes)
    try:
        zone_list = list(zones)
        outlines = [zone.outline for zone in zone_list]
    except (TypeError, AttributeError):
        raise ValueError(
            f"zones are {type(zones).__name__}: give a ZoneSet, from load_zones, or a list of Zone"
        ) from None
    index = index_of(outlines)
    buffer_km = _buffers(zone_list)
    limit_km = np.maximum(buffer_km, float(within_km or 0.0))
    rows: Any = run(ends, index, buffer_km, limit_km, progress=progress)
    return Measures(
        route=rows.route,
        zone=rows.zone,
        inside_km=rows.inside_km,
        buffered_km=rows.buffered_km,
        closest_km=rows.closest_km,
        touching=rows.touching.astype(np.bool_),
    )


def _buffers(zones: Sequence[ZoneLike]) -> Array:
    """Stand-off of each zone, km."""
    try:
        buffer_km = np.array([float(zone.buffer_km) for zone in zones], dtype=np.float64)
    except (TypeError, ValueError, AttributeError):
        buffer_km = np.array([np.nan])
    if not ((buffer_km >= 0) & (buffer_km <= MAX_WITHIN_KM)).all():
        raise ValueError(f"buffer_km of each zone must be a number from 0 to {MAX_WITHIN_KM:,.0f}")
    return buffer_km
