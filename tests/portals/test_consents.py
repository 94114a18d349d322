"""The learner is asked before learning, each purpose by itself, and withdraws as easily as they agree (clause M2)."""

import pytest
from django.test import Client

from jiangxue.accounts.models import Account, Consent
from jiangxue.accounts.queries.consents import has_agreed
from jiangxue.accounts.rules.consents import PURPOSES, Purpose
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import StudySession
from jiangxue.ledger.models import Payload
from jiangxue.rating.models import CourseRating
from tests.attacks.client import Page
from tests.attacks.transports import post_through
from tests.factories import people
from tests.factories.classes import Classroom
from tests.factories.ratings import another, finished, rated
from tests.portals.clients import client_of, main_in, main_of

pytestmark = pytest.mark.clause("M2")
AGREE = "/learn/consents/agree/"


@pytest.fixture
def newcomer(room: Classroom, clock: HandClock) -> Account:
    """Return a learner of the class who has not been asked yet."""
    who = people.undecided(clock.now(), name="王秀英")
    enrol(class_id=room.training_class.pk, learner_id=who.pk, now=clock.now())
    return who


@pytest.fixture
def browser(newcomer: Account) -> Client:
    return client_of(newcomer)


def _answers(said: str = "agree", **optional: str) -> dict[str, str]:
    versions = {f"version-{purpose}": str(asked.version) for purpose, asked in PURPOSES.items()}
    return {"said": said, "phone": "agree", "comments": "decline", **versions, **optional}


def _lesson(room: Classroom) -> str:
    return f"/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/"


def _payloads(aid: object) -> int:
    return Payload.objects.filter(aid=aid).count()


