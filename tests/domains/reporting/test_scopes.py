"""Who sees which rows, and what a filter chooses among them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jiangxue.accounts.models import Identity
from jiangxue.accounts.rules.id_types import IdType, Sex
from jiangxue.courseware.rules.content import PriorityGroup, ProjectType
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.enrolment.rules.background import Education
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.occupations.models import Occupation
from jiangxue.occupations.rules.levels import Level
from jiangxue.reporting.errors import Fault, FilterRefused, NotTheirsToQuery
from jiangxue.reporting.models import PlaceStanding
from jiangxue.reporting.queries.choices import choices_for
from jiangxue.reporting.queries.registry import SHEETS, sheet_for
from jiangxue.reporting.queries.scope import QUERIERS, scope_of
from jiangxue.reporting.queries.statistics import people, progress
from jiangxue.reporting.rules.filters import ClassState, Filter, LearnerState
from tests.factories import people as persons
from tests.factories.classes import Classroom, classroom, teach_anew
from tests.factories.learning import opened, watched

NOBODY: set[int] = set()


@pytest.fixture
def rooms(db: None, clock: HandClock) -> tuple[Classroom, Classroom]:
    """Return a class in Yuexiu, Guangzhou, and one in Nanshan, Shenzhen."""
    return classroom(clock.now(), region="440104"), classroom(clock.now(), region="440305")


def found(viewer: Viewer, clock: HandClock, asked: Filter = Filter()) -> set[int]:  # noqa: B008 (frozen)
    return {row.class_id for row in sheet_for(viewer, "learners", asked, now=clock.now()).rows()}


def supervisor(region: str) -> Viewer:
    return Viewer(1, Role.SUPERVISOR, 1, region)


@pytest.mark.clause("C5")
def test_each_sees_what_they_answer_for(rooms: tuple[Classroom, Classroom], clock: HandClock) -> None:
    here, there = (room.training_class.pk for room in rooms)
    for room in rooms:
        opened(room, clock)
    watched_by = {
        persons.viewer(rooms[0].head_teacher): {here},
        Viewer(2, Role.INSTITUTION_ADMINISTRATOR, rooms[1].institution.pk): {there},
        Viewer(2, Role.TEACHER, rooms[0].institution.pk): NOBODY,
        supervisor("44"): {here, there},
        supervisor("4401"): {here},
        supervisor("440305"): {there},
        supervisor("4404"): NOBODY,
        Viewer(3, Role.SUPERVISOR, 1, None): NOBODY,
    }
    for viewer, seen in watched_by.items():
        for name in ("learners", "records", "classes"):
            sheet = sheet_for(viewer, name, Filter(), now=clock.now())
            assert {row.class_id for row in sheet.rows()} == seen, (viewer, name)
            assert bool(sheet.count()) == bool(seen)
        assert people(scope_of(viewer, Filter(), clock.now())).enrolled == len(seen)
        assert {int(pk) for pk, _name in choices_for(viewer, clock.now()).classes} == seen


@pytest.mark.parametrize("role", sorted(set(Role) - QUERIERS))
def test_others_query_nothing(rooms: tuple[Classroom, Classroom], clock: HandClock, role: Role) -> None:
    viewer = Viewer(rooms[0].learner.pk, role, rooms[0].institution.pk)
    for name in SHEETS:
        with pytest.raises(NotTheirsToQuery):
            sheet_for(viewer, name, Filter(), now=clock.now())
    with pytest.raises(NotTheirsToQuery):
        choices_for(viewer, clock.now())


@pytest.mark.clause("C5")
def test_naming_what_is_not_theirs_is_refused_like_what_is_not_there(
    rooms: tuple[Classroom, Classroom], clock: HandClock
) -> None:
    here, there = rooms
    viewer = supervisor("4401")
    for asked in (
        Filter(institution=there.institution.pk),
        Filter(course=there.training_class.course_id),
        Filter(training_class=there.training_class.pk),
        Filter(training_class=999_999),
        Filter(region="4403"),
    ):
        with pytest.raises(FilterRefused) as refused:
            sheet_for(viewer, "learners", asked, now=clock.now())
        assert [fault.fault for fault in refused.value.faults] == [Fault.NOT_YOURS]
    assert found(viewer, clock, Filter(region="44", institution=here.institution.pk)) == {here.training_class.pk}


def told_apart(rooms: tuple[Classroom, Classroom], clock: HandClock) -> tuple[Classroom, Classroom]:
    """Let the first class and its learner be unlike the second in everything that can be asked for."""
    here, there = rooms
    known = Enrolment.objects.filter(pk=here.enrolment.pk)
    known.update(group=PriorityGroup.MIGRANT_WORKERS.value, education=Education.BACHELOR.value)
    Identity.objects.filter(pk=here.learner.pk).update(sex="female", born_in=date(1990, 11, 1), id_type="passport")
    Identity.objects.filter(pk=there.learner.pk).update(sex="male", born_in=date(1970, 1, 1))
    course = here.training_class.course
    course.occupation = Occupation.objects.create(code="6-31-01-03", name="电工", is_practical=True)
    course.level, course.project_type = Level.FOUR.value, ProjectType.PROJECT.value
    course.save()
    teach_anew(here.training_class, clock.now())
    TrainingClass.objects.filter(pk=there.training_class.pk).update(closes_on=date(2026, 11, 2))
    PlaceStanding.objects.create(enrolment=here.enrolment, lessons=3, done=3)
    return rooms


@pytest.mark.clause("T7")
def test_every_part_of_a_filter_chooses(rooms: tuple[Classroom, Classroom], clock: HandClock) -> None:
    here, _there = told_apart(rooms, clock)
    chooses = (
        Filter(name="小明", group=PriorityGroup.MIGRANT_WORKERS),
        Filter(education=Education.BACHELOR),
        Filter(id_type=IdType.PASSPORT),
        Filter(sex=Sex.FEMALE),
        Filter(age_from=36, age_to=36),
        Filter(age_to=40),
        Filter(learner=LearnerState.FINISHED),
        Filter(institution=here.institution.pk),
        Filter(region="4401"),
        Filter(course=here.training_class.course_id),
        Filter(training_class=here.training_class.pk),
        Filter(occupation="6-31"),
        Filter(level=Level.FOUR),
        Filter(project=ProjectType.PROJECT),
        Filter(state=ClassState.RUNNING),
        Filter(first=date(2026, 11, 3)),
        Filter(first=date(2026, 11, 3), last=date(2027, 1, 1)),
    )
    viewer = supervisor("44")
    assert len(found(viewer, clock)) == 2
    for asked in chooses:
        assert found(viewer, clock, asked) == {here.training_class.pk}, asked
    for asked in (
        Filter(age_from=37, age_to=50),
        Filter(name="无此人"),
        Filter(name="%"),
        Filter(last=date(2026, 10, 31)),
    ):
        assert found(viewer, clock, asked) == NOBODY, asked
    assert progress(scope_of(viewer, Filter(), clock.now())) == {0: 1, 5: 1}


def test_a_class_is_upcoming_running_or_over(rooms: tuple[Classroom, Classroom], clock: HandClock) -> None:
    of, today = rooms[0].training_class, learning_day(clock.now())
    viewer = persons.viewer(rooms[0].head_teacher)

    def state(opens_on: date, closes_on: date, **more: object) -> str:
        TrainingClass.objects.filter(pk=of.pk).update(opens_on=opens_on, closes_on=closes_on, **more)
        (standing,) = scope_of(viewer, Filter(), clock.now()).states.values()
        return standing

    day = timedelta(days=1)
    assert state(today + day, today + day) == "upcoming"
    assert state(today, today) == "running"
    assert state(today - day, today - day) == "over"
    assert state(today, today, closed_at=clock.now()) == "over"


def test_who_has_not_finished_when_the_class_is_over_learns_no_more(
    rooms: tuple[Classroom, Classroom], clock: HandClock
) -> None:
    of, viewer = rooms[0].training_class, persons.viewer(rooms[0].head_teacher)
    assert found(viewer, clock, Filter(learner=LearnerState.LEARNING)) == {of.pk}
    TrainingClass.objects.filter(pk=of.pk).update(closed_at=clock.now())
    assert found(viewer, clock, Filter(learner=LearnerState.LEARNING)) == NOBODY
    assert found(viewer, clock, Filter(learner=LearnerState.UNFINISHED)) == {of.pk}
    held = people(scope_of(viewer, Filter(), clock.now()))
    assert (held.enrolled, held.learning, held.unfinished) == (1, 0, 1)
    PlaceStanding.objects.create(enrolment=rooms[0].enrolment, lessons=3, done=3)
    held = people(scope_of(viewer, Filter(), clock.now()))
    assert (held.finished, held.unfinished) == (1, 0)


@pytest.mark.clause("M2")
def test_nobody_is_found_or_told_apart_by_data_that_are_only_kept(
    rooms: tuple[Classroom, Classroom], clock: HandClock
) -> None:
    here = rooms[0]
    known = Enrolment.objects.filter(pk=here.enrolment.pk)
    known.update(group=PriorityGroup.VETERANS.value, education=Education.MASTER.value)
    viewer = persons.viewer(here.head_teacher)
    asked = (
        Filter(group=PriorityGroup.VETERANS),
        Filter(name="小明"),
        Filter(id_type=IdType.RESIDENT),
        Filter(education=Education.MASTER),
    )
    assert all(found(viewer, clock, each) for each in asked)
    here.learner.restricted_at = clock.now()
    here.learner.save()
    assert not any(found(viewer, clock, each) for each in asked)
    sheet = sheet_for(viewer, "learners", Filter(), now=clock.now(), masked=False)
    (row,) = sheet.rows()
    held = dict(zip((column.key for column in sheet.columns), row.values, strict=True))
    assert (held["id_number"], held["group_name"], held["sex"], held["age"]) == ("", "", "", None)
    assert held["education"] == ""
    assert held["name"] != "李小明"


def test_who_has_left_is_counted_as_left(rooms: tuple[Classroom, Classroom], clock: HandClock) -> None:
    here = rooms[0]
    viewer = persons.viewer(here.head_teacher)
    before = people(scope_of(viewer, Filter(), clock.now()))
    Enrolment.objects.filter(pk=here.enrolment.pk).update(left_at=clock.now())
    after = people(scope_of(viewer, Filter(), clock.now()))
    assert (before.learning, before.left) == (1, 0)
    assert after == replace(before, learning=0, left=1)
    assert found(viewer, clock, Filter(learner=LearnerState.LEFT)) == {here.training_class.pk}


def test_an_erased_place_is_in_no_sheet(rooms: tuple[Classroom, Classroom], clock: HandClock) -> None:
    here = rooms[0]
    session = opened(here, clock)
    watched(session, clock, 2)
    Enrolment.objects.filter(pk=here.enrolment.pk).update(erased_at=clock.now())
    viewer = persons.viewer(here.head_teacher)
    for name in ("learners", "records", "daily"):
        assert not list(sheet_for(viewer, name, Filter(), now=clock.now()).rows())
    assert people(scope_of(viewer, Filter(), clock.now())).enrolled == 0
