"""Rectification orders (整改通知) as both sides read them: the list, one order with its steps, its files, and its paper. Clause C5."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.djangokit.pages import InTwoSteps, with_lines
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.portals.attached_file import given_to_save
from jiangxue.portals.case_words import number_said
from jiangxue.portals.institution_field import add_institution_field, institution_wanted
from jiangxue.portals.supervising import order_paper
from jiangxue.portals.supervising.order_words import STATES, STEPS
from jiangxue.portals.watching.frame import url_of
from jiangxue.supervision.errors.orders import NoSuchOrder
from jiangxue.supervision.models import OrderStep, RectificationOrder
from jiangxue.supervision.queries.cases import seen_case
from jiangxue.supervision.queries.orders import (
    OVERDUE,
    Ordered,
    file_for,
    in_state,
    order_for,
    orders,
    overdue,
    steps_shown_to,
    with_steps,
)
from jiangxue.supervision.rules.orders import OrderState, OrderStepKind
from jiangxue.ui.masking import masked_name
from jiangxue.ui.roles import recorded_role

ORDERS_A_PAGE = 20


class OrderFilter(forms.Form):
    """Which orders to list; kept in the address."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), (OVERDUE, _("overdue")), *((state.value, label) for state, label in STATES.items())],
    )

    def __init__(self, viewer: Viewer, data: Mapping[str, str]) -> None:
        super().__init__(data if data.get("state") or data.get("institution") else None)
        add_institution_field(self, viewer)

    @property
    def wanted(self) -> str:
        """Return the state that is looked for, empty for all."""
        return str(self.cleaned_data.get("state", "")) if self.is_bound and self.is_valid() else ""


def list_orders(request: SignedRequest) -> HttpResponse:
    """List the orders that the viewer may see, newest first."""
    form, found = OrderFilter(request.viewer, request.GET), orders(request.viewer)
    late = overdue(found, learning_day(request.now)).count()
    wanted = institution_wanted(form)
    if wanted is not None:
        found = found.filter(institution=wanted)
    if form.wanted == OVERDUE:
        found = overdue(found, learning_day(request.now))
    elif form.wanted:
        found = in_state(found, OrderState(form.wanted))
    page = InTwoSteps(found, ORDERS_A_PAGE).get_page(request.GET.get("page"))
    lines = [_line(request, each) for each in with_steps(list(page.object_list))]
    context = {
        "orders": with_lines(page, lines),
        "filter_form": form,
        "overdue": late,
        "overdue_url": f"?state={OVERDUE}",
        "new_url": url_of(request, "new_order") if request.viewer.role is Role.SUPERVISOR else "",
    }
    return render(request, "supervising/orders.html", context)


def _line(request: SignedRequest, each: Ordered) -> dict[str, object]:
    order = each.order
    return {
        "url": url_of(request, "order", order.pk),
        "title": each.draft.title,
        "reference": each.reference,
        "institution": order.institution.name,
        "authority": order.authority.name,
        "class_name": order.training_class.name if order.training_class else "",
        **standing_of(each, request.now),
    }


def orders_waiting(request: SignedRequest) -> list[dict[str, object]]:
    """Return the orders that wait for an answer of the viewer's institution, the most urgent first."""
    if request.viewer.role is not Role.INSTITUTION_ADMINISTRATOR:
        return []
    found = with_steps(list(in_state(orders(request.viewer), OrderState.TO_ANSWER)))
    return [_line(request, each) for each in sorted(found, key=lambda each: each.due_on)]


def standing_of(each: Ordered, now: datetime) -> dict[str, object]:
    """Return how far an order has come."""
    return {
        "state": each.state.value,
        "state_label": STATES[each.state],
        "due_on": each.due_on,
        "overdue": each.is_overdue(now),
        "is_late": bool(each.late),
        "is_open": each.state in {OrderState.TO_ANSWER, OrderState.TO_ACCEPT},
    }


def found_order(request: SignedRequest, order_id: UUID) -> Ordered:
    """Return an order that the viewer may see; 404 for any other."""
    try:
        return order_for(request.viewer, order_id)
    except NoSuchOrder:
        raise Http404 from None


def order_context(request: SignedRequest, each: Ordered) -> dict[str, object]:
    """Return what supervising/order.html shows of an order."""
    order = each.order
    return {
        "order": {**_line(request, each), "text": each.draft.text, "issued_at": each.issue.at if each.issue else None},
        "class_url": url_of(request, "class", order.training_class_id) if order.training_class_id else "",
        "of_case": case_shown(request, order.case_ref),
        "steps": [_step(request, each, step) for step in steps_shown_to(request.viewer, each)],
        "orders_url": url_of(request, "orders"),
        "paper_url": url_of(request, "order_paper", order.pk) if each.issue else "",
    }


def case_shown(request: SignedRequest, case_id: UUID | None) -> dict[str, object] | None:
    """Return number and address of the case that an order names; None where the viewer may not see it, or it went with its archive."""
    case = seen_case(request.viewer, case_id)
    if case is None:
        return None
    number = number_said(case.serial, learning_day(case.opened_at))
    return {"number": number, "url": url_of(request, "case", case.pk)}


def orders_shown(request: SignedRequest, found: QuerySet[RectificationOrder]) -> list[dict[str, object]]:
    """Return orders for the pages of what they are about, the newest first."""
    return [_line(request, each) for each in with_steps(list(found))]


def _step(request: SignedRequest, each: Ordered, step: OrderStep) -> dict[str, object]:
    return {
        "act": STEPS[OrderStepKind(step.kind)],
        "name": masked_name(step.by.name),
        "role_label": recorded_role(step.role),
        "at": step.at,
        "title": step.title,
        "text": step.text,
        "due_on": step.due_on,
        "reference": step.reference,
        "is_late": step.ordinal - 1 in each.late,
        "files": [
            {
                "name": file.name,
                "url": url_of(request, "order_file", each.order.pk, file.pk),
                "size_bytes": file.size_bytes,
                "digest": file.digest,
            }
            for file in step.files.all()
        ],
    }


@require_safe
def _list(request: SignedRequest) -> HttpResponse:
    return list_orders(request)


@require_safe
def _file(request: SignedRequest, order_id: UUID, file_id: UUID) -> HttpResponse:
    """Send a file to be saved, never to be shown by the browser in our name."""
    try:
        row, content = file_for(request.viewer, order_id, file_id)
    except NoSuchOrder:
        raise Http404 from None
    return given_to_save(row.name, content, is_picture=row.is_picture)


@require_safe
def _paper(request: SignedRequest, order_id: UUID) -> HttpResponse:
    found = found_order(request, order_id)
    if found.issue is None:
        raise Http404
    case = case_shown(request, found.order.case_ref)
    return order_paper.give(request, found, case_number=str(case["number"]) if case else "")


def addresses(show: Callable[..., HttpResponse], *roles: Role) -> list[URLPattern]:
    """Return the addresses at which a side reads orders; `show` is that side's page of one."""
    allowed = for_roles(*roles)
    views: dict[str, tuple[str, Any]] = {
        "orders": ("orders/", _list),
        "order": ("orders/<uuid:order_id>/", require_safe(show)),
        "order_file": ("orders/<uuid:order_id>/files/<uuid:file_id>/", _file),
        "order_paper": ("orders/<uuid:order_id>/order.pdf", _paper),
    }
    return [path(address, allowed(view), name=name) for name, (address, view) in views.items()]
