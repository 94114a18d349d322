"""A class with many people is opened by the worker: once, from where it stopped, and never without words (clauses T7, C5; decision 0035)."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from jiangxue.accounts.models import Account
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.services.admitting import WrittenDown, admit
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.errors import NotInClass, NotNow
from jiangxue.enrolment.models import ClassOpening, Enrolment, OpeningRun, TrainingClass
from jiangxue.enrolment.queries.roster_files import class_to_fill
from jiangxue.enrolment.rules.openings import MOST_ATTEMPTS, OpeningState, Stop
from jiangxue.enrolment.services import opening_runs, openings
from jiangxue.enrolment.services.background import OPEN
from jiangxue.enrolment.services.opening_runs import open_asked, take_over_lost
from jiangxue.enrolment.services.openings import open_approved, withdraw_opening
from jiangxue.kernel.clock import HandClock, MachineClock
from jiangxue.notices.models import Notice
from jiangxue.policies.rules.reach import Reach
from tests.at_once import at_once
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import people
from tests.factories.archives import events_of
from tests.factories.openings import Office, actor, approved, complete, office, person, submitted
from tests.factories.policies import version
from tests.refusals import refusal_of

CLOCK = HandClock(MORNING)
PEOPLE = 5


@pytest.fixture(autouse=True)
def _two_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the worker have whatever is more than two people, and take two at once."""
    monkeypatch.setattr(openings, "AT_ONCE", 2)
    monkeypatch.setattr(opening_runs, "AT_ONCE", 2)


@pytest.fixture
def of(db: None) -> Office:
    return office(MORNING)


def acting(of: Office, opening: ClassOpening) -> dict[str, Any]:
    return {"viewer": people.viewer(of.administrator), "opening_id": opening.pk, "by": actor(of.administrator)}


def asked(of: Office) -> ClassOpening:
    """Lead an application to where the worker is to open its class."""
    opening = complete(of, MORNING, *(person(serial) for serial in range(PEOPLE)))
    submitted(of, opening, MORNING)
    approved(of, opening, MORNING)
    return open_approved(now=MORNING, **acting(of, opening))


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name=OPEN).count()


@pytest.mark.clause("T7", "C5")
def test_the_worker_opens_the_class_with_everybody_in_it_and_tells_who_asked(of: Office) -> None:
    opening = asked(of)
    assert (opening.state, opening.training_class) == (OpeningState.OPENING, None)
    open_asked(opening.pk, clock=CLOCK)
    opening.refresh_from_db()
    assert opening.state == OpeningState.OPENED
    assert opening.training_class is not None
    places = opening.training_class.enrolments.all()
    assert places.count() == PEOPLE
    kinds = {event["kind"] for event in events_of(places[0].aid)}
    assert kinds == {"enrolment.opened", "enrolment.described", "promise.signed"}
    steps = [step.kind for step in opening.steps.order_by("pk")]
    assert steps == ["started", "submitted", "approved", "asked", "opened"]
    told = Notice.objects.get(account_id=of.administrator.pk, kind="opening.opened")
    assert told.params == {"class_title": opening.name, "people": PEOPLE}


def test_asking_twice_asks_once_and_opens_once(of: Office) -> None:
    opening = asked(of)
    assert open_approved(now=MORNING, **acting(of, opening)).state == OpeningState.OPENING
    assert jobs() == 1
    for _ in range(2):
        open_asked(opening.pk, clock=CLOCK)
    assert open_approved(now=MORNING, **acting(of, opening)).state == OpeningState.OPENED
    assert (TrainingClass.objects.count(), Enrolment.objects.count()) == (1, PEOPLE)


