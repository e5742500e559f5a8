"""Columns told by their names, and what is done where a table says the route twice."""

from __future__ import annotations

from datetime import date

import pytest

import routecheck as rc

pa = pytest.importorskip("pyarrow")

from routecheck.batch.auditor import Auditor, Settings  # noqa: E402
from routecheck.batch.columns import Columns, find_columns, other_dates  # noqa: E402

DATES = {
    "Dep Date": True, "traveldate": True, "TravelDate": True, "Date of travel": True,
    "Dep Date/Time": True, "Departure datetime": True, "Reisedatum": True, "Flugdatum": True,
    "Abflugtag": True, "Date de départ": True, "Fecha de salida": True, "Data di partenza": True,
    "STD (UTC)": True, "date": True, "Date_Of_Flight": True,
    "Booking date": False, "Buchungsdatum": False, "birthdate": False, "Geburtsdatum": False,
    "Arrival date": False, "Return date": False, "Sonntag": False, "update": False, "data": False,
    "mandate": False, "validate": False,
}  # fmt: skip


@pytest.mark.parametrize("name", DATES)
def test_columns_of_dates(name):
    found = find_columns(["from", "to", name, "price"])
    assert found.date == (name if DATES[name] else None)


@pytest.mark.parametrize(
    ("names", "others"),
    [
        (["from", "to", "Arrival date", "price"], ["Arrival date", "price"]),
        (["from", "to", "flight", "Birthdate", "Booked on", "DOB", "Buchungsdatum"], []),
        (["route", "Abreise"], ["Abreise"]),
    ],
)
def test_columns_that_may_hold_the_date(names, others):
    assert other_dates(names, find_columns(names)) == others


def routes_of(table: dict[str, list[str | None]], **columns: str) -> list[tuple[str | None, ...]]:
    settings = Settings(date(2026, 11, 20), columns=Columns(**columns))
    auditor = Auditor(rc.load_zones(), settings)
    batch = pa.record_batch(table)
    answers = auditor.answers(batch)
    found = []
    for number in answers.ids.tolist():
        row = answers.book.rows[number]
        if row["route"] < 0:
            found.append(("error", answers.book.words["error"].texts[int(row["error"])]))
        else:
            found.append(tuple(p.code for p in auditor.routes.route(int(row["route"])).places))
    return found


WAYS = [
    ("FRA", "TBS", "FRA-IST-TBS", ("FRA", "IST", "TBS")),
    ("fra", "TBS", "FRA/IST/TBS", ("FRA", "IST", "TBS")),
    ("FRA", "TBS", "FRA IST TBS IST FRA", ("FRA", "IST", "TBS")),
    ("IST", "TBS", "FRA-IST-TBS", ("IST", "TBS")),
    ("TBS", "FRA", "FRA-IST-TBS-IST-FRA", ("TBS", "IST", "FRA")),
    ("FRA", "FRA", "FRA-IST-FRA", ("FRA", "IST", "FRA")),
    ("FRA", "FRA", "FRA-IST-FRA-TBS-FRA", ("FRA", "IST", "FRA", "TBS", "FRA")),
    ("FRA", "TBS", "", ("FRA", "TBS")),
    ("FRA", "TBS", None, ("FRA", "TBS")),
    ("FRA", "TBS", "direct", ("FRA", "TBS")),
    ("FRA", "TBS", "LH123/TK45", ("FRA", "TBS")),
    ("FRA", "TBS", "R1", ("FRA", "TBS")),
    ("", "TBS", "FRA-IST-TBS", ("FRA", "IST", "TBS")),
    ("FRA", None, "FRA-IST-TBS", ("FRA", "IST", "TBS")),
    (None, None, "FRA-IST-TBS", ("FRA", "IST", "TBS")),
    ("FRA", "TBS", "FRA to IST to TBS", ("FRA", "IST", "TBS")),
    ("FRA", "TBS", "FRA_IST_TBS", ("FRA", "IST", "TBS")),
    ("FRA", "TBS", "(FRA-IST-TBS)", ("FRA", "IST", "TBS")),
    ("FRA", "TBS", "FRA-IST-TBS,", ("FRA", "IST", "TBS")),
    ("FRA", "TBS", "FRA-IST\nIST-TBS", ("FRA", "IST", "TBS")),
    ("LHR", "JFK", "London-Tel Aviv-New York", ("LHR", "TLV", "JFK")),
    ("LHR", "JFK", "via TLV", ("LHR", "TLV", "JFK")),
    ("LHR", "JFK", "Via: TLV, FRA", ("LHR", "TLV", "FRA", "JFK")),
    ("LHR", "JFK", "via zzqq", "route: "),
    ("IST", "FRA", "FRA-IST-TBS-IST-FRA", ("IST", "FRA")),
    ("IST", "TBS", "FRA-IST-TBS-IST-FRA", ("IST", "TBS")),
    ("FRA", "TBS", "FRA-IST-FRA-TBS", ("FRA", "IST", "FRA", "TBS")),
    ("LON", "DEL", "LGW-DOH-DEL", ("LGW", "DOH", "DEL")),
    ("London", "NYC", "LGW-DUB-EWR", ("LGW", "DUB", "EWR")),
    ("LHR-TLV", "JFK", "LHR-JFK", ("LHR", "TLV", "JFK")),
    ("LHR", "TLV-JFK", "LHR-JFK", ("LHR", "TLV", "JFK")),
    ("2026-03-29", "2026-10-24", "LHR-DOH-DEL", ("LHR", "DOH", "DEL")),
    *(
        ("FRA", "TBS", words, ("FRA", "TBS"))
        for words in (
            "non-stop",
            "One way",
            "Oil & Gas",
            "Long-haul",
            "Blue Line",
            "East-West",
            "Transatlantic",
            "Round trip",
            "12",
            "Y/J",
            "A-B",
            "Sales",
        )
    ),
    ("FRA", "TBS", "LHR-IST", "the stops LHR-IST do not lead from FRA to TBS: "),
    ("", "TBS", "LHR-IST", "the stops LHR-IST do not lead to TBS: "),
    ("TBS", "FRA", "FRA-IST-TBS", "the stops FRA-IST-TBS do not lead from TBS to FRA: "),
    ("FRA", "TBS", "FRA-QQX-TBS", "route: "),
    ("QQX", "TBS", "FRA-IST-TBS", "origin: "),
    ("FRA", "", "", "destination: "),
]


