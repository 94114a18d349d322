"""The log itself: entries, tiles and checkpoints can only be added to; heads and edge follow from the entries."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.lookups import Exact

from jiangxue.djangokit.personal import PersonalData


def is_hash(column: str, length: int = 32) -> Exact:
    """Return the condition that a column holds exactly `length` bytes."""
    return Exact(models.Func(column, function="octet_length", output_field=models.IntegerField()), length)


class Entry(models.Model):
    """One sealed event; `leaf` is what counts, the other columns find it. The sealer adds entries, nobody changes one."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"leaf", "leaf_hash"})

    index = models.BigIntegerField(primary_key=True)
    aid = models.UUIDField()
    sequence = models.BigIntegerField()
    eid = models.UUIDField(unique=True)
    leaf = models.TextField()
    leaf_hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["aid", "sequence"], name="ledger_one_entry_at_a_place"),
            models.CheckConstraint(condition=is_hash("leaf_hash"), name="ledger_leaf_hash_is_a_hash"),
            models.CheckConstraint(condition=models.Q(index__gte=0, sequence__gte=1), name="ledger_places_are_counted"),
        ]


class Head(models.Model):
    """The last entry of an archive; follows from the entries."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"leaf_hash"})

    aid = models.UUIDField(primary_key=True)
    sequence = models.BigIntegerField()
    leaf_hash = models.BinaryField(max_length=32)


class Tile(models.Model):
    """256 hashes side by side (`ledger/rules/edge.py`)."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"hashes"})

    pk = models.CompositePrimaryKey("level", "number_in_level")
    level = models.SmallIntegerField()
    number_in_level = models.BigIntegerField()
    hashes = models.BinaryField(max_length=8192)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=is_hash("hashes", 8192), name="ledger_tile_is_full"),
        ]


class Edge(models.Model):
    """The one row that says how large the log is and what fills no tile yet; follows from the entries."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"hash_name", "levels", "mac"})

    id = models.SmallIntegerField(primary_key=True, default=1)
    hash_name = models.CharField(max_length=16)
    size = models.BigIntegerField()
    levels = ArrayField(models.BinaryField())
    mac = models.BinaryField(max_length=32)
    """By which the sealer vouches for size and root, with a key that only it and the signer hold."""

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="ledger_one_edge")]


class SigningKey(models.Model):
    """A public key of the signer, as a C2SP verifier key, and the size of the log from which on it signs."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"verifier_key", "origin"})

    verifier_key = models.CharField(primary_key=True, max_length=300)
    origin = models.CharField(max_length=200)
    from_size = models.BigIntegerField()
    at_ms = models.BigIntegerField()


class Checkpoint(models.Model):
    """A size and root that the signer signed."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"root", "note"})

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    at_ms = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=is_hash("root"), name="ledger_root_is_a_hash")]


class Quarantined(models.Model):
    """A row of the inbox that the sealer did not believe: it was altered before it was sealed."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"kind", "commitment", "reason"})

    id = models.BigAutoField(primary_key=True)
    eid = models.UUIDField(db_index=True)
    aid = models.UUIDField()
    kind = models.CharField(max_length=40)
    event_at_ms = models.BigIntegerField()
    commitment = models.BinaryField(max_length=32)
    reason = models.CharField(max_length=40)
    at_ms = models.BigIntegerField()


class Alarm(models.Model):
    """Something about the log that a person must look at; `detail` is for those who mend it."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"kind", "detail"})

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=40)
    detail = models.TextField()
    at_ms = models.BigIntegerField()


class LogAudit(models.Model):
    """A report of auditing the log (核验): when, over how many entries, and what was found.

    `findings` are `[kind, place, words]` of the first of each kind; `found` is how many there were.
    """

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"findings"})

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    size = models.BigIntegerField()
    seconds = models.FloatField()
    found = models.PositiveIntegerField()
    findings = models.JSONField()
