"""Zones from other formats and from tables, through geopandas: always plain, without a date."""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import geopandas
import numpy as np
import pandas as pd
import shapely

from routecheck.errors import MissingExtraError
from routecheck.zones.archives import unread_parts
from routecheck.zones.merge import sha256_of
from routecheck.zones.model import LeftOut, ZoneSet
from routecheck.zones.problems import Problems, printable
from routecheck.zones.sources import from_mapping

__all__ = ["from_file", "from_frame"]

_PARQUET: Final = (".parquet", ".geoparquet", ".pq")
_FEATHER: Final = (".feather", ".arrow")
_SHAPEFILE_PARTS: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_PIECES: Final = 500
"""Pieces that the width of projected shapes is cut into: a bend of a few km in 3,000 becomes
metres."""

_NO_CRS: Final = (
    "the data do not say in which coordinate system they are: taken as WGS84 longitude and latitude"
)


def from_file(path: Path, name: str, *, skip_bad: bool = False) -> ZoneSet:
    """Read a file of any format that geopandas reads, all layers of it.

    Raises
    ------
    ZoneError
        If geopandas cannot read it, or its features do not make zones.
    MissingExtraError
        If pyarrow (Parquet, Arrow) or pyogrio (the others) is not installed.
    """
    notes: list[str] = []
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            features = [feature for frame in _frames(path) for feature in _features(frame, notes)]
            notes.extend(printable(str(warning.message))[:300] for warning in caught)
    except ImportError as error:
        if path.suffix.lower() not in (*_PARQUET, *_FEATHER):
            raise MissingExtraError(
                f"{name}: {path.suffix.lower()} files need pyogrio: pip install pyogrio"
            ) from error
        raise MissingExtraError(
            f"{name}: Parquet and Arrow files need pyarrow: pip install 'routecheck[parquet]'"
        ) from error
    # drivers raise what they like (OSError, RuntimeError, ValueError, KeyError, TypeError, …),
    # and whichever it is, this file is no zone file
    except Exception as error:  # noqa: BLE001, RUF100
        problems = Problems(name)
        reason = " ".join(printable(str(error)).split())[:300] or type(error).__name__
        problems.error(
            f"geopandas cannot read it as {path.suffix.lower()}: {reason}; convert it to GeoJSON "
            "with ogr2ogr -t_srs EPSG:4326 OUT.geojson IN"
            + "; if it holds several files, unpack it and name each"
            * (path.suffix.lower() == ".zip")
        )
        raise problems.exception() from error
    digest = _digest(path)
    beside = unread_parts(path)
    notes += [f"{what} {why}" for what, why in beside]
    zones = from_mapping(
        {"type": "FeatureCollection", "features": features},
        name,
        dict.fromkeys(notes),
        skip_bad=skip_bad,
    )
    doubts = tuple(
        LeftOut(what, Problems(name).file, why, bad=False)
        for what, why in beside
    )  # fmt: skip
    return replace(
        zones,
        file_hashes=(digest,),
        sha256=sha256_of([digest]),
        left_out=(*zones.left_out, *doubts),
    )


def from_frame(frame: Any, name: str, *, skip_bad: bool = False) -> ZoneSet:
    """Read a GeoDataFrame or GeoSeries; other coordinate systems are converted to WGS84.

    Raises
    ------
    ZoneError
        If its rows do not make zones.
    """
    notes: list[str] = []
    try:
        features = _features(frame, notes)
    except (AttributeError, KeyError, TypeError, ValueError, RuntimeError) as error:
        problems = Problems(name)
        problems.error(
            f"has no geometry that can be read: {' '.join(printable(str(error)).split())[:300]}; "
            "name the column with set_geometry"
        )
        raise problems.exception() from error
    return from_mapping(
        {"type": "FeatureCollection", "features": features}, name, notes, skip_bad=skip_bad
    )


def _frames(path: Path) -> Iterable[Any]:
    suffix = path.suffix.lower()
    if suffix in _PARQUET:
        return [geopandas.read_parquet(path)]
    if suffix in _FEATHER:
        return [geopandas.read_feather(path)]
    layers = geopandas.list_layers(path)
    spatial = layers.loc[layers["geometry_type"].notna(), "name"]
    return [geopandas.read_file(path, layer=layer) for layer in spatial]


def _features(frame: Any, notes: list[str]) -> list[dict[str, Any]]:
    shapes = frame.geometry
    projected = False
    if shapes.crs is None:
        notes.append(_NO_CRS)
    else:
        if shapes.crs.is_projected:
            notes.append(
                f"converted from {printable(str(shapes.crs.name))}: edges, straight in the "
                "projection, were cut into pieces first, so that they stay where they were"
            )
            west, south, east, north = shapes.total_bounds
            step = max(east - west, north - south) / _PIECES
            shapes = shapes.segmentize(step) if np.isfinite(step) and step > 0 else shapes
            projected = True
        shapes = shapes.to_crs(4326)
    columns: list[tuple[str, Any]] = []
    if isinstance(frame, pd.DataFrame):
        columns = [
            (str(frame.columns[index]), frame.iloc[:, index].tolist())
            for index in range(frame.shape[1])
            if not isinstance(frame.iloc[:, index].dtype, geopandas.array.GeometryDtype)
        ]
    found = []
    for row, text in enumerate(shapely.to_geojson(shapes.to_numpy())):
        found.append(
            {
                "type": "Feature",
                "properties": {name: _cell(values[row]) for name, values in columns},
                "geometry": _geometry(text, unwrap=projected),
            }
        )
    return found


def _geometry(text: str | None, *, unwrap: bool) -> Any:
    """A geometry as JSON data; what was projected may have jumped at the date line."""
    if text is None:
        return None
    geometry = json.loads(text)
    if unwrap and geometry.get("type") == "Polygon":
        geometry["coordinates"] = _unwrapped(geometry["coordinates"])
    elif unwrap and geometry.get("type") == "MultiPolygon":
        geometry["coordinates"] = [_unwrapped(part) for part in geometry["coordinates"]]
    return geometry


def _unwrapped(polygon: list[list[list[float]]]) -> list[list[list[float]]]:
    """Rings whose longitudes run on: pieces are short, so a jump of half a turn is the date line.

    A ring around a pole ends a whole turn from where it began; the reader closes it there. Holes
    are brought to the same turn as their exterior.
    """
    rings: list[list[list[float]]] = []
    for ring in polygon:
        points = np.array(ring, dtype=np.float64)
        if points.ndim == 2 and len(points):
            points[:, 0] = np.unwrap(points[:, 0], period=360.0)
            if rings:
                shift = points[:, 0].mean() - np.mean([p[0] for p in rings[0]])
                points[:, 0] -= 360.0 * round(shift / 360.0)
        rings.append(points.tolist())
    return rings


def _cell(value: Any) -> Any:
    """Write a value of a table as JSON knows it; what is missing becomes null."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if pd.api.types.is_scalar(value):
        if pd.isna(value):
            return None
        if hasattr(value, "isoformat"):
            return value.isoformat()
        if isinstance(value, float):
            return value
    if isinstance(value, dict | list) or hasattr(value, "tolist"):
        return value
    return str(value)


def _digest(path: Path) -> str:
    """SHA-256 of the file; of a shapefile, over its parts."""
    parts = [path]
    if path.suffix.lower() == ".shp":
        parts = [
            part
            for part in sorted(path.parent.glob(f"{path.stem}.*"))
            if part.suffix.lower() in _SHAPEFILE_PARTS
        ]
    digests = []
    for part in parts:
        with part.open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    return digests[0] if len(digests) == 1 else sha256_of(digests)
