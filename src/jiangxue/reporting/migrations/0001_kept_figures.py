"""How far places have come, what they hold day by day, and until when a job has looked at that."""

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
            name="PlaceDay",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "enrolment_id", "day", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField(db_index=True)),
                ("sign_ins", models.PositiveIntegerField()),
                ("credited", models.PositiveIntegerField()),
                ("effective", models.PositiveIntegerField()),
                ("corrected", models.PositiveIntegerField()),
                ("refused_other_window", models.PositiveIntegerField()),
                ("refused_class_closed", models.PositiveIntegerField()),
                ("refused_out_of_hours", models.PositiveIntegerField()),
                ("refused_over_cap", models.PositiveIntegerField()),
                ("refused_check_pending", models.PositiveIntegerField()),
                ("refused_jumped", models.PositiveIntegerField()),
                ("refused_too_fast", models.PositiveIntegerField()),
                ("refused_hidden", models.PositiveIntegerField()),
                ("refused_paused", models.PositiveIntegerField()),
                ("refused_silent", models.PositiveIntegerField()),
                ("refused_repeat", models.PositiveIntegerField()),
                ("refused_page_full", models.PositiveIntegerField()),
                ("refused_lesson_full", models.PositiveIntegerField()),
                ("refused_missed_check", models.PositiveIntegerField()),
                ("refused_failed_check", models.PositiveIntegerField()),
                ("refused_unconfirmed", models.PositiveIntegerField()),
                ("check_passed", models.PositiveIntegerField()),
                ("check_missed", models.PositiveIntegerField()),
                ("check_failed", models.PositiveIntegerField()),
                ("check_unavailable", models.PositiveIntegerField()),
                ("check_unclear", models.PositiveIntegerField()),
                ("face_passed", models.PositiveIntegerField()),
                ("face_missed", models.PositiveIntegerField()),
                ("face_failed", models.PositiveIntegerField()),
                ("face_unavailable", models.PositiveIntegerField()),
                ("face_unclear", models.PositiveIntegerField()),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enrolment.enrolment"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClassDay",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "training_class_id", "day", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField()),
                ("sign_ins", models.PositiveBigIntegerField()),
                ("credited", models.PositiveBigIntegerField()),
                ("effective", models.PositiveBigIntegerField()),
                ("corrected", models.PositiveBigIntegerField()),
                ("refused_other_window", models.PositiveBigIntegerField()),
                ("refused_class_closed", models.PositiveBigIntegerField()),
                ("refused_out_of_hours", models.PositiveBigIntegerField()),
                ("refused_over_cap", models.PositiveBigIntegerField()),
                ("refused_check_pending", models.PositiveBigIntegerField()),
                ("refused_jumped", models.PositiveBigIntegerField()),
                ("refused_too_fast", models.PositiveBigIntegerField()),
                ("refused_hidden", models.PositiveBigIntegerField()),
                ("refused_paused", models.PositiveBigIntegerField()),
                ("refused_silent", models.PositiveBigIntegerField()),
                ("refused_repeat", models.PositiveBigIntegerField()),
                ("refused_page_full", models.PositiveBigIntegerField()),
                ("refused_lesson_full", models.PositiveBigIntegerField()),
                ("refused_missed_check", models.PositiveBigIntegerField()),
                ("refused_failed_check", models.PositiveBigIntegerField()),
                ("refused_unconfirmed", models.PositiveBigIntegerField()),
                ("check_passed", models.PositiveBigIntegerField()),
                ("check_missed", models.PositiveBigIntegerField()),
                ("check_failed", models.PositiveBigIntegerField()),
                ("check_unavailable", models.PositiveBigIntegerField()),
                ("check_unclear", models.PositiveBigIntegerField()),
                ("face_passed", models.PositiveBigIntegerField()),
                ("face_missed", models.PositiveBigIntegerField()),
                ("face_failed", models.PositiveBigIntegerField()),
                ("face_unavailable", models.PositiveBigIntegerField()),
                ("face_unclear", models.PositiveBigIntegerField()),
                (
                    "training_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enrolment.trainingclass"
                    ),
                ),
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
