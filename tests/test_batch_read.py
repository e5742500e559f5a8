"""Reading tables for an audit: every row comes back, in its place, or an error says why not."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
import os
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pa = pytest.importorskip("pyarrow")
import pyarrow.parquet as pq  # noqa: E402 - only if there is one

from routecheck.batch import csv_read, other_read, text_read  # noqa: E402
from routecheck.batch.sources import open_sources  # noqa: E402
from routecheck.errors import RoutecheckError  # noqa: E402


def read(*paths, **options):
    """Names, rows as lists, and errors by row (from 0), after checks of what always holds."""
    sources = open_sources([str(path) for path in paths], **options)
    rows, errors = [], {}
    expected = {}
    limit = options.get("batch_rows", 65_536)
    for piece in sources.pieces():
        assert piece.batch.schema == sources.schema
        assert 0 < piece.batch.num_rows <= limit
        assert piece.first_row == expected.get(piece.file, 1)
        expected[piece.file] = piece.first_row + piece.batch.num_rows
        if piece.errors is not None:
            assert len(piece.errors) == piece.batch.num_rows
            errors |= {len(rows) + i: e for i, e in enumerate(piece.errors.to_pylist()) if e}
        columns = [column.to_pylist() for column in piece.batch.columns]
        rows += [list(row) for row in zip(*columns, strict=True)]
    if sources.total_bytes is not None:
        assert sources.position == sources.total_bytes
    return sources.schema.names, rows, errors


@pytest.fixture
def made(tmp_path):
    """Write bytes or text into a file."""

    def make(content, name="t.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


@pytest.fixture
def stdin(monkeypatch):
    """Give bytes on standard input."""

    def give(content):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    return give


@pytest.fixture(params=[csv_read.BLOCK, 7, 64], ids=["block", "tiny-blocks", "small-blocks"])
def block(request, monkeypatch):
    """Read in blocks of several sizes."""
    monkeypatch.setattr(csv_read, "BLOCK", request.param)
    monkeypatch.setattr(text_read, "BLOCK", request.param)
    monkeypatch.setattr(text_read, "_HEAD", request.param)
    return request.param


PLAIN = [
    # text, names, rows
    ("a,b\n1,2\n", ["a", "b"], [["1", "2"]]),
    ("a,b\n1,2", ["a", "b"], [["1", "2"]]),
    ("a,b\r\n1,2\r\n3,4\r\n", ["a", "b"], [["1", "2"], ["3", "4"]]),
    ("a,b\r1,2\r3,4\r", ["a", "b"], [["1", "2"], ["3", "4"]]),
    ("a,b\n007,1.50\nNA,\n,null\n", ["a", "b"], [["007", "1.50"], ["NA", ""], ["", "null"]]),
    ("a,b\n TRUE , 2024-01-01 \n", ["a", "b"], [[" TRUE ", " 2024-01-01 "]]),
    ("\ufeffa,b\n1,2\n", ["a", "b"], [["1", "2"]]),
    ("a,,b, \n1,2,3,4\n", ["a", "column_2", "b", "column_4"], [["1", "2", "3", "4"]]),
    ("a,a,a_2,a\n1,2,3,4\n", ["a", "a_3", "a_2", "a_4"], [["1", "2", "3", "4"]]),
    (" a ,b\n1,2\n", [" a ", "b"], [["1", "2"]]),
    ('"a\nx","b,""y"""\n1,2\n', ["a\nx", 'b,"y"'], [["1", "2"]]),
    ("a,b\n", ["a", "b"], []),
    ("a,b", ["a", "b"], []),
    ("\n\r\na,b\n\n1,2\n\n\n3,4\n\n", ["a", "b"], [["1", "2"], ["3", "4"]]),
    ('a\nx\n\n""\n  \ny', ["a"], [["x"], [""], ["  "], ["y"]]),
    ("a;b\n1,5;2,5\n3,5;4\n", ["a", "b"], [["1,5", "2,5"], ["3,5", "4"]]),
    ("a\tb\n1,5\t2\n", ["a", "b"], [["1,5", "2"]]),
    ("a|b\n1|2\n", ["a", "b"], [["1", "2"]]),
    ('"x;y",b;c\n"1;2","3"\n', ["x;y", "b;c"], [["1;2", "3"]]),
    ("sep=;\na;b,c\n1;2\n", ["a", "b,c"], [["1", "2"]]),
    ('a,b\n"x\ny","p""q"\n"",""\n', ["a", "b"], [["x\ny", 'p"q'], ["", ""]]),
    ('a,b\n5" nail,x"y"\n1,2\n', ["a", "b"], [['5" nail', 'x"y"'], ["1", "2"]]),
    ('a,b\n "x",1\n', ["a", "b"], [[' "x"', "1"]]),
    ("ä,b\nZürich,東京 🛫\n", ["ä", "b"], [["Zürich", "東京 🛫"]]),
    ("a,b\n\ufffd,2\n", ["a", "b"], [["\ufffd", "2"]]),
]


