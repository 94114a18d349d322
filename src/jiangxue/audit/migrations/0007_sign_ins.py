"""The index of successful sign-ins, from which statistics count them without reading the entries."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Other entries are not in it."""

    dependencies = [("audit", "0006_days")]

    operations = [
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(
                fields=["at", "actor_id"],
                condition=models.Q(action="sign_in", result="done"),
                name="audit_entry_sign_in",
            ),
        ),
    ]
