"""Face checks that were not passed: as they happen, by the services that pages use, and what people say of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from jiangxue.accounts.models import Account, Membership
from jiangxue.audit.services import Actor
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.models import Check, FaceReviewStep, StudySession
from jiangxue.learning.queries.face_reviews import face_case_for
from jiangxue.learning.rules.face_reviews import ReviewStep
from jiangxue.learning.services.answering import show_check
from jiangxue.learning.services.face_pictures import show_pictures
from jiangxue.learning.services.facing import begin_face, hear_face
from jiangxue.learning.services.reviewing import Word, say_who
from tests.factories import people
from tests.factories.appeals import administrator
from tests.factories.classes import Classroom, classroom
from tests.factories.facing import came_to, enrolled
from tests.factories.learning import opened, watched
from tests.factories.people import looking
from tests.factories.policies import set_rule

LATE = 0.999_999
EIGHT_MS = 8 * 60_000
UNCLEAR = (AttemptOutcome.AGAIN,) * 3
FAILED = (AttemptOutcome.FAILED,)
WORDS = "照片里与报名照片是同一个人。"


def faces_checked(room: Classroom, clock: HandClock) -> Classroom:
    """Let the class check faces, and its learner have enrolled theirs."""
    set_rule(room, clock.now() - timedelta(days=1), face_checks=1)
    enrolled(room.learner, clock.now())
    return room


def face_room(clock: HandClock) -> Classroom:
    """Make a class that checks faces, with an hour's lesson."""
    return faces_checked(classroom(clock.now(), lesson_ms=3_600_000), clock)


def shows(room: Classroom, clock: HandClock, outcomes: Sequence[AttemptOutcome]) -> Check:
    """Answer the open face check by attempts that come to this, and return it; the next face is drawn for eight minutes later."""
    with looking(room.viewer):
        found = show_check(room.viewer, clock=clock, chance=lambda: LATE)
    assert found is not None
    assert found.kind == "face"
    for outcome in outcomes:
        numbers = iter([LATE, 0.0])
        with looking(room.viewer):
            begin_face(room.viewer, found.check, device="电脑 · Chrome", address=None, clock=clock)
        clock.advance(5_000)
        came_to(room.learner, outcome, clock.now())
        with looking(room.viewer):
            hear_face(room.viewer, found.check, clock=clock, chance=lambda numbers=numbers: next(numbers))
    return Check.objects.get(pk=found.check)


def learning(room: Classroom, clock: HandClock) -> StudySession:
    """Open a session, pass the face check at its beginning, and learn until the next one is due: eight minutes."""
    session = opened(room, clock)
    shows(room, clock, [AttemptOutcome.PASSED])
    watched(session, clock, 16)
    return session


def unclear(room: Classroom, clock: HandClock) -> Check:
    """Learn for eight minutes, and let the face check then be one that the machine cannot decide."""
    learning(room, clock)
    return shows(room, clock, UNCLEAR)


def failed(room: Classroom, clock: HandClock) -> Check:
    """Learn for eight minutes, and let the face check then fail."""
    learning(room, clock)
    return shows(room, clock, FAILED)


def head(room: Classroom) -> Viewer:
    return people.viewer(room.head_teacher)


def second(room: Classroom, clock: HandClock) -> Viewer:
    """Return the institution's administrator, made when first asked for."""
    held = Membership.objects.filter(role=Role.INSTITUTION_ADMINISTRATOR, organisation=room.institution).first()
    account: Account = held.account if held else administrator(room, clock)
    return people.viewer(account)


def looked(viewer: Viewer, check: Check, clock: HandClock) -> None:
    """Have the pictures of a check shown."""
    with looking(viewer):
        show_pictures(viewer, face_case_for(viewer, check.pk), "复核", by=actor(viewer), now=clock.now())


def actor(viewer: Viewer) -> Actor:
    """Return a viewer as the audit names who acts."""
    return Actor(viewer.account_id, viewer.role.value)


def says(
    viewer: Viewer, check: Check, kind: ReviewStep, clock: HandClock, *, after: int = 0, text: str = WORDS
) -> None:
    """Look at the pictures and say who it was."""
    looked(viewer, check, clock)
    with looking(viewer):
        say_who(viewer, check.pk, Word(after, kind, text), by=actor(viewer), clock=clock)


def not_the_learner(room: Classroom, check: Check, clock: HandClock) -> None:
    """Let two persons say that it was not the learner."""
    says(head(room), check, ReviewStep.DOUBTED, clock)
    says(second(room, clock), check, ReviewStep.APPROVED, clock, after=1, text="")


def review_step(of: Check, now: datetime, **facts: object) -> FaceReviewStep:
    """Add a row in which somebody says that it was the learner; `facts` replace fields."""
    values = {"ordinal": 1, "kind": "confirmed", "role": "head_teacher", "at": now, "ms": 0, "text": WORDS}
    if "by" not in facts:
        facts["by"] = people.account(now=now)
    return FaceReviewStep.objects.create(check_made=of, **{**values, **facts})
