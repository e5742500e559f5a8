"""Columns that change the answer are used, or the table is refused with the way out."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import routecheck as rc

pa = pytest.importorskip("pyarrow")

from routecheck.batch.auditor import Auditor  # noqa: E402
from routecheck.batch.csv_read import unique_names  # noqa: E402
from routecheck.batch.dates import check_undated, likely_formats, read_date  # noqa: E402
from routecheck.batch.settings import settings_of  # noqa: E402
from routecheck.batch.sources import open_sources  # noqa: E402
from routecheck.cli.main import cli  # noqa: E402
from routecheck.risk.profile import parse_level  # noqa: E402

DATA = Path(__file__).parent / "data" / "columns"


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def zones():
    return rc.load_zones()


def options_of(text: str) -> dict[str, object]:
    """``origin=A dest=B``; + is a blank in a name, ; stands between names."""
    given: dict[str, object] = {}
    for each in text.split():
        key, _, value = each.partition("=")
        value = value.replace("+", " ")
        given[key] = value.split(";") if key == "ignore_cols" else value
    return given


def judged(zones, names, cells, options):
    """The stops and the day of a row, or what is said of it, or of its table."""
    try:
        settings = settings_of(**options)
        auditor = Auditor(zones, settings)
        names = unique_names(names)
        columns = auditor.columns_of(names)
        batch = pa.RecordBatch.from_arrays([pa.array([c]) for c in cells], names=names)
        check_undated((n, batch.column(names.index(n))) for n in settings.undated(names, columns))
        answers = auditor.answers(batch)
    except rc.RoutecheckError as error:
        return "", None, str(error)
    row = answers.book.rows[int(answers.ids[0])]
    if row["route"] < 0:
        return "", None, answers.book.words["error"].texts[int(row["error"])]
    stops = " ".join(p.code for p in auditor.routes.route(int(row["route"])).places)
    return stops, date.fromordinal(int(answers.days[0])), ""


@pytest.mark.parametrize("case", rows_of("tables.csv"), ids=lambda c: f"{c['kind']}:{c['names']}")
def test_tables(zones, case):
    names, cells = case["names"].split("|"), case["row"].split("|")
    assert len(names) == len(cells)
    way, day, error = judged(zones, names, cells, options_of(case["options"]))
    assert case["error"] in error
    assert way == case["way"], error
    if case["day"]:
        assert day == date.fromisoformat(case["day"])


@pytest.mark.parametrize("case", rows_of("moments.csv"), ids=lambda c: c["text"])
def test_moments(case):
    found = read_date(case["text"])
    if len(case["right"]) == 10:
        assert not isinstance(found, datetime)
        assert found.isoformat() == case["right"]
    else:
        assert found == datetime.fromisoformat(case["right"])


@pytest.mark.parametrize("case", rows_of("hints.csv"), ids=lambda c: c["text"])
def test_a_format_that_is_advised_reads_the_cell(case):
    with pytest.raises(rc.RoutecheckError, match="--date-format") as told:
        read_date(case["text"])
    formats = likely_formats(case["text"])
    assert formats[0] in str(told.value)
    settings = settings_of(date_format=formats)
    found = read_date(case["text"], settings.date_formats)
    assert (found.date() if isinstance(found, datetime) else found).isoformat() == case["day"]


@pytest.mark.parametrize("case", rows_of("levels.csv"), ids=lambda c: c["text"])
def test_levels_as_flight_plans_and_tables_have_them(case):
    if case["feet"]:
        assert round(parse_level(case["text"])) == int(case["feet"])
    else:
        with pytest.raises(rc.RoutecheckError, match="is not a cruise level"):
            parse_level(case["text"])


@pytest.mark.parametrize("case", rows_of("foreign.csv"), ids=lambda c: c["said"])
def test_foreign_files_are_named(tmp_path, case):
    text = re.sub(
        r"\\(x[0-9a-f]{2}|u[0-9a-f]{4}|[nr\\])",
        lambda m: m[0].encode().decode("unicode_escape"), case["begins"],
    )  # fmt: skip
    data = text.encode("latin-1") if all(char < "\u0100" for char in text) else text.encode()
    path = tmp_path / case["name"]
    path.write_bytes(data)
    with pytest.raises(rc.RoutecheckError) as told:
        open_sources([str(path)])
    assert case["said"] in str(told.value)
    assert ": " in str(told.value).partition(case["name"])[2]


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("mimetype", "OpenDocument"), ("word/document.xml", "Word"), ("flights.csv", "zip archive"),
        ("xl/workbook.bin", "binary workbook"), ("doc.kml", "KMZ"),
    ],
)  # fmt: skip
def test_zips_are_named(tmp_path, member, said):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(member, "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(rc.RoutecheckError, match=said):
        open_sources([str(path)])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"from": "GYD", "to": "GRV", "bags": [{"kg": 3}]}\n'),
        ("a.ndjson", '{"from": "GYD", "to": "GRV"}\n{"from": "LHR", "to": "JFK"}\n'),
        ("a.csv", "from,to\nGYD,GRV\n"),
        ("a.csv", "SET,from,to\n1,GYD,GRV\n"),
        ("a.csv", "From: ,to\nGYD,GRV\n"),
        ("a.csv", "<from>,<to>\nGYD,GRV\n"),
    ],
)
def test_what_is_a_table_is_no_foreign_file(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert open_sources([str(path)]).schema.names


CASES = [
    ("t01-via.csv", "", "avoid clear"),
    ("t01-via.csv", "--ignore-col via", "clear clear"),
    ("t03-there-and-back.csv", "", "another flight in the same row"),
    ("t03-there-and-back.csv", "--origin From.2 --dest #5 --date-col Date_2", "avoid"),
    ("t05-requested-fl.csv",
     "--date-col|FILED OFF BLOCK TIME|--date-format|%d-%m-%Y %H:%M:%S", "avoid"),
    ("t07-year-month.csv", "", "give --date"),
    ("t07-year-month.csv", "--date 2026-11-20", "caution"),
    ("t09-epoch.csv", "--origin estDepartureAirport --dest estArrivalAirport", "unknown"),
    ("t09-epoch.csv", "", "unknown"),
    ("t10-space-and-offset.csv", "", "avoid"),
    ("t12-std-is-a-time.csv", "--date 2026-11-20", "avoid clear"),
    ("t14-no-header.csv", "--origin GYD --dest GRV --date 2026-11-20", "--no-header"),
    ("t14-no-header.csv", "--date 2026-11-20", "--no-header"),
    ("t14-no-header.csv", "--no-header --origin 3 --dest 5 --date 2026-11-20", "avoid clear"),
    ("t15-wrapped.json", "", "JSON object, whose member 'SegmentListResponses'"),
    ("t17-ssim.txt", "", "schedule file of airlines (SSIM"),
    ("t18-html.xls", "", "web page (HTML)"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "options", "right"), CASES)
def test_cases(tmp_path, name, options, right):
    out = tmp_path / "out.csv"
    words = options.split("|") if "|" in options else options.split()
    done = CliRunner().invoke(cli, ["audit", str(DATA / name), "-o", str(out), *words])
    if not out.exists():
        said = done.output + str(done.exception or "")
        assert right in said
        return
    with out.open(encoding="utf-8", newline="") as file:
        assert " ".join(row["verdict"] for row in csv.DictReader(file)) == right
    assert "columns: " in done.output


def test_workbooks_without_a_header(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["GYD", "GRV"], ["LHR", "JFK"]):
        book.active.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    sources = open_sources([str(path)], no_header=True)
    assert sources.schema.names == ["1", "2"]
    rows = [row for piece in sources.pieces() for row in piece.batch.to_pylist()]
    assert rows == [{"1": "GYD", "2": "GRV"}, {"1": "LHR", "2": "JFK"}]


def test_a_stream_without_a_header_keeps_its_first_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("\n\nGYD,GRV\nLHR,JFK\n", "utf-8")
    sources = open_sources([str(path)], no_header=True)
    rows = [list(row.values()) for piece in sources.pieces() for row in piece.batch.to_pylist()]
    assert rows == [["GYD", "GRV"], ["LHR", "JFK"]]
    for options in ({"header_row": 1, "no_header": True},):
        with pytest.raises(rc.RoutecheckError, match="leave one out"):
            open_sources([str(path)], **options)
    path = tmp_path / "a.ndjson"
    path.write_text(json.dumps({"from": "GYD"}), "utf-8")
    with pytest.raises(rc.RoutecheckError, match="--no-header is for CSV and XLSX"):
        open_sources([str(path)], no_header=True)


def test_frames_take_the_same(zones):
    table = pa.table({"from": ["LHR"], "via": ["GRV"], "to": ["JFK"]})
    assert rc.audit(table, date="2026-11-20", zones=zones)["verdict"].to_pylist() == ["avoid"]
    passed = rc.audit(table, date="2026-11-20", zones=zones, ignore_cols=["via"])
    assert passed["verdict"].to_pylist() == ["clear"]
    twice = pa.Table.from_arrays(
        [pa.array([x]) for x in ("LHR", "JFK", "GRV", "GYD")], names=["from", "to", "from", "to"]
    )
    with pytest.raises(rc.RoutecheckError, match=r"ignore_cols=\['from_2', 'to_2'\]") as told:
        rc.audit(twice, date="2026-11-20", zones=zones)
    assert "origin='from_2'" in str(told.value)
    pd = pytest.importorskip("pandas")
    frame = pd.read_csv(io.StringIO("from,via,to\nLHR,GRV,JFK\nLHR,,JFK\n"))
    assert list(rc.audit(frame, date="2026-11-20", zones=zones)["verdict"]) == ["avoid", "clear"]


def test_a_column_to_ignore_has_to_be_there(zones):
    with pytest.raises(rc.RoutecheckError, match="no column 'Vai' for --ignore-col"):
        Auditor(zones, settings_of(ignore_cols="Vai")).columns_of(["from", "to", "Via"])


def test_a_column_of_routings_before_does_not_change_how_one_of_routes_is_read(zones):
    auditor = Auditor(zones, settings_of(date="2026-11-20"))
    said = {}
    for name in ("Routing", "Route"):
        batch = pa.RecordBatch.from_pydict({"From": ["LHR"], "To": ["JFK"], name: ["GRV"]})
        said[name] = auditor.audit_batch(batch).column("verdict").to_pylist()
    assert said == {"Routing": ["unknown"], "Route": ["clear"]}
