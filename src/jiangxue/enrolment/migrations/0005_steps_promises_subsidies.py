"""Steps of applications, promises and the conditions of subsidy, appended and never edited."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jiangxue.djangokit.append_only import append_only, removable_if

ERASE = """
CREATE FUNCTION enrolment_erase(place bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    DELETE FROM enrolment_promise WHERE enrolment_id = place;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION enrolment_erase(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enrolment_erase(bigint) TO jiangxue_app;
"""
PLACE = "SELECT aid FROM enrolment_enrolment WHERE id = ($1).enrolment_id"


class Migration(migrations.Migration):
    """Make the tables."""

    dependencies = [
        ("enrolment", "0004_openings"),
        ("ledger", "0006_forgetting"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OpeningStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("started", "started"),
                            ("submitted", "submitted"),
                            ("taken_back", "taken_back"),
                            ("returned", "returned"),
                            ("approved", "approved"),
                            ("opened", "opened"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("role", models.CharField(max_length=40)),
                ("words", models.CharField(blank=True, max_length=500)),
                ("approval_no", models.CharField(blank=True, max_length=60)),
                ("application", models.JSONField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "opening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="enrolment.classopening"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["opening", "id"], name="enrolment_steps_of_opening")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("application__isnull", False),
                                ("kind", "submitted"),
                                ("sha256__regex", "^[0-9a-f]{64}$"),
                            ),
                            models.Q(models.Q(("kind", "submitted"), _negated=True), ("application__isnull", True)),
                            _connector="OR",
                        ),
                        name="enrolment_step_handed_in_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "returned"), ("words", ""), _negated=True),
                        name="enrolment_step_returned_with_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("approval_no", ""), ("kind", "approved"), _negated=True),
                        name="enrolment_step_approved_with_number",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "opened")), fields=("opening",), name="enrolment_step_opened_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "party",
                    models.CharField(choices=[("institution", "institution"), ("learner", "learner")], max_length=12),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("text_sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="enrolment.enrolment",
                    ),
                ),
                (
                    "opening",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="enrolment.classopening",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("enrolment", None), ("opening__isnull", False), ("party", "institution")),
                            models.Q(("enrolment__isnull", False), ("opening", None), ("party", "learner")),
                            _connector="OR",
                        ),
                        name="enrolment_promise_has_its_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text_sha256__regex", "^[0-9a-f]{64}$"), ("version__gte", 1)),
                        name="enrolment_promise_names_its_text",
                    ),
                    models.UniqueConstraint(fields=("enrolment",), name="enrolment_promise_once_a_place"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubsidyTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("imported_at", models.DateTimeField()),
                ("source", models.CharField(max_length=120)),
                ("sha256", models.CharField(max_length=64)),
                ("rows", models.JSONField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("valid_from",), name="enrolment_subsidy_table_one_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="enrolment_subsidy_table_sha256_shape",
                    ),
                ],
            },
        ),
        append_only("enrolment_openingstep"),
        append_only("enrolment_promise"),
        append_only("enrolment_subsidytable"),
        removable_if("enrolment_promise", "ledger_erased", PLACE),
        migrations.RunSQL(ERASE, "DROP FUNCTION enrolment_erase(bigint);"),
    ]
