"""Loads zones, and imports for it no more than what they are given as asks for."""

from __future__ import annotations

from typing import Any

from routecheck.zones.builtin import builtin_folder, builtin_set
from routecheck.zones.model import ZoneSet

__all__ = ["builtin_folder", "load_zones"]


def load_zones(source: Any = None, *, skip_bad: bool = False) -> ZoneSet:
    """Load zones.

    Parameters
    ----------
    source : optional
        None for the built-in set; a path to a GeoJSON file, to a folder of them, or to a file
        in another format that geopandas reads; a GeoJSON mapping; a GeoDataFrame or anything
        else with ``__geo_interface__``; a sequence of such, which are joined by
        :func:`combine`. A :class:`ZoneSet` is returned as it is.
    skip_bad : bool
        Leave out features with errors, where there are others: ``left_out`` lists them, a warning
        names each, and a check calls nothing near them clear.

    Returns
    -------
    ZoneSet
        ``problems`` holds the warnings.

    Raises
    ------
    ZoneError
        If there is no such file, or anything in it is wrong; ``problems`` lists everything.
    """
    if source is None:
        return builtin_set()
    if isinstance(source, ZoneSet):
        return source
    from routecheck.zones.sources import load_source  # noqa: PLC0415 - the parser: 20 ms

    return load_source(source, skip_bad=skip_bad)
