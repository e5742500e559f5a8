"""One place as tables write it: ``Baku / Heydar Aliyev (GYD/UBBB)``, ``JFK - New York``.

The code decides. Words beside it are only asked whether they contradict it: a cell whose code and
whose city lie far apart is an error, as nobody can know which of the two is meant.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from routecheck.airports.blanks import is_placeholder, is_word_for_nothing
from routecheck.airports.cities import cities, city_called
from routecheck.airports.countries import countries, country_by_code
from routecheck.airports.names import bare, fold, is_generic
from routecheck.airports.resolve import is_code, resolve
from routecheck.airports.table import Row, table
from routecheck.airports.text import cleaned, shown
from routecheck.airports.world import apart_km
from routecheck.errors import PlaceError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from routecheck.airports.model import Airport

__all__ = [
    "is_known_code", "is_known_name", "marked_place", "merged", "region_of",
]  # fmt: skip

FAR_KM: Final = 300.0
"""From here on a city is not the one that an airport serves: Frankfurt-Hahn lies 95 km out, the
farthest that are sold under a city's name some 150 km."""

_CODE: Final = re.compile(r"[A-Z]{3,4}|[a-z]{3,4}", re.ASCII)
_CAPITALS: Final = re.compile(r"\b[A-Z]{3,4}\b", re.ASCII)
_BRACKETS: Final = re.compile(r"\s*[(\[{]([^()\[\]{}]*)[)\]}]\s*")
_KIND: Final = re.compile(r"\b(?:iata|icao|code)\b[\s:.=]*", re.IGNORECASE)
_PREFIXED: Final = re.compile(r"(?:iata|icao)\s*:\s*[a-z]+", re.ASCII | re.IGNORECASE)
_BESIDE: Final = re.compile(r"\s*[/|;:,]\s*|\s+[-–—]+\s+|\s*[–—]\s*")
"""Signs between a code and the words, or the other code, of one place."""

_CODE_BY_DASH: Final = re.compile(
    r"([A-Z]{3,4})\s*[-_]\s*([^-_\s].*)|(.*[^-_\s])\s*[-_]\s*([A-Z]{3,4})"
)
_ROAD: Final = re.compile(r"\bto\b|->|=>|[>→⇒➔➜✈]", re.IGNORECASE)
_EVERY: Final = re.compile(
    r"(?:all|any|alle|tous|todos|tutti)(?: .*)?|.* all airports|(?:the )?city|"
    r"metro(?:politan)?(?: area)?|mac|multi-?airport(?: city)?",
    re.IGNORECASE,
)  # fmt: skip
_TERMINAL: Final = re.compile(
    r"[\s,/–-]*[(\[]?\s*\b(?:(?:T|TML|TRML)\s?-?\d{1,2}[A-Z]?|term(?:inal|\.)?\s?-?[A-Z0-9]{1,2}"
    r"|(?:north|south|east|west|main|central|domestic|international) terminal"
    r"|gates?\s?[A-Z]?\d{1,3}[A-Z]?|hall\s?[A-Z0-9]{1,2})\s*[)\]]?\s*$",
    re.IGNORECASE,
)  # fmt: skip
_CODE_AND_HALL: Final = re.compile(r"([A-Z]{3,4})[\s/-]\s?\d[A-Z]?")
_WORD_PARTS: Final = re.compile(r"\s*[,/()\[\]]\s*")
_DASHES: Final = re.compile(r"\s*[-–—]+\s*")
_AND_COUNTRY: Final = re.compile(
    r"(.*[^\W\d_].*?)(?:\s*,\s*([A-Z]{2,3})|\s*[(\[]\s*([A-Z]{2,3})\s*[)\]])"
)
_CODE_FIRST: Final = re.compile(r"([A-Z]{3})\s*[-–:,]\s*\D.*")
_COUNTRIES: Final = {
    "usa": "US", "u s a": "US", "us": "US", "uk": "GB", "u k": "GB", "uae": "AE", "ksa": "SA",
    "prc": "CN", "rok": "KR", "drc": "CD",
}  # fmt: skip
"""Short names of countries that stand in brackets after a city; USA is a code as well."""


