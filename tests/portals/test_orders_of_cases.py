"""An order comes of a case by one button, both pages lead to each other, and whoever leads the class reads it (clauses C5, M6)."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.enrolment.models import TrainingClass
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.supervision.models import Case, RectificationOrder
from tests.factories import cases, people
from tests.factories.classes import Classroom, classroom, training_class
from tests.factories.supervising import issued
from tests.portals.clients import client_of, main_of, text_of

pytestmark = pytest.mark.clause("C5")


@pytest.fixture
def officer(room: Classroom, clock: HandClock) -> Account:
    return cases.officer(clock.now())


@pytest.fixture
def desk(officer: Account) -> Client:
    return client_of(officer)


@pytest.fixture
def case(room: Classroom, officer: Account, clock: HandClock) -> Case:
    return cases.opened_case(people.viewer(officer), room, clock)


def said(room: Classroom, case_id: object, clock: HandClock, **facts: object) -> dict[str, object]:
    due_on = (clock.now() + timedelta(days=10)).date().isoformat()
    words = {"title": "规范人脸核验", "text": "请说明核验异常的原因并整改。", "due_on": due_on, "after": 0}
    where = {"institution": room.institution.pk, "training_class": room.training_class.pk, "case": str(case_id)}
    return {**where, **words, **facts}


def number_of(case: Case) -> str:
    return f"2026-{case.serial:05d}"


def sent(room: Classroom, case: Case, desk: Client, clock: HandClock, **facts: object) -> str:
    """Write an order about a case by the button of its page, issue it, and return its number in addresses."""
    found = re.search(r'href="(/region/orders/new/[^"]+)"', main_of(desk, f"/region/cases/{case.pk}/"))
    assert found
    form = main_of(desk, found[1].replace("&amp;", "&"))
    assert number_of(case) in form
    assert f'value="{case.pk}"' in form
    kept = desk.post("/region/orders/new/", said(room, case.pk, clock, **facts))
    assert kept.status_code == 302, kept.content.decode()
    order = str(RectificationOrder.objects.latest("begun_at").pk)
    assert desk.post(f"/region/orders/{order}/issued/", {"after": 1}).status_code == 302
    return order


def test_an_order_is_written_from_a_case_and_both_pages_lead_to_each_other(
    room: Classroom, case: Case, desk: Client, second: Client, clock: HandClock
) -> None:
    order, head = sent(room, case, desk, clock), client_of(room.head_teacher)
    for portal, client in (("region", desk), ("institution", second), ("institution", head)):
        assert f"/{portal}/orders/{order}/" in main_of(client, f"/{portal}/cases/{case.pk}/")
        page = main_of(client, f"/{portal}/orders/{order}/")
        assert f"/{portal}/cases/{case.pk}/" in page
        assert number_of(case) in page
        assert order in main_of(client, f"/{portal}/classes/{room.training_class.pk}/")
    assert head.get(f"/institution/orders/{order}/order.pdf").content.startswith(b"%PDF")


def test_the_learner_of_a_case_reads_no_order(
    room: Classroom, case: Case, desk: Client, learner: Client, clock: HandClock
) -> None:
    order = sent(room, case, desk, clock)
    assert order not in main_of(learner, f"/learn/cases/{case.pk}/")
    assert learner.get(f"/institution/orders/{order}/").status_code == 403


def test_an_order_about_a_case_is_about_its_class_whatever_the_form_says(
    room: Classroom, case: Case, desk: Client, clock: HandClock
) -> None:
    order = sent(room, case, desk, clock, training_class="")
    assert RectificationOrder.objects.get(pk=order).training_class_id == room.training_class.pk
    other = training_class(room.institution, now=clock.now())
    mixed = desk.post("/region/orders/new/", said(room, case.pk, clock, training_class=other.pk))
    assert mixed.status_code in {400, 409}
    assert RectificationOrder.objects.count() == 1


@pytest.mark.parametrize("forged", ["elsewhere", "unknown", "no uuid"])
def test_a_case_that_is_not_theirs_is_named_by_no_order(
    room: Classroom, desk: Client, clock: HandClock, forged: str
) -> None:
    other = classroom(clock.now(), region="440300")
    theirs = cases.opened_case(people.viewer(cases.officer(clock.now(), "440300")), other, clock)
    named = {"elsewhere": theirs.pk, "unknown": uuid4(), "no uuid": "x"}[forged]
    page = desk.get("/region/orders/new/", {"case": str(named)})
    assert page.status_code == 200
    assert number_of(theirs) not in page.content.decode()
    assert desk.post("/region/orders/new/", said(room, named, clock)).status_code in {400, 409}
    assert not RectificationOrder.objects.exists()


@pytest.fixture
def order(room: Classroom, officer: Account, clock: HandClock) -> RectificationOrder:
    return issued(people.viewer(officer), room, clock)


def test_a_head_teacher_reads_the_orders_about_their_class_and_answers_none(
    room: Classroom, order: RectificationOrder, head: Client
) -> None:
    assert "补齐实操考勤" in main_of(head, "/institution/orders/")
    page = main_of(head, f"/institution/orders/{order.pk}/")
    assert "<form" not in page
    assert head.post(f"/institution/orders/{order.pk}/answered/", {"after": 2, "text": "已补齐。"}).status_code == 403
    assert head.get(f"/institution/orders/{order.pk}/order.pdf").status_code == 200
    assert "/institution/orders/" in text_of(head, "/institution/classes/")


def test_who_leads_another_class_or_leads_it_no_more_reads_nothing(
    room: Classroom, order: RectificationOrder, clock: HandClock
) -> None:
    other = training_class(room.institution, now=clock.now()).head_teacher
    stranger = classroom(clock.now()).head_teacher
    address = f"/institution/orders/{order.pk}/"
    for who in (other, stranger):
        assert client_of(who).get(address).status_code == 404
        assert str(order.pk) not in main_of(client_of(who), "/institution/orders/")
    TrainingClass.objects.filter(pk=room.training_class.pk).update(head_teacher=other)
    assert client_of(other).get(address).status_code == 200
    assert client_of(room.head_teacher).get(address).status_code == 404


def test_teachers_and_editors_read_no_order(room: Classroom, order: RectificationOrder, clock: HandClock) -> None:
    for role in (Role.TEACHER, Role.COURSE_EDITOR):
        who = people.account((role, room.institution.pk), now=clock.now())
        assert client_of(who).get(f"/institution/orders/{order.pk}/").status_code == 403
