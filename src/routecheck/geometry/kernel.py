"""The kernel: some routes against all zones, in one pass.

The same source runs as plain Python, for a route or two, and compiled, for millions
(:mod:`routecheck.geometry.compiled`). ``docs/geometry.md`` has the pictures and formulas.
"""

from __future__ import annotations

import math
from typing import Final

from routecheck.geometry.approach import outline_km
from routecheck.geometry.ellipsoid import ERROR_KM
from routecheck.geometry.geodesic import Line, line_between, line_from, point_at
from routecheck.geometry.pair import (
    NO_ROOM,
    closest_approach,
    deep_inside,
    pieces_near,
    stretches_inside,
    stretches_within,
)
from routecheck.geometry.piece import PIECE_KM, keep_piece, piece_between
from routecheck.geometry.shapes import Reals, Routes, Rows, Scratch, Shapes
from routecheck.geometry.spans import total_km
from routecheck.geometry.surface import place_at
from routecheck.geometry.world import pieces_abreast, zones_near

__all__ = [
    "DONE", "ROWS_FULL", "SCRATCH_FULL", "lay_pieces", "lay_route", "line_of", "measure_routes",
]  # fmt: skip

DONE: Final = 0
ROWS_FULL: Final = 1
SCRATCH_FULL: Final = 2


def measure_routes(
    shapes: Shapes, routes: Routes, buffer_km: Reals, limit_km: Reals, reach_km: float,
    scratch: Scratch, rows: Rows, route: int, stop: int, detailed: bool,
) -> tuple[int, int, int, int, int]:  # fmt: skip
    """Measure the routes from one number up to another.

    ``detailed`` asks how their ends lie and where they come nearest; else it is asked whether
    they are touching.

    Returns why it ended, the route to go on with, and how many rows, stretches inside and
    stretches within the buffer are filled.
    """
    count, inside, within = 0, 0, 0
    while route < stop:
        x1, y1, z1 = place_at(routes.lon1[route], routes.lat1[route])
        x2, y2, z2 = place_at(routes.lon2[route], routes.lat2[route])
        near = zones_near(shapes, limit_km, reach_km, scratch, x1, y1, z1, x2, y2, z2)
        if near > 0:
            if count + near > len(rows.route):
                return ROWS_FULL, route, count, inside, within
            line = line_of(routes, route)
            ends = (
                routes.lon1[route], routes.lat1[route], routes.lon2[route], routes.lat2[route],
            )  # fmt: skip
            pieces = lay_route(scratch, line, x1, y1, z1, x2, y2, z2)
            before = count, inside, within
            for i in range(near):
                zone = scratch.near[i]
                first, last = pieces_abreast(
                    shapes, zone, limit_km[zone] + ERROR_KM, pieces, x1, y1, z1, x2, y2, z2
                )
                lay_pieces(scratch, line, pieces, first, last)
                held, inner, outer = measure_pair(
                    shapes, zone, line, pieces, first, last, ends,
                    buffer_km[zone], limit_km[zone], scratch, rows, count, detailed,
                )  # fmt: skip
                if held < 0:
                    return SCRATCH_FULL, route, before[0], before[1], before[2]
                if held == 0:
                    continue
                if inside + inner > len(rows.in_row) or within + outer > len(rows.by_row):
                    return ROWS_FULL, route, before[0], before[1], before[2]
                rows.route[count], rows.zone[count] = route, zone
                for j in range(inner):
                    rows.in_row[inside] = count
                    rows.in_low[inside], rows.in_high[inside] = (
                        scratch.in_low[j],
                        scratch.in_high[j],
                    )
                    inside += 1
                for j in range(outer):
                    rows.by_row[within] = count
                    rows.by_low[within], rows.by_high[within] = (
                        scratch.by_low[j],
                        scratch.by_high[j],
                    )
                    within += 1
                count += 1
        route += 1
    return DONE, route, count, inside, within


def line_of(routes: Routes, route: int) -> Line:
    """The geodesic of a route."""
    lon1, lat1 = routes.lon1[route], routes.lat1[route]
    if routes.length_km[route] >= 0.0:
        return line_from(lon1, lat1, routes.azimuth[route], routes.length_km[route])
    return line_between(lon1, lat1, routes.lon2[route], routes.lat2[route])


def lay_route(
    scratch: Scratch, line: Line,
    x1: float, y1: float, z1: float, x2: float, y2: float, z2: float,
) -> int:  # fmt: skip
    """Cut a route into equal pieces, none of them laid yet; how many there are."""
    pieces = max(1, math.ceil(line.length_km / PIECE_KM))
    for number in range(pieces + 1):
        scratch.way_laid[number] = 0
        scratch.piece_laid[number] = 0
    keep_way_point(scratch, 0, x1, y1, z1)
    keep_way_point(scratch, pieces, x2, y2, z2)
    return pieces


def keep_way_point(scratch: Scratch, number: int, x: float, y: float, z: float) -> None:
    """Write a way-point down."""
    way = scratch.way
    way[3 * number], way[3 * number + 1], way[3 * number + 2] = x, y, z
    scratch.way_laid[number] = 1


