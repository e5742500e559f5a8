"""``routecheck zones``: what routes are checked against."""

from __future__ import annotations

import difflib
import io
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from routecheck.cli.options import (
    chosen_zones,
    date_option,
    emit,
    json_text,
    painter,
    read_stdin,
    today,
    warn_of,
    zone_options,
)
from routecheck.errors import ZoneError

if TYPE_CHECKING:
    from routecheck.zones.model import Problem, Stamp, Zone

__all__ = ["zones_group"]

NOT_IN_FORCE: Final = "not in force"


@click.group("zones", no_args_is_help=True)
def zones_group() -> None:
    """List, show and lint zones."""


def _complete_zone(_context: Any, _parameter: Any, begun: str) -> list[str]:
    from routecheck.zones.read import load_zones  # noqa: PLC0415

    return [zone.id for zone in load_zones() if zone.id.startswith(begun)]


def _stamp(text: str | None) -> Stamp:
    from routecheck.zones.ageing import parse_stamp  # noqa: PLC0415

    return parse_stamp(text) if text else today()


def _level(zone: Zone, when: Stamp) -> str:
    """The strictest level that stands on a day, or why there is none."""
    from routecheck.zones.ageing import standings  # noqa: PLC0415

    graded = standings(zone, when)
    if graded:
        return graded[0].level
    return "watch" if not zone.advisories else NOT_IN_FORCE


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


@zones_group.command("list")
@date_option
@zone_options
@click.option("--all", "everything", is_flag=True, help="Also zones not in force on the date.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How to print the result.")  # fmt: skip
def list_command(
    date: str | None,
    zones: tuple[str, ...],
    add_zones: tuple[str, ...],
    form: str,
    everything: bool,
) -> int:
    """List the zones in force on a date, with their strictest level."""
    when = _stamp(date)
    zone_set = chosen_zones(zones, add_zones)
    warn_of(zone_set, quiet=False)
    rows = [(zone, _level(zone, when)) for zone in zone_set]
    rows = [row for row in rows if everything or row[1] != NOT_IN_FORCE]
    if form == "json":
        records = [{**_record(zone), "level": level} for zone, level in rows]
        emit(json_text(records))
        return 0
    _print_table(rows, when)
    as_of = f" The set is as of {zone_set.as_of}." if zone_set.as_of else ""
    in_force = sum(level != NOT_IN_FORCE for _, level in rows)
    click.echo(f"{_count(in_force, 'zone')} in force on {when}.{as_of}", err=True)
    return 0


def _print_table(rows: list[tuple[Zone, str]], when: Stamp) -> None:
    from rich.console import Console  # noqa: PLC0415 - 50 ms, for tables only
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from routecheck.zones.ageing import standings  # noqa: PLC0415

    table = Table(box=None, pad_edge=False)
    for heading in ("zone", "level", "buffer", "kind"):
        table.add_column(heading, no_wrap=True)
    for heading in ("name", "issuers"):
        table.add_column(heading, overflow="fold")
    for zone, level in rows:
        issuers = dict.fromkeys(s.advisory.issuer for s in standings(zone, when))
        buffer = f"{zone.buffer_km:g} km"
        cells = (zone.id, level, buffer, zone.kind, zone.name, ", ".join(issuers))
        table.add_row(*(Text(cell) for cell in cells))
    # Rendered first and written by emit, which knows about readers that go away.
    out = io.StringIO()
    width = max(60, shutil.get_terminal_size((80, 24)).columns) if sys.stdout.isatty() else 80
    Console(file=out, width=width, color_system=None, highlight=False).print(table)
    header, *lines = (line.rstrip() for line in out.getvalue().splitlines())
    emit("\n".join([painter()(header, "heading"), *lines]) + "\n")


def _record(zone: Zone) -> dict[str, Any]:
    return {
        "id": zone.id,
        "name": zone.name,
        "kind": zone.kind,
        "group": zone.group,
        "buffer_km": zone.buffer_km,
        "accuracy_km": zone.accuracy_km,
        "weapons": list(zone.weapons),
        "basis": zone.basis,
        "notes": zone.notes,
        "file": zone.file,
    }


@zones_group.command("show", no_args_is_help=True)
@click.argument("zone_id", metavar="ID", shell_complete=_complete_zone)
@date_option
@zone_options
@click.option("--format", "form", type=click.Choice(["text", "json", "geojson"]), default="text",
              show_default=True, help="How to print the result.")  # fmt: skip
def show_command(
    zone_id: str, date: str | None, zones: tuple[str, ...], add_zones: tuple[str, ...], form: str
) -> int:
    """Show one zone: how it is drawn, and every advisory with its dates and source."""
    from routecheck.report.zone import zone_history, zone_text  # noqa: PLC0415

    zone_set = chosen_zones(zones, add_zones)
    when = _stamp(date)
    by_id = {zone.id: zone for zone in zone_set}
    zone_id = zone_id if zone_id in by_id else zone_id.lower()
    if zone_id not in by_id:
        close = difflib.get_close_matches(zone_id, by_id, 3)
        hint = f"Did you mean {' or '.join(close)}?" if close else "See routecheck zones list --all"
        raise ZoneError(f"no zone has the id {zone_id!r}. {hint}")
    zone = by_id[zone_id]
    record = {**_record(zone), "level": _level(zone, when),
              "advisories": zone_history(zone, when)}  # fmt: skip
    if form == "text":
        emit(zone_text(zone, when, painter()))
    elif form == "json":
        emit(json_text(record))
    else:
        feature = {"type": "Feature", "properties": record, "geometry": zone.geometry}
        emit(json_text(feature, indent=None))
    return 0


@zones_group.command("lint", no_args_is_help=True)
@click.argument("files", nargs=-1, required=True, metavar="FILE …")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How to print the result.")  # fmt: skip
def lint_command(files: tuple[str, ...], form: str) -> int:
    """Report every problem in zone files; exit with 1 if one is an error."""
    from routecheck.zones.lint import lint_file, lint_text  # noqa: PLC0415
    from routecheck.zones.read import zone_files  # noqa: PLC0415

    problems: list[Problem] = []
    for file in files:
        if file == "-":
            problems += lint_text(read_stdin(), "<stdin>")
        elif not Path(file).exists():
            raise ZoneError(f"{file}: no such file or folder: check the path")
        else:
            problems += lint_file(file)
    if form == "json":
        records = [
            {
                "severity": p.severity, "file": p.file, "feature": p.feature,
                "pointer": p.pointer, "message": p.message,
            }
            for p in problems
        ]  # fmt: skip
        emit(json_text(records))
    else:
        emit("".join(f"{problem}\n" for problem in problems))
    errors = sum(p.severity == "error" for p in problems)
    read = sum(len(zone_files(Path(file))) if Path(file).is_dir() else 1 for file in files)
    counts = _count(errors, "error"), _count(len(problems) - errors, "warning")
    click.echo(f"{_count(read, 'file')}: {', '.join(counts)}", err=True)
    return 1 if errors else 0
