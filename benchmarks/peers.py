"""One face for every engine: prepare the work once, then run it as often as wanted.

What can be laid out beforehand (geometries built, lines densified, buffers drawn, tables loaded)
is laid out in ``prepare`` and not timed. Routecheck gets bare coordinates, each time.
"""

from __future__ import annotations

import importlib
import importlib.metadata
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

import geopandas
import numpy as np
import numpy.typing as npt
import shapely
import shapely.affinity
from pyproj import CRS, Geod, Transformer
from shapely.geometry.base import BaseGeometry

import routecheck as rc
from benchmarks.work import BUFFER_KM, Work

__all__ = [
    "Answer", "GeoPandas", "NotThereError", "Peer", "Routecheck", "Spherely", "imported",
    "outline_shapes", "planar_buffer", "version_of",
]  # fmt: skip

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

STEP_KM = 50.0
"""Lines are given a point this often: between two, straight in degrees, they are 0.5 km off at
60°N, which is what their user would get."""

WGS84 = Geod(ellps="WGS84")


class NotThereError(Exception):
    """A peer cannot run here; the text says why."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Pairs that lie within the buffer; the km within it, for a peer that measures them."""

    route: Indices
    zone: Indices
    buffered_km: Array | None = None

    def __len__(self) -> int:
        return len(self.route)


class Peer(ABC):
    """An engine."""

    name: ClassVar[str]
    answers: ClassVar[str]
    """What it answers, in the words of the page."""
    on_sphere: ClassVar[bool] = True
    """It decides by distance on a sphere, so that its error is known."""
    package: ClassVar[str]
    note: str = ""
    """What happened while preparing that a reader should know."""

    @abstractmethod
    def prepare(self, work: Work) -> None:
        """Lay the work out as this engine likes it best."""

    @abstractmethod
    def run(self) -> Answer:
        """Do the work: this alone is timed."""


