"""What a page of a document counts, and by which name the keys of a film are derived."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add both; sessions that run at this moment learn films that are not locked."""

    dependencies: ClassVar = [
        ("learning", "0010_interruptions_that_last"),
    ]

    operations: ClassVar = [
        migrations.RemoveConstraint("appeal", "learning_appeal_not_about_review"),
        migrations.AddConstraint(
            "appeal",
            models.CheckConstraint(
                condition=models.Q(("reason__in", ("", "repeat", "page_full", "lesson_full")), _negated=True),
                name="learning_appeal_not_about_review",
            ),
        ),
        migrations.AddField(
            model_name="lease",
            name="page_ms",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="lessonprogress",
            name="page_ms",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="studysession",
            name="key_name",
            field=models.CharField(blank=True, db_default="", max_length=32),
        ),
        migrations.RunSQL(
            "GRANT SELECT (key_name) ON learning_studysession TO jiangxue_hot",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
