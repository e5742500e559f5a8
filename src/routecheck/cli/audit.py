"""``routecheck audit FILE…``."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

import click

from routecheck.cli.options import (
    chosen_zones,
    date_option,
    emit,
    events_option,
    forget_output,
    limit_options,
    painter,
    say,
    stdout_is_closed,
    strict_places_option,
    warn_of,
    zone_options,
)
from routecheck.cli.options import (
    given as given_text,
)
from routecheck.errors import RoutecheckError

if TYPE_CHECKING:
    from routecheck.batch.count import Counts
    from routecheck.batch.plan import Plan
    from routecheck.batch.summary import Summary

__all__ = ["audit_command"]

_M_ARENA_MAX: Final = -8
_M_MMAP_THRESHOLD: Final = -3
"""Options of glibc's mallopt(3)."""


@click.command("audit", no_args_is_help=True)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("-o", "--output", "target", metavar="OUT",
              help="Where the rows go, with what was found: .csv, .parquet, .ndjson, .xlsx, "
              ".geojson, .geoparquet; - is standard output, as CSV; a name that ends in / is "
              "a folder with a file for each input. Without it only the summary is made.",
)  # fmt: skip
@click.option("--report", "reports", multiple=True, metavar="PATH",
              help="Write a report: .html or .xlsx. Repeatable.")  # fmt: skip
@click.option("--origin", metavar="COL", help="Column of origins.")
@click.option("--dest", metavar="COL", help="Column of destinations.")
@click.option("--route-col", metavar="COL", help="Column of routes like GYD-GRV or LHR-DOH-DEL.")
@click.option("--date-col", metavar="COL", help="Column of dates.")
@click.option("--date-format", multiple=True, metavar="FORMAT",
              help="How dates are written, if not 2024-12-24: %d/%m/%Y, %m/%d/%Y, … Repeatable.",
)  # fmt: skip
@click.option("--flight-col", metavar="COL", help="Column of flight numbers, for the reports.")
@click.option("--cruise-col", metavar="COL", help="Column of cruise levels.")
@click.option("--ignore-col", "ignore_cols", multiple=True, metavar="COL",
              help="Leave a column out that would count, as of stops or a return. Repeatable.",
)  # fmt: skip
@click.option("--header-row", type=int, metavar="N",
              help="Row of the header in CSV and XLSX files, if titles stand above it: from 1.",
)  # fmt: skip
@click.option("--no-header", is_flag=True,
              help="CSV and XLSX files have no header: columns are called 1, 2, 3 …")  # fmt: skip
@click.option("--sheet", metavar="NAME", help="Sheet of workbooks, if not the first with cells.")
@click.option("--delimiter", metavar="CHAR", help="Of CSV files, if it is not told by itself.")
@click.option("--encoding", metavar="NAME", help="Of text files, if it is not told by itself.")
@date_option
@zone_options
@click.option("--against", multiple=True, metavar="PATH",
              help="An older zone set: adds verdict_before and changed. Repeatable.")  # fmt: skip
@click.option("--only-changed", is_flag=True,
              help="With --against: write only the rows whose verdict changed.")  # fmt: skip
@click.option("--issuers", metavar="LIST", help="Keep only advisories of these: EASA,FAA,…")
@events_option
@click.option("--cruise", metavar="LEVEL", help="Cruise level of rows without one: FL350.")
@limit_options
@strict_places_option
@click.option("--strict", is_flag=True,
              help="Stop at the first row in error, write nothing, exit with 1.")  # fmt: skip
@click.option("--fail-at", type=click.Choice(["watch", "caution", "avoid"]),
              help="Exit with 1 if a verdict is this, stricter, or unknown.")  # fmt: skip
@click.option("--resume", is_flag=True, help="Go on with an audit that was interrupted.")
@click.option("--force", is_flag=True, help="Replace files that are there.")
@click.option("--raw-text", is_flag=True,
              help="Leave text in CSV as it is that a spreadsheet takes for formulas.")  # fmt: skip
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local",
              show_default=True, help="Where the work is done.")  # fmt: skip
@click.option("--scheduler", metavar="ADDRESS", help="Of a dask cluster: tcp://HOST:PORT.")
@click.option("--workers", type=click.IntRange(1, 1024), metavar="N",
              help="Processes of a local dask cluster.")  # fmt: skip
