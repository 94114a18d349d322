"""Keep rectification orders, their steps and files."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jiangxue.djangokit.append_only import append_only, taken_from_application


class Migration(migrations.Migration):
    """Keep rectification orders, their steps and files."""

    dependencies = [
        ("enrolment", "0004_openings"),
        ("organisations", "0001_tables"),
        ("supervision", "0002_samples"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RectificationOrder",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("region", models.CharField(max_length=6)),
                ("case_ref", models.UUIDField(null=True)),
                ("begun_at", models.DateTimeField()),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
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
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrolment.trainingclass",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrderStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("role", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("title", models.CharField(blank=True, max_length=120)),
                ("text", models.CharField(blank=True, max_length=4000)),
                ("due_on", models.DateField(null=True)),
                ("reference", models.CharField(blank=True, max_length=20)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="supervision.rectificationorder",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrderFile",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("is_picture", models.BooleanField()),
                ("size_bytes", models.PositiveIntegerField()),
                ("sealed", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="supervision.orderstep"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("step", "ordinal"), name="supervision_order_file_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="rectificationorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("authority", models.F("institution")), _negated=True),
                name="supervision_order_to_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderstep",
            constraint=models.UniqueConstraint(fields=("order", "ordinal"), name="supervision_order_step_once"),
        ),
        migrations.AddConstraint(
            model_name="orderstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                fields=("reference",),
                name="supervision_order_reference_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("due_on__isnull", False),
                        ("kind", "drafted"),
                        ("reference", ""),
                        models.Q(("title", ""), _negated=True),
                        models.Q(("text", ""), _negated=True),
                    ),
                    models.Q(
                        ("due_on", None),
                        ("kind", "issued"),
                        ("text", ""),
                        ("title", ""),
                        models.Q(("reference", ""), _negated=True),
                    ),
                    models.Q(
                        ("due_on__isnull", False),
                        ("kind", "demanded"),
                        ("reference", ""),
                        ("title", ""),
                        models.Q(("text", ""), _negated=True),
                    ),
                    models.Q(
                        ("due_on", None),
                        ("kind__in", ("answered", "withdrawn")),
                        ("reference", ""),
                        ("title", ""),
                        models.Q(("text", ""), _negated=True),
                    ),
                    models.Q(("due_on", None), ("kind", "accepted"), ("reference", ""), ("title", "")),
                    models.Q(("kind", "dropped"), ("due_on", None), ("reference", ""), ("text", ""), ("title", "")),
                    _connector="OR",
                ),
                name="supervision_order_step_shape",
            ),
        ),
        append_only("supervision_rectificationorder"),
        append_only("supervision_orderstep"),
        taken_from_application("supervision_orderfile", "UPDATE, DELETE, TRUNCATE"),
    ]
