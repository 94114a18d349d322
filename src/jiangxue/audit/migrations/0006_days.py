"""Days of the audit: what is settled, asked under a lock, and the reports of computing days again."""

from typing import ClassVar

from django.db import migrations, models

from jiangxue.djangokit.append_only import append_only

SETTLED = """
CREATE FUNCTION audit_settled_id() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    last bigint;
BEGIN
    -- A number is drawn under the lock of the row's table: whoever has drawn one has committed or given up by now.
    LOCK TABLE audit_auditentry IN SHARE MODE;
    SELECT coalesce(max(id), 0) INTO last FROM audit_auditentry;
    RETURN last;
END $$;
REVOKE ALL ON FUNCTION audit_settled_id() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_settled_id() TO jiangxue_app;
"""


class Migration(migrations.Migration):
    """Let days be sealed, and keep what comes of holding them against the ledger."""

    dependencies: ClassVar = [("audit", "0005_searching")]
    operations: ClassVar = [
        migrations.RunSQL(SETTLED, "DROP FUNCTION audit_settled_id();"),
        migrations.CreateModel(
            name="DayCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("days", models.PositiveIntegerField()),
                ("findings", models.JSONField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 1), ("last_day__gte", models.F("first_day"))),
                        name="audit_day_check_in_order",
                    )
                ],
            },
        ),
        append_only("audit_daycheck"),
    ]
