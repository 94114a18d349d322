"""What is wrong with a file of sensitive words, in words. Clause T1.4."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.screening.errors import Fault, FaultFound

MOST_SHOWN = 200
"""Faults that a page lists: whoever has more mends these first."""

SENTENCES: dict[Fault, str | Promise] = {
    Fault.TOO_LARGE: gettext_lazy(
        "The file is larger than 2 MB. Leave words out, or look whether it is the right file."
    ),
    Fault.NOT_TEXT: gettext_lazy("This is no CSV file. In the spreadsheet program choose “Save as”, then “CSV UTF-8”."),
    Fault.NO_HEADER: gettext_lazy("The first line must be “词语,类别”, parted by a comma of Latin script."),
    Fault.NO_WORDS: gettext_lazy("There is no word below the first line."),
    Fault.TOO_MANY: gettext_lazy("There are more than 50,000 words. Leave out some of them."),
    Fault.BROKEN_QUOTES: gettext_lazy(
        'A quotation mark (") has no fellow; nothing after it can be read. Remove it, or add the other one.'
    ),
    Fault.COLUMNS: gettext_lazy("There must be two columns: word and category."),
    Fault.NO_WORD: gettext_lazy("The word is missing."),
    Fault.NO_CATEGORY: gettext_lazy("The category is missing."),
    Fault.WORD_TOO_LONG: gettext_lazy("The word is longer than 60 characters."),
    Fault.CATEGORY_TOO_LONG: gettext_lazy("The category is longer than 20 characters."),
    Fault.UNREADABLE: gettext_lazy("There are characters that cannot be read, or a line break. Please type it again."),
    Fault.FORMULA: gettext_lazy(
        "Words and categories do not begin with =, +, - or @: a spreadsheet would calculate them. Leave the sign out."
    ),
    Fault.ONLY_SYMBOLS: gettext_lazy(
        "The word is nothing but symbols; it needs a letter, a digit or a Chinese character."
    ),
    Fault.BROKEN_OFF: gettext_lazy(
        "Within the word a sentence ends, or there are more than three symbols in a row: it would never be found. Remove them."
    ),
}


def said(fault: FaultFound) -> str:
    """Return one fault as a sentence."""
    if fault.what is Fault.REPEATED:
        return _(
            "It reads like the word in line %(line)d (blanks, symbols, width, case and traditional characters do not count). Keep one of them."
        ) % {"line": fault.other_line}
    return str(SENTENCES[fault.what])


def lines_of(faults: Sequence[FaultFound]) -> list[dict[str, object]]:
    """Return the faults that a page lists."""
    return [{"line": fault.line, "word": fault.word, "sentence": said(fault)} for fault in faults[:MOST_SHOWN]]
