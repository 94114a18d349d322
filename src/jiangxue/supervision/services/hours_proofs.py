"""Giving proofs of hours, and withdrawing them. Clauses T1.3, C5."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from jiangxue.accounts.errors import ReasonMissing
from jiangxue.accounts.rules.reasons import fit_reason
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.enrolment.queries import Place
from jiangxue.kernel.canonical import Value, canonical_json
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.ids import new_code
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.supervision.errors.hours_proofs import AlreadyWithdrawn, NotAReason, NothingToProve, NotYours
from jiangxue.supervision.models import HoursProof, WithdrawnProof
from jiangxue.supervision.queries.hours_proofs import PROVERS, Provable, proof_for, proofs_of, provable


@transaction.atomic
def give_proof(viewer: Viewer, place: Place, *, by: Actor, now: datetime) -> HoursProof:
    """Return the proof of what a place comes to now: the last one where it says the same and holds, else a new one. Raises `NotYours` or `NothingToProve`.

    `place` comes from a query that is scoped by the viewer.
    """
    is_own = viewer.role is Role.LEARNER and viewer.account_id == place.learner_id
    if not is_own and viewer.role not in PROVERS:
        raise NotYours
    if place.erased_at is not None:
        raise NothingToProve
    lock_until_commit(hashlib.sha256(f"hours proof of {place.pk}".encode()).digest())
    found = provable(place, now)
    if found.hours.is_nothing:
        raise NothingToProve
    says = _says(found)
    digest = hashlib.sha256(canonical_json(says)).hexdigest()
    before = next(iter(proofs_of(place)), None)
    if before is not None and before.digest == digest and not hasattr(before, "withdrawn"):
        proof = before
    else:
        proof = HoursProof.objects.create(
            code=new_code(),
            enrolment=place,
            ordinal=before.ordinal + 1 if before else 1,
            says=says,
            digest=digest,
            issued_by_id=viewer.account_id,
            role=viewer.role.value,
            issued_at=now,
        )
    audit.record("hours_proof.given", by=by, at=now, about=("enrolment", place.pk))
    return proof


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Which proof is withdrawn, and why."""

    code: str
    reason: str


@transaction.atomic
def withdraw_proof(viewer: Viewer, place: Place, said: Withdrawal, *, by: Actor, now: datetime) -> None:
    """Let a proof hold no longer, and say why; raises `NoSuchProof`, `NotAReason` or `AlreadyWithdrawn`."""
    proof = proof_for(viewer, place, said.code)
    try:
        why = fit_reason(said.reason)
    except ReasonMissing:
        raise NotAReason from None
    lock_until_commit(hashlib.sha256(f"hours proof of {place.pk}".encode()).digest())
    if WithdrawnProof.objects.filter(proof=proof).exists():
        raise AlreadyWithdrawn
    WithdrawnProof.objects.create(proof=proof, by_id=viewer.account_id, role=viewer.role.value, at=now, reason=why)
    audit.record("hours_proof.withdrawn", by=by, at=now, about=("enrolment", place.pk), reason=why)


def _says(found: Provable) -> dict[str, Value]:
    return {
        "class": found.class_name,
        "course": found.course_title,
        "institution": found.institution,
        "opens_on": found.opens_on.isoformat(),
        "closes_on": found.closes_on.isoformat(),
        "learned_from": found.learned_from.isoformat() if found.learned_from else None,
        "learned_to": found.learned_to.isoformat() if found.learned_to else None,
        "settled_on": learning_day(found.settled_at).isoformat() if found.settled_at else None,
        "hours": found.hours.to_values(),
    }
