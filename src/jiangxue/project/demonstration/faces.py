"""What people decide about identity, to look at in class three: a face check that was not clear, one that failed, a learner whom staff confirm, and enrolled faces.

Everything goes through the services; only what a camera would have shown is made up, and its pictures say so.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from jiangxue.accounts.rules.consents import PURPOSES
from jiangxue.accounts.rules.consents import Purpose as ConsentPurpose
from jiangxue.accounts.services.consents import give_consent, withdraw_consent
from jiangxue.audit.services import Actor
from jiangxue.courseware.queries.teaching import taught_in
from jiangxue.enrolment.evidence import append_consent
from jiangxue.enrolment.models import Enrolment
from jiangxue.facecheck.rules.documents import Comparison, DocumentSeen
from jiangxue.facecheck.rules.drawing import Form
from jiangxue.facecheck.rules.outcomes import AttemptOutcome, Purpose
from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.facecheck.services.documents import DocumentWord
from jiangxue.facecheck.services.results import Result, Taken, finish_attempt
from jiangxue.facecheck.services.templates import Made
from jiangxue.facecheck.services.tickets import Wanted, claim_ticket, give_ticket
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.models import Check
from jiangxue.learning.queries.enrolled_faces import waiting_faces
from jiangxue.learning.rules.identity import Document, How
from jiangxue.learning.services.answering import show_check
from jiangxue.learning.services.enrolled_faces import Meant, compare_face, show_faces
from jiangxue.learning.services.facing import begin_face, hear_face
from jiangxue.learning.services.identity import Meant as MeantDay
from jiangxue.learning.services.identity import Seen, Signature, Statement, review_identity, state_identity
from jiangxue.project.demonstration.acting import Days, acting
from jiangxue.project.demonstration.course import FONTS
from jiangxue.project.demonstration.face_pictures import figure
from jiangxue.project.demonstration.media.fonts import Typeface
from jiangxue.project.demonstration.people import learner_login
from jiangxue.project.demonstration.seed import FACE_CODE
from jiangxue.project.demonstration.visitor import Habits, Stage, Visitor, stage

UNCLEAR, FAILED, BY_STAFF = (learner_login(serial) for serial in (11, 12, 13))
_SEED = 20261127
_NO_MODEL = "0" * 64
"""The template is nobody's: whoever shows a real face to this account is not seen, and people decide."""
_CAMERA = "Integrated Camera (04f2:b6dd)"


@dataclass(frozen=True, slots=True)
class Shown:
    """What one attempt comes to, and what was found and measured in it."""

    outcome: AttemptOutcome
    similarity: Sequence[int]
    findings: Sequence[str] = ()
    codes: Sequence[str] = ()
    done: bool = True
    label: str = _CAMERA
    signs: Sequence[str] = ()


_CLEAR = Shown(AttemptOutcome.PASSED, (571, 588, 566))
_UNCLEAR_LOOKS = (
    Shown(AttemptOutcome.STEP_UP, (372, 388, 351), ("face_unclear",), ("not_sure_it_is_you",)),
    Shown(AttemptOutcome.AGAIN, (), ("unseen", "action_not_done"), ("not_seen_well", "not_live"), done=False),
    Shown(AttemptOutcome.REVIEW, (381, 364, 359), ("face_unclear",), ("not_sure_it_is_you",)),
)
_FAILED_LOOK = Shown(
    AttemptOutcome.FAILED,
    (533, 533, 533),
    ("camera_sign", "frames_repeated"),
    ("repeated_frames",),
    label="USB Video Device",
    signs=("no_usb_id", "no_controls"),
)


def has_face_cases() -> bool:
    """Say whether there are such cases already."""
    return Check.objects.filter(session__enrolment__training_class__code=FACE_CODE).exclude(trigger="").exists()


def make_face_cases(*, days: Days, report: Callable[[str], object]) -> None:
    """Let three learners of class three have learned yesterday, one of them also the day before."""
    chance = Random(_SEED)  # noqa: S311  (people who learned, not secrets)
    clock = HandClock(days.ago(2, 15))
    with stage(clock, chance.random) as on:
        places = {login: _place(login) for login in (UNCLEAR, FAILED, BY_STAFF)}
        lessons = _lessons(places[UNCLEAR])
        _by_staff(on, places[BY_STAFF], lessons, days)
        for hour, login, looks in ((14, UNCLEAR, _UNCLEAR_LOOKS), (16, FAILED, (_FAILED_LOOK,))):
            clock.at = days.ago(1, hour)
            _enrol(places[login], clock)
            visitor = FaceVisitor(on, places[login], Habits(5_000, "电脑 · Chrome", "10.20.7.7"), f"{hour:032x}")
            visitor.looks = iter([(_CLEAR,), looks])
            if visitor.open(lessons[0]):
                visitor.watch(5 * 60_000, every_ms=10_000)
                visitor.leave()
        _compare(clock, places[UNCLEAR])
    report(
        "  a face check for people to decide, one that failed, a learner whom staff confirm, an enrolled face to compare"
    )


def _place(login_name: str) -> Enrolment:
    places = Enrolment.objects.select_related("learner", "training_class")
    return places.get(training_class__code=FACE_CODE, learner__login_name=login_name)


def _lessons(place: Enrolment) -> list[int]:
    return list(taught_in([place.training_class.version_id]).values_list("lesson_id", flat=True))


