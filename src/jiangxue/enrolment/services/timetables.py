"""Who plans lessons of the same teacher takes turns, so that two of them never give one teacher two lessons at one time. Clause T7."""

import hashlib
from collections.abc import Iterable

from jiangxue.djangokit.locks import lock_each_until_commit


def take_turns(teacher_ids: Iterable[int | None]) -> None:
    """Wait for whoever plans lessons of these teachers, and let others wait until the caller's transaction ends."""
    named = {teacher_id for teacher_id in teacher_ids if teacher_id is not None}
    lock_each_until_commit(hashlib.sha256(f"timetable of {each}".encode()).digest() for each in named)
