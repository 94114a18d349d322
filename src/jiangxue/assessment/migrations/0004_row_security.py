"""Row-level security of attempts at tests. Decision 0045."""

from django.db import migrations

from jiangxue.djangokit.row_security import seen_with


class Migration(migrations.Migration):
    dependencies = [("assessment", "0003_read_by_time"), ("enrolment", "0009_row_security")]

    operations = [
        seen_with("assessment_attempt", "enrolment_id", "enrolment_enrolment"),
    ]
