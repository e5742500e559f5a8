"""The nearest zone, however far away it is."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from routecheck.geometry.approach import approach_of_piece
from routecheck.geometry.ellipsoid import geod
from routecheck.geometry.geodesic import Line, line_between, point_at
from routecheck.geometry.index import ZoneIndex, plain
from routecheck.geometry.kernel import lay_pieces, lay_route, line_of
from routecheck.geometry.pair import approach_of_ends
from routecheck.geometry.piece import read_piece
from routecheck.geometry.run import as_routes, new_scratch
from routecheck.geometry.shapes import Routes
from routecheck.geometry.surface import lon_lat, place_at

__all__ = ["FAR_KM", "TIE_KM", "nearest_zone", "settled_km"]

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

FAR_KM: Final = 2_000.0
"""Up to here the chord gives the distance to 1 m; farther away it is settled on the geodesic."""

TIE_KM: Final = 1e-6
"""1 mm."""

STEPS_KM: Final = (40.0, 4.0)
"""The foot of a far point is found to some 20 km; a parabola through three distances settles it."""


def nearest_zone(
    ends: Array, index: ZoneIndex, among: Indices | None = None
) -> tuple[int, float] | None:
    """The zone (among some, or all) nearest to any of some legs, however far, and how far in km.

    Within 10 m up to 2,000 km, to 0.01 % farther away. A leg inside a zone is not noticed here: it
    has a contact. Returns None if there is no zone.

    Parameters
    ----------
    ends : (n, 4) float array
        lon1, lat1, lon2, lat2 of each leg, degrees.
    """
    shapes = index.shapes
    first = np.asarray(shapes.zone_node)
    zones = np.arange(len(index)) if among is None else among
    zones = zones[first[zones + 1] > first[zones]]
    if not len(zones) or not len(ends):
        return None
    routes = Routes(*map(plain, as_routes(ends)))
    scratch = new_scratch(256, len(index))
    found: tuple[int, float] | None = None
    place: tuple[Line, tuple[float, ...]] | None = None
    for route in range(len(ends)):
        line = line_of(routes, route)
        start, stop = (
            place_at(routes.lon1[route], routes.lat1[route]),
            place_at(routes.lon2[route], routes.lat2[route]),
        )
        pieces = lay_route(scratch, line, *start, *stop)
        lay_pieces(scratch, line, pieces, 0, pieces)
        low_km = _at_least_km(scratch, pieces, shapes, first[zones])
        least_km = low_km.min(axis=0)
        for at in np.argsort(least_km, kind="stable").tolist():
            limit_km = 1e5 if found is None else found[1]
            if least_km[at] > limit_km:
                break
            zone, best = int(zones[at]), scratch.best
            best[0], best[1] = limit_km + TIE_KM, -1.0
            for number in np.argsort(low_km[:, at], kind="stable").tolist():
                if low_km[number, at] <= best[0]:
                    approach_of_piece(
                        index.plain, zone, read_piece(scratch.pieces, number), scratch
                    )
            approach_of_ends(index.plain, zone, line, 0, pieces, scratch)
            if best[1] < 0.0:
                continue
            km = best[0]
            # Zones that share the nearest corner: the first of them, whichever was tried first.
            if km < limit_km - TIE_KM or (found and km <= limit_km + TIE_KM and zone < found[0]):
                found = zone, km
                place = line, tuple(best)
    if found is not None and place is not None and found[1] > FAR_KM:
        line, best_of_all = place
        found = found[0], _settled_km(line, best_of_all[1], *lon_lat(*best_of_all[5:8]))
    return found


def settled_km(ends: Array, leg_km: Array, lon: Array, lat: Array) -> Array:
    """Distances of legs from far places, km, on true geodesics: what ``_settled_km`` does, at once.

    Parameters
    ----------
    ends : (n, 4) float array
        lon1, lat1, lon2, lat2 of each leg, degrees.
    leg_km : (n,) float array
        About where on its leg each place is nearest.
    lon, lat : (n,) float arrays
        The places, degrees.
    """
    lon1, lat1, lon2, lat2 = ends.T
    azimuth, _, metres = geod().inv(lon1, lat1, lon2, lat2)
    length_km = np.asarray(metres) / 1000

    def away(at_km: Array) -> Array:
        there_km = np.clip(at_km, 0.0, length_km)
        there = geod().fwd(lon1, lat1, azimuth, there_km * 1000)
        return np.asarray(geod().inv(there[0], there[1], lon, lat)[2]) / 1000

    km, least = leg_km, away(leg_km)
    going = np.ones(len(ends), np.bool_)
    for step in STEPS_KM:
        before, after = away(km - step), away(km + step)
        bend = before - 2.0 * least + after
        going &= bend > 0.0
        moved = 0.5 * step * (before - after) / np.where(going, bend, 1.0)
        better = np.clip(km + moved, 0.0, length_km)
        there_km = away(better)
        going &= there_km < least
        km, least = np.where(going, better, km), np.where(going, there_km, least)
    return least


def _at_least_km(scratch: Any, pieces: int, shapes: Any, root: Indices) -> Array:
    """(pieces, zones): at most the straight distance, km, from a piece to the ball of a zone."""
    ends = np.array([piece[:6] for piece in scratch.pieces[:pieces]])[:, None]
    start, step = ends[..., :3], ends[..., 3:6] - ends[..., :3]
    centre = np.stack((shapes.node_x[root], shapes.node_y[root], shapes.node_z[root]), axis=1)
    to_centre = centre[None] - start
    length2 = np.maximum((step * step).sum(axis=2), 1e-12)
    part = np.clip((to_centre * step).sum(axis=2) / length2, 0.0, 1.0)
    away = to_centre - part[..., None] * step
    # An arc lies above its chord, by its length squared over eight radii.
    raised = length2 / 50_000.0
    at_least: Array = np.sqrt((away * away).sum(axis=2)) - raised - shapes.node_r[root]
    return at_least


def _settled_km(line: Line, km: float, lon: float, lat: float) -> float:
    """The distance of the place found on the outline from the route, on true geodesics."""

    def away(at_km: float) -> float:
        there = lon_lat(*point_at(line, min(line.length_km, max(0.0, at_km))))
        return line_between(*there, lon, lat).length_km

    least = away(km)
    for step in STEPS_KM:
        before, after = away(km - step), away(km + step)
        bend = before - 2.0 * least + after
        if bend <= 0.0:
            break
        better = min(line.length_km, max(0.0, km + 0.5 * step * (before - after) / bend))
        there = away(better)
        if there >= least:
            break
        km, least = better, there
    return least
