"""Many files audited by the workers of a Dask cluster: one here, or one that is running.

A file is a task. The zones go once to each worker, also to one that takes the place of another.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import reduce
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from routecheck.batch import pool, run
from routecheck.batch.auditor import Settings
from routecheck.batch.count import Counts
from routecheck.batch.plan import Plan, check_target
from routecheck.errors import MissingExtraError, RoutecheckError
from routecheck.zones.model import ZoneSet
from routecheck.zones.problems import printable

if TYPE_CHECKING:
    from distributed import WorkerPlugin

__all__ = ["audit_on_dask"]

PATIENCE_S: Final = 8.0
"""For a scheduler to answer, and then for it to have a worker."""

MOST_TOLD: Final = 5


class Failure(NamedTuple):
    """Why a file could not be audited; bad rows are no failure."""

    text: str


def audit_on_dask(
    plans: Sequence[Plan],
    zones: ZoneSet,
    settings: Settings,
    *,
    scheduler: str | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Counts:
    """Audit files on Dask; all are tried, and those that cannot be read are told at the end.

    A worker that is lost costs only time: its files are done again by others.

    Parameters
    ----------
    plans : sequence of Plan
        Each becomes a task; of a cluster elsewhere, workers must see the files under their paths.
    zones : ZoneSet
    settings : Settings
    scheduler : str, optional
        Address of a scheduler, like ``tcp://10.0.0.5:8786``. A cluster of processes on this
        machine by default.
    workers : int, optional
        Processes of a cluster here; one for each core, but no more than files, by default.
    progress : callable, optional
        Called with the rows judged and the bytes read so far, as files are finished.

    Returns
    -------
    Counts
        Of all files, merged in their order.

    Raises
    ------
    RoutecheckError
        If the scheduler does not answer, or some files could not be audited.
    """
    if not plans:
        raise RoutecheckError("there are no files to audit")
    if workers is not None and workers < 1:
        raise RoutecheckError(f"workers are {workers}: give 1 or more")
    tasks = [_task(plan, absolute=scheduler is not None) for plan in plans]
    job = pool.job_of(zones, settings)
    with _client(scheduler, workers, len(plans)) as client, _shared(client, job):
        found = _gathered(client, tasks, job.key, progress)
    failed = [f for f in found if isinstance(f, Failure)]
    if failed:
        raise RoutecheckError(_told(failed, len(plans)))
    return reduce(Counts.merged, [counts for counts in found if isinstance(counts, Counts)])


def _task(plan: Plan, *, absolute: bool) -> Plan:
    """The plan as it is sent: a task that is done again may find what a lost worker left."""
    if "-" in (*plan.inputs, plan.output):
        raise RoutecheckError("a cluster reads and writes files, not -: name files")
    check_target(plan)  # from here on, what is there is ours to replace
    if absolute:  # elsewhere, a worker's folder is not ours
        inputs = tuple(str(Path(name).absolute()) for name in plan.inputs)
        output = str(Path(plan.output).absolute()) if plan.output else ""
        plan = replace(plan, inputs=inputs, output=output)
    return replace(plan, force=True)


def _audit(plan: Plan, job_key: str) -> Counts | Failure:
    """What a worker does; errors come back as text, as Dask would log their tracebacks."""
    try:
        return run.audit_files(plan, pool.auditor_of(pool.kept(job_key)))
    except RoutecheckError as error:
        text = str(error)
    except Exception as error:
        text = f"{type(error).__name__}: {error}"
    name = plan.inputs[0]
    return Failure(text if text.startswith(printable(name)) else f"{printable(name)}: {text}")


def _distributed() -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        raise MissingExtraError(
            "audits on Dask need distributed: pip install 'routecheck[dask]'"
        ) from error


@contextmanager
def _client(scheduler: str | None, workers: int | None, most: int) -> Iterator[Any]:
    """A client of the scheduler, or of a cluster that lives as long as it."""
    dask = _distributed()
    with _quiet():
        if scheduler is not None:
            with _connected(dask, scheduler) as client:
                yield client
            return
        try:
            cluster = dask.LocalCluster(
                n_workers=workers or min(import_module("dask.system").CPU_COUNT, most),
                threads_per_worker=1,
                processes=True,
                dashboard_address="127.0.0.1:0",  # or it warns where another one has its port
                silence_logs=logging.CRITICAL,
            )
        except (OSError, RuntimeError) as error:
            raise RoutecheckError(
                f"Dask could not start its workers ({_first_line(error)}): a script that audits "
                "must do so under if __name__ == '__main__'"
            ) from error
        with cluster, dask.Client(cluster, set_as_default=False) as client:
            yield client


@contextmanager
def _connected(dask: Any, scheduler: str) -> Iterator[Any]:
    try:
        client = dask.Client(scheduler, timeout=PATIENCE_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise RoutecheckError(
            f"no Dask scheduler answers at {printable(scheduler)}: give its address, like "
            "tcp://10.0.0.5:8786, or none to use the cores of this machine"
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE_S)
        except TimeoutError as error:
            raise RoutecheckError(
                f"the Dask scheduler at {printable(scheduler)} has no worker: start one with "
                f"dask worker {printable(scheduler)}"
            ) from error
        yield client


@contextmanager
def _quiet() -> Iterator[None]:
    """Dask tells of lost workers and connections in its log, with tracebacks; we tell in words."""
    logger = logging.getLogger("distributed")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


@contextmanager
def _shared(client: Any, job: pool.Job) -> Iterator[None]:
    """Have the job on every worker that there is or will be."""
    name = f"routecheck-{job.key[:16]}-{time.time_ns()}"
    try:
        client.register_plugin(_plugin(job), name=name)
    except Exception as error:
        raise RoutecheckError(
            f"Dask's workers cannot take the zones ({_first_line(error)}): they need the same "
            "routecheck as is installed here"
        ) from error
    try:
        yield
    finally:
        with suppress(Exception):  # the cluster may be gone, or going
            client.unregister_worker_plugin(name)


def _plugin(job: pool.Job) -> WorkerPlugin:
    from distributed import WorkerPlugin  # noqa: PLC0415 - extra

    class Zones(WorkerPlugin):
        """Keeps the job in a worker's process."""

        def setup(self, worker: Any) -> None:  # noqa: ARG002, RUF100 - Dask's signature
            pool.keep(job)

        def teardown(self, worker: Any) -> None:  # noqa: ARG002, RUF100
            pool.drop(job.key)

    return Zones()


