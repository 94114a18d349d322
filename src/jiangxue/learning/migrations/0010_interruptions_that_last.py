"""How long an interruption lasted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Let one row stand for the whole time of a stall."""

    dependencies = [
        ("learning", "0009_sweeps"),
    ]

    operations = [
        migrations.AddField(
            model_name="interruption",
            name="lasted_ms",
            field=models.PositiveBigIntegerField(db_default=0, default=0),
        ),
    ]
