"""Notices that count lower than their letter: who asks by the issuer's name gets the letter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import routecheck as rc
from helpers import run_inside

DAY = "2026-01-01"
WHY = "The world's carriers land there every day."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    notice = {
        "issuer": "Canada", "reference": "AIC 17/26", "issued": "2022-02-24", "level": "caution",
        "stated_level": "avoid", "graded": WHY, "confidence": "firm: read",
    }  # fmt: skip
    other = {"issuer": "EASA", "reference": "Note", "issued": "2025-01-01", "level": "watch",
             "confidence": "firm: read"}  # fmt: skip
    ring = [[8, -2], [12, -2], [12, 2], [8, 2], [8, -2]]
    document = {
        "type": "FeatureCollection",
        "routecheck": {"schema": 1, "advisories": {"c": notice, "e": other}, "as_of": DAY},
        "features": [
            {"type": "Feature", "properties": {"id": "zone", "advisories": ["c", "e"]},
             "geometry": {"type": "Polygon", "coordinates": [ring]}},
        ],
    }  # fmt: skip
    path = tmp_path / "zones.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("issuers", "verdict"),
    [(None, "caution"), ("Canada", "avoid"), ("EASA,canada", "avoid"), ("EASA", "watch")],
)
def test_the_letter_counts_for_those_who_name_the_issuer(
    file: Path, issuers: str | None, verdict: str
) -> None:
    assert rc.check("0,0", "0,20", date=DAY, zones=file, issuers=issuers).verdict == verdict


def test_reports_say_what_the_letter_is_and_why_it_counts_lower(file: Path) -> None:
    options = ("0,0", "0,20", "--date", DAY, "--zones", str(file))
    text = " ".join(run_inside(*options).out.split())
    assert "Canada AIC 17/26: avoid, counts as caution" in text
    assert f'graded caution, avoid by its letter (which --issuers "Canada" counts): {WHY}' in text
    record = run_inside(*options, "--json").json["exposures"][0]["advisories"][0]
    assert (record["level"], record["issued_level"], record["graded"]) == ("caution", "avoid", WHY)
    shown = run_inside("zones", "show", "zone", "--zones", str(file), "--date", DAY)
    assert WHY in " ".join(shown.out.split())


@pytest.mark.parametrize("short", ["CA", "ca", "canada"])
def test_short_names_of_issuers_do(file: Path, short: str) -> None:
    assert rc.check("0,0", "0,20", date=DAY, zones=file, issuers=short).verdict == "avoid"


def test_an_issuer_of_the_short_name_itself_comes_first(file: Path) -> None:
    document = json.loads(file.read_text(encoding="utf-8"))
    document["routecheck"]["advisories"]["e"] |= {"issuer": "CA"}
    zones = rc.load_zones(document)
    assert {a.issuer for z in zones.by_issuers("ca") for a in z.advisories} == {"CA"}


def test_a_written_file_keeps_the_letter(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "again.geojson"
    assert run_inside("zones", "export", str(out), "--zones", str(file)).code == 0
    (zone,) = rc.load_zones(out)
    assert zone.advisories[0].stated_level == "avoid"
    assert zone.advisories[0].graded == WHY
