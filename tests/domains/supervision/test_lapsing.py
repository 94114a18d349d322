"""Frozen hours come back by themselves when nobody decides, and the worker sees to it (clauses M6, C5)."""

from datetime import timedelta

import pytest

from jiangxue.archive.models import FreezeEnd
from jiangxue.archive.queries.dossiers import records_and_dossier
from jiangxue.archive.services.freezing import let_freeze_lapse, lock_hours_of
from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.supervision.jobs import let_freezes_lapse
from jiangxue.supervision.models import Case, CaseStep
from jiangxue.supervision.services.cases_deciding import let_lapse
from tests.factories import people
from tests.factories.cases import decides, officer, opened_case, proposes
from tests.factories.classes import Classroom, classroom

pytestmark = pytest.mark.clause("M6", "C5")


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now())


@pytest.fixture
def case(room: Classroom, clock: HandClock) -> Case:
    return opened_case(people.viewer(officer(clock.now())), room, clock)


def to_last_day(case: Case, clock: HandClock) -> None:
    clock.at += timedelta(days=(case.freeze.until - learning_day(clock.now())).days)


def test_a_freeze_holds_to_the_end_of_its_last_day(case: Case, room: Classroom, clock: HandClock) -> None:
    to_last_day(case, clock)
    held = lock_hours_of(room.enrolment.pk)
    assert not let_freeze_lapse(held, case.freeze, now=clock.now())
    clock.at += timedelta(days=1)
    assert let_freeze_lapse(held, case.freeze, now=clock.now())
    assert FreezeEnd.objects.get().kind == "lapsed"


def test_what_was_decided_does_not_run_out(case: Case, clock: HandClock) -> None:
    first, second = (people.viewer(officer(clock.now())) for _ in range(2))
    proposes(first, case.pk, clock)
    decides(second, case.pk, clock)
    to_last_day(case, clock)
    clock.at += timedelta(days=1)
    assert let_lapse(clock=clock) == 0


def test_nobody_did_it_and_it_stands_in_the_audit(case: Case, clock: HandClock) -> None:
    to_last_day(case, clock)
    clock.at += timedelta(days=1)
    let_lapse(clock=clock)
    step = CaseStep.objects.get()
    assert (step.kind, step.by_id, step.role) == ("lapsed", None, "")
    assert AuditEntry.objects.get(action="case.lapsed").actor_id is None
    _, dossier = records_and_dossier(case.enrolment.aid)
    assert [each.kind for each in dossier.cases[0].steps] == ["lapsed"]


def test_the_worker_lets_nothing_lapse_that_is_in_time(case: Case) -> None:
    let_freezes_lapse(0)
    assert not FreezeEnd.objects.exists()
