"""From bytes to a JSON document: encodings, syntax, and what Python's parser lets through."""

from __future__ import annotations

import codecs
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from routecheck.zones.formats import about_text
from routecheck.zones.problems import Problems, join_pointer, show

__all__ = ["MAX_BYTES", "Document", "read_json"]

MAX_BYTES: Final = 256 * 2**20
"""Largest file read as JSON. Its values take about five times that in memory."""

_SIGNATURES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"SQLite format 3", "a GeoPackage or other SQLite file: name it .gpkg"),
    (b"PK\x03\x04", "a zip archive: unpack it, or name it .kmz or .zip"),
    (b"PAR1", "a Parquet file: name it .parquet"),
    (b"fgb", "a FlatGeobuf file: name it .fgb"),
    (b"\x1f\x8b", "compressed with gzip: unpack it first"),
    (b"\x00\x00\x27\x0a", "a shapefile: name it .shp"),
)


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed JSON text.

    Attributes
    ----------
    value : any JSON value
    odd_numbers : int
        How often NaN or Infinity was written; they read as NaN.
    """

    value: Any
    odd_numbers: int


def read_json(data: bytes, problems: Problems) -> Document | None:
    """Parse a whole file; None if it is not JSON, with the reason in ``problems``."""
    if len(data) > MAX_BYTES:
        problems.error(
            f"larger than {MAX_BYTES // 2**20} MB: split the file, or save it as GeoPackage (.gpkg)"
        )
        return None
    text = _decode(data, problems)
    if text is None:
        return None

    odd = 0
    doubled: list[tuple[dict[str, Any], str]] = []

    def constant(_: str) -> float:
        nonlocal odd
        odd += 1
        return float("nan")

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(items)
        if len(made) != len(items):
            counts = Counter(key for key, _ in items)
            doubled.extend((made, key) for key, count in counts.items() if count > 1)
        return made

    try:
        value = json.loads(text, parse_constant=constant, object_pairs_hook=pairs)
    except json.JSONDecodeError as error:
        problems.error(_explain(error, text))
        return None
    except RecursionError:
        problems.error("nested too deeply to be a zone file: is it damaged?")
        return None
    except MemoryError:
        problems.error("does not fit in memory: split the file")
        return None
    except ValueError:  # an integer of more than 4,300 digits
        problems.error("holds a number of thousands of digits: is it damaged?")
        return None
    if doubled:
        _report_doubled(value, doubled, problems)
    return Document(value, odd)


def _decode(data: bytes, problems: Problems) -> str | None:
    data = data.removeprefix(codecs.BOM_UTF8)
    if not data.strip():
        problems.error("the file is empty: was it saved, or the download cut off?")
        return None
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        problems.error("written in UTF-16: save it as UTF-8, which GeoJSON asks for")
        return None
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            problems.error(f"not JSON: it looks like {what}")
            return None
    if b"\x00" in data[:4096]:
        problems.error("a binary file, not JSON text: zones are read from GeoJSON")
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        problems.error(
            f"not UTF-8: byte 0x{data[error.start]:02x} at line {line}, byte {column} of the line; "
            "save the file as UTF-8"
        )
        return None


def _explain(error: json.JSONDecodeError, text: str) -> str:
    where = f"not JSON at line {error.lineno}, column {error.colno}"
    known = about_text(text)
    if known:
        return f"not JSON: {known}" if text.lstrip()[:1] == "<" else known
    if text.lstrip()[:1] == "<":
        return f"{where}: it looks like XML or a web page; name a KML file .kml"
    if error.msg.startswith("Extra data"):
        return (
            f"{where}: the document ends before {show(text[error.pos : error.pos + 20])}; "
            "one feature per line is GeoJSONSeq: name it .geojsonl, or convert it with "
            "ogr2ogr -f GeoJSON OUT.geojson IN.geojsonl"
        )
    if error.pos >= len(text.rstrip()):
        return f"{where}: the text ends too early ({error.msg}); was the download cut off?"
    reason = error.msg[0].lower() + error.msg[1:]
    return f"{where}: {reason}, found {show(text[error.pos : error.pos + 20])}"


def _report_doubled(
    document: Any, doubled: list[tuple[dict[str, Any], str]], problems: Problems
) -> None:
    """Find the objects that had a key twice: the parser does not say where they are."""
    keys_of: dict[int, list[str]] = {}
    for made, key in doubled:
        keys_of.setdefault(id(made), []).append(key)
    stack: list[tuple[str, Any]] = [("", document)]
    while stack:
        pointer, value = stack.pop()
        if isinstance(value, dict):
            for key in keys_of.get(id(value), ()):
                problems.warn(
                    f"the key {show(key)} is written more than once; the last one counts",
                    join_pointer(pointer, key),
                )
            stack.extend(
                (join_pointer(pointer, key), item)
                for key, item in reversed(value.items())
                if isinstance(item, dict | list)
            )
        elif not value or not isinstance(value[0], int | float):
            stack.extend(
                (f"{pointer}/{index}", value[index])
                for index in range(len(value) - 1, -1, -1)
                if isinstance(value[index], dict | list)
            )
