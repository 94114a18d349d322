"""Learners across a supervisor's region: by whole name, or by identity number, masked. Clauses C5, T7, M2."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.accounts.queries import accounts_of_number
from jiangxue.audit import services as audit
from jiangxue.djangokit.pages import with_lines
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.queries import places_across
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.queries.places import places
from jiangxue.portals.supervising.region_form import RegionForm
from jiangxue.ui.terms import state_label

LEARNERS_A_PAGE = 50
_for_supervisors = for_roles(Role.SUPERVISOR)


class LearnerFilter(RegionForm):
    """A part of the region, and a whole name."""

    def __init__(self, viewer: Viewer, data: Mapping[str, Any]) -> None:
        super().__init__(viewer, data)
        self.fields["q"].label = _("Whole name")
        self.fields["q"].help_text = _("Names are shown masked, so a part of one finds nobody.")


class NumberForm(forms.Form):
    """An identity number, which never stands in an address."""

    number = forms.CharField(
        label=_("Identity number"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Enter the whole identity number.")},
    )


@_for_supervisors
@require_safe
def learners(request: SignedRequest) -> HttpResponse:
    """List the places of the region's learners, by part of the region and name."""
    form = LearnerFilter(request.viewer, request.GET)
    found = places_across(request.viewer, called=form.wanted.strip())
    if form.within:
        found = found.filter(training_class__institution__region__code__startswith=form.within)
    page = Paginator(found, LEARNERS_A_PAGE).get_page(request.GET.get("page"))
    lines = _lines(request, list(page.object_list))
    context = {"learners": with_lines(page, lines), "filter_form": form, "number_form": NumberForm(), "is_one": False}
    return render(request, "supervising/learners.html", context)


@_for_supervisors
@sensitive_post_parameters()
@require_POST
def by_number(request: SignedRequest) -> HttpResponse:
    """Find the places of whoever is registered with an identity number; that somebody looked is recorded."""
    form = NumberForm(request.POST)
    found: list[Enrolment] = []
    if form.is_valid():
        accounts = accounts_of_number(form.cleaned_data["number"])
        found = list(places_across(request.viewer, among=accounts))
        about = ("account", found[0].learner_id) if found else ("", "")
        audit.record("learner.sought", by=actor_of(request), at=request.now, about=about)
    page = Paginator(found, LEARNERS_A_PAGE).get_page(1)
    context = {
        "learners": with_lines(page, _lines(request, found[:LEARNERS_A_PAGE])),
        "filter_form": LearnerFilter(request.viewer, {}),
        "number_form": form,
        "is_one": form.is_valid(),
    }
    return render(request, "supervising/learners.html", context, status=200 if form.is_valid() else 400)


def _lines(request: SignedRequest, found: Sequence[Enrolment]) -> list[dict[str, object]]:
    held = places([place.pk for place in found])
    return [
        {
            "name": place.learner.staff_name,
            "url": reverse("regulator:learner", args=(place.training_class_id, place.pk)),
            "class_name": place.training_class.name,
            "class_url": reverse("regulator:class", args=(place.training_class_id,)),
            "institution": place.training_class.institution.name,
            "region_name": place.training_class.institution.region.name,
            "state_label": state_label(place.training_class.term, request.now),
            "has_left": place.left_at is not None,
            "credited_ms": held[place.pk].credited_ms,
            "confirmed_ms": held[place.pk].confirmed_ms,
            "learning_now": held[place.pk].learning_now,
        }
        for place in found
    ]


def addresses() -> list[URLPattern]:
    """Return the addresses of the region's learners."""
    return [
        path("learners/", learners, name="learners"),
        path("learners/number/", by_number, name="learner_by_number"),
    ]
