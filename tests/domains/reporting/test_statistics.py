"""The figures of statistics, read directly and as they are kept, of a class in which everything happens."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest

from jiangxue.accounts.rules.id_types import IdType, Sex
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.courseware.rules.content import PriorityGroup
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.rules.background import Education
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.kernel.zone import LEARNING_ZONE
from jiangxue.learning.models import Check, StudySession
from jiangxue.learning.rules.reasons import Reason
from jiangxue.occupations.rules.levels import Level
from jiangxue.reporting.models import ClassDay, LastLook, PlaceDay, PlaceStanding
from jiangxue.reporting.queries import facts, statistics
from jiangxue.reporting.queries.amounts import amounts
from jiangxue.reporting.queries.facts import Facts, facts_of
from jiangxue.reporting.queries.scope import Scope, scope_of
from jiangxue.reporting.rules.columns import COLUMNS
from jiangxue.reporting.rules.figures import Division, Period, Tally
from jiangxue.reporting.rules.filters import Filter, LearnerState
from jiangxue.reporting.services.keeping import keep_days, keep_standings
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import classroom, teach_anew
from tests.factories.lives import Life, whole_life
from tests.worlds import Worlds


@pytest.fixture
def lived(worlds: Worlds, clock: HandClock) -> Iterator[Life]:
    with worlds.committed(whole_life, clock) as found:
        yield found


def scope(lived: Life, clock: HandClock) -> Scope:
    return scope_of(people.viewer(lived.room.head_teacher), Filter(), clock.now())


def total(of: Scope, read: Facts) -> Tally:
    return sum(statistics.tallies_in(of, read, Period.DAY).values(), Tally())


@pytest.mark.clause("T7")
def test_a_total_is_that_of_the_sheets_and_of_every_division(lived: Life, clock: HandClock) -> None:
    of = scope(lived, clock)
    read = facts_of(of)
    whole = total(of, read)
    assert whole.time == amounts(of)
    assert whole.sign_ins == StudySession.objects.count()
    assert whole.checks.passed == Check.objects.filter(outcome="passed").exclude(kind="face").count() > 0
    assert whole.checks.missed == Check.objects.filter(outcome="missed").exclude(kind="face").count() > 0
    assert whole.faces.asked == Check.objects.filter(kind="face").exclude(outcome__in=["", "withdrawn"]).count() > 0
    for period in Period:
        assert sum(statistics.tallies_in(of, read, period).values(), Tally()) == whole
    for division in Division:
        parts = statistics.tallies_by(of, read, division)
        assert sum(parts.values(), Tally()) == whole, division
        assert set(parts) <= set(statistics.people_by(of, division))


@pytest.mark.clause("T7")
def test_what_is_kept_is_what_is_read_directly(lived: Life, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    of = scope(lived, clock)
    read = total(of, facts_of(of))
    assert not facts_of(of).is_kept
    keep_days(clock=clock)
    monkeypatch.setattr(facts, "FEW", 0)
    kept = facts_of(of)
    assert kept.is_kept
    assert kept.as_of == clock.now()
    assert total(of, kept) == read
    for division in Division:
        assert sum(statistics.tallies_by(of, kept, division).values(), Tally()) == read, division


OF_LEARNERS = (
    Filter(),
    Filter(name="李"),
    Filter(group=PriorityGroup.VETERANS),
    Filter(education=Education.SENIOR_MIDDLE),
    Filter(id_type=IdType.RESIDENT),
    Filter(sex=Sex.MALE),
    Filter(age_from=16, age_to=60),
    *(Filter(learner=state) for state in LearnerState),
    Filter(first=MORNING.date(), last=MORNING.date()),
)


@pytest.mark.clause("T7", "M3")
@pytest.mark.parametrize("few", [500, 0])
@pytest.mark.parametrize("asked", OF_LEARNERS, ids=lambda asked: asked.query() or "everything")
def test_every_filter_and_division_can_be_read_by_who_adds_up(
    lived: Life, clock: HandClock, monkeypatch: pytest.MonkeyPatch, few: int, asked: Filter
) -> None:
    keep_days(clock=clock)
    monkeypatch.setattr(facts, "FEW", few)
    of = scope_of(people.viewer(lived.room.head_teacher), asked, clock.now())
    for division in Division:
        found = statistics.statistics_of(of, division)
        assert sum((part.tally for part in found.division), Tally()) == found.total, division
    assert statistics.total_of(of).tally == found.total


def test_days_are_written_once_and_again_only_when_they_change(lived: Life, clock: HandClock) -> None:
    assert keep_days(clock=clock) == PlaceDay.objects.count() > 1
    clock.advance(300_000)
    assert keep_days(clock=clock) == 0
    day = PlaceDay.objects.order_by("-day").first()
    assert day is not None
    PlaceDay.objects.filter(enrolment=day.enrolment_id, day=day.day).update(credited=1)
    clock.advance(24 * 3_600_000)
    assert keep_days(clock=clock) == 1
    assert LastLook.objects.get(kept="days").at == clock.now()
    assert sum(ClassDay.objects.values_list("credited", flat=True)) == amounts(scope(lived, clock)).credited_ms


def test_who_has_completed_all_lessons_has_finished(lived: Life, clock: HandClock) -> None:
    assert keep_standings(clock=clock) == 1
    standing = PlaceStanding.objects.get()
    assert (standing.lessons, standing.done) == (1, 1)
    found = statistics.people(scope(lived, clock))
    assert (found.enrolled, found.finished, found.learning, found.settled) == (1, 1, 0, 1)
    assert found.recognised_hours > 0
    assert statistics.progress(scope(lived, clock)) == {5: 1}
    clock.advance(300_000)
    assert keep_standings(clock=clock) == 0


def test_ratings_are_counted(lived: Life, clock: HandClock) -> None:
    assert statistics.ratings(scope(lived, clock)) == {2: 1}


def test_log_ins_are_those_of_learners_of_the_scope_that_succeeded_by_their_day_in_china(
    lived: Life, clock: HandClock
) -> None:
    learner, last = Actor(lived.room.learner.pk), lived.room.training_class.closes_on
    midnight = datetime.combine(last, time(), LEARNING_ZONE)
    audit.record("sign_in", by=learner, at=midnight)
    audit.record("sign_in", by=learner, at=midnight - timedelta(milliseconds=1))
    audit.record("sign_in", by=learner, at=midnight, result=audit.REFUSED)
    audit.record("sign_out", by=learner, at=midnight)
    audit.record("sign_in", by=Actor(lived.room.head_teacher.pk), at=midnight)
    viewer = people.viewer(lived.room.head_teacher)
    counted = {
        asked: statistics.log_ins(scope_of(viewer, asked, clock.now()))
        for asked in (Filter(), Filter(first=last), Filter(last=last - timedelta(days=1)))
    }
    assert list(counted.values()) == [2, 1, 1]


def test_levels_stand_in_their_order(db: None, clock: HandClock) -> None:
    rooms = [classroom(clock.now(), region="440104") for _ in range(4)]
    for room, level in zip(rooms, (Level.ONE, Level.APPRENTICE, Level.FIVE), strict=False):
        course = room.training_class.course
        course.level = level.value
        course.save()
        teach_anew(room.training_class, clock.now())
    of = scope_of(Viewer(1, Role.SUPERVISOR, 1, "44"), Filter(), clock.now())
    found = statistics.statistics_of(of, Division.LEVEL)
    assert [part.key for part in found.division] == ["apprentice", "five", "one", ""]


def test_every_reason_has_its_column() -> None:
    assert {f"refused_{reason.value}" for reason in Reason} < set(COLUMNS)
    for table in (PlaceDay, ClassDay):
        assert {each.name for each in table._meta.fields} > {"pk", "day", *COLUMNS}


@pytest.mark.clause("T8.1")
def test_of_an_erased_place_nothing_is_kept(lived: Life, clock: HandClock) -> None:
    keep_standings(clock=clock)
    keep_days(clock=clock)
    assert PlaceDay.objects.exists()
    assert PlaceStanding.objects.exists()
    Enrolment.objects.filter(pk=lived.room.enrolment.pk).update(erased_at=clock.now())
    clock.advance(24 * 3_600_000)
    keep_standings(clock=clock)
    keep_days(clock=clock)
    assert not PlaceDay.objects.exists()
    assert not PlaceStanding.objects.exists()
    assert not ClassDay.objects.exists()
