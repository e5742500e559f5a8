"""The local engine: files in, one file out, written beside and moved into place."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import queue
import shutil
import threading
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeVar

import numpy as np
import pyarrow as pa

from routecheck._version import __version__
from routecheck.batch.auditor import Answers, Auditor
from routecheck.batch.count import Counter_, Counts
from routecheck.batch.result import ADDED, Piece, added_names
from routecheck.batch.sinks import SUFFIXES, Sheet, Sink, TableSink, TextSink, drawn_route, sync
from routecheck.batch.sources import Sources, open_sources
from routecheck.errors import RoutecheckError
from routecheck.zones.model import stamp_text
from routecheck.zones.problems import printable

__all__ = ["BadRowError", "Plan", "audit_files", "check_target", "interrupted_date"]

T = TypeVar("T")

SYNC_S: Final = 1.0
"""So often, at most, is noted what has reached the disk."""
AHEAD: Final = 1
"""Batches that are read, and written, while another is answered."""

BEFORE: Final = pa.schema(
    [("verdict_before", pa.dictionary(pa.int32(), pa.string())), ("changed", pa.bool_())]
)
"""Columns that are added where a set of zones is compared with an older one."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """One output from some inputs.

    Attributes
    ----------
    inputs : tuple of str
        Files, folders, patterns, or ``-``.
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
    force: bool = False
    resume: bool = False
    strict: bool = False
    raw_text: bool = False
    only_changed: bool = False


def audit_files(
    plan: Plan,
    auditor: Auditor,
    progress: Progress | None = None,
    before: Auditor | None = None,
    stdout: BinaryIO | None = None,
) -> Counts:
    """Audit files and write the rows with their answers.

    Parameters
    ----------
    progress : callable, optional
        Told the rows done and the bytes of input read.
    before : Auditor, optional
        With older zones, to say which verdicts changed.
    stdout : binary file, optional
        Where ``-`` is written to.

    Raises
    ------
    RoutecheckError
        If the files cannot be read as tables, the columns of the route cannot be told, the output
        is there already or cannot be written, or, if ``plan.strict``, at the first row in error.
    """
    suffix = check_target(plan)
    sources = open_sources(plan.inputs, delimiter=plan.delimiter, encoding=plan.encoding)
    for file in sources.files:
        if suffix and _same(plan.output, file):
            raise RoutecheckError(f"{printable(plan.output)} is also the input: name another file")
        auditor.columns_of(sources.columns_of[file], file)
    if suffix == ".xlsx":
        _check_sheet(sources, plan, len(sources.schema) + len(ADDED) + 2 * (before is not None))
    run = _Run(plan, auditor, before, sources, suffix, progress)
    if plan.output in ("", "-"):
        return run.straight(stdout)
    return run.beside()


def check_target(plan: Plan) -> str:
    """The suffix of the output, if it can be written; before any work is done.

    Raises
    ------
    RoutecheckError
        If it cannot.
    """
    if plan.output in ("", "-"):
        return ".csv"
    name, path = printable(plan.output), Path(plan.output)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise RoutecheckError(
            f"{name}: audits are not written as {printable(suffix) or 'a file without a suffix'}: "
            f"end the name in one of {', '.join(SUFFIXES)}"
        )
    if path.is_dir():
        raise RoutecheckError(f"{name} is a folder: name a file in it, or end it in / for all")
    if not path.parent.is_dir():
        raise RoutecheckError(
            f"{name}: there is no folder {printable(str(path.parent))}: make it first"
        )
    if path.exists() and not path.is_file():
        raise RoutecheckError(f"{name} is no ordinary file: name another")
    partial = partial_of(path)
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


def partial_of(path: Path) -> Path:
    """The folder beside an output in which it is made."""
    return path.with_name(path.name + ".partial")