def version_of(package: str) -> str:
    """Version of a distribution, raising if it is not installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        raise NotThereError(f"{package} is not installed") from None


def imported(package: str) -> Any:
    """Return the module of a package that may be missing."""
    version_of(package)
    return importlib.import_module(package)


def outline_shapes(zones: rc.ZoneSet) -> list[BaseGeometry]:
    """The refined outlines as shapely geometries, degrees: the same edges for all."""
    shapes = []
    for zone in zones.zones:
        line = zone.outline
        points = np.column_stack((line.lon, line.lat))
        rings = [
            points[a:b] for a, b in zip(line.ring_start[:-1], line.ring_start[1:], strict=True)
        ]
        polygons: dict[int, list[Array]] = {}
        for polygon, ring in zip(line.polygon.tolist(), rings, strict=True):
            polygons.setdefault(polygon, []).append(ring)
        parts = [shapely.Polygon(first, rest) for first, *rest in polygons.values()]
        shapes.append(parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts))
    return shapes


# --- routecheck -------------------------------------------------------------------------------


class Routecheck(Peer):
    """Ourselves, by the public API."""

    name = "routecheck measure"
    answers = "km inside, km in the buffer and closest km of each pair, on WGS84"
    package = "routecheck"

    def prepare(self, work: Work) -> None:
        """Nothing is prepared but the zones read, as everywhere."""
        self.work = work

    def run(self) -> Answer:
        """Measure."""
        found = rc.measure(self.work.routes, self.work.zones)
        return Answer(found.route, found.zone, found.buffered_km)


# --- spherely ---------------------------------------------------------------------------------


class Spherely(Peer):
    """S2 by its Python binding: the distance of each route to each zone."""

    name = "spherely distance"
    answers = "yes or no, on a sphere"
    package = "spherely"

    def __init__(self) -> None:
        self.spherely = imported("spherely")

    def prepare(self, work: Work) -> None:
        """Geographies with their indexes built."""
        self.lines = self.spherely.from_wkb(
            shapely.to_wkb(shapely.linestrings(work.routes.reshape(-1, 2, 2)))
        )
        self.zones = self.spherely.from_wkb(shapely.to_wkb(np.array(outline_shapes(work.zones))))
        self.spherely.prepare(self.lines)
        self.spherely.prepare(self.zones)

    def run(self) -> Answer:
        """A column of the table at a time."""
        near = [
            np.flatnonzero(self.spherely.distance(self.lines, zone) <= BUFFER_KM * 1000.0)
            for zone in self.zones
        ]
        zone = np.repeat(np.arange(len(near)), [len(those) for those in near])
        return Answer(np.concatenate(near), zone)


# --- geopandas --------------------------------------------------------------------------------


class GeoPandas(Peer):
    """Planar geometry in degrees, done with care: densified lines, buffers drawn in a plane."""

    name = "geopandas intersection"
    answers = "km in the buffer, approximate: planar lines and buffers"
    on_sphere = False
    package = "geopandas"

    def prepare(self, work: Work) -> None:
        """Lines densified along the geodesic, buffers in a plane about each zone."""
        make = geopandas.GeoDataFrame
        lines = densified(work.routes)
        self.lines = make({"route": np.arange(len(lines))}, geometry=lines, crs="EPSG:4326")
        buffers = [planar_buffer(shape, BUFFER_KM) for shape in outline_shapes(work.zones)]
        self.buffers = make({"zone": np.arange(len(buffers))}, geometry=buffers, crs="EPSG:4326")

    def run(self) -> Answer:
        """Join, cut and measure."""
        pairs = geopandas.sjoin(self.lines, self.buffers, predicate="intersects")
        cut = pairs.geometry.intersection(
            self.buffers.geometry.iloc[pairs["index_right"].to_numpy()], align=False
        )
        parts, pair = shapely.get_parts(cut.to_numpy(), return_index=True)
        points, part = shapely.get_coordinates(parts, return_index=True)
        joined = part[1:] == part[:-1]
        step_m = np.asarray(WGS84.inv(*points[:-1][joined].T, *points[1:][joined].T)[2])
        km = np.bincount(pair[part[1:][joined]], step_m, minlength=len(pairs)) / 1000.0
        return Answer(pairs["route"].to_numpy(), pairs["zone"].to_numpy(), km)


def densified(routes: Array) -> npt.NDArray[np.object_]:
    """Lines in degrees with a point every 50 km of the geodesic, cut at the date line."""
    lon1, lat1, lon2, lat2 = routes.T
    azimuth, _, length_m = (np.asarray(some) for some in WGS84.inv(lon1, lat1, lon2, lat2))
    steps = np.maximum(1, np.ceil(length_m / (STEP_KM * 1000.0))).astype(np.int64)
    route = np.repeat(np.arange(len(routes)), steps + 1)
    first = np.cumsum(steps + 1) - (steps + 1)
    along = (np.arange(len(route)) - first[route]) * (length_m / steps)[route]
    lon, lat, _ = WGS84.fwd(lon1[route], lat1[route], azimuth[route], along)
    # Longitudes run on past the date line rather than jump, from within ±180 at the start.
    jump = np.round(np.diff(lon, prepend=lon[0]) / 360.0)
    jump[first] = 0.0
    turns = np.cumsum(jump)
    lon = lon - 360.0 * (turns - turns[first][route])
    lines = shapely.linestrings(np.column_stack((lon, lat)), indices=route)
    west, _, east, _ = shapely.bounds(lines).T
    for k in np.flatnonzero((west < -180.0) | (east > 180.0)):
        lines[k] = shapely.union_all(list(_turned_back(lines[k])))
    return lines


def _turned_back(line: BaseGeometry) -> Iterable[BaseGeometry]:
    for turn in (-360.0, 0.0, 360.0):
        moved = shapely.affinity.translate(line, turn)
        yield shapely.clip_by_rect(moved, -180.0, -90.0, 180.0, 90.0)


def planar_buffer(shape: BaseGeometry, km: float) -> BaseGeometry:
    """Buffer in an azimuthal equidistant plane about the zone."""
    west, south, east, north = shape.bounds
    middle = f"+lat_0={(south + north) / 2:.4f} +lon_0={(west + east) / 2:.4f}"
    plane = CRS.from_proj4(f"+proj=aeqd {middle} +ellps=WGS84")
    there = Transformer.from_crs("EPSG:4326", plane, always_xy=True).transform
    back = Transformer.from_crs(plane, "EPSG:4326", always_xy=True).transform
    flat = shapely.transform(shape, there, interleaved=False)
    return shapely.transform(shapely.buffer(flat, km * 1000.0), back, interleaved=False)
