"""Advisories of the built-in zones: one record per known revision, facts in our own words.

They are written in ``notices/*.toml`` (see the README there) and read by :mod:`zoneset.notices`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["Record", "advisory_record"]


@dataclass(frozen=True, slots=True)
class Record:
    """One revision of one notice, and the zones that lie inside the area it publishes."""

    id: str
    zones: tuple[str, ...]
    issuer: str
    reference: str
    level: str
    binds: str
    issued: str
    summary: str
    confidence: str
    revision: str = ""
    floor_ft: float | None = None
    ceiling_ft: float | None = None
    expires: str | None = None
    ended: str | None = None
    applies: str = "all"
    aerodromes_in: tuple[str, ...] = ()
    exceptions: str = ""
    url: str = ""
    stated_level: str = ""
    graded: str = ""


KEYS = (
    "issuer", "reference", "revision", "level", "binds", "floor_ft", "ceiling_ft", "issued",
    "expires", "ended", "applies", "exceptions", "url", "confidence", "summary",
)  # fmt: skip


def advisory_record(record: Record) -> dict[str, Any]:
    """A record as it stands in a zone file, keys in the order of the format's pages."""
    fields = asdict(record)
    written = {key: fields[key] for key in KEYS}
    if record.aerodromes_in:
        written["aerodromes_in"] = list(record.aerodromes_in)
    if record.stated_level:
        written |= {"stated_level": record.stated_level, "graded": record.graded}
    return written
