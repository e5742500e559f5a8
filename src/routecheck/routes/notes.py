"""What the words of a route were taken for, where that is not plain."""

from __future__ import annotations

import re
from typing import Final

from routecheck.airports.model import Airport
from routecheck.routes.model import Route

__all__ = ["place_notes"]

_COVERS: Final = re.compile(r"(\w{3}) also covers .*?; taken as the airport \1(?:; )?")
"""An airport's own code is no guess, though it is that of its city as well: IST, DXB, THR."""


def place_notes(route: Route) -> str:
    """What each place was taken for, as ``destination: London was taken as …``; empty if plain."""
    last = len(route.places) - 1
    said = []
    for i, place in enumerate(route.places):
        note = _told(place)
        if note:
            said.append(f"{'origin' if i == 0 else 'destination' if i == last else 'stop'}: {note}")
    return "; ".join(said)


def _told(place: Airport) -> str:
    return _COVERS.sub("", place.note) if place.note else ""
