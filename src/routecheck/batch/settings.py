"""Options of an audit, as people give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from routecheck.batch.auditor import Settings
from routecheck.batch.columns import Columns
from routecheck.errors import DateError, RoutecheckError
from routecheck.risk.assess import MAX_AGE_DAYS, WATCH_KM
from routecheck.risk.profile import SPEED_KT, parse_level
from routecheck.zones.ageing import as_stamp
from routecheck.zones.model import Stamp, issuer_names

__all__ = ["settings_of"]


def settings_of(
    *,
    date: str | Stamp | None = None,
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
    ignore_cols: str | Sequence[str] | None = None,
    fill_dates: bool | None = None,
    strict_places: bool = False,
) -> Settings:
    """Take the options of :func:`routecheck.check`, and names of columns, for an audit.

    Parameters
    ----------
    date : str, date or datetime, optional
        Of rows without one; today (UTC) if the table has no column of dates.
    origin, dest, route_col, date_col, flight_col, cruise_col : str, optional
        Columns, where their names do not tell.
    date_format : str or sequence of str, optional
        How dates are written, as for ``datetime.strptime``: ``"%d/%m/%Y"``. Of several the first
        that reads a cell counts.
    ignore_cols : str or sequence of str, optional
        Columns to pass over that would else count, or make the table be refused.
    fill_dates : bool, optional
        Whether ``date`` stands for empty cells of a column of dates too; so it does if it is given.
    strict_places : bool
        Whether a name that may mean another place too is an error of the row.

    Raises
    ------
    RoutecheckError
        If one of them cannot be read.
    """
    return Settings(
        date=datetime.now(UTC).date() if date is None else as_stamp(date),
        fill_dates=date is not None if fill_dates is None else fill_dates,
        issuers=tuple(issuer_names(issuers)),
        cruise_ft=parse_level(cruise) if isinstance(cruise, str) else cruise,
        speed_kt=speed_kt,
        watch_km=watch_km,
        max_age_days=max_age_days,
        events=events,
        columns=Columns(
            origin=_name(origin), dest=_name(dest), route=_name(route_col), date=_name(date_col),
            flight=_name(flight_col), cruise=_name(cruise_col), ignored=_names(ignore_cols),
        ),
        date_formats=_formats(date_format),
        strict_places=bool(strict_places),
    )  # fmt: skip


def _formats(given: object) -> tuple[str, ...]:
    """Formats of dates that tell a whole day."""
    formats = (given,) if isinstance(given, str) else given or ()
    if not isinstance(formats, Sequence):
        raise DateError(f"date format {given!r} is no text: write one like %d/%m/%Y")
    probe = datetime(2025, 12, 24, tzinfo=UTC)
    for each in formats:
        try:
            read = datetime.strptime(probe.strftime(each), each)  # noqa: DTZ007, RUF100 - a day
        except (ValueError, TypeError, re.error) as error:
            reason = "a part is there twice" if isinstance(error, re.error) else error
            raise DateError(
                f"date format {each!r} reads no dates ({reason}): write one like %d/%m/%Y"
            ) from None
        if read.date() != probe.date():
            raise DateError(
                f"date format {each!r} does not say day, month and year: write one like %d/%m/%Y"
            )
    return tuple(formats)


def _names(columns: object) -> tuple[str, ...]:
    """Names of columns, of which there may be one only."""
    given = (columns,) if isinstance(columns, str | int) else columns or ()
    if not isinstance(given, Sequence):
        raise RoutecheckError(f"ignore_cols is {columns!r}: give names of columns")
    return tuple(dict.fromkeys(str(each) for each in given))


def _name(column: object) -> str | None:
    """A column's name as text: pandas has columns that are numbers."""
    return None if column is None else str(column)
