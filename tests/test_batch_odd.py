"""Audits of odd tables: nothing crashes, no row changes what another one is told."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest

import routecheck as rc

pa = pytest.importorskip("pyarrow")
pytest.importorskip("xlsxwriter")
import pyarrow.parquet as pq  # noqa: E402

from routecheck.batch import auditor as auditors  # noqa: E402
from routecheck.batch import sinks  # noqa: E402
from routecheck.batch.auditor import Auditor, Settings  # noqa: E402
from routecheck.batch.encode import csv_cells  # noqa: E402
from routecheck.batch.plan import Plan  # noqa: E402
from routecheck.batch.run import audit_files  # noqa: E402
from routecheck.batch.settings import settings_of  # noqa: E402

DATE = date(2026, 11, 20)
ONE = {"from": ["GYD"], "to": ["GRV"]}


def run(source, out, **options):
    auditor = Auditor(rc.load_zones(), settings_of(date=DATE))
    return audit_files(Plan((str(source),), str(out), **options), auditor)


def test_of_two_columns_of_one_name_the_second_is_asked_about():
    columns = [pa.array([code]) for code in ("GYD", "LHR", "GRV", "JFK")]
    table = pa.Table.from_arrays(columns, names=["from", "from", "to", "to"])
    with pytest.raises(rc.RoutecheckError, match="of another flight in the same row"):
        rc.audit(table, date=DATE)
    found = rc.audit(table, date=DATE, ignore_cols=["from_2", "to_2"])
    assert found["origin_iata"].to_pylist() + found["dest_iata"].to_pylist() == ["GYD", "GRV"]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_one_odd_moment_is_an_error_of_its_row(unit):
    days = np.array(["2026-11-20T06:40:00"] * 4, f"datetime64[{unit}]").astype(np.int64)
    days[1] += 1
    days[2] = 2**62 if unit in ("s", "ms") else days[2]
    for zone in (None, "UTC", "Asia/Baku"):
        moments = pa.array(days, pa.timestamp(unit, zone))
        found = rc.audit(pa.table({"from": ["GYD"] * 4, "to": ["GRV"] * 4, "date": moments}))
        bad = 2 if unit in ("s", "ms") else -1
        for row, error in enumerate(found["error"].to_pylist()):
            assert (error is None) == (row != bad), (zone, error)


def test_formulas_after_any_blank():
    cells = [f"{blank}=1+1" for blank in ("", " ", "\t", "\x0b", "\x0c", "\x1c", "\x1f", "\u3000")]
    made = csv_cells(pa.array(cells)).to_pylist()
    assert all(cell.startswith("'") for cell in made)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("%d/%d/%Y", "twice"), ("%d/%m", "does not say day, month and year"), ("", "day, month"),
        ("%d/%m/%Y %", "reads no dates"), (5, "no text"), (["%d/%m/%Y", 7], "reads no dates"),
        ("%H:%M", "does not say"),
    ],
)  # fmt: skip
def test_formats_of_dates_are_looked_at_first(given, said):
    with pytest.raises(rc.RoutecheckError, match=said):
        settings_of(date_format=given)


@pytest.mark.parametrize("given", ["%d/%m/%y", "%Y-%m-%dT%H:%M%z", "%d%b%Y", "%j %Y", "%x"])
def test_formats_of_dates_that_are_good(given):
    assert settings_of(date_format=given).date_formats == (given,)


def test_frames_that_arrow_does_not_take():
    pd = pytest.importorskip("pandas")
    odd = pd.DataFrame({"from": ["GYD", "\ud800"], "to": ["GRV", "JFK"]}, dtype=object)
    assert [bool(e) for e in rc.audit(odd, date=DATE)["error"].notna()] == [False, True]
    places = {"dep_lat": [[1.0], None], "dep_lon": [b"\xff\xfe", b"2"], "arr_lat": [1.0, 2.0],
              "arr_lon": [3.0, 4.0]}  # fmt: skip
    assert rc.audit(pa.table(places), date=DATE)["error"].null_count == 0
    empty = pa.record_batch({"from": pa.array([], pa.string()), "to": pa.array([], pa.string())})
    assert rc.audit(empty).num_rows == 0
    geopandas = pytest.importorskip("geopandas")
    frame = geopandas.GeoDataFrame(
        {**ONE, "route_geometry": ["mine"]}, geometry=geopandas.points_from_xy([1], [2])
    )
    found = rc.audit(frame, date=DATE)
    assert found["route_geometry"].tolist() == ["mine"]
    assert found["routecheck_route_geometry"].iloc[0].geom_type == "MultiLineString"


def test_dates_of_a_column_that_was_not_taken_are_not_passed_over(tmp_path):
    pd = pytest.importorskip("pandas")
    text = "from;to;Abreise\nGYD;GRV;24.12.2024\n"
    path = tmp_path / "b.csv"
    path.write_text(text, encoding="utf-8")
    auditor = Auditor(rc.load_zones(), settings_of())
    with pytest.raises(rc.RoutecheckError) as told:
        audit_files(Plan((str(path),), ""), auditor)
    for words in ("b.csv", "'Abreise' holds dates", "--date-col Abreise", "--date-format %d.%m.%Y"):
        assert words in str(told.value)
    assert run(path, "").rows == 1  # a day was given
    with pytest.raises(rc.RoutecheckError, match=r"date_col='Abreise' date_format='%d\.%m\.%Y'"):
        rc.audit(pd.DataFrame({**ONE, "Abreise": ["24.12.2024"]}))
    with pytest.raises(rc.RoutecheckError, match="'when' holds dates"):
        rc.audit(pa.table({**ONE, "when": [DATE]}))
    for others in (
        {"Booked": ["24.12.2024"]},
        {"note": ["24.12.2024 or later"]},
        {"n": [20241224]},
    ):
        assert rc.audit(pa.table({**ONE, **others})).num_rows == 1


def test_little_is_kept_of_many_errors_and_dates(monkeypatch):
    monkeypatch.setattr(auditors, "MOST_TEXTS", 20)
    rows = [("GYD", "GRV", f"2026-11-20T06:{i % 60:02}:{i // 60:02}Z") for i in range(300)]
    rows += [("GYD", "GRV", f"no day {i}") for i in range(300)]
    table = pa.table(dict(zip(("from", "to", "date"), zip(*rows, strict=True), strict=True)))
    auditor = Auditor(rc.load_zones(), Settings(DATE))
    found = []
    for batch in table.to_batches(max_chunksize=25):
        found += auditor.audit_batch(batch).to_pylist()
        assert len(auditor._failed) <= 45
        assert auditor._dates.kept <= 45
    assert found == rc.audit(table).to_pylist()
    assert len({row["error"] for row in found}) == 301


@pytest.mark.parametrize("suffix", ["csv", "ndjson", "geojson"])
def test_rows_are_written_in_parts_that_fit(tmp_path, monkeypatch, suffix):
    """A long text that many rows share takes little room in Parquet, and much as text."""
    texts = pa.array(["x" * 5_000, "y"]).dictionary_encode().take(pa.array([0, 1] * 300))
    ways = ["LHR-DOH-SIN-SYD", "GYD-GRV", "LHR-JFK"] * 200
    pq.write_table(pa.table({"route": ways, "text": texts}), tmp_path / "t.parquet")
    run(tmp_path / "t.parquet", tmp_path / f"whole.{suffix}")
    monkeypatch.setattr(sinks, "MOST_BYTES", 50_000)
    monkeypatch.setattr(sinks, "MOST_KM", 100_000.0)
    run(tmp_path / "t.parquet", tmp_path / f"parts.{suffix}")
    whole, parts = ((tmp_path / f"{name}.{suffix}").read_bytes() for name in ("whole", "parts"))
    assert whole == parts
    if suffix == "geojson":
        assert len(json.loads(parts)["features"]) == 600


def test_a_geojson_without_a_feature_yet_is_gone_on_with(tmp_path):
    source = tmp_path / "b.csv"
    source.write_text("from,to\nGYD,GRV\n", encoding="utf-8")
    run(source, tmp_path / "whole.geojson")
    whole = (tmp_path / "whole.geojson").read_bytes()
    for begun in (sinks._GEOJSON_BEGINS, whole.removesuffix(b"\n]}\n")):
        with (tmp_path / "part.geojson").open("w+b") as file:
            file.write(begun)
            sink = sinks.TextSink(
                file, ".geojson", [], [], begun=True, raw=False, drawn=lambda number: None
            )
            assert sink.first == (begun == sinks._GEOJSON_BEGINS)
