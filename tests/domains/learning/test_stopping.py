"""Sessions of a course that was taken down end one by one: another session of the learner goes on, and one learner's trouble stops nothing."""

import logging

import pytest
from django.db import DatabaseError

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import Lease, StudySession
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.services import ending
from tests.factories.classes import classroom
from tests.factories.learning import opened

pytestmark = pytest.mark.clause("M6", "T2.1")


def test_a_learner_who_went_on_elsewhere_meanwhile_keeps_that_session(db: None, clock: HandClock) -> None:
    room = classroom(clock.now())
    before = opened(room, clock)
    named = StudySession.objects.filter(closed_at=None).values_list("learner_id", "pk").get()
    clock.advance(1_000)
    after = opened(room, clock)
    assert before.pk != after.pk
    assert ending.end_sessions([named], EndReason.TAKEN_DOWN, clock=clock) == 1
    assert StudySession.objects.get(closed_at=None).pk == after.pk


def test_one_learners_trouble_does_not_keep_the_others_open(
    db: None, clock: HandClock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    troubled, fine = classroom(clock.now()), classroom(clock.now())
    opened(troubled, clock)
    opened(fine, clock)
    running = list(StudySession.objects.order_by("pk").values_list("learner_id", "pk"))
    real = ending.end

    def stumbling(lease: Lease, *rest: object) -> None:
        if lease.pk == troubled.learner.pk:
            raise DatabaseError("李小明")
        real(lease, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(ending, "end", stumbling)
    with caplog.at_level(logging.ERROR):
        assert ending.end_sessions(running, EndReason.TAKEN_DOWN, clock=clock) == 1
    assert StudySession.objects.get(closed_at=None).learner_id == troubled.learner.pk
    assert "session_not_ended" in caplog.text
