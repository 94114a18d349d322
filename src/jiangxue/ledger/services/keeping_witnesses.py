"""Who is asked to countersign the log, and how many of them an export waits for."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from jiangxue.ledger.errors import LedgerRefusal
from jiangxue.ledger.models import Witness, WitnessRule
from jiangxue.ledger.queries.state import need
from jiangxue.ledger.rules import note


class NotAWitness(LedgerRefusal):
    """What was given is not the verifier key of a witness, or one that is known already under another name."""


class NotEnoughWitnesses(LedgerRefusal):
    """More witnesses would be demanded than there are: nothing could be given out any more."""


@transaction.atomic
def put_witness(title: str, verifier_key: str, address: str, *, now: datetime) -> Witness:
    """Add a witness, or change title and address of the one with this key. Raises `NotAWitness`."""
    try:
        key = note.read_key(verifier_key)
    except note.NotANote as fault:
        raise NotAWitness(str(fault)) from None
    if key.kind != note.WITNESS_KEY:
        raise NotAWitness("this is the key of a log")
    known = {note.read_key(text).public for text in Witness.objects.values_list("verifier_key", flat=True)}
    if key.public in known and not Witness.objects.filter(verifier_key=str(key)).exists():
        raise NotAWitness("the same key stands under another name")
    facts = {"title": title, "address": address, "retired_at": None}
    witness, _ = Witness.objects.update_or_create(
        verifier_key=str(key), defaults=facts, create_defaults={**facts, "added_at": now}
    )
    return witness


@transaction.atomic
def retire_witness(witness: Witness, *, now: datetime) -> None:
    """Ask this witness no more; what it has signed stays. Raises `NotEnoughWitnesses` if the rule demands it."""
    if _active().exclude(pk=witness.pk).count() < need():
        raise NotEnoughWitnesses
    witness.retired_at = now
    witness.save(update_fields=["retired_at"])


@transaction.atomic
def demand_witnesses(count: int, reason: str, *, account_id: int, now: datetime) -> WitnessRule:
    """Say how many witnesses must have signed before an archive is given out. Raises `NotEnoughWitnesses`."""
    if count > _active().count():
        raise NotEnoughWitnesses
    return WitnessRule.objects.create(need=count, at=now, account_id=account_id, reason=reason)


def _active() -> QuerySet[Witness]:
    return Witness.objects.filter(retired_at=None)
