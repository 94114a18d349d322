"""Tables that were asked for as files, and the keys of these files."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Make the tables of exports."""

    dependencies = [
        ("organisations", "0001_tables"),
        ("reporting", "0001_kept_figures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("role", models.CharField(max_length=40)),
                ("sheet", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=120)),
                ("filter", models.CharField(blank=True, max_length=2000)),
                ("format", models.CharField(choices=[("xlsx", "xlsx"), ("csv", "csv")], max_length=4)),
                ("masked", models.BooleanField(default=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("waiting", "Waiting"),
                            ("working", "Working"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                            ("refused", "Refused"),
                            ("expired", "Expired"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("released_at", models.DateTimeField(null=True)),
                ("refusal", models.CharField(blank=True, max_length=200)),
                (
                    "fault",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("too_many_rows", "too_many_rows"),
                            ("role_lost", "role_lost"),
                            ("out_of_reach", "out_of_reach"),
                            ("worker_lost", "worker_lost"),
                            ("refused", "refused"),
                            ("not_released", "not_released"),
                        ],
                        max_length=20,
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField(default=0)),
                ("rows_expected", models.PositiveIntegerField(default=0)),
                ("rows_done", models.PositiveIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("bytes", models.PositiveBigIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("rows_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ExportKey",
            fields=[
                (
                    "export",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="key",
                        serialize=False,
                        to="reporting.export",
                    ),
                ),
                ("sealed", models.BinaryField()),
            ],
        ),
        migrations.AddIndex(
            model_name="export",
            index=models.Index(fields=["account", "-asked_at"], name="reporting_export_own"),
        ),
        migrations.AddIndex(
            model_name="export",
            index=models.Index(
                condition=models.Q(("state", "asked")), fields=["organisation"], name="reporting_export_to_release"
            ),
        ),
        migrations.AddIndex(
            model_name="export",
            index=models.Index(
                condition=models.Q(("state", "ready")), fields=["expires_at"], name="reporting_export_to_remove"
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("asked", "waiting", "working", "ready", "failed", "refused", "expired"))
                ),
                name="reporting_export_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(("format__in", ["xlsx", "csv"])), name="reporting_export_format_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("masked", True), ("released_by", None)),
                    models.Q(("masked", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="reporting_export_unmasked_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("released_at", None), ("released_by", None)),
                    models.Q(
                        ("released_at__isnull", False),
                        ("released_by__isnull", False),
                        models.Q(("released_by", models.F("account")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reporting_export_released_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("masked", True),
                    ("released_by__isnull", False),
                    ("state__in", ("asked", "refused", "failed")),
                    _connector="OR",
                ),
                name="reporting_export_unmasked_only_released",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("expires_at__isnull", False),
                        ("rows_sha256__regex", "^[0-9a-f]{64}$"),
                        ("sha256__regex", "^[0-9a-f]{64}$"),
                        ("state__in", ("ready", "expired")),
                    ),
                    models.Q(
                        models.Q(("state__in", ("ready", "expired")), _negated=True),
                        ("expires_at", None),
                        ("rows_sha256", ""),
                        ("sha256", ""),
                    ),
                    _connector="OR",
                ),
                name="reporting_export_made_has_sums",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at__isnull", False), ("state__in", ("ready", "failed", "refused", "expired"))),
                    models.Q(
                        models.Q(("state__in", ("ready", "failed", "refused", "expired")), _negated=True),
                        ("finished_at", None),
                    ),
                    _connector="OR",
                ),
                name="reporting_export_ended_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("failed", "refused")), models.Q(("fault", ""), _negated=True)),
                    models.Q(models.Q(("state__in", ("failed", "refused")), _negated=True), ("fault", "")),
                    _connector="OR",
                ),
                name="reporting_export_failed_has_fault",
            ),
        ),
    ]
