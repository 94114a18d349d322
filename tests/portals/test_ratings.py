"""Rating a course on the learner's pages, and reading ratings on the institution's (clause M6)."""

import re

import pytest
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import CourseLecturer
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.rating.models import CourseRating
from jiangxue.rating.queries import lecturer_stars
from jiangxue.rating.rules.drafts import Standing
from jiangxue.rating.services.deciding import SeenComment, hide_comment
from tests.factories import people
from tests.factories.classes import Classroom, classroom, teach_anew
from tests.factories.ratings import another, finished, lecturer, moderator, rated
from tests.factories.words import word_list
from tests.portals.clients import client_of, text_of


@pytest.fixture
def teacher(room: Classroom, clock: HandClock) -> CourseLecturer:
    """Name a teacher in the version that the room's class is taught by."""
    made = lecturer(room.training_class.course)
    teach_anew(room.training_class, clock.now())
    room.enrolment.training_class.refresh_from_db()
    return made


@pytest.fixture
def done(room: Classroom, clock: HandClock) -> Classroom:
    finished(room.enrolment, clock.now())
    return room


def _class_url(room: Classroom) -> str:
    return f"/learn/classes/{room.training_class.pk}/"


def _url(room: Classroom) -> str:
    return f"{_class_url(room)}rating/"


@pytest.mark.clause("M6")
def test_an_unfinished_course_offers_no_rating_and_refuses_a_forged_one(room: Classroom, learner: Client) -> None:
    assert "评价本课程" not in text_of(learner, _class_url(room))
    assert "学完课程后才能评价" in text_of(learner, _url(room), 403)
    response = learner.post(_url(room), {"stars": "5"})
    assert response.status_code == 403
    assert "学完课程后才能评价" in response.content.decode()
    assert not CourseRating.objects.exists()


@pytest.mark.clause("M6")
def test_a_finished_course_is_rated_from_the_page_of_its_class(done: Classroom, learner: Client) -> None:
    assert f'href="{_url(done)}"' in text_of(learner, _class_url(done))
    assert "怎么样" in text_of(learner, _url(done))
    response = learner.post(_url(done), {"stars": "4", "comment": "讲得清楚\r\n就是快了点"}, follow=True)
    page = response.content.decode()
    assert "谢谢您的评价" in page
    assert "★★★★☆" in page
    assert "讲得清楚<br>就是快了点" in page
    assert CourseRating.objects.get().stars == 4


@pytest.mark.clause("M6")
def test_a_rating_is_changed_and_shows_what_was_given(done: Classroom, learner: Client, clock: HandClock) -> None:
    rated(done.enrolment, clock.now(), 2, "一般")
    page = text_of(learner, _url(done))
    assert re.search(r'value="2"[^>]*checked', page)
    assert "一般</textarea>" in page
    learner.post(_url(done), {"stars": "5", "comment": "后来觉得很好"})
    assert (CourseRating.objects.get().stars, CourseRating.objects.get().serial) == (5, 2)


