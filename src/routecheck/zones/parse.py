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
from routecheck.zones.leftout import Leftovers
from routecheck.zones.lines import note_lines
from routecheck.zones.merge import sha256_of
from routecheck.zones.model import Problem, Zone, ZoneSet
from routecheck.zones.outline import refined_outline
from routecheck.zones.problems import Problems, StopReadingError, count_of, join_pointer, show
from routecheck.zones.quick import plain_rings, unhindered
from routecheck.zones.shapes import check_drafts, note_two_ways
from routecheck.zones.stored import stored_zones

__all__ = ["parse_zones", "survey"]

MANY: Final = 500
"""From so many zones on they are kept as columns."""

_WGS84: Final = re.compile(
    r"(?:urn:(?:x-)?ogc:def:crs:|https?://www\.opengis\.net/(?:def/crs/|gml/srs/))?"
    r"(?:OGC[:/]+(?:[\d.]+[:/])?CRS:?84h?|EPSG(?:\.xml)?[:/#]+(?:[\d.]+[:/])?(?:4326|4979)"
    r"|CRS:?84|WGS[ _]?(?:19)?84|(?:GCS|GCRS|D)_WGS_(?:19)?84|WGS84 ?\(?EPSG:4326\)?)"
    r"|(?:https?://)?(?:www\.)?(?:spatialreference\.org|epsg\.io)/(?:ref/epsg/)?4326(?:[/.].*)?",
    re.IGNORECASE,
)
_NEAR: Final = re.compile(
    r"(?:urn:(?:x-)?ogc:def:crs:|https?://www\.opengis\.net/(?:def/crs/|gml/srs/))?"
    r"(?:EPSG(?:\.xml)?[:/#]+(?:[\d.]+[:/])?(?P<code>4258|4269)"
    r"|OGC[:/]+(?:[\d.]+[:/])?CRS:?83|GCS_ETRS_1989|GCS_North_American_1983|ETRS89|NAD83)",
    re.IGNORECASE,
)
"""ETRS89 and NAD83 in degrees: within some metres of WGS84."""


