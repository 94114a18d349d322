"""When a question can be asked. Clause T2.6."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jiangxue.courseware.errors import Flaw, FlawFound, UnfitQuestion
from jiangxue.courseware.rules.content import Purpose
from jiangxue.kernel.readable import is_readable

FEWEST_OPTIONS = 2
MOST_OPTIONS = 5
LONGEST_TEXT = 200
LONGEST_OPTION = 60
MOST_IN_USE = 20
"""Questions in use for one lesson and purpose: a small set that one person can keep an eye on."""
FEWEST_IN_TEST = 3
"""A lesson has no test, or one of so many questions at least; fewer may be kept, but do not pass the conformity check."""


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question as it was typed: blank options stand for none; `right_index` is None when none was chosen as right."""

    text: str
    options: Sequence[str]
    right_index: int | None
    purpose: Purpose = Purpose.CHECK_IN


@dataclass(frozen=True, slots=True)
class Question:
    """A question that can be asked."""

    text: str
    options: tuple[str, ...]
    right_index: int
    purpose: Purpose


def fit_question(draft: QuestionDraft) -> Question:
    """Return the question as it is kept, or raise `UnfitQuestion` with all its flaws; their places are those of the draft."""
    text = tidy(draft.text)
    options = {place: tidied for place, option in enumerate(draft.options) if sense(tidied := tidy(option))}
    flaws = [*_flaws_of_text(text), *_flaws_of_options(options, draft.right_index)]
    if flaws or draft.right_index is None:
        raise UnfitQuestion(flaws)
    return Question(text, tuple(options.values()), list(options).index(draft.right_index), draft.purpose)


def tidy(text: str) -> str:
    """Return a text without blanks around it, and with one blank for each gap or break of line in it."""
    return " ".join(text.split())


def sense(text: str) -> str:
    """Return what a reader can tell apart: full width is narrowed, and what takes no ink is left out."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if not sign.isspace() and unicodedata.category(sign) != "Cf")


def _flaws_of_text(text: str) -> Iterator[FlawFound]:
    if not sense(text):
        yield FlawFound(Flaw.NO_TEXT)
    if len(text) > LONGEST_TEXT:
        yield FlawFound(Flaw.TEXT_TOO_LONG)
    if not is_readable(text):
        yield FlawFound(Flaw.TEXT_UNREADABLE)


def _flaws_of_options(options: dict[int, str], right_index: int | None) -> Iterator[FlawFound]:
    if len(options) < FEWEST_OPTIONS:
        yield FlawFound(Flaw.TOO_FEW_OPTIONS)
    if len(options) > MOST_OPTIONS:
        yield FlawFound(Flaw.TOO_MANY_OPTIONS)
    if right_index not in options:
        yield FlawFound(Flaw.NO_RIGHT_OPTION)
    seen: set[str] = set()
    for place, option in options.items():
        if len(option) > LONGEST_OPTION:
            yield FlawFound(Flaw.OPTION_TOO_LONG, place)
        if not is_readable(option):
            yield FlawFound(Flaw.OPTION_UNREADABLE, place)
        if sense(option) in seen:
            yield FlawFound(Flaw.OPTION_REPEATED, place)
        seen.add(sense(option))
