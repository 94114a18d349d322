"""What the catalogue of courses is searched by stands beside the content of each version."""

from typing import ClassVar

from django.db import migrations, models

_FILL = """
UPDATE courseware_courseversion SET
    occupation_code = coalesce(content #>> '{facts,occupation,code}', ''),
    occupation_name = coalesce(content #>> '{facts,occupation,name}', ''),
    level = coalesce(content #>> '{facts,level}', ''),
    fee = coalesce(content #>> '{facts,fee}', ''),
    hours = coalesce((content #>> '{facts,hours,online}')::int, 0) + coalesce((content #>> '{facts,hours,live}')::int, 0)
        + coalesce((content #>> '{facts,hours,practice}')::int, 0);
"""


class Migration(migrations.Migration):
    """The new columns are written when a version is frozen and never after: nobody is granted the right to change them."""

    dependencies: ClassVar = [("courseware", "0004_versions")]

    operations: ClassVar = [
        migrations.AddField(
            "courseversion",
            "occupation_code",
            models.CharField(blank=True, default="", max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            "courseversion",
            "occupation_name",
            models.CharField(blank=True, default="", max_length=60),
            preserve_default=False,
        ),
        migrations.AddField(
            "courseversion", "level", models.CharField(blank=True, default="", max_length=12), preserve_default=False
        ),
        migrations.AddField(
            "courseversion", "fee", models.CharField(blank=True, default="", max_length=20), preserve_default=False
        ),
        migrations.AddField("courseversion", "hours", models.PositiveIntegerField(default=0)),
        migrations.AddIndex(
            "courseversion",
            models.Index(
                condition=models.Q(("state", "published"), ("taken_down_at", None)),
                fields=["-published_at", "-id"],
                name="courseware_in_catalogue",
            ),
        ),
        migrations.RunSQL(_FILL, reverse_sql=migrations.RunSQL.noop),
    ]
