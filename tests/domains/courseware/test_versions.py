"""A version is a course frozen: what was reviewed is what is taught (clauses T1.4, M6)."""

import hashlib

import pytest
from django.db import DatabaseError, transaction

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.errors import NothingChanged, NotInReview, UnderReview, UnfitCourse, VersionEnded
from jiangxue.courseware.models import Course, CourseQuestion, CourseVersion, Lesson, Module, Upload
from jiangxue.courseware.queries.contents import content_of
from jiangxue.courseware.queries.teaching import questions_asked, taught_in, version_in_force
from jiangxue.courseware.rules.content import CourseContent, Lecturer, Purpose
from jiangxue.courseware.rules.questions import QuestionDraft
from jiangxue.courseware.rules.versions import State
from jiangxue.courseware.services import add_question, retire_question
from jiangxue.courseware.services.facts import put_assessment, put_lecturers, put_licences, put_plan
from jiangxue.courseware.services.outline import (
    LessonWords,
    ModuleOrder,
    add_module,
    change_lesson,
    put_in_order,
    remove_lesson,
    remove_module,
    rename_module,
    replace_courseware,
)
from jiangxue.courseware.services.placing import Placement, place_lesson
from jiangxue.courseware.services.submitting import withdraw
from jiangxue.courseware.services.versions import end_review, publish
from jiangxue.kernel.canonical import canonical_json
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import people, uploads
from tests.factories.courses import Desk, desk, published, submitted
from tests.refusals import refusal_of

QUESTION = QuestionDraft("先做什么？", ("停电", "验电"), 0)


@pytest.fixture
def at(db: None) -> Desk:
    return desk(MORNING)


def ready(at: Desk, name: str = "新课件.pdf") -> Upload:
    media = uploads.document(f"made/{name}/1")
    return uploads.kept(
        at.course, at.editor, MORNING, name=name, state="ready", kind="pdf", finished_at=MORNING, media=media
    )


def whole(at: Desk) -> CourseContent:
    return content_of(Course.objects.get(pk=at.course.pk))


@pytest.mark.clause("T1.4")
def test_a_version_is_known_by_the_hash_of_its_canonical_content(at: Desk) -> None:
    version = submitted(at, MORNING)
    assert version.sha256 == hashlib.sha256(canonical_json(version.content)).hexdigest()
    assert version.whole == whole(at)


def test_a_course_that_lacks_something_is_not_handed_in(at: Desk) -> None:
    put_assessment(viewer=people.viewer(at.editor), course_id=at.course.pk, parts=[], by=PROGRAM, now=MORNING)
    assert refusal_of(lambda: submitted(at, MORNING)) is UnfitCourse
    assert not CourseVersion.objects.exists()


def test_a_course_is_handed_in_once_and_again_when_something_has_changed(at: Desk) -> None:
    published(at, MORNING)
    assert refusal_of(lambda: submitted(at, MORNING)) is NothingChanged
    add_question(viewer=people.viewer(at.editor), lesson_id=at.lessons[0].pk, draft=QUESTION, by=PROGRAM, now=MORNING)
    assert submitted(at, MORNING).serial == 2


CHANGES = {
    "facts": lambda at, put: put_lecturers(course_id=at.course.pk, lecturers=[Lecturer(0, "别人")], **put),
    "plan": lambda at, put: put_plan(course_id=at.course.pk, items=[], **put),
    "assessment": lambda at, put: put_assessment(course_id=at.course.pk, parts=[], **put),
    "licences": lambda at, put: put_licences(course_id=at.course.pk, licences=[], **put),
    "module": lambda at, put: add_module(course_id=at.course.pk, title="新", **put),
    "module name": lambda at, put: rename_module(module_id=at.course.modules.get().pk, title="新", **put),
    "module away": lambda at, put: remove_module(module_id=at.course.modules.get().pk, **put),
    "order": lambda at, put: put_in_order(course_id=at.course.pk, order=[], **put),
    "lesson": lambda at, put: change_lesson(lesson_id=at.lessons[0].pk, words=LessonWords("新"), **put),
    "lesson away": lambda at, put: remove_lesson(lesson_id=at.lessons[0].pk, **put),
    "file": lambda at, put: place_lesson(upload_id=ready(at).pk, placement=Placement("新", new_module="新"), **put),
    "other file": lambda at, put: replace_courseware(lesson_id=at.lessons[0].pk, upload_id=ready(at).pk, **put),
    "question": lambda at, put: add_question(lesson_id=at.lessons[0].pk, draft=QUESTION, **put),
}


@pytest.mark.clause("T1.4", "M6")
@pytest.mark.parametrize("what", CHANGES)
def test_what_is_being_reviewed_stays_as_it_is(at: Desk, what: str) -> None:
    version = submitted(at, MORNING)
    put = {"viewer": people.viewer(at.editor), "by": PROGRAM, "now": MORNING}
    assert refusal_of(lambda: CHANGES[what](at, put)) is UnderReview
    assert whole(at).sha256 == version.sha256


