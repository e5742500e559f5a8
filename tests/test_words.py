"""A word is a place only if that is what a person would mean by it."""

from __future__ import annotations

import itertools
import json
import math
import random
import re
import string

import airportsdata
import pytest

from places import lines, outcome
from routecheck.airports import Airport, dated, resolve, search
from routecheck.airports.cities import cities
from routecheck.airports.names import fold
from routecheck.cli import main
from routecheck.errors import PlaceError

ALL = airportsdata.load()


def km(here: tuple[float, float], there: tuple[float, float]) -> float:
    one, other = (
        (math.cos(a) * math.cos(b), math.cos(a) * math.sin(b), math.sin(a))
        for a, b in (map(math.radians, place) for place in (here, there))
    )
    return 6371 * math.acos(max(-1, min(1, sum(x * y for x, y in zip(one, other, strict=True)))))


@pytest.mark.parametrize("case", lines("doors.csv"), ids=lambda case: case["word"])
def test_door(case):
    place = outcome(case["word"])
    if not case["code"]:
        assert isinstance(place, PlaceError), place
        starts = [line.split("  ")[0] for line in place.candidates]
        assert set(case["candidates"].split()) <= set(starts)
        assert len(starts) <= 6
        return
    assert isinstance(place, Airport), place
    assert place.code == case["code"]
    assert place.input == case["word"]
    if case["guess"]:
        assert place.guess is (case["guess"] == "yes")
    if case["note"]:
        assert case["note"] in (place.note or "")
    else:
        assert place.note is None


def test_every_kind_has_ten_cases_or_more():
    kinds = [case["kind"] for case in lines("doors.csv")]
    assert all(kinds.count(kind) > 10 for kind in set(kinds))


def test_towns_at_risk_are_not_landed_elsewhere_without_a_word():
    towns = lines("towns.csv")
    assert len({town["name"] for town in towns}) >= 1058
    astray, near = [], 0
    for town in towns:
        place = outcome(town["name"])
        if isinstance(place, Airport):
            away = km((place.lat, place.lon), (float(town["lat"]), float(town["lon"])))
            near += away <= 50
            if away > 50 and not place.note:
                astray.append((town["name"], town["country"], place.code, round(away)))
    assert not astray
    assert near > 600  # and it is not by refusing all of them


def test_the_airport_of_a_large_town_at_risk_is_found():
    large = [("Kabul", "KBL"), ("Tehran", "IKA"), ("Baghdad", "BGW"), ("Aleppo", "ALP"),
             ("Benghazi", "BEN"), ("Khartoum", "KRT"), ("Mogadishu", "MGQ"), ("Bamako", "BKO"),
             ("Niamey", "NIM"), ("Goma", "GOM"), ("Odesa", "ODS"), ("Lahore", "LHE"),
             ("Srinagar", "SXR"), ("Yangon", "RGN"), ("Pyongyang", "FNJ"), ("Caracas", "CCS"),
             ("Port-au-Prince", "PAP"), ("Juba", "JUB"), ("Asmara", "ASM"), ("Kashgar", "KHG"),
             ("Peshawar", "PEW")]  # fmt: skip
    assert [outcome(name).iata for name, _ in large] == [code for _, code in large]


def test_three_capitals_are_that_code_or_that_city_or_nothing():
    codes = {entry["iata"] for entry in ALL.values()} | cities().keys()
    wrong = []
    for word in map("".join, itertools.product(string.ascii_uppercase, repeat=3)):
        place = outcome(word)
        if isinstance(place, PlaceError):
            if word in codes and "the code of" not in str(place):
                wrong.append(word)
        elif word == place.iata or word in cities() or (place.note and dated.fates(word)):
            continue
        elif f"{word} is no code" in (place.note or ""):
            if word.lower() not in fold(place.city).split():
                wrong.append(word)
        elif not re.match(f"{word} (was|is) .*\\bcode\\b", place.note or ""):
            wrong.append(word)
    assert not wrong


