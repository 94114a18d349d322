"""The table of policy versions."""

from typing import ClassVar

from django.db import models


class PolicyVersion(models.Model):
    """One dated set of parameters of one kind for one scope (规则版本); appended, never edited."""

    personal_data: ClassVar[frozenset[str]] = frozenset()

    class Kind(models.TextChoices):
        """What the parameters are for."""

        TIME = "time", "time"

    class Scope(models.TextChoices):
        """How far a version reaches; the narrowest one in force rules."""

        PLATFORM = "platform", "platform"
        TRAINING_CLASS = "training_class", "training class"

    kind = models.CharField(max_length=20, choices=Kind)
    scope = models.CharField(max_length=20, choices=Scope)
    scope_id = models.BigIntegerField(null=True)
    valid_from = models.DateTimeField()
    values = models.JSONField()
    author_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="policies_platform_has_no_scope_id",
                condition=models.Q(scope="platform", scope_id__isnull=True)
                | (~models.Q(scope="platform") & models.Q(scope_id__isnull=False)),
            ),
            models.UniqueConstraint(
                name="policies_one_version_at_a_time",
                fields=("kind", "scope", "scope_id", "valid_from"),
                nulls_distinct=False,
            ),
        ]
