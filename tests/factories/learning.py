"""Learning as it happens, without a wire: sessions opened by the service, beats judged and kept as hearing them does."""

from uuid import UUID

from django.db import transaction

from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.learning.models import Beat, DayTotal, Lease, StudySession
from jiangxue.learning.rules.checks import answer_by_ms, asks_for_face, face_answer_by_ms
from jiangxue.learning.rules.closing import closing_after
from jiangxue.learning.rules.judge import judge
from jiangxue.learning.rules.shapes import Claim, Flag
from jiangxue.learning.running import policy_of, put_running, running_of
from jiangxue.learning.services.ending import due_closing_of
from jiangxue.learning.services.opening import OpeningRequest, open_session
from tests.factories.classes import Classroom
from tests.factories.people import looking

NO_CHECK_SOON = 0.999_999
"""Draws a check as late as the rule allows."""


def opened(room: Classroom, clock: HandClock, *, lesson: int = 0, device: str = "电脑 · Chrome") -> StudySession:
    """Open a session of the room's learner, taking over whatever runs."""
    wanted = OpeningRequest(
        class_id=room.training_class.pk,
        lesson_id=room.lessons[lesson].pk,
        window="0" * 32,
        device=device,
        address=None,
        take_over=True,
        signed_in_since=room.learner.password_changed_at,
    )
    with looking(room.viewer):
        found = open_session(room.viewer, wanted, clock=clock, chance=lambda: NO_CHECK_SOON)
    return StudySession.objects.get(pk=found.session)


@transaction.atomic
def heard(session_id: UUID, clock: HandClock, claim: Claim) -> None:
    """Judge and keep the next beat of a running session; a beat that ends it leaves that to be sealed."""
    lease = Lease.objects.select_for_update().get(session=session_id)
    session = StudySession.objects.get(pk=session_id)
    policy = policy_of(session)
    judgement = judge(running_of(lease), claim, policy, to_ms(clock.now()))
    lease.n += 1
    Beat.objects.create(
        session=session,
        n=lease.n,
        received_at=clock.now(),
        claimed_position_ms=claim.claimed_position_ms,
        claimed_idle_ms=claim.claimed_idle_ms,
        flags=int(claim.flags),
        client_ms=lease.n * 30_000,
        nonce="0" * 16,
        credited_ms=judgement.credited_ms,
    )
    put_running(lease, judgement.running)
    if lease.asked_at_ms is not None and lease.answer_by_ms is None:
        face = asks_for_face(judgement.running, policy)
        asked_ms = lease.asked_at_ms
        lease.answer_by_ms = face_answer_by_ms(asked_ms, policy) if face else answer_by_ms(asked_ms, None, policy)
    lease.end_reason = closing_after(judgement, claim, policy) or ""
    lease.close_due_ms, _ = due_closing_of(lease, session)
    lease.save()


def watched(session: StudySession, clock: HandClock, beats: int, *, gap_ms: int = 30_000, flags: int = 0) -> None:
    """Watch on for some beats; the flags are those of the last one."""
    for left in reversed(range(beats)):
        position_ms = Lease.objects.get(session=session).reached_ms
        clock.advance(gap_ms)
        claim = Claim(position_ms + gap_ms, 0, Flag(flags if not left else 0))
        heard(session.pk, clock, claim)


def total(room: Classroom) -> DayTotal:
    """Return what the room's learner earned on the only day of learning."""
    return DayTotal.objects.get(learner=room.learner)