def _enrol(place: Enrolment, clock: HandClock) -> None:
    learner, now = place.learner, clock.now()
    agreed = give_consent(
        account_id=learner.pk,
        purpose=ConsentPurpose.FACE,
        version=PURPOSES[ConsentPurpose.FACE].version,
        by=Actor(learner.pk),
        now=now,
    )
    if agreed is not None:
        append_consent(agreed, now=now)
    ticket = give_ticket(Wanted(learner.pk, Purpose.ENROL, Form.ENROL, Thresholds(), archives=[place.aid]), now=now)
    claim_ticket(ticket.secret, account_id=learner.pk, now=now)
    pictures = [figure(_typeface(), number=number) for number in range(3)]
    made = Made((1.0, *([0.0] * 127)), _NO_MODEL, pictures, [1, 2, 4])
    clock.advance(20_000)
    finish_attempt(ticket.attempt, _result(Shown(AttemptOutcome.PASSED, ()), made=made), now=clock.now())


def _typeface() -> Typeface:
    return Typeface(FONTS)


def _result(shown: Shown, *, made: Made | None = None, pictures: Sequence[Taken] = ()) -> Result:
    facts: dict[str, Value] = {
        "who": "same" if shown.outcome is AttemptOutcome.PASSED else "unclear",
        "similarity_permille": list(shown.similarity),
        "findings": list(shown.findings),
        "actions_done": shown.done,
    }
    script: Mapping[str, Value] = {"actions": ["turn_left"], "done": [shown.done], "colours": []}
    camera: Mapping[str, Value] = {"claimed": {"label": shown.label}, "signs": list(shown.signs)}
    return Result(
        shown.outcome,
        codes=shown.codes,
        was_challenged=True,
        script=script,
        facts=facts,
        camera=camera,
        models={"demonstration": _NO_MODEL},
        pictures=pictures,
        made=made,
    )


class FaceVisitor(Visitor):
    """A visitor who shows a face where one is due: at each check what comes next in `looks`."""

    looks: Iterator[Sequence[Shown]]

    def _meet_check(self) -> None:
        shown = show_check(self._viewer, clock=self._on.clock, chance=self._on.chance)
        if shown is None or shown.kind != "face":
            super()._meet_check()
            return
        for number, look in enumerate(next(self.looks)):
            self._show(shown.check, look, number)
        if Check.objects.get(pk=shown.check).outcome != "passed":
            self._opened = None

    def _show(self, check: str, look: Shown, number: int) -> None:
        clock = self._on.clock
        begun = begin_face(self._viewer, check, device=self._habits.device, address=None, clock=clock)
        claim_ticket(begun.ticket.secret, account_id=self._viewer.account_id, now=clock.now())
        clock.advance(12_000)
        dim = look.outcome is not AttemptOutcome.PASSED
        pictures = [
            Taken(4_000 * at, figure(_typeface(), number=number + at, dim=dim)) for at in range(2 if dim else 1)
        ]
        finish_attempt(begun.ticket.attempt, _result(look, pictures=pictures), now=clock.now())
        hear_face(self._viewer, check, clock=clock, chance=self._on.chance)


def _by_staff(on: Stage, place: Enrolment, lessons: Sequence[int], days: Days) -> None:
    """Let a learner decline, learn on two days, and be confirmed for the first of them."""
    on.clock.at = days.ago(2, 15)
    declined = withdraw_consent(
        account_id=place.learner_id,
        purpose=ConsentPurpose.FACE,
        by=Actor(place.learner_id),
        now=on.clock.now(),
    )
    if declined is not None:
        append_consent(declined, now=on.clock.now())
    for number, ago in enumerate((2, 1)):
        on.clock.at = days.ago(ago, 15, 10)
        visitor = Visitor(on, place, Habits(5_000, "手机 · 微信", "10.20.7.9"), f"{0x200 + number:032x}")
        if visitor.open(lessons[number]):
            visitor.watch(4 * 60_000)
            visitor.leave()
        if ago > 1:
            _confirm(on.clock, place)


def _confirm(clock: HandClock, place: Enrolment) -> None:
    teacher = acting("teacher", Role.TEACHER)
    seen = Seen(How.VIDEO, clock.now() - timedelta(minutes=2), Document.CARD)
    meant = MeantDay(place.training_class_id, place.pk, learning_day(clock.now()), 0)
    said = Statement(seen, "视频通话中核对身份证，与学员本人一致。")
    state_identity(teacher, meant, said, by=_actor(teacher), clock=clock)
    clock.advance(20 * 60_000)
    second = acting("institution", Role.INSTITUTION_ADMINISTRATOR)
    signed = MeantDay(meant.class_id, meant.enrolment_id, meant.day, 1)
    review_identity(second, signed, Signature(agrees=True, text=""), by=_actor(second), clock=clock)


def _compare(clock: HandClock, place: Enrolment) -> None:
    """Hold the enrolled face of one learner against the document; the other's waits."""
    head = acting("headteacher", Role.HEAD_TEACHER)
    clock.advance(10 * 60_000)
    faces = waiting_faces(head, place.training_class_id, clock.now())
    (face,) = (each for each in faces if each.place.learner_id == place.learner_id)
    show_faces(head, [face], "核对学员身份", by=_actor(head), now=clock.now())
    clock.advance(2 * 60_000)
    said = DocumentWord(Comparison.MATCHES, DocumentSeen.VIDEO, "")
    compare_face(head, Meant(place.training_class_id, face.enrolled.attempt), said, by=_actor(head), clock=clock)


def _actor(viewer: Viewer) -> Actor:
    return Actor(viewer.account_id, viewer.role.value)
