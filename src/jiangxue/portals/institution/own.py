"""The institution itself: its facts and papers. Clauses C1, Q1 to Q5."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.portals.organising import papers
from jiangxue.portals.organising.papers import organisation_seen
from jiangxue.portals.organising.shown import shown_organisation


@for_roles(Role.INSTITUTION_ADMINISTRATOR)
@require_safe
def own(request: SignedRequest) -> HttpResponse:
    """Show the viewer's own institution and which papers it lacks or has to renew."""
    shown = shown_organisation(organisation_seen(request, None), learning_day(request.now))
    for line in shown["papers"]:  # type: ignore[attr-defined]
        line["withdraw_url"] = reverse("institution:withdraw_paper", args=[line["id"]])
        line["file_url"] = reverse("institution:paper_file", args=[line["id"]]) if line["has_file"] else ""
    return render(request, "institution/own.html", {"organisation": shown})


@for_roles(Role.INSTITUTION_ADMINISTRATOR)
def add_paper(request: SignedRequest) -> HttpResponse:
    """Take a paper of the viewer's own institution."""
    return papers.add(request, organisation_seen(request, None), back_url=reverse("institution:own"))


@for_roles(Role.INSTITUTION_ADMINISTRATOR)
def withdraw_paper(request: SignedRequest, paper_id: int) -> HttpResponse:
    """Take a paper off the list of the viewer's own institution."""
    return papers.withdraw(request, organisation_seen(request, None), paper_id, back_url=reverse("institution:own"))


@for_roles(Role.INSTITUTION_ADMINISTRATOR)
def paper_file(request: SignedRequest, paper_id: int) -> HttpResponse:
    """Give the file of a paper of the viewer's own institution."""
    return papers.give_file(request, organisation_seen(request, None), paper_id)


@for_roles(Role.INSTITUTION_ADMINISTRATOR)
def change_contact(request: SignedRequest) -> HttpResponse:
    """Say where the viewer's own institution is reached."""
    return papers.change_contact(request, organisation_seen(request, None), back_url=reverse("institution:own"))
