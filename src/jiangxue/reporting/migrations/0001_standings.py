"""How far places have come, and until when a job has looked at that."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What reports need at once and would take too long to be asked anew."""

    initial = True

    dependencies = [("enrolment", "0004_openings")]

    operations = [
        migrations.CreateModel(
            name="LastLook",
            fields=[
                ("kept", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PlaceStanding",
            fields=[
                (
                    "enrolment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="enrolment.enrolment",
                    ),
                ),
                ("lessons", models.PositiveIntegerField()),
                ("done", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("lessons"))),
                        name="reporting_standing_done_within_lessons",
                    )
                ]
            },
        ),
    ]
