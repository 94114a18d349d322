"""Settlements of classes: what was proposed, what a second person said, what each place came to."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jiangxue.djangokit.append_only import append_only


class Migration(migrations.Migration):
    """Keep settlements; nobody changes one."""

    initial = True

    dependencies = [
        ("enrolment", "0002_versions"),
        ("learning", "0012_unconfirmed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("proposed_at", models.DateTimeField()),
                ("policy_versions", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField())),
                ("digest", models.CharField(max_length=64)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "training_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enrolment.trainingclass"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SettledPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("figures", models.JSONField()),
                ("recognised_ms", models.PositiveBigIntegerField()),
                ("online_hours", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "because",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="learning.appeal"
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enrolment.enrolment"
                    ),
                ),
                (
                    "settlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="places", to="archive.settlement"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SettlementReview",
            fields=[
                (
                    "settlement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="review",
                        serialize=False,
                        to="archive.settlement",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("confirms", models.BooleanField()),
                ("text", models.CharField(blank=True, max_length=1000)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.UniqueConstraint(fields=("training_class", "ordinal"), name="archive_settlement_once"),
        ),
        migrations.AddConstraint(
            model_name="settledplace",
            constraint=models.UniqueConstraint(fields=("enrolment", "ordinal"), name="archive_settled_place_once"),
        ),
        migrations.AddConstraint(
            model_name="settledplace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("because__isnull", True), ("ordinal", 1)),
                    models.Q(("because__isnull", False), ("ordinal__gt", 1)),
                    _connector="OR",
                ),
                name="archive_settled_again_by_appeal",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlementreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("by", models.F("proposed_by")), _negated=True),
                name="archive_settlement_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlementreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirms", True), models.Q(("text", ""), _negated=True), _connector="OR"),
                name="archive_sent_back_with_words",
            ),
        ),
        append_only("archive_settlement"),
        append_only("archive_settlementreview"),
        append_only("archive_settledplace"),
    ]
