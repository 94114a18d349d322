"""The wider demonstration hides what a supervisor should find, and learns and answers like people otherwise (clause M6)."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from jiangxue.accounts.models import Account
from jiangxue.assessment.models import Attempt
from jiangxue.courseware.models import Lesson
from jiangxue.courseware.rules.content import Purpose
from jiangxue.courseware.services import create_course
from jiangxue.enrolment.models import TrainingClass
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.kernel.zone import LEARNING_ZONE
from jiangxue.learning.models import StudySession
from jiangxue.learning.queries.anomalies import anomalies
from jiangxue.learning.queries.periods import week_until
from jiangxue.learning.rules.anomalies import AnomalyKind
from jiangxue.organisations.models import Organisation
from jiangxue.project.demonstration.acting import Days
from jiangxue.project.demonstration.seed import seed, seed_staff
from jiangxue.project.demonstration.wider.classes import AT_WORK, RUNNING, Held, places_of, seed_classes
from jiangxue.project.demonstration.wider.weeks import (
    AT_MACHINE_SPEED,
    AT_NIGHT,
    AT_ONCE,
    IN_ONE_SECOND,
    has_weeks,
    make_weeks,
)
from tests.factories import classes
from tests.factories.questions import question
from tests.urls import url_of

DAYS = Days(datetime(2026, 11, 25, 5, tzinfo=UTC))
HOT = "JIANGXUE_HOT_DATABASE_URL"
SMALL = (replace(RUNNING, size=8), replace(AT_WORK, size=8))


@pytest.fixture
def weeks(committed_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make two of the classes with eight people each, whose courses are short documents with tests."""
    monkeypatch.setenv(HOT, url_of(os.environ[HOT], committed_database))
    seed(now=DAYS.opened)
    seed_staff(now=DAYS.opened)
    for held in SMALL:
        _course(held)
    seed_classes(SMALL, now=DAYS.now)
    make_weeks(SMALL, days=DAYS, report=lambda _: None)


def test_what_is_hidden_is_found(weeks: None) -> None:
    """One test for three facts: the weeks take half a minute to make."""
    assert has_weeks()
    assert_found()
    assert_nights()
    assert set(Attempt.objects.values_list("passed", flat=True)) == {True, False}


def _course(held: Held) -> None:
    of = Organisation.objects.get(name=held.institution)
    author = Account.objects.get(login_name=held.taught.editor)
    course = create_course(institution_id=of.pk, title=held.taught.course.title, summary="", modules=[])
    classes.add_lessons(course, ["第一课", "第二课"], lesson_ms=720_000)
    for lesson in Lesson.objects.filter(course=course):
        for number in range(3):
            question(lesson, author, DAYS.ago(29), f"第 {number} 题", purpose=Purpose.TEST)
    classes.published(course, DAYS.ago(28))


def assert_found() -> None:
    found = {(code, kind): numbers for code in (RUNNING.code, AT_WORK.code) for kind, numbers in _anomalies(code)}
    assert found[RUNNING.code, AnomalyKind.SHARED_DEVICE] == set(AT_ONCE)
    assert found[RUNNING.code, AnomalyKind.QUICK_ANSWERS] == {AT_MACHINE_SPEED}
    assert found[AT_WORK.code, AnomalyKind.STARTS_TOGETHER] == set(IN_ONE_SECOND)
    assert found[AT_WORK.code, AnomalyKind.STEADY_ANSWERS] <= set(IN_ONE_SECOND)


def _anomalies(code: str) -> list[tuple[AnomalyKind, set[int]]]:
    watched = TrainingClass.objects.get(code=code)
    numbers = {place.learner_id: number for number, place in enumerate(places_of(_held(code)))}
    viewer = Viewer(0, Role.INSTITUTION_ADMINISTRATOR, watched.institution_id)
    found = anomalies(viewer, watched.pk, week_until(learning_day(DAYS.now)), DAYS.now)
    kinds = {each.kind for each in found}
    return [(kind, {numbers[who] for each in found if each.kind is kind for who in each.learners}) for kind in kinds]


def _held(code: str) -> Held:
    return next(held for held in SMALL if held.code == code)


def assert_nights() -> None:
    """Whoever learns at three has done so for nine nights in a row."""
    opened = StudySession.objects.filter(enrolment=places_of(SMALL[0])[AT_NIGHT]).values_list("opened_at", flat=True)
    hours = [at.astimezone(LEARNING_ZONE).hour for at in opened]
    assert hours == [3] * 9
    assert max(opened) - min(opened) < timedelta(days=9)
