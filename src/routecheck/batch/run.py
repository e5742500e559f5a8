"""The local engine: files in, one file out, written beside and moved into place."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import math
import os
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeVar

import numpy as np
import pyarrow as pa

from routecheck._version import __version__
from routecheck.batch.auditor import Answers, Auditor
from routecheck.batch.columns import columns_text
from routecheck.batch.count import MOST_LAYOUTS, Counter_, Counts
from routecheck.batch.journal import counts_of, plain_counts
from routecheck.batch.plan import (
    Plan,
    check_dates,
    check_sheet,
    check_target,
    partial_of,
    target_of,
    told_sources,
)
from routecheck.batch.result import ADDED, Piece, added_names
from routecheck.batch.sinks import (
    Sheet,
    Sink,
    TableSink,
    TextSink,
    cuts,
    drawn_route,
    sync,
)
from routecheck.batch.sources import Sources
from routecheck.errors import RoutecheckError
from routecheck.holding import LOCK, HeldError, Hold, move
from routecheck.zones.model import stamp_text
from routecheck.zones.problems import printable

__all__ = [
    "MARK", "BadRowError", "ChangedError", "audit_files", "interrupted_date", "judged_by",
]  # fmt: skip

T = TypeVar("T")

SYNC_S: Final = 1.0
NOTED_SHARE: Final = 50
"""So often, at most, is noted what has reached the disk and what was counted; and not before it has
gone on for so many times as long as that takes."""
MOST_DRAWN: Final = 500
"""Lines of routes kept, some 30 kB each."""

AHEAD: Final = 1
"""Batches that are read, and written, while another is answered."""

RESUMED: Final = (".csv", ".ndjson", ".jsonl", ".geojson")
"""What can be gone on with; the end of the others is their index."""

MARK: Final = ".routecheck-audit.json"
"""Lies in a folder of outputs while they are made."""

BEFORE: Final = pa.schema(
    [("verdict_before", pa.dictionary(pa.int32(), pa.string())), ("changed", pa.bool_())]
)
"""Columns that are added where a set of zones is compared with an older one."""

Progress = Callable[[int, int], None]


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
    sources = told_sources(plan, auditor)
    if suffix == ".xlsx":
        check_sheet(sources, plan, len(sources.schema) + len(ADDED) + 2 * (before is not None))
    run = _Run(plan, auditor, before, sources, suffix, progress)
    if plan.output in ("", "-"):
        return run.straight(stdout)
    return run.beside()


def interrupted_date(output: str) -> str | None:
    """The day by which an interrupted audit judged rows without a date; None if there is none."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RoutecheckError):
        path = target_of(output)
        noted = path / MARK if path.is_dir() else partial_of(path) / "journal.json"
        return str(json.loads(noted.read_text("utf-8"))["date"])
    return None


