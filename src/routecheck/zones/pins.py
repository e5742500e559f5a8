"""Features of plain files that are no polygons: circles are drawn, pins and lines left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from routecheck.zones.circles import disc, mentions_radius, radius_km_of
from routecheck.zones.leftout import MAX_NAMED, name_of
from routecheck.zones.lines import Lines, lines_of, width_km_of
from routecheck.zones.model import KINDS, LEFT_OUT, LEVELS
from routecheck.zones.problems import Problems, count_of, show

__all__ = ["PINS_ONLY", "SKIPPED", "Pins"]

SKIPPED: Final[dict[str, Any]] = {"type": "skipped"}
"""Stands in a collection for a member without an area, so that the others keep their places."""

PINS_ONLY: Final = "give a point a radius_km"
"""Advice in the errors of a file that holds nothing with an area."""

_BARE: Final = ("Point", "MultiPoint", "LineString", "MultiLineString")
_AREAS: Final = ("Polygon", "MultiPolygon")
_NAMED: Final = 10
_DEEPEST: Final = 50


class Pins:
    """The features of one file that are left out because they have no area.

    ``lines`` are those that may be outlines or axes of areas.
    """

    __slots__ = ("_circles", "_first", "_named", "_parts", "_problems", "_records", "lines")

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._named: list[str] = []
        self._records: list[tuple[str, str, str]] = []
        self._parts: list[str] = []
        self._first = ("", "", "")
        self._circles = 0
        self.lines: list[Lines] = []

    def geometry_of(
        self, feature: dict[str, Any], raw: dict[str, Any], pointer: str, default: str
    ) -> tuple[Any, bool]:
        """The geometry to read, circles drawn and lines removed; and whether it is to be read."""
        geometry = feature.get("geometry")
        if isinstance(geometry, dict) and geometry.get("type") in _AREAS:
            return geometry, True
        name = name_of(raw, feature) or _text(raw.get("id")) or default
        if geometry is not None and not isinstance(geometry, dict):
            return geometry, True
        kinds = list(_kinds(geometry, 0)) if geometry is not None else [None]
        if any(kind not in (*_BARE, *_AREAS, "Circle", "circle", None) for kind in kinds):
            return geometry, True  # the reader says what is wrong with it
        drawn = self._drawn(geometry, raw, pointer, name) if geometry is not None else SKIPPED
        if drawn is _REFUSED:
            return None, False
        self._note_lines(geometry, raw, name[:MAX_NAMED])
        if any(kind in _AREAS for kind in kinds):
            bare = sorted({str(kind or "null") for kind in _bare_kinds(drawn, geometry)})
            if bare:
                self._parts.append(f"{show(name[:MAX_NAMED])} ({', '.join(bare)})")
                if len(self._parts) == 1:
                    self._first = self._first if self._first[0] else (pointer, default, "")
            return drawn, True
        if any(kind in _AREAS for kind in _kinds(drawn, 0)):
            return drawn, True
        if _meant_as_zone(raw):
            return geometry, True  # an error, as it has no area
        kind = next((str(kind) for kind in kinds if kind), "null")
        self._records.append((pointer, default, kind))
        self._named.append(f"{show(name[:MAX_NAMED])} ({kind})")
        return None, False

    def _drawn(self, geometry: Any, raw: dict[str, Any], pointer: str, name: str) -> Any:
        """A geometry with its circles drawn, and what has no area marked as skipped."""
        kind = geometry.get("type")
        if kind == "GeometryCollection":
            members = [
                self._drawn(member, raw, pointer, name) if isinstance(member, dict) else SKIPPED
                for member in geometry["geometries"]
            ]
            if any(member is _REFUSED for member in members):
                return _REFUSED
            if all(member is SKIPPED for member in members):
                return SKIPPED
            return {**geometry, "geometries": members}
        if kind in _AREAS:
            return geometry
        drawn = self._circle(geometry, raw, pointer, name)
        return SKIPPED if drawn is None else drawn

    def _note_lines(self, geometry: Any, raw: dict[str, Any], name: str) -> None:
        """Keep the lines of a feature that may stand for an area."""
        lines = list(lines_of(geometry))
        if lines:
            self.lines.append(Lines(name, lines, width_km_of(raw)))

    def _circle(
        self, geometry: dict[str, Any], raw: dict[str, Any], pointer: str, name: str
    ) -> Any:
        """The polygons of points with a radius; None where there is none."""
        kind = geometry.get("type")
        inner = geometry.get("properties")
        members = {
            **raw,
            **(inner if isinstance(inner, dict) else {}),
            **{key: value for key, value in geometry.items() if key != "type"},
        }
        extent = geometry.get("extent")
        if isinstance(extent, dict):
            members.update(extent)
        if kind not in ("Circle", "circle") and not mentions_radius(members):
            return None
        radius = radius_km_of(members)
        if radius == 0 and kind not in ("Circle", "circle"):
            return None  # a pin
        if kind in ("LineString", "MultiLineString"):
            radius = "is a line with a radius: draw the polygon round it"
        elif radius is None or radius == 0:
            radius = "is a circle without a radius: give it one as radius_km"
        centres = _centres(geometry, members)
        if not isinstance(radius, str) and not centres:
            radius = "is a circle whose centre is no position [longitude, latitude]"
        if isinstance(radius, str):
            self._problems.error(f"{show(name[:MAX_NAMED])} {radius}", pointer, name)
            return _REFUSED
        assert radius is not None
        self._circles += len(centres)
        return {
            "type": "MultiPolygon",
            "coordinates": [[disc(lon, lat, radius)] for lon, lat in centres],
        }

    def finish(self, *, alone: bool) -> None:
        """Say what was left out and drawn; ``alone``: there is nothing else, which is an error."""
        problems = self._problems
        if self._circles:
            problems.warn(
                f"{count_of(self._circles, 'circle')} given as point and radius: drawn as a "
                "polygon that touches the circle from outside"
            )
        if alone:
            for pointer, feature, kind in self._records:
                if kind == "null":
                    problems.error(
                        "no geometry: a zone needs a Polygon or MultiPolygon; draw it, or remove "
                        "the feature",
                        pointer,
                        feature,
                    )
                else:
                    problems.error(
                        f"a {kind} has no area, only polygons make a zone: buffer it first (in a "
                        f"projection in metres), {PINS_ONLY}, or remove the feature",
                        pointer,
                        feature,
                    )
            return
        if self._named:
            problems.warn(
                f"{count_of(len(self._named), 'feature')} without an area left out: "
                f"{_listed(self._named)}; a point that stands for an area needs a radius_km",
                self._records[0][0],
                self._records[0][1],
                LEFT_OUT,
            )
        if self._parts:
            problems.warn(
                f"points and lines beside the polygons of {count_of(len(self._parts), 'feature')} "
                f"left out: {_listed(self._parts)}",
                self._first[0],
                self._first[1],
            )


_REFUSED: Final = object()


def _listed(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int) else ""


def _kinds(geometry: Any, depth: int) -> Iterator[Any]:
    """Types of all members of a geometry; one that is none counts as a word of its own."""
    if geometry is None:
        yield None
        return
    if not isinstance(geometry, dict) or depth > _DEEPEST:
        yield "?"
        return
    kind = geometry.get("type")
    members = geometry.get("geometries")
    if kind != "GeometryCollection":
        yield kind if isinstance(kind, str) else "?"
    elif not isinstance(members, list) or not members:
        yield "?"
    else:
        for member in members:
            yield from _kinds(member, depth + 1)


def _bare_kinds(drawn: Any, geometry: Any) -> Iterator[str]:
    """Types of the members that were marked as skipped."""
    if drawn is SKIPPED:
        yield from map(str, _kinds(geometry, 0))
    elif drawn.get("type") == "GeometryCollection":
        for made, member in zip(drawn["geometries"], geometry["geometries"], strict=True):
            yield from _bare_kinds(made, member)


def _meant_as_zone(raw: dict[str, Any]) -> bool:
    """Whether properties speak of a feature in this program's words for zones."""
    buffer_km = raw.get("buffer_km")
    return (
        raw.get("level") in LEVELS
        or raw.get("kind") in KINDS
        or (isinstance(buffer_km, int | float) and buffer_km > 0)
        or (isinstance(raw.get("advisories"), list) and bool(raw["advisories"]))
    )


def _centres(geometry: dict[str, Any], members: dict[str, Any]) -> list[tuple[float, float]]:
    """Positions of the centres of circles; none where one of them is no place."""
    given = geometry.get("coordinates")
    if given is None:
        given = members.get("center", members.get("centre"))
        if isinstance(given, dict):
            given = given.get("coordinates", [given.get("lon", given.get("lng")), given.get("lat")])
    many = given if geometry.get("type") == "MultiPoint" and isinstance(given, list) else [given]
    found = []
    for position in many:
        if (
            not isinstance(position, list)
            or len(position) < 2
            or not all(type(part) in (int, float) for part in position[:2])
        ):
            return []
        lon, lat = float(position[0]), float(position[1])
        if not (abs(lon) <= 360 and abs(lat) <= 90):
            return []
        found.append((lon, lat))
    return found
