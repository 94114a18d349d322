"""Editors keep the questions of their institution's lessons; others read them, or see nothing (clauses T2.6, M3)."""

from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.courseware.models import CourseQuestion
from jiangxue.courseware.rules.questions import MOST_IN_USE
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.factories import classes, people
from tests.factories.classes import Classroom, classroom
from tests.factories.questions import DRAFT, editor, question
from tests.portals.clients import client_of, text_of

WARNING = "没有打卡问题，打卡时改问点选或简单问题"
NO_STAFF = (Role.REVIEWER, Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)
TYPED = {"text": "先做什么？", "option_0": "停电", "option_1": "验电", "option_3": " 挂牌 ", "right": "3"}


@pytest.fixture
def client(keeper: Account) -> Client:
    return client_of(keeper)


@pytest.fixture
def asked(room: Classroom, keeper: Account, clock: HandClock) -> CourseQuestion:
    return question(room.lesson, keeper, clock.now())


def list_url(room: Classroom) -> str:
    return f"/institution/lessons/{room.lesson.pk}/questions/"


def add_url(room: Classroom) -> str:
    return f"{list_url(room)}add/"


def url_of(asked: CourseQuestion, act: str = "") -> str:
    return f"/institution/questions/{asked.pk}/{act}"


def in_use() -> list[str]:
    return list(CourseQuestion.objects.filter(retired_at=None).order_by("pk").values_list("text", flat=True))


def test_courses_stand_in_the_navigation_of_those_who_keep_them(room: Classroom, clock: HandClock) -> None:
    of, now = room.institution, clock.now()
    for role in (Role.COURSE_EDITOR, Role.INSTITUTION_ADMINISTRATOR):
        page = text_of(client_of(editor(of, now, role)), "/institution/classes/")
        assert '<a href="/institution/courses/"' in page
    assert "/institution/courses/" not in text_of(client_of(room.head_teacher), "/institution/classes/")
    assert client_of(editor(of, now)).get("/").url == "/institution/courses/"


def test_the_courses_of_the_institution_are_listed_and_searched_by_name(room: Classroom, client: Client) -> None:
    course_url = f"/institution/courses/{room.training_class.course_id}/"
    assert course_url in text_of(client, "/institution/courses/")
    assert course_url in text_of(client, "/institution/courses/?q=电工")
    assert "没有符合的课程" in text_of(client, "/institution/courses/?q=焊工")
    assert "3 节没有打卡问题" in text_of(client, "/institution/courses/?q=%00")


def test_a_long_list_of_courses_has_pages(room: Classroom, client: Client) -> None:
    for _ in range(20):
        classes.course(room.institution, lessons=1)
    assert "page=2" in text_of(client, "/institution/courses/")
    assert text_of(client, "/institution/courses/?page=2").count('scope="row"') == 1


def test_an_institution_without_courses_is_told_so(db: None, clock: HandClock) -> None:
    newcomer = client_of(editor(classes.institution(), clock.now()))
    assert "还没有课程" in text_of(newcomer, "/institution/courses/")


def test_an_outline_shows_lengths_and_warns_of_lessons_without_questions(
    room: Classroom, client: Client, asked: CourseQuestion
) -> None:
    page = text_of(client, f"/institution/courses/{room.training_class.course_id}/")
    assert list_url(room) in page
    assert "3 分" in page
    assert "1 道打卡问题" in page
    assert page.count(WARNING) == 2


def test_a_lesson_s_questions_are_shown_with_the_right_option_named(
    room: Classroom, client: Client, asked: CourseQuestion
) -> None:
    page = text_of(client, list_url(room))
    assert asked.text in page
    assert all(option in page for option in asked.options)
    assert page.count("正确选项") == 1
    assert url_of(asked) in page
    assert url_of(asked, "retire/") in page
    assert WARNING not in page


def test_an_empty_lesson_warns_and_offers_the_form(room: Classroom, client: Client) -> None:
    page = text_of(client, list_url(room))
    assert WARNING in page
    assert f'action="{add_url(room)}#add"' in page
    assert client.get(add_url(room)).url == list_url(room)  # where a new sign-in leads


