"""Finds zone files and reads them: files, folders, mappings, tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import Any, Final

from routecheck.errors import ZoneError
from routecheck.zones.formats import about_json, about_name, is_feature_list
from routecheck.zones.jsontext import MAX_BYTES
from routecheck.zones.merge import combine
from routecheck.zones.model import NOT_READ, ZoneSet
from routecheck.zones.parse import build
from routecheck.zones.pins import PINS_ONLY
from routecheck.zones.problems import Problems, ZoneFileError, count_of, printable, suggest
from routecheck.zones.read import load_zones
from routecheck.zones.shipped import shipped_set

__all__ = ["from_mapping", "load_source", "read_shipped", "zone_files"]

_TEXT_SUFFIXES: Final = (".geojson", ".json")
_FOREIGN_SUFFIXES: Final = frozenset(
    {
        ".arrow", ".dxf", ".feather", ".fgb", ".geojsonl", ".geojsons", ".geojsonseq",
        ".geoparquet", ".gml", ".gpkg", ".gpx", ".kml", ".kmz", ".mif", ".parquet", ".pq", ".shp",
        ".sqlite", ".tab", ".topojson", ".zip",
    }
)  # fmt: skip
_MOST_NAMED: Final = 20
"""Names of files in a warning."""

_MAPPING_NAME: Final = "<GeoJSON mapping>"


def load_source(source: Any, *, skip_bad: bool = False) -> ZoneSet:
    """What :func:`~routecheck.zones.read.load_zones` does with all that is no zone set yet."""
    if isinstance(source, str | PathLike):
        return _load_path(source, skip_bad=skip_bad)
    if isinstance(source, Mapping):
        return from_mapping(source, _MAPPING_NAME, skip_bad=skip_bad)
    if hasattr(source, "to_crs"):
        from routecheck.zones.foreign import from_frame  # noqa: PLC0415 - pandas: 0.7 s

        return from_frame(source, "<GeoDataFrame>", skip_bad=skip_bad)
    if hasattr(source, "__geo_interface__"):
        shape = source.__geo_interface__
        if isinstance(shape, Mapping):
            return from_mapping(shape, f"<{type(source).__name__}>", skip_bad=skip_bad)
    if isinstance(source, Sequence) and not isinstance(source, bytes | bytearray):
        if not source:
            raise ZoneError("no zone file given: name at least one, or leave the list out")
        return _load_each(source, lambda each: load_zones(each, skip_bad=skip_bad))
    raise ZoneError(
        f"zones cannot be read from {printable(type(source).__name__)}: give a path, a GeoJSON "
        "mapping, a GeoDataFrame, or a list of them"
    )


def zone_files(folder: Path) -> list[Path]:
    """GeoJSON files in a folder, by name, packed ones too; hidden ones are left out."""
    return sorted(
        path
        for path in folder.iterdir()
        if is_geojson(path) and path.name[0] != "." and not path.is_dir()
    )


def is_geojson(path: Path) -> bool:
    """Whether a file is GeoJSON by its name; it may be packed with gzip."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    return suffixes[-1:] != [] and (
        suffixes[-1] in _TEXT_SUFFIXES
        or (suffixes[-1] == ".gz" and len(suffixes) == 2 and suffixes[0] in _TEXT_SUFFIXES)
    )