def test_a_course_that_is_withdrawn_can_be_changed_and_is_reviewed_from_the_beginning(at: Desk) -> None:
    submitted(at, MORNING)
    keeper = people.viewer(at.editor)
    withdraw(viewer=keeper, course_id=at.course.pk, by=PROGRAM, now=MORNING)
    assert CourseVersion.objects.get().state == State.WITHDRAWN
    add_question(viewer=keeper, lesson_id=at.lessons[0].pk, draft=QUESTION, by=PROGRAM, now=MORNING)
    assert submitted(at, MORNING).serial == 2
    withdraw(viewer=keeper, course_id=at.course.pk, by=PROGRAM, now=MORNING)
    refused = refusal_of(lambda: withdraw(viewer=keeper, course_id=at.course.pk, by=PROGRAM, now=MORNING))
    assert refused is NotInReview


@pytest.mark.clause("T1.4", "M6")
def test_a_file_that_is_exchanged_makes_another_lesson_and_the_published_version_keeps_the_old_one(at: Desk) -> None:
    before = published(at, MORNING)
    old = at.lessons[0]
    keeper = people.viewer(at.editor)
    add_question(viewer=keeper, lesson_id=old.pk, draft=QUESTION, by=PROGRAM, now=MORNING)
    new = replace_courseware(viewer=keeper, lesson_id=old.pk, upload_id=ready(at).pk, by=PROGRAM, now=MORNING)
    assert (new.pk != old.pk, new.draft_title, new.position) == (True, old.draft_title, old.position)
    assert [lesson.pk for lesson in at.lessons] == [new.pk, before.lessons.all()[1].lesson_id]
    assert next(taught.lesson_id for taught in taught_in([before.pk])) == old.pk
    assert (whole(at).lessons[0].kind, before.whole.lessons[0].kind) == ("document", "video")
    assert [question.text for question in new.questions.all()] == ["先做什么？"]
    assert new.knowledge.count() == 1


def test_a_new_title_waits_until_it_is_published(at: Desk) -> None:
    published(at, MORNING)
    lesson = at.lessons[0]
    words = LessonWords("触电与急救")
    change_lesson(viewer=people.viewer(at.editor), lesson_id=lesson.pk, words=words, by=PROGRAM, now=MORNING)
    assert Lesson.objects.get(pk=lesson.pk).title == "第 1 课"
    published(at, MORNING)
    assert Lesson.objects.get(pk=lesson.pk).title == "触电与急救"


def test_a_class_asks_what_its_version_has_less_what_was_retired_since(at: Desk) -> None:
    keeper, lesson = people.viewer(at.editor), at.lessons[0]
    put = {"viewer": keeper, "lesson_id": lesson.pk, "by": PROGRAM, "now": MORNING}
    first = add_question(draft=QUESTION, **put)
    version = published(at, MORNING)
    add_question(draft=QuestionDraft("再做什么？", ("停电", "验电"), 1), **put)
    asked = questions_asked(version.pk, lesson.pk, Purpose.CHECK_IN)
    assert [question.pk for question in asked] == [first.pk]
    retire_question(viewer=keeper, question_id=first.pk, by=PROGRAM, now=MORNING)
    assert not questions_asked(version.pk, lesson.pk, Purpose.CHECK_IN)
    assert CourseQuestion.objects.count() == 2


def test_a_newer_version_takes_the_place_of_the_one_before(at: Desk) -> None:
    first = published(at, MORNING)
    add_question(viewer=people.viewer(at.editor), lesson_id=at.lessons[0].pk, draft=QUESTION, by=PROGRAM, now=MORNING)
    second = published(at, MORNING)
    first.refresh_from_db()
    assert (first.state, first.is_taught, second.state) == (State.REPLACED, True, State.PUBLISHED)
    assert version_in_force(at.course.pk) == second


def test_a_version_that_came_to_nothing_stays_so(at: Desk) -> None:
    version = submitted(at, MORNING)
    end_review(version_id=version.pk, state=State.RETURNED, now=MORNING)
    assert refusal_of(lambda: publish(version_id=version.pk, now=MORNING)) is VersionEnded
    assert refusal_of(lambda: end_review(version_id=version.pk, state=State.REJECTED, now=MORNING)) is VersionEnded


@pytest.mark.clause("T8.2")
@pytest.mark.parametrize(
    "column", ["content = '{}'", "sha256 = ''", "serial = 9", "course_id = course_id", "title = ''"]
)
def test_the_application_cannot_change_what_a_version_consists_of(at: Desk, column: str) -> None:
    submitted(at, MORNING)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        CourseVersion.objects.raw(f"UPDATE courseware_courseversion SET {column} RETURNING id")[0]


