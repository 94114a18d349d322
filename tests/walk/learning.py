"""What the learner of a side leaves behind: time, checks, faces, tests, appeals, attendance, words, and what staff did about it."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

from PIL import Image

from jiangxue.accounts.models import CorrectionRequest
from jiangxue.accounts.rules.corrections import CorrectedField, CorrectionDraft
from jiangxue.accounts.services.corrections import ask_for_correction
from jiangxue.accounts.services.deletion import ask_for_deletion
from jiangxue.enrolment.models import Enrolment
from jiangxue.facecheck.rules.drawing import Form
from jiangxue.facecheck.rules.outcomes import Purpose
from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.facecheck.services.tickets import Wanted, give_ticket
from jiangxue.kernel.clock import learning_day
from jiangxue.learning.services.appealing import open_appeal
from jiangxue.learning.services.ending import end_overdue
from tests.factories import face_cases, identity
from tests.factories.appeals import draft_of, refused_of, silent_session
from tests.factories.assessment import TEXTS, begun, submitted
from tests.factories.attendance import item, objects, signs, states
from tests.factories.classes import Classroom
from tests.factories.facing import agrees, chooses_staff
from tests.factories.ratings import finished, rated
from tests.walk.sides import Side


def picture() -> bytes:
    """Return a picture that can be read."""
    written = BytesIO()
    Image.new("RGB", (32, 24), (120, 60, 30)).save(written, "JPEG")
    return written.getvalue()


def learn(side: Side) -> None:
    """Lose a minute twice, and appeal once, with a picture."""
    kept = [silent_session(side.room, side.clock) for _ in range(2)]
    draft = draft_of(kept[0], side.clock, text=side.called("申诉理由"), picture=picture())
    appeal = open_appeal(side.room.viewer, draft, clock=side.clock)
    side.keys |= {
        "appeal_id": appeal.pk,
        "day": learning_day(side.clock.now()).isoformat(),
        "session_id": kept[1].pk.hex,
        "start_ms": refused_of(kept[1]).start_ms,
    }


def be_tested(side: Side) -> None:
    """Finish the course, submit one attempt at its test, and begin another."""
    now = side.clock.now()
    finished(side.room.enrolment, now)
    done = submitted(side.room, begun(side.room, side.clock), side.clock, 1)
    side.keys["learner:attempt_result:attempt_id"] = done.pk
    side.keys["attempt_id"] = begun(side.room, side.clock).pk
    mate = of_mate(side)
    place = finished(mate.enrolment, now)
    submitted(mate, begun(mate, side.clock), side.clock, len(TEXTS))
    side.keys["rating_id"] = rated(place, now, 3, side.called("评价") + "加微信").pk


def show_faces(side: Side) -> None:
    """Check faces in the class; one check is one that the machine cannot decide."""
    face_cases.faces_checked(side.room, side.clock)
    check = face_cases.unclear(side.room, side.clock)
    watched_on(side)
    side.keys["check_id"] = check.pk


def hold_a_ticket(side: Side) -> None:
    """Give the other learner a ticket by which a face is shown, before they choose to be confirmed by staff."""
    mate, now = side.people["mate"], side.clock.now()
    agrees(mate, now)
    wanted = Wanted(mate.pk, Purpose.ENROL, Form.ENROL, Thresholds())
    side.keys["face_ticket"] = give_ticket(wanted, now=now).secret


def watched_on(side: Side) -> None:
    """Leave whatever runs."""
    side.clock.advance(40 * 60_000)
    end_overdue(clock=side.clock)


def be_seen(side: Side) -> None:
    """Let the other learner show no face, learn, and be confirmed by a teacher; another person is to sign that."""
    mate = of_mate(side)
    chooses_staff(mate.learner, side.clock.now())
    identity.learned(mate, side.clock)
    identity.states(side.viewer("teacher"), mate, side.clock)
    watched_on(side)
    for name in (
        "institution:identity_day",
        "institution:state_identity",
        "institution:sign_identity",
        "regulator:identity_day",
    ):
        side.keys[f"{name}:enrolment_id"] = mate.enrolment.pk


def of_mate(side: Side) -> Classroom:
    """Return the class as the other learner sees it."""
    place = Enrolment.objects.get(learner=side.people["mate"])
    return replace(side.room, learner=place.learner, enrolment=place)


def attend(side: Side) -> None:
    """Sign in to a practice lesson, say that it is wrong, and have a teacher state who was there."""
    of = item(
        side.room, side.clock.now(), title=side.called("实操"), place=side.called("楼"), teacher=side.people["teacher"]
    )
    signs(side.people["learner"], of, side.clock)
    side.clock.at = of.ends_at + timedelta(minutes=5)
    objects(side.people["learner"], of, side.clock)
    states(side.viewer("teacher"), of, side.clock, None)
    coming = item(
        side.room, side.clock.now() + timedelta(days=1), title=side.called("直播"), teacher=side.people["teacher"]
    )
    side.keys |= {"item_id": of.pk, "institution:change_item:item_id": coming.pk, "side": "in", "code": "0" * 20}
    side.keys["institution:cancel_item:item_id"] = coming.pk


def ask(side: Side) -> None:
    """Ask for a correction, and, the other learner, for deletion."""
    now = side.clock.now()
    ask_for_deletion(account_id=side.people["mate"].pk, by=side.actor("mate"), now=now)
    draft = CorrectionDraft(CorrectedField.NAME, side.called("正名"), side.called("更正理由"))
    ask_for_correction(account_id=side.people["learner"].pk, draft=draft, by=side.actor("learner"), now=now)
    side.keys["request_id"] = CorrectionRequest.objects.get(account=side.people["learner"]).pk
