"""Who signed in and out at live and practice lessons, what staff stated and signed, and what learners said against it; all of it goes with its archive."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jiangxue.djangokit.append_only import append_only, removable_if

_OF_PLACE = "SELECT aid FROM enrolment_enrolment WHERE id = {place}"
ROW = _OF_PLACE.format(place="($1).enrolment_id")
REVIEW = _OF_PLACE.format(
    place="(SELECT enrolment_id FROM attendance_attendancestatement WHERE id = ($1).statement_id)"
)
ERASE = """
CREATE FUNCTION attendance_erase(place bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    archive uuid;
    gone bigint;
    more bigint;
BEGIN
    SELECT aid INTO archive FROM enrolment_enrolment WHERE id = place;
    IF archive IS NULL OR NOT ledger_erased(archive) THEN
        RAISE EXCEPTION 'the archive of place % is not erased', place USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM attendance_attendancereview
        WHERE statement_id IN (SELECT id FROM attendance_attendancestatement WHERE enrolment_id = place);
    DELETE FROM attendance_attendancestatement WHERE enrolment_id = place;
    GET DIAGNOSTICS gone = ROW_COUNT;
    DELETE FROM attendance_attendancemark WHERE enrolment_id = place;
    GET DIAGNOSTICS more = ROW_COUNT;
    gone := gone + more;
    DELETE FROM attendance_attendanceobjection WHERE enrolment_id = place;
    GET DIAGNOSTICS more = ROW_COUNT;
    RETURN gone + more;
END $$;
REVOKE ALL ON FUNCTION attendance_erase(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION attendance_erase(bigint) TO jiangxue_app;
"""
TABLES = ("attendancemark", "attendancestatement", "attendancereview", "attendanceobjection")


class Migration(migrations.Migration):
    """Make the tables, and let rows be added to them only."""

    initial = True

    dependencies = [
        ("ledger", "0006_forgetting"),
        ("enrolment", "0004_openings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AttendanceStatement",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("present_from", models.DateTimeField(null=True)),
                ("present_until", models.DateTimeField(null=True)),
                ("text", models.CharField(max_length=500)),
                ("role", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enrolment.enrolment"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enrolment.planitem"
                    ),
                ),
                (
                    "learner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AttendanceMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.CharField(choices=[("in", "in"), ("out", "out")], max_length=3)),
                ("at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField()),
                ("steps_old", models.PositiveSmallIntegerField()),
                ("device", models.CharField(max_length=80)),
                ("browser", models.CharField(max_length=32)),
                ("address", models.GenericIPAddressField(null=True)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enrolment.enrolment"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enrolment.planitem"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("item", "enrolment", "side"), name="attendance_signed_once"),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_at__gte", models.F("at"))),
                        name="attendance_confirmed_after_read",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AttendanceObjection",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("after", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("due_on", models.DateField()),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enrolment.enrolment"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enrolment.planitem"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("item", "enrolment", "ordinal"), name="attendance_objection_once"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="attendance_objection_has_words"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AttendanceReview",
            fields=[
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="review",
                        serialize=False,
                        to="attendance.attendancestatement",
                    ),
                ),
                ("role", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("agrees", models.BooleanField()),
                ("text", models.CharField(blank=True, max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "stated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="attendancestatement",
            constraint=models.UniqueConstraint(
                fields=("item", "enrolment", "ordinal"), name="attendance_statement_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendancestatement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("present_from", None), ("present_until", None)),
                    models.Q(
                        ("present_from__isnull", False),
                        ("present_until__gt", models.F("present_from")),
                        ("present_until__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="attendance_statement_shape",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendancestatement",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="attendance_statement_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendancestatement",
            constraint=models.CheckConstraint(
                condition=models.Q(("by", models.F("learner")), _negated=True), name="attendance_statement_not_ones_own"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendancereview",
            constraint=models.CheckConstraint(
                condition=models.Q(("by", models.F("stated_by")), _negated=True), name="attendance_review_two_persons"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendancereview",
            constraint=models.CheckConstraint(
                condition=models.Q(("agrees", True), models.Q(("text", ""), _negated=True), _connector="OR"),
                name="attendance_review_has_words",
            ),
        ),
        *(append_only(f"attendance_{table}") for table in TABLES),
        *(
            removable_if(f"attendance_{table}", "ledger_erased", REVIEW if table == "attendancereview" else ROW)
            for table in TABLES
        ),
        migrations.RunSQL(ERASE, "DROP FUNCTION attendance_erase(bigint);"),
    ]
