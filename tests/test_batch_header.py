"""Titles above the header, and tables on other sheets: options that say so, and hints at them."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import routecheck as rc
from helpers import clean_env

pa = pytest.importorskip("pyarrow")
openpyxl = pytest.importorskip("openpyxl")
import pyarrow.parquet as pq  # noqa: E402 - only if there is one

from routecheck.batch import csv_read, run, text_read  # noqa: E402
from routecheck.batch.auditor import Auditor  # noqa: E402
from routecheck.batch.folder import audit_folder, plans_of  # noqa: E402
from routecheck.batch.header import Preview, chosen_sheet, header_hint  # noqa: E402
from routecheck.batch.plan import Plan  # noqa: E402
from routecheck.batch.run import audit_files  # noqa: E402
from routecheck.batch.settings import settings_of  # noqa: E402
from routecheck.batch.sources import open_sources  # noqa: E402
from routecheck.batch.text_read import Source, TextStream  # noqa: E402

NAMES = ["booking", "from", "to", "date"]
ROWS = [["TR-1", "GYD", "GRV", "2026-11-20"], ["TR-2", "LHR", "JFK", "2026-11-21"]]
TITLES = [
    "Bookings\nMade for Zürich\n\n",
    '"Bookings, and more; ""all"""\n"made, by",us\n2026-11-20\n',
    '"Bookings\nof two lines"\n,,,,,\n',
    "Bookings;x;y\n;;\n;;\n",
    '"a quote that is never closed\nx\ny\n',
    "sep=;\nBookings\n\n",
]


def table(delimiter: str = ",", end: str = "\n") -> str:
    return "".join(delimiter.join(row) + end for row in [NAMES, *ROWS])


def read(path, **options):
    """Names and rows of a table that has no faulty row."""
    sources = open_sources([str(path)], **options)
    rows = []
    for piece in sources.pieces():
        assert piece.errors is None
        assert piece.first_row == len(rows) + 1
        rows += [list(row.values()) for row in piece.batch.to_pylist()]
    return sources.schema.names, rows


@pytest.fixture(scope="module")
def auditor():
    return Auditor(rc.load_zones(), settings_of(date="2026-11-20"))


