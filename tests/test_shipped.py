"""The quick reader of the shipped files reads what the careful one reads, and knows its limits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from routecheck.zones.parse import build
from routecheck.zones.shipped import shipped_set

FILES = sorted((Path(__file__).resolve().parent.parent / "zones").glob("*.geojson"))


def plain(value: Any) -> Any:
    """A dataclass as plain values that can be compared; arrays as lists."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_both_readers_agree(path: Path) -> None:
    data = path.read_bytes()
    quick = shipped_set(data, path.name)
    assert quick is not None
    assert plain(quick) == plain(build(data, path.name))


def changed(**header: Any) -> bytes:
    document = json.loads(FILES[0].read_bytes())
    document["routecheck"] |= header
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"{}", b'{"routecheck": {}}', b"\xff", changed(schema=2), changed(as_of="soon"),
        changed(advisories={}), changed(covers=None), changed(advisories={"x": {"issuer": "E"}}),
        FILES[0].read_bytes().replace(b'"avoid"', b'"ban"'),
        FILES[0].read_bytes().replace(b'"applies": "all"', b'"applies": "some"'),
        FILES[0].read_bytes().replace(b'"kind": "conflict"', b'"kind": "war"'),
        FILES[0].read_bytes().replace(b'"weapons": []', b'"weapons": ["laser"]'),
        FILES[0].read_bytes().replace(b'"buffer_km": 0', b'"buffer_km": -1'),
        FILES[0].read_bytes().replace(b'"ceiling_ft": 32000', b'"ceiling_ft": "FL320", "x": 32000'),
    ],
)  # fmt: skip
def test_anything_else_is_left_to_the_careful_reader(data: bytes) -> None:
    assert shipped_set(data, "changed.geojson") is None
