"""``routecheck zones``: what routes are checked against."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING, Any

import click

from routecheck.cli.options import (
    chosen_zones,
    date_option,
    painter,
    today,
    warn_of,
    zone_options,
)
from routecheck.errors import ZoneError

if TYPE_CHECKING:
    from routecheck.zones.model import Problem, Stamp, Zone

__all__ = ["zones_group"]


@click.group("zones", no_args_is_help=True)
def zones_group() -> None:
    """List, show and lint zones."""


def _stamp(text: str | None) -> Stamp:
    from routecheck.zones.ageing import parse_stamp  # noqa: PLC0415

    return parse_stamp(text) if text else today()


def _level(zone: Zone, when: Stamp) -> str:
    """The strictest level that stands on a day, or why there is none."""
    from routecheck.zones.ageing import standings  # noqa: PLC0415

    graded = standings(zone, when)
    if graded:
        return graded[0].level
    return "watch" if not zone.advisories else "not in force"


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
    rows = [row for row in rows if everything or row[1] != "not in force"]
    if form == "json":
        records = [{**_record(zone), "level": level} for zone, level in rows]
        click.echo(json.dumps(records, ensure_ascii=False, indent=2))
        return 0
    _print_table(rows, when)
    as_of = f" The set is as of {zone_set.as_of}." if zone_set.as_of else ""
    click.echo(f"{len(rows)} zones in force on {when}.{as_of}", err=True)
    return 0


def _print_table(rows: list[tuple[Zone, str]], when: Stamp) -> None:
    from rich.console import Console  # noqa: PLC0415 - 50 ms, for tables only
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from routecheck.zones.ageing import standings  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("zone", "level", "buffer", "kind"):
        table.add_column(heading, no_wrap=True)
    for heading in ("name", "issuers"):
        table.add_column(heading, overflow="fold")
    for zone, level in rows:
        issuers = dict.fromkeys(s.advisory.issuer for s in standings(zone, when))
        buffer = f"{zone.buffer_km:g} km"
        cells = (zone.id, level, buffer, zone.kind, zone.name, ", ".join(issuers))
        table.add_row(*(Text(cell) for cell in cells))
    Console(highlight=False, soft_wrap=False).print(table)


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
@click.argument("zone_id", metavar="ID")
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
    if zone_id not in by_id:
        close = difflib.get_close_matches(zone_id, by_id, 3)
        hint = f"Did you mean {' or '.join(close)}?" if close else "See routecheck zones list --all"
        raise ZoneError(f"no zone has the id {zone_id!r}. {hint}")
    zone = by_id[zone_id]
    record = {**_record(zone), "level": _level(zone, when),
              "advisories": zone_history(zone, when)}  # fmt: skip
    if form == "text":
        click.echo(zone_text(zone, when, painter()), nl=False)
    elif form == "json":
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
    else:
        feature = {"type": "Feature", "properties": record, "geometry": zone.geometry}
        click.echo(json.dumps(feature, ensure_ascii=False))
    return 0


@zones_group.command("lint", no_args_is_help=True)
@click.argument("files", nargs=-1, required=True, metavar="FILE …")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How to print the result.")  # fmt: skip
def lint_command(files: tuple[str, ...], form: str) -> int:
    """Report every problem in zone files; exit with 1 if one is an error."""
    import sys  # noqa: PLC0415

    from routecheck.zones.lint import lint_file, lint_text  # noqa: PLC0415

    problems: list[Problem] = []
    for file in files:
        found = lint_text(sys.stdin.buffer.read(), "<stdin>") if file == "-" else lint_file(file)
        problems += found
    if form == "json":
        records = [
            {
                "severity": p.severity, "file": p.file, "feature": p.feature,
                "pointer": p.pointer, "message": p.message,
            }
            for p in problems
        ]  # fmt: skip
        click.echo(json.dumps(records, ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            click.echo(str(problem))
    errors = sum(p.severity == "error" for p in problems)
    names = f"{len(files)} file" + ("s" if len(files) > 1 else "")
    click.echo(f"{names}: {errors} errors, {len(problems) - errors} warnings", err=True)
    return 1 if errors else 0
