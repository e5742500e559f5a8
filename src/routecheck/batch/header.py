"""Where the header of a table stands: rows and sheets that were asked for, hints at better ones."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Final, NamedTuple

from routecheck.errors import RoutecheckError
from routecheck.zones.problems import printable

__all__ = ["Preview", "beyond_end", "blank_header", "check_layout", "chosen_sheet", "header_hint"]

LOOKED_AT: Final = 30
"""Rows of a sheet among which its header is looked for."""

_MOST_SHEETS: Final = 50
_MOST_NAMES: Final = 1_000
_LONGEST_NAME: Final = 200
"""What is looked at of a row: cells may hold whole pages."""

_MOST_CELLS: Final = 30_000
"""After so many no further sheet is looked at: 50 µs for each are 1.5 s."""

_MOST_LISTED: Final = 30
_NUMBER: Final = re.compile(r"[\s.,:/TZ+-]*\d[\s\d.,:/TZ+-]*")
"""Numbers, dates and times."""


class Preview(NamedTuple):
    """The beginning of a sheet, or of a text file.

    Attributes
    ----------
    sheet : str
        Its name; empty for a text file.
    is_read : bool
        Whether it is the one that is read as things are.
    rows : list of (int, list of str)
        The first rows that are not blank, by their numbers in the file.
    """

    sheet: str
    is_read: bool
    rows: list[tuple[int, list[str]]]


def header_hint(
    previews: Callable[[int], Iterator[Preview]],
    tell: Callable[[Sequence[str]], object],
    header_row: int | None,
) -> str:
    """Say which row, and of which sheet, looks like the header; empty if none does.

    It goes to the end of an error, and so raises none itself.

    Parameters
    ----------
    previews : callable
        Gives that many first rows of each sheet, of the one that is read first.
    tell : callable
        Tells the columns of the route by the names in a header, or raises RoutecheckError.
    header_row : int or None
        What was asked for.
    """
    with suppress(Exception):  # an error in a place that nobody asked for would hide the first one
        cells = 0
        for preview in islice(previews(LOOKED_AT), _MOST_SHEETS):
            row = _header_of(preview.rows, tell)
            if row is not None:
                return _advice(preview, row, header_row)
            cells += sum(len(each) for _, each in preview.rows)
            if cells > _MOST_CELLS:
                break
    return ""


def _header_of(
    rows: Sequence[tuple[int, list[str]]], tell: Callable[[Sequence[str]], object]
) -> int | None:
    above: Sequence[str] = ()
    for number, row in rows:
        cells = [cell[:_LONGEST_NAME] for cell in row[:_MOST_NAMES]]
        # a row with a number that is as full as the one above it holds data, and its country DE
        # or carrier OD is no name of a column
        if not _has_number(cells) or _filled(cells) != _filled(above):
            with suppress(RoutecheckError):
                tell(cells)
                return number
        above = cells
    return None


def _has_number(cells: Sequence[str]) -> bool:
    return any(_NUMBER.fullmatch(cell) for cell in cells)


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _advice(preview: Preview, row: int, header_row: int | None) -> str:
    verb = "add" if header_row is None else "give"
    option = f"--header-row {row}"
    if preview.is_read:
        return f"row {row} looks like the header: {verb} {option}"
    sheet = printable(preview.sheet)
    other = f"--sheet {shlex.quote(sheet)}"
    found = header_row if header_row is not None else preview.rows[0][0]
    if row == found:
        return f"the sheet {sheet!r} looks like the table: add {other}"
    return f"row {row} of the sheet {sheet!r} looks like the header: {verb} {other} {option}"


def check_layout(
    header_row: int | None,
    sheet: str | None,
    takes: Mapping[str, Sequence[str]],
    *,
    no_header: bool = False,
) -> None:
    """Refuse options that say where a table stands if no file has rows, or sheets, to choose.

    Parameters
    ----------
    header_row, sheet, no_header
        What was asked for.
    takes : mapping
        Which of the two options each file takes, by its name.

    Raises
    ------
    RoutecheckError
        If one that was given is taken by none.
    """
    taken = {name for names in takes.values() for name in names}
    which = f"{next(iter(takes))} is none" if len(takes) == 1 else f"of {len(takes):,} none is one"
    if header_row is not None and "header_row" not in taken:
        raise RoutecheckError(f"--header-row is for CSV and XLSX files, and {which}: leave it out")
    if no_header and "header_row" not in taken:
        raise RoutecheckError(f"--no-header is for CSV and XLSX files, and {which}: leave it out")
    if sheet is not None and "sheet" not in taken:
        raise RoutecheckError(f"--sheet is for workbooks (XLSX), and {which}: leave it out")


def chosen_sheet(titles: Sequence[str], asked: str, name: str) -> int:
    """The place of the sheet that was asked for, by its name, or by one alike but for case.

    Raises
    ------
    RoutecheckError
        If there is none, or several are alike.
    """
    if asked in titles:
        return titles.index(asked)
    wanted = asked.strip().casefold()
    alike = [at for at, title in enumerate(titles) if title.strip().casefold() == wanted]
    if len(alike) == 1:
        return alike[0]
    listed = ", ".join(repr(printable(title)) for title in titles[:_MOST_LISTED])
    if len(titles) > _MOST_LISTED:
        listed += f" and {len(titles) - _MOST_LISTED:,} more"
    raise RoutecheckError(
        f"{name}: there is no sheet {printable(asked)!r} for --sheet: sheets are {listed or 'none'}"
    )


def beyond_end(name: str, row: int, has: str, remedy: str = "") -> RoutecheckError:
    """Say that there is no such row; ``has`` is how many there are."""
    return RoutecheckError(
        f"{name}: --header-row {row:,} is beyond the end, as {has}: give the row that holds the"
        f" names of the columns{remedy}"
    )


def blank_header(name: str, which: str) -> RoutecheckError:
    """Say that the row that was asked for, such as ``line 3``, cannot be a header."""
    return RoutecheckError(
        f"{name}: {which} is blank: with --header-row give the one that holds the names of the"
        " columns"
    )
