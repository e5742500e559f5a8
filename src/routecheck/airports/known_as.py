"""Islands, regions and airports by names that the airport table does not have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from routecheck.airports.names import bare, fold
from routecheck.tables import table_rows

__all__ = ["KnownAs", "known_as"]


@dataclass(frozen=True, slots=True)
class KnownAs:
    """A place by such a name.

    Attributes
    ----------
    name : str
    airports : tuple of str
        IATA codes, the main one first.
    plain : bool
        Whether the first is plainly meant.
    """

    name: str
    airports: tuple[str, ...]
    plain: bool


def known_as(folded: str) -> KnownAs | None:
    """The place that goes by a folded name, if the table of such names has it."""
    return _by_name().get(folded) or _by_name().get(bare(folded))


@lru_cache(maxsize=1)
def _by_name() -> dict[str, KnownAs]:
    return {
        fold(row["name"]): KnownAs(row["name"], tuple(row["airports"].split()), bool(row["main"]))
        for row in table_rows("names.csv")
    }
