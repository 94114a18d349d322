"""Somebody who wants a test passed without knowing: other people's attempts, forged answers, replays, more tries, a look at the key (clause T0)."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.assessment.models import Attempt
from jiangxue.courseware.models import CourseQuestion
from jiangxue.kernel.clock import HandClock
from tests.conftest import Drawn
from tests.factories import people
from tests.factories.archives import events_of
from tests.factories.assessment import begun, choices, played, submitted, with_test
from tests.factories.classes import Classroom, classroom
from tests.portals.clients import client_of, text_of

MINUTE_MS = 60_000


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now())


@pytest.fixture
def asked(room: Classroom, clock: HandClock) -> list[CourseQuestion]:
    found = with_test(room, clock.now())
    played(room, clock.now())
    return found


@pytest.fixture
def learner(room: Classroom) -> Client:
    return client_of(room.learner)


@pytest.fixture
def attempt(room: Classroom, asked: list[CourseQuestion], clock: HandClock) -> Attempt:
    return begun(room, clock)


def url_of(attempt: Attempt, act: str = "") -> str:
    return f"/learn/attempts/{attempt.pk}/{act}"


def begin_url(room: Classroom, of: Classroom) -> str:
    return f"/learn/classes/{room.training_class.pk}/lessons/{of.lesson.pk}/test/begin/"


def form_of(attempt: Attempt, right: int) -> dict[str, str]:
    return {f"answer-{place}": str(chosen) for place, chosen in choices(attempt, right).items()}


@pytest.mark.clause("T0")
def test_another_learners_attempt_is_nowhere_to_be_found(room: Classroom, attempt: Attempt, clock: HandClock) -> None:
    thief = client_of(classroom(clock.now()).learner)
    assert {
        thief.get(url_of(attempt)).status_code,
        thief.get(url_of(attempt, "result/")).status_code,
        thief.post(url_of(attempt), form_of(attempt, 4)).status_code,
        thief.post(url_of(attempt, "keep/"), form_of(attempt, 4)).status_code,
    } == {404}
    assert Attempt.objects.get().outcome == ""


@pytest.mark.clause("M3")
def test_only_learners_come_to_a_test(room: Classroom, attempt: Attempt) -> None:
    teacher = client_of(room.head_teacher)
    assert {teacher.get(url_of(attempt)).status_code, teacher.post(begin_url(room, room)).status_code} == {403}
    assert Client().post(url_of(attempt), {}).status_code == 302


@pytest.mark.parametrize(
    "forged",
    [
        {"answer-0": "3"},
        {"answer-4": "0"},
        {"answer-99": "0"},
        {"answer-100": "0"},
        {"answer-0": "-1"},
        {"answer-0": "x" * 5000},
        {"answer-0": "２"},
        {"answer-question-7": "2"},
        {"answer-0": ["0", "1"]},
    ],
)
def test_a_forged_answer_is_refused_whole(
    learner: Client, attempt: Attempt, forged: dict[str, str | list[str]]
) -> None:
    response = learner.post(url_of(attempt), {**form_of(attempt, 4), **forged})
    assert response.status_code == 400
    assert "有的答案不属于这次测验" in response.content.decode()
    assert learner.post(url_of(attempt, "keep/"), forged).status_code == 400
    kept = Attempt.objects.get()
    assert kept.outcome == ""
    assert {item.chosen for item in kept.items} == {None}


@pytest.mark.clause("T0")
def test_a_replayed_submission_with_better_answers_changes_nothing(
    room: Classroom, learner: Client, attempt: Attempt
) -> None:
    learner.post(url_of(attempt), form_of(attempt, 1))
    for _ in range(3):
        assert learner.post(url_of(attempt), form_of(attempt, 4)).url == url_of(attempt, "result/")
    kept = Attempt.objects.get()
    assert (kept.score, kept.passed) == (25, False)
    assert [event["kind"] for event in events_of(room.enrolment.aid)].count("test.submitted") == 1


@pytest.mark.clause("T0")
def test_no_more_is_tried_than_the_rule_allows_and_tomorrow_there_is_as_much_again(
    room: Classroom, learner: Client, attempt: Attempt, clock: HandClock
) -> None:
    statuses = []
    for _ in range(5):
        response = learner.post(begin_url(room, room))
        statuses.append(response.status_code)
        if response.status_code == 302:
            running = Attempt.objects.get(outcome="")
            learner.post(url_of(running), form_of(running, 0))
    assert statuses == [302, 302, 302, 409, 409]
    clock.at += timedelta(days=1)
    assert learner.post(begin_url(room, room)).status_code == 302


@pytest.mark.clause("T0")
def test_letting_attempts_lapse_after_a_look_at_the_questions_counts_too(
    room: Classroom, learner: Client, attempt: Attempt, clock: HandClock
) -> None:
    statuses = []
    for _ in range(3):
        clock.advance(61 * MINUTE_MS)
        statuses.append(learner.post(begin_url(room, room)).status_code)
    assert statuses == [302, 302, 409]


@pytest.mark.clause("T0")
def test_a_submission_after_its_time_is_worth_nothing(learner: Client, attempt: Attempt, clock: HandClock) -> None:
    clock.at = attempt.expires_at
    page = learner.post(url_of(attempt), form_of(attempt, 4), follow=True).content.decode()
    assert "没有按时交卷" in page
    kept = Attempt.objects.get()
    assert (kept.outcome, kept.passed) == ("expired", None)


def test_a_lesson_of_another_class_has_no_test_for_this_learner(
    room: Classroom, learner: Client, attempt: Attempt, clock: HandClock
) -> None:
    other = classroom(clock.now())
    with_test(other, clock.now())
    statuses = {
        learner.post(begin_url(one, of)).status_code for one, of in ((room, other), (other, other), (other, room))
    }
    assert statuses == {404}


def _bare(page: str) -> str:
    """Return a page's options with all that names their place or letter taken away: what is left must not tell one from another."""
    return re.sub(r"(value|id|for)=\"[^\"]*\"|name=\"answer-\d+\"", "", page)


