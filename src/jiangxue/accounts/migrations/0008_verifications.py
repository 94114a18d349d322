"""Answers of a source of identities, which go with their account."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jiangxue.djangokit.append_only import taken_from_application

ERASE = """
CREATE OR REPLACE FUNCTION accounts_erase(account bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    IF EXISTS (SELECT FROM enrolment_enrolment WHERE learner_id = account AND NOT ledger_erased(aid)) THEN
        RAISE EXCEPTION 'archives of account %% still have contents', account USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM accounts_correctiondecision WHERE request_id IN (SELECT id FROM accounts_correctionrequest WHERE account_id = account);
    DELETE FROM accounts_correctionrequest WHERE account_id = account;
    GET DIAGNOSTICS gone = ROW_COUNT;%s
    RETURN gone;
END $$;
"""
VERIFICATIONS = """
    DELETE FROM accounts_identityverification WHERE account_id = account;"""


class Migration(migrations.Migration):
    """Answers of a source of identities, which go with their account."""

    dependencies = [
        ("accounts", "0007_codes"),
    ]

    operations = [
        migrations.CreateModel(
            name="IdentityVerification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=60)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("matched", "matched"),
                            ("not_matched", "not_matched"),
                            ("unavailable", "unavailable"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reference", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="identityverification",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="verifications", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="identityverification",
            index=models.Index(fields=["account", "-id"], name="accounts_verification_newest"),
        ),
        migrations.AddConstraint(
            model_name="identityverification",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["matched", "not_matched", "unavailable"])),
                name="accounts_verification_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="identityverification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("source__regex", "\\S"),
                    models.Q(("outcome", "unavailable"), ("reference__regex", "\\S"), _connector="OR"),
                ),
                name="accounts_verification_names_its_source",
            ),
        ),
        taken_from_application("accounts_identityverification", "UPDATE, DELETE, TRUNCATE"),
        migrations.RunSQL(ERASE % VERIFICATIONS, ERASE % ""),
    ]
