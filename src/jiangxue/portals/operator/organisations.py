"""Founding organisations and keeping what is known of them. Clauses C1, C5."""

from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.djangokit.pages import with_lines
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.organisations import services
from jiangxue.organisations.errors import NameTaken, UsccTaken
from jiangxue.organisations.queries import organisations
from jiangxue.portals.organising import papers
from jiangxue.portals.organising.forms import OrganisationForm
from jiangxue.portals.organising.papers import organisation_seen
from jiangxue.portals.organising.shown import shown_organisation
from jiangxue.portals.organising.words import KINDS

ORGANISATIONS_A_PAGE = 50


class OrganisationFilter(forms.Form):
    """Which organisations to show; unbound, and so silent, while the address says nothing of it."""

    q = forms.CharField(
        label=gettext_lazy("Name or unified social credit code"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"type": "search"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False, choices=[("", gettext_lazy("All kinds")), *KINDS.items()]
    )

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__(data if data.get("q") or data.get("kind") else None)

    def wanted(self, name: str) -> str:
        """Return what is asked for, empty for everything."""
        return str(self.cleaned_data.get(name, "")) if self.is_bound and self.is_valid() else ""


@for_roles(Role.SYSTEM_ADMINISTRATOR)
@require_safe
def organisation_list(request: SignedRequest) -> HttpResponse:
    """List the organisations of the platform."""
    form = OrganisationFilter(request.GET)
    found = organisations(request.viewer, named=form.wanted("q"), kind=form.wanted("kind"))
    page = Paginator(found, ORGANISATIONS_A_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "url": reverse("operator:organisation", args=[each.pk]),
            "name": each.name,
            "kind": KINDS[each.kind],
            "uscc": each.uscc or "",
            "region": each.region.name,
        }
        for each in page.object_list
    ]
    context = {"organisations": with_lines(page, lines), "filter_form": form}
    return render(request, "operator/organisations.html", context)


@for_roles(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def found(request: SignedRequest) -> HttpResponse:
    """Found an organisation; keeps what was typed and says what is wrong (400)."""
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = services.found(form.draft(), viewer=request.viewer, by=actor_of(request), now=request.now)
        except (NameTaken, UsccTaken) as refusal:
            _say(form, refusal)
        else:
            messages.success(request, _("The organisation is there. Invite its first administrator now."))
            return redirect("operator:organisation_staff", made.pk)
    context = {"form": form, "is_new": True}
    return render(request, "operator/organisation_form.html", context, status=400 if form.errors else 200)


@for_roles(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedRequest, organisation_id: int) -> HttpResponse:
    """Change what is known of an organisation."""
    seen = organisation_seen(request, organisation_id)
    given = {"name": seen.name, "uscc": seen.uscc or "", "region": seen.region_id}
    form = OrganisationForm(request.POST if request.method == "POST" else None, kind=seen.kind, **given)
    if form.is_valid():
        try:
            services.change(seen.pk, form.draft(), viewer=request.viewer, by=actor_of(request), now=request.now)
        except (NameTaken, UsccTaken) as refusal:
            _say(form, refusal)
        else:
            messages.success(request, _("Changed."))
            return redirect("operator:organisation", seen.pk)
    context = {"form": form, "is_new": False, "name": seen.name, "id": seen.pk}
    return render(request, "operator/organisation_form.html", context, status=400 if form.errors else 200)


def _say(form: OrganisationForm, refusal: NameTaken | UsccTaken) -> None:
    if isinstance(refusal, UsccTaken):
        form.add_error("uscc", _("Another organisation has this code already."))
    else:
        form.add_error("name", _("Another organisation has this name already."))


@for_roles(Role.SYSTEM_ADMINISTRATOR)
@require_safe
def organisation(request: SignedRequest, organisation_id: int) -> HttpResponse:
    """Show one organisation and its papers."""
    seen = organisation_seen(request, organisation_id)
    shown = shown_organisation(seen, learning_day(request.now))
    for line in shown["papers"]:  # type: ignore[attr-defined]
        line["withdraw_url"] = reverse("operator:withdraw_paper", args=[seen.pk, line["id"]])
        line["file_url"] = reverse("operator:paper_file", args=[seen.pk, line["id"]]) if line["has_file"] else ""
    return render(request, "operator/organisation.html", {"organisation": shown, "id": seen.pk})


@for_roles(Role.SYSTEM_ADMINISTRATOR)
def add_paper(request: SignedRequest, organisation_id: int) -> HttpResponse:
    """Take a paper of an organisation."""
    seen = organisation_seen(request, organisation_id)
    return papers.add(request, seen, back_url=reverse("operator:organisation", args=[seen.pk]))


@for_roles(Role.SYSTEM_ADMINISTRATOR)
def withdraw_paper(request: SignedRequest, organisation_id: int, paper_id: int) -> HttpResponse:
    """Take a paper off the list of an organisation."""
    seen = organisation_seen(request, organisation_id)
    return papers.withdraw(request, seen, paper_id, back_url=reverse("operator:organisation", args=[seen.pk]))


@for_roles(Role.SYSTEM_ADMINISTRATOR)
def paper_file(request: SignedRequest, organisation_id: int, paper_id: int) -> HttpResponse:
    """Give the file of a paper of an organisation."""
    return papers.give_file(request, organisation_seen(request, organisation_id), paper_id)


@for_roles(Role.SYSTEM_ADMINISTRATOR)
def change_contact(request: SignedRequest, organisation_id: int) -> HttpResponse:
    """Say where an organisation is reached."""
    seen = organisation_seen(request, organisation_id)
    return papers.change_contact(request, seen, back_url=reverse("operator:organisation", args=[seen.pk]))
