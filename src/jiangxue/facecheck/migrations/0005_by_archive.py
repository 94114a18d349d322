"""The attempts of a class, and those of an archive that is erased, are found by an index."""

from typing import ClassVar

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Find the attempts of an archive without reading those of all others."""

    dependencies: ClassVar = [
        ("facecheck", "0004_alike_faces"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="faceattempt",
            index=models.Index(
                condition=models.Q(("archive", None), _negated=True),
                fields=["archive", "issued_at"],
                name="facecheck_attempt_by_archive",
            ),
        ),
    ]
