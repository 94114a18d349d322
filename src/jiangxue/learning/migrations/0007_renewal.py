"""Sessions name all versions of rules they were opened under, and a lease knows of a rule that was made since."""

from typing import ClassVar

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Turn the one version into a list of versions, and add the moment at which a running session has to renew.

    Sessions that run at this moment were opened without a check being drawn: they renew at once.
    """

    dependencies: ClassVar = [("learning", "0006_checks")]
    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    """
                    ALTER TABLE learning_studysession
                        ALTER policy_version TYPE bigint[] USING ARRAY[policy_version];
                    ALTER TABLE learning_studysession RENAME policy_version TO policy_versions;
                    """,
                    reverse_sql="""
                    ALTER TABLE learning_studysession RENAME policy_versions TO policy_version;
                    ALTER TABLE learning_studysession
                        ALTER policy_version TYPE bigint USING policy_version[cardinality(policy_version)];
                    """,
                )
            ],
            state_operations=[
                migrations.RemoveField("studysession", "policy_version"),
                migrations.AddField(
                    "studysession",
                    "policy_versions",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField()),
                    preserve_default=False,
                ),
            ],
        ),
        migrations.AddField("lease", "renew_at_ms", models.BigIntegerField(null=True)),
        migrations.RunSQL(
            """
            UPDATE learning_lease SET
                renew_at_ms = floor(extract(epoch FROM now()) * 1000)::bigint,
                close_due_ms = least(close_due_ms, floor(extract(epoch FROM now()) * 1000)::bigint + 60000)
            WHERE session_id IS NOT NULL;
            """,
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
