"""Classes with many people are opened by the worker, which keeps how far it has come."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Make the table, and let a class be made before everybody is in it."""

    dependencies = [
        ("enrolment", "0006_roster_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OpeningRun",
            fields=[
                (
                    "opening",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="run",
                        serialize=False,
                        to="enrolment.classopening",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("role", models.CharField(max_length=40)),
                ("asked_at", models.DateTimeField()),
                ("people", models.PositiveIntegerField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("reached", models.BigIntegerField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("left_out", models.JSONField(default=list)),
                ("unreachable", models.JSONField(default=list)),
                (
                    "stop",
                    models.CharField(
                        blank=True,
                        choices=[("unfit", "unfit"), ("changed", "changed"), ("lost", "lost")],
                        max_length=10,
                    ),
                ),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="classopening",
            name="enrolment_opening_opened_has_class",
        ),
        migrations.AlterField(
            model_name="classopening",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("submitted", "submitted"),
                    ("returned", "returned"),
                    ("approved", "approved"),
                    ("opening", "opening"),
                    ("opened", "opened"),
                    ("withdrawn", "withdrawn"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="openingstep",
            name="kind",
            field=models.CharField(
                choices=[
                    ("started", "started"),
                    ("submitted", "submitted"),
                    ("taken_back", "taken_back"),
                    ("returned", "returned"),
                    ("approved", "approved"),
                    ("asked", "asked"),
                    ("stopped", "stopped"),
                    ("opened", "opened"),
                    ("withdrawn", "withdrawn"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="classopening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "opened"), ("training_class__isnull", False)),
                    ("state", "opening"),
                    models.Q(models.Q(("state__in", ("opened", "opening")), _negated=True), ("training_class", None)),
                    _connector="OR",
                ),
                name="enrolment_opening_opened_has_class",
            ),
        ),
        migrations.AddConstraint(
            model_name="openingrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("done__lte", models.F("people"))), name="enrolment_opening_run_within_roster"
            ),
        ),
    ]
