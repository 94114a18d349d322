"""How an attempt is marked. Clauses T0, T1.3; docs/rules/lesson-tests.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jiangxue.assessment.rules.items import Item


@dataclass(frozen=True, slots=True)
class Mark:
    """What an attempt came to: `score` of 100 points, rounded down."""

    right: int
    of: int
    score: int
    is_passed: bool


def marked(items: Sequence[Item], right_options: Mapping[int, int], pass_percent: int) -> Mark:
    """Mark the items by the right option of each question; every question weighs the same."""
    right = sum(item.option is not None and item.option == right_options[item.ref] for item in items)
    score = right * 100 // len(items)
    return Mark(right, len(items), score, score >= pass_percent)
