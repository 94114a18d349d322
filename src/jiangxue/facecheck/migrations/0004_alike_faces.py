"""Which stored faces are alike: only found by the program, and gone with either face by the database's own hand."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from jiangxue.djangokit.append_only import taken_from_application

_GOES_WITH_FACES = """
CREATE FUNCTION facecheck_forget_alike() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM facecheck_alikefaces WHERE OLD.account_id IN (one_id, other_id);
    DELETE FROM facecheck_facecomparison WHERE template_id = OLD.account_id;
    RETURN OLD;
END $$;
REVOKE ALL ON FUNCTION facecheck_forget_alike() FROM PUBLIC;
CREATE TRIGGER facecheck_facetemplate_forgets_alike BEFORE DELETE ON facecheck_facetemplate
    FOR EACH ROW EXECUTE FUNCTION facecheck_forget_alike();
ALTER TABLE facecheck_facetemplate ENABLE ALWAYS TRIGGER facecheck_facetemplate_forgets_alike;
"""
_STAYS_BEHIND = """
DROP TRIGGER facecheck_facetemplate_forgets_alike ON facecheck_facetemplate;
DROP FUNCTION facecheck_forget_alike();
"""


class Migration(migrations.Migration):
    """Add that faces were compared, and which were alike."""

    dependencies: ClassVar = [
        ("facecheck", "0003_left_attempts"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="FaceComparison",
            fields=[
                (
                    "template",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="compared",
                        serialize=False,
                        to="facecheck.facetemplate",
                    ),
                ),
                ("others", models.PositiveIntegerField()),
                ("compared_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="AlikeFaces",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("permille", models.PositiveSmallIntegerField()),
                ("least_permille", models.PositiveSmallIntegerField()),
                ("model_sha256", models.CharField(max_length=64)),
                ("found_at", models.DateTimeField()),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="facecheck.facetemplate"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="facecheck.facetemplate"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("one", "other"), name="facecheck_alike_once"),
                    models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))), name="facecheck_alike_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("permille__gte", models.F("least_permille"))), name="facecheck_alike_enough"
                    ),
                ],
            },
        ),
        taken_from_application("facecheck_facecomparison", "UPDATE, DELETE"),
        taken_from_application("facecheck_alikefaces", "UPDATE, DELETE"),
        migrations.RunSQL(_GOES_WITH_FACES, _STAYS_BEHIND),
    ]
