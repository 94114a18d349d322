"""Identity confirmed by staff, what they say of enrolled faces and arrange for face checks: as rows, for what the database keeps; and as it happens, by the services that pages use."""

from datetime import datetime, timedelta

from jiangxue.accounts.models import Account
from jiangxue.audit.services import PROGRAM
from jiangxue.facecheck.models import FaceAllowance
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.ids import new_id
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.models import IdentityReview, IdentityStatement, StudySession
from jiangxue.learning.rules.identity import Document, How
from jiangxue.learning.services.answering import CheckAnswer, answer_check, show_check
from jiangxue.learning.services.identity import Meant, Seen, Signature, Statement, review_identity, state_identity
from tests.factories import people, sessions
from tests.factories.classes import Classroom
from tests.factories.enrolled_faces import comparison
from tests.factories.face_cases import review_step
from tests.factories.facing import chooses_staff, enrolled
from tests.factories.learning import opened, watched
from tests.factories.people import looking
from tests.factories.policies import set_rule

LATE = 0.999_999
FOUR_MS = 4 * 60_000


def statement(room: Classroom, now: datetime, **facts: object) -> IdentityStatement:
    """Add a statement that the room's learner was seen; `facts` replace fields."""
    values = {"id": new_id(), "learner": room.learner, "day": now.date(), "ordinal": 1, "role": "teacher", "at": now}
    seen = {"is_seen": True, "how": "video", "seen_at": now, "document": "card"}
    return IdentityStatement.objects.create(
        enrolment=room.enrolment, **{"by": room.head_teacher, **values, **seen, **facts}
    )


def signature(of: IdentityStatement, now: datetime, **facts: object) -> IdentityReview:
    """Add the signature of a second person; `facts` replace fields."""
    values = {"stated_by": of.by, "role": "institution_administrator", "at": now, "agrees": True}
    if "by" not in facts:
        facts["by"] = people.account(now=now)
    return IdentityReview.objects.create(statement=of, **{**values, **facts})


def by_staff(room: Classroom, clock: HandClock) -> Classroom:
    """Let the class check faces, and its learner have declined."""
    set_rule(room, clock.now() - timedelta(days=1), face_checks=1)
    chooses_staff(room.learner, clock.now())
    return room


def learned(room: Classroom, clock: HandClock) -> StudySession:
    """Open a session, answer the check of attention that stands for a face, and learn for four minutes more."""
    session = opened(room, clock)
    answered(room, clock)
    watched(session, clock, 8)
    return session


def answered(room: Classroom, clock: HandClock) -> None:
    """Answer the learner's open check of attention rightly."""
    with looking(room.viewer):
        found = show_check(room.viewer, clock=clock, chance=lambda: 0.0)
    assert found is not None
    assert found.kind != "face"
    clock.advance(2_000)
    with looking(room.viewer):
        answer_check(room.viewer, CheckAnswer(found.check, found.nonce, 0, 2_000), clock=clock, chance=lambda: LATE)


def meant(room: Classroom, clock: HandClock, after: int = 0) -> Meant:
    """Return today of the room's learner."""
    return Meant(room.training_class.pk, room.enrolment.pk, learning_day(clock.now()), after)


def seen(clock: HandClock, *, ago: timedelta = timedelta(minutes=1)) -> Statement:
    """Return a statement that the learner was seen some time ago."""
    return Statement(Seen(How.VIDEO, clock.now() - ago, Document.CARD), "")


NOT_SEEN = Statement(None, "联系不上学员，无法核验。")
SIGNED, SENT_BACK = Signature(agrees=True, text=""), Signature(agrees=False, text="请写明怎样核对证件。")


def states(viewer: Viewer, room: Classroom, clock: HandClock, said: Statement | None = None, after: int = 0) -> None:
    """Make a statement about today."""
    with looking(viewer):
        state_identity(viewer, meant(room, clock, after), said or seen(clock), by=PROGRAM, clock=clock)


def signs(viewer: Viewer, room: Classroom, clock: HandClock, said: Signature = SIGNED, after: int = 1) -> None:
    """Sign the statement about today, or send it back."""
    with looking(viewer):
        review_identity(viewer, meant(room, clock, after), said, by=PROGRAM, clock=clock)


def allowance(account: Account, by: Account, now: datetime, **facts: object) -> FaceAllowance:
    """Add a word that no colours are shown to somebody; `facts` replace fields."""
    values = {"id": new_id(), "ordinal": 1, "without_flash": True, "more_time": False, "role": "head_teacher"}
    return FaceAllowance.objects.create(**{"account": account, "by": by, "at": now, **values, **facts})


def one_of_each(running: StudySession, room: Classroom, now: datetime) -> None:
    """Add a row of each kind that people decide by: at a face check, and of a day."""
    unclear = sessions.check(running, now, kind="face", outcome="unclear", settled_at=now)
    review_step(unclear, now)
    signature(statement(room, now), now)
    allowance(room.learner, room.head_teacher, now)
    comparison(enrolled(room.learner, now).attempt, room.head_teacher, now)
