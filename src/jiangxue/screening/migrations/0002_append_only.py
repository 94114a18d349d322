"""Lists and screenings can be added to and read, never changed; of a hit only the decision and who found it last, and none is removed."""

from typing import ClassVar

from django.db import migrations

from jiangxue.djangokit.append_only import append_only, changes_only


class Migration(migrations.Migration):
    """Guard the tables of screening."""

    dependencies: ClassVar = [("screening", "0001_tables")]
    operations: ClassVar = [
        append_only("screening_wordlist"),
        append_only("screening_listedword"),
        append_only("screening_screening"),
        changes_only("screening_hit", "screening_id, decision, decided_by_id, decided_at, note"),
    ]
