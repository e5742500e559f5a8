"""Codes whose place changed: retired, moved, renamed and occupied ones, by the day of the flight."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

__all__ = ["turns"]


def turns(word: str) -> tuple[date, ...]:
    """The days on which what a code stands for changes, in order; none for most words."""
    del word
    return ()
