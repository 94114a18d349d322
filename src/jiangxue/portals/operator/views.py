"""Whether the platform works, for the system and the security administrator."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.facecheck.queries.ways import stored_faces
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.queries.alarms import disagreements
from jiangxue.ledger.queries.state import alarms_since, log_state
from jiangxue.operations.queries import last_backup, parts, sealing_keys
from jiangxue.portals.operator.labels import PARTS, backup_line, faces_line, judging_line, keys_line
from jiangxue.portals.operator.ledger_words import RECENT, ledger_line


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
