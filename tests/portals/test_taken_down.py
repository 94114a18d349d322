"""A course that is taken down stops politely for learners, and its classes go on by a mended version (clause M6)."""

import re
from collections import Counter

import pytest
from django.test import Client

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import CourseVersion
from jiangxue.enrolment.errors import NothingToAdopt
from jiangxue.enrolment.services import adopt_version
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.portals.media.tickets import media_url
from jiangxue.review.services.taking_down import take_down
from tests.factories import people
from tests.factories.appeals import administrator
from tests.factories.archives import events_of
from tests.factories.assessment import with_test
from tests.factories.classes import Classroom, published
from tests.portals.clients import client_of, main_of, supervisor, text_of


@pytest.fixture
def down(room: Classroom, clock: HandClock) -> CourseVersion:
    """Return the version of the room's class, taken down."""
    reviewer = people.account((Role.REVIEWER, None), now=clock.now())
    version_id = room.training_class.version_id
    take_down(viewer=people.viewer(reviewer), version_id=version_id, reason="有误", by=PROGRAM, now=clock.now())
    return CourseVersion.objects.get(pk=version_id)


@pytest.mark.clause("M6")
def test_learners_read_that_the_course_is_taken_down_and_find_no_way_into_a_lesson(
    room: Classroom, learner: Client, down: CourseVersion
) -> None:
    class_url = f"/learn/classes/{room.training_class.pk}/"
    page = text_of(learner, class_url)
    assert "本课程已暂时下架" in page
    assert f"{class_url}lessons/" not in page
    assert f"{class_url}lessons/" not in text_of(learner, "/learn/")
    answer = learner.get(f"{class_url}lessons/{room.lesson.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, class_url)
    opening = {"window": "0" * 32, "take_over": False}
    answer = learner.post(f"{class_url}lessons/{room.lesson.pk}/open/", opening, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (403, "taken_down")
    address = media_url(room.lesson.media.folder, "pages/0001.webp")
    assert learner.get(address).status_code == 404


@pytest.mark.clause("M6")
def test_home_names_the_course_that_is_taken_down_and_marks_its_class(
    room: Classroom, learner: Client, down: CourseVersion
) -> None:
    page = main_of(learner, "/learn/")
    assert "目前没有可以学习的班级" in page
    assert f"课程《{down.title}》已暂时下架" in page
    assert re.search(r'class="state state-warn">.*已暂时下架</span>', page)


@pytest.mark.clause("M6")
@pytest.mark.parametrize("act", ["", "begin/"])
def test_the_page_of_a_lessons_test_leads_to_the_class_that_says_so(
    room: Classroom, learner: Client, clock: HandClock, act: str
) -> None:
    with_test(room, clock.now())
    CourseVersion.objects.filter(pk=room.training_class.version_id).update(taken_down_at=clock.now())
    class_url = f"/learn/classes/{room.training_class.pk}/"
    address = f"{class_url}lessons/{room.lesson.pk}/test/{act}"
    answer = learner.post(address) if act else learner.get(address)
    assert (answer.status_code, answer["Location"]) == (302, class_url)


@pytest.mark.clause("M6")
def test_the_supervisor_of_the_region_is_told_too(room: Classroom, clock: HandClock, down: CourseVersion) -> None:
    page = main_of(supervisor("4401", clock), f"/region/classes/{room.training_class.pk}/")
    assert "本班课程已暂时下架" in page


@pytest.mark.clause("M6")
def test_a_class_goes_on_by_the_version_that_was_published_since(
    room: Classroom, learner: Client, down: CourseVersion, clock: HandClock
) -> None:
    keeper = client_of(administrator(room, clock))
    address = f"/institution/classes/{room.training_class.pk}/"
    page = text_of(keeper, address)
    assert "本班课程已暂时下架" in page
    assert "adopt-version" not in page
    answer = keeper.post(f"{address}adopt-version/", follow=True)
    assert "没有更新的已发布版本" in answer.content.decode()
    newer = published(room.training_class.course, clock.now())
    assert "改用新版本" in text_of(keeper, address)
    before = _kinds(room)
    keeper.post(f"{address}adopt-version/")
    room.training_class.refresh_from_db()
    assert room.training_class.version == newer
    assert _kinds(room) - before == Counter(["enrolment.version_changed", "enrolment.described"])
    assert "本课程已暂时下架" not in text_of(learner, f"/learn/classes/{room.training_class.pk}/")


def _kinds(room: Classroom) -> Counter[str]:
    return Counter(event["kind"] for event in events_of(room.enrolment.aid))


@pytest.mark.clause("M6")
def test_a_class_keeps_its_version_as_long_as_that_may_be_shown(room: Classroom, clock: HandClock) -> None:
    published(room.training_class.course, clock.now())
    viewer = people.viewer(administrator(room, clock))
    with pytest.raises(NothingToAdopt):
        adopt_version(viewer=viewer, class_id=room.training_class.pk, by=PROGRAM, now=clock.now())
