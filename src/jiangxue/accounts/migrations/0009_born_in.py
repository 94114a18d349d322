"""What a number tells of its holder stands beside it: sex and month of birth."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep them; accounts from before get theirs when a job opens their numbers."""

    dependencies = [
        ("accounts", "0008_verifications"),
    ]

    operations = [
        migrations.AddField(
            model_name="identity",
            name="born_in",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="identity",
            name="sex",
            field=models.CharField(blank=True, choices=[("male", "male"), ("female", "female")], max_length=6),
        ),
        migrations.AddConstraint(
            model_name="identity",
            constraint=models.CheckConstraint(
                condition=models.Q(("born_in__day", 1)), name="accounts_born_in_is_a_month"
            ),
        ),
    ]