def interrupted_date(output: str) -> str | None:
    """The day by which an interrupted audit judged rows without a date; None if there is none."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        text = (partial_of(Path(output)) / "journal.json").read_text("utf-8")
        return str(json.loads(text)["date"])
    return None


def _check_sheet(sources: Sources, plan: Plan, columns: int) -> None:
    from routecheck.batch.xlsx import MAX_ROWS, check_fits  # noqa: PLC0415 - extra

    check_fits(None, columns)
    # A row takes two bytes at least, in Parquet perhaps less.
    if sources.total_bytes is None:
        return
    small = all(not f.endswith((".parquet", ".gz")) for f in sources.files)
    if not small or sources.total_bytes > 2 * MAX_ROWS:
        again = open_sources(plan.inputs, delimiter=plan.delimiter, encoding=plan.encoding)
        check_fits(sum(len(piece.batch) for piece in again.pieces()), columns)


class _Run:
    """One audit: reads, answers and writes at the same time, in order."""

    def __init__(
        self, plan: Plan, auditor: Auditor, before: Auditor | None, sources: Sources, suffix: str,
        progress: Progress | None,
    ) -> None:  # fmt: skip
        self.plan, self.auditor, self.before = plan, auditor, before
        self.sources, self.suffix, self.progress = sources, suffix, progress
        self.columns = sources.schema.names
        self.names = added_names([*self.columns, *(BEFORE.names if before else [])])
        self.counter = Counter_(auditor)
        self.changed = 0
        self.total_rows = 0
        extra = BEFORE if before else pa.schema([])
        taken = set(self.columns)
        self.extra = pa.schema(
            [f.with_name(f.name if f.name not in taken else f"routecheck_{f.name}") for f in extra]
        )
        self._drawn: dict[int, dict[str, Any]] = {}
        self._noted_s = time.monotonic()
        self._book = auditor.book

    # Where it goes.

    def straight(self, stdout: BinaryIO | None) -> Counts:
        """To standard output, or nowhere."""
        sink = None
        if self.plan.output == "-" and stdout is not None:
            sink = self._text_sink(stdout, begun=False)
        with contextlib.closing(self._written(sink, 0)) as rows:
            for _ in rows:
                pass
        if sink is not None and stdout is not None:
            sink.close()
            stdout.flush()
        return self._result()

    def beside(self) -> Counts:
        """To a file, made in a folder beside it."""
        path = Path(self.plan.output)
        partial = partial_of(path)
        try:
            journal = self._opened(partial)
            self._work(path, partial, journal)
        except OSError as error:
            raise self._unwritten(error, partial) from error
        except _ChangedError:
            raise
        except RoutecheckError:
            shutil.rmtree(partial, ignore_errors=True)
            raise
        shutil.rmtree(partial, ignore_errors=True)
        return self._result()

    def _unwritten(self, error: OSError, partial: Path) -> RoutecheckError:
        name = printable(self.plan.output)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            how = "go on with --resume" if (partial / "journal.json").exists() else "try again"
            return RoutecheckError(f"{name}: the disk is full: make room, then {how}")
        return RoutecheckError(f"{name}: cannot be read or written: {error.strerror or error}")

    def _fingerprint(self) -> str:
        before = self.before.zones.sha256 if self.before else ""
        said = (
            __version__, self.sources.fingerprint, self.auditor.zones.sha256, before,
            repr(self.auditor.settings), self.suffix, self.plan.raw_text, self.plan.only_changed,
        )  # fmt: skip
        return hashlib.sha256(repr(said).encode()).hexdigest()

    def _opened(self, partial: Path) -> dict[str, Any]:
        """What an interrupted audit noted, if it is gone on with."""
        journal: dict[str, Any] = {
            "fingerprint": self._fingerprint(), "rows": 0, "bytes": 0,
            "date": stamp_text(self.auditor.settings.date),
        }  # fmt: skip
        if partial.exists() and self.plan.resume:
            with contextlib.suppress(OSError, ValueError):
                noted = json.loads((partial / "journal.json").read_text("utf-8"))
                if noted.get("fingerprint") != journal["fingerprint"]:
                    raise _ChangedError(
                        f"{printable(self.plan.output)}: the input, the zones or the options have "
                        "changed since the audit was interrupted: start anew with --force"
                    )
                return dict(noted)
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        return journal

    def _work(self, path: Path, partial: Path, journal: dict[str, Any]) -> None:
        data = partial / ("audit" + self.suffix)
        if self.suffix in (".csv", ".ndjson", ".jsonl", ".geojson"):
            done = journal["bytes"] if data.exists() else 0
            rows = journal["rows"] if done else 0
            with data.open("r+b" if data.exists() else "w+b") as file:
                file.truncate(done)
                file.seek(done)
                sink: Sink = self._text_sink(file, begun=bool(done), first=not rows)
                self._append(sink, file, partial, {**journal, "rows": rows, "bytes": done})
        else:
            # The end of such a file is its index: it is made anew, from the first row on.
            sink = self._table_sink(data)
            try:
                for _ in self._written(sink, 0):
                    pass
                sink.close()
            except BaseException:
                if isinstance(sink, Sheet):
                    sink.discard()
                raise
        with data.open("rb") as made:
            os.fsync(made.fileno())
        data.replace(path)

    def _append(self, sink: Sink, file: BinaryIO, partial: Path, journal: dict[str, Any]) -> None:
        for rows in self._written(sink, journal["rows"]):
            journal |= {"rows": rows, "bytes": sync(file)}
            beside = partial / "journal.new"
            beside.write_text(json.dumps(journal), encoding="utf-8")
            beside.replace(partial / "journal.json")
            self._noted_s = time.monotonic()
        sink.close()
        sync(file)

    def _note_due(self) -> bool:
        return time.monotonic() - self._noted_s > SYNC_S

    def _text_sink(self, file: BinaryIO, *, begun: bool, first: bool = True) -> TextSink:
        names = [*self.names, *self.extra.names]
        sink = TextSink(
            file, self.suffix, self.columns, names, begun=begun, raw=self.plan.raw_text,
            drawn=self._line,
        )  # fmt: skip
        sink.first = first
        return sink

    def _table_sink(self, data: Path) -> Sink:
        if self.suffix == ".xlsx":
            from routecheck.batch.xlsx import XlsxTable  # noqa: PLC0415 - extra

            names = [*self.columns, *self.names, *self.extra.names]
            as_of = self.auditor.zones.as_of
            made = datetime(*(as_of.timetuple()[:3] if as_of else (2000, 1, 1)), tzinfo=UTC)
            return Sheet(XlsxTable(data, names, made.replace(tzinfo=None)))
        metadata = {
            "routecheck": json.dumps(
                {"version": __version__, "as_of": self.auditor.as_of,
                 "zones": self.auditor.zones.sha256}
            )
        }  # fmt: skip
        return TableSink(
            data, self.suffix, self.sources.schema, self.names, self.extra, self._line, metadata
        )

    def _line(self, number: int) -> dict[str, Any] | None:
        """The line of an answer."""
        if self.auditor.book is not self._book:
            self._book, self._drawn = self.auditor.book, {}
        route = int(self._book.rows["route"][number])
        if route < 0:
            return None
        drawn = self._drawn.get(route)
        if drawn is None:
            drawn = self._drawn[route] = drawn_route(self.auditor.routes.route(route))
        return drawn

    # Rows.

    def _written(self, sink: Sink | None, skip: int) -> Generator[int, None, None]:
        """Answer and write all rows but the first so many; yields the rows that are written."""
        waiting: list[tuple[Future[None], int]] = []
        with ThreadPoolExecutor(1) as writer:
            try:
                for piece in _ahead(self.sources.pieces()):
                    answers = self.auditor.answers(
                        piece.batch, piece.errors, self._columns(piece.file)
                    )
                    self._count(piece, answers)
                    first, self.total_rows = self.total_rows, self.total_rows + len(piece.batch)
                    if sink is not None and self.total_rows > skip:
                        job = self._prepared(sink, piece, answers, max(0, skip - first))
                        waiting.append((writer.submit(sink.write, *job), self.total_rows))
                    if self.progress is not None:
                        self.progress(self.total_rows, self.sources.position)
                    while len(waiting) > AHEAD or (waiting and self._note_due()):
                        done, rows = waiting.pop(0)
                        done.result()
                        # Only when nothing is being written is the end of the file a row's end.
                        if not waiting:
                            yield rows
                for done, _ in waiting:
                    done.result()
            finally:
                for done, _ in waiting:
                    done.cancel()

    def _columns(self, file: str) -> Any:
        return self.auditor.columns_of(self.sources.columns_of[file], file)

    def _count(self, piece: Piece, answers: Answers) -> None:
        wrong = self.counter.count(piece.batch, answers, piece.file, piece.first_row)
        if wrong and self.plan.strict:
            errors = answers.book.rows["error"][answers.ids]
            row = int(np.argmax(errors >= 0))
            text = answers.book.words["error"].texts[int(errors[row])]
            where = f"{printable(piece.file)}, row {piece.first_row + row}"
            raise BadRowError(f"{where}: {text} (stopped by --strict)")

    def _prepared(self, sink: Sink, piece: Piece, answers: Answers, skip: int) -> tuple[Any, Any]:
        """Rows to write, less the first so many, and what is to be written beside them."""
        batch, ids = piece.batch.slice(skip), answers.ids[skip:]
        extra: list[pa.Array] = []
        if self.before is not None:
            old = self.before.answers(piece.batch, piece.errors, self._columns(piece.file))
            verdicts = old.book.rows["verdict"][old.ids[skip:]]
            changed = verdicts != answers.book.rows["verdict"][ids]
            self.changed += int(changed.sum())
            words = old.book.words["verdict"].array
            indices = pa.array(verdicts, pa.int32())
            extra = [pa.DictionaryArray.from_arrays(indices, words), pa.array(changed)]
            if self.plan.only_changed:
                rows = np.flatnonzero(changed)
                batch, ids = batch.take(pa.array(rows)), ids[rows]
                extra = [column.take(pa.array(rows)) for column in extra]
        return batch, sink.prepare(answers.book, ids, extra)

    def _result(self) -> Counts:
        counts = self.counter.result(self.sources.files)
        if self.before is not None:
            counts.changed = self.changed
        return counts


class BadRowError(RoutecheckError):
    """A row cannot be checked, and the audit is to stop at the first."""


class _ChangedError(RoutecheckError):
    """An interrupted audit cannot be gone on with; what it wrote is left alone."""


def _ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items, made in another thread while the one before is used."""
    made: queue.Queue[Any] = queue.Queue(AHEAD)
    ended = threading.Event()

    def put(item: Any) -> bool:
        while not ended.is_set():
            with contextlib.suppress(queue.Full):
                made.put(item, timeout=0.1)
                return True
        return False

    def read() -> None:
        try:
            for item in items:
                if not put((item, None)):
                    return
            put((None, StopIteration()))
        except BaseException as error:
            put((None, error))

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        while True:
            item, error = made.get()
            if isinstance(error, StopIteration):
                return
            if error is not None:
                raise error
            yield item
    finally:
        ended.set()
        reader.join()
