"""Until its contents are destroyed an archive can still be kept; and once erased, nothing more is written into it (clauses T8.1, M2)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from jiangxue.archive.models import Erasure, RetentionRun, SettledPlace
from jiangxue.archive.queries import retention
from jiangxue.archive.queries.dossiers import records_and_dossier
from jiangxue.archive.services.erasing import go_on_erasing
from jiangxue.archive.services.retaining import confirm, hold, lift, report
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.queries import place_and_class, places_of
from jiangxue.enrolment.services import describe, enrol
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.models import Segment
from jiangxue.learning.services.ending import end_overdue
from jiangxue.ledger.models import Payload
from jiangxue.ledger.services import append
from jiangxue.ledger.services.forgetting import is_erasable
from tests.conftest import MORNING
from tests.domains.archive.long_ago import LONG_AGO, administrators, confirmed_run, erase, prove
from tests.factories import people
from tests.factories.appeals import LEAVE
from tests.factories.learning import opened, watched
from tests.factories.lives import Life, life
from tests.factories.logs import Log


@pytest.fixture
def clock(clock: HandClock) -> HandClock:
    clock.at = LONG_AGO
    return clock


def supervisor() -> Viewer:
    return Viewer(people.account(now=MORNING).pk, Role.SUPERVISOR, region="4401")


def announced(log: Log, clock: HandClock) -> None:
    """Let everything that is due be announced, and the proof not have come yet."""
    clock.at = MORNING
    prove(log)
    confirmed_run(log, clock)
    go_on_erasing(clock=clock)
    assert Erasure.objects.exclude(announced_at=None).exists()


@pytest.mark.clause("T8.1")
def test_a_hold_that_comes_after_the_announcement_still_keeps_everything(log: Log, clock: HandClock) -> None:
    lived = life(clock)
    lived.learn(answers=True)
    announced(log, clock)
    place, _ = place_and_class(lived.room.enrolment.pk)
    hold(place, viewer=supervisor(), reason="案件需要", by=PROGRAM, now=clock.now())
    prove(log)
    assert go_on_erasing(clock=clock) == 0
    assert Erasure.objects.get().kept_because == "held"
    assert RetentionRun.objects.get().finished_at is not None
    _, dossier = records_and_dossier(place.aid)
    assert dossier.sessions
    assert dossier.erased is None
    lift(place, viewer=supervisor(), reason="案件结束", by=PROGRAM, now=clock.now())
    system, security = administrators(clock.now())
    confirm(security, report(system, by=PROGRAM, now=clock.now()).pk, by=PROGRAM, now=clock.now())
    go_on_erasing(clock=clock)
    prove(log)
    assert go_on_erasing(clock=clock) == 1, "the earlier announcement does not begin the term anew"
    assert log.audit().is_clean


@pytest.mark.clause("T8.1")
def test_a_record_that_comes_after_the_announcement_keeps_the_archive_for_its_own_five_years(
    log: Log, clock: HandClock
) -> None:
    lived = life(clock)
    lived.learn(answers=True)
    announced(log, clock)
    append(lived.room.enrolment.aid, "enrolment.version_changed", {"before": 1, "version": 1}, at=clock.now())
    prove(log)
    assert go_on_erasing(clock=clock) == 0
    assert Erasure.objects.get().kept_because == "not_due"
    assert RetentionRun.objects.get().finished_at is not None, "no run waits for ever"
    assert Segment.objects.exists()
    assert Enrolment.objects.get(pk=lived.room.enrolment.pk).erased_at is None


@pytest.mark.clause("M2")
def test_nothing_more_is_written_into_an_archive_that_is_erased(log: Log, clock: HandClock) -> None:
    lived = life(clock)
    clock.at = MORNING
    newer = life(clock)
    place = enrol(class_id=newer.room.training_class.pk, learner_id=lived.room.learner.pk, now=clock.now())
    prove(log)
    erase(log, clock)
    aid = lived.room.enrolment.aid
    Life(replace(newer.room, learner=lived.room.learner), clock, newer.second).withdraw()
    describe(places_of(lived.room.learner.pk), now=clock.now())
    prove(log)
    assert is_erasable(aid)
    assert Payload.objects.filter(aid=aid).count() == 1
    kinds = [record.kind for record in records_and_dossier(place.aid)[0]]
    assert kinds.count("enrolment.described") == 2
    assert "consent.withdrawn" in kinds


@pytest.mark.clause("T8.1", "T1.3")
def test_an_archive_is_kept_with_the_one_that_it_is_evidence_of(log: Log, clock: HandClock) -> None:
    first, second = life(clock), life(clock)
    place = enrol(class_id=second.room.training_class.pk, learner_id=first.room.learner.pk, now=clock.now())
    watched(opened(first.room, clock), clock, 2, flags=LEAVE)
    end_overdue(clock=clock)
    Life(replace(second.room, learner=first.room.learner, enrolment=place), clock, second.second).learn(answers=True)
    announced(log, clock)
    held, _ = place_and_class(place.pk)
    hold(held, viewer=supervisor(), reason="案件需要", by=PROGRAM, now=clock.now())
    prove(log)
    go_on_erasing(clock=clock)
    go_on_erasing(clock=clock)
    kept = dict(Erasure.objects.values_list("enrolment", "kept_because"))
    assert (kept[place.pk], kept[first.room.enrolment.pk]) == ("held", "tied")
    assert RetentionRun.objects.get().finished_at is not None
    assert Segment.objects.filter(session__enrolment=first.room.enrolment).exists()


@pytest.mark.clause("T8.1")
def test_what_is_not_due_yet_does_not_hide_what_is(log: Log, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "LISTED_AT_ONCE", 1)
    recent, due = life(clock), life(clock)
    clock.at = datetime(2024, 1, 1, tzinfo=UTC)
    append(recent.room.enrolment.aid, "enrolment.version_changed", {"before": 1, "version": 1}, at=clock.now())
    clock.at = MORNING
    prove(log)
    system, _ = administrators(clock.now())
    run = report(system, by=PROGRAM, now=clock.now())
    assert [each.enrolment_id for each in Erasure.objects.filter(run=run)] == [due.room.enrolment.pk]


def test_a_class_that_is_settled_late_writes_nothing_into_erased_archives(log: Log, clock: HandClock) -> None:
    lived = life(clock)
    lived.learn(answers=True)
    prove(log)
    clock.at = MORNING
    erase(log, clock)
    class_id, aid = lived.room.training_class.pk, lived.room.enrolment.aid
    kept = enrol(class_id=class_id, learner_id=people.account(now=MORNING).pk, now=MORNING)
    before = Payload.objects.filter(aid=aid).count()
    lived.settle_now()
    assert [row.enrolment_id for row in SettledPlace.objects.all()] == [kept.pk]
    assert Payload.objects.filter(aid=aid).count() == before
    assert is_erasable(aid), "that it is erased is still its last word"
