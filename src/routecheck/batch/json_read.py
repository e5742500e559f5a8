"""JSON that is one whole document: the list of records in it, written as one object a line."""

from __future__ import annotations

import json
import tempfile
from typing import Any, Final

from routecheck.batch.text_read import BLOCK, Source, TextStream
from routecheck.errors import RoutecheckError
from routecheck.zones.problems import printable

__all__ = ["is_document", "unwrap"]

MOST_BYTES: Final = 512 << 20
"""A larger document is not read whole: it would take ten times as much memory."""

_DEEPEST: Final = 4
_MOST_LISTED: Final = 8


def is_document(text: str) -> bool:
    """Whether a text that begins a file is one whole JSON document, not one object a line."""
    begun = text.lstrip("\ufeff").lstrip()
    if begun[:1] == "[":
        return True
    if begun[:1] != "{":
        return False
    line = begun.partition("\n")[0]
    try:
        first = json.loads(line)
    except ValueError:
        return True  # an object over several lines, or a very long one
    rest = begun[len(line) :].strip()
    return not rest and isinstance(first, dict) and bool(_lists(first))


def unwrap(source: Source, encoding: str | None) -> Any:
    """A temporary file with the records of a document, one a line.

    Raises
    ------
    RoutecheckError
        If it is no JSON, or which list holds the flights cannot be told.
    """
    stream = TextStream(source.open(), source.name, encoding)
    parts = []
    size = 0
    while block := stream.read(BLOCK):
        parts.append(block)
        size += len(block)
        if size > MOST_BYTES:
            raise RoutecheckError(
                f"{source.name} is one JSON document of more than {MOST_BYTES >> 20} MB: write one "
                "object a line (jq -c '.[]')"
            )
    try:
        document = json.loads(b"".join(parts))
    except (ValueError, RecursionError) as error:
        said = printable(str(error))[:100]
        raise RoutecheckError(
            f"{source.name} is JSON, and not whole ({said}): write it anew, or one object a line"
        ) from None
    records = _records(document, source.name)
    file = tempfile.NamedTemporaryFile(prefix="routecheck-", suffix=".ndjson")  # noqa: SIM115 - lives as long as the sources
    for record in records:
        file.write(json.dumps(record).encode())
        file.write(b"\n")
    file.flush()
    return file


def _records(document: Any, name: str) -> list[Any]:
    if isinstance(document, list):
        if any(isinstance(each, dict) for each in document):
            return document
        raise RoutecheckError(
            f"{name} is JSON, a list without objects: a table needs one object a flight, such as "
            '[{"from": "GYD", "to": "GRV", "date": "2026-11-20"}]'
        )
    lists = _lists(document) if isinstance(document, dict) else {}
    if len(lists) == 1:
        return next(iter(lists.values()))
    if not lists:
        if isinstance(document, dict):
            return [document]
        raise RoutecheckError(f"{name} is JSON, and holds no list of objects: no table can be made")
    if document.get("type") == "FeatureCollection":
        raise RoutecheckError(
            f"{name} is GeoJSON, a map: zones are read with --zones; an audit needs a table of "
            "flights"
        )
    paths = list(lists)
    listed = ", ".join(f".{printable(path)[:80]}" for path in paths[:_MOST_LISTED])
    raise RoutecheckError(
        f"{name} is JSON with several lists ({listed}): write the one with the flights as one "
        f"object a line: jq -c '.{printable(paths[0])[:80]}[]' {name} > flights.ndjson"
    )


def _lists(document: dict[str, Any], depth: int = 0) -> dict[str, list[Any]]:
    """Lists of objects in a document, by the names of the members that lead there."""
    found: dict[str, list[Any]] = {}
    for key, value in document.items():
        if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
            found[key] = value
        elif isinstance(value, dict) and depth < _DEEPEST:
            found |= {f"{key}.{path}": each for path, each in _lists(value, depth + 1).items()}
    return found