def read_bytes(path: Path, problems: Problems, limit: int = MAX_BYTES + 1) -> bytes | None:
    """Read a file, but not more than is ever parsed; None and an error if that fails."""
    try:
        with path.open("rb") as file:
            return file.read(limit)
    except FileNotFoundError:
        problems.error("there is no such file" + _neighbour(path))
    except IsADirectoryError:
        problems.error("is a folder, where a file was expected")
    except PermissionError:
        problems.error("may not be read: check the file's permissions")
    except (OSError, ValueError, MemoryError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        problems.error(f"cannot be read: {printable(str(reason))}")
    return None


def is_foreign(path: Path) -> bool:
    """Whether a file is read through geopandas."""
    return path.suffix.lower() in _FOREIGN_SUFFIXES


def read_shipped(files: Sequence[Path]) -> ZoneSet:
    """Read the built-in files from their GeoJSON."""
    return _load_each(files, _load_shipped)


def _load_shipped(path: Path) -> ZoneSet:
    try:
        quick = shipped_set(path.read_bytes(), path.name)
    except OSError:
        quick = None
    return quick or _load_file(path, path.name, trusted=True, may_be_empty=True)


def _load_path(source: str | PathLike[str], *, skip_bad: bool = False) -> ZoneSet:
    path = Path(source)
    text = source if isinstance(source, str) else str(path)
    if text.lstrip().startswith(("{", "[")):
        raise ZoneError(
            "this looks like GeoJSON text, not a path: use parse_zones(text) or json.loads(text)"
        )
    if text.lower().startswith(("http://", "https://", "ftp://", "s3://", "file://")):
        raise ZoneError(
            f"{printable(text)}: zones are read from files, not from addresses: download it first"
        )
    try:
        folder = path.is_dir()
    except (OSError, ValueError):
        folder = False
    if not folder:
        return _load_file(path, text, skip_bad=skip_bad)
    problems = Problems(text)
    try:
        files = zone_files(path)
        others = _others(path, files)
    except OSError as error:
        problems.error(f"the folder cannot be read: {error.strerror}")
        raise problems.exception() from None
    if not files:
        problems.error(
            "there is no .geojson or .json file in this folder"
            + (f"; not read: {others}" if others else "")
        )
        raise problems.exception()
    unread: list[str] = []

    def load(each: Path) -> ZoneSet | None:
        try:
            return _load_file(each, str(each), may_be_empty=True, skip_bad=skip_bad)
        except ZoneError as error:
            why = _without_zones(each, error) if len(files) > 1 else ""
            if not why:
                raise
            unread.append(f"not read: {printable(each.name)}, which {why}")
            return None

    loaded = _load_each(files, load)
    for said in unread:
        problems.warn(said, code=NOT_READ)
    if others:
        problems.warn(
            f"only .geojson and .json files are read from a folder; not read: {others}: name what "
            "is meant as zones one by one",
            code=NOT_READ,
        )
    return replace(loaded, problems=(*loaded.problems, *problems.records()))


def _without_zones(path: Path, error: ZoneError) -> str:
    """Why a file among others is no zone file, so that they are read without it; else empty."""
    errors = [problem.message for problem in error.problems if problem.severity == "error"]
    if errors and all(PINS_ONLY in message and "Point" in message for message in errors):
        return "holds points without an area only"
    if path.suffix.lower() != ".json":
        return ""
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError, MemoryError):
        return ""
    members = value if isinstance(value, dict) else {}
    if any(key in members for key in _OF_ZONES) or about_json(value) or is_feature_list(value):
        return ""
    text = json.dumps(value)
    return "" if any(f'"{key}"' in text for key in _OF_ZONES) else "is no GeoJSON"


_OF_ZONES: Final = ("features", "geometry", "geometries", "coordinates", "rings", "arcs",
                    "routecheck")  # fmt: skip
"""Members of JSON that may hold zones in some other form."""


def _others(folder: Path, files: Sequence[Path]) -> str:
    """All that is in a folder and is not read, in words; folders first."""
    left = sorted(set(folder.iterdir()) - set(files))
    folders = [path for path in left if path.is_dir() and not _is_hidden(path)]
    plain = [path for path in left if not path.is_dir() and not _is_hidden(path)]
    zones = [path for path in plain if is_foreign(path)]
    hidden = [path for path in left if _is_hidden(path) and path.name not in _NOBODYS]
    said = []
    if folders:
        what = "the folder within" if len(folders) == 1 else "the folders within"
        said.append(f"{what}, {_listed(folders)} (folders are not looked into)")
    if plain:
        said.append(_listed([*zones, *(path for path in plain if path not in zones)]))
    if hidden:
        said.append(f"hidden and spare copies: {_listed(hidden)}")
    return "; ".join(said)


_NOBODYS: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep", ".gitignore",
                             ".git", ".gitattributes"})  # fmt: skip
"""What systems leave in folders, which is never a zone file."""


