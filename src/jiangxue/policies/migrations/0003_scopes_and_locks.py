"""Versions for regions and institutions, locked values, rules for showing only, and when each version was made."""

from typing import ClassVar

from django.db import migrations, models

SCOPES = ["platform", "region", "institution", "training_class"]


class Migration(migrations.Migration):
    """Add the columns and what the database keeps of them."""

    dependencies: ClassVar = [("policies", "0002_first_version")]
    operations: ClassVar = [
        migrations.AlterField(
            model_name="policyversion",
            name="scope",
            field=models.CharField(choices=[(scope, scope) for scope in SCOPES], max_length=20),
        ),
        migrations.AddField(
            model_name="policyversion", name="locks", field=models.JSONField(default=list, db_default=[])
        ),
        migrations.AddField(
            model_name="policyversion",
            name="for_demonstration",
            field=models.BooleanField(default=False, db_default=False),
        ),
        migrations.AddField(model_name="policyversion", name="made_at", field=models.DateTimeField(null=True)),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                name="policies_scope_known", condition=models.Q(scope__in=sorted(SCOPES))
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                name="policies_region_code_shape",
                condition=~models.Q(scope="region")
                | models.Q(scope_id__range=(10, 99))
                | models.Q(scope_id__range=(1_000, 9_999))
                | models.Q(scope_id__range=(100_000, 999_999)),
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                name="policies_class_locks_nothing",
                condition=~models.Q(scope="training_class") | models.Q(locks=[]),
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                name="policies_only_a_class_demonstrates",
                condition=models.Q(for_demonstration=False) | models.Q(scope="training_class"),
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(name="policies_reason_given", condition=~models.Q(reason="")),
        ),
    ]
