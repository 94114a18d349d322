"""Row-level security of kept numbers. Decision 0045."""

from django.db import migrations

from jiangxue.djangokit.row_security import seen_with


class Migration(migrations.Migration):
    dependencies = [("reporting", "0003_attendance_and_tests"), ("enrolment", "0009_row_security")]

    operations = [
        seen_with("reporting_placestanding", "enrolment_id", "enrolment_enrolment"),
        seen_with("reporting_placeday", "enrolment_id", "enrolment_enrolment"),
        seen_with("reporting_placeattendance", "enrolment_id", "enrolment_enrolment"),
        seen_with("reporting_placetotal", "enrolment_id", "enrolment_enrolment"),
        seen_with("reporting_classday", "training_class_id", "enrolment_trainingclass"),
    ]
