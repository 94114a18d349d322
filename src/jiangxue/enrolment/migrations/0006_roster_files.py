"""Rosters from files wait, sealed, until somebody has looked at them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Make the table."""

    dependencies = [
        ("enrolment", "0005_steps_promises_subsidies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RosterFile",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("role", models.CharField(max_length=40)),
                ("content", models.BinaryField()),
                ("choice", models.JSONField()),
                (
                    "state",
                    models.CharField(choices=[("shown", "shown"), ("taken", "taken"), ("done", "done")], max_length=10),
                ),
                ("since", models.DateTimeField()),
                ("reached", models.PositiveIntegerField(default=0)),
                ("outcome", models.JSONField(default=dict)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "opening",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="enrolment.classopening",
                    ),
                ),
                (
                    "training_class",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrolment.trainingclass",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opening__isnull", True), ("training_class__isnull", False)),
                            models.Q(("opening__isnull", False), ("training_class__isnull", True)),
                            _connector="OR",
                        ),
                        name="enrolment_roster_file_has_one_place",
                    ),
                    models.UniqueConstraint(
                        fields=("author", "opening", "training_class"),
                        name="enrolment_roster_file_one_waits",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
    ]
