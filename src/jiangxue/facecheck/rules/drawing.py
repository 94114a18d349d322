"""What a check asks that nobody can foresee: colours, actions and the pauses before them, drawn by a chance that is an argument.

The text is docs/rules/face-checks.md, what is drawn.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jiangxue.facecheck.rules.actions import Action
from jiangxue.facecheck.rules.colours import Colour
from jiangxue.facecheck.rules.thresholds import Thresholds

type Chance = Callable[[], float]
"""Something that draws a number in [0, 1) whenever it is asked."""


class Form(StrEnum):
    """How much a check asks; a trial of one's device asks for nothing but a look."""

    SHORT = "short"
    LONG = "long"
    ENROL = "enrol"
    STEP_UP = "step_up"
    TRIAL = "trial"


ACTIONS = {Form.SHORT: 1, Form.LONG: 2, Form.ENROL: 3, Form.STEP_UP: 3, Form.TRIAL: 0}
"""How many actions each form asks. None but a trial is without: a program that tints a still photograph in time follows every flash, and no action."""

WITHOUT_COLOURS = frozenset({Form.SHORT, Form.TRIAL})


@dataclass(frozen=True, slots=True)
class Plan:
    """What one attempt asks, in order; `pauses_ms` are waited before each action, in milliseconds. No page may learn it ahead."""

    form: Form
    colours: tuple[Colour, ...]
    actions: tuple[Action, ...]
    pauses_ms: tuple[int, ...]


def draw(
    form: Form, available: Sequence[Action], thresholds: Thresholds, chance: Chance, *, without_flash: bool = False
) -> Plan:
    """Return what an attempt asks, of the actions that can be judged; without flash where people have arranged it, and then every action in its place.

    A blink is never asked alone. Where fewer actions can be judged than the form asks, all of them are asked.
    """
    has_colours = form not in WITHOUT_COLOURS
    colours = draw_colours(thresholds.flash_colours, chance) if has_colours and not without_flash else ()
    count = len(Action) if has_colours and without_flash else ACTIONS[form]
    actions = _actions(count, available, chance)
    spread_ms = thresholds.pause_most_ms - thresholds.pause_least_ms
    pauses_ms = tuple(thresholds.pause_least_ms + int(chance() * (spread_ms + 1)) for _ in actions)
    return Plan(form, colours, actions, pauses_ms)


def draw_colours(count: int, chance: Chance) -> tuple[Colour, ...]:
    """Return colours of which no neighbours are equal, each such sequence as likely as any other."""
    drawn: list[Colour] = []
    for _ in range(count):
        drawn.append(_pick([colour for colour in Colour if colour not in drawn[-1:]], chance))
    return tuple(drawn)


def draw_decoys(thresholds: Thresholds, chance: Chance) -> tuple[tuple[Colour, ...], ...]:
    """Return the sequences that a flash is compared with, drawn as it was drawn itself."""
    return tuple(draw_colours(thresholds.flash_colours, chance) for _ in range(thresholds.flash_decoys))


def _actions(count: int, available: Sequence[Action], chance: Chance) -> tuple[Action, ...]:
    left = [action for action in dict.fromkeys(available) if count > 1 or action is not Action.BLINK]
    drawn: list[Action] = []
    while left and len(drawn) < count:
        drawn.append(_pick(left, chance))
        left.remove(drawn[-1])
    return tuple(drawn)


def _pick[T](options: Sequence[T], chance: Chance) -> T:
    return options[int(chance() * len(options))]
