"""Which version of the time policy rules where and when."""

from datetime import datetime, timedelta

import pytest

from jiangxue.policies.models import PolicyVersion
from jiangxue.policies.queries import platform_time_policy, time_policy_for
from jiangxue.policies.rules.time_policy import MINUTE_MS, TimePolicy
from jiangxue.policies.services import set_class_time_policy
from tests.conftest import MORNING

CLASS, OTHER_CLASS = 5, 6
HOUR = timedelta(hours=1)


def _class_cap(minutes: int, valid_from: datetime, class_id: int = CLASS) -> PolicyVersion:
    return set_class_time_policy(
        training_class_id=class_id,
        values={"day_cap_ms": minutes * MINUTE_MS},
        valid_from=valid_from,
        author_id=1,
        reason="测试",
    )


def _platform_cap(minutes: int, valid_from: datetime) -> PolicyVersion:
    values = TimePolicy(day_cap_ms=minutes * MINUTE_MS).to_values()
    return PolicyVersion.objects.create(
        kind="time", scope="platform", valid_from=valid_from, values=values, reason="测试"
    )


def _cap(at: datetime, class_id: int = CLASS) -> int:
    return time_policy_for(class_id, at).policy.day_cap_ms // MINUTE_MS


def test_the_platforms_first_version_rules_from_the_beginning(db: None) -> None:
    """Eight class hours of 45 minutes."""
    assert _cap(MORNING) == platform_time_policy(MORNING).day_cap_ms // MINUTE_MS == 360
    assert time_policy_for(CLASS, MORNING).valid_until is None


@pytest.mark.clause("T2.5")
def test_a_class_with_its_own_version_is_judged_by_it_alone(db: None) -> None:
    own = _class_cap(120, MORNING)
    assert _cap(MORNING) == 120
    assert time_policy_for(CLASS, MORNING).version_id == own.pk
    assert _cap(MORNING, OTHER_CLASS) == 360


@pytest.mark.clause("T2.5")
def test_a_version_rules_from_its_first_instant_and_not_before(db: None) -> None:
    _class_cap(120, MORNING)
    assert _cap(MORNING - timedelta(microseconds=1)) == 360
    assert _cap(MORNING) == 120


def test_the_newest_version_that_has_begun_rules(db: None) -> None:
    _class_cap(60, MORNING + HOUR)
    _class_cap(120, MORNING)
    assert [_cap(MORNING), _cap(MORNING + HOUR)] == [120, 60]


def test_a_class_keeps_its_own_version_when_the_platforms_changes(db: None) -> None:
    _class_cap(120, MORNING)
    _platform_cap(240, MORNING + HOUR)
    assert [_cap(MORNING + HOUR), _cap(MORNING + HOUR, OTHER_CLASS)] == [120, 240]


def test_what_is_in_force_says_until_when(db: None) -> None:
    """A session that is open at that instant is told to renew."""
    _platform_cap(240, MORNING + 2 * HOUR)
    assert time_policy_for(CLASS, MORNING).valid_until == MORNING + 2 * HOUR
    _class_cap(120, MORNING + HOUR)
    assert time_policy_for(CLASS, MORNING).valid_until == MORNING + HOUR
    assert time_policy_for(OTHER_CLASS, MORNING).valid_until == MORNING + 2 * HOUR


def test_the_platforms_next_version_does_not_concern_a_class_with_its_own(db: None) -> None:
    _class_cap(120, MORNING)
    _platform_cap(240, MORNING + HOUR)
    assert time_policy_for(CLASS, MORNING).valid_until is None


def test_a_version_is_kept_with_every_number_it_judges_by(db: None) -> None:
    """A record must be judged again without the defaults of a later day."""
    assert _class_cap(120, MORNING).values == TimePolicy(day_cap_ms=120 * MINUTE_MS).to_values()


@pytest.mark.parametrize(
    "values",
    [
        {"day_cap_ms": MINUTE_MS - 1},
        {"day_cap_ms": 24 * 60 * MINUTE_MS + 1},
        {"max_gap_ms": MINUTE_MS + 1},
        {"beat_ms": 0},
        {"complete_permille": 1_001},
        {"speed": 2},
    ],
)
def test_numbers_out_of_range_and_unknown_ones_are_refused(db: None, values: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"must lie between|unknown"):
        set_class_time_policy(training_class_id=CLASS, values=values, valid_from=MORNING, author_id=1, reason="测试")
    assert not PolicyVersion.objects.filter(scope="training_class").exists()
