"""Editors put the outline in order, name it, and change its lessons; classes that run keep what they have (clauses C2, M3, M6, M7)."""

import json

import pytest
from django.test import Client

from jiangxue.courseware.models import Lesson, Media, Module, Upload
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.factories import classes, uploads
from tests.factories.courses import Desk, desk, submitted
from tests.factories.questions import editor, question
from tests.portals.clients import client_of, text_of
from tests.portals.courses import READERS, course_url, lesson_url, rows, teacher_of, titles

KEPT = [["第 1 课", "第 2 课", "第 3 课"], ["补充 1"]]


@pytest.fixture
def at(db: None, clock: HandClock) -> Desk:
    made = desk(clock.now(), lessons=3)
    classes.add_lessons(made.course, ["补充 1"])
    return made


@pytest.fixture
def client(at: Desk) -> Client:
    return client_of(at.editor)


def modules(at: Desk) -> list[Module]:
    return list(at.course.modules.order_by("position"))


def move(client: Client, at: Desk, name: str) -> int:
    return client.post(course_url(at, "outline/order/"), {"move": name}).status_code


def put(client: Client, at: Desk, order: object):
    """Send an order as the page's script does."""
    body = order if isinstance(order, bytes) else json.dumps(order)
    return client.post(course_url(at, "outline/order/"), body, content_type="application/json")


def order_of(at: Desk) -> list[dict[str, object]]:
    return [{"id": each.pk, "lessons": [lesson.pk for lesson in each.lessons.all()]} for each in modules(at)]


def ready(at: Desk, clock: HandClock, name: str = "新课件.pdf") -> Upload:
    media = Media.objects.create(
        kind="document", folder=f"made/{name}", page_sizes=[[1280, 720]], sha256="1" * 64, source_sha256="2" * 64
    )
    ended = {"state": "ready", "kind": "pdf", "media": media, "finished_at": clock.now(), "told_at": clock.now()}
    return uploads.kept(at.course, at.editor, clock.now(), name=name, **ended)


def test_the_outline_shows_modules_and_lessons_in_order(at: Desk, client: Client) -> None:
    page = text_of(client, course_url(at, "outline/"))
    assert page.index("第一章") < page.index("第 1 课") < page.index("第 3 课") < page.index("补充 1")
    assert lesson_url(at) in page


def test_buttons_move_a_lesson_by_one_place_and_over_the_border(at: Desk, client: Client) -> None:
    assert move(client, at, f"up-lesson-{at.lessons[1].pk}") == 302
    assert titles(at) == [["第 2 课", "第 1 课", "第 3 课"], ["补充 1"]]
    move(client, at, f"down-lesson-{at.lessons[2].pk}")
    assert titles(at) == [["第 2 课", "第 1 课"], ["第 3 课", "补充 1"]]


def test_buttons_move_a_module_with_its_lessons(at: Desk, client: Client) -> None:
    move(client, at, f"up-module-{modules(at)[1].pk}")
    assert titles(at) == [["补充 1"], ["第 1 课", "第 2 课", "第 3 课"]]


def test_at_the_ends_of_the_outline_nothing_moves(at: Desk, client: Client) -> None:
    move(client, at, f"up-lesson-{at.lessons[0].pk}")
    move(client, at, f"down-module-{modules(at)[1].pk}")
    move(client, at, "up-lesson-999999")
    assert titles(at) == KEPT


@pytest.mark.parametrize("name", ["", "up", "left-lesson-1", "up-course-1", "up-lesson-x", "up-lesson-" + "9" * 400])
def test_a_move_that_is_none_is_refused(at: Desk, client: Client, name: str) -> None:
    assert move(client, at, name) == 400


def test_the_whole_order_is_kept_at_once(at: Desk, client: Client) -> None:
    order = order_of(at)
    order[0]["lessons"], order[1]["lessons"] = [], [*order[1]["lessons"], *order[0]["lessons"]]
    assert put(client, at, order[::-1]).status_code == 200
    assert titles(at) == [["补充 1", "第 1 课", "第 2 课", "第 3 课"], []]


def test_an_order_of_another_outline_is_refused_in_words(at: Desk, client: Client) -> None:
    order = order_of(at)
    order[0]["lessons"] = order[0]["lessons"][1:]
    response = put(client, at, order)
    assert response.status_code == 409
    assert "大纲刚被他人或您的另一窗口改动" in response.json()["reason"]
    assert titles(at) == KEPT


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[1]", b'[{"id":"x","lessons":[]}]', b"\xff", b'[{"id":1e400,"lessons":[]}]', b"[" * 20_000]
)
def test_an_order_that_cannot_be_read_is_refused(at: Desk, client: Client, body: bytes) -> None:
    assert put(client, at, body).status_code == 400


