"""Appeals, their steps, and what people give back beside what the machine judged."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from jiangxue.djangokit.append_only import append_only


class Migration(migrations.Migration):
    """Let learners appeal, and let two persons give time back without touching what was judged."""

    dependencies = [
        ("learning", "0007_renewal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("start_ms", models.BigIntegerField()),
                ("end_ms", models.BigIntegerField()),
                ("reason", models.CharField(max_length=20)),
                ("text", models.CharField(max_length=1000)),
                ("opened_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                (
                    "learner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="learning.studysession"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="daytotal",
            name="corrected_ms",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name="AppealPicture",
            fields=[
                (
                    "appeal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="picture",
                        serialize=False,
                        to="learning.appeal",
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="AppealStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("role", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("result", models.CharField(blank=True, max_length=12)),
                ("ms", models.PositiveIntegerField(null=True)),
                ("text", models.CharField(blank=True, max_length=1000)),
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="learning.appeal"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "appeal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="correction",
                        serialize=False,
                        to="learning.appeal",
                    ),
                ),
                ("day", models.DateField()),
                ("start_ms", models.BigIntegerField()),
                ("end_ms", models.BigIntegerField()),
                ("reason", models.CharField(max_length=20)),
                ("ms", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "learner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="learning.studysession",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="appeal",
            index=models.Index(fields=["learner", "-opened_at"], name="learning_appeal_by_learner"),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.UniqueConstraint(fields=("session", "start_ms"), name="learning_appeal_once"),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(("end_ms__gt", models.F("start_ms"))), name="learning_appeal_is_about_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ("", "repeat", "lesson_full")), _negated=True),
                name="learning_appeal_not_about_review",
            ),
        ),
        migrations.AddConstraint(
            model_name="appealstep",
            constraint=models.UniqueConstraint(fields=("appeal", "ordinal"), name="learning_appeal_step_once"),
        ),
        migrations.AddConstraint(
            model_name="appealstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "proposed"),
                        ("ms__gt", 0),
                        ("ms__isnull", False),
                        ("proposed_by__isnull", True),
                        ("result", "corrected"),
                    ),
                    models.Q(
                        ("kind", "proposed"), ("ms__isnull", True), ("proposed_by__isnull", True), ("result", "upheld")
                    ),
                    models.Q(
                        ("kind__in", ("approved", "sent_back")),
                        ("ms__isnull", True),
                        ("proposed_by__isnull", False),
                        ("result", ""),
                    ),
                    _connector="OR",
                ),
                name="learning_appeal_step_shape",
            ),
        ),
        migrations.AddConstraint(
            model_name="appealstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("proposed_by__isnull", True),
                    models.Q(("by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="learning_appeal_step_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="appealstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "approved"), models.Q(("text", ""), _negated=True), _connector="OR"),
                name="learning_appeal_step_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(("proposed_by", models.F("approved_by")), _negated=True),
                name="learning_correction_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("learner", models.F("proposed_by")), _negated=True),
                    models.Q(("learner", models.F("approved_by")), _negated=True),
                ),
                name="learning_correction_not_ones_own",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ms__gt", 0),
                    (
                        "ms__lte",
                        django.db.models.expressions.CombinedExpression(models.F("end_ms"), "-", models.F("start_ms")),
                    ),
                ),
                name="learning_correction_within_stretch",
            ),
        ),
        append_only("learning_appeal"),
        append_only("learning_appealstep"),
        append_only("learning_correction"),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON learning_appealpicture FROM jiangxue_app;",
            reverse_sql="GRANT UPDATE, DELETE ON learning_appealpicture TO jiangxue_app;",
        ),
    ]
