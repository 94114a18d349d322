"""The evidence ledger for those who look after it: how it stands, who countersigns it, and how many of them an export waits for."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.accounts.queries import names_of
from jiangxue.kernel.clock import from_ms
from jiangxue.kernel.viewer import Role
from jiangxue.ledger.errors import NotAWitness, NotEnoughWitnesses
from jiangxue.ledger.models import Checkpoint
from jiangxue.ledger.queries.published import newest_log_key
from jiangxue.ledger.queries.state import ALARMING, LogState, Seen, alarms, alarms_since, log_state, rules_so_far
from jiangxue.operations import services
from jiangxue.operations.services import By, may_change_witnesses
from jiangxue.portals.operator.ledger_forms import NeedForm, NewWitnessForm
from jiangxue.portals.operator.ledger_words import (
    KEY_FAULTS,
    RECENT,
    alarm_line,
    audit_shown,
    detail_said,
    outcome_said,
    troubles,
)

LOOKERS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)


def by_of(request: SignedRequest) -> By:
    """Return who acts in a request."""
    return By(request.viewer, actor_of(request), request.now)


@for_roles(*LOOKERS)
@require_safe
def ledger(request: SignedRequest) -> HttpResponse:
    """Show how the ledger stands, its alarms and its witnesses."""
    state = log_state()
    lines = [witness_line(seen, state.checkpoint) for seen in state.witnesses]
    context = {
        "state": _figures(state, request),
        "troubles": troubles(state, alarms_since(request.now - RECENT), request.now),
        "alarms": [alarm_line(alarm) for alarm in alarms()],
        "witnesses": [line for line in lines if not line["retired_at"]],
        "retired": [line for line in lines if line["retired_at"]],
        "need": state.need,
        "may_change": may_change_witnesses(request.viewer),
        "checked_at": request.now,
        "audit": audit_shown(),
        "audit_url": reverse("operator:audit_ledger"),
        "public_url": reverse("public_ledger:ledger"),
        "add_url": reverse("operator:add_witness"),
        "need_url": reverse("operator:witnesses_needed"),
    }
    return render(request, "operator/ledger.html", context)


@for_roles(*LOOKERS)
@require_POST
def audit_ledger(request: SignedRequest) -> HttpResponse:
    """Let the worker compute the whole log again, and go back to the page, which shows what came of it."""
    if services.ask_for_audit(by_of(request)):
        messages.success(request, _("The ledger is being audited in the background."))
    else:
        messages.info(request, _("The ledger is being audited already."))
    return redirect("operator:ledger")


@for_roles(Role.SECURITY_ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_witness(request: SignedRequest) -> HttpResponse:
    """Add a witness, or say what is wrong with its key (400)."""
    form = NewWitnessForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            added = services.add_witness(by_of(request), **form.cleaned_data)
        except NotAWitness as refusal:
            form.add_error("verifier_key", str(KEY_FAULTS[refusal.fault]))
        else:
            messages.success(request, _("“%(title)s” is asked to countersign from now on.") % form.cleaned_data)
            return redirect("operator:witness", added)
    context = {"form": form, "log_key": newest_log_key(), "ledger_url": reverse("operator:ledger")}
    return render(request, "operator/ledger_new_witness.html", context, status=400 if form.is_bound else 200)


@for_roles(*LOOKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def witnesses_needed(request: SignedRequest) -> HttpResponse:
    """Show how many witnesses an export waits for and since when; the security administrator says otherwise, with a reason."""
    state = log_state()
    if request.method == "POST":
        if not may_change_witnesses(request.viewer):
            raise PermissionDenied
        form = NeedForm(request.POST)
        if form.is_valid():
            try:
                services.demand_witnesses(by_of(request), form.cleaned_data["need"], form.cleaned_data["reason"])
            except NotEnoughWitnesses:
                form.add_error("need", _too_few(len(state.active)))
            else:
                messages.success(request, _("The rule is in force."))
                return redirect("operator:witnesses_needed")
    else:
        form = NeedForm(initial={"need": state.need})
    context = {
        "form": form,
        "need": state.need,
        "active": len(state.active),
        "may_change": may_change_witnesses(request.viewer),
        "rules": _history(),
        "ledger_url": reverse("operator:ledger"),
    }
    return render(request, "operator/ledger_need.html", context, status=400 if form.is_bound else 200)


def witness_line(seen: Seen, checkpoint: Checkpoint | None) -> dict[str, object]:
    """Return a witness as a page shows it."""
    witness = seen.witness
    return {
        "title": witness.title,
        "url": reverse("operator:witness", args=(witness.pk,)),
        "address": witness.address,
        "retired_at": witness.retired_at,
        "size": seen.size,
        "signed_at": seen.signed_at,
        "behind": seen.behind(checkpoint),
        "outcome": witness.outcome,
        "outcome_label": outcome_said(witness),
        "outcome_detail": detail_said(witness),
        "asked_at": witness.asked_at,
        "is_well": witness.outcome == "signed",
        "is_alarming": witness.outcome in ALARMING,
    }


def _figures(state: LogState, request: SignedRequest) -> dict[str, object]:
    checkpoint, heads = state.checkpoint, state.heads
    return {
        "size": state.size,
        "waiting": state.waiting,
        "waiting_since": state.waiting_since,
        "is_sealer_late": state.is_sealer_late(request.now),
        "is_signer_late": state.is_signer_late(request.now),
        "signed_size": checkpoint.size if checkpoint else 0,
        "signed_at": from_ms(checkpoint.at_ms) if checkpoint else None,
        "heads_at": from_ms(heads.at_ms) if heads else None,
        "heads_archives": heads.archives if heads else 0,
        "quarantined": state.quarantined,
        "witnessed": state.witnessed,
    }


def _too_few(active: int) -> str:
    return _(
        "There are only %(active)d witnesses that are asked: nothing could be exported any more. Add witnesses first, or write at most %(active)d."
    ) % {"active": active}


def _history() -> Sequence[dict[str, object]]:
    rules = rules_so_far()
    names = names_of({rule.account_id for rule in rules if rule.account_id})
    return [
        {"need": rule.need, "at": rule.at, "reason": rule.reason, "author": names.get(rule.account_id or 0, "")}
        for rule in rules
    ]
