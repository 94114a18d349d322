"""The inbox, what its commitments stand for, and the keys that make that readable."""

from typing import ClassVar

from django.db import models
from django.db.models.lookups import Exact

from jiangxue.djangokit.personal import Category, Kept, Personal, PersonalData, Protection
from jiangxue.djangokit.sealed import SealedBytesField
from jiangxue.ledger.log.vouching import KEY_PLACE


class SealedKeyField(SealedBytesField):
    """The key of an archive, which the sealer opens without Django."""

    place_name = KEY_PLACE


class SubjectKey(models.Model):
    """The sealed key of one archive; destroying it makes the archive's payloads unreadable for ever."""

    personal_data: ClassVar[PersonalData] = {
        "sealed_key": Personal(
            Category.KEY, "opening one archive; with it everything sealed in it goes", Kept.TERM, Protection.SEALED
        )
    }

    aid = models.UUIDField(primary_key=True)
    sealed_key = SealedKeyField()


class InboxEntry(models.Model):
    """One event on its way into the log: the application may add it, and may neither read, change nor remove it.

    The database numbers the rows as they come (`arrival`, which stands in no model: whoever adds a row may not read it).
    """

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"kind", "commitment"})

    eid = models.UUIDField(primary_key=True)
    aid = models.UUIDField()
    kind = models.CharField(max_length=40)
    at_ms = models.BigIntegerField()
    commitment = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ledger_commitment_is_a_hash",
                condition=Exact(
                    models.Func("commitment", function="octet_length", output_field=models.IntegerField()), 32
                ),
            )
        ]


class Payload(models.Model):
    """The salt and the data that an entry commits to, encrypted under the archive's key; erasable."""

    personal_data: ClassVar[PersonalData] = {
        "ciphertext": Personal(
            Category.ACTIVITY, "proving what the archive of a learner says", Kept.TERM, Protection.ARCHIVE_KEY
        )
    }

    eid = models.UUIDField(primary_key=True)
    aid = models.UUIDField(db_index=True)
    ciphertext = models.BinaryField()
