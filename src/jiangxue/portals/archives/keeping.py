"""How long an archive is kept, what keeps it longer, and whether it is erased, for its page. Clauses T8.1, M2."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxue.accounts.access import SignedRequest
from jiangxue.archive.queries.freezes import undecided_places
from jiangxue.archive.queries.retention import erasure_of, hold_of, kept_until
from jiangxue.archive.rules.dossier import Dossier
from jiangxue.archive.services.retaining import may_lift
from jiangxue.enrolment.queries import Place
from jiangxue.kernel.clock import from_ms
from jiangxue.kernel.viewer import Role
from jiangxue.portals.archives.frame import Archive
from jiangxue.portals.reasons import reason_field
from jiangxue.ui.masking import masked_name


class HoldForm(forms.Form):
    """Why a hold is placed, or lifted."""

    reason = reason_field(_("The staff of the class can read it. Write no names or numbers here."))


def kept(request: SignedRequest, place: Place, archive: Archive, dossier: Dossier | None) -> dict[str, object]:
    """Return what the page says about the term (保存期限); learners are told that an archive is held, and staff also why."""
    held, erased = hold_of(place.pk), dossier.erased if dossier else None
    is_supervisor, is_told = request.viewer.role is Role.SUPERVISOR, not archive.around.is_own
    return {
        "erased": {"at": from_ms(erased.at_ms), "due_on": erased.due_on, "years": erased.years} if erased else None,
        "hold": {
            "since": held.placed_at,
            "reason": held.reason if is_told else "",
            "by": masked_name(held.placed_by.name) if is_told else "",
        }
        if held
        else None,
        "is_under_case": bool(undecided_places([place.pk])),
        "is_ending": is_ending(place),
        "kept_until": None if held or erased else kept_until(place),
        "hold_url": archive.of("hold_archive") if is_supervisor and not held else "",
        "lift_url": archive.of("lift_archive") if held and may_lift(held, request.viewer) else "",
        "is_from_above": is_supervisor and held is not None and not may_lift(held, request.viewer),
    }


def is_ending(place: Place) -> bool:
    """Say whether the ledger was told that an archive is erased."""
    return erasure_of(place.pk) is not None


def is_nameless(place: Place) -> bool:
    """Say whether an archive names nobody any more, because its contents are destroyed."""
    gone = erasure_of(place.pk)
    return gone is not None and gone.erased_at is not None
