"""保存期限 on the page of an archive: until when it is kept, holds, what is left after erasure, and for what the file was wanted (clauses T8.1, M2, C5)."""

import pytest
from django.test import Client

from jiangxue.accounts.services.deletion import ask_for_deletion
from jiangxue.archive.models import LegalHold
from jiangxue.archive.services.erasing import go_on_erasing
from jiangxue.archive.services.retaining import confirm, report
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.ledger.models import Witness
from tests.conftest import MORNING
from tests.domains.archive.long_ago import LONG_AGO, administrators, prove
from tests.factories import people, retention
from tests.factories.classes import Classroom, classroom
from tests.factories.lives import Life, life
from tests.factories.logs import Log
from tests.factories.witnesses import countersign, witness
from tests.portals.clients import client_of, main_in, main_of, supervisor

pytestmark = pytest.mark.clause("T8.1", "M2")
WHY = {"why": "report", "detail": "省厅抽查"}


def _own(room: Classroom) -> str:
    return f"/learn/classes/{room.training_class.pk}/archive/"


def _staff(room: Classroom, portal: str = "institution") -> str:
    return f"/{portal}/classes/{room.training_class.pk}/archives/{room.enrolment.pk}/"


def _proved(log: Log) -> None:
    prove(log)
    countersign(witness(), MORNING)


def _restrict(room: Classroom, clock: HandClock) -> None:
    ask_for_deletion(account_id=room.learner.pk, by=PROGRAM, now=clock.now())


@pytest.fixture
def room(log: Log, clock: HandClock) -> Classroom:
    return classroom(MORNING)


@pytest.fixture
def authority(clock: HandClock, log: Log) -> Client:
    return supervisor("4401", clock)


def test_the_page_says_until_when_an_archive_is_kept(log: Log, room: Classroom, head: Client) -> None:
    assert "暂时还不能确定" in main_of(head, _staff(room)), "records wait to be sealed"
    log.seal()
    for client, page in ((head, _staff(room)), (client_of(room.learner), _own(room))):
        assert "至少保存到 2032-06-30" in main_of(client, page)


def test_a_longer_rule_is_what_every_page_says(log: Log, room: Classroom, learner: Client, clock: HandClock) -> None:
    log.seal()
    retention.rule(clock.now(), years=8)
    assert "至少保存到 2035-06-30" in main_of(learner, _own(room))
    assert "至少到 2035-06-30" in main_of(learner, "/learn/my-data/")
    page = main_of(learner, "/learn/my-data/deletion/")
    assert "至少到 2035-06-30" in page
    assert "本平台目前保存 8 年" in page


@pytest.mark.clause("C5")
def test_the_supervisor_places_a_hold_and_lifts_it_for_a_reason(
    room: Classroom, authority: Client, head: Client, learner: Client
) -> None:
    page = _staff(room, "region")
    said = main_in(authority.post(f"{page}hold/", {"reason": "正在核查该班"}, follow=True).content.decode())
    assert "已设依法保留" in said
    assert "正在核查该班" in said
    assert "正在核查该班" in main_of(head, _staff(room))
    own = main_of(learner, _own(room))
    assert "自 2026-11-24 09:00 起依法保留" in own
    assert "正在核查" not in own
    lifted = main_in(authority.post(f"{page}lift/", {"reason": "核查结束"}, follow=True).content.decode())
    assert "已解除依法保留" in lifted
    assert LegalHold.objects.get().lifted_because == "核查结束"
    acts = AuditEntry.objects.filter(action__startswith="hold.").order_by("pk").values_list("action", "object_id")
    assert list(acts) == [("hold.placed", str(room.enrolment.pk)), ("hold.lifted", str(room.enrolment.pk))]


@pytest.mark.parametrize("typed", ["", "   ", "长" * 201, "有\x00字符"])
def test_a_hold_without_a_fit_reason_is_refused_and_keeps_what_was_typed(
    room: Classroom, authority: Client, typed: str
) -> None:
    answer = authority.post(f"{_staff(room, 'region')}hold/", {"reason": typed})
    assert answer.status_code == 400
    page = main_in(answer.content.decode())
    assert "field-errors" in page
    assert '<details class="more" open>' in page
    assert typed.strip().replace("\x00", "") in page.replace("\x00", "")
    assert not LegalHold.objects.exists()


def test_what_somebody_else_did_meanwhile_is_a_conflict_and_loses_nothing(
    room: Classroom, authority: Client, clock: HandClock
) -> None:
    page = _staff(room, "region")
    answer = authority.post(f"{page}lift/", {"reason": "核查结束了"})
    assert answer.status_code == 409
    assert "已没有依法保留" in answer.content.decode()
    assert "核查结束了" in answer.content.decode()
    retention.held(room, clock.now(), reason="他人先设")
    answer = authority.post(f"{page}hold/", {"reason": "我也要设"})
    assert answer.status_code == 409
    for words in ("其他监管人员刚刚已", "他人先设", "我也要设"):
        assert words in answer.content.decode()


@pytest.mark.clause("C5")
def test_nobody_but_the_supervisor_of_the_region_holds(
    room: Classroom, head: Client, second: Client, learner: Client, clock: HandClock
) -> None:
    for client, page in ((head, _staff(room)), (second, _staff(room)), (learner, _own(room))):
    prove(log)
    assert go_on_erasing(clock=clock) == 1
    countersign(Witness.objects.get(), MORNING)
    for client, page in ((learner, _own(room)), (authority, _staff(room, "region"))):
        said = main_of(client, page)
        for words in (
            "内容已永久删除",
            "2026-11-24",
            "存证状态",
            "下载电子档案（ZIP）",
            str(room.enrolment.aid),
            "5 年",
        ):
            assert words in said, words
        for words in ("按日", "尚未结算", "下载打印版", "李小明", "写入学员"):
            assert words not in said, words
        assert client.post(f"{page}give/")["Content-Type"] == "application/zip", "it names nobody any more"
        printed = client.post(f"{page}paper/", follow=True)
        assert "没有可打印的内容" in printed.content.decode()
        assert "内容已依法删除" in main_of(client, f"{page}records/")


@pytest.mark.parametrize("is_restricted", [False, True])
def test_an_erased_archive_without_a_person_is_still_shown_to_staff(
    log: Log, clock: HandClock, is_restricted: bool
) -> None:
    clock.at = LONG_AGO
    lived = life(clock)
    clock.at = MORNING
    if is_restricted:
        _restrict(lived.room, clock)
    prove(log)
    _confirmed()
    go_on_erasing(clock=clock)
    prove(log)
    assert go_on_erasing(clock=clock) == 1
    administrator = people.account((Role.INSTITUTION_ADMINISTRATOR, lived.room.institution.pk), now=MORNING)
    client, page = client_of(administrator), _staff(lived.room)
    assert "内容已永久删除" in main_of(client, page)
    assert "内容已依法删除" in main_of(client, f"{page}records/")
