"""Columns beside the route and its date that change the answer: stops, further legs, levels."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import Final, NamedTuple

from routecheck.zones.problems import printable

__all__ = ["Leg", "further_legs", "is_number_of_stops", "metric_levels", "path_of", "vias_of"]

VIA: Final = frozenset(
    ["via", "vias", "stop", "stops", "stopover", "stopovers", "layover", "layovers", "transit",
     "transits", "connection", "connections", "connecting", "connect", "intermediate",
     "intermediates", "through", "thru", "escala", "escalas", "conexion", "conexión", "scalo",
     "scali", "correspondance", "escale", "escales", "zwischenstopp", "zwischenstopps",
     "zwischenlandung", "zwischenlandungen", "umsteigeort", "umsteigeflughafen", "umstieg",
     "tussenstop", "overstap", "parada", "paradas"]
)  # fmt: skip
"""Words for a place between origin and destination."""

OF_PLACES: Final = frozenset(
    ["airport", "airports", "apt", "arpt", "ap", "city", "cities", "code", "codes", "iata", "icao",
     "name", "names", "of", "place", "places", "point", "points", "port", "ports", "station",
     "stations", "the", "location", "locations", "en", "route", "flughafen", "flughäfen",
     "aeropuerto", "aeroporto", "aéroport"]
)  # fmt: skip
"""Words that may stand beside them."""

OF_NUMBERS: Final = frozenset(
    ["no", "nr", "number", "num", "count", "total", "nbr", "qty", "anzahl", "numero", "número",
     "nombre", "n", "nstops"]
)  # fmt: skip
_NUMBERED: Final = frozenset(["stops", "stop", "stopovers", "layovers", "connections", "escalas",
                              "zwischenstopps", "nstops"])  # fmt: skip

ANOTHER: Final = frozenset(
    ["leg", "legs", "segment", "seg", "sector", "flight", "flt", "trip", "journey", "return",
     "returning", "ret", "rtn", "inbound", "outbound", "onward", "back", "homeward", "hin", "rück",
     "rueck", "rückflug", "rueckflug", "hinflug", "regreso", "vuelta", "ida", "retour", "aller",
     "ritorno", "andata", "volta"]
)  # fmt: skip
"""Words that say of which leg a column speaks."""

BACK: Final = frozenset(
    ["return", "returning", "ret", "rtn", "inbound", "back", "homeward", "rück", "rueck",
     "rückflug", "rueckflug", "regreso", "vuelta", "retour", "ritorno", "volta", "onward"]
)  # fmt: skip
DATES: Final = frozenset(
    ["date", "datetime", "day", "datum", "fecha", "data", "departure", "dep", "rückreisedatum",
     "rückflugdatum", "rückreise"]
)  # fmt: skip
_BACK_DATES: Final = frozenset(["rückreisedatum", "rückflugdatum", "rückreise", "rückflugtag"])
_PLACES: Final = frozenset(
    ["airport", "apt", "arpt", "stop", "station", "place", "city", "point", "port", "leg",
     "waypoint", "flughafen", "aeropuerto"]
)  # fmt: skip
_METRIC: Final = frozenset(["m", "metres", "meters", "metre", "meter"])
_FLOWN: Final = frozenset(["cruise", "cruising", "requested", "filed"])
_LEVELS: Final = frozenset(["level", "altitude", "alt", "cruise"])


class Leg(NamedTuple):
    """Columns of a leg beside the first one; None where it has none of a kind.

    Attributes
    ----------
    origin, dest, date : str or None
    """

    origin: str | None
    dest: str | None
    date: str | None

    @property
    def names(self) -> list[str]:
        """Those that are there."""
        return [name for name in self if name]


def words_of(name: str) -> list[str]:
    """Its words in lower case, figures apart: of ``DepAirport2`` dep, airport, 2."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return re.findall(r"[^\W\d_]+|\d+", parted.lower())