@pytest.mark.parametrize(("text", "names", "rows"), PLAIN)
def test_plain_text_comes_back(made, block, text, names, rows):
    assert read(made(text)) == (names, rows, {})


FAULTY = [
    # rows after the header "a,b", rows read, what the error of each faulty row says
    ("1,2\n3\n4,5\n", [["1", "2"], ["3", ""], ["4", "5"]], {1: "row 2 has 1 field where"}),
    ("1,2,x,y\n3,4\n", [["1", "2"], ["3", "4"]], {0: "has 4 fields where the header has 2: the"}),
    ("3,4\n1,2,x,y", [["3", "4"], ["1", "2"]], {1: "the rest is 'x','y'; quote"}),
    ("1\n2\n3\n", [["1", ""], ["2", ""], ["3", ""]], {0: "row 1", 1: "row 2", 2: "row 3"}),
    ('"p\nq",1\n\n"x\ny"\n2,3\n', [["p\nq", "1"], ["x\ny", ""], ["2", "3"]], {1: "row 2 has 1"}),
    ('"p,""q",1,"r\ns"\n', [['p,"q', "1"]], {0: r"the rest is 'r\ns'"}),
    ("1,2\n3,\0\n", [["1", "2"], ["3", "\0"]], {1: "row 2 holds a NUL"}),
    ("1,2\n3,4\n\"5,6\n7,8\n9", [["1", "2"], ["3", "4"], ['"5', "6"], ["7", "8"], ["9", ""]],
     {2: "row 3 opens a quote that is never closed", 4: "row 5 has 1 field"}),
    ('"1"x,2\n3,4\n', [["1x", "2"], ["3", "4"]], {0: "row 1 has text after a closing quote"}),
    ('"1,2\n3,"4",5\n', [["1,2\n3,4\"", "5"]], {0: "may hold several rows"}),
    ('"', [['"', ""]], {0: "never closed"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows", "errors"), FAULTY)
def test_faulty_rows_stay_in_their_place(made, block, text, rows, errors):
    _, found, said = read(made("a,b\n" + text))
    assert found == rows
    assert said.keys() == errors.keys()
    for index, words in errors.items():
        assert words in said[index]
        assert "\n" not in said[index]


def test_ragged_rows_among_many(made, block):
    lines = [["1", "2"] if number % 7 else [str(number)] for number in range(300)]
    text = "a,b\n" + "".join(",".join(line) + "\n" for line in lines)
    _, rows, errors = read(made(text), batch_rows=13)
    assert rows == [[*line, ""][:2] for line in lines]
    assert sorted(errors) == list(range(0, 300, 7))
    assert all(f"row {index + 1} has" in said for index, said in errors.items())


def test_the_slow_parser_says_what_pyarrow_says(made, monkeypatch):
    text = 'a,b\n1,2\n3\n\n"x\ny",z"\n5,6,7\n"p""",\n'
    fast = read(made(text))
    monkeypatch.setattr(csv_read, "_is_utf8", lambda data: False)
    assert read(made(text)) == fast
    assert len(fast[1]) == 5


def test_batch_rows_bound_the_pieces(made):
    path = made("a\n" + "".join(f"{i}\n" for i in range(1000)))
    sizes = [piece.batch.num_rows for piece in open_sources([str(path)], batch_rows=300).pieces()]
    assert sizes == [300, 300, 300, 100]


ENCODED = [
    # encoding of the file, option, text
    ("utf-8-sig", None, "Zürich"),
    ("utf-16", None, "Zürich 東京"),
    ("utf-16-le", None, "Zurich"),
    ("utf-16-be", None, "Zurich"),
    ("utf-32", None, "Zürich 東京"),
    ("cp1252", None, "Zürich"),
    ("cp1252", None, "Don’t – “fly”"),
    ("cp1250", None, "Kraków Łódź Wrocław Żółć Gdańsk"),
    ("cp1251", None, "Москва Шереметьево Пулково"),
    ("shift_jis", None, "東京羽田空港 関西国際空港"),
    ("cp437", "cp437", "Zürich"),
    ("utf-16", "utf-16", "Zürich"),
    ("utf-8-sig", "utf-8", "Zürich"),
    ("utf-8-sig", "UTF8", "Zürich"),
]


@pytest.mark.parametrize(("encoding", "option", "text"), ENCODED)
def test_encodings(made, encoding, option, text):
    path = made(f"a,b\n{text},2\n".encode(encoding))
    assert read(path, encoding=option) == (["a", "b"], [[text, "2"]], {})


def test_a_foreign_byte_costs_its_row_only(made, block):
    good = "Zürich,1\n" * 40
    path = made(("a,b\n" + good).encode() + b"M\xfcnchen,2\n" + good.encode())
    if block == 7:
        return  # the first 7 bytes do not tell the encoding
    _, rows, errors = read(path)
    assert rows == [["Zürich", "1"]] * 40 + [["München", "2"]] + [["Zürich", "1"]] * 40
    assert list(errors) == [40]
    assert "row 41 holds bytes that are not UTF-8" in errors[40]


REFUSED = [
    # name, content, options, words of the error
    ("t.csv", b"", {}, "t.csv is empty"),
    ("t.csv", b"\n\r\n", {}, "only blank lines"),
    ("t.csv", b'"a,b\n1,2\n', {}, "header opens a quote that is never closed"),
    ("t.bin", bytes(1000), {}, "holds no text"),
    ("t.csv", "a\nü\n".encode("cp1252"), {"encoding": "utf-8"}, "decoded as utf-8"),
    ("t.csv", "a\nü\n".encode(), {"encoding": "ascii"}, "another --encoding"),
    ("t.csv", b"a\n", {"encoding": "klingon"}, "--encoding klingon"),
    ("t.csv", b"a\n", {"encoding": "rot13"}, "no such encoding"),
    ("t.csv", b"\xff\xfea\0,\0b\0\n\0x", {}, "cannot be decoded as utf-16-le"),
    ("t.csv", b"a\n", {"delimiter": ",,"}, "--delimiter"),
    ("t.csv", b"a\n", {"delimiter": '"'}, "--delimiter"),
    ("t.csv.gz", gzip.compress(b"a,b\n1,2\n" * 99, mtime=0)[:-9], {}, "gzip data are damaged"),
    ("t.csv.gz", b"\x1f\x8bxxxx", {}, "gzip data are damaged"),
    ("t.xls", b"\xd0\xcf\x11\xe0 old", {}, "save it as .xlsx or .csv"),
    ("t.csv.zst", b"(\xb5/\xfd....", {}, "zstd: unpack"),
    ("t.parquet", b"PAR1 no more", {}, "not a whole Parquet file"),
    ("t.parquet", b"a,b\n", {}, "not a whole Parquet file"),
    ("t.parquet", b"", {}, "not a whole Parquet file"),
    ("t.xlsx", b"PK\3\4 no more", {}, "not a whole XLSX"),
    ("t.xlsx", b"", {}, "not a whole XLSX"),
    ("t.ndjson", b"", {}, "is empty"),
    ("t.ndjson", b"[1]\n", {}, "no JSON object"),
    ("t.json", b'[{"a": 1}]\n', {}, "one object a line"),
]


@pytest.mark.parametrize(("name", "content", "options", "words"), REFUSED)
def test_refused(made, name, content, options, words):
    with pytest.raises(RoutecheckError) as error:
        read(made(content, name), **options)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_limits(made, monkeypatch):
    wide = made(",".join(map(str, range(csv_read.MAX_COLUMNS + 1))) + "\n")
    with pytest.raises(RoutecheckError, match="100,001 columns"):
        open_sources([str(wide)])
    monkeypatch.setattr(csv_read, "MAX_RECORD", 1000)
    monkeypatch.setattr(csv_read, "BLOCK", 100)
    monkeypatch.setattr(text_read, "_HEAD", 100)
    with pytest.raises(RoutecheckError, match=r"row 2 is longer than .*quote"):
        read(made('a,b\n1,2\n"' + "3,4\n" * 1000))


def test_long_cells_and_wide_headers(made):
    long = "x\n," * 3_500_000
    _, rows, errors = read(made(f'a,b\n"{long}",1\n2,3\n'))
    assert rows == [[long, "1"], ["2", "3"]]
    assert not errors
    names = [f"c{i}" for i in range(20_000)]
    line = ",".join(names) + "\n"
    assert read(made(line * 3)) == (names, [names, names], {})


def test_several_files(tmp_path, made, monkeypatch):
    made("a,b\n1,2\n", "d/x.csv")
    made("b\tc\n3\t4\n", "d/y.tsv")
    made(gzip.compress(b"a,c\n5,6\n", mtime=0) + gzip.compress(b"7,8\n"), "d/z.csv.gz")
    made("no", "d/.hidden.csv")
    made("no", "d/notes.md")
    pq.write_table(pa.table({"a": [1, None], "n": [True, False]}), tmp_path / "d/zz.parquet")
    rows = [
        ["1", "2", None, None],
        [None, "3", "4", None],
        ["5", None, "6", None],
        ["7", None, "8", None],
        ["1", None, None, True],
        [None, None, None, False],
    ]
    monkeypatch.chdir(tmp_path)
    for paths in (["d"], ["d/[x-z]*"], ["d/x.csv", "d", "./d/x.csv"]):
        assert read(*paths) == (["a", "b", "c", "n"], rows, {})
    sources = open_sources(["d"])
    assert [name[2:] for name in sources.files] == ["x.csv", "y.tsv", "z.csv.gz", "zz.parquet"]
    assert sources.columns_of[sources.files[1]] == ("b", "c")
    assert sources.schema.field("a").type == pa.string()


def test_missing_files(tmp_path):
    (tmp_path / "empty").mkdir()
    for path, words in [
        ("empty", r"needs files that end in \.csv, \.tsv"),
        ("none.csv", "there is no such file"),
        ("*.csv", "no file has such a name"),
        ("a\0b", "cannot be read|no such file"),
        ("x" * 5000, "cannot be read|no such file"),
    ]:
        with pytest.raises(RoutecheckError, match=words):
            open_sources([str(tmp_path / path)])
    with pytest.raises(RoutecheckError, match="no file to read"):
        open_sources([])


def test_a_file_that_may_not_be_read(made, monkeypatch):
    path = made("a\n")
    path.chmod(0)
    if os.access(path, os.R_OK):  # root reads all
        opened = Path.open

        def refuse(self, *words, **more):
            if self == path:
                raise PermissionError(13, "Permission denied")
            return opened(self, *words, **more)

        monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(RoutecheckError, match=r"cannot be opened: Permission denied"):
        open_sources([str(path)])


def test_a_file_that_goes_away(made):
    path = made("a\n1\n")
    sources = open_sources([str(path)])
    path.unlink()
    with pytest.raises(RoutecheckError, match="cannot be opened"):
        list(sources.pieces())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_named_pipe(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(b"a,b\n1,2\n",))
    writer.start()
    assert read(path) == (["a", "b"], [["1", "2"]], {})
    writer.join()


def test_a_file_that_is_cut_while_it_is_read(made):
    path = made("a\n" + "1\n" * 100)
    pieces = open_sources([str(path)], batch_rows=10).pieces()
    next(pieces)
    path.write_text("a\n1\n")
    with pytest.raises(RoutecheckError, match="changed while it was read"):
        list(pieces)


def test_the_fingerprint(made):
    path = made("a\n1\n")
    first = open_sources([str(path)]).fingerprint
    assert open_sources([str(path)]).fingerprint == first
    assert open_sources([str(path)], delimiter=";").fingerprint != first
    os.utime(path, ns=(1, 1))
    assert open_sources([str(path)]).fingerprint != first


def parquet_bytes():
    out = io.BytesIO()
    table = pa.table({"a": pa.array(["x", "y", "x"]).dictionary_encode(), "n": [1, None, 3]})
    pq.write_table(table, out)
    return out.getvalue()


def xlsx_bytes(sheets):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"s{number}")
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


STREAMS = [
    (lambda: b"a,b\n1,2\n", (["a", "b"], [["1", "2"]], {})),
    (lambda: gzip.compress(b"a;b\n1;2\n", mtime=0), (["a", "b"], [["1", "2"]], {})),
    (lambda: b'{"a": 1, "b": "x"}\n', (["a", "b"], [[1, "x"]], {})),
    (parquet_bytes, (["a", "n"], [["x", 1], ["y", None], ["x", 3]], {})),
    (lambda: xlsx_bytes([[["a"], [1]]]), (["a"], [["1"]], {})),
]


@pytest.mark.parametrize(("content", "found"), STREAMS)
def test_standard_input(stdin, content, found):
    stdin(content())
    sources = open_sources(["-"])
    assert sources.files == ("<stdin>",)
    assert sources.total_bytes is None
    stdin(content())
    assert read("-") == found


def test_standard_input_is_read_once(stdin):
    stdin(b"a\n1\n")
    sources = open_sources(["-"])
    assert len(list(sources.pieces())) == 1
    with pytest.raises(RoutecheckError, match="only once"):
        list(sources.pieces())


def test_parquet_keeps_types(made):
    path = made(parquet_bytes(), "t.parquet")
    sources = open_sources([str(path)])
    assert pa.types.is_dictionary(sources.schema.field("a").type)
    assert sources.schema.field("n").type == pa.int64()
    assert read(path, batch_rows=2)[1] == [["x", 1], ["y", None], ["x", 3]]
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(RoutecheckError, match="Parquet"):
        list(sources.pieces())


def test_a_damaged_parquet_page(made):
    out = io.BytesIO()
    pq.write_table(pa.table({"a": [str(i) for i in range(9999)]}), out, use_dictionary=False)
    data = bytearray(out.getvalue())
    data[4:2000] = bytes(1996)
    with pytest.raises(RoutecheckError, match="not a whole Parquet file"):
        read(made(bytes(data), "t.parquet"))


def test_parquet_types_that_clash_become_text(tmp_path):
    pq.write_table(pa.table({"a": [[1, 2]], "i": pa.array([1], pa.int8())}), tmp_path / "1.parquet")
    pq.write_table(pa.table({"a": ["x"], "i": pa.array([2], pa.int32())}), tmp_path / "2.parquet")
    assert read(tmp_path) == (["a", "i"], [["[1, 2]", 1], ["x", 2]], {})


NDJSON = [
    # lines, rows, errors
    (['{"a": 1}', '{"a": null}', "{}"], [[1], [None], [None]], {}),
    (['{"a": 1}', '{"a": 1.5}'], [[1.0], [1.5]], {}),
    (['{"a": 9007199254740993}', '{"a": 1.5}'], [["9007199254740993"], ["1.5"]], {}),
    (['{"a": 123456789012345678901234567890}'], [["123456789012345678901234567890"]], {}),
    (['{"a": true}'], [[True]], {}),
    (['{"a": "x"}', '{"a": 7}', '{"a": true}'], [["x"], ["7"], ["true"]], {}),
    (['{"a": {"é": [1]}}', '{"a": [2]}'], [['{"é": [1]}'], ["[2]"]], {}),
    (['{"a": "x"}', "", "nope", '{"a": "y"}'], [["x"], [None], ["y"]], {1: "row 2 is not a JSON"}),
    (['{"a": "x"}', "[1]", '{"a": '], [["x"], [None], [None]], {1: "object: [1]", 2: "row 3"}),
    (['{"a": 1, "a": 2}'], [[2]], {0: "holds a key twice"}),
    (['{"a": "\\ud800"}'], [["\ufffd"]], {0: "half of a character"}),
    (['{"a": "\\ud83d\\udeeb"}'], [["🛫"]], {}),
    (['{"a": 1}', '{"a": ' + "[" * 100_000], [[1], [None]], {1: "row 2"}),
]


@pytest.mark.parametrize(("lines", "rows", "errors"), NDJSON)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_ndjson(made, block, lines, rows, errors, end):
    _, found, said = read(made(end.join(lines), "t.ndjson"))
    assert found == rows
    assert [type(row[0]) for row in found] == [type(row[0]) for row in rows]
    assert said.keys() == errors.keys()
    assert all(errors[index] in said[index] for index in errors)


def test_ndjson_keys_that_come_late(made):
    lines = [json.dumps({"a": i} | ({"z": "late"} if i == 4999 else {})) for i in range(5000)]
    path = made(gzip.compress("\n".join(lines).encode()), "t.jsonl.gz")
    names, rows, errors = read(path, batch_rows=1000)
    assert names == ["a", "z"]
    assert rows == [[i, None] for i in range(4999)] + [[4999, "late"]]
    assert not errors


def test_ndjson_that_changes(made):
    path = made('{"a": 1}\n', "t.ndjson")
    for later in ('{"a": "x"}\n', '{"b": 1}\n'):
        sources = open_sources([str(path)])
        path.write_text(later)
        with pytest.raises(RoutecheckError, match="changed while"):
            list(sources.pieces())
        path.write_text('{"a": 1}\n')


def test_xlsx(made):
    day, time = dt.datetime(2024, 5, 1), dt.datetime(2024, 5, 1, 10, 30)
    rows = [
        [],
        ["a", None, "c"],
        [1, 2.0, 2.5],
        [day, time, True],
        [],
        ["007", None, "=1+1"],
        [1, 2, 3, 4],
    ]
    path = made(xlsx_bytes([[], rows, [["other"], [1]]]), "t.xlsx")
    names, found, errors = read(path)
    assert names == ["a", "column_2", "c"]
    assert found == [
        ["1", "2", "2.5"],
        ["2024-05-01", "2024-05-01T10:30:00", "TRUE"],
        ["007", "", ""],
        ["1", "2", "3"],
    ]
    assert errors.keys() == {3}
    assert "row 4 has 4 fields where the header has 3" in errors[3]


def test_xlsx_with_wrong_dimensions(made):
    before = zipfile.ZipFile(io.BytesIO(xlsx_bytes([[["a", "b"], [1, 2], [3, 4]]])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b'ref="A1:B3"', b'ref="A1"'))
    assert read(made(out.getvalue(), "t.xlsx"))[1] == [["1", "2"], ["3", "4"]]


def test_xlsx_that_is_a_bomb(made, monkeypatch):
    monkeypatch.setattr(other_read, "_MAX_UNPACKED", 1000)
    with pytest.raises(RoutecheckError, match="too many for a workbook"):
        read(made(xlsx_bytes([[["a"], [1]]]), "t.xlsx"))


def test_xlsx_without_cells(made):
    with pytest.raises(RoutecheckError, match="is empty"):
        read(made(xlsx_bytes([[]]), "t.xlsx"))


def test_xlsx_without_openpyxl(made, monkeypatch):
    path = made(xlsx_bytes([[["a"]]]), "t.xlsx")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(RoutecheckError, match=r"routecheck\[batch\]"):
        read(path)


CELLS = st.text(st.sampled_from("ab,;\t|\"'\r\n é東🛫0") | st.characters(exclude_categories=["Cs"]))
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=12)
)


