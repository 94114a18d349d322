"""Opening classes and enrolling."""

import os

import psycopg
import pytest
from django.db import IntegrityError, transaction
from psycopg.conninfo import make_conninfo

from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import Course
from jiangxue.courseware.services.versions import show_no_more
from jiangxue.enrolment.services import adopt_version, enrol
from jiangxue.kernel.viewer import Role
from jiangxue.ledger.models import SubjectKey
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.archives import events_of
from tests.factories.classes import Classroom, classroom, published


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
    assert {event["kind"] for event in events_of(room.enrolment.aid)} == {"enrolment.opened", "enrolment.described"}


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


@pytest.mark.clause("T8.1")
def test_an_archive_says_whose_it_is_and_what_is_taught(db: None) -> None:
    room = classroom(MORNING)
    (said,) = [event["data"] for event in events_of(room.enrolment.aid) if event["kind"] == "enrolment.described"]
    number = said["learner"]["masked_number"]
    assert said["learner"]["name"] == room.learner.name
    assert (said["learner"]["id_type"], len(number), number.count("*")) == ("resident", 18, 14)
    assert said["class"]["name"] == room.training_class.name
    assert said["institution"]["name"] == room.institution.name
    assert said["course"]["sha256"] == room.training_class.version.sha256
    lessons = [lesson for module in said["outline"] for lesson in module["lessons"]]
    assert [lesson["lesson"] for lesson in lessons] == [lesson.pk for lesson in room.lessons]


@pytest.mark.clause("T8.1")
def test_a_class_that_adopts_a_version_is_described_anew_in_each_archive(db: None) -> None:
    room = classroom(MORNING)
    show_no_more(course_id=room.training_class.course_id, now=MORNING)
    newer = published(room.training_class.course, MORNING)
    viewer = people.viewer(people.account((Role.INSTITUTION_ADMINISTRATOR, room.institution.pk), now=MORNING))
    adopt_version(viewer=viewer, class_id=room.training_class.pk, by=PROGRAM, now=MORNING)
    said = [event["data"] for event in events_of(room.enrolment.aid) if event["kind"] == "enrolment.described"]
    assert newer.pk in {each["course"]["version"] for each in said}
