"""What people decide where no machine can: who it was at an unclear face check, and who learned by the supervised way."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jiangxue.djangokit.append_only import append_only, removable_if

_OF_PLACE = "SELECT aid FROM enrolment_enrolment WHERE id = {place}"
_OF_CHECK = _OF_PLACE.format(
    place="(SELECT enrolment_id FROM learning_studysession WHERE id = (SELECT session_id FROM learning_check WHERE id = ($1).check_id))"
)
_OF_STATEMENT = _OF_PLACE.format(place="($1).enrolment_id")
_OF_REVIEW = _OF_PLACE.format(
    place="(SELECT enrolment_id FROM learning_identitystatement WHERE id = ($1).statement_id)"
)

# The rest is erased by the function of 0013, which knows nothing of these tables: what points at a check must go before it.
ERASE = """
ALTER FUNCTION learning_erase(bigint) RENAME TO learning_erase_time;
REVOKE ALL ON FUNCTION learning_erase_time(bigint) FROM jiangxue_app;
CREATE FUNCTION learning_erase(place bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM learning_identityreview WHERE statement_id IN (SELECT id FROM learning_identitystatement WHERE enrolment_id = place);
    DELETE FROM learning_identitystatement WHERE enrolment_id = place;
    DELETE FROM learning_facereviewstep WHERE check_id IN (
        SELECT id FROM learning_check WHERE session_id IN (SELECT id FROM learning_studysession WHERE enrolment_id = place)
    );
    RETURN learning_erase_time(place);
END $$;
REVOKE ALL ON FUNCTION learning_erase(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION learning_erase(bigint) TO jiangxue_app;
"""
UNDO = """
DROP FUNCTION learning_erase(bigint);
ALTER FUNCTION learning_erase_time(bigint) RENAME TO learning_erase;
GRANT EXECUTE ON FUNCTION learning_erase(bigint) TO jiangxue_app;
"""


class Migration(migrations.Migration):
    """Let people say who it was, in steps that stay, and let these be removed with their archive alone."""

    dependencies: ClassVar = [
        ("enrolment", "0003_erased"),
        ("learning", "0014_face_checks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="IdentityStatement",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("is_seen", models.BooleanField()),
                ("how", models.CharField(blank=True, max_length=12)),
                ("seen_at", models.DateTimeField(null=True)),
                ("document", models.CharField(blank=True, max_length=20)),
                ("text", models.CharField(blank=True, max_length=1000)),
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
                    "learner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FaceReviewStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("role", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("ms", models.PositiveIntegerField(null=True)),
                ("text", models.CharField(blank=True, max_length=1000)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "check_made",
                    models.ForeignKey(
                        db_column="check_id",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_steps",
                        to="learning.check",
                    ),
                ),
                (
                    "doubted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("check_made", "ordinal"), name="learning_face_review_step_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("doubted_by__isnull", True), ("kind", "confirmed"), ("ms__isnull", False)),
                            models.Q(("doubted_by__isnull", True), ("kind", "doubted"), ("ms__isnull", True)),
                            models.Q(("doubted_by__isnull", False), ("kind", "sent_back"), ("ms__isnull", True)),
                            models.Q(("doubted_by__isnull", False), ("kind", "approved"), ("ms__isnull", False)),
                            _connector="OR",
                        ),
                        name="learning_face_review_step_shape",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("doubted_by__isnull", True),
                            models.Q(("by", models.F("doubted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="learning_face_review_step_two_persons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "approved"), models.Q(("text", ""), _negated=True), _connector="OR"
                        ),
                        name="learning_face_review_step_has_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdentityReview",
            fields=[
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="review",
                        serialize=False,
                        to="learning.identitystatement",
                    ),
                ),
                ("role", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("agrees", models.BooleanField()),
                ("text", models.CharField(blank=True, max_length=1000)),
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
            model_name="identitystatement",
            constraint=models.UniqueConstraint(
                fields=("enrolment", "day", "ordinal"), name="learning_identity_statement_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="identitystatement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("how__in", ("on_site", "video")),
                        ("is_seen", True),
                        ("seen_at__isnull", False),
                        ("document__in", ("card", "other", "known")),
                    ),
                    models.Q(
                        ("document", ""),
                        ("how", ""),
                        ("is_seen", False),
                        ("seen_at__isnull", True),
                        models.Q(("text", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="learning_identity_statement_shape",
            ),
        ),
        migrations.AddConstraint(
            model_name="identitystatement",
            constraint=models.CheckConstraint(
                condition=models.Q(("by", models.F("learner")), _negated=True),
                name="learning_identity_statement_not_ones_own",
            ),
        ),
        migrations.AddConstraint(
            model_name="identityreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("by", models.F("stated_by")), _negated=True),
                name="learning_identity_review_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="identityreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("agrees", True), models.Q(("text", ""), _negated=True), _connector="OR"),
                name="learning_identity_review_has_words",
            ),
        ),
        append_only("learning_facereviewstep"),
        append_only("learning_identitystatement"),
        append_only("learning_identityreview"),
        removable_if("learning_facereviewstep", "ledger_erased", _OF_CHECK),
        removable_if("learning_identitystatement", "ledger_erased", _OF_STATEMENT),
        removable_if("learning_identityreview", "ledger_erased", _OF_REVIEW),
        migrations.RunSQL(ERASE, UNDO),
    ]
