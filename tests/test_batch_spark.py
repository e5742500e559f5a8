"""Audits of Spark DataFrames give what an audit here gives, in a real session."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pyarrow as pa
import pytest

import routecheck as rc
import routecheck.spark
from routecheck.batch.auditor import Auditor, Settings
from routecheck.spark import audit, plain_columns

DATE = date(2026, 11, 20)
MUST = os.environ.get("CI") == "true"
"""Then what is missing is a failure, so that these tests are never passed over unseen."""

pytestmark = [
    # Spark warns of each pandas that is newer than itself; no pandas is used here.
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    # Py4J and the daemon of Python workers leave their sockets to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    if not MUST:
        pytest.importorskip("pyspark", reason="needs the extra spark")
        if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
            pytest.skip("Spark needs Java")
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    patch = pytest.MonkeyPatch()
    patch.setenv("PYSPARK_PYTHON", sys.executable)  # python3 may be one without routecheck
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()
    patch.undo()


ROWS = [
    (i, origin, dest, day, Decimal("12.50"), [i, None], datetime(2026, 1, 1, 12), {"k": "v"})
    for i, (origin, dest, day) in enumerate(
        [
            ("LHR", "JFK", DATE), ("BAK", "GRV", date(2024, 12, 24)), ("QQX1", "JFK", DATE),
            ("IKA", "DXB", None), (None, "JFK", DATE), ("DOH", "BEY", DATE), ("LHR", "LHR", DATE),
        ]
        * 20
    )
]  # fmt: skip
TYPES = (
    "id int not null, origin string, `dest.iata` string, day date, fare decimal(8,2), "
    "seats array<int>, `Verdict` timestamp, more map<string,string>"
)


@pytest.fixture
def table(spark):
    return spark.createDataFrame(ROWS, TYPES).repartition(3)


def expected(settings: Settings) -> list[dict]:
    names = ["origin", "dest.iata", "day"]
    columns = [
        pa.array([r[1] for r in ROWS], pa.string()),
        pa.array([r[2] for r in ROWS], pa.string()),
        pa.array([r[3] for r in ROWS], pa.date32()),
    ]
    batch = pa.RecordBatch.from_arrays(columns, names)
    return Auditor(rc.load_zones(), settings).audit_batch(batch).to_pylist()


def test_rows_are_those_of_an_audit_here(table):
    audited = audit(table, date="2026-11-20")
    assert audited.columns[:8] == table.columns
    assert audited.columns[8:11] == ["routecheck_verdict", "reason", "path"]
    assert audited.schema.fields[:8] == table.schema.fields
    rows = sorted(audited.collect(), key=lambda row: row["id"])
    assert [tuple(row)[:8] for row in rows] == ROWS
    wanted = expected(Settings(DATE, fill_dates=True))
    assert [tuple(row)[8:] for row in rows] == [tuple(row.values())[3:] for row in wanted]
    assert {row["routecheck_verdict"] for row in rows} == {"clear", "avoid", "unknown", "watch"} & {
        row["verdict"] for row in wanted
    }


def test_bad_rows_say_why(table):
    bad = audit(table).filter("error is not null").select("id", "error").collect()
    assert {row["id"] % 7 for row in bad} == {2, 3, 4, 6}
    assert all("\n" not in row["error"] for row in bad)


def test_options_and_own_columns(spark):
    df = spark.createDataFrame([("LHR-JFK", 20261120), ("BAK-GRV", 20241224)], "pair string, n int")
    (first, second) = audit(
        df, route_col="pair", date_col="n", date_format="%Y%m%d", issuers="EASA", cruise="FL350"
    ).collect()
    assert (first["verdict"], first["origin_iata"]) == ("clear", "LHR")
    one = rc.check("BAK", "GRV", date="2024-12-24", issuers="EASA", cruise="FL350")
    assert (second["verdict"], second["error"]) == (one.verdict, None)


def test_without_a_context_to_broadcast_by(table, monkeypatch):
    """As under Spark Connect: the zones travel with the code."""
    share = routecheck.spark._shared
    connect = SimpleNamespace(sparkSession=object())
    monkeypatch.setattr(routecheck.spark, "_shared", lambda df, job: share(connect, job))
    assert audit(table, date=DATE).filter("error is null").count() == len(ROWS) * 4 // 7


def test_zones_are_broadcast_once(table, spark, monkeypatch):
    from pyspark import SparkContext

    sent = []
    broadcast = SparkContext.broadcast
    monkeypatch.setattr(
        SparkContext, "broadcast", lambda self, value: sent.append(value) or broadcast(self, value)
    )
    audited = audit(table)
    audited.count()
    audited.filter("reason = 'endpoint'").count()
    assert [type(value).__name__ for value in sent] == ["Job"]


@pytest.mark.parametrize(
    ("names", "options", "said"),
    [
        (["a", "b"], {}, "which columns hold the route cannot be told"),
        (["from", "to"], {"origin": "nowhere"}, "no column 'nowhere'"),
        (["from", "to"], {"watch_km": -1}, "watch"),
        (["from", "to"], {"date": "yesterday"}, "date"),
        (["from", "from"], {}, "more than once"),
    ],
    ids=str,
)
def test_what_cannot_be_audited_is_told_at_once(spark, names, options, said):
    df = spark.createDataFrame([("LHR", "JFK")], "a string, b string").toDF(*names)
    with pytest.raises(rc.RoutecheckError, match=said):
        audit(df, **options)


def test_a_worker_without_routecheck_says_what_to_do(table, monkeypatch):
    from pyspark import cloudpickle
    from pyspark.sql import DataFrame

    sent = []
    monkeypatch.setattr(DataFrame, "mapInArrow", lambda self, func, schema: sent.append(func))
    monkeypatch.setattr(type(table), "mapInArrow", lambda self, func, schema: sent.append(func))
    monkeypatch.setattr(routecheck.spark, "_shared", lambda df, job: None)
    audit(table)
    worker = (
        "import sys; sys.modules['routecheck'] = None\n"
        "from pyspark import cloudpickle\n"
        "list(cloudpickle.loads(sys.stdin.buffer.read())(iter([])))"
    )
    done = subprocess.run(
        [sys.executable, "-c", worker],
        input=cloudpickle.dumps(sent[0]),
        capture_output=True,
        check=False,
    )
    said = done.stderr.decode().splitlines()[-1]
    assert said.startswith(f"ImportError: Spark's Python worker, {sys.executable}, cannot import")
    assert "PYSPARK_PYTHON" in said


def test_plain_columns():
    words = pa.array(["a", None, "a"]).dictionary_encode()
    batch = pa.RecordBatch.from_arrays([words, pa.array([1, 2, 3])], ["w", "n"])
    plain = plain_columns(batch)
    assert plain.schema.types == [pa.string(), pa.int64()]
    assert plain.to_pylist() == batch.to_pylist()