def test_a_worker_that_is_killed_goes_on_where_it_was(of: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    opening, real, rounds = asked(of), opening_runs.give_places, []

    def dying(*args: Any, **kwargs: Any) -> object:
        rounds.append(real(*args, **kwargs))
        if len(rounds) == 2:
            raise KeyboardInterrupt
        return rounds[-1]

    monkeypatch.setattr(opening_runs, "give_places", dying)
    with pytest.raises(KeyboardInterrupt):
        open_asked(opening.pk, clock=CLOCK)
    run = OpeningRun.objects.get()
    assert (run.done, Enrolment.objects.count()) == (2, 2)
    class_id = TrainingClass.objects.get().pk
    fill = partial(class_to_fill, people.viewer(of.head_teacher), class_id, now=MORNING)
    assert refusal_of(fill) is NotInClass, "nobody comes into it beside those whom the application names"
    open_asked(opening.pk, clock=CLOCK)
    assert refusal_of(fill) is None
    run.refresh_from_db()
    assert (run.done, Enrolment.objects.count(), TrainingClass.objects.count()) == (PEOPLE, PEOPLE, 1)


def test_what_stands_in_the_way_gives_the_application_back_with_the_reason(of: Office) -> None:
    opening, before = asked(of), Account.objects.count()
    assert opening.version is not None
    opening.version.taken_down_at = MORNING
    opening.version.save(update_fields=["taken_down_at"])
    open_asked(opening.pk, clock=CLOCK)
    opening.refresh_from_db()
    assert opening.state == OpeningState.APPROVED
    assert OpeningRun.objects.get().stop == Stop.UNFIT
    assert (TrainingClass.objects.count(), Account.objects.count()) == (0, before)
    assert Notice.objects.filter(account_id=of.administrator.pk, kind="opening.stopped").exists()
    assert opening.steps.latest("pk").kind == "stopped"
    opening.version.taken_down_at = None
    opening.version.save(update_fields=["taken_down_at"])
    open_approved(now=MORNING, **acting(of, opening))
    open_asked(opening.pk, clock=CLOCK)
    assert Enrolment.objects.count() == PEOPLE


def test_a_roster_that_is_not_what_was_handed_in_opens_nothing(of: Office) -> None:
    opening = asked(of)
    opening.roster.filter(pk=opening.roster.latest("pk").pk).delete()
    open_asked(opening.pk, clock=CLOCK)
    assert OpeningRun.objects.get().stop == Stop.CHANGED
    assert not TrainingClass.objects.exists()


def test_where_nobody_approves_a_stopped_application_is_changed_and_handed_in_again(of: Office) -> None:
    version(Reach("4401"), {"class_approval": 0}, MORNING)
    opening = submitted(of, complete(of, MORNING, *(person(serial) for serial in range(PEOPLE))), MORNING)
    assert opening.state == OpeningState.OPENING
    late = HandClock(MORNING + timedelta(days=30))
    open_asked(opening.pk, clock=late)
    opening.refresh_from_db()
    assert (opening.state, OpeningRun.objects.get().stop) == (OpeningState.DRAFT, Stop.UNFIT)
    assert submitted(of, opening, MORNING).state == OpeningState.OPENING
    open_asked(opening.pk, clock=CLOCK)
    assert Enrolment.objects.count() == PEOPLE


@pytest.mark.clause("M1")
def test_who_was_registered_under_another_name_after_the_check_is_left_out_and_named(
    of: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening, real = asked(of), opening_runs.make_class

    def late(*args: Any, **kwargs: Any) -> object:
        admit([WrittenDown("另一人", IdType.RESIDENT, people.id_number(500_003))], by=PROGRAM, now=MORNING)
        admit(
            [WrittenDown("第三人", IdType.RESIDENT, people.id_number(700_009), "13900000004")], by=PROGRAM, now=MORNING
        )
        return real(*args, **kwargs)

    monkeypatch.setattr(opening_runs, "make_class", late)
    open_asked(opening.pk, clock=CLOCK)
    run, entries = OpeningRun.objects.get(), list(opening.roster.order_by("pk"))
    assert (run.left_out, run.unreachable) == ([entries[3].pk], [entries[4].pk])
    assert Enrolment.objects.count() == PEOPLE - 1
    assert not Enrolment.objects.filter(learner__name="另一人").exists()


def test_nobody_withdraws_or_decides_while_the_worker_is_at_it(of: Office) -> None:
    opening = asked(of)
    assert refusal_of(lambda: withdraw_opening(words="", now=MORNING, **acting(of, opening))) is NotNow
    assert refusal_of(lambda: approved(of, opening, MORNING)) is NotNow


def test_lost_work_is_begun_anew_some_times_and_then_somebody_is_told(of: Office) -> None:
    opening = asked(of)
    assert take_over_lost(MORNING) == 0
    ProcrastinateJob.objects.filter(task_name=OPEN).update(status="failed")
    assert take_over_lost(MORNING) == 1
    ProcrastinateJob.objects.filter(task_name=OPEN).update(status="failed")
    OpeningRun.objects.update(attempts=MOST_ATTEMPTS)
    assert take_over_lost(MORNING) == 1
    assert OpeningRun.objects.get().stop == Stop.LOST
    open_asked(opening.pk, clock=CLOCK)
    assert not TrainingClass.objects.exists()
    assert Notice.objects.filter(account_id=of.administrator.pk, kind="opening.stopped").exists()
    open_approved(now=MORNING, **acting(of, opening))
    open_asked(opening.pk, clock=CLOCK)
    assert Enrolment.objects.count() == PEOPLE


def test_a_run_deals_with_no_more_people_than_there_are(of: Office) -> None:
    asked(of)
    with broken("enrolment_opening_run_within_roster"):
        OpeningRun.objects.update(done=PEOPLE + 1)


def test_two_workers_at_once_open_one_class(committed_database: str) -> None:
    now = MachineClock().now().replace(hour=1, minute=0, microsecond=0)
    of = office(now)
    opening = complete(of, now, *(person(serial) for serial in range(PEOPLE)))
    with transaction.atomic():
        submitted(of, opening, now)
        approved(of, opening, now)
        open_approved(now=now, **acting(of, opening))
    clock = HandClock(now)
    assert at_once(*[lambda: open_asked(opening.pk, clock=clock)] * 2) == ["done", "done"]
    assert (TrainingClass.objects.count(), Enrolment.objects.count()) == (1, PEOPLE)
    assert OpeningRun.objects.get().done == PEOPLE
