"""The platform's sixth time policy, complete: classes need an approval and a licence, the second person belongs to the institution, until somebody says otherwise, and cases have their days."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from django.db import migrations

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
    "hours_from_min": 0,
    "hours_until_min": 1_440,
    "dead_after_ms": 10_000,
    "silent_close_ms": 180_000,
    "paused_close_ms": 600_000,
    "jumps_to_close": 5,
    "jumps_window_ms": 600_000,
    "complete_permille": 990,
    "check_least_ms": 0,
    "check_mean_ms": 900_000,
    "check_most_ms": 1_500_000,
    "check_answer_ms": 60_000,
    "check_expiry_ms": 180_000,
    "check_attempts": 2,
    "check_void_ms": 420_000,
    "check_confirm_weight": 2,
    "check_simple_weight": 1,
    "check_course_weight": 1,
    "review_misses": 3,
    "review_missed_percent": 20,
    "page_ms": 20_000,
    "idle_ask_ms": 300_000,
    "test_pass_percent": 60,
    "test_attempts_a_day": 3,
    "face_checks": 0,
    "face_least_ms": 480_000,
    "face_mean_ms": 900_000,
    "face_most_ms": 1_800_000,
    "face_first_of_day": 1,
    "face_lesson_start": 0,
    "face_lesson_end": 0,
    "face_device_change": 1,
    "face_break_ms": 180_000,
    "face_long_percent": 15,
    "face_attempts": 3,
    "face_answer_ms": 60_000,
    "face_expiry_ms": 300_000,
    "face_pass_permille": 400,
    "face_unclear_permille": 340,
    "face_camera_labels": 1,
    "face_unavailable_most": 2,
    "class_approval": 1,
    "class_licence": 1,
    "outside_checker": 0,
    "case_answer_days": 5,
    "case_days": 15,
    "case_freeze_days": 30,
}


def add_sixth_version(apps: Any, schema_editor: Any) -> None:
    """Insert version 6."""
    apps.get_model("policies", "PolicyVersion").objects.create(
        kind="time",
        scope="platform",
        scope_id=None,
        valid_from=datetime(2026, 1, 6, tzinfo=UTC),
        values=VALUES,
        author_id=None,
        reason="增加开班审核、办学许可、主管部门复核和核查单期限的规则，其余不变",
    )


class Migration(migrations.Migration):
    """Seed version 6."""

    dependencies: ClassVar = [("policies", "0007_face_checks")]
    operations: ClassVar = [migrations.RunPython(add_sixth_version, migrations.RunPython.noop)]
