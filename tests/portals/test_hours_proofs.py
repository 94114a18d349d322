"""Proofs of hours: given to the learner and those who answer for them, verified by anybody who knows the number (clauses T1.3, C5, M2)."""

from pathlib import Path

import pytest
from django.test import Client

from jiangxue.accounts.models import Identity
from jiangxue.accounts.queries.persons import person_in_full
from jiangxue.audit.models import AuditEntry
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import StudySession
from jiangxue.portals.supervising import hours_proof_paper
from jiangxue.supervision.models import HoursProof, WithdrawnProof
from jiangxue.typesetting.shapes import Code, Facts, Paper, SealSpace
from tests.factories import people
from tests.factories.cases import both_explained, decides, officer, opened_case, proposes
from tests.factories.classes import Classroom, classroom
from tests.factories.face_cases import faces_checked, learning, shows
from tests.factories.learning import watched
from tests.portals.clients import client_of, main_of, supervisor

pytestmark = pytest.mark.clause("T1.3")


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    """Return a class in which one learner has learned for eight minutes, confirmed by a check of their face."""
    made = faces_checked(classroom(clock.now(), lesson_ms=3_600_000), clock)
    learning(made, clock)
    shows(made, clock, [AttemptOutcome.PASSED])
    return made


def learns_on(room: Classroom, clock: HandClock) -> None:
    watched(StudySession.objects.get(), clock, 16)
    shows(room, clock, [AttemptOutcome.PASSED])


@pytest.fixture
def papers(monkeypatch: pytest.MonkeyPatch) -> list[Paper]:
    """Return the papers that were set, as they were before they became PDF."""
    found: list[Paper] = []
    real = hours_proof_paper.pdf_of

    def kept(paper: Paper, fonts: Path | None) -> bytes:
        found.append(paper)
        return real(paper, fonts)

    monkeypatch.setattr(hours_proof_paper, "pdf_of", kept)
    return found


def at(room: Classroom, portal: str = "institution") -> str:
    return f"/{portal}/classes/{room.training_class.pk}/learners/{room.enrolment.pk}/hours/"


def own(room: Classroom) -> str:
    return f"/learn/classes/{room.training_class.pk}/hours/"


def words_of(paper: Paper) -> str:
    facts = [row for block in paper.blocks if isinstance(block, Facts) for row in block.rows]
    lines = [line for block in paper.blocks if isinstance(block, Code) for line in block.lines]
    return "\n".join([*(" ".join(row) for row in facts), *lines])


def given(client: Client, address: str) -> HoursProof:
    response = client.post(f"{address}paper/")
    assert response.status_code == 200, response.content.decode()
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    return HoursProof.objects.latest("issued_at", "ordinal")


def test_the_learner_has_a_proof_that_anybody_verifies(
    room: Classroom, learner: Client, papers: list[Paper], clock: HandClock
) -> None:
    page = main_of(learner, own(room))
    assert "暂计" in page
    proof = given(learner, own(room))
    (paper,) = papers
    assert any(isinstance(block, SealSpace) for block in paper.blocks)
    assert "http://testserver/proof/" in words_of(paper)
    public = main_of(Client(), f"/proof/{proof.code}/")
    assert "证明属实，当前有效" in public
    assert "暂计" in public
    assert room.training_class.name in public
    assert room.learner.name not in public
    assert "李**" in public
    for secret in (
        person_in_full(room.learner.pk).id_number,
        person_in_full(room.learner.pk).phone,
        room.learner.login_name,
    ):
        assert secret not in public


def test_the_same_figures_keep_their_number_and_new_ones_supersede(
    room: Classroom, learner: Client, second: Client, clock: HandClock
) -> None:
    first = given(learner, own(room))
    assert given(second, at(room)).pk == first.pk
    learns_on(room, clock)
    newer = given(learner, own(room))
    assert newer.pk != first.pk
    assert "已有更新的证明" in main_of(Client(), f"/proof/{first.code}/")
    assert "当前有效" in main_of(Client(), f"/proof/{newer.code}/")


@pytest.mark.clause("C5", "M6")
def test_a_proof_does_not_outlive_hours_that_are_frozen_after_it_was_given(
    room: Classroom, learner: Client, second: Client, clock: HandClock
) -> None:
    proof = given(learner, own(room))
    first, other = (people.viewer(officer(clock.now())) for _ in range(2))
    case = opened_case(first, room, clock)
    public = main_of(Client(), f"/proof/{proof.code}/")
    assert "当前有效" not in public
    assert "现在计入的少于证明所载" in public
    assert "核查" not in public, "why is nobody's business"
    assert "现在计入的少于所载" in main_of(second, at(room))
    both_explained(room, case.pk, clock)
    proposes(first, case.pk, clock)
    decides(other, case.pk, clock)
    assert "当前有效" in main_of(Client(), f"/proof/{proof.code}/"), "the hours stand"


def test_a_proof_of_less_than_counts_by_now_holds(room: Classroom, learner: Client, clock: HandClock) -> None:
    proof = given(learner, own(room))
    learns_on(room, clock)
    assert "当前有效" in main_of(Client(), f"/proof/{proof.code}/")


