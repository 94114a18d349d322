"""One-time codes, and attempts that are counted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One-time codes, and attempts that are counted."""

    dependencies = [
        ("accounts", "0006_id_types"),
    ]

    operations = [
        migrations.CreateModel(
            name="CountedAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BinaryField(db_index=True, max_length=16)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="OneTimeCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("register", "register"), ("phone", "phone"), ("recover", "recover")], max_length=20
                    ),
                ),
                ("phone_index", models.BinaryField(max_length=16)),
                ("code_index", models.BinaryField(max_length=16)),
                ("sent_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name="onetimecode",
            index=models.Index(fields=["phone_index", "purpose", "-id"], name="accounts_code_newest"),
        ),
        migrations.AddConstraint(
            model_name="onetimecode",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["register", "phone", "recover"])),
                name="accounts_code_purpose_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="onetimecode",
            constraint=models.CheckConstraint(
                condition=models.Q(("tries__lte", 5)), name="accounts_code_tried_five_times"
            ),
        ),
    ]
