"""What a course lacks before it can be reviewed (符合性检查). Clauses C2, M7; docs/rules/conformity.md."""

from collections.abc import Iterable, Iterator
from datetime import date

from jiangxue.courseware.rules.content import (
    AssessmentPart,
    CourseContent,
    Facts,
    Fee,
    Lecturer,
    Licence,
    Mode,
    PlannedItem,
    Purpose,
    TaughtLesson,
    TaughtModule,
)
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.questions import sense
from jiangxue.courseware.rules.shortcomings import Figures, Finding, Limits, Place, Section, Shortcoming

ALL_WEIGHTS = 100


def conformity(content: CourseContent, limits: Limits, today: date) -> tuple[Finding, ...]:
    """Return everything that is wrong with a course on a day, section by section. Source: docs/rules/conformity.md."""
    return (
        *_of_facts(content.facts, limits),
        *_of_hours(content, limits),
        *_of_planned(content),
        *_of_assessment(content.assessment),
        *_of_lecturers(content.lecturers),
        *_of_licences(content, limits, today),
        *_of_outline(content.modules, limits),
    )


def is_fit_for_review(findings: Iterable[Finding]) -> bool:
    """Say whether a course with these findings can be submitted for review."""
    return not any(finding.is_blocking for finding in findings)


def _of_facts(facts: Facts, limits: Limits) -> Iterator[Finding]:
    place = Place(Section.FACTS)
    missing = {
        Shortcoming.NO_TITLE: not sense(facts.title),
        Shortcoming.NO_SUMMARY: not sense(facts.summary),
        **_aim_missing(facts, limits),
        Shortcoming.NO_PROJECT_TYPE: facts.project_type is None,
        Shortcoming.NO_BASIS: not sense(facts.basis.name),
        Shortcoming.BASIS_INCOMPLETE: bool(sense(facts.basis.name))
        and not (sense(facts.basis.number) and sense(facts.basis.edition)),
        Shortcoming.NO_TARGET_GROUP: not sense(facts.target_group),
        Shortcoming.NO_ENTRY_CONDITIONS: not sense(facts.entry_conditions),
        Shortcoming.NO_GOALS: not sense(facts.goals),
        Shortcoming.NO_METHODS: not sense(facts.methods),
        Shortcoming.NO_MATERIALS: not sense(facts.materials),
        Shortcoming.NO_FREE_GROUPS: facts.fee is Fee.FREE_FOR_GROUPS and not facts.free_for,
    }
    return (Finding(what, place) for what, is_missing in missing.items() if is_missing)


def _aim_missing(facts: Facts, limits: Limits) -> dict[Shortcoming, bool]:
    """Say what is wrong with that to which a course leads: a level of an occupation, or a special ability."""
    has_ability = bool(sense(facts.special_ability))
    return {
        Shortcoming.NO_OCCUPATION: facts.occupation is None and not has_ability,
        Shortcoming.NO_LEVEL: facts.occupation is not None and facts.level is None and not has_ability,
        Shortcoming.LEVEL_AND_SPECIAL_ABILITY: facts.level is not None and has_ability,
        Shortcoming.LEVEL_UNKNOWN: facts.occupation is not None
        and facts.level is not None
        and facts.level not in limits.levels,
    }


def _of_hours(content: CourseContent, limits: Limits) -> Iterator[Finding]:
    place, hours, pace = Place(Section.HOURS), content.facts.hours, limits.pace
    if hours.total <= 0:
        yield Finding(Shortcoming.NO_HOURS, place)
    wanted_ms, actual_ms = pace.declared_ms(hours.online), pace.sum_ms(content.lessons)
    if actual_ms < wanted_ms:
        yield Finding(Shortcoming.ONLINE_SHORT, place, Figures(wanted_ms, actual_ms))
    read_ms = pace.sum_ms(lesson for lesson in content.lessons if lesson.kind is LessonKind.DOCUMENT)
    most_ms = wanted_ms * limits.document_percent // 100
    if hours.online > 0 and read_ms > most_ms:
        yield Finding(Shortcoming.MUCH_READING, place, Figures(most_ms, read_ms))
    for what, mode, declared in (
        (Shortcoming.LIVE_DIFFERS, Mode.LIVE, hours.live),
        (Shortcoming.PRACTICE_DIFFERS, Mode.PRACTICE, hours.practice),
    ):
        planned = sum(item.hours for item in content.planned if item.mode is mode)
        if planned != declared:
            yield Finding(what, place, Figures(declared, planned))


