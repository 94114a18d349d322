"""Whoever worked on a course before there were reviews has a part in it, and does not review it (clauses T1.4, M6)."""

from importlib import import_module

import pytest
from django.db import connection

from jiangxue.courseware.models import Contributor
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.review.errors import MayNotReview
from tests.factories import people, uploads
from tests.factories.courses import Desk, desk, signed, submitted
from tests.factories.questions import question
from tests.refusals import refusal_of

MIGRATION = import_module("jiangxue.courseware.migrations.0004_versions")


@pytest.fixture
def at(db: None, clock: HandClock) -> Desk:
    return desk(clock.now())


@pytest.mark.clause("M6")
@pytest.mark.parametrize("work", ["file", "question"])
def test_the_migration_names_authors_of_files_and_questions(at: Desk, clock: HandClock, work: str) -> None:
    author = people.account((Role.INSTITUTION_ADMINISTRATOR, at.institution.pk), now=clock.now())
    if work == "file":
        media = uploads.document("made/old/1")
        uploads.kept(at.course, author, clock.now(), state="ready", kind="pdf", finished_at=clock.now(), media=media)
    else:
        question(at.lessons[0], author, clock.now())
    assert not Contributor.objects.filter(account=author).exists()
    with connection.cursor() as cursor:
        cursor.execute(MIGRATION.CONTRIBUTORS)
    assert Contributor.objects.get(account=author).since == clock.now()
    version = submitted(at, clock.now())
    assert refusal_of(lambda: signed(author, version, clock.now())) is MayNotReview
