"""Asking for a correction of one's registration, and deciding about it. Clause M2; PIPL Article 46."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from jiangxue.accounts.errors import (
    CorrectionDecided,
    CorrectionPending,
    NoIdentity,
    NoSuchCorrection,
    NothingToCorrect,
    NumberTaken,
    OwnCorrection,
)
from jiangxue.accounts.models import Account, CorrectionDecision, CorrectionRequest, Identity
from jiangxue.accounts.queries.persons import ShownPerson, id_type_of, person_in_full
from jiangxue.accounts.rules.corrections import CorrectedField, CorrectionDraft, Decision, fit_wanted
from jiangxue.accounts.rules.reasons import fit_reason
from jiangxue.accounts.services.numbers import NUMBER_FIELDS, take_turns, write_number
from jiangxue.accounts.services.revealing import reveal_identity
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.sealed import blind_index, reveal, seal_for
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.ids import new_id
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.notices.services import tell


@transaction.atomic
def ask_for_correction(*, account_id: int, draft: CorrectionDraft, by: Actor, now: datetime) -> CorrectionRequest:
    """Keep what somebody says is right, sealed, for an administrator to decide.

    Raises `NameUnfit`, `NumberUnfit`, `ReasonMissing`, `NoIdentity`, `NothingToCorrect` or `CorrectionPending`.
    """
    Account.objects.select_for_update().get(pk=account_id)
    present, id_type = person_in_full(account_id), id_type_of(account_id)
    wanted, reason = fit_wanted(draft.field, draft.wanted, learning_day(now), id_type), fit_reason(draft.reason)
    if draft.field is CorrectedField.ID_NUMBER and not present.id_number:
        raise NoIdentity
    if wanted == (present.name if draft.field is CorrectedField.NAME else present.id_number):
        raise NothingToCorrect
    mine = CorrectionRequest.objects.filter(account_id=account_id, field=draft.field.value)
    if mine.filter(decision=None).exists():
        raise CorrectionPending
    request = CorrectionRequest(
        id=new_id(), account_id=account_id, field=draft.field.value, reason=reason, asked_at=now
    )
    seal_for(request, "wanted", wanted)
    request.save(force_insert=True)
    audit.record("correction.asked", by=by, at=now, about=("correction", request.pk))
    return request


def reveal_correction(
    *, viewer: Viewer, request_id: UUID, reason: str, by: Actor, now: datetime
) -> tuple[ShownPerson, str]:
    """Return who asks and what they want registered, in full, and record the act; raises as `reveal_identity` does.

    The caller has found the request within the viewer's reach.
    """
    request = CorrectionRequest.objects.get(pk=request_id)
    person = reveal_identity(viewer=viewer, account_id=request.account_id, reason=reason, by=by, now=now)
    return person, reveal(request, "wanted")


@transaction.atomic
def decide_correction(
    *, viewer: Viewer, request_id: UUID, decision: Decision, by: Actor, now: datetime
) -> CorrectionRequest:
    """Register what somebody asked for, or refuse it, for a reason that they read; the caller has found the request within reach.

    Raises `NoSuchCorrection`, `OwnCorrection`, `CorrectionDecided`, `ReasonMissing` or `NumberTaken`, which leaves it undecided.
    """
    if viewer.role is not Role.INSTITUTION_ADMINISTRATOR:
        raise NoSuchCorrection
    reason = fit_reason(decision.reason)
    account_id = CorrectionRequest.objects.values_list("account_id", flat=True).get(pk=request_id)
    account = Account.objects.select_for_update().get(pk=account_id)
    request = CorrectionRequest.objects.get(pk=request_id)
    if account_id == viewer.account_id:
        raise OwnCorrection
    if CorrectionDecision.objects.filter(request=request).exists():
        raise CorrectionDecided
    if decision.is_granted:
        _register(account, CorrectedField(request.field), reveal(request, "wanted"))
    CorrectionDecision.objects.create(
        request=request, by_id=viewer.account_id, is_granted=decision.is_granted, reason=reason, at=now
    )
    act = "correction.granted" if decision.is_granted else "correction.refused"
    audit.record(act, by=by, at=now, about=("correction", request.pk), reason=reason)
    tell([account_id], kind=act, about=("correction", request.pk), at=now)
    return request


def _register(account: Account, field: CorrectedField, wanted: str) -> None:
    if field is CorrectedField.NAME:
        account.name = wanted
        account.save(update_fields=["name"])
        return
    take_turns([blind_index("id_number", wanted)])
    identity = Identity.objects.select_for_update().get(account=account)
    write_number(identity, wanted)
    try:
        with transaction.atomic():
            identity.save(update_fields=NUMBER_FIELDS)
    except IntegrityError:
        raise NumberTaken from None
