"""How texts and listed words are read before they are compared: one form for the many ways of writing a sign.

Every sign is folded by itself, so that each folded sign knows its place in the original text. Source: docs/rules/screening.md.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from opencc import OpenCC

from jiangxue.screening.rules.look_alikes import read_as

BREAK = "\n"
"""Stands in a folded text where signs on both sides belong to different words, however they read together."""

_LINE_END, _INSERTED, _INVISIBLE = "\r", " ", ""
"""How signs that are no letters are folded. A carriage return itself is invisible: of CR LF, only the line feed ends the line."""
_LINE_ENDS = frozenset("\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_SENTENCE_ENDS = frozenset("。!?")
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters by their category, and blank: Hangul fillers."""
_BEFORE_CJK = "\u2e80"
_SIGNS_KEPT = 65_536

_LETTERS = re.compile(r"[^\r\n ]+")
_MAY_JOIN = re.compile(r" {1,3}|\r")
"""What may stand between two signs of a word: at most three inserted signs, or the end of one line and nothing else."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is compared, and the place of each of its signs in the `original`; a `BREAK` has the place that follows it."""

    original: str
    text: str
    places: tuple[int, ...]

    def are_neighbours(self, at: int) -> bool:
        """Say whether nothing that can be seen stands in the original between the sign at a place and the next."""
        return not any(map(fold_sign, self.original[self.places[at] + 1 : self.places[at + 1]]))


def folded(text: str) -> Folded:
    """Fold a text: its letters and digits in one form each, whatever may be inserted gone, a `BREAK` where nothing may join."""
    parts = list(map(fold_sign, text))
    drawn_apart = "".join(parts)
    places = [at for at, part in enumerate(parts) for _ in part]
    made: list[str] = []
    kept: list[int] = []
    last = 0
    for run in _LETTERS.finditer(drawn_apart):
        between = drawn_apart[last : run.start()]
        if made and between and not _MAY_JOIN.fullmatch(between):
            made.append(BREAK)
            kept.append(places[run.start()])
        made.append(run[0])
        kept += places[run.start() : run.end()]
        last = run.end()
    return Folded(text, "".join(made), tuple(kept))


@lru_cache(maxsize=_SIGNS_KEPT)
def fold_sign(sign: str) -> str:
    """Return the letters and digits that one sign stands for, or how it parts its neighbours.

    That is nothing at all (invisible), a blank (inserted), a carriage return (the end of a line) or a `BREAK` (the end of a sentence).
    """
    if sign in _LINE_ENDS:
        return _LINE_END
    if sign in _FILLERS or sign == "\r" or _kind(sign) == "M" or unicodedata.category(sign) == "Cf":
        return _INVISIBLE
    spelt = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", read_as(sign)).casefold())
    if _SENTENCE_ENDS.issuperset(spelt):
        return BREAK
    letters = "".join(_simplified(each) for each in spelt if _kind(each) in "LN" and each not in _FILLERS)
    return letters or _INSERTED


def _kind(sign: str) -> str:
    return unicodedata.category(sign)[0]


def _simplified(sign: str) -> str:
    """Return the simplified form of one sign; twice, because the table leads from 薴 to 苧, and from there to 苎.

    Sign by sign and never by phrases: what a sign becomes must not depend on its neighbours, or it would be found in one text and
    missed in another.
    """
    if sign < _BEFORE_CJK:
        return sign
    return str(_table().convert(_table().convert(sign)))


@cache
def _table() -> OpenCC:
    return OpenCC("t2s")
