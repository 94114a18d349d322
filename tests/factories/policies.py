"""Versions of rules, as the database may hold them."""

from collections.abc import Mapping
from datetime import datetime

from jiangxue.policies.models import PolicyVersion
from jiangxue.policies.rules.reach import Reach
from jiangxue.policies.rules.time_policy import TimePolicy
from jiangxue.policies.services import set_class_time_policy
from tests.factories.classes import Classroom


def version(reach: Reach, values: Mapping[str, int], valid_from: datetime, *locks: str) -> PolicyVersion:
    """Append a version for the narrowest scope of a reach; the platform's is completed."""
    place = reach.own
    complete = values if place.scope_id is not None else TimePolicy(**values).to_values()
    return PolicyVersion.objects.create(
        kind="time",
        scope=place.scope.value,
        scope_id=place.scope_id,
        valid_from=valid_from,
        values=dict(complete),
        locks=list(locks),
        reason="测试",
    )


def set_rule(room: Classroom, valid_from: datetime, **values: int) -> None:
    """Let a classroom's class have values of its own from then on."""
    set_class_time_policy(
        training_class_id=room.training_class.pk, values=values, valid_from=valid_from, author_id=None, reason="测试"
    )
