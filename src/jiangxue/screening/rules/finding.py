"""Which listed words stand in a text, and where. Source: docs/rules/screening.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from ahocorasick_rs import AhoCorasick, MatchKind

from jiangxue.screening.rules.normal import Folded, folded

_BEFORE_CJK = "\u2e80"
"""Signs before this one belong to scripts that part their words, as Latin does."""


@dataclass(frozen=True, slots=True)
class Word:
    """A listed word (词语) as its list has it, and its category."""

    text: str
    category: str


@dataclass(frozen=True, slots=True)
class Found:
    """A listed word in a text, from `start` up to `end` of the original."""

    word: str
    category: str
    start: int
    end: int


class Finder:
    """Finds the words of one list; built once, then used for any number of texts."""

    def __init__(self, words: Iterable[Word]) -> None:
        by_form = {folded(word.text).text: word for word in words}
        by_form.pop("", None)
        self._words = tuple(by_form.values())
        self._automaton = AhoCorasick(list(by_form), matchkind=MatchKind.Standard, store_patterns=False)

    def found_in(self, text: str) -> tuple[Found, ...]:
        """Return the words in a text from its beginning on; of those that overlap in one category, the first and longest."""
        read = folded(text)
        matches = self._automaton.find_matches_as_indexes(read.text, overlapping=True)
        found = [
            self._found(read, place, first, last) for place, first, last in matches if _is_whole(read, first, last)
        ]
        return tuple(_apart(found))

    def _found(self, read: Folded, place: int, first: int, last: int) -> Found:
        word = self._words[place]
        return Found(word.text, word.category, read.places[first], read.places[last - 1] + 1)


def find(texts: Sequence[str], words: Iterable[Word]) -> list[tuple[Found, ...]]:
    """Return what of some words stands in each of some texts."""
    finder = Finder(words)
    return [finder.found_in(text) for text in texts]


def _is_whole(read: Folded, first: int, last: int) -> bool:
    """Say whether a word of a script that parts its words goes on in the original neither before nor after the match."""
    return not (_goes_on(read, first - 1) or _goes_on(read, last - 1))


def _goes_on(read: Folded, at: int) -> bool:
    """Say whether the signs at a place and the next are of one Latin word or number: both such, and nothing between them."""
    if at < 0 or at + 1 >= len(read.text):
        return False
    both = read.text[at : at + 2]
    return both.isalnum() and max(both) < _BEFORE_CJK and read.are_neighbours(at)


def _apart(found: Sequence[Found]) -> list[Found]:
    """Return what is left when, in each category, a word gives way to one that begins before it, or there and is longer."""
    kept: list[Found] = []
    in_order = sorted(found, key=lambda each: (each.category, each.start, -each.end))
    for _, group in groupby(in_order, key=lambda each: each.category):
        reached = 0
        for each in group:
            if each.start >= reached:
                kept.append(each)
                reached = each.end
    return sorted(kept, key=lambda each: (each.start, each.end, each.category))
