"""``routecheck zones``: what routes are checked against."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from routecheck.cli.options import (
    chosen_zones,
    date_option,
    emit,
    events_option,
    given,
    issuers_given,
    json_text,
    painter,
    read_stdin,
    say,
    skip_bad_option,
    stamp_of,
    warn_of,
    zone_options,
)
from routecheck.cli.zone_files import diff_command, export_command
from routecheck.errors import ZoneError

if TYPE_CHECKING:
    from routecheck.zones.model import Problem, Stamp, ZoneSet
    from routecheck.zones.search import Query

__all__ = ["zones_group"]

KIND_CHOICES: Final = ("air-defence", "conflict", "closed", "border", "exercise", "gnss", "event")
"""``KINDS`` of the model, which numpy loads with: help must not wait for it."""


@click.group("zones", no_args_is_help=True)
def zones_group() -> None:
    """List, show, compare, export and lint zones."""


zones_group.add_command(diff_command)
zones_group.add_command(export_command)


def _complete_zone(_context: Any, _parameter: Any, begun: str) -> list[str]:
    from routecheck.zones.read import load_zones  # noqa: PLC0415

    return [zone.id for zone in load_zones() if zone.id.startswith(begun)]


def _complete_issuer(_context: Any, _parameter: Any, begun: str) -> list[str]:
    from routecheck.zones.read import load_zones  # noqa: PLC0415

    return [name for name in load_zones().issuers if name.lower().startswith(begun.lower())]


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


@zones_group.command("list")
@date_option
@zone_options
@click.option("--level", "levels", multiple=True, type=click.Choice(["avoid", "caution", "watch"]),
              help="Zones whose strictest level on the date is this. Repeatable.")  # fmt: skip
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KIND_CHOICES),
              help="Zones of this kind. Repeatable.")  # fmt: skip
@click.option("--country", metavar="NAME",
              help="Zones in which an airport of this country (name or ISO code) lies, or that "
              "are named after it. Airports stand in for borders, which are not in the package: "
              "a zone over sea or empty land may be missed.")  # fmt: skip
@click.option("--issuer", "issuers", multiple=True, metavar="NAME",
              shell_complete=_complete_issuer,
              help="Zones with an advisory of this issuer, and those advisories. "
              "Repeatable.")  # fmt: skip
@click.option("--reference", metavar="TEXT",
              help="Zones with an advisory whose issuer, reference and revision hold this text "
              '("CZIB 2025-01", "A0005/22"), and those advisories. Records of every date are '
              "searched, ended ones too.")  # fmt: skip
@events_option
@click.option("--all", "everything", is_flag=True,
              help="Also zones, and with --issuer advisories, not in force on the date.",
              )  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How to print the result.")  # fmt: skip
def list_command(
    date: str | None,
    zones: tuple[str, ...],
    add_zones: tuple[str, ...],
    skip_bad: bool,
    levels: tuple[Any, ...],
    kinds: tuple[Any, ...],
    country: str | None,
    issuers: tuple[str, ...],
    reference: str | None,
    form: str,
    events: bool,
    everything: bool,
) -> int:
    """List the zones in force on a date, with their strictest level.

    Options of one name are alternatives, different ones must all hold. Zones come in the order of
    their ids.
    """
    from routecheck.report.zone_list import (  # noqa: PLC0415
        census_text,
        doubts,
        found_records,
        found_text,
        matches_text,
    )
    from routecheck.zones.search import Query, census, search  # noqa: PLC0415

    when = stamp_of(date)
    zone_set = chosen_zones(zones, add_zones, skip_bad=skip_bad)
    warn_of(zone_set, quiet=False)
    if not events:
        zone_set = zone_set.without_events()
    query = Query(
        levels=levels,
        kinds=kinds,
        country=given(country, "--country"),
        issuers=issuers_given(issuers, "--issuer"),
        reference=given(reference, "--reference"),
        every_date=everything,
    )
    found = search(zone_set, when, query)
    if form == "json":
        emit(json_text(found_records(found, when)))
    elif query.about_advisories:
        emit(matches_text(found, when, painter()))
    else:
        import shutil  # noqa: PLC0415 - every check would wait for it

        width = shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 80
        emit(found_text(found, when, painter(), max(60, width)))
    if not found:
        say(_nothing_found(zone_set, when, query))
    elif query != Query(every_date=everything):
        say(f"{_count(len(found), 'zone')} of {len(zone_set)} found.")
    as_of = f" The set is as of {zone_set.as_of}." if zone_set.as_of else ""
    say(census_text(census(zone_set, when), when) + as_of)
    for doubt in doubts(zone_set, when):
        say(doubt)
    return 0


def _nothing_found(zones: ZoneSet, when: Stamp, query: Query) -> str:
    """Say that nothing was found, and what would find something."""
    from dataclasses import replace  # noqa: PLC0415

    from routecheck.zones.model import stamp_text  # noqa: PLC0415
    from routecheck.zones.search import search, similar_references  # noqa: PLC0415

    text = "No zone matches."
    if not query.searches_history:
        more = len(search(zones, when, replace(query, every_date=True)))
        if more:
            verb = "does" if more == 1 else "do"
            day = stamp_text(when)
            return f"{text} {_count(more, 'zone')} not in force on {day} {verb}: add --all."
    if query.reference:
        like = similar_references(zones, query.reference)
        if like:
            return f"{text} Is one of these meant: {'; '.join(like)}?"
    return f"{text} Ask for less, or see all of them: routecheck zones list --all"


@zones_group.command("show", no_args_is_help=True)
@click.argument("zone_id", metavar="ID", shell_complete=_complete_zone)
@date_option
@zone_options
@click.option("--format", "form", type=click.Choice(["text", "json", "geojson"]), default="text",
              show_default=True, help="How to print the result.")  # fmt: skip
def show_command(
    zone_id: str,
    date: str | None,
    zones: tuple[str, ...],
    add_zones: tuple[str, ...],
    skip_bad: bool,
    form: str,
) -> int:
    """Show one zone: how it is drawn, and every advisory with its dates and source."""
    from routecheck.report.zone import zone_history, zone_record, zone_text  # noqa: PLC0415
    from routecheck.zones.search import level_on  # noqa: PLC0415

    zone_set = chosen_zones(zones, add_zones, skip_bad=skip_bad)
    when = stamp_of(date)
    by_id = {zone.id: zone for zone in zone_set}
    zone_id = zone_id if zone_id in by_id else zone_id.lower()
    if zone_id not in by_id:
        import difflib  # noqa: PLC0415 - as above

        close = difflib.get_close_matches(zone_id, by_id, 3)
        hint = f"Did you mean {' or '.join(close)}?" if close else "See routecheck zones list --all"
        raise ZoneError(f"no zone has the id {zone_id!r}. {hint}")
    zone = by_id[zone_id]
    record = {**zone_record(zone), "level": level_on(zone, when),
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
@skip_bad_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How to print the result.")  # fmt: skip
def lint_command(files: tuple[str, ...], skip_bad: bool, form: str) -> int:
    """Report every problem in zone files; exit with 1 if one is an error."""
    from routecheck.zones.lint import lint_file, lint_text  # noqa: PLC0415
    from routecheck.zones.sources import zone_files  # noqa: PLC0415

    problems: list[Problem] = []
    for file in files:
        if file == "-":
            problems += lint_text(read_stdin(), "<stdin>", skip_bad=skip_bad)
        elif not Path(file).exists():
            raise ZoneError(f"{file}: no such file or folder: check the path")
        else:
            problems += lint_file(file, skip_bad=skip_bad)
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
    say(f"{_count(read, 'file')}: {', '.join(counts)}")
    return 1 if errors else 0
