"""Errors that a person can act on: what was wrong, where, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from routecheck.zones.model import Problem

__all__ = [
    "DateError",
    "MissingExtraError",
    "PlaceError",
    "RouteError",
    "RoutecheckError",
    "ZoneError",
]


class RoutecheckError(Exception):
    """Base of every error routecheck raises on purpose: usage, input or data.

    The command line prints its text, without a traceback, and exits with 2.
    """


class PlaceError(RoutecheckError):
    """A word could not be taken for one place.

    Parameters
    ----------
    message : str
        What was wrong and what to type instead.
    candidates : sequence of str
        Places that may have been meant, best first, each ready to print.
    search : callable, optional
        Finds the candidates when they are asked for: of a million wrong cells, nobody asks.
    """

    def __init__(
        self,
        message: str,
        candidates: Sequence[str] = (),
        search: Callable[[], Sequence[str]] | None = None,
    ) -> None:
        super().__init__(message)
        self._candidates = tuple(candidates)
        self._search = search
        self._lead = ". Similar:" if search else ""

    @property
    def candidates(self) -> tuple[str, ...]:
        """Places that may have been meant, best first."""
        if self._search is not None:
            self._candidates, self._search = tuple(self._search()), None
        return self._candidates

    @property
    def brief(self) -> str:
        """The error in one line, without a search for what may have been meant."""
        known = "; ".join(" ".join(each.split()) for each in self._candidates[:3])
        text = super().__str__()
        return f"{text}{'' if text.endswith(':') else ':'} {known}" if known else text

    def __str__(self) -> str:
        text, candidates = super().__str__(), self.candidates
        if not candidates:
            return text
        return text + self._lead + "\n" + "\n".join(f"  {candidate}" for candidate in candidates)


class RouteError(RoutecheckError):
    """A route cannot be flown as asked: too few places, or no distance between two of them."""


class DateError(RoutecheckError):
    """A date or time is not one, or is written in a way that is not read."""


class MissingExtraError(RoutecheckError, ImportError):
    """A feature needs a package that the core does not install; the text names the extra.

    It is an ImportError too: who guards an import of what is optional, need not know it.
    """


class ZoneError(RoutecheckError):
    """A zone file cannot be used; ``problems`` lists everything that was found in it."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(f"  {problem}" for problem in self.problems)])
