"""Lessons that are planned at the same moment, each on a connection of its own (clause T7)."""

from datetime import timedelta

import pytest

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.rules.content import Mode
from jiangxue.enrolment.models import PlanItem
from jiangxue.enrolment.rules.plan import ItemDraft
from jiangxue.enrolment.services.plan import add_item
from tests.at_once import at_once
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import classroom

TOMORROW = MORNING + timedelta(days=1)


@pytest.mark.clause("T7")
@pytest.mark.usefixtures("committed_database")
def test_lessons_of_one_teacher_planned_at_once_in_two_classes_are_one() -> None:
    here, there = classroom(MORNING), classroom(MORNING)
    there.training_class.teachers.create(teacher=here.head_teacher)
    draft = ItemDraft(
        mode=Mode.LIVE,
        title="答疑",
        hours=200,
        place="https://live.example.cn/7",
        teacher_id=here.head_teacher.pk,
        starts_at=TOMORROW,
        ends_at=TOMORROW + timedelta(minutes=90),
    )
    acts = [
        lambda room=room: add_item(
            people.viewer(room.head_teacher), room.training_class.pk, draft, by=PROGRAM, now=MORNING
        )
        for room in (here, there)
    ]
    assert at_once(*acts * 4) == ["UnfitItem"] * 7 + ["done"]
    assert PlanItem.objects.count() == 1
