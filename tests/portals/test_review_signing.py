"""Signing an opinion in the browser: what is judged, in which order, and what is kept (clauses T1.4, M6)."""

import re

import pytest
from django.test import Client

from jiangxue.accounts.models import FailedSignIn
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import CourseVersion
from jiangxue.courseware.services.submitting import withdraw
from jiangxue.kernel.clock import HandClock
from jiangxue.review.models import Review
from jiangxue.review.rules.opinions import Point
from tests.factories import people, words
from tests.factories.courses import Desk, signed, submitted
from tests.portals.clients import client_of, text_of
from tests.portals.reviewing import hidden, sign, url_of


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
    assert hidden(sign(own, version, 409, **seen)) == seen
    assert hidden(sign(own, version, 400, password="wrong")) == {"sha256": version.sha256, "step": "1"}


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
    assert list(Review.objects.order_by("step").values_list("step", "reviewer")) == [
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


@pytest.mark.clause("T1.4")
def test_an_empty_form_is_told_all_that_is_missing_at_once(version: CourseVersion, own: Client) -> None:
    data = hidden(text_of(own, url_of(version, "sign/")))
    page = own.post(url_of(version, "sign/"), data).content.decode()
    assert "请选择审核结论" in page
    assert "请输入登录密码完成签署" in page


@pytest.mark.clause("T1.4")
def test_a_password_counts_only_where_the_opinion_can_be_signed(version: CourseVersion, own: Client) -> None:
    page = sign(own, version, 400, password="wrong", point_law="")
    assert "每项要点都要作答" in page
    assert "密码不正确" not in page
    sign(own, version, 409, password="wrong", sha256="0" * 64)
    assert not FailedSignIn.objects.exists()
    sign(own, version, 400, password="wrong")
    assert FailedSignIn.objects.count() == 1


def test_what_was_written_too_late_can_still_be_copied(at: Desk, version: CourseVersion, own: Client) -> None:
    withdraw(viewer=people.viewer(at.editor), course_id=at.course.pk, by=PROGRAM, now=version.submitted_at)
    page = sign(own, version, 409, comment="第二课 <缺少> 字幕")
    assert re.search(r"<textarea[^>]*readonly>第二课 &lt;缺少&gt; 字幕</textarea>", page)
    assert 'type="password"' not in page


def test_what_is_to_be_done_first_is_done_in_another_window(at: Desk, clock: HandClock) -> None:
    words.word_list(clock.now(), {"触电": "测试"})
    version, own = submitted(at, clock.now()), client_of(at.reviewers[0])
    lesson = url_of(version, f"lessons/{at.lessons[0].pk}/")
    own.post(f"{lesson}mark/", {"at": "0:10", "text": "模糊"})
    page = text_of(own, url_of(version, "sign/"))
    for address in (f"{url_of(version)}#outline", f"{url_of(version)}#hits", f"{lesson}#marks"):
        assert re.search(rf'href="{address}" target="_blank" rel="noopener"', page), address