def test_a_module_is_added_renamed_and_removed(at: Desk, client: Client) -> None:
    response = client.post(course_url(at, "modules/add/"), {"title": "第三章 & 急救"}, follow=True)
    assert "第三章 &amp; 急救" in response.content.decode()
    added = modules(at)[-1]
    client.post(course_url(at, f"modules/{added.pk}/"), {"title": "急救"})
    assert modules(at)[-1].title == "急救"
    assert "删除本章" in text_of(client, course_url(at, f"modules/{added.pk}/"))
    client.post(course_url(at, f"modules/{added.pk}/remove/"))
    assert added not in modules(at)
    assert client.get(course_url(at, "modules/add/")).url == course_url(at, "outline/")  # where a new sign-in leads


@pytest.mark.parametrize("title", ["", "章" * 121, "第\0章"])
def test_a_module_without_a_fit_title_is_refused(at: Desk, client: Client, title: str) -> None:
    assert client.post(course_url(at, "modules/add/"), {"title": title}).status_code == 400
    assert client.post(course_url(at, f"modules/{modules(at)[0].pk}/"), {"title": title}).status_code == 400
    assert [each.title for each in modules(at)] == ["第一章", "补充"]


def test_a_module_that_holds_lessons_stays(at: Desk, client: Client) -> None:
    address = course_url(at, f"modules/{modules(at)[0].pk}/")
    assert "本章有 3 个课节" in text_of(client, address)
    response = client.post(f"{address}remove/")
    assert response.status_code == 409
    assert "请先把课节移到其他章" in response.content.decode()


def test_a_module_of_another_course_is_not_found(at: Desk, client: Client) -> None:
    other = classes.course(at.institution)
    assert client.get(course_url(at, f"modules/{other.modules.get().pk}/")).status_code == 404


@pytest.mark.clause("C2")
def test_a_lesson_keeps_its_title_and_the_work_content_of_its_knowledge_points(at: Desk, client: Client) -> None:
    points = rows({"text": "安全电压", "work_content": "安全防护"}, {"text": "", "work_content": ""})
    response = client.post(lesson_url(at), {"title": "触电的危害", **points}, follow=True)
    assert response.redirect_chain == [(f"{course_url(at, 'outline/')}#lesson-{at.lessons[0].pk}", 302)]
    kept = at.lessons[0]
    assert kept.draft_title == "触电的危害"
    assert list(kept.knowledge.values_list("text", "work_content")) == [("安全电压", "安全防护")]


def test_who_saves_a_lesson_over_another_is_asked_first(at: Desk, client: Client) -> None:
    seen = client.get(lesson_url(at)).context["seen"]
    assert client.post(lesson_url(at), {"title": "别人起的名", "rows": 0, "seen": seen}).status_code == 302
    response = client.post(lesson_url(at), {"title": "我起的名", "rows": 0, "seen": seen})
    assert response.status_code == 409
    assert "我起的名" in response.content.decode()
    assert "别人起的名" in text_of(client, lesson_url(at))


def test_an_unfit_lesson_is_refused_and_stays_typed(at: Desk, client: Client) -> None:
    response = client.post(lesson_url(at), {"title": "", **rows({"text": "", "work_content": "安全 & 防护"})})
    page = response.content.decode()
    assert response.status_code == 400
    assert "请写知识点" in page
    assert "安全 &amp; 防护" in page
    more = client.post(lesson_url(at), {"title": "还没写完", **rows({"text": "一"}), "more": "1"})
    assert more.status_code == 200
    assert 'name="row-1-text"' in more.content.decode()
    assert at.lessons[0].draft_title == "第 1 课"


def test_a_lesson_leads_to_its_questions_preview_and_file(at: Desk, client: Client, clock: HandClock) -> None:
    page = text_of(client, lesson_url(at))
    for address in ("questions/", "preview/", "replace/", "remove/"):
        assert lesson_url(at, 0, address) in page


@pytest.mark.clause("T1.4")
def test_other_courseware_takes_the_place_of_a_lesson_s(at: Desk, client: Client, clock: HandClock) -> None:
    question(at.lessons[1], at.editor, clock.now())
    old, file = at.lessons[1], ready(at, clock)
    assert "须从头学习" in text_of(client, lesson_url(at, 1, "replace/"))
    response = client.post(lesson_url(at, 1, "replace/"), {"upload": str(file.pk)}, follow=True)
    new = at.lessons[1]
    assert response.redirect_chain == [(f"/institution/lessons/{new.pk}/", 302)]
    assert (new.draft_title, new.media_id) == (old.draft_title, file.media_id)
    assert new.questions.filter(retired_at=None).count() == 1
    assert titles(at) == KEPT
    assert client.get(f"/institution/lessons/{old.pk}/").status_code == 404


