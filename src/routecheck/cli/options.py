"""Options that commands share, and how colour and warnings are decided."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from routecheck.errors import RoutecheckError, ZoneError

if TYPE_CHECKING:
    from routecheck.zones.model import Stamp

__all__ = [
    "chosen_zones", "date_option", "emit", "forget_output", "given", "json_text", "painter",
    "read_stdin", "stamp_of", "today", "warn_of", "zone_options",
]  # fmt: skip

F = TypeVar("F", bound=Callable[..., Any])

COLOURS: Final[dict[str, dict[str, Any]]] = {
    "avoid": {"fg": "red", "bold": True},
    "caution": {"fg": "yellow", "bold": True},
    "watch": {"fg": "cyan", "bold": True},
    "clear": {"fg": "green", "bold": True},
    "unknown": {"fg": "magenta", "bold": True},
    "heading": {"bold": True},
}


def zone_options(command: F) -> F:
    """``--zones`` and ``--add-zones``."""
    for option in (
        click.option(
            "--add-zones", multiple=True, metavar="PATH",
            help="Zones to check in addition to the set. Repeatable.",
        ),
        click.option(
            "--zones", multiple=True, metavar="PATH",
            help="Zone file or folder that replaces the built-in set: GeoJSON, or any format "
            "that geopandas reads; - reads GeoJSON from standard input. Repeatable.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def date_option(command: F) -> F:
    """``--date``."""
    return click.option(
        "--date", metavar="YYYY-MM-DD",
        help="Day of the flight, UTC (or a moment, 2024-12-25T05:13Z). Default: today.",
    )(command)  # fmt: skip


def stamp_of(text: str | None) -> Stamp:
    """The day or moment that ``--date`` names; today by default."""
    from routecheck.zones.ageing import parse_stamp  # noqa: PLC0415 - numpy loads with it

    return parse_stamp(text) if text else today()


def given(text: str | None, option: str) -> str:
    """The text of an option, empty if it was not given.

    Raises
    ------
    RoutecheckError
        If it was given without anything in it, as an unset variable does.
    """
    if text is not None and not text.strip():
        raise RoutecheckError(f"{option} is empty: is a variable unset? Write something, or leave "
                              "it out")  # fmt: skip
    return text or ""


def chosen_zones(zones: tuple[str, ...], add_zones: tuple[str, ...]) -> Any:
    """The zone set that the two options ask for."""
    from routecheck.api import gather_zones  # noqa: PLC0415 - numpy loads with it

    if (*zones, *add_zones).count("-") > 1:
        raise RoutecheckError("standard input can be read once: give - only one time")
    return gather_zones(
        [_source(path) for path in zones] or None, [_source(path) for path in add_zones] or None
    )


def _source(path: str) -> Any:
    if not path.strip():
        raise ZoneError("a zone path is empty: is a variable unset? Give a file or a folder")
    if path != "-":
        return path
    from routecheck.zones.read import parse_zones  # noqa: PLC0415

    return parse_zones(read_stdin(), "<stdin>")


def read_stdin() -> bytes:
    """All of standard input, up to 256 MB: the most that is read as zones.

    Raises
    ------
    ZoneError
        If it is closed, or holds more.
    """
    if sys.stdin is None:
        raise ZoneError("standard input is closed: give a file instead of -")
    from routecheck.zones.jsontext import MAX_BYTES  # noqa: PLC0415 - numpy loads with it

    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ZoneError("standard input holds more than 256 MB: give a file, or fewer zones")
    return data


def emit(text: str) -> None:
    """Write a result to standard output.

    A reader that has gone away (``| head``) has what it wanted: that is no error, and the exit
    code still says what was judged.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        forget_output()


def forget_output() -> None:
    """Let what is left in standard output's buffer go nowhere when the interpreter flushes it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def json_text(record: Any, *, indent: int | None = 2) -> str:
    """A record as JSON, in ASCII where the output's encoding is not UTF-8."""
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "")
    ascii_only = encoding != "utf8"
    return json.dumps(record, ensure_ascii=ascii_only, allow_nan=False, indent=indent) + "\n"


def warn_of(zones: Any, *, quiet: bool) -> None:
    """Print what the reader repaired or doubts, on standard error."""
    if quiet:
        return
    shown = 10
    for problem in zones.problems[:shown]:
        click.echo(str(problem), err=True)
    more = len(zones.problems) - shown
    if more > 0:
        click.echo(f"… and {more} more: see routecheck zones lint FILE", err=True)


def painter() -> Callable[[str, str], str]:
    """Colour for a terminal that wants it (NO_COLOR, https://no-color.org), none elsewhere."""
    wanted = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    wanted = wanted and os.environ.get("TERM") != "dumb"

    def paint(text: str, role: str) -> str:
        return click.style(text, **COLOURS[role]) if wanted else text

    return paint


def today() -> date:
    """Today in UTC."""
    from datetime import UTC, datetime  # noqa: PLC0415

    return datetime.now(UTC).date()
