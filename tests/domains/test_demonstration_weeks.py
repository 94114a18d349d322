"""The demonstration's weeks, learned over the real hot path, show what was put into them, and nothing else (clause M6)."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from jiangxue.accounts.models import Account
from jiangxue.enrolment.models import TrainingClass
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.queries.anomalies import anomalies
from jiangxue.learning.queries.periods import week_until
from jiangxue.learning.rules.anomalies import AnomalyKind
from jiangxue.project.demonstration.history import make_history
from jiangxue.project.demonstration.ratings import OPINIONS, seed_ratings
from jiangxue.project.demonstration.seed import QUICK_CODE, demonstration_course, seed, seed_classes
from jiangxue.project.demonstration.words import seed_words
from jiangxue.rating.models import CourseRating, RatingChange
from tests.factories import classes
from tests.urls import url_of

NOW = datetime(2026, 11, 25, 5, tzinfo=UTC)
HOT = "JIANGXUE_HOT_DATABASE_URL"


@pytest.fixture
def weeks(committed_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the demonstration with a short course."""
    monkeypatch.setenv(HOT, url_of(os.environ[HOT], committed_database))
    seed(now=NOW)
    classes.add_lessons(demonstration_course(), [f"第 {number} 课" for number in range(6)], lesson_ms=360_000)
    classes.published(demonstration_course(), NOW - timedelta(days=24))
    seed_classes(now=NOW)
    make_history(now=NOW, report=lambda _: None)


@pytest.mark.clause("M6")
def test_the_weeks_show_what_was_put_into_them(weeks: None) -> None:
    """One test for two facts: the weeks take half a minute to make."""
    assert_two_share_a_device_and_one_answers_too_quickly()
    assert_those_who_finished_rate_and_one_comment_waits()


def assert_two_share_a_device_and_one_answers_too_quickly() -> None:
    names = dict(Account.objects.values_list("pk", "login_name"))
    found = {
        (watched.code, each.kind, tuple(names[learner] for learner in each.learners))
        for watched in TrainingClass.objects.all()
        for each in anomalies(
            Viewer(0, Role.INSTITUTION_ADMINISTRATOR, watched.institution_id),
            watched.pk,
            week_until(learning_day(NOW)),
            NOW,
        )
    }
    assert found == {
        (QUICK_CODE, AnomalyKind.SHARED_DEVICE, ("learner13", "learner14")),
        (QUICK_CODE, AnomalyKind.QUICK_ANSWERS, ("learner15",)),
        (QUICK_CODE, AnomalyKind.STEADY_ANSWERS, ("learner15",)),
    }


def assert_those_who_finished_rate_and_one_comment_waits() -> None:
    seed_words(now=NOW)
    said: list[str] = []
    for _ in range(2):
        seed_ratings(now=NOW, report=said.append)
    assert said == []
    assert CourseRating.objects.count() == len(OPINIONS)
    assert "★微★" in CourseRating.objects.get(standing="held").comment
    assert RatingChange.objects.count() == 1
