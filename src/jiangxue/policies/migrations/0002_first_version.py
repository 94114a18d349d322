"""The platform's first time policy, in force from the beginning; and versions can only be appended."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from django.db import migrations

from jiangxue.djangokit.append_only import append_only

VALUES = {
    "beat_ms": 30_000,
    "beat_jitter_percent": 20,
    "min_beat_ms": 2_000,
    "event_beats": 5,
    "event_window_ms": 10_000,
    "max_gap_ms": 60_000,
    "max_carry_ms": 10_000,
    "jump_ms": 5_000,
    "day_cap_ms": 21_600_000,
    "class_day_cap_ms": 21_600_000,
    "dead_after_ms": 10_000,
    "silent_close_ms": 180_000,
    "paused_close_ms": 600_000,
    "jumps_to_close": 5,
    "jumps_window_ms": 600_000,
    "complete_permille": 990,
}


def add_first_version(apps: Any, schema_editor: Any) -> None:
    """Insert version 1."""
    apps.get_model("policies", "PolicyVersion").objects.create(
        kind="time",
        scope="platform",
        scope_id=None,
        valid_from=datetime(2026, 1, 1, tzinfo=UTC),
        values=VALUES,
        author_id=None,
        reason="平台初始规则",
    )


class Migration(migrations.Migration):
    """Seed and guard the table of policy versions."""

    dependencies: ClassVar = [("policies", "0001_tables")]
    operations: ClassVar = [
        migrations.RunPython(add_first_version, migrations.RunPython.noop),
        append_only("policies_policyversion"),
    ]
