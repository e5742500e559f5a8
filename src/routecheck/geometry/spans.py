"""Stretches of a route: a small set of disjoint intervals that grows by union."""

from __future__ import annotations

from typing import Final

from routecheck.geometry.shapes import Reals

__all__ = ["MERGE_KM", "add_span", "covers", "sort_spans", "total_km"]

MERGE_KM: Final = 1e-6
"""1 mm: what is no longer than this has no length."""

JOIN_KM: Final = 1e-5
"""1 cm: stretches closer than this are one."""


def add_span(low: Reals, high: Reals, count: int, start: float, stop: float) -> int:
    """Unite an interval with those held; how many there are then.

    There must be room for one more.
    """
    kept = 0
    for i in range(count):
        if low[i] > stop + JOIN_KM or high[i] < start - JOIN_KM:
            low[kept], high[kept] = low[i], high[i]
            kept += 1
        else:
            start, stop = min(start, low[i]), max(stop, high[i])
    low[kept], high[kept] = start, stop
    return kept + 1


def covers(low: Reals, high: Reals, count: int, start: float, stop: float) -> bool:
    """Whether one of the intervals holds all of another."""
    for i in range(count):  # noqa: SIM110 - compiled as it stands
        if low[i] <= start and stop <= high[i]:
            return True
    return False


def sort_spans(low: Reals, high: Reals, count: int) -> None:
    """Put disjoint intervals in order: there are few."""
    for i in range(1, count):
        start, stop = low[i], high[i]
        j = i - 1
        while j >= 0 and low[j] > start:
            low[j + 1], high[j + 1] = low[j], high[j]
            j -= 1
        low[j + 1], high[j + 1] = start, stop


def total_km(low: Reals, high: Reals, count: int) -> float:
    """Length of all intervals together."""
    total = 0.0
    for i in range(count):
        total += high[i] - low[i]
    return total
