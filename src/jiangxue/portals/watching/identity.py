"""Identity confirmed by staff (人工核验): the days of a class on which no face was checked, and the two persons who sign. Clauses T3.2, C5."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.archive.queries.settlements import is_settled
from jiangxue.archive.services.settling import lock_class_of
from jiangxue.djangokit.pages import with_lines
from jiangxue.enrolment.models import TrainingClass
from jiangxue.kernel.viewer import Role
from jiangxue.learning.errors import (
    AppealRefusal,
    NothingToConfirm,
    NotSeenWhileLearning,
    NotTheTurn,
    NotYours,
    OwnTime,
    SamePerson,
)
from jiangxue.learning.queries.board import day_of_places
from jiangxue.learning.queries.checks import checks_on
from jiangxue.learning.queries.identity import StaffDay, days_learned, staff_day, staff_days
from jiangxue.learning.rules.identity import STATABLE, IdentityState
from jiangxue.learning.services.identity import STATERS, Meant, Signature, Statement, review_identity, state_identity
from jiangxue.portals.identity_words import STATES
from jiangxue.portals.watching.frame import day_or_none, frame, of_a_class, url_of
from jiangxue.portals.watching.identity_forms import SignatureForm, StatementForm
from jiangxue.portals.watching.identity_shown import statements_shown
from jiangxue.ui.checks import marks_of

DAYS_A_PAGE = 50
USUAL_PERCENT = 20
"""More days than that by staff are worth a look: the way is there for those who need it, not for whole classes."""
LEAST_TO_TELL = 5
"""Fewer days tell nothing of a class."""


def addresses(*roles: Role) -> list[URLPattern]:
    """Return the addresses of days below a class, open to some roles."""
    base = "classes/<int:class_id>/identity/"
    one = f"{base}<int:enrolment_id>/<str:day>/"
    allowed = for_roles(*roles)
    return [
        path(base, allowed(require_safe(_show)), name="identity"),
        path(one, allowed(require_safe(_show_day)), name="identity_day"),
    ]


def acts() -> list[URLPattern]:
    """Return the addresses of what an institution's two persons do."""
    first, second = for_roles(*STATERS), for_roles(Role.INSTITUTION_ADMINISTRATOR)
    one = "classes/<int:class_id>/identity/<int:enrolment_id>/<str:day>/"
    return [
        path(f"{one}state/", first(require_POST(_hear_statement)), name="state_identity"),
        path(f"{one}sign/", second(require_POST(_hear_signature)), name="sign_identity"),
    ]


@of_a_class
def _show(request: SignedRequest, watched: TrainingClass) -> HttpResponse:
    found = staff_days(request.viewer, watched.pk)
    chosen = request.GET.get("state", "")
    page = Paginator([each for each in found if chosen in ("", each.state)], DAYS_A_PAGE).get_page(
        request.GET.get("page")
    )
    learned = days_learned(watched.pk)
    context = {
        **frame(request, watched, "identity"),
        "days": with_lines(page, [_line(request, watched, each) for each in page.object_list]),
        "states": _states(found, chosen),
        "is_filtered": bool(chosen),
        "by_staff": len(found),
        "learned": learned,
        "percent": 100 * len(found) // learned if learned else 0,
        "is_unusual": len(found) >= LEAST_TO_TELL and len(found) * 100 > learned * USUAL_PERCENT,
        "usual_percent": USUAL_PERCENT,
    }
    return render(request, "watching/identity.html", context)


def _states(found: list[StaffDay], chosen: str) -> list[dict[str, object]]:
    every: list[dict[str, object]] = [
        {"state": "", "label": _("All"), "count": len(found), "current": not chosen},
    ]
    return every + [
        {
            "state": state.value,
            "label": STATES[state],
            "count": sum(each.state is state for each in found),
            "current": chosen == state,
        }
        for state in IdentityState
        if any(each.state is state for each in found)
    ]


def _line(request: SignedRequest, watched: TrainingClass, found: StaffDay) -> dict[str, object]:
    return {
        "learner": found.place.learner.staff_name,
        "url": url_of(request, "identity_day", watched.pk, found.place.pk, found.day.isoformat()),
        "day": found.day,
        "ms": found.ms,
        "learns_now": found.learns_now,
        "state": found.state.value,
        "state_label": STATES[found.state],
    }


@of_a_class
def _show_day(request: SignedRequest, watched: TrainingClass, enrolment_id: int, day: str) -> HttpResponse:
    return _page(request, watched, _found(request, watched, enrolment_id, day))


@of_a_class
def _hear_statement(request: SignedRequest, watched: TrainingClass, enrolment_id: int, day: str) -> HttpResponse:
    found = _found(request, watched, enrolment_id, day)
    form = StatementForm(found.day, request.POST)
    if not form.is_valid():
        return _page(request, watched, found, form, status=400)
    meant = _meant(watched, found, form)
    return _heard(
        request,
        watched,
        found,
        form,
        lambda: _state(request, meant, form.statement),
    )


