"""Hours that are not recognised until somebody has decided, and what became of them; they go with their archive."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from jiangxue.djangokit.append_only import append_only, removable_if

ERASE = """
CREATE OR REPLACE FUNCTION archive_erase(place bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    DELETE FROM archive_settledplace WHERE enrolment_id = place;
    GET DIAGNOSTICS gone = ROW_COUNT;
    DELETE FROM archive_freezeend WHERE freeze_id IN (SELECT id FROM archive_freeze WHERE enrolment_id = place);
    DELETE FROM archive_freeze WHERE enrolment_id = place;
    RETURN gone;
END $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION archive_erase(place bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    DELETE FROM archive_settledplace WHERE enrolment_id = place;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
"""
PLACE = "SELECT aid FROM enrolment_enrolment WHERE id = ($1).enrolment_id"
FREEZE = """
SELECT aid FROM enrolment_enrolment WHERE id = (SELECT enrolment_id FROM archive_freeze WHERE id = ($1).freeze_id)
"""


class Migration(migrations.Migration):
    """Keep freezes and their ends."""

    dependencies = [
        ("archive", "0002_retention"),
        ("enrolment", "0003_erased"),
        ("learning", "0016_days_by_staff"),
    ]

    operations = [
        migrations.CreateModel(
            name="Freeze",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("placed_at", models.DateTimeField()),
                ("until", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="FreezeEnd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("days", django.contrib.postgres.fields.ArrayField(base_field=models.DateField())),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="settledplace",
            name="archive_settled_again_by_appeal",
        ),
        migrations.AddField(
            model_name="freeze",
            name="enrolment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enrolment.enrolment"
            ),
        ),
        migrations.AddField(
            model_name="settledplace",
            name="because_freeze",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="archive.freeze"
            ),
        ),
        migrations.AddConstraint(
            model_name="settledplace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("because__isnull", True), ("because_freeze__isnull", True), ("ordinal", 1)),
                    models.Q(("because__isnull", False), ("because_freeze__isnull", True), ("ordinal__gt", 1)),
                    models.Q(("because__isnull", True), ("because_freeze__isnull", False), ("ordinal__gt", 1)),
                    _connector="OR",
                ),
                name="archive_settled_again_with_cause",
            ),
        ),
        migrations.AddField(
            model_name="freezeend",
            name="freeze",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="ends", to="archive.freeze"
            ),
        ),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first_day", None), ("last_day", None)),
                    models.Q(
                        ("first_day__isnull", False),
                        ("last_day__gte", models.F("first_day")),
                        ("last_day__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="archive_freeze_of_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="freezeend",
            constraint=models.UniqueConstraint(fields=("freeze", "kind"), name="archive_freeze_ends_once"),
        ),
        migrations.AddConstraint(
            model_name="freezeend",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("days", []), ("kind", "lapsed")), ("kind", "decided"), _connector="OR"),
                name="archive_freeze_takes_days_by_decision",
            ),
        ),
        append_only("archive_freeze"),
        append_only("archive_freezeend"),
        removable_if("archive_freeze", "ledger_erased", PLACE),
        removable_if("archive_freezeend", "ledger_erased", FREEZE),
        migrations.RunSQL(ERASE, BEFORE),
    ]
