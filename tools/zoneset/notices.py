"""Reads ``notices/*.toml``: every record checked, what is shared put in, faults told by name.

``notices/README.md`` says how a record is written. Whether dates, levels and texts make sense
together is asked of the reader of zone files by ``tools/build_zones.py``.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from routecheck.zones.model import APPLIES, LEVELS, stamp_text
from zoneset.records import Record

__all__ = ["FOLDER", "read_notices"]

FOLDER = Path(__file__).with_name("notices")
COMMON = "common.toml"

HIGHEST_FT = 100_000
FIRST_YEAR, LAST_YEAR = 1970, 2099
SHOWN = 60
"""Characters of a value that a message shows."""

PARTS = ("issuers", "phrases", "groups", "opsgroup")
"""What common.toml has."""

PHRASE = re.compile(r"\{([^{}]*)\}")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


# --- the schema -----------------------------------------------------------------------------------


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _perhaps_text(value: Any) -> bool:
    return isinstance(value, str)


def _texts(value: Any) -> bool:
    """Several texts, none of them twice."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(_text(item) for item in value)
        and len(set(value)) == len(value)
    )


def _feet(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and 0 <= value <= HIGHEST_FT


def _day(value: Any) -> bool:
    return (
        isinstance(value, date)
        and (not isinstance(value, datetime) or value.tzinfo is not None)
        and FIRST_YEAR <= value.year <= LAST_YEAR
    )


def _ident(value: Any) -> bool:
    return isinstance(value, str) and ID.fullmatch(value) is not None


def _phrase(value: Any) -> bool:
    return _text(value) and not set("{}") & set(value)


def _issuer(value: Any) -> bool:
    if not isinstance(value, dict) or not _perhaps_text(value.get("page", "")):
        return False
    forms = value.get("forms", {})
    known = isinstance(forms, dict) and all(_text(form) for form in forms.values())
    usual = value.get("usual")
    return known and (usual is None or (_text(usual) and usual in forms))


def _page(value: Any) -> bool:
    """An address, or the end of one: nothing that a browser would run."""
    return _perhaps_text(value) and (
        value.startswith(("https://", "http://")) or not set(value) & set(":\\ \n")
    )


def _one_of(*words: str) -> Callable[[Any], bool]:
    return lambda value: value in words


A_DAY = "a day (2026-10-01) or a moment with its zone (2026-10-01T11:24:00Z), without quotes"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a field of a record must be, in a test and in words, and whether it must be there."""

    holds: Callable[[Any], bool]
    wants: str
    required: bool = False


SCHEMA: Mapping[str, Rule] = {
    "id": Rule(_ident, "small letters and digits joined by hyphens", required=True),
    "zones": Rule(_texts, 'a list of zone ids and groups: ["syria", "@ukraine"]', required=True),
    "issuer": Rule(_text, "who published it", required=True),
    "reference": Rule(_text, "the number it is known by", required=True),
    "revision": Rule(_text, 'its revision, like "R3"'),
    "level": Rule(_one_of(*LEVELS), f"one of {', '.join(reversed(LEVELS))}", required=True),
    "stated_level": Rule(_one_of(*LEVELS), f"one of {', '.join(reversed(LEVELS))}"),
    "graded": Rule(_text, "why it counts lower than its letter"),
    "binds": Rule(_text, "a form of its issuer, or who is bound, in words"),
    "floor_ft": Rule(_feet, "a height in feet"),
    "ceiling_ft": Rule(_feet, "a height in feet"),
    "issued": Rule(_day, A_DAY, required=True),
    "expires": Rule(_day, A_DAY),
    "ended": Rule(_day, A_DAY),
    "applies": Rule(_one_of(*APPLIES), f"one of {', '.join(APPLIES)}"),
    "aerodromes_in": Rule(_texts, 'a list of ISO 3166 codes: ["DJ"]'),
    "exceptions": Rule(_text, "what is excepted, in words"),
    "page": Rule(_page, "an address, or what follows the address of its issuer"),
    "summary": Rule(_text, "what it says, in our words", required=True),
    "confidence": Rule(_text, "how well it is known, and from where", required=True),
}
"""Fields of a record, in the order in which they are written."""

WITH_PHRASES = ("reference", "binds", "exceptions", "summary", "confidence", "graded")


# --- reading --------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Shared:
    """What the records of all files share, and the faults found so far."""

    issuers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    opsgroup_page: str = ""
    opsgroup_countries: Mapping[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read_notices(folder: Path = FOLDER) -> tuple[tuple[Record, ...], tuple[str, ...]]:
    """All records, file by file in the order of their names, and a sentence for each fault.

    A record with a fault is left out: nothing may be drawn while there are any.
    """
    shared = _Shared()
    _read_common(shared, folder / COMMON)
    records: list[Record] = []
    owners: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name == COMMON:
            continue
        for where, raw in _raw_records(path, shared):
            found = _record(raw, where, shared)
            if found is None:
                continue
            if found.id in owners:
                shared.faults.append(
                    f"{where}, id: {owners[found.id]} has this id too: a new revision needs its own"
                )
                continue
            owners[found.id] = path.name
            records.append(found)
    return tuple(records), tuple(shared.faults)


def _load(path: Path, shared: _Shared) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        shared.faults.append(f"notices/{path.name}: {error}")
    except (ValueError, RecursionError) as error:  # TOMLDecodeError, a number of 5,000 digits, …
        shared.faults.append(
            f"notices/{path.name}: not TOML: {error}; texts stand in quotes, days (2026-10-01) and "
            "heights without, and no field twice"
        )
    return {}


def _read_common(shared: _Shared, path: Path) -> None:
    """What the records share, each part left out that is not of its form."""
    common = _load(path, shared)
    where = f"notices/{path.name}"
    for key in common.keys() - PARTS:
        shared.faults.append(f"{where}: {key!r} is no part of it{near(key, PARTS)}")
    shared.issuers = _table(common, "issuers", _issuer, "page, usual and forms", where, shared)
    shared.phrases = _table(common, "phrases", _phrase, "a text without braces", where, shared)
    shared.groups = _table(common, "groups", _texts, "a list of zones", where, shared)
    opsgroup = common.get("opsgroup", {})
    if not isinstance(opsgroup, dict) or not _perhaps_text(opsgroup.get("page", "")):
        shared.faults.append(f"{where}, opsgroup: write page and [opsgroup.countries]")
        return
    shared.opsgroup_page = opsgroup.get("page", "")
    shared.opsgroup_countries = _table(
        opsgroup, "countries", _text, "the end of an address", f"{where}, opsgroup", shared
    )


def _table(
    within: Mapping[str, Any],
    key: str,
    holds: Callable[[Any], bool],
    wants: str,
    where: str,
    shared: _Shared,
) -> dict[str, Any]:
    """A table of a file, without the entries that are not of their form."""
    table = within.get(key, {})
    if not isinstance(table, dict):
        shared.faults.append(f"{where}, {key}: write [{key}]")
        return {}
    for name, value in table.items():
        if not holds(value):
            shared.faults.append(f"{where}, {key}, {name}: is {_short(value)}: write {wants}")
    return {name: value for name, value in table.items() if holds(value)}


def _short(value: Any) -> str:
    """A value as it is printed, cut where it is long."""
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _raw_records(path: Path, shared: _Shared) -> Iterable[tuple[str, Any]]:
    """Each record of a file, with the words that say where it stands."""
    document = _load(path, shared)
    for key in document.keys() - {"notice"}:
        shared.faults.append(f"notices/{path.name}: {key!r} is no record: write [[notice]]")
    listed = document.get("notice", [])
    if not isinstance(listed, list):
        shared.faults.append(f"notices/{path.name}: write [[notice]], with two brackets")
        return
    for number, raw in enumerate(listed, 1):
        name = raw.get("id") if isinstance(raw, dict) else None
        yield f"notices/{path.name}, {name if _ident(name) else f'record {number}'}", raw


def _record(raw: Mapping[str, Any], where: str, shared: _Shared) -> Record | None:
    """A record with all that is shared put in; None if it has a fault."""
    faults = [f"{where}, {fault}" for fault in _faults_of(raw)]
    if not faults:
        fields = dict(raw)
        for name in WITH_PHRASES:
            if name in fields:
                fields[name] = _spoken(fields[name], f"{where}, {name}", shared.phrases, faults)
        zones = tuple(_zones(raw["zones"], f"{where}, zones", shared.groups, faults))
        issuer = shared.issuers.get(raw["issuer"], {})
        fields["binds"] = _bound(fields.get("binds"), raw["issuer"], shared.issuers, where, faults)
        fields["reference"] = _standing_since(fields, issuer)
    if faults:
        shared.faults += faults
        return None
    page = fields.pop("page", None)
    for name in ("issued", "expires", "ended"):
        if name in fields:
            day = fields[name]
            fields[name] = stamp_text(day.astimezone(UTC) if isinstance(day, datetime) else day)
    for name in ("floor_ft", "ceiling_ft"):
        if name in fields:
            fields[name] = float(fields[name])
    fields["aerodromes_in"] = tuple(fields.get("aerodromes_in", ()))
    fields["zones"] = zones
    return Record(**fields, url=_url(page, issuer) or _page_read(fields, shared))


def _faults_of(raw: Any) -> Iterable[str]:
    """What the schema says against a record, field by field."""
    if not isinstance(raw, dict):
        yield "record: is not a table: write [[notice]] and its fields below"
        return
    for name in raw.keys() - SCHEMA.keys():
        yield f"{name}: is no field of a record{near(name, SCHEMA)}"
    for name, rule in SCHEMA.items():
        if name not in raw:
            if rule.required:
                yield f"{name}: is missing: write {rule.wants}"
        elif not rule.holds(raw[name]):
            yield f"{name}: is {_short(raw[name])}: write {rule.wants}"
    if ("graded" in raw) != ("stated_level" in raw):
        yield "graded: goes with stated_level: write both, or none"


def near(word: str, words: Iterable[str]) -> str:
    """``: did you mean 'x'?`` for a word that is like another; empty if none is."""
    close = difflib.get_close_matches(word, list(words), 1)
    return f": did you mean {close[0]!r}?" if close else ""


def _spoken(text: str, where: str, phrases: Mapping[str, str], faults: list[str]) -> str:
    """A text with its {phrases} put in."""

    def put_in(found: re.Match[str]) -> str:
        if found[1] not in phrases:
            faults.append(f"{where}: no phrase is {found[1]!r}{near(found[1], phrases)}")
        return phrases.get(found[1], "")

    return PHRASE.sub(put_in, text)


def _zones(
    words: Iterable[str],
    where: str,
    groups: Mapping[str, Sequence[str]],
    faults: list[str],
    within: tuple[str, ...] = (),
) -> Iterable[str]:
    """Zone ids, with the members of each @group in its place."""
    for word in words:
        if not word.startswith("@"):
            yield word
        elif (name := word[1:]) not in groups:
            faults.append(f"{where}: no group is {name!r}{near(name, groups)}")
        elif name in within:
            faults.append(f"{where}: the group {name!r} holds itself")
        else:
            yield from _zones(groups[name], where, groups, faults, (*within, name))


def _bound(
    word: str | None,
    name: str,
    issuers: Mapping[str, Mapping[str, Any]],
    where: str,
    faults: list[str],
) -> str:
    """Who is bound: a form of the issuer of that name, or the words as they stand."""
    issuer = issuers.get(name, {})
    forms: Mapping[str, str] = issuer.get("forms", {})
    other = next((known for known in issuers if known.casefold() == name.casefold()), name)
    if other != name:
        faults.append(f"{where}, issuer: is {name!r}: write {other!r}")
    if word is None:
        if "usual" in issuer:
            return forms[issuer["usual"]]
        faults.append(
            f"{where}, binds: is missing: no issuer in {COMMON} is {name!r}{near(name, issuers)}; "
            "of another write who is bound, in words"
        )
        return ""
    if word not in forms and " " not in word:
        faults.append(
            f"{where}, binds: no form of this issuer is {word!r}{near(word, forms)}: write one of "
            f"{', '.join(forms) or 'none'}, or who is bound, in words"
        )
    return forms.get(word, word)


def _standing_since(fields: Mapping[str, Any], issuer: Mapping[str, Any]) -> str:
    """The reference; with a circular's goes the year its warning dates from.

    A circular repeats older warnings under its own number each time it is reissued: a back-test
    would read as an anachronism.
    """
    reference: str = fields["reference"]
    circular = bool(issuer) and reference.startswith("AIC")
    return f"{reference} (standing since {fields['issued'].year})" if circular else reference


def _url(page: str | None, issuer: Mapping[str, Any]) -> str:
    base: str = issuer.get("page", "")
    if page is None or page.startswith(("https://", "http://")):
        return page or base
    return f"{base}/{page}" if page and base else ""


def _page_read(fields: Mapping[str, Any], shared: _Shared) -> str:
    """The page on which a notice was read whose own page is not known; empty if there is none."""
    if "OPSGROUP" not in fields["confidence"]:
        return ""
    countries = shared.opsgroup_countries
    country = next((countries[zone] for zone in fields["zones"] if zone in countries), "")
    return f"{shared.opsgroup_page}/{country}/" if country else ""
