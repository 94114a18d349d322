"""The catalogue of courses for everybody: found, filtered, shared, kept by caches (clause C6)."""

import re

import pytest
from django.test import Client

from jiangxue.courseware.models import Course, CourseLecturer
from jiangxue.courseware.rules.content import Fee, PriorityGroup
from jiangxue.courseware.services.versions import freeze, show_no_more
from jiangxue.kernel.clock import HandClock
from jiangxue.occupations.rules.levels import Level
from tests.factories import people
from tests.factories.classes import Classroom, classroom, institution, published, training_class
from tests.factories.classes import course as plain_course
from tests.factories.courses import desk
from tests.factories.courses import published as all_three_passed
from tests.factories.occupations import imported
from tests.factories.ratings import another, rated
from tests.factories.words import word_list
from tests.portals.clients import client_of, text_of

LIST = "/courses/"
ELECTRICIAN, WELDER = "6-31-01-03", "6-18-02-04"


@pytest.fixture
def anybody(db: None) -> Client:
    return Client()


@pytest.fixture
def three(db: None, clock: HandClock) -> list[Course]:
    """Publish three courses, the welder's last."""
    imported(clock.now())
    return [
        listed(clock, "低压电工安全", occupation_id=ELECTRICIAN, level=Level.FOUR, fee=Fee.PAID),
        listed(clock, "电工入门", occupation_id=ELECTRICIAN, level=Level.FIVE, fee=Fee.FREE),
        listed(
            clock,
            "焊接基础",
            occupation_id=WELDER,
            level=Level.FIVE,
            fee=Fee.FREE_FOR_GROUPS,
            free_for=[PriorityGroup.VETERANS, PriorityGroup.GRADUATES],
        ),
    ]


def listed(clock: HandClock, title: str, **facts: object) -> Course:
    """Publish a course with these facts."""
    made = plain_course(institution(), lessons=1)
    Course.objects.filter(pk=made.pk).update(title=title, online_hours=150, practice_hours=50, **facts)
    made.refresh_from_db()
    published(made, clock.now())
    return made


def titles(client: Client, query: str = "") -> list[str]:
    return re.findall(r"<strong>([^<]+)</strong>", text_of(client, f"{LIST}{query}"))


@pytest.mark.clause("C6")
def test_everybody_sees_the_published_courses_the_newest_first(anybody: Client, three: list[Course]) -> None:
    assert titles(anybody) == ["焊接基础", "电工入门", "低压电工安全"]
    page = text_of(anybody, LIST)
    for words in ("共 3 门课程", "电工 · 四级", "2.00 学时", "部分群体免费", "还没有人评价"):
        assert words in page


@pytest.mark.clause("C6")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=电工", ["电工入门", "低压电工安全"]),
        ("?q=入门+电工", ["电工入门"]),
        ("?q=6-18", ["焊接基础"]),
        ("?q=63101", ["电工入门", "低压电工安全"]),
        ("?q=１８", []),
        (f"?occupation={WELDER}", ["焊接基础"]),
        (f"?level={Level.FIVE}", ["焊接基础", "电工入门"]),
        (f"?level={Level.FIVE}&free=on&q=电", ["电工入门"]),
        ("?free=on", ["焊接基础", "电工入门"]),
        ("?occupation=nonsense", ["焊接基础", "电工入门", "低压电工安全"]),
        ("?level=nonsense&page=nonsense", ["焊接基础", "电工入门", "低压电工安全"]),
        ("?good=on", []),
        ("?q=%25", []),
        ("?q=%00", ["焊接基础", "电工入门", "低压电工安全"]),
    ],
)
def test_courses_are_found_by_words_and_filters(
    anybody: Client, three: list[Course], query: str, found: list[str]
) -> None:
    assert titles(anybody, query) == found


def test_courses_are_sorted(anybody: Client, three: list[Course], clock: HandClock) -> None:
    for course, stars in ((three[0], 5), (three[1], 3)):
        of = training_class(course.institution, now=clock.now(), taught=course)
        rated(another(of, clock.now()), clock.now(), stars)
    assert titles(anybody, "?sort=best") == ["低压电工安全", "电工入门", "焊接基础"]
    assert titles(anybody, "?good=on") == ["低压电工安全"]
    assert sorted(titles(anybody, "?sort=name")) == sorted(titles(anybody))


