"""Verifying a printed proof of hours by its number: what was proved, of whom (masked), and whether it holds. Clauses T1.3, M2.

The page is no page for carriers to keep: what it says may change with the next proof.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jiangxue.accounts import access
from jiangxue.accounts.access import address_of
from jiangxue.accounts.errors import TooManyAttempts
from jiangxue.accounts.rules.limits import VERIFYING_FROM_AN_ADDRESS
from jiangxue.accounts.services.limiting import claim_attempt
from jiangxue.portals.supervising.hours_proof_paper import state_said
from jiangxue.portals.supervising.hours_proof_words import STANDINGS, hours_lines
from jiangxue.supervision.errors.hours_proofs import NoSuchProof
from jiangxue.supervision.queries.hours_proofs import PublicProof, public_proof
from jiangxue.supervision.rules.hours_proofs import Standing, code_of, shown_code


@never_cache
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the number of a proof, and lead to what it says."""
    said = request.GET.get("code", "")
    code = code_of(said)
    if code:
        return redirect("public_proof:proof", code)
    context = {"said": said[:60], "is_no_code": bool(said.strip())}
    return render(request, "public/proof_asked.html", context, status=400 if said.strip() else 200)


@never_cache
@require_safe
def proof(request: HttpRequest, code: str) -> HttpResponse:
    """Say what was proved under a number; 404 in words for one that was never given, 429 for too many from one address."""
    address = address_of(request)
    now = access.now()
    try:
        if address:
            claim_attempt({f"proof/address/{address}": VERIFYING_FROM_AN_ADDRESS}, now=now)
        found = public_proof(code, now)
    except TooManyAttempts:
        return render(request, "public/proof_later.html", status=429)
    except NoSuchProof:
        return render(request, "public/proof_unknown.html", {"ask_url": reverse("public_proof:ask")}, status=404)
    return render(request, "public/proof.html", _context(found))


def _context(found: PublicProof) -> dict[str, object]:
    said = found.says
    return {
        "code": shown_code(found.code),
        "standing": found.standing.value,
        "standing_label": STANDINGS[found.standing],
        "holds": found.standing is Standing.VALID,
        "issued_on": found.issued_on,
        "learner": found.learner,
        "said": said,
        "state_said": state_said(said) if said else "",
        "lines": hours_lines(said.hours) if said and found.standing is not Standing.WITHDRAWN else [],
        "ask_url": reverse("public_proof:ask"),
    }


app_name = "public_proof"
urlpatterns = [
    path("", ask, name="ask"),
    path("<str:code>/", proof, name="proof"),
]
