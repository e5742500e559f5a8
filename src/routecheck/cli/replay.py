"""``routecheck replay``: the back-test against aircraft that were hit."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from routecheck.cli.options import (
    chosen_zones,
    emit,
    events_option,
    json_text,
    painter,
    stamp_of,
    warn_of,
    zone_options,
)
from routecheck.errors import RoutecheckError

__all__ = ["replay_command"]


def _complete_incident(_context: object, _parameter: object, begun: str) -> list[str]:
    from routecheck.risk.incidents import incidents  # noqa: PLC0415

    return [incident.id for incident in incidents() if incident.id.startswith(begun)]


def _progress(sample: int) -> Callable[[int], None] | None:
    """A counter on the terminal: the sample takes some ten seconds."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None

    def show(done: int) -> None:
        click.echo(f"\rworld sample: {done:,} of {sample:,} pairs", nl=False, err=True)
        if done >= sample:
            click.echo("\r" + " " * 40 + "\r", nl=False, err=True)

    show(0)
    return show


@click.command("replay")
@click.argument("ids", nargs=-1, metavar="[INCIDENT …]", shell_complete=_complete_incident)
@zone_options
@events_option
@click.option("--sample", type=click.IntRange(0, 10_000), default=10_000, show_default=True,
              metavar="N", help="Pairs of the fixed world sample to judge; 0: none.")  # fmt: skip
@click.option("--date", metavar="YYYY-MM-DD",
              help="Judge the world sample on this day too. Default: today.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How to print the result.")  # fmt: skip
def replay_command(
    ids: tuple[str, ...],
    zones: tuple[str, ...],
    add_zones: tuple[str, ...],
    skip_bad: bool,
    sample: int,
    date: str | None,
    form: str,
    events: bool,
) -> int:
    """Check every aircraft that was hit with what was known just before.

    Each incident of the table is checked with the zones and notices in force at
    the last moment before it: the direct line between its airports, and the place
    and level where it was hit. Beside it stands what share of the world's routes
    would have been flagged on the same day. All of it is told without and with the
    reported attacks that were known before each day. Name incidents (mh17 j2-8243 …) to see
    only those.
    """
    from routecheck.report.replay import replay_record, replay_text  # noqa: PLC0415
    from routecheck.risk.incidents import incidents  # noqa: PLC0415
    from routecheck.risk.replay import replay  # noqa: PLC0415

    known = {incident.id for incident in incidents()}
    wanted = tuple(word.lower() for word in ids)
    unknown = [word for word in wanted if word not in known]
    if unknown:
        raise RoutecheckError(
            f"no incident is called {unknown[0]!r}: they are {', '.join(sorted(known))}"
        )
    zone_set = chosen_zones(zones, add_zones, skip_bad=skip_bad)
    if not events:
        zone_set = zone_set.without_events()
    warn_of(zone_set, quiet=False)
    when = stamp_of(date)
    result = replay(zone_set, when, sample=sample, only=wanted, progress=_progress(sample))
    if form == "json":
        emit(json_text(replay_record(result)))
    else:
        emit(replay_text(result, painter()))
    return 0
