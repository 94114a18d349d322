"""How much of each class is worth a look, as counted last."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enrolment", "0004_openings"),
        ("supervision", "0004_hours_proofs"),
    ]

    operations = [
        migrations.CreateModel(
            name="WorthALook",
            fields=[
                (
                    "training_class",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="enrolment.trainingclass",
                    ),
                ),
                ("until", models.DateField()),
                ("to_look_at", models.PositiveIntegerField()),
                ("counted_at", models.DateTimeField()),
            ],
        ),
    ]
