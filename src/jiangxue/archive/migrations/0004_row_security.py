"""Row-level security of settlements, freezes and holds. Decision 0045."""

from django.db import migrations

from jiangxue.djangokit.row_security import seen_with


class Migration(migrations.Migration):
    dependencies = [("archive", "0003_freezes"), ("enrolment", "0009_row_security")]

    operations = [
        seen_with("archive_settlement", "training_class_id", "enrolment_trainingclass"),
        seen_with("archive_settlementreview", "settlement_id", "archive_settlement"),
        seen_with("archive_settledplace", "enrolment_id", "enrolment_enrolment"),
        seen_with("archive_freeze", "enrolment_id", "enrolment_enrolment"),
        seen_with("archive_freezeend", "freeze_id", "archive_freeze"),
        seen_with("archive_legalhold", "enrolment_id", "enrolment_enrolment"),
    ]
