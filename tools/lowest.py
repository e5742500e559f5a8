"""Write the lowest releases that pyproject allows, of what a check needs, as pins for pip.

    python tools/lowest.py > constraints-lowest.txt

The registry is asked which releases it has for this Python as wheels: one that has gone, or has no
wheel, makes way for the next. Run by ``make lowest``; needs the package ``packaging``.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import InvalidVersion, Version

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def core_requirements(project: str) -> list[Requirement]:
    """What a project cannot do without."""
    return [Requirement(text) for text in tomllib.loads(project)["project"]["dependencies"]]


def releases(name: str) -> list[str]:
    """The releases that can be installed here without building them, in any order.

    Raises
    ------
    SystemExit
        If the registry gives none.
    """
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "index", "versions",
         "--only-binary", ":all:", name],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = re.search(r"^Available versions: (.+)$", done.stdout, re.MULTILINE)
    if done.returncode or not found:
        sys.exit(f"lowest: the registry names no release of {name}:\n{done.stderr.strip()}")
    return found[1].split(", ")


def lowest(requirement: Requirement, there: Iterable[str]) -> str:
    """The lowest release that a requirement allows: no preview, where there is another.

    Raises
    ------
    SystemExit
        If none is allowed.
    """
    versions = []
    for text in there:
        try:
            versions.append(Version(text))
        except InvalidVersion:  # names of before 2014
            continue
    allowed = list(requirement.specifier.filter(versions))
    if not allowed:
        sys.exit(f"lowest: no release of {requirement.name} is {requirement.specifier}")
    return str(min(allowed))


def pins(project: str, ask: Callable[[str], Iterable[str]] = releases) -> list[str]:
    """A line of a constraints file for each requirement that this Python has."""
    return [
        f"{each.name}=={lowest(each, ask(each.name))}"
        for each in core_requirements(project)
        if each.marker is None or each.marker.evaluate()
    ]


if __name__ == "__main__":
    print("\n".join(pins(PROJECT.read_text("utf-8"))))
