"""Reads one JSON object field by field, noting every value that is not what it should be.

*Strict* is a file that declares the routecheck format (schema 1): a wrong value is an error. A
*plain* file may use the same names for something else, so a wrong value there is a warning and the
default counts, except where the default could hide a zone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from routecheck.errors import DateError
from routecheck.zones.ageing import parse_stamp
from routecheck.zones.model import Stamp
from routecheck.zones.problems import Problems, clean_text, join_pointer, show, suggest

__all__ = ["MAX_BUFFER_KM", "Fields", "read_stamp"]

MAX_BUFFER_KM: Final = 1000.0
"""The largest stand-off for which the distances are proven."""

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT: Final = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)


def read_stamp(value: Any, *, day_only: bool = False) -> Stamp | str:
    """Return a day or moment, or the sentence that says what is wrong with it."""
    if not isinstance(value, str):
        return f'is {show(value)}, not a date: write it in quotes, e.g. "2024-12-24"'
    if day_only and not _DAY.fullmatch(value):
        return f"is {show(value)}, not a day: write YYYY-MM-DD, e.g. 2024-12-24"
    if not (_DAY.fullmatch(value) or _MOMENT.fullmatch(value)):
        return (
            f"is {show(value)}, not a date: write YYYY-MM-DD, e.g. 2024-12-24, "
            "or a time with its zone, e.g. 2024-12-25T05:13:00Z"
        )
    try:
        return parse_stamp(value.upper())
    except (DateError, OverflowError):
        return f"is {show(value)}, a date that is not in the calendar"


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object, and where it is in the file."""

    values: Mapping[str, Any]
    problems: Problems
    pointer: str
    feature: str | None
    strict: bool

    def at(self, key: str) -> str:
        """JSON pointer of a field."""
        return join_pointer(self.pointer, key)

    def error(self, key: str, message: str) -> None:
        """Note an error in a field."""
        self.problems.error(f"{key} {message}", self.at(key), self.feature)

    def warn(self, key: str, message: str) -> None:
        """Note a warning about a field."""
        self.problems.warn(f"{key} {message}", self.at(key), self.feature)

    def absent(self, key: str) -> bool:
        """Whether a field is missing or null; in a plain file NaN counts as null too."""
        value = self.values.get(key)
        if value is None:
            return True
        return not self.strict and isinstance(value, float) and math.isnan(value)

    def require(self, *keys: str) -> None:
        """Note each missing field as an error."""
        for key in keys:
            if self.absent(key):
                self.problems.error(f"{key} is missing", self.pointer, self.feature)

    def text(self, key: str, default: str = "", *, may_be_empty: bool = True) -> str:
        """Read one line of text, without control characters."""
        if self.absent(key):
            return default
        value = self.values[key]
        if not self.strict and isinstance(value, int | float):
            value = str(value).lower() if isinstance(value, bool) else _plain_number(value)
        if not isinstance(value, str):
            if self.strict:
                self.error(key, f"is {show(value)}, not text")
            else:
                self.warn(key, f"is {show(value)}, not text: ignored")
            return default
        cleaned, harmful = clean_text(value)
        if harmful:
            self.warn(key, f"holds control characters, which were left out: {show(value)}")
        if not cleaned and not may_be_empty:
            if self.strict:
                self.error(key, "is empty: write something, or leave it out")
            return default
        return cleaned

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts."""
        if self.absent(key):
            return ()
        value = self.values[key]
        if not isinstance(value, list):
            self.error(key, f"is {show(value)}, not a list of texts")
            return ()
        found = []
        for index, item in enumerate(value):
            cleaned, harmful = clean_text(item) if isinstance(item, str) else ("", False)
            where = join_pointer(self.pointer, key, index)
            if not cleaned:
                self.problems.error(
                    f"{key} lists {show(item)}, not text: write a sentence, or remove it",
                    where,
                    self.feature,
                )
                continue
            if harmful:
                self.problems.warn(
                    f"{key} holds control characters, which were left out: {show(item)}",
                    where,
                    self.feature,
                )
            found.append(cleaned)
        return tuple(found)

    def choice(self, key: str, allowed: Collection[str], default: str) -> str:
        """Read one word of a list; anything else is an error in every file."""
        if self.absent(key):
            return default
        value = self.values[key]
        if isinstance(value, str) and value in allowed:
            return value
        hint = suggest(value.lower(), allowed) if isinstance(value, str) else ""
        self.error(key, f"is {show(value)}, not one of {', '.join(allowed)}{hint}")
        return default

    def number(
        self, key: str, low: float = -math.inf, high: float = math.inf, unit: str = "km"
    ) -> float | None:
        """Read a finite number from ``low`` to ``high``; anything else is an error in every file.

        Missing and null both give None.
        """
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            hint = ""
            if isinstance(value, str):
                hint = f": write it without quotes and unit, in {unit}"
                if unit == "feet" and value[:2].upper() == "FL":
                    hint = ": write feet, FL260 is 26000"
            self.error(key, f"is {show(value)}, not a number{hint}")
            return None
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            self.error(key, f"is {show(number)}, not a finite number")
            return None
        if number < low:
            self.error(key, f"is {show(value)} {unit}, below {low:,g}")
            return None
        if number > high:
            self.error(key, f"is {show(value)} {unit}, above {high:,g}, the most that is read")
            return None
        return number

    def stamp(self, key: str, *, day_only: bool = False) -> Stamp | None:
        """Read a day, or a moment in UTC; missing and null both give None."""
        value = self.values.get(key)
        if value is None:
            return None
        stamp = read_stamp(value, day_only=day_only)
        if isinstance(stamp, str):
            self.error(key, stamp)
            return None
        return stamp

    def unknown(self, known: Collection[str], what: str) -> None:
        """Warn of each field that nothing reads."""
        for key in self.values:
            if key not in known:
                self.problems.warn(
                    f"{show(key)} is not a {what} and is not read{suggest(key, known)}",
                    self.at(key),
                    self.feature,
                )


def _plain_number(value: float) -> str:
    """Write 17.0 as 17: tables often hold whole numbers as floats."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return show(value)
