"""Columns of stops on the way, told by their names, and what their cells say."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from routecheck.airports import is_code
from routecheck.batch.terms import FILLERS, kind_of, words_of

__all__ = ["Said", "direct_said", "read_via", "says_direct", "via_columns"]

STOPS: Final = frozenset(
    ["via", "vias", "stop", "stops", "stopover", "stopovers", "layover", "layovers", "transit",
     "transits", "connection", "connections", "connecting", "connexion", "intermediate",
     "intermediates", "halt", "halts", "escala", "escalas", "escale", "escales", "scalo", "scali",
     "zwischenstopp", "zwischenstopps", "zwischenstop", "zwischenlandung", "zwischenlandungen",
     "umstieg", "umstiege", "umsteigen", "correspondance", "correspondances", "conexión",
     "conexion", "conexiones", "conexão", "conexao", "conexões", "tussenstop", "tussenstops",
     "overstap", "aktarma", "przesiadka", "stopp", "stopps", "lay", "conn", "stps", "nonstop",
     "umsteigeflughafen", "umsteigeort"]
)  # fmt: skip
NEED_A_PLACE: Final = frozenset(
    ["transfer", "hub", "change", "connect", "interline", "int", "diverted", "diversion", "div"]
)
"""Words of many meanings: a stop only beside a word for a place, as in ``transfer airport``."""

_PLACES: Final = frozenset(
    ["airport", "airports", "apt", "city", "iata", "icao", "station", "point", "points", "at", "to"]
)
_COUNTS: Final = frozenset(
    ["no", "nr", "num", "number", "count", "total", "nb", "qty", "n", "anzahl", "nombre", "numero",
     "número", "de", "of", "der"]
)  # fmt: skip
_BESIDE: Final = frozenset(
    ["points", "cities", "codes", "stations", "places", "names", "tech", "technical", "fuel",
     "refuel", "refuelling", "refueling", "en", "enroute", "planned", "scheduled", "flight",
     "flights", "landing", "landings", "routing", "at", "in", "on", "way", "flughafen", "ort",
     "aéroport", "aeropuerto", "outbound", "leg", "segment", "list", "over", "interim", "route",
     "to", "max"]
)  # fmt: skip
_LASTS: Final = frozenset(["time", "duration", "min", "mins", "minutes", "hours", "hrs", "length"])
"""How long one stays: beside ``layover`` or ``stopover`` only, as there are transit times of all
kinds."""

_ORDER: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 9}

_NOTHING: Final = re.compile(
    r"[\s.\-–—_/?*0]*|0\.0+|n/?a|n\.a\.|none|null|nan|nat|nil|<na>|\\n|#n/a|no|n|false|f|keine?r?|"
    r"aucune?|ninguna|ningún|nessuno|nenhuma|geen|zero|unknown|"
    r"(0|no|zero|sans|sin|ohne|senza|sem|zonder) ?(stop(s|\(s\))?|stopovers?|layovers?|escales?|"
    r"escalas?|scali|zwischenstopps?|tussenstops?)|"
    r"(none )?\(?(direct( flight)?|direkt|directo|diretto|non[ -]?stop( flight)?)\)?"
    r"( \(no stops?\))?|"
    r"0 ?(h|hrs?|hours?|m|mins?|minutes?|d|days?|leg|pax|bags?|stp)|0?0:00",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(
    r"(\d{1,2}|one|two|three)(?:_or_more)?(?:\.0+)?\+?"
    r"(?:[ _-]?(?:stop(?:s|\(s\))?|stps?|stopovers?|layovers?|connections?|changes?|transits?|"
    r"escalas?|escales?|zwischenstopps?)\b[\s:,-]*(.*)|(?:\s*[:,(-]\s*(.*))?)",
    re.IGNORECASE | re.DOTALL,
)
_LASTING: Final = re.compile(
    r"(\d+ ?(h|hrs?|hours?|m|mins?|minutes?|d|days?|nights?|std)\.? ?)+|\d{1,2}:\d\d(:\d\d)?( ?h)?",
    re.IGNORECASE,
)
"""How long one stays, which says that there is a stop."""
_FIGURES: Final = {"one": 1, "two": 2, "three": 3}
_LEAD: Final = re.compile(r"(?:via|in|at|with|through|über|ueber)\b[\s:]*(.+)", re.I | re.S)
_YES: Final = re.compile(r"y|yes|true|t|ja|oui|si|sí|sim", re.IGNORECASE)


class Said(NamedTuple):
    """What a cell says of stops: at least how many, and the text that names them, or nothing."""

    least: int
    text: str


def says_direct(name: str) -> bool:
    """Whether a column says by yes or no whether there are stops: ``Non-stop flight``."""
    said = [word for word in words_of(name) if word not in ("is", "flight", "only")]
    return said in (["nonstop"], ["non", "stop"])


def direct_said(text: str | None) -> Said | None:
    """What a cell of such a column says: no is a stop."""
    word = (text or "").strip()
    return Said(1, "") if re.fullmatch(r"n|no|false|f|0|nein|non", word, re.IGNORECASE) else None


def via_columns(names: Sequence[str]) -> tuple[str, ...]:
    """Columns of stops, in the order in which they are flown.

    Of several that name the same stop the one with codes is taken.
    """
    best: dict[tuple[str, int], tuple[int, int, str]] = {}
    folded = {name.strip().casefold() for name in names}
    for at, name in enumerate(names):
        if name.strip().casefold() == "stop" and "start" in folded:
            continue  # when it begins and ends
        said = ("direct", 0) if says_direct(name) else _stop_of(words_of(name))
        if said is None:
            continue
        key, rank = said, (kind_of(words_of(name)), at, name)
        best[key] = min(best.get(key, rank), rank)
    chosen = sorted((number, at, name) for (_, number), (_, at, name) in best.items())
    return tuple(name for *_, name in chosen)


def _stop_of(words: Sequence[str]) -> tuple[str, int] | None:
    """Of which stop a column says something: the word, and its number, 0 without one."""
    mine = [word for word in words if word in STOPS]
    hedged = [word for word in words if word in NEED_A_PLACE]
    if not mine and (not hedged or not _PLACES.intersection(words)):
        return None
    number = 0
    for word in words:
        if word.isdigit():
            number = int(word[:3])
        elif word in _ORDER:
            number = _ORDER[word]
        elif word in _LASTS:
            if not any(each.startswith(("layover", "stopover")) for each in mine):
                return None
        elif not (
            word in STOPS or word in NEED_A_PLACE or word in FILLERS or word in _COUNTS
            or word in _BESIDE
        ):  # fmt: skip
            return None
    kind = " ".join(mine or hedged)
    if _LASTS.intersection(words):
        kind += " lasts"
    elif _COUNTS.intersection(words):
        kind += " count"
    return kind, number


def read_via(text: str | None) -> Said | None:
    """What a cell says; None if nothing, as where the flight is direct."""
    text = " ".join((text or "").split())
    if not text or (_NOTHING.fullmatch(text) and not _is_live(text)):
        return None
    if _YES.fullmatch(text):
        return Said(1, "")
    if text.startswith("["):
        text = _listed(text)
        if not text:
            return None
    if _LASTING.fullmatch(text):
        return Said(1, "")
    counted = _COUNT.fullmatch(text)
    where = (counted[2] or counted[3] or "") if counted else ""
    if counted and not where.strip(" ()-,:"):
        figure = counted[1].lower()
        return Said(_FIGURES.get(figure) or int(figure), "")
    count = 1
    if counted:
        figure = counted[1].lower()
        count, text = _FIGURES.get(figure) or int(figure), where.strip()
        if text.startswith("(") and text.endswith(")"):
            text = text[1:-1].strip()
    lead = _LEAD.fullmatch(text)
    text = lead[1] if lead else text
    return Said(max(count, 1), re.sub(r"\s*[;|+&•·]\s*", ", ", text).strip(" ,"))


def _listed(text: str) -> str:
    """The places of a list in JSON, as text: of ``["DOH", "DEL"]`` ``DOH, DEL``."""
    with contextlib.suppress(ValueError):
        items = json.loads(text)
        if isinstance(items, list):
            return ", ".join(str(item) for item in items if item not in (None, ""))
    return text


def _is_live(text: str) -> bool:
    """Whether capitals that else mean nothing are the code of a place: NAN is Nadi."""
    return len(text) == 3 and text.isalpha() and text.isupper() and is_code(text)