def test_only_free_files_of_the_course_can_be_chosen(at: Desk, client: Client, clock: HandClock) -> None:
    assert "没有可选的文件" in text_of(client, lesson_url(at, 1, "replace/"))
    file = ready(at, clock)
    uploads.kept(at.course, at.editor, clock.now(), name="还没传完.pdf")
    page = text_of(client, lesson_url(at, 1, "replace/"))
    assert "新课件.pdf" in page
    assert "还没传完.pdf" not in page
    for choice in ("", "x", "00000000-0000-0000-0000-000000000000"):
        assert client.post(lesson_url(at, 1, "replace/"), {"upload": choice}).status_code == 400
    client.post(lesson_url(at, 1, "replace/"), {"upload": str(file.pk)})
    assert client.post(lesson_url(at, 2, "replace/"), {"upload": str(file.pk)}).status_code == 400


def test_a_lesson_is_taken_out_after_being_asked_once(at: Desk, client: Client) -> None:
    assert "把本课节移出大纲吗" in text_of(client, lesson_url(at, 1, "remove/"))
    assert titles(at) == KEPT
    client.post(lesson_url(at, 1, "remove/"))
    assert titles(at) == [["第 1 课", "第 3 课"], ["补充 1"]]
    assert Lesson.objects.filter(course=at.course).count() == 4


def changes(at: Desk, clock: HandClock) -> list[tuple[str, dict[str, object]]]:
    """Return every change of an outline, with what is sent."""
    module = modules(at)[1].pk
    return [
        (course_url(at, "outline/order/"), {"move": f"up-lesson-{at.lessons[1].pk}"}),
        (course_url(at, "modules/add/"), {"title": "新的一章"}),
        (course_url(at, f"modules/{module}/"), {"title": "新的名称"}),
        (course_url(at, f"modules/{module}/remove/"), {}),
        (lesson_url(at), {"title": "新的名称", "rows": "0"}),
        (lesson_url(at, 1, "replace/"), {"upload": str(ready(at, clock).pk)}),
        (lesson_url(at, 1, "remove/"), {}),
    ]


@pytest.mark.clause("M6")
def test_nothing_of_a_course_in_review_is_changed(at: Desk, client: Client, clock: HandClock) -> None:
    sent = changes(at, clock)
    submitted(at, clock.now())
    for address, typed in sent:
        response = client.post(address, typed)
        assert response.status_code == 409, address
        assert str(typed.get("title", "")) in response.content.decode()
    assert put(client, at, order_of(at)).status_code == 409
    assert titles(at) == KEPT
    page = text_of(client, course_url(at, "outline/"))
    assert 'name="move"' not in page
    assert course_url(at, "withdraw/") in page
    assert 'name="more"' not in text_of(client, lesson_url(at))


@pytest.mark.clause("M3")
@pytest.mark.parametrize("role", READERS)
def test_other_staff_read_the_outline_and_change_nothing(at: Desk, clock: HandClock, role: Role) -> None:
    reader = teacher_of(at, clock.now(), role)
    assert 'name="move"' not in text_of(reader, course_url(at, "outline/"))
    assert 'name="more"' not in text_of(reader, lesson_url(at))
    for address, typed in changes(at, clock):
        assert reader.post(address, typed).status_code == 403, address
    assert titles(at) == KEPT


@pytest.mark.clause("M3")
def test_strangers_change_nothing(at: Desk, clock: HandClock) -> None:
    stranger = client_of(editor(classes.institution(), clock.now()))
    for address, typed in changes(at, clock):
        assert stranger.post(address, typed).status_code == 404, address
    assert put(stranger, at, order_of(at)).status_code == 404
    assert stranger.get(lesson_url(at)).status_code == 404
    assert titles(at) == KEPT


def test_a_long_outline_asks_the_database_no_more(at: Desk, client: Client, django_assert_max_num_queries) -> None:
    for number in range(8):
        classes.add_lessons(at.course, [f"第 {number}.{each} 课" for each in range(5)])
    for address in ("outline/", "preview/", ""):
        with django_assert_max_num_queries(40):
            client.get(course_url(at, address))
    order = order_of(at)
    with django_assert_max_num_queries(30):
        assert put(client, at, order[::-1]).status_code == 200


def test_only_a_module_without_lessons_says_so(at: Desk, client: Client) -> None:
    full = 'data-part="none" hidden>本章还没有课节'
    assert text_of(client, course_url(at, "outline/")).count(full) == 2
    client.post(course_url(at, "modules/add/"), {"title": "空章"})
    page = text_of(client, course_url(at, "outline/"))
    assert (page.count(full), page.count("本章还没有课节")) == (2, 3)
