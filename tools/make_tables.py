"""Make the ready-made tables of ``src/routecheck/data`` from what they stand for.

``zones.table`` holds the zones of ``zones/*.geojson``, parsed and refined, and the index of their
outlines; ``airports.index`` says where in the table of the installed ``airportsdata`` a code is.

    python tools/make_tables.py                 write the tables
    python tools/make_tables.py --check         say what is out of date, write nothing
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np

from routecheck.airports import codes
from routecheck.packed import Packed, unpack
from routecheck.zones import builtin
from routecheck.zones.sources import read_shipped
from routecheck.zones.table import file_states, packed_set

TOLERANCE = 1e-9
"""Degrees and km: sines of another machine may differ in the last bit, 0.1 mm would matter."""


def zones_table() -> bytes:
    """The table of the built-in zone files as they are."""
    files = builtin.builtin_files()
    return packed_set(read_shipped(files), file_states(files))


TABLES = {builtin.TABLE: zones_table, codes.INDEX: codes.packed_index}


def out_of_date() -> dict[Path, bytes]:
    """What should be in the tables that are missing, or say something else."""
    made = {path: make() for path, make in TABLES.items()}
    return {path: table for path, table in made.items() if not says_the_same(path, table)}


def says_the_same(path: Path, table: bytes) -> bool:
    """Whether a file holds a table, but for the last bits of its numbers."""
    if path.is_file() and path.read_bytes() == table:
        return True
    with tempfile.TemporaryDirectory() as folder:
        other = Path(folder) / "table"
        other.write_bytes(table)
        old, new = unpack(path), unpack(other)
    return old is not None and new is not None and alike(old, new)


def alike(old: Packed, new: Packed) -> bool:
    """Whether two tables hold the same, but for the last bits of their numbers."""
    if old.meta != new.meta or old.kinds != new.kinds:
        return False
    for name, kind in new.kinds.items():
        if not kind.startswith("<f"):
            if old.part(name) != new.part(name):
                return False
        elif not (
            old.array(name).shape == new.array(name).shape
            and np.allclose(old.array(name), new.array(name), rtol=0.0, atol=TOLERANCE)
        ):
            return False
    return True


def main() -> int:
    """Write or check the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = out_of_date()
    for path, table in stale.items():
        if check:
            print(f"out of date: {path.name}; run: python tools/make_tables.py")
        else:
            path.write_bytes(table)
            print(f"written: {path.name}, {len(table):,} bytes")
    return 1 if check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
