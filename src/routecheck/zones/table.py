"""The built-in zones as a ready-made table: what a check needs, without parsing and refining.

The GeoJSON files remain the truth. The table names the state of each file that it was made of, and
is only used while the files are in that state. It also holds the index of their outlines, as
:func:`~routecheck.geometry.index.build_index` lays it out.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from routecheck.geometry.index import build_index, keep_index, positions
from routecheck.geometry.shapes import Shapes
from routecheck.packed import Packed, pack
from routecheck.zones.ageing import parse_stamp
from routecheck.zones.model import Advisory, Outline, Rating, Stamp, Zone, ZoneSet, stamp_text

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["file_states", "packed_set", "read_set"]

FileState = tuple[str, int, int]
"""Name, size in bytes and CRC-32 of a file: no change by hand leaves them all as they were."""

_STAMPS: Final = ("issued", "expires", "ended")
_OUTLINE: Final = ("lon", "lat", "ring_start", "polygon", "given")
_MADE: Final = ("x", "y", "z", "lon", "lat")
_SHAPES: Final = tuple(name for name in Shapes._fields if name not in _MADE)
"""Arrays of the index in the table; those made anew take 1 ms, and would fill 0.6 MB."""

_INDEX: Final = "index."
_ELSEWHERE: Final = ("outline", "geometry")
"""Fields of a zone that are arrays, or drawn from them."""

_ADVISORY: Final = tuple(field.name for field in fields(Advisory))
_ZONE: Final = tuple(field.name for field in fields(Zone) if field.name not in _ELSEWHERE)
_SET: Final = ("dataset", "licence", "credits", "gaps", "gap_countries", "sha256", "files",
               "file_hashes")  # fmt: skip


def file_states(paths: Iterable[Path]) -> list[FileState]:
    """The state of files, in their order."""
    states = []
    for path in paths:
        data = path.read_bytes()
        states.append((path.name, len(data), zlib.crc32(data)))
    return states


# --- writing --------------------------------------------------------------------------------


def packed_set(zones: ZoneSet, states: Sequence[FileState]) -> bytes:
    """A set of GeoJSON files in some states as a table.

    Raises
    ------
    ValueError
        If a zone's geometry cannot be drawn from its outline.
    """
    advisories = {id(a): a for zone in zones for a in zone.advisories}
    position = {key: index for index, key in enumerate(advisories)}
    meta = {
        "made_of": states,
        "advisory": _ADVISORY,
        "zone": _ZONE,
        "index": _SHAPES,
        "set": {
            **{name: getattr(zones, name) for name in _SET},
            "as_of": stamp_text(zones.as_of),
            "covers": [stamp_text(day) for day in zones.covers],
        },
        "advisories": [[_plain(getattr(a, name)) for name in _ADVISORY]
                       for a in advisories.values()],
        "zones": [
            {**{name: _plain(getattr(zone, name)) for name in _ZONE},
             "advisories": [position[id(a)] for a in zone.advisories],
             "context": [[r.issuer, r.about, r.rating, r.date] for r in zone.context],
             "renewed": sorted(zone.renewed)}
            for zone in zones
        ],
    }  # fmt: skip
    if zones.problems:
        raise ValueError(f"the built-in files are not without a fault: {zones.problems[0]}")
    outlines = [zone.outline for zone in zones]
    given = [_given(zone) for zone in zones]
    shapes = build_index(outlines).shapes
    parts: dict[str, npt.NDArray[Any]] = {
        "vertices": _starts(outline.lon for outline in outlines),
        "rings": _starts(outline.polygon for outline in outlines),
        "lon": np.concatenate([outline.lon for outline in outlines]),
        "lat": np.concatenate([outline.lat for outline in outlines]),
        # One number more than rings: each zone's begin again at 0.
        "ring_start": np.concatenate([outline.ring_start for outline in outlines]),
        "polygon": np.concatenate([outline.polygon for outline in outlines]),
        "given": np.concatenate(given),
    }
    parts |= {_INDEX + name: _narrow(getattr(shapes, name)) for name in _SHAPES}
    return pack(meta, parts)


def _narrow(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Whole numbers in as few bytes as hold them all."""
    if array.dtype.kind == "f":
        return array
    return array.astype(np.result_type(*map(np.min_scalar_type, (array.min(), array.max()))))


def _plain(value: Any) -> Any:
    return stamp_text(value) if isinstance(value, date) else value


