"""The page of a settlement warns of faces, carries what it warned of, and leads supervisors to a case (clauses T3.1, C3, M6)."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.archive.models import SettlementReview
from jiangxue.audit.services import PROGRAM
from jiangxue.facecheck.services.templates import forget_face
from jiangxue.kernel.clock import HandClock
from jiangxue.supervision.models import Case
from tests.factories.cases import GROUNDS, QUESTION
from tests.factories.classes import Classroom, classroom
from tests.factories.enrolled_faces import DIFFERS, compared
from tests.factories.face_cases import faces_checked
from tests.factories.face_cases import head as head_of
from tests.factories.facing import enrolled
from tests.portals.clients import main_in, main_of, supervisor

pytestmark = pytest.mark.clause("T3.1", "C3", "M6")


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return faces_checked(classroom(clock.now(), lesson_ms=3_600_000), clock)


def page_of(room: Classroom, portal: str = "institution") -> str:
    return f"/{portal}/classes/{room.training_class.pk}/settlement/"


def seen_on(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_a_page_from_before_the_word_is_shown_again_with_the_warning(
    room: Classroom, clock: HandClock, head: Client, second: Client
) -> None:
    compared(head_of(room), room, clock)
    room.training_class.refresh_from_db()
    clock.at = room.training_class.term.closes_at + timedelta(hours=1)
    head.post(f"{page_of(room)}propose/")
    said = {"ordinal": "1", "decision": "confirm", "text": "", "seen": seen_on(main_of(second, page_of(room)))}
    assert said["seen"] == ""
    forget_face(room.learner.pk, by=PROGRAM, now=clock.now())
    enrolled(room.learner, clock.now())
    compared(head_of(room), room, clock, DIFFERS)
    answer = second.post(f"{page_of(room)}review/", said)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "您打开本页后，有人核对了登记的人脸" in page
    assert "与证件不相符" in main_in(page)
    assert not SettlementReview.objects.exists()
    second.post(f"{page_of(room)}review/", {**said, "seen": seen_on(page)})
    assert SettlementReview.objects.get().confirms


def test_a_supervisor_opens_a_case_from_the_warning(room: Classroom, clock: HandClock, head: Client) -> None:
    compared(head_of(room), room, clock, DIFFERS)
    officer = supervisor("4401", clock)
    page = main_of(officer, page_of(room, "region"))
    found = re.search(r'href="([^"]+/case/\?from=enrolled_face)"', page)
    assert found is not None
    assert "/case/" not in main_of(head, page_of(room))
    said = {"reason": "face", "first_day": "", "last_day": "", "grounds": GROUNDS, "question": QUESTION}
    officer.post(found[1], said)
    assert Case.objects.get().source == "enrolled_face"
