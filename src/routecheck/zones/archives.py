"""What KML files and archives hold beside what is read of them: links, and further files."""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path, PurePosixPath
from typing import Final

from routecheck.zones.problems import printable, show

__all__ = ["unread_parts"]

_LINK: Final = re.compile(rb"<(?:\w+:)?NetworkLink[\s>](.*?)</(?:\w+:)?NetworkLink\s*>", re.DOTALL)
_HREF: Final = re.compile(rb"<(?:\w+:)?href\s*>(.*?)</", re.DOTALL)
_REMARK: Final = re.compile(rb"<!--.*?-->", re.DOTALL)
_MAX_BYTES: Final = 256 * 2**20
_MOST: Final = 10

_DATA: Final = frozenset({
    ".geojson", ".json", ".kml", ".kmz", ".shp", ".gpkg", ".fgb", ".gml", ".geojsonl", ".topojson",
    ".tab", ".mif", ".sqlite", ".gpx", ".dxf",
})  # fmt: skip


def unread_parts(path: Path) -> list[tuple[str, str]]:
    """What a file leads to and is not read: what it is called, and the end of a sentence on it."""
    suffix = path.suffix.lower()
    try:
        if suffix == ".kml":
            return _links(path.read_bytes())
        if suffix in (".kmz", ".zip") and zipfile.is_zipfile(path):
            return _in_archive(path, kmz=suffix == ".kmz")
    except (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
        return []  # the reader says what is wrong with it
    return []


def _links(text: bytes) -> list[tuple[str, str]]:
    if b"NetworkLink" not in text:
        return []
    found = []
    for inner in _LINK.findall(_REMARK.sub(b"", text)):
        match = _HREF.search(inner)
        href = html.unescape(match[1].decode("utf-8", "replace").strip()) if match else ""
        href = href.removeprefix("<![CDATA[").removesuffix("]]>").strip()
        target = show(printable(href)[:100]) if href else "another file"
        found.append(("a NetworkLink", f"links to {target}, which is not read"))
    return list(dict.fromkeys(found))[:_MOST]


def _in_archive(path: Path, *, kmz: bool) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    with zipfile.ZipFile(path) as archive:
        data = [
            item
            for item in archive.infolist()
            if PurePosixPath(item.filename).suffix.lower() in _DATA
            and not item.filename.startswith("__MACOSX/")
            and PurePosixPath(item.filename).name[:1] != "."
        ]
        size = 0
        for item in data:
            size += item.file_size
            if item.filename.lower().endswith(".kml") and size <= _MAX_BYTES:
                found += _links(archive.read(item))
    names = [item.filename for item in data]
    shapes_of_one_folder = (
        all(name.lower().endswith(".shp") for name in names)
        and len({str(PurePosixPath(name).parent) for name in names}) == 1
    )
    if len(names) > 1 and not shapes_of_one_folder and not (kmz and found):
        listed = ", ".join(printable(name)[:60] for name in names[:_MOST])
        why = f"holds {len(names)} files ({listed}), of which not all are read; unpack it and name"
        found.append(("the archive", f"{why} each"))
    return found
