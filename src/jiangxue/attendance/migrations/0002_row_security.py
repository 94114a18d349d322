"""Row-level security of attendance. Decision 0045."""

from django.db import migrations

from jiangxue.djangokit.row_security import seen_with


class Migration(migrations.Migration):
    dependencies = [("attendance", "0001_tables"), ("enrolment", "0009_row_security")]

    operations = [
        seen_with("attendance_attendancemark", "enrolment_id", "enrolment_enrolment"),
        seen_with("attendance_attendancestatement", "enrolment_id", "enrolment_enrolment"),
        seen_with("attendance_attendanceobjection", "enrolment_id", "enrolment_enrolment"),
        seen_with("attendance_attendancereview", "statement_id", "attendance_attendancestatement"),
    ]
