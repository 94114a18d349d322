"""Every minute explained, and appealed: the learner's pages (clauses T1.3, T2.1, M6)."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import Appeal, StudySession
from jiangxue.learning.services.sealing import seal_open
from tests.factories import people
from tests.factories.appeals import WORDS, appeal
from tests.factories.classes import Classroom, classroom
from tests.factories.learning import opened, watched
from tests.portals.appealing import DAY, new_url, picture, refused_url, rows_of
from tests.portals.clients import client_of, text_of


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=3_600_000)


@pytest.mark.clause("T1.3", "T2.1")
def test_every_row_and_every_piece_of_the_bar_lead_to_the_stretch(learner: Client, session: StudySession) -> None:
    page = text_of(learner, DAY)
    rows = rows_of(page)
    assert len(rows) == len(session.segments.get().stretches)
    assert set(re.findall(r'<a href="([^"]+)" tabindex="-1"><rect', page)) <= set(rows)
    for url in rows:
        text_of(learner, url)


@pytest.mark.clause("T1.3")
def test_credited_time_is_shown_as_confirmed_and_awaiting(learner: Client, session: StudySession) -> None:
    page = text_of(learner, DAY)
    assert re.search(r"已确认</dt><dd[^>]*>0 分<", page)
    assert re.search(r"待确认</dt><dd[^>]*>2 分 30 秒<", page)


@pytest.mark.clause("T1.3")
def test_a_stretch_says_what_happened_by_which_rule_and_what_to_do(
    room: Classroom, learner: Client, session: StudySession
) -> None:
    page = text_of(learner, refused_url(learner))
    for words in (
        "未计入 · 断线",
        "1 分",
        "超过 60 秒没有信号的部分不计入",
        "规则版本第",
        "平台规则",
        room.lesson.title,
        room.training_class.name,
        "电脑 · Chrome",
        "检查网络",
        "申诉",
    ):
        assert words in page


@pytest.mark.parametrize("end", ["0", "9" * 30])
def test_a_stretch_that_does_not_exist_is_not_found(learner: Client, session: StudySession, end: str) -> None:
    text_of(learner, f"{DAY}{session.pk.hex}/{end}/", 404)
    text_of(learner, f"{DAY}nonsense/{end}/", 404)
    text_of(learner, f"/learn/records/nonsense/{session.pk.hex}/{end}/", 404)


@pytest.mark.clause("M3")
def test_somebody_elses_stretch_is_not_found(learner: Client, session: StudySession, clock: HandClock) -> None:
    url, new = refused_url(learner), new_url(learner)
    stranger = client_of(people.account(now=clock.now()))
    text_of(stranger, url, 404)
    text_of(stranger, new, 404)
    assert stranger.post(new, {"text": WORDS}).status_code == 404


@pytest.mark.clause("M6")
def test_an_appeal_with_a_picture_is_handed_in_and_shown(learner: Client, session: StudySession) -> None:
    url = new_url(learner)
    assert "2026-11-27 周五" in text_of(learner, url)
    sent = SimpleUploadedFile("照片.txt", picture(), content_type="text/html")
    response = learner.post(url, {"text": WORDS, "picture": sent})
    found = Appeal.objects.get()
    assert response.url == f"/learn/appeals/{found.pk}/"
    page = text_of(learner, response.url)
    for words in (WORDS, "李** 提出申诉", "等班主任提出意见", "2026-11-27 周五", "断线"):
        assert words in page
    assert str(found.pk) in text_of(learner, "/learn/appeals/")
    assert str(found.pk) in text_of(learner, DAY)
    assert "查看这件申诉" in text_of(learner, refused_url(learner))


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "请写明情况"), ("太短了", "至少写 10 个字"), ("长" * 1001, "最多 1000 字"), (" " * 20, "请写明")],
)
def test_too_few_or_too_many_words_are_refused(learner: Client, session: StudySession, text: str, words: str) -> None:
    response = learner.post(new_url(learner), {"text": text})
    assert response.status_code == 400
    assert words in response.content.decode()
    assert not Appeal.objects.exists()


def test_a_file_that_is_no_picture_is_refused_and_the_words_stay(learner: Client, session: StudySession) -> None:
    sent = SimpleUploadedFile("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", content_type="image/png")
    response = learner.post(new_url(learner), {"text": WORDS, "picture": sent})
    assert response.status_code == 400
    page = response.content.decode()
    assert "无法作为图片读取" in page
    assert WORDS in page
    assert not Appeal.objects.exists()


def test_an_empty_file_and_one_that_is_too_large_are_refused(learner: Client, session: StudySession) -> None:
    for content, words in ((b"", "文件是空的"), (b"x" * (8 * 1024 * 1024 + 1), "不能超过 8 MB")):
        sent = SimpleUploadedFile("a.png", content, content_type="image/png")
        response = learner.post(new_url(learner), {"text": WORDS, "picture": sent})
        assert response.status_code == 400
        assert words in response.content.decode()
        assert WORDS in response.content.decode()


def test_a_second_appeal_of_the_stretch_is_refused(learner: Client, session: StudySession) -> None:
    url = new_url(learner)
    learner.post(url, {"text": WORDS})
    response = learner.post(url, {"text": WORDS})
    assert response.status_code == 409
    assert "您已经申诉过" in response.content.decode()
    assert learner.get(url).status_code == 302
    assert Appeal.objects.count() == 1


def test_credited_time_offers_no_appeal_and_refuses_one(learner: Client, session: StudySession) -> None:
    url = rows_of(text_of(learner, DAY))[0]
    assert "提交申诉" not in text_of(learner, url)
    new = url.replace("/learn/records/", "/learn/appeals/new/")
    assert learner.get(new).url == url
    response = learner.post(new, {"text": WORDS})
    assert response.status_code == 409
    assert "已计入" in response.content.decode()


def test_a_running_session_is_appealed_after_it_has_ended(room: Classroom, learner: Client, clock: HandClock) -> None:
    running = opened(room, clock)
    watched(running, clock, 1, gap_ms=120_000)
    watched(running, clock, 10)
    seal_open(clock=clock)
    page = text_of(learner, refused_url(learner))
    assert "本次学习签退后可以申诉" in page
    response = learner.post(new_url(learner), {"text": WORDS})
    assert response.status_code == 409
    assert "签退后申诉" in response.content.decode()


def test_a_twenty_first_open_appeal_is_refused(learner: Client, session: StudySession, clock: HandClock) -> None:
    for n in range(20):
        appeal(session, clock.now(), start_ms=n, end_ms=n + 1)
    response = learner.post(new_url(learner), {"text": WORDS})
    assert response.status_code == 409
    assert "已有 20 件申诉" in response.content.decode()
