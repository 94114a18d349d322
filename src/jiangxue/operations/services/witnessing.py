"""Saying who countersigns the ledger, and speaking with witnesses by mail: each act with its entry in the audit. Clause M3."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.ledger.queries.state import witness_for
from jiangxue.ledger.services import auditing, keeping_witnesses, witnessing
from jiangxue.operations.errors import NotTheirsToChange


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, looking through which role, and when."""

    viewer: Viewer
    actor: Actor
    now: datetime


def may_change_witnesses(viewer: Viewer) -> bool:
    """Say whether a viewer may say who countersigns the log."""
    return viewer.role is Role.SECURITY_ADMINISTRATOR


@transaction.atomic
def ask_for_audit(by: By) -> bool:
    """Let the worker audit the whole log; return False if it is about to already."""
    asked = auditing.ask_for_audit()
    if asked:
        audit.record("ledger.audit_asked", by=by.actor, at=by.now)
    return asked


@transaction.atomic
def add_witness(by: By, *, title: str, verifier_key: str, address: str) -> int:
    """Add a witness and return its number. Raises `NotAWitness` or `NotTheirsToChange`."""
    _only_theirs(by)
    added = keeping_witnesses.add_witness(title, verifier_key, address, now=by.now)
    audit.record("witness.added", by=by.actor, at=by.now, about=("witness", added.pk))
    return added.pk


@transaction.atomic
def change_witness(by: By, witness_id: int, *, title: str, address: str) -> None:
    """Call a witness otherwise, or ask it elsewhere. Raises `NoSuchWitness` or `NotTheirsToChange`."""
    _only_theirs(by)
    keeping_witnesses.change_witness(witness_for(witness_id).witness, title, address)
    audit.record("witness.changed", by=by.actor, at=by.now, about=("witness", witness_id))


@transaction.atomic
def retire_witness(by: By, witness_id: int) -> None:
    """Ask a witness no more. Raises `NotEnoughWitnesses`, `NoSuchWitness` or `NotTheirsToChange`."""
    _only_theirs(by)
    keeping_witnesses.retire_witness(witness_for(witness_id).witness, now=by.now)
    audit.record("witness.retired", by=by.actor, at=by.now, about=("witness", witness_id))


@transaction.atomic
def demand_witnesses(by: By, count: int, reason: str) -> None:
    """Say how many witnesses an export waits for. Raises `NotEnoughWitnesses` or `NotTheirsToChange`."""
    _only_theirs(by)
    rule = keeping_witnesses.demand_witnesses(count, reason, account_id=by.viewer.account_id, now=by.now)
    audit.record("witness_rule.set", by=by.actor, at=by.now, about=("witness_rule", rule.pk))


@transaction.atomic
def request_by_mail(by: By, witness_id: int, remembered: int | None = None) -> str:
    """Return what is to be sent to a witness. Raises `NotACosignature`, `NoSuchWitness` or `NotTheirsToChange`."""
    _only_theirs(by)
    text = witnessing.request_by_mail(witness_for(witness_id).witness, remembered)
    audit.record("witness.asked", by=by.actor, at=by.now, about=("witness", witness_id))
    return text


@transaction.atomic
def take_answer(by: By, witness_id: int, answer: str) -> int:
    """Keep what a witness answered and return the size it signed. Raises `NotACosignature`, `NoSuchWitness` or `NotTheirsToChange`."""
    _only_theirs(by)
    kept = witnessing.take_answer(witness_for(witness_id).witness, answer, now=by.now)
    audit.record("witness.answered", by=by.actor, at=by.now, about=("witness", witness_id))
    return kept.size


def _only_theirs(by: By) -> None:
    if not may_change_witnesses(by.viewer):
        raise NotTheirsToChange
