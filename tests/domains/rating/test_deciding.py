"""A person of the platform decides about comments; an institution never about its own (clause M6)."""

from datetime import timedelta

import pytest

from jiangxue.accounts.models import Membership
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.rating.errors import CommentChanged, NoSuchRating, NotTheirsToDecide, WithoutReason
from jiangxue.rating.models import CourseRating
from jiangxue.rating.queries.comments import comments_to_decide, number_held, place_of, public_comments
from jiangxue.rating.queries.figures import averages_of_courses
from jiangxue.rating.rules.drafts import Standing
from jiangxue.rating.services.deciding import SeenComment, hide_comment, show_comment
from jiangxue.screening.queries import hits_at
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.ratings import finished, moderator, rated
from tests.factories.words import word_list

LATER = MORNING + timedelta(hours=1)


@pytest.fixture
def room(db: None) -> Classroom:
    word_list(MORNING)
    return classroom(MORNING)


@pytest.fixture
def held(room: Classroom) -> CourseRating:
    return rated(finished(room.enrolment, MORNING), MORNING, 2, "想学的加★微★信")


@pytest.fixture
def viewer(db: None) -> Viewer:
    return people.viewer(moderator(MORNING))


def _seen(rating: CourseRating) -> SeenComment:
    return SeenComment(rating.pk, rating.serial, Standing(rating.standing))


def _show(viewer: Viewer, rating: CourseRating) -> CourseRating:
    return show_comment(viewer=viewer, seen=_seen(rating), by=PROGRAM, now=LATER)


def _hide(viewer: Viewer, rating: CourseRating, reason: str = "广告") -> CourseRating:
    return hide_comment(viewer=viewer, seen=_seen(rating), reason=reason, by=PROGRAM, now=LATER)


@pytest.mark.clause("M6")
def test_a_held_comment_waits_for_a_person_and_is_shown_to_nobody(viewer: Viewer, held: CourseRating) -> None:
    assert list(comments_to_decide(viewer)) == [held]
    assert number_held(viewer) == 1
    assert not public_comments(held.course_id).exists()


@pytest.mark.clause("M6")
def test_a_comment_that_is_shown_has_harmless_words(viewer: Viewer, held: CourseRating) -> None:
    assert _show(viewer, held).standing == "shown"
    assert [hit.decision for hit in hits_at(place_of(held.pk))] == ["harmless"]
    assert list(public_comments(held.course_id)) == [held]
    assert AuditEntry.objects.filter(action="rating.comment_shown", object_id=str(held.pk)).exists()


@pytest.mark.clause("M6")
def test_the_stars_of_a_hidden_comment_go_on_counting(viewer: Viewer, held: CourseRating) -> None:
    hidden = _hide(viewer, held)
    assert (hidden.standing, hidden.reason, hidden.decided_by_id) == ("hidden", "广告", viewer.account_id)
    assert averages_of_courses([held.course_id])[held.course_id].said == "2.0"


def test_a_shown_comment_is_hidden_and_shown_again(viewer: Viewer, room: Classroom) -> None:
    rating = rated(finished(room.enrolment, MORNING), MORNING, 5, "老师骂人")
    hidden = _hide(viewer, rating, "辱骂他人")
    assert _show(viewer, hidden).reason == ""


def test_other_words_in_the_place_of_hidden_ones_wait_for_a_person(
    viewer: Viewer, room: Classroom, held: CourseRating
) -> None:
    _hide(viewer, held)
    assert rated(room.enrolment, LATER, 2, "讲得好").standing == "held"


def test_so_do_other_words_after_hidden_ones_were_shown_again(
    viewer: Viewer, room: Classroom, held: CourseRating
) -> None:
    assert _show(viewer, _hide(viewer, held)).standing == "shown"
    assert rated(room.enrolment, LATER, 2, "讲得好").standing == "held"


def test_words_that_were_called_harmless_are_not_held_again(
    viewer: Viewer, room: Classroom, held: CourseRating
) -> None:
    _show(viewer, held)
    rated(room.enrolment, LATER, 2, "")
    assert rated(room.enrolment, LATER, 2, held.comment).standing == "shown"


@pytest.mark.parametrize("reason", ["", " 。", "长" * 201])
def test_a_comment_is_hidden_for_a_reason(viewer: Viewer, held: CourseRating, reason: str) -> None:
    with pytest.raises(WithoutReason):
        _hide(viewer, held, reason)


def test_nobody_decides_about_words_that_they_have_not_seen(
    viewer: Viewer, room: Classroom, held: CourseRating
) -> None:
    rated(room.enrolment, LATER, 2, "包过包过")
    with pytest.raises(CommentChanged):
        _show(viewer, held)


def test_what_somebody_else_has_decided_meanwhile_is_not_decided_again(viewer: Viewer, held: CourseRating) -> None:
    seen = _seen(held)
    _hide(viewer, held)
    with pytest.raises(CommentChanged):
        show_comment(viewer=viewer, seen=seen, by=PROGRAM, now=LATER)


@pytest.mark.clause("M6")
@pytest.mark.parametrize("role", [Role.INSTITUTION_ADMINISTRATOR, Role.REVIEWER, Role.COURSE_EDITOR])
def test_an_institution_does_not_decide_about_its_own(room: Classroom, held: CourseRating, role: Role) -> None:
    own = people.viewer(people.account((role, room.institution.pk), now=MORNING))
    assert not comments_to_decide(own).exists()
    with pytest.raises(NoSuchRating):
        _hide(own, held)


@pytest.mark.clause("M6")
def test_a_reviewer_of_the_platform_who_belongs_to_the_institution_does_not_decide(
    room: Classroom, viewer: Viewer, held: CourseRating
) -> None:
    Membership.objects.create(account_id=viewer.account_id, role=Role.TEACHER, organisation=room.institution)
    with pytest.raises(NotTheirsToDecide):
        _hide(viewer, held)


def test_nobody_decides_about_their_own_comment(room: Classroom, held: CourseRating) -> None:
    own = Viewer(room.learner.pk, Role.REVIEWER)
    with pytest.raises(NotTheirsToDecide):
        _show(own, held)