@pytest.fixture
def made(tmp_path):
    """Write bytes or text into a file."""

    def make(content, name="t.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


@pytest.fixture
def book(tmp_path):
    """Write a workbook: sheets by their names, with their rows by number."""

    def make(sheets, name="t.xlsx"):
        made = openpyxl.Workbook()
        made.remove(made.active)
        for title, rows in sheets.items():
            sheet = made.create_sheet(title)
            for number, cells in rows.items():
                for column, value in enumerate(cells, 1):
                    sheet.cell(number, column, value)
        made.save(tmp_path / name)
        return tmp_path / name

    return make


def rows_from(number: int) -> dict[int, list[str]]:
    return dict(enumerate([NAMES, *ROWS], number))


def refused(*paths, auditor, **options) -> str:
    """The text of the error; it is one line."""
    with pytest.raises(rc.RoutecheckError) as error:
        audit_files(Plan(tuple(map(str, paths)), "", **options), auditor)
    text = str(error.value)
    assert "\n" not in text
    return text


# CSV


@pytest.mark.parametrize("titles", TITLES)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_above_the_header_are_skipped(made, titles, delimiter, end):
    text = titles.replace("\n", end) + table(delimiter, end)
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        assert read(made(data), header_row=4) == (NAMES, ROWS)
    assert read(made(gzip.compress(text.encode()), "t.csv.gz"), header_row=4) == (NAMES, ROWS)


def test_titles_in_another_encoding(made):
    text = "Reisebüro Zürich\n\n\nvon,nach\nKöln,Málaga\n"
    for options in ({}, {"encoding": "cp1252"}):
        found = read(made(text.encode("cp1252")), header_row=4, **options)
        assert found == (["von", "nach"], [["Köln", "Málaga"]])


@pytest.mark.parametrize("size", [1, 2, 7, 64])
def test_small_blocks(made, monkeypatch, size):
    monkeypatch.setattr(csv_read, "BLOCK", size)
    monkeypatch.setattr(text_read, "BLOCK", size)
    monkeypatch.setattr(text_read, "_HEAD", size)
    for end in ("\n", "\r\n", "\r"):
        path = made(TITLES[1].replace("\n", end) + table(";", end))
        assert read(path, header_row=4, delimiter=";") == (NAMES, ROWS)


@given(lines=st.text("a\r\n", max_size=12), size=st.integers(1, 4), count=st.integers(0, 8))
def test_lines_are_counted(lines, size, count):
    whole = [len(line) for line in io.StringIO(lines, newline="")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_read, "BLOCK", size)
        patch.setattr(text_read, "_HEAD", size)
        source = Source("t", None, io.BytesIO(b"x" + lines.encode()))
        stream = TextStream(source.open(), "t", None)
        stream._head = stream._head[1:]
        assert stream.skip_lines(count) == min(count, len(whole))
        rest = b""
        while data := stream.read(3):
            rest += data
    assert rest.decode() == lines[sum(whole[:count]) :]


def test_row_numbers_are_those_of_data(made):
    path = made("Bookings\n\n\n" + table() + "TR-3,LHR\n")
    pieces = list(open_sources([str(path)], header_row=4).pieces())
    assert pieces[0].errors.to_pylist()[2].startswith("row 3 has 2 fields where the header has 4")


def test_a_header_of_several_lines(made):
    assert read(made('Bookings\n"from\n(IATA)",to\nGYD,GRV\n'), header_row=2) == (
        ["from\n(IATA)", "to"], [["GYD", "GRV"]],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (8, "t.csv: --header-row 8 is beyond the end, as it has 6 lines: give the row"),
        (10**9, "--header-row 1,000,000,000 is beyond the end, as it has 6 lines"),
        (2, "t.csv: line 2 is blank"),
        (3, "t.csv: line 3 is blank"),
        (0, "--header-row 0 is no row: rows are counted from 1"),
        (-4, "--header-row -4 is no row"),
    ],
)
def test_wrong_lines_are_refused(made, auditor, row, said):
    path = made("Bookings\n\n , ,\n" + table())
    assert said in refused(path, auditor=auditor, header_row=row)


def test_standard_input_is_a_pipe():
    text = "\ufeff" + TITLES[1] + table(";")

    def audit(*words):
        return subprocess.run(
            [sys.executable, "-m", "routecheck", "audit", "-", *words], input=text.encode(),
            capture_output=True, env=clean_env(), check=False,
        )  # fmt: skip

    done = audit("--header-row", "4", "-o", "-", "-q")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.decode().splitlines()
    assert lines[0].startswith("booking,from,to,date,verdict,")
    assert [line.split(",")[4] for line in lines[1:]] == ["avoid", "clear"]
    for words, hint in (
        ((), "row 4 looks like the header: add --header-row 4"),
        (("--header-row", "5"), "row 4 looks like the header: give --header-row 4"),
    ):
        done = audit(*words)
        assert done.returncode == 2
        assert done.stderr.decode().rstrip().endswith(hint)


# Workbooks


def test_rows_above_the_header_of_a_sheet(book):
    path = book({"Data": {1: ["Bookings"], 3: ["made", "by", "us"]} | rows_from(5)})
    assert read(path, header_row=5) == (NAMES, ROWS)
    assert read(path, header_row=6) == (ROWS[0], ROWS[1:])


def test_rows_are_numbered_as_in_the_spreadsheet(tmp_path):
    xlsxwriter = pytest.importorskip("xlsxwriter")
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.set_row(0, None, made.add_format({"bold": True}))  # a row without a cell
        for number, row in enumerate([NAMES, *ROWS], 6):  # rows 2 to 6 are not in the file
            sheet.write_row(number, 1, row)
    assert read(path, header_row=7) == (["column_1", *NAMES], [["", *row] for row in ROWS])


