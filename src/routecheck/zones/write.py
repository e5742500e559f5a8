"""Writes zone sets to files: GeoJSON that reads the same again, and flat tables for maps.

A file is made in a folder beside its target and moved into place: a reader never sees half of it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from routecheck.errors import MissingExtraError, RoutecheckError, ZoneError
from routecheck.holding import making
from routecheck.zones.advisories import SCHEMA_VERSION
from routecheck.zones.model import AS_GIVEN, Advisory, Stamp, Zone, ZoneSet, renewals, stamp_text
from routecheck.zones.parse import parse_zones
from routecheck.zones.plain import plain
from routecheck.zones.problems import printable
from routecheck.zones.search import in_force

__all__ = [
    "SUFFIXES",
    "document_text",
    "export_zones",
    "zone_document",
    "zone_file_text",
    "zones_written",
]

SUFFIXES: Final = (".geojson", ".json", ".parquet", ".gpkg")
"""What can be written, by the end of the file's name."""

_GEOJSON: Final = (".geojson", ".json")
_MARK: Final = "@"
_GEOMETRY: Final = f'"geometry": "{_MARK}'
"""What no text within the file can look like: there, quotation marks are escaped."""

_NO_PROPERTY: Final = ("outline", "geometry", "file", "advisories", "renewed")


def export_zones(
    zones: ZoneSet,
    target: str | os.PathLike[str],
    when: Stamp,
    *,
    everything: bool = False,
    overwrite: bool = False,
) -> Path:
    """Write a zone set to a file; its suffix says in which format.

    Parameters
    ----------
    zones : ZoneSet
    target : path
        ``.geojson`` and ``.json`` hold everything and read the same again; ``.parquet``
        (GeoParquet) and ``.gpkg`` (GeoPackage) are tables with one row a zone, as
        :func:`routecheck.zones.frame.zones_frame` makes them. A link stands for the file that it
        leads to.
    when : date or datetime
        Day on which the levels in a table stand; GeoJSON holds every date.
    everything : bool
        A table holds the zones not in force on the day too. It cannot be read as zones then.
    overwrite : bool
        Replace a file that is there.

    Returns
    -------
    Path
        The target.

    Raises
    ------
    RoutecheckError
        If the suffix is none of these, the folder is missing, the file is there, a table has no
        zone in force, or it cannot be written.
    ZoneError
        If the set cannot be written so that it reads the same again.
    MissingExtraError
        If pyarrow (Parquet) or pyogrio (GeoPackage) is not installed.
    """
    name, suffix = printable(str(target)), Path(target).suffix.lower()
    if suffix not in SUFFIXES:
        what = f"zones are not written as {printable(suffix)}" if suffix else "has no suffix"
        raise RoutecheckError(f"{name}: {what}: end the name in one of {', '.join(SUFFIXES)}")
    path = Path(target)
    if path.is_symlink():
        path = Path(os.path.realpath(path))
        if path.is_symlink():
            raise RoutecheckError(f"{name} is a link that leads in a circle: name another file")
    if not path.parent.is_dir():
        raise RoutecheckError(
            f"{name}: there is no folder {printable(str(path.parent))}: make it first, or name "
            "another"
        )
    if path.is_dir():
        raise RoutecheckError(f"{name} is a folder: name a file in it")
    if path.exists() and not path.is_file():
        raise RoutecheckError(f"{name} is no ordinary file: name another")
    if path.exists() and not overwrite:
        raise RoutecheckError(f"{name} is there already: name another file, or add --force")
    if suffix in _GEOJSON:
        text = zone_file_text(zones)
        _put(path, suffix, lambda beside: beside.write_text(text, encoding="utf-8"),
             replaces=overwrite)  # fmt: skip
        return Path(target)
    rows = zones_written(zones, target, when, everything=everything)
    if not len(rows):
        raise RoutecheckError(
            f"{name}: no zone is in force on {stamp_text(when)}: choose another date, or write "
            "those of other dates too with --all"
        )
    _put(path, suffix, lambda beside: _write_table(rows, when, beside, name), replaces=overwrite)
    return Path(target)


def zones_written(
    zones: ZoneSet, target: str | os.PathLike[str], when: Stamp, *, everything: bool = False
) -> ZoneSet:
    """The zones of a set that :func:`export_zones` writes: all, or those in force to a table."""
    if everything or Path(target).suffix.lower() in _GEOJSON:
        return zones
    return in_force(zones, when)


def _put(path: Path, suffix: str, write: Callable[[Path], object], *, replaces: bool) -> None:
    """Let a file be written in a folder of its own beside the target, and move it there.

    There it has a short name: SQLite puts a journal with a longer one beside it.
    """
    with making(path, f"zones{suffix}", replace=replaces) as beside:
        write(beside)


def _write_table(zones: ZoneSet, when: Stamp, path: Path, name: str) -> None:
    from routecheck.zones.frame import zones_frame  # noqa: PLC0415 - pandas: 0.7 s

    frame = zones_frame(zones, when)
    as_gpkg = path.suffix == ".gpkg"
    try:
        if as_gpkg:
            frame.to_file(path, driver="GPKG", layer="zones")
            _check_rows(path, len(frame))
        else:
            frame.to_parquet(path, index=False)
    except ImportError as error:
        need = (
            "GeoPackage needs pyogrio: pip install pyogrio"
            if as_gpkg
            else "GeoParquet needs pyarrow: pip install 'routecheck[parquet]'"
        )
        raise MissingExtraError(f"{name}: {need}") from error
    # GDAL and SQLite raise what they like where the disk is full
    except Exception as error:  # noqa: BLE001, RUF100
        reason = " ".join(printable(str(error)).split())[:200] or type(error).__name__
        raise RoutecheckError(
            f"{name}: the table cannot be written; is there room on the disk? {reason}"
        ) from error


