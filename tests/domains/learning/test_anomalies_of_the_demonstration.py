"""The demonstration's weeks, learned over the real hot path, show the facts that were put into them, and of nobody else (clause M6)."""

import os
from datetime import UTC, datetime

import pytest

from jiangxue.accounts.models import Account
from jiangxue.enrolment.models import TrainingClass
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.queries.anomalies import anomalies
from jiangxue.learning.queries.periods import week_until
from jiangxue.learning.rules.anomalies import AnomalyKind
from jiangxue.project.demonstration.history import make_history
from jiangxue.project.demonstration.seed import QUICK_CODE, demonstration_course, seed, seed_classes
from tests.factories import classes
from tests.urls import url_of

NOW = datetime(2026, 11, 25, 5, tzinfo=UTC)
HOT = "JIANGXUE_HOT_DATABASE_URL"


@pytest.mark.clause("M6")
def test_two_who_share_a_device_and_answers_too_quick_are_found_and_nobody_else(
    committed_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOT, url_of(os.environ[HOT], committed_database))
    seed(now=NOW)
    classes.add_lessons(demonstration_course(), [f"第 {number} 课" for number in range(4)], lesson_ms=360_000)
    classes.published(demonstration_course(), NOW)
    seed_classes(now=NOW)
    make_history(now=NOW, report=lambda _: None)
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
