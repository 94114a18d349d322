"""Setting rules: who may, what is refused and why, and what is kept (clauses M6, M3)."""

from datetime import timedelta

import pytest

from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import Actor
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.policies.errors import (
    BeginsInThePast,
    Fault,
    MomentIsTaken,
    NotTheirsToSet,
    UnfitRules,
    What,
    WithoutReason,
)
from jiangxue.policies.models import PolicyVersion
from jiangxue.policies.queries import time_policy_for
from jiangxue.policies.rules.drafts import Draft
from jiangxue.policies.rules.reach import PLATFORM, Reach
from jiangxue.policies.rules.time_policy import MINUTE_MS, TimePolicy
from jiangxue.policies.services import set_time_policy
from tests.conftest import MORNING
from tests.factories.policies import version

PROVINCE, CITY, SCHOOL, CLASS = Reach("44"), Reach("4401"), Reach("440103", 7), Reach("440103", 7, 5)
SYSTEM = Viewer(1, Role.SYSTEM_ADMINISTRATOR)
OFFICIAL = Viewer(2, Role.SUPERVISOR, 3, "4401")
SCHOOLS = Viewer(4, Role.INSTITUTION_ADMINISTRATOR, 7, "440103")
WHO = {PLATFORM: SYSTEM, PROVINCE: Viewer(9, Role.SUPERVISOR, 8, "44"), CITY: OFFICIAL, SCHOOL: SCHOOLS, CLASS: SCHOOLS}
CAPS = {"day_cap_ms": 240 * MINUTE_MS, "class_day_cap_ms": 240 * MINUTE_MS}


def put(reach: Reach, draft: Draft, viewer: Viewer | None = None) -> PolicyVersion:
    viewer = viewer or WHO[reach]
    return set_time_policy(viewer, reach, draft, by=Actor(viewer.account_id, viewer.role), now=MORNING)


def faults(reach: Reach, values: dict[str, int], *locks: str) -> list[Fault]:
    with pytest.raises(UnfitRules) as refusal:
        put(reach, Draft(values, "测试", frozenset(locks)))
    return list(refusal.value.faults)


@pytest.mark.clause("M6")
@pytest.mark.parametrize("reach", [CITY, SCHOOL, CLASS])
def test_a_version_is_kept_with_author_reason_and_both_times_and_is_audited(db: None, reach: Reach) -> None:
    begins_at = MORNING + timedelta(hours=1)
    made = put(reach, Draft(CAPS, " 缩短每日时长 ", begins_at=begins_at))
    kept = PolicyVersion.objects.get(pk=made.pk)
    assert (kept.values, kept.reason, kept.valid_from, kept.made_at) == (CAPS, "缩短每日时长", begins_at, MORNING)
    assert kept.author_id == WHO[reach].account_id
    assert kept.place == reach.own
    entry = AuditEntry.objects.get(action="policy.set")
    assert (entry.actor_id, entry.object_kind, entry.object_id) == (kept.author_id, "policy_version", str(kept.pk))


def test_the_platforms_version_says_everything(db: None) -> None:
    assert faults(PLATFORM, CAPS)[0] == Fault("beat_ms", What.MISSING)
    assert put(PLATFORM, Draft(TimePolicy().to_values(), "测试")).valid_from == MORNING


@pytest.mark.clause("M3")
@pytest.mark.parametrize(
    ("reach", "viewer"),
    [
        (PLATFORM, OFFICIAL),
        (PLATFORM, Viewer(1, Role.SECURITY_ADMINISTRATOR)),
        (PROVINCE, OFFICIAL),
        (Reach("440103"), OFFICIAL),
        (Reach("4403"), OFFICIAL),
        (CITY, SYSTEM),
        (SCHOOL, OFFICIAL),
        (SCHOOL, Viewer(4, Role.HEAD_TEACHER, 7, "440103")),
        (Reach("440103", 8), SCHOOLS),
        (Reach("440103", 8, 6), SCHOOLS),
        (CLASS, Viewer(4, Role.LEARNER)),
    ],
)
def test_others_set_nothing(db: None, reach: Reach, viewer: Viewer) -> None:
    with pytest.raises(NotTheirsToSet):
        put(reach, Draft(CAPS, "测试"), viewer)
    assert not AuditEntry.objects.exists()


@pytest.mark.clause("M6")
def test_under_a_lock_nothing_looser_is_set(db: None) -> None:
    version(CITY, CAPS, MORNING, "day_cap_ms")
    looser = {"day_cap_ms": 241 * MINUTE_MS}
    assert faults(CLASS, looser) == [Fault("day_cap_ms", What.LOOSER, 240 * MINUTE_MS)]
    assert put(CLASS, Draft({"day_cap_ms": 240 * MINUTE_MS}, "测试")).pk
    assert put(SCHOOL, Draft({"day_cap_ms": 120 * MINUTE_MS, "class_day_cap_ms": 120 * MINUTE_MS}, "测试")).pk