def judged_by(plan: Plan, auditor: Auditor, before: Auditor | None) -> tuple[str, ...]:
    """What decides the output, beside the input."""
    older = before.zones.sha256 if before else ""
    return (
        __version__, auditor.zones.sha256, older, repr(auditor.settings), str(plan.raw_text),
        str(plan.only_changed),
        repr((plan.delimiter, plan.encoding, plan.header_row, plan.no_header, plan.sheet)),
    )  # fmt: skip


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
        self._note_at_s = math.inf
        self._book = auditor.book
        self._replaces = plan.output not in ("", "-") and (
            plan.force or target_of(plan.output).exists()
        )

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
        path = target_of(self.plan.output)
        partial = partial_of(path)
        try:
            hold = Hold(partial / LOCK)
        except HeldError as error:
            name = printable(self.plan.output)
            raise HeldError(f"{name}: {error}: wait until it has ended, or name another") from None
        except OSError as error:
            raise self._unwritten(error, partial) from error
        try:
            self._held(path, partial, hold)
        finally:
            hold.release(folder=True)
        return self._result()

    def _held(self, path: Path, partial: Path, hold: Hold) -> None:
        """Make the file; what can be gone on with later is left, and nothing else."""
        kept = False
        try:
            self._look_again(path, partial)
            journal = self._opened(partial, hold)
            self._work(path, partial, journal, hold)
        except OSError as error:
            kept = self._goes_on(partial)
            raise self._unwritten(error, partial) from error
        except ChangedError:
            kept = True
            raise
        except RoutecheckError:
            raise
        except BaseException:
            kept = self._goes_on(partial)
            raise
        finally:
            if not kept:
                with contextlib.suppress(OSError):
                    hold.clear()

    def _look_again(self, path: Path, partial: Path) -> None:
        """Refuse what another one has made or begun since the output was looked at."""
        name = printable(self.plan.output)
        if path.exists() and not self._replaces:
            raise ChangedError(f"{name} is there already: name another file, or add --force")
        begun = (partial / "journal.json").exists()
        if begun and not self.plan.force and not self.plan.resume:
            raise ChangedError(
                f"{name}: an interrupted audit is there ({printable(partial.name)}): go on with "
                "--resume, or start anew with --force"
            )

    def _goes_on(self, partial: Path) -> bool:
        """Whether what is there can be gone on with."""
        return self.suffix in RESUMED and (partial / "journal.json").exists()

    def _unwritten(self, error: OSError, partial: Path) -> RoutecheckError:
        name = printable(self.plan.output)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            how = "go on with --resume" if self._goes_on(partial) else "try again"
            return RoutecheckError(f"{name}: the disk is full: make room, then {how}")
        return RoutecheckError(f"{name}: cannot be read or written: {error.strerror or error}")

    def _fingerprint(self) -> str:
        said = (
            *judged_by(self.plan, self.auditor, self.before), self.sources.fingerprint, self.suffix
        )  # fmt: skip
        return hashlib.sha256(repr(said).encode()).hexdigest()

    def _opened(self, partial: Path, hold: Hold) -> dict[str, Any]:
        """What an interrupted audit noted, if it is gone on with."""
        journal: dict[str, Any] = {
            "fingerprint": self._fingerprint(), "rows": 0, "bytes": 0,
            "date": stamp_text(self.auditor.settings.date),
        }  # fmt: skip
        if self.plan.resume:
            with contextlib.suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
                noted = json.loads((partial / "journal.json").read_text("utf-8"))
                if noted["fingerprint"] != journal["fingerprint"]:
                    raise ChangedError(
                        f"{printable(self.plan.output)}: the input, the zones or the options have "
                        "changed since the audit was interrupted: start anew with --force"
                    )
                counts = counts_of(noted["counts"])
                there = range(self._data(partial).stat().st_size + 1)
                whole = isinstance(noted["bytes"], int) and noted["bytes"] in there
                if whole and counts.rows == noted["rows"]:
                    self.counter = Counter_(self.auditor, counts)
                    self.changed = counts.changed or 0
                    return dict(noted)
        hold.clear()
        return journal

    def _data(self, partial: Path) -> Path:
        return partial / ("audit" + self.suffix)

    def _work(self, path: Path, partial: Path, journal: dict[str, Any], hold: Hold) -> None:
        data = self._data(partial)
        if self.suffix in RESUMED:
            with data.open("r+b" if data.exists() else "w+b") as file:
                file.truncate(journal["bytes"])
                file.seek(journal["bytes"])
                sink: Sink = self._text_sink(file, begun=bool(journal["bytes"]))
                self._append(sink, file, partial, journal)
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
        if not hold.lasts():
            raise ChangedError(
                f"{printable(self.plan.output)}: {printable(partial.name)} was taken away or over "
                "by another process while it was written: start anew"
            )
        try:
            move(data, path, replace=self._replaces)
        except FileExistsError:
            raise ChangedError(
                f"{printable(self.plan.output)} has been made by another process meanwhile: name "
                "another file, or put this one in its place with --resume"
            ) from None

    def _append(self, sink: Sink, file: BinaryIO, partial: Path, journal: dict[str, Any]) -> None:
        self._note_at_s = time.monotonic() + SYNC_S
        for rows in self._written(sink, journal["rows"]):
            began_s = time.monotonic()
            counts = plain_counts(self._counted())
            journal |= {"rows": rows, "bytes": sync(file), "counts": counts}
            beside = partial / "journal.new"
            beside.write_text(json.dumps(journal), encoding="utf-8")
            beside.replace(partial / "journal.json")
            now_s = time.monotonic()
            self._note_at_s = now_s + max(SYNC_S, NOTED_SHARE * (now_s - began_s))
        sink.close()
        sync(file)

    def _counted(self) -> Counts:
        counts = self.counter.folded()
        if self.before is not None:
            counts.changed = self.changed
        return counts

    def _text_sink(self, file: BinaryIO, *, begun: bool) -> TextSink:
        names = [*self.names, *self.extra.names]
        return TextSink(
            file, self.suffix, self.columns, names, begun=begun, raw=self.plan.raw_text,
            drawn=self._line,
        )  # fmt: skip

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
            if len(self._drawn) >= MOST_DRAWN:
                self._drawn.clear()
            drawn = self._drawn[route] = drawn_route(self.auditor.routes.route(route))
        return drawn

    # Rows.

    def _written(self, sink: Sink | None, skip: int) -> Generator[int, None, None]:
        """Answer and write all rows but the first so many; yields the rows that are written.

        What is yielded, and no more, has then been counted and has reached the sink.
        """
        waiting: list[Future[None]] = []
        with ThreadPoolExecutor(1) as writer:
            try:
                for each in _ahead(self.sources.pieces()):
                    if each.first_row == 1:
                        check_dates(self.auditor, self.sources, each.file, each.batch)
                    piece = each.after(skip - self.total_rows)
                    self.total_rows += len(each.batch)
                    if piece is not None:
                        answers = self.auditor.answers(
                            piece.batch, piece.errors, self._columns(piece.file)
                        )
                        self._count(piece, answers)
                        verdicts = self._compared(piece, answers)
                        for cut in cuts(self.suffix, answers):
                            if sink is None:
                                break
                            job = self._prepared(sink, piece, answers, verdicts, slice(*cut))
                            waiting.append(writer.submit(sink.write, *job))
                            while len(waiting) > AHEAD:
                                waiting.pop(0).result()
                    if self.progress is not None:
                        self.progress(self.total_rows, self.sources.position)
                    if waiting and time.monotonic() > self._note_at_s:
                        while waiting:
                            waiting.pop(0).result()
                        yield self.total_rows
                for done in waiting:
                    done.result()
            finally:
                for done in waiting:
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

    def _compared(self, piece: Piece, answers: Answers) -> pa.DictionaryArray | None:
        """The verdicts of rows before, if they are asked for; those that changed are counted."""
        if self.before is None:
            return None
        old = self.before.answers(piece.batch, piece.errors, self._columns(piece.file))
        verdicts = old.book.rows["verdict"][old.ids]
        self.changed += int((verdicts != answers.book.rows["verdict"][answers.ids]).sum())
        words = old.book.words["verdict"].array
        return pa.DictionaryArray.from_arrays(pa.array(verdicts, pa.int32()), words)

    def _prepared(
        self, sink: Sink, piece: Piece, answers: Answers, before: pa.DictionaryArray | None,
        rows: slice,
    ) -> tuple[Any, Any]:  # fmt: skip
        """Some rows to write, and what is to be written beside them."""
        batch, ids = piece.batch[rows], answers.ids[rows]
        extra: list[pa.Array] = []
        if before is not None:
            old = before[rows]
            changed = np.asarray(old.indices) != answers.book.rows["verdict"][ids]
            extra = [old, pa.array(changed)]
            if self.plan.only_changed:
                kept = np.flatnonzero(changed)
                batch, ids = batch.take(pa.array(kept)), ids[kept]
                extra = [column.take(pa.array(kept)) for column in extra]
        return batch, sink.prepare(answers.book, ids, extra)

    def _result(self) -> Counts:
        counts = self._counted()
        counts.files = self.sources.files
        layouts = (columns_text(self._columns(file)) for file in self.sources.files)
        counts.columns = tuple(dict.fromkeys(layouts))[:MOST_LAYOUTS]
        return counts


class BadRowError(RoutecheckError):
    """A row cannot be checked, and the audit is to stop at the first."""


class ChangedError(RoutecheckError):
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
