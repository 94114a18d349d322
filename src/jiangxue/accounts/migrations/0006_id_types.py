"""A number names one person, whichever of six documents it is from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A number names one person, whichever of six documents it is from."""

    dependencies = [
        ("accounts", "0005_erasing"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="identity",
            name="accounts_one_account_per_id_number",
        ),
        migrations.AlterField(
            model_name="identity",
            name="id_type",
            field=models.CharField(
                choices=[
                    ("resident", "resident"),
                    ("hk_macao_permit", "hk_macao_permit"),
                    ("taiwan_permit", "taiwan_permit"),
                    ("residence_permit", "residence_permit"),
                    ("foreign_permanent", "foreign_permanent"),
                    ("passport", "passport"),
                ],
                default="resident",
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="identity",
            constraint=models.UniqueConstraint(fields=("id_number_index",), name="accounts_one_account_per_id_number"),
        ),
        migrations.AddConstraint(
            model_name="identity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "id_type__in",
                        [
                            "resident",
                            "hk_macao_permit",
                            "taiwan_permit",
                            "residence_permit",
                            "foreign_permanent",
                            "passport",
                        ],
                    )
                ),
                name="accounts_id_type_known",
            ),
        ),
    ]
