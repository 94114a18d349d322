"""The table of policy versions."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import Category, Kept, Personal, PersonalData
from jiangxue.policies.rules.layers import Layer
from jiangxue.policies.rules.reach import SUPERVISED, Place, Scope

_WORK = Personal(Category.WORK, "saying who set a rule and why", Kept.SUBJECT)


class PolicyVersion(models.Model):
    """One dated set of parameters of one kind for one scope (规则版本); appended, never edited.

    `scope_id` is the code of a region, the id of an institution or class. `values` are all parameters for the platform, and for
    every other scope what it sets otherwise; `locks` names those that narrower scopes may only tighten.
    """

    personal_data: ClassVar[PersonalData] = {
        "author_id": _WORK,
        "reason": _WORK,
    }
    impersonal: ClassVar[frozenset[str]] = frozenset({"values", "locks"})

    class Kind(models.TextChoices):
        """What the parameters are for."""

        TIME = "time", "time"

    kind = models.CharField(max_length=20, choices=Kind)
    scope = models.CharField(max_length=20, choices=[(scope.value, scope.value) for scope in Scope])
    scope_id = models.BigIntegerField(null=True)
    valid_from = models.DateTimeField()
    values = models.JSONField()
    locks = models.JSONField(default=list, db_default=[])
    for_demonstration = models.BooleanField(default=False, db_default=False)
    author_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200)
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="policies_scope_known", condition=models.Q(scope__in=sorted(scope.value for scope in Scope))
            ),
            models.CheckConstraint(
                name="policies_platform_has_no_scope_id",
                condition=models.Q(scope="platform", scope_id__isnull=True)
                | (~models.Q(scope="platform") & models.Q(scope_id__isnull=False)),
            ),
            models.CheckConstraint(
                name="policies_region_code_shape",
                condition=~models.Q(scope="region")
                | models.Q(scope_id__range=(10, 99))
                | models.Q(scope_id__range=(1_000, 9_999))
                | models.Q(scope_id__range=(100_000, 999_999)),
            ),
            models.CheckConstraint(
                name="policies_class_locks_nothing", condition=~models.Q(scope="training_class") | models.Q(locks=[])
            ),
            models.CheckConstraint(
                name="policies_only_a_class_demonstrates",
                condition=models.Q(for_demonstration=False) | models.Q(scope="training_class"),
            ),
            models.CheckConstraint(name="policies_reason_given", condition=~models.Q(reason="")),
            models.UniqueConstraint(
                name="policies_one_version_at_a_time",
                fields=("kind", "scope", "scope_id", "valid_from"),
                nulls_distinct=False,
            ),
        ]

    @property
    def place(self) -> Place:
        """Return the scope that the version is for."""
        return Place(Scope(self.scope), self.scope_id)

    @property
    def layer(self) -> Layer:
        """Return what the version says, as the rules of layering take it."""
        return Layer(self.values, frozenset(self.locks), self.place.scope in SUPERVISED)
