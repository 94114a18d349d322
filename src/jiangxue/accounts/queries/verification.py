"""What is known of whether people are who they say. Clause M1; decision 0028."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery

from jiangxue.accounts.models import Account, CorrectionDecision, IdentityVerification, Membership
from jiangxue.accounts.queries.consents import agreed_in
from jiangxue.accounts.rules.consents import Purpose
from jiangxue.accounts.rules.verification import AGAIN_AFTER, Outcome, Verification
from jiangxue.kernel.viewer import Role


def verification_of(account_id: int) -> Verification | None:
    """Return the last answer about somebody as they are registered now; None where nobody was asked since the registration was corrected."""
    return verifications_of([account_id]).get(account_id)


def verifications_of(account_ids: Collection[int]) -> dict[int, Verification]:
    """Return the last answer about each of some accounts; those of whom nobody was asked are missing."""
    corrected = _last_correction(OuterRef("account_id"))
    rows = (
        IdentityVerification.objects.filter(account_id__in=account_ids)
        .annotate(corrected_at=corrected)
        .filter(Q(corrected_at=None) | Q(at__gte=F("corrected_at")))
        .order_by("account_id", "-pk")
        .distinct("account_id")
    )
    return {row.account_id: kept(row) for row in rows}


def history_of(account_id: int) -> list[Verification]:
    """Return every answer about somebody, newest first."""
    return [kept(row) for row in IdentityVerification.objects.filter(account_id=account_id).order_by("-pk")]


def kept(row: IdentityVerification) -> Verification:
    """Return what a row says."""
    return Verification(row.account_id, row.source, Outcome(row.outcome), row.reference, row.at)


def waiting(now: datetime) -> QuerySet[Account, int]:
    """Return the learners about whom a source is to be asked: never asked since their registration was last corrected, or asked in vain a while ago.

    Those who have not agreed to the processing, or have asked for deletion, are left alone.
    """
    newest = IdentityVerification.objects.filter(account_id=OuterRef("pk")).order_by("-pk")
    asked = Q(said_at=None) | Q(said_at__lt=F("corrected_at"))
    in_vain = Q(said=Outcome.UNAVAILABLE.value, said_at__lte=now - AGAIN_AFTER)
    return (
        Account.objects.filter(is_active=True, restricted_at=None, identity__isnull=False)
        .filter(Exists(Membership.objects.filter(account_id=OuterRef("pk"), role=Role.LEARNER.value)))
        .filter(agreed_in("pk", Purpose.PROCESSING))
        .annotate(
            said=Subquery(newest.values("outcome")[:1]),
            said_at=Subquery(newest.values("at")[:1]),
            corrected_at=_last_correction(OuterRef("pk")),
        )
        .filter(asked | in_vain)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _last_correction(account: OuterRef) -> Subquery:
    granted = CorrectionDecision.objects.filter(request__account_id=account, is_granted=True)
    return Subquery(granted.order_by("-at").values("at")[:1], output_field=DateTimeField())
