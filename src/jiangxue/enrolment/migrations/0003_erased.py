"""A place whose archive is erased takes no further records."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Remember since when the ledger says so."""

    dependencies = [("enrolment", "0002_versions")]

    operations = [
        migrations.AddField(model_name="enrolment", name="erased_at", field=models.DateTimeField(null=True)),
    ]