def _is_hidden(path: Path) -> bool:
    """Whether a name is that of a hidden file, or of a copy that an editor keeps."""
    name = path.name
    return (
        name.startswith(".") or name in _NOBODYS or name.endswith(("~", ".bak", ".tmp", ".swp",
        ".orig", ".old"))
    )  # fmt: skip


def _listed(paths: Sequence[Path]) -> str:
    names = [printable(path.name) for path in paths]
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _load_file(
    path: Path,
    name: str,
    *,
    trusted: bool = False,
    may_be_empty: bool = False,
    skip_bad: bool = False,
) -> ZoneSet:
    problems = Problems(name)
    known = about_name(path.name)
    if known:
        problems.error(known)
        raise problems.exception()
    foreign = is_foreign(path)
    data = read_bytes(path, problems, 1 if foreign else MAX_BYTES + 1)
    if data is None:
        raise problems.exception()
    if foreign:
        from routecheck.zones.foreign import from_file  # noqa: PLC0415 - pandas: 0.7 s

        return from_file(path, name, skip_bad=skip_bad)
    if path.suffix.lower() == ".gz" and data.startswith(b"\x1f\x8b"):
        data = _unpacked(data, problems)
    return build(data, name, trusted=trusted, may_be_empty=may_be_empty, skip_bad=skip_bad)


def _unpacked(data: bytes, problems: Problems) -> bytes:
    """What a file packed with gzip holds, but not more than is ever parsed."""
    import gzip  # noqa: PLC0415 - few files are
    import io  # noqa: PLC0415
    import zlib  # noqa: PLC0415

    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error, MemoryError) as error:
        problems.error(f"cannot be unpacked ({printable(str(error))[:100]}): is it damaged?")
        raise problems.exception() from None


def _load_each(sources: Iterable[Any], load: Any) -> ZoneSet:
    """Load each source; if any fails, report what is wrong with all of them."""
    sets: list[ZoneSet] = []
    failures: list[ZoneError] = []
    for source in sources:
        try:
            made = load(source)
        except ZoneError as error:
            failures.append(error)
        else:
            if made is not None:
                sets.append(made)
    if len(failures) == 1:
        raise failures[0]
    if failures:
        problems = tuple(problem for error in failures for problem in error.problems)
        total = sum(getattr(error, "total", len(error.problems)) for error in failures)
        texts = [str(error.args[0]) for error in failures]
        raise ZoneFileError(
            f"{count_of(len(failures), 'zone file')} cannot be used: {'; '.join(texts)}",
            problems,
            total,
        )
    if not sets:
        raise ZoneError("there is no zone in these files: every route would be clear of them")
    joined = combine(*sets)
    if not joined.zones:
        raise ZoneError("there is no zone in these files: every route would be clear of them")
    return joined


def from_mapping(
    mapping: Mapping[str, Any], name: str, notes: Iterable[str] = (), *, skip_bad: bool = False
) -> ZoneSet:
    """Read a mapping by way of its canonical text, which also gives it a hash."""
    try:
        text = json.dumps(
            mapping, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=_plain
        )
    except (TypeError, ValueError, RecursionError, OverflowError) as error:
        problems = Problems(name)
        problems.error(f"cannot be written as JSON: {printable(str(error)[:200])}")
        raise problems.exception() from None
    return build(text.encode("ascii"), name, notes=notes, skip_bad=skip_bad)


def _plain(value: Any) -> Any:
    """Stand in for what JSON has no word for: other mappings and sequences, numpy values, dates."""
    if isinstance(value, Mapping):
        return dict(value)
    if hasattr(value, "tolist"):
        return value.tolist()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "__geo_interface__"):
        return value.__geo_interface__
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, bytes):
        return list(value)
    raise TypeError(f"a {type(value).__name__} has no place in GeoJSON")


def _neighbour(path: Path) -> str:
    """Name a file beside the missing one that may have been meant."""
    try:
        names = [item.name for item in path.parent.iterdir() if is_foreign(item) or
                 is_geojson(item)]  # fmt: skip
    except (OSError, ValueError):
        return ": check the path"
    return suggest(path.name, names) or ": check the path"
