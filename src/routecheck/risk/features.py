"""An assessment as GeoJSON: route pieces outside, in buffers and inside; zones; nearest points."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

import numpy as np

from routecheck.geometry.legs import Legs
from routecheck.geometry.lines import draw, join, within_half_turn
from routecheck.risk.model import Assessment
from routecheck.zones.model import stamp_text
from routecheck.zones.plain import plain

__all__ = ["to_geojson"]

POINT_KM: Final = 0.001
"""1 m: what is shorter is a point once coordinates are written to 1e-6 degrees."""


def to_geojson(a: Assessment) -> dict[str, Any]:
    """A FeatureCollection; every feature says its ``role``.

    Roles are ``route`` (a piece, with ``where`` = ``outside``, ``buffer`` or ``inside``, and the
    zones it is in), ``place``, ``zone`` and ``closest`` (a line between the two nearest points).
    """
    features = [*_pieces(a), *_places(a)]
    for e in a.exposures:
        zone = {
            "role": "zone",
            "id": e.zone.id,
            "name": e.zone.name,
            "kind": e.zone.kind,
            "verdict": e.verdict,
            "level": e.level,
            "buffer_km": e.zone.buffer_km,
            "event": plain(e.zone.event),
        }
        features.append(_feature(within_half_turn(e.zone.geometry), zone))
        if e.closest_km > POINT_KM:
            ends = np.array([e.closest_point, e.zone_point])
            closest = {"role": "closest", "zone": e.zone.id, "closest_km": round(e.closest_km, 3)}
            features.append(_feature(join(ends[:, 0], ends[:, 1]), closest))
    return {
        "type": "FeatureCollection",
        "features": features,
        "routecheck": {
            "schema": 1,
            "route": str(a.route),
            "path": a.route.path,
            "date": stamp_text(a.when),
            "verdict": a.verdict,
            "reason": a.reason,
            "score": a.score,
            "headline": a.headline,
            "as_of": stamp_text(a.as_of),
            "checked_at": a.checked_at,
            "caveats": list(a.caveats),
        },
    }


def _feature(geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _places(a: Assessment) -> list[dict[str, Any]]:
    return [
        _feature(
            {"type": "Point", "coordinates": [place.lon, place.lat]},
            {"role": "place", "code": place.code, "name": place.name, "input": place.input},
        )
        for place in a.route.places
    ]


def _pieces(a: Assessment) -> list[dict[str, Any]]:
    """Cut the route wherever it enters or leaves a zone or a buffer."""
    legs = Legs.between(a.route.ends)
    features = []
    before = 0.0
    for leg, leg_km in enumerate(a.leg_km):
        after = before + leg_km
        spans = [
            (i, e.zone.id)
            for e in a.exposures
            for i in e.intervals
            if i.exit_km > before and i.enter_km < after
        ]
        cuts: set[float] = set()
        for i, _ in spans:
            cuts |= {km for km in (i.enter_km, i.exit_km) if before < km < after}
        ordered = [before]
        for km in sorted(cuts):
            if km - ordered[-1] > POINT_KM and after - km > POINT_KM:
                ordered.append(km)
        ordered.append(after)
        for low, high in pairwise(ordered):
            middle = (low + high) / 2
            met = [(i.where, zone) for i, zone in spans if i.enter_km <= middle <= i.exit_km]
            kinds = {where for where, _ in met}
            where = "inside" if "inside" in kinds else "buffer" if kinds else "outside"
            properties = {
                "role": "route",
                "where": where,
                "leg": leg,
                "enter_km": round(low, 3),
                "exit_km": round(high, 3),
                "zones": sorted({zone for kind, zone in met if kind == where}),
            }
            features.append(_feature(draw(legs, leg, low - before, high - before), properties))
        before = after
    return features
