"""Reads the zone files that are shipped with the package, without checking what the tests checked.

The careful reader takes three times as long, and every start waits for it. A file that is not as
expected is left to it, so that a set changed by hand is still reported on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from routecheck.geometry.rings import TooFineError
from routecheck.zones.ageing import parse_stamp
from routecheck.zones.fields import MAX_BUFFER_KM
from routecheck.zones.merge import sha256_of
from routecheck.zones.model import (
    APPLIES,
    KINDS,
    LEVELS,
    Advisory,
    Event,
    Rating,
    Stamp,
    Zone,
    ZoneSet,
)
from routecheck.zones.outline import refined_outline
from routecheck.zones.weapons import weapons

__all__ = ["shipped_set"]

Array = npt.NDArray[np.float64]


def shipped_set(data: bytes, name: str) -> ZoneSet | None:
    """Read one file; None if it is anything but what the package ships."""
    try:
        document = json.loads(data)
        header = document["routecheck"]
        if header["schema"] != 1:
            return None
        advisories = {key: _advisory(key, raw) for key, raw in header["advisories"].items()}
        zones = tuple(_zone(raw, advisories, name) for raw in document["features"])
        first, last = header["covers"]
        digest = hashlib.sha256(data).hexdigest()
        return ZoneSet(
            zones=zones,
            dataset=header["dataset"],
            as_of=date.fromisoformat(header["as_of"]),
            covers=(date.fromisoformat(first), date.fromisoformat(last)),
            licence=header["licence"],
            credits=tuple(header["credits"]),
            gaps=tuple(header["gaps"]),
            gap_countries=tuple(header["gap_countries"]),
            sha256=sha256_of([digest]),
            files=(name,),
            file_hashes=(digest,),
        )
    except (LookupError, TypeError, ValueError, AttributeError, TooFineError):
        return None


def _expect(found: bool) -> None:
    """What a check relies on must hold, or the careful reader says what is wrong."""
    if not found:
        raise ValueError


def _stamp(text: str | None) -> Stamp | None:
    return None if text is None else parse_stamp(text)


def _advisory(key: str, raw: Mapping[str, Any]) -> Advisory:
    fields = dict(raw)
    for name in ("issued", "expires", "ended"):
        fields[name] = _stamp(fields[name])
    if "aerodromes_in" in fields:
        fields["aerodromes_in"] = tuple(fields["aerodromes_in"])
    _expect(fields["level"] in LEVELS and fields["applies"] in APPLIES)
    _expect(fields.get("stated_level") in (None, *LEVELS))
    _expect(all(fields[name] is None or fields[name] >= 0 for name in ("floor_ft", "ceiling_ft")))
    return Advisory(id=key, **fields)


def _event(raw: Mapping[str, Any]) -> Event:
    fields = {**raw, "date": parse_stamp(raw["date"]), "known": date.fromisoformat(raw["known"])}
    for name in ("lat", "lon", "radius_km"):
        fields[name] = float(raw[name])
    return Event(**fields)


def _ring(positions: Sequence[Sequence[float]]) -> tuple[Array, Array]:
    ring = np.array(positions, dtype=np.float64)
    return ring[:, 0], ring[:, 1]


def _zone(feature: Mapping[str, Any], advisories: Mapping[str, Advisory], file: str) -> Zone:
    p = feature["properties"]
    _expect(p["kind"] in KINDS and all(weapon in weapons() for weapon in p["weapons"]))
    # Only a report makes an event, and it is nobody's notice.
    _expect((p["kind"] == "event") == ("event" in p) and not ("event" in p and p["advisories"]))
    _expect(0 <= p["buffer_km"] <= MAX_BUFFER_KM and 0 <= p["accuracy_km"] <= MAX_BUFFER_KM)
    geometry = feature["geometry"]
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return Zone(
        id=p["id"],
        name=p["name"],
        kind=p["kind"],
        outline=refined_outline([[_ring(ring) for ring in polygon] for polygon in polygons]),
        geometry=geometry,
        group=p["group"],
        buffer_km=float(p["buffer_km"]),
        weapons=tuple(p["weapons"]),
        advisories=tuple(advisories[key] for key in p["advisories"]),
        basis=p["basis"],
        accuracy_km=float(p["accuracy_km"]),
        notes=p["notes"],
        since=date.fromisoformat(p["since"]) if "since" in p else None,
        hindsight=p.get("hindsight", ""),
        context=tuple(Rating(**rating) for rating in p.get("context", ())),
        event=_event(p["event"]) if "event" in p else None,
        file=file,
    )
