"""Circles given as a point and a radius, as polygons that never lie inside them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from routecheck.geometry.ellipsoid import geod
from routecheck.zones.problems import show

__all__ = ["MAX_RADIUS_KM", "disc", "mentions_radius", "radius_km_of", "size_km_of"]

MAX_RADIUS_KM: Final = 5000.0
"""The largest circle that is read: more would come near half of the Earth."""

_CORNERS: Final = (360, 1440)
_SLACK_KM: Final = 0.005
"""The polygon passes at least 1 m and, away from the poles, at most some metres outside."""

_UNITS: Final = {
    "km": 1.0, "kms": 1.0, "kilometer": 1.0, "kilometers": 1.0, "kilometre": 1.0,
    "kilometres": 1.0, "m": 0.001, "meter": 0.001, "meters": 0.001, "metre": 0.001,
    "metres": 0.001, "nm": 1.852, "nmi": 1.852, "nauticalmile": 1.852, "nauticalmiles": 1.852,
    "mi": 1.609344, "mile": 1.609344, "miles": 1.609344, "sm": 1.609344, "ft": 0.0003048,
    "foot": 0.0003048, "feet": 0.0003048,
}  # fmt: skip
"""Kilometres in a unit, by the words for it in small letters without blanks and lines."""

_TEXT: Final = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*([A-Za-z][A-Za-z _-]*?)?\.?\s*", re.ASCII)
_UNIT_KEYS: Final = (
    "unit", "units", "radiusunit", "radiusunits", "radiusuom", "uom", "uomradius", "unitofradius",
)  # fmt: skip


_RADIUS: Final = r"(?:radius|rayon|halbmesser|raggio|raio|radio|rad)"
_ACROSS: Final = r"(?:diameter|diametre|diam|durchmesser|diametro)"
_KEY: Final = re.compile(
    rf"(?:the|circle|zone|area|arc)?(?:{_RADIUS}|(?P<across>{_ACROSS}))(?:in|en)?(?P<unit>[a-z]*)"
)
_SPOKEN: Final = re.compile(
    rf"(?:.*(?:radius|rayon|halbmesser|{_ACROSS})|rad(?!ar|ia|io)|raggio|raio|radio$).*"
)
"""Keys that may give a radius in words that are not read; radar, radials and radios do not."""


def _plain(key: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", key.lower().replace("è", "e").replace("é", "e"))


def mentions_radius(members: Mapping[str, Any]) -> bool:
    """Whether properties, or a geometry, speak of a radius or diameter, or of a circle."""
    return _radius_key(members) is not None or any(
        (word == "iscircle" and value not in (None, False, 0, ""))
        or (word not in _UNIT_KEYS and _SPOKEN.fullmatch(word) and _is_size(value))
        for word, value in ((_plain(str(key)), value) for key, value in members.items())
    )


def _is_size(value: Any) -> bool:
    """Whether a value can be how large something is: a number, or a text that begins with one."""
    if isinstance(value, str):
        return value.strip()[:1].isdigit() and value.strip(" 0.") != ""
    if isinstance(value, bool):
        return False
    return isinstance(value, dict) or (isinstance(value, int | float) and value not in (0,)
                                       and value == value)  # fmt: skip  # noqa: PLR0124


def _radius_key(members: Mapping[str, Any]) -> tuple[str, str, float] | None:
    """The member that gives a radius, the unit in its name (or none), and radii in its number."""
    found: tuple[str, str, float] | None = None
    for key, value in members.items():
        word = _plain(str(key))
        match = _KEY.fullmatch(word)
        if match is None or value in (None, "") or value != value:  # noqa: PLR0124
            continue
        unit, share = match["unit"], 0.5 if match["across"] else 1.0
        if not word.startswith("radius") and not (isinstance(value, str | int | float)
                                                  and _is_size(value)):  # fmt: skip
            continue
        if unit == "" and found is None:
            found = key, "", share
        elif unit in _UNITS:
            return key, unit, share
    return found


def radius_km_of(members: Mapping[str, Any]) -> float | str | None:
    """The radius that properties or a geometry give, km; a text says what is wrong with it.

    None where there is none. The unit is in the name (``radius_km``, ``radiusInMeters``), in the
    value (``"20 NM"``), or in a member of its own (``radius_units``).
    """
    named = _radius_key(members)
    if named is None:
        if mentions_radius(members):
            return (
                "speaks of a circle or a radius in words that are not read: give it one as "
                "radius_km, radius_m or radius_nm, or remove the words if the point is but a marker"
            )
        return None
    key, unit, share = named
    value: Any = members[key]
    if isinstance(value, str):
        match = _TEXT.fullmatch(value)
        if match is None:
            return f"has {key} {show(value)}, not a number with its unit: write radius_km"
        value = float(match[1])
        said = _plain(match[2] or "")
        if said and unit and _UNITS.get(said) != _UNITS[unit]:
            return f"has a radius in two units, {show(members[key])} as {key}: write radius_km"
        unit = unit or said
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"has {key} {show(value)}, not a number: write radius_km"
    if value == 0:
        return 0.0
    if not unit:
        for other, word in members.items():
            if _plain(other) in _UNIT_KEYS and isinstance(word, str):
                unit = _plain(word)
                break
    if not unit and _plain(str(members.get("subType", ""))) == "circle":
        unit = "m"  # so Azure Maps writes circles, and the extents of ED-318 after it
    if not unit:
        return (
            f"has {key} {show(value)} without a unit: call it radius_km, radius_m or radius_nm, "
            f"or remove it if the point is but a marker"
        )
    if unit not in _UNITS:
        return f"has {key} {show(value)} in the unit {show(unit)}: write radius_km"
    radius_km = float(value) * _UNITS[unit] * share
    if not math.isfinite(radius_km) or radius_km < 0:
        return f"has {key} {show(value)}, which is no radius: write radius_km"
    if radius_km > MAX_RADIUS_KM:
        return f"has a radius of {radius_km:,.0f} km, more than the {MAX_RADIUS_KM:,.0f} km read"
    return radius_km


def size_km_of(value: Any, unit: str, members: Mapping[str, Any]) -> float | None:
    """A size in km, such as a width; None if it is none. Without a unit the nautical mile counts.

    The unit is that of the key, of the text, or of a member of its own.
    """
    if isinstance(value, str):
        match = _TEXT.fullmatch(value)
        if match is None:
            return None
        value, unit = float(match[1]), unit or _plain(match[2] or "")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not unit:
        said = [
            _plain(word)
            for key, word in members.items()
            if _plain(str(key)) in _UNIT_KEYS and isinstance(word, str)
        ]
        unit = said[0] if said else "nm"
    return float(value) * _UNITS[unit] if unit in _UNITS else None


def disc(lon: float, lat: float, radius_km: float) -> list[list[float]]:
    """A closed ring round a circle on WGS84: no point of it is nearer to the centre.

    Edges are straight in longitude and latitude; over a pole the ring has its corners there.
    """
    grown_km = radius_km + _SLACK_KM
    pole_km = min(
        geod().inv(lon, lat, lon, 90.0)[2] / 1000, geod().inv(lon, lat, lon, -90.0)[2] / 1000
    )
    if abs(grown_km - pole_km) < max(1.0, radius_km / 100):
        grown_km = pole_km + max(1.0, radius_km / 100)  # past the pole, where edges bend least
    for corners in _CORNERS:
        # the middle of a chord is nearer than its ends
        outer_km = grown_km / math.cos(math.pi / corners)
        ring = _ring(lon, lat, outer_km, corners)
        short_km = grown_km - _nearest_km(lon, lat, ring)
        if short_km <= _SLACK_KM / 2:
            break
        grown_km += short_km
    else:
        ring = _ring(lon, lat, grown_km / math.cos(math.pi / corners), corners)
    return [[float(x), float(y)] for x, y in ring]


def _ring(lon: float, lat: float, radius_km: float, corners: int) -> Any:
    azimuths = -np.arange(corners) * (360.0 / corners)
    far = np.full(corners, radius_km * 1000)
    x, y, _ = geod().fwd(np.full(corners, lon), np.full(corners, lat), azimuths, far)
    x = np.unwrap(np.append(x, x[0]), period=360.0)
    y = np.append(y, y[0])
    x -= 360 * round(float(x.mean()) / 360)
    if abs(float(x[-1] - x[0])) > 180:
        pole = 90.0 if lat > 0 else -90.0
        x[-1] = x[0] + math.copysign(360, x[-1] - x[0])
        x, y = np.append(x, [x[-1], x[0], x[0]]), np.append(y, [pole, pole, y[0]])
    else:
        x[-1] = x[0]
    return np.column_stack([x, y])


def _nearest_km(lon: float, lat: float, ring: Any) -> float:
    """How near the edges of a ring come to the centre, read at five places of each."""
    found = math.inf
    for share in (0.0, 0.25, 0.5, 0.75):
        points = ring[:-1] * (1 - share) + ring[1:] * share
        # edges along and to the pole bound nothing
        points = points[(np.abs(np.diff(ring[:, 0])) < 180)
                        & (np.abs(ring[:-1, 1]) < 90) & (np.abs(ring[1:, 1]) < 90)]  # fmt: skip
        x = (points[:, 0] + 180) % 360 - 180
        km = geod().inv(np.full(len(x), lon), np.full(len(x), lat), x, points[:, 1])[2] / 1000
        found = min(found, float(np.min(km)))
    return found
