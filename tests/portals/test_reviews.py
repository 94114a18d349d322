"""Reviewers look at the real thing, mark, judge and sign in the browser (clauses T1.4, M6)."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import CourseVersion
from jiangxue.courseware.rules.content import KnowledgePoint
from jiangxue.courseware.rules.versions import State
from jiangxue.courseware.services.facts import LicenceDraft, put_licences
from jiangxue.courseware.services.outline import LessonWords, change_lesson
from jiangxue.courseware.storage import courseware_storage
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.portals.media.tickets import media_url
from jiangxue.review.models import PendingMark, TakeDown
from jiangxue.screening.models import Hit
from tests.factories import classes, people, uploads, words
from tests.factories.courses import Desk, signed, submitted
from tests.portals.clients import client_of, supervisor, text_of
from tests.portals.reviewing import sign, url_of


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


def test_pages_ask_the_database_once_for_what_they_show_twice(
    at: Desk, version: CourseVersion, own: Client, django_assert_num_queries
) -> None:
    """Twice are asked only the rules for the length of a page and, by the navigation, what keeps a viewer from reviewing."""
    for lesson in at.lessons:
        own.post(url_of(version, f"lessons/{lesson.pk}/mark/"), {"at": "01:05", "text": "画面模糊"})
    for rest, queries in (("", 26), ("sign/", 22)):
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
def test_a_mark_beyond_the_film_or_without_spokenis_refused_and_kept(
    at: Desk, version: CourseVersion, own: Client, at_: str, text: str
) -> None:
    address = url_of(version, f"lessons/{at.lessons[0].pk}/mark/")
    answer = own.post(address, {"at": at_, "text": text})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert text.strip() in page
    assert ("请填写视频时长以内的分和秒" in page) is (at_ in ("46:00", "1分", ""))
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
    assert "下一环节" in sign(own, version)
    first = Hit.objects.order_by("pk")[0]
    other = client_of(at.reviewers[1])
    assert "改判" not in text_of(other, url_of(version))
    answer = other.post(url_of(version, f"hits/{first.pk}/"), {"decision": "to_change"}, follow=True)
    assert "已有人作出判断" in answer.content.decode()


@pytest.mark.clause("T1.4")
def test_until_they_sign_reviewers_may_decide_again_about_a_word(at: Desk, clock: HandClock, own: Client) -> None:
    words.word_list(clock.now(), {"低压电工": "测试"})
    version = submitted(at, clock.now())
    first = Hit.objects.order_by("pk")[0]
    address = url_of(version, f"hits/{first.pk}/")
    own.post(address, {"decision": "to_change"})
    assert "改判" in text_of(own, url_of(version))
    for hit in Hit.objects.all():
        own.post(url_of(version, f"hits/{hit.pk}/"), {"decision": "harmless"})
    sign(own, version)
    assert "改判" not in text_of(own, url_of(version))
    own.post(address, {"decision": "to_change"})
    assert set(Hit.objects.values_list("decision", flat=True)) == {"harmless"}


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
    act_id = other.get(address).context["last_act_id"]
    answer = other.post(address, {"act": "put_back", "act_id": act_id, "reason": "已核实无误"}, follow=True)
    assert answer.redirect_chain == [(url_of(version), 302)]
    assert "课程已恢复" in answer.content.decode()
    assert "已核实无误" in text_of(other, address)


def test_a_course_that_is_down_is_offered_to_those_who_may_put_it_back(at: Desk, version: CourseVersion) -> None:
    browsers = [client_of(reviewer) for reviewer in at.reviewers]
    for browser in browsers:
        sign(browser, version)
    own, one, other = browsers
    one.post(url_of(version, "showing/"), {"act": "take_down", "reason": "画面有误"})
    offered = "已下架，可由您恢复"
    assert [offered in text_of(browser, "/review/") for browser in (own, one, other)] == [False, False, True]
    assert url_of(version, "showing/") in text_of(other, "/review/")
    act_id = TakeDown.objects.get().pk
    other.post(url_of(version, "showing/"), {"act": "put_back", "act_id": act_id, "reason": "误会"})
    assert offered not in text_of(other, "/review/")


def test_reviewers_are_shown_what_has_changed_since_the_version_before(
    at: Desk, version: CourseVersion, own: Client, clock: HandClock
) -> None:
    assert "相比的变化" not in text_of(own, url_of(version))
    sign(own, version, verdict="changes", comment="第二课缺少字幕")
    spoken = LessonWords("第 2 课 验电", [KnowledgePoint("触电的危害", "安全防护")])
    viewer = people.viewer(at.editor)
    change_lesson(viewer=viewer, lesson_id=at.lessons[1].pk, words=spoken, by=PROGRAM, now=clock.now())
    page = text_of(own, url_of(submitted(at, clock.now())))
    assert "与第 1 版相比的变化" in page
    assert "课节《第 2 课》改名为《第 2 课 验电》" in page
    assert page.count("有改动") == 1
    assert page.index("相比的变化") < page.index('id="outline"')


def test_supervisors_are_led_back_to_the_published_courses(at: Desk, version: CourseVersion, clock: HandClock) -> None:
    for reviewer in at.reviewers:
        sign(client_of(reviewer), version)
    official = supervisor(at.institution.region_id[:4], clock)
    for rest in ("", f"lessons/{at.lessons[0].pk}/"):
        trail = text_of(official, url_of(version, rest)).split('class="breadcrumb"')[1].split("</nav>")[0]
        assert '<a href="/review/courses/">已发布课程</a>' in trail
        assert 'href="/review/"' not in trail


@pytest.mark.clause("T1.4")
def test_a_printed_sheet_names_ones_own_reviewer_in_full_and_masks_those_of_the_platform(
    at: Desk, version: CourseVersion, clock: HandClock
) -> None:
    for reviewer in at.reviewers:
        signed(reviewer, version, clock.now())
    own, platform = client_of(at.reviewers[0]), client_of(at.reviewers[1])
    editor, full = f"/institution/versions/{version.pk}/papers/review-sheet.docx", url_of(version, "sheet.docx")
    for browser, address in ((own, full), (client_of(at.editor), editor)):
        sheet = docx_of(browser, address)
        assert "何伟强" in sheet
        assert "黄淑贞" not in sheet
        assert "郭志明" not in sheet
    assert all(name in docx_of(platform, full) for name in ("何伟强", "黄淑贞", "郭志明"))


def docx_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    with ZipFile(BytesIO(answer.content)) as opened:
        return opened.read("word/document.xml").decode()
