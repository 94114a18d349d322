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

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    result = models.CharField(max_length=20)
    address = models.GenericIPAddressField(null=True)
    reason = models.CharField(max_length=200, blank=True, db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(name="audit_entry_result_known", condition=models.Q(result__in=("done", "refused")))
        ]
        # Each search ends in time and number, by which its pages go on (`queries.search`).
        indexes = [
            models.Index(name="audit_entry_at", fields=("at", "id")),
            models.Index(name="audit_entry_actor", fields=("actor_id", "at", "id")),
            models.Index(name="audit_entry_action", fields=("action", "at", "id")),
            models.Index(name="audit_entry_object", fields=("object_kind", "object_id", "at", "id")),
            models.Index(name="audit_entry_address", fields=("address", "at", "id")),
            models.Index(name="audit_entry_role", fields=("role", "at", "id")),
            models.Index(
                name="audit_entry_sign_in",
                fields=("at", "actor_id"),
                condition=models.Q(action="sign_in", result="done"),
            ),
            models.Index(name="audit_entry_refused", fields=("at", "id"), condition=models.Q(result="refused")),
        ]


class DayCheck(models.Model):
    """A report: days of the audit were computed again and held against the ledger (审计日核对), and which differed."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"findings"})

    at = models.DateTimeField()
    first_day = models.DateField()
    last_day = models.DateField()
    days = models.PositiveIntegerField()
    findings = models.JSONField()
    """A list of [day, what, entries sealed, entries found]; empty if all agree."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="audit_day_check_in_order", condition=models.Q(last_day__gte=models.F("first_day"), days__gte=1)
            )
        ]
