"""What one beat does: the lease before it and the lease after it, and what the page is told. Clauses T2.1–T2.5, T0.

Pure: the time, the nonce, the chance and the load of the server are arguments. The order of checks is that of docs/formats/beat.md.
"""

import msgspec

from jiangxue.learning.rules.checks import answer_by_ms, asks_for_face, face_answer_by_ms
from jiangxue.learning.rules.closing import Closing, closing_after, due_closing, earlier, end_of_counting_ms
from jiangxue.learning.rules.days import balance_today
from jiangxue.learning.rules.directives import before_end_ms, directive_after, next_beat_ms
from jiangxue.learning.rules.judge import judge
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.rules.sequence import Beat, Place, Standing, place_of
from jiangxue.learning.rules.shapes import Directive, Judgement, Running
from jiangxue.policies.rules.time_policy import TimePolicy


class Terms(msgspec.Struct, frozen=True):
    """What a session was opened under; it never changes afterwards. Times in milliseconds since 1970."""

    opened_reached_ms: int
    policy: TimePolicy
    valid_until_ms: int | None
    class_closes_ms: int


class LeaseState(msgspec.Struct, frozen=True):
    """A learner's lease: whose session it is, where its conversation stands, and the judge's state.

    `answer` is the last answer as it was sent; `end_reason` stands once a beat has ended the session; `answer_by_ms` is until when
    an open check waits; `renew_at_ms` is when a rule begins that was made after the session had opened.
    """

    session: str | None
    standing: Standing
    answer: str
    running: Running
    next_due_ms: int
    close_due_ms: int
    end_reason: EndReason | None = None
    answer_by_ms: int | None = None
    renew_at_ms: int | None = None


class Draw(msgspec.Struct, frozen=True):
    """What chance and load bring into an answer: the next nonce, a number in [0, 1), and how full the queue of beats is, 0 to 1."""

    nonce: str
    chance: float
    fullness: float


class Answer(msgspec.Struct, frozen=True):
    """What the page is told after a beat that was judged; `verdict` is `[kind, ms]` in order of time."""

    n: int
    nonce: str
    reached_ms: int
    credited_ms: int
    day_ms: int
    verdict: tuple[tuple[str, int], ...]
    directive: Directive
    next_ms: int


class Heard(msgspec.Struct, frozen=True):
    """A judged beat: the lease after it without its answer's text, and the answer."""

    lease: LeaseState
    credited_ms: int
    answer: Answer


class Again(msgspec.Struct, frozen=True):
    """A retry: the former answer, word for word."""

    answer: str


class OutOfStep(msgspec.Struct, frozen=True):
    """Page and server disagree about which beat is next; the page goes on from these."""

    standing: Standing
    position_ms: int


class TooOften(msgspec.Struct, frozen=True):
    """Beats came faster than the rule allows; nothing is stored, nothing is lost."""


class SignedOut(msgspec.Struct, frozen=True):
    """The session has ended, or is due to; `reason` is None when another took its place and only its own record knows why."""

    reason: EndReason | None


type Outcome = Heard | Again | OutOfStep | TooOften | SignedOut


def hear(lease: LeaseState, terms: Terms, beat: Beat, now_ms: int, draw: Draw) -> Outcome:
    """Weigh an authentic beat against its learner's lease; only a `Heard` changes anything."""
    if lease.session != beat.session:
        return SignedOut(None)
    place = place_of(beat, lease.standing, lease.running, terms.policy, now_ms)
    ended = _end_of(lease, terms, now_ms)
    if ended is not None and not (place is Place.RETRY and lease.end_reason):
        return SignedOut(ended)
    match place:
        case Place.RETRY:
            return Again(lease.answer)
        case Place.OUT_OF_STEP:
            return OutOfStep(lease.standing, lease.running.reached_ms)
        case Place.TOO_OFTEN:
            return TooOften()
        case Place.NEXT:
            return _heard(lease, terms, beat, now_ms, draw)


def _end_of(lease: LeaseState, terms: Terms, now_ms: int) -> EndReason | None:
    """Return why the session has ended by a beat, or was due to end by itself, though nobody has closed it yet."""
    if lease.end_reason is not None or lease.close_due_ms > now_ms:
        return lease.end_reason
    return _due(lease.running, terms, _valid_until_ms(lease, terms), lease.answer_by_ms)[1]


def _valid_until_ms(lease: LeaseState, terms: Terms) -> int | None:
    """Return when the session's rule ends: as was known when it opened, or as was decided since."""
    return earlier(terms.valid_until_ms, lease.renew_at_ms)


def _due(running: Running, terms: Terms, valid_until_ms: int | None, answer_by_ms: int | None) -> Closing:
    return due_closing(running, terms.policy, terms.class_closes_ms, valid_until_ms, answer_by_ms)


def _heard(lease: LeaseState, terms: Terms, beat: Beat, now_ms: int, draw: Draw) -> Heard:
    policy, claim = terms.policy, beat.claim
    judgement = judge(lease.running, claim, policy, now_ms)
    running = judgement.running
    ending = closing_after(judgement, claim, policy)
    valid_until_ms = _valid_until_ms(lease, terms)
    stale = valid_until_ms is not None and now_ms >= valid_until_ms
    directive = directive_after(running, claim, policy, ending, stale=stale)
    drawn_ms = next_beat_ms(policy, draw.chance, draw.fullness)
    next_ms = before_end_ms(drawn_ms, end_of_counting_ms(policy, now_ms, terms.class_closes_ms) - now_ms, policy)
    waits_until_ms = lease.answer_by_ms
    if lease.running.asked_at_ms is None and running.asked_at_ms is not None:
        face = asks_for_face(running, policy)
        waits_until_ms = face_answer_by_ms(now_ms, policy) if face else answer_by_ms(now_ms, None, policy)
    close_due_ms = running.beat_at_ms if ending else _due(running, terms, valid_until_ms, waits_until_ms)[0]
    after = LeaseState(
        session=lease.session,
        standing=Standing(beat.n, beat.tag, draw.nonce),
        answer="",
        running=running,
        next_due_ms=now_ms + next_ms,
        close_due_ms=close_due_ms,
        end_reason=ending,
        answer_by_ms=waits_until_ms,
        renew_at_ms=lease.renew_at_ms,
    )
    return Heard(after, judgement.credited_ms, _answer(after, terms, judgement, directive, next_ms))


def _answer(lease: LeaseState, terms: Terms, judgement: Judgement, directive: Directive, next_ms: int) -> Answer:
    running = lease.running
    return Answer(
        n=lease.standing.n,
        nonce=lease.standing.nonce,
        reached_ms=running.reached_ms,
        credited_ms=running.reached_ms - terms.opened_reached_ms,
        day_ms=balance_today(running).person_ms,
        verdict=tuple((stretch.kind, stretch.ms) for stretch in judgement.stretches),
        directive=directive,
        next_ms=next_ms,
    )