def test_the_teachers_are_rated_too(
    room: Classroom, teacher: CourseLecturer, learner: Client, clock: HandClock
) -> None:
    finished(room.enrolment, clock.now())
    assert "授课教师 王建国" in text_of(learner, _url(room))
    learner.post(_url(room), {"stars": "5", f"lecturer_{teacher.pk}": "3"})
    assert lecturer_stars(CourseRating.objects.get()) == {teacher.pk: 3}
    assert re.search(rf'name="lecturer_{teacher.pk}" value="3"[^>]*checked', text_of(learner, _url(room)))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"comment": "不错"}, "请选择给课程打几颗星"),
        ({"stars": "6", "comment": "不错"}, "请选择给课程打几颗星"),
        ({"stars": "5", "comment": "不错" + "长" * 499}, "超过 500 字"),
        ({"stars": "5", "comment": "不错\x07"}, "无法显示的字符"),
        ({"stars": "5", "comment": "不错\x00"}, "无法显示的字符"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_typed(
    done: Classroom, learner: Client, typed: dict[str, str], words: str
) -> None:
    response = learner.post(_url(done), typed)
    assert response.status_code == 400
    assert words in response.content.decode()
    assert "不错" in response.content.decode()
    assert not CourseRating.objects.exists()


@pytest.mark.clause("M6")
def test_the_author_is_told_that_the_comment_is_held(done: Classroom, learner: Client, clock: HandClock) -> None:
    word_list(clock.now())
    response = learner.post(_url(done), {"stars": "5", "comment": "想学的加★微★信"}, follow=True)
    page = response.content.decode()
    assert "星级已计入；评论要先由人工看过" in page
    assert "复核前只有您自己能看到" in page
    assert "加★微★信" in page


@pytest.mark.clause("M6")
def test_the_author_reads_why_the_comment_is_hidden(done: Classroom, learner: Client, clock: HandClock) -> None:
    rating = rated(done.enrolment, clock.now(), 1, "老师是骗子")
    seen = SeenComment(rating.pk, 1, Standing.SHOWN)
    viewer = people.viewer(moderator(clock.now()))
    hide_comment(viewer=viewer, seen=seen, reason="辱骂他人", by=PROGRAM, now=clock.now())
    page = text_of(learner, _class_url(done))
    assert "不向其他人显示" in page
    assert "理由：辱骂他人" in page
    assert "老师是骗子" in page


@pytest.mark.clause("M3")
def test_somebody_elses_class_is_not_found(done: Classroom, clock: HandClock) -> None:
    stranger = client_of(people.account(now=clock.now()))
    text_of(stranger, _url(done), 404)
    assert stranger.post(_url(done), {"stars": "5"}).status_code == 404


def test_markup_in_a_comment_is_shown_as_text(done: Classroom, learner: Client, clock: HandClock) -> None:
    rated(done.enrolment, clock.now(), 5, "<script>alert(1)</script>")
    assert "<script>alert" not in text_of(learner, _class_url(done))


@pytest.fixture
def staff(room: Classroom, clock: HandClock) -> Account:
    return people.account((Role.INSTITUTION_ADMINISTRATOR, room.institution.pk), now=clock.now())


@pytest.mark.clause("M6")
def test_the_institution_reads_its_ratings_but_no_comment_that_is_held(
    room: Classroom, staff: Account, clock: HandClock
) -> None:
    word_list(clock.now())
    for name, stars, comment in (("张伟", 5, "讲得好"), ("刘洋", 2, "包过吗"), ("陈杰", 4, "")):
        rated(another(room.training_class, clock.now(), name), clock.now(), stars, comment)
    for url in (
        f"/institution/courses/{room.training_class.course_id}/ratings/",
        f"/institution/classes/{room.training_class.pk}/ratings/",
    ):
        page = text_of(client_of(staff), url)
        for words in ("3.7", "3 人评价", "讲得好", "张*", "评论待人工复核"):
            assert words in page
        assert "包过" not in page
        assert "张伟" not in page


def test_one_rating_is_called_one(room: Classroom, staff: Account, clock: HandClock) -> None:
    rated(another(room.training_class, clock.now()), clock.now(), 4)
    page = text_of(client_of(staff), f"/institution/courses/{room.training_class.course_id}/ratings/")
    assert "1 人评价" in page


def test_a_course_without_ratings_says_so(room: Classroom, staff: Account) -> None:
    page = text_of(client_of(staff), f"/institution/courses/{room.training_class.course_id}/ratings/")
    assert "还没有人评价" in page


@pytest.mark.clause("M3")
def test_ratings_of_others_are_not_found(room: Classroom, staff: Account, clock: HandClock) -> None:
    other = classroom(clock.now())
    text_of(client_of(staff), f"/institution/courses/{other.training_class.course_id}/ratings/", 404)
    text_of(client_of(staff), f"/institution/classes/{other.training_class.pk}/ratings/", 404)


def test_a_page_of_many_ratings_asks_for_each_thing_once(room: Classroom, staff: Account, clock: HandClock) -> None:
    """The watch over queries fails the page otherwise."""
    for _ in range(8):
        rated(another(room.training_class, clock.now()), clock.now(), 4, "讲得好")
    page = text_of(client_of(staff), f"/institution/courses/{room.training_class.course_id}/ratings/")
    assert page.count("讲得好") == 8
