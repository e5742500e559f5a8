"""Reports of an audit: nothing in the data runs, numbers stay numbers, bytes stay bytes."""

from __future__ import annotations

import base64
import hashlib
import math
import os
import re
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from routecheck.errors import MissingExtraError, RoutecheckError
from routecheck.report.audit_html import audit_html, link_html
from routecheck.report.audit_page import SCRIPT
from routecheck.report.audit_text import summary_text
from routecheck.report.table import neutral

summaries = pytest.importorskip("routecheck.batch.summary")
pa = pytest.importorskip("pyarrow")
openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

from routecheck.batch.xlsx import (  # noqa: E402 - after importorskip
    MAX_COLUMNS,
    MAX_ROWS,
    XlsxTable,
    check_fits,
)
from routecheck.batch.xlsx_cells import MAX_TEXT, cell_text  # noqa: E402
from routecheck.report.audit_xlsx import write_audit_xlsx  # noqa: E402

CREATED = datetime(2026, 11, 20, 12, tzinfo=UTC)
CHROMIUM = Path("/usr/bin/chromium")
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "\"'><svg onload=alert(1)>",
    "=cmd()|'/C calc'!A0",
    "javascript:alert(1)",
    "<r><t>x</t></r>",
    "a\x00b\x07\u2028\u202egnp\ufffe\ud800",
)
VOID = {"meta", "br", "link", "img", "input"}


def route(i=0, **changes):
    base = summaries.TopRoute(
        origin=f"A{i:03d}", destination="GRV", via="DOH" if i % 3 == 0 else "", verdict="avoid",
        reason="endpoint", score=max(95.0 - i * 0.3, 0.5), rows=1000 + 37 * i % 211,
        worst_zone="north-caucasus", worst_name="North Caucasus air-defence area",
        inside_km=297.2 + i, inside_min=25.0, buffered_km=322.0, closest_km=0.0,
        route_km=485.0 + 7.5 * i, advisories="EASA CZIB 2025-01 R3; Germany AIC 08/25",
        first_date="2026-11-01", last_date="2026-11-28", flights="J2 8243, J2 8244",
    )  # fmt: skip
    return replace(base, **changes)


