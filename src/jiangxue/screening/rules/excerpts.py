"""What is shown of a text around a word that was found in it."""

import unicodedata
from dataclasses import dataclass

from jiangxue.screening.rules.finding import Found

SIGNS_AROUND = 20
MOST_SHOWN = 200
"""Of the word itself: invisible signs within it could be any number."""
LONGEST_EXCERPT = MOST_SHOWN + 2 * SIGNS_AROUND


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some signs of a text: what stands before the word, the word as it was written there, and what stands behind it."""

    before: str
    found: str
    after: str

    @property
    def text(self) -> str:
        """Return it as one text."""
        return self.before + self.found + self.after


def excerpt_of(text: str, found: Found) -> Excerpt:
    """Return the signs around a word; what cannot be shown, line ends among it, as a blank each, so that places stay."""
    return Excerpt(
        before=_shown(text[max(0, found.start - SIGNS_AROUND) : found.start]),
        found=_shown(text[found.start : found.end][:MOST_SHOWN]),
        after=_shown(text[found.end : found.end + SIGNS_AROUND]),
    )


def _shown(text: str) -> str:
    return "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} else sign for sign in text)
