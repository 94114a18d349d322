"""Samples that supervisors draw, whom they drew, and what was said of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jiangxue.djangokit.append_only import append_only, removable_if

# What is kept above the archive goes with its contents, on whatever way these are destroyed.
FORGET = """
CREATE FUNCTION supervision_forget() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM supervision_drawnword USING supervision_drawn AS drawn, enrolment_enrolment AS place
        WHERE drawn_id = drawn.id AND drawn.enrolment_id = place.id AND place.aid IN (SELECT aid FROM forgotten);
    DELETE FROM supervision_drawn USING enrolment_enrolment AS place
        WHERE enrolment_id = place.id AND place.aid IN (SELECT aid FROM forgotten);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION supervision_forget() FROM PUBLIC;
CREATE TRIGGER ledger_payload_with_supervision AFTER DELETE ON ledger_payload
    REFERENCING OLD TABLE AS forgotten FOR EACH STATEMENT EXECUTE FUNCTION supervision_forget();
ALTER TABLE ledger_payload ENABLE ALWAYS TRIGGER ledger_payload_with_supervision;
"""
KEEP = "DROP TRIGGER ledger_payload_with_supervision ON ledger_payload; DROP FUNCTION supervision_forget();"
PLACE = "SELECT aid FROM enrolment_enrolment WHERE id = ($1).enrolment_id"
OF_DRAWN = (
    "SELECT aid FROM enrolment_enrolment AS place JOIN supervision_drawn AS drawn ON drawn.enrolment_id = place.id"
    " WHERE drawn.id = ($1).drawn_id"
)


class Migration(migrations.Migration):
    """Samples that supervisors draw, whom they drew, and what was said of them."""

    dependencies = [
        ("supervision", "0001_cases"),
        ("enrolment", "0004_openings"),
        ("ledger", "0006_forgetting"),
        ("organisations", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Draw",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("region", models.CharField(max_length=6)),
                ("at", models.DateTimeField()),
                ("scope_region", models.CharField(max_length=6)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("size", models.PositiveSmallIntegerField()),
                ("seed", models.CharField(max_length=40)),
                ("named_by", models.CharField(max_length=60)),
                ("population", models.BinaryField()),
                ("population_size", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "training_class",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrolment.trainingclass",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Drawn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField()),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drawn", to="supervision.draw"
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enrolment.enrolment"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DrawnWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("word", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "drawn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="words", to="supervision.drawn"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="draw",
            index=models.Index(fields=["region", "-at"], name="supervision_draw_by_region"),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))), name="supervision_draw_days_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gte", 1), ("size__lte", 30)), name="supervision_draw_size_bounded"
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("seed", ""), _negated=True), models.Q(("named_by", ""), _negated=True)),
                name="supervision_draw_seed_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope_region__startswith", models.F("region"))),
                name="supervision_draw_within_its_region",
            ),
        ),
        migrations.AddConstraint(
            model_name="drawn",
            constraint=models.UniqueConstraint(fields=("draw", "ordinal"), name="supervision_drawn_in_order"),
        ),
        migrations.AddConstraint(
            model_name="drawn",
            constraint=models.UniqueConstraint(fields=("draw", "enrolment"), name="supervision_drawn_once"),
        ),
        migrations.AddConstraint(
            model_name="drawnword",
            constraint=models.UniqueConstraint(fields=("drawn", "ordinal"), name="supervision_drawn_word_once"),
        ),
        migrations.AddConstraint(
            model_name="drawnword",
            constraint=models.CheckConstraint(
                condition=models.Q(("word__in", ["fine", "look_closer"])), name="supervision_drawn_word_known"
            ),
        ),
        append_only("supervision_draw"),
        append_only("supervision_drawn"),
        append_only("supervision_drawnword"),
        removable_if("supervision_drawn", "ledger_erased", PLACE),
        removable_if("supervision_drawnword", "ledger_erased", OF_DRAWN),
        migrations.RunSQL(FORGET, KEEP),
    ]