def parse_zones(data: bytes | str, name: str = "<stdin>", *, skip_bad: bool = False) -> ZoneSet:
    """Read one zone file from memory.

    Parameters
    ----------
    data : bytes or str
        GeoJSON text; bytes must be UTF-8 (a byte order mark is allowed).
    name : str
        What to call the file in messages.
    skip_bad : bool
        Leave out features with errors: each is named in a warning, and near it nothing is called
        clear.

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
    return build(data, name, skip_bad=skip_bad)


def build(
    data: bytes,
    name: str,
    *,
    trusted: bool = False,
    may_be_empty: bool = False,
    notes: Iterable[str] = (),
    skip_bad: bool = False,
) -> ZoneSet:
    """Read one file.

    ``trusted`` files are taken to have valid polygons, which spares shapely. ``notes`` are
    warnings from an earlier step, such as reading another format.
    """
    digest = hashlib.sha256(data).hexdigest()
    notes = tuple(notes)
    entry = entry_of(data, digest, name, trusted, may_be_empty, notes, skip_bad)
    found = None if entry is None else kept(entry)
    if found is not None:
        return found
    problems = Problems(name)
    for note in notes:
        problems.warn(note)
    leftovers = Leftovers(problems, skip_bad=skip_bad)
    with unhindered():
        header, drafts = survey(
            data, problems, trusted=trusted, may_be_empty=may_be_empty, leftovers=leftovers
        )
        if problems.errors or header is None:
            raise problems.exception()
        zones = _zones(drafts, problems, leftovers)
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
        left_out=tuple(leftovers.items),
    )
    if entry is not None:
        keep(made, entry)
    return made


def survey(
    data: bytes,
    problems: Problems,
    *,
    trusted: bool = False,
    may_be_empty: bool = False,
    leftovers: Leftovers | None = None,
) -> tuple[Header | None, list[Draft]]:
    """Check one file: what is wrong goes to ``problems``; its header, and drafts of its zones."""
    leftovers = leftovers or Leftovers(problems, skip_bad=False)
    header: Header | None = None
    drafts: list[Draft] = []
    try:
        document = read_json(data, problems)
        if document is not None:
            value = document.value
            header = read_header(value, problems) if isinstance(value, dict) else Header(plain=True)
            if header is not None:
                _report_odd_numbers(document.odd_numbers, header, problems)
                drafts = _read_features(value, header, problems, leftovers)
                if not trusted:
                    drafts = check_drafts(drafts, problems, leftovers, strict=not header.plain)
                note_two_ways(drafts, problems, leftovers)
                if not drafts and not problems.errors:
                    problems.add(
                        not may_be_empty, "there is no zone in it: every route would be clear of it"
                    )
    except StopReadingError:
        drafts = []  # the last record says so
    return header, drafts


def _read_features(
    value: Any, header: Header, problems: Problems, leftovers: Leftovers
) -> list[Draft]:
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
    projected: list[tuple[Any, str, str]] = []
    for number, (feature, pointer, geometry) in enumerate(features_of(value, problems), 1):
        mark, rings = problems.errors, reader.projected
        draft = reader.read(feature, pointer, geometry, number)
        if leftovers.skip_bad and problems.errors > mark:
            errors = problems.taken_since(mark)
            shape = feature.get("geometry") if isinstance(feature, dict) else None
            leftovers.leave(feature, f"feature-{number}", errors, shape, pointer)
        elif leftovers.skip_bad and reader.projected > rings:
            projected.append((feature, f"feature-{number}", geometry))
        elif draft is not None:
            drafts.append(draft)
    if drafts and projected:
        reader.forgive_projected()
        for feature, ident, geometry in projected:
            leftovers.leave(feature, ident, [], None, geometry)
    if drafts:
        note_lines(reader.pins.lines, drafts, leftovers)
    reader.finish(alone=not drafts and not leftovers.items)
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
    name = _crs_name(crs)
    if isinstance(name, str) and _WGS84.fullmatch(name.strip()):
        return
    if isinstance(name, str) and _NEAR.fullmatch(name.strip()):
        problems.warn(
            f"crs is {show(name)}, within some metres of WGS84: read as if it were that", "/crs"
        )
        return
    what = f"crs is {show(name)}" if isinstance(name, str) else "crs names no system"
    problems.error(
        f"{what}; zones are in WGS84 longitude and latitude: convert the file with "
        "ogr2ogr -t_srs EPSG:4326 OUT.geojson IN.geojson, or remove crs if it is wrong",
        "/crs",
    )


def _crs_name(crs: Any) -> str | None:
    """The system that a member ``crs`` of 2008 or before names; a code is one of the EPSG's."""
    if isinstance(crs, str):
        return crs
    if not isinstance(crs, dict):
        return None
    properties = crs.get("properties")
    if not isinstance(properties, dict):
        properties = crs
    code = properties.get("code")
    if isinstance(code, str) and code.strip().isdecimal():
        code = int(code)
    order = properties.get("coordinate_order")
    if isinstance(code, int) and not isinstance(code, bool):
        turned = order not in (None, [0, 1], "0,1", [0, 1, 2])
        return f"EPSG:{code}" + (f" with coordinate_order {show(str(order))}" if turned else "")
    for value in (properties.get("name"), properties.get("urn"), properties.get("href"), code):
        if isinstance(value, str):
            return value
    return None


def _report_odd_numbers(number: int, header: Header, problems: Problems) -> None:
    if number:
        problems.add(
            not header.plain,
            f"NaN or Infinity is written {count_of(number, 'time')}, which is not JSON"
            + ("; read as null" if header.plain else ": write null"),
        )


def _zones(drafts: list[Draft], problems: Problems, leftovers: Leftovers) -> Sequence[Zone]:
    if len(drafts) >= MANY:
        stored = stored_zones(drafts, problems.file)
        if stored is not None:
            return stored
    zones = []
    for draft in drafts:
        try:
            zones.append(_zone(draft, problems.file))
        except TooFineError as error:
            if leftovers.skip_bad:
                fault = Problem("error", str(error), problems.file, draft.id, draft.pointer)
                leftovers.leave({}, draft.id, [fault], None, draft.pointer)
            else:
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
