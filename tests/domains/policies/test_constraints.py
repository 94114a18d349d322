"""What the database keeps of policy versions."""

from jiangxue.policies.models import PolicyVersion
from jiangxue.policies.rules.time_policy import TimePolicy
from tests.conftest import MORNING
from tests.domains.constraints import broken


def _version(scope: str, scope_id: int | None) -> PolicyVersion:
    return PolicyVersion.objects.create(
        kind="time", scope=scope, scope_id=scope_id, valid_from=MORNING, values=TimePolicy().to_values(), reason="测试"
    )


def test_the_platform_has_no_scope_id(db: None) -> None:
    with broken("policies_platform_has_no_scope_id"):
        _version("platform", 1)


def test_a_class_has_one(db: None) -> None:
    with broken("policies_platform_has_no_scope_id"):
        _version("training_class", None)


def test_two_versions_of_the_platform_cannot_begin_at_once(db: None) -> None:
    _version("platform", None)
    with broken("policies_one_version_at_a_time"):
        _version("platform", None)


def test_two_versions_of_a_class_cannot_begin_at_once(db: None) -> None:
    _version("training_class", 1)
    _version("training_class", 2)
    with broken("policies_one_version_at_a_time"):
        _version("training_class", 1)
