"""Those who have finished the demonstration's course rate it, and one comment waits for a person (clause M6)."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from jiangxue.project.demonstration.history import make_history
from jiangxue.project.demonstration.ratings import OPINIONS, seed_ratings
from jiangxue.project.demonstration.seed import demonstration_course, seed, seed_classes
from jiangxue.project.demonstration.words import seed_words
from jiangxue.rating.models import CourseRating, RatingChange
from tests.factories import classes
from tests.urls import url_of

NOW = datetime(2026, 11, 25, 5, tzinfo=UTC)
HOT = "JIANGXUE_HOT_DATABASE_URL"


@pytest.mark.clause("M6")
def test_the_demonstrations_learners_finish_and_rate(committed_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOT, url_of(os.environ[HOT], committed_database))
    seed(now=NOW)
    classes.add_lessons(demonstration_course(), [f"第 {number} 课" for number in range(6)], lesson_ms=360_000)
    classes.published(demonstration_course(), NOW - timedelta(days=24))
    seed_classes(now=NOW)
    make_history(now=NOW, report=lambda _: None)
    seed_words(now=NOW)
    said: list[str] = []
    for _ in range(2):
        seed_ratings(now=NOW, report=said.append)
    assert said == []
    assert CourseRating.objects.count() == len(OPINIONS)
    assert "★微★" in CourseRating.objects.get(standing="held").comment
    assert RatingChange.objects.count() == 1
