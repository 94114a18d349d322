"""Drawing when a learner's next checks come, at an opening. Callers hold the learner's lease and save it. Clauses T2.6, T3.1."""

from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from jiangxue.kernel.clock import learning_day, to_ms
from jiangxue.kernel.ids import Chance
from jiangxue.learning.models import Lease, StudySession
from jiangxue.learning.queries.faces import before_opening
from jiangxue.learning.rules.checks import answer_by_ms, draw_of, drawn_ms, face_answer_by_ms
from jiangxue.learning.rules.days import day_start_ms
from jiangxue.learning.rules.facing import drawn_face_ms, face_draw_of, trigger_at_opening
from jiangxue.learning.rules.shapes import Running
from jiangxue.learning.running import policy_of
from jiangxue.policies.rules.time_policy import TimePolicy


@dataclass(frozen=True, slots=True)
class Opening:
    """In which place and of what lesson a session is opened, on which device and when."""

    enrolment_id: int
    lesson_id: int
    device: str
    at: datetime


def drawn(lease: Lease, fresh: Running, opening: Opening, policy: TimePolicy, chance: Chance) -> Running:
    """Draw the learner's next checks, ask those that are due, and return the state in which the session begins."""
    before = _policy_before(lease)
    _draw_checks(lease, fresh, policy, chance, anew=before is None or draw_of(before) != draw_of(policy))
    _draw_face(lease, opening, policy, chance, anew=before is None or face_draw_of(before) != face_draw_of(policy))
    return _with_checks(fresh, lease)


def _draw_checks(lease: Lease, running: Running, policy: TimePolicy, chance: Chance, *, anew: bool) -> None:
    """Draw the learner's next check, or ask what became due with a beat that left.

    Where checks are drawn otherwise than in the last session, one is drawn `anew` and the nearer of the two counts: what is known of a
    draw elsewhere tells nothing of when one comes here.
    """
    if lease.until_check_ms is None or anew:
        drawn = drawn_ms(policy, chance())
        if lease.until_check_ms is None or drawn < lease.until_check_ms:
            lease.drawn_ms = lease.until_check_ms = drawn
    if lease.until_check_ms == 0 and lease.asked_at_ms is None:
        lease.asked_at_ms = running.beat_at_ms
        lease.answer_by_ms = answer_by_ms(running.beat_at_ms, None, policy)


def _draw_face(lease: Lease, opening: Opening, policy: TimePolicy, chance: Chance, *, anew: bool) -> None:
    """Draw the learner's next face check as other checks are drawn, and ask for one now if the session begins with one; it waits for a check that is open."""
    if not policy.face_checks:
        return
    if lease.until_face_ms is None or anew:
        drawn = drawn_face_ms(policy, chance())
        if lease.until_face_ms is None or drawn < lease.until_face_ms:
            lease.face_drawn_ms = lease.until_face_ms = drawn
    before = before_opening(lease.learner_id, opening.enrolment_id, opening.lesson_id, policy)
    today_ms = day_start_ms(learning_day(opening.at).toordinal())
    trigger = trigger_at_opening(policy, before, device=opening.device, today_ms=today_ms, now_ms=to_ms(opening.at))
    if trigger is not None:
        lease.until_face_ms, lease.face_trigger = 0, trigger.value
    if lease.until_face_ms == 0 and lease.asked_at_ms is None:
        lease.asked_at_ms = to_ms(opening.at)
        lease.answer_by_ms = face_answer_by_ms(lease.asked_at_ms, policy)


def _with_checks(running: Running, lease: Lease) -> Running:
    """Add what is the learner's: the next checks, an open one, and what is provisional."""
    return replace(
        running,
        until_check_ms=lease.until_check_ms,
        provisional_ms=lease.provisional_ms,
        asked_at_ms=lease.asked_at_ms,
        until_face_ms=lease.until_face_ms,
    )


def _policy_before(lease: Lease) -> TimePolicy | None:
    """Return the rules of the learner's last session, None before the first."""
    last = StudySession.objects.filter(learner=lease.learner_id).order_by("-opened_at").first()
    return policy_of(last) if last is not None else None
