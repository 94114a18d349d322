"""A file of words (词语) and categories (类别) as an administrator sends it: read, and every fault of it named.

CSV in UTF-8, with or without a byte order mark, or in GB18030, as spreadsheet programs write it.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jiangxue.screening.errors import Fault, FaultFound, UnfitWords
from jiangxue.screening.rules.finding import Word
from jiangxue.screening.rules.normal import BREAK, folded

MOST_BYTES = 2 * 1024 * 1024
MOST_WORDS = 50_000
LONGEST_WORD = 60
LONGEST_CATEGORY = 20
HEADER = ("词语", "类别")

_REPLACED = "\ufffd"
"""What programs write in the place of a sign that they could not read."""


@dataclass(frozen=True, slots=True)
class ListedDraft:
    """A word to be listed, and the form in which it is looked for."""

    word: Word
    normalised: str


@dataclass(frozen=True, slots=True)
class _Line:
    at: int
    cells: list[str]


def read_words(content: bytes) -> list[ListedDraft]:
    """Return the words of a file, or raise `UnfitWords` with all that is wrong."""
    if len(content) > MOST_BYTES:
        raise UnfitWords([FaultFound(Fault.TOO_LARGE)])
    lines = _lines(_decoded(content))
    if not lines or tuple(lines[0].cells) != HEADER:
        raise UnfitWords([FaultFound(Fault.NO_HEADER, lines[0].at if lines else 0)])
    if len(lines) == 1:
        raise UnfitWords([FaultFound(Fault.NO_WORDS)])
    if len(lines) - 1 > MOST_WORDS:
        raise UnfitWords([FaultFound(Fault.TOO_MANY)])
    return _drafts(lines[1:])


def written(words: Iterable[Word]) -> str:
    """Return words as a file that `read_words` understands, and spreadsheet programs too."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADER)
    writer.writerows((word.text, word.category) for word in words)
    return f"\ufeff{file.getvalue()}"


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnfitWords([FaultFound(Fault.NOT_TEXT)])


def _lines(text: str) -> list[_Line]:
    """Return the lines that hold something, with their numbers; cells without blanks around them or empty ones behind."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[_Line] = []
    begins = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            while len(cells) > len(HEADER) and not cells[-1]:
                cells.pop()
            if any(cells):
                lines.append(_Line(begins, cells))
            begins = reader.line_num + 1
    except csv.Error:
        raise UnfitWords([FaultFound(Fault.BROKEN_QUOTES, begins)]) from None
    return lines


def _drafts(lines: Sequence[_Line]) -> list[ListedDraft]:
    made: list[ListedDraft] = []
    faults: list[FaultFound] = []
    lines_by_form: dict[str, int] = {}
    for line in lines:
        form = folded(line.cells[0]).text
        found = list(_faults(line, form))
        if not found and form in lines_by_form:
            found = [FaultFound(Fault.REPEATED, line.at, line.cells[0], lines_by_form[form])]
        faults += found
        if not found:
            lines_by_form[form] = line.at
            made.append(ListedDraft(Word(line.cells[0], line.cells[1]), form))
    if faults:
        raise UnfitWords(faults)
    return made


def _faults(line: _Line, form: str) -> Iterator[FaultFound]:
    if len(line.cells) != len(HEADER):
        yield FaultFound(Fault.COLUMNS, line.at)
        return
    word, category = line.cells
    wrong = {
        Fault.NO_WORD: not word,
        Fault.NO_CATEGORY: not category,
        Fault.WORD_TOO_LONG: max(len(word), len(form)) > LONGEST_WORD,
        Fault.CATEGORY_TOO_LONG: len(category) > LONGEST_CATEGORY,
        Fault.UNREADABLE: not _is_readable(word + category),
        Fault.ONLY_SYMBOLS: bool(word) and not form,
        Fault.FORMULA: _is_formula(word) or _is_formula(category),
        Fault.BROKEN_OFF: BREAK in form,
    }
    shown = word if _is_readable(word) else ""
    yield from (FaultFound(what, line.at, shown[:LONGEST_WORD]) for what, is_so in wrong.items() if is_so)


def _is_formula(cell: str) -> bool:
    """Say whether a spreadsheet that opens the list would calculate a cell."""
    return unicodedata.normalize("NFKC", cell).startswith(("=", "+", "-", "@"))


def _is_readable(text: str) -> bool:
    return _REPLACED not in text and not any(unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn"} for sign in text)
