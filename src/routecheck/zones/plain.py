"""Values of the model as plain JSON data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from routecheck.zones.model import stamp_text

__all__ = ["plain"]


def plain(value: Any) -> Any:
    """A field's value as JSON data: days and moments as text, tuples as lists, records as objects.

    What is JSON data already is returned as it is.
    """
    if isinstance(value, date):  # a datetime is one too
        return stamp_text(value)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    return value
