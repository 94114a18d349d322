"""Tables as CSV: UTF-8 with a byte order mark, so that Excel and WPS read Chinese, and CRLF; and the 校验值 of what was written."""

import csv
import hashlib
from collections.abc import Sequence
from typing import BinaryIO

from jiangxue.reporting.rules.sheets import Column, Value
from jiangxue.reporting.services.spreading import csv_row, csv_titles

_MARK = b"\xef\xbb\xbf"


class Hashed:
    """Takes lines of text, counts and hashes their bytes, and passes them on if somebody wants them."""

    def __init__(self, target: BinaryIO | None = None) -> None:
        self._target = target
        self._hash = hashlib.sha256()
        self._take(_MARK)

    def write(self, text: str) -> None:
        """Take a line."""
        self._take(text.encode())

    @property
    def sha256(self) -> str:
        """Return the hash of everything that was taken, in hexadecimal."""
        return self._hash.hexdigest()

    def _take(self, content: bytes) -> None:
        self._hash.update(content)
        if self._target is not None:
            self._target.write(content)


class CsvTable:
    """A table on its way into a CSV file, or, without a target, into nothing but its hash: that of the file it would be.

    Texts stand in quotes, so that no other separator splits them.
    """

    def __init__(self, columns: Sequence[Column], target: BinaryIO | None = None) -> None:
        self._columns = columns
        self._hashed = Hashed(target)
        self._lines = csv.writer(self._hashed, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        self._lines.writerow(csv_titles(columns))

    def write(self, values: Sequence[Value]) -> None:
        """Write one line."""
        self._lines.writerow(csv_row(self._columns, values))

    @property
    def sha256(self) -> str:
        """Return the 校验值 of what was written so far."""
        return self._hashed.sha256
