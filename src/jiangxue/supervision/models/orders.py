"""Tables of rectification orders: whom one concerns, every step of it, the draft too, and the files that came with steps. All of them append-only."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import Category, Kept, Personal, PersonalData, Protection
from jiangxue.djangokit.sealed import SealedBytesField

_SAID = Personal(Category.WORK, "ordering that something be put right, and answering", Kept.SUBJECT)
_NO = models.Q(title="", text="", due_on=None, reference="")


class RectificationOrder(models.Model):
    """An order of an authority to an institution (整改通知), in general or about one of its classes, or a case. Append-only. Clause C5.

    What it says and how far it has come stands in its steps. `case_ref` names a case without a key: cases go with archives, orders stay.
    """

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"region"})

    id = models.UUIDField(primary_key=True)
    authority = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    region = models.CharField(max_length=6)
    institution = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    training_class = models.ForeignKey("enrolment.TrainingClass", on_delete=models.PROTECT, null=True, related_name="+")
    case_ref = models.UUIDField(null=True)
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="supervision_order_to_another", condition=~models.Q(authority=models.F("institution"))
            ),
        ]


class OrderStep(models.Model):
    """What somebody did with an order, in order. Append-only.

    Drafts hold title, text and deadline, the issue the number, a demand words and a new deadline.
    """

    personal_data: ClassVar[PersonalData] = {"title": _SAID, "text": _SAID}
    impersonal: ClassVar[frozenset[str]] = frozenset({"kind", "role", "reference"})

    order = models.ForeignKey(RectificationOrder, on_delete=models.PROTECT, related_name="steps")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at = models.DateTimeField()
    title = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=4000, blank=True)
    due_on = models.DateField(null=True)
    reference = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="supervision_order_step_once", fields=("order", "ordinal")),
            models.UniqueConstraint(
                name="supervision_order_reference_once", fields=("reference",), condition=~models.Q(reference="")
            ),
            models.CheckConstraint(
                name="supervision_order_step_shape",
                condition=models.Q(kind="drafted", reference="", due_on__isnull=False)
                & ~models.Q(title="")
                & ~models.Q(text="")
                | models.Q(kind="issued", title="", text="", due_on=None) & ~models.Q(reference="")
                | models.Q(kind="demanded", title="", reference="", due_on__isnull=False) & ~models.Q(text="")
                | models.Q(kind__in=("answered", "withdrawn"), title="", reference="", due_on=None) & ~models.Q(text="")
                | models.Q(kind="accepted", title="", reference="", due_on=None)
                | (models.Q(kind="dropped") & _NO),
            ),
        ]


class OrderFile(models.Model):
    """A file that came with a step: a PDF as it was sent, or a picture written anew by us; sealed. The application cannot change it."""

    personal_data: ClassVar[PersonalData] = {
        "name": _SAID,
        "sealed": Personal(
            Category.OPINION, "showing what an order and its answer rest on", Kept.SUBJECT, Protection.SEALED
        ),
    }
    impersonal: ClassVar[frozenset[str]] = frozenset({"digest"})

    id = models.UUIDField(primary_key=True)
    step = models.ForeignKey(OrderStep, on_delete=models.PROTECT, related_name="files")
    ordinal = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    is_picture = models.BooleanField()
    size_bytes = models.PositiveIntegerField()
    sealed = SealedBytesField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(name="supervision_order_file_once", fields=("step", "ordinal"))]
