"""Time that nobody confirmed until its class was settled is refused by no check."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Let a verdict come with a settlement instead of a check."""

    dependencies = [("learning", "0011_pages_and_keys")]

    operations = [
        migrations.RemoveConstraint(model_name="verdict", name="learning_verdict_kind_known"),
        migrations.AlterField(
            model_name="verdict",
            name="check_made",
            field=models.ForeignKey(
                db_column="check_id",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="verdicts",
                to="learning.check",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("check_made__isnull", False), ("kind__in", ("confirmed", "missed_check"))),
                    models.Q(("check_made__isnull", True), ("kind", "unconfirmed")),
                    _connector="OR",
                ),
                name="learning_verdict_kind_known",
            ),
        ),
    ]
