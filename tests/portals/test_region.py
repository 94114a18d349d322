"""The region of a supervisor: institutions, classes and what waits there, learners by whole name or number, and the report of a class (clauses C5, T7, M2)."""

import pytest
from django.test import Client

from jiangxue.accounts.queries.persons import person_in_full
from jiangxue.audit.models import AuditEntry
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import StudySession
from jiangxue.portals.supervising import class_report
from jiangxue.typesetting.shapes import Facts, Paper, Table
from jiangxue.ui.durations import duration
from tests.factories.appeals import appeal
from tests.factories.classes import Classroom, classroom
from tests.factories.face_cases import faces_checked, learning, shows
from tests.factories.supervising import classmates, issued, supervisor_account, supervisor_of
from tests.portals.clients import client_of, main_of, supervisor

pytestmark = pytest.mark.clause("C5")
LEARNERS = "/region/learners/"


@pytest.fixture
def city(room: Classroom, clock: HandClock) -> Client:
    return supervisor("4401", clock)


def sought(client: Client, number: str, status: int = 200) -> str:
    response = client.post(f"{LEARNERS}number/", {"number": number})
    assert response.status_code == status
    return response.content.decode().split("<main", 1)[1]


def test_the_overview_says_what_waits_in_each_class_and_which_orders_are_overdue(
    room: Classroom, session: StudySession, learner: Client, city: Client, clock: HandClock
) -> None:
    appeal(session, clock.now())
    issued(supervisor_of("4401", clock), room, clock, days=0)
    clock.advance(86_400_000)
    page = main_of(city, "/region/")
    assert "申诉 1 件" in page
    assert "1 份整改通知逾期未答复" in page
    assert '<a href="/region/institutions/?papers=lacking">1 家机构的必备证照未登记或已到期</a>' in page
    assert f"/region/classes/{room.training_class.pk}/anomalies/" in page


def test_somebody_with_two_places_is_one_learner_of_the_region(room: Classroom, city: Client, clock: HandClock) -> None:
    other = classroom(clock.now(), region="440105")
    assert '<dt>学员</dt><dd class="figure">2</dd>' in main_of(city, "/region/")
    other.training_class.enrolments.update(learner=room.learner)
    assert '<dt>学员</dt><dd class="figure">1</dd>' in main_of(city, "/region/")


def test_a_district_lies_in_its_city_and_the_list_is_narrowed_to_it(room: Classroom, clock: HandClock) -> None:
    other = classroom(clock.now(), region="440105")
    for region, seen in (("44", 2), ("4401", 2), ("440105", 1), ("4403", 0)):
        page = main_of(client_of(supervisor_account(region, clock)), "/region/")
        assert sum(each.institution.name in page for each in (room, other)) == seen
    page = main_of(client_of(supervisor_account("44", clock)), "/region/?region=440105")
    assert other.institution.name in page
    assert room.institution.name not in page
    assert "没有" in main_of(client_of(supervisor_account("4403", clock)), "/region/?region=440105")


def test_learners_are_found_by_whole_name_and_shown_masked(room: Classroom, city: Client, clock: HandClock) -> None:
    classmates(room, clock, 2)
    page = main_of(city, LEARNERS)
    assert page.count("低压电工一班") == 3
    assert room.learner.name not in page
    assert main_of(city, f"{LEARNERS}?q={room.learner.name}").count("/learners/") >= 1
    for part in ("李", "小明", "李小"):
        assert "没有符合条件的学员" in main_of(city, f"{LEARNERS}?q={part}")
    assert "没有符合条件的学员" in main_of(supervisor("4403", clock), f"{LEARNERS}?q={room.learner.name}")


def test_a_number_finds_one_learner_of_the_region_and_is_recorded(
    room: Classroom, city: Client, clock: HandClock
) -> None:
    number = person_in_full(room.learner.pk).id_number
    assert room.training_class.name in sought(city, f" {number[:6]} {number[6:]} ")
    assert number not in main_of(city, LEARNERS)
    assert "没有符合条件的学员" in sought(supervisor("4403", clock), number)
    assert "没有符合条件的学员" in sought(city, "110105194912310021")
    assert sought(city, "", status=400)
    entries = AuditEntry.objects.filter(action="learner.sought").order_by("pk")
    assert [entry.object_id for entry in entries] == [str(room.learner.pk), "", ""]


def test_only_supervisors_look_across_a_region(room: Classroom, head: Client, second: Client, learner: Client) -> None:
    for client in (head, second, learner):
        assert client.get(LEARNERS).status_code == 403
        assert client.post(f"{LEARNERS}number/", {"number": "x"}).status_code == 403


def test_a_restricted_learner_is_not_found_by_name(room: Classroom, city: Client, clock: HandClock) -> None:
    room.learner.restricted_at = clock.now()
    room.learner.save(update_fields=["restricted_at"])
    assert "没有符合条件的学员" in main_of(city, f"{LEARNERS}?q={room.learner.name}")


class TestReport:
    """The report of a class, whose sums are those of its pages."""

    @pytest.fixture
    def room(self, db: None, clock: HandClock) -> Classroom:
        made = faces_checked(classroom(clock.now(), lesson_ms=3_600_000), clock)
        learning(made, clock)
        shows(made, clock, [AttemptOutcome.PASSED])
        return made

    @pytest.fixture
    def papers(self, monkeypatch: pytest.MonkeyPatch) -> list[Paper]:
        found: list[Paper] = []
        real = class_report.paper_of

        def kept(told: class_report.Told) -> Paper:
            found.append(real(told))
            return found[-1]

        monkeypatch.setattr(class_report, "paper_of", kept)
        return found

    def test_its_sums_are_those_of_the_pages(
        self, room: Classroom, head: Client, city: Client, papers: list[Paper], clock: HandClock
    ) -> None:
        response = city.get(f"/region/classes/{room.training_class.pk}/report.pdf")
        assert response.content.startswith(b"%PDF")
        (paper,) = papers
        facts = dict(row for block in paper.blocks if isinstance(block, Facts) for row in block.rows)
        page = main_of(city, f"/region/classes/{room.training_class.pk}/")
        assert f'<dd class="figure">{facts["累计计入"]}</dd>' in page
        assert f'<dd class="figure">{facts["其中已确认"]}</dd>' in page
        assert facts["随机打卡"] == "通过 2"
        roster = next(block for block in paper.blocks if isinstance(block, Table))
        assert duration(8 * 60_000) in roster.rows[-1].cells
        assert room.learner.name not in str(paper)
        settlement = main_of(city, f"/region/classes/{room.training_class.pk}/settlement/")
        assert duration(8 * 60_000) in settlement
        assert AuditEntry.objects.filter(action="class.reported").count() == 1

    def test_others_have_none(self, room: Classroom, second: Client, learner: Client, clock: HandClock) -> None:
        other = classroom(clock.now(), region="440305")
        address = f"/classes/{room.training_class.pk}/report.pdf"
        assert second.get(f"/institution{address}").status_code == 200
        assert client_of(other.head_teacher).get(f"/institution{address}").status_code == 404
        assert supervisor("4403", clock).get(f"/region{address}").status_code == 404
        assert learner.get(f"/institution{address}").status_code == 403
