"""Opening a session: the moment from which time may count. Clauses T2.2, T2.5, T5."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q

from jiangxue.accounts.queries import password_set_at
from jiangxue.accounts.queries.consents import require_learning
from jiangxue.courseware.queries.teaching import Taught, taught_lesson
from jiangxue.courseware.queries.versions import Version
from jiangxue.courseware.rules.stretches import STRETCH_MS, ReleasedKeys, film_key, keys_of
from jiangxue.enrolment.queries import Place, enrolment_for, reach_of
from jiangxue.enrolment.queries.promises import is_due
from jiangxue.enrolment.rules.term import Term
from jiangxue.facecheck.queries.ways import Way, way_of
from jiangxue.kernel import ids
from jiangxue.kernel.clock import Clock, learning_day, to_ms
from jiangxue.kernel.ids import Chance
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.errors import (
    AlreadyLearning,
    ClassHasClosed,
    ClassNotOpenYet,
    CourseTakenDown,
    LessonNotInClass,
    NoLongerSignedIn,
    NoTimeToday,
    NotPromised,
    NoWayChosen,
    OutOfHours,
    TooManyOpenings,
    TooManyOpeningsToday,
)
from jiangxue.learning.models import Lease, StudySession
from jiangxue.learning.queries.progress import progress_in
from jiangxue.learning.queries.totals import balances_from
from jiangxue.learning.rules.closing import end_of_counting_ms
from jiangxue.learning.rules.days import binding_cap, left_of_day_ms
from jiangxue.learning.rules.directives import before_end_ms, next_beat_ms
from jiangxue.learning.rules.hours import is_in_hours
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.rules.release import released_stretches
from jiangxue.learning.rules.resume import resume_position_ms
from jiangxue.learning.rules.sequence import FIRST_TAG, session_key
from jiangxue.learning.rules.shapes import DayBalance, Running
from jiangxue.learning.running import opening_facts, policy_of, put_running
from jiangxue.learning.services.drawing import Opening, drawn
from jiangxue.learning.services.ending import due_closing_of, end, end_due, end_if_due
from jiangxue.learning.services.leases import locked_lease
from jiangxue.ledger import services as ledger
from jiangxue.policies.queries import InForce, time_policy_for
from jiangxue.policies.rules.time_policy import TimePolicy
from jiangxue.policies.services import hold_rules

OPENINGS_A_MINUTE = 30
OPENINGS_A_DAY = 300
"""No hand is quicker, and nobody needs more; a script that opens without end would only swell the records."""


@dataclass(frozen=True, slots=True)
class OpeningRequest:
    """Which lesson is to be opened and where: the page's own random window id, the device and address it seems to come from.

    `signed_in_since` is when the password was set that the page is signed in with.
    """

    class_id: int
    lesson_id: int
    window: str
    device: str
    address: str | None
    take_over: bool
    signed_in_since: datetime


@dataclass(frozen=True, slots=True)
class Opened:
    """What the page needs in order to start: milliseconds, hexadecimal strings."""

    session: str
    key: str
    n: int
    tag: str
    nonce: str
    position_ms: int
    reached_ms: int
    length_ms: int
    page_ms: int
    credited_ms: int
    day_ms: int
    cap_ms: int
    next_ms: int
    check: bool
    keys: ReleasedKeys


def open_session(viewer: Viewer, wanted: OpeningRequest, *, clock: Clock, chance: Chance) -> Opened:
    """Make this window the one that earns time, or raise a `LearningRefusal`, `NotInClass` or `MayNotLearn`.

    The learner's next check is drawn by `chance` if none is drawn; an open one stays open, and nothing is earned before it is settled.
    What is due is settled first, by itself: a refusal must not undo it.
    """
    end_due(viewer.account_id, clock.now(), clock=clock)
    return _open(viewer, wanted, clock=clock, chance=chance)


@transaction.atomic
def _open(viewer: Viewer, wanted: OpeningRequest, *, clock: Clock, chance: Chance) -> Opened:
    enrolment = enrolment_for(viewer, wanted.class_id)
    training_class = enrolment.training_class
    lesson = _taught(training_class.version, wanted.lesson_id).lesson
    lease, now = locked_lease(viewer.account_id, clock)
    _require_sign_in(viewer, wanted)
    require_learning(viewer.account_id)
    _require_promise(enrolment)
    _require_term(training_class.term, now)
    _require_calm(viewer, now)
    _make_room(lease, wanted, now)
    hold_rules()
    in_force = time_policy_for(reach_of(training_class), now)
    balances = balances_from(learning_day(now), learner_id=viewer.account_id, class_id=wanted.class_id)
    _require_time(in_force.policy, balances[0], now)
    _require_way(in_force.policy, viewer)
    begun = progress_in(enrolment.pk, lesson.pk)
    extent, paced = lesson.media.extent, begun.paced(in_force.policy)
    length_ms, page_ms = extent.length_under(paced), extent.page_ms(paced)
    reached_ms = min(begun.reached_ms, length_ms)
    fresh = Running(to_ms(now), 0, reached_ms, length_ms, balances, page_ms=page_ms)
    running = drawn(lease, fresh, Opening(enrolment.pk, lesson.pk, wanted.device, now), in_force.policy, chance)
    session = StudySession.objects.create(
        id=ids.new_id(),
        learner_id=viewer.account_id,
        enrolment=enrolment,
        lesson=lesson,
        key_name=lesson.media.key_name,
        window=wanted.window,
        device=wanted.device,
        address=wanted.address,
        opened_at=now,
        **opening_facts(running),
        policy=in_force.policy.to_values(),
        policy_versions=list(in_force.version_ids),
        valid_until=in_force.valid_until,
        class_closes_at=training_class.term.closes_at,
    )
    _append_evidence(session)
    return _begin(lease, session, running, in_force)


def _require_promise(enrolment: Place) -> None:
    if is_due(enrolment):
        raise NotPromised


def _taught(version: Version, lesson_id: int) -> Taught:
    """Return a lesson of the class's version, which may be shown."""
    if version.taken_down_at is not None:
        raise CourseTakenDown
    taught = taught_lesson(version.pk, lesson_id)
    if taught is None:
        raise LessonNotInClass
    return taught