def words() -> list[str]:
    """10,000 words: codes in all cases, names and parts of them, slips, what stands for nothing."""
    chance = random.Random(12)
    letters = string.ascii_lowercase
    entries = list(ALL.values())
    empty = "null none n/a nan true false open home test rail hotel tba unknown total via x ?"

    def name() -> str:
        entry = chance.choice(entries)
        full = entry["name"].removesuffix(" Airport")
        return chance.choice([entry["city"] or full, full, chance.choice(full.split() or ["x"])])

    def slip(word: str) -> str:
        at = chance.randrange(len(word) + 1)
        return chance.choice(
            [word[:at] + word[at + 1 :], word[:at] + chance.choice(letters) + word[at:]]
        )

    made: list[str] = []
    while len(made) < 10_000:
        kind = chance.random()
        if kind < 0.25:
            word = "".join(chance.choices(letters, k=chance.choice([3, 4])))
        elif kind < 0.6:
            word = name()
        elif kind < 0.9:
            word = slip(name())
        else:
            word = chance.choice(empty.split())
        made.append(chance.choice([str.upper, str.lower, str.title, str])(word))
    return made


def test_no_word_is_a_field_without_a_code():
    found = [place for word in words() if isinstance(place := outcome(word), Airport)]
    assert not [place.input for place in found if not place.iata and not place.icao]
    assert len(found) > 2000


@pytest.mark.parametrize(
    "entry",
    [e for e in ALL.values() if not e["iata"] and not e["icao"].isalpha()][::997],
    ids=lambda entry: entry["name"],
)
def test_a_field_without_a_code_is_asked_for_by_position(entry):
    place = outcome(entry["name"])
    if isinstance(place, Airport):  # an airport of the same name
        assert place.iata or place.icao
    else:
        listed = [line.split("  ")[0] for line in place.candidates]
        same = [e for e in ALL.values() if fold(e["name"]) == fold(entry["name"])]
        assert f"{entry['lat']:g},{entry['lon']:g}" in listed or len(same) > 1


# The command that shows what a word means agrees


@pytest.mark.parametrize("case", lines("doors.csv")[::3], ids=lambda case: case["word"])
def test_places_agrees(case, capsys):
    place = outcome(case["word"])
    printed, _ = run(capsys, "places", "--format", "json", case["word"])
    taken = [each for each in json.loads(printed or "[]") if each["taken"]]
    if isinstance(place, PlaceError):
        assert not taken
    else:
        assert [(each["iata"], each["icao"]) for each in taken] == [(place.iata, place.icao)]
        printed, said = run(capsys, "places", case["word"])
        assert (place.note or "") in " ".join((printed + said).split())


def run(capsys, *words: str) -> tuple[str, str]:
    with pytest.raises(SystemExit):
        main(list(words))
    shown = capsys.readouterr()
    return shown.out, shown.err


def test_what_is_taken_is_listed_first():
    for word in ("Jerusalem", "London", "BAK", "heathrow", "Portland, ME"):
        assert search(word, 1)[0].code == resolve(word).code


# Suggestions


@pytest.mark.parametrize(
    ("word", "code"),
    [("sheremetevo", "SVO"), ("grozzny", "GRV"), ("istambull", "IST"), ("barcelonna", "BCN"),
     ("fankfurt", "FRA"), ("johanesburg", "JNB"), ("singapor", "SIN"), ("adis ababa", "ADD"),
     ("amstredam", "AMS"), ("kathmandou", "KTM"), ("mogadisho", "MGQ"), ("khartum", "KRT")],
)  # fmt: skip
def test_a_slip_is_answered_with_the_name_meant(word, code):
    place = outcome(word)
    if isinstance(place, Airport):  # a name in another language
        assert place.iata == code
    else:
        assert code in [line.split("  ")[0] for line in place.candidates]


def test_a_suggestion_compares_few_names(monkeypatch):
    import difflib

    from routecheck.airports.search import similar

    compared: list[int] = []
    usual = difflib.get_close_matches

    def counted(word, names, **options):
        compared.append(len(names))
        return usual(word, names, **options)

    monkeypatch.setattr(difflib, "get_close_matches", counted)
    chance = random.Random(3)
    for _ in range(200):
        similar("".join(chance.choices(string.ascii_lowercase, k=9)), 6)
    assert max(compared) <= 10
