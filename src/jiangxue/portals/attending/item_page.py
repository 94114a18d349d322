"""What the page of a lesson shows: its sheet, what waits for a signature, and what the viewer may do."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from jiangxue.accounts.access import SignedRequest
from jiangxue.archive.queries.settlements import is_settled
from jiangxue.attendance.queries.sheet import Entry, entries, hints_at, planned_span
from jiangxue.attendance.queries.time import counted_at
from jiangxue.attendance.rules.codes import Side
from jiangxue.attendance.rules.presence import Mark, is_open
from jiangxue.attendance.services.signing import may_show_code
from jiangxue.attendance.services.stating import STATERS
from jiangxue.djangokit.pages import with_lines
from jiangxue.enrolment.models import Enrolment, PlanItem, TrainingClass
from jiangxue.enrolment.queries import answers_for, places_in
from jiangxue.enrolment.queries.plan import changes_of, teachers_of
from jiangxue.enrolment.rules.plan import is_cancellable, is_changeable
from jiangxue.kernel.clock import to_ms
from jiangxue.portals.attendance_words import (
    HINTS,
    SIDES,
    changes_said,
    refused_lines,
    span_said,
    standing_said,
    steps_said,
)
from jiangxue.portals.attending.forms import CancelForm, ChangedItemForm, RollCallForm, SigningForm
from jiangxue.portals.attending.plan import item_shown
from jiangxue.portals.watching.frame import frame, url_of

LEARNERS_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Forms:
    """What was sent to the page and could not be taken; everything else is offered anew."""

    change: ChangedItemForm | None = None
    cancel: CancelForm | None = None
    roll_call: RollCallForm | None = None
    signing: SigningForm | None = None

    @property
    def current(self) -> Form:
        """Return the one that was sent."""
        sent = self.change or self.cancel or self.roll_call or self.signing
        assert sent is not None
        return sent


def _chosen(form: Form | None, name: str) -> frozenset[str]:
    """Return what was chosen in a list that was sent; nothing where none was."""
    return frozenset(form.data.getlist(name)) if form is not None and isinstance(form.data, QueryDict) else frozenset()


def page(
    request: SignedRequest, watched: TrainingClass, item: PlanItem, sent: Forms | None = None, *, status: int = 200
) -> HttpResponse:
    """Show the lesson with its sheet."""
    sent = sent or Forms()
    listed = _listed(request, watched)
    found = entries([item.pk])
    context = {
        **frame(request, watched, "plan"),
        **item_shown(item),
        "plan_url": url_of(request, "plan", watched.pk),
        "item_id": item.pk,
        "sheet": with_lines(listed, _sheet(item, list(listed.object_list), found, _places_in(sent.roll_call))),
        "has_begun": item.starts_at <= request.now,
        "is_class_settled": is_settled(watched.pk),
        "codes": _codes(request, watched, item),
        "changes": changes_said(changes_of(request.viewer, item), names=True),
        "form": next((form for form in (sent.change, sent.cancel, sent.roll_call, sent.signing) if form), None),
        **_planning(request, watched, item, sent),
        **_deciding(request, watched, item, found, sent),
    }
    return render(request, "attending/item.html", context, status=status)


def _places_in(form: RollCallForm | None) -> frozenset[str]:
    """Return the places that were chosen, also of a page that was read before something else was stated."""
    return frozenset(value.partition("-")[0] for value in _chosen(form, "places"))


def sheet_values(request: SignedRequest, watched: TrainingClass, item: PlanItem) -> list[str]:
    """Return by what the learners of the class can be chosen; of whom something was stated since the page was read also by what they were then."""
    found = entries([item.pk])
    places = places_in(request.viewer, watched.pk).values()
    return [
        f"{place.pk}-{after}"
        for place in places
        for after in range(len(found.get((item.pk, place.pk), Entry()).statements) + 1)
    ]


def waiting_ids(item: PlanItem) -> list[UUID]:
    """Return the statements that wait for a signature, and those that were decided meanwhile."""
    return [statement.pk for entry in entries([item.pk]).values() for statement in entry.statements]


def _listed(request: SignedRequest, watched: TrainingClass) -> Page[Enrolment]:
    places = [place for place in places_in(request.viewer, watched.pk).values() if place.erased_at is None]
    ordered = sorted(places, key=lambda place: (place.left_at is not None, place.learner.login_name))
    return Paginator(ordered, LEARNERS_A_PAGE).get_page(request.GET.get("page"))


def _sheet(
    item: PlanItem, places: list[Enrolment], found: dict[tuple[int, int], Entry], chosen: Collection[str]
) -> list[dict[str, object]]:
    counted = counted_at(item, places)
    unusual = hints_at(list(found.values()))
    lines = []
    for place in places:
        entry, result = found.get((item.pk, place.pk), Entry()), counted.get(place.pk)
        signed = {mark.side: mark.at for mark in entry.marks}
        lines.append(
            {
                "name": place.learner.staff_name,
                "value": f"{place.pk}-{len(entry.statements)}",
                "is_chosen": str(place.pk) in chosen and entry.waiting is None,
                "has_left": place.left_at is not None,
                "signed_in": signed.get(Side.IN.value),
                "signed_out": signed.get(Side.OUT.value),
                "standing": standing_said(entry.presence(planned_span(item)), entry),
                "counted_ms": result.ms if result else 0,
                "refused": refused_lines(result.refused_ms) if result else [],
                "hints": [HINTS[hint] for hint in unusual.get(place.pk, ())],
                "is_waiting": entry.waiting is not None,
                "is_disputed": entry.open_objection is not None,
                "steps": steps_said(entry, names=True),
            }
        )
    return lines


def _codes(request: SignedRequest, watched: TrainingClass, item: PlanItem) -> list[dict[str, object]]:
    """Return the ways to the codes that can be shown now."""
    if item.cancelled_at is not None or not may_show_code(request.viewer, item):
        return []
    url = url_of(request, "attendance_code", watched.pk, item.pk)
    now_ms = to_ms(request.now)
    return [
        {"label": SIDES[side], "url": f"{url}?side={side}"}
        for side in Side
        if is_open(planned_span(item), Mark(side, now_ms))
    ]


def _planning(request: SignedRequest, watched: TrainingClass, item: PlanItem, sent: Forms) -> dict[str, object]:
    """Return the forms for changing and cancelling, for those who may as long as one may."""
    if not answers_for(request.viewer, watched) or not is_cancellable(
        item.starts_at, item.cancelled_at, now=request.now
    ):
        return {}
    after = item.changes.count()
    context: dict[str, object] = {}
    if is_changeable(item.starts_at, item.cancelled_at, now=request.now):
        change = sent.change or ChangedItemForm(teachers_of(watched), item=item)
        change.fields["after"].initial = after
        context = {"change_form": change, "change_url": url_of(request, "change_item", watched.pk, item.pk)}
    return {
        **context,
        "cancel_form": sent.cancel or CancelForm(initial={"after": after}),
        "cancel_url": url_of(request, "cancel_item", watched.pk, item.pk),
    }


def _deciding(
    request: SignedRequest,
    watched: TrainingClass,
    item: PlanItem,
    found: dict[tuple[int, int], Entry],
    sent: Forms,
) -> dict[str, object]:
    """Return what the viewer may state or sign: nothing once the hours are settled, and never what is their own."""
    if item.cancelled_at is not None or request.now < item.starts_at or is_settled(watched.pk):
        return {}
    context: dict[str, object] = {}
    if request.viewer.role in STATERS:
        context["roll_call_form"] = sent.roll_call or RollCallForm(item, ())
        context["roll_call_url"] = url_of(request, "state_attendance", watched.pk, item.pk)
    names = {place.pk: place for place in places_in(request.viewer, watched.pk).values()}
    waiting = [(names[place_id], entry.waiting) for (_, place_id), entry in found.items() if entry.waiting is not None]
    chosen = _chosen(sent.signing, "statements")
    context["waiting"] = [
        {
            "id": statement.pk.hex,
            "is_chosen": sent.signing is None or statement.pk.hex in chosen,
            "name": place.learner.staff_name,
            "said": span_said(statement.present_from, statement.present_until),
            "text": statement.text,
            "by": statement.by.name,
            "at": statement.at,
            "is_ones_own": request.viewer.account_id in (statement.by_id, statement.learner_id),
        }
        for place, statement in waiting
    ]
    if waiting and answers_for(request.viewer, watched):
        context["signing_form"] = sent.signing or SigningForm(())
        context["signing_url"] = url_of(request, "sign_attendance", watched.pk, item.pk)
    return context