def _gathered(
    client: Any,
    tasks: Sequence[Plan],
    key: str,
    progress: Callable[[int, int], None] | None,
) -> list[Counts | Failure]:
    """Results in the order of the tasks, each fetched as soon as it is there."""
    # Not pure: a file may have changed since it was audited last.
    futures = client.map(_audit, tasks, job_key=key, pure=False)
    position = {future: i for i, future in enumerate(futures)}
    found: list[Counts | Failure] = [Failure("")] * len(tasks)
    rows = read = 0
    for future in _distributed().as_completed(futures, loop=client.loop):
        i = position[future]
        found[i] = result = _result(future, tasks[i])
        if isinstance(result, Counts):
            rows += result.rows
        read += sum(_size(name) for name in tasks[i].inputs)
        if progress is not None:
            progress(rows, read)
    return found


def _result(future: Any, plan: Plan) -> Counts | Failure:
    if future.status == "finished":
        result: Counts | Failure = future.result()
        return result
    name = printable(plan.inputs[0])
    if future.status != "error":
        return Failure(f"{name}: the Dask scheduler was lost")
    error = future.exception()
    if type(error).__name__ == "KilledWorker":
        return Failure(f"{name}: each worker that took it died; they may need more memory")
    return Failure(f"{name}: {type(error).__name__}: {_first_line(error)}")


def _told(failed: Sequence[Failure], files: int) -> str:
    lines = [f"  {' '.join(f.text.split())}" for f in failed[:MOST_TOLD]]
    if len(failed) > MOST_TOLD:
        lines.append(f"  and {len(failed) - MOST_TOLD:,} more")
    others = "" if len(failed) == files else "; the others are written"
    head = f"{len(failed):,} of {files:,} outputs could not be made{others}:"
    return "\n".join([head, *lines])


def _first_line(error: BaseException | None) -> str:
    return next(iter(str(error).splitlines()), "") or type(error).__name__


def _size(name: str) -> int:
    try:
        return Path(name).stat().st_size
    except (OSError, ValueError):
        return 0  # seen by the workers only
