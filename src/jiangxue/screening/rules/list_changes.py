"""What a new list of words changes in the one before."""

from collections.abc import Mapping
from dataclasses import dataclass

from jiangxue.screening.rules.finding import Word


@dataclass(frozen=True, slots=True)
class ListChanges:
    """Words that come, that go, and that stand in another category now; in the order of their lists."""

    added: tuple[Word, ...]
    removed: tuple[Word, ...]
    moved: tuple[Word, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether both lists hold the same words in the same categories."""
        return not (self.added or self.removed or self.moved)


def changes_between(before: Mapping[str, Word], after: Mapping[str, Word]) -> ListChanges:
    """Return what becomes of words, each known by the form in which it is looked for."""
    return ListChanges(
        added=tuple(word for form, word in after.items() if form not in before),
        removed=tuple(word for form, word in before.items() if form not in after),
        moved=tuple(word for form, word in after.items() if form in before and before[form].category != word.category),
    )