def _of_planned(content: CourseContent) -> Iterator[Finding]:
    occupation = content.facts.occupation
    if occupation is not None and occupation.is_practical and not _has_practice(content.planned):
        yield Finding(Shortcoming.NO_PRACTICE, Place(Section.PLANNED))
    for index, item in enumerate(content.planned):
        place = Place(Section.PLANNED, index=index)
        if item.hours <= 0:
            yield Finding(Shortcoming.PLANNED_WITHOUT_HOURS, place)
        if item.mode is Mode.PRACTICE and not sense(item.place):
            yield Finding(Shortcoming.PRACTICE_WITHOUT_PLACE, place)


def _has_practice(planned: Iterable[PlannedItem]) -> bool:
    return any(item.mode is Mode.PRACTICE for item in planned)


def _of_assessment(parts: tuple[AssessmentPart, ...]) -> Iterator[Finding]:
    if not parts:
        yield Finding(Shortcoming.NO_ASSESSMENT, Place(Section.ASSESSMENT))
        return
    total = sum(part.weight for part in parts)
    if total != ALL_WEIGHTS:
        yield Finding(Shortcoming.WEIGHTS_DIFFER, Place(Section.ASSESSMENT), Figures(ALL_WEIGHTS, total))
    for index, part in enumerate(parts):
        if part.weight <= 0:
            place = Place(Section.ASSESSMENT, index=index)
            yield Finding(Shortcoming.WEIGHT_NOT_POSITIVE, place, Figures(1, part.weight))


def _of_lecturers(lecturers: tuple[Lecturer, ...]) -> Iterator[Finding]:
    if not lecturers:
        yield Finding(Shortcoming.NO_LECTURER, Place(Section.LECTURERS))
    for index, lecturer in enumerate(lecturers):
        if not sense(lecturer.qualification):
            yield Finding(Shortcoming.NO_QUALIFICATION, Place(Section.LECTURERS, index=index))


def _of_licences(content: CourseContent, limits: Limits, today: date) -> Iterator[Finding]:
    if content.facts.is_imported and not sense(content.facts.supplier):
        yield Finding(Shortcoming.NO_SUPPLIER, Place(Section.LICENCES))
    if content.facts.is_imported and not content.licences:
        yield Finding(Shortcoming.NO_LICENCE, Place(Section.LICENCES))
    for index, licence in enumerate(content.licences):
        place = Place(Section.LICENCES, index=index)
        if not licence.proof_sha256:
            yield Finding(Shortcoming.LICENCE_WITHOUT_PROOF, place)
        yield from _of_term(licence, place, limits, today)


def _of_term(licence: Licence, place: Place, limits: Limits, today: date) -> Iterator[Finding]:
    if licence.valid_until is None:
        return
    days_left = (licence.valid_until - today).days
    if days_left < 0:
        yield Finding(Shortcoming.LICENCE_EXPIRED, place, Figures(0, days_left))
    elif days_left <= limits.expiring_days:
        yield Finding(Shortcoming.LICENCE_EXPIRING, place, Figures(limits.expiring_days, days_left))


def _of_outline(modules: tuple[TaughtModule, ...], limits: Limits) -> Iterator[Finding]:
    if not modules:
        yield Finding(Shortcoming.NO_MODULE, Place(Section.OUTLINE))
        return
    if not any(module.lessons for module in modules):
        yield Finding(Shortcoming.NO_LESSON, Place(Section.OUTLINE))
        return
    for index, module in enumerate(modules):
        if not module.lessons:
            yield Finding(Shortcoming.EMPTY_MODULE, Place(Section.OUTLINE, index=index))
        seen: set[str] = set()
        for lesson in module.lessons:
            if sense(lesson.title) in seen:
                yield Finding(Shortcoming.REPEATED_TITLE, Place(Section.OUTLINE, lesson.ref, index))
            seen.add(sense(lesson.title))
            yield from _of_lesson(lesson, limits)


def _of_lesson(lesson: TaughtLesson, limits: Limits) -> Iterator[Finding]:
    place = Place(Section.OUTLINE, lesson.ref)
    mapped = sum(1 for point in lesson.knowledge if sense(point.work_content))
    if not lesson.knowledge:
        yield Finding(Shortcoming.NO_KNOWLEDGE, place)
    elif mapped < len(lesson.knowledge):
        yield Finding(Shortcoming.UNMAPPED_KNOWLEDGE, place, Figures(len(lesson.knowledge), mapped))
    if not lesson.asked(Purpose.CHECK_IN):
        yield Finding(Shortcoming.NO_CHECK_IN_QUESTIONS, place)
    tests = len(lesson.asked(Purpose.TEST))
    if 0 < tests < limits.fewest_test_questions:
        yield Finding(Shortcoming.FEW_TEST_QUESTIONS, place, Figures(limits.fewest_test_questions, tests))
