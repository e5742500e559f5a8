"""Entry point: default command, places that look like options, exit codes."""

from __future__ import annotations

import atexit
import contextlib
import gc
import io
import os
import re
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import Final, NoReturn

import click

from routecheck._version import __version__
from routecheck.cli.audit import audit_command
from routecheck.cli.check import check_command
from routecheck.cli.completion import completion_command
from routecheck.cli.options import emit, forget_output, say, spoken
from routecheck.cli.places import places_command
from routecheck.cli.replay import replay_command
from routecheck.cli.zones import zones_group
from routecheck.errors import RoutecheckError

__all__ = ["cli", "main"]

EXIT_USAGE: Final = 2
EXIT_BUG: Final = 70
EXIT_INTERRUPTED: Final = 130

COMPLETION_VARIABLE: Final = "_ROUTECHECK_COMPLETE"
"""Set by the shell when it asks for completions, not for a check."""

_POSITION = re.compile(r"-[\d.][^,]*,\s*[-+.\d].*")

EPILOG: Final = """\b
Examples:
  routecheck BAK GRV                       Baku to Grozny, today
  routecheck LHR-DOH-DEL                   an itinerary: a stop is a landing
  routecheck BAK GRV --date 2024-12-24     what stood the day before the loss
  routecheck SVX OVB --units nm            lengths in nautical miles
  routecheck IST TBS --fail-at caution     exit with 1 from caution on
  routecheck 43.3,45.7 "port au prince"    a position, and a name
  routecheck zones list                    what it is checked against
  routecheck audit trips.csv -o out.csv    every row of a table
  routecheck replay                        would it have warned? 1973 to 2025

\b
A verdict of clear means: clear of the listed zones, as of their date.
Exit codes: 0 done, 1 --fail-at reached (or lint found errors), 2 usage, input
or data error, 70 a bug, 130 interrupted."""


class CheckByDefault(click.Group):
    """A group that takes words which are no command for a route (the shell's completion asks)."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command for some words, ``check`` if none is named."""
        if args and args[0] not in self.commands:
            return "check", check_command, args
        return super().resolve_command(ctx, args)


@click.group(
    cls=CheckByDefault,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    options_metavar="",
    subcommand_metavar="ORIGIN DEST [DEST …] [OPTIONS]  |  COMMAND …",
)
@click.version_option(__version__, prog_name="routecheck")
def cli() -> None:
    """Check whether a flight's path comes near a conflict zone.

    Checks the great circle between airports against dated official airspace
    advisories. `routecheck ORIGIN DEST` is short for `routecheck check ORIGIN DEST`;
    see `routecheck check --help` for its options.
    """


cli.add_command(check_command)
cli.add_command(audit_command)
cli.add_command(zones_group)
cli.add_command(places_command)
cli.add_command(replay_command)
cli.add_command(completion_command)


def arrange(arguments: Sequence[str]) -> list[str]:
    """Put ``check`` first where no command is named, and keep positions from being options."""
    words = [f" {word}" if _POSITION.fullmatch(word) else word for word in arguments]
    if words[:1] == ["help"]:
        return ["--help"]
    own = {"-h", "--help", "--version", *cli.commands}
    return ["check", *words] if words and words[0] not in own else words


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _open_streams()
    try:
        with _signals_raised(), _in_haste():
            code = _ended_well(_run(words))
    except _Ended as ended:
        # Now that half-written files are gone, let whoever sent the signal see that it worked.
        signal.signal(ended.number, signal.SIG_DFL)
        signal.raise_signal(ended.number)
        code = 128 + ended.number
    sys.exit(code)


def _ended_well(code: int) -> int:
    """An exit code, once what waits in standard output's buffer is written or given up.

    Python would try once more as it ends, and leave with 120 where that fails.
    """
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        forget_output()
    except OSError as error:
        forget_output()
        if not code:
            say(f"Error: cannot read or write: {error.strerror or error}")
            return EXIT_USAGE
    return code


class _Ended(BaseException):
    """A signal asks the process to end: no error, and for nothing but main to catch."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _raise_ended(number: int, _frame: FrameType | None) -> NoReturn:
    raise _Ended(number)


@contextlib.contextmanager
def _signals_raised() -> Iterator[None]:
    """Let SIGTERM and SIGHUP unwind the program as Ctrl-C does, so that files are tidied up.

    A signal that is ignored (nohup) stays ignored; threads other than the main one cannot ask.
    """
    taken = []
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            with contextlib.suppress(ValueError):
                signal.signal(number, _raise_ended)
                taken.append(number)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


@contextlib.contextmanager
def _in_haste() -> Iterator[None]:
    """Spare a short process what only pays in a long one: 25 ms of some 200.

    A command leaves little garbage, and none that must be found before the process ends. Its few
    matrix products need no pool of threads, which the library under numpy would start on import.
    """
    if "numpy" not in sys.modules:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    collecting = gc.isenabled()
    gc.disable()
    atexit.register(gc.freeze)
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _open_streams() -> None:
    """Make standard output and error take any text, whatever their encoding, even if closed.

    The numbers 0 to 2 are taken where they are free: a file that is opened later must not get one,
    as libraries in C write their messages to 1 and 2.
    """
    with contextlib.suppress(OSError):
        while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
            os.set_inheritable(number, True)
        os.close(number)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _run(words: list[str]) -> int:
    try:
        outcome = cli.main(arrange(words), prog_name="routecheck", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        # Help that cannot be written leaves the exit code as it is.
        with contextlib.suppress(OSError):
            emit(error.format_message() + "\n")
        return EXIT_USAGE
    except click.ClickException as error:
        _show(error)
        return EXIT_USAGE
    except click.exceptions.Exit as error:
        return error.exit_code
    except RoutecheckError as error:
        say(f"Error: {error}")
        return EXIT_USAGE
    except (click.Abort, KeyboardInterrupt):
        say("Interrupted.")
        return EXIT_INTERRUPTED
    except SystemExit as error:
        if error.code == 1 and COMPLETION_VARIABLE not in os.environ:
            # click's way of leaving when help or a version meets a closed pipe.
            forget_output()
            return 0
        return error.code if isinstance(error.code, int) else 0
    except OSError as error:
        say(f"Error: cannot read or write: {error.strerror or error}")
        return EXIT_USAGE
    except Exception as error:
        return _bug(error)
    return outcome if isinstance(outcome, int) else 0


def _show(error: click.ClickException) -> None:
    with spoken():
        error.show()


def _bug(error: Exception) -> int:
    if os.environ.get("ROUTECHECK_DEBUG"):
        with spoken():
            traceback.print_exc()
    say(
        f"Error: something went wrong inside routecheck {__version__}: "
        f"{type(error).__name__}: {error}\nThis is a bug. Please report it with the command you "
        "ran; ROUTECHECK_DEBUG=1 shows where it happened."
    )
    return EXIT_BUG
