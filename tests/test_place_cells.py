"""Cells of tables as they are written: places, routes, and words for nothing, by data."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import routecheck as rc
from routecheck.airports import Airport
from routecheck.airports.blanks import is_placeholder
from routecheck.airports.cells import marked_place
from routecheck.routes.build import end_of, stops_of

DATA = Path(__file__).parent / "data" / "cells"


def rows(name: str) -> list[tuple[str, ...]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in list(csv.reader(file))[1:]]


def agree(read: Callable[[str], list[Airport]], cell: str, codes: str, says: str) -> None:
    if says:
        with pytest.raises(rc.PlaceError, match=re.escape(says)):
            read(cell)
    else:
        assert "-".join(stop.code for stop in read(cell)) == codes


@pytest.mark.parametrize(("cell", "codes", "says"), rows("ends.csv"))
def test_a_cell_of_an_end_is_one_place(cell: str, codes: str, says: str) -> None:
    agree(end_of, cell, codes, says)


@pytest.mark.parametrize(("cell", "codes", "says"), rows("routes.csv"))
def test_a_cell_of_routes_is_a_route(cell: str, codes: str, says: str) -> None:
    agree(lambda text: stops_of(text, alone=True), cell, codes, says)


@pytest.mark.parametrize("read", [end_of, lambda text: stops_of(text, alone=True)])
@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("TBILSI", "TBS"),  # TBI and LSI are New Bight and Sumburgh
        ("DEN HAAG", "RTM"),  # DEN is Denver
        ("Stratford-upon-Avon", "BHX"),  # Stratford and Avon are towns too
        ("BAKUU", "GYD"),
        ("Long-haul", ""),
        ("Wilkes-Barre", "AVP"),
    ],
)
def test_a_name_is_never_taken_to_pieces(
    read: Callable[[str], list[Airport]], cell: str, place: str
) -> None:
    try:
        found = "-".join(stop.code for stop in read(cell))
    except rc.PlaceError:
        return
    assert found == place


@pytest.mark.parametrize(("cell", "nothing"), rows("blanks.csv"))
def test_words_for_nothing(cell: str, nothing: str) -> None:
    assert is_placeholder(cell) is (nothing == "yes")


def test_the_word_as_it_was_written_is_kept() -> None:
    a = rc.check("New York (JFK)", "LHR T5", date="2026-10-03")
    assert [place.input for place in a.route.places] == ["New York (JFK)", "LHR T5"]
    assert [place.code for place in a.route.places] == ["JFK", "LHR"]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["Baku - Grozny"], "GYD-GRV"),
        (["Baku", "-", "Grozny"], "GYD-GRV"),
        (["Baku", "to", "Grozny"], "GYD-GRV"),
        (["GYDGRV"], "GYD-GRV"),
        (["New York (JFK)", "LHR"], "JFK-LHR"),
        (["JFK - New York", "LHR - London"], "JFK-LHR"),
        (["NAN", "LHR"], "NAN-LHR"),
    ],
)
def test_single_checks_read_the_same(words: list[str], codes: str) -> None:
    assert str(rc.check(*words, date="2026-10-03").route) == codes


@pytest.mark.parametrize("word", ["NULL", "None", "OPEN", "Train", "n/a", "ZZZZ"])
def test_a_check_of_a_word_for_nothing_is_an_error_that_teaches(word: str) -> None:
    with pytest.raises(rc.PlaceError, match="stands for no place: give a code such as GYD"):
        rc.check("LHR", word)


def test_six_capitals_beside_other_places_are_no_route() -> None:
    with pytest.raises(rc.PlaceError, match="GYDGRV"):
        rc.check("GYDGRV", "LHR", date="2026-10-03")


def test_what_six_capitals_were_read_as_is_told() -> None:
    origin = rc.check("GYDGRV", date="2026-10-03").route.origin
    assert "read as the codes GYD-GRV" in (origin.note or "")


def test_strict_places_refuse_guesses_and_name_the_candidates() -> None:
    guessed = Airport("Lund", "Malmö", 55.53, 13.37, "MMX", "ESMS", "Malmö", "SE",
                      "Lund was taken as Malmö (also EKCH)", guess=True)  # fmt: skip
    with pytest.raises(rc.PlaceError, match="also EKCH") as error:
        rc.check(guessed, "LHR", date="2026-10-03", strict_places=True)
    assert "guesses are refused" in str(error.value)
    assert rc.check(guessed, "LHR", date="2026-10-03").route.origin is guessed
    assert rc.check("LHR", "New York (JFK)", date="2026-10-03", strict_places=True)


def test_codes_are_never_guesses() -> None:
    for cell in ("LHR", "BAK", "New York (JFK)", "IST - Istanbul", "LON/LHR"):
        place = marked_place(cell, date(2026, 10, 3))
        assert place is not None
        assert not place.guess, cell
