"""Who is asked to countersign the log, and how many of them an export waits for."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.ledger.errors import KeyFault, NotAWitness, NotEnoughWitnesses
from jiangxue.ledger.models import Witness, WitnessRule
from jiangxue.ledger.queries.state import need
from jiangxue.ledger.queries.tree import log_keys
from jiangxue.ledger.rules import note

MOST_WITNESSES = 15
"""A note holds 16 signatures, one of them the log's (docs/formats/archive.md)."""

_ROOM_FOR_LINES = 6_000
_LENGTH_BESIDE_NAME = 110
"""A note holds 8 KiB; a line is its witness's name and so many bytes more."""

_WITNESSES = hashlib.sha256(b"witnesses of the ledger").digest()


@transaction.atomic
def put_witness(title: str, verifier_key: str, address: str, *, now: datetime) -> Witness:
    """Add a witness, or change title and address of the one with this key and ask it again. Raises `NotAWitness`."""
    lock_until_commit(_WITNESSES)
    key = _key_of_witness(verifier_key)
    known = Witness.objects.filter(verifier_key=str(key)).first()
    if known is None or known.retired_at is not None:
        _refuse_too_many(key)
    facts = {"title": title, "address": address, "retired_at": None}
    witness, _ = Witness.objects.update_or_create(
        verifier_key=str(key), defaults=facts, create_defaults={**facts, "added_at": now}
    )
    return witness


@transaction.atomic
def add_witness(title: str, verifier_key: str, address: str, *, now: datetime) -> Witness:
    """Add a witness, or ask one again that was retired. Raises `NotAWitness`, also if it is asked already."""
    lock_until_commit(_WITNESSES)
    if _active().filter(verifier_key=verifier_key.strip()).exists():
        raise NotAWitness(KeyFault.KNOWN)
    return put_witness(title, verifier_key, address, now=now)


def move_witness(verifier_key: str, address: str) -> bool:
    """Ask a known witness, if it is still asked at all, at another address; return False if its key is not known."""
    return bool(Witness.objects.filter(verifier_key=verifier_key.strip()).update(address=address))


def change_witness(witness: Witness, title: str, address: str) -> None:
    """Call a witness otherwise, or ask it at another address; its key never changes."""
    witness.title, witness.address = title, address
    witness.save(update_fields=["title", "address"])


@transaction.atomic
def retire_witness(witness: Witness, *, now: datetime) -> None:
    """Ask this witness no more; what it has signed stays. Raises `NotEnoughWitnesses` if the rule demands it."""
    lock_until_commit(_WITNESSES)
    if _active().exclude(pk=witness.pk).count() < need():
        raise NotEnoughWitnesses
    witness.retired_at = now
    witness.save(update_fields=["retired_at"])


@transaction.atomic
def demand_witnesses(count: int, reason: str, *, account_id: int, now: datetime) -> WitnessRule:
    """Say how many witnesses must have signed before an archive is given out. Raises `NotEnoughWitnesses`."""
    lock_until_commit(_WITNESSES)
    if count > _active().count():
        raise NotEnoughWitnesses
    return WitnessRule.objects.create(need=count, at=now, account_id=account_id, reason=reason)


def _active() -> QuerySet[Witness]:
    return Witness.objects.filter(retired_at=None)


def _key_of_witness(text: str) -> note.VerifierKey:
    """Return the key; one that stands elsewhere under another name would make every trust list unreadable."""
    try:
        key = note.read_key(text)
    except note.NotANote:
        raise NotAWitness(KeyFault.NOT_A_KEY) from None
    if key.kind != note.WITNESS_KEY or key.public in {each.public for each in log_keys()}:
        raise NotAWitness(KeyFault.OF_A_LOG)
    known = [note.read_key(each) for each in Witness.objects.values_list("verifier_key", flat=True)]
    if any(key.public == each.public and key != each for each in known):
        raise NotAWitness(KeyFault.OTHER_NAME)
    return key


def _refuse_too_many(key: note.VerifierKey) -> None:
    names = [note.read_key(each).name for each in _active().values_list("verifier_key", flat=True)] + [key.name]
    room = sum(len(name.encode()) + _LENGTH_BESIDE_NAME for name in names)
    if len(names) > MOST_WITNESSES or room > _ROOM_FOR_LINES:
        raise NotAWitness(KeyFault.TOO_MANY)
