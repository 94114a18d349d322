"""Promises of institution and learner: by which text, once, and in the archive."""

import pytest
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.archive.queries.dossiers import records_and_dossier
from jiangxue.assessment.services import begin_attempt
from jiangxue.enrolment.errors import NotInClass, PromiseNotSigned, PromiseTextChanged
from jiangxue.enrolment.models import Enrolment, Promise
from jiangxue.enrolment.queries.promises import is_due, text_of
from jiangxue.enrolment.rules.promises import Party
from jiangxue.enrolment.services.promises import sign_as_learner
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.errors import NotPromised
from jiangxue.learning.services.opening import OpeningRequest, open_session
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import classroom
from tests.factories.openings import actor, office, opened
from tests.portals.clients import client_of, main_of
from tests.refusals import refusal_of


@pytest.fixture
def place(db: None, clock: HandClock) -> Enrolment:
    """Return a place in a class that came of an application, whose learner has agreed to the processing."""
    found = opened(office(clock.now()), clock.now()).enrolments.order_by("pk")[0]
    people.agree(Account.objects.get(pk=found.learner_id), clock.now())
    return found


def sign(place: Enrolment, version: int = 1) -> Promise:
    learner = Account.objects.get(pk=place.learner_id)
    return sign_as_learner(
        viewer=people.viewer(learner), class_id=place.training_class_id, version=version, by=actor(learner), now=MORNING
    )


def lesson_of(place: Enrolment) -> int:
    return int(place.training_class.version.lessons.order_by("position")[0].lesson_id)


def wanted(place: Enrolment) -> OpeningRequest:
    learner = Account.objects.get(pk=place.learner_id)
    return OpeningRequest(
        place.training_class_id, lesson_of(place), "0" * 32, "手机", None, False, learner.password_changed_at
    )


@pytest.mark.clause("C1", "C5")
def test_nothing_is_learned_before_the_promise(place: Enrolment, clock: HandClock) -> None:
    learner = people.viewer(Account.objects.get(pk=place.learner_id))
    opening = lambda: open_session(learner, wanted(place), clock=clock, chance=lambda: 0.5)  # noqa: E731
    assert refusal_of(opening) is NotPromised
    beginning = lambda: begin_attempt(  # noqa: E731
        viewer=learner, class_id=place.training_class_id, lesson_id=lesson_of(place), clock=clock, chance=lambda: 0.5
    )
    assert refusal_of(beginning) is PromiseNotSigned


@pytest.mark.clause("T8.1")
def test_a_promise_is_kept_once_and_stands_in_the_archive(place: Enrolment) -> None:
    first = sign(place)
    assert sign(place) == first
    _records, dossier = records_and_dossier(place.aid)
    signed = {promised.party: promised.sha256 for promised in dossier.promises}
    assert signed == {party.value: text_of(party).sha256 for party in Party}
    assert not dossier.unread
    assert not is_due(place)


def test_another_text_than_the_one_shown_is_not_signed(place: Enrolment) -> None:
    with pytest.raises(PromiseTextChanged):
        sign(place, version=2)
    assert is_due(place)


def test_nobody_signs_for_a_class_of_others(place: Enrolment) -> None:
    stranger = people.account(now=MORNING)
    with pytest.raises(NotInClass):
        sign_as_learner(
            viewer=people.viewer(stranger),
            class_id=place.training_class_id,
            version=1,
            by=actor(stranger),
            now=MORNING,
        )


def test_a_class_without_an_application_asks_for_none(db: None) -> None:
    assert not is_due(classroom(MORNING).enrolment)


def browser(place: Enrolment) -> Client:
    return client_of(Account.objects.get(pk=place.learner_id))


def test_the_first_lesson_leads_to_the_promise_and_back(place: Enrolment) -> None:
    learner = browser(place)
    lesson = f"/learn/classes/{place.training_class_id}/lessons/{lesson_of(place)}/"
    promise = f"/learn/classes/{place.training_class_id}/promise/"
    asked = learner.get(lesson)
    assert asked["Location"].startswith(promise)
    assert "学员承诺书" in main_of(learner, asked["Location"])
    done = learner.post(promise, {"version": "1", "next": lesson})
    assert done["Location"] == lesson
    assert learner.get(lesson).status_code == 200
    assert "已存入电子档案" in main_of(learner, promise)


def test_the_page_of_the_class_says_that_the_promise_is_due(place: Enrolment) -> None:
    page = f"/learn/classes/{place.training_class_id}/"
    assert "请先阅读并签署" in main_of(browser(place), page)
    sign(place)
    assert "我的承诺书" in main_of(browser(place), page)


@pytest.mark.parametrize("version", ["", "9", "x"])
def test_an_old_or_broken_form_signs_nothing(place: Enrolment, version: str) -> None:
    response = browser(place).post(f"/learn/classes/{place.training_class_id}/promise/", {"version": version})
    assert response.status_code in {400, 409}
    assert not Promise.objects.filter(party="learner").exists()


def test_a_foreign_address_is_not_gone_to_afterwards(place: Enrolment) -> None:
    address = f"/learn/classes/{place.training_class_id}/promise/"
    response = browser(place).post(address, {"version": "1", "next": "https://example.com/"})
    assert response["Location"] == "/learn/"


def test_strangers_and_plain_classes_have_no_promise(place: Enrolment, clock: HandClock) -> None:
    room = classroom(clock.now())
    assert client_of(room.learner).get(f"/learn/classes/{place.training_class_id}/promise/").status_code == 404
    assert client_of(room.learner).get(f"/learn/classes/{room.training_class.pk}/promise/").status_code == 404
