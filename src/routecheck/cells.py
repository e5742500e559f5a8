"""Text as the cell of a spreadsheet."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["neutral", "neutral_line"]

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


_SEPARATED: Final = re.compile(
    r"(\r\n|[;\t\r\n])(?=(?:(?![\t\r\n])[\"\s])*[=+\-@＝＋－＠])([^;\t\r\n]*)"
)
"""A part of a text in which a spreadsheet that splits CSV there would find a formula."""


def neutral_line(text: str) -> str:
    """Text in CSV that is no formula either where a spreadsheet splits it.

    Spreadsheets of many countries split lines at semicolons, whatever quotes stand further on in
    them, and all may split at tabs and line breaks: ``a;=1+1`` becomes ``a;'=1+1``. Plain numbers
    stay as they are there too. Commas are within quotes, where they do not part.
    """
    return _SEPARATED.sub(_parted, neutral(text))


def _parted(found: re.Match[str]) -> str:
    separator, part = found.groups()
    return found[0] if _NUMBER.fullmatch(part) else f"{separator}'{part}"
