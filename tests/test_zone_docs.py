"""docs/zones.md says what the zone files say."""

from __future__ import annotations

import re

import pytest

from helpers import load_tool
from routecheck.zones import load_zones
from zone_files import document

made = load_tool("make_zone_docs")


def cells(line: str) -> list[str]:
    """Cells of a table's row, as GitHub cuts it: an escaped pipe is text."""
    return [cell.strip() for cell in re.split(r"(?<!\\)(?:\\\\)*\|", line)[1:-1]]


def test_zone_page_is_up_to_date():
    written = made.PAGE.read_text(encoding="utf-8")
    assert written == made.page(), "run: python tools/make_zone_docs.py"


def test_every_zone_and_every_record_is_on_the_page():
    zones = load_zones().without_events()
    page = made.page()
    sections = dict(re.findall(r"^### ([^\n]+)\n(.*?)(?=^##|\Z)", page, re.DOTALL | re.MULTILINE))
    assert len(sections) == len(zones)
    for zone in zones:
        (section,) = [text for text in sections.values() if f"\n`{zone.id}`, " in text]
        rows = [line for line in section.splitlines() if line.startswith("|")]
        assert len(rows) == (len(zone.advisories) + 2 if zone.advisories else 0)
        assert {len(cells(row)) for row in rows} <= {8}
        assert page.count(f"| `{zone.id}` |") == 1
    assert all(made.escaped(gap) in page for gap in zones.gaps)


def test_reported_attacks_stand_in_one_table_at_the_end():
    reports = [zone for zone in load_zones() if zone.event is not None]
    before, _, table = made.page().partition("\n## Reported attacks\n")
    rows = [line for line in table.splitlines() if line.startswith("| `event-")]
    assert sorted(row.split("`")[1] for row in rows) == sorted(zone.id for zone in reports)
    assert "event-" not in before
    assert {len(cells(row)) for row in rows} == {8}


def test_headings_have_anchors_of_their_own():
    headings = re.findall(r"^#+ (.+)$", made.page(), re.MULTILINE)
    anchors = [made.anchor(heading) for heading in headings]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize(("text", "written"), [
    ("a|b", r"a\|b"),
    (r"a\|b", r"a\\\|b"),
    ("*x* _y_ `z` ~w~", r"\*x\* \_y\_ \`z\` \~w\~"),
    ("<script>[a](b)", r"\<script\>\[a\](b)"),
    ("AT&T &amp; &#65;", "AT&T &amp;amp; &amp;#65;"),
])  # fmt: skip
def test_text_is_escaped(text, written):
    assert made.escaped(text) == written


def test_addresses_cannot_leave_their_link():
    assert made.linked("a", "https://x/(y) |z") == "[a](https://x/%28y%29%20%7Cz)"
    assert made.linked("a|b", "") == r"a\|b"


def test_a_made_up_set():
    page = made.page(load_zones(document()))
    assert "5 zones,\n3 of them in force on that day and 1 in history only" in page
    assert "### Sea \\| of \\*nothing\\*\n" in page
    assert "- Hindsight: known later.\n" in page
    assert "- Context: OPSGROUP on Libya, 2026-08-22: 1 (Do Not Fly)\n" in page
    assert "- Speaks from 2026-10-03 on.\n\nNo official notice known.\n" in page
    assert "**history only** on 2026-10-03" in page
    assert (
        "countries, whose notices are not all held, and meets nothing above `watch` is `unknown`"
        in page
    )
    row = next(line for line in page.splitlines() if "KICZ A0005/22" in line)
    assert cells(row) == [
        "[FAA KICZ A0005/22](https://www.faa.gov/)", "watch", "all levels",
        "2022-02-01T06:30:00Z",
        "2026-02-01 (last known watch, unconfirmed since 2026-02-01)", "EU operators",
        r"only \| by day", "invented",
    ]  # fmt: skip
    assert "| ended 2026-01-01 |" in page


def first_page(page: str) -> dict[str, list[list[str]]]:
    """Rows of each level's table at the head of the page."""
    head = page.partition("## What is not held")[0]
    tables = re.findall(r"^\*\*(\w+): (\d+) zones\*\*\n\n(.*?)\n\n", head, re.DOTALL | re.MULTILINE)
    found = {}
    for level, count, table in tables:
        rows = [cells(line) for line in table.splitlines()[2:]]
        assert len(rows) == int(count)
        found[level] = rows
    return found


def test_the_first_page_lists_every_zone_in_force_once_at_its_level():
    zones = load_zones()
    found = first_page(made.page())
    assert list(found) == ["avoid", "caution", "watch"]
    listed = {
        level: {re.match(r"\[(.*)\]\(", row[1])[1] for row in rows} for level, rows in found.items()
    }
    names = made.headings(zones)
    for level, there in listed.items():
        expected = {
            names[z.id]
            for z in zones
            if z.kind != "event" and made.level_text(z, zones.as_of) == level
        }
        assert there == expected


@pytest.mark.parametrize(
    ("zone", "level", "column", "words"),
    [
        # as the notices say: CZIB 2017-02 R20 and KICZ A0016/20
        ("Libya](", "avoid", 2, {"E<320", "F", "FR", "UK", "DE", "CA"}),
        ("Libya](", "avoid", 3, {"E>320"}),
        ("Persian Gulf, waters in the Kuwait", "avoid", 2, {"E over"}),
        ("Persian Gulf, waters in the Kuwait", "avoid", 3, {"F"}),
        ("Jordan (Amman", "caution", 2, {"E", "FR°†"}),
        ("Chad](", "watch", 2, {"no notice known"}),
    ],
)
def test_the_first_page_says_whose_word_it_is(zone, level, column, words):
    (row,) = [row for row in first_page(made.page())[level] if row[1].startswith(f"[{zone}")]
    assert set(row[column].split(", ")) == words