def lay_pieces(scratch: Scratch, line: Line, pieces: int, first: int, stop: int) -> None:
    """Fill ``scratch.pieces`` from one piece up to another, as far as it is not filled yet."""
    step_km = line.length_km / pieces
    way = scratch.way
    for number in range(first, stop):
        if scratch.piece_laid[number] != 0:
            continue
        for end in (number, number + 1):
            if scratch.way_laid[end] == 0:
                x, y, z = point_at(line, end * step_km)
                keep_way_point(scratch, end, x, y, z)
        i = 3 * number
        piece = piece_between(
            way[i], way[i + 1], way[i + 2], way[i + 3], way[i + 4], way[i + 5],
            number * step_km, step_km,
        )  # fmt: skip
        keep_piece(scratch.pieces, number, piece)
        scratch.piece_laid[number] = 1


def measure_pair(
    shapes: Shapes, zone: int, line: Line, pieces: int, first: int, stop: int,
    ends: tuple[float, float, float, float], buffer_km: float, limit_km: float,
    scratch: Scratch, rows: Rows, row: int, detailed: bool,
) -> tuple[int, int, int]:  # fmt: skip
    """Fill a row if the route comes within the limit of the zone, or may for all we can tell.

    Returns 1 if it does, 0 if not and -1 where scratch paper runs out; how many stretches are
    inside, and how many within the buffer.
    """
    first, stop = pieces_near(shapes, zone, scratch, first, stop, limit_km + ERROR_KM)
    if stop == 0:
        return 0, 0, 0
    inside, meets = stretches_inside(shapes, zone, line, first, stop, ends, scratch)
    if inside == NO_ROOM:
        return -1, 0, 0
    closest_km = 0.0
    if inside == 0 and not meets:
        closest_approach(shapes, zone, line, first, stop, limit_km + ERROR_KM, scratch)
        closest_km = scratch.best[0]
        if closest_km > limit_km + ERROR_KM:
            return 0, 0, 0

    within = inside
    if closest_km <= buffer_km:
        within = stretches_within(shapes, zone, first, stop, buffer_km, inside, scratch)
        if within == NO_ROOM:
            return -1, 0, 0
    rows.inside_km[row] = total_km(scratch.in_low, scratch.in_high, inside)
    rows.buffered_km[row] = total_km(scratch.by_low, scratch.by_high, within)
    rows.closest_km[row] = closest_km
    if detailed:
        rows.touching[row] = 0
        rows.start[row], rows.end[row] = how_ends_lie(
            shapes, zone, line, scratch, pieces, inside, within, closest_km, buffer_km
        )
        keep_closest(rows, row, line, inside, closest_km, scratch)
        return 1, inside, within
    doubtful = abs(closest_km - buffer_km) <= ERROR_KM or abs(closest_km - limit_km) <= ERROR_KM
    if doubtful and inside > 0:
        doubtful = not deep_inside(shapes, zone, line, first, stop, inside, scratch)
    rows.touching[row] = 1 if doubtful else 0
    return 1, inside, within


def keep_closest(
    rows: Rows, row: int, line: Line, inside: int, closest_km: float, scratch: Scratch
) -> None:
    """Write down where the route comes nearest, or where it enters."""
    if closest_km > 0.0:
        best = scratch.best
        rows.km[row] = best[1]
        rows.px[row], rows.py[row], rows.pz[row] = best[2], best[3], best[4]
        rows.qx[row], rows.qy[row], rows.qz[row] = best[5], best[6], best[7]
        return
    rows.km[row] = scratch.in_low[0] if inside > 0 else scratch.cross_km[0]
    x, y, z = point_at(line, rows.km[row])
    rows.px[row], rows.py[row], rows.pz[row] = x, y, z
    rows.qx[row], rows.qy[row], rows.qz[row] = x, y, z


def how_ends_lie(
    shapes: Shapes, zone: int, line: Line, scratch: Scratch, pieces: int, inside: int, within: int,
    closest_km: float, buffer_km: float,
) -> tuple[int, int]:  # fmt: skip
    """2 for an end of the route inside the zone, 1 for one within its buffer, else 0.

    On the border, to within the error, counts as in: whether it is cannot be told.
    """
    if closest_km > ERROR_KM:
        if within == 0:
            near = closest_km <= buffer_km + ERROR_KM
            at_km = scratch.best[1]
            return (
                1 if near and at_km <= ERROR_KM else 0,
                1 if near and at_km >= line.length_km - ERROR_KM else 0,
            )
        start, end = 0, 0
    else:
        start = 2 if inside > 0 and scratch.in_low[0] <= ERROR_KM else 0
        end = 2 if inside > 0 and scratch.in_high[inside - 1] >= line.length_km - ERROR_KM else 0
        way, i = scratch.way, 3 * pieces
        if start == 0 and (outline_km(shapes, zone, way[0], way[1], way[2], ERROR_KM) <= ERROR_KM):
            start = 2
        if end == 0 and (
            outline_km(shapes, zone, way[i], way[i + 1], way[i + 2], ERROR_KM) <= ERROR_KM
        ):
            end = 2
    if start == 0 and within > 0 and scratch.by_low[0] <= ERROR_KM:
        start = 1
    if end == 0 and within > 0 and scratch.by_high[within - 1] >= line.length_km - ERROR_KM:
        end = 1
    return start, end
