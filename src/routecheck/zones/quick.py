"""Reads the plain rings of a file all at once: whole-array arithmetic over thousands of rings.

A ring is plain here if no rule of :mod:`routecheck.zones.rings` has anything to say of it but
which way it winds: numbers only, closed, within ±180° and off the poles, no vertex twice running,
no step of half a turn, an area that is none of a line. All others are left to the careful reader,
which decides the same of plain ones, one by one.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any, Final

import numpy as np
import numpy.typing as npt

__all__ = ["PlainRing", "plain_rings", "unhindered"]

Array = npt.NDArray[np.float64]

PlainRing = tuple[Array, Array, float]
"""Longitudes and latitudes, degrees, and the signed area, square degrees."""

_FEW: Final = 64
"""Fewer rings than this are not worth it."""

_AT_ONCE: Final = 8192
"""Rings laid out at a time: some MB."""

_MAX_LAT: Final = 89.9
"""What lies nearer to a pole is left to the careful reader."""

_AREA_PART: Final = 1e-9
"""Of the extent squared: a thousand times the area below which a ring is a line."""


@contextmanager
def unhindered() -> Iterator[None]:
    """Nobody looks for rubbish meanwhile: a document of millions of lists makes none in a ring."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def plain_rings(document: Any) -> dict[int, PlainRing]:
    """The plain rings of a GeoJSON document, by the identity of their lists of positions."""
    rings = list(_rings(document))
    found: dict[int, PlainRing] = {}
    if len(rings) >= _FEW:
        for first in range(0, len(rings), _AT_ONCE):
            _add(rings[first : first + _AT_ONCE], found)
    return found


def _rings(document: Any) -> Iterator[list[Any]]:
    """Every list that stands where a ring should, in a collection of polygons."""
    features = document.get("features") if isinstance(document, dict) else None
    for feature in features if isinstance(features, list) else ():
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if not isinstance(geometry, dict):
            continue
        coordinates = geometry.get("coordinates")
        if not isinstance(coordinates, list):
            continue
        kind = geometry.get("type")
        if kind == "Polygon":
            polygons = [coordinates]
        elif kind == "MultiPolygon":
            polygons = coordinates
        else:
            continue
        for polygon in polygons:
            if isinstance(polygon, list):
                for ring in polygon:
                    if isinstance(ring, list) and len(ring) >= 4:
                        yield ring


def _add(rings: list[list[Any]], found: dict[int, PlainRing]) -> None:
    """Lay some rings out together; if one of them is odd, each half of them."""
    points = _points(rings)
    if points is None:
        if len(rings) > 1:
            middle = len(rings) // 2
            _add(rings[:middle], found)
            _add(rings[middle:], found)
        return
    lon, lat = np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])
    size = np.array(list(map(len, rings)), dtype=np.int64)
    stop = np.cumsum(size)
    start = stop - size
    good, area = _judged(lon, lat, start, stop)
    for ring, a, b, ok, signed in zip(
        rings, start.tolist(), stop.tolist(), good.tolist(), area.tolist(), strict=True
    ):
        if ok:
            found[id(ring)] = lon[a:b], lat[a:b], signed


def _points(rings: list[list[Any]]) -> Array | None:
    """All positions, one after another; None unless all are lists of as many numbers."""
    positions = list(chain.from_iterable(rings))
    if set(map(type, positions)) != {list}:
        return None
    sizes = set(map(len, positions))
    if len(sizes) != 1 or min(sizes) < 2:
        return None
    numbers = list(chain.from_iterable(positions))
    if not set(map(type, numbers)) <= {int, float}:
        return None
    try:
        flat = np.array(numbers, dtype=np.float64)
    except OverflowError:
        return None
    return flat.reshape(len(positions), -1)


def _judged(
    lon: Array, lat: Array, start: npt.NDArray[np.int64], stop: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.bool_], Array]:
    """Which rings are plain, and the signed area of each."""
    # written so that NaN counts as odd
    place_ok = (np.abs(lon) < 180.0) & (np.abs(lat) < _MAX_LAT)
    good = np.logical_and.reduceat(place_ok, start)
    last = stop - 1
    good &= (lon[start] == lon[last]) & (lat[start] == lat[last])
    with np.errstate(all="ignore"):  # what is not finite is not good
        d_lon, d_lat = np.diff(lon, append=0.0), np.diff(lat, append=0.0)
        step_ok = ((d_lon != 0.0) | (d_lat != 0.0)) & (np.abs(d_lon) < 180.0)
        step_ok[last] = True  # from one ring to the next
        good &= np.logical_and.reduceat(step_ok, start)
        extent = np.maximum(
            np.maximum.reduceat(lon, start) - np.minimum.reduceat(lon, start),
            np.maximum.reduceat(lat, start) - np.minimum.reduceat(lat, start),
        )
        size = stop - start
        x, y = lon - np.repeat(lon[start], size), lat - np.repeat(lat[start], size)
        cross = np.append(x[:-1] * y[1:] - x[1:] * y[:-1], 0.0)
        cross[last] = 0.0
        area = np.add.reduceat(cross, start) / 2
        good &= np.abs(area) > _AREA_PART * extent * extent
    return good, area
