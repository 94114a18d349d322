"""What hearing many beats in one transaction needs: rows updated in place, partitions made ahead, and rights no wider than that."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

_PARTITIONS = """
CREATE FUNCTION learning_add_beat_partitions(first_day date, days integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    part text;
    opens timestamptz;
    closes timestamptz;
    added integer := 0;
BEGIN
    IF days > 60 THEN
        RAISE EXCEPTION 'at most 60 days at once';
    END IF;
    IF abs(first_day - current_date) > 31 THEN
        RAISE EXCEPTION 'only days around today';
    END IF;
    FOR ahead IN 0 .. days - 1 LOOP
        part := 'learning_beat_' || to_char(first_day + ahead, 'YYYYMMDD');
        opens := (first_day + ahead)::timestamp AT TIME ZONE 'Asia/Shanghai';
        closes := (first_day + ahead + 1)::timestamp AT TIME ZONE 'Asia/Shanghai';
        -- Rows that came before their partition was made stay where they are.
        CONTINUE WHEN to_regclass(part) IS NOT NULL OR EXISTS (
            SELECT FROM learning_beat_default WHERE received_at >= opens AND received_at < closes
        );
        EXECUTE format('CREATE TABLE %I (LIKE learning_beat INCLUDING ALL)', part);
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM jiangxue_app', part);
        EXECUTE format(
            'CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
            part || '_no_truncate', part
        );
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', part, part || '_no_truncate');
        EXECUTE format(
            'ALTER TABLE learning_beat ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', part, opens, closes
        );
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER learning_beat_append_only', part);
        added := added + 1;
    END LOOP;
    RETURN added;
END $$;
"""

_HOT_RIGHTS = """
REVOKE ALL ON learning_lease, learning_studysession, learning_beat FROM jiangxue_hot;
GRANT SELECT, UPDATE (
    n, tag, nonce, answer, beat_at_ms, carry_ms, carry_reason, reached_ms, balances, paused_since_ms, jumped_at_ms,
    event_at_ms, next_due_ms, close_due_ms, end_reason
) ON learning_lease TO jiangxue_hot;
GRANT SELECT (id, learner_id, opening, policy, valid_until, class_closes_at, end_reason)
    ON learning_studysession TO jiangxue_hot;
GRANT INSERT ON learning_beat TO jiangxue_hot;
"""

_FORMER_RIGHTS = """
REVOKE ALL ON learning_lease, learning_studysession, learning_beat FROM jiangxue_hot;
GRANT SELECT, UPDATE ON learning_lease TO jiangxue_hot;
GRANT SELECT ON learning_studysession TO jiangxue_hot;
GRANT INSERT ON learning_beat TO jiangxue_hot;
"""


class Migration(migrations.Migration):
    """Make the tables of learning fit for the hot path."""

    dependencies: ClassVar = [("learning", "0002_guards")]
    operations: ClassVar = [
        migrations.RemoveIndex(model_name="lease", name="learning_lease_closing"),
        migrations.AddField(
            "lease", "end_reason", models.CharField(blank=True, default="", max_length=30), preserve_default=False
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE learning_lease ALTER answer TYPE text USING '';",
                    reverse_sql="ALTER TABLE learning_lease ALTER answer TYPE jsonb USING '{}';",
                )
            ],
            state_operations=[migrations.AlterField("lease", "answer", models.TextField(blank=True))],
        ),
        migrations.AddConstraint(
            "lease",
            models.CheckConstraint(
                name="learning_lease_ended_has_session",
                condition=models.Q(("session__isnull", False), ("end_reason", ""), _connector="OR"),
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE learning_lease SET (fillfactor = 50);",
            reverse_sql="ALTER TABLE learning_lease RESET (fillfactor);",
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE learning_beat DROP CONSTRAINT learning_beat_session_id_fkey;",
                    reverse_sql="""
                    ALTER TABLE learning_beat ADD CONSTRAINT learning_beat_session_id_fkey
                        FOREIGN KEY (session_id) REFERENCES learning_studysession (id) DEFERRABLE INITIALLY DEFERRED;
                    """,
                )
            ],
            state_operations=[
                migrations.AlterField(
                    "beat",
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="beats",
                        to="learning.studysession",
                    ),
                )
            ],
        ),
        migrations.RunSQL(_PARTITIONS, reverse_sql="DROP FUNCTION learning_add_beat_partitions(date, integer);"),
        migrations.RunSQL(
            "SELECT learning_add_beat_partitions((now() AT TIME ZONE 'Asia/Shanghai')::date, 8);",
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.RunSQL(_HOT_RIGHTS, reverse_sql=_FORMER_RIGHTS),
    ]
