"""What an attempt asks: questions and their options in an order that was drawn for it alone. Clause T1.3; docs/rules/lesson-tests.md."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from jiangxue.assessment.errors import UnknownChoice


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a version asks in a lesson's test: its row, and how many options it has."""

    ref: int
    options: int


@dataclass(frozen=True, slots=True)
class Item:
    """One question of an attempt as it was drawn: `order` are its options in the order shown.

    `chosen` is the place of the option chosen, as shown, and `chosen_at_ms` when the server first heard of that choice.
    """

    ref: int
    order: tuple[int, ...]
    chosen: int | None = None
    chosen_at_ms: int | None = None

    @property
    def option(self) -> int | None:
        """Return which of the question's own options was chosen."""
        return None if self.chosen is None else self.order[self.chosen]

    def to_values(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return {**asdict(self), "order": list(self.order)}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "Item":
        """Return the item that a JSON object holds."""
        return cls(values["ref"], tuple(values["order"]), values["chosen"], values["chosen_at_ms"])


def drawn(questions: Sequence[Asked], chance: Callable[[], float]) -> tuple[Item, ...]:
    """Draw the order of all questions and of the options of each; nothing is left out."""
    return tuple(
        Item(question.ref, tuple(_shuffled(range(question.options), chance)))
        for question in _shuffled(questions, chance)
    )


def with_choices(items: Sequence[Item], choices: Mapping[int, int], at_ms: int) -> tuple[Item, ...]:
    """Return the items with choices by place; one that is repeated keeps its first time. `UnknownChoice` for what was not drawn."""
    for place, chosen in choices.items():
        if not 0 <= place < len(items) or not 0 <= chosen < len(items[place].order):
            raise UnknownChoice
    return tuple(
        replace(item, chosen=choices[place], chosen_at_ms=at_ms)
        if place in choices and choices[place] != item.chosen
        else item
        for place, item in enumerate(items)
    )


def unanswered(items: Sequence[Item]) -> tuple[int, ...]:
    """Return the places of items without a choice."""
    return tuple(place for place, item in enumerate(items) if item.chosen is None)


def _shuffled[T](things: Sequence[T], chance: Callable[[], float]) -> list[T]:
    order = sorted((chance(), at) for at in range(len(things)))
    return [things[at] for _drawn, at in order]
