"""A roster sent as a file: everything in it is seen before anything is saved (clauses C3, C5; decision 0036)."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiangxue.accounts.queries import account_by_identifier
from jiangxue.audit.models import AuditEntry
from jiangxue.enrolment.jobs import take_in_roster
from jiangxue.enrolment.models import ClassOpening, Enrolment, RosterEntry, RosterFile
from jiangxue.enrolment.rules.openings import OpeningState
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.rosters import HEADER, messy_workbook, opening, person_row, plain_csv, workbook
from tests.portals.clients import client_of, main_in, main_of, supervisor

ROWS = [HEADER, *(person_row(serial) for serial in range(1, 4))]
MENDED = re.compile(r'name="mark" value="([0-9a-f]{64})"')


@pytest.fixture
def applied(room: Classroom, clock: HandClock) -> ClassOpening:
    """Return an application of the room's head teacher."""
    return opening(room.institution, room.head_teacher, clock.now())


@pytest.fixture
def address(applied: ClassOpening) -> str:
    return f"/institution/openings/{applied.pk}/roster-file/"


@pytest.fixture
def in_class(room: Classroom) -> str:
    return f"/institution/classes/{room.training_class.pk}/roster-file/"


def sent(client: Client, address: str, content: bytes, name: str = "名册.xlsx", status: int = 200) -> str:
    """Send a file and return the page that it leads to."""
    response = client.post(address, {"roster": SimpleUploadedFile(name, content)}, follow=True)
    assert response.status_code == status
    return main_in(response.content.decode())


