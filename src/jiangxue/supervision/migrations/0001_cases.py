"""Cases, their steps and the pictures of explanations; they go with the archive that they are about."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jiangxue.djangokit.append_only import append_only, removable_if, taken_from_application

NUMBERS = "CREATE SEQUENCE supervision_case_serial AS bigint; GRANT USAGE ON SEQUENCE supervision_case_serial TO jiangxue_app;"
FORGET = """
CREATE FUNCTION supervision_forget_case() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM supervision_casepicture
        WHERE step_id IN (SELECT id FROM supervision_casestep WHERE case_id = OLD.id);
    DELETE FROM supervision_casestep WHERE case_id = OLD.id;
    DELETE FROM supervision_case WHERE freeze_id = OLD.id;
    RETURN OLD;
END $$;
REVOKE ALL ON FUNCTION supervision_forget_case() FROM PUBLIC;
CREATE TRIGGER archive_freeze_with_case BEFORE DELETE ON archive_freeze
    FOR EACH ROW EXECUTE FUNCTION supervision_forget_case();
ALTER TABLE archive_freeze ENABLE ALWAYS TRIGGER archive_freeze_with_case;
"""
KEEP = "DROP TRIGGER archive_freeze_with_case ON archive_freeze; DROP FUNCTION supervision_forget_case();"
CASE = "SELECT aid FROM enrolment_enrolment WHERE id = ($1).enrolment_id"
STEP = """
SELECT aid FROM enrolment_enrolment WHERE id = (SELECT enrolment_id FROM supervision_case WHERE freeze_id = ($1).case_id)
"""


class Migration(migrations.Migration):
    """Keep cases."""

    initial = True

    dependencies = [
        ("archive", "0003_freezes"),
        ("enrolment", "0004_openings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "freeze",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="archive.freeze",
                    ),
                ),
                ("serial", models.PositiveBigIntegerField()),
                ("region", models.CharField(max_length=6)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("identity", "identity"),
                            ("face", "face"),
                            ("time", "time"),
                            ("place", "place"),
                            ("reported", "reported"),
                            ("other", "other"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("learner", "learner"),
                            ("anomaly", "anomaly"),
                            ("face_review", "face_review"),
                            ("enrolled_face", "enrolled_face"),
                            ("sample", "sample"),
                        ],
                        max_length=16,
                    ),
                ),
                ("source_ref", models.CharField(blank=True, max_length=80)),
                ("grounds", models.CharField(max_length=1000)),
                ("question", models.CharField(max_length=1000)),
                ("opened_at", models.DateTimeField()),
                ("answer_by", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enrolment.enrolment"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("role", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField()),
                ("text", models.CharField(blank=True, max_length=1000)),
                ("result", models.CharField(blank=True, max_length=12)),
                ("days", django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), default=list)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="supervision.case"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CasePicture",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("sealed", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pictures", to="supervision.casestep"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["enrolment", "-opened_at"], name="supervision_case_by_place"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(fields=("serial",), name="supervision_case_serial_once"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("grounds", ""), _negated=True), models.Q(("question", ""), _negated=True)),
                name="supervision_case_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("answer_by"))), name="supervision_case_due_after_answer"
            ),
        ),
        migrations.AddConstraint(
            model_name="casestep",
            constraint=models.UniqueConstraint(fields=("case", "ordinal"), name="supervision_case_step_once"),
        ),
        migrations.AddConstraint(
            model_name="casestep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ("decided", "lapsed"))),
                fields=("case", "kind"),
                name="supervision_case_ends_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="casestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by", None), ("kind", "lapsed"), ("proposed_by", None), ("result", ""), ("text", "")),
                    models.Q(
                        ("by__isnull", False),
                        ("kind__in", ("explained", "asked")),
                        ("proposed_by", None),
                        ("result", ""),
                    ),
                    models.Q(
                        ("by__isnull", False),
                        ("kind", "proposed"),
                        ("proposed_by", None),
                        ("result__in", ("stands", "withheld")),
                    ),
                    models.Q(
                        ("by__isnull", False), ("kind", "sent_back"), ("proposed_by__isnull", False), ("result", "")
                    ),
                    models.Q(
                        ("by__isnull", False),
                        ("kind", "decided"),
                        ("proposed_by__isnull", False),
                        ("result__in", ("stands", "withheld")),
                    ),
                    _connector="OR",
                ),
                name="supervision_case_step_shape",
            ),
        ),
        migrations.AddConstraint(
            model_name="casestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("days__len__gt", 0), ("result", "withheld")),
                    models.Q(models.Q(("result", "withheld"), _negated=True), ("days", [])),
                    _connector="OR",
                ),
                name="supervision_case_withholds_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="casestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("proposed_by__isnull", True),
                    models.Q(("by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="supervision_case_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="casestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ("decided", "lapsed")), models.Q(("text", ""), _negated=True), _connector="OR"
                ),
                name="supervision_case_step_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="casepicture",
            constraint=models.UniqueConstraint(fields=("step", "ordinal"), name="supervision_case_picture_once"),
        ),
        append_only("supervision_case"),
        append_only("supervision_casestep"),
        removable_if("supervision_case", "ledger_erased", CASE),
        removable_if("supervision_casestep", "ledger_erased", STEP),
        taken_from_application("supervision_casepicture", "UPDATE, DELETE, TRUNCATE"),
        migrations.RunSQL(NUMBERS, "DROP SEQUENCE supervision_case_serial;"),
        migrations.RunSQL(FORGET, KEEP),
    ]