def _starts(parts: Iterable[npt.NDArray[Any]]) -> npt.NDArray[np.int64]:
    return np.cumsum([0, *(len(part) for part in parts)], dtype=np.int64)


def _given(zone: Zone) -> npt.NDArray[np.bool_]:
    """Which vertices of a zone's outline are those of its geometry; the others refine it.

    Raises
    ------
    ValueError
        If the geometry is not the same when drawn from these.
    """
    from routecheck.zones.outline import drawn  # noqa: PLC0415 - only when a table is made

    geometry, outline = zone.geometry, zone.outline
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    given = np.zeros(len(outline.lon), dtype=np.bool_)
    at = 0
    for position in (p for polygon in polygons for ring in polygon for p in ring):
        while at < len(given) and (outline.lon[at], outline.lat[at]) != tuple(position[:2]):
            at += 1
        given[at : at + 1] = True
        at += 1
    again = drawn(Outline(outline.lon, outline.lat, outline.ring_start, outline.polygon, given))
    if again != geometry:
        raise ValueError(f"{zone.id}: the geometry is not the one that its outline draws")
    return given


# --- reading --------------------------------------------------------------------------------


def read_set(table: Packed, states: Iterable[FileState]) -> ZoneSet | None:
    """The set that a table holds; None if it was made of other files, or for another model."""
    meta = table.meta
    if meta["made_of"] != [list(state) for state in states]:
        return None
    if meta["advisory"] != list(_ADVISORY) or meta["zone"] != list(_ZONE):
        return None
    advisories = [_advisory(values) for values in meta["advisories"]]
    outlines = _outlines(table)
    if meta["index"] == list(_SHAPES):
        keep_index(outlines, _shapes(table))
    about = dict(meta["set"])
    first, last = about["covers"]
    return ZoneSet(
        zones=tuple(
            _zone(values, outline, advisories)
            for values, outline in zip(meta["zones"], outlines, strict=True)
        ),
        as_of=_day(about["as_of"]),
        covers=(_day(first), _day(last)),
        **{name: _as_given(about[name]) for name in _SET},
    )


def _outlines(table: Packed) -> list[Outline]:
    lon, lat, ring_start, polygon, given = (table.array(name) for name in _OUTLINE)
    vertices, rings = table.array("vertices").tolist(), table.array("rings").tolist()
    made = []
    for number in range(len(vertices) - 1):
        own = slice(vertices[number], vertices[number + 1])
        ring, end = rings[number], rings[number + 1]
        made.append(
            Outline(
                lon[own], lat[own], ring_start[ring + number : end + number + 1],
                polygon[ring:end], given[own],
            )
        )  # fmt: skip
    return made


def _shapes(table: Packed) -> Shapes:
    lon, lat = table.array("lon").copy(), table.array("lat").copy()
    x, y, z = np.ascontiguousarray(positions(lon, lat).T)
    ready = {name: _wide(table.array(_INDEX + name)) for name in _SHAPES}
    return Shapes(x=x, y=y, z=z, lon=lon, lat=lat, **ready)


def _wide(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A copy of its own, which the compiled kernel takes for what it takes any other for."""
    return array.astype(np.float64 if array.dtype.kind == "f" else np.int64)


def _zone(values: dict[str, Any], outline: Outline, advisories: Sequence[Advisory]) -> Zone:
    values["weapons"] = tuple(values["weapons"])
    known = tuple([advisories[index] for index in values.pop("advisories")])
    values["renewed"] = frozenset(values["renewed"])
    values["context"] = tuple([Rating(*rating) for rating in values["context"]])
    values["since"] = _day(values["since"])
    zone = Zone(outline=outline, geometry={}, **values)
    object.__setattr__(zone, "advisories", known)  # the table says which of them were renewed
    object.__delattr__(zone, "geometry")  # drawn from the outline when somebody asks
    return zone


_ISSUED, _EXPIRES, _ENDED, _AERODROMES = (
    _ADVISORY.index(name) for name in (*_STAMPS, "aerodromes_in")
)


def _advisory(values: list[Any]) -> Advisory:
    for index in (_ISSUED, _EXPIRES, _ENDED):
        if values[index] is not None:
            values[index] = _stamp(values[index])
    values[_AERODROMES] = tuple(values[_AERODROMES])
    return Advisory(*values)


def _stamp(text: str) -> Stamp:
    return date.fromisoformat(text) if len(text) == 10 else parse_stamp(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _as_given(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