@transaction.atomic
def _state(request: SignedRequest, meant: Meant, said: Statement) -> None:
    """Take a statement as long as the class is not settled; nothing is settled meanwhile."""
    lock_class_of(meant.enrolment_id)
    if is_settled(meant.class_id):
        raise NotTheTurn
    state_identity(request.viewer, meant, said, by=actor_of(request), clock=access.CLOCK)


@of_a_class
def _hear_signature(request: SignedRequest, watched: TrainingClass, enrolment_id: int, day: str) -> HttpResponse:
    found = _found(request, watched, enrolment_id, day)
    form = SignatureForm(request.POST)
    if not form.is_valid():
        return _page(request, watched, found, form, status=400)
    said = Signature(form.cleaned_data["decision"] == "sign", form.cleaned_data["text"])
    meant = _meant(watched, found, form)
    return _heard(
        request,
        watched,
        found,
        form,
        lambda: review_identity(request.viewer, meant, said, by=actor_of(request), clock=access.CLOCK),
    )


def _meant(watched: TrainingClass, found: StaffDay, form: Form) -> Meant:
    return Meant(watched.pk, found.place.pk, found.day, form.cleaned_data["after"])


def _heard(
    request: SignedRequest, watched: TrainingClass, found: StaffDay, form: Form, act: Callable[[], None]
) -> HttpResponse:
    try:
        act()
    except AppealRefusal as refusal:
        form.add_error(None, _sentence(refusal))
        status = 403 if isinstance(refusal, NotYours | SamePerson | OwnTime) else 409
        again = _found(request, watched, found.place.pk, found.day.isoformat())
        return _page(request, watched, again, form, status=status)
    messages.success(request, _("Recorded."))
    return redirect(url_of(request, "identity_day", watched.pk, found.place.pk, found.day.isoformat()))


def _found(request: SignedRequest, watched: TrainingClass, enrolment_id: int, day: str) -> StaffDay:
    wanted: date | None = day_or_none(day)
    if wanted is None:
        raise Http404
    try:
        return staff_day(request.viewer, watched.pk, enrolment_id, wanted)
    except NothingToConfirm:
        raise Http404 from None


def _page(
    request: SignedRequest, watched: TrainingClass, found: StaffDay, form: Form | None = None, *, status: int = 200
) -> HttpResponse:
    around = day_of_places(request.viewer, [found.place.pk], found.day)[found.place.pk].stretches
    context = {
        **frame(request, watched, "identity"),
        **_line(request, watched, found),
        "around": around,
        "marks": marks_of(checks_on([found.place.learner_id], found.day), around),
        "statements": statements_shown(found),
        "list_url": url_of(request, "identity", watched.pk),
        **_turn(request, watched, found, form),
    }
    return render(request, "watching/identity_day.html", context, status=status)


def _turn(request: SignedRequest, watched: TrainingClass, found: StaffDay, form: Form | None) -> dict[str, object]:
    """Say what the viewer may do now: state, sign, or only look, and then why."""
    viewer, after = request.viewer, len(found.statements)
    args = watched.pk, found.place.pk, found.day.isoformat()
    if viewer.account_id == found.place.learner_id:
        return {"form": form, "turn": "own"}
    if found.state in STATABLE and viewer.role in STATERS and not is_settled(watched.pk):
        shown = form if isinstance(form, StatementForm) else StatementForm(found.day, after=after)
        return {"form": shown, "turn": "state", "turn_url": url_of(request, "state_identity", *args)}
    if found.state is IdentityState.TO_REVIEW and viewer.role is Role.INSTITUTION_ADMINISTRATOR:
        if found.last is not None and found.last.by_id == viewer.account_id:
            return {"form": form, "turn": "same_person"}
        signing = form if isinstance(form, SignatureForm) else SignatureForm(initial={"after": after})
        return {"form": signing, "turn": "sign", "turn_url": url_of(request, "sign_identity", *args)}
    return {"form": form, "turn": ""}


def _sentence(refusal: AppealRefusal) -> str:
    """Say why a word is not taken; an unknown refusal is a fault of ours and is raised again."""
    match refusal:
        case NotSeenWhileLearning():
            return _(
                "At that time the learner did not learn, nor within ten minutes of it. Look at the bar of the day."
            )
        case SamePerson():
            return _("You stated this yourself. Another person must sign it, whatever role you look through.")
        case OwnTime():
            return _("This is your own learning time. Somebody else must decide about it.")
        case NotYours():
            return _("This step belongs to another role.")
        case NotTheTurn():
            return _("The day has moved on since you opened the page. Look at the steps again.")
        case _:
            raise refusal
