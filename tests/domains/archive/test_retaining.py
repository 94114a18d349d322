"""Five years from the later of class end and last record; holds; and a run that reports first (clauses T8.1, M2)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from jiangxue.archive.errors import (
    AlreadyHeld,
    NotAReason,
    NothingDue,
    NotTheRole,
    RunMovedOn,
    RunUnderWay,
    SameAdministrator,
    TooFewYears,
)
from jiangxue.archive.models import Erasure
from jiangxue.archive.queries.retention import kept_until
from jiangxue.archive.services.erasing import go_on_erasing
from jiangxue.archive.services.retaining import confirm, drop, hold, lift, report, set_years
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.queries import place_and_class
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.queries.ties import tied_places
from jiangxue.learning.services.ending import end_overdue
from jiangxue.ledger.services import append
from tests.conftest import MORNING
from tests.domains.archive.long_ago import LONG_AGO, administrators, confirmed_run, prove
from tests.factories import people
from tests.factories.appeals import LEAVE
from tests.factories.learning import opened, watched
from tests.factories.lives import Life, life
from tests.factories.logs import Log
from tests.refusals import refusal_of


@pytest.fixture
def clock(clock: HandClock) -> HandClock:
    clock.at = LONG_AGO
    return clock


@pytest.mark.clause("T8.1")
def test_nothing_is_due_before_five_years_have_passed(log: Log, clock: HandClock) -> None:
    clock.at = datetime(2021, 12, 1, 1, 0, tzinfo=UTC)
    lived = life(clock)
    lived.learn(answers=True)
    prove(log)
    place, of_class = place_and_class(lived.room.enrolment.pk)
    until = kept_until(place)
    assert until is not None
    assert until == of_class.closes_on.replace(year=2027, month=until.month, day=until.day)
    assert until >= of_class.closes_on.replace(year=of_class.closes_on.year + 5)
    clock.at = MORNING
    system, _ = administrators(clock.now())
    assert refusal_of(lambda: report(system, by=PROGRAM, now=clock.now())) is NothingDue


@pytest.mark.clause("T8.1")
def test_a_later_record_keeps_an_archive_longer_than_its_class(log: Log, clock: HandClock) -> None:
    lived = life(clock)
    clock.at = datetime(2022, 5, 1, 1, 0, tzinfo=UTC)
    lived.withdraw()
    prove(log)
    place, _ = place_and_class(lived.room.enrolment.pk)
    assert str(kept_until(place)) == "2027-05-01"


@pytest.mark.clause("T8.1")
def test_a_hold_keeps_an_archive_whatever_its_term_also_when_it_is_listed_already(log: Log, clock: HandClock) -> None:
    lived, other = life(clock), life(clock)
    clock.at = MORNING
    prove(log)
    held, _ = place_and_class(lived.room.enrolment.pk)
    supervisor = Viewer(people.account(now=MORNING).pk, Role.SUPERVISOR, region="4401")
    run = confirmed_run(log, clock)
    assert Erasure.objects.filter(run=run).count() == 2
    hold(held, viewer=supervisor, reason="正在核查", by=PROGRAM, now=clock.now())
    assert refusal_of(lambda: hold(held, viewer=supervisor, reason="再次", by=PROGRAM, now=clock.now())) is AlreadyHeld
    assert refusal_of(lambda: hold(held, viewer=supervisor, reason="  ", by=PROGRAM, now=clock.now())) is AlreadyHeld
    go_on_erasing(clock=clock)
    assert Erasure.objects.get(enrolment=held).kept_because == "held", "before the log is told of it"
    prove(log)
    assert go_on_erasing(clock=clock) == 1
    assert Erasure.objects.get(enrolment=other.room.enrolment).erased_at is not None
    lift(held, viewer=supervisor, reason="核查结束", by=PROGRAM, now=clock.now())
    system, security = administrators(clock.now())
    again = report(system, by=PROGRAM, now=clock.now())
    assert [each.enrolment_id for each in Erasure.objects.filter(run=again)] == [held.pk]
    assert refusal_of(lambda: lift(held, viewer=security, reason="x", by=PROGRAM, now=clock.now())) is NotTheRole


@pytest.mark.clause("M2", "M3")
def test_a_run_reports_first_and_two_administrators_let_it_go_on(log: Log, clock: HandClock) -> None:
    life(clock)
    clock.at = MORNING
    prove(log)
    system, security = administrators(clock.now())
    assert refusal_of(lambda: report(security, by=PROGRAM, now=clock.now())) is NotTheRole
    run = report(system, by=PROGRAM, now=clock.now())
    assert go_on_erasing(clock=clock) == 0
    assert not Erasure.objects.exclude(announced_at=None).exists(), "a report changes nothing"
    assert refusal_of(lambda: report(system, by=PROGRAM, now=clock.now())) is RunUnderWay
    assert refusal_of(lambda: confirm(system, run.pk, by=PROGRAM, now=clock.now())) is NotTheRole
    both = Viewer(system.account_id, Role.SECURITY_ADMINISTRATOR)
    assert refusal_of(lambda: confirm(both, run.pk, by=PROGRAM, now=clock.now())) is SameAdministrator
    drop(security, run.pk, by=PROGRAM, now=clock.now())
    assert refusal_of(lambda: confirm(security, run.pk, by=PROGRAM, now=clock.now())) is RunMovedOn
    assert report(system, by=PROGRAM, now=clock.now()).pk != run.pk
    acts = AuditEntry.objects.filter(action__startswith="retention.").order_by("pk").values_list("action", flat=True)
    assert [each.removeprefix("retention.") for each in acts] == ["reported", "dropped", "reported"]


@pytest.mark.clause("T8.1")
def test_the_term_may_be_longer_than_five_years_and_never_shorter(log: Log, clock: HandClock) -> None:
    lived = life(clock)
    clock.at = MORNING
    prove(log)
    system, security = administrators(clock.now())
    for years in (4, 0, 100):
        with pytest.raises(TooFewYears):
            set_years(security, years=years, reason="省里要求", by=PROGRAM, now=clock.now())
    assert refusal_of(lambda: set_years(system, years=9, reason="x", by=PROGRAM, now=clock.now())) is NotTheRole
    assert refusal_of(lambda: set_years(security, years=9, reason=" ", by=PROGRAM, now=clock.now())) is NotAReason
    set_years(security, years=9, reason="省里要求", by=PROGRAM, now=clock.now())
    place, of_class = place_and_class(lived.room.enrolment.pk)
    assert kept_until(place) == of_class.closes_on.replace(year=of_class.closes_on.year + 9)
    assert refusal_of(lambda: report(system, by=PROGRAM, now=clock.now())) is NothingDue


@pytest.mark.clause("T8.1", "T1.3")
def test_archives_whose_checks_judged_each_other_are_kept_until_the_last_of_them(log: Log, clock: HandClock) -> None:
    """A check asked in one class confirms what was learned in another: both archives are evidence of it."""
    first, second = life(clock), life(clock)
    place = enrol(class_id=second.room.training_class.pk, learner_id=first.room.learner.pk, now=clock.now())
    watched(opened(first.room, clock), clock, 2, flags=LEAVE)
    end_overdue(clock=clock)
    elsewhere = Life(replace(second.room, learner=first.room.learner, enrolment=place), clock, second.second)
    elsewhere.learn(answers=True)
    here, there = first.room.enrolment.pk, place.pk
    assert tied_places([here]) == {(here, there)}
    clock.at = datetime(2023, 2, 1, 1, 0, tzinfo=UTC)
    append(place.aid, "enrolment.version_changed", {"before": 1, "version": 1}, at=clock.now())
    prove(log)
    for of in (here, there):
        assert str(kept_until(place_and_class(of)[0])) == "2028-02-01"
