"""The index by which attempts that have come to something are listed, newest first, over many classes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Withdrawn and open attempts stand in no list."""

    dependencies = [("assessment", "0002_erasing")]

    operations = [
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(
                fields=["-ended_at", "-id"],
                condition=models.Q(outcome__in=("submitted", "expired")),
                name="assessment_attempt_by_end",
            ),
        ),
    ]