@pytest.mark.parametrize("level", [False, True])
def test_the_stops_count_between_origin_and_destination(level):
    origins, dests, ways, expected = (list(column) for column in zip(*WAYS, strict=True))
    table = {"Orig": origins, "Dest": dests, "Routing": ways}
    if level:
        table["Cruise"] = ["FL100"] * len(WAYS)
    for _ in range(2):
        for way, found, wanted in zip(WAYS, routes_of(table), expected, strict=True):
            if isinstance(wanted, str):
                assert found[0] == "error", way
                assert found[1].startswith(wanted), way
            else:
                assert found == wanted, way


def test_the_column_that_is_most_surely_of_routes():
    names = ["route", "Routing", "from", "to"]
    assert find_columns(names).route == "Routing"
    table = {"route": ["Transatlantic"], "Routing": ["LHR-TLV-JFK"], "from": ["LHR"], "to": ["JFK"]}
    assert routes_of(table) == [("LHR", "TLV", "JFK")]


@pytest.mark.parametrize("way", ["nonsense", "direct", "LH123", "LHR-IST", "FRA"])
def test_a_named_column_of_routes_is_read_or_an_error(way):
    table = {"from": ["FRA"], "to": ["TBS"], "way": [way]}
    assert routes_of(table, route="way")[0][0] == "error"


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        (["Flight date", "STD"], "Flight date"), (["Date", "Travel date"], "Travel date"),
        (["day", "Travel date"], "Travel date"), (["Date", "day"], "Date"), (["STD", "ETD"], "STD"),
        (["Departure date", "Date"], "Departure date"), (["day", "STD"], "day"),
    ],
)  # fmt: skip
def test_of_several_columns_of_dates_the_plainest_is_taken(names, taken):
    for order in (names, names[::-1]):
        assert find_columns(["from", "to", *order]).date == taken


def test_named_columns_leave_the_others_out():
    table = {"Orig": ["FRA"], "Dest": ["TBS"], "Routing": ["FRA-IST-TBS"]}
    assert routes_of(table) == [("FRA", "IST", "TBS")]
    assert routes_of(table, route="Routing") == [("FRA", "IST", "TBS")]
    assert routes_of(table, origin="Orig", dest="Dest") == [("FRA", "TBS")]
    assert routes_of({**table, "Routing": [""]}, route="Routing") == [("FRA", "TBS")]
    assert routes_of({"Routing": [""]}, route="Routing")[0][0] == "error"
