"""The daily heads: what was entered of them, and the tree of the last ones, from which places in it are proved."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import PersonalData


class Heads(models.Model):
    """What the ledger entered about the last entries of all archives: public, therefore readable."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"salt", "payload"})

    index = models.BigIntegerField(primary_key=True)
    salt = models.BinaryField(max_length=32)
    payload = models.TextField()
    archives = models.BigIntegerField()
    at_ms = models.BigIntegerField()


class HeadsPlace(models.Model):
    """Where an archive stands in the heads entered at an index; kept until later heads are witnessed."""

    personal_data: ClassVar[PersonalData] = {}

    pk = models.CompositePrimaryKey("heads", "position")
    heads = models.BigIntegerField()
    position = models.BigIntegerField()
    aid = models.UUIDField()
    sequence = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["heads", "aid"], name="ledger_one_place_among_heads"),
        ]


class HeadsNode(models.Model):
    """Hashes of the tree of heads: its tiles, and as number -1 of a level those that fill none."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"hashes"})

    pk = models.CompositePrimaryKey("heads", "level", "number_in_level")
    heads = models.BigIntegerField()
    level = models.SmallIntegerField()
    number_in_level = models.BigIntegerField()
    hashes = models.BinaryField(max_length=8192)


class HeadsWish(models.Model):
    """Somebody waits for heads before the day is over."""

    personal_data: ClassVar[PersonalData] = {}

    id = models.BigAutoField(primary_key=True)
    at_ms = models.BigIntegerField()
