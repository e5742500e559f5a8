"""The words zone recipes are written in: provinces, drawn areas, boxes, and how they combine.

A shape is only a description. ``tools/build_zones.py`` turns it into a polygon.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "KM_PER_NM",
    "Box",
    "Difference",
    "Disc",
    "Drawn",
    "Intersection",
    "Offshore",
    "Provinces",
    "Recipe",
    "Shape",
    "Union",
    "Within",
]

KM_PER_NM = 1.852


@dataclass(frozen=True, slots=True)
class Shape:
    """An area, described. Combine with ``|`` (and), ``-`` (without) and ``&`` (only within)."""

    def __or__(self, other: Shape) -> Shape:
        return Union(self, other)

    def __sub__(self, other: Shape) -> Shape:
        return Difference(self, other)

    def __and__(self, other: Shape) -> Shape:
        return Intersection(self, other)


@dataclass(frozen=True, slots=True)
class Provinces(Shape):
    """Natural Earth first-level divisions of one country, by the names in the source.

    ``only`` keeps the listed names, ``but`` leaves some out; with neither, it is the country.
    """

    country: str
    only: tuple[str, ...] = ()
    but: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn(Shape):
    """A polygon placed by hand, (lon, lat) in degrees, not closed."""

    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Box(Shape):
    """All between two meridians and two parallels, degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Disc(Shape):
    """All within ``km`` of a place, on the ellipsoid."""

    lon: float
    lat: float
    km: float


@dataclass(frozen=True, slots=True)
class Within(Shape):
    """An area and all within ``km`` of it, on the ellipsoid: ``Within(x, km) - x`` is a belt."""

    area: Shape
    km: float


@dataclass(frozen=True, slots=True)
class Offshore(Shape):
    """A belt of sea ``km`` wide along a coast, kept within an area drawn off the neighbours."""

    coast: Shape
    km: float
    within: Shape


@dataclass(frozen=True, slots=True)
class Union(Shape):
    """Both areas."""

    one: Shape
    other: Shape


@dataclass(frozen=True, slots=True)
class Difference(Shape):
    """The first area without the second."""

    base: Shape
    cut: Shape


@dataclass(frozen=True, slots=True)
class Intersection(Shape):
    """What the two areas share."""

    one: Shape
    other: Shape


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one zone is made.

    Attributes
    ----------
    file : str
        Name of the GeoJSON file, without its suffix; ``""`` for the id.
    shape : Shape
        The outline before simplification.
    plus : Shape or None
        Added after simplification, like an airfield by the sea that it would cut off.
    exact : Shape or None
        Cut with this after simplification, so that its lines stay as published.
    tolerance_km : float
        How far simplification may move the outline.
    accuracy_km : float
        How far the outline may be from the area it stands for, all told.
    group : str
        Key of the advice text in ``src/routecheck/data/advice.json``; ``""`` for the generic one.
    holes : bool
        Keep holes (a belt around a country); else lakes and enclaves are filled.
    hindsight : str
        What was known only later when the outline of a historic zone was drawn; empty if nothing.
    rated : str
        Country in ``ratings.py`` whose OPSGROUP rating is shown beside the zone, as context.
    """

    id: str
    name: str
    shape: Shape
    accuracy_km: float
    basis: str
    notes: str = ""
    file: str = ""
    kind: str = "conflict"
    group: str = ""
    plus: Shape | None = None
    exact: Shape | None = None
    tolerance_km: float = 2.5
    buffer_km: float = 0.0
    weapons: tuple[str, ...] = ()
    holes: bool = False
    hindsight: str = ""
    rated: str = ""