def test_a_search_without_result_says_what_to_do(anybody: Client, three: list[Course]) -> None:
    page = text_of(anybody, f"{LIST}?q=潜水")
    assert "没有符合的课程" in page
    assert "显示全部课程" in page


@pytest.mark.parametrize(
    ("query", "is_open"), [("", False), ("?q=电&sort=newest", False), ("?sort=name", True), ("?free=on", True)]
)
def test_filters_stand_open_where_one_is_used(
    anybody: Client, three: list[Course], query: str, *, is_open: bool
) -> None:
    assert ('<details class="more" open>' in text_of(anybody, f"{LIST}{query}")) == is_open


def test_an_empty_catalogue_says_so(anybody: Client) -> None:
    assert "还没有已发布的课程" in text_of(anybody, LIST)


def test_pages_keep_the_filter(anybody: Client, clock: HandClock) -> None:
    for number in range(21):
        listed(clock, f"课程 {number}")
    page = text_of(anybody, f"{LIST}?q=课程")
    assert len(re.findall("<strong>", page)) == 20
    assert "page=2" in page
    assert len(titles(anybody, "?q=课程&page=2")) == 1


@pytest.mark.clause("C6")
def test_what_is_not_published_or_taken_down_is_not_listed(
    anybody: Client, three: list[Course], clock: HandClock
) -> None:
    freeze(course_id=plain_course(institution()).pk, author_id=None, now=clock.now())
    show_no_more(course_id=three[0].pk, now=clock.now())
    assert titles(anybody) == ["焊接基础", "电工入门"]


@pytest.mark.clause("C6")
def test_a_course_is_introduced_with_all_that_it_has(anybody: Client, clock: HandClock, three: list[Course]) -> None:
    course = three[2]
    CourseLecturer.objects.create(course=course, position=1, name="李秀英", qualification="高级技师")
    Course.objects.filter(pk=course.pk).update(
        goals="会焊平角焊缝", target_group="农民工", entry_conditions="年满 18 周岁"
    )
    course.refresh_from_db()
    version = published(course, clock.now())
    page = text_of(anybody, f"{LIST}{course.pk}/")
    for words in (
        "焊接基础",
        course.institution.name,
        "焊工 · 五级",
        "6-18-02-04",
        "2.00 学时（90 分钟）",
        "1.50 学时（68 分钟）",
        "会焊平角焊缝",
        "农民工",
        "年满 18 周岁",
        "退役军人、高校毕业生",
        "第 1 课",
        "视频 · 3 分",
        "李秀英",
        'class="flow"',
        version.sha256,
        "2026-11-24",
    ):
        assert words in page, words


def test_a_course_that_nobody_has_rated_shows_neither_stars_nor_a_figure(anybody: Client, three: list[Course]) -> None:
    page = text_of(anybody, f"{LIST}{three[2].pk}/")
    assert page.count("还没有人评价") == 2
    assert 'class="stars"' not in page
    assert "big-figure" not in page


@pytest.mark.clause("T1.4")
def test_a_course_says_whether_three_persons_have_reviewed_it(anybody: Client, clock: HandClock) -> None:
    before, reviewed = (
        published(plain_course(institution()), clock.now()),
        all_three_passed(desk(clock.now()), clock.now()),
    )
    assert "上线于审核制度之前，未经审核" in text_of(anybody, f"/courses/{before.course_id}/")
    assert "由三人先后审核通过" in text_of(anybody, f"/courses/{reviewed.course_id}/")


def test_a_course_has_a_title_and_a_description_for_sharing(anybody: Client, three: list[Course]) -> None:
    Course.objects.filter(pk=three[0].pk).update(summary="讲触电\n和急救")
    page = text_of(anybody, f"{LIST}{three[0].pk}/")
    assert f'property="og:title" content="低压电工安全 · {three[0].institution.name}"' in page
    assert f'property="og:url" content="http://testserver{LIST}{three[0].pk}/"' in page
    assert "讲触电" not in page  # the editors' draft is nobody else's business


