"""The audit can be added to and read, never changed."""

from typing import ClassVar

from django.db import migrations

from jiangxue.djangokit.append_only import append_only


class Migration(migrations.Migration):
    """Guard the table of audit entries."""

    dependencies: ClassVar = [("audit", "0001_tables")]
    operations: ClassVar = [append_only("audit_auditentry")]
