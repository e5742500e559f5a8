"""Everything wrong or doubtful in a zone file, as records rather than as an error."""

from __future__ import annotations

from pathlib import Path

from routecheck.errors import ZoneError
from routecheck.zones.model import Problem
from routecheck.zones.parse import parse_zones
from routecheck.zones.problems import printable
from routecheck.zones.read import load_zones

__all__ = ["lint_file", "lint_text"]


def lint_file(path: str | Path, *, skip_bad: bool = False) -> tuple[Problem, ...]:
    """Check a zone file, or every file of a folder.

    Parameters
    ----------
    path : str or Path
    skip_bad : bool
        Whether features with errors are left out, as :func:`load_zones` does it: each is a warning.

    Returns
    -------
    tuple of Problem
        Errors first, then warnings; empty if there is nothing to say. What cannot be read is an
        error in this list too: this function does not raise.
    """
    try:
        source = path if isinstance(path, Path) else str(path)
        return load_zones(source, skip_bad=skip_bad).problems
    except ZoneError as error:
        return _problems_of(error, str(path))


def lint_text(
    data: bytes | str, name: str = "<stdin>", *, skip_bad: bool = False
) -> tuple[Problem, ...]:
    """Check a zone file that is already in memory, as :func:`lint_file` does."""
    try:
        return parse_zones(data, name, skip_bad=skip_bad).problems
    except ZoneError as error:
        return _problems_of(error, name)


def _problems_of(error: ZoneError, name: str) -> tuple[Problem, ...]:
    return error.problems or (Problem("error", str(error.args[0]), printable(name)),)
