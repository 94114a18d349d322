"""Keep proofs of hours, and which were withdrawn; they go with their archive."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jiangxue.djangokit.append_only import append_only, removable_if

FORGET = """
CREATE FUNCTION supervision_forget_proofs() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM supervision_withdrawnproof USING supervision_hoursproof AS proof, enrolment_enrolment AS place
        WHERE proof_id = proof.code AND proof.enrolment_id = place.id AND place.aid IN (SELECT aid FROM forgotten);
    DELETE FROM supervision_hoursproof USING enrolment_enrolment AS place
        WHERE enrolment_id = place.id AND place.aid IN (SELECT aid FROM forgotten);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION supervision_forget_proofs() FROM PUBLIC;
CREATE TRIGGER ledger_payload_with_proofs AFTER DELETE ON ledger_payload
    REFERENCING OLD TABLE AS forgotten FOR EACH STATEMENT EXECUTE FUNCTION supervision_forget_proofs();
ALTER TABLE ledger_payload ENABLE ALWAYS TRIGGER ledger_payload_with_proofs;
"""
KEEP = "DROP TRIGGER ledger_payload_with_proofs ON ledger_payload; DROP FUNCTION supervision_forget_proofs();"
PLACE = "SELECT aid FROM enrolment_enrolment WHERE id = ($1).enrolment_id"
OF_PROOF = (
    "SELECT aid FROM enrolment_enrolment AS place JOIN supervision_hoursproof AS proof ON proof.enrolment_id = place.id"
    " WHERE proof.code = ($1).proof_id"
)


class Migration(migrations.Migration):
    """Keep proofs of hours, and which were withdrawn; they go with their archive."""

    dependencies = [
        ("enrolment", "0004_openings"),
        ("supervision", "0003_orders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HoursProof",
            fields=[
                ("code", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("says", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("role", models.CharField(max_length=40)),
                ("issued_at", models.DateTimeField()),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enrolment.enrolment"
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WithdrawnProof",
            fields=[
                (
                    "proof",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="withdrawn",
                        serialize=False,
                        to="supervision.hoursproof",
                    ),
                ),
                ("role", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="hoursproof",
            constraint=models.UniqueConstraint(
                fields=("enrolment", "ordinal"), name="supervision_hours_proof_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="hoursproof",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9A-HJKMNP-TV-Z]{16}$")),
                name="supervision_hours_proof_code_shape",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawnproof",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="supervision_proof_withdrawn_with_reason"
            ),
        ),
        append_only("supervision_hoursproof"),
        append_only("supervision_withdrawnproof"),
        removable_if("supervision_hoursproof", "ledger_erased", PLACE),
        removable_if("supervision_withdrawnproof", "ledger_erased", OF_PROOF),
        migrations.RunSQL(FORGET, KEEP),
    ]
