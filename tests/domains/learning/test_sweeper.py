"""The sweeper ends what is due, as of the time it was due, and one learner's trouble does not stop it (clause T2.1)."""

import logging
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import DayTotal, Lease, Segment, StudySession
from jiangxue.learning.queries.board import figures
from jiangxue.learning.queries.places import places
from jiangxue.learning.services import ending
from jiangxue.learning.services.opening import OpeningRequest, open_session
from tests.attacks.client import Page
from tests.attacks.transports import post_through
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.learning import NO_CHECK_SOON, watched
from tests.factories.learning import opened as opened_by
from tests.factories.policies import set_rule
from tests.hot.harness import Harness

LEAVE = 16


def opened(room: Classroom, clock: HandClock) -> str:
    wanted = OpeningRequest(
        class_id=room.training_class.pk,
        lesson_id=room.lesson.pk,
        window="0" * 32,
        device="电脑 · Chrome",
        address=None,
        take_over=False,
        signed_in_since=room.learner.password_changed_at,
    )
    return open_session(room.viewer, wanted, clock=clock, chance=lambda: NO_CHECK_SOON).session


@pytest.mark.clause("T2.1")
def test_what_is_not_due_runs_on(db: None, clock: HandClock) -> None:
    opened(classroom(clock.now()), clock)
    clock.advance(179_999)
    assert ending.end_overdue(clock=clock) == 0


@pytest.mark.clause("T2.1")
def test_a_class_that_ends_ends_its_sessions_at_that_moment(db: None, clock: HandClock) -> None:
    room = classroom(clock.now())
    clock.at = room.training_class.term.closes_at
    clock.advance(-60_000)
    session = opened(room, clock)
    clock.advance(600_000)
    assert ending.end_overdue(clock=clock) == 1
    ended = StudySession.objects.get(pk=session)
    assert (ended.end_reason, ended.closed_at) == ("class_closed", room.training_class.term.closes_at)


def test_one_learners_trouble_does_not_keep_the_others_open(
    db: None, clock: HandClock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    troubled, fine = classroom(clock.now()), classroom(clock.now())
    opened(troubled, clock)
    clock.advance(1_000)
    session = opened(fine, clock)
    real = ending.end_all

    def stumbling(endings: list[tuple[ending.Lease, object]]) -> None:
        if any(lease.pk == troubled.learner.pk for lease, _ in endings):
            raise DatabaseError("李小明")
        real(endings)  # type: ignore[arg-type]

    monkeypatch.setattr(ending, "end_all", stumbling)
    clock.advance(600_000)
    with caplog.at_level(logging.ERROR):
        assert ending.end_overdue(clock=clock) == 1
    assert StudySession.objects.get(pk=session).end_reason == "silent"
    assert "session_not_ended" in caplog.text


@pytest.mark.clause("T2.5")
def test_a_page_that_ignores_a_new_rule_is_told_to_renew_and_then_ended(hot: Harness, clock: HandClock) -> None:
    room = classroom(clock.now())
    changes_at = clock.now() + timedelta(minutes=5)
    set_rule(room, changes_at, day_cap_ms=600_000)
    client = Client()
    client.force_login(room.learner)
    url = reverse("learner:open", args=(room.training_class.pk, room.lesson.pk))
    page = Page(post_through(client, hot), url)
    page.open()
    told = []
    for _ in range(13):
        clock.advance(30_000)
        status, answer = page.beat(0)
        told.append(answer["directive"]["do"] if status in {200, 410} else status)
    assert told[:9] == ["go_on"] * 9
    assert told[9:11] == ["renew", "renew"]
    assert told[11:] == ["sign_out", "sign_out"]
    ending.end_overdue(clock=clock)
    assert StudySession.objects.get(pk=page.session).closed_at == changes_at + timedelta(minutes=1)


@pytest.mark.clause("T2.1")
def test_a_session_that_a_beat_ended_is_ended_at_that_beat_for_its_reason(db: None, clock: HandClock) -> None:
    session = opened_by(classroom(clock.now(), lesson_ms=3_600_000), clock)
    watched(session, clock, 2, flags=LEAVE)
    left_at = clock.now()
    clock.advance(1)
    assert ending.end_overdue(clock=clock) == 1
    session.refresh_from_db()
    assert (session.end_reason, session.closed_at) == ("by_learner", left_at)
    lease = Lease.objects.get(pk=session.learner_id)
    assert (lease.session, lease.end_reason, lease.close_due_ms) == (None, "", None)


def test_who_was_ended_by_a_beat_learns_no_longer(db: None, clock: HandClock) -> None:
    room = classroom(clock.now(), lesson_ms=3_600_000)
    session = opened_by(room, clock)
    staff = people.viewer(room.head_teacher)
    class_id, place = room.training_class.pk, room.enrolment.pk

    def seen() -> tuple[int, bool, int]:
        sums = figures(staff, [class_id], MORNING.date())[class_id]
        return sums.learning_now, places([place])[place].learning_now, sums.credited_today_ms

    watched(session, clock, 1)
    assert seen() == (1, True, 30_000)
    watched(session, clock, 1, flags=LEAVE)
    assert seen() == (0, False, 60_000)


@pytest.mark.clause("T2.1")
def test_settling_ends_what_a_beat_ended_and_nothing_else(
    db: None, clock: HandClock, django_assert_num_queries
) -> None:
    session = opened_by(classroom(clock.now(), lesson_ms=3_600_000), clock)
    watched(session, clock, 1)
    with django_assert_num_queries(1):
        ending.end_due(session.learner_id, clock.now(), clock=clock)
    watched(session, clock, 1, flags=LEAVE)
    ending.end_due(session.learner_id, clock.now(), clock=clock)
    assert StudySession.objects.get(pk=session.pk).end_reason == "by_learner"
    with django_assert_num_queries(1):
        ending.end_due(session.learner_id, clock.now(), clock=clock)


def test_a_learner_who_was_just_signed_out_reads_the_sealed_result_at_once(db: None, clock: HandClock) -> None:
    room = classroom(clock.now(), lesson_ms=3_600_000)
    session = opened_by(room, clock)
    watched(session, clock, 4, flags=LEAVE)
    client = Client()
    client.force_login(room.learner)
    page = client.get(reverse("learner:session_ended", args=(session.pk.hex,)))
    assert page.status_code == 200
    assert Segment.objects.get(session=session).credited_ms == 120_000


@pytest.mark.clause("T2.1")
def test_a_session_that_was_heard_again_before_the_sweeper_had_its_lease_goes_on(db: None, clock: HandClock) -> None:
    session = opened_by(classroom(MORNING, lesson_ms=3_600_000), clock)
    watched(session, clock, 1)
    assert ending._end_group([session.learner_id], clock) == 0
    assert StudySession.objects.get(pk=session.pk).closed_at is None


def test_many_sessions_end_in_as_many_statements_as_one(db: None, clock: HandClock, django_assert_num_queries) -> None:
    for count in (1, 6):
        for _ in range(count):
            watched(opened_by(classroom(MORNING, lesson_ms=3_600_000), clock), clock, 1)
        clock.advance(600_000)
        with django_assert_num_queries(18):
            assert ending.end_overdue(clock=clock) == count


def test_the_sweeper_goes_on_until_nothing_is_due(db: None, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ending, "SWEEP_BATCH", 2)
    monkeypatch.setattr(ending, "GROUP", 1)
    for _ in range(5):
        watched(opened_by(classroom(MORNING, lesson_ms=3_600_000), clock), clock, 1)
    clock.advance(600_000)
    assert ending.end_overdue(clock=clock) == 5
    assert DayTotal.objects.count() == 5
