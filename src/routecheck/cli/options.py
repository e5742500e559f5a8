"""Options that commands share, and how colour and warnings are decided."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TextIO, TypeVar

import click

from routecheck.errors import RoutecheckError, ZoneError

if TYPE_CHECKING:
    from routecheck.zones.model import Stamp

__all__ = [
    "chosen_zones", "date_option", "emit", "events_option", "forget_output", "given",
    "issuers_given", "json_text", "limit_options", "painter", "read_stdin", "say",
    "skip_bad_option", "spoken", "stamp_of", "stdout_is_closed", "strict_places_option", "today",
    "warn_of", "zone_options",
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


skip_bad_option: Final = click.option(
    "--skip-bad", is_flag=True,
    help="Leave out features of zone files that have errors. Each is named, and near it nothing is "
    "called clear.",
)  # fmt: skip


def zone_options(command: F) -> F:
    """``--zones``, ``--add-zones`` and ``--skip-bad``."""
    for option in (
        skip_bad_option,
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


def limit_options(command: F) -> F:
    """``--speed``, ``--watch-km`` and ``--max-age-days``."""
    for option in (
        click.option(
            "--max-age-days", type=int, default=90, show_default=True, metavar="N",
            help="A zone set older than this calls nothing clear.",
        ),
        click.option(
            "--watch-km", type=float, default=50.0, show_default=True, metavar="N",
            help="Report zones this near even outside their buffer.",
        ),
        click.option(
            "--speed", "speed_kt", type=float, default=460.0, show_default=True, metavar="KT",
            help="Ground speed in cruise, knots.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def events_option(command: F) -> F:
    """``--no-events``, as ``events``."""
    return click.option(
        "--no-events", "events", is_flag=True, default=False,
        callback=lambda _context, _parameter, left_out: not left_out,
        help="Leave out reported attacks, which are no official notices.",
    )(command)  # fmt: skip


def strict_places_option(command: F) -> F:
    """``--strict-places``."""
    return click.option(
        "--strict-places", is_flag=True,
        help="Refuse names that may mean another place too: only codes and plain names count.",
    )(command)  # fmt: skip


def date_option(command: F) -> F:
    """``--date``."""
    return click.option(
        "--date", metavar="YYYY-MM-DD",
        help="Day of the flight, UTC (or a moment, 2024-12-25T05:13Z). Default: today.",
    )(command)  # fmt: skip


def stamp_of(text: str | None) -> Stamp:
    """The day or moment that ``--date`` names; today by default.

    Raises
    ------
    RoutecheckError
        If it is empty or no date.
    """
    from routecheck.zones.ageing import parse_stamp  # noqa: PLC0415 - numpy loads with it

    return today() if text is None else parse_stamp(given(text, "--date"))


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


def issuers_given(texts: Sequence[str], option: str) -> tuple[str, ...]:
    """Names in a repeatable option, each of which may hold several, separated by commas.

    Raises
    ------
    RoutecheckError
        If one of them holds none.
    """
    from routecheck.zones.model import issuer_names  # noqa: PLC0415 - numpy loads with it

    return tuple(name for text in texts for name in issuer_names(given(text.strip(" ,"), option)))


def chosen_zones(
    zones: tuple[str, ...], add_zones: tuple[str, ...], *, skip_bad: bool = False
) -> Any:
    """The zone set that the two options ask for."""
    from routecheck.api import gather_zones  # noqa: PLC0415 - numpy loads with it

    if (*zones, *add_zones).count("-") > 1:
        raise RoutecheckError("standard input can be read once: give - only one time")
    base, added = (
        [_source(path, skip_bad=skip_bad) for path in paths] or None for paths in (zones, add_zones)
    )
    return gather_zones(base, added, skip_bad=skip_bad)


def _source(path: str, *, skip_bad: bool) -> Any:
    if not path.strip():
        raise ZoneError("a zone path is empty: is a variable unset? Give a file or a folder")
    if path != "-":
        return path
    from routecheck.zones.parse import parse_zones  # noqa: PLC0415

    return parse_zones(read_stdin(), "<stdin>", skip_bad=skip_bad)


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


def stdout_is_closed() -> bool:
    """Whether the process was started without a standard output (``>&-``)."""
    return sys.__stdout__ is None


def forget_output() -> None:
    """Let what is left in standard output's buffer go nowhere when the interpreter flushes it."""
    _forget(sys.stdout)


def say(text: str) -> None:
    """Write a line to standard error, if it can be written to.

    Counts and warnings are no result: where they have no place to go, the exit code stays.
    """
    with spoken():
        click.echo(text, err=True)


@contextlib.contextmanager
def spoken() -> Iterator[None]:
    """Let what is said on standard error fail without a word: a full disk, a reader gone away."""
    try:
        yield
    except OSError:
        with contextlib.suppress(OSError):
            _forget(sys.stderr)


def _forget(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


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
    # those that a verdict must know of first
    for problem in sorted(zones.problems, key=lambda p: not p.code)[:shown]:
        say(str(problem))
    more = len(zones.problems) - shown
    if more > 0:
        say(f"… and {more} more: see routecheck zones lint FILE")


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
