"""Files that are no tables, told by how they begin: what each is, and what to do with it."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from routecheck.errors import RoutecheckError
from routecheck.zones.problems import printable

__all__ = ["HEAD", "MOST_JSON", "json_advice", "refuse_foreign", "refuse_zip"]

HEAD: Final = 4_096
"""Bytes by which a file is told."""

MOST_JSON: Final = 64 << 20
"""Larger JSON files are not read to find the list in them."""

_SHORT_OF: Final = 4 << 20
"""What is read of a larger file ends within so many bytes of that."""

_DEEPEST: Final = 4
_SHOWN: Final = 60


class _Kind(NamedTuple):
    begins: re.Pattern[bytes]
    name: str
    advice: str


def _kinds(*rows: tuple[str, str, str]) -> tuple[_Kind, ...]:
    return tuple(
        _Kind(re.compile(begins.encode("latin-1"), re.IGNORECASE | re.DOTALL), name, advice)
        for begins, name, advice in rows
    )


_TABLE: Final = "open it in a spreadsheet and save it as .xlsx or .csv"
_PAGE: Final = (
    "open it in a browser or a spreadsheet, and save the table as .csv or .xlsx (a new name alone "
    "does not change what the file holds)"
)
_EXPORT: Final = "export the flights as CSV where the file comes from"
_UNPACK: Final = "unpack it first"

_BINARY: Final = _kinds(
    (r"\xd0\xcf\x11\xe0", "an old .xls workbook", "save it as .xlsx or .csv"),
    (r"[\x09\x04]\x08|\x09[\x00-\x04]\x06\x00", "a very old .xls workbook",
     "save it as .xlsx or .csv"),
    (r"\(\xb5/\xfd", "packed with zstd", _UNPACK),
    (r"BZh", "packed with bzip2", _UNPACK),
    (r"\xfd7zXZ", "packed with xz", _UNPACK),
    (r"7z\xbc\xaf", "packed with 7-Zip", _UNPACK),
    (r"Rar!", "packed with RAR", _UNPACK),
    (r"\x04\x22\x4d\x18", "packed with lz4", _UNPACK),
    (r"%PDF", "a PDF document",
     "copy its table into a spreadsheet and save that as .csv, or ask for the flights as CSV"),
    (r"\{\\rtf", "a document in RTF", _TABLE),
    (r"SQLite format 3", "an SQLite database",
     "write a table of it as CSV: sqlite3 -header -csv FILE 'SELECT * FROM flights'"),
    (r"ARROW1|FEA1|\xff\xff\xff\xff", "a file of Arrow or Feather",
     "write it as Parquet: pyarrow.parquet.write_table(pyarrow.feather.read_table(FILE), OUT)"),
    (r"ORC[\x00-\x08\x0e-\x1f]", "an ORC file", "write it as Parquet"),
    (r"Obj\x01", "an Avro file", "write it as Parquet, CSV or NDJSON"),
    (r"\x89HDF", "an HDF5 file", "write it as Parquet or CSV"),
    (r"\x93NUMPY|\x80[\x02-\x05]", "data of Python (pickle or NumPy)",
     "write it as Parquet or CSV"),
    (r"\x89PNG|\xff\xd8\xff|GIF8", "a picture", _EXPORT),
)  # fmt: skip

_TEXT: Final = _kinds(
    (r"<\?xml.*<kml\b|<kml\b", "KML", "that draws lines and places; " + _EXPORT),
    (r"<\?xml.*<gpx\b|<gpx\b", "GPX", "that holds tracks; " + _EXPORT),
    (r"<\?xml.*<Workbook\b|<\?mso-application", "a workbook as XML of 2003", _TABLE),
    (r"(<!--.*?-->\s*)*(<!doctype html|<html|<head|<body|<meta|<table|<style|<script|<div|<center)",
     "a web page (HTML)", _PAGE),
    (r"(<\?xml.{0,400}?\?>\s*)(<!doctype html|<html)", "a web page (HTML)", _PAGE),
    (r"<\?xml|<[a-z][\w.-]*(:[\w.-]+)?(\s[^,;\t>]*)?/?>(?!\s*[,;\t|])", "XML",
     "write its flights as CSV, a row for each, or open it in a spreadsheet and save it as .csv"),
    (r"BEGIN:VCALENDAR", "a calendar (iCalendar, .ics)", _EXPORT),
    (r"BEGIN:VCARD", "a list of contacts (vCard)", _EXPORT),
    (r"1AIRLINE STANDARD SCHEDULE|[0-9]{0,6}\s*1AIRLINE STANDARD SCHED",
     "a schedule file of airlines (SSIM, chapter 7)",
     "write its records of type 3 as CSV, a row for each day: origin is in columns 37 to 39, "
     "destination in 55 to 57, first and last day in 15 to 28, counted from 1"),
    (r"(SSM|ASM)\r?\n(UTC|LT|NEW|CNL|\d\d[A-Z]{3})", "a schedule message of airlines (SSM or ASM)",
     "write its flights as CSV, a row for each"),
    (r"(UNA.{6}\s*)?UNB\+", "EDIFACT", "write its flights as CSV, a row for each"),
    (r"\((FPL|DEP|ARR|CHG|DLA|CNL)-[A-Z0-9]{2,7}", "flight plan messages (ICAO)",
     "write their aerodromes and dates as CSV, a row for each flight"),
    (r"(From|Delivered-To|Received|Return-Path|MIME-Version): [^\n]+\n\s*[A-Z][\w-]*: ",
     "an e-mail", "save what is attached to it, and audit that"),
    (r"(--[^\n]*\n|/\*.*?\*/|\s)*(CREATE TABLE|INSERT INTO|DROP TABLE|BEGIN TRANS|SET [@\w.]+ ?=)",
     "a dump of a database (SQL)", "write the table of flights as CSV"),
    (r"A[A-Z0-9]{3,}[^,;\t]{0,60}\r?\nHF", "a flight recorder file (IGC)", _EXPORT),
    (r"I\r?\n\d{3,4} Version", "a flight plan of a simulator", _EXPORT),
    (r"\{\s*\"type\"\s*:\s*\"(FeatureCollection|Feature|Topology)\"", "GeoJSON",
     "that holds shapes: zones are given with --zones, flights as CSV, NDJSON, Parquet or XLSX"),
    (r"version https://git-lfs", "a pointer of Git LFS, not the file itself",
     "fetch it: git lfs pull"),
    (r"(diff --git|#!/)", "a script or a patch", _EXPORT),
)  # fmt: skip

_ZIPPED: Final = (
    ("application/vnd.oasis.opendocument", "an OpenDocument file (.ods)", _TABLE),
    ("word/", "a document in Word (.docx)", _TABLE),
    ("ppt/", "a presentation (.pptx)", _TABLE),
    ("xl/workbook.bin", "a binary workbook (.xlsb)", "save it as .xlsx or .csv"),
    ("doc.kml", "KMZ", "that draws lines and places; " + _EXPORT),
    ("Index/", "a Numbers document", "export it as CSV or XLSX"),
)


def refuse_foreign(name: str, head: bytes) -> None:
    """Refuse a file that is known to be no table.

    Parameters
    ----------
    name : str
        The file, for the message.
    head : bytes
        Its beginning; unpacked, if it is packed with gzip.

    Raises
    ------
    RoutecheckError
        If it is; the text says what it is and what to do.
    """
    for kind in _BINARY:
        if kind.begins.match(head):
            raise _said(name, kind.name, kind.advice)
    text = _as_text(head)
    for kind in _TEXT:
        if kind.begins.match(text):
            raise _said(name, kind.name, kind.advice)
    lines = text.splitlines()[:3]
    if len(lines) > 1 and all(len(line) == 200 and line[:1] in b"12345" for line in lines):
        ssim = next(kind for kind in _TEXT if "SSIM" in kind.name)
        raise _said(name, ssim.name, ssim.advice)


def _said(name: str, kind: str, advice: str) -> RoutecheckError:
    return RoutecheckError(f"{name} is {kind}: {advice}")


def _as_text(head: bytes) -> bytes:
    """The beginning of a text without marks and blanks, in an encoding like ASCII."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            head = head[2:].decode(encoding, "ignore").encode("utf-8", "ignore")
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()


