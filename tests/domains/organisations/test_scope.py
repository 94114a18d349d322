"""Who sees which institutions."""

import pytest

from jiangxue.organisations.queries import institutions, region_name
from tests.conftest import MORNING
from tests.factories.regions import World, world

SEEN = {
    "teacher east": {"guangzhou"},
    "teacher west": {"guangzhou"},
    "teacher south": {"shenzhen"},
    "head teacher east": {"guangzhou"},
    "head teacher west": {"guangzhou"},
    "head teacher south": {"shenzhen"},
    "editor guangzhou": {"guangzhou"},
    "administrator guangzhou": {"guangzhou"},
    "editor shenzhen": {"shenzhen"},
    "administrator shenzhen": {"shenzhen"},
    "teacher of the east at another school": {"shenzhen"},
    "supervisor province": {"guangzhou", "shenzhen"},
    "supervisor guangzhou": {"guangzhou"},
    "supervisor district": {"guangzhou"},
    "supervisor shenzhen": {"shenzhen"},
}
"""Every viewer that is not named here sees none."""


@pytest.fixture
def places(db: None) -> World:
    return world(MORNING)


@pytest.mark.clause("M3")
def test_each_viewer_sees_the_institutions_of_their_own_reach_and_no_other(places: World) -> None:
    seen = {name: places.names_of(institutions(viewer)) for name, viewer in places.viewers.items()}
    assert seen == {name: SEEN.get(name, set()) for name in places.viewers}
    assert set(places.viewers) >= set(SEEN)


def test_an_authority_is_no_institution(places: World) -> None:
    school = places.institutions["guangzhou"]
    type(school).objects.create(kind="authority", name="人社局", region=school.region)
    assert institutions(places.viewers["supervisor province"]).count() == 2


def test_a_region_is_called_by_its_name_or_by_its_code(places: World) -> None:
    assert region_name("440104") == "地区 440104"
    assert region_name("990000") == "990000"
