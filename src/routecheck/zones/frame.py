"""Zones as a table with one row a zone, for maps and notebooks: a GeoDataFrame."""

from __future__ import annotations

from typing import Any

import geopandas
import shapely

from routecheck.geometry.lines import within_half_turn
from routecheck.zones.ageing import event_text, standings
from routecheck.zones.model import Stamp, Zone, ZoneSet, stamp_text
from routecheck.zones.search import level_on

__all__ = ["zones_frame"]


def zones_frame(zones: ZoneSet, when: Stamp) -> geopandas.GeoDataFrame:
    """A zone set as a GeoDataFrame in WGS84: outlines as published, buffers as a number.

    Parameters
    ----------
    zones : ZoneSet
    when : date or datetime
        Day on which ``level``, ``lapsed``, ``issuers`` and ``references`` stand.

    Returns
    -------
    GeoDataFrame
        One row a zone. ``level`` is the strictest that stands, or ``"not in force"``; ``lapsed``
        whether only lapsed advisories ask for it; ``issuers`` and ``references`` those that
        stand, strictest first; ``event`` is what a reported attack says. Outlines that pass 180°
        are cut there.
    """
    rows = [_row(zone, zones, when) for zone in zones]
    shapes = [shapely.geometry.shape(within_half_turn(zone.geometry)) for zone in zones]
    return geopandas.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326")


def _row(zone: Zone, zones: ZoneSet, when: Stamp) -> dict[str, Any]:
    graded = () if zone.event else standings(zone, when)
    return {
        "id": zone.id,
        "name": zone.name,
        "kind": zone.kind,
        "group": zone.group,
        "date": stamp_text(when),
        "level": level_on(zone, when),
        "lapsed": bool(graded) and graded[0].lapsed is not None,
        "buffer_km": zone.buffer_km,
        "accuracy_km": zone.accuracy_km,
        "issuers": "; ".join(dict.fromkeys(s.advisory.issuer for s in graded)),
        "references": "; ".join(dict.fromkeys(s.advisory.title for s in graded)),
        "advisories_standing": len(graded),
        "advisories_known": len(zone.advisories),
        "weapon_ids": "; ".join(zone.weapons),
        "basis": zone.basis,
        "notes": zone.notes,
        "event": event_text(zone.event) if zone.event else "",
        "hindsight": zone.hindsight,
        "dataset": zones.dataset,
        "as_of": stamp_text(zones.as_of),
    }
