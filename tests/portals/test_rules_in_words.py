"""What the pages of rules, the explanations and the refusals say of one rule is the same, and plain where rules leave nothing (T2.5, M6)."""

from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.courseware.rules.files import LessonKind
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import StudySession
from jiangxue.learning.rules.reasons import Reason
from jiangxue.learning.rules.shapes import Stretch
from jiangxue.policies.rules.reach import Reach
from jiangxue.policies.rules.time_policy import MINUTE_MS, TimePolicy
from jiangxue.portals.explaining import rule_sentence
from jiangxue.portals.rulebook.effects import effect
from tests.attacks.client import Page
from tests.attacks.transports import post_through
from tests.conftest import MORNING
from tests.factories.classes import Classroom
from tests.factories.policies import set_rule, version
from tests.portals.appealing import DAY, rows_of, text_of
from tests.portals.clients import client_of
from tests.portals.rule_forms import CAPS, administrator_of, class_rules, filled, posted, saved

CITY = Reach("4401")
EVENING, MORNING_MIN = 20 * 60, 8 * 60
NEVER = "从 20:00 开始，却在 08:00 已经结束"


@pytest.fixture
def administrator(room: Classroom, clock: HandClock) -> Client:
    return client_of(administrator_of(room, clock))


@pytest.mark.clause("T1.3", "T2.6")
def test_a_stretch_and_the_class_say_one_average_of_check_ins(
    room: Classroom, learner: Client, session: StudySession
) -> None:
    sentence = "平均每学 12 分钟打卡一次，最晚 25 分钟"
    assert sentence in text_of(learner, rows_of(text_of(learner, DAY))[0])
    assert sentence in text_of(learner, f"/learn/classes/{room.training_class.pk}/")


def test_a_lesson_to_read_and_its_class_say_what_a_page_counts(room: Classroom, learner: Client) -> None:
    set_rule(room, MORNING, page_ms=25_000)
    room.lesson.media.kind = LessonKind.DOCUMENT
    room.lesson.media.page_sizes = [[1600, 900]] * 3
    room.lesson.media.length_ms = 0
    room.lesson.media.save()
    page = text_of(learner, f"/learn/classes/{room.training_class.pk}/")
    assert "文档每页计 25 秒，之后可翻到下一页。" in page
    assert "读文档时 5 分钟没有翻页或点击" in page
    assert "每页计时 25 秒" in text_of(learner, f"/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/")


@pytest.mark.clause("T2.1", "M6")
def test_hours_of_two_scopes_that_do_not_meet_are_said_to_count_nothing(room: Classroom, learner: Client) -> None:
    version(CITY, {"hours_from_min": EVENING}, MORNING)
    set_rule(room, MORNING, hours_until_min=MORNING_MIN)
    page = text_of(learner, f"/learn/classes/{room.training_class.pk}/")
    assert f"可学时段{NEVER}：任何时间学习都不计入。" in page
    assert "20:00–08:00" not in page
    lesson = f"/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/open/"
    status, answer = Page(post_through(learner), lesson).open()
    assert status == 403
    assert answer["message"] == f"本班可学时段{NEVER}，任何时间学习都不计入。请联系班主任。"


@pytest.mark.clause("T2.1")
def test_hours_that_meet_are_said_as_they_are() -> None:
    policy = TimePolicy(hours_from_min=MORNING_MIN, hours_until_min=EVENING)
    refused = Stretch(0, 1_000, Reason.OUT_OF_HOURS)
    assert rule_sentence(refused, policy) == "本班可学时段为 08:00–20:00。"
    assert "08:00–20:00" in effect("hours_from_min", policy)
    none = TimePolicy(hours_from_min=EVENING, hours_until_min=MORNING_MIN)
    assert rule_sentence(refused, none) == f"本班可学时段{NEVER}，任何时间学习都不计入。"


@pytest.mark.clause("M6")
@pytest.mark.parametrize(
    ("above", "own", "sentence"),
    [
        ({"hours_from_min": EVENING}, {"hours_until_min": "08:00"}, "「可学时段结束」须晚于「可学时段开始」（20:00）"),
        (
            {"hours_until_min": MORNING_MIN},
            {"hours_from_min": "20:00"},
            "「可学时段开始」须早于「可学时段结束」（08:00）",
        ),
        (
            {},
            {"hours_from_min": "20:00", "hours_until_min": "20:00"},
            "「可学时段开始」须早于「可学时段结束」（20:00）",
        ),
    ],
    ids=["end", "beginning", "both"],
)
def test_a_draft_that_leaves_no_hours_is_refused_with_the_reason(
    administrator: Client, room: Classroom, above: dict[str, int], own: dict[str, str], sentence: str
) -> None:
    version(CITY, above, MORNING)
    page = posted(administrator, f"{class_rules(room)}new/", filled(own))
    assert f"{sentence}，否则任何时间学习都不计入。" in page


@pytest.mark.clause("M6")
def test_a_value_that_gave_way_is_said_to_be_set_by_whom_it_gave_way_to(
    administrator: Client, room: Classroom, clock: HandClock
) -> None:
    version(Reach("440104", room.institution.pk), {"class_day_cap_ms": 300 * MINUTE_MS}, MORNING)
    version(Reach("440104"), {"day_cap_ms": 240 * MINUTE_MS}, MORNING)
    rule = administrator.get(class_rules(room)).content.decode().split("单个班级每日上限")[1]
    assert "由地区 440104规定" in rule[: rule.index("可设")]
    assert "4 小时" in rule[: rule.index("可设")]


@pytest.mark.clause("T2.5", "M6")
def test_a_draft_is_compared_with_the_version_in_force_when_it_begins(administrator: Client, room: Classroom) -> None:
    """What rules today is new again after another version; what another version says by then is not."""
    address = f"{class_rules(room)}new/"
    saved(administrator, address, filled(CAPS))
    between = {"day_cap_ms": "120", "class_day_cap_ms": "120"}
    saved(administrator, address, filled(between, begins="later", begins_at="2026-11-25T08:00"))
    assert "完全一样" in posted(administrator, address, filled(CAPS, begins="later", begins_at="2026-11-25T07:00"))
    assert "完全一样" in posted(administrator, address, filled(between, begins="later", begins_at="2026-11-26T08:00"))
    again = saved(administrator, address, filled(CAPS, begins="later", begins_at="2026-11-26T08:00"))
    assert again.valid_from == MORNING + timedelta(days=1, hours=23)