def confirmed(client: Client, address: str, page: str) -> str:
    """Confirm what a page shows and return the page that this leads to."""
    found = MENDED.search(page)
    assert found is not None
    response = client.post(f"{address}preview/", {"step": "confirm", "mark": found[1]}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.clause("C3")
def test_a_roster_is_seen_and_then_saved(head: Client, address: str, applied: ClassOpening) -> None:
    page = sent(head, address, workbook({"名册": ROWS}))
    assert "核对名册" in page
    assert "确认，保存 3 人到名册" in page
    assert RosterEntry.objects.count() == 0
    assert "名册已保存：新增 3 人，修改 0 人，不变 0 人。" in confirmed(head, address, page)
    assert [each.name for each in applied.roster.order_by("pk")] == [row[0] for row in ROWS[1:]]
    assert not RosterFile.objects.exists()
    assert account_by_identifier(ROWS[1][1]) is None
    acts = set(AuditEntry.objects.filter(object_kind="opening").values_list("action", flat=True))
    assert acts == {"roster.sent", "roster.taken_in"}


@pytest.mark.clause("C3")
def test_a_messy_roster_is_understood_and_every_error_is_said_in_words(head: Client, address: str) -> None:
    page = sent(head, address, messy_workbook())
    assert "确认，保存 2 人到名册" in page
    assert "有 2 行需修改，本次先不导入" in page
    assert "末几位已经丢失，无法还原" in page
    assert "没有这种人员类别" in page
    whole = main_of(head, f"{address}preview/?show=all")
    assert "没有手机号" in whole
    assert person_row(1)[1] not in whole
    assert person_row(9)[0] not in whole


def test_the_same_file_twice_changes_nothing_and_a_changed_row_updates(
    head: Client, address: str, applied: ClassOpening
) -> None:
    confirmed(head, address, sent(head, address, plain_csv(ROWS)))
    keys = set(applied.roster.values_list("pk", flat=True))
    assert "文件中的人都已在名册上，内容一致" in sent(head, address, plain_csv(ROWS, "gb18030"), "名册.csv")
    changed = [HEADER, (ROWS[1][0], ROWS[1][1], "13700000009")]
    page = sent(head, address, plain_csv(changed))
    assert "名册上另有 2 人不在这个文件里，会保留" in page
    assert "手机号" in page
    confirmed(head, address, page)
    assert set(applied.roster.values_list("pk", flat=True)) == keys


@pytest.mark.clause("C3")
def test_confirming_for_an_open_class_makes_learners_of_people(room: Classroom, head: Client, in_class: str) -> None:
    page = sent(head, in_class, plain_csv(ROWS))
    assert "确认，把 3 人登记进班级" in page
    assert "正在导入名册" in confirmed(head, in_class, page)
    assert room.training_class.enrolments.count() == 1
    take_in_roster(file_id=str(RosterFile.objects.get().pk))
    assert room.training_class.enrolments.count() == 4
    assert "新增 3 人，修改 0 人，不变 0 人" in main_of(head, in_class)
    again = sent(head, in_class, plain_csv(ROWS))
    assert "文件中的人都已在名册上，内容一致" in again
    assert "名册上另有 1 人不在这个文件里" in again
    learner = account_by_identifier(ROWS[1][1])
    assert learner is not None
    assert not learner.has_usable_password()


def test_where_the_header_is_not_understood_columns_are_chosen_by_hand(
    head: Client, address: str, applied: ClassOpening
) -> None:
    rows = [("甲", "乙", "丙"), *((row[2], row[0], row[1]) for row in ROWS[1:])]
    page = sent(head, address, plain_csv(rows))
    assert "没能识别姓名和证件号码在哪一列" in page
    twice = {"step": "columns", "header_at": "1", "name": "1", "id_number": "1"}
    answer = head.post(f"{address}preview/", twice)
    assert answer.status_code == 400
    assert "这一列已选作别的内容。" in answer.content.decode()
    wanted = {"step": "columns", "header_at": "1", "name": "1", "id_number": "2", "phone": "0"}
    page = main_in(head.post(f"{address}preview/", wanted, follow=True).content.decode())
    confirmed(head, address, page)
    assert applied.roster.count() == 3


def test_another_sheet_is_chosen(head: Client, address: str) -> None:
    page = sent(
        head, address, workbook({"甲班": ROWS[:2], "乙班": [HEADER, person_row(7), person_row(8), person_row(9)]})
    )
    assert "确认，保存 1 人到名册" in page
    page = main_in(head.post(f"{address}preview/", {"step": "sheet", "sheet": "1"}, follow=True).content.decode())
    assert "确认，保存 3 人到名册" in page
    assert head.post(f"{address}preview/", {"step": "sheet", "sheet": "7"}).status_code == 400


def test_nothing_is_confirmed_that_was_not_shown(room: Classroom, head: Client, address: str, clock: HandClock) -> None:
    page = sent(head, address, plain_csv(ROWS))
    forged = head.post(f"{address}preview/", {"step": "confirm", "mark": "0" * 64})
    assert forged.status_code == 409
    other = client_of(people.account((Role.INSTITUTION_ADMINISTRATOR, room.institution.pk), now=clock.now()))
    confirmed(other, address, sent(other, address, plain_csv(ROWS[:3])))
    found = MENDED.search(page)
    assert found is not None
    stale = head.post(f"{address}preview/", {"step": "confirm", "mark": found[1]})
    assert stale.status_code == 409
    assert "在此期间有变化，所以没有保存" in stale.content.decode()
    assert RosterEntry.objects.count() == 2


def test_a_second_confirmation_of_the_same_page_is_told_that_it_is_done(head: Client, address: str) -> None:
    page = sent(head, address, plain_csv(ROWS))
    confirmed(head, address, page)
    found = MENDED.search(page)
    assert found is not None
    again = head.post(f"{address}preview/", {"step": "confirm", "mark": found[1]})
    assert again.status_code == 409
    assert "已被导入、移除，或被另一个文件取代" in again.content.decode()


def test_a_file_is_given_up(head: Client, address: str) -> None:
    sent(head, address, plain_csv(ROWS))
    page = head.post(f"{address}preview/", {"step": "give_up"}, follow=True).content.decode()
    assert "文件已移除，名册没有变化。" in page
    assert not RosterFile.objects.exists()
    assert head.get(f"{address}preview/").status_code == 302
    assert head.get(f"{address}marked/").status_code == 302


@pytest.mark.clause("C5")
@pytest.mark.parametrize("page", ["", "preview/", "state/", "marked/", "template/"])
def test_nobody_else_comes_near_a_roster(room: Classroom, applied: ClassOpening, clock: HandClock, page: str) -> None:
    elsewhere = classroom(clock.now(), region="440111")
    now, own = clock.now(), room.institution.pk
    strangers = [
        client_of(elsewhere.head_teacher),
        client_of(people.account((Role.INSTITUTION_ADMINISTRATOR, elsewhere.institution.pk), now=now)),
        client_of(people.account((Role.HEAD_TEACHER, own), now=now)),
        client_of(people.account((Role.TEACHER, own), now=now)),
        client_of(people.account((Role.COURSE_EDITOR, own), now=now)),
        client_of(room.learner),
        supervisor("4401", clock),
    ]
    for stranger in strangers:
        for place in (f"openings/{applied.pk}", f"classes/{room.training_class.pk}"):
            assert stranger.get(f"/institution/{place}/roster-file/{page}").status_code in (403, 404)
            assert stranger.post(f"/institution/{place}/roster-file/{page}").status_code in (403, 404, 405)
    assert Client().get(f"/institution/openings/{applied.pk}/roster-file/{page}").status_code == 302


def test_what_one_has_sent_another_does_not_see(room: Classroom, head: Client, address: str, clock: HandClock) -> None:
    sent(head, address, plain_csv(ROWS))
    other = client_of(people.account((Role.INSTITUTION_ADMINISTRATOR, room.institution.pk), now=clock.now()))
    assert other.get(f"{address}preview/").status_code == 302
    assert other.get(f"{address}marked/").status_code == 302
    assert other.post(f"{address}preview/", {"step": "give_up"}).status_code == 409
    assert RosterFile.objects.count() == 1


@pytest.mark.parametrize("state", [OpeningState.SUBMITTED, OpeningState.APPROVED, OpeningState.WITHDRAWN])
def test_an_application_that_was_handed_in_takes_no_roster(
    head: Client, address: str, applied: ClassOpening, state: OpeningState
) -> None:
    page = sent(head, address, plain_csv(ROWS))
    found = MENDED.search(page)
    assert found is not None
    ClassOpening.objects.filter(pk=applied.pk).update(state=state.value)
    assert head.get(address).status_code == 404
    assert head.post(f"{address}preview/", {"step": "confirm", "mark": found[1]}).status_code == 404
    assert not RosterEntry.objects.exists()


def test_a_lost_role_loses_the_file(room: Classroom, head: Client, address: str) -> None:
    sent(head, address, plain_csv(ROWS))
    room.head_teacher.memberships.all().delete()
    assert head.get(f"{address}preview/").status_code == 403


def test_a_class_that_is_over_takes_nobody(room: Classroom, head: Client, in_class: str, clock: HandClock) -> None:
    room.training_class.closed_at = clock.now()
    room.training_class.save()
    assert head.get(in_class).status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件里没有内容"),
        (b"%PDF-1.7", "这不是表格文件"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "这其实是一个网页"),
        (b"PK\x03\x04 cut off", "文件无法读取"),
        (b"x" * (8 * 1024 * 1024 + 1), "文件超过 8 MB"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_in_words(head: Client, address: str, content: bytes, said: str) -> None:
    page = sent(head, address, content, "名册.xlsx", status=400)
    assert said in page
    assert not RosterFile.objects.exists()


def test_a_page_without_a_file_says_so(head: Client, address: str) -> None:
    assert "请先选择文件。" in main_in(head.post(address).content.decode())


def test_people_in_the_class_are_shown_where_to_send_a_roster(room: Classroom, head: Client, in_class: str) -> None:
    assert f'href="{in_class}"' in main_of(head, f"/institution/classes/{room.training_class.pk}/")
    assert Enrolment.objects.count() == 1
