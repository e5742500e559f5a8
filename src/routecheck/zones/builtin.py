"""The built-in zone set: from its ready-made table, or from the GeoJSON files if they changed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from routecheck.errors import ZoneError
from routecheck.packed import unpack
from routecheck.zones.table import file_states, read_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routecheck.zones.model import ZoneSet

__all__ = ["TABLE", "builtin_files", "builtin_folder", "builtin_set"]

_PACKAGE: Final = Path(__file__).resolve().parents[1]

TABLE: Final = _PACKAGE / "data" / "zones.table"
"""Made by ``tools/make_tables.py``."""


def builtin_folder() -> Path:
    """Folder of the built-in zone files, in an installed package or in a source tree.

    Raises
    ------
    ZoneError
        If there is none.
    """
    for folder in (_PACKAGE / "data" / "zones", _PACKAGE.parents[1] / "zones"):
        if folder.is_dir() and any(folder.glob("*.geojson")):
            return folder
    raise ZoneError(
        "the built-in zone files are missing from this installation: reinstall routecheck, or "
        "name zone files of your own"
    )


def builtin_files() -> list[Path]:
    """The built-in zone files, by name."""
    return sorted(builtin_folder().glob("*.geojson"))


def builtin_set() -> ZoneSet:
    """The built-in set, read once in a process.

    Raises
    ------
    ZoneError
        If a file is missing, or was changed so that it cannot be used.
    """
    return _set_of(builtin_folder())


@cache
def _set_of(folder: Path) -> ZoneSet:
    files = sorted(folder.glob("*.geojson"))
    ready = _from_table(files)
    if ready is not None:
        return ready
    from routecheck.zones.sources import read_shipped  # noqa: PLC0415 - only after a change

    return read_shipped(files)


def _from_table(files: Sequence[Path]) -> ZoneSet | None:
    """The set of the table, if the files are still those that it was made of."""
    table = unpack(TABLE)
    if table is None:
        return None
    try:
        return read_set(table, file_states(files))
    except (OSError, LookupError, TypeError, ValueError):
        return None  # the files are at fault, or the table is of another version
