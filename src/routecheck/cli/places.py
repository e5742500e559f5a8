"""``routecheck places WORD``: what a word may mean."""

from __future__ import annotations

import click

from routecheck.cli.options import emit, json_text, say
from routecheck.errors import PlaceError

__all__ = ["places_command"]


@click.command("places", no_args_is_help=True)
@click.argument("word", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, metavar="N",
              help="At most so many places.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How to print the result.")  # fmt: skip
def places_command(word: tuple[str, ...], limit: int, form: str) -> int:
    """Show the airports that WORD (a code, a city, part of a name) may mean."""
    from routecheck.airports import resolve, search  # noqa: PLC0415

    text = " ".join(word)
    found = search(text, limit)
    try:
        taken = resolve(text)
    except PlaceError:
        taken = None
    if form == "json":
        records = [
            {
                "iata": p.iata, "icao": p.icao, "name": p.name, "city": p.city,
                "country": p.country, "lat": p.lat, "lon": p.lon,
                "taken": taken is not None and (p.lat, p.lon) == (taken.lat, taken.lon),
            }
            for p in found
        ]  # fmt: skip
        emit(json_text(records))
        return 0
    if not found:
        raise PlaceError(f"nothing found for {text!r}: try a city, or part of the airport's name")
    lines = []
    for p in found:
        mark = "*" if taken is not None and (p.lat, p.lon) == (taken.lat, taken.lon) else " "
        where = ", ".join(part for part in (p.name, p.city, p.country) if part)
        lines.append(f"{mark} {p.iata or '---':4}{p.icao or '----':6}{where}\n")
    emit("".join(lines))
    if taken is None:
        say("A check would ask which one is meant: give its code.")
    else:
        say(f"* {text} is taken as this in a check." + (f" {taken.note}." if taken.note else ""))
    return 0
