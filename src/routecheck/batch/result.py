"""What an audit adds to a table, and what a reader hands to it."""

from __future__ import annotations

from typing import Final, NamedTuple

import pyarrow as pa

__all__ = ["ADDED", "PREFIX", "Piece", "added_names"]

_WORD: Final = pa.dictionary(pa.int32(), pa.string())

ADDED: Final = pa.schema(
    [
        ("verdict", _WORD),
        ("reason", _WORD),
        ("path", _WORD),
        ("score", pa.float64()),
        ("worst_zone", _WORD),
        ("inside_km", pa.float64()),
        ("inside_min", pa.float64()),
        ("buffered_km", pa.float64()),
        ("closest_zone", _WORD),
        ("closest_km", pa.float64()),
        ("advisories", _WORD),
        ("route_km", pa.float64()),
        ("origin_iata", _WORD),
        ("dest_iata", _WORD),
        ("place_notes", _WORD),
        ("as_of", _WORD),
        ("error", _WORD),
    ]
)
"""Columns that an audit adds, in order; text is dictionary-encoded, as few texts are distinct."""

PREFIX: Final = "routecheck_"


class Piece(NamedTuple):
    """Some rows of a file, in order.

    Attributes
    ----------
    batch : RecordBatch
        The columns as they were read; of text files all are text, and nothing is guessed.
    errors : Array of str or None
        Why a row could not be read as the others are (ragged, not decodable); null where it could.
    file : str
        The file's name, for messages.
    first_row : int
        Number of the first row within the file, 1 the first after the header.
    """

    batch: pa.RecordBatch
    errors: pa.Array | None
    file: str
    first_row: int

    def after(self, rows: int) -> Piece | None:
        """What comes after so many rows; None if nothing does."""
        if rows <= 0:
            return self
        if rows >= len(self.batch):
            return None
        errors = None if self.errors is None else self.errors.slice(rows)
        return Piece(self.batch.slice(rows), errors, self.file, self.first_row + rows)


def added_names(columns: list[str]) -> list[str]:
    """Names of the added columns beside some that are there: a name that is taken is prefixed."""
    taken = set(columns)
    names = []
    for name in ADDED.names:
        mine = name
        while mine in taken:
            mine = PREFIX + mine
        taken.add(mine)
        names.append(mine)
    return names
