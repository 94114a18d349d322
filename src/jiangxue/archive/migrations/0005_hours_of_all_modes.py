"""A settled place says what it is recognised for in all modes together, which statistics add up, instead of online alone."""

from django.db import migrations, models

_MODES = ("online", "live", "practice")
_TOGETHER = " + ".join(f"coalesce((figures #>> '{{hours,{mode}}}')::integer, 0)" for mode in _MODES)


class Migration(migrations.Migration):
    """Rows are append-only, so those that are there get it as a column that the database computes, and keep it as one that is written."""

    dependencies = [("archive", "0004_row_security")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddField(
                    model_name="settledplace",
                    name="hours",
                    field=models.PositiveIntegerField(default=0),
                    preserve_default=False,
                )
            ],
            database_operations=[
                migrations.RunSQL(
                    f"""
                    ALTER TABLE archive_settledplace ADD COLUMN hours integer NOT NULL CHECK (hours >= 0)
                        GENERATED ALWAYS AS ({_TOGETHER}) STORED;
                    ALTER TABLE archive_settledplace ALTER COLUMN hours DROP EXPRESSION;
                    """,
                    reverse_sql="ALTER TABLE archive_settledplace DROP COLUMN hours",
                )
            ],
        ),
        migrations.RemoveField(model_name="settledplace", name="online_hours"),
    ]
