"""Entries of the audit in words, for its pages and whatever is made of them."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxue.accounts.queries import names_of
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import DONE
from jiangxue.portals.operator.audit_words import ACTIONS, OBJECTS
from jiangxue.ui.masking import masked_name
from jiangxue.ui.roles import recorded_role


def lines_of(entries: Sequence[AuditEntry]) -> list[dict[str, object]]:
    """Return entries as pages and exports show them; names are masked."""
    names = names_of({entry.actor_id for entry in entries if entry.actor_id})
    return [_line(entry, names) for entry in entries]


def address_of(**wanted: object) -> str:
    """Return the address of a search."""
    return f"{reverse('operator:audit')}?{urlencode(wanted)}"


def _line(entry: AuditEntry, names: Mapping[int, str]) -> dict[str, object]:
    return {
        "id": entry.pk,
        "at": entry.at,
        "actor": _actor_said(entry, names),
        "account": _("account %(id)s") % {"id": entry.actor_id} if entry.actor_id else "",
        "role_label": recorded_role(entry.role) if entry.role else "",
        "action_label": ACTIONS.get(entry.action, entry.action),
        "object_label": f"{OBJECTS.get(entry.object_kind, entry.object_kind)} {entry.object_id}".strip(),
        "is_done": entry.result == DONE,
        "address": entry.address,
        "reason": entry.reason,
        "url": reverse("operator:audit_entry", args=(entry.pk,)),
    }


def _actor_said(entry: AuditEntry, names: Mapping[int, str]) -> str:
    """Say who acted; only the program itself acts from no address."""
    if entry.actor_id:
        return masked_name(names.get(entry.actor_id, ""))
    return _("not signed in") if entry.address else _("the program")
