"""A version as its reviewers see it: all of it, with what was measured, what was found and what was said."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.courseware.models import CourseVersion, VersionLesson
from jiangxue.courseware.queries.conformity import findings_of, pace_of
from jiangxue.courseware.queries.teaching import taught_in, taught_lesson
from jiangxue.courseware.queries.versions import version_before
from jiangxue.courseware.rules.changes import CourseChanges, changes_between
from jiangxue.courseware.rules.content import LessonQuestion, Purpose
from jiangxue.courseware.rules.screened import place_of
from jiangxue.courseware.rules.versions import State
from jiangxue.courseware.services.papers import draw_flow
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Viewer
from jiangxue.portals.change_words import change_lines, lessons_changed
from jiangxue.portals.finding_words import finding_said
from jiangxue.portals.lengths import extent_said
from jiangxue.portals.reports.shown import preview_of, report_of
from jiangxue.portals.review_words import OBSTACLES, STEPS
from jiangxue.portals.reviewer.course_papers import papers_shown, proofs_shown
from jiangxue.portals.reviewer.forms import MarkForm
from jiangxue.portals.reviewer.queue import LOOKERS, REVIEWERS
from jiangxue.portals.reviewer.shown import (
    hits_shown,
    longest_of,
    marks_shown,
    modules_shown,
    reviews_shown,
    version_facts,
)
from jiangxue.review.errors import NotToReview
from jiangxue.review.queries import marks_of, reviews_of, version_for
from jiangxue.review.queries.cases import case_of
from jiangxue.review.queries.showing import can_put_back, can_take_down, down_now
from jiangxue.review.rules.reviewers import obstacle
from jiangxue.review.services.marking import note_look
from jiangxue.screening.queries import hits_at


@for_roles(*LOOKERS)
@require_safe
def version(request: SignedRequest, version_id: int) -> HttpResponse:
    """Show a version with its outline, its papers, the words that were found and the reviews so far."""
    shown = version_of(request, version_id)
    content = shown.whole
    today = learning_day(request.now)
    pace = pace_of(shown.course, today)
    taught, hits = list(taught_in([shown.pk])), list(hits_at(place_of(shown.pk)))
    before = version_before(shown)
    changes = changes_between(before.whole, content) if before else CourseChanges()
    opinions_before = reviews_of(before) if before else []
    context = {
        **head(request, shown),
        "before": before.serial if before else None,
        "changes": change_lines(changes),
        "modules": modules_shown(shown, taught, hits, list(marks_of(request.viewer, shown)), lessons_changed(changes)),
        "papers": papers_shown(content, pace),
        "proofs": proofs_shown(content, shown.pk),
        "flow": draw_flow(content=content, pace=pace),
        "hits": hits_shown(shown, taught, hits, request.viewer),
        "warnings": [finding_said(each, content) for each in findings_of(shown.course, content, today)],
        "reviews": reviews_shown(reviews_of(shown), taught, shown),
        "reviews_before": reviews_shown(
            opinions_before, taught_in({each.version_id for each in opinions_before if each.marks})
        ),
        "sheet_urls": [
            {"label": label, "url": reverse("reviewer:sheet", args=(shown.pk, form))}
            for form, label in (("pdf", "PDF"), ("docx", "Word"))
        ],
    }
    return render(request, "reviewer/version.html", context)


@for_roles(*LOOKERS)
@require_safe
def lesson(request: SignedRequest, version_id: int, lesson_id: int) -> HttpResponse:
    """Show a lesson of a version as it is taught, beside its quality report, its questions and the words that were found."""
    shown = version_of(request, version_id)
    return lesson_page(request, shown, taught_of(shown, lesson_id))


def lesson_page(
    request: SignedRequest,
    shown: CourseVersion,
    taught: VersionLesson,
    refused: MarkForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Return the page of a lesson; where no mark was refused it is being opened, and that its reviewer has looked is noted."""
    media = taught.lesson.media
    head_facts = head(request, shown)
    if refused is None and head_facts["may_review"]:
        note_look(viewer=request.viewer, version_id=shown.pk, lesson_id=taught.lesson_id, now=request.now)
    order = list(taught_in([shown.pk]))
    content = next(each for each in shown.whole.lessons if each.ref == taught.lesson_id)
    mine = [mark for mark in marks_of(request.viewer, shown) if mark.lesson_id == taught.lesson_id]
    context = {
        **head_facts,
        **_neighbours(shown, order, taught),
        "lesson": {
            "id": taught.lesson_id,
            "title": taught.title,
            "module_title": taught.module_title,
            "extent": extent_said(media.extent),
            "is_document": media.extent.is_document,
            "knowledge": [{"text": point.text, "work_content": point.work_content} for point in content.knowledge],
        },
        "report": report_of(media),
        "preview": preview_of(media, taught.title, taught.captions),
        "hits": hits_shown(shown, order, list(hits_at(place_of(shown.pk))), request.viewer, lesson_id=taught.lesson_id),
        "questions": _questions(content.asked(Purpose.CHECK_IN)),
        "test_questions": _questions(content.asked(Purpose.TEST)),
        "marks": marks_shown(shown, order, mine),
        "form": refused or MarkForm(is_document=media.extent.is_document, longest=longest_of(media.extent)),
        "mark_url": f"{reverse('reviewer:mark', args=(shown.pk, taught.lesson_id))}#mark",
    }
    return render(request, "reviewer/lesson.html", context, status=status)


