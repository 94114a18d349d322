"""The proof that imported resources are lawfully used, as reviewers see it. Clause M7."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.courseware.queries.versions import proof_of
from jiangxue.portals.reports.shown import preview_of
from jiangxue.portals.reviewer.queue import REVIEWERS
from jiangxue.portals.reviewer.versions import head, version_of


@for_roles(*REVIEWERS)
@require_safe
def licence(request: SignedRequest, version_id: int, number: int) -> HttpResponse:
    """Show the document of a licence, counted from 1; 404 where it has none."""
    shown = version_of(request, version_id)
    licences = shown.whole.licences
    if not 1 <= number <= len(licences):
        raise Http404
    proof = proof_of(shown, licences[number - 1])
    if proof is None:
        raise Http404
    context = {
        **head(request, shown),
        "licence": licences[number - 1],
        "preview": preview_of(proof, licences[number - 1].title, ""),
    }
    return render(request, "reviewer/licence.html", context)
