"""The demonstration has a course at each step of the review, brought there by the services that real people use (clauses T1.4, M6)."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings

from jiangxue.accounts.models import Account, Membership
from jiangxue.audit.models import AuditEntry
from jiangxue.courseware.models import Course, CourseVersion, Upload
from jiangxue.courseware.queries.conformity import findings_of
from jiangxue.courseware.queries.contents import content_of
from jiangxue.courseware.rules.conformity import is_fit_for_review
from jiangxue.courseware.rules.screened import place_of
from jiangxue.courseware.rules.versions import State
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.project.demonstration import people
from jiangxue.project.demonstration.accounts_table import accounts_table
from jiangxue.project.demonstration.acting import editor, reviewer
from jiangxue.project.demonstration.courses.bricklayer import BRICKLAYER
from jiangxue.project.demonstration.courses.carer import CARER
from jiangxue.project.demonstration.courses.dim_sum import DIM_SUM
from jiangxue.project.demonstration.courses.housekeeper import HOUSEKEEPER
from jiangxue.project.demonstration.courses.rider import RIDING
from jiangxue.project.demonstration.courses.shapes import SmallCourse
from jiangxue.project.demonstration.courses.welder import WELDER
from jiangxue.project.demonstration.media.course import COURSE
from jiangxue.project.demonstration.occupations import seed_occupations
from jiangxue.project.demonstration.reviewed import seed_review
from jiangxue.project.demonstration.seed import (
    HISTORY_DAYS,
    demonstration_course,
    seed_staff,
)
from jiangxue.project.demonstration.stories import STORIES
from jiangxue.review.models import Review, TakeDown
from jiangxue.review.queries.cases import waiting_for
from jiangxue.review.rules.opinions import Step, Verdict
from jiangxue.screening.queries import hits_at
from tests.conftest import MORNING, cloned_database, connected_to
from tests.domains.courseware.seeding import DAYS, LESSON_MS, TITLES, begin, make
from tests.factories import classes

HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"


@pytest.fixture(scope="module")
def made(clone_prefix: str, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Make the courses once for all tests here, in a database of their own."""
    place = tmp_path_factory.mktemp("demonstration")
    options = {"location": place / "media", "allow_overwrite": True}
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    own = override_settings(
        STORAGES={**settings.STORAGES, "courseware": storage},
        WORK_FOLDER=place / "work",
        PASSWORD_HASHERS=[HASHER],
    )
    with own, django_db_blocker.unblock(), cloned_database(f"{clone_prefix}_courses") as name:
        with connected_to(name):
            begin()
            make()
        yield name


@pytest.fixture
def shown(made: str, django_db_blocker) -> Iterator[None]:
    """Let one test look at the courses."""
    with django_db_blocker.unblock(), connected_to(made):
        yield


def the(small: SmallCourse) -> Course:
    return Course.objects.get(title=small.title)


def version_of(small: SmallCourse) -> CourseVersion:
    return CourseVersion.objects.get(course=the(small))


def verdicts_of(small: SmallCourse) -> list[str]:
    return list(Review.objects.filter(version__course=the(small)).order_by("step").values_list("verdict", flat=True))


@pytest.mark.parametrize(
    ("small", "state", "verdicts"),
    [
        (CARER, State.IN_REVIEW, []),
        (WELDER, State.IN_REVIEW, [Verdict.PASS]),
        (DIM_SUM, State.IN_REVIEW, [Verdict.PASS, Verdict.PASS]),
        (HOUSEKEEPER, State.RETURNED, [Verdict.PASS, Verdict.CHANGES]),
        (RIDING, State.PUBLISHED, [Verdict.PASS] * 3),
    ],
    ids=lambda each: each.title if isinstance(each, SmallCourse) else "",
)
def test_each_course_stands_where_it_should(
    shown: None, small: SmallCourse, state: State, verdicts: list[Verdict]
) -> None:
    assert (version_of(small).state, verdicts_of(small)) == (state, verdicts)


def test_a_course_is_made_once_for_each_story(shown: None) -> None:
    titles = [story.course.title for story in STORIES]
    assert len(set(titles)) == len(titles) == 6
    assert sorted(Course.objects.values_list("title", flat=True)) == sorted([*titles, COURSE.title])


def test_the_draft_shows_what_stops_it_and_what_should_be_better(shown: None) -> None:
    course = the(BRICKLAYER)
    findings = findings_of(course, content_of(course), learning_day(MORNING))
    assert not course.versions.exists()
    assert {each.what.value for each in findings if each.is_blocking} == {
        "no_entry_conditions",
        "online_short",
        "practice_differs",
        "weights_differ",
        "licence_expired",
    }
    assert {each.what.value for each in findings if not each.is_blocking} == {
        "basis_incomplete",
        "no_materials",
        "practice_without_place",
        "no_qualification",
        "unmapped_knowledge",
        "no_check_in_questions",
    }


def test_the_other_courses_pass_the_check_of_the_outline(shown: None) -> None:
    for course in Course.objects.exclude(title=BRICKLAYER.title):
        assert is_fit_for_review(findings_of(course, content_of(course), learning_day(MORNING))), course.title


def test_each_waiting_course_waits_for_those_whose_turn_it_is(shown: None) -> None:
    waiting = {
        login: {each.version.title: (each.step, each.obstacle) for each in waiting_for(reviewer(login))}
        for login in ("ownreviewer", "reviewer", "reviewer2")
    }
    assert waiting["ownreviewer"] == {CARER.title: (Step.INITIAL, None)}
    assert waiting["reviewer2"] == {WELDER.title: (Step.SECOND, None), DIM_SUM.title: (Step.FINAL, None)}
    assert waiting["reviewer"][DIM_SUM.title] == (Step.FINAL, "reviewed_already")


