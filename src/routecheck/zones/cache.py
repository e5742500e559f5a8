"""Large zone files as they were read before, kept beside the user's data.

An entry is used for the very bytes that it was made of, under the same name, by the same reader:
its name is a hash over all of them. It holds arrays and JSON (:mod:`routecheck.packed`), nothing
that could run. What goes wrong here is never an error: the file is read anew.

``ROUTECHECK_CACHE`` names another folder; empty, or with ``ROUTECHECK_NO_CACHE`` set to anything
but 0, nothing is kept or looked up.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import os
import sys
import zlib
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from routecheck._version import __version__
from routecheck.geometry.index import ZoneIndex
from routecheck.geometry.shapes import Shapes
from routecheck.packed import Packed, pack, packed
from routecheck.zones.codec import decoded, encoded
from routecheck.zones.model import ZoneSet
from routecheck.zones.stored import NUMBERS, TEXTS, Outlines, StoredZones, Texts

__all__ = ["MIN_BYTES", "cache_folder", "entry_of", "keep", "kept"]

FORMAT: Final = 1

MIN_BYTES: Final = 500_000
"""Smaller files are read in about the time that a look at the cache takes."""

MAX_FILES: Final = 32
MAX_TOTAL_BYTES: Final = 2**30
"""Of all entries: those not used for longest leave first."""

_SUFFIX: Final = ".zones"
_HALF: Final = ".part"
_OUTLINES: Final = ("lon", "lat", "ring_start", "polygon", "given", "zone_ring")
_INDEX: Final = tuple(name for name in Shapes._fields if name not in ("lon", "lat"))
_PRIVATE: Final = 0o700
_OTHERS_WRITE: Final = 0o022


def cache_folder() -> Path | None:
    """Where entries are kept; None if nothing is to be kept."""
    if os.environ.get("ROUTECHECK_NO_CACHE", "0") not in ("", "0"):
        return None
    named = os.environ.get("ROUTECHECK_CACHE")
    if named is not None:
        return Path(named) if named.strip() else None
    try:
        if sys.platform == "win32":
            local = os.environ.get("LOCALAPPDATA")
            base = Path(local) if local else Path.home() / "AppData" / "Local"
            return base / "routecheck" / "Cache"
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "routecheck"
        given = os.environ.get("XDG_CACHE_HOME", "")
        # the XDG rules: what is not absolute is to be ignored
        base = Path(given) if given.startswith("/") else Path.home() / ".cache"
        return base / "routecheck"
    except RuntimeError:  # there is no home
        return None


def entry_of(data: bytes, digest: str, name: str, *options: object) -> Path | None:
    """The file of an entry, there or not; None if the content is not worth one.

    Parameters
    ----------
    data : bytes
        Content of the zone file, and ``digest`` its SHA-256.
    name : str
        What messages call it: they are kept too.
    *options
        All else that the reading depends on.
    """
    if len(data) < MIN_BYTES:
        return None
    folder = cache_folder()
    if folder is None:
        return None
    asked = repr((FORMAT, __version__, _reader(), sys.byteorder, digest, name, options))
    key = hashlib.sha256(asked.encode("utf-8", "backslashreplace")).hexdigest()
    return folder / f"{key[:40]}{_SUFFIX}"


@cache
def _reader() -> str:
    """A hash over the modules that read zones: what they made yesterday may be wrong today."""
    package = Path(__file__).resolve().parents[1]
    found = hashlib.sha256()
    try:
        for path in sorted((*package.glob("zones/*.py"), *package.glob("geometry/*.py"))):
            found.update(path.read_bytes())
    except OSError:  # in an archive: the version has to do
        return ""
    return found.hexdigest()


# --- reading --------------------------------------------------------------------------------


def kept(entry: Path) -> ZoneSet | None:
    """What an entry holds; None if there is none, or it is broken or not our own."""
    try:
        with entry.open("rb") as file:
            if not _is_ours(os.fstat(file.fileno())):
                return None
            room = bytearray(os.fstat(file.fileno()).st_size)
            if file.readinto(room) != len(room) or len(room) <= _SUM_BYTES:
                return None
        # arrays are read in place, so that the sum stands at the end
        body = memoryview(room)[:-_SUM_BYTES]
        if zlib.crc32(body).to_bytes(_SUM_BYTES, "little") != room[-_SUM_BYTES:]:
            return None
        table = packed(body)
        found = None if table is None or table.meta["entry"] != entry.stem else _set_of(table)
    except (OSError, LookupError, TypeError, ValueError, AttributeError, MemoryError):
        return None
    with contextlib.suppress(OSError):
        os.utime(entry)  # used last
    return found


_SUM_BYTES: Final = 4


def _is_ours(state: os.stat_result) -> bool:
    """Whether nobody else can have written a file."""
    if not hasattr(os, "getuid"):
        return True
    return state.st_uid == os.getuid() and not state.st_mode & _OTHERS_WRITE


def _set_of(table: Packed) -> ZoneSet:
    meta = table.meta
    advisories = [decoded(record) for record in meta["advisories"]]
    papers = []
    for record in meta["papers"]:
        values = {name: decoded(value) for name, value in record.items()}
        values["advisories"] = tuple([advisories[index] for index in values["advisories"]])
        papers.append(values)
    outlines = Outlines(*(table.array(f"outline.{name}") for name in _OUTLINES))
    shapes = Shapes(
        **{name: table.array(f"index.{name}") for name in _INDEX},
        lon=outlines.lon,
        lat=outlines.lat,
    )
    paper_of = table.array("paper_of")
    zones = StoredZones(
        {name: _texts(table, name) for name in TEXTS},
        {name: table.array(name) for name in NUMBERS},
        papers,
        paper_of,
        outlines,
        _texts(table, "geometry"),
        ZoneIndex(shapes, len(paper_of)),
    )
    return ZoneSet(zones=zones, **{name: decoded(value) for name, value in meta["set"].items()})


def _texts(table: Packed, name: str) -> Texts:
    return Texts(table.part(f"{name}.text"), table.array(f"{name}.start"))


# --- writing --------------------------------------------------------------------------------


def keep(zones: ZoneSet, entry: Path) -> None:
    """Write an entry, if it can be written, and let old ones go."""
    with contextlib.suppress(OSError, TypeError, ValueError, MemoryError):
        content = _table(zones, entry.stem)
        if content is None or len(content) > MAX_TOTAL_BYTES // 4:
            return
        entry.parent.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        half = entry.with_name(f"{entry.stem}-{os.getpid()}{_HALF}")
        try:
            with os.fdopen(os.open(half, _WRITE, 0o600), "wb") as file:
                file.write(content)
                file.write(zlib.crc32(content).to_bytes(_SUM_BYTES, "little"))
            half.replace(entry)
        finally:
            half.unlink(missing_ok=True)
        _prune(entry)


_WRITE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def _table(zones: ZoneSet, stem: str) -> bytes | None:
    """A set as a table; None if it is not kept as columns.

    Raises
    ------
    TypeError
        If something in it is of a kind that is not kept.
    """
    stored = zones.zones
    if not isinstance(stored, StoredZones):
        return None
    advisories = {id(a): a for papers in stored.papers for a in papers["advisories"]}
    position = {key: index for index, key in enumerate(advisories)}
    meta = {
        "entry": stem,
        "set": {
            field.name: encoded(getattr(zones, field.name))
            for field in dataclasses.fields(zones)
            if field.name != "zones"
        },
        "advisories": [encoded(a) for a in advisories.values()],
        "papers": [
            {
                **{name: encoded(value) for name, value in papers.items() if name != "advisories"},
                "advisories": {"t": [position[id(a)] for a in papers["advisories"]]},
            }
            for papers in stored.papers
        ],
    }
    parts: dict[str, Any] = {
        **{f"index.{name}": getattr(stored.laid_out().shapes, name) for name in _INDEX},
        **{f"outline.{name}": getattr(stored.outlines, name) for name in _OUTLINES},
        **{name: stored.numbers[name] for name in NUMBERS},
        "paper_of": stored.paper_of,
    }
    for name, texts in (*stored.texts.items(), ("geometry", stored.geometries)):
        parts[f"{name}.text"] = bytes(texts.blob)
        parts[f"{name}.start"] = texts.start
    return pack(meta, {name: _own(part) for name, part in parts.items()})


def _own(part: bytes | npt.NDArray[Any]) -> bytes | npt.NDArray[Any]:
    return part if isinstance(part, bytes) else np.ascontiguousarray(part)


def _prune(newest: Path) -> None:
    """Leave as many entries as there may be, the last used."""
    found = []
    for path in newest.parent.iterdir():
        if path.suffix not in (_SUFFIX, _HALF) or path == newest:
            continue
        with contextlib.suppress(OSError):
            state = path.stat()
            found.append((state.st_mtime, state.st_size, path))
    left_files, left_bytes = MAX_FILES - 1, MAX_TOTAL_BYTES - newest.stat().st_size
    for _, size, path in sorted(found, reverse=True):
        left_files, left_bytes = left_files - 1, left_bytes - size
        if left_files < 0 or left_bytes < 0:
            with contextlib.suppress(OSError):
                path.unlink()
