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


@pytest.mark.clause("C5")
def test_a_hold_that_was_placed_above_is_not_lifted_below(
    room: Classroom, authority: Client, log: Log, clock: HandClock
) -> None:
    page, province = _staff(room, "region"), supervisor("44", clock)
    province.post(f"{page}hold/", {"reason": "省里正在核查"})
    said = main_of(authority, page)
    assert "本次保留由上级区域作出" in said
    assert "lift/" not in said
    assert authority.post(f"{page}lift/", {"reason": "核查结束"}).status_code == 403
    assert LegalHold.objects.get().lifted_at is None
    province.post(f"{page}lift/", {"reason": "核查结束"})
    authority.post(f"{page}hold/", {"reason": "市里核查"})
    province.post(f"{page}lift/", {"reason": "核查结束"})
    assert not LegalHold.objects.filter(lifted_at=None).exists()


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
        assert "设依法保留" not in main_of(client, page)
        for typed in ({"reason": "试试"}, {}):
            answer = client.post(f"{page}hold/", typed)
            assert answer.status_code == 403
            assert "只有监管人员" in answer.content.decode()
    retention.held(room, clock.now())
    assert head.post(f"{_staff(room)}lift/", {"reason": "试试"}).status_code == 403
    elsewhere = supervisor("4403", clock)
    assert elsewhere.post(f"{_staff(room, 'region')}lift/", {"reason": "试试"}).status_code == 404
    assert LegalHold.objects.get().lifted_at is None


def test_whoever_has_the_file_of_another_says_why_and_the_learner_does_not(
    log: Log, room: Classroom, head: Client, learner: Client
) -> None:
    _proved(log)
    page = _staff(room)
    assert f"{page}give/why/" in main_of(head, page)
    asked = main_of(head, f"{page}give/why/")
    for words in ("下载用途", "不能脱敏", "李**"):
        assert words in asked
    for typed, said in (
        ({}, "请选择"),
        ({"why": "other", "detail": ""}, "请写明"),
        ({"why": "x", "detail": "抽查用"}, "抽查用"),
    ):
        answer = head.post(f"{page}give/", typed)
        assert answer.status_code == 400
        assert said in main_in(answer.content.decode())
    assert not AuditEntry.objects.filter(action="archive.given_out").exists()
    assert head.post(f"{page}give/", WHY)["Content-Type"] == "application/zip"
    assert "省厅抽查" in AuditEntry.objects.get(action="archive.given_out").reason
    assert learner.get(f"{_own(room)}give/why/").status_code == 302
    assert learner.post(f"{_own(room)}give/")["Content-Type"] == "application/zip"
    assert AuditEntry.objects.filter(action="archive.given_out").latest("pk").reason == ""
    assert head.post(f"{page}paper/")["Content-Type"] == "application/pdf", "masked, and so for no reason"


def test_staff_find_who_the_learner_is_from_the_archive(room: Classroom, head: Client, learner: Client) -> None:
    way = f"/institution/classes/{room.training_class.pk}/learners/{room.enrolment.pk}/"
    assert way in main_of(head, _staff(room))
    assert "/learners/" not in main_of(learner, _own(room))


def test_while_processing_is_restricted_staff_are_shown_and_given_nothing(
    log: Log, clock: HandClock, authority: Client
) -> None:
    clock.at = MORNING
    lived = life(clock)
    room, second = lived.room, client_of(lived.second)
    lived.learn(answers=True)
    _proved(log)
    _restrict(room, clock)
    head, page = client_of(room.head_teacher), _staff(room)
    for client in (head, second):
        said = main_of(client, page)
        for words in ("已限制处理", "存证状态", "至少保存到", str(room.enrolment.aid)):
            assert words in said, words
        for words in ("李**", "李小明", "居民身份证", "第 1 课", "逐条查看", "下载电子档案", "下载打印版"):
            assert words not in said, words
        for part in ("records/", "days/2026-11-24/", "give/why/"):
            assert "已限制处理" in main_of(client, page + part, 403)
        for part in ("give/", "paper/"):
            answer = client.post(page + part, WHY)
            assert answer.status_code == 403
            assert "内容仅监管人员可看" in main_in(answer.content.decode())
    above = _staff(room, "region")
    seen = main_of(authority, above)
    assert "李**" in seen
    assert "第 1 课" in seen
    assert authority.post(f"{above}give/", WHY)["Content-Type"] == "application/zip"
    learner = client_of(room.learner)
    assert "李小明" in main_of(learner, _own(room))
    assert learner.post(f"{_own(room)}give/")["Content-Type"] == "application/zip"
    assert AuditEntry.objects.filter(action__in=("archive.given_out", "archive.printed")).count() == 2


def _old_and_new(clock: HandClock) -> tuple[Life, Client]:
    """Return a life of long ago, and the learner's browser, who learns again today."""
    clock.at = LONG_AGO
    lived = life(clock)
    clock.at = MORNING
    newer = classroom(MORNING)
    enrol(class_id=newer.training_class.pk, learner_id=lived.room.learner.pk, now=MORNING)
    return lived, client_of(lived.room.learner)


def _confirmed() -> None:
    system, security = administrators(MORNING)
    made = report(system, by=PROGRAM, now=MORNING)
    confirm(security, made.pk, by=PROGRAM, now=MORNING)


def test_an_erased_archive_says_so_calmly_and_still_gives_its_proof(log: Log, clock: HandClock) -> None:
    lived, learner = _old_and_new(clock)
    room = lived.room
    authority = supervisor("4401", clock)
    _proved(log)
    _confirmed()
    go_on_erasing(clock=clock)
    for client, page in ((learner, _own(room)), (authority, _staff(room, "region"))):
        assert "删除已记入存证日志；签名后即销毁内容" in main_of(client, page)
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
    base = f"/institution/classes/{lived.room.training_class.pk}"
    assert "本班的档案已依法删除" in main_of(client, f"{base}/settlement/")
    said = main_of(client, f"{base}/learners/{lived.room.enrolment.pk}/")
    assert "姓名和号码已依法删除" in said
    assert "reveal/" not in said
    assert "申请删除" not in said
