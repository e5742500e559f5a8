"""What to do about it: texts that are data, picked by zone group, filled in for the route."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any, Final

from routecheck.airports.model import Airport
from routecheck.risk.levels import rank
from routecheck.risk.model import Advice, Exposure, Verdict
from routecheck.routes.model import Route
from routecheck.zones.model import Stamp, stamp_text

__all__ = ["MAX_GROUPS", "advise", "flight_lookup_url"]

MAX_GROUPS: Final = 2
"""Regions explained for one route: more would not be read."""

MAX_OFFICIAL_LINKS: Final = 8


@cache
def _texts() -> dict[str, Any]:
    file = resources.files("routecheck").joinpath("data/advice.json")
    texts: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return texts


def flight_lookup_url(place: Airport) -> str:
    """Flightradar24's page of departures from an airport, or its start page for a position."""
    if place.iata:
        return f"https://www.flightradar24.com/data/airports/{place.iata.lower()}/departures"
    return "https://www.flightradar24.com/"


def advise(
    route: Route, when: Stamp, verdict: Verdict, exposures: Sequence[Exposure]
) -> tuple[Advice, ...]:
    """Advice for a route, by what it meets; none when clear or unknown.

    The regions of the zones that set the verdict are explained first; the legal part comes with
    ``avoid`` and ``caution``.
    """
    if not exposures or verdict in ("clear", "unknown"):
        return ()
    texts = _texts()
    groups = _groups(exposures, str(stamp_text(when)))
    advice = [
        Advice("safety", _sourced(texts["groups"][group]["safety"]), _links(texts, group))
        for group in groups
    ]
    alternatives = texts["groups"][groups[0]]["alternatives"]
    advice.append(
        Advice(
            "flight-path",
            f"{texts['flight-path']['text']} {alternatives}",
            (flight_lookup_url(route.origin),),
        )
    )
    if verdict in ("avoid", "caution"):
        advice.append(Advice("legal", _sourced(texts["legal"]), tuple(texts["legal"]["links"])))
    pages = [s.advisory.url for e in exposures for s in e.standings if s.advisory.url]
    links = tuple(dict.fromkeys((*texts["official"]["links"], *pages)))[:MAX_OFFICIAL_LINKS]
    advice.append(Advice("official", texts["official"]["text"], links))
    return tuple(advice)


def _groups(exposures: Sequence[Exposure], day: str) -> list[str]:
    """Regions to explain: those of the strictest zones, generic where a zone has none.

    A zone that lies within a heavier one, and adds nothing to the dose, is not explained again.
    A text with facts younger than the flight is not given: a check of a past day has no hindsight.
    """
    top = max(rank(e.verdict) for e in exposures)
    strictest = [e for e in exposures if rank(e.verdict) == top]
    carrying = [e for e in strictest if e.score_share > 0] or strictest
    known = {name for name, text in _texts()["groups"].items() if text.get("since", "") <= day}
    named = [e.zone.group if e.zone.group in known else "default" for e in carrying]
    return list(dict.fromkeys(name for name in named if name))[:MAX_GROUPS]


def _sourced(entry: dict[str, Any]) -> str:
    return f"{entry['text']} [{entry['source']}; {entry['date']}]"


def _links(texts: dict[str, Any], group: str) -> tuple[str, ...]:
    return tuple(texts["groups"][group]["safety"]["links"])
