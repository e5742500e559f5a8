"""Ready-made tables: JSON and arrays in one file, of which only what is asked for is looked at.

A file is ``MAGIC``, the length of the head (8 bytes, little-endian), the head (JSON: ``meta``, and
``parts``, which says where each part lies and what it holds), then the parts. The same content
gives the same bytes. Nothing in it is code, unlike in a pickle.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

__all__ = ["Packed", "pack", "packed", "unpack"]

MAGIC: Final = b"RCTABLE1"
ALIGNED: Final = 64
"""Bytes: parts begin at multiples, so that arrays are read in place."""

BYTES: Final = ""
"""Type of a part that is no array."""


class Packed:
    """A table in memory: ``meta`` is its JSON value."""

    __slots__ = ("_data", "_first", "_parts", "meta")

    def __init__(self, data: Any, first: int, head: Mapping[str, Any]) -> None:
        self.meta = head["meta"]
        self._parts = head["parts"]
        self._data = data
        self._first = first

    def part(self, name: str) -> memoryview:
        """The bytes of a part."""
        _, start, size = self._parts[name]
        return memoryview(self._data)[self._first + start : self._first + start + size]

    def array(self, name: str) -> npt.NDArray[Any]:
        """A part as an array of one dimension, read-only unless the table can be written to."""
        import numpy as np  # noqa: PLC0415 - 60 ms, and not every table has arrays

        return np.frombuffer(self.part(name), dtype=self._parts[name][0])

    @property
    def kinds(self) -> dict[str, str]:
        """What the parts hold, by name: numpy's code of a type, or nothing for bytes."""
        return {name: kind for name, (kind, _, _) in self._parts.items()}


def pack(meta: Any, parts: Mapping[str, bytes | npt.NDArray[np.generic]]) -> bytes:
    """A table as the bytes of a file; arrays are of one dimension."""
    index: dict[str, tuple[str, int, int]] = {}
    body = bytearray()
    for name, part in parts.items():
        body += bytes(-len(body) % ALIGNED)
        kind, content = (BYTES, part) if isinstance(part, bytes) else _little_endian(part)
        index[name] = (kind, len(body), len(content))
        body += content
    head = json.dumps(
        {"meta": meta, "parts": index}, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    ).encode()
    head += b" " * (-(len(MAGIC) + 8 + len(head)) % ALIGNED)
    return MAGIC + len(head).to_bytes(8, "little") + head + bytes(body)


def _little_endian(array: npt.NDArray[np.generic]) -> tuple[str, bytes]:
    ordered = array.astype(array.dtype.newbyteorder("<"), copy=False)
    return ordered.dtype.str, ordered.tobytes()


def unpack(path: Path) -> Packed | None:
    """Read a table; None if there is none, or it is not whole."""
    try:
        return packed(path.read_bytes())
    except OSError:
        return None


def packed(data: Any) -> Packed | None:
    """A table that is in memory already (any buffer of bytes); None if it is not whole.

    Arrays of a buffer that can be written to can be, too.
    """
    try:
        first = len(MAGIC) + 8 + int.from_bytes(data[len(MAGIC) : len(MAGIC) + 8], "little")
        if data[: len(MAGIC)] != MAGIC:
            return None
        made = Packed(data, first, json.loads(bytes(data[len(MAGIC) + 8 : first])))
        ends = [start + size for _, start, size in made._parts.values()]
    except (ValueError, LookupError, TypeError):
        return None
    return made if first + max(ends, default=0) <= len(data) else None
