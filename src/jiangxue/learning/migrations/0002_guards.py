"""Beats and segments can only be appended; the hot role may do what hearing a beat needs, and nothing else."""

from typing import ClassVar

from django.db import migrations

from jiangxue.djangokit.append_only import append_only, append_only_partition


class Migration(migrations.Migration):
    """Guard the evidence of learning and give the hot path its rights."""

    dependencies: ClassVar = [("learning", "0001_tables")]
    operations: ClassVar = [
        append_only("learning_beat"),
        append_only_partition("learning_beat_default"),
        append_only("learning_segment"),
        migrations.RunSQL(
            """
            GRANT SELECT, UPDATE ON learning_lease TO jiangxue_hot;
            GRANT SELECT ON learning_studysession TO jiangxue_hot;
            GRANT INSERT ON learning_beat TO jiangxue_hot;
            """,
            reverse_sql="""
            REVOKE ALL ON learning_lease, learning_studysession, learning_beat FROM jiangxue_hot;
            """,
        ),
    ]
