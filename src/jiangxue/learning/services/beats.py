"""Hearing a beat: authenticate, place, judge, store, answer, in one transaction. Clauses T2.1–T2.5, T0."""

import json
import logging
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from jiangxue.kernel import ids
from jiangxue.kernel.clock import Clock, from_ms, to_ms
from jiangxue.learning.errors import (
    LearningRefusal,
    NoSuchSession,
    NotAuthentic,
    OutOfStep,
    SignedOut,
    TooOften,
)
from jiangxue.learning.models import Beat as StoredBeat
from jiangxue.learning.models import Lease, StudySession
from jiangxue.learning.rules.closing import closing_after
from jiangxue.learning.rules.directives import directive_after, next_beat_ms
from jiangxue.learning.rules.judge import judge
from jiangxue.learning.rules.sequence import Beat, Place, Sequence, is_authentic, place_of, session_key
from jiangxue.learning.rules.shapes import Directive, Do, Judgement
from jiangxue.learning.running import opening_of, policy_of, put_running, running_of
from jiangxue.learning.services.ending import due_closing_of, end, end_if_due
from jiangxue.learning.services.leases import locked_lease

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page is told after a beat that was judged; `verdict` is `[kind, ms]` in order of time."""

    n: int
    nonce: str
    reached_ms: int
    credited_ms: int
    day_ms: int
    verdict: list[tuple[str, int]]
    directive: dict[str, object]
    next_ms: int


def hear(beat: Beat, *, clock: Clock) -> dict[str, object]:
    """Judge an authentic beat of the learner's current session and return the answer, or raise a `LearningRefusal`.

    A retry gets the same answer again and earns nothing.
    """
    if not is_authentic(beat, session_key(settings.BEAT_MASTER_KEY, beat.session)):
        raise NotAuthentic
    result = _hear_locked(beat, clock)
    if isinstance(result, LearningRefusal):
        raise result
    return result


@transaction.atomic
def _hear_locked(beat: Beat, clock: Clock) -> dict[str, object] | LearningRefusal:
    """Return refusals instead of raising them: a session found overdue here must stay ended."""
    session = StudySession.objects.select_related("enrolment").filter(pk=UUID(beat.session)).first()
    if session is None:
        return NoSuchSession()
    lease, now = locked_lease(session.learner_id, clock)
    if lease.session_id == session.pk:
        lease.session = session
        end_if_due(lease, now)
    if lease.session_id != session.pk:
        session.refresh_from_db(fields=["end_reason"])
        return SignedOut(session.pk.hex, session.end_reason)
    running = running_of(lease)
    sequence = Sequence(lease.n, lease.tag, lease.nonce)
    match place_of(beat, sequence, running, policy_of(session), to_ms(now)):
        case Place.RETRY:
            answer: dict[str, object] = json.loads(lease.answer)
            return answer
        case Place.OUT_OF_STEP:
            return OutOfStep(lease.n, lease.tag, lease.nonce, running.reached_ms)
        case Place.TOO_OFTEN:
            return TooOften()
        case Place.NEXT:
            return _judge(beat, lease, session, now)


def _judge(beat: Beat, lease: Lease, session: StudySession, now: datetime) -> dict[str, object]:
    policy = policy_of(session)
    before = running_of(lease)
    if to_ms(now) < before.beat_at_ms:
        log.error("clock_stepped_back", extra={"by_ms": before.beat_at_ms - to_ms(now)})
    judgement = judge(before, beat.claim, policy, to_ms(now))
    ending = closing_after(judgement, beat.claim, policy)
    stale = session.valid_until is not None and now >= session.valid_until
    directive = directive_after(judgement.running, beat.claim, policy, ending, stale=stale)
    next_ms = next_beat_ms(policy, ids.chance())
    _store(beat, session, judgement, now)
    lease.n, lease.tag, lease.nonce = beat.n, beat.tag, ids.new_nonce()
    put_running(lease, judgement.running)
    lease.next_due_ms = to_ms(now) + next_ms
    lease.close_due_ms, _ = due_closing_of(lease, session)
    answer = asdict(_answer(lease, session, judgement, directive, next_ms))
    lease.answer = json.dumps(answer)
    if ending is not None:
        end(lease, session, ending, from_ms(judgement.running.beat_at_ms))
    else:
        lease.save()
    return answer


def _store(beat: Beat, session: StudySession, judgement: Judgement, now: datetime) -> None:
    StoredBeat.objects.create(
        session=session,
        n=beat.n,
        received_at=now,
        claimed_position_ms=beat.claimed_position_ms,
        claimed_idle_ms=beat.claimed_idle_ms,
        flags=int(beat.flags),
        client_ms=beat.client_ms,
        nonce=beat.nonce,
        credited_ms=judgement.credited_ms,
    )


def _answer(lease: Lease, session: StudySession, judgement: Judgement, directive: Directive, next_ms: int) -> Answer:
    return Answer(
        n=lease.n,
        nonce=lease.nonce,
        reached_ms=judgement.running.reached_ms,
        credited_ms=judgement.running.reached_ms - opening_of(session).reached_ms,
        day_ms=judgement.running.balances[-1].person_ms,
        verdict=[(stretch.kind, stretch.ms) for stretch in judgement.stretches],
        directive=directive_values(directive, session.pk.hex),
        next_ms=next_ms,
    )


def directive_values(directive: Directive, session: str) -> dict[str, object]:
    """Return a directive as it goes over the wire; signing out carries the page that explains it."""
    values: dict[str, object] = {"do": directive.do.value}
    if directive.do is Do.GO_TO:
        values["position_ms"] = directive.position_ms
    if directive.do is Do.SIGN_OUT:
        values |= {"reason": directive.reason, "session": session}
    return values
