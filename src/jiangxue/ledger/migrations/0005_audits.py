"""Reports of audits of the log; and a way to ask whether an event waits in the inbox, for the application that cannot read it."""

from typing import ClassVar

from django.db import migrations, models

from jiangxue.djangokit.append_only import append_only

# Owned by the owner of the tables and run with its rights: says of one event whether it waits, and nothing else.
IS_WAITING = """
CREATE FUNCTION ledger_is_waiting(event uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp
    AS $$ SELECT EXISTS (SELECT FROM ledger_inboxentry WHERE eid = event) $$;
REVOKE ALL ON FUNCTION ledger_is_waiting(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_is_waiting(uuid) TO jiangxue_app;
"""


class Migration(migrations.Migration):
    """Keep reports of audits, and let an audit tell what waits from what was lost."""

    dependencies: ClassVar = [("ledger", "0004_rights")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="LogAudit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("size", models.BigIntegerField()),
                ("seconds", models.FloatField()),
                ("found", models.PositiveIntegerField()),
                ("findings", models.JSONField()),
            ],
        ),
        append_only("ledger_logaudit"),
        migrations.RunSQL(IS_WAITING, "DROP FUNCTION ledger_is_waiting(uuid);"),
    ]
