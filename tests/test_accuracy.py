"""The engine against the independent oracle: 400 seeded cases, in parts that run side by side.

``make accuracy`` runs 10,000, of which these are the first, and writes ``docs/accuracy.md``.
"""

from __future__ import annotations

from collections import Counter

import pytest

import accuracy
from cases import BUFFERS_KM, PLACES_FOR, ROUTES, ZONES, random_cases

CASES = 400
PARTS = 20


@pytest.mark.parametrize("part", range(PARTS))
def test_distances_and_bracketed_lengths_agree_with_the_oracle(part: int) -> None:
    bad = []
    for i in range(part, CASES, PARTS):
        outcome = accuracy.compare_at(accuracy.SEED, i)
        if not outcome.within:
            bad.append(outcome)
    assert not bad


def test_the_cases_fill_every_band() -> None:
    """Latitudes, lengths, buffers and kinds: only so does agreement mean something."""
    seen = Counter(
        band for case in random_cases(CASES, accuracy.SEED) for band in accuracy.bands(case)
    )
    pairs = [(accuracy.LATITUDES, "latitude of the zone", "°"),
             (accuracy.LENGTHS_KM, "length of the route", " km")]  # fmt: skip
    wanted = [
        (heading, accuracy.band(low, edges, unit))
        for edges, heading, unit in pairs
        for low in edges[:-1]
    ]
    wanted += [("buffer", f"{km:g} km") for km in BUFFERS_KM]
    wanted += [("route", kind) for kind, _, _ in ROUTES]
    wanted += [("zone", place) for place, _, _ in ZONES]
    assert PLACES_FOR.keys() <= {kind for kind, _, _ in ROUTES}
    assert seen.keys() == set(wanted)
    assert min(seen.values()) >= 8, seen


def test_the_page_shows_what_make_accuracy_writes() -> None:
    """Every band of 10,000 cases, none out of bracket."""
    page = accuracy.PAGE.read_text(encoding="utf-8")
    shown = page.partition(accuracy.BEGIN)[2].partition(accuracy.END)[0]
    rows = [row.strip("| ").split(" | ") for row in shown.splitlines() if row.startswith("| ")]
    totals = [row for row in rows if row[0] == "**all**"]
    assert len(totals) == 5
    assert all(row[1] == str(accuracy.CASES) and row[-1] == "0" for row in totals)
    assert f"{accuracy.CASES:,} cases" in shown
    assert "0 out of tolerance" in shown
    for low in accuracy.LATITUDES[:-1]:
        assert f"| {accuracy.band(low, accuracy.LATITUDES, '°')} |" in shown
    for low in accuracy.LENGTHS_KM[:-1]:
        assert f"| {accuracy.band(low, accuracy.LENGTHS_KM, ' km')} |" in shown