@click.option("--quiet", "-q", is_flag=True, help="No progress, warnings or summary.")
def audit_command(
    files: tuple[str, ...],
    target: str | None,
    reports: tuple[str, ...],
    zones: tuple[str, ...],
    add_zones: tuple[str, ...],
    skip_bad: bool,
    against: tuple[str, ...],
    date: str | None,
    fail_at: str | None,
    engine: str,
    scheduler: str | None,
    workers: int | None,
    quiet: bool,
    **given: Any,
) -> int:
    """Check every row of FILE…: bookings, schedules, itineraries.

    CSV, Parquet, NDJSON and XLSX files, folders and patterns of them, or - for standard input. No
    row is lost: one that cannot be checked is unknown, and says why in the column error. Columns
    are told by their names (origin/destination, from/to, dep/arr, route, …) or named by options.
    """
    _need_arrow()
    from routecheck.batch.auditor import Auditor  # noqa: PLC0415 - extra
    from routecheck.batch.run import BadRowError, interrupted_date  # noqa: PLC0415 - extra
    from routecheck.batch.settings import settings_of  # noqa: PLC0415 - extra
    from routecheck.batch.summarise import summarise  # noqa: PLC0415 - extra

    _be_frugal()
    began = time.monotonic()
    output = given_text(target, "--output")
    if output == "-" and stdout_is_closed():
        raise RoutecheckError("standard output is closed: name a file with -o instead of -")
    started = _Reports(reports, force=given["force"])
    if given["only_changed"] and not against:
        raise click.UsageError("--only-changed needs --against OLD_ZONES")
    if (scheduler or workers) and engine != "dask":
        raise click.UsageError("--scheduler and --workers need --engine dask")
    plan = _plan(files, output, given)
    fill_dates = date is not None
    if date is None and plan.resume:
        date = interrupted_date(output)
    _keep_apart((output, *reports), (*files, *zones, *add_zones, *against))
    zone_set = chosen_zones(zones, add_zones, skip_bad=skip_bad)
    warn_of(zone_set, quiet=quiet)
    names = ("issuers", "events", "cruise", "speed_kt", "watch_km", "max_age_days", "origin",
             "dest", "route_col", "date_col", "flight_col", "cruise_col", "date_format",
             "ignore_cols", "strict_places")  # fmt: skip
    settings = settings_of(
        date=date, fill_dates=fill_dates, **{name: given[name] for name in names}
    )
    auditor = Auditor(zone_set, settings)
    before = None
    if against:
        before = Auditor(chosen_zones(against, (), skip_bad=skip_bad), settings)
    try:
        counts = _counted(
            plan, auditor, before, engine=engine, scheduler=scheduler, workers=workers, quiet=quiet,
            asked=bool(reports or fail_at or given["strict"]),
        )  # fmt: skip
    except KeyboardInterrupt:
        if interrupted_date(plan.output) is not None:
            say("The rows that were written are kept: go on with --resume.")
        raise
    except BadRowError as error:
        say(f"Error: {error}")
        return 1
    summary = summarise(
        counts, zone_set, settings, output, time.monotonic() - began, plan,
        before.zones if before else None,
    )  # fmt: skip
    started.write(summary)
    if not quiet:
        _tell(summary, to_stdout=output != "-")
    return _exit_code(counts, fail_at)


def _be_frugal() -> None:
    """Give memory back as soon as it is free, as far as the C library lets itself be told.

    Batches are made in one thread and let go in another: glibc keeps a heap for each, and Arrow's
    own pool holds on to what it had, which together takes 200 MB more.
    """
    import ctypes  # noqa: PLC0415 - here only
    import gc  # noqa: PLC0415 - likewise

    import pyarrow as pa  # noqa: PLC0415 - extra

    gc.enable()  # an audit is no short command
    pa.set_memory_pool(pa.system_memory_pool())
    with contextlib.suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_M_ARENA_MAX, 1)
        mallopt(_M_MMAP_THRESHOLD, 65_536)


def _keep_apart(written: Sequence[str], read: Sequence[str]) -> None:
    """Refuse to write two things to one file, or over what is read."""
    paths = [Path(os.path.realpath(path)) for path in written if path not in ("", "-")]
    for number, path in enumerate(paths):
        if path in paths[:number]:
            raise RoutecheckError(f"{path.name} is named twice for output: name another file")
        if path.is_file() and path in {
            Path(os.path.realpath(each)) for each in read if each != "-"
        }:
            raise RoutecheckError(f"{path.name} is also read: name another file")


def _need_arrow() -> None:
    import routecheck.batch  # noqa: F401, PLC0415 - says which extra it needs


def _plan(files: tuple[str, ...], output: str, given: dict[str, Any]) -> Plan:
    from routecheck.batch.plan import Plan  # noqa: PLC0415 - extra

    names = ("delimiter", "encoding", "header_row", "no_header", "sheet", "force", "resume",
             "strict", "raw_text", "only_changed")  # fmt: skip
    return Plan(files, output, **{name: given[name] for name in names})


def _counted(
    plan: Plan, auditor: Any, before: Any, *, engine: str, scheduler: str | None,
    workers: int | None, quiet: bool, asked: bool,
) -> Counts:  # fmt: skip
    from routecheck.batch.folder import (  # noqa: PLC0415 - extra
        audit_folder,
        begun_plans,
        end,
        held,
        is_folder,
    )
    from routecheck.batch.run import audit_files  # noqa: PLC0415 - extra

    with _bar(quiet=quiet) as progress:
        if engine == "dask":
            from routecheck.batch.dask_engine import audit_on_dask  # noqa: PLC0415 - extra

            if before is not None:
                raise RoutecheckError("--against works with --engine local only: leave one out")
            with held(plan):
                counts = audit_on_dask(
                    begun_plans(plan, auditor), auditor.zones, auditor.settings,
                    scheduler=scheduler, workers=workers, progress=progress.update,
                )  # fmt: skip
                end(plan)
            return counts
        if is_folder(plan.output):
            return audit_folder(plan, auditor, progress.update, before)
        stdout = _Output(asked=asked) if plan.output == "-" else None
        try:
            return audit_files(plan, auditor, progress.update, before, cast("BinaryIO", stdout))
        except BrokenPipeError:
            forget_output()  # the reader has what it wanted
            raise SystemExit(0) from None


