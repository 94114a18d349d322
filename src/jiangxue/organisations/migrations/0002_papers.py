"""Enterprises beside institutions, codes of all, and the papers that they have."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add them."""

    dependencies = [
        ("organisations", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("business_licence", "business_licence"),
                            ("training_licence", "training_licence"),
                            ("filing", "filing"),
                            ("credit_check", "credit_check"),
                            ("other", "other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reference", models.CharField(max_length=60)),
                ("issuer", models.CharField(max_length=120)),
                ("issued_on", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("added_by", models.BigIntegerField()),
                ("added_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="organisation",
            name="organisations_kind_known",
        ),
        migrations.AddField(
            model_name="organisation",
            name="uscc",
            field=models.CharField(max_length=18, null=True),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="kind",
            field=models.CharField(
                choices=[("institution", "institution"), ("enterprise", "enterprise"), ("authority", "authority")],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("institution", "enterprise", "authority"))),
                name="organisations_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(fields=("uscc",), name="organisations_uscc_once"),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("uscc__regex", "^[0-9A-HJ-NPQRTUWXY]{18}$")), name="organisations_uscc_shape"
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="organisations.organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["business_licence", "training_licence", "filing", "credit_check", "other"])
                ),
                name="organisations_paper_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_until", None), ("valid_until__gte", models.F("issued_on")), _connector="OR"),
                name="organisations_paper_ends_after_issue",
            ),
        ),
    ]
