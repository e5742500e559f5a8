"""``routecheck zones diff`` and ``zones export``: zone sets as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click
from click.shell_completion import CompletionItem

from routecheck.cli.options import (
    chosen_zones,
    date_option,
    emit,
    json_text,
    painter,
    say,
    skip_bad_option,
    stamp_of,
    warn_of,
    zone_options,
)
from routecheck.errors import RoutecheckError

__all__ = ["diff_command", "export_command"]

BUILT_IN: Final = "built-in"


def _complete_set(_context: Any, _parameter: Any, begun: str) -> list[CompletionItem]:
    words = [CompletionItem(BUILT_IN)] if BUILT_IN.startswith(begun) else []
    return [*words, CompletionItem(begun, type="file")]


def _complete_file(_context: Any, _parameter: Any, begun: str) -> list[CompletionItem]:
    return [CompletionItem(begun, type="file")]


@click.command("diff", no_args_is_help=True)
@click.argument("old", shell_complete=_complete_set)
@click.argument("new", shell_complete=_complete_set)
@date_option
@skip_bad_option
@click.option("--exit-code", "judge", is_flag=True, help="Exit with 1 if anything differs.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How to print the result.")  # fmt: skip
def diff_command(
    old: str, new: str, date: str | None, skip_bad: bool, judge: bool, form: str
) -> int:
    """Show what differs from the zone set OLD to NEW.

    Each is a zone file or folder, the word built-in, or - for standard input. Zones and
    advisories are told apart by their ids; --date is the day on which levels are compared. An
    outline that was redrawn has moved by the farthest that any point of the old or new border
    lies from the other, to 100 m or 1 per cent; one that was only cut into other parts has not
    moved.
    """
    from routecheck.report.zone_diff import diff_record, diff_text, summary_text  # noqa: PLC0415
    from routecheck.zones.diff import diff_zones  # noqa: PLC0415

    if old == new == "-":
        raise RoutecheckError("standard input can be read once: give - only one time")
    when = stamp_of(date)
    if BUILT_IN in (old, new) and Path(BUILT_IN).exists():
        say(f"{BUILT_IN} means the built-in set: write ./{BUILT_IN} for the file or folder here.")
    sets = [
        chosen_zones(() if path == BUILT_IN else (path,), (), skip_bad=skip_bad)
        for path in (old, new)
    ]
    for zone_set in sets:
        warn_of(zone_set, quiet=False)
    diff = diff_zones(sets[0], sets[1], when)
    emit(json_text(diff_record(diff)) if form == "json" else diff_text(diff, painter()))
    say(summary_text(diff))
    return 1 if judge and diff else 0


@click.command("export", no_args_is_help=True)
@click.argument("out", shell_complete=_complete_file)
@date_option
@zone_options
@click.option("--all", "everything", is_flag=True,
              help="Tables: also the zones not in force on the date. Such a table cannot be read "
              "as zones again.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace OUT if it is there.")
def export_command(
    out: str,
    date: str | None,
    zones: tuple[str, ...],
    add_zones: tuple[str, ...],
    skip_bad: bool,
    everything: bool,
    force: bool,
) -> int:
    """Write the zones to the file OUT: .geojson or .json, .parquet, .gpkg.

    GeoJSON holds every advisory of every date and reads the same again with --zones. GeoParquet
    (needs the extra routecheck[parquet]) and GeoPackage are flat tables for maps, a row for each
    zone in force on --date, with the level that stands. Outlines are written as published; the
    stand-off is in buffer_km.
    """
    from routecheck.zones.model import stamp_text  # noqa: PLC0415
    from routecheck.zones.problems import printable  # noqa: PLC0415
    from routecheck.zones.write import export_zones, zones_written  # noqa: PLC0415

    when = stamp_of(date)
    zone_set = chosen_zones(zones, add_zones, skip_bad=skip_bad)
    warn_of(zone_set, quiet=False)
    path = export_zones(zone_set, out, when, everything=everything, overwrite=force)
    number = f"{len(zone_set)} zone" + ("" if len(zone_set) == 1 else "s")
    written = len(zones_written(zone_set, path, when, everything=everything))
    if written < len(zone_set):
        number = f"{written} of {number}, in force on {stamp_text(when)},"
    say(f"{number} written to {printable(str(path))}")
    lost = [item.feature for item in zone_set.left_out]
    if lost:
        more = f" and {len(lost) - 10} more" if len(lost) > 10 else ""
        say(f"It does not tell of what was left out when it was read: {', '.join(lost[:10])}{more}")
    return 0
