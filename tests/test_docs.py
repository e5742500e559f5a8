"""The documentation is true: generated pages, links, and commands that a reader will type."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from itertools import chain
from pathlib import Path

import click
import pytest

from helpers import REPO, clean_env, load_tool, zone_text

README = REPO / "README.md"
PAGES = sorted((REPO / "docs").glob("*.md"))
MISSING = "README.md is missing: write it"


# docs/cli.md


def test_cli_page_is_up_to_date():
    made = load_tool("make_cli_docs")
    written = made.PAGE.read_text(encoding="utf-8")
    assert written == made.page(), "run: python tools/make_cli_docs.py"


def test_every_command_and_option_is_on_the_cli_page():
    made = load_tool("make_cli_docs")
    text = made.PAGE.read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## `([^`]+)`\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE))
    names = set()
    for path, command, _ in made.commands():
        names.add(path)
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                for option in (*parameter.opts, *parameter.secondary_opts):
                    assert re.search(rf"{option}\b", sections[path]), (path, option)
                assert parameter.help, (path, parameter.name)
    assert names == sections.keys()
    assert "routecheck zones lint" in names


# Links

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@pytest.mark.parametrize("page", [README, *PAGES], ids=lambda page: page.name)
def test_relative_links_lead_somewhere(page):
    assert page.exists(), MISSING
    prose = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    dead = []
    for link in LINK.findall(prose):
        if re.match(r"[a-z][a-z0-9+.-]*:", link):
            continue
        file, _, anchor = link.partition("#")
        target = page if not file else (page.parent / file)
        if not target.exists() or (
            anchor and target.suffix == ".md" and anchor not in anchors(target)
        ):
            dead.append(link)
    assert not dead


def anchors(page: Path) -> set[str]:
    """Anchors of a page's headings, made as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


# Commands in README.md


def shell_lines(page: Path) -> list[str]:
    """Lines of the code blocks whose first command is routecheck, continued lines joined."""
    if not page.exists():
        return []
    blocks = re.findall(
        r"^```(?:sh|bash|shell|console)?\n(.*?)^```", page.read_text(encoding="utf-8"),
        re.DOTALL | re.MULTILINE,
    )  # fmt: skip
    return list(chain.from_iterable(map(commands_of, blocks)))


def commands_of(block: str) -> list[str]:
    lines = [line for line in block.replace("\\\n", " ").splitlines() if line.strip()]
    prompted = any(line.startswith("$ ") for line in lines)
    if prompted:
        lines = [line[2:] for line in lines if line.startswith("$ ")]
    lines = [line for line in lines if not line.startswith("#")]
    return lines if lines and lines[0].startswith("routecheck ") else []


@pytest.fixture(scope="session")
def commands_path(tmp_path_factory) -> Path:
    """A folder with a ``routecheck`` command that runs the code under test."""
    folder = tmp_path_factory.mktemp("bin")
    shim = folder / "routecheck"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m routecheck "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    return folder


def test_readme_shows_commands():
    assert README.exists(), MISSING
    assert any(line.startswith("routecheck BAK GRV") for line in shell_lines(README))


@pytest.mark.parametrize("line", shell_lines(README))
def test_readme_command_runs(line, commands_path, tmp_path):
    # a folder of its own, with the files that the README speaks of
    shutil.copytree(REPO / "examples", tmp_path / "examples")
    for name in ("mine.geojson", "older.geojson"):
        (tmp_path / name).write_text(zone_text(), encoding="utf-8")
    env = clean_env()
    env["PATH"] = f"{commands_path}:{env['PATH']}"
    done = subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, env=env, cwd=tmp_path, check=False,
        stdin=subprocess.DEVNULL, timeout=60,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
