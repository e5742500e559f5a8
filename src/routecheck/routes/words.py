"""Texts to stops: ``GYD-GRV``, ``Baku to Grozny``, ``Baku (GYD) - Grozny (GRV)``, ``GYDGRV``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from string import ascii_lowercase
from typing import Final

from routecheck.airports import resolve
from routecheck.airports.cells import (
    is_known_code,
    is_known_name,
    marked_place,
    merged,
    region_of,
)
from routecheck.airports.model import Airport
from routecheck.airports.table import table
from routecheck.airports.text import shown
from routecheck.errors import PlaceError

__all__ = ["is_joint", "read_end", "read_stops", "split_codes"]

_CODE = r"[A-Za-z]{3,4}"
_JOINT = r"(?:\s*[-–—>/→⇒➔➜✈,;|_•·]+\s*|\s+to\s+|\s+)"
_JOINED: Final = re.compile(rf"\s*{_CODE}(?:{_JOINT}{_CODE})+\s*")
_JOINTS: Final = re.compile(_JOINT)
_SIGN: Final = re.compile(r"[-–—>/→⇒➔➜✈,;|_•·]|\sto\s")
_ALONE: Final = re.compile(r"\s*(?:[-–—>/→⇒➔➜✈]+|to)\s*")

_BETWEEN: Final = tuple(
    re.compile(sign, re.IGNORECASE)
    for sign in (
        r"\s*(?:[-=]*>|[→⇒➔➜✈])\s*", r"\s+to\s+", r"\s*[;•·]\s*", r"\s*\|\s*", r"\s+[-–—]+\s+",
        r"\s*[–—]\s*", r"\s*_\s*", r"\s+/\s+", r"/", r"-",
    )
)  # fmt: skip
"""What stands between two stops, what parts most first; what is in brackets is left whole."""

_BRACKETED: Final = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_PARTED_BY_BLANKS: Final = re.compile(r"[A-Z]{3,4}\s+[A-Z]{3,4}")
_MOST_PARTS: Final = 12
"""Parts between hyphens that are tried as names of several: Port-au-Prince-Miami has four."""

_VIA: Final = re.compile(r"(?<=\S)\s+via\s+(?=\S)", re.IGNORECASE)
_RUN_ON: Final = re.compile(r"[A-Z]{6}|[A-Z]{8}|[A-Z]{9}")


def is_joint(word: object) -> bool:
    """Whether a word of a command only joins two others: ``-``, ``to``, ``→``."""
    return isinstance(word, str) and _ALONE.fullmatch(word) is not None


def split_codes(words: Sequence[str]) -> list[str]:
    """Split words like ``GYD-GRV-MOW`` whose every part is a code of 3 or 4 letters.

    ``GYD to GRV``, ``GYD GRV`` in one word and ``GYD → GRV`` work too. Names stay whole:
    ``port-au-prince``, and ``port-vila``, whose parts are no codes. Where one part is no code and
    the whole is no name either, it is split all the same, so that the error names the part.
    """
    split: list[str] = []
    for word in words:
        parts = _JOINTS.split(word.strip()) if _JOINED.fullmatch(word) else []
        codes = bool(parts) and all(map(is_known_code, parts))
        # "Hat Yai" and "Can Tho" are names made of codes; "los angeles" is one without any.
        joined = _SIGN.search(word) is not None
        if (codes and (joined or not _is_name(word))) or (parts and joined and not _is_name(word)):
            split += parts
        else:
            split.append(word)
    return split


def _is_name(word: str) -> bool:
    try:
        resolve(word)
    except PlaceError:
        return False
    return True


def read_stops(text: str, on: date | None = None, *, alone: bool = False) -> list[Airport]:
    """The places that a text names: one, or those of a route, in their order.

    Parameters
    ----------
    text : str
    on : date, optional
        Day of the flight; today by default.
    alone : bool
        Whether the text is all of a route: then six capitals may be two codes.

    Raises
    ------
    PlaceError
        If one of them is unknown or ambiguous.
    """
    if _VIA.search(text):
        return _by_way_of(text, on)
    codes = _codes(text)
    if codes:
        return _one_or_more(codes, text, on)
    refused: PlaceError | None = None
    try:
        place = marked_place(text, on)
    except PlaceError as error:
        place, refused = None, error
    if place is not None:
        return [place]
    stops = _several(text, on, names=alone)
    if isinstance(stops, list):
        return stops
    if alone and (run := _run_on(text)):
        made = _one_or_more(run, text, on)
        note = f"{text.strip()} was read as the codes {'-'.join(run)}"
        return [replace(made[0], note="; ".join(filter(None, (note, made[0].note)))), *made[1:]]
    if refused is not None:
        raise refused
    try:
        return [resolve(text.strip(), on)]
    except PlaceError:
        if stops is not None:
            raise stops from None
        raise


def read_end(text: str, on: date | None = None) -> list[Airport]:
    """The place that a cell of origins or destinations names; stops only of a list of codes.

    Raises
    ------
    PlaceError
        If it is unknown or ambiguous, or names more than one place.
    """
    codes = _codes(text)
    # "ABU MUSA" is an island: two codes with nothing but blanks between them make no list
    unparted = len(codes) == 2 and not re.search(r"[^\w\s]|\bto\b", text, re.IGNORECASE)
    if codes and (unparted or _PARTED_BY_BLANKS.search(text)):  # "CXY - CAT CAY"
        place = marked_place(text, on)
        if place is not None:
            return [place]
    if unparted:
        region = region_of(codes, on)
        named = [replace(region, input=text)] if region else _one_or_more(codes, text, on)
        if len(named) == 1:
            return named
        try:
            return [resolve(text.strip(), on)]
        except PlaceError:
            raise _too_many(text, codes) from None
    if codes and _in_one_case(text):
        region = region_of(codes, on) if " " in text.strip() else None
        return [replace(region, input=text)] if region else _one_or_more(codes, text, on)
    place = marked_place(text, on)
    if place is not None:
        return [place]
    stops = _several(text, on)
    if isinstance(stops, list):
        raise _too_many(text, [stop.input.strip() for stop in stops])
    run = _run_on(text)
    try:
        return [resolve(text.strip(), on)]
    except PlaceError:
        if run:
            raise _too_many(text, run) from None
        raise


def _too_many(text: str, stops: Sequence[str]) -> PlaceError:
    return PlaceError(
        f'"{shown(text.strip())}" names {len(stops)} places, '
        f"{' and '.join(shown(stop) for stop in stops[:3])}: one is wanted here. A column of "
        "whole routes is named by --route-col"
    )


def _codes(text: str) -> list[str]:
    """The codes that a text consists of; none if it is a name, or one code."""
    parts = split_codes([text])
    known = len(parts) > 1 and all(part.isupper() or part.islower() for part in parts)
    return parts if known and all(map(is_known_code, parts)) else []


def _in_one_case(text: str) -> bool:
    return text.isupper() or text.islower()


def _one_or_more(codes: Sequence[str], text: str, on: date | None) -> list[Airport]:
    try:
        stops = merged([resolve(code, on) for code in codes])
    except PlaceError:
        place = marked_place(text, on)  # of "AUK/PAUK" the second is a name elsewhere
        if place is None:
            raise
        return [place]
    return [replace(stops[0], input=text)] if len(stops) == 1 else stops


def _by_way_of(text: str, on: date | None) -> list[Airport]:
    """``LHR via DOH to DEL``, and ``LHR-DEL via DOH``."""
    first, then = (part.strip() for part in _VIA.split(text, maxsplit=1))
    before, after = read_stops(first, on), read_stops(then, on)
    if len(before) > 1:
        return [*before[:-1], *after, before[-1]]
    if len(after) > 1:
        return [*before, *after]
    raise PlaceError(
        f'"{shown(text.strip())}" says a place on the way, but only one end: write it like '
        f"{before[0].code}-{after[0].code}-DEL"
    )


def _several(
    text: str, on: date | None, *, names: bool = True
) -> list[Airport] | PlaceError | None:
    """The stops on both sides of a sign; why they cannot be read; None where there is no sign.

    Parameters
    ----------
    text : str
    on : date, optional
    names : bool
        Whether a hyphen without blanks may part names, as it parts codes.
    """
    for sign in _BETWEEN:
        parts = _parts(text, sign) if sign.search(text) else []
        if len(parts) < 2:
            continue
        if sign.pattern == "-":
            # "Ust-Ilimsk" and "Long-haul" are no routes, whatever their parts are called.
            known = _names_of(parts) if names else []
            if not known and not any(p.isupper() and is_known_code(p) for p in parts):
                return None
            parts = known or parts
        found: list[Airport] = []
        try:
            for part in parts:
                found += read_stops(part, on)
        except PlaceError as error:
            return error
        return found
    return None


def _parts(text: str, sign: re.Pattern[str]) -> list[str]:
    """A text parted at a sign, though not within brackets; none if a part is empty."""
    kept: list[str] = []

    def hidden(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\0{len(kept) - 1}\0"

    parts = sign.split(_BRACKETED.sub(hidden, text.strip()))
    if not all(part.strip() for part in parts):
        return []
    return [re.sub("\0(\\d+)\0", lambda m: kept[int(m[1])], part).strip() for part in parts]


def _names_of(parts: Sequence[str]) -> list[str]:
    """Parts between hyphens as known names and codes: of ``Port-au-Prince-Miami`` two."""
    if len(parts) > _MOST_PARTS:
        return []
    best: dict[int, list[str]] = {len(parts): []}
    for first in range(len(parts) - 1, -1, -1):
        for last in range(len(parts), first, -1):
            name = "-".join(parts[first:last])
            if last in best and (is_known_code(name) or is_known_name(name)):
                best[first] = [name, *best[last]]
                break
    return best.get(0, [])


def _run_on(text: str) -> list[str]:
    """The codes of ``GYDGRV``, ``LHRDOHDEL`` or ``UBBBURMG``; none if it is something else."""
    word = text.strip()
    if not _RUN_ON.fullmatch(word):
        return []
    size = 4 if len(word) == 8 else 3
    codes = [word[i : i + size] for i in range(0, len(word), size)]
    if not all(map(is_known_code, codes)) or any(a == b for a, b in pairwise(codes)):
        return []
    return [] if _is_nearly_a_name(word.lower()) else codes


def _is_nearly_a_name(word: str) -> bool:
    """Whether it is a city's name but for one letter: TBILSI is TBI and LSI too."""
    names = _city_names()
    ends = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    return any(
        a + b[1:] in names
        or any(a + c + b in names or a + c + b[1:] in names for c in ascii_lowercase)
        for a, b in ends
    )


@lru_cache(maxsize=1)
def _city_names() -> frozenset[str]:
    return frozenset(name for row in table().served for name in row.city_keys)
