"""The page of a course: where it stands, what it lacks, and the ways to all its parts. Clauses C2, M6, M7."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.courseware import queries as courseware
from jiangxue.courseware.models import Course, Lesson
from jiangxue.courseware.queries.conformity import findings_of
from jiangxue.courseware.queries.contents import content_of
from jiangxue.courseware.queries.standing import standings
from jiangxue.courseware.rules.conformity import is_fit_for_review
from jiangxue.courseware.rules.content import CourseContent
from jiangxue.courseware.rules.questions import FEWEST_IN_TEST
from jiangxue.courseware.rules.shortcomings import Finding, Section
from jiangxue.courseware.services.paper_words import aim_said, hours_alone
from jiangxue.courseware.services.submitting import may_be_handed_in
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import INSTITUTION_ROLES
from jiangxue.portals.institution.course_pages.finding_lines import finding_lines
from jiangxue.portals.institution.course_pages.frame import Access, access_to, course_of, frame
from jiangxue.portals.institution.course_pages.opinions import last_opinion, opinions_url
from jiangxue.portals.institution.course_pages.sections import SECTIONS
from jiangxue.portals.institution.course_pages.standing_words import standing_line
from jiangxue.portals.institution.file_news import tell_news
from jiangxue.portals.lengths import extent_said
from jiangxue.review.queries.cases import steps_reached
from jiangxue.review.queries.showing import down_now

_OF_SECTION = {
    "facts": (Section.FACTS,),
    "plan": (Section.HOURS, Section.PLANNED),
    "assessment": (Section.ASSESSMENT,),
    "lecturers": (Section.LECTURERS,),
    "licences": (Section.LICENCES,),
}


@for_roles(*INSTITUTION_ROLES)
@require_safe
def course(request: SignedRequest, course_id: int) -> HttpResponse:
    """Show one course; 404 for a course of others."""
    shown = course_of(request, course_id)
    tell_news(request)
    today = learning_day(request.now)
    content, access = content_of(shown), access_to(request, shown)
    findings = findings_of(shown, content, today)
    standing = standings(request.viewer, [shown.pk], today)[shown.pk]
    steps = steps_reached([access.in_review.pk] if access.in_review else [])
    lines = finding_lines(findings, content, shown.pk)
    is_new = may_be_handed_in(shown, content, today)
    context = {
        **frame(request, shown, access),
        "summary": content.facts.summary,
        "aim": aim_said(content.facts),
        "standing": standing_line(standing, steps),
        "opinions_url": opinions_url(standing),
        "opinion": last_opinion(standing),
        "down_reason": _down_reason(shown.pk),
        "blocking": [each for each in lines if each["is_blocking"]],
        "warnings": [each for each in lines if not each["is_blocking"]],
        "is_new": is_new,
        "submit_url": _submit_url(shown, findings, access) if is_new else "",
        "sections": _sections(shown, content, findings),
        "fewest": FEWEST_IN_TEST,
        "modules": _modules(courseware.outline_for(request.viewer, course_id)),
        "files_url": reverse("institution:files", args=(course_id,)),
        "preview_url": reverse("institution:course_preview", args=(course_id,)),
    }
    return render(request, "institution/course.html", context)


def _down_reason(course_id: int) -> str:
    down = down_now(course_id)
    return down.reason if down else ""


def _submit_url(course: Course, findings: Iterable[Finding], access: Access) -> str:
    """Return where the course is handed in, empty while it cannot be."""
    if not access.is_open or not is_fit_for_review(findings):
        return ""
    return reverse("institution:submit_course", args=(course.pk,))


def _sections(course: Course, content: CourseContent, findings: Sequence[Finding]) -> list[dict[str, object]]:
    pk = course.pk
    said = {
        "facts": aim_said(content.facts),
        "plan": _("%(hours)s class hours declared") % {"hours": hours_alone(content.facts.hours.total)},
        "assessment": _counted(
            ngettext("%(count)d part", "%(count)d parts", len(content.assessment)), content.assessment
        ),
        "lecturers": _counted(
            ngettext("%(count)d teacher", "%(count)d teachers", len(content.lecturers)), content.lecturers
        ),
        "licences": _licences_said(content),
    }
    rows: list[dict[str, object]] = [
        {
            "title": page.title,
            "url": reverse("institution:course_section", args=(pk, name)),
            "note": said[name],
            "to_mend": sum(each.is_blocking and each.place.section in _OF_SECTION[name] for each in findings),
        }
        for name, page in SECTIONS.items()
    ]
    lessons = _counted(ngettext("%(count)d lesson", "%(count)d lessons", len(content.lessons)), content.lessons)
    in_outline = sum(each.is_blocking and each.place.section is Section.OUTLINE for each in findings)
    files = course.uploads.count()
    return [
        *rows,
        _row(_("Training outline"), "outline", pk, lessons) | {"to_mend": in_outline},
        _row(
            _("Courseware files"), "files", pk, ngettext("%(count)d file", "%(count)d files", files) % {"count": files}
        ),
        _row(_("Versions and reviews"), "versions", pk, ""),
        _row(_("Papers for the application"), "papers", pk, _("outline, introduction, review sheet, inventory")),
        _row(_("Ratings by learners"), "course_ratings", pk, ""),
    ]


def _row(title: str, name: str, course_id: int, note: str) -> dict[str, object]:
    return {"title": title, "url": reverse(f"institution:{name}", args=(course_id,)), "note": note, "to_mend": 0}


def _counted(words: str, rows: Sequence[object]) -> str:
    return words % {"count": len(rows)}


def _licences_said(content: CourseContent) -> str:
    if not content.facts.is_imported and not content.licences:
        return _("own resources")
    return _counted(ngettext("%(count)d licence", "%(count)d licences", len(content.licences)), content.licences)


def _modules(outline: Iterable[Lesson]) -> list[dict[str, object]]:
    return [
        {
            "title": module.title if module else "",
            "lessons": [
                {
                    "title": lesson.draft_title,
                    "url": reverse("institution:lesson", args=(lesson.pk,)),
                    "questions_url": reverse("institution:questions", args=(lesson.pk,)),
                    "extent": extent_said(lesson.media.extent),
                    "questions": getattr(lesson, "in_use", 0),
                    "test_url": reverse("institution:test_questions", args=(lesson.pk,)),
                    "test_questions": getattr(lesson, "in_test", 0),
                    "is_test_short": 0 < getattr(lesson, "in_test", 0) < FEWEST_IN_TEST,
                }
                for lesson in lessons
            ],
        }
        for module, lessons in groupby(outline, key=lambda lesson: lesson.module)
    ]
