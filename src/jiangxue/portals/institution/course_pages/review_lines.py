"""What reviewers have said of a version, and the words that were found in it, as lines of a page. Clauses T1.4, M6."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from jiangxue.courseware.rules.content import CourseContent
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.portals.review_words import ANSWERS, FIELDS, POINTS, STEPS, VERDICTS, mark_place
from jiangxue.review.models import Review
from jiangxue.review.rules.opinions import Answer, Point, Step, Verdict
from jiangxue.screening.models import Hit

_DECISIONS: dict[str, str | Promise] = {
    "": gettext_lazy("not decided yet"),
    Hit.Decision.HARMLESS.value: gettext_lazy("harmless here"),
    Hit.Decision.TO_CHANGE.value: gettext_lazy("to be changed"),
}


def review_line(review: Review, content: CourseContent, in_outline: set[int]) -> dict[str, object]:
    """Return a signed review; marks lead to the lessons that are in the outline now."""
    return {
        "step": STEPS[Step(review.step)],
        "verdict": review.verdict,
        "verdict_label": VERDICTS[Verdict(review.verdict)],
        "reviewer": review.reviewer.name,
        "signed_at": review.signed_at,
        "comment": review.comment,
        "points": _points(review.points),
        "marks": [_mark(mark, content, in_outline) for mark in review.marks],
    }


def hit_line(hit: Hit, content: CourseContent) -> dict[str, object]:
    """Return a word that was found, where it stands, and what a person said of it."""
    return {
        "shown": hit.shown,
        "category": hit.category,
        "place": _place(hit.where, content),
        "decision": _DECISIONS[hit.decision],
        "is_to_change": hit.decision == Hit.Decision.TO_CHANGE,
        "note": hit.note,
    }


def _points(points: Mapping[str, str]) -> list[dict[str, object]]:
    return [
        {"label": POINTS[Point(point)], "answer": ANSWERS[Answer(answer)], "is_to_mend": answer == Answer.TO_MEND}
        for point, answer in points.items()
    ]


def _mark(mark: Mapping[str, object], content: CourseContent, in_outline: set[int]) -> dict[str, object]:
    ref, at = int(str(mark["lesson"])), int(str(mark["at"]))
    lesson = next((each for each in content.lessons if each.ref == ref), None)
    return {
        "lesson": lesson.title if lesson else "",
        "place": mark_place(at, is_document=lesson is not None and lesson.kind is LessonKind.DOCUMENT),
        "text": mark["text"],
        "url": f"{reverse('institution:lesson_preview', args=(ref,))}#marks" if ref in in_outline else "",
    }


def _place(where: Mapping[str, object], content: CourseContent) -> str:
    lesson = next((each.title for each in content.lessons if each.ref == where.get("lesson")), "")
    at = ""
    if "page" in where or "at_ms" in where:
        at = mark_place(int(str(where.get("page", where.get("at_ms")))), is_document="page" in where)
    return " · ".join(part for part in (lesson, str(FIELDS.get(str(where.get("field", "")), "")), at) if part)
