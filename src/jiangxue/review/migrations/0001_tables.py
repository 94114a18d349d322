"""Reviews, marks that wait, and courses taken down."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jiangxue.djangokit.append_only import append_only


class Migration(migrations.Migration):
    """What was signed stays as it was signed."""

    initial = True

    dependencies = [
        ("courseware", "0004_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PendingMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.PositiveIntegerField()),
                ("text", models.CharField(max_length=500)),
                ("made_at", models.DateTimeField()),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="courseware.lesson"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="courseware.courseversion"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.PositiveSmallIntegerField(choices=[(1, "INITIAL"), (2, "SECOND"), (3, "FINAL")])),
                (
                    "verdict",
                    models.CharField(
                        choices=[("pass", "pass"), ("changes", "changes"), ("reject", "reject")], max_length=10
                    ),
                ),
                ("points", models.JSONField()),
                ("comment", models.TextField(blank=True)),
                ("marks", models.JSONField(default=list)),
                ("sha256", models.CharField(max_length=64)),
                ("signed_at", models.DateTimeField()),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="courseware.courseversion"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("version", "step"), name="review_one_of_each_step"),
                    models.UniqueConstraint(fields=("version", "reviewer"), name="review_three_different_persons"),
                    models.CheckConstraint(condition=models.Q(("step__in", (1, 2, 3))), name="review_step_known"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TakeDown",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_down", models.BooleanField()),
                ("reason", models.TextField()),
                ("role", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="courseware.course"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__regex", "\\S")), name="review_takedown_has_reason"
                    )
                ],
            },
        ),
        append_only("review_review"),
        append_only("review_takedown"),
    ]
