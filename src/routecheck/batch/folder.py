"""A folder of outputs: a file for each input."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from routecheck.batch.auditor import Auditor
from routecheck.batch.count import Counts
from routecheck.batch.run import Plan, Progress, audit_files, partial_of
from routecheck.batch.sinks import SUFFIXES
from routecheck.batch.sources import open_sources
from routecheck.errors import RoutecheckError
from routecheck.zones.problems import printable

__all__ = ["audit_folder", "is_folder", "plans_of"]


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
    files = open_sources(plan.inputs, delimiter=plan.delimiter, encoding=plan.encoding).files
    plans: dict[str, Plan] = {}
    for file in files:
        target = str(folder / _name(Path(file)))
        if target in plans:
            raise RoutecheckError(
                f"{printable(file)} and {printable(plans[target].inputs[0])} would both be written "
                f"to {printable(target)}: audit them apart"
            )
        plans[target] = replace(plan, inputs=(file,), output=target)
    return list(plans.values())


def _name(path: Path) -> str:
    name = path.name.removesuffix(".gz")
    stem, suffix = Path(name).stem, Path(name).suffix.lower()
    return f"{stem}{suffix if suffix in SUFFIXES else '.csv'}"


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

    for part in plans_of(plan):
        path = Path(part.output)
        done = part.resume and path.exists() and not partial_of(path).exists()
        counts = audit_files(replace(part, output="") if done else part, auditor, told, before)
        rows += counts.rows
        total = total.merged(counts)
    return total
