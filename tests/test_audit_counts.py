"""What an audit counts and says of a table: every route, all its days, its flights, its errors."""

from __future__ import annotations

import pickle
import re
import shlex
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import routecheck as rc

np = pytest.importorskip("numpy")
pa = pytest.importorskip("pyarrow")
openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

from routecheck.batch import auditor as auditors  # noqa: E402 - after importorskip
from routecheck.batch import flights as flights_module  # noqa: E402
from routecheck.batch import summarise as summarises  # noqa: E402
from routecheck.batch.auditor import NO_DAY, Auditor  # noqa: E402
from routecheck.batch.command import PLAN_OPTIONS, command_of  # noqa: E402
from routecheck.batch.count import Counter_, Counts, RouteCount, _kind  # noqa: E402
from routecheck.batch.flights import MOST_FLIGHTS, MOST_LOOKS, Flights  # noqa: E402
from routecheck.batch.plan import Plan  # noqa: E402
from routecheck.batch.run import audit_files  # noqa: E402
from routecheck.batch.settings import settings_of  # noqa: E402
from routecheck.batch.summarise import summarise  # noqa: E402
from routecheck.cli.audit import audit_command  # noqa: E402
from routecheck.report.audit_html import audit_html  # noqa: E402
from routecheck.report.audit_text import summary_text  # noqa: E402
from routecheck.report.audit_xlsx import write_audit_xlsx  # noqa: E402
from routecheck.zones.merge import combine  # noqa: E402

EXAMPLE = Path(__file__).parents[1] / "examples" / "bookings.csv"
ORDER = ("avoid", "caution", "watch", "unknown", "clear")


@pytest.fixture(scope="module")
def zones():
    return rc.load_zones()


def plain(text: str, role: str) -> str:
    del role
    return text


def counted(rows, zones, *, at_once=100, **options):
    """Counts of rows of flight, origin, destination and day."""
    auditor = Auditor(zones, settings_of(**options))
    counter = Counter_(auditor)
    names = ("flight", "from", "to", "date")[: len(rows[0])]
    table = pa.table(dict(zip(names, zip(*rows, strict=True), strict=True)))
    first = 1
    for batch in table.to_batches(max_chunksize=at_once):
        counter.count(batch, auditor.answers(batch), "t.csv", first)
        first += len(batch)
    return counter.folded()


def found(counts, zones):
    summary = summarise(counts, zones, settings_of(date="2026-11-20"), "", 1.0)
    return {f"{r.origin}-{r.destination}": r for r in summary.top}


