"""Files that are no tables that are read: told by how they begin, with what to do instead."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from routecheck.errors import RoutecheckError

__all__ = ["HEAD", "refuse_foreign", "refuse_package"]

HEAD: Final = 4_096
"""Bytes by which a file is told."""

_SAVE: Final = "open it in a spreadsheet and save it as .xlsx or .csv"

_BY_FIRST_BYTES: Final = {
    b"\xd0\xcf\x11\xe0": "is an old .xls workbook: save it as .xlsx or .csv",
    b"(\xb5/\xfd": "is packed with zstd: unpack it first",
    b"BZh": "is packed with bzip2: unpack it first",
    b"\xfd7zXZ": "is packed with xz: unpack it first",
    b"7z\xbc\xaf": "is packed with 7-Zip: unpack it first",
    b"Rar!": "is packed with RAR: unpack it first",
    b"%PDF": "is a PDF: ask for the list as .xlsx or .csv, or copy its table into a spreadsheet",
    b"{\\rtf": "is a text document (RTF): copy its table into a spreadsheet and save it as .csv",
    b"SQLite format 3": "is an SQLite database: write the table out with sqlite3 -csv -header FILE "
    "'select * from TABLE' > OUT.csv",
    b"ARROW1": "is an Arrow (Feather) file: write it as Parquet, or give the table to rc.audit in "
    "Python",
    b"Obj\x01": "is an Avro file: write it as Parquet or CSV",
    b"ORC": "is an ORC file: write it as Parquet or CSV",
    b"\x89HDF": "is an HDF5 file: read it with pandas and give the table to rc.audit",
    b"\x89PNG": "is a picture: type its rows into a table",
    b"\xff\xd8\xff": "is a picture: type its rows into a table",
    b"\x80\x04\x95": "is a Python pickle, which is not read, as it could run code: write the table "
    "as Parquet or CSV",
}

_BY_TEXT: Final = (
    (re.compile(r"BEGIN:VCALENDAR"), "is a calendar (iCalendar): make a table of its flights with "
     "the columns from, to and date"),
    (re.compile(r"1AIRLINE STANDARD SCHEDULE DATA SET"), "is an airline schedule file (SSIM, "
     "chapter 7), of lines of 200 columns: the records of type 3 hold the flights. Convert it to a "
     "CSV with the columns from (column 37-39), to (55-57) and date, one row a day of operation"),
    (re.compile(r"3 [A-Z0-9]{2,3} ?\d"), "looks like records of an airline schedule file (SSIM): "
     "convert it to a CSV with the columns from, to and date"),
    (re.compile(r"(?:<!doctype html|<html|<table|<head|<meta|<body)", re.I),
     f"is a web page (HTML), whatever its name ends in: {_SAVE}"),
    (re.compile(r"<\?xml[^>]*>\s*(?:<\?[^>]*>\s*)*(?:<!--.*?-->\s*)*<html", re.I | re.S),
     f"is a web page (HTML), whatever its name ends in: {_SAVE}"),
    (re.compile(r"<.*urn:schemas-microsoft-com:office:spreadsheet", re.S),
     f"is an XML spreadsheet of Excel 2003: {_SAVE}"),
    (re.compile(r"<\?xml.*<kml|<kml", re.S), "is KML, a map: zones are read with --zones; an audit "
     "needs a table of flights"),
    (re.compile(r"<\?xml.*<gpx|<gpx", re.S), "is GPX, a flown track: an audit needs a table of "
     "flights with the columns from, to and date"),
    (re.compile(r"<\?xml|<[A-Za-z][\w:.-]*[\s>]"), "is XML: write its flights as a table, CSV or "
     "one JSON object a line"),
    (re.compile(r"A[A-Z]{3}[A-Z0-9]{3}.*\n(?:H|B)", re.A), "looks like an IGC logger file: an "
     "audit needs a table of flights with the columns from, to and date"),
    (re.compile(r"MIME-Version:|From: .*\n|Received: ", re.I), "is a mail or a web archive: save "
     "the table that is in it as .csv"),
    (re.compile(r"\((?:FPL|CHG|DEP)-"), "holds flight plan messages (ICAO): make a table with the "
     "columns adep, ades and date"),
)  # fmt: skip

_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument."
_PACKAGES: Final = {
    "word/": "is a text document (Word): copy its table into a spreadsheet",
    "ppt/": "is a presentation: copy its table into a spreadsheet",
    "Index/": "is a Numbers document: export it as .xlsx or .csv",
    "doc.kml": "is KMZ, a map: an audit needs a table of flights",
}


def refuse_foreign(name: str, head: bytes, *, named_text: bool) -> None:
    """Refuse a file that is of another kind, by its first bytes.

    Parameters
    ----------
    name : str
        The file, for the message.
    head : bytes
        How it begins, ``HEAD`` bytes or fewer.
    named_text : bool
        Whether its name says that it is a table of text.

    Raises
    ------
    RoutecheckError
        With what it is, and what to do.
    """
    for mark, said in _BY_FIRST_BYTES.items():
        if head.startswith(mark) and not (mark == b"ORC" and named_text):
            raise RoutecheckError(f"{name} {said}")
    text = head.decode("utf-8", "replace").lstrip("\ufeff").lstrip()
    for pattern, said in _BY_TEXT:
        if pattern.match(text):
            raise RoutecheckError(f"{name} {said}")


def refuse_package(name: str, open_file: Callable[[], Path | None]) -> None:
    """Refuse a zip archive that is no workbook, by what is in it.

    Raises
    ------
    RoutecheckError
        With what it is, and what to do.
    """
    path = open_file()
    if path is None:
        return
    try:
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
            kind = packed.read("mimetype")[:200].decode("ascii", "replace") if (
                "mimetype" in names and packed.getinfo("mimetype").file_size < 200
            ) else ""  # fmt: skip
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, KeyError):
        return  # what reads workbooks says what is wrong with it
    if kind.startswith(_OPEN_DOCUMENT):
        raise RoutecheckError(f"{name} is an OpenDocument file (.ods): save it as .xlsx or .csv")
    if any(each.startswith("xl/") for each in names):
        return
    for mark, said in _PACKAGES.items():
        if any(each.startswith(mark) for each in names):
            raise RoutecheckError(f"{name} {said}")
    listed = ", ".join(repr(each[:60]) for each in names[:5])
    raise RoutecheckError(
        f"{name} is a zip archive ({listed or 'empty'}), no workbook: unpack it, and give the "
        "tables in it"
    )
