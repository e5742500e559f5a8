"""Words in names of columns: which say origin and destination, and what may stand beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from routecheck.zones.problems import printable

__all__ = ["DEST", "FILLERS", "KINDS", "ORIGIN", "file_of", "kind_of", "listed", "words_of"]

ORIGIN: Final = (
    "origin", "orig", "from", "departure", "dep", "depart", "departing", "board", "boarding",
    "adep", "abflughafen", "abflug", "source", "src", "start", "ab", "von", "desde", "de",
    "org", "orgn", "ori", "startflughafen", "vertrek", "partenza", "origen", "origem", "origine",
    "départ", "salida", "flyfrom", "depapt", "startingairport", "estdepartureairport",
    "departureairport", "originairport",
)  # fmt: skip
DEST: Final = (
    "destination", "dest", "dst", "to", "arrival", "arr", "arrive", "arriving", "off", "alighting",
    "ades", "zielflughafen", "ziel", "target", "end", "an", "nach", "hasta", "vers",
    "dstn", "des", "ankunft", "aankomst", "arrivo", "destino", "arrivée", "arrivee", "llegada",
    "flyto", "arrapt", "destinationairport", "estarrivalairport", "arrivalairport",
)  # fmt: skip

KINDS: Final = ("iata", "icao", "code", "airport", "")
"""Of several columns that name a place, the one with codes is taken: a code has one meaning."""

FILLERS: Final = frozenset(
    ["aerodrome", "airport", "airports", "apt", "city", "code", "est", "estimated", "fly", "flying",
     "going", "iata", "icao", "leaving", "location", "name", "of", "place", "point", "starting",
     "station", "stn", "the"]
)  # fmt: skip


def words_of(name: str) -> list[str]:
    """Its words in lower case: of ``DepAirport (IATA)`` dep, airport, iata."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return re.findall(r"[^\W\d_]+|\d+", parted.lower())


def kind_of(words: Sequence[str]) -> int:
    """How surely a column holds codes: its place in ``KINDS``, after all of them for names."""
    if "city" in words or "name" in words:
        return len(KINDS)
    return next((i for i, kind in enumerate(KINDS) if kind in words or not kind), len(KINDS))


def listed(names: Sequence[str], most: int = 30) -> str:
    """Names of columns for a message."""
    text = ", ".join(repr(printable(name[:60])) for name in names[:most]) or "none"
    return text + (f" and {len(names) - most:,} more" if len(names) > most else "")


def file_of(where: str) -> str:
    """The beginning of a message about a file."""
    return f"{printable(where)}: " if where else ""
