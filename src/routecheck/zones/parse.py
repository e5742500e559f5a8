"""From the bytes of one file to a zone set: survey everything, then build if nothing is wrong."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from routecheck.geometry.rings import TooFineError
from routecheck.zones.advisories import Header, read_header
from routecheck.zones.cache import entry_of, keep, kept
from routecheck.zones.features import Draft, FeatureReader, features_of
from routecheck.zones.jsontext import read_json
from routecheck.zones.merge import sha256_of
from routecheck.zones.model import Zone, ZoneSet
from routecheck.zones.outline import refined_outline
from routecheck.zones.problems import Problems, StopReadingError, count_of, join_pointer, show
from routecheck.zones.quick import plain_rings, unhindered
from routecheck.zones.stored import stored_zones

__all__ = ["parse_zones", "survey"]

MANY: Final = 500
"""From so many zones on they are kept as columns."""

_WGS84: Final = re.compile(
    r"(?:urn:ogc:def:crs:|https?://www\.opengis\.net/def/crs/)?"
    r"(?:OGC[:/]+(?:[\d.]+[:/])?CRS:?84h?|EPSG[:/]+(?:[\d.]+[:/])?4326|CRS:?84|WGS ?84)",
    re.IGNORECASE,
)


def parse_zones(data: bytes | str, name: str = "<stdin>") -> ZoneSet:
    """Read one zone file from memory.

    Parameters
    ----------
    data : bytes or str
        GeoJSON text; bytes must be UTF-8 (a byte order mark is allowed).
    name : str
        What to call the file in messages.

    Returns
    -------
    ZoneSet

    Raises
    ------
    ZoneError
        With every problem found, if any of them is an error.
    """
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    return build(data, name)


def build(
    data: bytes,
    name: str,
    *,
    trusted: bool = False,
    may_be_empty: bool = False,
    notes: Iterable[str] = (),
) -> ZoneSet:
    """Read one file.

    ``trusted`` files are taken to have valid polygons, which spares shapely. ``notes`` are
    warnings from an earlier step, such as reading another format.
    """
    digest = hashlib.sha256(data).hexdigest()
    notes = tuple(notes)
    entry = entry_of(data, digest, name, trusted, may_be_empty, notes)
    found = None if entry is None else kept(entry)
    if found is not None:
        return found
    problems = Problems(name)
    for note in notes:
        problems.warn(note)
    with unhindered():
        header, drafts = survey(data, problems, trusted=trusted, may_be_empty=may_be_empty)
        if problems.errors or header is None:
            raise problems.exception()
        zones = _zones(drafts, problems)
        del drafts  # and with them the document: what follows needs room of its own
    made = ZoneSet(
        zones=zones,
        dataset=header.dataset,
        as_of=header.as_of,
        covers=header.covers,
        licence=header.licence,
        credits=header.credits,
        gaps=header.gaps,
        gap_countries=header.gap_countries,
        sha256=sha256_of([digest]),
        files=(problems.file,),
        file_hashes=(digest,),
        problems=problems.records(),
    )
    if entry is not None:
        keep(made, entry)
    return made


def survey(
    data: bytes, problems: Problems, *, trusted: bool = False, may_be_empty: bool = False
) -> tuple[Header | None, list[Draft]]:
    """Check one file: what is wrong goes to ``problems``; its header, and drafts of its zones."""
    header: Header | None = None
    drafts: list[Draft] = []
    try:
        document = read_json(data, problems)
        if document is not None:
            value = document.value
            header = read_header(value, problems) if isinstance(value, dict) else Header(plain=True)
            if header is not None:
                _report_odd_numbers(document.odd_numbers, header, problems)
                drafts = _read_features(value, header, problems)
                if not trusted:
                    _check_shapes(drafts, problems)
                if not drafts and not problems.errors:
                    problems.add(
                        not may_be_empty, "there is no zone in it: every route would be clear of it"
                    )
    except StopReadingError:
        drafts = []  # the last record says so
    return header, drafts


def _read_features(value: Any, header: Header, problems: Problems) -> list[Draft]:
    if isinstance(value, dict):
        _check_crs(value, problems)
        if not header.plain and value.get("type") in ("Feature", "Polygon", "MultiPolygon"):
            problems.error(
                f"type is {show(value['type'])}: a file with a routecheck member is a "
                "FeatureCollection",
                "/type",
            )
    reader = FeatureReader(header, problems, plain_rings(value))
    drafts = []
    for number, (feature, pointer, geometry) in enumerate(features_of(value, problems), 1):
        draft = reader.read(feature, pointer, geometry, number)
        if draft is not None:
            drafts.append(draft)
    reader.finish()
    for key in header.advisories:
        if key not in reader.used:
            problems.warn(
                f"the advisory {show(key)} belongs to no zone: list it in a zone's advisories",
                join_pointer("/routecheck/advisories", key),
            )
    return drafts


def _check_crs(document: dict[str, Any], problems: Problems) -> None:
    crs = document.get("crs")
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(name, str) and _WGS84.fullmatch(name.strip()):
        return
    what = f"crs is {show(name)}" if isinstance(name, str) else "crs names no system"
    problems.error(
        f"{what}; zones are in WGS84 longitude and latitude: convert the file with "
        "ogr2ogr -t_srs EPSG:4326 OUT.geojson IN.geojson, or remove crs if it is wrong",
        "/crs",
    )


def _report_odd_numbers(number: int, header: Header, problems: Problems) -> None:
    if number:
        problems.add(
            not header.plain,
            f"NaN or Infinity is written {count_of(number, 'time')}, which is not JSON"
            + ("; read as null" if header.plain else ": write null"),
        )


def _check_shapes(drafts: list[Draft], problems: Problems) -> None:
    if not any(draft.polygons for draft in drafts):
        return
    from routecheck.zones.validity import Shape, check_shapes  # noqa: PLC0415 - shapely: 50 ms

    check_shapes(
        [Shape(draft.id, draft.polygons, draft.pointers) for draft in drafts if draft.polygons],
        problems,
    )


def _zones(drafts: list[Draft], problems: Problems) -> Sequence[Zone]:
    if len(drafts) >= MANY:
        stored = stored_zones(drafts, problems.file)
        if stored is not None:
            return stored
    zones = []
    for draft in drafts:
        try:
            zones.append(_zone(draft, problems.file))
        except TooFineError as error:
            problems.error(str(error), feature=draft.id)
    if problems.errors:
        raise problems.exception()
    return tuple(zones)


def _zone(draft: Draft, file: str) -> Zone:
    return Zone(
        id=draft.id,
        name=draft.name,
        kind=draft.kind,
        outline=refined_outline(
            [[(ring.lon, ring.lat) for ring in polygon] for polygon in draft.polygons]
        ),
        geometry=draft.geometry(),
        group=draft.group,
        buffer_km=draft.buffer_km,
        weapons=draft.weapons,
        advisories=draft.advisories,
        basis=draft.basis,
        accuracy_km=draft.accuracy_km,
        notes=draft.notes,
        since=draft.since,
        hindsight=draft.hindsight,
        context=draft.context,
        renewed=draft.renewed,
        event=draft.event,
        file=file,
    )