@pytest.mark.clause("C5", "M6")
@pytest.mark.parametrize(
    ("reach", "name"),
    [(SCHOOL, "class_approval"), (SCHOOL, "class_licence"), (SCHOOL, "outside_checker"), (CLASS, "outside_checker")],
)
def test_no_institution_lets_itself_off_what_the_authority_asks_of_it(db: None, reach: Reach, name: str) -> None:
    version(CITY, {name: 1}, MORNING - timedelta(hours=1))
    assert faults(reach, {name: 0}) == [Fault(name, What.LOOSER, 1)]
    version(CITY, {name: 0}, MORNING)
    assert put(reach, Draft({name: 0}, "主管部门不要求")).values == {name: 0}


@pytest.mark.clause("C5", "M6")
def test_an_institution_may_ask_more_of_itself_and_what_it_said_before_the_authority_did_gives_way(db: None) -> None:
    version(CITY, {"class_approval": 0}, MORNING - timedelta(hours=3))
    put(SCHOOL, Draft({"class_approval": 1}, "自愿送审"))
    assert time_policy_for(SCHOOL, MORNING).policy.class_approval == 1
    other = Reach("440103", 8)
    version(other, {"class_approval": 0}, MORNING - timedelta(hours=2))
    assert time_policy_for(other, MORNING).policy.class_approval == 0
    version(CITY, {"class_approval": 1}, MORNING - timedelta(hours=1))
    assert time_policy_for(other, MORNING).policy.class_approval == 1


def test_a_draft_is_held_against_what_rules_when_it_begins(db: None) -> None:
    later = MORNING + timedelta(days=1)
    version(CITY, CAPS, later, "day_cap_ms")
    looser = {"day_cap_ms": 300 * MINUTE_MS, "class_day_cap_ms": 300 * MINUTE_MS}
    with pytest.raises(UnfitRules):
        put(SCHOOL, Draft(looser, "测试", begins_at=later))
    assert put(SCHOOL, Draft(looser, "测试")).pk


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"speed": 1}, Fault("speed", What.UNKNOWN)),
        ({"beat_ms": 20_000}, Fault("beat_ms", What.NOT_HERE)),
        ({"day_cap_ms": 1}, Fault("day_cap_ms", What.OUT_OF_RANGE)),
        ({"check_mean_ms": 1_500_001}, Fault("check_mean_ms", What.CONTRADICTS, 1_500_000, "check_most_ms")),
        ({"check_most_ms": 600_000}, Fault("check_most_ms", What.CONTRADICTS, 900_000, "check_mean_ms")),
        ({"check_least_ms": 900_001}, Fault("check_least_ms", What.CONTRADICTS, 675_000, "check_mean_ms")),
        ({"check_expiry_ms": 30_000}, Fault("check_expiry_ms", What.CONTRADICTS, 60_000, "check_answer_ms")),
        ({"class_day_cap_ms": 22_000_000}, Fault("class_day_cap_ms", What.CONTRADICTS, 21_600_000, "day_cap_ms")),
        ({"max_gap_ms": 35_999}, Fault("max_gap_ms", What.CONTRADICTS, 30_000, "beat_ms")),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(db: None, values: dict[str, int], fault: Fault) -> None:
    assert faults(CLASS, values) == [fault]
    assert not PolicyVersion.objects.filter(scope="training_class").exists()


def test_a_class_locks_nothing_and_nobody_locks_how_page_and_server_talk(db: None) -> None:
    assert faults(CLASS, {}, "day_cap_ms") == [Fault("day_cap_ms", What.NO_LOCK_HERE)]
    assert faults(SCHOOL, {}, "beat_ms") == [Fault("beat_ms", What.NO_LOCK_HERE)]
    assert faults(SCHOOL, {}, "speed") == [Fault("speed", What.UNKNOWN)]


def test_a_version_begins_now_or_later_alone_at_its_moment_and_with_a_reason(db: None) -> None:
    with pytest.raises(BeginsInThePast):
        put(CITY, Draft(CAPS, "测试", begins_at=MORNING - timedelta(microseconds=1)))
    with pytest.raises(WithoutReason):
        put(CITY, Draft(CAPS, "  "))
    put(CITY, Draft(CAPS, "测试"))
    with pytest.raises(MomentIsTaken):
        put(CITY, Draft({}, "测试"))
    assert put(CLASS, Draft({}, "测试")).pk


def test_only_a_class_has_rules_for_showing(db: None) -> None:
    assert put(CLASS, Draft({}, "演示", for_demonstration=True)).for_demonstration
    assert not put(SCHOOL, Draft({}, "演示", for_demonstration=True)).for_demonstration
