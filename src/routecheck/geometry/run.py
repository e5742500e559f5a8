"""Runs the kernel over many routes: in chunks, as plain Python or compiled and on all cores."""

from __future__ import annotations

import math
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from routecheck.geometry.ellipsoid import ERROR_KM, geod
from routecheck.geometry.geodesic import ANTIPODAL_DEG, Line
from routecheck.geometry.index import ZoneIndex, plain, positions
from routecheck.geometry.kernel import ROWS_FULL, SCRATCH_FULL, line_of, measure_routes
from routecheck.geometry.piece import FIELDS, PIECE_KM
from routecheck.geometry.shapes import Routes, Rows, Scratch

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["COMPILE_FROM", "as_routes", "line_through", "new_scratch", "run"]

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

COMPILE_FROM: Final = 2_000
"""Routes from which on the compiled kernel is worth loading (half a second)."""

COMPILED: Final = "routecheck.geometry.compiled"

_PROVED: Final[set[str]] = set()
"""Holds a word once the compiled kernel has run."""

SHARES: Final = 16
"""A core gets its routes in so many parts, so that none waits long for the other's last."""

MOST_AT_ONCE: Final = 4_096
"""Routes given to a core at a time, at most."""

DEEPEST: Final = 128
"""Nodes waiting in a tree whose two halves are equal: one a level, for 2⁶⁰ leaves and more."""

LONGEST_KM: Final = 20_100.0
MOST_PIECES: Final = math.ceil(LONGEST_KM / PIECE_KM)

WHOLE: Final = ("route", "zone", "touching", "start", "end", "in_row", "by_row")
"""Columns of ``Rows`` that are whole numbers."""


def run(
    ends: Array, index: ZoneIndex, buffer_km: Array, limit_km: Array,
    *, detailed: bool = False, compiled: bool | None = None,
    progress: Callable[[int], None] | None = None,
) -> Rows:  # fmt: skip
    """Measure routes against zones.

    Parameters
    ----------
    ends : (n, 4) float array
        lon1, lat1, lon2, lat2 in degrees.
    buffer_km, limit_km : (zones,) float arrays
        Stand-off, and the distance up to which a row is wanted; a negative limit leaves the zone
        out.
    detailed : bool
        Whether ``start``, ``end``, ``km`` and the two places are wanted, or else ``touching``.
    compiled : bool, optional
        Whether to use the compiled kernel; by default for many routes, if numba is installed.
    progress : callable, optional
        Told how many routes are done.

    Returns
    -------
    Rows
        Of numpy arrays, ordered by (route, zone).
    """
    routes = as_routes(ends)
    reach_km = float(np.max(limit_km, initial=-1.0)) + ERROR_KM
    if reach_km < 0 or not len(ends):
        return _gathered([])
    given = index, routes, buffer_km, limit_km, reach_km, detailed
    call = _quickest(given, len(ends)) if compiled is None else _Call(compiled, *given)
    parts = []
    for part, done in _each(call, len(ends)):
        parts.append(part)
        if progress is not None:
            progress(done)
    return _gathered(parts)


def _worth_compiling(count: int) -> bool:
    """Whether so many routes are done sooner by the compiled kernel, loading it included."""
    if count < COMPILE_FROM and COMPILED not in sys.modules:
        return False  # a check neither waits for numba nor imports it, but uses what is there
    from routecheck.geometry.compiled import numba_is_there  # noqa: PLC0415

    return numba_is_there()


def _quickest(given: tuple[Any, ...], count: int) -> _Call:
    """The compiled kernel where that is worth while and works, else plain Python.

    numba may not fit the version of numpy, or find its kept code damaged: that is told, once.
    """
    if _worth_compiling(count):
        try:
            call = _Call(True, *given)
            if not _PROVED:
                call((0, 1))  # compiles, before there are threads
                _PROVED.add("compiled")
        except Exception as error:  # numba's own, of many kinds
            _tell(f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0]}")
        else:
            return call
    return _Call(False, *given)


@cache
def _tell(failure: str) -> None:
    warnings.warn(
        "the geometry runs as plain Python, some hundred times slower, because numba fails "
        f"({failure}). Reinstall it, or set NUMBA_CACHE_DIR to an empty folder",
        RuntimeWarning,
        stacklevel=2,
    )


