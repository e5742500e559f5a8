"""Formats of zones that are not read: how they are told, and what makes a file of them that is."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any, Final

__all__ = ["about_json", "about_name", "about_text", "is_feature_list"]

_TO_GEOJSON: Final = "-t_srs EPSG:4326 OUT.geojson"
_EXTRACT: Final = (
    "no common converter reads it: write each area as a GeoJSON feature with its name and "
    "polygon, and its limits under notes"
)

_OPENAIR_LINE: Final = re.compile(
    r"(?:AC|AN|AL|AH|AY|AF|AG|AI|DP|DC|DA|DB|V|SP|SB|AT|TO|TC)(?:\s+\S.*|\s*[XD]=.*)?", re.ASCII
)
_OPENAIR_KEYS: Final = re.compile(r"(?m)^\s*(?:AC\s+\S|AN\s+\S|D[PCAB]\s|V\s+[XD]=)", re.ASCII)
_TNP: Final = re.compile(r"(?im)^\s*(?:TITLE|TYPE|TOPS|BASE|POINT|CIRCLE RADIUS)\s*=", re.ASCII)
_WKT: Final = re.compile(
    r"(?:SRID=\d+;)?\s*(?:MULTI)?(?:POLYGON|POINT|LINESTRING|SURFACE)\s*(?:Z|M|ZM)?\s*(?:\(|EMPTY)"
    r"|(?:SRID=\d+;)?\s*GEOMETRYCOLLECTION\s*(?:Z|M|ZM)?\s*(?:\(|EMPTY)",
    re.IGNORECASE,
)
_WKT_IN_TABLE: Final = re.compile(
    r"[,;\t|\"](?:SRID=\d+;)?\s*(?:MULTI)?POLYGON\s*(?:Z|M|ZM)?\s*\(\(", re.IGNORECASE
)
_NOTAM: Final = re.compile(r"(?m)^\s*\(?[A-Z]\d{4}/\d\d NOTAM[NRC]\b|^\s*Q\) ?[A-Z]{4}/Q[A-Z]{4}/")
_VATSIM: Final = re.compile(r"(?m)^\[(?:Countries|Airports|FIRs|UIRs|INFO|SID|ARTCC)\]", re.ASCII)

_GEOJSON: Final = (
    "FeatureCollection", "Feature", "Polygon", "MultiPolygon", "GeometryCollection", "Point",
    "MultiPoint", "LineString", "MultiLineString",
)  # fmt: skip

_SHAPE_PARTS: Final = (".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix")


def is_feature_list(document: Any) -> bool:
    """Whether a JSON document is a list of GeoJSON features without a collection round it."""
    return (
        isinstance(document, list)
        and bool(document)
        and all(isinstance(item, dict) and item.get("type") == "Feature" for item in document[:20])
    )


def about_json(document: Any) -> str:
    """What a JSON document is and what to do with it, if it is a known format but no GeoJSON."""
    if isinstance(document, list):
        return _about_list(document)
    if not isinstance(document, dict):
        return ""
    kind = document.get("type")
    if kind in _GEOJSON:
        return ""
    if kind == "Topology":
        return f"the file is TopoJSON: convert it with ogr2ogr {_TO_GEOJSON} IN.topojson"
    if (
        "geometryType" in document
        or "rings" in document
        or "spatialReference" in document
        or _has(document.get("features"), "attributes")
    ):
        return f"the file is Esri JSON: convert it with ogr2ogr {_TO_GEOJSON} ESRIJSON:IN.json"
    if kind == "CZML" or ("document" in document and "version" in document):
        return f"the file is CZML (Cesium): {_EXTRACT}"
    features = document.get("features")
    if _is_ed269(features):
        return _ED269
    for key in ("UASZoneList", "uasZoneList", "uaszoneList", "zones", "UASZones", "uas_zones"):
        if _is_ed269(document.get(key)):
            return _ED269
    if kind is None and _has(document.get("items"), "geometry"):
        return _OPENAIP
    if "openaip" in {str(key).lower() for key in document}:
        return _OPENAIP
    if kind in (None, "") and isinstance(features, list) and _has(features, "geometry"):
        return (
            'the file has features but no type: add "type": "FeatureCollection" at its beginning, '
            "if it is GeoJSON"
        )
    for key, value in list(document.items())[:50]:
        if isinstance(value, dict) and value.get("type") == "FeatureCollection":
            return f"the GeoJSON is in the member {key[:40]!r} of the file: save that member alone"
    return ""


def _about_list(document: list[Any]) -> str:
    if is_feature_list(document):
        return ""
    if _is_ed269(document):
        return _ED269
    first = next((item for item in document if isinstance(item, dict)), {})
    if first.get("id") == "document" and "version" in first:
        return f"the file is CZML (Cesium): {_EXTRACT}"
    if _has(document, "geometry"):
        limits = ("upperLimit", "lowerLimit", "icaoClass", "airspaceClass")
        if any(key in first for key in limits):
            return _OPENAIP
        return (
            "the file is a list of records with geometries, not GeoJSON: write each as "
            '{"type": "Feature", "properties": …, "geometry": …} in a FeatureCollection'
        )
    return ""


_ED269: Final = (
    "the file is ED-269 (UAS geographical zones), not GeoJSON: no common converter reads it; write "
    'each horizontalProjection of type Polygon as {"type": "Feature", "properties": {"name": …}, '
    '"geometry": …} in a FeatureCollection, and a Circle as a Point with its radius_m'
)

_OPENAIP: Final = (
    "the file is a list of airspaces as openAIP gives them, not GeoJSON: write each as "
    '{"type": "Feature", "properties": {"name": …}, "geometry": …} in a FeatureCollection; openAIP '
    "offers its data as GeoJSON too"
)


def _has(items: Any, key: str) -> bool:
    return isinstance(items, list) and any(
        isinstance(item, dict) and key in item for item in items[:20]
    )


def _is_ed269(items: Any) -> bool:
    """A list of zones whose geometry has a horizontal projection."""
    if not isinstance(items, list):
        return False
    for item in items[:20]:
        if not isinstance(item, dict):
            continue
        volumes = item.get("geometry")
        volumes = volumes if isinstance(volumes, list) else [volumes]
        if any(isinstance(v, dict) and "horizontalProjection" in v for v in volumes):
            return True
        if "restriction" in item and "identifier" in item:
            return True
    return False


def about_text(text: str) -> str:
    """What a text that is no JSON is and what to do with it; empty if it is not known."""
    head = text.lstrip("\ufeff \t\r\n")[:200_000]
    if head[:1] == "<":
        return _about_xml(head)
    if head[:6].upper() in ("IDSIGN",):
        return ""
    if head.startswith("version https://git-lfs"):
        return (
            "a pointer of Git LFS, not the file itself: get that with git lfs pull, or download it"
        )
    if head.startswith("\x1e"):
        return "a GeoJSON text sequence (RFC 8142): name it .geojsons"
    if _NOTAM.search(head):
        return f"the text of a NOTAM, not GeoJSON: {_EXTRACT}"
    if _WKT.match(head):
        return (
            "bare WKT, not GeoJSON: save it as a table with the header line WKT and each text in "
            f"quotes, as IN.csv, and convert that with ogr2ogr -s_srs EPSG:4326 {_TO_GEOJSON} "
            "IN.csv -oo GEOM_POSSIBLE_NAMES=WKT"
        )
    lines = [line for line in head.splitlines()[:400] if line.strip()]
    if lines and _WKT_IN_TABLE.search("\n".join(lines[:40])):
        column = _wkt_column(lines)
        return (
            "a table with WKT, not GeoJSON: name it .csv and convert it with ogr2ogr -s_srs "
            f"EPSG:4326 {_TO_GEOJSON} IN.csv -oo GEOM_POSSIBLE_NAMES={column}"
        )
    plain = [line.strip() for line in lines if not line.lstrip().startswith("*")]
    airlines = sum(bool(_OPENAIR_LINE.fullmatch(line)) for line in plain[:60])
    if plain and airlines >= 0.6 * len(plain[:60]) and _OPENAIR_KEYS.search(head):
        return (
            "OpenAir, not GeoJSON: convert it to KML or GeoJSON with an airspace converter or "
            "editor and look at the arcs and circles in the result; ogr2ogr reads it no longer"
        )
    if len(_TNP.findall(head)) >= 3:
        return f"Tim Newport-Peace's airspace format, not GeoJSON: {_EXTRACT}"
    if _VATSIM.search(head):
        return (
            "a sector or index file of a flight network, not GeoJSON: the outlines are in a "
            "file of their own (Boundaries.geojson)"
        )
    return ""


def _wkt_column(lines: list[str]) -> str:
    """Name of the column of a table that holds WKT, as far as its header tells."""
    header = lines[0]
    sign = max(",;\t|", key=header.count)
    names = [name.strip().strip('"') for name in header.split(sign)]
    usual = ("wkt", "geom", "geometry", "the_geom", "polygon", "shape", "wkt_geom", "geom_wkt")
    return next((name for name in names if name.lower() in usual), "WKT")


def _about_xml(head: str) -> str:
    start = head[:20_000]
    if re.search(r"<(?:\w+:)?kml[\s>]", start):
        return "it is KML: name the file .kml"
    if "aixm" in start.lower():
        return (
            "it is AIXM: name it .gml and try ogr2ogr OUT.geojson IN.gml, which reads the polygons "
            "of some versions; compare the areas and their number with the source, as arcs, "
            "circles and borders are often lost"
        )
    if re.search(r"<(?:\w+:)?AIXM-Snapshot", start):
        return f"it is AIXM 4.5: {_EXTRACT}"
    if "opengis.net/gml" in start:
        return f"it is GML: name the file .gml, or convert it with ogr2ogr {_TO_GEOJSON} IN.gml"
    if re.search(r"<gpx[\s>]", start):
        return "it is GPX, which has points and lines but no areas"
    if re.search(r"<OPENAIP", start, re.IGNORECASE):
        return f"it is openAIP's XML: {_EXTRACT}; openAIP offers its data as GeoJSON too"
    if re.search(r"<osm[\s>]", start):
        return "it is OpenStreetMap XML: name the file .osm and convert it with ogr2ogr " \
               "OUT.geojson IN.osm multipolygons"  # fmt: skip
    if re.search(r"<!doctype html|<html[\s>]", start, re.IGNORECASE):
        return "it is a web page: was the download page saved in place of the file?"
    return ""


def about_name(name: str) -> str:
    """What a file is by its name that cannot be read as zones, and what to do."""
    path = PurePath(name)
    if path.suffix.lower() in _SHAPE_PARTS:
        return f"is one of the parts of a shapefile: give the .shp beside it, {path.stem}.shp"
    return ""
