"""A class may come of an application with a roster, and have a plan; places hold what statistics ask for."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import jiangxue.djangokit.sealed
from jiangxue.djangokit.append_only import append_only


class Migration(migrations.Migration):
    """Make the tables."""

    dependencies = [
        ("courseware", "0005_catalogue"),
        ("enrolment", "0003_erased"),
        ("organisations", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="enrolment",
            name="domicile",
            field=models.CharField(blank=True, max_length=6),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="education",
            field=models.CharField(
                blank=True,
                choices=[
                    ("primary", "primary"),
                    ("junior_middle", "junior_middle"),
                    ("senior_middle", "senior_middle"),
                    ("secondary_vocational", "secondary_vocational"),
                    ("technical_school", "technical_school"),
                    ("junior_college", "junior_college"),
                    ("bachelor", "bachelor"),
                    ("master", "master"),
                    ("doctor", "doctor"),
                ],
                max_length=30,
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="employer",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="employer_uscc",
            field=models.CharField(blank=True, max_length=18),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="group",
            field=models.CharField(
                blank=True,
                choices=[
                    ("graduates", "graduates"),
                    ("migrant_workers", "migrant_workers"),
                    ("unemployed", "unemployed"),
                    ("veterans", "veterans"),
                    ("lifted_out_of_poverty", "lifted_out_of_poverty"),
                    ("hard_to_employ", "hard_to_employ"),
                    ("disabled", "disabled"),
                ],
                max_length=30,
            ),
        ),
        migrations.CreateModel(
            name="ClassOpening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("opens_on", models.DateField()),
                ("closes_on", models.DateField()),
                ("draft", models.JSONField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "submitted"),
                            ("returned", "returned"),
                            ("approved", "approved"),
                            ("opened", "opened"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="courseware.course"
                    ),
                ),
                (
                    "head_teacher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "training_class",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opening",
                        to="enrolment.trainingclass",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="courseware.courseversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mode", models.CharField(choices=[("live", "live"), ("practice", "practice")], max_length=10)),
                ("title", models.CharField(max_length=120)),
                ("hours", models.PositiveIntegerField()),
                ("place", models.CharField(blank=True, max_length=200)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "teacher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "training_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan", to="enrolment.trainingclass"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("added", "added"), ("changed", "changed"), ("cancelled", "cancelled")],
                        max_length=10,
                    ),
                ),
                ("values", models.JSONField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("role", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="enrolment.planitem"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RosterEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("graduates", "graduates"),
                            ("migrant_workers", "migrant_workers"),
                            ("unemployed", "unemployed"),
                            ("veterans", "veterans"),
                            ("lifted_out_of_poverty", "lifted_out_of_poverty"),
                            ("hard_to_employ", "hard_to_employ"),
                            ("disabled", "disabled"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "education",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("primary", "primary"),
                            ("junior_middle", "junior_middle"),
                            ("senior_middle", "senior_middle"),
                            ("secondary_vocational", "secondary_vocational"),
                            ("technical_school", "technical_school"),
                            ("junior_college", "junior_college"),
                            ("bachelor", "bachelor"),
                            ("master", "master"),
                            ("doctor", "doctor"),
                        ],
                        max_length=30,
                    ),
                ),
                ("domicile", models.CharField(blank=True, max_length=6)),
                ("employer", models.CharField(blank=True, max_length=120)),
                ("employer_uscc", models.CharField(blank=True, max_length=18)),
                ("name", models.CharField(max_length=60)),
                (
                    "id_type",
                    models.CharField(
                        choices=[
                            ("resident", "resident"),
                            ("hk_macao_permit", "hk_macao_permit"),
                            ("taiwan_permit", "taiwan_permit"),
                            ("residence_permit", "residence_permit"),
                            ("foreign_permanent", "foreign_permanent"),
                            ("passport", "passport"),
                        ],
                        max_length=20,
                    ),
                ),
                ("id_number", jiangxue.djangokit.sealed.SealedTextField()),
                ("id_number_index", models.BinaryField(max_length=16)),
                ("phone", jiangxue.djangokit.sealed.SealedTextField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "opening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roster", to="enrolment.classopening"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="classopening",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                name="enrolment_opening_closes_after_opening",
            ),
        ),
        migrations.AddConstraint(
            model_name="classopening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "opened"), ("training_class__isnull", False)),
                    models.Q(models.Q(("state", "opened"), _negated=True), ("training_class", None)),
                    _connector="OR",
                ),
                name="enrolment_opening_opened_has_class",
            ),
        ),
        migrations.AddConstraint(
            model_name="planitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="enrolment_plan_item_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="planitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ("live", "practice"))), name="enrolment_plan_item_mode_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="planchange",
            constraint=models.UniqueConstraint(fields=("item", "ordinal"), name="enrolment_plan_change_once"),
        ),
        migrations.AddConstraint(
            model_name="planchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "added"), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="enrolment_plan_change_has_reason",
            ),
        ),
        append_only("enrolment_planchange"),
        migrations.AddConstraint(
            model_name="rosterentry",
            constraint=models.UniqueConstraint(
                fields=("opening", "id_number_index"), name="enrolment_roster_number_once"
            ),
        ),
    ]
