"""Workbooks as tables of audited rows (extra ``batch``).

Text is always written as text: no cell becomes a formula or a link. Files are the same to the byte
for the same input.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from routecheck.batch.xlsx_cells import Cell, cell_text, cells_of
from routecheck.errors import MissingExtraError, RoutecheckError

if TYPE_CHECKING:
    import pyarrow as pa


__all__ = [
    "MAX_COLUMNS",
    "MAX_ROWS",
    "XlsxTable",
    "check_fits",
    "close_book",
    "workbook",
]

MAX_ROWS: Final = 1_048_575
"""Rows of a worksheet below its header."""

MAX_COLUMNS: Final = 16_384
EPOCH: Final = datetime(1980, 1, 1)  # noqa: DTZ001, RUF100 - properties are written without a zone
DATE_FORMAT: Final = "yyyy-mm-dd"
TIME_FORMAT: Final = "yyyy-mm-dd hh:mm:ss"

COLOURS: Final = {
    "avoid": ("#7F1D1D", "#FAD4D4"),
    "caution": ("#7A3E00", "#FFE3C2"),
    "watch": ("#5C4B00", "#FBF0B5"),
    "clear": ("#0B4A6F", "#D6EAF8"),
    "unknown": ("#3F3F46", "#E4E4E7"),
}
"""Text and ground for each verdict."""


def check_fits(rows: int | None, columns: int, name: str = "a worksheet") -> None:
    """Check that a table fits on one worksheet.

    Parameters
    ----------
    rows : int or None
        Rows below the header; None if not known yet.
    columns : int
        Columns, the added ones included.
    name : str, optional
        File name for the message.

    Raises
    ------
    RoutecheckError
        If it does not; the text names the formats that it fits in.
    """
    for what, there, most in (("rows", rows, MAX_ROWS), ("columns", columns, MAX_COLUMNS)):
        if there is not None and there > most:
            raise RoutecheckError(
                f"{name}: a worksheet holds at most {most:,} {what} of a table, and this one has "
                f"{there:,} or more: write .csv or .parquet instead, as in -o out.parquet"
            )


class XlsxTable:
    """A worksheet that is written batch by batch, in little memory.

    Parameters
    ----------
    path : Path
        File to write; an existing one is replaced on :meth:`close`.
    columns : list of str
        Header.
    created : datetime
        Time noted in the file; naive times count as UTC. Fix it, and the file is the same to the
        byte for the same rows.
    """

    def __init__(self, path: Path, columns: list[str], created: datetime) -> None:
        check_fits(None, len(columns), path.name)
        self.path = path
        self.rows = 0
        self._columns = len(columns)
        self._book = workbook(path, created, constant_memory=True)
        self._sheet = self._book.add_worksheet("Audit")
        bold = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": DATE_FORMAT})
        self._time = self._book.add_format({"num_format": TIME_FORMAT})
        for i, name in enumerate(columns):
            self._sheet.set_column(i, i, min(max(len(name) + 4, 10), 40))
            if name:
                self._sheet.write_string(0, i, cell_text(name), bold)
        self._sheet.freeze_panes(1, 0)

    def write(self, batch: pa.RecordBatch) -> None:
        """Append the rows of a batch, its columns in the order of the header."""
        if batch.num_columns != self._columns:
            raise ValueError(f"{batch.num_columns} columns for a header of {self._columns}")
        check_fits(self.rows + batch.num_rows, self._columns, self.path.name)
        columns = [cells_of(column) for column in batch.columns]
        for cells in zip(*columns, strict=True):
            self.rows += 1
            for i, cell in enumerate(cells):
                if cell is not None:
                    self._put(i, cell)

    def _put(self, column: int, cell: Cell) -> None:
        row, sheet = self.rows, self._sheet
        if isinstance(cell, str):
            sheet.write_string(row, column, cell)
        elif isinstance(cell, bool):
            sheet.write_boolean(row, column, cell)
        elif isinstance(cell, datetime):
            sheet.write_datetime(row, column, cell, self._time)
        elif isinstance(cell, date):
            sheet.write_datetime(row, column, cell, self._day)
        else:
            sheet.write_number(row, column, cell)

    def close(self) -> None:
        """Finish the file.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        if self._columns:
            self._sheet.autofilter(0, 0, self.rows, self._columns - 1)
        close_book(self._book)

    def discard(self) -> None:
        """Leave off: remove the file, and what was kept on disk meanwhile."""
        self._book.filename.close()
        self.path.unlink(missing_ok=True)
        self._sheet.row_data_fh.close()
        Path(self._sheet.row_data_filename).unlink(missing_ok=True)


def workbook(path: Path, created: datetime, *, constant_memory: bool = False) -> Any:
    """A new workbook whose bytes depend on what is put in alone."""
    try:
        import xlsxwriter  # noqa: PLC0415 - extra
    except ImportError as error:
        raise MissingExtraError(
            f"{path.name}: .xlsx files need xlsxwriter: pip install 'routecheck[batch]'"
        ) from error
    # ZIP64 is used only where a sheet is too large for a file without it.
    # What is kept on disk meanwhile lies beside the file: who removes its folder removes all.
    book = xlsxwriter.Workbook(
        _Once(path),
        {"constant_memory": constant_memory, "use_zip64": True, "tmpdir": str(path.parent)},
    )
    if created.tzinfo is not None:
        created = created.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"created": created, "comments": "Written by routecheck"})
    return book


def close_book(book: Any) -> None:
    """Write a workbook.

    Raises
    ------
    OSError
        If the disk does not take it.
    """
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415 - extra

    try:
        book.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else error
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from None
    finally:
        book.filename.close()


class _Once:
    """A file that fails once: what comes after goes nowhere, and nothing fails again.

    A ZIP file that could not be written tries again when it is thrown away.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._failed = False

    def write(self, data: bytes) -> int:
        if self._failed:
            return len(data)
        try:
            return self._file.write(data)
        except OSError:
            self._failed = True
            raise

    def tell(self) -> int:
        return self._file.tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0 if self._failed else self._file.seek(offset, whence)

    def seekable(self) -> bool:
        return True

    def flush(self) -> None:
        if not self._failed:
            self._file.flush()

    def close(self) -> None:
        try:
            self._file.close()
        except OSError:
            if not self._failed:
                raise
