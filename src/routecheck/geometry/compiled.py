"""The kernel compiled by numba: the same functions, bound to one another anew.

numba comes with the extra ``routecheck[fast]``. Machine code is kept on disk beside the source
(or in the user's cache folder where that cannot be written), so that compiling happens once.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, Final

from routecheck.geometry.kernel import measure_routes
from routecheck.geometry.piece import IN_COMPILED_CODE

__all__ = ["compiled_kernel", "numba_is_there"]

MODULES: Final = (
    "ellipsoid", "shapes", "geodesic", "surface", "piece", "winding", "spans", "crossing",
    "approach", "stand_off", "pair", "world", "kernel",
)  # fmt: skip

OPTIONS: Final[dict[str, Any]] = {
    "nogil": True,
    "error_model": "numpy",
    "fastmath": {"contract", "arcp", "nsz"},
    "_nrt": False,
}
"""Products may be added without rounding in between: 10⁻¹² km. And the kernel allocates
nothing: without ``_nrt`` every call would count references to some fifty arrays, which would be
most of its time, and keep two cores from working at once."""


def numba_is_there() -> bool:
    """Whether the compiler is installed."""
    return find_spec("numba") is not None


@cache
def compiled_kernel() -> Callable[..., Any]:
    """``kernel.measure_routes``, compiled: 20 s the first time, half a second from then on."""
    njit: Any = import_module("numba").njit

    modules = [import_module(f"routecheck.geometry.{name}") for name in MODULES]
    digest = _digest(modules)
    names: dict[str, Any] = {"math": math}
    for module in modules:
        names |= {name: value for name, value in vars(module).items() if not name.startswith("_")}
    compiled = {
        name: njit(forceinline=True, **OPTIONS)(_rebound(IN_COMPILED_CODE.get(name, value), names))
        for name, value in names.items()
        if isinstance(value, FunctionType) and value.__module__.startswith("routecheck.geometry.")
    }
    names |= compiled

    # numba keys machine code by the function's own source and what it closes over, but not by the
    # functions that it calls: the digest stands for those.
    def all_routes(
        shapes: Any, routes: Any, buffer_km: Any, limit_km: Any, reach_km: Any,
        scratch: Any, rows: Any, route: Any, stop: Any, detailed: Any,
    ) -> Any:  # fmt: skip
        if digest == "":
            stop = route
        return measure_routes(
            shapes, routes, buffer_km, limit_km, reach_km, scratch, rows, route, stop, detailed
        )

    function = _rebound(all_routes, names)
    try:
        whole: Callable[..., Any] = njit(cache=True, **OPTIONS)(function)
    except RuntimeError:  # there is no folder that machine code could be kept in
        whole = njit(**OPTIONS)(function)
    return whole


def _rebound(function: Any, names: dict[str, Any]) -> FunctionType:
    """The same code, looking up what it calls among the compiled functions."""
    bound = FunctionType(
        function.__code__, names, function.__name__, function.__defaults__, function.__closure__
    )
    bound.__kwdefaults__ = function.__kwdefaults__
    bound.__module__ = function.__module__
    bound.__qualname__ = function.__qualname__
    return bound


def _digest(modules: list[ModuleType]) -> str:
    text = b"".join(Path(str(module.__file__)).read_bytes() for module in modules)
    return hashlib.sha256(text).hexdigest()[:16]
