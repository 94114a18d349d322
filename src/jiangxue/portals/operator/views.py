"""What the three administrators see: the audit, and whether the platform works."""

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.accounts.queries import names_of
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.queries import entries
from jiangxue.audit.services import DONE
from jiangxue.djangokit.pages import with_lines
from jiangxue.facecheck.queries.ways import stored_faces
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.queries.alarms import disagreements
from jiangxue.ledger.queries.state import alarms_since, log_state
from jiangxue.operations.queries import last_backup, parts, sealing_keys
from jiangxue.portals.operator.audit_words import ACTIONS, OBJECTS
from jiangxue.portals.operator.forms import AuditFilter
from jiangxue.portals.operator.labels import PARTS, backup_line, faces_line, judging_line, keys_line
from jiangxue.portals.operator.ledger_words import RECENT, ledger_line
from jiangxue.ui.masking import masked_name
from jiangxue.ui.roles import ROLE_LABELS

ENTRIES_A_PAGE = 50


@for_roles(Role.AUDIT_ADMINISTRATOR)
@require_safe
def audit(request: SignedRequest) -> HttpResponse:
    """List who did what, newest first."""
    form = AuditFilter(request.GET)
    chosen = form.cleaned_data["action"] if form.is_valid() else ""
    page = Paginator(entries(request.viewer, action=chosen), ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    names = names_of({entry.actor_id for entry in page.object_list if entry.actor_id})
    lines = [
        {
            "at": entry.at,
            "actor": _actor_said(entry, names),
            "account": _("account %(id)s") % {"id": entry.actor_id} if entry.actor_id else "",
            "role_label": ROLE_LABELS[Role(entry.role)] if entry.role else "",
            "action_label": ACTIONS.get(entry.action, entry.action),
            "object_label": f"{OBJECTS.get(entry.object_kind, entry.object_kind)} {entry.object_id}".strip(),
            "is_done": entry.result == DONE,
            "address": entry.address,
            "reason": entry.reason,
        }
        for entry in page.object_list
    ]
    return render(request, "operator/audit.html", {"entries": with_lines(page, lines), "filter_form": form})


def _actor_said(entry: AuditEntry, names: Mapping[int, str]) -> str:
    """Say who acted; only the program itself acts from no address."""
    if entry.actor_id:
        return masked_name(names.get(entry.actor_id, ""))
    return _("not signed in") if entry.address else _("the program")


@for_roles(Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)
@require_safe
def state(request: SignedRequest) -> HttpResponse:
    """Show whether the parts of the platform work, and whether judging again agreed with what was counted."""
    found = parts()
    lines: list[dict[str, object]] = [
        {"label": PARTS[part.name].label, "works": part.works, "sentence": PARTS[part.name].sentence(part.works)}
        for part in found
        if part.name in PARTS
    ]
    works = {part.name: part.works for part in found}
    if works["database"]:  # without it there is nothing to ask
        lines.append(keys_line(sealing_keys(), open_archives=works["keys"]))
        lines.append(judging_line(disagreements(request.viewer, learning_day(request.now))))
        ledger = ledger_line(log_state(), alarms_since(request.now - RECENT), request.now)
        lines += [{**ledger, "url": reverse("operator:ledger")}, backup_line(last_backup(request.now))]
        lines.append(faces_line(stored_faces()))
    context = {"parts": lines, "checked_at": request.now, "all_work": all(line["works"] for line in lines)}
    return render(request, "operator/state.html", context)
