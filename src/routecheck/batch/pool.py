"""An audit as a job that travels: what local runs, Dask's workers and Spark's all do alike."""

from __future__ import annotations

import hashlib
import pickle
import threading
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa

from routecheck.batch.auditor import Auditor, Settings
from routecheck.errors import RoutecheckError
from routecheck.zones.model import ZoneSet

__all__ = ["Job", "audit_batch", "auditor_of", "drop", "job_of", "keep", "kept"]

MOST_AUDITORS: Final = 2
"""Auditors kept in a thread; each may have grown to some 300 MB."""


@dataclass(frozen=True, slots=True)
class Job:
    """What rows are judged by.

    Attributes
    ----------
    zones : bytes
        The zone set, pickled: some 1 MB, so it is sent once to each worker.
    settings : Settings
    key : str
        SHA-256 of both: tasks name the job by it.
    """

    zones: bytes = field(repr=False)
    settings: Settings
    key: str


class _Mine(threading.local):
    """Auditors of this thread: one remembers as it answers, and is not made for two at a time."""

    def __init__(self) -> None:
        self.auditors: dict[str, Auditor] = {}


_MINE: Final = _Mine()
_KEPT: Final[dict[str, Job]] = {}


def job_of(zones: ZoneSet, settings: Settings) -> Job:
    """The job of judging by these zones and settings.

    Raises
    ------
    RoutecheckError
        If a number of the settings is out of range, or there is no zone.
    """
    Auditor(zones, settings)  # a bad setting is told here, and not by every worker
    packed = pickle.dumps(zones, pickle.HIGHEST_PROTOCOL)
    key = hashlib.sha256(packed + pickle.dumps(settings, pickle.HIGHEST_PROTOCOL)).hexdigest()
    return Job(packed, settings, key)


def auditor_of(job: Job) -> Auditor:
    """The auditor of a job in this thread; it is made once, and remembers what it answered."""
    mine = _MINE.auditors
    auditor = mine.pop(job.key, None)
    if auditor is None:
        auditor = Auditor(pickle.loads(job.zones), job.settings)  # noqa: S301 - our own, sent by us
    mine[job.key] = auditor  # the last asked for is the last to go
    while len(mine) > MOST_AUDITORS:
        del mine[next(iter(mine))]
    return auditor


def audit_batch(batch: pa.RecordBatch, job: Job) -> pa.RecordBatch:
    """The same rows with the answers beside them.

    Parameters
    ----------
    batch : RecordBatch
    job : Job

    Raises
    ------
    RoutecheckError
        If the columns of the route cannot be told.
    """
    return auditor_of(job).audit_batch(batch)


def keep(job: Job) -> None:
    """Keep a job in this process, for tasks that only name it."""
    _KEPT[job.key] = job


def kept(key: str) -> Job:
    """The job that was kept under a key.

    Raises
    ------
    RoutecheckError
        If there is none.
    """
    if key not in _KEPT:
        raise RoutecheckError("the zones of this audit did not reach the worker: start it again")
    return _KEPT[key]


def drop(key: str) -> None:
    """Forget a job that was kept."""
    _KEPT.pop(key, None)
