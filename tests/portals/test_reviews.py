"""Reviewers look at the real thing, mark, judge and sign in the browser (clauses T1.4, M6)."""

import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import CourseVersion
from jiangxue.courseware.rules.versions import State
from jiangxue.courseware.services.facts import LicenceDraft, put_licences
from jiangxue.courseware.storage import courseware_storage
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.portals.media.tickets import media_url
from jiangxue.review.models import PendingMark, Review
from jiangxue.review.rules.opinions import Point
from jiangxue.screening.models import Hit
from tests.factories import classes, people, uploads, words
from tests.factories.courses import Desk, desk, signed, submitted
from tests.portals.clients import client_of, text_of

PASSED = {f"point_{point}": "fine" for point in Point} | {"verdict": "pass"}


@pytest.fixture
def at(db: None, clock: HandClock) -> Desk:
    return desk(clock.now())


@pytest.fixture
def version(at: Desk, clock: HandClock) -> CourseVersion:
    return submitted(at, clock.now())


@pytest.fixture
def own(at: Desk) -> Client:
    """Return the browser of the institution's reviewer."""
    return client_of(at.reviewers[0])


def url_of(version: CourseVersion, rest: str = "") -> str:
    return f"/review/versions/{version.pk}/{rest}"


def hidden(page: str) -> dict[str, str]:
    """Return the hash and the step that a page for signing sends back."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name in ("sha256", "step")}


def sign(client: Client, version: CourseVersion, status: int = 302, **said: str) -> str:
    """Sign, and return the page that is shown then."""
    for lesson in version.lessons.all():
        client.get(url_of(version, f"lessons/{lesson.lesson_id}/"))
    step = min(3, Review.objects.filter(version=version).count() + 1)
    data = PASSED | {"sha256": version.sha256, "step": str(step), "password": people.PASSWORD} | said
    answer = client.post(url_of(version, "sign/"), data)
    assert answer.status_code == status, answer.content.decode()
    return text_of(client, answer["Location"]) if status == 302 else answer.content.decode()


@pytest.mark.clause("T1.4", "M6")
def test_three_persons_lead_a_course_from_the_queue_to_its_publication(at: Desk, version: CourseVersion) -> None:
    browsers = [client_of(reviewer) for reviewer in at.reviewers]
    for browser, step, then in zip(
        browsers, ("初审（机构）", "复审", "终审"), ("下一环节", "下一环节", "课程已发布"), strict=True
    ):
        queue = text_of(browser, "/review/")
        assert step in queue
        assert url_of(version) in queue
        assert "填写意见并签署" in text_of(browser, url_of(version))
        assert then in sign(browser, version)
        assert "没有待审核的课程" in text_of(browser, "/review/")
    version.refresh_from_db()
    assert version.state == State.PUBLISHED


def test_a_lesson_is_shown_with_its_questions_and_the_way_on(at: Desk, version: CourseVersion, own: Client) -> None:
    first, second = at.lessons
    page = text_of(own, url_of(version, f"lessons/{first.pk}/"))
    for said in ("第 1 课", "质量检测报告", "触电的危害", 'data-island="preview"', f"lessons/{second.pk}/"):
        assert said in page
    assert "填写意见并签署" in text_of(own, url_of(version, f"lessons/{second.pk}/"))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"verdict": ""}, "请选择审核结论"),
        ({"point_law": ""}, "每项要点都要作答"),
        ({"point_law": "to_mend"}, "有要点“需修改”"),
        ({"verdict": "changes", "comment": " "}, "请写明需要修改什么"),
        ({"password": "wrong"}, "密码不正确，没有签署"),
        ({"password": ""}, "请输入登录密码完成签署"),
        ({"verdict": "changes", "comment": "字" * 2001}, "最多 2000 字"),
    ],
)
def test_an_opinion_that_cannot_be_signed_says_why_and_keeps_what_was_chosen(
    version: CourseVersion, own: Client, said: dict[str, str], words: str
) -> None:
    page = sign(own, version, 400, **{"comment": "意见", **said})
    assert words in page
    assert 'value="fine"' in page
    assert page.count("checked") >= len(Point) - 1
    assert not Review.objects.exists()


@pytest.mark.clause("T1.4")
def test_what_has_changed_since_it_was_looked_at_is_not_signed(version: CourseVersion, own: Client) -> None:
    assert "课程内容与您审看时不一致" in sign(own, version, 409, sha256="0" * 64)


@pytest.mark.clause("T1.4")
def test_a_new_form_holds_the_hash_and_the_step_that_stand_on_the_page(version: CourseVersion, own: Client) -> None:
    assert hidden(text_of(own, url_of(version, "sign/"))) == {"sha256": version.sha256, "step": "1"}


@pytest.mark.clause("T1.4")
def test_a_form_that_is_shown_again_keeps_the_hash_and_the_step_that_its_reviewer_saw(
    version: CourseVersion, own: Client
) -> None:
    seen = {"sha256": "0" * 64, "step": "2"}
    assert hidden(sign(own, version, 400, password="wrong", **seen)) == seen
    assert hidden(sign(own, version, 409, **seen)) == seen


@pytest.mark.clause("T1.4")
def test_the_second_of_two_who_sign_a_step_at_once_signs_nothing(
    at: Desk, version: CourseVersion, clock: HandClock
) -> None:
    signed(at.reviewers[0], version, clock.now())
    one, other = (client_of(reviewer) for reviewer in at.reviewers[1:])
    seen, seen_by_other = (hidden(text_of(browser, url_of(version, "sign/"))) for browser in (one, other))
    assert seen == seen_by_other
    sign(one, version, **seen)
    assert "本环节已由他人签署" in sign(other, version, 409, **seen_by_other)
    assert list(Review.objects.values_list("step", "reviewer")) == [
        (1, at.reviewers[0].pk),
        (2, at.reviewers[1].pk),
    ]


def test_whoever_has_signed_a_step_signs_no_other(at: Desk, version: CourseVersion, clock: HandClock) -> None:
    signed(at.reviewers[0], version, clock.now())
    one = client_of(at.reviewers[1])
    sign(one, version)
    assert "您已审核过" in sign(one, version, 409)
    assert Review.objects.count() == 2


def test_each_point_that_keeps_a_course_from_passing_is_marked(version: CourseVersion, own: Client) -> None:
    page = sign(own, version, 400, point_law="", point_safety="to_mend")
    found = re.findall(r'(?s)id="id_point_(\w+)_error">.*?<span>(.*?)</span>', page)
    assert found == [("law", "此项还没有作答。"), ("safety", "此项需修改，不能直接通过。")]
    assert 'aria-describedby="id_point_law_error"' in page
    assert 'aria-describedby="id_point_safety_error"' in page


def test_points_are_not_marked_where_they_may_stay_open(version: CourseVersion, own: Client) -> None:
    page = sign(own, version, 400, point_law="", point_safety="to_mend", verdict="changes", comment=" ")
    assert "_error" not in page.split('name="verdict"')[0]


def test_pages_ask_the_database_once_for_what_they_show_twice(
    at: Desk, version: CourseVersion, own: Client, django_assert_num_queries
) -> None:
    """Twice are asked only the rules for the length of a page and, by the navigation, what keeps a viewer from reviewing."""
    for lesson in at.lessons:
        own.post(url_of(version, f"lessons/{lesson.pk}/mark/"), {"at": "01:05", "text": "画面模糊"})
    for rest, queries in (("", 23), ("sign/", 19)):
        with django_assert_num_queries(queries):
            assert own.get(url_of(version, rest)).status_code == 200


def test_a_place_is_marked_in_minutes_and_seconds_and_taken_back(at: Desk, version: CourseVersion, own: Client) -> None:
    lesson = at.lessons[0]
    address = url_of(version, f"lessons/{lesson.pk}/")
    assert own.post(f"{address}mark/", {"at": "０1：05", "text": "字幕“接地”写错"}).status_code == 302
    page = text_of(own, address)
    assert "01:05" in page
    assert "字幕“接地”写错" in page
    mark = PendingMark.objects.get()
    assert mark.at == 65_000
    assert "请删除已解决的标注" in sign(own, version, 400)
    own.post(url_of(version, f"marks/{mark.pk}/remove/"), {"lesson": str(lesson.pk)})
    assert not PendingMark.objects.exists()


@pytest.mark.parametrize(
    ("at_", "text"), [("46:00", "x"), ("1分", "x"), ("", "x"), ("00:10", " "), ("0:10", "x" * 501)]
)
def test_a_mark_beyond_the_film_or_without_words_is_refused_and_kept(
    at: Desk, version: CourseVersion, own: Client, at_: str, text: str
) -> None:
    address = url_of(version, f"lessons/{at.lessons[0].pk}/mark/")
    answer = own.post(address, {"at": at_, "text": text})
    assert answer.status_code == 400
    assert text.strip() in answer.content.decode()
    assert not PendingMark.objects.exists()


@pytest.mark.clause("T1.4")
def test_a_word_that_was_found_is_judged_by_a_person_once(at: Desk, clock: HandClock, own: Client) -> None:
    words.word_list(clock.now(), {"触电": "测试"})
    version = submitted(at, clock.now())
    page = text_of(own, url_of(version))
    assert "<mark>触电</mark>" in page
    for act in ("无问题", "需修改"):
        named = re.findall(rf'{act}<span class="visually-hidden">: (\d · 触电 · [^<]+)</span></button>', page)
        assert len(set(named)) == Hit.objects.count()
    assert "发现敏感词，请逐处判断" in sign(own, version, 400)
    for hit in Hit.objects.all():
        own.post(url_of(version, f"hits/{hit.pk}/"), {"decision": "harmless", "note": "专业用语"})
    assert "专业用语" in text_of(own, url_of(version))
    first = Hit.objects.order_by("pk")[0]
    answer = own.post(url_of(version, f"hits/{first.pk}/"), {"decision": "to_change"}, follow=True)
    assert "已有人作出判断" in answer.content.decode()
    assert "下一环节" in sign(own, version)


def test_opinions_about_the_version_before_are_shown_to_the_next_reviewer(
    at: Desk, version: CourseVersion, own: Client, clock: HandClock
) -> None:
    sign(own, version, verdict="changes", comment="第二课缺少字幕")
    again = submitted(at, clock.now())
    page = text_of(own, url_of(again))
    assert "上一版的审核意见" in page
    assert "第二课缺少字幕" in page


def test_the_sheet_of_opinions_is_printed(version: CourseVersion, own: Client) -> None:
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = own.get(url_of(version, f"sheet.{form}"))
        assert answer.status_code == 200
        assert answer.content.startswith(start)
        assert "attachment" in answer["Content-Disposition"]
    assert own.get(url_of(version, "sheet.exe")).status_code == 404


@pytest.mark.clause("M7")
def test_reviewers_see_the_proof_of_a_licence(at: Desk, clock: HandClock) -> None:
    media = uploads.document("made/proof/1")
    courseware_storage().save("made/proof/1/pages/0001.webp", ContentFile(b"picture"))
    type(media).objects.filter(pk=media.pk).update(source_sha256="7" * 64)
    proof = uploads.kept(
        at.course, at.editor, clock.now(), state="ready", kind="pdf", finished_at=clock.now(), media=media
    )
    draft = LicenceDraft("《低压电工》课件授权书", "某出版社", None, proof.pk)
    viewer = people.viewer(at.editor)
    put_licences(viewer=viewer, course_id=at.course.pk, licences=[draft], by=PROGRAM, now=clock.now())
    version = submitted(at, clock.now())
    other = client_of(people.account((Role.REVIEWER, classes.institution().pk), now=clock.now()))
    for reviewer in at.reviewers:
        browser = client_of(reviewer)
        assert url_of(version, "licences/1/") in text_of(browser, url_of(version))
        assert "某出版社" in text_of(browser, url_of(version, "licences/1/"))
        assert browser.get(media_url(media.folder, "pages/0001.webp")).content == b"picture"
        assert browser.get(url_of(version, "licences/2/")).status_code == 404
    assert other.get(url_of(version, "licences/1/")).status_code == 404


@pytest.mark.clause("M3")
def test_strangers_see_no_version_and_editors_sign_none(at: Desk, version: CourseVersion, clock: HandClock) -> None:
    other = client_of(people.account((Role.REVIEWER, classes.institution().pk), now=clock.now()))
    learner = client_of(people.account(now=clock.now()))
    keeper = client_of(at.editor)
    addresses = ["", "sign/", "showing/", "sheet.pdf", f"lessons/{at.lessons[0].pk}/"]
    assert [other.get(url_of(version, each)).status_code for each in addresses] == [404] * 5
    assert {learner.get(url_of(version, each)).status_code for each in addresses} == {403}
    assert {keeper.get(url_of(version, each)).status_code for each in addresses} == {403}


@pytest.mark.clause("M6")
def test_a_course_is_taken_down_in_the_browser_and_put_back_by_another(at: Desk, version: CourseVersion) -> None:
    for reviewer in at.reviewers:
        sign(client_of(reviewer), version)
    one, other = (client_of(reviewer) for reviewer in at.reviewers[1:])
    address = url_of(version, "showing/")
    assert one.post(address, {"act": "take_down", "reason": " "}).status_code == 400
    answer = one.post(address, {"act": "take_down", "reason": "画面有误"}, follow=True)
    assert "课程已下架" in answer.content.decode()
    assert one.post(address, {"act": "take_down", "reason": "画面有误"}).status_code == 409
    assert one.post(address, {"act": "put_back", "reason": "误会"}).status_code == 403
    assert "已下架" in text_of(other, "/review/courses/")
    answer = other.post(address, {"act": "put_back", "reason": "已核实无误"}, follow=True)
    assert "课程已恢复" in answer.content.decode()
    assert "已核实无误" in answer.content.decode()