class _Output:
    """Standard output, for rows.

    Parameters
    ----------
    asked : bool
        Whether more than the rows is asked for, a report or an exit code: a reader that goes away
        (``| head``) does not end the audit then, as nobody would be told of the other rows.
    """

    def __init__(self, *, asked: bool) -> None:
        self._asked = asked
        self._file = sys.stdout.buffer

    def write(self, data: bytes) -> int:
        """Write bytes."""
        try:
            return self._file.write(data)
        except BrokenPipeError:
            if not self._asked:
                raise
            forget_output()
        return len(data)

    def flush(self) -> None:
        """Write what waits to be written."""
        try:
            self._file.flush()
        except BrokenPipeError:
            if not self._asked:
                raise
            forget_output()


class _Bar:
    """A progress bar on a terminal's standard error; nothing elsewhere."""

    def __init__(self, bar: Any = None) -> None:
        self._bar = bar
        self._task: Any = None
        self.total: int | None = None

    def update(self, rows: int, position: int) -> None:
        """So many rows are done, so many bytes read."""
        if self._bar is None:
            return
        if self._task is None:
            self._task = self._bar.add_task("", total=self.total, rows=0, rate="")
        task = self._bar.tasks[self._task]
        rate = f"{rows / task.elapsed:,.0f} rows/s" if task.elapsed else ""
        self._bar.update(self._task, completed=position, rows=f"{rows:,} rows", rate=rate)


@contextlib.contextmanager
def _bar(*, quiet: bool) -> Iterator[_Bar]:
    if quiet or not sys.stderr.isatty():
        yield _Bar()
        return
    from rich.console import Console  # noqa: PLC0415 - for a terminal only
    from rich.progress import (  # noqa: PLC0415 - likewise
        BarColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = [
        BarColumn(), TextColumn("{task.fields[rows]}"), TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    ]  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Bar(progress)


class _Reports:
    """Reports that were asked for, looked at before the work."""

    def __init__(self, paths: tuple[str, ...], *, force: bool) -> None:
        from routecheck.batch.plan import need_xlsxwriter, target_of  # noqa: PLC0415 - extra
        from routecheck.zones.problems import printable  # noqa: PLC0415 - numpy loads with it

        self._force = force
        self._paths = [Path(path) for path in paths]
        for given in self._paths:
            path = target_of(str(given))
            if given.suffix.lower() == ".xlsx":
                need_xlsxwriter(printable(str(given)))
            name = printable(str(given))
            if given.suffix.lower() not in (".html", ".htm", ".xlsx"):
                raise RoutecheckError(f"{name}: a report ends in .html or .xlsx")
            if not path.parent.is_dir():
                folder = printable(str(path.parent))
                raise RoutecheckError(f"{name}: there is no folder {folder}: make it first")
            if path.is_dir():
                raise RoutecheckError(f"{name} is a folder: name a file in it")
            if path.exists() and not path.is_file():
                raise RoutecheckError(f"{name} is no ordinary file: name another")
            if path.exists() and not force:
                raise RoutecheckError(f"{name} is there already: name another file, or add --force")

    def write(self, summary: Summary) -> None:
        """Write each beside its place, and move it there."""
        from routecheck.holding import followed, making  # noqa: PLC0415 - for reports only
        from routecheck.zones.problems import printable  # noqa: PLC0415 - numpy loads with it

        for path in self._paths:
            try:
                with making(
                    followed(path), f"report{path.suffix.lower()}", replace=self._force
                ) as beside:
                    if path.suffix.lower() == ".xlsx":
                        from routecheck.report.audit_xlsx import (  # noqa: PLC0415 - extra
                            write_audit_xlsx,
                        )

                        write_audit_xlsx(summary, beside)
                    else:
                        from routecheck.report.audit_html import audit_html  # noqa: PLC0415

                        beside.write_text(audit_html(summary), encoding="utf-8")
            except OSError as error:
                raise RoutecheckError(
                    f"{printable(str(path))}: the report cannot be written: "
                    f"{error.strerror or error}"
                ) from error


def _tell(summary: Summary, *, to_stdout: bool) -> None:
    from routecheck.report.audit_text import summary_text  # noqa: PLC0415

    text = summary_text(summary, painter())
    if to_stdout:
        emit(text.rstrip("\n") + "\n")
    else:
        say(text.rstrip("\n"))


def _exit_code(counts: Counts, fail_at: str | None) -> int:
    if fail_at is None:
        return 0
    order = ("watch", "caution", "avoid")
    found = (*order[order.index(fail_at) :], "unknown")
    return int(any(counts.verdicts.get(verdict, 0) for verdict in found))