@lru_cache(maxsize=4096)
def is_known_code(word: str) -> bool:
    """Whether three or four letters are a code, of today or of another day."""
    return word.isalpha() and is_code(word)


def is_known_name(text: str) -> bool:
    """Whether all of a text is the name of a city or an airport: ``Frankfurt-Hahn``."""
    return bool(_called(fold(text)))


def marked_place(text: str, on: date | None = None) -> Airport | None:
    """The place that a code or a known name marks; None where nothing does.

    Raises
    ------
    PlaceError
        If the code is not known, or the words beside it name another place.
    """
    word = cleaned(text).rstrip(" ,;.*")
    named = _in_a_country(word, on)
    if named is not None:
        return replace(named, input=text)
    if (_CODE.fullmatch(word) and is_known_code(word)) or _PREFIXED.fullmatch(word):
        return resolve(text, on)
    found = _in_brackets(word, on) if _BRACKETS.search(word) else None
    if found is None and is_known_name(word) and not _BRACKETS.search(word):
        return resolve(text, on)
    found = found or _at_a_terminal(word, on) or _beside_signs(word, on) or _beside_blanks(word, on)
    return None if found is None else replace(found, input=text)


def _in_a_country(word: str, on: date | None) -> Airport | None:
    """``Chicago, USA``, ``Colmar (FRA)``, ``Dubai, UAE``: what follows a name is its country.

    Raises
    ------
    PlaceError
        If no place of that name is known there.
    """
    found = _AND_COUNTRY.fullmatch(word)
    if found is None:
        return None
    name, said = found[1].strip(" ,"), found[2] or found[3]
    listed = country_by_code(said) if len(said) == 3 else None
    country = _COUNTRIES.get(fold(said)) or (listed.code if listed else None)
    if country is None or not name or (codes_in(name) and is_known_code(name)):
        return place_of_code(name, on) if country and name and is_known_code(name) else None
    row = table().iata(said) if len(said) == 3 else None
    if row is not None:
        words = set(fold(name).split())
        if words & _own_words(row) or (row.country == country and _likeness(name, row) > 0):
            return None  # "Indianapolis, IND": its code, whatever India's is
    inner = marked_place(name, on) if codes_in(name.split(",")[0].strip()) else None
    return inner or resolve(f"{name}, {country}", on)


def _in_brackets(word: str, on: date | None) -> Airport | None:
    """``New York (JFK)``, ``LHR (London)``, ``Paris (all airports)``, ``London (UK)``."""
    inside = [group.strip() for group in _BRACKETS.findall(word)]
    outside = " ".join(_BRACKETS.sub(" ", word).split())
    inside = [first[1] if (first := _CODE_FIRST.fullmatch(each)) else each for each in inside]
    # A code in brackets stands in capitals: "Hotel (car)", "Foo (bar)".
    groups = [
        codes if group == group.upper() or (codes and _verdict(outside, codes[0], on) > 0) else []
        for group in inside
        for codes in [codes_in(group)]
    ]
    if outside and is_word_for_nothing(outside) and not is_known_code(outside):
        raise PlaceError(
            f'"{shown(word)}" names no place: "{shown(outside)}" stands for nothing. Give a code '
            "such as GYD alone if one is meant"
        )
    if not any(groups):
        unknown = [group for group in inside if _looks_like_code(group)]
        every = [group for group in inside if _EVERY.fullmatch(group)]
        if every or not inside[-1]:
            return _at(outside, on)
        country = _country(inside[-1], outside)
        if country:
            return resolve(f"{outside}, {country}", on)
        if unknown and not is_known_code(outside):
            raise _unknown(unknown[0], word)
        if not codes_in(outside):
            return None
        return _coded([outside], "/".join(inside), word, on)
    if any(group and _EVERY.fullmatch(text) for group, text in zip(groups, inside, strict=True)):
        # "Paris (ANY)": ANY and ALL are codes too, of Anthony and Albenga.
        city = _called(fold(outside))
        if city and not _near(city, _row_of(groups[0][0], on)):
            return _at(outside, on)
    country = _country(inside[-1], outside)
    if country:  # "New York (USA)": USA is the code of Concord too
        rows = [row for row in _called(fold(outside)) if row.country == country]
        if not _near(rows, _row_of(groups[-1][0], on)):
            return resolve(f"{outside}, {country}", on)
    words = [text for group, text in zip(groups, inside, strict=True) if not group]
    codes = [text for group, text in zip(groups, inside, strict=True) if group]
    # "LEH (IXL)" is Leh, though LEH is a code too, and so are the words of "SAN JOSE (EUQ)".
    named = " " in outside or _verdict(outside, codes_in(codes[0])[0], on) > 0
    (words if named or not (outside.isupper() and codes_in(outside)) else codes).append(outside)
    return _coded([each for each in codes if each], "/".join(filter(None, words[::-1])), word, on)


