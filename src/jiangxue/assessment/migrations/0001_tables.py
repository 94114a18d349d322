"""Attempts at the tests of lessons; one that has ended stays as it is."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

_ENDED_STAYS = """
REVOKE UPDATE, DELETE, TRUNCATE ON assessment_attempt FROM jiangxue_app;
GRANT UPDATE (questions, outcome, ended_at, right_answers, score, passed) ON assessment_attempt TO jiangxue_app;
CREATE FUNCTION assessment_refuse_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an attempt that has ended stays as it is' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER assessment_attempt_ended_stays BEFORE UPDATE ON assessment_attempt
    FOR EACH ROW WHEN (OLD.outcome <> '') EXECUTE FUNCTION assessment_refuse_ended();
CREATE TRIGGER assessment_attempt_stays BEFORE DELETE ON assessment_attempt
    FOR EACH ROW EXECUTE FUNCTION assessment_refuse_ended();
ALTER TABLE assessment_attempt ENABLE ALWAYS TRIGGER assessment_attempt_ended_stays;
ALTER TABLE assessment_attempt ENABLE ALWAYS TRIGGER assessment_attempt_stays;
"""
_ENDED_MAY_CHANGE = """
DROP TRIGGER assessment_attempt_ended_stays ON assessment_attempt;
DROP TRIGGER assessment_attempt_stays ON assessment_attempt;
DROP FUNCTION assessment_refuse_ended();
GRANT UPDATE, DELETE ON assessment_attempt TO jiangxue_app;
"""


class Migration(migrations.Migration):
    """Keep attempts, and guard those that have ended."""

    initial = True

    dependencies = [
        ("courseware", "0004_versions"),
        ("enrolment", "0002_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("begun_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("pass_percent", models.PositiveSmallIntegerField()),
                ("attempts_a_day", models.PositiveSmallIntegerField()),
                ("policy_versions", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField())),
                ("questions", models.JSONField()),
                ("outcome", models.CharField(blank=True, max_length=10)),
                ("ended_at", models.DateTimeField(null=True)),
                ("right_answers", models.PositiveSmallIntegerField(null=True)),
                ("score", models.PositiveSmallIntegerField(null=True)),
                ("passed", models.BooleanField(null=True)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enrolment.enrolment"
                    ),
                ),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="courseware.lesson"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="courseware.courseversion"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["enrolment", "lesson", "-begun_at"], name="assessment_attempt_by_place")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")),
                        fields=("enrolment", "lesson"),
                        name="assessment_attempt_one_open",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("passed", True)),
                        fields=("enrolment", "lesson"),
                        name="assessment_attempt_passed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ("", "submitted", "expired", "withdrawn"))),
                        name="assessment_attempt_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("outcome", "")),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True), models.Q(("ended_at", None), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="assessment_attempt_ended_with_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_at__gt", models.F("begun_at")),
                            models.Q(
                                ("ended_at", None),
                                models.Q(
                                    ("ended_at__gte", models.F("begun_at")), ("ended_at__lte", models.F("expires_at"))
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="assessment_attempt_ends_in_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome", "submitted"),
                                ("passed__isnull", False),
                                ("right_answers__isnull", False),
                                ("score__isnull", False),
                            ),
                            models.Q(
                                models.Q(("outcome", "submitted"), _negated=True),
                                ("passed", None),
                                ("right_answers", None),
                                ("score", None),
                            ),
                            _connector="OR",
                        ),
                        name="assessment_attempt_marked_when_submitted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("passed", None),
                            models.Q(("passed", True), ("score__gte", models.F("pass_percent")), ("score__lte", 100)),
                            models.Q(("passed", False), ("score__lt", models.F("pass_percent"))),
                            _connector="OR",
                        ),
                        name="assessment_attempt_passed_by_its_mark",
                    ),
                ],
            },
        ),
        migrations.RunSQL(_ENDED_STAYS, reverse_sql=_ENDED_MAY_CHANGE),
    ]
