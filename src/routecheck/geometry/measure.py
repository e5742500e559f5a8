"""``measure``: many routes against many zones, numbers in, arrays out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Real
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from routecheck.geometry.contact import Contacts, contacts
from routecheck.geometry.ellipsoid import ERROR_KM
from routecheck.geometry.index import OutlineLike, build_index
from routecheck.geometry.legs import Legs

__all__ = ["Measures", "ZoneLike", "measure"]

Array = npt.NDArray[np.float64]

LEGS_PER_CHUNK: Final = 2_000


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
    routes: npt.ArrayLike, zones: Iterable[ZoneLike], within_km: float | None = None
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
    if within_km is not None and not (isinstance(within_km, Real) and 0 <= within_km <= 1000):
        raise ValueError(f"within_km is {within_km!r}: give a number from 0 to 1000, km")
    legs = Legs.between(routes)
    try:
        zone_list = list(zones)
        outlines = [zone.outline for zone in zone_list]
    except (TypeError, AttributeError):
        raise ValueError(
            f"zones are {type(zones).__name__}: give a ZoneSet, from load_zones, or a list of Zone"
        ) from None
    index = build_index(outlines)
    buffer_km = np.array([zone.buffer_km for zone in zone_list], dtype=np.float64)
    limit_km = np.maximum(buffer_km, within_km or 0.0)
    parts = []
    for first in range(0, max(1, len(legs)), LEGS_PER_CHUNK):
        some = legs.take(slice(first, first + LEGS_PER_CHUNK))
        parts.append(_rows(contacts(some, index, buffer_km, limit_km), first, buffer_km, limit_km))
    return Measures(
        route=np.concatenate([part.route for part in parts]),
        zone=np.concatenate([part.zone for part in parts]),
        inside_km=np.concatenate([part.inside_km for part in parts]),
        buffered_km=np.concatenate([part.buffered_km for part in parts]),
        closest_km=np.concatenate([part.closest_km for part in parts]),
        touching=np.concatenate([part.touching for part in parts]),
    )


def _rows(found: Contacts, first: int, buffer_km: Array, limit_km: Array) -> Measures:
    inside_km = found.inside.length_km(len(found))
    closest_km = found.closest_km
    on_border = np.zeros(len(found), dtype=np.bool_)
    for border_km in (buffer_km[found.zone], limit_km[found.zone]):
        on_border |= np.abs(closest_km - border_km) <= ERROR_KM
    # Deep inside, or inside for longer than the error, the route is in for certain.
    doubtful = (inside_km <= ERROR_KM) & (found.outline_km <= limit_km[found.zone] + ERROR_KM)
    touching = on_border & doubtful
    return Measures(
        route=found.leg + first,
        zone=found.zone,
        inside_km=inside_km,
        buffered_km=found.buffered.length_km(len(found)),
        closest_km=closest_km,
        touching=touching,
    )
