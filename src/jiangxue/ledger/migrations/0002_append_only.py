"""The inbox can only be added to; payloads and keys can be read, and are erased by a later, separate right."""

from typing import ClassVar

from django.db import migrations

from jiangxue.djangokit.append_only import append_only, insert_only


class Migration(migrations.Migration):
    """Guard the ledger's tables."""

    dependencies: ClassVar = [("ledger", "0001_tables")]
    operations: ClassVar = [
        append_only("ledger_inboxentry"),
        insert_only("ledger_inboxentry"),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON ledger_payload, ledger_subjectkey FROM jiangxue_app;",
            reverse_sql="GRANT UPDATE, DELETE ON ledger_payload, ledger_subjectkey TO jiangxue_app;",
        ),
    ]
