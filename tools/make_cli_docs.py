"""Write docs/cli.md from the --help of every command, so that it cannot drift.

python tools/make_cli_docs.py            writes the page
python tools/make_cli_docs.py --check    only says whether it is up to date (exit code 1: no)
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from routecheck.cli.main import cli

sys.path.insert(0, str(Path(__file__).parent))

from pages import run

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
WIDTH: Final = 78  # what click leaves of 80 columns

INTRO: Final = """\
<!-- Written by tools/make_cli_docs.py from --help: change the texts there, then run it. -->
# Command line

Results go to standard output, everything else (warnings, counts, errors) to standard error.
`-` as a zone file reads it from standard input. Colour appears on a terminal only, and never
when `NO_COLOR` is set or `TERM` is `dumb`.

| exit code | meaning |
|---|---|
| 0 | done, whatever the verdict |
| 1 | asked to judge: `--fail-at` reached, an error in `zones lint`, `zones diff --exit-code` |
| 2 | usage, input or data error; the text says what to do next |
| 70 | a bug in routecheck; `ROUTECHECK_DEBUG=1` adds the traceback |
| 130 | interrupted |

The fields of `--format json`, `geojson` and `csv` are described in [json.md](json.md), zone files
in [zones-format.md](zones-format.md), the built-in zones in [zones.md](zones.md).
"""


def commands(
    command: click.Command = cli, name: str = "routecheck", parent: click.Context | None = None
) -> Iterator[tuple[str, click.Command, str]]:
    """Every command with its full name and its help, groups before what is in them."""
    context = click.Context(
        command, info_name=name, parent=parent, terminal_width=WIDTH, **command.context_settings
    )
    yield context.command_path, command, command.get_help(context)
    if isinstance(command, click.Group):
        for sub in command.list_commands(context):
            yield from commands(command.commands[sub], sub, context)


def page() -> str:
    """The text of docs/cli.md."""
    parts = [INTRO]
    for path, _, text in commands():
        lines = "\n".join(line.rstrip() for line in text.splitlines())
        parts.append(f"## `{path}`\n\n```text\n{lines}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(run(PAGE, page))