def _country(inside: str, outside: str) -> str | None:
    """The country in brackets after a name that is known there, ISO 3166 alpha-2."""
    country = _COUNTRIES.get(fold(inside)) or (
        inside if len(inside) == 2 and inside.isupper() else ""
    )
    if not country or is_known_code(outside):
        return None
    return country if any(row.country == country for row in _called(fold(outside))) else None


def _at(text: str, on: date | None) -> Airport | None:
    return marked_place(text, on) or resolve(text, on) if text else None


def _at_a_terminal(word: str, on: date | None) -> Airport | None:
    """``LHR Terminal 5``, ``LHR T5``, ``CDG 2E``."""
    hall = _CODE_AND_HALL.fullmatch(word)
    if hall and is_known_code(hall[1]):
        return place_of_code(hall[1], on)
    short = _TERMINAL.sub("", word)
    return _at(short, on) if short and short != word else None


def _beside_signs(word: str, on: date | None) -> Airport | None:
    """``JFK - New York``, ``London, LHR``, ``KJFK/JFK``, ``GYD: Baku``."""
    if _ROAD.search(word):
        return None
    parts = _BESIDE.split(word)
    if len(parts) < 2:
        # "GYD-Baku": a dash without blanks is one only where a code stands on one side of it.
        found = _CODE_BY_DASH.fullmatch(word)
        parts = [part for part in found.groups() if part] if found else []
    if len(parts) < 2 or not all(parts):
        return None
    codes = [part for part in parts if _is_code_in_words(part)]
    words = [part for part in parts if part not in codes]
    if not codes:
        ends = dict.fromkeys((parts[0], parts[-1]))
        unknown = [part for part in ends if part.isupper() and _CODE.fullmatch(part)]
        if len(unknown) == 1 and any(not part.isupper() for part in parts if part not in unknown):
            raise _unknown(unknown[0], word)
        return None
    if _hold_a_code(words, codes[0], on):
        return None
    for part in words:  # of "GYD-QQQ" one is wrong; DOHA in "DOH - DOHA" is a name
        if part.isupper() and _CODE.fullmatch(part) and _verdict(part, codes[0], on) == 0:
            raise _unknown(part, word)
    return _coded(codes, _without(word, codes), word, on)


def _without(word: str, codes: Sequence[str]) -> str:
    """The words beside codes, with the signs between them."""
    for code in codes:
        word = re.sub(rf"(?<![^\W_]){code}(?![^\W_])", "", word, count=1)
    return re.sub(r"^[\W_]+|[\W_]+$", "", word)


def _beside_blanks(word: str, on: date | None) -> Airport | None:
    """``LHR London Heathrow``, ``Baku GYD``, ``NEW YORK JFK``."""
    tokens = word.split()
    if len(tokens) < 2 or _ROAD.search(word) or re.search(r"\s[-–—]+\s|[–—|;→]", word):
        return None
    first, last = (_is_code_in_words(token) for token in (tokens[0], tokens[-1]))
    if not first and not last:
        return None
    options: list[tuple[str, str]] = []
    if first:
        options.append((tokens[0], " ".join(tokens[1:])))
    if last:
        options.append((tokens[-1], " ".join(tokens[:-1])))
    if word.isupper():
        # "DEN HAAG" and "LA PAZ" begin or end with what is a code: the words must bear it out.
        options = [(code, rest) for code, rest in options if _verdict(rest, code, on) > 0]
        return place_of_code(options[0][0], on) if len(options) == 1 else None
    if len(options) == 2:
        return _coded([code for code, _ in options], " ".join(tokens[1:-1]), word, on)
    code, rest = options[0]
    return None if _hold_a_code([rest], code, on) else _coded([code], rest, word, on)


