"""Appeals: as rows, for what the database keeps; and as they happen, by the services that pages use."""

from datetime import date, datetime
from uuid import UUID

from jiangxue.accounts.models import Account
from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.clock import HandClock, learning_day, to_ms
from jiangxue.kernel.ids import new_id
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.models import Appeal, AppealStep, Correction, StudySession
from jiangxue.learning.rules.appeals import due_on
from jiangxue.learning.rules.shapes import Stretch
from jiangxue.learning.services.appealing import AppealDraft, open_appeal
from jiangxue.learning.services.deciding import Proposal, Review, propose, review
from jiangxue.learning.services.ending import end_overdue
from tests.factories import people
from tests.factories.classes import Classroom
from tests.factories.learning import opened, watched
from tests.factories.people import looking

LEAVE = 16
WORDS = "当时一直在看，网络断了两分钟。"


def appeal(of: StudySession, now: datetime, **facts: object) -> Appeal:
    """Add an appeal of a minute of a session; `facts` replace fields."""
    values = {
        "id": new_id(),
        "learner_id": of.learner_id,
        "session": of,
        "day": now.date(),
        "start_ms": to_ms(now),
        "end_ms": to_ms(now) + 60_000,
        "reason": "silent",
        "text": WORDS,
        "opened_at": now,
        "due_on": due_on(now.date()),
    }
    return Appeal.objects.create(**{**values, **facts})


def step(of: Appeal, now: datetime, **facts: object) -> AppealStep:
    """Add a proposal to uphold; `facts` replace fields."""
    values = {"ordinal": 1, "kind": "proposed", "result": "upheld", "role": "head_teacher", "at": now, "text": WORDS}
    if "by" not in facts:
        facts["by"] = people.account(now=now)
    return AppealStep.objects.create(appeal=of, **{**values, **facts})


def correction(of: Appeal, now: datetime, **facts: object) -> Correction:
    """Add a correction of all that was appealed, after its two steps; `facts` replace fields."""
    first, second = people.account(now=now), people.account(now=now)
    step(of, now, by=first, result="corrected", ms=of.ms)
    step(of, now, by=second, ordinal=2, kind="approved", result="", proposed_by=first)
    values = {
        "session": of.session,
        "learner_id": of.learner_id,
        "day": of.day,
        "start_ms": of.start_ms,
        "end_ms": of.end_ms,
        "reason": of.reason,
        "ms": of.ms,
        "proposed_by": first,
        "approved_by": second,
        "at": now,
    }
    return Correction.objects.create(appeal=of, **{**values, **facts})


def silent_session(room: Classroom, clock: HandClock) -> StudySession:
    """Learn for a minute, lose the network for two, come back for half a minute and leave: a minute is refused as silent."""
    session = opened(room, clock)
    watched(session, clock, 2)
    watched(session, clock, 1, gap_ms=120_000)
    watched(session, clock, 1, flags=LEAVE)
    end_overdue(clock=clock)
    session.refresh_from_db()
    return session


def refused_of(session: StudySession) -> Stretch:
    """Return the stretch of a session that was refused first, as its segments keep it."""
    return next(
        Stretch(start_ms, end_ms, reason)
        for segment in session.segments.order_by("sealing", "day")
        for start_ms, end_ms, reason in segment.stretches
        if reason
    )


def draft_of(session: StudySession, clock: HandClock, **facts: object) -> AppealDraft:
    """Return what the learner says about the first refused stretch; `facts` replace fields."""
    day: date = learning_day(clock.now())
    values = {
        "day": day,
        "session_id": session.pk,
        "start_ms": refused_of(session).start_ms,
        "text": WORDS,
        "picture": None,
    }
    return AppealDraft(**{**values, **facts})  # type: ignore[arg-type]


def appealed(room: Classroom, clock: HandClock) -> Appeal:
    """Return an open appeal of a minute that was refused as silent."""
    with looking(room.viewer):
        return open_appeal(room.viewer, draft_of(silent_session(room, clock), clock), clock=clock)


def administrator(room: Classroom, clock: HandClock) -> Account:
    """Make an administrator of the room's institution."""
    return people.account((Role.INSTITUTION_ADMINISTRATOR, room.institution.pk), now=clock.now(), name="赵主任")


def proposed(room: Classroom, clock: HandClock, appeal_id: UUID, ms: int | None, after: int = 0) -> None:
    """Let the head teacher propose."""
    with looking(people.viewer(room.head_teacher)):
        propose(
            people.viewer(room.head_teacher),
            appeal_id,
            Proposal(after, ms, "已核对网络记录。"),
            by=PROGRAM,
            clock=clock,
        )


def reviewed(viewer: Viewer, clock: HandClock, appeal_id: UUID, *, approves: bool = True, after: int = 1) -> None:
    """Let a second person approve or send back."""
    with looking(viewer):
        review(viewer, appeal_id, Review(after, approves, "" if approves else "请写明依据。"), by=PROGRAM, clock=clock)


def corrected(room: Classroom, clock: HandClock, ms: int = 60_000) -> Appeal:
    """Return an appeal after which so much was given back."""
    opened_one = appealed(room, clock)
    proposed(room, clock, opened_one.pk, ms)
    reviewed(people.viewer(administrator(room, clock)), clock, opened_one.pk)
    return opened_one
