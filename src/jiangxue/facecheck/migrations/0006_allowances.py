"""What is arranged for the face checks of people who cannot do all that is asked; it goes with their account."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jiangxue.djangokit.append_only import append_only, removable_if

_MAY_GO = """
CREATE FUNCTION facecheck_allowance_may_go(allowance uuid) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT NOT EXISTS (SELECT FROM enrolment_enrolment WHERE learner_id = account_id AND NOT ledger_erased(aid))
    FROM facecheck_faceallowance WHERE id = allowance
$$;
"""
# The rest is erased by the function of 0002, which knows nothing of this table.
_ERASE = """
ALTER FUNCTION facecheck_erase_account(bigint) RENAME TO facecheck_erase_faces;
REVOKE ALL ON FUNCTION facecheck_erase_faces(bigint) FROM jiangxue_app;
CREATE FUNCTION facecheck_erase_account(account bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM facecheck_faceallowance WHERE account_id = account;
    RETURN facecheck_erase_faces(account);
END $$;
REVOKE ALL ON FUNCTION facecheck_erase_account(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION facecheck_erase_account(bigint) TO jiangxue_app;
"""
_UNDO = """
DROP FUNCTION facecheck_erase_account(bigint);
ALTER FUNCTION facecheck_erase_faces(bigint) RENAME TO facecheck_erase_account;
GRANT EXECUTE ON FUNCTION facecheck_erase_account(bigint) TO jiangxue_app;
"""


class Migration(migrations.Migration):
    """Let staff arrange face checks without colours or with more time, in rows that stay."""

    dependencies: ClassVar = [
        ("facecheck", "0005_by_archive"),
        ("ledger", "0006_forgetting"),
        ("enrolment", "0003_erased"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="FaceAllowance",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("without_flash", models.BooleanField()),
                ("more_time", models.BooleanField()),
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
                    models.UniqueConstraint(fields=("account", "ordinal"), name="facecheck_allowance_once"),
                    models.CheckConstraint(
                        condition=models.Q(("by", models.F("account")), _negated=True),
                        name="facecheck_allowance_not_ones_own",
                    ),
                ],
            },
        ),
        append_only("facecheck_faceallowance"),
        migrations.RunSQL(_MAY_GO, "DROP FUNCTION facecheck_allowance_may_go(uuid);"),
        removable_if("facecheck_faceallowance", "facecheck_allowance_may_go", "SELECT ($1).id"),
        migrations.RunSQL(_ERASE, _UNDO),
    ]
