"""Indexes by which sessions and learning days are listed, newest first, over many classes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Neither column is ever changed, so that rows are still updated in place."""

    dependencies = [("learning", "0016_days_by_staff")]

    operations = [
        migrations.AddIndex(
            model_name="daytotal",
            index=models.Index(fields=["-day", "-id"], name="learning_day_total_by_day"),
        ),
        migrations.AddIndex(
            model_name="studysession",
            index=models.Index(fields=["-opened_at", "-id"], name="learning_session_by_time"),
        ),
    ]
