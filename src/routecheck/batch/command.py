"""An audit as the command that makes it again."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import fields
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from routecheck.batch.auditor import Settings
from routecheck.zones.model import ZoneSet, stamp_text
from routecheck.zones.read import load_zones

if TYPE_CHECKING:
    from routecheck.batch.count import Counts
    from routecheck.batch.plan import Plan

__all__ = ["command_of", "not_known"]

COLUMN_OPTIONS: Final = {
    "origin": "--origin", "dest": "--dest", "route": "--route-col", "date": "--date-col",
    "flight": "--flight-col", "cruise": "--cruise-col",
}  # fmt: skip
PLAN_OPTIONS: Final = {
    "delimiter": "--delimiter", "encoding": "--encoding", "header_row": "--header-row",
    "no_header": "--no-header",
    "sheet": "--sheet", "raw_text": "--raw-text", "only_changed": "--only-changed",
}  # fmt: skip
NUMBER_OPTIONS: Final = {
    "speed_kt": "--speed", "watch_km": "--watch-km", "max_age_days": "--max-age-days",
}  # fmt: skip


def command_of(
    counts: Counts,
    zones: ZoneSet,
    settings: Settings,
    output: str,
    plan: Plan | None = None,
    before: ZoneSet | None = None,
) -> str:
    """The command that makes an audit again, for a POSIX shell: what differs from the defaults.

    Parameters
    ----------
    counts : Counts
        Of the audit: its files, and whether they have dates.
    zones : ZoneSet
    settings : Settings
    output : str
        Where the rows went; empty if they were only counted.
    plan : Plan, optional
        How the files were read. Without it they are named as they were found, and options of
        reading are left out.
    before : ZoneSet, optional
        Older zones that were compared with.
    """
    inputs = plan.inputs if plan else counts.files
    words = ["routecheck", "audit", *map(_file, inputs)]
    if output:
        words += ["-o", _file(output)]
    words += _plan_words(plan)
    words += _settings_words(settings, undated=counts.undated)
    words += _zone_words(zones)
    if before is not None:
        words += _options("--against", [_file(file) for file in before.files])
    return " ".join(map(shlex.quote, words))


def not_known(
    counts: Counts, plan: Plan | None = None, before: ZoneSet | None = None
) -> tuple[str, ...]:
    """Options that may have been given and are not in the command, for want of their values."""
    of_plan = () if plan else tuple(PLAN_OPTIONS.values())
    return (*of_plan, *(["--against"] if counts.changed is not None and before is None else []))


def _file(name: str) -> str:
    if name == "<stdin>":
        return "-"
    return f"./{name}" if name.startswith("-") and name != "-" else name


def _options(option: str, values: list[str]) -> list[str]:
    return [word for value in values for word in (option, value)]


def _plan_words(plan: Plan | None) -> Iterator[str]:
    for name, option in PLAN_OPTIONS.items():
        value = getattr(plan, name, None)
        if value is not None and value is not False:
            yield option
            if value is not True:
                yield str(value)


def _settings_words(settings: Settings, *, undated: bool) -> Iterator[str]:
    for name, option in COLUMN_OPTIONS.items():
        column = getattr(settings.columns, name)
        if column is not None:
            yield from (option, column)
    yield from _options("--ignore-col", list(settings.columns.ignored))
    yield from _options("--date-format", list(settings.date_formats))
    if settings.fill_dates or undated:
        yield from ("--date", stamp_text(settings.date) or "")
    if settings.issuers:
        yield from ("--issuers", ",".join(settings.issuers))
    if not settings.events:
        yield "--no-events"
    if settings.cruise_ft is not None:
        yield from ("--cruise", f"{settings.cruise_ft:.0f}ft")
    defaults = {f.name: f.default for f in fields(Settings)}
    for name, option in NUMBER_OPTIONS.items():
        value = getattr(settings, name)
        if value != defaults[name]:
            yield from (option, f"{value:.10g}")


def _zone_words(zones: ZoneSet) -> list[str]:
    """Which files replace the built-in zones, or are added to them."""
    built_in = load_zones()
    files = list(zip_longest(zones.files, zones.file_hashes, fillvalue=""))
    ours = set(zip_longest(built_in.files, built_in.file_hashes, fillvalue=""))
    # Only features with errors are left out by that option; doubts about a reading are always told.
    skip = ["--skip-bad"] if zones.skipped_bad else []
    others = [_file(file) for file, digest in files if (file, digest) not in ours]
    if len(others) == len(files):
        return [*_options("--zones", others), *skip]
    return [*_options("--add-zones", others), *skip]
