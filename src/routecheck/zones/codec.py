"""Values of the model as JSON and back: nothing comes out but dates, tuples and model records.

A record is read only if it is one of the data classes of :mod:`routecheck.zones.model`, so that a
file written by somebody else cannot make anything of its own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from routecheck.zones import model

__all__ = ["decoded", "encoded"]

_TUPLE: Final = "t"
_SET: Final = "s"
_DAY: Final = "d"
_MOMENT: Final = "m"
_RECORD: Final = "r"

_OUTSIDE: Final = ("Outline", "Zone", "ZoneSet")
_RECORDS: Final[Mapping[str, type]] = {
    name: kind
    for name, kind in vars(model).items()
    if isinstance(kind, type) and dataclasses.is_dataclass(kind) and name not in _OUTSIDE
}


def encoded(value: Any) -> Any:
    """A value as JSON data.

    Raises
    ------
    TypeError
        If it is of a kind that is not known here.
    """
    if value is None or type(value) in (str, int, float, bool):
        return value
    if type(value) is tuple:
        return {_TUPLE: [encoded(item) for item in value]}
    if type(value) is frozenset:
        return {_SET: [encoded(item) for item in sorted(value)]}
    if isinstance(value, datetime):
        return {_MOMENT: value.isoformat()}
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    name = type(value).__name__
    if _RECORDS.get(name) is type(value):
        record: Any = value
        names = [field.name for field in dataclasses.fields(record)]
        return {_RECORD: name, "f": {key: encoded(getattr(record, key)) for key in names}}
    raise TypeError(f"a {name} is not kept")


def decoded(data: Any) -> Any:
    """The value that :func:`encoded` wrote.

    Raises
    ------
    LookupError, TypeError, ValueError
        If it did not write this.
    """
    if not isinstance(data, dict):
        return data
    if _RECORD in data:
        kind = _RECORDS[data[_RECORD]]
        return kind(**{name: decoded(value) for name, value in data["f"].items()})
    ((key, value),) = data.items()
    return _READ[key](value)


_READ: Final[Mapping[str, Callable[[Any], Any]]] = {
    _TUPLE: lambda items: tuple(decoded(item) for item in items),
    _SET: lambda items: frozenset(decoded(item) for item in items),
    _DAY: date.fromisoformat,
    _MOMENT: datetime.fromisoformat,
}
