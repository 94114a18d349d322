"""What the tests of dodging a face check share: a second class, what comes of attempts, and time that passes."""

from datetime import timedelta

from jiangxue.enrolment.services import enrol
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from jiangxue.kernel.clock import HandClock, learning_day, to_ms
from jiangxue.learning.models import Check, Lease
from jiangxue.learning.rules.days import day_start_ms
from jiangxue.learning.services.answering import CheckAnswer, answer_check, show_check
from jiangxue.learning.services.clearing import Passed
from jiangxue.learning.services.ending import end_overdue
from jiangxue.learning.services.facing import Why, begin_face, hear_face, put_off_face
from jiangxue.policies.rules.time_policy import MINUTE_MS
from tests.factories.classes import Classroom, classroom
from tests.factories.facing import came_to
from tests.factories.learning import NO_CHECK_SOON
from tests.factories.policies import set_rule

LATE, SOON = NO_CHECK_SOON, 0.0


def another_class(room: Classroom, clock: HandClock, **rule: int) -> Classroom:
    """Return a class of another institution that the learner is in too, with a rule of its own."""
    found = classroom(clock.now(), lesson_ms=7_200_000, region="440305")
    place = enrol(class_id=found.training_class.pk, learner_id=room.learner.pk, now=clock.now())
    set_rule(found, clock.now() - timedelta(days=1), **rule)
    return Classroom(found.institution, found.training_class, found.head_teacher, room.learner, place, found.lessons)


def shown(room: Classroom, clock: HandClock, chance: float = LATE) -> Check | None:
    """Let a page show the open check, and return it."""
    found = show_check(room.viewer, clock=clock, chance=lambda: chance)
    return Check.objects.get(pk=found.check) if found else None


def asked(room: Classroom, clock: HandClock) -> Check:
    found = shown(room, clock)
    assert found is not None
    return found


def tried(room: Classroom, clock: HandClock, outcome: AttemptOutcome) -> object:
    """Show a face to the open check once, and return what came of the check; the next check-in is drawn as late and the next face as early as can be."""
    check = asked(room, clock).pk.hex
    begin_face(room.viewer, check, device="", address=None, clock=clock)
    clock.advance(5_000)
    came_to(room.learner, outcome, clock.now())
    draws = iter([LATE, SOON])
    return hear_face(room.viewer, check, clock=clock, chance=lambda: next(draws))


def put_off(room: Classroom, clock: HandClock) -> object:
    check = asked(room, clock).pk.hex
    clock.advance(5_000)
    return put_off_face(room.viewer, check, Why.NO_CAMERA, clock=clock, chance=lambda: SOON)


def attended(room: Classroom, clock: HandClock) -> None:
    """Answer the open check of attention."""
    check = asked(room, clock)
    answer = CheckAnswer(check.pk.hex, check.nonce, check.prompt["right"], None)
    assert isinstance(answer_check(room.viewer, answer, clock=clock, chance=lambda: LATE), Passed)


def expired(clock: HandClock) -> None:
    clock.advance(6 * MINUTE_MS)
    end_overdue(clock=clock)


def till_midnight_ms(clock: HandClock) -> int:
    """Return how long it is until the next learning day begins."""
    return day_start_ms(learning_day(clock.now()).toordinal() + 1) - to_ms(clock.now())


def lease_of(room: Classroom) -> Lease:
    return Lease.objects.get(learner=room.learner)
