"""What staff, operators and the person themselves see of stored faces (clauses T3.3, M2, M4)."""

import json
from collections.abc import Iterator

import pytest
from django.test import Client

from jiangxue.facecheck.models import FaceAttempt, FacePicture, FaceTemplate
from jiangxue.facecheck.queries import ways
from jiangxue.facecheck.queries.ways import stored_faces
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.portals.operator.labels import faces_line
from tests.factories import people
from tests.factories.facing import chooses_staff
from tests.factories.lives import Life, life
from tests.portals.clients import client_of, main_of
from tests.worlds import Worlds

pytestmark = [pytest.mark.clause("T3.3"), pytest.mark.clause("M2")]


@pytest.fixture
def lived(worlds: Worlds, clock: HandClock) -> Iterator[Life]:
    with worlds.rolled_back(life, clock) as found:
        yield found


@pytest.fixture
def shown(lived: Life) -> Life:
    lived.show_face()
    return lived


def staff_page(lived: Life) -> str:
    place = f"/institution/classes/{lived.room.training_class.pk}/learners/{lived.room.enrolment.pk}/"
    return main_of(client_of(lived.room.head_teacher), place)


def test_somebody_is_counted_once_by_template_and_pictures_of_checks(shown: Life) -> None:
    assert FacePicture.objects.count() > 1
    assert stored_faces() == 1
    FaceTemplate.objects.all().delete()
    assert stored_faces() == 1, "pictures of checks are stored face data as well"


@pytest.mark.parametrize(
    ("stored", "works", "words"),
    [
        (79_999, True, "满 80000 人起本页提醒"),
        (80_000, False, "请准备备案"),
        (99_999, False, "请准备备案"),
        (100_000, False, "须在 30 个工作日内向所在地省级以上网信部门备案"),
    ],
)
def test_the_state_page_warns_before_the_filing_is_due(stored: int, *, works: bool, words: str) -> None:
    line = faces_line(stored)
    assert line["works"] is works
    assert words in str(line["sentence"])
    assert f"已保存 {stored} 人的人脸数据" in str(line["sentence"])


def test_the_state_page_says_how_many_there_are(shown: Life, clock: HandClock) -> None:
    page = main_of(client_of(people.account((Role.SYSTEM_ADMINISTRATOR, None), now=clock.now())), "/operator/state/")
    assert "已保存 1 人的人脸数据" in page
    assert "请办理" not in page


def test_staff_see_by_which_way_somebody_is_confirmed(lived: Life, clock: HandClock) -> None:
    assert "未选择" in staff_page(lived)
    lived.show_face()
    assert "人脸核验" in staff_page(lived)
    clock.advance(1_000)
    chooses_staff(lived.room.learner, clock.now())
    assert "人工核验" in staff_page(lived)


@pytest.mark.clause("T2.6")
def test_the_day_page_of_staff_shows_a_face_check_like_every_other(shown: Life) -> None:
    place = f"/institution/classes/{shown.room.training_class.pk}/days/{shown.room.enrolment.pk}/2026-11-24/"
    said = main_of(client_of(shown.room.head_teacher), place)
    for words in ("人脸打卡", "当日首次学习", "未看清，再试一次", "脸没有看清", "已确认"):
        assert words in said, words


def copied(client: Client) -> dict:
    return json.loads(client.post("/learn/my-data/copy/").content)


def test_the_copy_names_attempts_and_what_is_stored_and_gives_no_picture(shown: Life) -> None:
    copy = copied(client_of(shown.room.learner))
    template = FaceTemplate.objects.get()
    (stored,) = copy["人脸数据"]
    assert stored["人脸特征校验值"] == template.digest
    attempts = copy["人脸核验尝试"]
    assert len(attempts) == FaceAttempt.objects.count()
    assert {each["结果"] for each in attempts} >= {"已确认", "未看清，再试一次"}
    pictures = [picture for each in attempts for picture in each["留存照片（加密保存，不在本副本内）"]]
    assert {each["校验值"] for each in pictures} == set(FacePicture.objects.values_list("digest", flat=True))
    assert "a picture of a check" not in json.dumps(copy)


def test_my_data_says_what_is_stored_and_leads_to_the_ways(shown: Life) -> None:
    page = main_of(client_of(shown.room.learner), "/learn/my-data/")
    attempts, pictures = FaceAttempt.objects.count(), FacePicture.objects.count()
    said = f"已保存人脸特征和登记照片，{attempts} 次核验尝试，{pictures} 张抽检照片"
    assert said in page.replace("、", "，")
    assert 'href="/learn/face/"' in page
    FaceTemplate.objects.all().delete()
    assert "未保存人脸特征" in main_of(client_of(shown.room.learner), "/learn/my-data/")


def test_the_warning_comes_well_before_the_limit() -> None:
    assert (ways.WARNING_AT, ways.FILING_AT) == (80_000, 100_000)