def test_lessons_are_put_in_another_order_and_into_other_modules(at: Desk) -> None:
    keeper = people.viewer(at.editor)
    put = {"viewer": keeper, "course_id": at.course.pk, "by": PROGRAM, "now": MORNING}
    first, (one, two) = at.course.modules.get(), at.lessons
    second = add_module(title="第二章", **put)
    put_in_order(order=[ModuleOrder(second.pk, (two.pk,)), ModuleOrder(first.pk, (one.pk,))], **put)
    assert [(lesson.module_id, lesson.pk) for lesson in at.lessons] == [(second.pk, two.pk), (first.pk, one.pk)]
    assert [module.pk for module in Module.objects.order_by("position")] == [second.pk, first.pk]


def test_a_lesson_that_was_taken_out_can_be_put_in_again(at: Desk) -> None:
    keeper, upload = people.viewer(at.editor), ready(at)
    put = {"viewer": keeper, "by": PROGRAM, "now": MORNING}
    place_lesson(upload_id=upload.pk, placement=Placement("讲义", at.course.modules.get().pk), **put)
    lesson = at.lessons[-1]
    remove_lesson(lesson_id=lesson.pk, **put)
    assert lesson.pk not in [each.pk for each in at.lessons]
    place_lesson(upload_id=upload.pk, placement=Placement("讲义（新）", at.course.modules.get().pk), **put)
    assert (at.lessons[-1].pk, at.lessons[-1].draft_title) == (lesson.pk, "讲义（新）")


def test_a_lecturer_stays_the_same_from_version_to_version(at: Desk) -> None:
    put = {"viewer": people.viewer(at.editor), "course_id": at.course.pk, "by": PROGRAM, "now": MORNING}
    (known,) = whole(at).lecturers
    put_lecturers(lecturers=[Lecturer(0, "李秀英"), Lecturer(known.ref, "王建国", "讲师")], **put)
    assert [each.name for each in whole(at).lecturers] == ["李秀英", "王建国"]
    assert whole(at).lecturers[1].ref == known.ref
    put_lecturers(lecturers=[], **put)
    assert whole(at).lecturers == ()


def _version(at: Desk, **changes: object) -> None:
    values = {"serial": 9, "title": "课", "content": {}, "sha256": "", "submitted_at": MORNING, "state": "in_review"}
    CourseVersion.objects.create(course=at.course, **values | changes)


_PUBLISHED = {"state": "published", "published_at": MORNING, "review_due_on": MORNING.date()}


def test_a_course_has_one_version_of_a_serial(at: Desk) -> None:
    _version(at, **_PUBLISHED)
    with broken("courseware_version_serial"):
        _version(at)


def test_one_version_of_a_course_is_in_review(at: Desk) -> None:
    _version(at)
    with broken("courseware_version_one_in_review"):
        _version(at, serial=10)


def test_one_version_of_a_course_is_published(at: Desk) -> None:
    _version(at, **_PUBLISHED)
    with broken("courseware_version_one_published"):
        _version(at, serial=10, **_PUBLISHED)


@pytest.mark.parametrize(
    "changes",
    [{"state": "published"}, {"published_at": MORNING, "review_due_on": MORNING.date()}, {"taken_down_at": MORNING}],
)
def test_what_is_published_says_when_and_nothing_else_does(at: Desk, changes: dict[str, object]) -> None:
    with broken("courseware_version_published_has_time"):
        _version(at, **changes)


@pytest.mark.parametrize("changes", [{"state": "returned"}, {"ended_at": MORNING}])
def test_what_has_ended_says_when_and_nothing_else_does(at: Desk, changes: dict[str, object]) -> None:
    with broken("courseware_version_ended_has_time"):
        _version(at, **changes)


def test_a_version_has_a_lesson_once_and_a_place_once(at: Desk) -> None:
    taught = submitted(at, MORNING).lessons.all()[0]
    values = {"version": taught.version, "module_position": 1, "module_title": "章", "title": "课"}
    with broken("courseware_version_lesson_once"):
        type(taught).objects.create(lesson=taught.lesson, position=9, **values)
    other = Lesson.objects.create(
        course=at.course, position=9, title="又", draft_title="又", media=uploads.document("made/again/1")
    )
    with broken("courseware_version_lesson_position"):
        type(taught).objects.create(lesson=other, position=taught.position, **values)


def test_who_had_a_part_is_written_down_once(at: Desk) -> None:
    part = at.course.contributors.get()
    assert part.account == at.editor
    with broken("courseware_contributor_once"):
        type(part).objects.create(course=at.course, account=at.editor, since=MORNING)


def test_a_course_leads_to_a_level_or_to_a_special_ability(at: Desk) -> None:
    with broken("courseware_course_level_or_ability"):
        Course.objects.filter(pk=at.course.pk).update(level="five", special_ability="砖雕")


def test_a_planned_item_is_live_or_practice(at: Desk) -> None:
    with broken("courseware_planned_is_live_or_practice"):
        at.course.planned.update(mode="online")


def test_a_question_is_for_check_ins_or_for_the_test(at: Desk) -> None:
    with broken("courseware_question_purpose_known"):
        values = {"text": "?", "options": ["1", "2"], "right_index": 0, "created_at": MORNING, "author": at.editor}
        CourseQuestion.objects.create(lesson=at.lessons[0], purpose="exam", **values)
