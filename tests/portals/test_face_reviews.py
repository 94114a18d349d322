"""Pages on which people decide about face checks: evidence in words, pictures for a reason, two persons for what costs hours (clauses T3.1, T3.2, M2)."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiangxue.accounts.models import Membership
from jiangxue.audit.models import AuditEntry
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.learning.models import Check, FaceReviewStep, StudySession
from tests.factories.classes import Classroom, classroom
from tests.factories.face_cases import UNCLEAR, WORDS, face_room, failed, not_the_learner, shows, unclear
from tests.factories.facing import PICTURE
from tests.factories.learning import opened, watched
from tests.portals.clients import client_of, main_of, supervisor, text_of
from tests.worlds import Worlds

pytestmark = pytest.mark.clause("T3.1")
LIST = "/institution/faces/"
DAY = "/learn/records/2026-11-24/"


@pytest.fixture
def room(worlds: Worlds, clock: HandClock) -> Iterator[Classroom]:
    with worlds.rolled_back(face_room, clock) as made:
        yield made


@pytest.fixture
def check(room: Classroom, clock: HandClock) -> Check:
    return unclear(room, clock)


def at(check: Check) -> str:
    return f"{LIST}{check.pk}/"


def shown(client: Client, check: Check, base: str = LIST) -> str:
    """Give a reason and return the page with the pictures."""
    response = client.post(f"{base}{check.pk}/pictures/", {"why": "check"})
    assert response.status_code == 200
    return response.content.decode()


def addresses(page: str) -> list[str]:
    return re.findall(r'<img src="([^"]*/faces/picture/[^"]+)"', page)


def word(decision: str, after: int = 0, text: str = WORDS) -> dict[str, object]:
    return {"after": after, "decision": decision, "text": text}


def test_what_waits_is_counted_listed_and_found_by_state_and_class(
    room: Classroom, check: Check, head: Client, second: Client
) -> None:
    assert '人脸复核<span class="nav-count">(1)</span>' in re.sub(r"\s+<", "<", text_of(head, "/institution/classes/"))
    page = main_of(head, LIST)
    assert "首次学习" in page or "当天" in page or "抽" in page
    assert at(check) in page
    assert at(check) in main_of(head, f"{LIST}?state=to_decide&training_class={room.training_class.pk}")
    assert "没有符合条件的复核" in main_of(head, f"{LIST}?state=failed")
    assert room.learner.name not in page
    assert "待复核" in main_of(head, f"/institution/classes/{room.training_class.pk}/")
    assert "nav-count" not in text_of(second, LIST).split("人脸复核", 1)[1][:60]


def test_a_case_shows_what_was_seen_and_no_picture_until_a_reason_is_given(check: Check, head: Client) -> None:
    page = main_of(head, at(check))
    for words in ("第 3 次", "要求", "留存照片", "最迟在", "8 分", "照片只在写明理由后显示"):
        assert words in page
    assert not addresses(page)
    assert head.post(f"{at(check)}pictures/", {}).status_code == 400
    assert not AuditEntry.objects.filter(action="face.pictures_shown").exists()


def test_pictures_are_shown_after_the_look_was_recorded(check: Check, head: Client, clock: HandClock) -> None:
    found = addresses(shown(head, check))
    assert len(found) == 4
    entries = AuditEntry.objects.filter(action="face.pictures_shown", reason="核对学员身份")
    assert entries.count() == 4
    response = head.get(found[0])
    assert (response.content, response["Content-Type"]) == (PICTURE, "image/jpeg")
    assert "no-store" in response["Cache-Control"]


def test_the_address_of_a_picture_is_for_one_person_and_five_minutes(
    check: Check, head: Client, second: Client, learner: Client, clock: HandClock
) -> None:
    url = addresses(shown(head, check))[0]
    assert second.get(url).status_code == 404
    assert learner.get(url).status_code == 403
    assert Client().get(url).status_code == 302
    assert head.get(f"{url[:-4]}abc/").status_code == 404
    clock.advance(5 * 60_000)
    assert head.get(url).status_code == 200
    clock.advance(1)
    assert head.get(url).status_code == 404


def test_whoever_loses_the_class_loses_the_pictures(check: Check, room: Classroom, head: Client) -> None:
    url = addresses(shown(head, check))[0]
    Membership.objects.filter(account=room.head_teacher).update(role=Role.TEACHER)
    assert head.get(url).status_code == 403


def test_the_head_teacher_confirms_after_a_look_in_one_step(
    room: Classroom, check: Check, head: Client, learner: Client
) -> None:
    refused = head.post(f"{at(check)}decide/", word("confirmed"))
    assert refused.status_code == 409
    assert "请先查看照片" in refused.content.decode()
    assert WORDS in refused.content.decode()
    shown(head, check)
    assert head.post(f"{at(check)}decide/", word("confirmed")).url == at(check)
    page = main_of(head, at(check))
    assert "人工确认是本人" in page
    assert "王** 确认是本人" in page
    assert "<textarea" not in page
    assert FaceReviewStep.objects.get().ms == 8 * 60_000


def test_two_persons_say_that_it_was_not_the_learner(check: Check, head: Client, second: Client) -> None:
    shown(head, check)
    head.post(f"{at(check)}decide/", word("doubted"))
    assert "8 分" in main_of(second, at(check))
    assert second.post(f"{at(check)}decide/", word("approved", 1, "")).status_code == 409
    shown(second, check)
    assert second.post(f"{at(check)}decide/", word("sent_back", 1, "")).status_code == 400
    assert second.post(f"{at(check)}decide/", word("approved", 1, "")).url == at(check)
    assert "两人认定不能确认是本人" in main_of(head, at(check))


@pytest.mark.parametrize(
    "said", [{}, {"after": 0}, {"after": 0, "decision": "confirmed", "text": "好"}, word("pardon")]
)
def test_a_word_that_is_not_whole_is_asked_for_again(check: Check, head: Client, said: dict[str, object]) -> None:
    assert head.post(f"{at(check)}decide/", said).status_code == 400
    assert not FaceReviewStep.objects.exists()


def test_a_stale_page_decides_nothing(check: Check, head: Client) -> None:
    shown(head, check)
    assert head.post(f"{at(check)}decide/", word("confirmed", after=1)).status_code == 409


def test_supervisors_see_cases_of_their_region_and_for_a_reason_the_pictures(
    room: Classroom, check: Check, clock: HandClock
) -> None:
    near, far = supervisor("4401", clock), supervisor("4403", clock)
    assert str(check.pk) in main_of(near, "/region/faces/")
    assert str(check.pk) not in main_of(far, "/region/faces/")
    page = main_of(near, f"/region/faces/{check.pk}/")
    assert "<textarea" not in page
    found = addresses(shown(near, check, "/region/faces/"))
    assert near.get(found[0]).content == PICTURE
    assert near.post(f"/region/faces/{check.pk}/pictures/", {}).status_code == 400
    assert far.get(f"/region/faces/{check.pk}/").status_code == 404
    assert far.post(f"/region/faces/{check.pk}/pictures/", {"why": "check"}).status_code == 404


def test_neither_learners_nor_other_institutions_see_a_case(
    room: Classroom, check: Check, learner: Client, clock: HandClock
) -> None:
    assert learner.get(at(check)).status_code == 403
    other = classroom(clock.now())
    assert client_of(other.head_teacher).get(at(check)).status_code == 404
    assert client_of(other.head_teacher).post(f"{at(check)}decide/", word("confirmed")).status_code == 404


def test_a_failed_check_says_that_the_way_back_is_an_appeal(room: Classroom, clock: HandClock, head: Client) -> None:
    page = main_of(head, at(failed(room, clock)))
    assert "未通过，可申诉" in page
    assert "<textarea" not in page


def test_what_people_decided_stands_on_the_learners_day(check: Check, head: Client, learner: Client) -> None:
    assert "人工确认是本人" not in main_of(learner, DAY)
    shown(head, check)
    head.post(f"{at(check)}decide/", word("confirmed"))
    assert "人工确认是本人" in main_of(learner, DAY)


def test_what_waits_for_people_stands_before_what_came_later_and_waits_for_nobody(
    room: Classroom, check: Check, head: Client, clock: HandClock
) -> None:
    later = failed(room, clock)
    page = main_of(head, LIST)
    assert page.index(at(check)) < page.index(at(later))


def test_the_learner_is_told_that_people_look_at_it(room: Classroom, check: Check, learner: Client) -> None:
    day = main_of(learner, DAY)
    told = [main_of(learner, url) for url in sorted(set(re.findall(rf'href="({DAY}[0-9a-f]+/[0-9]+/)"', day)))]
    assert sum("由班主任在三个工作日内复核" in page for page in told) == 1
    assert "由工作人员" in main_of(learner, f"/learn/sessions/{check.session_id.hex}/")


def test_whoever_was_signed_out_by_two_persons_word_is_told_why_and_may_appeal(
    room: Classroom, check: Check, learner: Client, clock: HandClock
) -> None:
    later = opened(room, clock)
    shows(room, clock, [AttemptOutcome.PASSED])
    not_the_learner(room, check, clock)
    page = main_of(learner, f"/learn/sessions/{later.pk.hex}/")
    assert "机构两名工作人员复核了" in page
    assert "8 分" in page
    before = main_of(learner, f"/learn/sessions/{check.session_id.hex}/")
    assert "不能确认是您本人" in before
    assert "申请人工复核" in before


def test_an_appeal_of_voided_time_stands_beside_what_the_check_saw(
    room: Classroom, clock: HandClock, head: Client, learner: Client
) -> None:
    check = failed(room, clock)
    page = main_of(learner, f"/learn/sessions/{check.session_id.hex}/")
    (new,) = set(re.findall(r'href="(/learn/appeals/new/[^"]+)"', page))
    assert learner.post(new, {"text": "是我本人，当时光线不好，请看照片。"}).status_code == 302
    (address,) = set(re.findall(r'href="(/institution/appeals/[^"?/]+/)"', main_of(head, "/institution/appeals/")))
    page = main_of(head, address)
    assert "人脸核验看到了什么" in page
    assert f'href="{at(check)}"' in page


def test_while_processing_is_restricted_no_picture_is_offered_to_the_institution(
    room: Classroom, check: Check, head: Client, clock: HandClock
) -> None:
    room.learner.restricted_at = clock.now() + timedelta(seconds=0)
    room.learner.save()
    page = main_of(head, at(check))
    assert "照片只对监管人员显示" in page
    assert not addresses(shown(head, check))


def test_a_longer_list_asks_no_more_questions(
    room: Classroom, check: Check, head: Client, clock: HandClock, django_assert_num_queries
) -> None:
    with CaptureQueriesContext(connection) as one:
        assert main_of(head, LIST).count("8 分") == 1
    opened(room, clock)
    shows(room, clock, [AttemptOutcome.PASSED])
    watched(StudySession.objects.latest("opened_at"), clock, 16)
    shows(room, clock, UNCLEAR)
    with django_assert_num_queries(len(one)):
        assert main_of(head, LIST).count("8 分") == 2
