"""Zones: the model, reading and checking of zone files, and what stands on a day."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from routecheck.zones.ageing import Standing, parse_stamp, speaks, standing, standings, zones_on
from routecheck.zones.model import (
    KINDS,
    LEVELS,
    Advisory,
    Event,
    Kind,
    LeftOut,
    Level,
    Outline,
    Problem,
    Rating,
    Stamp,
    Zone,
    ZoneSet,
    stamp_text,
)

if TYPE_CHECKING:
    from routecheck.zones.lint import lint_file, lint_text
    from routecheck.zones.merge import combine
    from routecheck.zones.parse import parse_zones
    from routecheck.zones.read import builtin_folder, load_zones

__all__ = [
    "KINDS",
    "LEVELS",
    "Advisory",
    "Event",
    "Kind",
    "LeftOut",
    "Level",
    "Outline",
    "Problem",
    "Rating",
    "Stamp",
    "Standing",
    "Zone",
    "ZoneSet",
    "builtin_folder",
    "combine",
    "lint_file",
    "lint_text",
    "load_zones",
    "parse_stamp",
    "parse_zones",
    "speaks",
    "stamp_text",
    "standing",
    "standings",
    "zones_on",
]

_LATER: Final = {
    "builtin_folder": "read",
    "combine": "merge",
    "lint_file": "lint",
    "lint_text": "lint",
    "load_zones": "read",
    "parse_zones": "parse",
}
"""Imported on first use, so that the model can be had without the reader."""


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