def _check_rows(path: Path, count: int) -> None:
    """Count what is in a GeoPackage: what fails when GDAL closes it goes unsaid."""
    import geopandas  # noqa: PLC0415 - pandas: 0.7 s

    if len(geopandas.read_file(path, layer="zones", columns=["id"])) != count:
        raise OSError("not all rows were written")


def zone_file_text(zones: ZoneSet) -> str:
    """A zone set as the text of one GeoJSON file, which is read back to be sure of it.

    Raises
    ------
    ZoneError
        If what is read back is not the same, as when a schema 1 set was joined with a plain file
        whose ids or advisories do not fit into schema 1; or if sets were joined that are complete
        for different times.
    """
    begins, ends = zones.covers
    if begins is not None and ends is not None and ends < begins:
        raise ZoneError(
            "these sets have no day in common for which all claim to be complete (one begins on "
            f"{begins}, another ends on {ends}): export them one by one"
        )
    document = zone_document(zones)
    text = document_text(document)
    try:
        again = zone_document(parse_zones(text, "the exported file"))
    except ZoneError as error:
        raise ZoneError(
            "these zones cannot be written as one schema 1 file: export the sets one by one, or "
            "mend what is wrong",
            error.problems,
        ) from error
    if json.loads(json.dumps(again)) != json.loads(json.dumps(document)):
        raise ZoneError(
            "these zones would not read the same again from one file: export the sets one by one"
        )
    return text


def document_text(document: Mapping[str, Any]) -> str:
    """A FeatureCollection as indented JSON, each geometry on one line: changes are readable."""
    features = [{**made, "geometry": _MARK} for made in document["features"]]
    text = json.dumps({**document, "features": features}, indent=1, ensure_ascii=False)
    before, *rest = text.split(_GEOMETRY)
    parts = [before]
    for made, part in zip(document["features"], rest, strict=True):
        line = json.dumps(made["geometry"], separators=(",", ":"), allow_nan=False)
        parts += ['"geometry": ', line, part.partition('"')[2]]
    return "".join(parts) + "\n"


def zone_document(zones: ZoneSet) -> dict[str, Any]:
    """A zone set as a GeoJSON FeatureCollection that holds all of it.

    With a schema 1 header where the set says anything about itself, or a zone says what plain files
    have no word for; a set of plain files stays plain. Advisories are in the header, under their
    ids, made unique where two differ.
    """
    header = _header(zones)
    table: dict[str, dict[str, Any]] | None = {} if header else None
    features = [_feature(zone, table) for zone in zones]
    document: dict[str, Any] = {"type": "FeatureCollection"}
    if header:
        document["routecheck"] = {**header, "advisories": table}
    return {**document, "features": features}


def _header(zones: ZoneSet) -> dict[str, Any]:
    """What a set says about itself, empty for plain files.

    Only schema 1 files have zones with a first day, hindsight, context, an event or renewals not
    seen in it.
    """
    said = {
        "dataset": zones.dataset,
        "as_of": stamp_text(zones.as_of),
        "covers": [stamp_text(day) for day in zones.covers] if any(zones.covers) else None,
        "licence": zones.licence,
        "credits": list(zones.credits),
        "gaps": list(zones.gaps),
        "gap_countries": list(zones.gap_countries),
    }
    strict = any(z.since or z.hindsight or z.context or z.event or _renewed(z) for z in zones)
    return {"schema": SCHEMA_VERSION, **said} if strict or any(said.values()) else {}


def _feature(zone: Zone, table: dict[str, dict[str, Any]] | None) -> dict[str, Any]:
    """One zone; its advisories go to the table, or stay within it where there is none."""
    properties = {
        f.name: plain(getattr(zone, f.name)) for f in fields(zone) if f.name not in _NO_PROPERTY
    }
    if len(zone.advisories) == 1 and zone.advisories[0].id == AS_GIVEN:
        properties["level"] = zone.advisories[0].level
    elif table is None:
        properties["advisories"] = plain(zone.advisories)
    else:
        keys = {a.id: _listed(a, table) for a in zone.advisories}
        properties["advisories"] = list(keys.values())
        if renewed := _renewed(zone):
            properties["renewed"] = [keys[ident] for ident in renewed]
    return {"type": "Feature", "properties": properties, "geometry": dict(zone.geometry)}


def _renewed(zone: Zone) -> list[str]:
    """Ids of advisories that took over from one which the zone, cut down to a day, has no more."""
    lost = zone.renewed - renewals(zone.advisories)
    return [a.id for a in zone.advisories if a.id in lost]


def _listed(advisory: Advisory, table: dict[str, dict[str, Any]]) -> str:
    """The key of an advisory in the table, where it is put unless it is there."""
    record = plain(advisory)
    key, turn = advisory.id, 2
    while key in table and table[key] != record:
        key, turn = f"{advisory.id}-{turn}", turn + 1
    table[key] = record
    return key
