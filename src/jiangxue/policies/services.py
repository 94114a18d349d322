"""Setting parameters."""

from collections.abc import Mapping
from datetime import datetime

from jiangxue.policies.models import PolicyVersion
from jiangxue.policies.queries import platform_time_policy
from jiangxue.policies.rules.time_policy import TimePolicy


def set_class_time_policy(
    *, training_class_id: int, values: Mapping[str, int], valid_from: datetime, author_id: int | None, reason: str
) -> PolicyVersion:
    """Append a version of the time policy for one class.

    `values` are what the class sets otherwise than the platform does on that day; out of range they are refused with `ValueError`.
    """
    return PolicyVersion.objects.create(
        kind=PolicyVersion.Kind.TIME,
        scope=PolicyVersion.Scope.TRAINING_CLASS,
        scope_id=training_class_id,
        valid_from=valid_from,
        values=TimePolicy.from_values({**platform_time_policy(valid_from).to_values(), **values}).to_values(),
        author_id=author_id,
        reason=reason,
    )
