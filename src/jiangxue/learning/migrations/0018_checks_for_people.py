"""The index by which face checks that people look at are found among all others, for every page that says how many wait."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """They are few; without it each count reads a class's or an institution's checks."""

    dependencies = [("learning", "0017_read_by_time")]

    operations = [
        migrations.AddIndex(
            model_name="check",
            index=models.Index(
                fields=["outcome", "session"],
                condition=models.Q(kind="face", outcome__in=("unclear", "failed")),
                name="learning_check_for_people",
            ),
        ),
    ]
