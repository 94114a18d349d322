"""An archive tells of face checks and of what was stored of the face, on the page, record by record and on paper (clauses T3.1, T3.3, T8.1)."""

from collections.abc import Iterator

import pytest

from jiangxue.facecheck.models import FaceAttempt, FaceTemplate
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.services.facing import Why, put_off_face
from tests.factories import people
from tests.factories.enrolled_faces import DIFFERS, compared
from tests.factories.facing import chooses_staff, enrolled
from tests.factories.learning import opened
from tests.factories.lives import Life, life
from tests.factories.policies import set_rule
from tests.portals.clients import main_of
from tests.portals.test_dossiers import of_staff, own, paper
from tests.worlds import Worlds

pytestmark = [pytest.mark.clause("T3.1"), pytest.mark.clause("T8.1")]


@pytest.fixture
def lived(worlds: Worlds, clock: HandClock) -> Iterator[Life]:
    with worlds.rolled_back(life, clock) as found:
        yield found


def test_page_and_paper_tell_of_each_attempt_by_what_it_was_judged_and_with_what(lived: Life) -> None:
    lived.show_face()
    client, page = own(lived)
    said, printed = main_of(client, page), paper(client, page).replace("\u200b", "")
    for words in (
        "身份核验",
        "当日首次学习",
        "未看清，再试一次",
        "完整核验（颜色和动作）",
        "51.2 %、58.7 %、56.1 %（≥ 40.0 % 为确认，≥ 34.0 % 为存疑）",
        "清晰的人脸画面不足",
        "红、绿",
        "向左转头（未看到）",
        "HD Webcam C525 (046d:0826)",
        "无曝光、对焦、白平衡控制",
        "sface-2021dec-int8bq fb143eea07838aa5…",
        "电脑 · Chrome",
        "已登记",
    ):
        assert words in said, words
        assert words.replace(" ", "") in printed, words
    assert "2 次尝试" in said


@pytest.mark.clause("T3.3")
def test_hashes_stand_where_the_pictures_are_not(lived: Life) -> None:
    lived.show_face()
    client, page = own(lived)
    template, said = FaceTemplate.objects.get(), main_of(client, page)
    picture = FaceAttempt.objects.filter(purpose="check").first().pictures.get()  # type: ignore[union-attr]
    for digest in (template.digest, template.pictures.get().digest, picture.digest):
        assert f"SHA-256 {digest[:16]}…" in said
    assert "<img" not in said


def test_a_check_that_could_not_be_made_says_why(lived: Life, clock: HandClock) -> None:
    lived.show_face()
    clock.advance(24 * 3_600_000)
    set_rule(lived.room, clock.now(), face_checks=1, face_lesson_start=1)
    opened(lived.room, clock)
    check = lived.asked()
    put_off_face(lived.room.viewer, check, Why.NO_CAMERA, clock=clock, chance=lambda: 0.5)
    said = main_of(*own(lived))
    assert "当时无法进行" in said
    assert "设备没有摄像头" in said


def test_who_is_confirmed_by_staff_has_their_checks_in_the_same_place(lived: Life, clock: HandClock) -> None:
    set_rule(lived.room, clock.now(), face_checks=1)
    chooses_staff(lived.room.learner, clock.now())
    opened(lived.room, clock)
    lived.answer()
    said = main_of(*own(lived))
    assert "身份核验" in said
    assert "人工核验方式" in said


def test_an_attempt_that_was_left_stands_there_as_well(lived: Life, clock: HandClock) -> None:
    lived.show_face()
    clock.advance(24 * 3_600_000)
    set_rule(lived.room, clock.now(), face_checks=1)
    opened(lived.room, clock)
    lived.begin_face()
    clock.advance(5_000)
    lived.try_face(AttemptOutcome.PASSED)
    client, page = own(lived)
    assert "中途离开或断开" in main_of(client, page)
    assert "中途离开或断开" in paper(client, page)


@pytest.mark.clause("M2")
def test_staff_see_the_address_masked(lived: Life) -> None:
    lived.show_face()
    client, page = of_staff(lived)
    said = main_of(client, f"{page}records/?kind=face.judged")
    assert "198.51.100.7" not in said
    assert "198.51.100.7" in main_of(own(lived)[0], f"{own(lived)[1]}records/?kind=face.judged")


def test_page_and_paper_tell_what_staff_said_of_the_enrolled_face(lived: Life) -> None:
    lived.show_face()
    client, page = own(lived)
    said, printed = main_of(client, page), paper(client, page).replace("\u200b", "")
    assert "登记的人脸与证件核对：与证件相符（视频查看证件）" in said
    assert "登记的人脸与证件核对：与证件相符（视频查看证件）" in printed


@pytest.mark.clause("T3.3")
def test_an_archive_tells_that_a_face_was_deleted_because_it_was_not_the_learners(lived: Life) -> None:
    set_rule(lived.room, lived.clock.now(), face_checks=1)
    enrolled(lived.room.learner, lived.clock.now(), archives=[lived.room.enrolment.aid])
    compared(people.viewer(lived.second), lived.room, lived.clock, DIFFERS)
    client, page = own(lived)
    said = main_of(client, page)
    assert "登记的人脸与证件核对：与证件不相符（当面查看证件）" in said
    assert DIFFERS.text in said
    assert "已删除：与证件不相符" in said
