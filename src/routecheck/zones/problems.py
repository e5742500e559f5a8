"""Collects what is wrong in a zone file, and writes text from files so that it can do no harm."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from routecheck.errors import ZoneError
from routecheck.zones.model import Problem

__all__ = [
    "MAX_KEPT",
    "MAX_SEEN",
    "MAX_SHOWN",
    "Problems",
    "StopReadingError",
    "ZoneFileError",
    "clean_text",
    "count_of",
    "join_pointer",
    "printable",
    "show",
    "suggest",
]

MAX_SHOWN: Final = 20
"""Problems written out in the text of an error."""

MAX_KEPT: Final = 10_000
"""Problems kept as records; the rest are only counted."""

MAX_SEEN: Final = 200_000
"""Errors after which a file is read no further (some seconds' worth)."""

_SHOWN_CHARS: Final = 60
_MIN_SUGGEST: Final = 0.6
_HARMFUL = re.compile(
    # C0 and C1 controls, lone surrogates, line and paragraph separators, and the marks that
    # turn the direction of text round (a name could be made to read as another one)
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


class StopReadingError(Exception):
    """Raised inside the reader after :data:`MAX_SEEN` errors; never leaves this package."""


class ZoneFileError(ZoneError):
    """A :class:`~routecheck.errors.ZoneError` that prints its first problems and counts the rest.

    Attributes
    ----------
    problems : tuple of Problem
        Errors first, then warnings, at most :data:`MAX_KEPT` and a closing note.
    total : int
        Problems found, kept or not.
    """

    def __init__(self, message: str, problems: Sequence[Problem], total: int) -> None:
        super().__init__(message, problems)
        self.total = total

    def __str__(self) -> str:
        shown = self.problems[:MAX_SHOWN]
        lines = [str(self.args[0]), *(f"  {problem}" for problem in shown)]
        if self.total > len(shown):
            lines.append(f"  … and {self.total - len(shown):,} more")
        return "\n".join(lines)


class Problems:
    """The problems of one file, in the order in which they were met."""

    __slots__ = ("_errors", "_warnings", "errors", "file", "warnings")

    def __init__(self, file: str) -> None:
        self.file = printable(file)
        self.errors = 0
        self.warnings = 0
        self._errors: list[Problem] = []
        self._warnings: list[Problem] = []

    def error(self, message: str, pointer: str = "", feature: str | None = None) -> None:
        """Note something that makes the file unusable."""
        self.errors += 1
        if self.errors <= MAX_KEPT:
            self._errors.append(Problem("error", message, self.file, _short(feature), pointer))
        if self.errors >= MAX_SEEN:
            raise StopReadingError

    def warn(
        self, message: str, pointer: str = "", feature: str | None = None, code: str = ""
    ) -> None:
        """Note something repaired or doubtful."""
        self.warnings += 1
        if self.warnings <= MAX_KEPT:
            self._warnings.append(
                Problem("warning", message, self.file, _short(feature), pointer, code)
            )

    def add(
        self, strict: bool, message: str, pointer: str = "", feature: str | None = None
    ) -> None:
        """Note an error if ``strict``, else a warning."""
        (self.error if strict else self.warn)(message, pointer, feature)

    def taken_since(self, mark: int) -> list[Problem]:
        """Take back the errors noted since there were ``mark`` of them, and return them."""
        taken = self._errors[mark:]
        del self._errors[mark:]
        self.errors = mark
        return taken

    def has_warning(self, code: str) -> bool:
        """Whether there is a warning of a kind."""
        return any(p.code == code for p in self._warnings)

    def drop_warnings(self, code: str, pointer: str) -> None:
        """Forget warnings of a kind about a place in the file and what is below it."""
        kept = [
            p
            for p in self._warnings
            if p.code != code or not f"{p.pointer}/".startswith(f"{pointer}/")
        ]
        self.warnings -= len(self._warnings) - len(kept)
        self._warnings = kept

    def records(self) -> tuple[Problem, ...]:
        """Errors first, then warnings, with a note at the end if some were only counted."""
        kept = (self._errors + self._warnings)[:MAX_KEPT]
        missing = self.errors + self.warnings - len(kept)
        if missing:
            note = f"… and {missing:,} more problems"
            if self.errors >= MAX_SEEN:
                note += "; the rest of the file was not read"
            kept.append(Problem(kept[0].severity, note, self.file))
        return tuple(kept)

    def exception(self) -> ZoneFileError:
        """Build the error that carries everything found."""
        counts = [count_of(self.errors, "error")]
        if self.warnings:
            counts.append(count_of(self.warnings, "warning"))
        return ZoneFileError(
            f"{self.file}: {', '.join(counts)}", self.records(), self.errors + self.warnings
        )


def count_of(number: int, noun: str) -> str:
    """Write ``1 error``, ``2 errors``, ``1,200 errors``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def printable(text: str) -> str:
    """Text with every character that does not print written as an escape."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in text
    )


def clean_text(text: str) -> tuple[str, bool]:
    """Text on one line without control characters, and whether any were left out.

    Line breaks and tabs become blanks, and are not counted.
    """
    if text.isprintable():
        return text.strip(), False
    text = " ".join(text.splitlines()).replace("\t", " ")
    cleaned = _HARMFUL.sub("", text)
    return cleaned.strip(), len(cleaned) != len(text)


def show(value: Any) -> str:
    """Write a value from a file for a message: short, on one line, harmless."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        cut = value if len(value) <= _SHOWN_CHARS else value[:_SHOWN_CHARS] + "…"
        return repr(cut)
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "a number too large to hold"
    text = str(value)
    return text if len(text) <= _SHOWN_CHARS else text[:_SHOWN_CHARS] + "…"


def suggest(word: str, known: Iterable[str]) -> str:
    """Return a closing ``; did you mean …?``, or an empty text when nothing is near."""
    near = difflib.get_close_matches(word[:_SHOWN_CHARS], list(known), 1, _MIN_SUGGEST)
    return f"; did you mean {show(near[0])}?" if near else ""


def join_pointer(base: str, *steps: str | int) -> str:
    """Extend an RFC 6901 JSON pointer; what does not print is percent-encoded, as in a URL."""
    parts = [base]
    for step in steps:
        if isinstance(step, int):
            parts.append(str(step))
            continue
        text = step if len(step) <= _SHOWN_CHARS else step[:_SHOWN_CHARS] + "…"
        text = text.replace("~", "~0").replace("/", "~1")
        if not text.isprintable():
            text = "".join(c if c.isprintable() else _percent(c) for c in text)
        parts.append(text)
    return "/".join(parts)


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def _short(feature: str | None) -> str | None:
    if feature is None:
        return None
    return printable(feature if len(feature) <= _SHOWN_CHARS else feature[:_SHOWN_CHARS] + "…")
