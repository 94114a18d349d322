"""Which versions of the time policy rule where and when."""

from datetime import UTC, datetime, timedelta

import pytest

from jiangxue.policies.models import PolicyVersion
from jiangxue.policies.queries import platform_time_policy, rule_book, time_policy_for
from jiangxue.policies.rules.reach import PLATFORM, Reach
from jiangxue.policies.rules.time_policy import MINUTE_MS, TimePolicy
from jiangxue.policies.services import set_class_time_policy
from tests.conftest import MORNING
from tests.factories.policies import version

PROVINCE, CITY, DISTRICT = Reach("44"), Reach("4401"), Reach("440103")
SCHOOL = Reach("440103", 7)
CLASS, OTHER_CLASS, ELSEWHERE = Reach("440103", 7, 5), Reach("440103", 7, 6), Reach("440305", 8, 9)
HOUR = timedelta(hours=1)


def cap(reach: Reach, minutes: int, valid_from: datetime, *locks: str) -> PolicyVersion:
    ms = minutes * MINUTE_MS
    return version(reach, {"day_cap_ms": ms, "class_day_cap_ms": ms}, valid_from, *locks)


def minutes_in(reach: Reach, at: datetime = MORNING) -> int:
    return time_policy_for(reach, at).policy.day_cap_ms // MINUTE_MS


def test_the_platforms_first_version_rules_from_the_beginning(db: None) -> None:
    """Eight class hours of 45 minutes."""
    assert minutes_in(CLASS) == platform_time_policy(MORNING).day_cap_ms // MINUTE_MS == 360
    assert time_policy_for(CLASS, MORNING).valid_until is None


def test_the_platforms_second_version_is_complete_and_adds_the_checks(db: None) -> None:
    first, second, *_later = PolicyVersion.objects.filter(scope="platform").order_by("valid_from")
    assert second.valid_from == datetime(2026, 1, 2, tzinfo=UTC)
    assert {name: second.values[name] for name in first.values} == first.values
    assert "随机打卡" in second.reason


def test_the_platforms_third_version_is_complete_and_adds_the_pace_of_documents(db: None) -> None:
    second, third = PolicyVersion.objects.filter(scope="platform").order_by("valid_from")[1:3]
    assert third.valid_from == datetime(2026, 1, 3, tzinfo=UTC)
    assert {name: third.values[name] for name in second.values} == second.values
    assert (third.values["page_ms"], third.values["idle_ask_ms"]) == (20_000, 300_000)
    assert "文档" in third.reason


def test_the_platforms_fourth_version_adds_the_lesson_tests(db: None) -> None:
    third, fourth = PolicyVersion.objects.filter(scope="platform").order_by("valid_from")[2:4]
    assert fourth.valid_from == datetime(2026, 1, 4, tzinfo=UTC)
    assert {name: fourth.values[name] for name in third.values} == third.values
    assert (fourth.values["test_pass_percent"], fourth.values["test_attempts_a_day"]) == (60, 3)
    assert "课节测验" in fourth.reason


def test_the_platforms_fifth_version_adds_faces_switched_off(db: None) -> None:
    fourth, fifth = PolicyVersion.objects.filter(scope="platform").order_by("valid_from")[3:5]
    assert {name: fifth.values[name] for name in fourth.values} == fourth.values
    assert fifth.values["face_checks"] == 0
    assert "人脸" in fifth.reason


def test_the_platforms_sixth_version_is_complete_and_adds_openings_the_authority_and_cases(db: None) -> None:
    fifth, sixth = PolicyVersion.objects.filter(scope="platform").order_by("valid_from")[4:6]
    assert sixth.values == TimePolicy().to_values()
    assert {name: sixth.values[name] for name in fifth.values} == fifth.values
    added = {name: sixth.values[name] for name in ("class_approval", "class_licence", "outside_checker")}
    assert added == {"class_approval": 1, "class_licence": 1, "outside_checker": 0}
    assert all(words in sixth.reason for words in ("开班", "办学许可", "主管部门复核", "核查单"))


@pytest.mark.clause("T2.5")
def test_the_narrowest_scope_that_says_otherwise_rules(db: None) -> None:
    told = []
    for minutes, reach in enumerate((PROVINCE, CITY, DISTRICT, SCHOOL, CLASS), start=100):
        cap(reach, minutes, MORNING)
        told.append(minutes_in(CLASS))
    assert told == [100, 101, 102, 103, 104]
    assert [minutes_in(reach) for reach in (OTHER_CLASS, ELSEWHERE, Reach("3201", 1, 1))] == [103, 100, 360]


@pytest.mark.clause("T2.5")
def test_a_change_by_the_province_reaches_every_class_that_says_nothing_else(db: None) -> None:
    version(CLASS, {"check_void_ms": 10 * MINUTE_MS}, MORNING)
    cap(PROVINCE, 240, MORNING + HOUR)
    policy = time_policy_for(CLASS, MORNING + HOUR).policy
    assert (policy.day_cap_ms, policy.check_void_ms) == (240 * MINUTE_MS, 10 * MINUTE_MS)


