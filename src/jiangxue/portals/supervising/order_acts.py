"""What both sides do with rectification orders: a form for each step, and its refusal beside what was typed. Clause C5."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.portals.reasons import shown_anew
from jiangxue.portals.supervising.order_forms import (
    AcceptForm,
    AnswerForm,
    DemandForm,
    DraftForm,
    IssueForm,
    NewOrderForm,
    StepForm,
    WithdrawForm,
)
from jiangxue.portals.supervising.order_words import refusal_said
from jiangxue.portals.supervising.orders import addresses, case_shown, found_order, order_context
from jiangxue.portals.watching.frame import url_of
from jiangxue.supervision.errors.orders import NotADeadline, NotYours, OrderRefusal
from jiangxue.supervision.queries.orders import Ordered, is_of_authority
from jiangxue.supervision.rules.orders import LEADS_TO, OF_INSTITUTION, OrderStepKind
from jiangxue.supervision.services import orders as services

_FORMS: dict[OrderStepKind, type[StepForm]] = {
    OrderStepKind.ISSUED: IssueForm,
    OrderStepKind.DROPPED: StepForm,
    OrderStepKind.ANSWERED: AnswerForm,
    OrderStepKind.ACCEPTED: AcceptForm,
    OrderStepKind.DEMANDED: DemandForm,
    OrderStepKind.WITHDRAWN: WithdrawForm,
}
_ON_PAGE = (
    OrderStepKind.ISSUED,
    OrderStepKind.ANSWERED,
    OrderStepKind.ACCEPTED,
    OrderStepKind.DEMANDED,
    OrderStepKind.DRAFTED,
    OrderStepKind.WITHDRAWN,
    OrderStepKind.DROPPED,
)
"""The main step of each state first."""
_ACTS: dict[OrderStepKind, Callable[..., object]] = {
    OrderStepKind.ISSUED: services.issue_order,
    OrderStepKind.DROPPED: services.drop_order,
    OrderStepKind.ANSWERED: services.answer_order,
    OrderStepKind.ACCEPTED: services.accept_order,
    OrderStepKind.DEMANDED: services.demand_again,
    OrderStepKind.WITHDRAWN: services.withdraw_order,
}


def _show(request: SignedRequest, order_id: UUID) -> HttpResponse:
    return _page(request, found_order(request, order_id))


def _page(
    request: SignedRequest,
    found: Ordered,
    form: StepForm | DraftForm | None = None,
    *,
    kind: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show an order with the forms of what the viewer may do; `form` is the one that was sent, for the step `kind`."""
    ways = []
    for each in _turns(request, found):
        is_sent = form is not None and each.value == kind
        offered = form if is_sent else _empty(each, found)
        ways.append(
            {
                "kind": each.value,
                "form": offered,
                "is_sent": is_sent,
                "url": url_of(request, f"order_{each.value}", found.order.pk),
            }
        )
    stranded = form if form is not None and not any(way["is_sent"] for way in ways) else None
    context = {**order_context(request, found), "ways": ways, "stranded": stranded}
    return render(request, "supervising/order.html", context, status=status)


def _turns(request: SignedRequest, found: Ordered) -> list[OrderStepKind]:
    """Return what the viewer may do now, in the order of the page."""
    if is_of_authority(request.viewer, found.order):
        return [kind for kind in _ON_PAGE if kind in LEADS_TO[found.state] - OF_INSTITUTION]
    if request.viewer.role is Role.INSTITUTION_ADMINISTRATOR:
        return [kind for kind in _ON_PAGE if kind in LEADS_TO[found.state] & OF_INSTITUTION]
    return []


def _empty(kind: OrderStepKind, found: Ordered) -> StepForm | DraftForm:
    after = len(found.steps)
    if kind is OrderStepKind.DRAFTED:
        draft = found.draft
        return DraftForm(initial={"after": after, "title": draft.title, "text": draft.text, "due_on": draft.due_on})
    return _FORMS[kind](initial={"after": after}, auto_id=f"{kind.value}_%s")