def test_a_question_is_added(room: Classroom, client: Client, keeper: Account) -> None:
    response = client.post(add_url(room), TYPED, follow=True)
    assert response.redirect_chain == [(f"{list_url(room)}#top", 302)]
    assert "已添加" in response.content.decode()
    kept = CourseQuestion.objects.get()
    assert (kept.text, kept.options, kept.right_index) == ("先做什么？", ["停电", "验电", "挂牌"], 2)
    assert (kept.lesson_id, kept.author_id) == (room.lesson.pk, keeper.pk)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"text": ""}, "请写出问题"),
        ({"text": " \n "}, "请写出问题"),
        ({"text": "问" * 201}, "超过 200 字"),
        ({"text": "先\0做"}, "无法显示的字符"),
        ({"option_0": "", "option_1": "", "option_3": ""}, "请至少填写 2 个选项"),
        ({"option_1": "停 电"}, "与前面的一个相同"),
        ({"option_0": "ABC", "option_1": "ＡＢＣ"}, "与前面的一个相同"),
        ({"option_0": "甲" * 61}, "超过 60 字"),
        ({"option_0": "停\0电"}, "无法显示的字符"),
        ({"right": ""}, "请点选哪一个选项正确"),
        ({"right": "2"}, "请点选哪一个选项正确"),
        ({"right": "9"}, "请点选哪一个选项正确"),
        ({"right": "x" * 5000}, "请点选哪一个选项正确"),
    ],
)
def test_an_unfit_question_is_refused_in_plain_words_and_what_was_typed_stays(
    room: Classroom, client: Client, change: dict[str, str], told: str
) -> None:
    response = client.post(add_url(room), {**TYPED, "option_4": "设遮栏 & 监护", **change})
    page = response.content.decode()
    assert response.status_code == 400
    assert page.count(told) == 1
    assert "设遮栏 &amp; 监护" in page
    assert "还没有保存" in page
    assert not in_use()


def test_an_error_is_joined_to_its_field_and_the_chosen_radio_stays_chosen(room: Classroom, client: Client) -> None:
    page = client.post(add_url(room), {**TYPED, "option_1": "停电"}).content.decode()
    assert 'id="id_option_1_error"' in page
    assert 'aria-describedby="id_option_1_error"' in page
    radios = [part for part in page.split("<input") if 'type="radio"' in part.split(">")[0]]
    assert ["checked" in part.split(">")[0] for part in radios] == [False, False, False, True, False]
    page = client.post(add_url(room), {**TYPED, "right": ""}).content.decode()
    assert 'aria-describedby="options-help options-errors"' in page


def test_a_full_lesson_takes_no_more_and_keeps_what_was_typed(
    room: Classroom, client: Client, keeper: Account, clock: HandClock
) -> None:
    for number in range(MOST_IN_USE):
        question(room.lesson, keeper, clock.now(), f"第 {number} 题")
    assert "要添加新题，请先停用一道" in text_of(client, list_url(room))
    response = client.post(add_url(room), TYPED)
    assert response.status_code == 409
    assert "挂牌" in response.content.decode()
    assert len(in_use()) == MOST_IN_USE


def test_a_changed_question_takes_the_place_of_the_old_one(
    client: Client, room: Classroom, asked: CourseQuestion
) -> None:
    assert DRAFT.text in text_of(client, url_of(asked))
    response = client.post(url_of(asked), TYPED, follow=True)
    assert "已修改，原题已停用" in response.content.decode()
    assert in_use() == ["先做什么？"]
    asked.refresh_from_db()
    assert asked.text == DRAFT.text


def test_an_unfit_change_is_refused_and_the_question_stays(client: Client, asked: CourseQuestion) -> None:
    response = client.post(url_of(asked), {**TYPED, "right": ""})
    assert response.status_code == 400
    assert "挂牌" in response.content.decode()
    assert client.post(url_of(asked), {}).status_code == 400
    assert in_use() == [DRAFT.text]


def test_saving_without_a_change_leaves_the_question_alone(client: Client, asked: CourseQuestion) -> None:
    typed = {"text": asked.text, "right": "2", **{f"option_{place}": each for place, each in enumerate(asked.options)}}
    assert client.post(url_of(asked), typed).status_code == 302
    assert CourseQuestion.objects.get().retired_at is None