def reported(source, zones, tmp_path, **options):
    """The summary of an audit of a file, as text, page and workbook."""
    settings = settings_of(**options)
    counts = audit_files(Plan((str(source),), ""), Auditor(zones, settings))
    summary = summarise(counts, zones, settings, "", 1.0)
    write_audit_xlsx(summary, tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    return summary, summary_text(summary, plain), audit_html(summary), book


# Routes


def test_reports_list_the_routes_of_all_verdicts(zones, tmp_path):
    summary, text, page, book = reported(EXAMPLE, zones, tmp_path)
    assert len(summary.top) == summary.routes == 9
    verdicts = [route.verdict for route in summary.top]
    assert verdicts == sorted(verdicts, key=ORDER.index)
    assert verdicts.count("clear") == 3
    assert re.findall(r'<tr data-v="(\w+)"', page) == verdicts
    assert [cell.value for cell in book["Routes"]["E"][1:]] == verdicts
    assert "All 9 distinct routes" in page
    assert "HEL-ARN" not in text
    assert "and 3 routes more, clear or unknown: --report lists all" in text


def test_reports_say_when_routes_are_cut(zones, tmp_path, monkeypatch):
    monkeypatch.setattr(summarises, "REPORTED", 3)
    _, text, page, book = reported(EXAMPLE, zones, tmp_path)
    assert page.count("<tr data-v=") == book["Routes"].max_row - 1 == 3
    assert "The 3 most exposed of 9 distinct routes" in page
    assert "and 6 routes more: --report lists the 3 most exposed" in text
    lines = dict(row[:2] for row in book["Summary"].iter_rows(values_only=True))
    assert lines["Routes listed"] == "the 3 most exposed"


def test_a_route_spans_the_days_of_all_its_rows(zones):
    rows = [
        ("A1", "LHR", "JFK", "2026-11-21"),
        ("A1", "LHR", "JFK", "2028-11-21"),  # another answer: the zones are too old to say
        ("A1", "LHR", "JFK", "2026-11-19"),
        ("A1", "LHR", "JFK", "no day"),
    ]
    route = found(counted(rows, zones), zones)["LHR-JFK"]
    assert (route.verdict, route.rows) == ("unknown", 3)
    assert (route.first_date, route.last_date) == ("2026-11-19", "2028-11-21")
    halves = [counted(rows[:1], zones), counted(rows[1:2], zones), counted(rows[2:], zones)]
    for order in (halves, halves[::-1]):
        merged = pickle.loads(pickle.dumps(order[0])).merged(order[1]).merged(order[2])
        route = found(merged, zones)["LHR-JFK"]
        assert (route.rows, route.first_date, route.last_date) == (3, "2026-11-19", "2028-11-21")


def test_a_route_without_a_day_adds_none():
    dated = RouteCount(("A", "B"), "clear", "", 0.0, "", (0.0,) * 5, "", 1, 5, 9, ())
    undated = dated._replace(first_day=NO_DAY, last_day=NO_DAY)
    for first, then in ((dated, undated), (undated, dated)):
        counts = Counts()
        counts.keep(first)
        counts.keep(then)
        assert counts.routes["A", "B"][8:10] == (5, 9)


def test_rows_of_several_names_and_levels_are_one_route(zones):
    rows = [("A1", "GYD", "GRV", "2026-11-20"), ("A2", "Baku", "GRV", "2026-11-25"),
            ("A3", "BAK", "GRV", "2026-11-22"), ("A4", "GYD", "GRV", "2026-11-19")]  # fmt: skip
    counts = counted(rows, zones)
    assert len(counts.routes) == len(counts.route_hashes) == 1
    route = found(counts, zones)["GYD-GRV"]
    assert (route.rows, route.first_date, route.last_date) == (4, "2026-11-19", "2026-11-25")
    assert route.flights == "A1, A2, A3, A4"


def test_counts_are_the_same_wherever_they_are_parted(zones):
    days = ["2026-11-20", "2025-03-01", "2026-02-01", "2025-09-09", "2024-12-24"]
    pairs = [("LHR", "DEL"), ("IST", "TBS"), ("SVX", "OVB"), ("DOH", "BEY"), ("LHR", "JFK")]
    rows = [(f"A{i}", *pairs[i % 5], days[(i + i // 5) % 5]) for i in range(25)]
    whole = counted(rows, zones)
    for at in range(1, 25):
        parts = counted(rows[:at], zones).merged(counted(rows[at:], zones))
        assert parts.routes == whole.routes


# Flights


@pytest.mark.parametrize("at_once", [1, 2, 100])
@pytest.mark.parametrize("forgetful", [False, True])
def test_flights_are_listed_in_order_of_appearance(zones, monkeypatch, at_once, forgetful):
    if forgetful:
        monkeypatch.setattr(auditors, "MOST_KEPT", 0)
    names = ["AI1", " BA2", "AI1", "", None, "VS3 ", "Ä4", "Lufthansa LH 760", "BA2", "QR6"]
    rows = [(f, "LHR", "DEL", "2026-11-20") for f in names[:6]]
    rows += [(f, "LHR", "JFK", "2026-11-21") for f in names]  # clear: it is reported too
    rows += [("EK1", "IKA", "DXB", "2026-11-22")]
    routes = found(counted(rows, zones, at_once=at_once), zones)
    assert routes["LHR-DEL"].flights == "AI1, BA2, VS3"
    assert routes["LHR-JFK"].flights == "AI1, BA2, VS3, Ä4, Lufthansa LH 760, …"
    assert routes["LHR-JFK"].verdict == "clear"
    assert routes["IKA-DXB"].flights == "EK1"


def test_flights_merge(zones):
    parts = [
        counted([(f, "LHR", "DEL", "2026-11-20") for f in names], zones)
        for names in (("A1", "A2"), ("A2", "A3", "A4"), ("A5", "A1"), ("A6", "A7"))
    ]
    merged = parts[0]
    said = [found(merged, zones)["LHR-DEL"].flights]
    for part in parts[1:]:
        merged = pickle.loads(pickle.dumps(merged)).merged(part)
        said.append(found(merged, zones)["LHR-DEL"].flights)
    assert said == [
        "A1, A2", "A1, A2, A3, A4", "A1, A2, A3, A4, A5", "A1, A2, A3, A4, A5, …",
    ]  # fmt: skip
    assert len(merged.routes["LHR", "DEL"].flights) == MOST_FLIGHTS


def listed(column, routes):
    flights = Flights()
    flights.note(column, np.array(routes, np.int32))
    return flights.of(np.arange(max(routes) + 1))


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([117, 2, None]), ("117", "2")),
        (pa.array(["a", "b", "a"]).dictionary_encode(), ("a", "b")),
        (pa.array(["x", "b", "a", "b"], pa.large_string())[1:], ("b", "a")),
        (pa.array(["xx", "12345678", "123456789", "12345678"])[1:], ("12345678", "123456789")),
        (pa.array(["ééé", "éééé", "ééé"]), ("ééé", "éééé")),
        (pa.array([[1], [2], [1]]), ("[1]", "[2]")),
        (pa.nulls(3), None),
        (pa.array(["", " ", ""]), None),
        (pa.array(["x" * 30, "b", "b"]), ("x" * 19 + "…", "b")),
    ],
)
def test_flights_of_any_type(column, expected):
    assert listed(column, [2, 2, 2]).get(2) == expected


def test_text_that_is_not_utf8_is_a_flight_all_the_same():
    bad = pa.Array.from_buffers(
        pa.string(), 2, [None, pa.py_buffer(np.int32([0, 3, 13])), pa.py_buffer(b"a\xffb" * 5)]
    )
    assert listed(bad, [0, 0])[0] == ("a\ufffdb", "a\ufffdba\ufffdba\ufffdba")


def test_flights_are_those_of_a_plain_count():
    rng = np.random.default_rng(8243)
    flights, expected = Flights(), {}
    for _ in range(20):
        routes = rng.integers(-1, 40, 300)
        texts = [f"{'long ' * (n % 3)}{n}" for n in (routes % 9 * rng.integers(0, 9, 300)).tolist()]
        flights.note(pa.array(texts), routes)
        for route, text in zip((routes // 2).tolist(), texts, strict=True):
            if route >= 0:
                expected.setdefault(route, {}).setdefault(text)
    # Two routes are a group, but each is full for itself at six.
    got = flights.of(np.arange(40) // 2)
    assert got.keys() == expected.keys()
    for group, texts in got.items():
        assert len(texts) == min(len(expected[group]), MOST_FLIGHTS)
        assert list(texts) == [t for t in expected[group] if t in texts]


def test_a_route_that_always_has_one_flight_is_looked_at_no_more(monkeypatch):
    looked = []
    read = Flights._read
    monkeypatch.setattr(Flights, "_read", lambda self, c: looked.append(len(c)) or read(self, c))
    flights = Flights()
    for i in range(10):
        flights.note(pa.array(["A1"] * MOST_LOOKS), np.zeros(MOST_LOOKS, np.int32))
        flights.note(pa.array([f"B{i}"]), np.ones(1, np.int32))
    assert looked.count(MOST_LOOKS) == 2
    assert looked.count(1) == MOST_FLIGHTS
    assert flights.of(np.arange(2))[0] == ("A1",)


def test_flights_are_small_and_long_texts_bounded(monkeypatch):
    flights = Flights()
    many = 60_000
    for i in range(8):
        flights.note(pa.array([f"LH{(7 * n + i) % 9999}" for n in range(many)]), np.arange(many))
    arrays = [value for value in vars(flights).values() if isinstance(value, np.ndarray)]
    assert sum(array.nbytes for array in arrays) < 6e6
    assert not any(isinstance(value, dict | list | set) for value in vars(flights).values())
    monkeypatch.setattr(flights_module, "MOST_LONG", 5)
    flights = Flights()
    for i in range(9):
        flights.note(pa.array([f"a text of its own {i}", f"B{i}"]), np.array([0, 1]))
    assert len(flights._long) == 5
    assert len(flights.of(np.arange(2))[1]) == MOST_FLIGHTS


# Rows in error


def test_rows_in_error_are_counted_once(zones, tmp_path):
    summary, text, page, book = reported(EXAMPLE, zones, tmp_path)
    assert summary.verdicts["unknown"] == summary.errors == 1
    assert sum(rows for _, rows in summary.outcomes) == summary.rows == 10
    bar = page[page.index('<div class="bar"') :]
    bar = bar[: bar.index("</div>")]
    shown = dict(re.findall(r">(\w+) (\d+)</span>", bar))
    assert shown == {"avoid": "4", "watch": "2", "clear": "3", "error": "1"}
    assert sum(map(float, re.findall(r"flex:([\d.]+)", bar))) == pytest.approx(1.0)
    lines = dict(re.findall(r"^  (\w+) +(\d+) +[\d.]+ %", text, re.MULTILINE))
    assert sum(map(int, lines.values())) == 10
    assert (lines["UNKNOWN"], lines["ERROR"]) == ("0", "1")
    cells = list(book["Summary"].iter_rows(values_only=True))
    assert sum(row[1] for row in cells if row[0].startswith("Rows: ")) == 10


def test_errors_are_grouped_by_what_is_wrong(zones):
    codes = ["LHR", "JFK", "GYD", "DEL", "43.3,45.7"]
    rows = [("A", code, code, "2026-11-20") for code in codes]
    rows += [("A", "GYD", "BAK", "2026-11-20")]
    kinds = counted(rows, zones).error_kinds
    assert list(kinds.values()) == [6]
    assert list(kinds) == [
        "origin and destination are the same place: … and … were both taken as …. "
        "Give two different places"
    ]


@pytest.mark.parametrize(
    ("errors", "kind"),
    [
        (["row 1,204 has 1 field where the header has 6: the missing ones are taken as empty",
          "row 5 has 3 fields where the header has 6: the missing ones are taken as empty"],
         "row … has … where the header has 6: the missing ones are taken as empty"),
        (["row 4 has 8 fields where the header has 6: the rest is 'a','b'; quote fields",
          "row 9 has 7 fields where the header has 6: the rest is 'c'; quote fields"],
         "row … has … where the header has 6: the rest is …; quote fields"),
        (["row 2 is not a JSON object: [1]", "row 3 is not a JSON object: 'x' \"y"],
         "row … is not a JSON object: …"),
        (["date '24.12.25' is not written as '%d/%m/%Y'"], "date … is not written as …"),
    ],
)  # fmt: skip
def test_kinds_of_errors(errors, kind):
    assert {_kind(text) for text in errors} == {kind}


@pytest.mark.parametrize(
    "words",
    [
        ("Springfield", "Oxford"), ("91,0", "95,12"), ("nan,3", "inf,4"), ("51 4", "1 2 3"),
        ("x" * 120, "y" * 1100), ("QQX1", "ZZZZ9"), ("icao:ZZZZ", "icao:QQQX"),
    ],
)  # fmt: skip
def test_errors_about_places_group(words):
    kinds = set()
    for word in words:
        with pytest.raises(rc.PlaceError) as caught:
            rc.resolve(word)
        kinds.add(_kind(caught.value.brief))
    assert len(kinds) == 1


# How to make it again

OPTIONS = {
    "origin": "Dep. Airport", "dest": "it's to", "date_col": "STD", "flight_col": "Flt;",
    "cruise_col": "FL", "date_format": ["%d.%m.%Y %H:%M", "%d/%m/%y"], "date": "2024-12-25T05:13Z",
    "issuers": "EASA,FAA", "cruise": "FL330", "speed_kt": 430.5, "watch_km": 60.0,
    "max_age_days": 10,
}  # fmt: skip


def given_by(command):
    """What the words of a command give."""
    words = shlex.split(command)
    assert words[:2] == ["routecheck", "audit"]
    # A command keeps the names of its help that it is first asked for.
    names = ["-h", "--help"]
    return audit_command.make_context("audit", words[2:], help_option_names=names).params


def test_the_command_gives_all_that_differs_from_the_defaults(zones):
    settings = settings_of(**OPTIONS)
    plan = Plan(
        ("in box/$a.csv", "-b.csv"), "o u t.csv", delimiter="|", encoding="cp1252", header_row=3,
        sheet="Blatt 1", raw_text=True,
    )  # fmt: skip
    command = command_of(Counts(dated=True), zones, settings, plan.output, plan)
    given = given_by(command)
    assert given["files"] == ("in box/$a.csv", "./-b.csv")
    assert given["target"] == plan.output
    assert settings_of(**{name: given[name] for name in OPTIONS}) == settings
    for name in PLAN_OPTIONS:
        assert given[name] == getattr(plan, name)
    assert not given["zones"]
    assert not given["add_zones"]


def test_the_command_of_a_plain_audit_is_plain(zones):
    settings = settings_of(date=None)
    counts = Counts(files=("a.csv", "<stdin>"), dated=True)
    assert command_of(counts, zones, settings, "") == "routecheck audit a.csv -"
    undated = command_of(replace(counts, undated=True), zones, settings, "")
    assert undated == f"routecheck audit a.csv - --date {settings.date}"


def test_the_command_names_other_zones(zones, tmp_path):
    mine = tmp_path / "my zones.geojson"
    mine.write_text((EXAMPLE.parent / "my_zones.geojson").read_text("utf-8"), "utf-8")
    own, settings = rc.load_zones(str(mine)), settings_of(date=date(2026, 11, 20))
    counts = Counts(files=("a.csv",))
    assert given_by(command_of(counts, own, settings, ""))["zones"] == (str(mine),)
    given = given_by(command_of(counts, combine(zones, own), settings, ""))
    assert (given["zones"], given["add_zones"]) == ((), (str(mine),))
    assert given_by(command_of(counts, zones, settings, "", None, own))["against"] == (str(mine),)


def test_reports_hold_the_command(zones, tmp_path):
    _, _, page, book = reported(EXAMPLE, zones, tmp_path, watch_km=60.0, date_col="date")
    command = f"routecheck audit {EXAMPLE} --date-col date --watch-km 60"
    assert f"<pre><code>{command}</code></pre>" in page
    lines = dict(row[:2] for row in book["Summary"].iter_rows(values_only=True))
    assert lines["How to make it again"] == command
    assert "Not in it, if they were given: --delimiter, --encoding" in page


# Words


def test_names_are_whole(zones, tmp_path):
    folder = tmp_path / "a folder"
    folder.mkdir()
    source = folder / EXAMPLE.name
    source.write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    summary, *_ = reported(source, zones, tmp_path)
    text = summary_text(replace(summary, files=("examples/long/bookings.csv",)), plain)
    assert "10 rows of examples/long/bookings.csv, 9 distinct routes" in text
    assert "routecheck built-in zones" in text
    assert "(Chechnya,\n" in text  # a zone's name goes on in the next line
    far = replace(summary, files=("far/" * 40 + "bookings.csv",))
    assert re.search(r"rows of far/far.*….*/bookings\.csv", summary_text(far, plain))


def test_zones_in_force_are_not_said_to_be_all(zones, tmp_path):
    _, text, page, book = reported(EXAMPLE, zones, tmp_path)
    number = len(zones)
    assert "Zones checked" not in page
    assert "Of the zones, those in force on the day of each row were checked" in page
    assert f"{number} zones (routecheck built-in zones), of which those in force" in text
    lines = dict(row[:2] for row in book["Summary"].iter_rows(values_only=True))
    assert lines["Zones in it"] == number
    assert "in force" in lines["Zones checked"]


def test_rows_are_not_said_to_be_lines(zones, tmp_path):
    _, text, *_ = reported(EXAMPLE, zones, tmp_path)
    assert "bookings.csv row 7: destination" in text
    assert "bookings.csv:7" not in text


def test_names_that_were_taken_for_places_are_told():
    table = {"from": ["Milano", "LHR", "bak", "Athenes"], "to": ["JFK", "London", "JFK", "LHR"]}
    auditor = Auditor(rc.load_zones(), settings_of(date="2026-11-20"))
    batch = pa.record_batch(table)
    counter = Counter_(auditor)
    for _ in range(2):
        counter.count(batch, auditor.answers(batch), "x.csv", 1)
    counts = counter.folded().merged(counter.folded())
    assert [text.split(" was taken")[0] for text in counts.readings] == ["Milano", "London"]
    summary = summarise(counts, auditor.zones, auditor.settings, "", 1.0)
    said = [text for text in summary.caveats if text.startswith("Names were read as places: ")]
    assert len(said) == 1
    assert "Milano was taken as Milan (IT), main airport MXP" in said[0]
