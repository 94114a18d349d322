"""The papers of a course for applications: as it stands, of each version, and of all courses of the institution. Clause M7."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.courseware import queries as courseware
from jiangxue.courseware.models import Course, CourseVersion
from jiangxue.courseware.queries.conformity import pace_of
from jiangxue.courseware.queries.contents import content_of, contents_of
from jiangxue.courseware.queries.versions import versions_of
from jiangxue.courseware.rules.content import CourseContent
from jiangxue.courseware.rules.paper_facts import PaperFacts, ReviewLine
from jiangxue.courseware.services.papers import (
    PaperFormat,
    PrintedPaper,
    draw_flow,
    print_introduction,
    print_inventory,
    print_outline,
    print_review_sheet,
)
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import INSTITUTION_ROLES
from jiangxue.portals.institution.course_pages.frame import course_of, frame
from jiangxue.portals.institution.course_pages.standing_words import version_state
from jiangxue.portals.institution.course_pages.versions import version_of
from jiangxue.portals.review_sheet import sheet_steps
from jiangxue.portals.review_words import STEPS, VERDICTS
from jiangxue.review.models import Review
from jiangxue.review.queries import reviews_of
from jiangxue.review.rules.opinions import Step, Verdict
from jiangxue.typesetting.errors import FontsMissing
from jiangxue.ui.masking import masked_name

_OF_CONTENT = {"outline": print_outline, "introduction": print_introduction}
REVIEW_SHEET = "review-sheet"


@for_roles(*INSTITUTION_ROLES)
@require_safe
def papers(request: SignedRequest, course_id: int) -> HttpResponse:
    """Show which papers there are, and the training flow."""
    course = course_of(request, course_id)
    content = content_of(course)
    versions = versions_of(course.pk)
    context = {
        **frame(request, course),
        "draft": _downloads("institution:paper", course.pk, tuple(_OF_CONTENT)),
        "versions": [_version_line(each) for each in versions],
        "inventory": inventory_files(),
        "flow": draw_flow(content=content, pace=pace_of(course, learning_day(request.now))),
    }
    return render(request, "institution/course/papers.html", context)


@for_roles(*INSTITUTION_ROLES)
@require_safe
def paper(request: SignedRequest, course_id: int, kind: str, form: str) -> HttpResponse:
    """Send a paper of the course as it stands, which says that it is a draft."""
    course, wanted = course_of(request, course_id), _format(form)
    if kind not in _OF_CONTENT:
        raise Http404
    content = content_of(course)
    facts = _facts(request, course, None, content.sha256)
    try:
        return _sent(_OF_CONTENT[kind](content=content, facts=facts, form=wanted))
    except FontsMissing as refusal:
        return _without_fonts(request, refusal)


@for_roles(*INSTITUTION_ROLES)
@require_safe
def version_paper(request: SignedRequest, version_id: int, kind: str, form: str) -> HttpResponse:
    """Send a paper of a version with its hash and its reviews."""
    shown, wanted = version_of(request, version_id), _format(form)
    if kind not in (*_OF_CONTENT, REVIEW_SHEET):
        raise Http404
    facts = _facts(request, shown.course, shown, shown.sha256)
    try:
        if kind == REVIEW_SHEET:
            steps = sheet_steps(shown, request.viewer)
            return _sent(print_review_sheet(content=shown.whole, facts=facts, steps=steps, form=wanted))
        return _sent(_OF_CONTENT[kind](content=shown.whole, facts=facts, form=wanted))
    except FontsMissing as refusal:
        return _without_fonts(request, refusal)


@for_roles(*INSTITUTION_ROLES)
@require_safe
def inventory(request: SignedRequest, form: str) -> HttpResponse:
    """Send the inventory of all courses of the institution."""
    wanted, found = _format(form), list(courseware.courses(request.viewer))
    if not found:
        raise Http404
    contents: list[CourseContent] = list(contents_of([each.pk for each in found]).values())
    facts = _facts(request, found[0], None, "")
    try:
        return _sent(print_inventory(contents=contents, facts=facts, form=wanted))
    except FontsMissing as refusal:
        return _without_fonts(request, refusal)


def inventory_files() -> list[dict[str, str]]:
    """Return in which forms the inventory can be had."""
    return [_download("institution:inventory", (), form) for form in PaperFormat]


def _format(form: str) -> PaperFormat:
    try:
        return PaperFormat(form)
    except ValueError:
        raise Http404 from None


def _sent(printed: PrintedPaper) -> HttpResponse:
    response = HttpResponse(printed.body, content_type=printed.media_type)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=printed.name) or "attachment"
    )
    return response


def _without_fonts(request: SignedRequest, refusal: FontsMissing) -> HttpResponse:
    context = {"families": refusal.families, "word_url": f"{request.path.removesuffix('pdf')}docx"}
    return render(request, "institution/course/fonts_missing.html", context, status=503)


def _facts(request: SignedRequest, course: Course, version: CourseVersion | None, sha256: str) -> PaperFacts:
    today = learning_day(request.now)
    known = PaperFacts(course.institution.name, today, sha256=sha256, pace=pace_of(course, today))
    if version is None:
        return known
    return PaperFacts(
        institution=known.institution,
        today=today,
        version=version.serial,
        sha256=sha256,
        published_on=learning_day(version.published_at) if version.published_at else None,
        reviews=tuple(_review_line(each) for each in reviews_of(version)),
        pace=known.pace,
    )


def _review_line(review: Review) -> ReviewLine:
    return ReviewLine(
        str(STEPS[Step(review.step)]),
        masked_name(review.reviewer.name),
        str(VERDICTS[Verdict(review.verdict)]),
        learning_day(review.signed_at),
    )


def _names() -> dict[str, str]:
    return {
        "outline": _("Training outline"),
        "introduction": _("Course introduction"),
        REVIEW_SHEET: _("Sheet of review opinions"),
    }


def _downloads(name: str, ref: int, kinds: Sequence[str]) -> list[dict[str, object]]:
    return [
        {"title": _names()[kind], "files": [_download(name, (ref, kind), form) for form in PaperFormat]}
        for kind in kinds
    ]


def _download(name: str, args: tuple[object, ...], form: PaperFormat) -> dict[str, str]:
    label = "PDF" if form is PaperFormat.PDF else "Word"
    return {"label": label, "url": reverse(name, args=(*args, form.value))}


def _version_line(each: CourseVersion) -> dict[str, object]:
    return {
        "serial": each.serial,
        "state_label": version_state(each),
        "papers": _downloads("institution:version_paper", each.pk, (*_OF_CONTENT, REVIEW_SHEET)),
    }
