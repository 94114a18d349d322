"""Who is on a roster and has never been here gets in alone, and is asked for consent like everybody (clauses C3, M1, M2)."""

import re

import pytest
from django.test import Client

from jiangxue.accounts.queries.consents import has_agreed
from jiangxue.accounts.rules.consents import PURPOSES, Purpose
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.services.admitting import Admitted, WrittenDown
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.services import enrol
from jiangxue.enrolment.services.admitting import learners_written_down
from jiangxue.kernel.clock import HandClock
from tests.factories.archives import events_of
from tests.factories.classes import Classroom
from tests.factories.registering import FROM

NUMBER, PHONE, PASSWORD = "11010519491231002X", "13900002222", "Dengdai2026"
WANG = WrittenDown("王建国", IdType.RESIDENT, NUMBER, PHONE)


@pytest.fixture
def account_id(room: Classroom, clock: HandClock) -> int:
    """Return the account of somebody on the roster of a class."""
    (made,) = learners_written_down([WANG], institution_id=room.institution.pk, by=FROM, now=clock.now())
    assert isinstance(made, Admitted)
    enrol(class_id=room.training_class.pk, learner_id=made.account_id, now=clock.now())
    return made.account_id


def _shown_code(page: str) -> str:
    found = re.search(r'class="code figure">([0-9]{6})<', page)
    assert found is not None
    return found[1]


@pytest.mark.clause("C3", "M1", "M2")
def test_the_first_password_is_set_from_the_sign_in_and_learning_begins_with_consent(
    room: Classroom, account_id: int
) -> None:
    browser = Client()
    assert "由机构报名、首次登录" in browser.get("/sign-in/").content.decode()
    sent = browser.post("/recover/", {"phone": PHONE, "step": "send"}).content.decode()
    claim = {"phone": PHONE, "code": _shown_code(sent), "number_end": "31002X", "step": "finish"}
    done = browser.post("/recover/", {**claim, "new_password": PASSWORD, "new_password_again": PASSWORD})
    assert done.status_code == 302
    assert browser.post("/sign-in/", {"identifier": NUMBER, "password": PASSWORD}).status_code == 302
    home = browser.get("/learn/", follow=True)
    assert "/learn/consents/agree/" in home.redirect_chain[-1][0]
    assert not has_agreed(account_id, Purpose.PROCESSING)


def test_who_registers_finds_the_class_there_and_the_archive_knows_what_was_agreed(
    room: Classroom, account_id: int, clock: HandClock
) -> None:
    browser = Client()
    who = {"name": "王建国", "id_type": "resident", "id_number": NUMBER, "phone": PHONE}
    agreed = {"agree": "on", "version_processing": str(PURPOSES[Purpose.PROCESSING].version), "version_phone": "1"}
    sent = browser.post("/register/", {**who, **agreed, "step": "send"}).content.decode()
    secrets = {"code": _shown_code(sent), "new_password": PASSWORD, "new_password_again": PASSWORD}
    done = browser.post("/register/", {**who, **agreed, **secrets, "step": "finish"}, follow=True)
    assert room.training_class.name in done.content.decode()
    kinds = {event["kind"] for event in events_of(Enrolment.objects.get(learner_id=account_id).aid)}
    assert {"consent.given", "identity.verified"} <= kinds
