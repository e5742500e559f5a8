"""Checks and repairs the rings of a polygon with whole-array arithmetic.

Edges are straight lines in longitude and latitude (RFC 7946, section 3.1.1), so winding and area
are planar. The area on the Earth is that of the authalic sphere to within 0.5 %, which is enough
to ask whether a zone covers more than half of it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from routecheck.zones.leftout import LEAVE
from routecheck.zones.model import WIDE_EDGE
from routecheck.zones.problems import Problems, count_of, show
from routecheck.zones.quick import PlainRing
from routecheck.zones.seams import (
    POLE_DEG,
    at_poles,
    on_its_side,
    over_seam,
    round_the_earth,
)

__all__ = ["MAX_LON", "Ring", "RingReader", "covers_half_the_earth", "sphere_area"]

MAX_LON: Final = 540.0
"""Longitudes may run one and a half turns, so that a ring can cross the date line unbroken."""

_SAME_DEG: Final = 1e-9
"""Two coordinates closer than this are one (0.1 mm on the ground), when a pole is circled."""

_FLAT: Final = 1e-12
"""A ring whose area is below this part of its extent squared is a line: 1 µm wide over 10°."""

_PROJECTED: Final = 1000.0
"""Numbers past this are metres or feet of a projection, not degrees gone wrong."""

_HALF_EARTH_SR: Final = 2 * math.pi

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Ring:
    """One closed ring, after repairs.

    Attributes
    ----------
    positions : list
        The GeoJSON positions.
    lon, lat : (n,) float arrays, degrees
    area : float
        Planar, square degrees, positive.
    """

    positions: list[Any]
    lon: Array
    lat: Array
    area: float


class RingReader:
    """Reads the rings of one file and remembers what is better said once than a thousand times."""

    __slots__ = (
        "_first_projected", "_first_wound", "_plain", "_problems", "_strict", "_wound",
        "projected",
    )  # fmt: skip

    def __init__(
        self, problems: Problems, *, strict: bool, plain: Mapping[int, PlainRing] | None = None
    ) -> None:
        self._problems = problems
        self._plain = plain or {}
        self._strict = strict
        self.projected = 0
        self._first_projected: tuple[str, str | None, str] = ("", None, "")
        self._wound = 0
        self._first_wound: tuple[str, str | None] = ("", None)

    def polygon(self, coordinates: Any, pointer: str, feature: str | None) -> list[Ring] | None:
        """Read exterior and holes; None if there is an error in any of them."""
        if not isinstance(coordinates, list):
            self._problems.error(
                f"coordinates are {show(coordinates)}, not a list of rings", pointer, feature
            )
            return None
        if not coordinates:
            self._problems.error(
                "the polygon is empty: give it a ring, or remove the feature", pointer, feature
            )
            return None
        before = self._problems.errors, self.projected
        rings = [
            self._ring(raw, f"{pointer}/{index}", feature, hole=index > 0)
            for index, raw in enumerate(coordinates)
        ]
        if (self._problems.errors, self.projected) != before:
            return None
        return [ring for ring in rings if ring is not None]

    def finish(self) -> None:
        """Report what was gathered over the whole file."""
        problems = self._problems
        if self.projected:
            pointer, feature, sample = self._first_projected
            problems.error(
                f"coordinates such as {sample} are not degrees ({count_of(self.projected, 'ring')}"
                "): the file is in a projection; convert it with "
                "ogr2ogr -t_srs EPSG:4326 OUT.geojson IN.geojson",
                pointer,
                feature,
            )
        if self._wound:
            pointer, feature = self._first_wound
            problems.warn(
                f"{count_of(self._wound, 'ring')} wound the wrong way, this one first: turned "
                "round (exteriors run counter-clockwise, holes clockwise)",
                pointer,
                feature,
            )

    def _ring(self, raw: Any, pointer: str, feature: str | None, *, hole: bool) -> Ring | None:
        plain = self._plain.get(id(raw))
        if plain is not None:
            lon, lat, area = plain
            return self._turned(raw, lon, lat, area, pointer, feature, hole=hole)
        problems = self._problems
        if not isinstance(raw, list):
            problems.error(f"a ring is {show(raw)}, not a list of positions", pointer, feature)
            return None
        points = self._points(raw, pointer, feature)
        if points is None:
            return None
        raw, points = at_poles(raw, points)
        if not self._in_range(points, pointer, feature):
            return None
        if not self._strict:
            raw, points = over_seam(raw, points) or (raw, points)
            raw, points = round_the_earth(raw, points) or (raw, points)
            moved = on_its_side(raw, points)
            if moved is not None:
                raw, points = moved
                problems.warn(
                    "points at 180° stand on the other side of the date line than their "
                    "neighbours: mended, read across it the short way",
                    pointer,
                    feature,
                )
        closed = self._closed(raw, points, pointer, feature)
        if closed is None:
            return None
        positions, points = closed
        lon, lat = np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])
        if not self._edges(lon, lat, pointer, feature):
            return None

        extent = max(float(np.ptp(lon)), float(np.ptp(lat)))
        area = _signed_area(lon, lat)
        if abs(area) <= _FLAT * extent * extent:
            problems.add(
                not (hole and not self._strict),
                "the hole encloses no area: left out"
                if hole and not self._strict
                else "the ring encloses no area, or crosses itself so that its halves cancel: "
                "draw it anew, or remove it" + ("" if self._strict else LEAVE),
                pointer,
                feature,
            )
            return None
        return self._turned(positions, lon, lat, area, pointer, feature, hole=hole)

    def _turned(
        self,
        positions: list[Any],
        lon: Array,
        lat: Array,
        area: float,
        pointer: str,
        feature: str | None,
        *,
        hole: bool,
    ) -> Ring:
        """A ring that runs the right way round."""
        if (area < 0) != hole:
            if not self._strict:
                self._first_wound = self._first_wound if self._wound else (pointer, feature)
                self._wound += 1
            else:
                self._problems.warn(
                    "a hole must run clockwise: turned round"
                    if hole
                    else "the exterior must run counter-clockwise: turned round",
                    pointer,
                    feature,
                )
            positions = positions[::-1]
            lon, lat = lon[::-1].copy(), lat[::-1].copy()
        return Ring(positions, lon, lat, abs(area))

    def _points(self, raw: list[Any], pointer: str, feature: str | None) -> Array | None:
        """Positions as an (n, 2) array; third values are not read."""
        if not raw:
            return np.empty((0, 2))
        if set(map(type, raw)) == {list}:
            sizes = set(map(len, raw))
            if (
                len(sizes) == 1
                and min(sizes) >= 2
                and set(map(type, chain.from_iterable(raw))) <= {int, float}
            ):
                try:
                    flat = np.fromiter(chain.from_iterable(raw), np.float64, len(raw) * min(sizes))
                except OverflowError:
                    pass
                else:
                    return flat.reshape(len(raw), -1)[:, :2]
        return self._points_one_by_one(raw, pointer, feature)

    def _points_one_by_one(self, raw: list[Any], pointer: str, feature: str | None) -> Array | None:
        points = np.empty((len(raw), 2))
        wrong = 0
        for index, position in enumerate(raw):
            if (
                isinstance(position, list)
                and len(position) >= 2
                and type(position[0]) in (int, float)
                and type(position[1]) in (int, float)
            ):
                try:
                    points[index] = position[0], position[1]
                except OverflowError:
                    points[index] = math.inf
                continue
            wrong += 1
            if wrong > 1:
                continue
            if isinstance(position, list):
                content = ", ".join(show(part) for part in position[:3])
                message = f"a position is [{content}], not two numbers [longitude, latitude]"
            else:
                message = f"a position is {show(position)}, not [longitude, latitude]"
            first = message, f"{pointer}/{index}"
        if wrong:
            more = f" (and {count_of(wrong - 1, 'more position')} of the ring)" * (wrong > 1)
            self._problems.error(first[0] + more, first[1], feature)
            return None
        return points

    def _in_range(self, points: Array, pointer: str, feature: str | None) -> bool:
        problems = self._problems
        lon, lat = np.abs(points[:, 0]), np.abs(points[:, 1])
        # written so that NaN counts as wrong
        good = (lon <= MAX_LON) & (lat <= 90)
        if good.all():
            return True
        index = int(np.argmin(good))
        where = f"{pointer}/{index}"
        wrong = int(good.size - np.count_nonzero(good))
        share = f"{wrong} of {good.size} positions" if wrong > 1 else "a position"
        if not np.isfinite(points).all():
            index = int(np.argmin(np.isfinite(points).all(axis=1)))
            problems.error(
                "a position is not finite: NaN, Infinity and numbers past 1e308 are no place",
                f"{pointer}/{index}",
                feature,
            )
        elif lon.max() > _PROJECTED or lat.max() > _PROJECTED:
            if not self.projected:
                sample = f"[{points[index, 0]:g}, {points[index, 1]:g}]"
                self._first_projected = (where, feature, sample)
            self.projected += 1
        elif lat.max() > 90:
            hint = ""
            if lon.max() <= 90 and lat.max() <= 180:
                hint = "; they look swapped: GeoJSON puts the longitude first"
            problems.error(
                f"latitude past ±90° in {share}, here {points[index, 1]:g}{hint}", where, feature
            )
        else:
            problems.error(
                f"longitude past ±540° in {share}, here {points[index, 0]:g}: "
                "subtract whole turns of 360°",
                where,
                feature,
            )
        return False

    def _closed(
        self, raw: list[Any], points: Array, pointer: str, feature: str | None
    ) -> tuple[list[Any], Array] | None:
        problems = self._problems
        size = len(points)
        if size and (points[0] != points[-1]).any():
            turn = float(points[-1, 0] - points[0, 0])
            if (
                abs(abs(turn) - 360) < _SAME_DEG
                and abs(points[-1, 1] - points[0, 1]) < _SAME_DEG
                and size >= 3
            ):
                return self._over_pole(raw, points, pointer, feature)
            if size < 3:
                self._too_few(size, pointer, feature)
                return None
            if self._strict:
                problems.error(
                    "the ring is not closed: repeat its first position at the end",
                    f"{pointer}/{size - 1}",
                    feature,
                )
                return None
            problems.warn(
                "the ring was not closed: its first position was repeated at the end",
                f"{pointer}/{size - 1}",
                feature,
            )
            return [*raw, raw[0]], np.vstack([points, points[:1]])
        if size < 4:
            self._too_few(size, pointer, feature)
            return None
        return raw, points

    def _too_few(self, size: int, pointer: str, feature: str | None) -> None:
        self._problems.error(
            f"the ring has {count_of(size, 'position')}: a triangle, the least, has 4 "
            "(the first is repeated at the end)",
            pointer,
            feature,
        )

    def _over_pole(
        self, raw: list[Any], points: Array, pointer: str, feature: str | None
    ) -> tuple[list[Any], Array] | None:
        """Close a ring that goes once round the Earth over the nearer pole."""
        # mean latitude along the way round, so that crowded vertices do not sway it
        dlon = np.diff(points[:, 0])
        mean = float(((points[1:, 1] + points[:-1, 1]) / 2 * dlon).sum() / dlon.sum())
        if abs(mean) < _SAME_DEG:
            self._problems.error(
                "the ring goes round the Earth along the equator, with no pole nearer: add the "
                "corners at the pole that it should include",
                pointer,
                feature,
            )
            return None
        pole = math.copysign(90.0, mean)
        self._problems.warn(
            f"the ring goes once round the Earth: closed over the "
            f"{'North' if pole > 0 else 'South'} Pole",
            pointer,
            feature,
        )
        first, last = raw[0], raw[-1]
        corners = [[last[0], pole], [first[0], pole], first]
        extra = np.array([[points[-1, 0], pole], [points[0, 0], pole], points[0]])
        return [*raw, *corners], np.vstack([points, extra])

    def _edges(self, lon: Array, lat: Array, pointer: str, feature: str | None) -> bool:
        if np.ptp(lon) > 360 + _SAME_DEG:
            self._problems.error(
                f"the ring is {np.ptp(lon):g}° of longitude wide, more than once round the Earth",
                pointer,
                feature,
            )
            return False
        wide = np.abs(np.diff(lon)) > 180
        if not wide.any():
            return True
        # along a pole a step in longitude has no length
        pole = 90 - POLE_DEG
        wide &= (np.abs(lat[1:]) < pole) | (np.abs(lat[:-1]) < pole)
        edges = int(np.count_nonzero(wide))
        if edges:
            index = int(np.argmax(wide))
            remedy = (
                "cut the polygon at the date line, or let its longitudes run past 180"
                if edges % 2 == 0
                else "if the ring goes round a pole, let its longitudes run on through the whole "
                "turn; if not, cut the polygon at the date line"
            )
            self._problems.warn(
                f"{count_of(edges, 'edge')} of more than 180° of longitude, here from "
                f"{lon[index]:g} to {lon[index + 1]:g}: taken the long way round, as RFC 7946 "
                f"says; {remedy}",
                f"{pointer}/{index}",
                feature,
                # A whole turn is the edge of a polar cap; less can be read two ways.
                WIDE_EDGE if (np.abs(np.diff(lon))[wide] < 360 - _SAME_DEG).any() else "",
            )
        return True


def covers_half_the_earth(polygons: list[list[Ring]]) -> bool:
    """Whether the polygons of a zone cover more than half of the Earth."""
    # cos(lat) <= 1, so a planar area below 2π square radians cannot
    planar = sum(polygon[0].area for polygon in polygons)
    if planar < math.degrees(math.degrees(_HALF_EARTH_SR)):
        return False
    total = 0.0
    for exterior, *holes in polygons:
        total += sphere_area(exterior.lon, exterior.lat)
        total -= sum(sphere_area(hole.lon, hole.lat) for hole in holes)
    return total > _HALF_EARTH_SR * (1 + 1e-9)


def sphere_area(lon: Array, lat: Array) -> float:
    """Area within a closed ring on the unit sphere, steradians, positive.

    The integral of sin φ dλ along edges straight in longitude and latitude, in closed form:
    Δλ sin φₘ · sin(Δφ/2)/(Δφ/2), with φₘ the middle latitude of the edge.
    """
    lam, phi = np.radians(lon), np.radians(lat)
    dphi = np.diff(phi)
    middle = (phi[1:] + phi[:-1]) / 2
    return abs(float((np.diff(lam) * np.sin(middle) * np.sinc(dphi / (2 * np.pi))).sum()))


def _signed_area(lon: Array, lat: Array) -> float:
    """Planar area, square degrees, positive when counter-clockwise; from a corner for accuracy."""
    x, y = lon - lon[0], lat - lat[0]
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) / 2
