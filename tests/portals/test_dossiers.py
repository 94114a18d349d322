"""An archive reads like a dossier, on the page, day by day, record by record, and on paper (clauses T8.1, T1.3)."""

import io
from collections.abc import Iterator
from datetime import date

import pypdfium2
import pytest
from django.test import Client

from jiangxue.audit.models import AuditEntry
from jiangxue.enrolment.models import Enrolment
from jiangxue.kernel.clock import HandClock
from jiangxue.ledger.services import append
from jiangxue.rating.rules.drafts import Standing
from tests.factories.lives import Life, life, whole_life
from tests.factories.ratings import finished, rated
from tests.factories.words import word_list
from tests.portals.clients import client_of, main_of, text_of
from tests.worlds import Worlds


@pytest.fixture
def whole(worlds: Worlds, clock: HandClock) -> Iterator[Life]:
    """Return a life in which everything happened."""
    with worlds.rolled_back(whole_life, clock) as lived:
        yield lived


def own(lived: Life) -> tuple[Client, str]:
    return client_of(lived.room.learner), f"/learn/classes/{lived.room.training_class.pk}/archive/"


def of_staff(lived: Life) -> tuple[Client, str]:
    place = f"/institution/classes/{lived.room.training_class.pk}/archives/{lived.room.enrolment.pk}/"
    return client_of(lived.room.head_teacher), place


def paper(client: Client, page: str) -> str:
    answer = client.post(f"{page}paper/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    pages = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    return "".join(sheet.get_textpage().get_text_bounded() for sheet in pages).replace("\r\n", "").replace(" ", "")


@pytest.mark.clause("T8.1", "T1.3")
def test_page_and_paper_say_all_that_happened(whole: Life) -> None:
    client, page = own(whole)
    said, printed = main_of(client, page), paper(client, page)
    for words in (whole.room.learner.name, whole.room.training_class.name, "居民身份证", "低压电工安全", "第 1 课"):
        assert words in said
        assert words.replace(" ", "") in printed
    for words in (
        "学时结算",
        "1.33",
        "申诉与人工更正",
        "网络断了两分钟",
        "已核对网络记录",
        "课节测验",
        "因课程下架作废",
        "讲得太快",
    ):
        assert words in said, words
        assert words in printed, words
    assert "逐条查看" in said
    assert AuditEntry.objects.filter(action="archive.printed").count() == 1


@pytest.mark.clause("T8.1")
def test_a_day_of_the_archive_has_its_sessions_stretches_and_check_ins(db: None, clock: HandClock) -> None:
    lived = life(clock)
    lived.learn(answers=True)
    client, page = own(lived)
    said = main_of(client, f"{page}days/2026-11-24/")
    assert "第 1 课" in said
    assert "电脑 · Chrome" in said
    assert "已确认" in said
    assert "通过" in said
    for day in ("2026-11-23", "nonsense", "2026-11-24x"):
        text_of(client, f"{page}days/{day}/", 404)


@pytest.mark.clause("T8.1", "T8.2")
def test_every_record_can_be_read_as_it_was_sealed(db: None, clock: HandClock) -> None:
    lived = life(clock)
    lived.learn(answers=True)
    append(lived.room.enrolment.aid, "of.another.program", {"note": "以后的内容"}, at=clock.now())
    client, page = own(lived)
    said = main_of(client, f"{page}records/")
    for words in (
        "登记学员、班级和课程",
        "开始学习（签到）",
        "学习时长存证",
        "of.another.program",
        "以后的内容",
        "待封存",
    ):
        assert words in said, words
    only = main_of(client, f"{page}records/?kind=check.settled")
    assert "随机打卡有结果" in only
    assert "以后的内容" not in only
    assert "另有 1 条是本程序不认识的格式" in main_of(client, page)


@pytest.mark.clause("M2")
def test_staff_see_names_masked_on_page_and_paper(db: None, clock: HandClock) -> None:
    lived = life(clock)
    client, page = of_staff(lived)
    name = lived.room.learner.name
    for said in (main_of(client, page), main_of(client, f"{page}records/"), paper(client, page)):
        assert name not in said


@pytest.mark.clause("M6")
def test_a_comment_that_is_held_or_hidden_is_quoted_to_its_author_alone(db: None, clock: HandClock) -> None:
    lived = life(clock)
    finished(lived.room.enrolment, clock.now())
    word_list(clock.now())
    assert rated(lived.room.enrolment, clock.now(), 1, "讲得差，加微信").standing == Standing.HELD
    for client, page, is_quoted in ((*own(lived), True), (*of_staff(lived), False)):
        for said in (main_of(client, page), main_of(client, f"{page}records/"), paper(client, page)):
            assert ("讲得差" in said) is is_quoted


def test_who_left_the_class_still_has_the_archive(db: None, clock: HandClock) -> None:
    lived = life(clock)
    lived.learn(answers=True)
    Enrolment.objects.update(left_at=clock.now())
    client, page = own(lived)
    assert "电子档案" in main_of(client, page)
    text_of(client, f"/learn/classes/{lived.room.training_class.pk}/", 404)


def test_an_archive_in_which_nothing_happened_yet_says_so(db: None, clock: HandClock) -> None:
    lived = life(clock)
    client, page = own(lived)
    said = main_of(client, page)
    assert "还没有学习记录" in said
    assert "尚未结算" in said
    assert "还没有学习记录" in paper(client, page)


def test_titles_and_words_of_others_stay_words(db: None, clock: HandClock) -> None:
    lived = life(clock)
    hostile = "<script>alert(1)</script> #sys.inputs $x$ [e]"
    clock.advance(1)
    append(lived.room.enrolment.aid, "enrolment.described", _described(hostile), at=clock.now())
    client, page = own(lived)
    assert "<script>alert" not in main_of(client, page)
    assert "#sys.inputs" in paper(client, page)


def _described(title: str) -> dict:
    today = date(2026, 11, 24).isoformat()
    return {
        "learner": {"account": 1, "name": title, "id_type": "resident", "masked_number": ""},
        "class": {"id": 1, "code": title, "name": title, "opens_on": today, "closes_on": today},
        "institution": {"id": 1, "name": title},
        "course": {
            "version": 1, "serial": 1, "sha256": "0" * 64, "title": title, "occupation": [], "level": "",
            "special_ability": "", "project_type": "", "hours": {"online": 0, "live": 0, "practice": 0},
        },
        "outline": [{"title": title, "lessons": []}],
    }  # fmt: skip
