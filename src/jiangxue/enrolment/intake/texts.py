"""Tables as text: CSV with commas, semicolons or tabs, in the encodings that Chinese spreadsheet programs write."""

import csv
import io
import re
from collections.abc import Iterator

from jiangxue.enrolment.errors import UnreadableRoster
from jiangxue.enrolment.intake.limits import MOST_CHARACTERS
from jiangxue.enrolment.intake.shaping import Budget, sheet_of
from jiangxue.enrolment.rules.roster.faults import FileFault
from jiangxue.enrolment.rules.roster.shapes import Sheet

_MARKUP = re.compile(
    r"\s*(?:<\?xml|<!doctype|<html|<table|<head|<body|<meta|<script|<!--|MIME-Version:)", re.IGNORECASE
)
_SEPARATORS = ",\t;，|"
_SAMPLED = 20
_WORDS = re.compile(r"[\x00-\x08\x0e-\x1f]")


def sheets_of_text(content: bytes) -> list[Sheet]:
    """Return a text file as one sheet, or raise `UnreadableRoster`."""
    text = _decoded(content)
    if _MARKUP.match(text):
        raise UnreadableRoster(FileFault.WEB_PAGE)
    if _WORDS.search(text[:4096]):
        raise UnreadableRoster(FileFault.NOT_A_TABLE)
    csv.field_size_limit(MOST_CHARACTERS)
    try:
        return [sheet_of("", _rows(text), Budget())]
    except csv.Error as bad:
        raise UnreadableRoster(FileFault.DAMAGED) from bad


def _decoded(content: bytes) -> str:
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableRoster(FileFault.NOT_A_TABLE)


def _rows(text: str) -> Iterator[tuple[int, list[object]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    at = 1
    for row in reader:
        yield at, list(row)
        at = reader.line_num + 1


def _separator(text: str) -> str:
    """Return the sign that parts most of the first lines."""
    lines = text.splitlines()[:_SAMPLED]
    return max(_SEPARATORS, key=lambda sign: sum(line.count(sign) for line in lines))
