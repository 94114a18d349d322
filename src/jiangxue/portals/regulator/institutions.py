"""The institutions and enterprises of a supervisor's region: the list, and what is known of one. Clauses C5, C1."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.djangokit.pages import with_lines
from jiangxue.enrolment.queries import classes
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.organisations.models import Organisation
from jiangxue.organisations.queries import institutions, paper_standings
from jiangxue.organisations.rules.papers import FileStanding
from jiangxue.portals.organising import papers
from jiangxue.portals.organising.papers import organisation_seen
from jiangxue.portals.organising.shown import shown_organisation
from jiangxue.portals.organising.words import KINDS
from jiangxue.portals.paper_words import FILE_STANDINGS
from jiangxue.portals.regulator.institution_figures import figures_of, newest_classes, published_courses, staff_lines
from jiangxue.portals.supervising.region_form import RegionForm

INSTITUTIONS_A_PAGE = 20
_for_supervisors = for_roles(Role.SUPERVISOR)


class InstitutionFilter(RegionForm):
    """Name or code, part of the region, kind, and where the papers stand; kept in the address."""

    field_order = ("q", "region", "kind", "papers")
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All kinds")), *((kind, KINDS[kind]) for kind in ("institution", "enterprise"))],
    )
    papers = forms.ChoiceField(
        label=_("Licences and other papers"), required=False, choices=[("", _("all")), *FILE_STANDINGS.items()]
    )

    def __init__(self, viewer: Viewer, data: Mapping[str, Any]) -> None:
        super().__init__(viewer, data)
        self.is_bound = any(data.get(name) for name in self.field_order)
        self.data = data if self.is_bound else {}
        self.fields["q"].label = _("Name or unified social credit code")

    def said(self, name: str) -> str:
        """Return what is asked for, empty for everything."""
        return str(self.cleaned_data.get(name) or "") if self.is_bound and self.is_valid() else ""


@_for_supervisors
@require_safe
def listed(request: SignedRequest) -> HttpResponse:
    """List the institutions and enterprises of the region, with where their papers stand."""
    form, today = InstitutionFilter(request.viewer, request.GET), learning_day(request.now)
    found = institutions(request.viewer, named=form.wanted, within=form.within)
    if form.said("kind"):
        found = found.filter(kind=form.said("kind"))
    chosen: Sequence[Organisation] = list(found)
    standings = paper_standings(chosen, today)
    if form.said("papers"):
        chosen = [each for each in chosen if standings[each.pk] == form.said("papers")]
    page = Paginator(chosen, INSTITUTIONS_A_PAGE).get_page(request.GET.get("page"))
    running = _running(request, [each.pk for each in page.object_list])
    lines = [
        {
            "url": reverse("regulator:institution", args=(each.pk,)),
            "name": each.name,
            "kind": KINDS[each.kind],
            "uscc": each.uscc or "",
            "region": each.region.name,
            "running": running.get(each.pk, 0),
            "papers": FILE_STANDINGS[standings[each.pk]],
            "is_good": standings[each.pk] is FileStanding.COMPLETE,
        }
        for each in page.object_list
    ]
    lacking = sum(1 for each in standings.values() if each is FileStanding.LACKING)
    context = {"institutions": with_lines(page, lines), "filter_form": form, "lacking": lacking}
    return render(request, "regulator/institutions.html", context)


def _running(request: SignedRequest, institution_ids: Sequence[int]) -> dict[int, int]:
    """Return how many classes of each institution run today."""
    today = learning_day(request.now)
    found = classes(request.viewer).filter(institution__in=institution_ids, opens_on__lte=today, closes_on__gte=today)
    numbers: dict[int, int] = {}
    for each in found.filter(closed_at=None):
        numbers[each.institution_id] = numbers.get(each.institution_id, 0) + 1
    return numbers


@_for_supervisors
@require_safe
def show(request: SignedRequest, institution_id: int) -> HttpResponse:
    """Show what is known of an institution of the region; 404 for one of another."""
    seen = organisation_seen(request, institution_id)
    shown = shown_organisation(seen, learning_day(request.now))
    for line in shown["papers"]:  # type: ignore[attr-defined]
        address = reverse("regulator:paper_file", args=(seen.pk, line["id"]))
        line["file_url"] = address if line["has_file"] else ""
    context = {
        "organisation": shown,
        "figures": figures_of(request, seen.pk),
        "classes": newest_classes(request, seen.pk),
        "courses": published_courses(request, seen.pk),
        "staff": staff_lines(request, seen.pk),
        "order_url": f"{reverse('regulator:new_order')}?institution={seen.pk}",
        "query_url": f"{reverse('regulator:query')}?institution={seen.pk}",
    }
    return render(request, "regulator/institution.html", context)


@_for_supervisors
def paper_file(request: SignedRequest, institution_id: int, paper_id: int) -> HttpResponse:
    """Give the file of a paper of an institution of the region."""
    return papers.give_file(request, organisation_seen(request, institution_id), paper_id)


def addresses() -> list[URLPattern]:
    """Return the addresses of the region's institutions."""
    return [
        path("institutions/", listed, name="institutions"),
        path("institutions/<int:institution_id>/", show, name="institution"),
        path("institutions/<int:institution_id>/papers/<int:paper_id>/file/", paper_file, name="paper_file"),
    ]