@settings(max_examples=150)
@given(
    table=TABLES,
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    size=st.sampled_from([5, 50, 1 << 20]),
)
def test_any_table_comes_back(tmp_path_factory, table, delimiter, end, quoting, size):
    # Python writes "\r" in a cell without quotes if lines end in "\n", and the reverse
    bare = "" if quoting == csv.QUOTE_ALL else {"\n": "\r", "\r": "\n"}.get(end, "")
    table = [[cell.replace("\0", "").replace(bare or "\0", "") for cell in row] for row in table]
    names = [f"n{i}" for i in range(len(table[0]) if table else 2)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows([names, *table])
    path = tmp_path_factory.mktemp("t") / "t.csv"
    path.write_bytes(out.getvalue().encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_read, "BLOCK", size)
        patch.setattr(text_read, "_HEAD", size)
        found = read(path, delimiter=delimiter, encoding="utf-8", batch_rows=5)
    assert found == (names, table, {})


GARBAGE = st.binary(max_size=300) | st.lists(
    st.sampled_from([b'"', b",", b"\n", b"\r", b"a", b"\0", b"\xff", b'""', b"\xc3\xa9", b";"])
).map(b"".join)
STARTS = [b"", b"a,b\n", b"PAR1", b"PK\3\4", b"{", b"\xff\xfe", b"\x1f\x8b", b'{"a": 1}\n']


@settings(max_examples=300)
@given(
    start=st.sampled_from(STARTS),
    data=GARBAGE,
    suffix=st.sampled_from([".csv", "", ".ndjson", ".xlsx", ".parquet"]),
    size=st.sampled_from([5, 1 << 20]),
)
def test_garbage_is_read_or_refused(tmp_path_factory, start, data, suffix, size):
    path = tmp_path_factory.mktemp("t") / f"t{suffix}"
    path.write_bytes(start + data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_read, "BLOCK", size)
        try:
            read(path, batch_rows=3)
        except RoutecheckError as error:
            said = str(error)
        else:
            said = ""
    assert "\n" not in said


@given(data=GARBAGE)
def test_rows_do_not_depend_on_the_blocks(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("t") / "t.csv"
    path.write_bytes(b"a,b\n1,2\n" + data.replace(b"\0", b""))
    found = []
    for size in (3, 17, 1 << 20):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(csv_read, "BLOCK", size)
            patch.setattr(text_read, "_HEAD", size)
            patch.setattr(text_read, "_guess", lambda raw, ended: "utf-8")
            sources = open_sources([str(path)], delimiter=",")
            rows = []
            for piece in sources.pieces():
                errors = piece.errors or [None] * len(piece.batch)
                rows += zip(piece.batch.to_pylist(), map(str, errors), strict=True)
            found.append(rows)
    assert found[0] == found[1] == found[2]


def test_faults_far_apart_cost_only_themselves(made, monkeypatch):
    lines = [f"{i},x\n" for i in range(60_000)]
    for index, line in [(0, "0,\xff\n"), (30_000, "30000,\0\n"), (59_999, "59999,y,z\n")]:
        lines[index] = line
    path = made(b"a,b\n" + "".join(lines).encode("latin-1"))
    slow = []
    parse = csv_read.CsvFile._parse_slowly
    monkeypatch.setattr(
        csv_read.CsvFile,
        "_parse_slowly",
        lambda self, data, done: slow.append(len(data)) or parse(self, data, done),
    )
    _, rows, errors = read(path, encoding=None)
    assert [row[0] for row in rows] == [str(i) for i in range(60_000)]
    assert [rows[i][1] for i in (0, 1, 30_000, 59_999)] == ["ÿ", "x", "\0", "y"]
    assert {index: fault.split()[1] for index, fault in errors.items()} == {
        30_000: "30,001",
        59_999: "60,000",
    }
    assert sum(slow) < 70_000
