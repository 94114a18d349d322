"""Handing a course in for review and taking it back; each asks once and says what happens. Clauses T1.4, M6."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.courseware.errors import NothingChanged, NotInReview, OutOfReach, UnderReview, UnfitCourse
from jiangxue.courseware.models import Course
from jiangxue.courseware.queries import EDITORS
from jiangxue.courseware.queries.conformity import findings_of
from jiangxue.courseware.queries.contents import content_of
from jiangxue.courseware.queries.versions import versions_of
from jiangxue.courseware.rules.conformity import is_fit_for_review
from jiangxue.courseware.rules.shortcomings import Finding
from jiangxue.courseware.services.paper_words import hours_alone
from jiangxue.courseware.services.submitting import may_be_handed_in, withdraw
from jiangxue.courseware.services.submitting import submit as hand_in
from jiangxue.kernel.clock import learning_day
from jiangxue.portals.institution.course_pages.finding_lines import finding_lines
from jiangxue.portals.institution.course_pages.frame import Access, access_to, course_of, frame
from jiangxue.portals.institution.course_pages.opinions import returned_as_it_is


@for_roles(*EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: SignedRequest, course_id: int) -> HttpResponse:
    """Say what will be frozen, then hand the course in; 409 where it cannot be handed in as it is now."""
    course = course_of(request, course_id)
    if request.method != "POST":
        return _asked(request, course)
    try:
        version = hand_in(viewer=request.viewer, course_id=course.pk, by=actor_of(request), now=request.now)
    except OutOfReach:
        raise Http404 from None
    except (UnfitCourse, NothingChanged, UnderReview):
        return _asked(request, course, status=409)
    said = {"serial": version.serial, "hash": version.sha256[:12]}
    messages.success(
        request, _("Version %(serial)d is handed in for the first review. Its hash begins with %(hash)s.") % said
    )
    return redirect("institution:version", version.pk)


@for_roles(*EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_course(request: SignedRequest, course_id: int) -> HttpResponse:
    """Ask once, then take a course back from review."""
    course = course_of(request, course_id)
    access = access_to(request, course)
    if request.method != "POST":
        if access.in_review is None:
            return _not_in_review(request, course)
        return render(request, "institution/course/withdraw.html", frame(request, course, access))
    try:
        version = withdraw(viewer=request.viewer, course_id=course.pk, by=actor_of(request), now=request.now)
    except OutOfReach:
        raise Http404 from None
    except NotInReview:
        return _not_in_review(request, course)
    said = _("Version %(serial)d is taken back. The course can be changed, and handed in again as a new version.")
    messages.success(request, said % {"serial": version.serial})
    return redirect("institution:course", course.pk)


def _not_in_review(request: SignedRequest, course: Course) -> HttpResponse:
    reason = _("This course is not being reviewed any more: the review has ended, or somebody else has taken it back.")
    context = {"reason": reason, "again_url": reverse("institution:course", args=(course.pk,))}
    return render(request, "ui/errors/409.html", context, status=409)


def _asked(request: SignedRequest, course: Course, *, status: int = 200) -> HttpResponse:
    access, content = access_to(request, course), content_of(course)
    today = learning_day(request.now)
    findings = findings_of(course, content, today)
    lines = finding_lines(findings, content, course.pk)
    context = {
        **frame(request, course, access),
        "serial": versions_of(course.pk).count() + 1,
        "lessons": len(content.lessons),
        "questions": sum(len(lesson.questions) for lesson in content.lessons),
        "hours": hours_alone(content.facts.hours.total),
        "sha256": content.sha256,
        "blocking": [each for each in lines if each["is_blocking"]],
        "warnings": [each for each in lines if not each["is_blocking"]],
        "obstacle": _obstacle(access, findings, is_new=may_be_handed_in(course, content, today)),
        "returned": returned_as_it_is(course.pk, content),
        "is_late": status == 409,
    }
    return render(request, "institution/course/submit.html", context, status=status)


def _obstacle(access: Access, findings: Sequence[Finding], *, is_new: bool) -> str:
    """Return why the course cannot be handed in now, empty if it can."""
    if access.in_review is not None:
        return "under_review"
    if not is_fit_for_review(findings):
        return "unfit"
    return "" if is_new else "unchanged"
