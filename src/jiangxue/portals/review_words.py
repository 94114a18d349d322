"""The words of reviews."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.courseware.rules.versions import State
from jiangxue.review.rules.opinions import Answer, OpinionFlaw, Point, Step, Verdict
from jiangxue.review.rules.reviewers import Obstacle

type Words = str | Promise

STEPS: dict[Step, Words] = {
    Step.INITIAL: gettext_lazy("First review (institution)"),
    Step.SECOND: gettext_lazy("Second review"),
    Step.FINAL: gettext_lazy("Final review"),
}
VERDICTS: dict[Verdict, Words] = {
    Verdict.PASS: gettext_lazy("Pass"),
    Verdict.CHANGES: gettext_lazy("Ask for changes"),
    Verdict.REJECT: gettext_lazy("Reject"),
}
POINTS: dict[Point, Words] = {
    Point.POLITICS: gettext_lazy("Political direction and ideology are right"),
    Point.LAW: gettext_lazy("Nothing against law or regulations"),
    Point.SAFETY: gettext_lazy("What is taught is correct and safe to do"),
    Point.COPYRIGHT: gettext_lazy("Works, pictures and portraits are lawfully used"),
    Point.ADVERTISING: gettext_lazy("No advertising, no links for sales"),
    Point.MINORS: gettext_lazy("Nothing that harms minors"),
    Point.PRIVACY: gettext_lazy("No personal data of others is shown"),
    Point.CURRENCY: gettext_lazy("Follows the standard and technology in force"),
    Point.LANGUAGE: gettext_lazy("Language and signs are standard and easy to understand"),
    Point.CAPTIONS: gettext_lazy("Captions agree with what is said"),
}
ANSWERS: dict[Answer, Words] = {
    Answer.FINE: gettext_lazy("fulfilled"),
    Answer.TO_MEND: gettext_lazy("to be mended"),
    Answer.NOT_CONCERNED: gettext_lazy("not concerned"),
}
STATES: dict[State, Words] = {
    State.IN_REVIEW: gettext_lazy("in review"),
    State.WITHDRAWN: gettext_lazy("withdrawn"),
    State.RETURNED: gettext_lazy("Returned for changes"),
    State.REJECTED: gettext_lazy("rejected"),
    State.PUBLISHED: gettext_lazy("published"),
    State.REPLACED: gettext_lazy("replaced by a newer version"),
}
OBSTACLES: dict[Obstacle, Words] = {
    Obstacle.OTHER_ROLE: gettext_lazy("This review is for others."),
    Obstacle.HAS_A_PART: gettext_lazy("You had a part in this course; somebody else must review it."),
    Obstacle.REVIEWED_ALREADY: gettext_lazy("You have reviewed this version already; somebody else must go on."),
    Obstacle.TOOK_IT_DOWN: gettext_lazy(
        "You have taken this course down; somebody else must let it be shown again by a newer version."
    ),
    Obstacle.BELONGS_TO_INSTITUTION: gettext_lazy(
        "You belong to the institution of this course; the second and final review are made from outside."
    ),
}
FLAWS: dict[OpinionFlaw, Words] = {
    OpinionFlaw.NO_VERDICT: gettext_lazy("Choose whether the course passes."),
    OpinionFlaw.POINTS_OPEN: gettext_lazy("To let the course pass, answer every point."),
    OpinionFlaw.POINTS_TO_MEND: gettext_lazy("A point is to be mended: ask for changes instead of letting it pass."),
    OpinionFlaw.NO_COMMENT: gettext_lazy("Write what is to be changed, or why the course is rejected."),
    OpinionFlaw.COMMENT_TOO_LONG: gettext_lazy("At most 2,000 characters."),
    OpinionFlaw.LESSONS_UNOPENED: gettext_lazy("You have not opened every lesson yet. Look at all of them first."),
    OpinionFlaw.MARKS_OPEN: gettext_lazy(
        "You have marked places: remove the marks that are settled, or ask for changes."
    ),
    OpinionFlaw.NOT_SCREENED: gettext_lazy(
        "The words are still being screened. Please wait a minute, then sign again."
    ),
    OpinionFlaw.HITS_OPEN: gettext_lazy("Sensitive words have been found. Say of each whether it is harmless."),
    OpinionFlaw.HITS_TO_CHANGE: gettext_lazy("A sensitive word is to be changed: ask for changes."),
}
POINT_FLAWS: dict[OpinionFlaw, Words] = {
    OpinionFlaw.POINTS_OPEN: gettext_lazy("This point has no answer yet."),
    OpinionFlaw.POINTS_TO_MEND: gettext_lazy("This point is to be mended."),
}
FIELDS: dict[str, Words] = {
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("Introduction"),
    "special_ability": gettext_lazy("Special ability"),
    "target_group": gettext_lazy("Target group"),
    "entry_conditions": gettext_lazy("Entry conditions"),
    "goals": gettext_lazy("Goals"),
    "basis": gettext_lazy("Basis"),
    "methods": gettext_lazy("Methods"),
    "materials": gettext_lazy("Materials"),
    "supplier": gettext_lazy("Supplier"),
    "planned": gettext_lazy("Live and practice items"),
    "assessment": gettext_lazy("Assessment scheme"),
    "lecturers": gettext_lazy("Lecturers"),
    "licences": gettext_lazy("Licences"),
    "module": gettext_lazy("Title of a module"),
    "knowledge": gettext_lazy("Knowledge points"),
    "question": gettext_lazy("Questions"),
    "captions": gettext_lazy("Captions"),
}


def mark_place(at: int, *, is_document: bool) -> str:
    """Return a marked place: 第 3 页, or 01:05."""
    if is_document:
        return _("page %(page)d") % {"page": at}
    minutes, seconds = divmod(at // 1000, 60)
    return f"{minutes:02d}:{seconds:02d}"