def _each(call: _Call, count: int) -> Iterator[tuple[Rows, int]]:
    """Rows of the routes, some at a time, in order, and how many routes are done."""
    if count == 1:
        yield call((0, 1)), 1
        return
    cores = os.cpu_count() or 1
    step = max(1, min(MOST_AT_ONCE, -(-count // (SHARES * cores))))
    shares = [(start, min(count, start + step)) for start in range(0, count, step)]
    if not call.compiled or cores == 1 or len(shares) == 1:
        yield from ((call(share), share[1]) for share in shares)
        return
    for part, share in zip(_pool(cores).map(call, shares), shares, strict=True):
        yield part, share[1]


@cache
def _pool(cores: int) -> Executor:
    """Threads that stay: starting them takes as long as measuring some hundred routes."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - brings in logging

    return ThreadPoolExecutor(cores, thread_name_prefix="routecheck")


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.cache_clear)  # threads stay behind


def as_routes(ends: Array) -> Routes:
    """Columns; the lines that the kernel's own iteration is not for are asked of PROJ."""
    lon1, lat1, lon2, lat2 = (np.ascontiguousarray(column) for column in ends.T)
    azimuth, length_km = np.zeros(len(ends)), np.full(len(ends), -1.0)
    maybe = np.flatnonzero(np.abs(lat1 + lat2) < 2 * (180.0 - ANTIPODAL_DEG))
    if len(maybe):
        start, end = positions(lon1[maybe], lat1[maybe]), positions(lon2[maybe], lat2[maybe])
        cosine = (start * end).sum(axis=1) / np.sqrt(
            (start * start).sum(axis=1) * (end * end).sum(axis=1)
        )
        far = maybe[cosine < np.cos(np.radians(ANTIPODAL_DEG - 0.5))]
        if len(far):
            azimuth[far], _, metres = geod().inv(lon1[far], lat1[far], lon2[far], lat2[far])
            length_km[far] = np.asarray(metres) / 1000
    return Routes(lon1, lat1, lon2, lat2, azimuth, length_km)


def line_through(ends: Sequence[float]) -> Line:
    """The geodesic between two places: lon1, lat1, lon2, lat2 in degrees."""
    return line_of(Routes(*map(plain, as_routes(np.array([ends], dtype=np.float64)))), 0)


class _Call:
    """The kernel with everything that stays the same from chunk to chunk."""

    def __init__(
        self, compiled: bool, index: ZoneIndex, routes: Routes, buffer_km: Array,
        limit_km: Array, reach_km: float, detailed: bool,
    ) -> None:  # fmt: skip
        self.zones = len(index)
        self.compiled = compiled
        self.reach_km = reach_km
        self.detailed = detailed
        if compiled:
            from routecheck.geometry.compiled import compiled_kernel  # noqa: PLC0415

            self.kernel: Callable[..., Any] = compiled_kernel()
            # numba compiles anew for arrays that cannot be written: copies always can.
            self.given: tuple[Any, ...] = (
                index.shapes, routes, np.array(buffer_km), np.array(limit_km),
            )  # fmt: skip
        else:
            self.kernel = measure_routes
            self.given = (
                index.plain, Routes(*map(plain, routes)), plain(buffer_km), plain(limit_km),
            )  # fmt: skip

    def __call__(self, share: tuple[int, int]) -> Rows:
        """Rows of the routes from one number up to another."""
        start, stop = share
        room, width = max(64, 2 * (stop - start)) + self.zones, 256
        parts = []
        scratch = new_scratch(width, self.zones, compiled=self.compiled)
        while start < stop:
            rows = _rows(room)
            why, start, count, inside, within = self.kernel(
                *self.given[:4], self.reach_km,
                scratch,
                rows if self.compiled else Rows(*map(plain, rows)),
                start, stop, self.detailed,
            )  # fmt: skip
            parts.append(_cut(rows, count, inside, within))
            if why == SCRATCH_FULL:
                width *= 4
                scratch = new_scratch(width, self.zones, compiled=self.compiled)
            elif why == ROWS_FULL:
                room *= 2
        return _gathered(parts)


def new_scratch(width: int, zones: int, *, compiled: bool = False) -> Scratch:
    """Scratch paper for so many stretches, and so many zones."""

    def whole(size: int) -> Any:
        return np.zeros(size, np.int64) if compiled else [0] * size

    def real(size: int) -> Any:
        return np.zeros(size) if compiled else [0.0] * size

    return Scratch(
        np.zeros((MOST_PIECES, FIELDS)) if compiled else [None] * MOST_PIECES,
        whole(MOST_PIECES + 1), real(3 * (MOST_PIECES + 1)), whole(MOST_PIECES + 1),
        whole(zones + 1), real(width), whole(width), real(width), real(width),
        real(2 * width), real(2 * width), real(8), whole(DEEPEST), real(DEEPEST),
    )  # fmt: skip


def _rows(room: int) -> Rows:
    return Rows(
        *(np.empty(room, np.int64 if name in WHOLE else np.float64) for name in Rows._fields)
    )


def _cut(rows: Rows, count: int, inside: int, within: int) -> Rows:
    """The part that is filled."""
    sizes = {"in_": inside, "by_": within}
    return Rows(
        *(
            column[: sizes.get(name[:3], count)]
            for name, column in zip(Rows._fields, rows, strict=True)
        )
    )


def _gathered(parts: list[Rows]) -> Rows:
    """Chunks one after another; the rows that stretches belong to are counted on."""
    if not parts:
        return _cut(_rows(0), 0, 0, 0)
    if len(parts) == 1:
        return parts[0]
    base = np.cumsum([0, *(len(part.route) for part in parts[:-1])])
    moved = [
        part._replace(in_row=part.in_row + b, by_row=part.by_row + b)
        for part, b in zip(parts, base, strict=True)
    ]
    return Rows(*(np.concatenate(column) for column in zip(*moved, strict=True)))
