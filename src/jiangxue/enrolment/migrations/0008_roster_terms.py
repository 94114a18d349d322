"""When somebody said that the roster of an application is still needed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep it."""

    dependencies = [
        ("enrolment", "0007_opening_runs"),
    ]

    operations = [
        migrations.AddField(model_name="classopening", name="roster_kept_at", field=models.DateTimeField(null=True)),
    ]