def vias_of(names: Sequence[str]) -> list[str]:
    """Columns that hold stops between origin and destination, by their names, in their order.

    ``Via``, ``stop 1``, ``Connecting Airport``, ``Zwischenstopp``; also the number of stops
    (``stops``, ``Number of stops``), which says that there are some, not where.
    """
    return [name for name in names if _is_via(name)]


def _is_via(name: str) -> bool:
    words = [word for word in words_of(name) if not word.isdigit()]
    if not VIA.union(["nstops"]).intersection(words):
        return False
    if is_number_of_stops(name):
        return True
    return all(word in VIA or word in OF_PLACES for word in words)


def is_number_of_stops(name: str) -> bool:
    """Whether a column by its name counts stops: ``Number of stops``, ``stops_count``."""
    words = [word for word in words_of(name) if word != "of"]
    counted = [word for word in words if word in OF_NUMBERS]
    rest = [word for word in words if word not in OF_NUMBERS]
    return bool(counted) and all(word in _NUMBERED for word in rest)


def further_legs(names: Sequence[str], origins: Sequence[str], dests: Sequence[str]) -> list[Leg]:
    """Legs beside the first one, of columns that are left: ``From_2``, ``Return date``.

    Parameters
    ----------
    names : sequence of str
        Columns that are not used yet.
    origins, dests : sequence of str
        Words for an origin and a destination.
    """
    found: dict[str, dict[str, str]] = {}
    for name in names:
        words = words_of(name)
        which = " ".join(
            word for word in words if word.isdigit() or word in ANOTHER or word in _BACK_DATES
        )
        if not which:
            continue
        core = [
            word for word in words
            if not (word.isdigit() or word in ANOTHER or word in OF_PLACES)
        ]  # fmt: skip
        back = bool((BACK | _BACK_DATES).intersection(words))
        kind = None
        if len(core) == 1 and core[0] in origins and core[0] not in dests:
            kind = "origin"
        elif len(core) == 1 and core[0] in dests and core[0] not in origins:
            kind = "dest"
        elif core and DATES.issuperset(core) and (back or _second(words)):
            kind = "date"
        # "Return" alone, and "flight 2", say nothing of places.
        if kind:
            found.setdefault(which, {}).setdefault(kind, name)
    legs = []
    for each in found.values():
        leg = Leg(each.get("origin"), each.get("dest"), each.get("date"))
        name = leg.names[0]
        alone_back = (BACK | _BACK_DATES).intersection(words_of(name))
        if leg.origin or leg.dest or alone_back:
            legs.append(leg)
    return legs


def _second(words: Sequence[str]) -> bool:
    return any(word.isdigit() and word != "1" for word in words)


def path_of(names: Sequence[str]) -> list[str]:
    """Numbered columns of places that make a route: ``airport1, airport2, airport3``.

    Returns
    -------
    list of str
        In the order of their numbers; empty if there are fewer than two.
    """
    groups: dict[tuple[str, ...], list[tuple[int, str]]] = {}
    for name in names:
        words = words_of(name)
        numbers = [int(word) for word in words if word.isdigit()]
        rest = tuple(word for word in words if not word.isdigit())
        of_places = all(word in OF_PLACES or word in _PLACES for word in rest)
        if len(numbers) == 1 and of_places and _PLACES.intersection(rest):
            groups.setdefault(rest, []).append((numbers[0], name))
    best = max(groups.values(), key=len, default=[])
    ordered = sorted(best)
    return [name for _, name in ordered] if len(ordered) > 1 else []


def metric_levels(names: Sequence[str]) -> list[str]:
    """Columns of cruise levels in metres, which are not read."""
    return [
        name
        for name in names
        if all(some.intersection(words_of(name)) for some in (_METRIC, _FLOWN, _LEVELS))
    ]


def quoted(names: Sequence[str]) -> str:
    """Names of columns for a message."""
    return ", ".join(repr(printable(name[:60])) for name in names)


def ignoring(names: Sequence[str]) -> str:
    """Options that leave columns out."""
    return " ".join(f"--ignore-col {shlex.quote(printable(name))}" for name in names)
