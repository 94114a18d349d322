"""Checks, the verdicts that follow from them, and what a lease knows of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jiangxue.djangokit.append_only import append_only

_PROVISIONAL_SO_FAR = """
UPDATE learning_lease AS lease SET provisional_ms = held.ms
FROM (SELECT learner_id, sum(credited_ms) AS ms FROM learning_daytotal GROUP BY learner_id) AS held
WHERE lease.learner_id = held.learner_id AND lease.session_id IS NULL;
"""
_RIGHTS = """
GRANT UPDATE (until_check_ms, provisional_ms, asked_at_ms, answer_by_ms) ON learning_lease TO jiangxue_hot;
GRANT INSERT ON learning_interruption TO jiangxue_hot;
"""


class Migration(migrations.Migration):
    """Give the tables of trusted time their checks; what was credited before is provisional."""

    dependencies = [
        ("courseware", "0001_tables"),
        ("enrolment", "0001_tables"),
        ("learning", "0005_recomputations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("drawn_ms", models.PositiveIntegerField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("shown_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("prompt", models.JSONField(default=dict)),
                ("prompted_at", models.DateTimeField(null=True)),
                ("nonce", models.CharField(blank=True, max_length=16)),
                ("wrong_presses", models.PositiveSmallIntegerField(default=0)),
                ("outcome", models.CharField(blank=True, max_length=12)),
                ("settled_at", models.DateTimeField(null=True)),
                ("was_right", models.BooleanField(null=True)),
                ("reaction_ms", models.PositiveIntegerField(null=True)),
                ("claimed_reaction_ms", models.PositiveBigIntegerField(null=True)),
                ("confirmed_ms", models.PositiveIntegerField(default=0)),
                ("voided_ms", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Interruption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True)),
                ("kind", models.CharField(max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("ms", models.PositiveIntegerField()),
                ("stretches", models.JSONField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="daytotal",
            name="confirmed_ms",
            field=models.PositiveIntegerField(default=0, db_default=0),
        ),
        migrations.AddField(
            model_name="lease",
            name="answer_by_ms",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="lease",
            name="asked_at_ms",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="lease",
            name="drawn_ms",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="lease",
            name="provisional_ms",
            field=models.IntegerField(default=0, db_default=0),
        ),
        migrations.AddField(
            model_name="lease",
            name="until_check_ms",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="lessonprogress",
            name="confirmed_ms",
            field=models.PositiveIntegerField(default=0, db_default=0),
        ),
        migrations.AddField(
            model_name="segment",
            name="cleared",
            field=models.JSONField(null=True),
        ),
        migrations.AddConstraint(
            model_name="daytotal",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirmed_ms__lte", models.F("credited_ms"))),
                name="learning_day_total_confirmed_within_credited",
            ),
        ),
        migrations.AddConstraint(
            model_name="lease",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer_by_ms__isnull", True), ("asked_at_ms__isnull", True)),
                    models.Q(
                        ("answer_by_ms__gte", models.F("asked_at_ms")),
                        ("answer_by_ms__isnull", False),
                        ("asked_at_ms__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="learning_lease_open_check_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="lease",
            constraint=models.CheckConstraint(
                condition=models.Q(("provisional_ms__gte", 0)), name="learning_lease_provisional_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="lessonprogress",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirmed_ms__lte", models.F("reached_ms"))),
                name="learning_progress_confirmed_within_reached",
            ),
        ),
        migrations.AddField(
            model_name="check",
            name="learner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="check",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="learning.studysession"
            ),
        ),
        migrations.AddConstraint(
            model_name="interruption",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("started", "overloaded"))), name="learning_interruption_kind_known"
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="check_made",
            field=models.ForeignKey(
                db_column="check_id",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="verdicts",
                to="learning.check",
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="segment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="verdicts", to="learning.segment"
            ),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(fields=["learner", "-asked_at"], name="learning_check_by_learner"),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(condition=models.Q(("outcome", "")), fields=["expires_at"], name="learning_check_open"),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "")), fields=("learner",), name="learning_check_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ("", "passed", "missed", "withdrawn"))),
                name="learning_check_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", ""), ("settled_at__isnull", True)),
                    models.Q(models.Q(("outcome", ""), _negated=True), ("settled_at__isnull", False)),
                    _connector="OR",
                ),
                name="learning_check_settled_with_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gte", models.F("asked_at"))), name="learning_check_waits_after_asking"
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("confirmed", "missed_check"))), name="learning_verdict_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(condition=models.Q(("ms__gt", 0)), name="learning_verdict_is_about_time"),
        ),
        migrations.RunSQL(_PROVISIONAL_SO_FAR, reverse_sql=migrations.RunSQL.noop),
        append_only("learning_verdict"),
        append_only("learning_interruption"),
        migrations.RunSQL(
            _RIGHTS,
            reverse_sql="""
            REVOKE UPDATE (until_check_ms, provisional_ms, asked_at_ms, answer_by_ms) ON learning_lease FROM jiangxue_hot;
            REVOKE INSERT ON learning_interruption FROM jiangxue_hot;
            """,
        ),
    ]
