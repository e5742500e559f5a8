"""Cells of places in audits: one place per end, routes, words for nothing, notes, days of codes."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

pa = pytest.importorskip("pyarrow")

import pyarrow.parquet as pq  # noqa: E402

import routecheck as rc  # noqa: E402
from routecheck.airports import Airport, resolve  # noqa: E402
from routecheck.batch import itineraries, stops  # noqa: E402
from routecheck.cli.main import main  # noqa: E402

DAY = "2026-11-20"
DATA = Path(__file__).parent / "data" / "cells" / "audits.csv"


def audited(table: dict[str, list[str | None]], **options: object) -> list[dict[str, object]]:
    return rc.audit(pa.table(table), **{"date": DAY, **options}).to_pylist()


def run(words: list[str]) -> object:
    with pytest.raises(SystemExit) as ended:
        main(words)
    return ended.value.code


with DATA.open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))


@pytest.mark.parametrize("case", CASES, ids=[f"{c['origin']}>{c['dest']}" for c in CASES])
def test_rows_of_cells(case: dict[str, str]) -> None:
    [row] = audited({"from": [case["origin"]], "to": [case["dest"]]})
    if case["verdict"].startswith("not "):  # an error, or the place that is meant
        assert row["error"] or row["dest_iata"] in {"TLV", "LRR", "IXL"}
        return
    if case["verdict"]:
        assert row["verdict"] == case["verdict"]
    assert (row["origin_iata"] or "", row["dest_iata"] or "") == (
        case["origin_iata"], case["dest_iata"],
    )  # fmt: skip
    if case["km"]:
        assert row["route_km"] == pytest.approx(float(case["km"]), abs=2)
    assert str(row["place_notes"] or "").startswith(case["note"])
    assert bool(row["place_notes"]) is bool(case["note"])
    assert str(row["error"] or "").startswith(case["error"]) or case["error"] in str(row["error"])
    assert bool(row["error"]) is bool(case["error"])


def test_routes_of_names_in_a_column() -> None:
    cells = ["Baku - Grozny", "Baku to Grozny", "London - New York", "GYDGRV", "GYD•GRV",
             "Baku (GYD) - Grozny (GRV)", "NULL", "Frankfurt-Hahn", "-"]  # fmt: skip
    rows = audited({"Route": cells})
    ends = [(row["origin_iata"], row["dest_iata"]) for row in rows]
    assert ends[:6] == [("GYD", "GRV")] * 2 + [("LHR", "JFK")] + [("GYD", "GRV")] * 3
    assert [row["verdict"] for row in rows[:2]] == ["avoid", "avoid"]
    assert rows[6]["error"] == "the route is empty ('NULL'): write it like GYD-GRV"
    assert "needs an origin and a destination" in str(rows[7]["error"])
    assert "the route is empty ('-')" in str(rows[8]["error"])
    assert "GYDGRV was read as the codes GYD-GRV" in str(rows[3]["place_notes"])


def test_beside_both_ends_a_route_of_words_for_nothing_says_nothing() -> None:
    table = {"from": ["LHR", "NULL"], "to": ["JFK", "n/a"], "Routing": ["n/a", "LHR-JFK"]}
    for row in audited(table):
        assert (row["origin_iata"], row["dest_iata"], row["error"]) == ("LHR", "JFK", None)


def test_positions_that_are_missing_are_empty() -> None:
    table = {"dep_lat": ["43.3", "NULL"], "dep_lon": ["45.7", "NULL"],
             "arr_lat": ["51.5", "51.5"], "arr_lon": ["-0.5", "-0.5"]}  # fmt: skip
    first, second = audited(table)
    assert first["error"] is None
    assert str(second["error"]).startswith("origin: the place is empty")


@pytest.mark.parametrize("suffix", ["csv", "ndjson", "parquet"])
def test_notes_are_in_files(tmp_path: Path, suffix: str) -> None:
    given, out = tmp_path / "in.csv", tmp_path / f"out.{suffix}"
    given.write_text("from,to\nLHR,JFK\nGRV,London\n", encoding="utf-8")
    assert run(["audit", str(given), "-o", str(out), "--date", DAY, "--quiet"]) == 0
    if suffix == "csv":
        with out.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    elif suffix == "ndjson":
        rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    else:
        rows = pq.read_table(out).to_pylist()
    notes = [row["place_notes"] for row in rows]
    assert not notes[0]
    assert notes[1].startswith("destination: London was taken as London (GB)")


def test_the_csv_of_a_check_tells_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["GRV", "London", "--date", DAY, "--format", "csv", "--quiet"]) == 0
    [row] = csv.DictReader(capsys.readouterr().out.splitlines())
    [beside] = audited({"from": ["GRV"], "to": ["London"]})
    assert row["place_notes"] == beside["place_notes"]


def test_strict_places_make_guesses_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    lund = Airport("Lund", "Malmö", 55.53, 13.37, "MMX", "ESMS", "Malmö", "SE",
                   "Lund was taken as Malmö (also EKCH)", guess=True)  # fmt: skip
    monkeypatch.setattr(
        itineraries, "end_of", lambda text, on: [lund if text == "Lund" else resolve(text, on)]
    )
    table = {"from": ["Lund", "LHR", "BAK"], "to": ["JFK", "JFK", "GRV"]}
    loose, strict = audited(table), audited(table, strict_places=True)
    assert [row["error"] for row in loose] == [None] * 3
    assert loose[0]["place_notes"] == f"origin: {lund.note}"
    assert [row["verdict"] for row in strict] == ["unknown", "clear", "avoid"]
    assert "also EKCH" in str(strict[0]["error"])
    assert "guesses are refused" in str(strict[0]["error"])


def test_the_commands_take_strict_places(tmp_path: Path) -> None:
    given, out = tmp_path / "in.csv", tmp_path / "out.csv"
    given.write_text("from,to\nLHR,JFK\n", encoding="utf-8")
    assert run(["audit", str(given), "-o", str(out), "--strict-places", "--quiet"]) == 0
    assert run(["LHR", "New York (JFK)", "--strict-places", "--quiet"]) == 0


# A code that moved: XQA meant LHR, MUC from 2020 on, and JFK from 2025-09-09 on.
MOVES = (date(2020, 1, 1), date(2025, 9, 9))


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(text: str, on: date | None = None, **_: object) -> list[Airport]:
        if "XQA" not in text:
            return [resolve(word, on) for word in text.split("-")]
        assert on is not None
        now = "LHR" if on < MOVES[0] else "MUC" if on < MOVES[1] else "JFK"
        return [resolve(now if word == "XQA" else word, on) for word in text.split("-")]

    monkeypatch.setattr(stops, "turns", lambda word: MOVES if word == "XQA" else ())
    monkeypatch.setattr(itineraries, "end_of", read)
    monkeypatch.setattr(itineraries, "stops_of", read)
    monkeypatch.setattr(stops, "stops_of", read)


DAYS = ["2019-12-31", "2020-01-01", "2025-09-08", "2025-09-09", "2026-11-20", "2019-12-31"]
MEANT = ["LHR", "MUC", "MUC", "JFK", "JFK", "LHR"]


@pytest.mark.usefixtures("moved")
def test_codes_that_moved_are_read_by_the_day_of_the_row() -> None:
    rows = audited({"from": ["GYD"] * 6, "to": ["XQA"] * 6, "date": DAYS})
    assert [row["dest_iata"] for row in rows] == MEANT
    rows = audited({"route": ["XQA-GYD"] * 6, "date": DAYS})
    assert [row["origin_iata"] for row in rows] == MEANT
    both = audited({"from": ["XQA", "GYD"] * 3, "to": ["GYD", "XQA"] * 3, "date": DAYS})
    assert [r["origin_iata"] if i % 2 == 0 else r["dest_iata"] for i, r in enumerate(both)] == MEANT


@pytest.mark.usefixtures("moved")
def test_a_bad_day_beside_a_code_that_moved_is_the_error() -> None:
    rows = audited({"from": ["GYD"] * 2, "to": ["XQA"] * 2, "date": ["31/12/2019x", "2026-11-20"]})
    assert "date" in str(rows[0]["error"])
    assert rows[1]["dest_iata"] == "JFK"


@pytest.mark.usefixtures("moved")
@pytest.mark.parametrize(("day", "meant"), [("2019-06-01", "LHR"), ("2026-11-20", "JFK")])
def test_without_dates_codes_are_read_by_the_day_given(day: str, meant: str) -> None:
    [row] = audited({"from": ["GYD"], "to": ["XQA"]}, date=day)
    assert row["dest_iata"] == meant


def test_misspelt_names_beyond_the_first_are_told_without_a_search() -> None:
    """Of many unknown words none costs a search of all airports."""
    from routecheck.airports.table import table

    words = [f"Qz{i:04d}x".translate(str.maketrans("0123456789", "bcdfghjklm")) for i in range(600)]
    rows = audited({"from": words, "to": ["LHR"] * len(words)})
    assert all("was found" in str(row["error"]) for row in rows)
    searched = table()._folded[0]

    class Told(bytes):
        def find(self, *_: object) -> int:
            raise AssertionError("all airports were searched")

    table().__dict__["_folded"] = (Told(searched), table()._folded[1])
    try:
        more = [f"{word}y" for word in words]
        rows = audited({"from": more, "to": ["LHR"] * len(more)})
    finally:
        table().__dict__["_folded"] = (searched, table()._folded[1])
    assert all("was found" in str(row["error"]) for row in rows)