def refuse_zip(name: str, path: Path) -> None:
    """Refuse a packed file that is known to be no workbook.

    Raises
    ------
    RoutecheckError
        If it is.
    """
    with suppress(OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        with zipfile.ZipFile(path) as packed:
            members = packed.namelist()
            if "xl/workbook.xml" in members:
                return
            kind = b""
            if "mimetype" in members and packed.getinfo("mimetype").file_size < _SHOWN * 2:
                kind = packed.read("mimetype")
        for mark, what, advice in _ZIPPED:
            if kind.startswith(mark.encode()) or any(each.startswith(mark) for each in members):
                raise _said(name, what, advice)
        tables = [each for each in members if not each.endswith("/")]
        if tables and not any(each.startswith("xl/") for each in members):
            shown = printable(tables[0][:_SHOWN])
            raise _said(name, f"a zip archive, which holds {shown!r} among others", _UNPACK)


def json_advice(data: bytes, tell: Callable[[Sequence[str]], object]) -> str | None:
    """What to do with a file that is one JSON value and no table; None if it is a table, or none.

    Parameters
    ----------
    tell : callable
        Tells the columns of a route by their names, or raises RoutecheckError.
    """
    if len(data) > MOST_JSON:
        return None
    try:
        value = json.loads(_as_text(data))
    except (ValueError, RecursionError):
        return _advice_for_much(data) if len(data) > MOST_JSON - _SHORT_OF else None
    if isinstance(value, list) and value and isinstance(value[0], dict | list):
        return f"is JSON, a list of {len(value):,}: write one object a line (jq -c '.[]')"
    if not isinstance(value, dict):
        return None
    plain = [key for key, item in value.items() if not isinstance(item, dict | list)]
    with suppress(RoutecheckError):
        tell(plain)
        return None
    lists = sorted(_lists(value, (), _DEEPEST), key=lambda each: not _is_told(each[1], tell))
    if not lists:
        return None
    path, items = lists[0]
    shown = ".".join(path)
    jq = "".join(f".{key}" if re.fullmatch(r"[A-Za-z_]\w*", key) else f'["{key}"]' for key in path)
    jq = jq if jq.startswith(".") else "." + jq
    return (
        f"is one JSON object, whose member {printable(shown)!r} holds the list of {len(items):,}: "
        f"write one object a line (jq -c '{printable(jq)}[]' FILE > flights.ndjson)"
    )


def _advice_for_much(data: bytes) -> str | None:
    """The same for a file of which this is only the beginning: one value, by its first line."""
    begins = re.match(rb'\s*\{\s*"([A-Za-z_]\w{0,40})"\s*:\s*\[\s*\{', data)
    first = data.lstrip().partition(b"\n")
    if not begins or (first[1] and first[0].strip() != b"{"):
        return None
    key = begins[1].decode()
    return (
        f"is one JSON object of more than {MOST_JSON >> 20} MB, whose member {key!r} holds a list: "
        f"write one object a line (jq -c '.{key}[]' FILE > flights.ndjson)"
    )


def _is_told(items: list[Any], tell: Callable[[Sequence[str]], object]) -> bool:
    with suppress(RoutecheckError):
        tell([str(key) for key in items[0]])
        return True
    return False


def _lists(value: dict[str, Any], path: tuple[str, ...], depth: int) -> list[Any]:
    """Members that are lists of objects, and where they are; the longest first."""
    found: list[tuple[tuple[str, ...], list[Any]]] = []
    for key, item in value.items():
        here = (*path, str(key))
        if isinstance(item, list) and item and isinstance(item[0], dict):
            found.append((here, item))
        elif isinstance(item, dict) and depth:
            found += _lists(item, here, depth - 1)
    return sorted(found, key=lambda each: -len(each[1]))
