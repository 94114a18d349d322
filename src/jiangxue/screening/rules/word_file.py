"""A file of words (词语) and categories (类别) as an administrator sends it: read, and every fault of it named."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jiangxue.kernel.csv_file import BrokenQuotes, Line, NotText, is_formula, lines_of
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


def read_words(content: bytes) -> list[ListedDraft]:
    """Return the words of a file, or raise `UnfitWords` with all that is wrong."""
    if len(content) > MOST_BYTES:
        raise UnfitWords([FaultFound(Fault.TOO_LARGE)])
    lines = _lines(content)
    if not lines or lines[0].cells != HEADER:
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


def _lines(content: bytes) -> list[Line]:
    try:
        return list(lines_of(content, len(HEADER)))
    except NotText:
        raise UnfitWords([FaultFound(Fault.NOT_TEXT)]) from None
    except BrokenQuotes as broken:
        raise UnfitWords([FaultFound(Fault.BROKEN_QUOTES, broken.at)]) from None


def _drafts(lines: Sequence[Line]) -> list[ListedDraft]:
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


def _faults(line: Line, form: str) -> Iterator[FaultFound]:
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
        Fault.FORMULA: is_formula(word) or is_formula(category),
        Fault.BROKEN_OFF: BREAK in form,
    }
    shown = word if _is_readable(word) else ""
    yield from (FaultFound(what, line.at, shown[:LONGEST_WORD]) for what, is_so in wrong.items() if is_so)


def _is_readable(text: str) -> bool:
    return _REPLACED not in text and not any(unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn"} for sign in text)
