"""The page of an archive: what it still waits for, and giving it out to those who may have it. Clauses T8.1, T8.2, C5."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from jiangxue.archive.rules.container import contained
from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.ledger.models import Alarm, Witness, WitnessRule
from jiangxue.ledger.services import append
from jiangxue.ledger.services.auditing import ask_for_audit
from jiangxue_verify.container import unpack
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.logs import MORNING_MS, Log, running_log
from tests.factories.witnesses import countersign, witness
from tests.portals.clients import client_of, main_of, supervisor, text_of

SOON = MORNING + timedelta(minutes=1)


@pytest.fixture
def log(committed_database: str, tmp_path: Path) -> Iterator[Log]:
    with running_log(committed_database, tmp_path) as running:
        yield running


@pytest.fixture
def room(log: Log, clock: HandClock) -> Classroom:
    return classroom(MORNING)


def _witnessed(log: Log) -> None:
    log.seal()
    log.heads()
    log.sign()
    countersign(witness(), SOON)


def _of_learner(room: Classroom) -> str:
    return f"/learn/classes/{room.training_class.pk}/archive/"


def _of_staff(room: Classroom, portal: str = "institution") -> str:
    return f"/{portal}/classes/{room.training_class.pk}/archives/{room.enrolment.pk}/"


def _people(room: Classroom, clock: HandClock) -> dict[str, tuple[Client, str]]:
    administrator = people.account((Role.INSTITUTION_ADMINISTRATOR, room.institution.pk), now=MORNING)
    return {
        "learner": (client_of(room.learner), _of_learner(room)),
        "head teacher": (client_of(room.head_teacher), _of_staff(room)),
        "administrator": (client_of(administrator), _of_staff(room)),
        "supervisor": (supervisor("4401", clock), _of_staff(room, "region")),
    }


@pytest.mark.clause("T8.2")
@pytest.mark.clause("C5")
def test_learner_institution_and_supervisor_have_the_archive(log: Log, room: Classroom, clock: HandClock) -> None:
    _witnessed(log)
    for name, (client, page) in _people(room, clock).items():
        assert "下载电子档案" in main_of(client, page), name
        assert str(room.enrolment.aid) in main_of(client, page), "the file names nobody: this says whose it is"
        answer = client.post(f"{page}give/", {"why": "check"})
        assert answer.status_code == 200, name
        assert answer["Content-Type"] == "application/zip"
        assert contained(unpack(answer.content)) == answer.content
    assert AuditEntry.objects.filter(action="archive.given_out").count() == 4


def test_the_page_says_step_by_step_what_is_waited_for(log: Log, room: Classroom) -> None:
    client, page = client_of(room.learner), _of_learner(room)
    said = main_of(client, page)
    assert "还有 2 条等待写入" in said
    assert "有 1 个见证方签名后即可导出" in said
    assert "下载电子档案（ZIP）" not in said
    assert 'data-island="refreshing"' in said
    log.seal()
    assert "等待写入" not in main_of(client, page)
    log.heads()
    log.sign()
    countersign(witness(), SOON)
    said = main_of(client, page)
    assert "省人力资源和社会保障厅" in said
    assert "2026-11-24 09:01:00" in said
    assert 'data-island="refreshing"' not in said


def test_what_is_asked_for_too_early_is_said_to_wait(log: Log, room: Classroom) -> None:
    client, page = client_of(room.learner), _of_learner(room)
    answer = client.post(f"{page}give/", follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "暂时还不能导出档案" in answer.content.decode()


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM ledger_payload",
        "UPDATE ledger_payload SET ciphertext = sha256(ciphertext)",
        "UPDATE ledger_subjectkey SET sealed_key = sha256(sealed_key)",
        "DELETE FROM ledger_subjectkey",
        "DELETE FROM ledger_entry WHERE aid = '00000000-0000-0000-0000-000000000000'",
        "UPDATE ledger_edge SET levels = ARRAY[sha256('') || sha256('')]",
    ],
)
def test_a_damaged_archive_is_not_given_out_and_people_are_told(log: Log, room: Classroom, damage: str) -> None:
    """Not an error page, and not a file that fails wherever it is verified."""
    _witnessed(log)
    log.tamper(damage)
    client, page = client_of(room.learner), _of_learner(room)
    for _ in range(2):
        answer = client.post(f"{page}give/", follow=True)
        assert answer.redirect_chain == [(page, 302)]
    assert [alarm.kind for alarm in Alarm.objects.all()] == ["archive.damaged"]
    assert str(room.enrolment.aid) in Alarm.objects.get().detail
    assert not AuditEntry.objects.filter(action="archive.given_out").exists()


def test_newer_records_are_proved_when_somebody_asks(log: Log, room: Classroom) -> None:
    _witnessed(log)
    append(room.enrolment.aid, "segment.sealed", {}, at=MORNING)
    log.seal()
    client, page = client_of(room.learner), _of_learner(room)
    said = main_of(client, page)
    assert "把最新记录也存证" in said
    assert "下载电子档案" in said, "what is proved can be had all the same"
    said = client.post(f"{page}ask/", follow=True).content.decode()
    assert "正在为最新记录存证" in said
    log.heads(MORNING_MS + 60_000)
    log.sign()
    said = main_of(client, page)
    assert "正在为最新记录存证" in said, "only a witness is still waited for"
    assert "把最新记录也存证" not in said, "asking again would begin it all anew"
    countersign(Witness.objects.get(), SOON + timedelta(minutes=1))
    assert "正在为最新记录存证" not in main_of(client, page)


def test_page_file_and_verifier_name_an_archive_by_the_same_number(log: Log, room: Classroom) -> None:
    _witnessed(log)
    client, page = client_of(room.learner), _of_learner(room)
    assert str(room.enrolment.aid) in main_of(client, page)
    answer = client.post(f"{page}give/")
    assert str(room.enrolment.aid)[:8] in answer["Content-Disposition"]
    assert str(room.enrolment.aid).encode() in answer.content


def test_whoever_looks_can_still_sign_out(log: Log, room: Classroom, clock: HandClock) -> None:
    for name, (client, page) in _people(room, clock).items():
        assert 'action="/sign-out/"' in text_of(client, page), name


def test_a_log_that_does_not_fit_gives_nothing_out_and_is_audited(log: Log, room: Classroom) -> None:
    _witnessed(log)
    log.tamper('DELETE FROM ledger_entry WHERE leaf LIKE \'%"k":"heads"%\'')
    client, page = client_of(room.learner), _of_learner(room)
    answer = client.post(f"{page}give/", follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "与已封存、签名的内容不符" in answer.content.decode()
    assert not ask_for_audit(), "one waits already"
    assert not AuditEntry.objects.filter(action="archive.given_out").exists()


def test_an_archive_that_nobody_outside_has_seen_says_so(log: Log, room: Classroom) -> None:
    WitnessRule.objects.create(need=0, at=MORNING, reason="试运行")
    log.seal()
    log.heads()
    log.sign()
    said = main_of(client_of(room.learner), _of_learner(room))
    assert "还没有外部见证方签名" in said
    assert "目前不要求见证方签名" in said


def test_others_neither_see_nor_get_an_archive(log: Log, room: Classroom, clock: HandClock) -> None:
    _witnessed(log)
    elsewhere = classroom(MORNING, region="440300")
    strangers = {
        "another learner": (client_of(elsewhere.learner), _of_learner(room), 404),
        "another institution": (client_of(elsewhere.head_teacher), _of_staff(room), 404),
        "another region": (supervisor("4403", clock), _of_staff(room, "region"), 404),
        "a teacher": (
            client_of(people.account((Role.TEACHER, room.institution.pk), now=MORNING)),
            _of_staff(room),
            403,
        ),
        "a learner at the staff's address": (client_of(room.learner), _of_staff(room), 403),
        "the system administrator": (
            client_of(people.account((Role.SYSTEM_ADMINISTRATOR, None), now=MORNING)),
            _of_staff(room),
            403,
        ),
    }
    for name, (client, page, status) in strangers.items():
        assert client.get(page).status_code == status, name
        for part in ("board/", "ask/", "give/"):
            answer = client.get(page + part) if part == "board/" else client.post(page + part)
            assert answer.status_code == status, (name, part)
    assert not AuditEntry.objects.filter(action__startswith="archive.").exists()


def test_an_archive_is_not_given_to_who_only_follows_a_link(log: Log, room: Classroom) -> None:
    _witnessed(log)
    assert client_of(room.learner).get(f"{_of_learner(room)}give/").status_code == 405


def test_staff_find_the_archive_from_roster_and_days(log: Log, room: Classroom, clock: HandClock) -> None:
    page = _of_staff(room)
    head_teacher = client_of(room.head_teacher)
    for address in ("", "days/", f"days/{room.enrolment.pk}/2026-11-24/"):
        assert page in main_of(head_teacher, f"/institution/classes/{room.training_class.pk}/{address}")
    assert _of_staff(room, "region") in main_of(
        supervisor("4401", clock), f"/region/classes/{room.training_class.pk}/days/"
    )
    assert _of_learner(room) in main_of(client_of(room.learner), f"/learn/classes/{room.training_class.pk}/")
    said = main_of(head_teacher, page)
    assert "李**" in said
    assert "李小明" not in said
