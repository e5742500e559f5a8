"""``routecheck [check] ORIGIN DEST``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from routecheck.cli.options import (
    chosen_zones,
    date_option,
    emit,
    events_option,
    json_text,
    limit_options,
    painter,
    strict_places_option,
    warn_of,
    zone_options,
)

if TYPE_CHECKING:
    from routecheck.risk.compare import Comparison
    from routecheck.risk.model import Assessment

__all__ = ["check_command"]

MOST_COMPLETED: Final = 60


def _complete_place(_context: Any, _parameter: Any, begun: str) -> list[str]:
    from routecheck.airports.table import table  # noqa: PLC0415

    wanted = begun.upper()
    if len(wanted) < 2:
        return []
    codes = [code for row in table().served for code in (row.iata, row.icao) if code]
    return sorted(code for code in codes if code.startswith(wanted))[:MOST_COMPLETED]


@click.command("check", no_args_is_help=True)
@click.argument("places", nargs=-1, required=True, metavar="ORIGIN DEST [DEST …]",
                shell_complete=_complete_place)  # fmt: skip
@date_option
@click.option("--compare", "compare_date", metavar="YYYY-MM-DD",
              help="Show what changed between this date and --date.")  # fmt: skip
@zone_options
@click.option("--issuers", metavar="LIST", help="Keep only advisories of these: EASA,FAA,…")
@events_option
@click.option("--cruise", metavar="LEVEL", help="Cruise level: FL350 or 35000ft.")
@limit_options
@strict_places_option
@click.option("--format", "form", default="text", show_default=True,
              type=click.Choice(["text", "json", "geojson", "csv"], case_sensitive=False),
              help="How to print the result.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@click.option("--units", type=click.Choice(["km", "nm"], case_sensitive=False),
              default="km", show_default=True, help="Lengths in the text report.")  # fmt: skip
@click.option("--fail-at", type=click.Choice(["watch", "caution", "avoid"]),
              help="Exit with 1 if the verdict is this, stricter, or unknown.")  # fmt: skip
@click.option("--quiet", "-q", is_flag=True,
              help="Text: the verdict's line only. No warnings.")  # fmt: skip
def check_command(
    places: tuple[str, ...],
    date: str | None,
    compare_date: str | None,
    zones: tuple[str, ...],
    add_zones: tuple[str, ...],
    issuers: str | None,
    cruise: str | None,
    form: str,
    units: str,
    fail_at: Any,
    skip_bad: bool,
    as_json: bool,
    quiet: bool,
    **limits: Any,
) -> int:
    """Check a route: ORIGIN and DEST are codes, names or lat,lon.

    Airports by IATA or ICAO code, cities by IATA city code or name ("tel aviv"),
    positions as lat,lon. More places make an itinerary; GYD-GRV-MOW works too.
    """
    from routecheck.api import check  # noqa: PLC0415 - numpy loads with it
    from routecheck.risk.compare import compare_assessments  # noqa: PLC0415

    if as_json and form not in ("text", "json"):
        raise click.UsageError(f"--json and --format {form} ask for two formats: give one")
    zone_set = chosen_zones(zones, add_zones, skip_bad=skip_bad)
    warn_of(zone_set, quiet=quiet)
    options = {"zones": zone_set, "issuers": issuers, "cruise": cruise, **limits}
    assessment = check(*places, date=date, **options)
    comparison = None
    if compare_date is not None:
        other = check(assessment.route, date=compare_date, **options)
        comparison = compare_assessments(assessment, other)
    emit(_render(assessment, comparison, "json" if as_json else form, units, quiet=quiet))
    return 1 if fail_at and assessment.at_least(fail_at) else 0


def _render(
    a: Assessment, comparison: Comparison | None, form: str, units: str, *, quiet: bool
) -> str:
    if form == "csv":
        from routecheck.report.table import csv_text  # noqa: PLC0415

        return csv_text([comparison.earlier, comparison.later] if comparison else [a])
    if form in ("json", "geojson"):
        record = a.to_dict() if form == "json" else a.to_geojson()
        if comparison:
            record["compare"] = comparison.to_dict()
        return json_text(record)
    from routecheck.report.text import Units, comparison_text, report_text  # noqa: PLC0415

    paint = painter()
    text = report_text(a, Units(units), paint)
    if quiet:
        text = paint(a.headline, a.verdict) + "\n"
    return text + "\n" + comparison_text(comparison, paint) if comparison else text
