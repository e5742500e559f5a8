"""What was typed: cleaned, shown in messages, and read as a position if it is one."""

from __future__ import annotations

import math
import re
import unicodedata

from routecheck.airports.model import Airport
from routecheck.errors import PlaceError

__all__ = ["SHOWN", "cleaned", "looks_like_code", "position", "shown"]

SHOWN = 6
"""How many candidates an error lists."""

_LONGEST = 100  # characters; the longest airport name has about 80
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)
_LIKE_POSITION = re.compile(r"[-+\d.,;:°'\"′″\sNSEW]*\d[-+\d.,;:°'\"′″\sNSEW]*", re.IGNORECASE)
_HOW = "write a position as lat,lon in decimal degrees, e.g. 43.3,45.7 (south and west negative)"


def looks_like_code(text: str) -> bool:
    """Whether a word is three or four capitals, as codes are written."""
    return len(text) in {3, 4} and text.isascii() and text.isalpha() and text.isupper()


def shown(word: str, longest: int = 40) -> str:
    """Return a word fit for a message: printable, and cut if long.

    Parameters
    ----------
    word : str
        What was typed.
    longest : int
        Characters kept.
    """
    text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in word[: longest + 1])
    return text if len(word) <= longest and len(text) <= longest else text[: longest - 1] + "…"


def cleaned(word: str) -> str:
    """Strip and normalise a word.

    Parameters
    ----------
    word : str
        What was typed.

    Returns
    -------
    str
        In Unicode form NFKC, with a plain minus, never empty.

    Raises
    ------
    PlaceError
        If it is not text, empty, too long, or holds control characters.
    """
    if not isinstance(word, str):
        msg = f"a place is given as text, not as {type(word).__name__}: try 'GYD' or '43.3,45.7'"
        raise PlaceError(msg)
    if not word[: 10 * _LONGEST].strip():
        raise PlaceError("the place is empty: give a code such as GYD, a city, or lat,lon")
    text = word.strip() if len(word) <= 10 * _LONGEST else word
    if len(text) <= _LONGEST:  # invisible marks come along when text is copied from a page
        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
        text = unicodedata.normalize("NFKC", text).strip()
    if not text:
        raise PlaceError("the place holds only invisible characters: type it by hand")
    if len(text) > _LONGEST:
        msg = (
            f'"{shown(text)}" has {len(text):,} characters, too many for a place: '
            "give one code such as GYD, one name, or lat,lon"
        )
        raise PlaceError(msg)
    for c in text:
        if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}:
            msg = (
                f'"{shown(text)}" holds the control character U+{ord(c):04X}: '
                "type the place without it"
            )
            raise PlaceError(msg)
    return text.replace("−", "-")


def position(text: str, word: str) -> Airport | None:
    """Read a position.

    Parameters
    ----------
    text : str
        What `cleaned` returned.
    word : str
        What was typed, for the result.

    Returns
    -------
    Airport or None
        A bare position, or None if the text does not look like one.

    Raises
    ------
    PlaceError
        If it looks like a position and is not one: out of range, not finite, or oddly written.
    """
    parts = [part.strip() for part in text.split(",")]
    numbers = [bool(_NUMBER.fullmatch(part)) for part in parts]
    odd = [part for part in parts if _NOT_FINITE.fullmatch(part)]
    if len(parts) == 2 and all(numbers):
        lat, lon = float(parts[0]), float(parts[1])
        if math.isfinite(lat) and math.isfinite(lon):
            return _checked(lat, lon, parts, word)
        odd = [p for p in parts if not math.isfinite(float(p))]
    if odd and len(parts) == 2 and sum(numbers) + len(odd) >= 2:
        raise PlaceError(f'"{shown(odd[0])}" is not a finite number: {_HOW}')
    if _LIKE_POSITION.fullmatch(text) and (len(parts) > 1 or not text.isalnum()):
        raise PlaceError(f'"{shown(text)}" looks like a position but is not one: {_HOW}')
    return None


def _checked(lat: float, lon: float, parts: list[str], word: str) -> Airport:
    bad = []
    if abs(lat) > 90:
        bad.append(f"latitude {shown(parts[0])} is out of range, it must lie within -90 and 90")
    if abs(lon) > 180:
        bad.append(f"longitude {shown(parts[1])} is out of range, it must lie within -180 and 180")
    if bad:
        swapped = abs(lat) <= 180 and abs(lon) <= 90
        hint = f"; latitude comes first, did you mean {lon:g},{lat:g}?" if swapped else f"; {_HOW}"
        raise PlaceError(" and ".join(bad) + hint)
    lat, lon = lat + 0.0, lon + 0.0  # -0.0 becomes 0.0
    north, east = "S" if lat < 0 else "N", "W" if lon < 0 else "E"
    name = f"{abs(lat):.4f}°{north} {abs(lon):.4f}°{east}"
    return Airport(input=word, name=name, lat=lat, lon=lon)
