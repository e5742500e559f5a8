"""What an audit has counted so far, as JSON: an interrupted one goes on from it."""

from __future__ import annotations

import base64
from collections import Counter
from dataclasses import fields
from typing import Any

import numpy as np
import numpy.typing as npt

from routecheck.batch.count import Counts, RouteCount

__all__ = ["counts_of", "plain_counts"]


def plain_counts(counts: Counts) -> dict[str, Any]:
    """Counts as values that JSON has."""
    return {each.name: _plain(getattr(counts, each.name)) for each in fields(counts)}


def counts_of(plain: dict[str, Any]) -> Counts:
    """Counts from what :func:`plain_counts` made of them.

    Raises
    ------
    AttributeError, LookupError, TypeError, ValueError
        If it is something else.
    """
    given = {each.name: plain[each.name] for each in fields(Counts)}
    numbers = [given[name] for name in ("rows", "errors", "first_day", "last_day")]
    if not all(isinstance(each, int) for each in [*numbers, given["changed"] or 0]):
        raise TypeError("a number is none")
    for name in ("verdicts", "zone_rows", "error_kinds"):
        given[name] = Counter({str(key): int(count) for key, count in given[name].items()})
    routes = [RouteCount(*(_tuple(value) for value in route)) for route in given["routes"]]
    given["routes"] = {route.stops: route for route in routes}
    given["route_hashes"] = _hashes(given["route_hashes"])
    given["zone_hashes"] = {zone: _hashes(text) for zone, text in given["zone_hashes"].items()}
    given["titles"] = {(zone, title) for zone, title in given["titles"]}
    given["columns"] = tuple(given["columns"])
    given["error_rows"] = [(file, row, text) for file, row, text in given["error_rows"]]
    given["files"], given["readings"] = tuple(given["files"]), tuple(given["readings"])
    # What cannot be merged was damaged.
    return Counts().merged(Counts(**given))


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return base64.b64encode(value.astype("<i8").tobytes()).decode("ascii")
    if isinstance(value, dict):
        # Routes know their stops, which are their key.
        if all(isinstance(each, RouteCount) for each in value.values()) and value:
            return [list(route) for route in value.values()]
        return {key: _plain(each) for key, each in value.items()}
    return sorted(value) if isinstance(value, set) else value


def _hashes(text: str) -> npt.NDArray[np.int64]:
    return np.frombuffer(base64.b64decode(text), "<i8").astype(np.int64)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