def _hold_a_code(words: Sequence[str], code: str, on: date | None) -> bool:
    """Whether another code stands among the words beside one, unless they name its own place.

    Of words that are all capitals, as SAN JOSE, only such count that are nothing but codes.
    """
    return any(
        (codes_in(part) if part.isupper() else any(map(is_known_code, _CAPITALS.findall(part))))
        and _verdict(part, code, on) <= 0
        for part in words
    )


def _coded(codes: Sequence[str], words: str, word: str, on: date | None) -> Airport | None:
    """The place of codes that mean one, if the words do not say another.

    None if the codes mean several and nothing else is said: a route.

    Raises
    ------
    PlaceError
        If codes, or a code and the words, say different places.
    """
    single = [code for text in codes for code in codes_in(text)]
    places = merged([place_of_code(code, on) for code in single])
    if len(places) != 1:
        if words or _BRACKETS.search(word):
            raise PlaceError(
                f'"{shown(word)}" holds the codes of {len(places)} places, '
                f"{' and '.join(place.name for place in places[:2])}: give one"
            )
        return None
    place = places[0]
    if all(is_placeholder(code) for code in single):
        raise PlaceError(f'"{shown(word)}" names no place: "{single[0]}" stands for nothing')
    said = contradicted(words, place)
    if said:
        raise PlaceError(
            f'"{shown(word)}" says two places: {place.input} is {place.name}, '
            f"{place.city or place.name} ({place.country}), but {said}. "
            "Give the code alone, or correct it"
        )
    row = _row(place)
    if words and row is not None and not _borne_out(words, row):
        note = f"{shown(word)} was read by its code {place.input.upper()}, {place.name}"
        note += f", {place.city or place.name} ({place.country}); the words beside it name no place"
        return replace(place, note="; ".join(filter(None, [place.note, note])), guess=True)
    return replace(place, guess=False)


def _borne_out(words: str, row: Row) -> bool:
    """Whether words beside a code say its place, or nothing but an airport, or its country."""
    own = _own_words(row) | {row.country.lower(), fold(row.subd)}
    country = countries().get(row.country)
    if country is not None:
        own |= set(country.keys) | {country.alpha3.lower()}
    parts = [words, *_WORD_PARTS.split(words), *_DASHES.split(words)]
    if any(is_generic(fold(part)) or _likeness(part, row) > 0 for part in parts if fold(part)):
        return True
    said = set(fold(words).split())
    return any(said & set(each.split()) for each in own if each)


def place_of_code(code: str, on: date | None) -> Airport:
    """The place of what is marked as a code, in brackets or beside a name."""
    code = code.upper()
    try:
        return replace(resolve(code, on), guess=False)
    except PlaceError:
        if len(code) != 4 or not is_code(code):
            raise
        return resolve(f"icao:{code}", on)  # LIMA is a name as well, but not in brackets


def region_of(codes: Sequence[str], on: date | None) -> Airport | None:
    """The place of two words of which one is a code and the other its city or region: GOI - GOA."""
    if len(codes) == 2:
        for code, name in (codes, codes[::-1]):
            if fold(name) in _own_words(_row_of(code, on)) - {code.lower()}:
                return place_of_code(code, on)
    return None


def merged(places: Sequence[Airport]) -> list[Airport]:
    """The same places, two codes of one airport, or of a city and its airport, as one.

    A code that is there twice stays: a route from LHR to LHR is an error, not one place.
    """
    left: list[Airport] = []
    for place in places:
        before = left[-1] if left else None
        if before and before.input.upper() != place.input.upper():
            if (before.lat, before.lon) == (place.lat, place.lon):
                if len(before.input.strip()) == 4:
                    left[-1] = place
                continue
            if _is_city_of(before.input, place):
                left[-1] = place
                continue
            if _is_city_of(place.input, before):
                continue
        left.append(place)
    return left


