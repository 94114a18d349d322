"""Checks of faces: when the next one is due, why one was, and outcomes that only they have."""

from typing import ClassVar

from django.db import migrations, models

MAY_COUNT_FACES = "GRANT UPDATE (until_face_ms) ON learning_lease TO jiangxue_hot;"
MAY_NOT = "REVOKE UPDATE (until_face_ms) ON learning_lease FROM jiangxue_hot;"


class Migration(migrations.Migration):
    """Let leases count towards face checks, and checks and verdicts say what came of them."""

    dependencies: ClassVar = [("learning", "0013_erasing")]

    operations: ClassVar = [
        migrations.AddField("lease", "until_face_ms", models.IntegerField(null=True)),
        migrations.AddField("lease", "face_drawn_ms", models.IntegerField(null=True)),
        migrations.AddField("lease", "face_trigger", models.CharField(blank=True, db_default="", max_length=20)),
        migrations.AddField("check", "trigger", models.CharField(blank=True, db_default="", max_length=20)),
        migrations.AddField("check", "unavailable_why", models.CharField(blank=True, db_default="", max_length=20)),
        migrations.RemoveConstraint("check", "learning_check_outcome_known"),
        migrations.AddConstraint(
            "check",
            models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ("", "passed", "missed", "withdrawn", "failed", "unclear", "unavailable"))
                ),
                name="learning_check_outcome_known",
            ),
        ),
        migrations.RemoveConstraint("verdict", "learning_verdict_kind_known"),
        migrations.AddConstraint(
            "verdict",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("check_made__isnull", False), ("kind__in", ("confirmed", "missed_check", "failed_check"))
                    ),
                    models.Q(("check_made__isnull", True), ("kind", "unconfirmed")),
                    _connector="OR",
                ),
                name="learning_verdict_kind_known",
            ),
        ),
        migrations.RunSQL(MAY_COUNT_FACES, MAY_NOT),
    ]
