"""A learner reads and takes along what institutions told of them, and learns how it is corrected (clause M2)."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.accounts.models import Account, IdentityVerification
from jiangxue.courseware.rules.content import PriorityGroup
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.rules.background import Background, Education
from jiangxue.enrolment.services.rosters import RosterDraft
from jiangxue.kernel.clock import HandClock
from tests.factories import openings, people
from tests.factories.openings import Office, office, person
from tests.portals.clients import client_of, main_of

pytestmark = pytest.mark.clause("M2")
HERE = "/learn/my-data/"
TOLD = Background(
    PriorityGroup.MIGRANT_WORKERS, Education.SENIOR_MIDDLE, "440106", "天河物业公司", "91350100M000100Y43"
)


@pytest.fixture
def of(db: None, clock: HandClock) -> Office:
    return office(clock.now())


def written_down(serial: int = 1) -> RosterDraft:
    base = person(serial)
    return RosterDraft("赵学员", base.id_type, base.id_number, base.phone, TOLD)


@pytest.fixture
def learner(of: Office, clock: HandClock) -> Account:
    """Return who came into a class by its roster."""
    made = openings.opened(of, clock.now(), written_down(), person(2))
    return made.enrolments.order_by("pk").get(learner__name="赵学员").learner


def told_in(client: Client) -> str:
    return main_of(client, HERE).split('id="told"')[1].split("</section>")[0]


def test_what_was_told_stands_there_with_who_told_it_and_how_it_is_corrected(of: Office, learner: Account) -> None:
    told = told_in(client_of(learner))
    for said in ("农民工", "高中", "天河物业公司", "91350100M000100Y43", of.institution.name, "低压电工 12 月班"):
        assert said in told
    assert "随班级名册" in told
    assert "已开班" in told
    assert "请联系填报的培训机构" in told
    number = people.id_number(500_001)
    assert number not in told
    assert "赵**" in told
    assert "赵学员" not in told
    assert "13900000001" not in told


def test_a_roster_of_a_class_that_is_only_applied_for_stands_there_too(
    of: Office, learner: Account, clock: HandClock
) -> None:
    clock.at += timedelta(days=1)
    openings.complete(of, clock.now(), written_down())
    told = told_in(client_of(learner))
    assert "填写中" in told
    assert told.count("<article") == 3


def test_the_copy_holds_it(of: Office, learner: Account) -> None:
    copied = json.loads(client_of(learner).post(f"{HERE}copy/").content)
    (line,) = copied["名册中的记录"]
    assert line["填报单位"] == of.institution.name
    assert (line["重点群体"], line["工作单位"]) == ("农民工", "天河物业公司")
    assert copied["班级"][0]["单位统一社会信用代码"] == "91350100M000100Y43"
    assert "周学员" not in json.dumps(copied, ensure_ascii=False)


def test_nobody_reads_what_was_told_of_another(of: Office, learner: Account) -> None:
    other = Enrolment.objects.exclude(learner=learner).get().learner
    told = told_in(client_of(other))
    assert "天河物业公司" not in told
    assert "赵**" not in told
    assert client_of(of.head_teacher).get(HERE).status_code == 403


def test_who_is_not_whom_the_number_belongs_to_reads_no_roster(learner: Account, clock: HandClock) -> None:
    IdentityVerification.objects.create(
        account=learner, source="demo", outcome="not_matched", reference="r-1", at=clock.now() + timedelta(minutes=1)
    )
    told = told_in(client_of(learner))
    assert "赵**" not in told
    assert "农民工" in told, "what the class says of its learner stays"
    assert json.loads(client_of(learner).post(f"{HERE}copy/").content)["名册中的记录"] == []


def test_where_nothing_was_told_it_says_so(db: None, clock: HandClock) -> None:
    assert "没有机构填报过" in told_in(client_of(people.account(now=clock.now())))
