"""What learners think of a course of the institution, and of one class. Clause M6."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.courseware.errors import OutOfReach
from jiangxue.courseware.queries import course_for
from jiangxue.djangokit.pages import with_lines
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.queries import class_for
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import INSTITUTION_ROLES
from jiangxue.portals.stars import comment_shown, figures_shown
from jiangxue.rating.models import CourseRating
from jiangxue.rating.queries.comments import ratings_of_class, ratings_of_course
from jiangxue.rating.queries.figures import figures_of_class, figures_of_course, lecturers_of_class, lecturers_of_course

RATINGS_A_PAGE = 20


@for_roles(*INSTITUTION_ROLES)
@require_safe
def of_course(request: SignedRequest, course_id: int) -> HttpResponse:
    """Show the ratings of one course over all its classes; 404 for a course of others."""
    try:
        course = course_for(request.viewer, course_id)
        found = ratings_of_course(request.viewer, course_id)
    except OutOfReach:
        raise Http404 from None
    figures = figures_shown(figures_of_course(course_id, learning_day(request.now)), lecturers_of_course(course_id))
    frame = {
        "title": course.title,
        "back_url": reverse("institution:course", args=(course_id,)),
        "back_label": course.title,
        "with_class": True,
        "averages": _("Averages over all classes and versions of the course."),
    }
    return _page(request, found, figures, frame)


@for_roles(*INSTITUTION_ROLES)
@require_safe
def of_class(request: SignedRequest, class_id: int) -> HttpResponse:
    """Show the ratings of one class; 404 for a class of others."""
    try:
        training_class = class_for(request.viewer, class_id)
        found = ratings_of_class(request.viewer, class_id)
    except NotInClass:
        raise Http404 from None
    figures = figures_shown(figures_of_class(class_id, learning_day(request.now)), lecturers_of_class(class_id))
    frame = {
        "title": training_class.name,
        "back_url": reverse("institution:class", args=(class_id,)),
        "back_label": training_class.name,
        "with_class": False,
        "averages": training_class.version.title,
    }
    return _page(request, found, figures, frame)


def _page(
    request: SignedRequest, found: QuerySet[CourseRating], figures: dict[str, object], frame: dict[str, object]
) -> HttpResponse:
    page = Paginator(found, RATINGS_A_PAGE).get_page(request.GET.get("page"))
    lines = [comment_shown(each) for each in page.object_list]
    context = {**frame, "ratings": figures, "comments": with_lines(page, lines)}
    return render(request, "institution/ratings.html", context)
