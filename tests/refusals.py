"""Which refusal something ends in, as a value: a test that proves a guard must fail by an assertion."""

from collections.abc import Callable

from jiangxue.learning.errors import LearningRefusal


def refusal_of(act: Callable[[], object]) -> type[LearningRefusal] | None:
    """Do something and return the refusal that it ended in, None if it was done."""
    try:
        act()
    except LearningRefusal as refusal:
        return type(refusal)
    return None
