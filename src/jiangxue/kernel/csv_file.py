"""CSV files as spreadsheet programs write them: UTF-8, with or without a byte order mark, or GB18030."""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass


class NotText(ValueError):
    """The bytes are no text in any of the encodings."""


class BrokenQuotes(ValueError):
    """A quoted cell does not end as it should, in the line that begins at `at`."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one line; `at` is the line of the file in which it begins, counted from 1."""

    at: int
    cells: tuple[str, ...]


def lines_of(content: bytes, columns: int, *, tidied: Callable[[str], str] = str.strip) -> Iterator[Line]:
    """Yield the lines that hold something, each cell tidied; empty cells behind the last column, which spreadsheets write, are left out.

    Raises `NotText`, and `BrokenQuotes` when it comes to them.
    """
    reader = csv.reader(io.StringIO(_text_of(content), newline=""), strict=True)
    at = 1
    try:
        for row in reader:
            cells = [tidied(cell) for cell in row]
            while len(cells) > columns and not cells[-1]:
                cells.pop()
            if any(cells):
                yield Line(at, tuple(cells))
            at = reader.line_num + 1
    except csv.Error:
        raise BrokenQuotes(at) from None


def is_formula(cell: str) -> bool:
    """Say whether a spreadsheet that opens a file with this cell would calculate it."""
    return unicodedata.normalize("NFKC", cell).startswith(("=", "+", "-", "@"))


def _text_of(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotText
