"""Folding of place names, so that ``São Paulo``, ``sao paulo`` and ``SAO-PAULO`` are one word."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["bare", "fold", "is_generic", "keys"]

# Letters that Unicode does not decompose into a base letter and an accent.
_LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ə": "a",
    "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th",
}  # fmt: skip
_DROPPED = "´‘’ʻʼ"  # apostrophes, as in O’Hare
_MARKS = re.compile("[\u0300-\u036f]+")
_BETWEEN = re.compile(r"[^a-z0-9\n]+")
_PART = re.compile(r"[,/()]")

# Words that say that a place is an airport, not which one.
_GENERIC = frozenset(
    (
        "aerodrome", "afb", "air", "airbase", "airfield", "airpark", "airport", "airports",
        "airstrip", "apt", "base", "domestic", "field", "international", "intl", "municipal",
        "regional",
    )
)  # fmt: skip

_SAYS_NOTHING = _GENERIC | {"city", "town", "the", "of", "near", "any", "all"}


def fold(text: str) -> str:
    """Fold case, accents, apostrophes and punctuation.

    Parameters
    ----------
    text : str
        Any text; lines stay lines.

    Returns
    -------
    str
        Words of ``a-z0-9`` with single spaces between them, empty if nothing of that is left.
    """
    text = text.casefold().replace("'", "")
    if not text.isascii():
        # str.translate would take five times as long on the 150 kB of lines with accents
        for letter, base in _LETTERS.items():
            text = text.replace(letter, base)
        for mark in _DROPPED:
            text = text.replace(mark, "")
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return _BETWEEN.sub(" ", text).strip(" ")


def bare(folded: str) -> str:
    """Return folded words without the generic ones, ``"luton airport"`` as ``"luton"``.

    Parameters
    ----------
    folded : str
        What `fold` returned.

    Returns
    -------
    str
        The words that are left, or all of them if none would be.
    """
    return " ".join(word for word in folded.split() if word not in _GENERIC) or folded


def is_generic(folded: str) -> bool:
    """Tell whether words such as ``"international airport"`` say nothing of a place.

    Parameters
    ----------
    folded : str
        What `fold` returned.
    """
    return _SAYS_NOTHING.issuperset(folded.split())


def keys(city: str, name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the folded words by which a city and an airport are called.

    Parameters
    ----------
    city : str
        City as written in the table, e.g. ``"Arnavutköy, Istanbul"``: each part counts as well.
    name : str
        Airport name, with and without its generic words.

    Returns
    -------
    tuple of frozenset of str
        Names of the city, names of the airport.
    """
    cities = {fold(city), *map(fold, _PART.split(city))} - {""}
    full = fold(name)
    return frozenset(cities), frozenset({full, bare(full)} - {""})
