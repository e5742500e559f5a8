"""What differs between two zone sets: zones, outlines, levels on a day, advisories, the header.

Zones are told apart by id, advisories by id within their zone: what was renamed counts as removed
and added. Only what the sets say is compared, not in which files they say it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np

from routecheck.geometry.outlines import area_km2, hausdorff_km, many_apart_km
from routecheck.zones.model import Advisory, Stamp, Zone, ZoneSet
from routecheck.zones.plain import plain
from routecheck.zones.search import level_on

__all__ = [
    "MOVED_KM", "AdvisoryChange", "FieldChange", "Moved", "ZoneChange", "ZonesDiff", "diff_zones",
]  # fmt: skip

MOVED_KM: Final = 0.001
"""1 m: outlines nearer than this to each other over all their length are the same."""

_ZONE_SKIPPED: Final = ("id", "outline", "geometry", "advisories", "file", "renewed")
_SET_FIELDS: Final = (
    "dataset", "as_of", "covers", "licence", "credits", "gaps", "gap_countries",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that says something else; values are plain JSON data."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Moved:
    """An outline that was redrawn.

    Attributes
    ----------
    apart_km : float
        How far the borders of what is covered lie apart, as
        :func:`routecheck.geometry.outlines.hausdorff_km` measures it: the farthest that any point
        of either lies from the other. Cuts within the area are no borders.
    old_area_km2, new_area_km2 : float
        Areas on the ellipsoid.
    same_area : bool
        Only the parts are others: cut elsewhere, or joined. ``apart_km`` is 0 then.
    """

    apart_km: float
    old_area_km2: float
    new_area_km2: float
    same_area: bool = False


@dataclass(frozen=True, slots=True)
class AdvisoryChange:
    """An advisory that both zones have, and what it says differently."""

    old: Advisory
    new: Advisory
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ZoneChange:
    """A zone that both sets have, and what is different about it.

    Attributes
    ----------
    level : FieldChange or None
        The strictest level on the day, where it changed.
    moved : Moved or None
        Where the outline was redrawn.
    fields : tuple of FieldChange
        Name, kind, buffer and so on.
    added, removed : tuple of Advisory
    changed : tuple of AdvisoryChange
    """

    old: Zone
    new: Zone
    level: FieldChange | None = None
    moved: Moved | None = None
    fields: tuple[FieldChange, ...] = ()
    added: tuple[Advisory, ...] = ()
    removed: tuple[Advisory, ...] = ()
    changed: tuple[AdvisoryChange, ...] = ()

    def __bool__(self) -> bool:
        parts = (self.level, self.moved, self.fields, self.added, self.removed, self.changed)
        return any(parts)


@dataclass(frozen=True, slots=True, eq=False)
class ZonesDiff:
    """What differs from an old set to a new one; false if nothing does.

    Attributes
    ----------
    when : date or datetime
        The day on which levels were compared.
    header : tuple of FieldChange
        What the sets say of themselves: ``as_of``, ``covers``, gaps, ….
    added, removed : tuple of Zone
    changed : tuple of ZoneChange
        In the order of the new set.
    """

    old: ZoneSet
    new: ZoneSet
    when: Stamp
    header: tuple[FieldChange, ...] = ()
    added: tuple[Zone, ...] = ()
    removed: tuple[Zone, ...] = ()
    changed: tuple[ZoneChange, ...] = ()

    def __bool__(self) -> bool:
        return any((self.header, self.added, self.removed, self.changed))


def diff_zones(old: ZoneSet, new: ZoneSet, when: Stamp) -> ZonesDiff:
    """Compare two zone sets.

    Parameters
    ----------
    old, new : ZoneSet
    when : date or datetime
        The day, or the moment, on which the levels of zones are compared.

    Returns
    -------
    ZonesDiff
    """
    before = {zone.id: zone for zone in old}
    after = {zone.id: zone for zone in new}
    pairs = [(before[zone.id], zone) for zone in new if zone.id in before]
    redrawn = _redrawn(pairs)
    changes = [
        _zone_change(one, other, when, moved)
        for (one, other), moved in zip(pairs, redrawn, strict=True)
    ]
    return ZonesDiff(
        old=old,
        new=new,
        when=when,
        header=_field_changes(old, new, _SET_FIELDS),
        added=tuple(zone for zone in new if zone.id not in before),
        removed=tuple(zone for zone in old if zone.id not in after),
        changed=tuple(change for change in changes if change),
    )


def _zone_change(old: Zone, new: Zone, when: Stamp, moved: Moved | None) -> ZoneChange:
    levels = level_on(old, when), level_on(new, when)
    names = [f.name for f in fields(Zone) if f.name not in _ZONE_SKIPPED]
    before = {a.id: a for a in old.advisories}
    after = {a.id: a for a in new.advisories}
    both = [_advisory_change(old, new, before[key], after[key]) for key in after if key in before]
    return ZoneChange(
        old=old,
        new=new,
        level=FieldChange("level", *levels) if levels[0] != levels[1] else None,
        moved=moved,
        fields=_field_changes(old, new, names),
        added=tuple(a for key, a in after.items() if key not in before),
        removed=tuple(a for key, a in before.items() if key not in after),
        changed=tuple(change for change in both if change.fields),
    )


def _advisory_change(old: Zone, new: Zone, before: Advisory, after: Advisory) -> AdvisoryChange:
    names = [f.name for f in fields(Advisory) if f.name != "id"]
    # Plain files lend their own names to advisories that have no reference.
    if before.reference == old.file and after.reference == new.file:
        names.remove("reference")
    return AdvisoryChange(before, after, _field_changes(before, after, names))


def _field_changes(old: Any, new: Any, names: Sequence[str]) -> tuple[FieldChange, ...]:
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in names)
    return tuple(
        FieldChange(name, plain(one), plain(other)) for name, one, other in pairs if one != other
    )


def _redrawn(pairs: Sequence[tuple[Zone, Zone]]) -> list[Moved | None]:
    """How the outline of each pair moved; None where it is the same."""
    found: list[Moved | None] = [None] * len(pairs)
    left = [number for number, (old, new) in enumerate(pairs) if _differ(old, new)]
    if left:
        from routecheck.geometry.covered import covered_each  # noqa: PLC0415 - shapely: 50 ms

        before = covered_each([pairs[number][0].outline for number in left])
        after = covered_each([pairs[number][1].outline for number in left])
        moved = _moved([pairs[number] for number in left], before, after)
        for number, one in zip(left, moved, strict=True):
            found[number] = one
    return found


def _differ(old: Zone, new: Zone) -> bool:
    return not all(
        np.array_equal(getattr(old.outline, name), getattr(new.outline, name))
        for name in ("lon", "lat", "ring_start", "polygon")
    )


def _moved(pairs: Sequence[tuple[Zone, Zone]], before: Any, after: Any) -> Iterator[Moved | None]:
    """How each outline moved, from the shapes that it covers: all are compared at once."""
    import shapely  # noqa: PLC0415 - as above

    from routecheck.geometry.covered import borders_each, same_areas, shape_areas_km2  # noqa: PLC0415

    areas = np.column_stack((shape_areas_km2(before), shape_areas_km2(after)))
    # a zone of some cm covers nothing
    real = ~shapely.is_empty(before) & ~shapely.is_empty(after)
    other = real.copy()
    other[real] = ~same_areas(before[real], after[real], areas[real].max(axis=1))
    apart_km = np.zeros(len(pairs))
    apart_km[other] = many_apart_km(borders_each(before[other]), borders_each(after[other]))
    for number, (old, new) in enumerate(pairs):
        one, two = old.outline, new.outline
        if not real[number]:
            yield Moved(hausdorff_km(one, two), area_km2(one), area_km2(two))
        elif apart_km[number] >= MOVED_KM:
            old_km2, new_km2 = areas[number].tolist()
            yield Moved(float(apart_km[number]), old_km2, new_km2)
        elif hausdorff_km(one, two) < MOVED_KM:
            yield None
        else:
            old_km2, new_km2 = areas[number].tolist()
            yield Moved(0.0, old_km2, new_km2, same_area=True)
