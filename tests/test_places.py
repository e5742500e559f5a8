"""A word becomes the right place, says so if it could have meant another, or is refused."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from pathlib import Path

import airportsdata
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import routecheck
from places import lines, outcome
from routecheck.airports import Airport, resolve, search
from routecheck.airports import table as table_module
from routecheck.airports.cities import cities
from routecheck.airports.names import bare, fold
from routecheck.airports.table import Table, table
from routecheck.errors import PlaceError

CITIES = cities()


@pytest.mark.parametrize("case", lines("words.csv"), ids=lambda case: case["word"])
def test_word_resolves(case):
    place = resolve(case["word"])
    assert place.code == case["code"]
    assert place.input == case["word"]
    if case["note"]:
        assert case["note"] in (place.note or "")
    else:
        assert place.note is None


@pytest.mark.parametrize("case", lines("errors.csv"), ids=lambda case: case["word"])
def test_word_is_refused(case):
    with pytest.raises(PlaceError) as caught:
        resolve(case["word"])
    assert case["says"] in str(caught.value)
    starts = [line.split("  ")[0] for line in caught.value.candidates]
    assert set(case["candidates"].split()) <= set(starts)
    assert len(starts) <= 6


def test_a_position_has_a_name_and_no_codes():
    place = resolve("43.3,45.7")
    assert place.name == "43.3000°N 45.7000°E"
    assert (place.lat, place.lon, place.iata, place.icao) == (43.3, 45.7, None, None)
    assert resolve("-33.9,-151.2").name == "33.9000°S 151.2000°W"


@pytest.mark.parametrize(
    "word",
    ["x" * 10_000, " " * 10_000 + "GYD", "é" * 10_000, "1" * 10_000 + ",2", "a\x00b", "GYD\x00",
     "a\tb", "a\nb", "\x1b[31mGYD", "\ud800", "\u200b", "﷽" * 60, "," * 90, "😀" * 90,
     "san de " * 14, "9" * 50 + "," + "9" * 49, "x" * 100],
    ids=lambda word: repr(word[:10]),
)  # fmt: skip
def test_odd_text_is_refused_cleanly_and_quickly(word):
    outcome("qqqq")  # loads what the error path needs
    start = time.perf_counter()
    error = outcome(word)
    assert time.perf_counter() - start < 1
    assert isinstance(error, PlaceError)
    message = error.args[0]
    assert len(message) < 400
    assert message.isprintable()


@pytest.mark.parametrize("word", [None, 3, 43.3, b"GYD"])
def test_what_is_not_text_is_refused(word):
    with pytest.raises(PlaceError, match="given as text"):
        resolve(word)


def test_invisible_marks_from_copying_are_dropped():
    assert resolve("\ufeffGYD\u200b").iata == "GYD"


# The whole table


def changed() -> set[str]:
    """Codes of which the product says something else than the package."""
    with_fate = {row["code"] for row in shipped("codes.csv")}
    return with_fate | {row["code"] for row in shipped("positions.csv")}


def shipped(name: str) -> list[dict[str, str]]:
    with (Path(routecheck.__file__).parent / "data" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def test_every_iata_code_is_its_airport():
    entries, own = airportsdata.load("IATA"), changed()
    assert sum(code in own for code in entries) < 300
    wrong = {
        code: place
        for code, entry in entries.items()
        if code not in own
        and (
            not isinstance(place := outcome(code), Airport)
            or (place.iata, place.name, place.lat, place.lon)
            != (code, entry["name"], entry["lat"], entry["lon"])
        )
    }
    assert not wrong


def clashes() -> dict[str, list[dict[str, str]]]:
    """Codes that are also the name of a place elsewhere, found without the code under test."""
    named: dict[str, list[dict[str, str]]] = {}
    entries = airportsdata.load().values()
    for entry in entries:
        for name in {fold(entry["city"]), fold(entry["name"]), bare(fold(entry["name"]))} - {""}:
            if len(name) in {3, 4} and name.isalpha():
                named.setdefault(name.upper(), []).append(entry)
    return named


def test_every_code_that_is_also_a_name_is_refused_or_noted():
    named = clashes()
    silent = []
    counted = 0
    for entry in airportsdata.load().values():
        for code in filter(None, (entry["iata"], entry["icao"])):
            if not code.isalpha():
                continue
            own = {fold(entry["city"]), bare(fold(entry["name"]))}
            others = [
                other
                for other in named.get(code, ())
                if other is not entry
                and not (
                    code.lower() in own
                    and (other["subd"], other["country"]) == (entry["subd"], entry["country"])
                )
                # a landing strip without any code does not contest an IATA code
                and (other["iata"] or other["icao"].isalpha() or len(code) == 4)
            ]
            if not others:
                continue
            counted += 1
            place = outcome(code)
            if isinstance(place, Airport):
                noted = place.note is not None and "also a name" in place.note
                refusable = len(code) == 4 and not place.iata  # we may know one that they do not
                if refusable or not noted:
                    silent.append(code)
            elif "ambiguous" not in str(place) or not place.candidates:
                silent.append(code)
    assert not silent
    assert counted > 100


def test_ambiguous_words_say_how_to_type_each_place():
    words = [w for w in clashes() if len(w) == 4 and table().icao(w)]
    words = [w for w in words if isinstance(outcome(w), PlaceError)]
    assert {"SIRT", "LIMA", "KOBE", "SARI", "FARO"} <= set(words)
    for word in words:
        error = outcome(word)
        assert isinstance(error, PlaceError)
        for candidate in error.candidates:
            typed = candidate.split("  ")[0]
            assert typed.upper() != word
            assert isinstance(outcome(typed), Airport), (word, typed)


def test_local_identifiers_are_never_places():
    entries = airportsdata.load("LID")
    codes = airportsdata.load("IATA").keys() | CITIES.keys()
    assert resolve("BAK").iata == "GYD"
    assert entries["BAK"]["city"] == "Columbus"
    for lid in list(entries)[::211]:
        place = outcome(lid)
        if lid not in codes and isinstance(place, Airport):
            assert lid.lower() in fold(f"{place.name} {place.city}").split()


# City codes


def test_city_table_is_large_and_sorted():
    assert list(CITIES) == sorted(CITIES)
    assert sum(len(c.airports) > 1 or c.main != c.code for c in CITIES.values()) >= 80


@pytest.mark.parametrize("city", CITIES.values(), ids=CITIES.keys())
def test_city_row_is_valid(city):
    entries = airportsdata_iata()
    assert len(city.code) == 3
    assert city.code.isalpha()
    assert city.code.isupper()
    assert len(set(city.airports)) == len(city.airports) >= 1
    assert set(city.airports) <= entries.keys()
    if city.code in entries:  # else the code would belong to another city's airport
        assert city.code in city.airports
    main = entries[city.main]
    assert main["country"] == city.country or city.code == "EAP"  # Basel's airport is in France
    for code in city.airports:
        apart = abs(entries[code]["lat"] - main["lat"]) + abs(entries[code]["lon"] - main["lon"])
        assert apart < 2, code  # degrees
    place = resolve(city.code)
    own = city.code in city.airports and city.code not in {"DKR", "MES"}  # the city's only, by now
    assert place.iata == (city.code if own else city.main)
    assert (place.note is not None) or city.airports == (city.code,)


def airportsdata_iata(cache={}):  # noqa: B006
    return cache or cache.update(airportsdata.load("IATA")) or cache


def test_city_table_has_all_that_airportsdata_lists():
    for code, listed in airportsdata.load_iata_macs().items():
        assert set(listed["airports"]) <= set(CITIES[code].airports), code


@pytest.mark.parametrize("city", CITIES.values(), ids=CITIES.keys())
def test_city_names_lead_to_the_main_airport(city):
    for name in city.names:
        place = outcome(name)
        if isinstance(place, PlaceError):  # a name that is a code too
            assert len(name) in {3, 4}
            assert any(line.startswith(city.main) for line in place.candidates)
        elif len(name) != 3:
            assert place.iata == city.main, name


# Search


@pytest.mark.parametrize(
    ("word", "first"),
    [("BAK", ["GYD", "ZXT"]), ("IST", ["IST", "SAW", "ISL"]), ("lima", ["LIMA", "LIM", "AOH"]),
     ("grozny", ["GRV"]), ("grozni", ["GRV"]), ("heydar", ["GYD"]), ("hue", ["HUE", "HUI"]),
     ("sherem", ["SVO"]), ("43.3,45.7", ["43.3,45.7"]), ("qqqqqqq", []),
     ("london", ["LHR", "LGW", "STN", "LTN", "LCY", "SEN"])],
)  # fmt: skip
def test_search_puts_the_likeliest_first(word, first):
    found = search(word)
    assert [place.code for place in found[: len(first)]] == first
    assert len(found) == len({(p.lat, p.lon, p.name) for p in found}) <= 10
    assert all(place.input == word for place in found)


def test_search_limit():
    assert len(search("san", limit=3)) == 3
    assert search("san", limit=0) == []
    with pytest.raises(PlaceError):
        search("")


# Properties


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.text(max_size=30), st.text("abcdeINSW '-,.0123456789", max_size=12)))
def test_any_text_resolves_or_is_refused(text):
    place = outcome(text)
    if isinstance(place, Airport):
        assert -90 <= place.lat <= 90
        assert -180 <= place.lon <= 180
        assert place.name
    else:
        assert place.args[0].isprintable()
    try:
        search(text)
    except PlaceError:
        assert isinstance(place, PlaceError)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_any_position_is_itself(lat, lon):
    place = resolve(f"{lat!r},{lon!r}")
    assert (place.lat, place.lon) == (lat, lon)


@given(st.sampled_from(sorted(CITIES)), st.text(" ", max_size=3), st.booleans())
def test_case_and_spaces_do_not_matter(code, space, lower):
    word = space + (code.lower() if lower else code) + space
    place = outcome(word)
    if lower and isinstance(place, PlaceError):  # man: Manchester, or Man in Côte d'Ivoire
        assert "ambiguous" in str(place)
        assert any(line.startswith(f"{resolve(code).iata}  ") for line in place.candidates)
    else:
        assert isinstance(place, Airport)
        assert place.iata == resolve(code).iata


# The table behind it


def test_table_of_another_layout_is_read_through_the_package():
    other = Table(b'"iata","icao"\n"GYD","UBBB"\n')
    for code in ("GYD", "PAQ", "RMO"):
        mine, usual = other.iata(code), table().iata(code)
        assert mine is not None
        assert usual is not None
        assert mine.airport("") == usual.airport("")
    assert [row.iata for row in other.called("hue")] == ["HUI"]


def test_index_and_search_of_lines_agree(monkeypatch):
    fresh = Table(Path(airportsdata.__file__).with_name("airports.csv").read_bytes())
    words = ["hue", "sao paulo", "chisinau", "ohare", "istanbul", "st louis", "lima", "nowhere"]
    scanned = [fresh.called(word) for word in words]
    monkeypatch.setattr(table_module, "_SEARCHES_BEFORE_INDEX", 0)
    assert [sorted(map(id, fresh.called(word))) for word in words] == [
        sorted(map(id, rows)) for rows in scanned
    ]


def test_import_is_light_and_reads_no_table():
    code = (
        "import sys, json; import routecheck.airports as a, routecheck.airports.table as t;"
        "print(json.dumps([sorted(sys.modules), t.table.cache_info().currsize]))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    modules, loaded = json.loads(out.stdout)
    assert not {"pandas", "geopandas", "rich", "numpy", "shapely", "pyproj"} & set(modules)
    assert loaded == 0
