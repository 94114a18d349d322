"""What a check asks: wording, options and their order are drawn anew for each prompt. Clause T2.6."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.kernel.ids import Chance
from jiangxue.learning.rules.checks import CheckKind

OPTIONS = 6
"""Pressing at random passes one in six prompts."""

_NEAR = (-3, -2, -1, 1, 2, 3, 4)
"""How far wrong sums lie from the right one."""

CONFIRM_WORDINGS = (
    gettext_lazy("Please press “%(name)s”."),
    gettext_lazy("Which one says “%(name)s”? Please press it."),
    gettext_lazy("Find “%(name)s” and press it."),
    gettext_lazy("To go on learning, please press “%(name)s”."),
)
GROUPS: tuple[tuple[str | Promise, tuple[str | Promise, ...]], ...] = (
    (
        gettext_lazy("a tool"),
        (
            gettext_lazy("hammer"),
            gettext_lazy("screwdriver"),
            gettext_lazy("wrench"),
            gettext_lazy("pliers"),
            gettext_lazy("saw"),
        ),
    ),
    (
        gettext_lazy("a fruit"),
        (
            gettext_lazy("apple"),
            gettext_lazy("banana"),
            gettext_lazy("grape"),
            gettext_lazy("watermelon"),
            gettext_lazy("peach"),
        ),
    ),
    (
        gettext_lazy("an animal"),
        (
            gettext_lazy("horse"),
            gettext_lazy("rabbit"),
            gettext_lazy("tiger"),
            gettext_lazy("goldfish"),
            gettext_lazy("swallow"),
        ),
    ),
    (
        gettext_lazy("a vehicle"),
        (
            gettext_lazy("bicycle"),
            gettext_lazy("bus"),
            gettext_lazy("train"),
            gettext_lazy("ship"),
            gettext_lazy("aeroplane"),
        ),
    ),
    (
        gettext_lazy("a piece of furniture"),
        (
            gettext_lazy("table"),
            gettext_lazy("chair"),
            gettext_lazy("bed"),
            gettext_lazy("wardrobe"),
            gettext_lazy("bookshelf"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Question:
    """A course question that may be asked: its id, its text, its options and which of them is right."""

    id: int
    text: str
    options: Sequence[str]
    right: int


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as it is shown and kept; `right` is the index of the right option, `question` the course question asked, if any."""

    text: str
    options: list[str]
    right: int
    question: int | None = None

    def to_values(self) -> dict[str, object]:
        """Return it as a JSON object."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class FacePrompt:
    """What a check of the face asks: how much, drawn once, so that no second attempt asks for less."""

    is_long: bool

    def to_values(self) -> dict[str, object]:
        """Return it as a JSON object like that of other prompts."""
        return {"text": "", "options": [], "is_long": self.is_long}


def prompt_for(kind: CheckKind, questions: Sequence[Question], chance: Chance) -> Prompt:
    """Draw a prompt of a kind; a course question needs `questions`."""
    match kind:
        case CheckKind.CONFIRM:
            return _confirm(chance)
        case CheckKind.SIMPLE_QUESTION:
            return _odd_one(chance) if chance() < 0.5 else _sum(chance)
        case CheckKind.COURSE_QUESTION:
            question = _one_of(questions, chance)
            options = list(question.options)
            return _laid_out(question.text, options, options[question.right], chance, question.id)
        case CheckKind.FACE:
            raise ValueError("a check of the face asks no question")


def _confirm(chance: Chance) -> Prompt:
    """Ask for one named option among several."""
    everything = [name for _group, members in GROUPS for name in members]
    names = [str(name) for name in _shuffled(everything, chance)[:OPTIONS]]
    return _laid_out(str(_one_of(CONFIRM_WORDINGS, chance)) % {"name": names[0]}, names, names[0], chance)


def _odd_one(chance: Chance) -> Prompt:
    """Ask for the one member of a group among members of another."""
    (wanted, members), (_other, others) = _shuffled(GROUPS, chance)[:2]
    right = str(_one_of(members, chance))
    wrong = [str(each) for each in _shuffled(others, chance)[: OPTIONS - 1]]
    return _laid_out(_("Which of these is %(group)s?") % {"group": wanted}, [right, *wrong], right, chance)


def _sum(chance: Chance) -> Prompt:
    """Ask for a sum that everybody does in their head."""
    first, second = 2 + int(chance() * 8), 1 + int(chance() * 9)
    right = first + second
    others = [right + by for by in _shuffled([by for by in _NEAR if right + by > 0], chance)[: OPTIONS - 1]]
    text = _("How much is %(first)d + %(second)d?") % {"first": first, "second": second}
    return _laid_out(text, [str(each) for each in (right, *others)], str(right), chance)


def _laid_out(text: str, options: Sequence[str], right: str, chance: Chance, question: int | None = None) -> Prompt:
    shuffled = _shuffled(options, chance)
    return Prompt(text, shuffled, shuffled.index(right), question)


def _one_of[T](things: Sequence[T], chance: Chance) -> T:
    return things[int(chance() * len(things))]


def _shuffled[T](things: Sequence[T], chance: Chance) -> list[T]:
    order = sorted((chance(), at) for at in range(len(things)))
    return [things[at] for _drawn, at in order]
