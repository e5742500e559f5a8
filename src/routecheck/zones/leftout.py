"""What is left out of a zone file: how far it may reach, and the words that name it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from routecheck.zones.circles import mentions_radius
from routecheck.zones.fields import MAX_BUFFER_KM
from routecheck.zones.model import LEFT_OUT, Box, LeftOut, Problem
from routecheck.zones.problems import Problems, printable, show

__all__ = ["LEAVE", "Leftovers", "boxes_of", "name_of", "turned_boxes"]

Array = npt.NDArray[np.float64]

NAMES: Final = ("name", "title", "label", "designator", "nam", "name_en", "zone_name",
                "zonename", "airspace_name", "fir_name", "firname", "ident", "identifier",
                )  # fmt: skip
"""Properties that name an area, in small letters, the plainest first."""

LAST_NAMES: Final = ("name:en", "txt_name", "txtname", "airspace", "airspace_name_en", "fir", "uir",
                     "icao", "icao_code", "icaocode", "code_id", "code", "id")  # fmt: skip
"""Properties that say at least which area it is, used where nothing else names it."""

LEAVE: Final = "; or leave it out with --skip-bad (skip_bad=True)"
"""The end of an error in a feature that need not keep the others from being read."""

MAX_NAMED: Final = 40
"""Letters of a name in a warning."""

_HALF_TURN: Final = 180.0


def name_of(properties: Any, feature: Any = None) -> str:
    """What a feature is called by the usual properties, else by its id; empty if by none."""
    found: dict[str, str] = {}
    for key, value in properties.items() if isinstance(properties, dict) else ():
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            continue
        if isinstance(value, float) and not math.isfinite(value):
            continue
        text = str(value).strip()
        if text:
            # The key as it is written in the list comes before other spellings of it.
            word = key.lower().replace(" ", "_")
            if word not in found or key == word:
                found[word] = text
    for word in NAMES:
        if word in found:
            return found[word]
    ident = feature.get("id") if isinstance(feature, dict) else None
    if isinstance(ident, str | int) and not isinstance(ident, bool):
        return str(ident).strip()
    if feature is None:
        return ""
    return next((found[word] for word in LAST_NAMES if word in found), "")


def boxes_of(geometry: Any) -> tuple[Box, ...] | None:
    """Boxes that hold all of a geometry, however its rings are read; None if that cannot be told.

    Its positions must be places. Of a ring with an edge of more than half a turn, or over a pole,
    all longitudes count, up to the pole.
    """
    found: list[Box] = []
    for ring in _position_lists(geometry):
        if ring is None:
            return None
        box = _box_of(ring)
        if box is None:
            return None
        found.append(box)
    return tuple(dict.fromkeys(found)) or None


def _box_of(ring: Array) -> Box | None:
    lon, lat = ring[:, 0], ring[:, 1]
    if not (np.isfinite(ring).all() and (np.abs(lat) <= 90.001).all()):
        return None
    if (np.abs(lon) > 540).any():
        return None
    west, east = float(lon.min()), float(lon.max())
    south, north = max(-90.0, float(lat.min())), min(90.0, float(lat.max()))
    steps = np.abs(np.diff(lon, append=lon[:1]))
    if (steps > _HALF_TURN).any() or east - west >= 360:
        west, east = -180.0, 180.0
        if north > 0:
            north = 90.0
        if south < 0:
            south = -90.0
    return west, south, east, north


def turned_boxes(lon: Array, lat: Array) -> tuple[Box, ...]:
    """The box of the other reading of a ring with edges of more than half a turn: the short way."""
    other = np.unwrap(lon, period=360.0)
    south, north = float(lat.min()), float(lat.max())
    if abs(float(other[-1] - other[0])) < _HALF_TURN:
        return ((float(other.min()), south, float(other.max()), north),)
    # once round the Earth: over the pole on the side where it is
    north = 90.0 if north > 0 else north
    south = -90.0 if south < 0 else south
    return ((-180.0, south, 180.0, north),)


def _position_lists(geometry: Any) -> Iterator[Array | None]:
    """Every list of positions in a geometry; None for what is none."""
    if not isinstance(geometry, dict):
        yield None
        return
    members = geometry.get("geometries")
    if isinstance(members, list):
        for member in members:
            yield from _position_lists(member)
        return
    stack = [geometry.get("coordinates")]
    while stack:
        item = stack.pop()
        if not isinstance(item, list) or not item:
            yield None
            continue
        if _is_position(item):
            yield np.array([item[:2]], dtype=np.float64)
        elif all(_is_position(part) for part in item):
            yield np.array([part[:2] for part in item], dtype=np.float64)
        elif any(isinstance(part, list) and part and isinstance(part[0], list) for part in item):
            stack.extend(item)
        else:
            yield None


def _is_position(item: Any) -> bool:
    return (
        isinstance(item, list)
        and len(item) >= 2
        and all(type(part) in (int, float) and abs(part) < 1e300 for part in item[:2])
    )


class Leftovers:
    """What one file leaves out, or can be read in other ways.

    Attributes
    ----------
    skip_bad : bool
        Whether features with errors are left out; else they stay errors.
    items : list of LeftOut
    """

    __slots__ = ("_problems", "items", "skip_bad")

    def __init__(self, problems: Problems, *, skip_bad: bool) -> None:
        self._problems = problems
        self.skip_bad = skip_bad
        self.items: list[LeftOut] = []

    def leave(
        self, feature: Any, ident: str, errors: Sequence[Problem], geometry: Any, pointer: str
    ) -> None:
        """Leave out a feature with errors: a warning that names it, and the record."""
        raw = feature.get("properties") if isinstance(feature, dict) else None
        raw = raw if isinstance(raw, dict) else {}
        first = errors[0] if errors else None
        message = first.message.removesuffix(LEAVE) if first else "its coordinates are not degrees"
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        name = name_of(raw, feature)[:MAX_NAMED]
        own = raw.get("id")
        ident = str(own)[:MAX_NAMED] if isinstance(own, str | int) else ident
        called = f", {show(name)}" if name and name != ident else ""
        self._problems.warn(
            f"left out{called}: {message}{more}", first.pointer if first else pointer, ident,
            LEFT_OUT,
        )  # fmt: skip
        buffer_km, boxes = _stand_off_km(raw), None
        if buffer_km is not None and not _may_be_circle(raw, geometry):
            boxes = boxes_of(geometry)
        self.note(name or ident, f"was left out ({_cause(message)})", boxes, buffer_km or 0.0)

    def note(
        self,
        feature: str,
        why: str,
        boxes: tuple[Box, ...] | None,
        buffer_km: float,
        *,
        kept: bool = False,
        bad: bool = True,
    ) -> None:
        """Note that something may be a zone that is not read, or not in this way."""
        self.items.append(
            LeftOut(printable(feature), self._problems.file, why, boxes, buffer_km, kept, bad)
        )


def _cause(message: str) -> str:
    """What is wrong, without the advice that follows it."""
    return message.partition(": ")[0].partition("; ")[0][:120]


def _stand_off_km(raw: dict[str, Any]) -> float | None:
    """Stand-off and doubt that properties give; None if one of them cannot be read."""
    total = 0.0
    for key in ("buffer_km", "accuracy_km"):
        value = raw.get(key)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        if not 0 <= value <= MAX_BUFFER_KM:  # so that NaN is unreadable
            return None
        total += float(value)
    return total


def _may_be_circle(raw: dict[str, Any], geometry: Any) -> bool:
    """Whether a radius may reach beyond the positions of a geometry."""
    if not isinstance(geometry, dict):
        return True
    if geometry.get("type") in ("Polygon", "MultiPolygon"):
        return False
    return (
        str(geometry.get("type")).lower() == "circle"
        or mentions_radius(raw)
        or mentions_radius(geometry)
        or "extent" in geometry
    )