def _is_city_of(code: str, place: Airport) -> bool:
    """Whether a code is that of a city alone, and the place one of its airports."""
    code = code.strip().upper()
    city = cities().get(code)
    return city is not None and place.iata in city.airports and table().iata(code) is None


def contradicted(words: str, place: Airport) -> str:
    """What far place the words beside a code plainly name; empty if they do not."""
    row = _row(place)
    if row is None or any(_likeness(text, row) > 0 for text in (words, words.partition(",")[0])):
        return ""
    for chunk in dict.fromkeys((words, words.partition(",")[0], *_DASHES.split(words))):
        parts = [chunk, *_WORD_PARTS.split(chunk)]
        if any(_likeness(text, row) > 0 for text in parts):
            continue
        for text in parts[:2]:  # what comes after a comma is a country or a state
            if _likeness(text, row) < 0:
                other = _called(fold(text))[0]
                return f"{shown(text)} is {other.iata}, {other.where}"
    return ""


def _verdict(words: str, code: str, on: date | None) -> int:
    return _likeness(words, _row_of(code, on))


def _likeness(words: str, row: Row | None) -> int:
    """1 where words name a place near an airport, -1 where only far ones, 0 where none is known."""
    folded = fold(words)
    if row is None or not folded or is_generic(folded):
        return 0
    if set(bare(folded).split()) <= _own_words(row):
        return 1
    called = _called(folded)
    return (1 if _near(called, row) else -1) if called else 0


def _own_words(row: Row | None) -> frozenset[str]:
    if row is None:
        return frozenset()
    said = fold(f"{row.name} {row.city} {row.subd} {row.iata or ''} {row.icao or ''}")
    return frozenset(said.split())


def _called(folded: str) -> list[Row]:
    """Airports with a code of the cities, or with the names, that are called so."""
    found: dict[Row, None] = {}
    for name in dict.fromkeys((folded, bare(folded))):
        city = city_called(name)
        for code in city.airports if city else ():
            row = table().iata(code)
            if row:
                found[row] = None
        found.update(dict.fromkeys(row for row in table().called(name) if row.iata))
    return list(found)


def _near(rows: Sequence[Row], row: Row | None) -> bool:
    return row is not None and any(
        apart_km((each.lat, each.lon), (row.lat, row.lon)) <= FAR_KM for each in rows
    )


def _row(place: Airport) -> Row | None:
    by_iata = table().iata(place.iata) if place.iata else None
    return by_iata or (table().icao(place.icao) if place.icao else None)


def _row_of(code: str, on: date | None) -> Row | None:
    return _row(place_of_code(code, on))


def codes_in(text: str) -> list[str]:
    """The known codes that make up a text: of ``GYD/UBBB`` two; none if there is anything else."""
    if text.istitle():
        return []  # "Orly" and "Lima" are names; a code is written in one case
    parts = [part for part in re.split(r"[\s/|,;:–—-]+", _KIND.sub("", text.strip())) if part]
    known = [part for part in parts if _CODE.fullmatch(part) and is_known_code(part)]
    if known and len(known) < len(parts):
        # "(BSZ/UCFM)": one of a pair is enough, where the other is written as a code is.
        known = known if all(_CODE.fullmatch(part) and part.isupper() for part in parts) else []
    return known


def _is_code_in_words(part: str) -> bool:
    return _CODE.fullmatch(part) is not None and part.isupper() and is_known_code(part)


def _looks_like_code(text: str) -> bool:
    parts = re.split(r"\s*[/|,;]\s*", _KIND.sub("", text))
    return all(_CODE.fullmatch(part) and part.isupper() for part in parts)


def _unknown(code: str, word: str) -> PlaceError:
    code = shown(_KIND.sub("", code))
    try:
        resolve(code)
    except PlaceError as error:
        known = str(error).partition("\n")[0].partition(". Similar:")[0]
        if "(" in known:  # what kind of code it is, where that is known
            return PlaceError(f'"{shown(word)}": {known}')
    name = _CAPITALS.sub("", _BRACKETS.sub(" ", word)).strip(" -–—/:,|;") or code
    return PlaceError(
        f'no airport has the code "{code}", which stands in "{shown(word)}": correct the code, or '
        f'search with: routecheck places "{shown(name)}"'
    )