def test_names_are_masked_unless_a_reason_is_given(room: Classroom, second: Client, papers: list[Paper]) -> None:
    person = person_in_full(room.learner.pk)
    given(second, at(room))
    assert person.name not in words_of(papers[0])
    assert person.id_number not in words_of(papers[0])
    assert second.post(f"{at(room)}paper/full/", {}).status_code == 400
    assert not AuditEntry.objects.filter(action="identity.revealed").exists()
    assert second.post(f"{at(room)}paper/full/", {"why": "report"}).status_code == 200
    assert person.id_number in words_of(papers[1])
    assert AuditEntry.objects.filter(action="identity.revealed").count() == 1
    assert AuditEntry.objects.filter(action="hours_proof.given").count() == 2


def test_the_learner_s_own_full_proof_is_recorded(room: Classroom, learner: Client, papers: list[Paper]) -> None:
    assert learner.post(f"{own(room)}paper/full/").status_code == 200
    assert person_in_full(room.learner.pk).id_number in words_of(papers[0])
    assert AuditEntry.objects.filter(action="numbers.revealed").count() == 1


def test_a_withdrawn_proof_says_so_and_no_more(room: Classroom, second: Client, head: Client, learner: Client) -> None:
    proof = given(second, at(room))
    where = f"{at(room)}{proof.code}/withdraw/"
    assert head.post(where, {"reason": "打印有误"}).status_code == 404
    assert learner.post(f"{own(room)}{proof.code}/withdraw/", {"reason": "打印有误"}).status_code == 404
    assert second.post(where, {"reason": " "}).status_code == 400
    assert second.post(where, {"reason": "打印有误"}).status_code == 302
    assert second.post(where, {"reason": "再撤一次"}).status_code == 409
    public = main_of(Client(), f"/proof/{proof.code}/")
    assert "已撤销" in public
    assert room.training_class.name not in public
    assert "打印有误" not in public
    assert WithdrawnProof.objects.count() == 1
    assert given(second, at(room)).pk != proof.pk


def test_a_refused_withdrawal_stands_open_at_its_own_proof(room: Classroom, second: Client, clock: HandClock) -> None:
    first = given(second, at(room))
    learns_on(room, clock)
    given(second, at(room))
    page = second.post(f"{at(room)}{first.code}/withdraw/", {"reason": "字" * 201}).content.decode()
    assert page.count("字" * 201) == 1
    assert (
        f'id="withdraw_{first.code}_reason"' in page.split('<details class="no-print" open>')[1].split("</details>")[0]
    )


def test_others_have_no_proof(room: Classroom, second: Client, learner: Client, clock: HandClock) -> None:
    other = classroom(clock.now(), region="440305")
    stranger, outside = client_of(other.learner), client_of(other.head_teacher)
    for client, address, status in (
        (stranger, own(room), 404),
        (outside, at(room), 404),
        (supervisor("4403", clock), at(room, "region"), 404),
        (learner, at(room), 403),
    ):
        assert client.get(address).status_code == status
        assert client.post(f"{address}paper/").status_code == status
        assert client.post(f"{address}paper/full/", {"why": "check"}).status_code == status
    city = supervisor("4401", clock)
    proof = given(city, at(room, "region"))
    elsewhere = at(other).replace("/institution/", "/region/")
    assert supervisor("44", clock).post(f"{elsewhere}{proof.code}/withdraw/", {"reason": "别处"}).status_code == 404
    assert HoursProof.objects.count() == 1


def test_nothing_learned_proves_nothing(clock: HandClock, db: None) -> None:
    empty = classroom(clock.now())
    response = client_of(empty.learner).post(f"{own(empty)}paper/")
    assert response.status_code == 409
    assert "还没有可以证明的学习时长" in response.content.decode()
    assert not HoursProof.objects.exists()


def test_a_number_is_asked_for_and_read_however_it_is_typed(room: Classroom, learner: Client) -> None:
    proof = given(learner, own(room))
    anybody = Client()
    assert "证明编号" in main_of(anybody, "/proof/")
    typed = " ".join((proof.code[:4], proof.code[4:8].lower(), proof.code[8:]))
    assert anybody.get("/proof/", {"code": typed})["Location"] == f"/proof/{proof.code}/"
    assert anybody.get("/proof/", {"code": "<script>"}).status_code == 400
    assert "没有这个编号" in main_of(anybody, f"/proof/{'0' * 16}/", 404)
    assert "没有这个编号" in main_of(anybody, "/proof/x/", 404)


def test_guessing_numbers_ends_soon(room: Classroom, clock: HandClock) -> None:
    anybody = Client()
    answers = [anybody.get(f"/proof/{number:016d}/").status_code for number in range(122)]
    assert answers[:120] == [404] * 120
    assert answers[120:] == [429] * 2
    clock.advance(3_600_001)
    assert anybody.get("/proof/0000000000000000/").status_code == 404


def test_a_restricted_learner_is_shown_to_the_supervisor_alone(
    room: Classroom, second: Client, clock: HandClock
) -> None:
    room.learner.restricted_at = clock.now()
    room.learner.save(update_fields=["restricted_at"])
    assert second.get(at(room)).status_code == 403
    assert supervisor("4401", clock).get(at(room, "region")).status_code == 200
    assert Identity.objects.filter(account=room.learner).exists()