@pytest.mark.parametrize("asked", ["Data 2026", "data 2026", "  DATA 2026 "])
def test_a_sheet_by_its_name(book, asked):
    path = book({"Cover": {1: ["Bookings"]}, "Data 2026": rows_from(1), "Old": {1: ["x"]}})
    assert read(path, sheet=asked) == (NAMES, ROWS)
    assert read(path) == (["Bookings"], [])


def test_the_exact_name_comes_first():
    assert chosen_sheet(["data ", "Data", "data"], "data", "t.xlsx") == 2
    with pytest.raises(rc.RoutecheckError, match=r"sheets are 'data ', 'Data'$"):
        chosen_sheet(["data ", "Data"], "DATA", "t.xlsx")
    with pytest.raises(rc.RoutecheckError, match=r"'s29' and 70 more$"):
        chosen_sheet([f"s{number}" for number in range(100)], "DATA", "t.xlsx")


def test_wrong_sheets_and_rows_are_refused(book, auditor):
    path = book({"Cover": {1: ["Bookings"]}, "Data": {1: ["x"]} | rows_from(3), "None": {}})
    for options, said in (
        ({"sheet": "Dat\n"}, r"no sheet 'Dat\\n' for --sheet: sheets are 'Cover', 'Data', 'None'"),
        ({"sheet": "None"}, "t.xlsx: the sheet 'None' is empty"),
        ({"sheet": "None", "header_row": 2}, "the sheet 'None' is empty"),
        ({"sheet": "Data", "header_row": 9}, "--header-row 9 is beyond the end, as the sheet 'Dat"),
        ({"header_row": 3}, "as the sheet 'Cover' has 1 row: give the row that holds the names of"),
        ({"sheet": "Data", "header_row": 2}, "t.xlsx: row 2 of the sheet 'Data' is blank"),
    ):
        assert said in refused(path, auditor=auditor, **options)