@require_http_methods(["GET", "HEAD", "POST"])
def _begin(request: SignedRequest) -> HttpResponse:
    """Ask whom a new order concerns and what it says, and keep its draft."""
    if request.method != "POST":
        asked = {name: request.GET[name] for name in ("institution", "training_class", "case") if name in request.GET}
        return _new(request, NewOrderForm(request.viewer, initial=asked))
    form = NewOrderForm(request.viewer, request.POST)
    if form.is_valid():
        try:
            kept = services.begin_order(
                request.viewer, form.concern, form.draft, by=actor_of(request), clock=access.CLOCK
            )
        except OrderRefusal as refusal:
            form.add_error("due_on" if isinstance(refusal, NotADeadline) else None, refusal_said(refusal))
        else:
            messages.success(request, _("The draft is kept. Read it once more and issue it."))
            return redirect("regulator:order", kept.pk)
    return _new(request, form)


def _new(request: SignedRequest, form: NewOrderForm) -> HttpResponse:
    context = {
        "form": form,
        "of_case": case_shown(request, form.case_asked),
        "orders_url": url_of(request, "orders"),
    }
    return render(request, "supervising/new_order.html", context, status=400 if form.errors else 200)


@require_POST
def _redraft(request: SignedRequest, order_id: UUID) -> HttpResponse:
    found, form = found_order(request, order_id), DraftForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, kind=OrderStepKind.DRAFTED, status=400)
    return _taken(
        request,
        found,
        form,
        OrderStepKind.DRAFTED,
        lambda: services.redraft_order(request.viewer, order_id, form.draft, by=actor_of(request), clock=access.CLOCK),
    )


@require_POST
def _act(request: SignedRequest, order_id: UUID, *, kind: OrderStepKind) -> HttpResponse:
    found = found_order(request, order_id)
    form = _FORMS[kind](request.POST, request.FILES, auto_id=f"{kind.value}_%s")
    if not form.is_valid():
        return _page(request, found, form, kind=kind, status=400)
    return _taken(
        request,
        found,
        form,
        kind,
        lambda: _ACTS[kind](request.viewer, order_id, form.word, by=actor_of(request), clock=access.CLOCK),
    )


def _taken(
    request: SignedRequest, found: Ordered, form: StepForm | DraftForm, kind: OrderStepKind, act: Callable[[], Any]
) -> HttpResponse:
    try:
        act()
    except OrderRefusal as refusal:
        form.add_error(
            "due_on" if isinstance(refusal, NotADeadline) and "due_on" in form.fields else None, refusal_said(refusal)
        )
        status = 400 if isinstance(refusal, NotADeadline) else 403 if isinstance(refusal, NotYours) else 409
        again = found_order(request, found.order.pk)
        shown_anew(form, after=len(again.steps))
        return _page(request, again, form, kind=kind, status=status)
    messages.success(request, _("Recorded."))
    return redirect(url_of(request, "order", found.order.pk))


def _addresses_of(kinds: frozenset[OrderStepKind], role: Role) -> list[URLPattern]:
    allowed = for_roles(role)
    return [
        path(
            f"orders/<uuid:order_id>/{kind.value}/",
            allowed(_redraft if kind is OrderStepKind.DRAFTED else partial(_act, kind=kind)),
            name=f"order_{kind.value}",
        )
        for kind in sorted(kinds)
    ]


def of_authority() -> list[URLPattern]:
    """Return the addresses of orders in a supervisor's pages."""
    return [
        path("orders/new/", for_roles(Role.SUPERVISOR)(_begin), name="new_order"),
        *addresses(_show, Role.SUPERVISOR),
        *_addresses_of(frozenset(OrderStepKind) - OF_INSTITUTION, Role.SUPERVISOR),
    ]


def of_institution() -> list[URLPattern]:
    """Return the addresses of orders in an institution's pages."""
    return [
        *addresses(_show, Role.INSTITUTION_ADMINISTRATOR, Role.HEAD_TEACHER),
        *_addresses_of(OF_INSTITUTION, Role.INSTITUTION_ADMINISTRATOR),
    ]
