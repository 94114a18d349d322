"""What the sheet of review opinions (审核意见表) of a version says, the same for all who may print it. Clause T1.4."""

from django.utils.translation import gettext as _

from jiangxue.courseware.models import CourseVersion
from jiangxue.courseware.rules.paper_facts import ReviewedPoint, ReviewStep
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.portals.review_words import ANSWERS, POINTS, STEPS, VERDICTS
from jiangxue.review.models import Review
from jiangxue.review.queries import reviews_of
from jiangxue.review.rules.opinions import Answer, Step, Verdict
from jiangxue.review.rules.reviewers import reviews_all
from jiangxue.ui.masking import masked_name


def sheet_steps(version: CourseVersion, viewer: Viewer) -> list[ReviewStep]:
    """Return all three steps of a version's review as the viewer may print them; an unsigned one is left to be filled in."""
    signed = {review.step: review for review in reviews_of(version)}
    return [_step(step, signed.get(step), version, viewer) for step in Step]


def _step(step: Step, review: Review | None, version: CourseVersion, viewer: Viewer) -> ReviewStep:
    answers = tuple(str(words) for words in ANSWERS.values())
    if review is None:
        return ReviewStep(str(STEPS[step]), answers, tuple(ReviewedPoint(str(label)) for label in POINTS.values()))
    institution = version.course.institution
    is_own = step is Step.INITIAL
    in_full = (
        viewer.role is Role.SUPERVISOR or reviews_all(viewer) or (is_own and viewer.organisation_id == institution.pk)
    )
    return ReviewStep(
        step=str(STEPS[step]),
        answers=answers,
        points=tuple(
            ReviewedPoint(str(label), str(ANSWERS[Answer(review.points[point])]) if point in review.points else "")
            for point, label in POINTS.items()
        ),
        reviewer=review.reviewer.name if in_full else masked_name(review.reviewer.name),
        belongs_to=institution.name if is_own else _("Platform reviewers"),
        verdict=str(VERDICTS[Verdict(review.verdict)]),
        comment=review.comment,
        signed_at=review.signed_at,
        sha256=review.sha256,
    )
