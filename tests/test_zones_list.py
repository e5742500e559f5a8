"""``zones list`` and the search behind it: filters, references, countries, counts."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely

from helpers import DATE, clean_env, command, run_inside, zone_text
from routecheck.airports.countries import airports_of, countries, country_called, named_in
from routecheck.airports.table import table
from routecheck.errors import PlaceError, RoutecheckError
from routecheck.report.zone import newest_first
from routecheck.zones import load_zones
from routecheck.zones.search import Query, census, level_on, phase_on, search
from zone_files import advisory, document, write

WHEN = date(2026, 11, 20)


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> str:
    return write(tmp_path_factory.mktemp("zones") / "made-up.geojson", document())


@pytest.fixture(scope="module")
def made_up(file):
    return load_zones(file)


def ids(zones, when=WHEN, **query):
    return [found.zone.id for found in search(zones, when, Query(**query))]


# the search


QUERIES = {  # name: query, ids found on 2026-11-20
    "everything in force": ({}, ["own", "silent", "tripoli"]),
    "every date": (
        {"every_date": True}, ["date-line", "north-korea-past", "own", "silent", "tripoli"],
    ),
    "level": ({"levels": ["caution"]}, ["tripoli"]),
    "levels": ({"levels": ["caution", "watch"]}, ["own", "silent", "tripoli"]),
    "no level": ({"levels": ["avoid"]}, []),
    "kind": ({"kinds": ["gnss"]}, ["silent"]),
    "kinds": ({"kinds": ["gnss", "conflict"]}, ["own", "silent"]),
    "country by airport": ({"country": "Libya"}, ["tripoli"]),
    "country by code": ({"country": "ly"}, ["tripoli"]),
    "country without": ({"country": "France"}, []),
    "country by name, not in force": ({"country": "KP"}, []),
    "country by name": ({"country": "KP", "every_date": True}, ["north-korea-past"]),
    "country that another holds": ({"country": "KR", "every_date": True}, []),
    "issuer": ({"issuers": ["easa"]}, ["tripoli"]),
    "issuers": ({"issuers": ["CANADA", "Faa"]}, ["tripoli"]),
    "issuer, every date": (
        {"issuers": ["CANADA", "Faa"], "every_date": True},
        ["date-line", "north-korea-past", "tripoli"],
    ),
    "reference": ({"reference": "czib 2025-77"}, ["tripoli"]),
    "reference of history": ({"reference": "AIC 1/10"}, ["north-korea-past"]),
    "reference to come": ({"reference": "sfar 199"}, ["date-line"]),
    "reference with its issuer": ({"reference": "FAA KICZ A0005/22"}, ["tripoli"]),
    "reference as the issuer writes it": ({"reference": "CZIB-2025-77-R2"}, ["tripoli"]),
    "reference and issuer": ({"reference": "A0005", "issuers": ["EASA"]}, []),
    "reference and level": ({"reference": "A0005", "levels": ["caution"]}, ["tripoli"]),
    "reference of nobody": ({"reference": "A0006/22"}, []),
}  # fmt: skip


@pytest.mark.parametrize("case", QUERIES)
def test_search(case, made_up):
    query, expected = QUERIES[case]
    assert ids(made_up, **query) == expected


def titles(zones, **query):
    return [a.title for found in search(zones, WHEN, Query(**query)) for a in found.advisories]


def test_search_names_the_advisories_that_were_meant(made_up):
    assert titles(made_up) == []
    assert titles(made_up, reference="2025-77") == ["EASA CZIB 2025-77 R1", "EASA CZIB 2025-77 R2"]
    assert titles(made_up, issuers=["EASA"]) == ["EASA CZIB 2025-77 R2"]
    both = titles(made_up, issuers=["EASA"], every_date=True)
    assert both == ["EASA CZIB 2025-77 R1", "EASA CZIB 2025-77 R2"]


def test_an_unknown_issuer_is_told_who_there_is(made_up):
    with pytest.raises(RoutecheckError, match=r"'Narnia': issuers are Canada, EASA, FAA$"):
        ids(made_up, issuers=["Narnia"])
    assert list(made_up.issuers) == ["Canada", "EASA", "FAA"]


@pytest.mark.parametrize("reference", ["/", "  - "])
def test_a_reference_without_a_letter_or_digit_is_none(reference, made_up):
    with pytest.raises(RoutecheckError, match="no letter or digit"):
        ids(made_up, reference=reference)


PHASES = {"2009-12-31": (0, 0, 4), "2011-01-01": (1, 0, 3), "2026-11-20": (2, 1, 1),
          "2031-01-01": (3, 1, 0)}  # fmt: skip


@pytest.mark.parametrize("day", PHASES)
def test_census_counts_what_is_history_and_what_is_to_come(day, made_up):
    counts = census(made_up, date.fromisoformat(day))
    in_force, history, later = PHASES[day]
    # the user's own zone is always in force
    assert (counts.in_force - 1, counts.history, counts.later) == (in_force, history, later)
    assert counts.known == len(made_up)


def test_level_and_phase_agree():
    zones = load_zones()
    for day in (WHEN, date(2015, 1, 1)):
        for zone in zones:
            assert (level_on(zone, day) == "not in force") == (phase_on(zone, day) != "in force")


# countries


def test_every_country_of_an_airport_has_a_name():
    used = set(table().positions[1])
    assert used <= countries().keys()
    codes = [code for c in countries().values() for code in (c.code, c.alpha3)]
    names = [name for country in countries().values() for name in country.keys]
    assert len(codes) == len(set(codes))
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("word", "code"), [
    ("Iraq", "IQ"), ("iq", "IQ"), ("IRQ", "IQ"), ("north korea", "KP"), ("DRC", "CD"),
    ("Türkiye", "TR"), ("cote d'ivoire", "CI"), ("Russian Federation", "RU"), (" uk ", "GB"),
])  # fmt: skip
def test_a_country_by_any_of_its_names(word, code):
    assert country_called(word).code == code


@pytest.mark.parametrize(("word", "hint"), [("Libia", "LY  Libya"), ("korea", "KP  North Korea")])
def test_an_unknown_country_is_told_what_looks_like_it(word, hint):
    with pytest.raises(PlaceError, match="ISO 3166 code") as raised:
        country_called(word)
    assert hint in str(raised.value)


@pytest.mark.parametrize(("word", "codes"), [("congo", "CD CG"), ("KOREA", "KP KR")])
def test_a_name_that_two_countries_bear_is_asked_about(word, codes):
    with pytest.raises(PlaceError, match="may mean more than one country") as raised:
        country_called(word)
    assert [line[:2] for line in raised.value.candidates] == codes.split()


@pytest.mark.parametrize(("word", "code"), [
    ("Guinea", "GN"), ("Sudan", "SD"), ("republic of the congo", "CG"), ("DR Congo", "CD"),
    ("palestinian territories", "PS"),
])  # fmt: skip
def test_a_whole_name_is_no_part_of_a_longer_one(word, code):
    assert country_called(word).code == code


def test_a_part_of_one_name_is_a_hint():
    with pytest.raises(PlaceError, match="no country is called") as raised:
        country_called("lucia")
    assert raised.value.candidates[0] == "LC  Saint Lucia"


def test_names_are_whole_words_and_the_longer_one_counts():
    assert named_in(country_called("SD"), "Sudan (Khartoum FIR)")
    assert not named_in(country_called("SD"), "South Sudan")
    assert named_in(country_called("SD"), "Sudan and South Sudan")
    assert not named_in(country_called("NE"), "Nigeria")
    assert not named_in(country_called("CG"), "Eastern DR Congo")


def test_airports_inside_agree_with_shapely():
    """The same answer as an independent point-in-polygon test, for every zone and country."""
    zones = load_zones()
    for code in ("RU", "UA", "IQ", "LY", "SO", "AE", "CO"):
        country = country_called(code)
        points = shapely.points(np.array(airports_of(country))[:, ::-1])
        expected = {
            zone.id
            for zone in zones
            if named_in(country, zone.name)
            or shapely.contains(shapely.geometry.shape(zone.geometry), points).any()
        }
        assert set(ids(zones, country=code, every_date=True)) == expected


# the command


WORDS = ("zones", "list", "--date", DATE)


def test_a_reference_prints_its_records_with_dates_and_standing(file):
    done = run_inside(*WORDS, "--zones", file, "--reference", "czib 2025-77")
    assert done.code == 0
    text = " ".join(done.out.split())
    assert "tripoli: Tripoli and the coast caution, air-defence, buffer 25 km" in text
    assert "EASA CZIB 2025-77 R2: caution, up to FL320 (in force) issued 2026-01-01" in text
    assert "EASA CZIB 2025-77 R1: avoid, up to FL320 (ended 2026-01-01) issued 2025-03-01" in text
    assert "confidence: invented" in text
    assert "KICZ" not in text
    assert done.err.splitlines() == [
        "1 zone of 5 found.",
        f"3 zones in force on {DATE}, 1 in history only, 1 not yet begun: 5 known in all. "
        "The set is as of 2026-10-03.",
    ]


@pytest.mark.parametrize(("reference", "status"), [
    ("AIC 1/10", "ended 2012-01-01"),
    ("SFAR 199", "not yet issued"),
    ("A0005/22", "last known watch, unconfirmed since 2026-02-01"),
])  # fmt: skip
def test_json_of_a_reference(reference, status, file):
    done = run_inside(*WORDS, "--zones", file, "--reference", reference, "--format", "json")
    ((record,), (advisory,)) = done.json, done.json[0]["advisories"]
    assert advisory["status"] == status
    assert reference in advisory["reference"]
    assert record["level"] in ("not in force", "caution")


def test_advisories_without_a_date_come_last():
    undated, new, old = (
        advisory(id=str(i), issued=day) for i, day in enumerate((None, "2026-02-01", "2025-03-01"))
    )
    (zone,) = load_zones(json.loads(zone_text(advisories=[undated, new, old])))
    assert [a.id for a in newest_first(zone.advisories, WHEN)] == ["1", "2", "0"]


def test_json_without_a_reference_has_no_advisories(file):
    assert all("advisories" not in z for z in run_inside(*WORDS, "--format", "json").json)


def test_several_issuers_in_one_word(file):
    done = run_inside(*WORDS, "--zones", file, "--issuer", "easa,faa", "--format", "json")
    (zone,) = done.json
    assert [a["issuer"] for a in zone["advisories"]] == ["EASA", "FAA"]


HINTS = {  # words: what is said
    ("--reference", "CZIB 2025-78"): "Is one of these meant: EASA CZIB 2025-77",
    ("--reference", "qqqq"): "routecheck zones list --all",
    ("--issuer", "Canada"): f"1 zone not in force on {DATE} does: add --all",
    ("--country", "France"): "Ask for less",
    ("--level", "avoid"): "Ask for less",
}


@pytest.mark.parametrize("words", HINTS, ids=" ".join)
def test_nothing_found_is_said_with_a_hint(words, file):
    done = run_inside(*WORDS, "--zones", file, *words)
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("No zone matches. ")
    assert HINTS[words] in done.err
    assert "5 known in all" in done.err
    assert run_inside(*WORDS, "--zones", file, *words, "--format", "json").json == []


@pytest.mark.parametrize(("words", "said"), [
    (("--issuer", "Narnia"), "issuers are"),
    (("--reference", ""), "--reference is empty"),
    (("--country", " "), "--country is empty"),
    (("--country", "Narnia"), "ISO 3166"),
    (("--reference", "//"), "no letter or digit"),
    (("--level", "clear"), "avoid"),
    (("--kind", "war"), "conflict"),
])  # fmt: skip
def test_what_cannot_be_looked_for_is_an_error(words, said):
    done = run_inside(*WORDS, *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


@pytest.mark.parametrize("option", ["--issuer", "--date"])
@pytest.mark.parametrize("text", ["", " ", ",", " , "])
def test_an_empty_text_is_no_filter(option, text):
    done = run_inside("zones", "list", option, text)
    assert (done.code, done.out) == (2, "")
    assert f"{option} is empty" in done.err or (option, "," in text) == ("--date", True)


def test_zones_are_listed_by_id():
    for form in ("text", "json"):
        done = run_inside(*WORDS, "--all", "--format", form)
        listed = [z["id"] for z in done.json] if form == "json" else [
            line.split()[0] for line in done.out.splitlines()[1:] if not line.startswith(" ")
        ]  # fmt: skip
        assert listed == sorted(listed)
        assert len(listed) == len(load_zones())


@pytest.mark.parametrize(("day", "said"), [
    ("2025-01-31", "Before 2025-02-01 the set is incomplete: for 2025-01-31 it may lack zones"),
    ("2025-02-01", ""),
    ("2027-01-01", ""),
    ("2027-01-02", "The set is as of 2026-10-03, more than 90 days before 2027-01-02: too old"),
])  # fmt: skip
def test_a_day_outside_what_the_set_knows_is_told(day, said, file):
    done = run_inside("zones", "list", "--zones", file, "--date", day)
    doubts = done.err.splitlines()[1:]
    assert len(doubts) == bool(said)
    assert done.err.splitlines()[-1].startswith(said)
    assert done.code == 0


def test_a_moment_is_written_as_everywhere(file):
    words = ("zones", "list", "--zones", file, "--date", f"{DATE}T10:00Z")
    done = run_inside(*words, "--issuer", "Canada")
    assert f"1 zone not in force on {DATE}T10:00:00Z does: add --all" in done.err


FULL = Path("/dev/full")
NOT_CLOSED = '{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}'


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
@pytest.mark.parametrize(("words", "code"), [
    (("zones", "list", "--level", "avoid"), 0),
    (("zones", "list", "--level", "avoid", "--country", "FR"), 0),
    (("zones", "list", "--zones", "-"), 0),
    (("zones", "diff", "built-in", "-", "--exit-code"), 1),
    (("zones", "export", "out.geojson", "--zones", "-"), 0),
    (("zones", "lint", "-"), 0),
    (("places", "moscow"), 0),
    (("zones", "list", "--country", "Narnia"), 2),
    (("zones", "list", "--kind", "war"), 2),
], ids=lambda value: " ".join(value) if isinstance(value, tuple) else "")  # fmt: skip
def test_a_full_standard_error_changes_no_exit_code(words, code, tmp_path):
    """Counts, warnings and errors have no place to go; what was done or judged stays."""
    with FULL.open("w") as full:
        done = subprocess.run(
            command(*words), input=NOT_CLOSED.encode(), stdout=subprocess.DEVNULL, stderr=full,
            env=clean_env(), cwd=tmp_path, check=False,
        )  # fmt: skip
    assert done.returncode == code


def test_kinds_offered_are_those_of_the_model():
    from routecheck.cli.zones import KIND_CHOICES
    from routecheck.zones.model import KINDS

    assert KIND_CHOICES == KINDS


def test_the_built_in_set_is_searched():
    done = run_inside(*WORDS, "--country", "Palestine", "--format", "json")
    assert "israel" in {zone["id"] for zone in done.json}
    found = run_inside(*WORDS, "--country", "Iraq", "--format", "json").json
    assert "iraq" in {zone["id"] for zone in found}
    found = run_inside(*WORDS, "--reference", "sfar 77", "--format", "json").json
    assert {a["issuer"] for zone in found for a in zone["advisories"]} == {"FAA"}
    done = run_inside(*WORDS, "--issuer", "easa")
    assert all(len(line) <= 80 for line in done.out.splitlines() if "http" not in line)
    assert f"of {len(load_zones())} found" in done.err


def test_own_zones_have_no_issuer(tmp_path):
    path = tmp_path / "own.geojson"
    path.write_text(zone_text(id="own"), encoding="utf-8")
    done = run_inside(*WORDS, "--zones", str(path), "--issuer", "your zone file")
    assert done.code == 2
    assert "not named in it" in done.err


def test_show_tells_hindsight_and_context(file):
    words = ("zones", "show", "tripoli", "--zones", file, "--date", DATE)
    text = run_inside(*words).out
    assert "  Hindsight: known later\n" in text
    assert "OPSGROUP on Libya, 2026-08-22: 1 (Do Not Fly)" in " ".join(text.split())
    record = run_inside(*words, "--format", "json").json
    assert record["hindsight"] == "known later"
    assert record["context"][0]["issuer"] == "OPSGROUP"
    assert record["since"] is None
    assert all(a["aerodromes_in"] == [] for a in record["advisories"])
