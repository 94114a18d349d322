"""What screening refuses."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class ScreeningRefusal(Exception):
    """Base of all refusals about sensitive words."""


class NotTheirsToKeep(ScreeningRefusal):
    """The viewer's role keeps no list of words."""


class OutOfReach(ScreeningRefusal):
    """There is no such hit or list, or it is not the viewer's to see."""


class AlreadyDecided(ScreeningRefusal):
    """Somebody else has decided about the hit already; `decision` says what."""

    def __init__(self, decision: str) -> None:
        super().__init__(decision)
        self.decision = decision


class NoteTooLong(ScreeningRefusal):
    """The note on a decision is longer than is kept; `most` says how many signs are."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class ListUnchanged(ScreeningRefusal):
    """The file holds exactly the words and categories that are in force."""


class WordsWouldGo(ScreeningRefusal):
    """The file lacks words that are in force, and nobody has agreed to that.

    `removed` holds each with its category, `added` and `moved` count the rest; `agreement` is what to agree with.
    """

    def __init__(self, *, removed: Sequence[tuple[str, str]], added: int, moved: int, agreement: str) -> None:
        super().__init__(f"{len(removed)} words")
        self.removed = tuple(removed)
        self.added = added
        self.moved = moved
        self.agreement = agreement


class Fault(StrEnum):
    """What can be wrong with a file of words."""

    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    NO_HEADER = "no_header"
    NO_WORDS = "no_words"
    TOO_MANY = "too_many"
    BROKEN_QUOTES = "broken_quotes"
    COLUMNS = "columns"
    NO_WORD = "no_word"
    NO_CATEGORY = "no_category"
    WORD_TOO_LONG = "word_too_long"
    CATEGORY_TOO_LONG = "category_too_long"
    UNREADABLE = "unreadable"
    ONLY_SYMBOLS = "only_symbols"
    FORMULA = "formula"
    BROKEN_OFF = "broken_off"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class FaultFound:
    """One fault: its line, counted from 1 (0: the whole file), the word that has it, and the line of the other it repeats."""

    what: Fault
    line: int = 0
    word: str = ""
    other_line: int = 0


class UnfitWords(ScreeningRefusal):
    """The file cannot become the list; `faults` names everything that is wrong with it, in the order of its lines."""

    def __init__(self, faults: Sequence[FaultFound]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)
