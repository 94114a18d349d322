"""What staff said who held an enrolled face against the identity document; it goes with the account."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jiangxue.djangokit.append_only import append_only, removable_if

_MAY_GO = """
CREATE FUNCTION facecheck_document_may_go(attempt uuid) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT NOT EXISTS (SELECT FROM enrolment_enrolment WHERE learner_id = account_id AND NOT ledger_erased(aid))
    FROM facecheck_documentcomparison WHERE attempt_id = attempt
$$;
"""
_BODY = """
CREATE OR REPLACE FUNCTION facecheck_erase_account(account bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM facecheck_faceallowance WHERE account_id = account;{more}
    RETURN facecheck_erase_faces(account);
END $$;
"""
_ERASE = _BODY.format(more="\n    DELETE FROM facecheck_documentcomparison WHERE account_id = account;")
_UNDO = _BODY.format(more="")


class Migration(migrations.Migration):
    """Let staff say once of each enrolment whether it is the person of the document, and find the last enrolment of each."""

    dependencies: ClassVar = [
        ("facecheck", "0006_allowances"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="faceattempt",
            index=models.Index(
                condition=models.Q(("outcome", "passed"), ("purpose", "enrol")),
                fields=["account", "-issued_at"],
                name="facecheck_attempt_enrolled",
            ),
        ),
        migrations.CreateModel(
            name="DocumentComparison",
            fields=[
                (
                    "attempt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="document_comparison",
                        serialize=False,
                        to="facecheck.faceattempt",
                    ),
                ),
                ("outcome", models.CharField(max_length=12)),
                ("how", models.CharField(max_length=12)),
                ("text", models.CharField(blank=True, max_length=1000)),
                ("role", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("how__in", ["in_person", "video", "copy"]), ("outcome__in", ["matches", "differs"])
                        ),
                        name="facecheck_document_comparison_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "matches"), models.Q(("text", ""), _negated=True), _connector="OR"
                        ),
                        name="facecheck_document_comparison_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("by", models.F("account")), _negated=True),
                        name="facecheck_document_comparison_not_ones_own",
                    ),
                ],
            },
        ),
        append_only("facecheck_documentcomparison"),
        migrations.RunSQL(_MAY_GO, "DROP FUNCTION facecheck_document_may_go(uuid);"),
        removable_if("facecheck_documentcomparison", "facecheck_document_may_go", "SELECT ($1).attempt_id"),
        migrations.RunSQL(_ERASE, _UNDO),
    ]
