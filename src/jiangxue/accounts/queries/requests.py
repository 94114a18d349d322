"""What people asked of their own data, for themselves and for those who decide. Clause M2."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import cached_property

from jiangxue.accounts.errors import NoSuchCorrection
from jiangxue.accounts.models import CorrectionDecision, CorrectionRequest, DeletionRequest
from jiangxue.accounts.rules.corrections import CorrectedField
from jiangxue.djangokit.sealed import reveal
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.ui.masking import masked_identity, masked_name


@dataclass(frozen=True)
class Correction:
    """A request for a correction with what was decided, if anything was; what is wanted is masked."""

    request: CorrectionRequest
    decision: CorrectionDecision | None

    @cached_property
    def masked_wanted(self) -> str:
        """Return what is wanted, masked."""
        wanted = reveal(self.request, "wanted")
        return masked_name(wanted) if self.request.field == CorrectedField.NAME else masked_identity(wanted)


def own_corrections(account_id: int) -> Sequence[Correction]:
    """Return somebody's own requests, newest first."""
    return _with_decisions(CorrectionRequest.objects.filter(account_id=account_id).order_by("-asked_at"))


def corrections_to_decide(viewer: Viewer, learners: QuerySet[Any, int]) -> QuerySet[CorrectionRequest]:
    """Return the requests of some learners that wait for the viewer, oldest first; `learners` are those within reach of the viewer."""
    found = _processed(learners).filter(decision=None)
    if viewer.role is not Role.INSTITUTION_ADMINISTRATOR:
        return found.none()
    return found.exclude(account_id=viewer.account_id).select_related("account").order_by("asked_at", "pk")


def correction_for(viewer: Viewer, learners: QuerySet[Any, int], request_id: UUID) -> Correction:
    """Return one request of learners within the viewer's reach, decided or not, or raise `NoSuchCorrection`."""
    found = _processed(learners).filter(pk=request_id).exclude(account_id=viewer.account_id)
    if viewer.role is not Role.INSTITUTION_ADMINISTRATOR or not found.exists():
        raise NoSuchCorrection
    return _with_decisions(found)[0]


def last_corrected(account_id: int) -> datetime | None:
    """Return when somebody's name or number was corrected last, None where it never was."""
    granted = CorrectionDecision.objects.filter(request__account_id=account_id, is_granted=True)
    return granted.order_by("-at").values_list("at", flat=True).first()


def corrected_between(account_ids: Iterable[int], begins_at: datetime, ends_at: datetime) -> list[tuple[int, datetime]]:
    """Return whose name or number of some accounts was corrected within a time, and when, in order of time."""
    granted = CorrectionDecision.objects.filter(
        request__account__in=account_ids, is_granted=True, at__gte=begins_at, at__lt=ends_at
    )
    return list(granted.order_by("at", "pk").values_list("request__account", "at"))


def open_deletion(account_id: int) -> datetime | None:
    """Return when somebody asked for deletion, None where they have not, or have taken it back."""
    found = DeletionRequest.objects.filter(account_id=account_id, withdrawn_at=None)
    return found.values_list("asked_at", flat=True).first()


def deletion_requests(account_id: int) -> QuerySet[DeletionRequest]:
    """Return all requests of somebody for deletion, newest first."""
    return DeletionRequest.objects.filter(account_id=account_id).order_by("-asked_at")


def _processed(learners: QuerySet[Any, int]) -> QuerySet[CorrectionRequest]:
    """Return the requests of some learners, without those of whom processing is restricted: theirs wait."""
    return CorrectionRequest.objects.filter(account_id__in=learners, account__restricted_at=None)


def _with_decisions(found: QuerySet[CorrectionRequest]) -> list[Correction]:
    return [
        Correction(request, getattr(request, "decision", None))
        for request in found.select_related("decision", "account")
    ]
