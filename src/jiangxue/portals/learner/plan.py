"""The learner's own plan: live and practice lessons of a class, what counts of them and why not, and saying that it is wrong. Clauses C3, T1.3, M6."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.archive.errors import HoursSettled
from jiangxue.archive.queries.settlements import is_settled
from jiangxue.archive.services.unsettled import unless_settled
from jiangxue.attendance.errors import AttendanceRefusal
from jiangxue.attendance.queries.own import attended_by
from jiangxue.attendance.rules.deciding import LONGEST_TEXT, MOST_OBJECTIONS
from jiangxue.attendance.services.stating import Objecting, object_to
from jiangxue.enrolment.errors import NoSuchItem, NotInClass
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.queries import enrolment_for
from jiangxue.enrolment.queries.plan import changes_of, plan_of
from jiangxue.kernel.viewer import Role
from jiangxue.portals.attendance_words import changes_said, steps_said
from jiangxue.portals.attending.plan import item_shown, sums
from jiangxue.portals.attending.refusals import refusal_said, status_of
from jiangxue.portals.learner.attended import item_line, result_shown
from jiangxue.portals.learner.permitted import permitted
from jiangxue.portals.learner.up_to_date import check_first, up_to_date
from jiangxue.portals.reasons import UNSHOWABLE

SETTLED = gettext_lazy(
    "The hours of this class are settled, so its attendance is not changed any more. If something is wrong, please speak to your head teacher; the authority of the region can look into it."
)


class ObjectionForm(forms.Form):
    """Why a learner says that their attendance is wrong."""

    text = forms.CharField(
        label=gettext_lazy("What is wrong with it"),
        help_text=gettext_lazy("When you came and went, and who can confirm it."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": gettext_lazy("Say what is wrong."),
            "max_length": gettext_lazy("Say it in at most %(limit_value)d characters."),
            "null_characters_not_allowed": UNSHOWABLE,
        },
    )


@for_roles(Role.LEARNER)
@require_safe
@permitted
@up_to_date
@check_first
def show(request: SignedRequest, class_id: int) -> HttpResponse:
    """Show what is planned in one of the viewer's classes, and what counts of it."""
    place = _place(request, class_id)
    planned = list(plan_of(request.viewer, class_id))
    counted = {each.item.pk: each for each in attended_by(request.viewer, place)}
    context = {
        **_frame(place),
        "sums": sums(place.training_class, planned),
        "items": [item_line(request, each, counted.get(each.pk)) for each in planned],
        "counted_ms": sum(each.counted.ms for each in counted.values()),
    }
    return render(request, "learner/plan.html", context)


@for_roles(Role.LEARNER)
@require_safe
@permitted
@up_to_date
@check_first
def item(request: SignedRequest, class_id: int, item_id: int) -> HttpResponse:
    """Show one lesson, step by step."""
    return _page(request, _place(request, class_id), item_id)


@for_roles(Role.LEARNER)
@require_POST
@permitted
def dispute(request: SignedRequest, class_id: int, item_id: int) -> HttpResponse:
    """Take what the learner says against their attendance; what was typed stays when it is refused."""
    place = _place(request, class_id)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return _page(request, place, item_id, form, status=400)
    said = Objecting(class_id, item_id, form.cleaned_data["text"])
    try:
        unless_settled(class_id, lambda: object_to(request.viewer, said, by=actor_of(request), clock=access.CLOCK))
    except NoSuchItem:
        raise Http404 from None
    except HoursSettled:
        form.add_error(None, SETTLED)
        return _page(request, place, item_id, form, status=409)
    except AttendanceRefusal as refusal:
        form.add_error(None, refusal_said(refusal))
        return _page(request, place, item_id, form, status=status_of(refusal))
    messages.success(request, _("Your objection has been handed in. Two persons look at it within three working days."))
    return redirect("learner:plan_item", class_id, item_id)


def _place(request: SignedRequest, class_id: int) -> Enrolment:
    try:
        return enrolment_for(request.viewer, class_id)
    except NotInClass:
        raise Http404 from None


def _page(
    request: SignedRequest, place: Enrolment, item_id: int, form: ObjectionForm | None = None, *, status: int = 200
) -> HttpResponse:
    planned = plan_of(request.viewer, place.training_class_id).filter(pk=item_id).first()
    if planned is None:
        raise Http404
    found = next((each for each in attended_by(request.viewer, place) if each.item.pk == item_id), None)
    has_begun = planned.starts_at <= request.now
    objections = found.entry.objections if found else []
    is_open = found is not None and found.entry.open_objection is not None
    may_object = found and has_begun and not is_open and len(objections) < MOST_OBJECTIONS
    is_over = is_settled(place.training_class_id)
    context = {
        **_frame(place),
        **item_shown(planned),
        **(result_shown(found) if found else {}),
        "has_begun": has_begun,
        "plan_url": reverse("learner:plan", args=[place.training_class_id]),
        "steps": steps_said(found.entry, names=False) if found else [],
        "changes": changes_said(changes_of(request.viewer, planned), names=False),
        "open_objection": found.entry.open_objection if found else None,
        "settled_words": SETTLED if is_over and has_begun else "",
        "form": form or (ObjectionForm() if may_object and not is_over else None),
        "dispute_url": reverse("learner:dispute_attendance", args=[place.training_class_id, item_id]),
    }
    return render(request, "learner/plan_item.html", context, status=status)


def _frame(place: Enrolment) -> dict[str, object]:
    of = place.training_class
    return {
        "class_name": of.name,
        "course_title": of.version.title,
        "class_url": reverse("learner:class", args=[of.pk]),
    }
