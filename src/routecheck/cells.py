"""Text as the cell of a spreadsheet."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["neutral"]

_FORMULA: Final = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
"""How a formula may begin, after blanks that some programs drop (OWASP, "CSV Injection")."""

_NUMBER: Final = re.compile(r" *[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)? *")


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before ``= + - @``, tab, CR, LF.

    A plain number, as ``-12.5``, ``+3`` or ``-1e5``, stays as it is.
    """
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text
