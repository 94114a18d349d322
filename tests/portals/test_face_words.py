"""Every name of the face check has its word, so that no page shows a learner a name of the program."""

from collections.abc import Collection, Mapping

import pytest

from jiangxue.facecheck.queries.ways import Way
from jiangxue.facecheck.rules.actions import Action
from jiangxue.facecheck.rules.camera import Sign
from jiangxue.facecheck.rules.colours import Colour
from jiangxue.facecheck.rules.decision import Code, Reason
from jiangxue.facecheck.rules.drawing import Form
from jiangxue.facecheck.rules.outcomes import AttemptOutcome, Purpose
from jiangxue.learning.rules.facing import Trigger
from jiangxue.learning.services.facing import Why
from jiangxue.ui import faces

ALL: dict[str, tuple[Mapping[str, object], Collection[str]]] = {
    "triggers": (faces.TRIGGERS, list(Trigger)),
    "outcomes of attempts": (faces.ATTEMPT_OUTCOMES, ["", *AttemptOutcome]),
    "purposes": (faces.PURPOSES, list(Purpose)),
    "forms": (faces.FORMS, list(Form)),
    "actions": (faces.ACTIONS, list(Action)),
    "colours": (faces.COLOURS, list(Colour)),
    "findings": (faces.FINDINGS, list(Reason)),
    "codes": (faces.CODES, list(Code)),
    "signs": (faces.SIGNS, list(Sign)),
    "excuses": (faces.UNAVAILABLE, list(Why)),
    "ways": (faces.WAYS, list(Way)),
}


@pytest.mark.parametrize("of", ALL)
def test_every_name_has_its_word_and_no_word_is_left_over(of: str) -> None:
    words, names = ALL[of]
    assert list(words) == [str(name) for name in names]


def test_two_names_of_a_kind_are_told_apart() -> None:
    for words, _ in ALL.values():
        assert len({str(word) for word in words.values()}) == len(words)


def test_a_name_of_an_older_program_stands_for_itself() -> None:
    assert faces.word_of(faces.SIGNS, "three_eyes") == "three_eyes"
