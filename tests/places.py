"""Words and what they are taken for, as tests of places have them."""

from __future__ import annotations

import csv
from pathlib import Path

from routecheck.airports import Airport, resolve
from routecheck.errors import PlaceError

DATA = Path(__file__).parent / "data" / "places"


def lines(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def outcome(word: str) -> Airport | PlaceError:
    try:
        return resolve(word)
    except PlaceError as error:
        return error
