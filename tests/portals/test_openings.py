"""The pages on which an institution applies for a class and its supervisor decides: what they show, keep and refuse."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.enrolment.models import ClassOpening, RosterEntry
from jiangxue.enrolment.queries.openings import last_handed_in
from jiangxue.enrolment.rules.openings import OpeningState
from jiangxue.kernel.clock import HandClock, learning_day
from tests.factories import people
from tests.factories.openings import Office, approved, complete, office_by, open_now, sha256_now, started, submitted
from tests.portals.clients import client_of, main_in, main_of, supervisor
from tests.worlds import Worlds

LIST = "/institution/openings/"


@pytest.fixture
def of(worlds: Worlds, clock: HandClock) -> Iterator[Office]:
    with worlds.rolled_back(office_by, clock) as made:
        yield made


@pytest.fixture
def head(of: Office) -> Client:
    return client_of(of.head_teacher)


@pytest.fixture
def administrator(of: Office) -> Client:
    return client_of(of.administrator)


def page_of(opening: ClassOpening, step: str = "") -> str:
    return f"{LIST}{opening.pk}/{step}"


def first_page(of: Office, clock: HandClock, **otherwise: str) -> dict[str, str]:
    today = learning_day(clock.now())
    return {
        "course": str(of.course.pk),
        "name": "电工春季班",
        "opens_on": str(today + timedelta(days=7)),
        "closes_on": str(today + timedelta(days=60)),
        "head_teacher": str(of.head_teacher.pk),
        "resources": "实训室",
        "hours_from": "06:00",
        "hours_until": "23:00",
    } | otherwise


def with_rows(page: str, **typed: str) -> dict[str, str]:
    """Return what a page with rows has in its fields, with something else typed into some."""
    fields = dict(re.findall(r'<input type="[a-z-]+" name="([^"]+)" value="([^"]*)"', page))
    fields.pop("csrfmiddlewaretoken", None)
    chosen = re.findall(r'<select name="([^"]+)"[^>]*>.*?<option value="([^"]*)" selected', page, re.DOTALL)
    return {name: value for name, value in fields.items() if not name.endswith("-gone")} | dict(chosen) | typed


@pytest.mark.clause("T7", "C3")
def test_a_class_is_applied_for_step_by_step(of: Office, head: Client, clock: HandClock) -> None:
    response = head.post(f"{LIST}new/", first_page(of, clock))
    opening = ClassOpening.objects.get()
    assert response["Location"] == page_of(opening, "plan/")
    day = opening.opens_on + timedelta(days=14)
    page = head.get(page_of(opening, "plan/")).content.decode()
    plan = with_rows(
        page,
        **{
            "row-0-teacher": str(of.head_teacher.pk),
            "row-0-starts_at": f"{day}T09:00",
            "row-0-ends_at": f"{day}T12:00",
        },
    )
    assert head.post(page_of(opening, "plan/"), plan)["Location"] == page_of(opening, "exams/")
    page = head.get(page_of(opening, "exams/")).content.decode()
    typed = {f"row-{row}-examiner": "考评组" for row in range(2)} | {f"row-{row}-pass_mark": "60" for row in range(2)}
    typed |= {f"row-{row}-held_on": str(opening.closes_on) for row in range(2)}
    assert head.post(page_of(opening, "exams/"), with_rows(page, **typed))["Location"] == page_of(opening, "roster/")
    assert "名册里还没有学员" in main_of(head, page_of(opening))
    person = {"name": "赵学员", "id_type": "resident", "id_number": people.id_number(700_001), "phone": "13912345678"}
    assert head.post(page_of(opening, "roster/"), person | {"group": "veterans"}).status_code == 302
    shown = main_of(head, page_of(opening))
    assert shown.count("已完成") == 4
    assert "由机构管理员签署承诺书并提交" in shown


def test_what_was_typed_is_kept_where_it_is_refused(of: Office, head: Client, clock: HandClock) -> None:
    early = str(learning_day(clock.now()))
    response = head.post(f"{LIST}new/", first_page(of, clock, closes_on=early, hours_until=""))
    page = response.content.decode()
    assert response.status_code == 400
    assert "结班日期早于开班日期" in page
    assert "两个时间都填写，或都留空" in page
    assert 'value="电工春季班"' in page
    assert not ClassOpening.objects.exists()


def test_only_published_courses_of_the_institution_are_offered(of: Office, head: Client, clock: HandClock) -> None:
    other = office_by(clock)
    response = head.post(f"{LIST}new/", first_page(of, clock, course=str(other.course.pk)))
    assert response.status_code == 400
    assert "该课程目前没有发布" in response.content.decode()


def test_a_head_teacher_applies_for_nobody_else(of: Office, head: Client, clock: HandClock) -> None:
    other = office_by(clock)
    response = head.post(f"{LIST}new/", first_page(of, clock, head_teacher=str(other.head_teacher.pk)))
    assert response.status_code == 400
    assert not ClassOpening.objects.exists()


def test_a_page_that_somebody_else_has_saved_meanwhile_is_not_saved_over(
    of: Office, administrator: Client, head: Client, clock: HandClock
) -> None:
    opening = started(of, clock.now())
    page = administrator.get(page_of(opening, "exams/")).content.decode()
    first = head.get(page_of(opening, "exams/")).content.decode()
    assert head.post(page_of(opening, "exams/"), with_rows(first, **{"row-0-examiner": "甲"})).status_code == 302
    late = administrator.post(page_of(opening, "exams/"), with_rows(page, **{"row-0-examiner": "乙"}))
    assert late.status_code == 409
    assert 'value="乙"' in late.content.decode()
    opening.refresh_from_db()
    assert opening.draft["exams"][0]["examiner"] == "甲"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"id_number": "440104199001010001"}, "第 18 位"),
        ({"id_number": "123"}, "18 位"),
        ({"name": "赵1"}, "姓名"),
        ({"phone": "12345"}, "手机号"),
        ({"domicile": "44"}, "六位"),
    ],
)
def test_a_person_who_cannot_be_written_down_is_refused_at_the_field(
    of: Office, head: Client, clock: HandClock, typed: dict[str, str], sentence: str
) -> None:
    opening = started(of, clock.now())
    person = {"name": "赵学员", "id_type": "resident", "id_number": people.id_number(700_002), "phone": "13912345678"}
    response = head.post(page_of(opening, "roster/"), person | typed)
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert not RosterEntry.objects.exists()


def test_the_same_number_is_not_written_down_twice(of: Office, head: Client, clock: HandClock) -> None:
    opening = complete(of, clock.now())
    same = {"name": "赵学员", "id_type": "resident", "id_number": people.id_number(500_001)}
    response = head.post(page_of(opening, "roster/"), same)
    assert response.status_code == 409
    assert "名册里已有" in response.content.decode()


@pytest.mark.clause("M2")
def test_the_roster_is_masked_and_somebody_can_be_taken_out(of: Office, head: Client, clock: HandClock) -> None:
    opening = complete(of, clock.now())
    page = main_of(head, page_of(opening, "roster/"))
    assert "钱**" in page
    assert people.id_number(500_001) not in page
    assert "钱学员" not in page
    assert "139****0001" in page
    entry = RosterEntry.objects.order_by("pk")[0]
    assert head.post(page_of(opening, f"roster/{entry.pk}/remove/")).status_code == 302
    assert head.post(page_of(opening, f"roster/{entry.pk}/remove/")).status_code == 404
    assert RosterEntry.objects.count() == 1


@pytest.mark.clause("C1", "C5")
def test_the_administrator_signs_with_the_password(of: Office, administrator: Client, clock: HandClock) -> None:
    opening = complete(of, clock.now())
    address = page_of(opening, "submit/")
    page = main_of(administrator, address)
    assert "培训机构承诺书" in page
    sent = {"sha256": sha256_now(opening), "promise": "1"}
    wrong = administrator.post(address, sent | {"password": "wrong"})
    assert wrong.status_code == 400
    assert "密码不正确" in wrong.content.decode()
    late = administrator.post(address, sent | {"sha256": "0" * 64, "password": people.PASSWORD})
    assert late.status_code == 409
    done = administrator.post(address, sent | {"password": people.PASSWORD})
    assert done["Location"] == page_of(opening)
    opening.refresh_from_db()
    assert opening.state == OpeningState.SUBMITTED
    assert opening.promises.get().account == of.administrator


def test_a_head_teacher_does_not_hand_in(of: Office, head: Client, clock: HandClock) -> None:
    opening = complete(of, clock.now())
    assert head.get(page_of(opening, "submit/")).status_code == 403


def test_the_supervisor_approves_and_the_institution_opens(of: Office, head: Client, clock: HandClock) -> None:
    opening = submitted(of, complete(of, clock.now()), clock.now())
    regulator = client_of(of.supervisor)
    assert "低压电工 12 月班" in main_of(regulator, "/region/openings/")
    page = main_of(regulator, f"/region/openings/{opening.pk}/")
    assert "检查没有发现问题" in page
    assert "钱**" in page
    kept = last_handed_in(opening.pk)
    assert kept is not None
    decide = f"/region/openings/{opening.pk}/decide/"
    nothing = regulator.post(decide, {"sha256": kept.sha256, "decision": "approve"})
    assert nothing.status_code == 400
    assert "请填写批准文号" in nothing.content.decode()
    said = {"sha256": kept.sha256, "decision": "approve", "approval_no": "穗培〔2026〕1号"}
    assert regulator.post(decide, said | {"sha256": "0" * 64}).status_code == 409
    assert regulator.post(decide, said)["Location"] == "/region/openings/"
    assert regulator.post(decide, said).status_code == 409
    assert "已通过审核" in main_of(head, page_of(opening))
    head.post(page_of(opening, "open/"))
    opening.refresh_from_db()
    assert opening.state == OpeningState.OPENED
    assert "班级已开班" in main_of(head, page_of(opening))


def test_a_returned_application_says_why_and_can_be_changed(
    of: Office, administrator: Client, clock: HandClock
) -> None:
    opening = submitted(of, complete(of, clock.now()), clock.now())
    regulator, kept = client_of(of.supervisor), last_handed_in(opening.pk)
    assert kept is not None
    decide = f"/region/openings/{opening.pk}/decide/"
    assert regulator.post(decide, {"sha256": kept.sha256, "decision": "return"}).status_code == 400
    said = {"sha256": kept.sha256, "decision": "return", "words": "请补充实训场地"}
    assert regulator.post(decide, said).status_code == 302
    assert "请补充实训场地" in main_of(administrator, page_of(opening))
    assert administrator.get(page_of(opening, "class/")).status_code == 200
    assert "提交" in main_of(regulator, f"/region/openings/{opening.pk}/")


def test_what_is_handed_in_is_not_edited_by_an_old_page(of: Office, administrator: Client, clock: HandClock) -> None:
    opening = complete(of, clock.now())
    page = administrator.get(page_of(opening, "exams/")).content.decode()
    submitted(of, opening, clock.now())
    response = administrator.post(page_of(opening, "exams/"), with_rows(page), follow=True)
    assert "这份申请的状态已经变化" in response.content.decode()


@pytest.mark.parametrize(
    "step",
    ["", "class/", "plan/", "exams/", "roster/", "submit/", "take-back/", "withdraw/", "open/", "roster/1/remove/"],
)
def test_another_institution_finds_nothing(of: Office, clock: HandClock, step: str) -> None:
    opening = complete(of, clock.now())
    other = office_by(clock)
    client = client_of(other.administrator)
    is_act = step in {"take-back/", "withdraw/", "open/", "roster/1/remove/"}
    response = client.post(page_of(opening, step)) if is_act else client.get(page_of(opening, step))
    assert response.status_code == 404


def test_another_region_finds_nothing(of: Office, clock: HandClock) -> None:
    opening = submitted(of, complete(of, clock.now()), clock.now())
    elsewhere = supervisor("4403", clock)
    assert "低压电工 12 月班" not in main_of(elsewhere, "/region/openings/?all=1")
    assert elsewhere.get(f"/region/openings/{opening.pk}/").status_code == 404
    assert elsewhere.post(f"/region/openings/{opening.pk}/decide/", {"decision": "approve"}).status_code == 404


def test_a_draft_is_not_for_the_supervisor(of: Office, clock: HandClock) -> None:
    opening = complete(of, clock.now())
    assert client_of(of.supervisor).get(f"/region/openings/{opening.pk}/").status_code == 404


def test_the_list_is_searched_by_name_and_state(of: Office, administrator: Client, clock: HandClock) -> None:
    opening = complete(of, clock.now())
    assert opening.name in main_of(administrator, f"{LIST}?q=12+月")
    assert opening.name in main_of(administrator, f"{LIST}?state=draft")
    assert "没有符合条件的申请" in main_of(administrator, f"{LIST}?state=opened")
    assert main_in(administrator.get(f"{LIST}?state=nonsense").content.decode())


def test_an_application_is_taken_back_or_given_up(of: Office, administrator: Client, clock: HandClock) -> None:
    opening = submitted(of, complete(of, clock.now()), clock.now())
    administrator.post(page_of(opening, "take-back/"))
    opening.refresh_from_db()
    assert opening.state == OpeningState.DRAFT
    administrator.post(page_of(opening, "withdraw/"), {"words": "人数不足"})
    assert "人数不足" in main_of(administrator, page_of(opening))


def test_opening_twice_by_two_pages_is_one_class(
    of: Office, administrator: Client, head: Client, clock: HandClock
) -> None:
    opening = submitted(of, complete(of, clock.now()), clock.now())
    approved(of, opening, clock.now())
    training_class = open_now(of, opening, clock.now())
    response = administrator.post(page_of(opening, "open/"), follow=True)
    assert response.status_code == 200
    opening.refresh_from_db()
    assert opening.training_class == training_class
