"""What the sheet of review opinions (审核意见表) of a version says, the same for all who may print it. Clause T1.4."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from jiangxue.courseware.models import CourseVersion
from jiangxue.courseware.rules.paper_facts import ReviewedPoint, ReviewStep
from jiangxue.portals.review_words import ANSWERS, POINTS, STEPS, VERDICTS
from jiangxue.review.models import Review
from jiangxue.review.queries import reviews_of
from jiangxue.review.rules.opinions import Answer, Point, Step, Verdict


def sheet_steps(version: CourseVersion, *, named: Callable[[str], str]) -> list[ReviewStep]:
    """Return all three steps of a version's review, the names of reviewers as `named` gives them; an unsigned one is left to be filled in."""
    signed = {review.step: review for review in reviews_of(version)}
    return [_step(step, signed.get(step), version, named) for step in Step]


def _step(step: Step, review: Review | None, version: CourseVersion, named: Callable[[str], str]) -> ReviewStep:
    if review is None:
        return ReviewStep(str(STEPS[step]), tuple(ReviewedPoint(str(label)) for label in POINTS.values()))
    is_own = step is Step.INITIAL
    return ReviewStep(
        step=str(STEPS[step]),
        points=tuple(_point(point, review.points.get(point)) for point in POINTS),
        reviewer=named(review.reviewer.name),
        belongs_to=version.course.institution.name if is_own else _("Platform reviewers"),
        verdict=str(VERDICTS[Verdict(review.verdict)]),
        comment=review.comment,
        signed_at=review.signed_at,
        sha256=review.sha256,
    )


def _point(point: Point, answer: str | None) -> ReviewedPoint:
    label = str(POINTS[point])
    if answer is None:
        return ReviewedPoint(label)
    if answer == Answer.NOT_CONCERNED:
        return ReviewedPoint(label, note=str(ANSWERS[Answer.NOT_CONCERNED]))
    return ReviewedPoint(label, is_fulfilled=answer == Answer.FINE)