def _require_time(policy: TimePolicy, today: DayBalance, now: datetime) -> None:
    if not is_in_hours(policy, to_ms(now)):
        raise OutOfHours(policy.hours_from_min, policy.hours_until_min)
    if left_of_day_ms(today, policy) == 0:
        full = binding_cap(today, policy)
        raise NoTimeToday(full.cap_ms, of_class=full.of_class)


def _require_way(policy: TimePolicy, viewer: Viewer) -> None:
    """Where faces are checked, ask first by which way: nobody learns for an hour and hears then that it could not be confirmed."""
    if policy.face_checks and way_of(viewer.account_id) is Way.UNCHOSEN:
        raise NoWayChosen


def _require_sign_in(viewer: Viewer, wanted: OpeningRequest) -> None:
    """Ask again under the lock: a password changed while this opening waited ends its right to open."""
    if password_set_at(viewer.account_id) != wanted.signed_in_since:
        raise NoLongerSignedIn


def _require_calm(viewer: Viewer, now: datetime) -> None:
    opened = StudySession.objects.filter(learner_id=viewer.account_id, opened_at__gt=now - timedelta(days=1)).aggregate(
        today=Count("pk"), just_now=Count("pk", filter=Q(opened_at__gt=now - timedelta(minutes=1)))
    )
    if opened["just_now"] >= OPENINGS_A_MINUTE:
        raise TooManyOpenings
    if opened["today"] >= OPENINGS_A_DAY:
        raise TooManyOpeningsToday


def _require_term(term: Term, now: datetime) -> None:
    if now < term.opens_at:
        raise ClassNotOpenYet
    if now >= term.closes_at:
        raise ClassHasClosed


def _make_room(lease: Lease, wanted: OpeningRequest, now: datetime) -> None:
    """End whatever session stands in the way, or ask first when it is alive in another window."""
    if end_if_due(lease, now) or lease.session is None:
        return
    current = lease.session
    if current.window == wanted.window:
        end(lease, current, EndReason.REOPENED, now)
        return
    overdue_ms = to_ms(now) - lease.next_due_ms
    alive = overdue_ms <= policy_of(current).dead_after_ms
    if alive and not wanted.take_over:
        raise AlreadyLearning(current.device, current.opened_at)
    end(lease, current, EndReason.SUPERSEDED if alive else EndReason.SILENT, now)


def _begin(lease: Lease, session: StudySession, running: Running, in_force: InForce) -> Opened:
    policy, balance = in_force.policy, running.balances[0]
    left_ms = end_of_counting_ms(policy, running.beat_at_ms, to_ms(session.class_closes_at)) - running.beat_at_ms
    next_ms = before_end_ms(next_beat_ms(policy, ids.chance()), left_ms, policy)
    lease.session, lease.renew_at_ms = session, None
    lease.n, lease.tag, lease.nonce, lease.answer = 0, FIRST_TAG, ids.new_nonce(), ""
    put_running(lease, running)
    lease.next_due_ms = running.beat_at_ms + next_ms
    lease.close_due_ms, _ = due_closing_of(lease, session)
    lease.save()
    return Opened(
        session=session.pk.hex,
        key=session_key(settings.BEAT_MASTER_KEY, session.pk.hex).hex(),
        n=0,
        tag=lease.tag,
        nonce=lease.nonce,
        position_ms=resume_position_ms(running.reached_ms, running.length_ms, policy),
        reached_ms=running.reached_ms,
        length_ms=running.length_ms,
        page_ms=running.page_ms,
        credited_ms=0,
        day_ms=balance.person_ms,
        cap_ms=balance.person_ms + left_of_day_ms(balance, policy),
        next_ms=next_ms,
        check=lease.asked_at_ms is not None,
        keys=_keys(session, running, policy),
    )


def _keys(session: StudySession, running: Running, policy: TimePolicy) -> ReleasedKeys:
    """Return the keys of what lies ahead of a film's place, as far as it is released: with them an outage is played through."""
    if not session.key_name:
        return ()
    end = released_stretches(running.reached_ms, running.length_ms, policy)
    first = resume_position_ms(running.reached_ms, running.length_ms, policy) // STRETCH_MS
    return keys_of(film_key(settings.MEDIA_MASTER_KEY, session.key_name), range(first, end))


def _append_evidence(session: StudySession) -> None:
    ledger.append(
        session.enrolment.aid,
        "session.opened",
        {
            "session": session.pk.hex,
            "lesson": session.lesson_id,
            "device": session.device,
            "address": session.address,
            "policy_versions": [*session.policy_versions],
            "opening": session.opening,
        },
        at=session.opened_at,
    )
