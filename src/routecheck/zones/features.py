"""Reads the features of a file into drafts of zones: everything checked, nothing refined yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from routecheck.geometry.ellipsoid import MAX_REACH_KM
from routecheck.zones.advisories import Header, read_advisory
from routecheck.zones.extras import read_event, read_ratings
from routecheck.zones.fields import MAX_BUFFER_KM, Fields
from routecheck.zones.formats import about_json, is_feature_list
from routecheck.zones.leftout import name_of
from routecheck.zones.model import (
    AS_GIVEN,
    KINDS,
    LEVELS,
    Advisory,
    Event,
    Kind,
    Level,
    Rating,
    day_of,
)
from routecheck.zones.pins import SKIPPED, Pins
from routecheck.zones.problems import (
    Problems,
    clean_text,
    join_pointer,
    show,
    suggest,
)
from routecheck.zones.quick import PlainRing
from routecheck.zones.rings import Ring, RingReader, covers_half_the_earth

__all__ = ["PROPERTIES", "Draft", "FeatureReader", "features_of"]

PROPERTIES: Final = (
    "id", "name", "kind", "group", "buffer_km", "weapons", "advisories", "level", "basis",
    "accuracy_km", "notes", "since", "hindsight", "context", "event", "renewed",
)  # fmt: skip

_WATCHED: Final = ("gnss", "exercise", "border")
_NO_AVOID: Final = (
    "asks for avoid: a zone of the kind event is a report, nobody's ban, and counts as caution at "
    "most; if somebody forbids it, give it another kind"
)
MAX_NAME: Final = 200
"""Letters of a name or id; what is longer was never meant as one."""

_SLUG: Final = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_POLYGONS: Final = ("Polygon", "MultiPolygon")
_OTHER_GEOMETRIES: Final = ("Point", "MultiPoint", "LineString", "MultiLineString")


@dataclass(slots=True)
class Draft:
    """A zone before its rings are refined; ``id`` may still be made unique.

    ``given`` is the GeoJSON geometry as it was in the file.
    """

    id: str
    pointer: str
    name: str = ""
    kind: Kind = "conflict"
    group: str | None = None
    buffer_km: float = 0.0
    weapons: tuple[str, ...] = ()
    advisories: tuple[Advisory, ...] = ()
    basis: str = "as given"
    accuracy_km: float = 0.0
    notes: str = ""
    since: date | None = None
    hindsight: str = ""
    context: tuple[Rating, ...] = ()
    renewed: frozenset[str] = frozenset()
    event: Event | None = None
    polygons: list[list[Ring]] = field(default_factory=list)
    pointers: list[str] = field(default_factory=list)
    given: Any = None

    def geometry(self) -> dict[str, Any]:
        """Build the GeoJSON geometry, after repairs."""
        coordinates = [[ring.positions for ring in polygon] for polygon in self.polygons]
        if len(coordinates) == 1:
            return {"type": "Polygon", "coordinates": coordinates[0]}
        return {"type": "MultiPolygon", "coordinates": coordinates}


def _no_ban(advisory: Advisory) -> Advisory:
    """An advisory of a zone of the kind event, which is caution at most."""
    level: Level = "caution" if advisory.level == "avoid" else advisory.level
    stated = None if advisory.stated_level == "avoid" else advisory.stated_level
    return replace(
        advisory, level=level, stated_level=stated, graded=advisory.graded if stated else ""
    )


def features_of(document: Any, problems: Problems) -> Iterator[tuple[Any, str, str]]:
    """Every feature of a GeoJSON document, with the JSON pointers to it and to its geometry.

    A bare geometry counts as a feature.
    """
    foreign = about_json(document)
    if foreign:
        topology = isinstance(document, dict) and document.get("type") == "Topology"
        problems.error(foreign, "/type" if topology else "")
        return
    if is_feature_list(document):
        problems.error(
            'the file holds a bare list of features: write {"type": "FeatureCollection", '
            '"features": …} round it'
        )
        return
    if not isinstance(document, dict):
        problems.error(f"the file holds {show(document)}, not a GeoJSON object")
        return
    kind = document.get("type")
    if kind == "FeatureCollection":
        features = document.get("features")
        if not isinstance(features, list):
            problems.error(
                f"features is {show(features)}, not a list: was the file cut off?", "/features"
            )
            return
        for index, feature in enumerate(features):
            yield feature, f"/features/{index}", f"/features/{index}/geometry"
    elif kind == "Feature":
        yield document, "", "/geometry"
    elif kind in (*_POLYGONS, "GeometryCollection", *_OTHER_GEOMETRIES, "Circle"):
        yield {"type": "Feature", "properties": None, "geometry": document}, "", ""
    else:
        hint = suggest(kind, ("FeatureCollection", *_POLYGONS)) if isinstance(kind, str) else ""
        problems.error(
            f"type is {show(kind)}, not FeatureCollection, Feature, Polygon or MultiPolygon{hint}",
            "/type",
        )


class FeatureReader:
    """Turns the features of one file into drafts."""

    __slots__ = (
        "_as_given", "_header", "_problems", "_rings", "_seen", "_turns", "_weapons", "pins",
        "used",
    )  # fmt: skip

    def __init__(
        self, header: Header, problems: Problems, plain: Mapping[int, PlainRing] | None = None
    ) -> None:
        self._header = header
        self._problems = problems
        self._rings = RingReader(problems, strict=not header.plain, plain=plain)
        self._as_given: dict[Level, tuple[Advisory, ...]] = {}
        self._seen: dict[str, str] = {}
        self._turns: dict[str, int] = {}
        self._weapons: Mapping[str, Any] | None = None
        self.used: set[str] = set()
        self.pins = Pins(problems)

    def finish(self, *, alone: bool) -> None:
        """Report what is said once for the whole file; ``alone``: no feature has an area."""
        self._rings.finish()
        self.pins.finish(alone=alone)

    @property
    def projected(self) -> int:
        """Rings so far whose coordinates are no degrees."""
        return self._rings.projected

    def forgive_projected(self) -> None:
        """Say nothing of those rings any more: their features were left out."""
        self._rings.projected = 0

    def read(self, feature: Any, pointer: str, geometry: str, number: int) -> Draft | None:
        """Read the ``number``-th feature, counted from 1; None if it is beyond reading."""
        problems = self._problems
        default = f"feature-{number}"
        if not isinstance(feature, dict):
            problems.error(f"a feature is {show(feature)}, not an object", pointer, default)
            return None
        if feature.get("type") != "Feature":
            problems.error(
                f'type is {show(feature.get("type"))}, not "Feature"',
                join_pointer(pointer, "type"),
                default,
            )
            return None
        raw = feature.get("properties")
        if raw is None:
            raw = {}
        where = join_pointer(pointer, "properties")
        if not isinstance(raw, dict):
            problems.error(f"properties are {show(raw)}, not an object", where, default)
            raw = {}
        strict = not self._header.plain
        shape = feature.get("geometry")
        if not strict:
            shape, wanted = self.pins.geometry_of(feature, raw, geometry, default)
            if not wanted:
                return None
        fields = Fields(raw, problems, where, default, strict)
        ident = self._ident(fields, default)
        fields = Fields(raw, problems, where, ident, strict)
        if strict:
            fields.unknown(PROPERTIES, "property of a zone")
        else:
            self._near_misses(fields)

        draft = Draft(ident, pointer)
        draft.name = self._name(fields, feature, ident)
        draft.given = feature.get("geometry")
        draft.kind = self._kind(fields)
        draft.group = fields.text("group") or None
        draft.buffer_km = fields.number("buffer_km", 0, MAX_BUFFER_KM) or 0.0
        draft.accuracy_km = fields.number("accuracy_km", 0, MAX_BUFFER_KM) or 0.0
        if draft.buffer_km + draft.accuracy_km > MAX_REACH_KM:
            fields.error(
                "accuracy_km",
                f"is {draft.accuracy_km:g} km, with buffer_km {draft.buffer_km:g} km beyond the "
                f"{MAX_REACH_KM:,.0f} km that a check looks",
            )
        draft.basis = fields.text("basis", "as given", may_be_empty=False)
        draft.notes = fields.text("notes")
        if strict:
            draft.event = read_event(fields, draft.kind)
        if draft.event is None:
            draft.advisories = self._advisories(fields, draft.kind)
        if strict:  # a plain file may mean something else by these words
            self._extras(fields, draft)
        draft.weapons = self._read_weapons(fields)
        self._geometry(shape, geometry, draft)
        return draft

    # -- properties ------------------------------------------------------------------------------

    def _extras(self, fields: Fields, draft: Draft) -> None:
        since = fields.stamp("since", day_only=True)
        draft.since = None if since is None else day_of(since)
        if since is not None and (draft.advisories or draft.event):
            what = "advisories say" if draft.advisories else "event says"
            fields.warn("since", f"is not used: the zone's {what} from when it counts")
        draft.hindsight = fields.text("hindsight")
        draft.renewed = frozenset(fields.texts("renewed"))
        for ident in sorted(draft.renewed - {a.id for a in draft.advisories}):
            fields.error("renewed", f"lists {show(ident)}, which is no advisory of the zone")
        draft.context = read_ratings(fields)

    def _name(self, fields: Fields, feature: dict[str, Any], ident: str) -> str:
        """What a zone is called; in a plain file other properties than ``name`` may say it."""
        name = fields.text("name", "", may_be_empty=False)
        if not name and not fields.strict:
            name = clean_text(name_of(fields.values, feature))[0] if fields.absent("id") else (
                clean_text(name_of(fields.values))[0]
            )  # fmt: skip
        return self._cut(name or ident, "name", fields)

    def _cut(self, text: str, key: str, fields: Fields) -> str:
        if len(text) <= MAX_NAME:
            return text
        fields.warn(key, f"has {len(text):,} letters: cut to {MAX_NAME}")
        return text[: MAX_NAME - 1].rstrip() + "…"

    def _ident(self, fields: Fields, default: str) -> str:
        problems = self._problems
        ident = self._cut(fields.text("id", default, may_be_empty=False), "id", fields)
        if fields.strict and ident != default and not _SLUG.fullmatch(ident):
            fields.error(
                "id",
                f"is {show(ident)}: use small letters and digits, joined by hyphens, "
                "e.g. gulf-of-aden",
            )
        if ident in self._seen:
            if fields.strict:
                problems.error(
                    f"the id {show(ident)} is that of {self._seen[ident]} too: each zone needs "
                    "its own",
                    fields.at("id"),
                    ident,
                )
                return ident
            wanted, turn = ident, self._turns.get(ident, 2)
            while f"{wanted}-{turn}" in self._seen:
                turn += 1
            self._turns[wanted] = turn + 1
            ident = f"{wanted}-{turn}"
            problems.warn(
                f"the id {show(wanted)} is that of {self._seen[wanted]} too: this one is called "
                f"{show(ident)}",
                fields.at("id"),
                ident,
            )
        self._seen[ident] = fields.pointer.removesuffix("/properties") or "the document"
        return ident

    def _kind(self, fields: Fields) -> Kind:
        if fields.absent("kind"):
            return "conflict"
        value = fields.values["kind"]
        for kind in KINDS:
            if value == kind:
                return kind
        if fields.strict:
            fields.choice("kind", KINDS, "conflict")
        else:
            hint = suggest(value.lower(), KINDS) if isinstance(value, str) else ""
            fields.warn("kind", f"is {show(value)}, not one of {', '.join(KINDS)}: read as "
                        f"conflict, the strictest{hint}")  # fmt: skip
        return "conflict"

    def _level(self, fields: Fields, kind: Kind) -> Level:
        strictest: Level = "caution" if kind == "event" else "avoid"
        default: Level = "watch" if kind in _WATCHED else strictest
        if fields.absent("level"):
            return default
        value = fields.values["level"]
        if not fields.strict and not isinstance(value, str):
            fields.warn(
                "level",
                f"is {show(value)}, not one of {', '.join(LEVELS)}: read as {strictest}, the "
                "strictest",
            )
            return strictest
        word = fields.choice("level", LEVELS, default)
        if kind == "event" and word == "avoid":
            fields.warn("level", _NO_AVOID)
            return "caution"
        return next(level for level in LEVELS if level == word)

    def _near_misses(self, fields: Fields) -> None:
        """Warn of a stand-off under another name, which would be lost without a word."""
        for key in fields.values:
            if key != "buffer_km" and key.lower().replace("_", "").startswith("buffer"):
                fields.warn(key, "is not read: a stand-off is called buffer_km, in km")

    def _read_weapons(self, fields: Fields) -> tuple[str, ...]:
        if fields.absent("weapons"):
            return ()
        value = fields.values["weapons"]
        # without an advisory of its own a plain zone has no ceiling, and weapons change nothing
        strict = fields.strict or isinstance(fields.values.get("advisories"), list)
        problems = self._problems
        if not isinstance(value, list):
            problems.add(
                strict,
                f"weapons is {show(value)}, not a list of ids" + ("" if strict else ": ignored"),
                fields.at("weapons"),
                fields.feature,
            )
            return ()
        if not value:
            return ()
        known = self._known_weapons()
        found = []
        for index, item in enumerate(value):
            where = join_pointer(fields.pointer, "weapons", index)
            if isinstance(item, str) and item in known:
                if item not in found:
                    found.append(item)
                continue
            hint = suggest(item.lower(), known) if isinstance(item, str) else ""
            problems.add(
                strict,
                f"weapons lists {show(item)}, which is not an id of the weapons table{hint}",
                where,
                fields.feature,
            )
        return tuple(found)

    def _known_weapons(self) -> Mapping[str, Any]:
        if self._weapons is None:
            from routecheck.zones.weapons import weapons  # noqa: PLC0415 - most files name none

            self._weapons = weapons()
        return self._weapons

    def _advisories(self, fields: Fields, kind: Kind) -> tuple[Advisory, ...]:
        level = self._level(fields, kind)
        value = fields.values.get("advisories")
        alien = not isinstance(value, list) or (
            value and not any(isinstance(item, dict) for item in value)
        )
        if not fields.absent("advisories") and alien and not fields.strict:
            fields.warn(
                "advisories",
                f"is {show(value)} without an advisory object: the zone counts as always in force",
            )
        elif not fields.absent("advisories"):
            if not isinstance(value, list):
                fields.error("advisories", f"is {show(value)}, not a list of ids or objects")
                return ()
            if not fields.absent("level"):
                fields.warn("level", "is not used: the zone's advisories say what counts")
            listed = self._listed(fields, value)
            if kind == "event" and any("avoid" in (a.level, a.stated_level) for a in listed):
                fields.warn("advisories", _NO_AVOID)
                listed = tuple(_no_ban(a) for a in listed)
            return listed
        if level not in self._as_given:  # one for all zones, as from a table
            self._as_given[level] = (
                Advisory(
                    id=AS_GIVEN,
                    issuer="your zone file",
                    reference=self._problems.file,
                    level=level,
                    confidence="as given",
                    summary="always in force",
                ),
            )
        return self._as_given[level]

    def _listed(self, fields: Fields, value: list[Any]) -> tuple[Advisory, ...]:
        table = self._header.advisories
        found: list[Advisory] = []
        listed: set[str] = set()
        for index, item in enumerate(value):
            where = join_pointer(fields.pointer, "advisories", index)
            if isinstance(item, dict):
                ident = f"{fields.feature}-advisory-{index + 1}"
                advisory = read_advisory(
                    item, ident, self._problems, where, fields.feature, strict=fields.strict
                )
            elif isinstance(item, str) and item in table:
                self.used.add(item)
                if item in listed:
                    self._problems.warn(
                        f"advisories lists {show(item)} twice", where, fields.feature
                    )
                    continue
                listed.add(item)
                advisory = table[item]
            else:
                advisory = None
                hint = suggest(item, table) if isinstance(item, str) else ""
                self._problems.error(
                    f"advisories lists {show(item)}, which is not an id of the file's "
                    f"routecheck.advisories, nor an advisory object{hint}",
                    where,
                    fields.feature,
                )
            if advisory is not None and any(advisory.id == other.id for other in found):
                self._problems.error(
                    f"two advisories of the zone have the id {show(advisory.id)}: each revision "
                    "needs its own",
                    where,
                    fields.feature,
                )
            elif advisory is not None:
                found.append(advisory)
        return tuple(found)

    # -- geometry --------------------------------------------------------------------------------

    def _geometry(self, geometry: Any, pointer: str, draft: Draft) -> None:
        problems = self._problems
        if geometry is None:
            problems.error(
                "no geometry: a zone needs a Polygon or MultiPolygon; draw it, or remove the "
                "feature",
                pointer,
                draft.id,
            )
            return
        stack = [(geometry, pointer)]
        whole = True
        while stack:
            item, where = stack.pop()
            if item is SKIPPED:
                continue
            kind = item.get("type") if isinstance(item, dict) else None
            if kind == "GeometryCollection":
                members = item.get("geometries")
                if not isinstance(members, list) or not members:
                    problems.error(
                        f"geometries is {show(members)}, not a list of polygons",
                        join_pointer(where, "geometries"),
                        draft.id,
                    )
                    whole = False
                    continue
                stack.extend(
                    (members[index], join_pointer(where, "geometries", index))
                    for index in range(len(members) - 1, -1, -1)
                )
                continue
            whole = self._one_geometry(item, kind, where, draft) and whole
        if whole and covers_half_the_earth(draft.polygons):
            problems.error(
                "the zone covers more than half of the Earth, a hemisphere: is it inside out, or "
                "cut wrongly at the date line?",
                pointer,
                draft.id,
            )

    def _one_geometry(self, item: Any, kind: Any, where: str, draft: Draft) -> bool:
        problems = self._problems
        if kind not in _POLYGONS:
            if kind in _OTHER_GEOMETRIES:
                message = (
                    f"a {kind} has no area, only polygons make a zone: buffer it first "
                    "(in a projection in metres), or remove the feature"
                )
            elif isinstance(item, dict):
                message = f"the geometry's type is {show(kind)}, not Polygon or MultiPolygon"
            else:
                message = f"a geometry is {show(item)}, not an object"
            problems.error(message, where, draft.id)
            return False
        coordinates = item.get("coordinates")
        base = join_pointer(where, "coordinates")
        if kind == "Polygon":
            members = [(coordinates, base)]
        elif not isinstance(coordinates, list) or not coordinates:
            problems.error(
                f"coordinates are {show(coordinates)}, not a list of polygons", base, draft.id
            )
            return False
        else:
            members = [(part, f"{base}/{index}") for index, part in enumerate(coordinates)]
        whole = True
        for part, at in members:
            rings = self._rings.polygon(part, at, draft.id)
            if rings is None:
                whole = False
                continue
            draft.polygons.append(rings)
            draft.pointers.append(at)
        return whole