def summary(**changes):
    base = summaries.Summary(
        rows=12_345, errors=45, routes=1_204,
        verdicts={"avoid": 120, "caution": 480, "watch": 1_200, "clear": 10_400, "unknown": 145},
        top=tuple(
            route(i, verdict=("avoid", "caution", "watch", "clear", "unknown")[i // 6],
                  score=None if i // 6 == 4 else 95.0 - 3 * i)
            for i in range(30)
        ),
        zones=(
            summaries.ZoneCount("north-caucasus", "North Caucasus air-defence area", "avoid", 31,
                                120, "https://www.easa.europa.eu/czibs", "Natural Earth admin-1"),
            summaries.ZoneCount("iran", "Iran (Tehran FIR)", "caution", 140, 90, "", "admin-0"),
        ),
        sources=(
            summaries.Source("EASA", "CZIB 2025-01 R3", "https://www.easa.europa.eu/czibs",
                             "2026-07-24", "2027-01-31", "firm"),
        ),
        error_kinds=(("no place is called 'XXQ'", 40), ("not a date: '31.02.2026'", 5)),
        error_rows=tuple(("bookings.csv", 7 * i + 3, "no place is called 'XXQ'")
                         for i in range(45)),
        dataset="built-in", as_of="2026-10-03", sha256="ab5b1920" * 8, zone_count=83,
        caveats=("Checked: the shortest line between the airports on WGS84.",
                 "Not checked: NOTAMs of the day. Not for operational use."),
        files=("bookings.csv",), output="out.csv", first_date="2026-11-01",
        last_date="2026-11-28", command="routecheck audit bookings.csv -o out.csv",
        command_lacks=("--delimiter",), made_at="2026-11-20T12:00:00Z", version="0.9", seconds=1.7,
        changed=None,
    )  # fmt: skip
    return replace(base, **changes)


def hostile():
    text = " ".join(HOSTILE)
    source = summaries.Source(text, text, HOSTILE[4], text, text, text)
    tops = [
        route(origin=t, destination=t, via=t, verdict=t, reason=t, worst_zone=t, worst_name=t,
              advisories=t, first_date=t, last_date="", flights=t)
        for t in HOSTILE
    ]  # fmt: skip
    return summary(
        top=tuple(tops),
        zones=tuple(summaries.ZoneCount(t, t, t, 1, 1, t, t) for t in HOSTILE),
        sources=(source, *(summaries.Source(t, t, t, t, t, t) for t in HOSTILE)),
        error_kinds=tuple((t, 1) for t in HOSTILE), error_rows=tuple((t, 1, t) for t in HOSTILE),
        dataset=text, as_of=text, sha256=text, caveats=HOSTILE, files=(text,), output=text,
        first_date=text, last_date=text, command=text, command_lacks=(text,), made_at=text,
        version=text,
    )  # fmt: skip


def nothing():
    return summary(
        rows=0, errors=0, routes=0, verdicts={}, top=(), zones=(), sources=(), error_kinds=(),
        error_rows=(), as_of="", caveats=(), files=(), output="", first_date="", last_date="",
        seconds=0.0, command_lacks=(),
    )  # fmt: skip


CASES = {
    "usual": summary,
    "hostile": hostile,
    "empty": nothing,
    "unknown": lambda: summary(
        rows=3, errors=0, verdicts={"unknown": 3}, error_kinds=(), error_rows=(), zones=(),
        top=(route(verdict="unknown", reason="none", score=None, worst_zone="", worst_name="",
                   closest_km=None),),
    ),
    "errors only": lambda: summary(rows=45, verdicts={"unknown": 45}, top=(), routes=0),
    "many": lambda: summary(top=tuple(route(i) for i in range(1_000))),
    "changed": lambda: summary(changed=12, files=("a.csv", "b.csv")),
}  # fmt: skip


def plain(text: str, role: str) -> str:
    assert role in {"avoid", "caution", "watch", "clear", "unknown", "heading"}
    return text


class Page(HTMLParser):
    """Every element with its attributes; fails where one is not closed, or closed twice."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open, self.found, self.text = [], [], []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        assert len({name for name, _ in attrs}) == len(attrs)
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append((self.open[-1] if self.open else "", data))

    def inside(self, tag):
        return "".join(data for there, data in self.text if there == tag)


@pytest.mark.parametrize("case", CASES)
def test_page_is_well_formed_and_runs_only_its_own_script(case):
    text = audit_html(CASES[case]())
    text.encode("utf-8")
    page = Page(text)
    tags = [tag for tag, _ in page.found]
    assert tags.count("script") == tags.count("style") == tags.count("h1") == 1
    assert not {"img", "svg", "iframe", "link", "base", "form", "object"} & set(tags)
    for tag, attributes in page.found:
        assert not any(name.startswith("on") or name == "src" for name in attributes), tag
        if tag == "a":
            assert attributes["href"].startswith(("https://", "http://"))
            assert "noopener" in attributes["rel"]
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(b <= a + 1 for a, b in pairwise(levels))
    ids = [a["id"] for _, a in page.found if "id" in a]
    assert len(ids) == len(set(ids))
    assert all(a["aria-labelledby"] in ids for _, a in page.found if "aria-labelledby" in a)
    policy = next(a["content"] for _, a in page.found if "http-equiv" in a)
    assert page.inside("script") == SCRIPT
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")
    assert "operational use" in text
    assert "clear of the listed zones, as of" in text
    assert "</script" not in SCRIPT


@pytest.mark.parametrize("case", ["usual", "empty", "unknown", "errors only", "many", "changed"])
def test_page_and_text_keep_to_the_wording(case):
    for text in (audit_html(CASES[case]()), summary_text(CASES[case](), plain)):
        assert not re.search(r"\bsafe(ly|ty)?\b", text, re.IGNORECASE)
        assert not re.search(r"score[^<\n]{0,30}%", text)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://a.example/?q=<x>&y='\"", True),
        ("HTTP://a.example", True),
        ("javascript:alert(1)", False),
        (" https://a.example", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//a.example", False),
        ("https:", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url, linked):
    link = link_html(url, "<b>")
    assert ("<a " in link) is linked
    assert "<b>" not in link
    Page(link)


@pytest.mark.parametrize("case", CASES)
def test_text_fits_a_terminal(case):
    lines = summary_text(CASES[case](), plain).split("\n")
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 100
    assert all(line.isprintable() and line == line.rstrip() for line in lines)
    assert any("Clear means: clear of the listed zones, as of" in line for line in lines)
    assert any("perational use" in line for line in lines)


def test_text_says_what_was_found():
    painted = summary_text(summary(), lambda text, role: f"[{role}|{text}]")
    text = summary_text(summary(), plain)
    assert "12,345 rows of bookings.csv, 1,204 distinct routes, from 2026-11-01" in text
    assert "[caution|CAUTION ]          480     3.9 %" in painted
    assert "bookings.csv row 3: no place is called 'XXQ'" in text
    assert "40 x  no place is called 'XXQ'" in text
    assert text.rindex("North Caucasus") < text.index("Iran (Tehran FIR)")  # the strictest first
    assert "7,262 rows/s" in text


def test_text_tells_truly_of_the_routes_that_it_leaves_out():
    tops = [route(i, verdict="watch" if i < 12 else "clear") for i in range(20)]

    def said(routes, top):
        text = summary_text(summary(routes=routes, top=tuple(top)), plain)
        return [line.strip() for line in text.splitlines() if "more" in line and "route" in line]

    assert said(12, tops[:12]) == ["and 2 routes more: --report lists all"]
    assert said(20, tops) == ["and 10 routes more, 8 of them clear or unknown: --report lists all"]
    assert said(90, tops) == [
        "and 80 routes more, 78 of them clear or unknown: --report lists the 20 most exposed"
    ]
    assert said(90, tops[:12]) == ["and 80 routes more: --report lists the 12 most exposed"]
    assert said(9, tops[11:]) == ["and 8 routes more, clear or unknown: --report lists all"]
    assert said(10, tops[:10]) == []


def test_advisories_stand_under_the_zone_the_first_of_them_at_once():
    titles = ["EASA CZIB 2025-01 R3", "<b>Germany</b> AIC 08/25", "France AIC 011/26"]
    tops = tuple(route(i, advisories="; ".join(titles[: 3 - i])) for i in range(4))
    text = audit_html(summary(top=tops))
    rows = re.findall(r"<tr data-v=.*?</tr>", text)
    assert [row.count("<details>") for row in rows] == [1, 1, 0, 0]
    assert "<summary>EASA CZIB 2025-01 R3 <b>and 2 more</b></summary>" in rows[0]
    assert "<li>&lt;b&gt;Germany&lt;/b&gt; AIC 08/25</li><li>France AIC 011/26</li>" in rows[0]
    assert "<small>EASA CZIB 2025-01 R3</small>" in rows[2]
    assert "EASA" not in rows[3]
    heads = re.findall(r"<th scope=\"col\"", text[: text.index("<tbody>")])
    cells = re.findall(r"<t[hd][ >]", rows[0])
    assert len(heads) == len(cells) == 11  # so many fit in 1,000 pixels


@pytest.mark.parametrize("case", CASES)
def test_workbook_holds_only_values_and_is_the_same_twice(case, tmp_path):
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for path in paths:
        write_audit_xlsx(CASES[case](), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    book = openpyxl.load_workbook(paths[0])
    assert book.sheetnames == ["Summary", "Routes", "Zones", "Errors", "Sources"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n", "inlineStr"}
                assert cell.hyperlink is None
                if isinstance(cell.value, str):
                    assert not cell.value.startswith(("=", "+", "@"))
    top = CASES[case]().top
    assert book["Routes"].max_row == 1 + len(top)
    if top:
        assert book["Routes"]["K2"].value == pytest.approx(top[0].inside_km)
        assert len(book["Routes"].conditional_formatting) == 1


def table(tmp_path, batch, name="t.xlsx"):
    path = tmp_path / name
    sink = XlsxTable(path, list(batch.schema.names), CREATED)
    sink.write(batch)
    sink.close()
    sheet = openpyxl.load_workbook(path).active
    return path, [[cell.value for cell in column[1:]] for column in sheet.iter_cols()]


def test_table_keeps_numbers_text_and_days(tmp_path):
    days = [date(2026, 11, 20), date(1850, 1, 1), None]
    batch = pa.record_batch(
        {
            "int": pa.array([1, -2, 12345678901234567], pa.int64()),
            "float": pa.array([1.5, math.nan, math.inf]),
            "single": pa.array([0.1, None, -3], pa.float32()),
            "bool": pa.array([True, False, None]),
            "decimal": pa.array([Decimal("1.50"), Decimal("12345678901234567.89"), None]),
            "date": pa.array(days),
            "naive": pa.array([datetime(2026, 11, 20, 8, 30), None, None], pa.timestamp("ns")),
            "zoned": pa.array([CREATED, None, None], pa.timestamp("us", "UTC")),
            "fine": pa.array([1, 2, None], pa.timestamp("ns")),
            "far": pa.array([2**62, None, None], pa.timestamp("us")),
            "list": pa.array([[1, 2], [], None]),
            "struct": pa.array([{"a": "é"}, None, None]),
            "bytes": pa.array([b"abc", b"\xff\x00", None]),
            "text": pa.array(["-12.5", "007", "=1+1"]),
            "word": pa.array(["clear", "@x", None]).dictionary_encode(),
            "runs": pa.RunEndEncodedArray.from_arrays(pa.array([2, 3]), pa.array(["a", "b"])),
            "none": pa.nulls(3),
            "took": pa.array([90, None, None], pa.duration("s")),
        }
    )
    _, found = table(tmp_path, batch)
    got = dict(zip(batch.schema.names, found, strict=True))
    assert got["int"] == [1, -2, "12345678901234567"]
    assert got["float"] == [1.5, None, "inf"]
    assert got["single"] == [0.1, None, -3]
    assert got["bool"] == [True, False, None]
    assert got["decimal"] == [1.5, "12345678901234567.89", None]
    assert got["date"] == [datetime(2026, 11, 20), "1850-01-01", None]
    assert got["naive"] == [datetime(2026, 11, 20, 8, 30), None, None]
    assert got["zoned"][0].startswith("2026-11-20 12:00:00")
    assert got["fine"][0] == "1970-01-01 00:00:00.000000001"
    assert isinstance(got["far"][0], str)
    assert got["list"] == ["[1, 2]", "[]", None]
    assert got["struct"] == ['{"a": "é"}', None, None]
    assert got["bytes"] == ["abc", "0xff00", None]
    assert got["text"] == ["-12.5", "007", "'=1+1"]
    assert got["word"] == ["clear", "'@x", None]
    assert got["runs"] == ["a", "a", "b"]
    assert got["none"] == [None] * 3
    assert got["took"][0] is not None


def test_table_is_the_same_twice_and_takes_any_text(tmp_path):
    texts = [*HOSTILE[:6], "a\x00b\x07\r\n\ufffe", "_x0041_", "=x" * 20_000, "𝕏" * 20_000, " "]
    batch = pa.record_batch({"<b>": texts, "=h": texts, "": texts})
    first, found = table(tmp_path, batch)
    second, _ = table(tmp_path, batch, "u.xlsx")
    assert first.read_bytes() == second.read_bytes()
    assert found[0][:2] == list(HOSTILE[:2])
    assert found[0][3] == f"'{HOSTILE[3]}"
    assert found[0][5] == f"'{HOSTILE[5]}"
    assert re.search(r"… \[cut: 7,2\d\d characters\]$", found[0][8])
    assert all(len(text.encode("utf-16-le")) // 2 <= MAX_TEXT for text in found[0])
    assert found[0][9].startswith("𝕏𝕏")


def test_text_that_is_not_utf8_is_shown_all_the_same(tmp_path):
    bad = pa.Array.from_buffers(
        pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\3\0\0\0"), pa.py_buffer(b"a\xffb")]
    )
    assert table(tmp_path, pa.record_batch({"t": bad}))[1] == [["a\ufffdb"]]


def test_table_without_rows_or_columns(tmp_path):
    assert table(tmp_path, pa.record_batch({"a": pa.array([], pa.string())}))[1] == [[]]
    sink = XlsxTable(tmp_path / "none.xlsx", [], CREATED)
    sink.close()
    assert openpyxl.load_workbook(tmp_path / "none.xlsx").active.max_row == 1


def test_table_that_does_not_fit_names_what_to_do(tmp_path):
    check_fits(MAX_ROWS, MAX_COLUMNS)
    check_fits(None, 1)
    with pytest.raises(RoutecheckError, match=r"1,048,575 rows.*\.csv or \.parquet"):
        check_fits(MAX_ROWS + 1, 1)
    with pytest.raises(RoutecheckError, match=r"16,384 columns.*\.parquet"):
        XlsxTable(tmp_path / "wide.xlsx", ["a"] * (MAX_COLUMNS + 1), CREATED)
    sink = XlsxTable(tmp_path / "long.xlsx", ["a"], CREATED)
    kept = Path(sink._sheet.row_data_filename)
    sink.rows = MAX_ROWS
    with pytest.raises(RoutecheckError, match=r"long\.xlsx: .* rows"):
        sink.write(pa.record_batch({"a": [1]}))
    with pytest.raises(ValueError, match="2 columns"):
        sink.write(pa.record_batch({"a": [1], "b": [1]}))
    sink.discard()
    assert not kept.exists()
    assert not (tmp_path / "long.xlsx").exists()


def test_workbook_that_cannot_be_written_is_an_error_that_says_so(tmp_path, monkeypatch):
    with pytest.raises(OSError, match="No such file"):
        write_audit_xlsx(nothing(), tmp_path / "no" / "such.xlsx")
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'routecheck\[batch\]'"):
        write_audit_xlsx(nothing(), tmp_path / "x.xlsx")


@pytest.mark.parametrize(
    "text", ["=1", "+a", "-a", "@a", "\t1", "\r=", "\n1", "  =1", "＝1", "＋1", "－1", "＠a",
             "-1+1", "-1 2", "+1 555", "-", "-1e", "-1,2,3", "\n-1", "-１"],
)  # fmt: skip
def test_text_like_a_formula_gets_an_apostrophe(text):
    assert neutral(text) == f"'{text}"
    assert cell_text(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "a", "-12.5", "+3", "-1e5", "-.5", "-12,5", " -7 ", "1=1", "a-b", "'=1", "-1."]
)
def test_numbers_and_harmless_text_stay(text):
    assert neutral(text) == text


PROBE = """
const heads = [...document.querySelectorAll("#routes thead th")];
const order = () => [...document.querySelectorAll("#routes tbody tr")]
  .filter(row => !row.hidden).map(row => row.cells[0].textContent).join(" ");
const said = [];
const click = name => {
  heads.find(h => h.textContent === name).querySelector("button").click();
  said.push(name + ":" + heads.map(h => h.ariaSort).filter(Boolean).join() + ":" + order());
};
["Score", "Score", "Verdict", "Route", "Route", "#"].forEach(click);
const find = document.getElementById("find"), only = document.getElementById("only");
find.value = "grv abb"; find.dispatchEvent(new Event("input"));
said.push("find:" + order());
find.value = ""; only.value = "watch"; only.dispatchEvent(new Event("change"));
said.push("only:" + order() + ":" + document.getElementById("count").textContent);
document.documentElement.innerHTML = "<body><pre>" + said.join("\\n") + "</pre></body>";
"""


def browse(page: Path, profile: Path, *options: str) -> str:
    done = subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
         "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", f"--user-data-dir={profile}", *options, "--dump-dom",
         page.as_uri()],
        capture_output=True, text=True, encoding="utf-8", timeout=120, check=True,
    )  # fmt: skip
    return done.stdout


WIDTHS = """
const box = document.querySelector(".box.tall");
document.documentElement.innerHTML = `<body><pre>${innerWidth}:${box.clientWidth}:` +
  `${box.scrollWidth}</pre></body>`;
"""

in_a_browser = pytest.mark.skipif(
    not CHROMIUM.exists() and os.environ.get("CI") != "true", reason="needs /usr/bin/chromium"
)


@in_a_browser
@pytest.mark.parametrize("width", [1000, 1900])
def test_no_column_is_out_of_sight(tmp_path, width):
    tops = tuple(
        route(i, via="", worst_name="North Caucasus air-defence area (Chechnya, Dagestan)",
              advisories="; ".join(["Canada AIC 17/26 (standing since 2022)"] * 9),
              flights="AI 162, BA 2, VS 3, BA 143, LH 760, …")
        for i in range(20)
    )  # fmt: skip
    text = audit_html(summary(top=tops))
    policy = next(line for line in text.splitlines() if "Content-Security-Policy" in line)
    page = tmp_path / "page.html"
    probe = f"<script>{WIDTHS}</script></body>"
    page.write_text(text.replace(policy, "").replace("</body>", probe), "utf-8")
    said = browse(page, tmp_path / "p", f"--window-size={width},900")
    window, seen, whole = map(int, re.search(r"<pre>([\d:]+)</pre>", said)[1].split(":"))
    assert abs(window - width) < 20
    assert whole <= seen


@in_a_browser
def test_sorting_and_finding_in_a_browser(tmp_path):
    tops = (
        route(origin="BBB", verdict="watch", score=9.0),
        route(origin="AAA", verdict="avoid", score=80.5),
        route(origin="CCC", verdict="unknown", score=None),
        route(origin="ABB", verdict="watch", score=10.0),
    )
    text = audit_html(summary(top=tops))
    page = tmp_path / "page.html"
    page.write_text(text, "utf-8")
    # under its own policy the script has run: it made the buttons
    assert browse(page, tmp_path / "p1").count('<button type="button">') == 11
    policy = next(line for line in text.splitlines() if "Content-Security-Policy" in line)
    open_text = text.replace(policy, "").replace("</body>", f"<script>{PROBE}</script></body>")
    page.write_text(open_text, "utf-8")
    said = browse(page, tmp_path / "p2")
    lines = said[said.index("<pre>") + 5 : said.index("</pre>")].splitlines()
    assert lines == [
        "Score:descending:2 4 1 3",
        "Score:ascending:1 4 2 3",
        "Verdict:ascending:2 1 4 3",
        "Route:ascending:2 4 1 3",
        "Route:descending:3 1 4 2",
        "#:ascending:1 2 3 4",
        "find:4",
        "only:1 4:2 of 4 routes shown",
    ]
