"""What live and practice lessons come to, and attempts at tests, among the days that are kept."""

import django.db.models.deletion
from django.db import migrations, models

_TESTS = ("test_passed", "test_failed", "test_expired", "test_score")
_ATTENDED = ("live_planned", "live", "practice_planned", "practice")
_REASONS = (
    "other_window", "class_closed", "out_of_hours", "over_cap", "check_pending", "jumped", "too_fast", "hidden", "paused", "silent", "repeat",
    "page_full", "lesson_full", "missed_check", "failed_check", "unconfirmed",
)  # fmt: skip
_OUTCOMES = ("passed", "missed", "failed", "unavailable", "unclear")
_COLUMNS = (
    "sign_ins",
    "credited",
    "effective",
    "corrected",
    *(f"refused_{reason}" for reason in _REASONS),
    *(f"{kind}_{outcome}" for kind in ("check", "face") for outcome in _OUTCOMES),
    *_TESTS,
    *_ATTENDED,
)
_KINDS = {"placeday": models.PositiveIntegerField, "classday": models.PositiveBigIntegerField}


class Migration(migrations.Migration):
    """Make room for them; all days are looked at anew at the next turn of the job."""

    dependencies = [("assessment", "0003_read_by_time"), ("attendance", "0001_tables"), ("reporting", "0002_exports")]

    operations = [
        migrations.CreateModel(
            name="PlaceAttendance",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "enrolment_id", "day", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField()),
                *((name, models.PositiveIntegerField()) for name in _ATTENDED),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enrolment.enrolment"
                    ),
                ),
            ],
        ),
        *(
            migrations.AddField(table, name, kind(default=0), preserve_default=False)
            for table, kind in _KINDS.items()
            for name in (*_TESTS, *_ATTENDED)
        ),
        migrations.AddIndex(
            model_name="placeattendance",
            index=models.Index(fields=["-day", "-enrolment"], name="reporting_attendance_by_day"),
        ),
        migrations.CreateModel(
            name="PlaceTotal",
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
                *((name, models.PositiveBigIntegerField()) for name in _COLUMNS),
            ],
        ),
        migrations.RunSQL("DELETE FROM reporting_lastlook WHERE kept = 'all_days'", migrations.RunSQL.noop),
    ]
