"""Spark DataFrames audited where they lie: a verdict beside each row.

>>> from routecheck.spark import audit
>>> audited = audit(bookings, date="2024-12-24")  # doctest: +SKIP
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from routecheck.api import gather_zones
from routecheck.batch import pa, pool
from routecheck.batch.dates import check_undated
from routecheck.batch.result import ADDED, added_names
from routecheck.batch.settings import settings_of
from routecheck.errors import MissingExtraError, RoutecheckError
from routecheck.risk.assess import MAX_AGE_DAYS, WATCH_KM
from routecheck.risk.profile import SPEED_KT
from routecheck.zones.model import Stamp

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

__all__ = ["audit", "plain_columns"]


def audit(
    df: DataFrame,
    *,
    date: str | Stamp | None = None,
    zones: Any = None,
    add_zones: Any = None,
    issuers: Sequence[str] | str | None = None,
    cruise: str | float | None = None,
    speed_kt: float = SPEED_KT,
    watch_km: float = WATCH_KM,
    max_age_days: int = MAX_AGE_DAYS,
    events: bool = True,
    origin: str | None = None,
    dest: str | None = None,
    route_col: str | None = None,
    date_col: str | None = None,
    flight_col: str | None = None,
    cruise_col: str | None = None,
    date_format: str | Sequence[str] | None = None,
    strict_places: bool = False,
    ignore_cols: str | Sequence[str] | None = None,
) -> DataFrame:
    """Audit the routes of a Spark DataFrame.

    Rows keep their partitions and their order in them; a row that cannot be judged says why in
    ``error``. Nothing is computed until Spark is asked for rows.

    Spark's Python workers need routecheck too. They run ``python3`` unless the environment
    variable ``PYSPARK_PYTHON`` names another before the session starts: from a virtual
    environment, ``sys.executable``.

    Parameters
    ----------
    df : pyspark.sql.DataFrame
        Classic or of Spark Connect; columns of any type.
    date : str, date or datetime, optional
        Of rows without one. Today in UTC by default, as it is when this is called, and then only
        where the table has no dates.
    zones, add_zones, issuers, cruise, speed_kt, watch_km, max_age_days, events
        As for :func:`routecheck.check`.
    origin, dest, route_col, date_col, flight_col, cruise_col : str, optional
        Names of columns; told by their names by default.
    date_format : str or sequence of str, optional
        Of dates as text, as for ``datetime.strptime``.
    strict_places : bool
        Whether a name that may mean another place too is an error of the row.
    ignore_cols : str or sequence of str, optional
        Columns to pass over that would else count, or make the table be refused.

    Returns
    -------
    pyspark.sql.DataFrame
        The columns of ``df``, and those of an audit; a name that is taken is prefixed.

    Raises
    ------
    RoutecheckError
        If the columns of the route cannot be told, or an option is wrong; at once.

    Examples
    --------
    >>> audit(df, origin="dep", dest="arr").filter("verdict = 'avoid'").show()  # doctest: +SKIP
    """
    settings = settings_of(
        date=date, issuers=issuers, cruise=cruise, speed_kt=speed_kt, watch_km=watch_km,
        max_age_days=max_age_days, events=events, origin=origin, dest=dest,
        route_col=route_col, date_col=date_col, flight_col=flight_col, cruise_col=cruise_col,
        date_format=date_format, strict_places=strict_places, ignore_cols=ignore_cols,
    )  # fmt: skip
    twice = [name for name, count in Counter(df.columns).items() if count > 1]
    if twice:  # Spark cannot read such columns back from Arrow
        raise RoutecheckError(
            f"the table has {twice[0]!r} more than once: rename or drop one, as with df.toDF(...)"
        )
    columns = settings.columns_of(df.columns)  # told here, not by an executor
    check_undated(_typed_dates(df, settings.undated(df.columns, columns)))
    schema = _schema(df)
    given = list(df.columns)
    share = _shared(df, pool.job_of(gather_zones(zones, add_zones), settings))
    names = list(schema.names)

    # It travels whole and finds the rest by name, so that it can tell what a worker lacks.
    def audited(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        try:
            from routecheck.spark import answers  # noqa: PLC0415 - the worker's own
        except ImportError as error:
            import sys  # noqa: PLC0415 - the worker's own

            raise ImportError(
                f"Spark's Python worker, {sys.executable}, cannot import routecheck ({error}): "
                "install it there, or set PYSPARK_PYTHON to a Python that has it before the "
                "session starts"
            ) from None
        return answers(batches, share(), given, names)

    # By number: Spark takes a dot in a name for a field's.
    numbered = df.toDF(*(f"c{i}" for i in range(len(given))))
    return numbered.mapInArrow(audited, schema)


def _typed_dates(df: DataFrame, names: Sequence[str]) -> Iterator[tuple[str, pa.Array]]:
    """Columns of days and moments; what texts hold is not known before there are rows."""
    for field in df.schema.fields:
        if field.name in names and field.dataType.typeName() in ("date", "timestamp"):
            yield field.name, pa.array([], pa.date32())


def answers(
    batches: Iterator[pa.RecordBatch], job: pool.Job, given: Sequence[str], names: Sequence[str]
) -> Iterator[pa.RecordBatch]:
    """Batches with the columns of an audit: ``given`` are the table's names, ``names`` all."""
    for batch in batches:
        answered = pool.audit_batch(batch.rename_columns(given), job)
        yield plain_columns(answered).rename_columns(names)


def plain_columns(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The same rows without dictionaries, which Spark does not read."""
    columns = [
        column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, batch.schema.names)


def _schema(df: DataFrame) -> StructType:
    """That of the table with the added columns; Spark's names are alike in either case."""
    try:
        from pyspark.sql.types import (  # noqa: PLC0415 - extra
            DoubleType,
            StringType,
            StructField,
            StructType,
        )
    except ImportError as error:
        raise MissingExtraError(
            "audits of Spark DataFrames need pyspark: pip install 'routecheck[spark]'"
        ) from error
    names = added_names([name.casefold() for name in df.columns])
    added = [
        StructField(name, DoubleType() if pa.types.is_floating(field.type) else StringType())
        for name, field in zip(names, ADDED, strict=True)
    ]
    return StructType([*df.schema.fields, *added])


def _shared(df: DataFrame, job: pool.Job) -> Callable[[], pool.Job]:
    """What gives an executor the job: sent once to each, or with the code of each stage."""
    try:
        sent = df.sparkSession.sparkContext.broadcast(job)
    except (AttributeError, NotImplementedError):
        return lambda: job  # Spark Connect has no context to broadcast by
    return lambda: sent.value
