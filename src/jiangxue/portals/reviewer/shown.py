"""What the pages of reviewers say of a version: its outline, the words that were found, the reviews so far."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from jiangxue.courseware.models import CourseVersion, VersionLesson
from jiangxue.courseware.rules.extent import Extent
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.quality import QualityReport
from jiangxue.courseware.rules.versions import State
from jiangxue.kernel.viewer import Viewer
from jiangxue.portals.lengths import extent_said
from jiangxue.portals.reports.words import VERDICT_WORDS
from jiangxue.portals.review_words import ANSWERS, FIELDS, POINTS, STATES, STEPS, VERDICTS, mark_place
from jiangxue.review.models import PendingMark, Review
from jiangxue.review.rules.opinions import Answer, Point, Step, Verdict
from jiangxue.screening.models import Hit
from jiangxue.screening.rules.places import Where
from jiangxue.ui.masking import masked_name


def version_facts(version: CourseVersion) -> dict[str, object]:
    """Return what stands at the head of a version's pages."""
    return {
        "title": version.title,
        "institution": version.course.institution.name,
        "serial": version.serial,
        "sha256": version.sha256,
        "short_sha256": version.sha256[:12],
        "state_label": STATES[State(version.state)],
        "submitted_at": version.submitted_at,
        "published_at": version.published_at,
        "review_due_on": version.review_due_on,
        "taken_down_at": version.taken_down_at,
        "url": reverse("reviewer:version", args=(version.pk,)),
    }


def modules_shown(
    version: CourseVersion,
    taught: Iterable[VersionLesson],
    hits: Sequence[Hit],
    marks: Iterable[PendingMark],
    changed: Mapping[int, str],
) -> list[dict[str, object]]:
    """Return the outline, each lesson with what its report says, how many words were found, how many marks were made, and whether it has changed."""
    modules: dict[int, dict[str, object]] = {}
    open_hits = Counter(hit.where.get("lesson") for hit in hits if not hit.decision)
    marked = Counter(mark.lesson_id for mark in marks)
    for each in taught:
        module = modules.setdefault(each.module_position, {"title": each.module_title, "lessons": []})
        lessons = module["lessons"]
        assert isinstance(lessons, list)
        lessons.append(
            _lesson_line(version, each)
            | {
                "hits": open_hits[each.lesson_id],
                "marks": marked[each.lesson_id],
                "changed": changed.get(each.lesson_id, ""),
            }
        )
    return list(modules.values())


def _lesson_line(version: CourseVersion, taught: VersionLesson) -> dict[str, object]:
    media = taught.lesson.media
    verdict = QualityReport.from_values(media.report).verdict if media.report else None
    return {
        "title": taught.title,
        "url": reverse("reviewer:lesson", args=(version.pk, taught.lesson_id)),
        "extent": extent_said(media.extent),
        "verdict": verdict.value if verdict else "",
        "verdict_label": VERDICT_WORDS[verdict] if verdict else "",
    }


def hits_shown(
    version: CourseVersion,
    taught: Iterable[VersionLesson],
    hits: Sequence[Hit],
    viewer: Viewer,
    *,
    lesson_id: int | None = None,
) -> list[dict[str, object]]:
    """Return the words that were found in a version, or in one of its lessons, with where they stand and whether the viewer has decided about them."""
    by_lesson = {each.lesson_id: each for each in taught}
    open_words = Counter(hit.word for hit in hits if not hit.decision)
    return [
        _hit(version, hit, by_lesson)
        | {
            "fellows": open_words[hit.word] if open_words[hit.word] > 1 and not hit.decision else 0,
            "is_mine": hit.decided_by_id == viewer.account_id,
        }
        for hit in hits
        if lesson_id is None or hit.where.get("lesson") == lesson_id
    ]


def _place_said(where: Where) -> str:
    if "page" in where:
        return mark_place(int(where["page"]), is_document=True)
    field = str(FIELDS.get(str(where.get("field", "")), ""))
    return f"{field} {mark_place(int(where['at_ms']), is_document=False)}" if "at_ms" in where else field


def _hit(version: CourseVersion, hit: Hit, taught: dict[int, VersionLesson]) -> dict[str, object]:
    where = hit.where
    lesson = taught.get(where.get("lesson", 0))
    place = _place_said(where)
    return {
        "id": hit.pk,
        "word": hit.word,
        "category": hit.category,
        "excerpt": hit.shown,
        "lesson_title": lesson.title if lesson else "",
        "lesson_url": reverse("reviewer:lesson", args=(version.pk, lesson.lesson_id)) if lesson else "",
        "place": place,
        "called": " · ".join(filter(None, (hit.word, lesson.title if lesson else "", place))),
        "at": where.get("page", where.get("at_ms", "")),
        "decision": hit.decision,
        "note": hit.note,
        "decided_by": masked_name(hit.decided_by.name) if hit.decided_by else "",
        "decide_url": reverse("reviewer:hit", args=(version.pk, hit.pk)),
    }


def reviews_shown(
    reviews: Sequence[Review], taught: Iterable[VersionLesson], version: CourseVersion | None = None
) -> list[dict[str, object]]:
    """Return signed reviews of what was taught; with a version, marks lead to their lessons in it."""
    by_lesson = {each.lesson_id: each for each in taught}
    return [_review(review, by_lesson, version) for review in reviews]


def _review(review: Review, taught: dict[int, VersionLesson], version: CourseVersion | None) -> dict[str, object]:
    return {
        "step": STEPS[Step(review.step)],
        "reviewer": masked_name(review.reviewer.name),
        "verdict": review.verdict,
        "verdict_label": VERDICTS[Verdict(review.verdict)],
        "comment": review.comment,
        "signed_at": review.signed_at,
        "points": [
            {"label": POINTS[Point(point)], "answer_label": ANSWERS[Answer(answer)]}
            for point, answer in review.points.items()
            if answer == Answer.TO_MEND
        ],
        "marks": [_signed_mark(mark, taught, version) for mark in review.marks],
    }


def _signed_mark(
    mark: dict[str, object], taught: dict[int, VersionLesson], version: CourseVersion | None
) -> dict[str, object]:
    lesson = taught.get(int(str(mark["lesson"])))
    is_document = lesson is not None and lesson.lesson.media.extent.is_document
    at = int(str(mark["at"]))
    leads = lesson is not None and version is not None and version.pk == lesson.version_id
    return {
        "lesson_title": lesson.title if lesson else "",
        "place": mark_place(at, is_document=is_document),
        "text": mark["text"],
        "url": reverse("reviewer:lesson", args=(version.pk, lesson.lesson_id)) if leads and version and lesson else "",
    }


def marks_shown(
    version: CourseVersion, taught: Iterable[VersionLesson], marks: Iterable[PendingMark]
) -> list[dict[str, object]]:
    """Return one's own marks that wait to be signed."""
    by_lesson = {each.lesson_id: each for each in taught}
    return [
        {
            "lesson_title": by_lesson[mark.lesson_id].title,
            "lesson_url": reverse("reviewer:lesson", args=(version.pk, mark.lesson_id)),
            "at": mark.at,
            "place": mark_place(mark.at, is_document=by_lesson[mark.lesson_id].lesson.media.extent.is_document),
            "text": mark.text,
            "remove_url": reverse("reviewer:unmark", args=(version.pk, mark.pk)),
        }
        for mark in marks
    ]


def longest_of(extent: Extent) -> int:
    """Return the last place that can be marked: ms of a film, or a page."""
    return extent.pages if extent.kind is LessonKind.DOCUMENT else extent.length_ms
