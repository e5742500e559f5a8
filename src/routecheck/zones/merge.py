"""Joins zone sets into one, and keeps the joint claim no stronger than its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from routecheck.zones.model import Zone, ZoneSet

if TYPE_CHECKING:
    from routecheck.zones.problems import Problems

__all__ = ["combine", "sha256_of"]

_DEFAULT_ID: Final = re.compile(r"feature-[0-9]+(?:-[0-9]+)?")


def sha256_of(file_hashes: Iterable[str]) -> str:
    """SHA-256 over the sorted hashes of files, one a line."""
    import hashlib  # noqa: PLC0415 - takes 3 ms, and the built-in set has its digest

    return hashlib.sha256("\n".join(sorted(file_hashes)).encode("ascii")).hexdigest()


def combine(*zonesets: ZoneSet) -> ZoneSet:
    """Join zone sets into one.

    ``as_of`` is the oldest of those given, ``covers`` what all sets that state it have in common;
    sets without a date (plain GeoJSON) change neither. Credits, gaps and problems follow one
    another, without repetition.

    Parameters
    ----------
    *zonesets : ZoneSet
        In the order in which their zones are to be listed.

    Returns
    -------
    ZoneSet
        One set given is returned as it is.

    Raises
    ------
    ZoneError
        If two zones have the same id. Ids that the reader made up (``feature-1``) are made
        unique instead, with a warning.
    """
    if len(zonesets) == 1:
        return zonesets[0]
    from routecheck.zones.problems import Problems, StopReadingError  # noqa: PLC0415 - as above

    clashes = Problems("the zone set")
    try:
        zones = _as_columns(zonesets)
        if zones is None:
            zones = tuple(_unique(zonesets, clashes))
    except StopReadingError:
        raise clashes.exception() from None
    if clashes.errors:
        raise clashes.exception()
    hashes = tuple(digest for part in zonesets for digest in part.file_hashes)
    firsts = [part.covers[0] for part in zonesets if part.covers[0] is not None]
    lasts = [part.covers[1] for part in zonesets if part.covers[1] is not None]
    as_ofs: list[date] = [part.as_of for part in zonesets if part.as_of is not None]
    return ZoneSet(
        zones=zones,
        dataset=" + ".join(_each_once(part.dataset for part in zonesets)),
        as_of=min(as_ofs, default=None),
        covers=(max(firsts, default=None), min(lasts, default=None)),
        licence="; ".join(_each_once(part.licence for part in zonesets)),
        credits=_each_once(credit for part in zonesets for credit in part.credits),
        gaps=_each_once(gap for part in zonesets for gap in part.gaps),
        gap_countries=_each_once(code for part in zonesets for code in part.gap_countries),
        sha256=sha256_of(hashes),
        files=tuple(file for part in zonesets for file in part.files),
        file_hashes=hashes,
        problems=(*(problem for part in zonesets for problem in part.problems), *clashes.records()),
        left_out=tuple(item for part in zonesets for item in part.left_out),
    )


def _as_columns(zonesets: Sequence[ZoneSet]) -> Sequence[Zone] | None:
    """Zones of large sets as they are kept; None if none is large, or if an id is there twice."""
    if not any(hasattr(part.zones, "paper_of") for part in zonesets):
        return None
    from routecheck.zones.joined import ids_of, joined  # noqa: PLC0415 - few sets are so large

    ids = [ident for part in zonesets for ident in ids_of(part.zones)]
    if len(set(ids)) < len(ids):
        return None
    return joined([part.zones for part in zonesets])


def _unique(zonesets: Iterable[ZoneSet], clashes: Problems) -> list[Zone]:
    from routecheck.zones.problems import show  # noqa: PLC0415

    owners: dict[str, Zone] = {}
    turns: dict[str, int] = {}
    zones: list[Zone] = []
    for part in zonesets:
        for given in part:
            zone = given
            if zone.id in owners:
                other = owners[zone.id]
                both = f"the id {show(zone.id)} is in {show(other.file)} and in {show(zone.file)}"
                if _DEFAULT_ID.fullmatch(zone.id):
                    turn = turns.get(zone.id, 2)
                    while f"{zone.id}-{turn}" in owners:
                        turn += 1
                    turns[zone.id] = turn + 1
                    zone = replace(zone, id=f"{zone.id}-{turn}")
                    clashes.warn(f"{both}: the latter is called {show(zone.id)}", "", zone.id)
                else:
                    clashes.error(
                        f"{both}: rename one of the zones, or leave one of the files out",
                        "",
                        zone.id,
                    )
                    continue
            owners[zone.id] = zone
            zones.append(zone)
    return zones


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
