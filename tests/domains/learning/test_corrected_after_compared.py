"""A name that is corrected after a face was held against the document is worth a look (clauses M6, T3.1)."""

from datetime import timedelta

import pytest

from jiangxue.accounts.rules.corrections import CorrectedField, CorrectionDraft, Decision
from jiangxue.accounts.services.corrections import ask_for_correction, decide_correction
from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.queries.anomalies import anomalies
from jiangxue.learning.queries.periods import week_until
from jiangxue.learning.rules.anomalies import AnomalyKind
from tests.factories import people
from tests.factories.appeals import administrator
from tests.factories.classes import Classroom, classroom
from tests.factories.enrolled_faces import DIFFERS, compared
from tests.factories.face_cases import faces_checked, head

pytestmark = pytest.mark.clause("M6", "T3.1")


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return faces_checked(classroom(clock.now()), clock)


def corrected(room: Classroom, clock: HandClock, name: str = "李晓明", *, is_granted: bool = True) -> None:
    clock.at += timedelta(minutes=1)
    draft = CorrectionDraft(CorrectedField.NAME, name, "写错了一个字")
    asked = ask_for_correction(account_id=room.learner.pk, draft=draft, by=PROGRAM, now=clock.now())
    decide_correction(
        viewer=people.viewer(administrator(room, clock)),
        request_id=asked.pk,
        decision=Decision(is_granted=is_granted, reason="已核对证件"),
        by=PROGRAM,
        now=clock.now(),
    )


def found(room: Classroom, clock: HandClock) -> list[AnomalyKind]:
    week = week_until(clock.now().date())
    return [each.kind for each in anomalies(head(room), room.training_class.pk, week, clock.now())]


def test_a_correction_after_the_comparison_is_worth_a_look(room: Classroom, clock: HandClock) -> None:
    compared(head(room), room, clock)
    assert not found(room, clock)
    corrected(room, clock)
    assert found(room, clock) == [AnomalyKind.CORRECTED_AFTER_COMPARED]


def test_one_before_it_is_not_nor_one_that_was_refused(room: Classroom, clock: HandClock) -> None:
    corrected(room, clock)
    clock.at += timedelta(minutes=1)
    compared(head(room), room, clock)
    corrected(room, clock, "李晓敏", is_granted=False)
    assert not found(room, clock)


def test_nor_where_the_face_was_not_the_learners(room: Classroom, clock: HandClock) -> None:
    compared(head(room), room, clock, DIFFERS)
    corrected(room, clock)
    assert found(room, clock) == [AnomalyKind.ENROLMENT_NOT_THE_LEARNER]
