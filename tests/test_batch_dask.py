"""Audits on Dask give what an audit here gives, also when workers are killed."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import cloudpickle
import distributed
import pytest

import routecheck as rc
from routecheck.batch import pool
from routecheck.batch.auditor import Auditor, Settings
from routecheck.batch.dask_engine import audit_on_dask
from routecheck.batch.folder import begun_plans, end
from routecheck.batch.plan import Plan
from routecheck.batch.run import audit_files

pytestmark = [
    # Dask leaves sockets and event loops to the collector when a worker of its has been killed.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

SETTINGS = Settings(date(2026, 11, 20))
PAIRS = [("LHR", "JFK"), ("BAK", "GRV"), ("IKA", "DXB"), ("QQX1", "JFK"), ("DOH", "BEY")]
FILES = 6


@pytest.fixture(scope="module")
def zones():
    return rc.load_zones()


@pytest.fixture
def inputs(tmp_path) -> list[str]:
    names = []
    for i in range(FILES):
        path = tmp_path / f"in{i}.csv"
        pairs = PAIRS[i % 5 :] + PAIRS[: i % 5]
        rows = [f"{a},{b},2026-{1 + (i + k) % 12:02}-11" for k in range(40) for a, b in pairs]
        path.write_text("\n".join(["from,to,date", *rows, ""]), encoding="utf-8")
        names.append(str(path))
    return names


def plans(inputs: list[str], folder: Path) -> list[Plan]:
    folder.mkdir(exist_ok=True)
    return [Plan((name,), str(folder / Path(name).name)) for name in inputs]


def here(inputs: list[str], folder: Path, zones) -> dict[str, bytes]:
    auditor = Auditor(zones, SETTINGS)
    for plan in plans(inputs, folder):
        audit_files(plan, auditor)
    return written(folder)


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def cluster():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0",
        silence_logs=50,
    ) as made:  # fmt: skip
        yield made


def watch(cluster, folder: Path) -> None:
    """Have each worker note when the zones reach it, and hold its tasks until ``go`` is there."""

    class Watch(distributed.WorkerPlugin):
        def setup(self, worker):
            from routecheck.batch import pool, run

            keep, audit = pool.keep, run.audit_files

            def noted(job):
                with (folder / f"zones-{os.getpid()}").open("a") as file:
                    file.write(f"{len(job.zones)}\n")
                keep(job)

            def held(plan, *rest):
                (folder / f"task-{os.getpid()}-{Path(plan.output).name}").touch()
                until = time.monotonic() + 60
                while not (folder / "go").exists() and time.monotonic() < until:
                    time.sleep(0.02)
                return audit(plan, *rest)

            pool.keep, run.audit_files = noted, held

    with distributed.Client(cluster, set_as_default=False) as client:
        client.register_plugin(Watch(), name="watch")


def test_a_job_travels_whole(zones):
    job = pool.job_of(zones, SETTINGS)
    sent = cloudpickle.loads(cloudpickle.dumps(job))
    assert sent == job
    got = pool.auditor_of(sent)
    assert pool.auditor_of(job) is got
    assert got.zones.sha256 == zones.sha256
    assert (got.zones.as_of, got.zones.gaps) == (zones.as_of, zones.gaps)
    assert (got.zones.problems, got.zones.read_two_ways) == (zones.problems, zones.read_two_ways)
    assert [z.advisories for z in got.zones] == [z.advisories for z in zones]
    assert [z.outline.lon.tobytes() for z in got.zones] == [z.outline.lon.tobytes() for z in zones]


def test_each_thread_has_its_own_auditor(zones):
    job = pool.job_of(zones, SETTINGS)
    found = [pool.auditor_of(job)]
    thread = threading.Thread(target=lambda: found.append(pool.auditor_of(job)))
    thread.start()
    thread.join()
    assert found[0] is not found[1]


def test_a_job_that_is_not_kept():
    with pytest.raises(rc.RoutecheckError, match="did not reach the worker"):
        pool.kept("nowhere")


def test_a_cluster_of_its_own(inputs, zones, tmp_path):
    told = []
    counts = audit_on_dask(
        plans(inputs, tmp_path / "dask"), zones, SETTINGS, workers=2,
        progress=lambda *now: told.append(now),
    )  # fmt: skip
    assert written(tmp_path / "dask") == here(inputs, tmp_path / "here", zones)
    assert (counts.rows, counts.errors) == (FILES * 200, FILES * 40)
    assert len(told) == FILES
    assert told[-1] == (FILES * 200, sum(Path(name).stat().st_size for name in inputs))


def test_a_worker_is_killed(cluster, inputs, zones, tmp_path):
    notes = tmp_path / "notes"
    notes.mkdir()
    watch(cluster, notes)
    killed = []

    def kill() -> None:
        until = time.monotonic() + 60
        while not (tasks := list(notes.glob("task-*"))) and time.monotonic() < until:
            time.sleep(0.02)
        killed.append(int(tasks[0].name.split("-")[1]))
        with suppress(ProcessLookupError):
            os.kill(killed[0], signal.SIGKILL)
        # Another process takes its place, and its task is taken up again.
        while len(list(notes.glob("zones-*"))) < 3 and time.monotonic() < until:
            time.sleep(0.02)
        (notes / "go").touch()

    killer = threading.Thread(target=kill)
    killer.start()
    made = plans(inputs, tmp_path / "dask")
    counts = audit_on_dask(made, zones, SETTINGS, scheduler=cluster.scheduler_address)
    killer.join()
    assert counts.rows == FILES * 200
    assert written(tmp_path / "dask") == here(inputs, tmp_path / "here", zones)
    travelled = {int(p.name.split("-")[1]): p.read_text().split() for p in notes.glob("zones-*")}
    assert killed[0] in travelled
    assert len(travelled) == 3
    assert all(len(times) == 1 for times in travelled.values())
    tasks = [path.name.split("-", 2)[2] for path in notes.glob("task-*")]
    assert len(tasks) > len(set(tasks)) == FILES


def test_zones_do_not_travel_with_tasks(cluster, inputs, zones, tmp_path, monkeypatch):
    sizes, plugins = [], []
    send, register = distributed.Client.map, distributed.Client.register_plugin

    def map_(self, function, tasks, **options):
        sizes.append(len(cloudpickle.dumps((function, tasks, options))))
        return send(self, function, tasks, **options)

    def register_plugin(self, plugin, **options):
        plugins.append(len(cloudpickle.dumps(plugin)))
        return register(self, plugin, **options)

    monkeypatch.setattr(distributed.Client, "map", map_)
    monkeypatch.setattr(distributed.Client, "register_plugin", register_plugin)
    made = plans(inputs, tmp_path / "dask")
    audit_on_dask(made, zones, SETTINGS, scheduler=cluster.scheduler_address)
    assert len(plugins) == 1
    assert plugins[0] > 100_000
    assert sum(sizes) < 2_000 * FILES
    with distributed.Client(cluster, set_as_default=False) as client:
        left = client.run(lambda: len(__import__("routecheck.batch.pool").batch.pool._KEPT))
    assert set(left.values()) == {0}


def test_files_that_fail_do_not_stop_the_others(cluster, inputs, zones, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n", encoding="utf-8")
    names = [str(tmp_path / "nowhere.csv"), inputs[0], str(bad)]
    with pytest.raises(rc.RoutecheckError) as error:
        audit_on_dask(
            plans(names, tmp_path / "dask"), zones, SETTINGS, scheduler=cluster.scheduler_address
        )
    lines = str(error.value).splitlines()
    assert lines[0] == "2 of 3 outputs could not be made; the others are written:"
    assert "nowhere.csv: there is no such file" in lines[1]
    assert "bad.csv: which columns hold the route cannot be told" in lines[2]
    assert written(tmp_path / "dask") == here(inputs[:1], tmp_path / "here", zones)


def test_what_others_left_unfinished(cluster, inputs, zones, tmp_path):
    plan, auditor = Plan(tuple(inputs), f"{tmp_path / 'dask'}/"), Auditor(zones, SETTINGS)
    made = begun_plans(plan, auditor)
    wanted = here(inputs, tmp_path / "here", zones)
    # Of three: the first is done, of the second a worker that died left some, the third is to do.
    first, second = Path(made[0].output), Path(made[1].output)
    first.write_bytes(wanted[first.name])
    before = first.stat().st_mtime_ns
    partial = second.with_name(second.name + ".partial")
    partial.mkdir()
    (partial / "audit.csv").write_bytes(wanted[second.name][:500])
    left = begun_plans(replace(plan, resume=True), auditor)
    assert [bool(part.output) for part in left[:3]] == [False, True, True]
    counts = audit_on_dask(left[:3], zones, SETTINGS, scheduler=cluster.scheduler_address)
    end(plan)
    assert counts.rows == 600
    assert first.stat().st_mtime_ns == before
    assert written(tmp_path / "dask") == dict(list(wanted.items())[:3])


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense"])
def test_a_scheduler_that_is_not_there(address, inputs, zones, tmp_path):
    began = time.monotonic()
    with pytest.raises(rc.RoutecheckError, match="no Dask scheduler answers at") as error:
        audit_on_dask(plans(inputs, tmp_path / "dask"), zones, SETTINGS, scheduler=address)
    assert "\n" not in str(error.value)
    assert time.monotonic() - began < 15


def test_what_is_there_is_kept(inputs, zones, tmp_path):
    made = plans(inputs, tmp_path / "dask")
    Path(made[0].output).write_text("mine", encoding="utf-8")
    with pytest.raises(rc.RoutecheckError, match="is there already"):
        audit_on_dask(made, zones, SETTINGS, scheduler="tcp://127.0.0.1:9")
    assert Path(made[0].output).read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("made", "options", "said"),
    [
        ([], {}, "there are no files"),
        ([Plan(("-",), "x.csv")], {}, "reads and writes files"),
        ([Plan(("x.csv",), "y.csv")], {"workers": 0}, "give 1 or more"),
    ],
    ids=str,
)
def test_what_cannot_be_asked(made, options, said, zones):
    with pytest.raises(rc.RoutecheckError, match=said):
        audit_on_dask(made, zones, SETTINGS, **options)


def test_without_the_extra(inputs, zones, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(rc.MissingExtraError, match=r"pip install 'routecheck\[dask\]'"):
        audit_on_dask(plans(inputs, tmp_path / "dask"), zones, SETTINGS)
