"""Opening classes and enrolling."""

import os

import psycopg
import pytest
from django.db import IntegrityError, transaction
from psycopg.conninfo import make_conninfo

from jiangxue.audit.models import AuditEntry
from jiangxue.courseware.models import Course
from jiangxue.enrolment.services import enrol
from jiangxue.ledger.models import Payload, SubjectKey
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import Classroom, classroom


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


def test_opening_a_class_is_recorded(room: Classroom) -> None:
    entry = AuditEntry.objects.get(action="class.opened")
    assert (entry.object_kind, entry.object_id, entry.at) == ("class", str(room.training_class.pk), MORNING)


@pytest.mark.clause("T8.1")
def test_every_place_in_a_class_has_an_archive_of_its_own(room: Classroom) -> None:
    other = enrol(class_id=room.training_class.pk, learner_id=people.account(now=MORNING).pk, now=MORNING)
    assert other.aid != room.enrolment.aid
    of_course = Course.objects.get().aid
    assert set(SubjectKey.objects.values_list("pk", flat=True)) == {other.aid, room.enrolment.aid, of_course}
    assert Payload.objects.filter(aid=room.enrolment.aid).count() == 1


@pytest.mark.clause("T8.2")
def test_enrolling_is_evidence(committed_database: str) -> None:
    room = classroom(MORNING)
    with psycopg.connect(make_conninfo(os.environ["JIANGXUE_TEST_ADMIN_URL"], dbname=committed_database)) as connection:
        entries = connection.execute("SELECT aid, kind FROM ledger_inboxentry").fetchall()
    assert (room.enrolment.aid, "enrolment.opened") in entries


def test_a_place_that_is_refused_leaves_no_archive_behind(room: Classroom) -> None:
    before = SubjectKey.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        enrol(class_id=room.training_class.pk, learner_id=room.learner.pk, now=MORNING)
    assert SubjectKey.objects.count() == before
