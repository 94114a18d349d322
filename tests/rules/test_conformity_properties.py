"""What always holds of the conformity check, whatever the course. docs/rules/conformity.md."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.courseware.rules.conformity import conformity, is_fit_for_review
from jiangxue.courseware.rules.content import (
    AssessmentPart,
    CourseContent,
    Facts,
    Hours,
    Lecturer,
    Level,
    Licence,
    Mode,
    Occupation,
    PlannedItem,
    ProjectType,
    TaughtLesson,
    TaughtModule,
)
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.lengths import Pace
from jiangxue.courseware.rules.shortcomings import Finding, Limits, Section, Shortcoming
from tests.factories.content import LEVELS, TODAY, complete_content, complete_facts, lesson_of

limits_of_any_rule = st.builds(
    Limits,
    levels=st.frozensets(st.sampled_from(Level)),
    pace=st.builds(Pace, ms_per_hour_unit=st.integers(60_000, 3_600_000), page_ms=st.integers(5_000, 600_000)),
)
texts = st.sampled_from(["", " ", "电工", "#let x = 1", "\u200b"])
lessons = st.builds(
    TaughtLesson,
    ref=st.integers(1, 99),
    title=texts,
    kind=st.sampled_from(LessonKind),
    length_ms=st.integers(0, 30_000_000),
    pages=st.integers(0, 500),
    source_sha256=st.just("a" * 64),
)
modules = st.builds(TaughtModule, title=texts, lessons=st.lists(lessons, max_size=3).map(tuple))
courses = st.builds(
    CourseContent,
    facts=st.builds(
        Facts,
        title=texts,
        summary=texts,
        occupation=st.none() | st.builds(Occupation, texts, texts, st.booleans()),
        level=st.none() | st.sampled_from(Level),
        special_ability=texts,
        project_type=st.none() | st.sampled_from(ProjectType),
        hours=st.builds(Hours, *(st.integers(0, 2_000),) * 3),
        is_imported=st.booleans(),
    ),
    modules=st.lists(modules, max_size=3).map(tuple),
    planned=st.lists(st.builds(PlannedItem, st.sampled_from(Mode), texts, st.integers(0, 900)), max_size=3).map(tuple),
    assessment=st.lists(st.builds(AssessmentPart, texts, texts, st.integers(-10, 110)), max_size=3).map(tuple),
    lecturers=st.lists(st.builds(Lecturer, st.integers(1, 9), texts), max_size=2).map(tuple),
    licences=st.lists(st.builds(Licence, texts, texts, st.none() | st.dates()), max_size=2).map(tuple),
)


def of_kind(findings: tuple[Finding, ...], what: Shortcoming) -> list[Finding]:
    return [finding for finding in findings if finding.what is what]


@pytest.mark.clause("C2")
@given(courses, limits_of_any_rule, lessons)
def test_a_further_lesson_never_makes_a_course_shorter(
    course: CourseContent, limits: Limits, lesson: TaughtLesson
) -> None:
    longer = replace(course, modules=(*course.modules, TaughtModule("又一章", (lesson,))))
    before = of_kind(conformity(course, limits, TODAY), Shortcoming.ONLINE_SHORT)
    after = of_kind(conformity(longer, limits, TODAY), Shortcoming.ONLINE_SHORT)
    assert len(after) <= len(before)
    assert all(
        a.figures and b.figures and a.figures.lacking <= b.figures.lacking for a, b in zip(after, before, strict=False)
    )


@given(courses, limits_of_any_rule, st.integers(0, 30_000_000))
def test_a_further_film_makes_no_finding_about_hours(course: CourseContent, limits: Limits, length_ms: int) -> None:
    longer = replace(
        course, modules=(*course.modules, TaughtModule("又一章", (lesson_of(100, "影片", 0, length_ms=length_ms),)))
    )
    before = {f.what for f in conformity(course, limits, TODAY) if f.place.section is Section.HOURS}
    after = {f.what for f in conformity(longer, limits, TODAY) if f.place.section is Section.HOURS}
    assert after <= before


@given(courses, limits_of_any_rule)
def test_a_film_as_long_as_what_is_lacking_mends_it_and_a_shorter_one_does_not(
    course: CourseContent, limits: Limits
) -> None:
    for finding in of_kind(conformity(course, limits, TODAY), Shortcoming.ONLINE_SHORT):
        assert finding.figures is not None
        lacking_ms = finding.figures.lacking
        for length_ms, is_short in ((lacking_ms, False), (lacking_ms - 1, True)):
            film = lesson_of(100, "补足", 0, length_ms=length_ms)
            mended = replace(course, modules=(*course.modules, TaughtModule("又一章", (film,))))
            assert bool(of_kind(conformity(mended, limits, TODAY), Shortcoming.ONLINE_SHORT)) is is_short


@given(st.dates(TODAY, date(2028, 6, 30)))
def test_a_complete_course_is_fit_for_review_on_every_day_of_its_licence(today: date) -> None:
    assert is_fit_for_review(conformity(complete_content(), Limits(LEVELS), today))


@given(st.integers(1, 5_000))
def test_and_on_no_day_after_it(days: int) -> None:
    late = date(2028, 6, 30) + timedelta(days=days)
    assert not is_fit_for_review(conformity(complete_content(), Limits(LEVELS), late))


@given(courses, limits_of_any_rule, st.dates())
def test_every_finding_has_a_place_that_is_there(course: CourseContent, limits: Limits, today: date) -> None:
    rows: dict[Section, int] = {
        Section.PLANNED: len(course.planned),
        Section.ASSESSMENT: len(course.assessment),
        Section.LECTURERS: len(course.lecturers),
        Section.LICENCES: len(course.licences),
        Section.OUTLINE: len(course.modules),
    }
    refs = {lesson.ref for lesson in course.lessons}
    for finding in conformity(course, limits, today):
        place = finding.place
        assert place.index is None or place.index < rows[place.section]
        assert place.lesson is None or (place.section is Section.OUTLINE and place.lesson in refs)


_REMOVALS: list[Callable[[CourseContent], CourseContent]] = [
    lambda content: replace(content, modules=()),
    lambda content: replace(content, planned=()),
    lambda content: replace(content, assessment=()),
    lambda content: replace(content, lecturers=()),
    lambda content: replace(content, licences=()),
    lambda content: replace(content, facts=complete_facts(hours=Hours())),
    lambda content: replace(content, facts=Facts(title=content.facts.title)),
]


@pytest.mark.parametrize("without", _REMOVALS)
def test_no_part_of_a_complete_course_can_be_left_out(without: Callable[[CourseContent], CourseContent]) -> None:
    assert not is_fit_for_review(conformity(without(complete_content()), Limits(LEVELS), TODAY))