def test_a_question_is_retired_after_being_asked_once(client: Client, room: Classroom, asked: CourseQuestion) -> None:
    page = text_of(client, url_of(asked, "retire/"))
    assert "停用这道题吗" in page
    assert "本节最后一道题" in page
    assert in_use() == [DRAFT.text]
    assert "已停用" in client.post(url_of(asked, "retire/"), follow=True).content.decode()
    assert in_use() == []


def test_who_comes_too_late_is_told_and_may_add_what_they_typed(
    client: Client, room: Classroom, asked: CourseQuestion, clock: HandClock
) -> None:
    CourseQuestion.objects.update(retired_at=clock.now() + timedelta(minutes=1))
    for response in (
        client.get(url_of(asked)),
        client.get(url_of(asked, "retire/")),
        client.post(url_of(asked, "retire/")),
    ):
        assert response.status_code == 409
        assert list_url(room) in response.content.decode()
    late = client.post(url_of(asked), TYPED)
    assert late.status_code == 409
    assert "挂牌" in late.content.decode()
    assert f'action="{add_url(room)}#add"' in late.content.decode()


@pytest.mark.clause("M3")
@pytest.mark.parametrize("role", [Role.TEACHER, Role.HEAD_TEACHER])
def test_teachers_read_and_cannot_change(room: Classroom, asked: CourseQuestion, clock: HandClock, role: Role) -> None:
    teacher = client_of(people.account((role, room.institution.pk), now=clock.now()))
    course_url = f"/institution/courses/{room.training_class.course_id}/"
    assert text_of(teacher, course_url)
    page = text_of(teacher, list_url(room))
    assert "正确选项" in page
    assert "由本机构的课程编辑和机构管理员维护" in page
    assert url_of(asked) not in page
    assert add_url(room) not in page
    assert course_url in text_of(client_of(room.head_teacher), f"/institution/classes/{room.training_class.pk}/")
    assert every_change(teacher, room, asked) == {403}
    assert in_use() == [DRAFT.text]


def every_change(client: Client, room: Classroom, asked: CourseQuestion) -> set[int]:
    return {
        client.post(add_url(room), TYPED).status_code,
        client.post(url_of(asked), TYPED).status_code,
        client.get(url_of(asked)).status_code,
        client.post(url_of(asked, "retire/")).status_code,
        client.get(url_of(asked, "retire/")).status_code,
    }


@pytest.mark.clause("M3")
@pytest.mark.parametrize("role", [Role.COURSE_EDITOR, Role.INSTITUTION_ADMINISTRATOR])
def test_another_institution_s_editors_find_nothing_and_change_nothing(
    room: Classroom, asked: CourseQuestion, clock: HandClock, role: Role
) -> None:
    elsewhere = classroom(clock.now(), region="440305")
    other = client_of(editor(elsewhere.institution, clock.now(), role))
    course_url = f"/institution/courses/{room.training_class.course_id}/"
    assert course_url not in text_of(other, "/institution/courses/")
    assert {other.get(course_url).status_code, other.get(list_url(room)).status_code} == {404}
    assert every_change(other, room, asked) == {404}
    assert in_use() == [DRAFT.text]


@pytest.mark.clause("M3")
def test_learners_reviewers_and_others_see_nothing_and_change_nothing(
    room: Classroom, asked: CourseQuestion, clock: HandClock
) -> None:
    others = [room.learner, *(people.account((role, None), now=clock.now()) for role in NO_STAFF)]
    for other in map(client_of, others):
        reads = {other.get(url).status_code for url in ("/institution/courses/", list_url(room))}
        assert reads == {403}
        assert every_change(other, room, asked) == {403}
    stranger = Client()
    assert every_change(stranger, room, asked) == {302}
    assert stranger.get(list_url(room)).url.startswith("/sign-in/")
    assert in_use() == [DRAFT.text]


def test_what_is_not_there_is_not_found(client: Client, room: Classroom) -> None:
    for number in (0, 2**40, 10**30):
        for url in (
            f"/institution/courses/{number}/",
            f"/institution/lessons/{number}/questions/",
            f"/institution/questions/{number}/",
        ):
            assert client.get(url).status_code == 404


def test_the_audit_names_what_was_done(client: Client, room: Classroom, clock: HandClock) -> None:
    client.post(add_url(room), TYPED)
    auditor = client_of(people.account((Role.AUDIT_ADMINISTRATOR, None), now=clock.now()))
    assert "添加打卡问题或测验题" in text_of(auditor, "/operator/audit/")