def version_of(request: SignedRequest, version_id: int) -> CourseVersion:
    """Return a version that the viewer may look at, or answer 404."""
    try:
        return version_for(request.viewer, version_id)
    except NotToReview:
        raise Http404 from None


def taught_of(shown: CourseVersion, lesson_id: int) -> VersionLesson:
    """Return a lesson of a version, or answer 404."""
    taught = taught_lesson(shown.pk, lesson_id)
    if taught is None:
        raise Http404
    return taught


def head(request: SignedRequest, shown: CourseVersion) -> dict[str, object]:
    """Return what all pages of a version share: its facts, which review comes next, and what the viewer may do."""
    case = case_of(request.viewer, shown) if shown.state == State.IN_REVIEW else None
    why = obstacle(request.viewer, case) if case else None
    return {
        "version": version_facts(shown),
        "step": STEPS[case.step] if case else "",
        "step_number": int(case.step) if case else 0,
        "may_review": case is not None and why is None,
        "obstacle": OBSTACLES[why] if why else "",
        "is_screened": shown.screened_at is not None,
        "down_reason": _down_reason(shown),
        "sign_url": reverse("reviewer:sign", args=(shown.pk,)),
        "showing_url": reverse("reviewer:showing", args=(shown.pk,))
        if can_take_down(request.viewer, shown)
        or (shown.taken_down_at is not None and can_put_back(request.viewer, shown))
        else "",
        "queue": _way_back(request.viewer),
    }


def _way_back(viewer: Viewer) -> dict[str, str]:
    """Return the list that leads to a version: the queue, or for those who review nothing the published courses."""
    if viewer.role in REVIEWERS:
        return {"url": reverse("reviewer:queue"), "label": _("Reviews")}
    return {"url": reverse("reviewer:courses"), "label": _("Published courses")}


def _down_reason(shown: CourseVersion) -> str:
    """Return why the course is down, on the pages of what is down and of what would be shown in its place."""
    concerned = shown.taken_down_at is not None or shown.state == State.IN_REVIEW
    last = down_now(shown.course_id) if concerned else None
    return last.reason if last else ""


def _neighbours(shown: CourseVersion, order: Sequence[VersionLesson], here: VersionLesson) -> dict[str, object]:
    at = next(place for place, each in enumerate(order) if each.lesson_id == here.lesson_id)
    return {
        name: {"title": order[place].title, "url": reverse("reviewer:lesson", args=(shown.pk, order[place].lesson_id))}
        for name, place in (("before", at - 1), ("after", at + 1))
        if 0 <= place < len(order)
    }


def _questions(asked: tuple[LessonQuestion, ...]) -> list[dict[str, object]]:
    return [
        {
            "text": question.text,
            "options": [
                {"text": option, "is_right": place == question.right_index}
                for place, option in enumerate(question.options)
            ],
        }
        for question in asked
    ]