@pytest.mark.clause("T0")
def test_nothing_in_any_page_tells_the_right_option_before_the_test_is_passed(
    room: Classroom, learner: Client, attempt: Attempt, clock: HandClock
) -> None:
    page = text_of(learner, url_of(attempt))
    options = re.findall(r"<label class=\"test-option\">.*?</label>", page, re.DOTALL)
    assert len(options) == 12
    bare = {re.sub(r">[^<>]*<", "><", _bare(option)) for option in options}
    assert len(bare) == 1, "one option is drawn unlike the others"
    assert set(re.findall(r'value="([^"]*)"', " ".join(options))) == {"0", "1", "2"}, "a value says only the place"
    failed = submitted(room, attempt, clock, 2)
    after = [
        text_of(learner, url_of(failed, "result/")),
        text_of(learner, f"/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/test/"),
        text_of(learner, url_of(begun(room, clock))),
    ]
    for page in after:
        assert "正确答案</" not in page
        assert "answer-right" not in page
    assert "30 mA" not in after[0]


@pytest.mark.clause("T0")
def test_the_order_of_options_is_drawn_for_each_attempt(
    room: Classroom, learner: Client, asked: list[CourseQuestion], chance: Drawn
) -> None:
    orders = set()
    for first in (0.9, 0.1):
        chance.numbers = [0.1, 0.2, 0.3, 0.4, first, 0.5, 0.6]
        learner.post(begin_url(room, room))
        running = Attempt.objects.get(outcome="")
        orders.add(running.items[0].order)
        learner.post(url_of(running), form_of(running, 0))
    assert len(orders) == 2


@pytest.mark.clause("T0")
def test_a_question_retired_meanwhile_is_still_marked_as_it_was_drawn(
    learner: Client, attempt: Attempt, asked: list[CourseQuestion], clock: HandClock
) -> None:
    CourseQuestion.objects.update(retired_at=clock.now())
    assert asked[0].text in text_of(learner, url_of(attempt))
    learner.post(url_of(attempt), form_of(attempt, 3))
    assert Attempt.objects.get().score == 75


def test_an_account_that_left_the_class_finds_its_attempt_no_more(
    room: Classroom, learner: Client, attempt: Attempt, clock: HandClock
) -> None:
    room.enrolment.left_at = clock.now()
    room.enrolment.save()
    assert learner.post(url_of(attempt), form_of(attempt, 4)).status_code == 404


def test_a_newcomer_has_no_way_in_by_guessing(room: Classroom, attempt: Attempt, clock: HandClock) -> None:
    stranger = client_of(people.account(now=clock.now()))
    assert stranger.get("/learn/attempts/00000000-0000-4000-8000-000000000000/").status_code == 404
    assert stranger.get("/learn/attempts/nonsense/").status_code == 404


@pytest.mark.clause("T1.3")
def test_the_own_archive_does_not_tell_what_was_right_before_the_test_is_passed(
    room: Classroom, attempt: Attempt, clock: HandClock
) -> None:
    submitted(room, attempt, clock, 1)
    failed = [event["data"] for event in events_of(room.enrolment.aid) if event["kind"] == "test.submitted"]
    assert [item.keys() for item in failed[0]["items"]] == [{"question", "option", "chosen_at_ms"}] * len(attempt.items)
    submitted(room, begun(room, clock), clock, len(attempt.items))
    told = [
        item
        for event in events_of(room.enrolment.aid)
        if event["kind"] == "test.submitted" and event["data"]["passed"]
        for item in event["data"]["items"]
    ]
    assert told
    assert all(item["right"] == item["option"] for item in told)