def test_who_has_not_agreed_is_asked_first_and_comes_to_the_wanted_page(room: Classroom, browser: Client) -> None:
    wanted = f"{_lesson(room)}?from=home"
    led = browser.get(wanted, follow=True)
    assert led.redirect_chain[0][0].startswith(AGREE)
    page = main_in(led.content.decode())
    assert "个人信息处理规则" in page
    hidden = page.split('name="next" value="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    assert browser.post(AGREE, {**_answers(), "next": hidden}).url == wanted
    assert browser.get(wanted).status_code == 200


def test_nothing_is_chosen_beforehand_and_both_answers_weigh_the_same(browser: Client) -> None:
    page = main_of(browser, AGREE)
    assert "checked" not in page
    for purpose in ("phone", "comments"):
        assert page.count(f'name="{purpose}" value="agree"') == page.count(f'name="{purpose}" value="decline"') == 1


@pytest.mark.parametrize("path", ["", "classes/{}/", "classes/{}/rating/"])
def test_pages_of_learning_wait_for_the_consent(room: Classroom, browser: Client, path: str) -> None:
    assert browser.get(f"/learn/{path.format(room.training_class.pk)}").url.startswith(AGREE)


@pytest.mark.parametrize("path", ["/profile/", "/learn/records/", "/learn/appeals/", "/learn/consents/", "/courses/"])
def test_own_data_and_what_is_public_do_not_wait(browser: Client, path: str) -> None:
    assert browser.get(path).status_code == 200


def test_signing_out_does_not_wait(browser: Client) -> None:
    assert browser.post("/sign-out/").url == "/sign-in/"


def test_an_optional_purpose_is_to_be_answered_not_agreed_to(browser: Client, newcomer: Account) -> None:
    answer = browser.post(AGREE, _answers(comments="", phone="decline"))
    page = main_in(answer.content.decode())
    assert answer.status_code == 400
    assert "请选择同意或不同意，两者都可以。" in page
    assert page.count("checked") == 1, "what was chosen stays"
    assert not Consent.objects.filter(account=newcomer).exists()


def test_declining_what_is_optional_costs_nothing(room: Classroom, browser: Client, newcomer: Account) -> None:
    browser.post(AGREE, _answers(phone="decline", comments="decline"))
    assert browser.get(_lesson(room)).status_code == 200
    assert not has_agreed(newcomer.pk, Purpose.COMMENTS)
    newcomer.identity.refresh_from_db()
    assert newcomer.identity.phone is None


def test_who_declines_what_learning_needs_is_told_and_keeps_their_data(room: Classroom, browser: Client) -> None:
    declined = browser.post(AGREE, {"said": "decline", "next": _lesson(room)}, follow=True)
    page = main_in(declined.content.decode())
    assert declined.status_code == 200
    assert "您没有同意，暂时不能学习；已有的记录仍可查看和下载。" in page
    assert browser.get(_lesson(room)).url.startswith(AGREE)
    assert browser.get("/learn/records/").status_code == 200


def test_who_has_agreed_is_not_asked_again(room: Classroom, learner: Client) -> None:
    assert learner.get(f"{AGREE}?next=/learn/records/").url == "/learn/records/"


@pytest.mark.parametrize(
    "next_page", ["https://example.org/", "//example.org/", "javascript:alert(1)", "\\\\example.org"]
)
def test_a_consent_leads_nowhere_else(browser: Client, next_page: str) -> None:
    assert browser.post(AGREE, {**_answers(), "next": next_page}).url == "/learn/"


def test_a_text_that_has_changed_meanwhile_is_shown_again(browser: Client, newcomer: Account) -> None:
    answer = browser.post(AGREE, {**_answers(), "version-processing": "0"})
    assert answer.status_code == 409
    assert "文本刚刚更新" in main_in(answer.content.decode())
    assert not Consent.objects.filter(account=newcomer).exists(), "all of it or nothing"


def test_without_consent_no_session_opens_even_past_the_page(room: Classroom, browser: Client) -> None:
    body = {"window": "0" * 32, "take_over": False}
    answer = browser.post(f"{_lesson(room)}open/", body, content_type="application/json")
    assert answer.status_code == 403
    assert "还没有同意个人信息处理规则" in answer.json()["message"]
    assert not StudySession.objects.exists()


def test_without_consent_no_test_begins_even_past_the_page(room: Classroom, browser: Client) -> None:
    url = f"/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/test/begin/"
    assert browser.post(url).url.startswith(AGREE)


def test_withdrawing_ends_what_runs_and_is_one_step(room: Classroom, learner: Client) -> None:
    Page(post_through(learner), f"{_lesson(room)}open/").open()
    done = learner.post("/learn/consents/processing/", {"said": "decline", "version": "2"}, follow=True)
    assert "今后不再记录您的学习" in done.content.decode()
    assert StudySession.objects.get().end_reason == "by_learner"
    assert learner.get(_lesson(room)).url.startswith(AGREE)
    assert learner.post("/learn/consents/processing/", {"said": "agree", "version": "2"}).status_code == 302
    assert learner.get(_lesson(room)).status_code == 200


def test_a_rating_that_is_typed_when_the_consent_goes_is_not_lost(
    room: Classroom, learner: Client, clock: HandClock
) -> None:
    finished(room.enrolment, clock.now())
    learner.post("/learn/consents/processing/", {"said": "decline", "version": "2"})
    answer = learner.post(f"/learn/classes/{room.training_class.pk}/rating/", {"stars": "4", "comment": "讲得清楚"})
    assert answer.status_code == 403
    assert "讲得清楚" in main_in(answer.content.decode())
    assert not CourseRating.objects.exists()


def test_what_is_agreed_and_withdrawn_stands_in_the_archives(room: Classroom, learner: Client) -> None:
    before = _payloads(room.enrolment.aid)
    learner.post("/learn/consents/comments/", {"said": "decline", "version": "1"})
    learner.post("/learn/consents/comments/", {"said": "decline", "version": "1"})
    learner.post("/learn/consents/comments/", {"said": "agree", "version": "1"})
    assert _payloads(room.enrolment.aid) == before + 2


def test_a_withdrawal_hides_the_comment_from_everybody_but_not_the_stars(
    room: Classroom, clock: HandClock, client: Client
) -> None:
    place = another(room.training_class, clock.now(), name="赵强")
    rated(place, clock.now(), 2, "实操太少")
    public = f"/courses/{room.training_class.course_id}/"
    assert "实操太少" in main_of(client, public)
    own = client_of(place.learner)
    own.post("/learn/consents/comments/", {"said": "decline", "version": "1"})
    page = main_of(client, public)
    assert "实操太少" not in page
    assert "1 人评价" in page
    staff = client_of(room.head_teacher)
    assert "实操太少" in main_of(staff, f"/institution/classes/{room.training_class.pk}/ratings/")
    rating = main_of(own, f"/learn/classes/{room.training_class.pk}/rating/")
    assert "只有培训机构和审核人员能看到" in rating
    own.post("/learn/consents/comments/", {"said": "agree", "version": "1"})
    assert "实操太少" in main_of(client, public)


def test_the_list_says_what_was_said_to_each_purpose(browser: Client, learner: Client) -> None:
    assert main_of(learner, "/learn/consents/").count("已同意") == 3
    assert main_of(browser, "/learn/consents/").count("待决定") == 4


def test_an_unknown_purpose_is_no_page_and_nonsense_is_not_heard(learner: Client, room: Classroom) -> None:
    assert learner.get("/learn/consents/voice/").status_code == 404
    for said in ({}, {"said": "perhaps", "version": "1"}, {"said": "agree", "version": "x"}):
        assert learner.post("/learn/consents/comments/", said).status_code == 400
    assert Consent.objects.filter(account=room.learner).count() == 3


def test_consents_are_for_learners(room: Classroom, head: Client) -> None:
    for path in ("/learn/consents/", AGREE, "/learn/consents/phone/", "/learn/my-data/phone/"):
        assert head.get(path).status_code == 403
