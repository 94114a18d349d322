"""Where organisations are reached, and the files of their papers."""

import django.db.models.deletion
from django.db import migrations, models

from jiangxue.djangokit.append_only import taken_from_application


class Migration(migrations.Migration):
    """Add them."""

    dependencies = [
        ("organisations", "0002_papers"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation", name="address", field=models.CharField(blank=True, default="", max_length=200)
        ),
        migrations.AddField(
            model_name="organisation", name="contact", field=models.CharField(blank=True, default="", max_length=60)
        ),
        migrations.AddField(
            model_name="organisation", name="telephone", field=models.CharField(blank=True, default="", max_length=30)
        ),
        migrations.CreateModel(
            name="PaperFile",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("is_picture", models.BooleanField()),
                ("size_bytes", models.PositiveIntegerField()),
                ("sealed", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="file", to="organisations.paper"
                    ),
                ),
            ],
        ),
        taken_from_application("organisations_paperfile", "UPDATE, DELETE, TRUNCATE"),
    ]
