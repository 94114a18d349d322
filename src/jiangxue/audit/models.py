"""The table of audit entries."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import Category, Kept, Personal, PersonalData


class AuditEntry(models.Model):
    """One act of one account (操作记录)."""

    personal_data: ClassVar[PersonalData] = {
        "actor_id": Personal(Category.WORK, "saying who did what", Kept.HALF_YEAR),
        "reason": Personal(Category.WORK, "saying why something was looked at or decided", Kept.HALF_YEAR),
        "address": Personal(Category.DEVICE, "saying from where something was done", Kept.HALF_YEAR),
    }
    impersonal: ClassVar[frozenset[str]] = frozenset({"role", "action", "object_kind", "object_id", "result"})

    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True, db_index=True)
    role = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=60, db_index=True)
    object_kind = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    result = models.CharField(max_length=20)
    address = models.GenericIPAddressField(null=True)
    reason = models.CharField(max_length=200, blank=True, db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(name="audit_entry_result_known", condition=models.Q(result__in=("done", "refused")))
        ]
