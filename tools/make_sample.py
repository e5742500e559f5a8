"""Draw the fixed sample of world airport pairs, ``src/routecheck/data/sample-pairs.txt``.

    python tools/make_sample.py

Two different airports with an IATA code each, every one as likely as another, drawn with Python's
``random.Random(SEED).random()``, whose sequence is the same in every version. The file is kept,
because the draw depends on the airports that ``airportsdata`` lists in the version drawn from.
"""

from __future__ import annotations

import random
from importlib.metadata import version
from pathlib import Path

import airportsdata

SEED = 8243
PAIRS = 10_000
OUT = Path(__file__).resolve().parent.parent / "src" / "routecheck" / "data" / "sample-pairs.txt"

HEADER = f"""\
# {PAIRS:,} pairs of airports with an IATA code, drawn at random from airportsdata {{}}
# (MIT licence) by tools/make_sample.py with seed {SEED}. Every airport is as likely as any other:
# small fields count as much as hubs.
"""


def main() -> None:
    """Write the file."""
    codes = sorted(airportsdata.load("IATA"))
    draw = random.Random(SEED)  # noqa: S311 - a draw, not a secret
    pairs: list[str] = []
    while len(pairs) < PAIRS:
        one, two = (codes[int(draw.random() * len(codes))] for _ in range(2))
        if one != two:
            pairs.append(f"{one} {two}")
    text = HEADER.format(version("airportsdata")) + "\n".join(pairs) + "\n"
    OUT.write_text(text, encoding="utf-8")
    print(f"{len(pairs)} pairs among {len(codes)} airports")


if __name__ == "__main__":
    main()