@pytest.mark.clause("M6")
def test_what_the_province_locks_later_tightens_classes_that_were_looser(db: None) -> None:
    cap(CLASS, 300, MORNING)
    cap(OTHER_CLASS, 120, MORNING)
    cap(PROVINCE, 240, MORNING + HOUR, "day_cap_ms")
    assert [minutes_in(CLASS, MORNING + HOUR), minutes_in(OTHER_CLASS, MORNING + HOUR)] == [240, 120]


def test_what_is_in_force_names_every_version_that_it_comes_from(db: None) -> None:
    province, own = cap(PROVINCE, 240, MORNING), cap(CLASS, 120, MORNING)
    in_force = time_policy_for(CLASS, MORNING)
    platform = PolicyVersion.objects.filter(scope="platform").latest("valid_from")
    assert in_force.version_ids == (platform.pk, province.pk, own.pk)
    assert time_policy_for(ELSEWHERE, MORNING).version_ids[-1] == province.pk


@pytest.mark.clause("T2.5")
def test_a_version_rules_from_its_first_instant_and_not_before(db: None) -> None:
    cap(CLASS, 120, MORNING)
    assert minutes_in(CLASS, MORNING - timedelta(microseconds=1)) == 360
    assert minutes_in(CLASS) == 120


def test_the_newest_version_that_has_begun_rules(db: None) -> None:
    cap(CLASS, 60, MORNING + HOUR)
    cap(CLASS, 120, MORNING)
    assert [minutes_in(CLASS), minutes_in(CLASS, MORNING + HOUR)] == [120, 60]


def test_a_newer_version_says_all_that_its_scope_sets_otherwise(db: None) -> None:
    """What the version before it set and this one does not, is inherited again."""
    cap(CLASS, 120, MORNING)
    version(CLASS, {"check_void_ms": 0}, MORNING + HOUR)
    assert minutes_in(CLASS, MORNING + HOUR) == 360


@pytest.mark.parametrize("reach", [PLATFORM, PROVINCE, CITY, DISTRICT, SCHOOL, CLASS])
def test_the_next_boundary_of_any_scope_ends_what_is_in_force(db: None, reach: Reach) -> None:
    """A session that is open at that instant is told to renew."""
    cap(CLASS, 60, MORNING + 3 * HOUR)
    cap(reach, 240, MORNING + HOUR)
    assert time_policy_for(CLASS, MORNING).valid_until == MORNING + HOUR
    assert time_policy_for(CLASS, MORNING + HOUR).valid_until == MORNING + 3 * HOUR


def test_what_others_decide_is_no_boundary(db: None) -> None:
    for reach in (OTHER_CLASS, Reach("440103", 8), Reach("440104"), Reach("4403"), Reach("32")):
        cap(reach, 240, MORNING + HOUR)
    assert time_policy_for(CLASS, MORNING).valid_until is None


def test_a_rule_book_tells_what_comes_and_what_was(db: None) -> None:
    first, second, later = cap(CITY, 240, MORNING), cap(CITY, 200, MORNING + HOUR), cap(CITY, 180, MORNING + 3 * HOUR)
    province = cap(PROVINCE, 300, MORNING + 2 * HOUR)
    book = rule_book(CITY, MORNING + HOUR)
    assert list(book.coming) == [province, later]
    assert list(book.history) == [later, second, first]
    assert book.layers[-1] == book.own == second
    assert [book.before(each) for each in (first, second, later, province)] == [None, first, second, None]
    assert book.layers[book.standings["day_cap_ms"].set_by] == second
    assert book.policy == time_policy_for(CITY, MORNING + HOUR).policy


def test_a_version_holds_only_what_it_sets_otherwise(db: None) -> None:
    own = set_class_time_policy(
        training_class_id=5, values={"day_cap_ms": 120_000}, valid_from=MORNING, author_id=None, reason="演示"
    )
    assert own.values == {"day_cap_ms": 120_000}


def test_rules_for_showing_say_so(db: None) -> None:
    assert not rule_book(CLASS, MORNING).for_demonstration
    set_class_time_policy(
        training_class_id=5,
        values={"beat_ms": 3_000},
        valid_from=MORNING,
        author_id=None,
        reason="演示",
        for_demonstration=True,
    )
    assert rule_book(CLASS, MORNING).for_demonstration
    assert not rule_book(OTHER_CLASS, MORNING).for_demonstration


def test_a_class_that_once_had_rules_for_showing_stays_marked(db: None) -> None:
    for days, for_demonstration in ((0, True), (1, False)):
        set_class_time_policy(
            training_class_id=5,
            values={},
            valid_from=MORNING + timedelta(days=days),
            author_id=None,
            reason="演示",
            for_demonstration=for_demonstration,
        )
    assert rule_book(CLASS, MORNING + timedelta(days=2)).for_demonstration
    assert not rule_book(CLASS, MORNING - timedelta(days=1)).for_demonstration


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
        set_class_time_policy(training_class_id=5, values=values, valid_from=MORNING, author_id=1, reason="测试")
    assert not PolicyVersion.objects.filter(scope="training_class").exists()
