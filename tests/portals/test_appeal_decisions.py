"""The two persons who decide about an appeal, and what everybody sees of it (clauses T1.3, M6)."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiangxue.accounts.models import Account, Membership
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.learning.models import AppealPicture, Correction, StudySession
from tests.factories import people
from tests.factories.appeals import WORDS, administrator, appeal, appealed, corrected, proposed, reviewed
from tests.factories.classes import Classroom, classroom
from tests.portals.appealing import DAY, new_url, picture, rows_of
from tests.portals.clients import client_of, main_in, supervisor, text_of


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=3_600_000)


@pytest.mark.clause("M6")
def test_the_head_teacher_proposes_and_a_second_person_approves(
    room: Classroom, learner: Client, clock: HandClock, head: Client, second: Client
) -> None:
    found = appealed(room, clock)
    at = f"/institution/appeals/{found.pk}/"
    assert "申诉" in text_of(head, "/institution/classes/")
    assert '<span class="nav-count">(1)</span>' in text_of(head, "/institution/classes/")
    assert str(found.pk) in text_of(head, "/institution/appeals/")
    page = text_of(head, at)
    for words in (WORDS, "超过 60 秒没有信号的部分不计入", "交复核人复核", 'name="minutes" value="1"'):
        assert words in page
    assert room.learner.name not in page
    said = {"after": 0, "result": "corrected", "minutes": 1, "seconds": 0, "text": "已核对网络记录。"}
    assert head.post(f"{at}propose/", said).url == at
    assert "<textarea" not in text_of(head, at)
    assert "复核通过" in text_of(second, at)
    assert second.post(f"{at}review/", {"after": 1, "decision": "approve"}).url == at
    for client, address in ((learner, f"/learn/appeals/{found.pk}/"), (head, at), (second, at)):
        page = text_of(client, address)
        for words in ("王** 提出意见", "赵** 复核通过", "人工更正 +1 分", "已核对网络记录。"):
            assert words in page
    assert Correction.objects.get().ms == 60_000


@pytest.mark.clause("T1.3")
def test_what_was_given_back_stands_apart_everywhere(room: Classroom, learner: Client, clock: HandClock) -> None:
    corrected(room, clock)
    day = text_of(learner, DAY)
    assert re.search(r"人工更正</dt><dd[^>]*>\+1 分<", day)
    assert 'fill="url(#rules)"' in day
    assert "<li>人工更正 · 1 分</li>" in day
    assert re.search(r"未计入</dt><dd[^>]*>1 分<", day)
    assert re.search(r"计入</dt><dd[^>]*><strong>2 分 30 秒<", day)
    assert "人工更正 +1 分" in text_of(learner, "/learn/records/")
    given = next(url for url in rows_of(day) if "原判定" in text_of(learner, url))
    assert "断线" in text_of(learner, given)
    page = text_of(client_of(room.head_teacher), f"/institution/classes/{room.training_class.pk}/")
    assert "人工更正超过计入时长的 5%" in page
    official = text_of(supervisor("4401", clock), f"/region/classes/{room.training_class.pk}/")
    assert re.search(r"人工更正</dt><dd[^>]*>\+1 分<", official)
    day_url = f"/institution/classes/{room.training_class.pk}/days/{room.enrolment.pk}/2026-11-24/"
    staff = text_of(client_of(room.head_teacher), day_url)
    assert len(re.findall(r"人工更正</dt><dd[^>]*>\+1 分<", staff)) == 2


@pytest.mark.clause("M6")
def test_the_same_person_is_refused_in_another_role_too(room: Classroom, clock: HandClock) -> None:
    found = appealed(room, clock)
    proposed(room, clock, found.pk, 60_000)
    role = Membership.objects.create(
        account=room.head_teacher, role=Role.INSTITUTION_ADMINISTRATOR, organisation=room.institution
    )
    client = client_of(room.head_teacher)
    chosen = client.session
    chosen["membership"] = role.pk
    chosen.save()
    page = text_of(client, f"/institution/appeals/{found.pk}/")
    assert "须由另一人复核" in page
    assert 'value="approve"' not in page
    response = client.post(f"/institution/appeals/{found.pk}/review/", {"after": 1, "decision": "approve"})
    assert response.status_code == 403
    assert "须由另一人复核" in response.content.decode()
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"result": "corrected", "minutes": 2, "seconds": 0}, "最多补回未计入的全部时间"),
        ({"result": "corrected", "minutes": 0, "seconds": 0}, "至少补回 1 秒"),
        ({"result": "corrected", "minutes": 1, "seconds": 0, "text": ""}, "请写明理由"),
        ({"result": "upheld", "text": "不"}, "理由至少 4 个字"),
        ({}, "请选择其中一项"),
    ],
)
def test_an_incomplete_proposal_is_refused(
    room: Classroom, clock: HandClock, head: Client, said: dict[str, object], words: str
) -> None:
    found = appealed(room, clock)
    response = head.post(f"/institution/appeals/{found.pk}/propose/", {"after": 0, "text": "已核对网络记录。", **said})
    assert response.status_code == 400
    assert words in response.content.decode()


def test_sending_back_needs_a_reason_and_leads_to_a_new_proposal(
    room: Classroom, clock: HandClock, head: Client, second: Client
) -> None:
    found = appealed(room, clock)
    proposed(room, clock, found.pk, None)
    at = f"/institution/appeals/{found.pk}/"
    assert "请写明退回的理由" in second.post(f"{at}review/", {"after": 1, "decision": "send_back"}).content.decode()
    assert second.post(f"{at}review/", {"after": 1, "decision": "send_back", "text": "请附网络记录"}).status_code == 302
    page = text_of(head, at)
    assert "请附网络记录" in page
    assert "交复核人复核" in page


def test_steps_of_other_roles_and_of_older_pages_are_refused(
    room: Classroom, clock: HandClock, head: Client, second: Client, learner: Client
) -> None:
    found = appealed(room, clock)
    at = f"/institution/appeals/{found.pk}/"
    said = {"after": 0, "result": "upheld", "text": "已核对网络记录。"}
    assert second.post(f"{at}propose/", said).status_code == 403
    assert learner.post(f"{at}propose/", said).status_code == 403
    assert head.post(f"{at}propose/", said).status_code == 302
    late = head.post(f"{at}propose/", said)
    assert late.status_code == 409
    assert "申诉有了新进展" in late.content.decode()
    assert head.post(f"{at}review/", {"after": 1, "decision": "approve"}).status_code == 403


def test_a_word_that_others_have_overtaken_stays_and_can_be_sent_again_from_the_page_that_says_so(
    room: Classroom, clock: HandClock, second: Client
) -> None:
    found = appealed(room, clock)
    proposed(room, clock, found.pk, None)
    other = people.account((Role.INSTITUTION_ADMINISTRATOR, room.institution.pk), now=clock.now())
    reviewed(people.viewer(other), clock, found.pk, approves=False)
    proposed(room, clock, found.pk, None, after=2)
    at, word = f"/institution/appeals/{found.pk}/", "请附网络记录"
    late = second.post(f"{at}review/", {"after": 1, "decision": "send_back", "text": word})
    assert late.status_code == 409
    page = main_in(late.content.decode())
    assert word in page
    assert '<input type="hidden" name="after" value="3"' in page
    again = second.post(f"{at}review/", {"after": 3, "decision": "send_back", "text": word})
    assert again.status_code == 302


@pytest.mark.clause("M3", "C5")
def test_appeals_of_others_are_not_found(room: Classroom, clock: HandClock) -> None:
    found = appealed(room, clock)
    at = f"/institution/appeals/{found.pk}/"
    elsewhere = classroom(clock.now(), region="440305")
    colleague = people.account((Role.HEAD_TEACHER, room.institution.pk), now=clock.now())
    for account in (colleague, elsewhere.head_teacher, administrator(elsewhere, clock)):
        client = client_of(account)
        assert str(found.pk) not in text_of(client, "/institution/appeals/")
        for address in (at, f"{at}picture/"):
            text_of(client, address, 404)
        said = {"after": 0, "result": "upheld", "text": "已核对网络记录。"}
        assert client.post(f"{at}propose/", said).status_code == 404
        assert client.post(f"{at}review/", {"after": 0, "decision": "approve"}).status_code == 404
    text_of(client_of(elsewhere.learner), f"/learn/appeals/{found.pk}/", 404)
    for role in (Role.TEACHER, Role.COURSE_EDITOR):
        text_of(client_of(people.account((role, room.institution.pk), now=clock.now())), at, 403)
    text_of(supervisor("4401", clock), at, 403)


@pytest.mark.clause("M2")
def test_the_picture_is_sent_as_webp_alone_and_to_those_whom_it_concerns(
    learner: Client, session: StudySession, clock: HandClock, head: Client, second: Client
) -> None:
    sent = SimpleUploadedFile("a.png", picture(), content_type="image/png")
    learner.post(new_url(learner), {"text": WORDS, "picture": sent})
    kept = AppealPicture.objects.get()
    assert f"/learn/appeals/{kept.appeal_id}/picture/" in text_of(learner, f"/learn/appeals/{kept.appeal_id}/")
    for client, portal in ((learner, "learn"), (head, "institution"), (second, "institution")):
        response = client.get(f"/{portal}/appeals/{kept.appeal_id}/picture/")
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "image/webp"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.content[8:12] == b"WEBP"
    stranger: Account = people.account(now=clock.now())
    text_of(client_of(stranger), f"/learn/appeals/{kept.appeal_id}/picture/", 404)


def test_an_overdue_appeal_is_marked_and_the_list_is_filtered(room: Classroom, clock: HandClock, head: Client) -> None:
    found = appealed(room, clock)
    assert "2026-11-27 周五前答复" in text_of(head, "/institution/appeals/")
    clock.at += timedelta(days=4)
    assert "已逾期" in text_of(head, "/institution/appeals/")
    assert "已逾期" in text_of(head, f"/institution/appeals/{found.pk}/")
    assert str(found.pk) in text_of(head, "/institution/appeals/?state=to_propose")
    assert "没有这种状态的申诉" in text_of(head, "/institution/appeals/?state=settled")
    assert str(found.pk) in text_of(head, "/institution/appeals/?state=nonsense")


@pytest.mark.clause("M6")
def test_appeals_that_wait_are_listed_by_the_day_they_are_due_all_others_newest_first(
    session: StudySession, clock: HandClock, head: Client
) -> None:
    due = (date(2026, 11, 30), date(2026, 11, 27), date(2026, 11, 28))
    found = [
        appeal(session, clock.now() + timedelta(minutes=n), start_ms=n, end_ms=n + 1, due_on=due_on)
        for n, due_on in enumerate(due)
    ]

    def listed(asked: str) -> list[int]:
        page = text_of(head, f"/institution/appeals/{asked}")
        return sorted(range(3), key=lambda n: page.index(str(found[n].pk)))

    assert listed("?state=to_propose") == [1, 2, 0]
    assert listed("") == [2, 1, 0]


def test_lists_without_appeals_say_what_to_do(room: Classroom, learner: Client, head: Client) -> None:
    assert "您还没有申诉" in text_of(learner, "/learn/appeals/")
    assert "没有申诉" in text_of(head, "/institution/appeals/")


@pytest.mark.clause("C5")
def test_a_supervisor_sees_the_appeals_of_the_region_and_decides_nothing(
    room: Classroom, clock: HandClock, second: Client
) -> None:
    found = corrected(room, clock)
    official, elsewhere = supervisor("4401", clock), supervisor("4403", clock)
    page = text_of(official, "/region/appeals/")
    assert f"/region/appeals/{found.pk}/" in page
    assert room.institution.name in page
    page = text_of(official, f"/region/appeals/{found.pk}/")
    for words in (WORDS, "王** 提出意见", "赵** 复核通过", "人工更正 +1 分"):
        assert words in page
    assert "<textarea" not in page
    assert "没有申诉" in text_of(elsewhere, "/region/appeals/")
    text_of(elsewhere, f"/region/appeals/{found.pk}/", 404)
    text_of(second, f"/region/appeals/{found.pk}/", 403)