def test_nothing_that_can_be_played_or_answered_is_on_the_page(anybody: Client, three: list[Course]) -> None:
    page = text_of(anybody, f"{LIST}{three[0].pk}/")
    assert "/media/" not in page
    assert "right_index" not in page


@pytest.mark.clause("M6")
def test_a_course_shows_its_ratings_with_masked_names(anybody: Client, clock: HandClock) -> None:
    word_list(clock.now())
    room: Classroom = classroom(clock.now())
    rated(another(room.training_class, clock.now(), "欧阳慧敏"), clock.now(), 4, "讲得很清楚")
    rated(another(room.training_class, clock.now(), "张伟"), clock.now(), 1, "想学的加★微★信")
    page = text_of(anybody, f"{LIST}{room.training_class.course_id}/")
    for words in ("2.5", "2 人评价", "讲得很清楚", "欧**"):
        assert words in page
    assert "微★信" not in page
    assert "欧阳慧敏" not in page


def test_a_course_that_was_never_published_is_not_found(anybody: Client, clock: HandClock) -> None:
    made = plain_course(institution())
    assert "没有这门已发布的课程" in text_of(anybody, f"{LIST}{made.pk}/", 404)
    freeze(course_id=made.pk, author_id=None, now=clock.now())
    text_of(anybody, f"{LIST}{made.pk}/", 404)
    text_of(anybody, f"{LIST}99999999999999999999/", 404)


@pytest.mark.clause("M6")
@pytest.mark.parametrize("asked", ["level=5", "level=99", "occupation=9-99-99-99", "sort=worst"])
def test_a_choice_that_does_not_exist_is_said_to_be_left_out(anybody: Client, three: list[Course], asked: str) -> None:
    page = text_of(anybody, f"/courses/?{asked}")
    assert "目前没有这一选项，未按它筛选" in page
    assert '<details class="more" open>' in page
    assert "有效的选项" not in page


def test_a_course_that_was_taken_down_is_gone(anybody: Client, three: list[Course], clock: HandClock) -> None:
    show_no_more(course_id=three[0].pk, now=clock.now())
    response = anybody.get(f"{LIST}{three[0].pk}/")
    assert response.status_code == 410
    assert "该课程已暂时下架" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_pages_are_the_same_for_everybody_and_set_no_cookie(
    three: list[Course], clock: HandClock, anybody: Client, *, signed_in: bool
) -> None:
    client = client_of(people.account(now=clock.now())) if signed_in else anybody
    for url in (LIST, f"{LIST}?q=电工", f"{LIST}{three[0].pk}/"):
        response = client.get(url)
        assert not response.cookies
        assert response["Cache-Control"] == "public, max-age=60"
        assert "Cookie" not in response.get("Vary", "")
        assert response.content == anybody.get(url).content
        assert "csrf" not in response.content.decode()


def test_a_page_that_has_not_changed_is_not_sent_again(anybody: Client, three: list[Course], clock: HandClock) -> None:
    url = f"{LIST}{three[0].pk}/"
    etag = anybody.get(url)["ETag"]
    assert anybody.get(url, headers={"if-none-match": etag}).status_code == 304
    of = training_class(three[0].institution, now=clock.now(), taught=three[0])
    rated(another(of, clock.now()), clock.now(), 5)
    assert anybody.get(url, headers={"if-none-match": etag}).status_code == 200


def test_the_pages_are_only_read(anybody: Client, three: list[Course]) -> None:
    assert anybody.post(LIST).status_code == 405
    assert anybody.post(f"{LIST}{three[0].pk}/").status_code == 405


def test_the_sign_in_and_the_learners_pages_lead_to_the_catalogue(anybody: Client, clock: HandClock) -> None:
    assert f'href="{LIST}"' in text_of(anybody, "/sign-in/")
    learner = client_of(people.account(now=clock.now()))
    assert f'<a href="{LIST}">课程目录' in text_of(learner, "/learn/")
