"""Who one learner of a class is: masked, and in full for a reason, once; and what is arranged for them. Clauses M2, C5, M6."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.accounts.errors import MayNotReveal
from jiangxue.accounts.queries.persons import ShownPerson, masked_person
from jiangxue.accounts.services.revealing import reveal_identity
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.enrolment.queries import place_for
from jiangxue.facecheck.errors import AllowanceChanged, AllowanceStands
from jiangxue.facecheck.queries.documents import is_waiting, last_comparison
from jiangxue.facecheck.queries.ways import way_of
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.errors import NotYours, OwnTime
from jiangxue.learning.services.allowances import arrange
from jiangxue.portals.identity_words import standing_said
from jiangxue.portals.real_name import real_name_lines
from jiangxue.portals.revealing import RevealForm
from jiangxue.portals.watching.allowances import AllowanceForm, allowance_context, form_anew
from jiangxue.portals.watching.archive import KEEPERS, archive_url
from jiangxue.portals.watching.case_links import cases_about
from jiangxue.portals.watching.frame import frame, of_a_class, url_of
from jiangxue.ui.faces import WAYS, word_of


def learner_url(request: SignedRequest, place: Enrolment) -> str:
    """Return the address of who a learner is; empty for those who may not know."""
    if request.viewer.role not in KEEPERS:
        return ""
    return url_of(request, "learner", place.training_class_id, place.pk)


def addresses(*roles: Role) -> list[URLPattern]:
    """Return the addresses of learners below a class, open to some roles."""
    allowed = for_roles(*roles)
    base = "classes/<int:class_id>/learners/<int:enrolment_id>/"
    return [
        path(base, allowed(require_safe(_show)), name="learner"),
        path(f"{base}reveal/", allowed(require_POST(_reveal)), name="reveal_learner"),
    ]


def acts() -> list[URLPattern]:
    """Return the address of what those who answer for a learner arrange."""
    allowed = for_roles(Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR)
    one = "classes/<int:class_id>/learners/<int:enrolment_id>/arrange/"
    return [path(one, allowed(require_POST(_arrange)), name="arrange_checks")]


@of_a_class
def _show(request: SignedRequest, watched: TrainingClass, enrolment_id: int) -> HttpResponse:
    place = _place(request, watched, enrolment_id)
    return _page(request, place, masked_person(place.learner_id), RevealForm())


@of_a_class
def _reveal(request: SignedRequest, watched: TrainingClass, enrolment_id: int) -> HttpResponse:
    place = _place(request, watched, enrolment_id)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _page(request, place, masked_person(place.learner_id), form)
    try:
        person = reveal_identity(
            viewer=request.viewer,
            account_id=place.learner_id,
            reason=form.reason,
            by=actor_of(request),
            now=request.now,
        )
    except MayNotReveal:
        raise PermissionDenied from None
    return _page(request, place, person, None)


@of_a_class
def _arrange(request: SignedRequest, watched: TrainingClass, enrolment_id: int) -> HttpResponse:
    place = _place(request, watched, enrolment_id)
    form = AllowanceForm(request.POST)
    status = 400
    if form.is_valid():
        try:
            arrange(request.viewer, place, form.wish, by=actor_of(request), now=request.now)
        except (NotYours, OwnTime):
            raise PermissionDenied from None
        except AllowanceChanged:
            messages.warning(
                request, _("Somebody has arranged something else since you opened the page. This is what holds now.")
            )
            form, status = form_anew(place, form.wish.why), 409
        except AllowanceStands:
            form.add_error(None, _("This holds already; nothing was changed."))
            status = 409
        else:
            messages.success(request, _("Recorded."))
            return redirect(learner_url(request, place))
    page = _page(request, place, masked_person(place.learner_id), RevealForm(), form)
    page.status_code = status
    return page


def _place(request: SignedRequest, watched: TrainingClass, enrolment_id: int) -> Enrolment:
    place = place_for(request.viewer, watched.pk, enrolment_id)
    place.training_class = watched  # which has been read already, with what its frame needs
    return place


def _page(
    request: SignedRequest,
    place: Enrolment,
    person: ShownPerson,
    form: RevealForm | None,
    allowance_form: AllowanceForm | None = None,
) -> HttpResponse:
    watched, learner = place.training_class, place.learner
    is_erased = not learner.name
    context = {
        **frame(request, watched, ""),
        "is_erased": is_erased,
        "may_reveal": not is_erased and (learner.restricted_at is None or request.viewer.role is Role.SUPERVISOR),
        "learner_name": learner.staff_name,
        "restricted_at": None if is_erased else learner.restricted_at,
        "place": {"enrolled_at": place.enrolled_at, "left_at": place.left_at},
        "shown": person,
        **real_name_lines(place.learner_id),
        "way_label": word_of(WAYS, way_of(place.learner_id)),
        "compared": standing_said(last_comparison(place.learner_id), is_waiting=is_waiting(place.learner_id)),
        **allowance_context(request, place, allowance_form),
        **cases_about(request, place),
        "form": form,
        "reveal_url": url_of(request, "reveal_learner", watched.pk, place.pk),
        "learner_url": learner_url(request, place),
        "archive_url": archive_url(request, place),
        "proof_url": url_of(request, "hours_proof", watched.pk, place.pk),
        "day_url": url_of(request, "day", watched.pk, place.pk, learning_day(request.now).isoformat()),
    }
    return render(request, "watching/learner.html", context, status=400 if form and form.errors else 200)