def test_a_workbook_on_standard_input(book, monkeypatch):
    path = book({"Cover": {1: ["Bookings"]}, "Data": {1: ["x"]} | rows_from(3)})
    stream = io.TextIOWrapper(io.BytesIO(path.read_bytes()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert read("-", sheet="Data", header_row=3) == (NAMES, ROWS)


# Several files


def test_files_of_other_kinds_take_no_option(made, auditor, tmp_path):
    lines = "".join(json.dumps(dict(zip(NAMES, row, strict=True))) + "\n" for row in ROWS)
    made(lines, "t.ndjson")
    pq.write_table(pa.table({"from": ["GYD"], "to": ["GRV"]}), tmp_path / "t.parquet")
    for options, option in (({"header_row": 4}, "--header-row"), ({"sheet": "x"}, "--sheet")):
        said = refused(tmp_path / "t.ndjson", auditor=auditor, **options)
        assert said.startswith(f"{option} is for ")
        assert "t.ndjson is none: leave it out" in said
        said = refused(tmp_path, auditor=auditor, **options)
        assert "of 2 none is one" in said
    path = made("Bookings\n\n\n" + table())
    assert "--sheet is for workbooks" in refused(path, auditor=auditor, sheet="x", header_row=4)
    whole = audit_files(Plan((str(tmp_path),), "", header_row=4), auditor)
    assert whole.rows == 5
    out = tmp_path / "out"
    parts = audit_folder(Plan((str(tmp_path),), f"{out}/", header_row=4), auditor, None, None)
    assert (parts.rows, parts.verdicts) == (whole.rows, whole.verdicts)
    assert sorted(path.name for path in out.iterdir()) == ["t.csv", "t.ndjson", "t.parquet"]


def test_the_fingerprint_holds_the_options(made, book):
    path, other = str(made(table())), str(book({"a": rows_from(1), "A2": rows_from(1)}))
    options = [{}, {"header_row": 1}, {"header_row": 2}, {"sheet": "a"}, {"sheet": "A2"}]
    found = {open_sources([path, other], **each).fingerprint for each in options}
    assert len(found) == len(options)


def test_an_audit_with_another_header_row_is_not_gone_on_with(made, auditor, tmp_path):
    plan = Plan((str(made("Bookings\n\n\n" + table())),), str(tmp_path / "out.csv"), header_row=4)
    audit_files(plan, auditor)
    whole = Path(plan.output).read_bytes()
    Path(plan.output).unlink()
    # as if the audit had been stopped after its first row
    partial = run.partial_of(Path(plan.output))
    partial.mkdir()
    size = len(b"".join(whole.splitlines(keepends=True)[:2]))
    (partial / "audit.csv").write_bytes(whole[: size + 5])
    mark = run._Run(plan, auditor, None, plan.sources(), ".csv", None)._fingerprint()
    note = {"fingerprint": mark, "rows": 1, "bytes": size, "date": "2026-11-20"}
    (partial / "journal.json").write_text(json.dumps(note), "utf-8")
    again = replace(plan, resume=True)
    wrong = replace(again, header_row=5)
    settings = settings_of(date="2026-11-20", origin="TR-1", dest="GRV")
    with pytest.raises(rc.RoutecheckError, match="have changed since the audit was interrupted"):
        audit_files(wrong, Auditor(auditor.zones, settings))
    assert audit_files(again, auditor).rows == 2
    assert Path(plan.output).read_bytes() == whole


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_on_dask(made, book, auditor, tmp_path):
    pytest.importorskip("distributed")
    from routecheck.batch.dask_engine import audit_on_dask

    made("Bookings\n\n\n" + table(";"), "a.csv")
    book({"Cover": {1: ["x"]}, "Data": {2: ["Bookings"]} | rows_from(4)}, "b.xlsx")
    pq.write_table(pa.table({"from": ["GYD"], "to": ["GRV"]}), tmp_path / "c.parquet")
    plan = Plan((str(tmp_path),), f"{tmp_path / 'out'}/", header_row=4, sheet="data")
    counts = audit_on_dask(plans_of(plan), auditor.zones, auditor.settings, workers=1)
    assert (counts.rows, counts.errors) == (5, 0)
    assert counts.verdicts["avoid"] == 3


# Hints


@pytest.mark.parametrize("titles", TITLES[:4])
def test_the_header_line_is_told(made, auditor, titles):
    for delimiter in (",", ";"):
        path = made(titles + table(delimiter))
        said = refused(path, auditor=auditor)
        assert said.endswith("--cruise-col. But row 4 looks like the header: add --header-row 4")
        for row in (1, 5):
            if titles != TITLES[2] or row != 1:
                said = refused(path, auditor=auditor, header_row=row)
                assert said.endswith(". But row 4 looks like the header: give --header-row 4")
        assert audit_files(Plan((str(path),), "", header_row=4), auditor).errors == 0


def test_columns_that_were_asked_for_are_looked_for(made, auditor):
    path = made("from,to\nx,y\nStart here,End here\nGYD,GRV\n")
    asked = settings_of(date="2026-11-20", origin="start here", dest="End here")
    said = refused(path, auditor=Auditor(auditor.zones, asked))
    assert said.startswith(f"{path}: there is no column 'start here' for --origin")
    assert said.endswith(". But row 3 looks like the header: add --header-row 3")
    asked = settings_of(date="2026-11-20", origin="nowhere", dest="End here")
    assert refused(path, auditor=Auditor(auditor.zones, asked)).endswith("columns are 'from', 'to'")


COVER = {1: ["Bookings"], 2: ["a", "b"]}
BOOKS = [
    # sheets, options, the end of the error
    ({"A": {1: ["x"]} | rows_from(7)}, {}, "row 7 looks like the header: add --header-row 7"),
    ({"A": COVER, "B": rows_from(1)}, {}, "the sheet 'B' looks like the table: add --sheet B"),
    ({"A": COVER, "B": rows_from(3)}, {}, "the sheet 'B' looks like the table: add --sheet B"),
    ({"A": COVER, "My B": {1: ["x"]} | rows_from(3)}, {},
     "row 3 of the sheet 'My B' looks like the header: add --sheet 'My B' --header-row 3"),
    ({"A": COVER, "B": rows_from(2)}, {"header_row": 2}, "looks like the table: add --sheet B"),
    ({"A": COVER, "B": rows_from(3)}, {"header_row": 2},
     "row 3 of the sheet 'B' looks like the header: give --sheet B --header-row 3"),
    ({"A": rows_from(1), "B": COVER}, {"sheet": "b"}, "looks like the table: add --sheet A"),
    ({"A": {1: ["x"]} | rows_from(3), "B": rows_from(1)}, {}, "add --header-row 3"),
    ({"A": COVER, "B": {1: ["x"]} | rows_from(31)}, {}, "--flight-col, --cruise-col"),
]  # fmt: skip


@pytest.mark.parametrize(("sheets", "options", "said"), BOOKS)
def test_the_sheet_is_told(book, auditor, sheets, options, said):
    assert refused(book(sheets), auditor=auditor, **options).endswith(said)


def test_a_cell_that_is_a_name_by_chance_is_no_header(made, auditor):
    rows = "D7 301,2026-11-20,OD\n"
    assert refused(made("x,y,z\n" + 3 * rows), auditor=auditor).endswith("--cruise-col")
    # but years may be names of columns
    path = made("By year\n2024\n\nfrom,to,2024,2025\nGYD,GRV,7,8\n")
    assert refused(path, auditor=auditor).endswith("add --header-row 4")


def test_of_several_files_the_hint_says_so(made, auditor):
    one, other = made("Bookings\n" + table()), made(table(), "u.csv")
    said = refused(one, other, auditor=auditor)
    assert said.endswith("add --header-row 2, and audit files that have another layout apart")


def test_files_without_a_header_row_get_no_hint(made, auditor):
    said = refused(made('{"a": "from", "b": "to"}\n', "t.ndjson"), auditor=auditor)
    assert said.endswith("--cruise-col")


def test_only_the_beginning_is_looked_at(made, auditor):
    for lines, found in ((29, True), (30, False)):
        text = "x\n" * lines + table()
        assert ("looks like" in refused(made(text), auditor=auditor)) is found
    long = "x" * (1 << 16) + "\n" + table()
    assert "looks like" not in refused(made(long), auditor=auditor)
    wide = "x\n" + ",".join(["y"] * 5000 + ["from", "to"]) + "\n" + table()
    assert "row 3 looks like" in refused(made(wide), auditor=auditor)


@given(
    data=st.binary(max_size=300) | st.text(',;"\r\na \ufefffromto').map(str.encode),
    delimiter=st.sampled_from([None, ",", ";"]),
)
def test_a_hint_is_no_error(data, delimiter):
    try:
        file = csv_read.CsvFile(Source("t", None, io.BytesIO(data)), delimiter, None)
    except rc.RoutecheckError:
        return
    for preview in file.previews(30):
        assert all(cells and 1 <= number <= 30 for number, cells in preview.rows)


def test_an_error_while_looking_is_kept_back():
    def previews(_rows):
        yield Preview("", True, [(1, ["x"])])
        raise ValueError("damaged")

    def tell(_names):
        raise rc.RoutecheckError("no")

    assert header_hint(previews, tell, None) == ""


def test_a_workbook_whose_other_sheets_are_damaged(book, auditor, tmp_path):
    path = book({"A": COVER, "B": rows_from(1)})
    out = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(out, "w") as packed:
        for name in whole.namelist():
            data = whole.read(name)
            packed.writestr(name, data[:200] if name.endswith("sheet2.xml") else data)
    assert refused(out, auditor=auditor).endswith("--cruise-col")


def test_dates_of_cells_stay_dates(book, auditor):
    day = dt.datetime(2026, 11, 20)
    path = book({"A": {1: ["As of", day], 3: NAMES, 4: ["TR-1", "GYD", "GRV", day]}})
    assert read(path, header_row=3)[1] == ROWS[:1]
    assert refused(path, auditor=auditor).endswith("add --header-row 3")
