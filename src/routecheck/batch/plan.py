"""What an audit is asked to do, and what is looked at before any work is done."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa

from routecheck.batch.auditor import Auditor
from routecheck.batch.coding import column_of
from routecheck.batch.dates import check_undated
from routecheck.batch.sinks import SUFFIXES
from routecheck.batch.sources import Sources, open_sources
from routecheck.errors import MissingExtraError, RoutecheckError
from routecheck.holding import LOCK, HeldError, followed, holder_of
from routecheck.zones.problems import printable

__all__ = [
    "Plan", "check_dates", "check_sheet", "check_target", "need_xlsxwriter", "partial_of",
    "plan_of", "target_of", "told_sources",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """One output from some inputs.

    Attributes
    ----------
    inputs : tuple of str
        Files, folders, patterns, or ``-``.
    header_row, no_header, sheet : int or None, bool, str or None
        Where the tables stand in CSV files and workbooks; see :func:`open_sources`.
    output : str
        A file; ``-`` is standard output, as CSV; empty only counts.
    force, resume : bool
        Replace a file that is there; go on with an interrupted audit.
    strict : bool
        Stop at the first row in error.
    raw_text : bool
        Leave text as it is that a spreadsheet would take for a formula.
    only_changed : bool
        Of a comparison, write only the rows whose verdict changed.
    """

    inputs: tuple[str, ...]
    output: str
    delimiter: str | None = None
    encoding: str | None = None
    header_row: int | None = None
    no_header: bool = False
    sheet: str | None = None
    force: bool = False
    resume: bool = False
    strict: bool = False
    raw_text: bool = False
    only_changed: bool = False

    def sources(self) -> Sources:
        """Open the inputs.

        Raises
        ------
        RoutecheckError
            If one cannot be read as a table.
        """
        return open_sources(
            self.inputs, delimiter=self.delimiter, encoding=self.encoding,
            header_row=self.header_row, no_header=self.no_header, sheet=self.sheet,
        )  # fmt: skip


def told_sources(plan: Plan, auditor: Auditor) -> Sources:
    """The tables of a plan, whose columns can be told.

    Raises
    ------
    RoutecheckError
        If a file cannot be read as a table, the columns of the route cannot be told, there are
        dates in a column that is not taken for them, or a file is also the output.
    """
    sources = plan.sources()
    for file in sources.files:
        if _same(plan.output, file):
            raise RoutecheckError(f"{printable(plan.output)} is also the input: name another file")
        try:
            auditor.columns_of(sources.columns_of[file], file)
        except RoutecheckError as error:
            hint = sources.hint(file, auditor.columns_of)
            if not hint:
                raise
            raise RoutecheckError(f"{error}. But {hint}") from None
        # A stream can be read but once: its dates are looked at with its first rows.
        if Path(file).is_file() and _undated(auditor, sources, file):
            first = next(plan_of(plan, sources, file).sources().pieces(), None)
            if first is not None:
                check_dates(auditor, sources, file, first.batch)
    return sources


def check_dates(auditor: Auditor, sources: Sources, file: str, batch: pa.RecordBatch) -> None:
    """Refuse a file whose dates would be passed over, by its first rows.

    Raises
    ------
    RoutecheckError
        If a column holds dates that is not taken for them.
    """
    names = _undated(auditor, sources, file)
    check_undated(((name, column_of(batch, name)) for name in names), file)


def _undated(auditor: Auditor, sources: Sources, file: str) -> list[str]:
    """Columns that may hold the dates of a file that seems to have none."""
    names = sources.columns_of[file]
    return auditor.settings.undated(names, auditor.columns_of(names, file))


def plan_of(plan: Plan, sources: Sources, file: str) -> Plan:
    """A plan for one of the files of a plan: what one file does not take another one may."""
    takes = sources.takes[file]
    return replace(
        plan,
        inputs=(file,),
        header_row=plan.header_row if "header_row" in takes else None,
        no_header=plan.no_header and "header_row" in takes,
        sheet=plan.sheet if "sheet" in takes else None,
    )


def check_target(plan: Plan) -> str:
    """The suffix of the output, if it can be written; before any work is done.

    Raises
    ------
    RoutecheckError
        If it cannot.
    """
    if plan.output in ("", "-"):
        return ".csv"
    name, path = printable(plan.output), target_of(plan.output)
    suffix = Path(plan.output).suffix.lower()
    if suffix not in SUFFIXES:
        raise RoutecheckError(
            f"{name}: audits are not written as {printable(suffix) or 'a file without a suffix'}: "
            f"end the name in one of {', '.join(SUFFIXES)}"
        )
    if suffix == ".xlsx":
        need_xlsxwriter(name)
    if path.is_dir():
        raise RoutecheckError(f"{name} is a folder: name a file in it, or end it in / for all")
    if not path.parent.is_dir():
        raise RoutecheckError(
            f"{name}: there is no folder {printable(str(path.parent))}: make it first"
        )
    if path.exists() and not path.is_file():
        raise RoutecheckError(f"{name} is no ordinary file: name another")
    partial = partial_of(path)
    if holder := holder_of(partial / LOCK):
        raise HeldError(f"{name}: {holder}: wait until it has ended, or name another file")
    if path.exists() and not plan.force and not (plan.resume and partial.exists()):
        raise RoutecheckError(f"{name} is there already: name another file, or add --force")
    if partial.exists() and not plan.force and not plan.resume:
        raise RoutecheckError(
            f"{name}: an interrupted audit is there ({printable(partial.name)}): go on with "
            "--resume, or start anew with --force"
        )
    if any(_same(plan.output, given) for given in plan.inputs):
        raise RoutecheckError(f"{name} is also the input: name another file")
    return suffix


def _same(output: str, given: str) -> bool:
    """Whether an output is a file that is read."""
    if output in ("", "-") or given == "-":
        return False
    try:
        return Path(output).samefile(given)
    except OSError:
        return False


def target_of(output: str) -> Path:
    """The file that an output stands for: that which a link leads to, even if it is not there.

    Raises
    ------
    RoutecheckError
        If a link leads in a circle.
    """
    try:
        return followed(Path(output))
    except OSError:
        raise RoutecheckError(
            f"{printable(output)} is a link that leads in a circle: name another file"
        ) from None


def need_xlsxwriter(name: str) -> None:
    """Refuse to begin what will be written as a workbook, if that cannot be done.

    Raises
    ------
    MissingExtraError
        If xlsxwriter is not installed.
    """
    found = None
    with contextlib.suppress(ImportError, ValueError):
        found = find_spec("xlsxwriter")
    if found is None:
        raise MissingExtraError(
            f"{name}: .xlsx files need xlsxwriter: pip install 'routecheck[batch]'"
        )


def partial_of(path: Path) -> Path:
    """The folder beside an output in which it is made."""
    return path.with_name(path.name + ".partial")


def check_sheet(sources: Sources, plan: Plan, columns: int) -> None:
    """Refuse more rows or columns than a worksheet holds.

    Raises
    ------
    RoutecheckError
        If there are.
    """
    from routecheck.batch.xlsx import MAX_ROWS, check_fits  # noqa: PLC0415 - extra

    check_fits(None, columns)
    # A row takes two bytes at least, in Parquet perhaps less.
    if sources.total_bytes is None:
        return
    small = all(not f.endswith((".parquet", ".gz")) for f in sources.files)
    if not small or sources.total_bytes > 2 * MAX_ROWS:
        check_fits(sum(len(piece.batch) for piece in plan.sources().pieces()), columns)
