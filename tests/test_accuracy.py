"""The engine against the independent oracle: 1,000 seeded cases, in parts that run side by side."""

from __future__ import annotations

import pytest

from accuracy import compare
from cases import random_cases

SEED = 20241225
CASES = 1000
PARTS = 20


@pytest.mark.parametrize("part", range(PARTS))
def test_distances_and_bracketed_lengths_agree_with_the_oracle(part: int) -> None:
    bad = []
    for case in random_cases(CASES, SEED)[part::PARTS]:
        outcome = compare(case)
        if not outcome.within:
            bad.append((case.label, outcome))
    assert not bad


def test_the_cases_meet_what_they_are_for() -> None:
    """Date line, poles, contacts and misses are among them, so that agreement means something."""
    cases = random_cases(CASES, SEED)
    labels = " ".join(case.label for case in cases)
    assert {"date line", "polar cap", "near pole", "graze", "near miss"} <= {
        word for word in ("date line", "polar cap", "near pole", "graze", "near miss")
        if word in labels
    }  # fmt: skip
    assert len({case.buffer_km for case in cases}) >= 8
