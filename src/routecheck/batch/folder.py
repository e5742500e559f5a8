"""A folder of outputs: a file for each input."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from routecheck.batch.auditor import Auditor
from routecheck.batch.count import Counts
from routecheck.batch.plan import (
    Plan,
    check_target,
    partial_of,
    plan_of,
    target_of,
    told_sources,
)
from routecheck.batch.run import MARK, ChangedError, Progress, audit_files, judged_by
from routecheck.batch.sinks import SUFFIXES
from routecheck.errors import RoutecheckError
from routecheck.holding import LOCK, HeldError, Hold
from routecheck.zones.model import stamp_text
from routecheck.zones.problems import printable

__all__ = ["audit_folder", "begun_plans", "end", "held", "is_folder", "plans_of"]


def is_folder(output: str) -> bool:
    """Whether an output names a folder."""
    return (
        bool(output) and output != "-" and (output.endswith(("/", os.sep)) or Path(output).is_dir())
    )


def plans_of(plan: Plan) -> list[Plan]:
    """A plan for each input of a plan, if its output is a folder; the folder is made.

    A file keeps its name and its kind, where that can be written, else it becomes CSV.

    Raises
    ------
    RoutecheckError
        If the output is no folder, or two inputs have one name.
    """
    if not is_folder(plan.output):
        if plan.output in ("", "-"):
            raise RoutecheckError("a cluster writes files: name a folder, like -o out/")
        return [plan]
    folder = Path(plan.output)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise RoutecheckError(
            f"{printable(plan.output)}: the folder cannot be made: {error.strerror or error}"
        ) from error
    sources = plan.sources()
    plans: dict[str, Plan] = {}
    for file in sources.takes:
        target = str(folder / _name(Path(file)))
        if target in plans:
            raise RoutecheckError(
                f"{printable(file)} and {printable(plans[target].inputs[0])} would both be written "
                f"to {printable(target)}: audit them apart"
            )
        plans[target] = replace(plan_of(plan, sources, file), output=target)
    return list(plans.values())


def _name(path: Path) -> str:
    name = path.name.removesuffix(".gz")
    stem, suffix = Path(name).stem, Path(name).suffix.lower()
    return f"{stem}{suffix if suffix in SUFFIXES else '.csv'}"


def begun_plans(plan: Plan, auditor: Auditor, before: Auditor | None = None) -> list[Plan]:
    """The plans for a folder of outputs, or for what is left of them, and a mark in it.

    With ``resume``, files that are done are only counted.

    Raises
    ------
    RoutecheckError
        If an interrupted audit is there and is not to be gone on with, or it was another one.
    """
    plans = plans_of(plan)
    if not is_folder(plan.output):
        return plans
    name, mark = printable(plan.output), Path(plan.output) / MARK
    judged = list(judged_by(plan, auditor, before))
    inputs = {part.output: _state(part.inputs[0]) for part in plans}
    noted = _noted(mark)
    if noted and plan.resume:
        if noted["judged"] != judged:
            raise ChangedError(
                f"{name}: the zones or the options have changed since the audit was interrupted: "
                "start anew with --force"
            )
        return [_left(part, noted, inputs[part.output]) for part in plans]
    if noted and not plan.force:
        raise RoutecheckError(
            f"{name}: an interrupted audit is there: go on with --resume, or start anew with "
            "--force"
        )
    # Before a mark is made of an audit that cannot begin.
    told_sources(replace(plan, output=""), auditor)
    for part in plans:
        check_target(part)
    _write(
        mark,
        {
            "judged": judged, "date": stamp_text(auditor.settings.date), "force": plan.force,
            "inputs": inputs, "before": {part.output: _state(part.output) for part in plans},
        },
    )  # fmt: skip
    return plans


@contextlib.contextmanager
def held(plan: Plan) -> Iterator[None]:
    """Keep a folder of outputs to this process; nothing where the output is none.

    Raises
    ------
    HeldError
        If another process writes into it.
    """
    if not is_folder(plan.output):
        yield
        return
    name = printable(plan.output)
    made = False
    try:
        # Made here, as a lock needs it; an empty one is not left behind.
        with contextlib.suppress(FileExistsError):
            Path(plan.output).mkdir()
            made = True
        hold = Hold(Path(plan.output) / f"{MARK}.{LOCK}")
    except HeldError as error:
        raise HeldError(f"{name}: {error}: wait until it has ended, or name another") from None
    except OSError as error:
        raise RoutecheckError(
            f"{name}: the folder cannot be written to: {error.strerror or error}"
        ) from error
    try:
        yield
    finally:
        hold.release(folder=made)


def end(plan: Plan) -> None:
    """Take the mark away: the audit is done."""
    if is_folder(plan.output):
        (Path(plan.output) / MARK).unlink(missing_ok=True)


def _left(part: Plan, noted: dict[str, Any], state: list[int] | None) -> Plan:
    """What is left of a part of an interrupted audit."""
    output = target_of(part.output)
    made = output.exists() and _state(part.output) != noted["before"].get(part.output)
    if made and not partial_of(output).exists():
        if noted["inputs"].get(part.output) != state:
            raise ChangedError(
                f"{printable(part.inputs[0])} has changed since it was audited into "
                f"{printable(part.output)}: start anew with --force"
            )
        return replace(part, output="")
    return replace(part, force=part.force or bool(noted["force"]))


def _state(file: str) -> list[int] | None:
    """What changes when a file does; None if there is none."""
    try:
        found = Path(file).stat()
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def _noted(mark: Path) -> dict[str, Any] | None:
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
        noted = json.loads(mark.read_text("utf-8"))
        states = noted["inputs"], noted["before"]
        if all(isinstance(each, dict) for each in states) and {"judged", "force"} <= {*noted}:
            return dict(noted)
    return None


def _write(mark: Path, noted: dict[str, Any]) -> None:
    beside = mark.with_name(f"{mark.name}.new")
    try:
        beside.write_text(json.dumps(noted), encoding="utf-8")
        beside.replace(mark)
    except OSError as error:
        raise RoutecheckError(
            f"{printable(str(mark))}: cannot be written: {error.strerror or error}"
        ) from error


def audit_folder(
    plan: Plan, auditor: Auditor, progress: Progress | None, before: Auditor | None
) -> Counts:
    """Audit each input into a file of its own, one after another.

    With ``resume``, files that are done are only counted.
    """
    total = Counts()
    rows = read = 0

    def told(some_rows: int, some_bytes: int) -> None:
        if progress is not None:
            progress(rows + some_rows, read + some_bytes)

    with held(plan):
        for part in begun_plans(plan, auditor, before):
            counts = audit_files(part, auditor, told, before)
            rows += counts.rows
            total = total.merged(counts)
        end(plan)
    return total
