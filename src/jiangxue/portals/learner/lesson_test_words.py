"""A lesson's test in words: where the learner stands with it, why it cannot be begun, how an attempt ended."""

from django.utils.translation import gettext as _

from jiangxue.assessment.errors import (
    AssessmentRefusal,
    ClassIsNotOpen,
    NoAttemptLeft,
    NotPlayedThrough,
    PassedAlready,
)
from jiangxue.assessment.rules.attempts import LessonTest
from jiangxue.portals.learner.outline import Step

TEST_STATES = ("passed", "waiting", "ready", "open", "used_up")


def test_line(step: Step) -> dict[str, object] | None:
    """Return what a lesson's own line says of its test; None for a lesson that has none."""
    if not step.test.questions and not step.test.is_passed:
        return None
    return {
        "url": step.test_url,
        "state": state_of(step),
        "label": state_said(step),
        "is_missing": step.test.is_owed,
    }


def state_of(step: Step) -> str:
    """Return one of `TEST_STATES`: passed, waiting for the lesson, ready to be taken, open, used up for today."""
    if step.test.is_passed:
        return "passed"
    if step.test.open_attempt is not None:
        return "open"
    if not step.played:
        return "waiting"
    return "ready" if step.test.left_today else "used_up"


def state_said(step: Step) -> str:
    """Say where the learner stands with the test of a lesson."""
    match state_of(step):
        case "passed":
            return _("Lesson test passed: %(score)d points") % {"score": step.test.passed_with}
        case "open":
            return _("Lesson test begun, not handed in yet")
        case "waiting":
            return _("Lesson test: opens when the lesson is learned to its end")
        case "used_up":
            return _("Lesson test: no attempt left today; go on tomorrow")
        case _:
            return _("Lesson test to be taken")


def left_said(test: LessonTest) -> str:
    """Say how many attempts are left today, of how many."""
    return _("%(left)d of %(most)d today") % {"left": test.left_today, "most": test.attempts_a_day}


def refusal_said(refusal: AssessmentRefusal) -> str:
    """Say why an attempt cannot be begun; an unknown refusal is a fault of ours and is raised again."""
    match refusal:
        case NotPlayedThrough():
            return _("Learn this lesson to its end first; then its test opens.")
        case NoAttemptLeft(most=most):
            return _("You have used all %(most)d attempts of today. Look at the lesson again, and try tomorrow.") % {
                "most": most
            }
        case PassedAlready():
            return _("You have passed this test already.")
        case ClassIsNotOpen():
            return _("The class is not open: no test can be begun now.")
        case _:
            raise refusal
