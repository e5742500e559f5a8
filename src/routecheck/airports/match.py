"""Names to airports, in steps from the exact city name down to a word somewhere in the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routecheck.airports.names import bare, fold
from routecheck.airports.table import Row, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["SHOWN", "clear_one", "one_town", "steps"]

SHOWN = 6
"""How many candidates an error lists."""

_PARTIAL = 4  # letters that a word from the middle of a name needs to have


def steps(folded: str, country: str | None = None) -> Iterator[list[Row]]:
    """Yield the airports that a name may mean, one list per step of likeness, the best first.

    Airports with an IATA code come before all others: those are the ones flights go to.

    Parameters
    ----------
    folded : str
        Folded name.
    country : str, optional
        Only airports of this ISO 3166 alpha-2 code.

    Yields
    ------
    list of Row
        Never empty; no airport comes twice.
    """
    name = bare(folded)
    rows = [r for r in table().containing(name) if country in {None, r.country}]
    words = set(folded.split())
    likenesses: tuple[Callable[[Row], bool], ...] = (
        lambda row: name in row.city_keys or folded in row.city_keys,
        lambda row: name in row.name_keys or folded in row.name_keys,
        lambda row: f" {folded} " in f" {fold(row.name)} ",
        lambda row: words <= set(fold(f"{row.name} {row.city}").split()),
        lambda row: set(name.split()) <= set(fold(f"{row.name} {row.city}").split()),
    )
    partial = len(folded) >= _PARTIAL
    for wanted in (True, False):
        left = [row for row in rows if (row.iata is not None) is wanted]
        # A landing strip is never taken for a few words from its name.
        for like in likenesses[: 5 if wanted and partial else 3 if partial else 2]:
            found = [row for row in left if like(row)]
            if found:
                taken = set(found)
                left = [row for row in left if row not in taken]
                yield found


def one_town(rows: list[Row]) -> bool:
    """Tell whether all of these airports serve one town."""
    return len({row.place for row in rows}) == 1


def clear_one(rows: list[Row]) -> Row | None:
    """Return the airport that is plainly meant, if one is.

    Parameters
    ----------
    rows : list of Row
        Airports that match equally well.

    Returns
    -------
    Row or None
        The only one, or the only international one if all of them serve the same town.
    """
    if len(rows) == 1:
        return rows[0]
    if not one_town(rows):
        return None
    big = [row for row in rows if "international" in fold(row.name).split()]
    return big[0] if len(big) == 1 else None
