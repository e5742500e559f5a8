"""The reader of ``tools/zoneset/notices``: each fault is told by file, record and field."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from helpers import REPO, load_tool

CASES = sorted((Path(__file__).parent / "data" / "notices").glob("*.toml"))
GIVEN = REPO / "tools" / "zoneset" / "notices"

COMMON = """
[issuers.EASA]
page = "https://example.org/czibs"
usual = "recommendation"
[issuers.EASA.forms]
recommendation = "EU operators"
advice = "EU operators (advice)"
[phrases]
read = "firm: read"
[groups]
pair = ["one", "two"]
both = ["@pair", "three"]
self = ["@self"]
[opsgroup]
page = "https://example.net"
[opsgroup.countries]
one = "atlantis"
"""

RECORD = """
[[notice]]
id = "easa-2099-01-r0"
zones = ["@both", "four"]
issuer = "EASA"
reference = "CZIB 2099-01"
level = "avoid"
ceiling_ft = 26000
issued = 2026-10-01T13:24:00+02:00
expires = 2027-01-31
page = "czib-2099-01"
summary = "Do not operate."
confidence = "{read}; OPSGROUP"
"""


@pytest.fixture(scope="module")
def notices() -> ModuleType:
    """``tools/zoneset/notices.py``."""
    load_tool("build_zones")
    return sys.modules["zoneset.notices"]


def read(notices: ModuleType, folder: Path, text: str) -> tuple[list, tuple[str, ...]]:
    (folder / "common.toml").write_text(COMMON, encoding="utf-8")
    (folder / "case.toml").write_text(text, encoding="utf-8")
    records, faults = notices.read_notices(folder)
    return list(records), faults


def test_there_are_cases() -> None:
    assert len(CASES) > 15


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_fault_is_told_by_file_record_and_field(
    notices: ModuleType, tmp_path: Path, case: Path
) -> None:
    text = case.read_text(encoding="utf-8")
    wanted = [line[3:] for line in text.splitlines() if line.startswith("#: ")]
    records, faults = read(notices, tmp_path, text)
    assert len(faults) == len(wanted), faults
    for part, fault in zip(wanted, faults, strict=True):
        assert part in fault
    assert len(records) == (1 if "twice" in case.stem else 0), "what is at fault is left out"


def test_what_is_shared_is_put_in(notices: ModuleType, tmp_path: Path) -> None:
    (record,), faults = read(notices, tmp_path, RECORD)
    assert not faults
    assert record.zones == ("one", "two", "three", "four")
    assert record.binds == "EU operators"
    assert record.url == "https://example.org/czibs/czib-2099-01"
    assert record.confidence == "firm: read; OPSGROUP"
    assert (record.issued, record.expires) == ("2026-10-01T11:24:00Z", "2027-01-31")
    assert record.ceiling_ft == 26000.0


@pytest.mark.parametrize(
    ("old", "new", "field", "wanted"),
    [
        ('page = "czib-2099-01"\n', "", "url", "https://example.org/czibs"),
        ('"czib-2099-01"', '""', "url", "https://example.net/atlantis/"),
        ('"czib-2099-01"', '"https://example.com/x"', "url", "https://example.com/x"),
        ('level = "avoid"', 'level = "avoid"\nbinds = "advice"', "binds", "EU operators (advice)"),
        ('level = "avoid"', 'level = "avoid"\nbinds = "all of us"', "binds", "all of us"),
        ('"CZIB 2099-01"', '"AIC 1/26"', "reference", "AIC 1/26 (standing since 2026)"),
    ],
)
def test_defaults_of_the_issuer(
    notices: ModuleType, tmp_path: Path, old: str, new: str, field: str, wanted: str
) -> None:
    assert old in RECORD
    (record,), faults = read(notices, tmp_path, RECORD.replace(old, new))
    assert not faults
    assert getattr(record, field) == wanted


@pytest.mark.parametrize(
    ("common", "say"),
    [
        ("issuers = [1]", "notices/common.toml, issuers: write [issuers]"),
        ("[issuers]\nQ = 3", "notices/common.toml, issuers, Q: is 3: write page, usual and forms"),
        (COMMON.replace('usual = "recommendation"', 'usual = "x"'), "issuers, EASA: is {'page'"),
        ("[phrases]\nread = 3", "phrases, read: is 3: write a text without braces"),
        (
            '[phrases]\nread = "firm: {more}"',
            "phrases, read: is 'firm: {more}': write a text without",
        ),
        ('[groups]\npair = "one"', "groups, pair: is 'one': write a list of zones"),
        ("[phraes]\nread = 'x'", "'phraes' is no part of it: did you mean 'phrases'?"),
        ("opsgroup = 3", "notices/common.toml, opsgroup: write page and [opsgroup.countries]"),
        ("x = " + "[" * 3000, "notices/common.toml: not TOML:"),
    ],
)
def test_a_fault_in_what_is_shared_is_told(
    notices: ModuleType, tmp_path: Path, common: str, say: str
) -> None:
    (tmp_path / "common.toml").write_text(common, encoding="utf-8")
    (tmp_path / "case.toml").write_text(RECORD, encoding="utf-8")
    records, faults = notices.read_notices(tmp_path)
    assert say in faults[0]
    assert not records


def test_a_group_that_holds_itself(notices: ModuleType, tmp_path: Path) -> None:
    _, faults = read(notices, tmp_path, RECORD.replace("@both", "@self"))
    assert faults == ("notices/case.toml, easa-2099-01-r0, zones: the group 'self' holds itself",)


def test_the_records_given_are_without_fault(notices: ModuleType) -> None:
    records, faults = notices.read_notices(GIVEN)
    assert not faults
    assert len(records) > 300
