"""Is a point inside an outline? By winding number in longitude and latitude."""

from __future__ import annotations

from typing import Final

from routecheck.geometry.shapes import Shapes

__all__ = ["POLE_DEG", "winding_at"]

POLE_DEG: Final = 90.0 - 1e-7
"""1 cm from a pole: there every longitude is as good as any other."""

SEAM_DEG: Final = 1e-9
"""0.1 mm at the equator."""


def winding_at(shapes: Shapes, zone: int, lon: float, lat: float) -> int:
    """How often the outline of a zone winds about a point (degrees); not 0 means inside.

    Edges are straight in lon/lat, which is where they were published (the geodesic edges are
    within 2 m). For a zone of several rings the answer is 1 or 0: overlapping parts stay inside,
    and half-open tests give a point on the common border of two parts to exactly one of them.
    """
    lat = min(POLE_DEG, max(-POLE_DEG, lat))
    if lat < shapes.south[zone] or lat > shapes.north[zone]:
        return 0
    west, east = shapes.west[zone], shapes.east[zone]
    x = west + (lon - west) % 360.0
    if east - west >= 360.0 - SEAM_DEG and min(x - west, east - x) < SEAM_DEG:
        # Of an outline all around the Earth west and east are one meridian: not a border, but where
        # it was cut to be written down.
        x = west + SEAM_DEG
    while x <= east:
        if shapes.rings[zone] == 1:
            turns = turns_about(shapes, zone, x, lat)
        else:
            turns = within_parts(shapes, zone, x, lat)
        if turns != 0:
            return turns
        x += 360.0
    return 0


def band_of(shapes: Shapes, zone: int, lat: float) -> int:
    """Which band of the zone a latitude within it lies in."""
    band = int((lat - shapes.south[zone]) * shapes.band_per_deg[zone])
    first: int = shapes.band_first[zone]
    last: int = first + shapes.band_count[zone] - 1
    return min(last, max(first, first + band))


def turn_of_edge(shapes: Shapes, edge: int, x: float, y: float) -> int:
    """1 or -1 for an edge that passes east of the point going north or south, else 0."""
    y0, y1 = shapes.lat[edge], shapes.lat[edge + 1]
    if (y0 <= y) == (y1 <= y):
        return 0
    x0 = shapes.lon[edge]
    if x0 + (y - y0) / (y1 - y0) * (shapes.lon[edge + 1] - x0) <= x:
        return 0
    return 1 if y1 > y0 else -1


def turns_about(shapes: Shapes, zone: int, x: float, y: float) -> int:
    """Winding number of the one ring of a zone."""
    band = band_of(shapes, zone, y)
    turns = 0
    for i in range(shapes.band_ptr[band], shapes.band_ptr[band + 1]):
        turns += turn_of_edge(shapes, shapes.band_edge[i], x, y)
    return turns


def within_parts(shapes: Shapes, zone: int, x: float, y: float) -> int:
    """Inside a polygon: the exterior winds about the point, and none of its holes does.

    Which way round does not matter: a ring that touches itself has parts that wind either way.
    """
    band = band_of(shapes, zone, y)
    ring, polygon, turns, inside, in_hole = -1, -1, 0, False, False
    for i in range(shapes.band_ptr[band], shapes.band_ptr[band + 1]):
        edge = shapes.band_edge[i]
        if shapes.edge_ring[edge] != ring:
            if turns != 0 and ring >= 0:
                if shapes.ring_hole[ring] != 0:
                    in_hole = True
                else:
                    inside = True
            ring, turns = shapes.edge_ring[edge], 0
            if shapes.ring_polygon[ring] != polygon:
                if inside and not in_hole:
                    return 1
                polygon, inside, in_hole = shapes.ring_polygon[ring], False, False
        turns += turn_of_edge(shapes, edge, x, y)
    if turns != 0 and ring >= 0:
        if shapes.ring_hole[ring] != 0:
            in_hole = True
        else:
            inside = True
    return 1 if inside and not in_hole else 0