def test_a_word_waits_in_the_course_that_nobody_has_reviewed(shown: None) -> None:
    found = hits_at(place_of(version_of(CARER).pk))
    assert [(hit.word, hit.decision) for hit in found] == [("加微信", "")]


def test_a_word_in_a_warning_was_judged_harmless_by_the_first_reviewer(shown: None) -> None:
    found = hits_at(place_of(version_of(WELDER).pk))
    assert [(hit.word, hit.decision, hit.decided_by.login_name) for hit in found] == [
        ("不用戴安全帽", "harmless", "ownreviewer")
    ]


def test_the_course_that_came_back_has_two_marks_and_one_thing_mended(shown: None) -> None:
    review = Review.objects.get(version=version_of(HOUSEKEEPER), verdict=Verdict.CHANGES)
    assert [mark["at"] for mark in review.marks] == [1, 2]
    assert the(HOUSEKEEPER).entry_conditions != version_of(HOUSEKEEPER).whole.facts.entry_conditions


def test_the_course_that_was_taken_down_says_why(shown: None) -> None:
    act = TakeDown.objects.get(course=the(RIDING))
    assert act.is_down
    assert "GB 17761—2024" in act.reason
    assert version_of(RIDING).taken_down_at == act.at


def test_others_work_has_a_proof_that_is_a_document_of_the_course(shown: None) -> None:
    for small, is_valid in ((WELDER, True), (BRICKLAYER, False)):
        licence = the(small).licences.get()
        assert licence.proof.course_id == the(small).pk
        assert licence.proof.media.pages == 1
        assert (licence.valid_until >= learning_day(MORNING)) is is_valid


def test_one_course_leads_to_a_special_ability_without_a_level(shown: None) -> None:
    course = the(DIM_SUM)
    assert (course.special_ability, course.level) == ("广式点心制作", "")


def test_the_long_course_was_signed_by_three_persons_before_its_classes_began(shown: None) -> None:
    version = CourseVersion.objects.get(course=demonstration_course())
    signed = list(Review.objects.filter(version=version).order_by("step"))
    assert [review.reviewer.login_name for review in signed] == ["ownreviewer", "reviewer", "reviewer2"]
    assert {review.verdict for review in signed} == {Verdict.PASS}
    assert version.submitted_at < signed[0].signed_at < signed[1].signed_at < signed[2].signed_at
    assert version.published_at == signed[2].signed_at < DAYS.ago(HISTORY_DAYS)


def test_the_long_course_declares_the_hours_that_its_lessons_cover(shown: None) -> None:
    hours = demonstration_course().online_hours
    assert hours == len(TITLES) * LESSON_MS * 100 // (45 * 60_000)
    assert all(lesson.knowledge for lesson in content_of(demonstration_course()).lessons)


def test_whoever_reviews_has_no_part_in_a_course(shown: None) -> None:
    reviewers = set(Review.objects.values_list("reviewer__login_name", flat=True))
    authors = set(Course.objects.values_list("contributors__account__login_name", flat=True))
    assert (reviewers, authors) == ({"ownreviewer", "reviewer", "reviewer2"}, {"editor"})


def test_making_it_again_adds_nothing(shown: None) -> None:
    tables = (Account, Membership, Course, CourseVersion, Upload, Review, TakeDown, AuditEntry)
    before = [table.objects.count() for table in tables]
    make()
    assert [table.objects.count() for table in tables] == before


@pytest.fixture
def old(db: None) -> Course:
    """Return the course of a demonstration that was made before there were reviews."""
    course = begin()
    classes.published(course, DAYS.ago(40))
    seed_occupations(DAYS.opened)
    return course


def test_a_course_from_before_there_were_reviews_gets_its_papers_and_keeps_its_version(old: Course) -> None:
    seed_review(old, TITLES, days=DAYS)
    old.refresh_from_db()
    assert (old.occupation_id, old.lecturers.count()) == ("6-31-01-03", 2)
    assert [version.state for version in old.versions.all()] == [State.PUBLISHED]
    assert not Review.objects.exists()


def test_papers_that_somebody_has_begun_are_left_alone(old: Course) -> None:
    Course.objects.filter(pk=old.pk).update(goals="会停电，会验电")
    old.refresh_from_db()
    seed_review(old, TITLES, days=DAYS)
    old.refresh_from_db()
    assert (old.goals, old.occupation_id) == ("会停电，会验电", None)


def test_people_who_have_come_since_are_added_and_the_others_stay(old: Course) -> None:
    kept = Account.objects.get(login_name="reviewer")
    Account.objects.filter(login_name="editor").update(name="改过的名字")
    Membership.objects.filter(account__login_name="reviewer2").delete()
    Account.objects.filter(login_name="reviewer2").delete()
    seed_staff(now=MORNING)
    assert reviewer("reviewer2").organisation_id is None
    assert Account.objects.get(login_name="reviewer") == kept
    assert Account.objects.get(pk=editor().account_id).name == "改过的名字"


def test_the_two_kinds_of_reviewers_are_told_apart(old: Course) -> None:
    lines = {line.split()[0]: line.split()[1] for line in accounts_table().splitlines()}
    assert (lines["ownreviewer"], lines["reviewer"], lines["reviewer2"]) == ("机构审核员", "平台审核员", "平台审核员")
    assert reviewer("ownreviewer").organisation_id == old.institution_id
    assert {Role.REVIEWER in member.roles for member in people.STAFF if member.reviews_own} == {True}
