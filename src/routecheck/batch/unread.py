"""Columns that are not read, and by their names and cells may change the answer: asked about."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Final

import pyarrow as pa

from routecheck.airports.blanks import is_blank
from routecheck.airports.cells import is_known_code
from routecheck.batch.coding import as_text
from routecheck.batch.terms import file_of, words_of
from routecheck.errors import RoutecheckError
from routecheck.risk.profile import parse_level
from routecheck.zones.problems import printable

__all__ = ["refuse_unread", "suspect_of"]

LEVEL, STOP, BACK = "level", "stop", "back"

_LEVELS: Final = frozenset(["altitude", "alt", "level", "lvl", "height"])
_OF_LEVELS: Final = frozenset(["ft", "feet", "avg", "average", "mean", "median"])
_STOPS: Final = frozenset(
    ["hub", "transfer", "change", "connect", "connects", "conx", "cnx", "interline", "diverted",
     "diversion", "alternate"]
)  # fmt: skip
_BACK: Final = frozenset(
    ["return", "returns", "returning", "inbound", "retour", "rückflug", "back"]
)
_BESIDE: Final = frozenset(["at", "in", "to", "on", "date", "day", "flight", "airport", "the"])

_LOWEST_FT: Final = 10_000.0
"""Below it nobody cruises with passengers: such numbers are heights of airports, or classes."""


def suspect_of(name: str) -> str:
    """What a column that is not read may hold by its name; empty for most."""
    said = set(words_of(name))
    for kind, words, beside in (
        (LEVEL, _LEVELS, _OF_LEVELS), (STOP, _STOPS, _BESIDE), (BACK, _BACK, _BESIDE),
    ):  # fmt: skip
        if said & words and said <= words | beside:
            return kind
    return ""


def refuse_unread(name: str, values: pa.Array, dates: object, where: str) -> None:
    """Refuse a table with such a column, if its cells are what the name says.

    Parameters
    ----------
    name : str
        Of a column that is not read.
    values : Array
        Its first rows.
    dates : object
        None if they are no dates.
    where : str
        The file, for the message.

    Raises
    ------
    RoutecheckError
        With the options that settle it.
    """
    kind = suspect_of(name)
    texts = [text for text in as_text(values).to_pylist() if not is_blank(text)]
    if not texts:
        return
    column, shown = shlex.quote(printable(name)), f"{file_of(where)}{printable(name)!r}"
    if kind == LEVEL and _are_levels(texts):
        raise RoutecheckError(
            f"{shown} may hold levels of the flights, which change the answer: give --cruise-col "
            f"{column} if it does, or --ignore-col {column}"
        )
    if kind == STOP and all(
        text.strip().isupper() and is_known_code(text.strip()) for text in texts
    ):
        raise RoutecheckError(
            f"{shown} holds codes of places, which may be stops on the way: call the column Via if "
            f"they are, or leave it out with --ignore-col {column}"
        )
    if kind == BACK and dates is not None:
        raise RoutecheckError(
            f"{shown} holds dates of another flight in the same row, which would not be checked: "
            f"audit the way back in a run of its own, with --origin and --dest the other way round "
            f"and --date-col {column}, and leave it out of this one with --ignore-col {column}"
        )


def _are_levels(texts: Sequence[str]) -> bool:
    found = 0
    for text in texts:
        try:
            found += parse_level(text) >= _LOWEST_FT
        except RoutecheckError:
            continue
    return 5 * found >= 4 * len(texts)
