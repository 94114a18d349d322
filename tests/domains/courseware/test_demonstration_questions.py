"""The demonstration's course comes with questions that its lessons answer."""

from collections.abc import Mapping, Sequence

import pytest

from jiangxue.accounts.models import Account
from jiangxue.courseware.models import CourseQuestion, Lesson
from jiangxue.courseware.rules.content import Purpose
from jiangxue.courseware.rules.questions import QuestionDraft, fit_question
from jiangxue.project.demonstration.documents import SLUGS
from jiangxue.project.demonstration.media.course import COURSE
from jiangxue.project.demonstration.questions import QUESTIONS
from jiangxue.project.demonstration.seed import demonstration_course, seed, seed_questions
from jiangxue.project.demonstration.test_questions import TEST_QUESTIONS
from tests.conftest import MORNING
from tests.factories import classes

type Questions = Mapping[str, Sequence[QuestionDraft]]
_LESSONS = [*(lesson.slug for lesson in COURSE.lessons), *SLUGS]
_TITLES = {slug: f"课节 {slug}" for slug in _LESSONS}
_BOTH = pytest.mark.parametrize("questions", [QUESTIONS, TEST_QUESTIONS], ids=["check_in", "test"])
_ALL = [*QUESTIONS.values(), *TEST_QUESTIONS.values()]
_DRAFTS = [pytest.param(draft, id=draft.text) for drafts in _ALL for draft in drafts]


@pytest.fixture
def seeded(db: None) -> None:
    seed(now=MORNING)
    classes.add_lessons(demonstration_course(), list(_TITLES.values()))


@pytest.mark.parametrize("draft", _DRAFTS)
def test_a_question_is_kept_just_as_it_is_written(draft: QuestionDraft) -> None:
    kept = fit_question(draft)
    assert (kept.text, kept.options, kept.right_index) == (draft.text, draft.options, draft.right_index)


@_BOTH
def test_every_lesson_has_three_or_four_questions(questions: Questions) -> None:
    assert list(questions) == _LESSONS
    assert all(3 <= len(drafts) <= 4 for drafts in questions.values())


def test_a_test_asks_nothing_that_check_ins_ask() -> None:
    assert {draft.purpose for drafts in TEST_QUESTIONS.values() for draft in drafts} == {Purpose.TEST}
    texts = [draft.text for drafts in _ALL for draft in drafts]
    assert len(texts) == len(set(texts))


@_BOTH
def test_the_right_option_stands_now_here_now_there(questions: Questions) -> None:
    for slug, drafts in questions.items():
        assert len({draft.right_index for draft in drafts}) >= 3, slug
        assert len({draft.text for draft in drafts}) == len(drafts)


def test_each_lesson_gets_its_questions_from_the_course_editor(seeded: None) -> None:
    seed_questions(_TITLES, now=MORNING)
    for slug, drafts in (*QUESTIONS.items(), *TEST_QUESTIONS.items()):
        found = CourseQuestion.objects.filter(lesson__title=_TITLES[slug], purpose=drafts[0].purpose).order_by("pk")
        assert [each.text for each in found] == [draft.text for draft in drafts]
    assert {each.author for each in CourseQuestion.objects.all()} == {Account.objects.get(login_name="editor")}


def test_questions_are_made_once_and_what_the_editor_retired_stays_retired(seeded: None) -> None:
    seed_questions(_TITLES, now=MORNING)
    CourseQuestion.objects.update(retired_at=MORNING)
    seed_questions(_TITLES, now=MORNING)
    assert CourseQuestion.objects.count() == sum(map(len, _ALL))
    assert not Lesson.objects.filter(questions=None)
