"""Find the days that staff confirm without reading every check: they are asked for on each page of those who may confirm."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Index the checks of attention that stand for a face."""

    dependencies: ClassVar = [("learning", "0015_people_decide")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="check",
            index=models.Index(
                condition=models.Q(
                    models.Q(("trigger", ""), _negated=True), models.Q(("kind__in", ("", "face")), _negated=True)
                ),
                fields=["session"],
                name="learning_check_by_staff",
            ),
        )
    ]
