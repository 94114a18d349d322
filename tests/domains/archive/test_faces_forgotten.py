"""What is stored of a face goes when nothing is left to confirm, and the archives tell that it was there (clauses T3.3, M2)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from jiangxue.accounts.models import Account
from jiangxue.archive.queries.dossiers import records_and_dossier
from jiangxue.audit.models import AuditEntry
from jiangxue.enrolment.evidence import append_agreements
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.services import enrol
from jiangxue.facecheck.models import EnrolledPicture, FaceAttempt, FacePicture, FaceTemplate
from jiangxue.facecheck.queries.ways import Way, way_of
from jiangxue.kernel.clock import HandClock
from tests.factories.archives import events_of
from tests.factories.classes import classroom, training_class
from tests.factories.facing import enrolled
from tests.factories.lives import Life, life
from tests.factories.settlements import reviewed, settlement
from tests.worlds import Worlds

pytestmark = [pytest.mark.clause("T3.3"), pytest.mark.clause("M2")]


@pytest.fixture
def lived(worlds: Worlds, clock: HandClock) -> Iterator[Life]:
    with worlds.rolled_back(life, clock) as found:
        yield found


def learner_of(lived: Life) -> Account:
    return lived.room.learner


def other_class(lived: Life) -> Enrolment:
    """Give the learner a place in another class, which is not settled."""
    second = training_class(lived.room.institution, now=lived.clock.now())
    return enrol(class_id=second.pk, learner_id=learner_of(lived).pk, now=lived.clock.now())


def told(place: Enrolment, kind: str) -> list[dict[str, object]]:
    return [event["data"] for event in events_of(place.aid) if event["kind"] == kind]


def test_the_settlement_of_the_last_class_deletes_template_and_enrolled_pictures(lived: Life) -> None:
    lived.show_face()
    template = FaceTemplate.objects.get()
    digests = list(template.pictures.values_list("digest", flat=True))
    lived.settle()
    assert not FaceTemplate.objects.exists()
    assert not EnrolledPicture.objects.exists()
    (said,) = told(lived.room.enrolment, "face.forgotten")
    assert said["because"] == "settled"
    assert (said["template"], said["pictures"]) == (template.digest, digests)
    assert AuditEntry.objects.get(action="face.forgotten").object_id == str(learner_of(lived).pk)


def test_what_checks_came_to_stays_with_its_pictures(lived: Life) -> None:
    lived.show_face()
    before = FaceAttempt.objects.count(), FacePicture.objects.count()
    lived.settle()
    assert (FaceAttempt.objects.count(), FacePicture.objects.count()) == before
    assert all(before)
    assert way_of(learner_of(lived).pk) is Way.UNCHOSEN, "whoever comes again enrols anew"


def test_a_class_that_is_still_to_be_settled_keeps_the_template(lived: Life) -> None:
    lived.show_face()
    place = other_class(lived)
    lived.settle()
    assert FaceTemplate.objects.exists()
    assert not told(place, "face.forgotten")


def test_a_class_that_another_institution_has_settled_does_not_keep_it(lived: Life, clock: HandClock) -> None:
    """Whoever settles sees nothing of that institution; the program does."""
    lived.show_face()
    other = classroom(clock.now())
    place = enrol(class_id=other.training_class.pk, learner_id=learner_of(lived).pk, now=clock.now())
    reviewed(settlement(other, clock.now()), clock.now())
    lived.settle()
    assert not FaceTemplate.objects.exists()
    assert [said["because"] for said in told(place, "face.forgotten")] == ["settled"]


def test_a_class_that_the_learner_has_left_does_not_keep_it(lived: Life, clock: HandClock) -> None:
    lived.show_face()
    place = other_class(lived)
    Enrolment.objects.filter(pk=place.pk).update(left_at=clock.now())
    lived.settle()
    assert not FaceTemplate.objects.exists()
    assert [said["because"] for said in told(place, "face.forgotten")] == ["settled"]


def test_a_settlement_of_people_without_stored_faces_says_nothing_of_faces(lived: Life) -> None:
    lived.settle()
    assert not AuditEntry.objects.filter(action="face.forgotten").exists()
    assert not told(lived.room.enrolment, "face.forgotten")


def test_a_place_that_comes_later_learns_of_the_enrolment(lived: Life, clock: HandClock) -> None:
    template = enrolled(learner_of(lived), clock.now())
    clock.advance(60_000)
    place = other_class(lived)
    append_agreements([place], now=clock.now())
    (said,) = told(place, "face.enrolled")
    assert (said["template"], said["attempt"]) == (template.digest, template.attempt_id.hex)
    assert said["pictures"] == [template.pictures.get().digest]
    _, dossier = records_and_dossier(place.aid)
    assert [each.check for each in dossier.faces] == [None]
    assert not dossier.unread


def test_an_archive_that_is_erased_is_told_nothing(lived: Life, clock: HandClock) -> None:
    lived.show_face()
    place = other_class(lived)
    Enrolment.objects.filter(pk=place.pk).update(erased_at=clock.now() + timedelta(days=1))
    lived.settle()
    assert told(lived.room.enrolment, "face.forgotten")
    assert not told(place, "face.forgotten")
