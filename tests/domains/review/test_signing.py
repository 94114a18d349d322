"""Three different persons sign what they have looked at, and nothing else is published (clauses T1.4, M6)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import Course, CourseVersion, Lesson
from jiangxue.courseware.queries.teaching import version_in_force
from jiangxue.courseware.rules.versions import State
from jiangxue.courseware.services.screening_versions import screen_version
from jiangxue.courseware.services.submitting import withdraw
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.ledger.models import Payload
from jiangxue.occupations.models import Occupation
from jiangxue.review.errors import ContentChanged, MayNotReview, NoLongerFit, NotToReview, ReviewOver, UnfitOpinion
from jiangxue.review.models import LessonLook, Review
from jiangxue.review.queries import version_for
from jiangxue.review.queries.cases import next_step, number_waiting, waiting_for
from jiangxue.review.rules.opinions import Opinion, Step, Verdict
from jiangxue.review.services.marking import HitJudgement, MarkDraft, judge_hit, note_look, put_mark
from jiangxue.review.services.signing import LookedAt, sign_review
from jiangxue.screening.models import Hit
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import classes, people, words
from tests.factories.courses import PASS, Desk, desk, published, signed, submitted
from tests.refusals import refusal_of

type Counting = Callable[[int], AbstractContextManager[object]]

CHANGES = Opinion(Verdict.CHANGES, {}, "第二课缺少字幕")


@pytest.fixture
def at(db: None) -> Desk:
    return desk(MORNING)


@pytest.mark.clause("T1.4", "M6")
def test_a_course_is_published_after_three_reviews_and_not_before(at: Desk) -> None:
    version = submitted(at, MORNING)
    for reviewer in at.reviewers:
        assert version_in_force(at.course.pk) is None
        signed(reviewer, version, MORNING)
    assert version_in_force(at.course.pk) == version
    assert [review.step for review in Review.objects.order_by("pk")] == [1, 2, 3]
    assert {review.sha256 for review in Review.objects.all()} == {version.sha256}


@pytest.mark.clause("T1.4")
def test_each_review_waits_for_those_who_may_make_it(at: Desk) -> None:
    own, one, other = map(people.viewer, at.reviewers)
    version = submitted(at, MORNING)
    assert [number_waiting(viewer) for viewer in (own, one, other)] == [1, 0, 0]
    signed(at.reviewers[0], version, MORNING)
    assert [number_waiting(viewer) for viewer in (own, one, other)] == [0, 1, 1]
    signed(at.reviewers[1], version, MORNING)
    assert [number_waiting(viewer) for viewer in (own, one, other)] == [0, 0, 1]
    assert [(each.step, each.obstacle) for each in waiting_for(one)] == [(Step.FINAL, "reviewed_already")]
    assert next_step(version) is Step.FINAL


def test_many_that_wait_are_found_with_as_many_statements_as_one(at: Desk, django_assert_num_queries: Counting) -> None:
    viewer = people.viewer(at.reviewers[1])
    for number, each in enumerate((at, desk(MORNING), desk(MORNING)), 1):
        signed(each.reviewers[0], submitted(each, MORNING), MORNING)
        with django_assert_num_queries(5):
            assert number_waiting(viewer) == number


@pytest.mark.clause("T1.4", "M6")
def test_one_person_does_not_review_twice_and_no_author_at_all(at: Desk) -> None:
    version = submitted(at, MORNING)
    author = Viewer(at.editor.pk, Role.REVIEWER, at.institution.pk)

    def by_author() -> None:
        sign_review(
            viewer=author,
            looked_at=LookedAt(version.pk, version.sha256, Step.INITIAL),
            opinion=PASS,
            by=PROGRAM,
            now=MORNING,
        )

    assert refusal_of(by_author) is MayNotReview
    signed(at.reviewers[0], version, MORNING)
    signed(at.reviewers[1], version, MORNING)
    for again in at.reviewers[:2]:
        assert refusal_of(lambda reviewer=again: signed(reviewer, version, MORNING)) is MayNotReview


@pytest.mark.parametrize(("verdict", "state"), [(Verdict.CHANGES, State.RETURNED), (Verdict.REJECT, State.REJECTED)])
def test_a_review_that_does_not_pass_sends_the_course_back_to_its_beginning(
    at: Desk, verdict: Verdict, state: State
) -> None:
    version = submitted(at, MORNING)
    signed(at.reviewers[0], version, MORNING)
    signed(at.reviewers[1], version, MORNING, replace(CHANGES, verdict=verdict))
    version.refresh_from_db()
    assert version.state == state
    assert refusal_of(lambda: signed(at.reviewers[2], version, MORNING)) is ReviewOver
    again = submitted(at, MORNING)
    assert (again.serial, next_step(again)) == (2, Step.INITIAL)


@pytest.mark.clause("T1.4", "T0")
def test_what_is_signed_is_what_stood_on_the_page(at: Desk) -> None:
    version = submitted(at, MORNING)
    looked_at = LookedAt(version.pk, "0" * 64, Step.INITIAL)
    viewer = people.viewer(at.reviewers[0])
    assert (
        refusal_of(lambda: sign_review(viewer=viewer, looked_at=looked_at, opinion=PASS, by=PROGRAM, now=MORNING))
        is ContentChanged
    )


@pytest.mark.clause("T1.4", "T0")
@pytest.mark.parametrize("hidden", ["title", "file", "hours"])
def test_a_course_that_was_changed_behind_the_review_is_not_signed(at: Desk, hidden: str) -> None:
    version = submitted(at, MORNING)
    lesson = at.lessons[0]
    match hidden:
        case "title":
            Lesson.objects.filter(pk=lesson.pk).update(draft_title="别的")
        case "file":
            type(lesson.media).objects.filter(pk=lesson.media_id).update(source_sha256="1" * 64)
        case "hours":
            Course.objects.filter(pk=at.course.pk).update(online_hours=1)
    assert refusal_of(lambda: signed(at.reviewers[0], version, MORNING)) is ContentChanged
    assert not Review.objects.exists()


def test_a_course_that_is_no_longer_fit_does_not_pass_and_can_be_sent_back(at: Desk) -> None:
    version = submitted(at, MORNING)
    Occupation.objects.update(levels=["five"])
    assert refusal_of(lambda: signed(at.reviewers[0], version, MORNING)) is NoLongerFit
    assert signed(at.reviewers[0], version, MORNING, CHANGES).verdict == "changes"


@pytest.mark.clause("T1.4")
def test_no_course_passes_before_a_person_has_looked_at_every_word_that_was_found(at: Desk) -> None:
    words.word_list(MORNING, {"触电": "测试"})
    version = submitted(at, MORNING, screened=False)
    assert refusal_of(lambda: signed(at.reviewers[0], version, MORNING)) is UnfitOpinion
    screen_version(version.pk, now=MORNING)
    assert refusal_of(lambda: signed(at.reviewers[0], version, MORNING)) is UnfitOpinion
    viewer = people.viewer(at.reviewers[0])
    for hit in Hit.objects.all():
        judgement = HitJudgement(hit.pk, is_harmless=True, note="专业用语")
        judge_hit(viewer=viewer, version_id=version.pk, judgement=judgement, by=PROGRAM, now=MORNING)
    assert Hit.objects.exists()
    assert signed(at.reviewers[0], version, MORNING).verdict == "pass"


@pytest.mark.clause("T1.4")
def test_nobody_lets_pass_what_they_have_not_opened(at: Desk) -> None:
    version = submitted(at, MORNING)
    viewer = people.viewer(at.reviewers[0])
    looked_at = LookedAt(version.pk, version.sha256, Step.INITIAL)

    def sign() -> Review:
        return sign_review(viewer=viewer, looked_at=looked_at, opinion=PASS, by=PROGRAM, now=MORNING)

    for lesson in at.lessons:
        assert refusal_of(sign) is UnfitOpinion
        for _ in range(2):
            note_look(viewer=viewer, version_id=version.pk, lesson_id=lesson.pk, now=MORNING)
    assert sign().verdict == "pass"
    with broken("review_lesson_looked_at_once"):
        LessonLook.objects.create(version=version, reviewer=at.reviewers[0], lesson=at.lessons[0], at=MORNING)


def test_marks_are_signed_with_the_opinion_and_stand_in_the_way_of_a_pass(at: Desk) -> None:
    version = submitted(at, MORNING)
    viewer, lesson = people.viewer(at.reviewers[0]), at.lessons[1]
    put_mark(viewer=viewer, version_id=version.pk, draft=MarkDraft(lesson.pk, 61_000, " 字幕有错字 "), now=MORNING)
    assert refusal_of(lambda: signed(at.reviewers[0], version, MORNING)) is UnfitOpinion
    review = signed(at.reviewers[0], version, MORNING, CHANGES)
    assert review.marks == [{"lesson": lesson.pk, "at": 61_000, "text": "字幕有错字"}]


def test_nobody_sees_or_reviews_what_is_not_theirs(at: Desk) -> None:
    version = submitted(at, MORNING)
    other = people.account((Role.REVIEWER, classes.institution().pk), now=MORNING)
    learner = people.account(now=MORNING)
    for stranger in (other, learner):
        assert refusal_of(lambda who=stranger: version_for(people.viewer(who), version.pk)) is NotToReview
        assert refusal_of(lambda who=stranger: signed(who, version, MORNING)) is NotToReview


def test_a_course_that_was_withdrawn_is_reviewed_no_more(at: Desk) -> None:
    version = submitted(at, MORNING)
    withdraw(viewer=people.viewer(at.editor), course_id=at.course.pk, by=PROGRAM, now=MORNING)
    assert refusal_of(lambda: signed(at.reviewers[0], version, MORNING)) is ReviewOver


@pytest.mark.clause("T8.2", "M6")
def test_every_step_is_evidence_in_the_archive_of_the_course(at: Desk) -> None:
    published(at, MORNING)
    assert Payload.objects.filter(aid=Course.objects.get().aid).count() == 5, "handed in, three reviews, published"
    actions = AuditEntry.objects.filter(action__startswith="review.").values_list("action", flat=True)
    assert list(actions) == ["review.pass"] * 3


@pytest.mark.clause("T8.2")
def test_a_signed_review_is_never_changed(at: Desk) -> None:
    published(at, MORNING)
    for act in (lambda: Review.objects.update(comment="x"), lambda: Review.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def _review(version: CourseVersion, reviewer_id: int, step: int) -> None:
    values = {"verdict": "pass", "points": {}, "sha256": version.sha256, "signed_at": MORNING}
    Review.objects.create(version=version, reviewer_id=reviewer_id, step=step, **values)


def test_the_database_keeps_three_steps_by_three_persons(at: Desk) -> None:
    version = submitted(at, MORNING)
    own, one, other = (reviewer.pk for reviewer in at.reviewers)
    _review(version, own, 1)
    with broken("review_one_of_each_step"):
        _review(version, one, 1)
    with broken("review_three_different_persons"):
        _review(version, own, 2)
    with broken("review_step_known"):
        _review(version, other, 4)


def test_a_published_course_is_to_be_reviewed_again_within_a_year(at: Desk) -> None:
    version = published(at, MORNING)
    assert version.review_due_on == (MORNING + timedelta(days=365)).date()
