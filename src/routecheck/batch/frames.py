"""``audit``: a table in memory in, the same kind of table out."""

from __future__ import annotations

import re
import shlex
from typing import Any, Final

import numpy as np
import pyarrow as pa

from routecheck.api import gather_zones
from routecheck.batch.auditor import Auditor
from routecheck.batch.coding import column_of
from routecheck.batch.columns import Columns
from routecheck.batch.csv_read import unique_names
from routecheck.batch.dates import SAMPLE, check_undated
from routecheck.batch.result import ADDED, added_names
from routecheck.batch.settings import settings_of
from routecheck.batch.sinks import drawn_route
from routecheck.errors import RoutecheckError

__all__ = ["audit"]

AT_ONCE: Final = 65_536


def audit(table: Any, *, zones: Any = None, add_zones: Any = None, **options: Any) -> Any:
    """Check every row of a table; nothing is lost, a bad row says why in ``error``.

    Parameters
    ----------
    table : pandas or GeoPandas DataFrame, polars DataFrame, Arrow Table or RecordBatch
        Columns are found by their names (origin/destination, from/to, dep/arr, a route like
        GYD-GRV, coordinates; date, flight, cruise), or named in the options.
    zones, add_zones
        As in :func:`routecheck.check`.
    **options
        Those of :func:`routecheck.check` (``date``, ``issuers``, ``cruise``, ``speed_kt``,
        ``watch_km``, ``max_age_days``, ``events``), columns (``origin``, ``dest``, ``route_col``,
        ``date_col``, ``flight_col``, ``cruise_col``; ``ignore_cols``, a list), ``date_format``,
        and ``strict_places``: whether a name that may mean another place too is an error of the
        row.

    Returns
    -------
    The same kind of table
        With the columns ``verdict, reason, path, score, worst_zone, inside_km, inside_min,
        buffered_km, closest_zone, closest_km, advisories, route_km, origin_iata, dest_iata,
        place_notes, as_of, error`` added; a name that is taken is prefixed with ``routecheck_``. A
        GeoDataFrame gets the lines too, as ``geometry``, or ``route_geometry`` where that is taken.

    Raises
    ------
    RoutecheckError
        If the columns cannot be told, an option is wrong, or it is no such table.

    Examples
    --------
    >>> import pyarrow as pa
    >>> t = audit(pa.table({"from": ["BAK"], "to": ["GRV"]}), date="2024-12-24")
    >>> t["verdict"].to_pylist()
    ['avoid']
    """
    try:
        settings = settings_of(**options)
    except TypeError as error:
        raise RoutecheckError(f"audit: {str(error).partition(') ')[2] or error}") from None
    auditor = Auditor(gather_zones(zones, add_zones), settings)
    try:
        return _audited(table, auditor)
    except RoutecheckError as error:
        raise RoutecheckError(_as_keywords(str(error))) from error


def _as_keywords(text: str) -> str:
    """An error that names options of the command line, with those of the function instead."""
    text = re.sub(
        r"--ignore-col ('[^']*'|[^\s:,]+)(?: --ignore-col ('[^']*'|[^\s:,]+))*", _ignored, text
    )
    said = re.sub(r"--(origin|dest|[a-z]+-col) COL", lambda m: f'{_keyword(m[1])}="COL"', text)
    said = re.sub(
        r"--(date|date-col|date-format|origin|dest|cruise-col) ('[^']*'|[^\s:,-][^\s:,]*)",
        lambda m: f"{_keyword(m[1])}={m[2]!r}" if m[2][0] != "'" else f"{_keyword(m[1])}={m[2]}",
        said,
    )
    return re.sub(
        r"--((?:[a-z]+-)?(?:col|format|dest|origin|date))\b", lambda m: _keyword(m[1]), said
    )


def _ignored(options: re.Match[str]) -> str:
    """Options that leave columns out, as a list of their names."""
    return f"ignore_cols={[each for each in shlex.split(options[0]) if each != '--ignore-col']!r}"


def _keyword(option: str) -> str:
    return option.replace("-", "_")


