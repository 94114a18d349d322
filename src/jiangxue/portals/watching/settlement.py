"""Settling the hours of a class: what every place comes to, and the two persons who say so. Clauses T1.3, C3, C5."""

from collections.abc import Callable, Mapping, Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.archive.errors import NotYours, OwnHours, SamePerson, SettlementRefusal
from jiangxue.archive.queries.freezes import standing_in
from jiangxue.archive.queries.settlements import figures_of_class, settlement_of, state_of
from jiangxue.archive.queries.warnings import Warnings, warnings_of
from jiangxue.archive.rules.settlement import SettlementState
from jiangxue.archive.services.settling import Review, propose, review
from jiangxue.djangokit.pages import with_lines
from jiangxue.enrolment.models import TrainingClass
from jiangxue.enrolment.queries import Place, places_in
from jiangxue.kernel.viewer import Role
from jiangxue.learning.queries.open_ends import open_ends
from jiangxue.learning.queries.second_person import is_checked_outside, may_check
from jiangxue.portals.archives.hours import settled
from jiangxue.portals.reasons import shown_anew
from jiangxue.portals.watching.archive import archive_url
from jiangxue.portals.watching.case_links import new_case_url
from jiangxue.portals.watching.frame import AddressedView, frame, of_a_class, url_of
from jiangxue.portals.watching.settlement_form import SettlementForm
from jiangxue.portals.watching.settlement_words import refusal_said
from jiangxue.ui.masking import masked_name

PLACES_A_PAGE = 50


def acts() -> list[URLPattern]:
    """Return the addresses of what an institution's two persons do."""
    head = for_roles(Role.HEAD_TEACHER)
    return [
        path(
            "classes/<int:class_id>/settlement/propose/", head(require_POST(hear_proposal)), name="propose_settlement"
        ),
        *checking(Role.INSTITUTION_ADMINISTRATOR),
    ]


def checking(role: Role) -> list[URLPattern]:
    """Return the address of what the second person does, of the institution or of the authority."""
    second = for_roles(role)
    return [
        path("classes/<int:class_id>/settlement/review/", second(require_POST(hear_review)), name="review_settlement")
    ]


@of_a_class
def _show(request: SignedRequest, watched: TrainingClass) -> HttpResponse:
    return _page(request, watched)


show: AddressedView = require_safe(_show)


@of_a_class
def hear_proposal(request: SignedRequest, watched: TrainingClass) -> HttpResponse:
    """Take the head teacher's proposal."""
    return _done(
        request,
        watched,
        lambda: propose(request.viewer, watched.pk, by=actor_of(request), clock=access.CLOCK),
        _("The settlement has been proposed. The authority of the region confirms it.")
        if is_checked_outside(watched, request.now)
        else _("The settlement has been proposed. A second person of the institution confirms it."),
    )


@of_a_class
def hear_review(request: SignedRequest, watched: TrainingClass) -> HttpResponse:
    """Take the second person's word; what was typed stays when it is refused."""
    form = SettlementForm(request.POST)
    if not form.is_valid():
        return _page(request, watched, form, status=400)
    confirms = form.cleaned_data["decision"] == "confirm"
    said = Review(form.cleaned_data["ordinal"], confirms, form.cleaned_data["text"], form.cleaned_data["seen"])
    return _done(
        request,
        watched,
        lambda: review(request.viewer, watched.pk, said, by=actor_of(request), clock=access.CLOCK),
        _("The hours of the class are settled.") if confirms else _("The proposal goes back to the head teacher."),
        form,
    )


def _done(
    request: SignedRequest,
    watched: TrainingClass,
    act: Callable[[], object],
    said: str,
    form: SettlementForm | None = None,
) -> HttpResponse:
    try:
        act()
    except SettlementRefusal as refusal:
        messages.error(request, refusal_said(refusal))
        status = 403 if isinstance(refusal, NotYours | SamePerson | OwnHours) else 409
        return _page(request, watched, form, status=status)
    messages.success(request, said)
    return redirect(url_of(request, "settlement", watched.pk))


def turn_of(request: SignedRequest, watched: TrainingClass) -> str:
    """Return what the viewer may do about the settlement of a class that is over: propose, review, or nothing (empty)."""
    if request.now < watched.term.closes_at:
        return ""
    turn = _turn(request, watched, state_of(settlement_of(watched.pk)), None)["turn"]
    return str(turn) if turn in {"propose", "review"} else ""


def _page(
    request: SignedRequest, watched: TrainingClass, form: SettlementForm | None = None, *, status: int = 200
) -> HttpResponse:
    settlement = settlement_of(watched.pk)
    state = state_of(settlement)
    figures = figures_of_class(watched, request.now)
    places = places_in(request.viewer, watched.pk)
    by_place = {place.pk: place for place in places.values()}
    page = Paginator(sorted(figures), PLACES_A_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "name": masked_name(by_place[pk].learner.staff_name),
            "url": archive_url(request, by_place[pk]),
            "has_left": by_place[pk].left_at is not None,
            **settled(figures[pk]),
        }
        for pk in page.object_list
    ]
    context = {
        **frame(request, watched, "settlement"),
        "state": state.value,
        "settlement": settlement,
        "closes_at": watched.term.closes_at,
        "is_over": request.now >= watched.term.closes_at,
        "ends": open_ends(watched.pk, watched.term.closes_at),
        "places": with_lines(page, lines),
        "frozen": standing_in(watched.pk),
        **_warned(request, warnings_of(watched.pk), places),
        "are_erased": bool(places) and all(place.erased_at for place in places.values()),
        "is_checked_outside": is_checked_outside(watched, request.now),
        **_turn(request, watched, state, form),
    }
    return render(request, "watching/settlement.html", context, status=status)


def _warned(request: SignedRequest, warnings: Warnings, places: Mapping[int, Place]) -> dict[str, object]:
    """Return whom the page warns of, and for supervisors where to open a case."""
    may_open = request.viewer.role is Role.SUPERVISOR

    def lines(accounts: Sequence[int], source: str) -> list[dict[str, str]]:
        return [
            {
                "name": masked_name(places[account].learner.staff_name),
                "case_url": new_case_url(places[account], source) if may_open else "",
            }
            for account in accounts
            if account in places
        ]

    return {
        "not_the_learners": lines(warnings.not_theirs, "enrolled_face"),
        "never_compared": lines(warnings.never_compared, "enrolled_face"),
        "seen": warnings.digest,
    }


def _turn(
    request: SignedRequest, watched: TrainingClass, state: SettlementState, form: SettlementForm | None
) -> dict[str, object]:
    """Say what the viewer may do now: propose, confirm, or only look."""
    viewer, settlement = request.viewer, settlement_of(watched.pk)
    is_head = viewer.role is Role.HEAD_TEACHER and watched.head_teacher_id == viewer.account_id
    if is_head and state in {SettlementState.OPEN, SettlementState.SENT_BACK}:
        return {"turn": "propose", "turn_url": url_of(request, "propose_settlement", watched.pk)}
    if state is SettlementState.PROPOSED and settlement is not None and may_check(viewer, watched, request.now):
        if settlement.proposed_by_id == viewer.account_id:
            return {"turn": "same_person"}
        shown = form or SettlementForm(initial={"ordinal": settlement.ordinal})
        if form is not None:
            shown_anew(form, ordinal=settlement.ordinal)
        return {"turn": "review", "form": shown, "turn_url": url_of(request, "review_settlement", watched.pk)}
    return {"turn": ""}
