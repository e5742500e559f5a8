"""Words that tables write where there is no place: ``NULL``, ``N/A``, ``nan``, ``OPEN``."""

from __future__ import annotations

import re
from typing import Final

from routecheck.airports.dated import fates
from routecheck.airports.resolve import is_code

__all__ = ["is_blank", "is_placeholder", "is_word_for_nothing"]

_SIGNS: Final = re.compile(r"[\W_]*|0+(?:\.0*)?|\\+n|x{1,5}|z{4}|9{3,4}", re.IGNORECASE)
"""Dashes, question marks, zeros, MySQL's ``\\N``, rows of X, and ICAO's ZZZZ: no indicator."""

_CODES_OF_NOTHING: Final = frozenset(["ref", "value", "name", "null", "num", "div", "getting data"])
"""Errors of spreadsheets, between ``#`` and ``!`` or ``?``; ``#N/A`` and ``#DIV/0!`` fold to words
of the lists below."""

_WORDS: Final = frozenset(
    [
        # missing values of databases, spreadsheets and data frames
        "null", "none", "n a", "na", "nan", "nat", "nil", "nul", "inf", "n d", "n c", "nd", "nv",
        "undefined", "undef", "missing", "blank", "empty", "nothing", "void", "invalid", "error",
        "true", "false", "yes", "no", "ja", "nein", "oui", "non", "si", "div 0", "not set",
        "no data", "no value", "k a", "keine", "keine angabe", "ohne", "s o", "sin dato",
        # not known yet, or not one
        "tba", "tbc", "tbd", "tbn", "to be advised", "to be announced", "to be confirmed",
        "to be determined", "unknown", "unkn", "unk", "unbekannt", "inconnu", "desconocido",
        "not known", "not available", "not applicable", "not specified", "unspecified", "open",
        "offen", "pending", "various", "multiple", "misc", "other", "others", "diverse", "divers",
        "any", "all", "anywhere", "afil", "arnk", "arunk", "surface",
        # trials
        "test", "testing", "dummy", "sample", "foo", "asdf",
        # ways and places that are no airports
        "home", "office", "work", "hotel", "station", "rail", "railway", "train", "bus", "coach",
        "car", "rental car", "taxi", "ferry", "ship", "boat", "land", "road", "bahn", "zug",
        "virtual", "online", "remote",
    ]
)  # fmt: skip

_LIVE: Final = frozenset(["renamed", "moved", "new", "earlier", "occupied"])
"""Fates of codes that tickets still print."""

_TO_BE_TOLD: Final = ("TBA", "TBD")

_AT_ENDS: Final = re.compile(r"^[\W_]+|[\W_]+$")
_BETWEEN: Final = re.compile(r"[\W_]+")


def is_placeholder(text: str) -> bool:
    """Whether a text stands for nothing; capitals that are a live code are that code.

    NAN in capitals is Nadi and BUS Batumi; ``nan`` and ``Bus`` are words for nothing.

    >>> [is_placeholder(text) for text in ("NULL", "n/a", "nan", "NAN", "Train", "GRV")]
    [True, True, True, False, True, False]
    """
    word = text.strip()
    if "\N{REPLACEMENT CHARACTER}" in word:
        return False  # bytes that could not be read
    if _SIGNS.fullmatch(word):  # though some lists have a code of three X, of no place
        return True
    return is_word_for_nothing(word) and not (word.isupper() and word.isalpha() and _is_live(word))


def is_word_for_nothing(text: str) -> bool:
    """Whether tables write a text where there is nothing, though it may be a code as well."""
    word = text.strip()
    if _SIGNS.fullmatch(word):
        return True
    folded = _BETWEEN.sub(" ", _AT_ENDS.sub("", word)).casefold()
    return folded in _WORDS or (word[:1] == "#" and folded in _CODES_OF_NOTHING)


def _is_live(code: str) -> bool:
    """Whether capitals are a live code of an airport or a city.

    TBA and TBD are strips in New Guinea and Colombia: in a table nothing is known there yet.
    """
    return code not in _TO_BE_TOLD and is_code(code) and all(f.what in _LIVE for f in fates(code))


def is_blank(text: str | None) -> bool:
    """Whether a cell names nothing: it is empty, or holds a word for nothing."""
    return text is None or is_placeholder(text)