def _audited(table: Any, auditor: Auditor) -> Any:
    if isinstance(table, pa.RecordBatch):
        made = _arrow(pa.Table.from_batches([table]), auditor).combine_chunks()
        return (made.to_batches() or [pa.RecordBatch.from_pylist([], schema=made.schema)])[0]
    if isinstance(table, pa.Table):
        return _arrow(table, auditor)
    kind = type(table).__module__.partition(".")[0]
    if kind == "polars":
        import polars  # noqa: PLC0415 - the user's own

        frame = table.collect() if isinstance(table, polars.LazyFrame) else table
        return polars.from_arrow(_arrow(frame.to_arrow(), auditor))
    if kind in ("pandas", "geopandas") and hasattr(table, "columns"):
        return _pandas(table, auditor)
    raise RoutecheckError(
        f"audit takes a pandas, GeoPandas, polars or Arrow table, not {type(table).__name__}: for "
        "a file run routecheck audit, for one route call check"
    )


def _arrow(table: pa.Table, auditor: Auditor) -> pa.Table:
    given = table.schema.names
    table = table.rename_columns(unique_names(given))
    columns = auditor.columns_of(table.schema.names)
    others = auditor.settings.undated(table.schema.names, columns)
    check_undated((name, _whole(column_of(table, name).slice(0, SAMPLE))) for name in others)
    batches = [auditor.audit_batch(b) for b in table.to_batches(max_chunksize=AT_ONCE)]
    if not batches:
        batches = [auditor.audit_batch(pa.RecordBatch.from_pylist([], schema=table.schema))]
    made = pa.Table.from_batches([_plain(batch) for batch in batches])
    return made.rename_columns([*given, *made.schema.names[len(given) :]])


def _plain(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Added columns as plain text: what is encoded differs from batch to batch."""
    given = batch.num_columns - len(ADDED)
    columns = [
        column.dictionary_decode() if i >= given and pa.types.is_dictionary(column.type) else column
        for i, column in enumerate(batch.columns)
    ]
    fields = [
        field.with_type(column.type) for field, column in zip(batch.schema, columns, strict=True)
    ]
    return pa.RecordBatch.from_arrays(
        columns, schema=pa.schema(fields, metadata=batch.schema.metadata)
    )


def _pandas(frame: Any, auditor: Auditor) -> Any:
    """Only the columns that are asked go through Arrow: the others may hold anything."""
    names = unique_names([str(name) for name in frame.columns])
    columns = auditor.columns_of(names)
    used = sorted(_used(columns), key=names.index)
    others = auditor.settings.undated(names, columns)
    check_undated((n, _column(frame.iloc[:SAMPLE, names.index(n)])) for n in others)
    table = pa.table({name: _column(frame.iloc[:, names.index(name)]) for name in used})
    result = frame.copy()
    added = added_names(names)
    parts = []
    lines: list[Any] = []
    spatial = type(frame).__name__ == "GeoDataFrame"
    for batch in table.to_batches(max_chunksize=AT_ONCE):
        answers = auditor.answers(batch, None, columns)
        parts.append(answers.book.columns(answers.ids))
        if spatial:
            lines += _lines(auditor, answers.book.rows["route"][answers.ids])
    for i, name in enumerate(added):
        texts = [part[i] for part in parts]
        if pa.types.is_dictionary(ADDED.field(i).type):
            chunks = pa.chunked_array([t.dictionary_decode() for t in texts], pa.string())
        else:
            chunks = pa.chunked_array(texts, ADDED.field(i).type)
        result[name] = chunks.to_pandas().to_numpy()
    return _with_lines(result, lines) if spatial else result


def _used(columns: Columns) -> set[str]:
    return set(columns.used)


def _column(series: Any) -> pa.Array:
    try:
        column = pa.array(series, from_pandas=True)
    except (pa.ArrowException, UnicodeEncodeError, OverflowError):
        texts = [
            None if gone else _whole_text(str(value))
            for value, gone in zip(series, series.isna(), strict=True)
        ]
        column = pa.array(texts, pa.string())
    return _whole(column)


def _whole_text(text: str) -> str:
    """Text without halves of characters, which Arrow cannot hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _lines(auditor: Auditor, routes: Any) -> list[Any]:
    import shapely.geometry  # noqa: PLC0415 - for tables with geometry only

    made = {
        route: shapely.geometry.shape(drawn_route(auditor.routes.route(route)))
        for route in np.unique(routes).tolist()
        if route >= 0
    }
    return [made.get(route) for route in routes.tolist()]


def _with_lines(frame: Any, lines: list[Any]) -> Any:
    import geopandas  # noqa: PLC0415 - pandas: 0.7 s

    series = geopandas.GeoSeries(lines, index=frame.index, crs="EPSG:4326")
    if "geometry" in frame.columns:
        name = "route_geometry"
        while name in frame.columns:
            name = f"routecheck_{name}"
        frame[name] = series
        return frame
    return geopandas.GeoDataFrame(frame, geometry=series)
