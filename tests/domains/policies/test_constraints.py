"""What the database keeps of policy versions."""

import pytest

from jiangxue.policies.models import PolicyVersion
from tests.conftest import MORNING
from tests.domains.constraints import broken


def _version(scope: str, scope_id: int | None, **otherwise: object) -> PolicyVersion:
    facts = {"values": {}, "reason": "测试"} | otherwise
    return PolicyVersion.objects.create(kind="time", scope=scope, scope_id=scope_id, valid_from=MORNING, **facts)


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


def test_there_are_no_other_scopes(db: None) -> None:
    with broken("policies_scope_known"):
        _version("course", 1)


@pytest.mark.parametrize("code", [4, 441, 44010, 4_401_030])
def test_a_region_is_named_by_a_code_of_two_four_or_six_digits(db: None, code: int) -> None:
    with broken("policies_region_code_shape"):
        _version("region", code)


@pytest.mark.parametrize("code", [44, 4401, 440103])
def test_provinces_cities_and_districts_have_versions(db: None, code: int) -> None:
    assert _version("region", code).pk


def test_a_class_has_nobody_below_it_to_lock_anything_for(db: None) -> None:
    with broken("policies_class_locks_nothing"):
        _version("training_class", 1, locks=["day_cap_ms"])


def test_only_the_rules_of_a_class_are_for_showing(db: None) -> None:
    with broken("policies_only_a_class_demonstrates"):
        _version("institution", 1, for_demonstration=True)


def test_a_version_without_a_reason_is_none(db: None) -> None:
    with broken("policies_reason_given"):
        _version("institution", 1, reason="")
