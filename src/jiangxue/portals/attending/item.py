"""One live or practice lesson of a class: who was present, roll call, signatures of second persons, and changing it before it begins. Clauses C3, C5, M6."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.archive.services.unsettled import unless_settled
from jiangxue.attendance.services.stating import Signing, Stating, review, state
from jiangxue.enrolment.errors import NoSuchItem, UnfitItem
from jiangxue.enrolment.models import PlanItem, TrainingClass
from jiangxue.enrolment.queries.plan import plan_item, teachers_of
from jiangxue.enrolment.services.plan import MeantItem, cancel_item, change_item
from jiangxue.portals.attending.forms import CancelForm, ChangedItemForm, RollCallForm, SigningForm
from jiangxue.portals.attending.item_page import Forms, page, sheet_values, waiting_ids
from jiangxue.portals.attending.refusals import REFUSALS, refusal_said, status_of
from jiangxue.portals.watching.frame import AddressedView, of_a_class, url_of


def _found(request: SignedRequest, watched: TrainingClass, item_id: int) -> PlanItem:
    try:
        return plan_item(request.viewer, watched.pk, item_id)
    except NoSuchItem:
        raise Http404 from None


@of_a_class
def _show(request: SignedRequest, watched: TrainingClass, item_id: int) -> HttpResponse:
    return page(request, watched, _found(request, watched, item_id))


@of_a_class
def _hear_change(request: SignedRequest, watched: TrainingClass, item_id: int) -> HttpResponse:
    item = _found(request, watched, item_id)
    form = ChangedItemForm(teachers_of(watched), request.POST, item=item)
    forms = Forms(change=form)
    if not form.is_valid():
        return page(request, watched, item, forms, status=400)
    said = form.cleaned_data
    meant = MeantItem(watched.pk, item.pk, said["after"], said["reason"])

    def act() -> str:
        change_item(request.viewer, meant, form.draft, by=actor_of(request), now=request.now)
        return _("The lesson has been changed.")

    try:
        return _done(request, watched, item, forms, act)
    except UnfitItem as refusal:
        form.show_flaws(refusal.flaws)
        return page(request, watched, _found(request, watched, item_id), forms, status=400)


@of_a_class
def _hear_cancelling(request: SignedRequest, watched: TrainingClass, item_id: int) -> HttpResponse:
    item = _found(request, watched, item_id)
    form = CancelForm(request.POST)
    forms = Forms(cancel=form)
    if not form.is_valid():
        return page(request, watched, item, forms, status=400)
    meant = MeantItem(watched.pk, item.pk, form.cleaned_data["after"], form.cleaned_data["reason"])

    def act() -> str:
        cancel_item(request.viewer, meant, by=actor_of(request), now=request.now)
        return _("The lesson has been cancelled.")

    return _done(request, watched, item, forms, act)


@of_a_class
def _hear_roll_call(request: SignedRequest, watched: TrainingClass, item_id: int) -> HttpResponse:
    item = _found(request, watched, item_id)
    form = RollCallForm(item, sheet_values(request, watched, item), request.POST)
    forms = Forms(roll_call=form)
    if not form.is_valid():
        return page(request, watched, item, forms, status=400)
    said = Stating(watched.pk, item.pk, form.after, form.span, form.cleaned_data["text"])

    def act() -> str:
        count = unless_settled(
            watched.pk, lambda: state(request.viewer, said, by=actor_of(request), clock=access.CLOCK)
        )
        return ngettext(
            "Stated of %(count)d learner. It counts when a second person has signed.",
            "Stated of %(count)d learners. It counts when a second person has signed.",
            count,
        ) % {"count": count}

    return _done(request, watched, item, forms, act)


@of_a_class
def _hear_signature(request: SignedRequest, watched: TrainingClass, item_id: int) -> HttpResponse:
    item = _found(request, watched, item_id)
    form = SigningForm(waiting_ids(item), request.POST)
    forms = Forms(signing=form)
    if not form.is_valid():
        return page(request, watched, item, forms, status=400)
    said = Signing(
        watched.pk,
        item.pk,
        [UUID(pk) for pk in form.cleaned_data["statements"]],
        form.cleaned_data["decision"] == "sign",
        form.cleaned_data["text"],
    )

    def act() -> str:
        unless_settled(watched.pk, lambda: review(request.viewer, said, by=actor_of(request), clock=access.CLOCK))
        return _("Signed.") if said.agrees else _("Sent back.")

    return _done(request, watched, item, forms, act)


def _done(
    request: SignedRequest, watched: TrainingClass, item: PlanItem, forms: Forms, act: Callable[[], str]
) -> HttpResponse:
    try:
        said = act()
    except UnfitItem:
        raise
    except REFUSALS as refusal:
        forms.current.add_error(None, refusal_said(refusal))
        return page(request, watched, _found(request, watched, item.pk), forms, status=status_of(refusal))
    messages.success(request, said)
    return redirect(url_of(request, "plan_item", watched.pk, item.pk))


show: AddressedView = _show
hear_change: AddressedView = _hear_change
hear_cancelling: AddressedView = _hear_cancelling
hear_roll_call: AddressedView = _hear_roll_call
hear_signature: AddressedView = _hear_signature
