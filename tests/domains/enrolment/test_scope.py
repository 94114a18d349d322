"""Who sees which classes, places and rosters."""

import pytest

from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.queries import class_for, classes, classes_with_size, enrolment_for, own_enrolments, roster
from jiangxue.kernel.viewer import Role, Viewer
from tests.conftest import MORNING
from tests.factories.regions import World, world

ALL = {"east", "west", "south"}
SEEN = {
    "learner east": {"east"},
    "learner west": {"west"},
    "learner south": {"south"},
    "learner moved": {"east"},
    "teacher east": {"east"},
    "teacher west": {"west"},
    "teacher south": {"south"},
    "head teacher east": {"east"},
    "head teacher west": {"west"},
    "head teacher south": {"south"},
    "editor guangzhou": {"east", "west"},
    "administrator guangzhou": {"east", "west"},
    "editor shenzhen": {"south"},
    "administrator shenzhen": {"south"},
    "supervisor province": ALL,
    "supervisor guangzhou": {"east", "west"},
    "supervisor district": {"east", "west"},
    "supervisor shenzhen": {"south"},
}
"""Every viewer that is not named here sees none."""
SIZES = {"east": 2, "west": 1, "south": 1}


@pytest.fixture
def places(db: None) -> World:
    return world(MORNING)


def _is_shown(query: object, viewer: Viewer, class_id: int) -> bool:
    try:
        query(viewer, class_id)  # type: ignore[operator]
    except NotInClass:
        return False
    return True


def _expected(places: World) -> dict[str, set[str]]:
    assert set(places.viewers) >= set(SEEN)
    return {name: SEEN.get(name, set()) for name in places.viewers}


@pytest.mark.clause("M3")
def test_each_viewer_sees_the_classes_of_their_own_reach_and_no_other(places: World) -> None:
    seen = {name: places.names_of(classes(viewer)) for name, viewer in places.viewers.items()}
    assert seen == _expected(places)


def test_a_list_with_sizes_holds_the_same_classes_and_counts_who_is_in_them(places: World) -> None:
    for name, expected in _expected(places).items():
        found = {each.name: each.size for each in classes_with_size(places.viewers[name])}
        assert found == {each: SIZES[each] for each in expected}, name


@pytest.mark.clause("M3")
def test_one_class_is_shown_to_whom_the_list_shows_it(places: World) -> None:
    for name, expected in _expected(places).items():
        shown = {each for each in ALL if _is_shown(class_for, places.viewers[name], places.classes[each].pk)}
        assert shown == expected, name


@pytest.mark.clause("M3")
def test_a_roster_is_shown_to_staff_and_supervisors_of_the_class_alone(places: World) -> None:
    for name, expected in _expected(places).items():
        viewer = places.viewers[name]
        shown = {each for each in ALL if _is_shown(roster, viewer, places.classes[each].pk)}
        assert shown == (set() if viewer.role is Role.LEARNER else expected), name


def test_a_roster_names_who_is_in_the_class_and_not_who_left(places: World) -> None:
    supervisor = places.viewers["supervisor province"]
    for name in ALL:
        assert roster(supervisor, places.classes[name].pk).count() == SIZES[name]
    left = Enrolment.objects.exclude(left_at=None).get()
    assert left not in roster(supervisor, places.classes["south"].pk)


@pytest.mark.clause("M3")
def test_a_learner_has_their_own_places_and_nobody_else_has_any(places: World) -> None:
    for name, viewer in places.viewers.items():
        expected = (
            [places.enrolments[name.removeprefix("learner ")]] if name in SEEN and viewer.role is Role.LEARNER else []
        )
        assert list(own_enrolments(viewer)) == expected, name


@pytest.mark.clause("M3")
def test_a_place_in_a_class_is_found_by_its_learner_alone(places: World) -> None:
    for name, expected in _expected(places).items():
        viewer = places.viewers[name]
        shown = {each for each in ALL if _is_shown(enrolment_for, viewer, places.classes[each].pk)}
        assert shown == (expected if viewer.role is Role.LEARNER else set()), name


def test_a_class_that_does_not_exist_is_like_one_of_others(places: World) -> None:
    for query in (class_for, roster, enrolment_for):
        for viewer in places.viewers.values():
            assert not _is_shown(query, viewer, 0)
