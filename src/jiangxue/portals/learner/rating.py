"""Rating the course of a class that is finished, and changing what one gave. Clause M6."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.accounts.errors import MayNotLearn
from jiangxue.accounts.queries.consents import has_agreed
from jiangxue.accounts.rules.consents import Purpose
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.queries import enrolment_for
from jiangxue.kernel.viewer import Role
from jiangxue.portals.learner.permitted import permitted, refusal_said
from jiangxue.portals.learner.rating_form import RatingForm
from jiangxue.portals.learner.up_to_date import check_first, up_to_date
from jiangxue.portals.stars import drawn, stars_said
from jiangxue.rating.errors import NotFinished
from jiangxue.rating.models import CourseRating
from jiangxue.rating.queries import lecturer_stars, lecturers_rated, may_rate, rating_of
from jiangxue.rating.rules.drafts import Standing
from jiangxue.rating.services.giving import rate


@for_roles(Role.LEARNER)
@require_http_methods(["GET", "HEAD", "POST"])
@permitted
@up_to_date
@check_first
def edit(request: SignedRequest, class_id: int) -> HttpResponse:
    """Ask for stars and a comment, and keep them; 403 in words before the course is finished."""
    try:
        place = enrolment_for(request.viewer, class_id)
    except NotInClass:
        raise Http404 from None
    if not may_rate(place, request.now):
        return _not_yet(request, place)
    rating = rating_of(place)
    lecturers = lecturers_rated(place, rating)
    if request.method == "POST":
        form = RatingForm(lecturers, request.POST)
        return _kept(request, place, form) if form.is_valid() else _page(request, place, form, status=400)
    given = lecturer_stars(rating) if rating else {}
    return _page(request, place, RatingForm(lecturers, rating=rating, given=given))


def card(request: SignedRequest, place: Enrolment) -> dict[str, object]:
    """Return what the class page says about rating its course; nothing before the course is finished."""
    if not may_rate(place, request.now):
        return {}
    rating = rating_of(place)
    url = reverse("learner:rating", args=(place.training_class_id,))
    return {"rating_card": {"url": url, "rating": own_shown(rating) if rating else None}}


def own_shown(rating: CourseRating) -> dict[str, object]:
    """Return the viewer's own rating with what has become of its comment."""
    return {
        "drawn": drawn(rating.stars),
        "stars_said": stars_said(rating.stars),
        "comment": rating.comment,
        "is_held": rating.standing == Standing.HELD,
        "is_hidden": rating.standing == Standing.HIDDEN,
        "reason": rating.reason,
    }


def _kept(request: SignedRequest, place: Enrolment, form: RatingForm) -> HttpResponse:
    class_id = place.training_class_id
    try:
        rating = rate(viewer=request.viewer, class_id=class_id, draft=form.draft, by=actor_of(request), now=request.now)
    except NotFinished:
        return _not_yet(request, place)
    except MayNotLearn as refusal:
        form.add_error(None, refusal_said(refusal))
        return _page(request, place, form, status=403)
    if rating.standing == Standing.HELD:
        messages.success(request, _("Thank you. Your stars count already; a person looks at the comment first."))
    else:
        messages.success(request, _("Thank you for your rating. You may change it at any time."))
    return redirect("learner:class", class_id)


def _page(request: SignedRequest, place: Enrolment, form: RatingForm, *, status: int = 200) -> HttpResponse:
    rating = rating_of(place)
    context = {
        **_frame(place),
        "form": form,
        "rating": own_shown(rating) if rating else None,
        "is_public": has_agreed(request.viewer.account_id, Purpose.COMMENTS),
        "consent_url": reverse("learner:consent", args=[Purpose.COMMENTS]),
    }
    return render(request, "learner/rating.html", context, status=status)


def _not_yet(request: SignedRequest, place: Enrolment) -> HttpResponse:
    return render(request, "learner/rating_not_yet.html", _frame(place), status=403)


def _frame(place: Enrolment) -> dict[str, object]:
    of = place.training_class
    return {
        "class_name": of.name,
        "course_title": of.version.title,
        "class_url": reverse("learner:class", args=(of.pk,)),
    }
