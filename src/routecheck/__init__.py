"""Check whether a flight's path comes near a conflict zone.

>>> import routecheck as rc
>>> a = rc.check("BAK", "GRV", date="2024-12-24")
>>> a.verdict, a.reason
('avoid', 'endpoint')

A result is never a promise: ``clear`` means clear of the listed zones, as of the set's date.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from routecheck._version import __version__

if TYPE_CHECKING:
    from routecheck.airports import Airport, resolve
    from routecheck.api import check, compare
    from routecheck.batch.frames import audit
    from routecheck.errors import (
        DateError,
        MissingExtraError,
        PlaceError,
        RoutecheckError,
        RouteError,
        ZoneError,
    )
    from routecheck.geometry.measure import Measures, measure
    from routecheck.risk import Assessment, Exposure
    from routecheck.routes import Route, build_route
    from routecheck.zones.model import Advisory, Event, Zone, ZoneSet
    from routecheck.zones.read import load_zones

__all__ = [
    "Advisory",
    "Airport",
    "Assessment",
    "DateError",
    "Event",
    "Exposure",
    "Measures",
    "MissingExtraError",
    "PlaceError",
    "Route",
    "RouteError",
    "RoutecheckError",
    "Zone",
    "ZoneError",
    "ZoneSet",
    "__version__",
    "audit",
    "build_route",
    "check",
    "compare",
    "load_zones",
    "measure",
    "resolve",
]

_HOME: Final = {
    "airports": ("Airport", "resolve"),
    "api": ("check", "compare"),
    "batch.frames": ("audit",),
    "errors": (
        "DateError", "MissingExtraError", "PlaceError", "RouteError", "RoutecheckError",
        "ZoneError",
    ),
    "geometry.measure": ("Measures", "measure"),
    "risk": ("Assessment", "Exposure"),
    "routes": ("Route", "build_route"),
    "zones.model": ("Advisory", "Event", "Zone", "ZoneSet"),
    "zones.read": ("load_zones",),
}  # fmt: skip
"""Where each public name lives: imported on first use, so that importing routecheck is cheap."""


def __getattr__(name: str) -> Any:
    for module, names in _HOME.items():
        if name in names:
            value = getattr(import_module(f"routecheck.{module}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'routecheck' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
