"""Where the rules say so the authority is the second person of settlements and appeals. Clauses T1.3, C5; decision 0045."""

from datetime import timedelta

import pytest

from jiangxue.archive.errors import NotYours as NotYoursToSettle
from jiangxue.archive.models import SettlementReview
from jiangxue.archive.services.settling import Review, propose, review
from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.errors import NotYours
from jiangxue.learning.models import Correction
from jiangxue.notices.models import Notice
from jiangxue.policies.rules.reach import Reach
from tests.factories import people
from tests.factories.appeals import administrator, appealed, proposed, reviewed
from tests.factories.cases import officer
from tests.factories.classes import Classroom, classroom
from tests.factories.lives import Life, life
from tests.factories.policies import set_rule, version
from tests.portals.clients import client_of, main_of
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("T1.3", "C5")


@pytest.fixture
def lived(db: None, clock: HandClock) -> Life:
    """Return a learner who has finished a class that the authority settles, and that is over."""
    found = life(clock)
    version(Reach("44"), {"outside_checker": 1}, clock.now(), "outside_checker")
    found.finish()
    found.tests()
    found.room.training_class.refresh_from_db()
    clock.at = found.room.training_class.term.closes_at + timedelta(hours=1)
    return found


@pytest.fixture
def supervisor(lived: Life) -> Viewer:
    return people.viewer(officer(lived.clock.now()))


def asked(lived: Life) -> int:
    """Let the head teacher propose; return the number of the proposal."""
    head = people.viewer(lived.room.head_teacher)
    return propose(head, lived.room.training_class.pk, by=PROGRAM, clock=lived.clock).ordinal


def confirms(lived: Life, viewer: Viewer, ordinal: int) -> None:
    said = Review(ordinal, confirms=True, text="")
    review(viewer, lived.room.training_class.pk, said, by=PROGRAM, clock=lived.clock)


def test_a_supervisor_confirms_and_an_administrator_cannot(lived: Life, supervisor: Viewer) -> None:
    ordinal = asked(lived)
    told = Notice.objects.filter(kind="settlement.to_confirm").values_list("account_id", flat=True)
    assert set(told) == {supervisor.account_id}
    assert refusal_of(lambda: confirms(lived, people.viewer(lived.second), ordinal)) is NotYoursToSettle
    confirms(lived, supervisor, ordinal)
    assert SettlementReview.objects.get().by_id == supervisor.account_id


def test_whoever_belongs_to_the_institution_is_not_from_outside(lived: Life, supervisor: Viewer) -> None:
    both = officer(lived.clock.now(), name="两头任职")
    both.memberships.create(role=Role.TEACHER, organisation=lived.room.institution)
    ordinal = asked(lived)
    viewer = Viewer(both.pk, Role.SUPERVISOR, supervisor.organisation_id, supervisor.region)
    assert refusal_of(lambda: confirms(lived, viewer, ordinal)) is NotYoursToSettle


def test_without_the_rule_the_authority_only_looks(db: None, clock: HandClock) -> None:
    found = life(clock)
    found.finish()
    found.tests()
    found.room.training_class.refresh_from_db()
    clock.at = found.room.training_class.term.closes_at + timedelta(hours=1)
    ordinal = asked(found)
    viewer = people.viewer(officer(clock.now()))
    assert refusal_of(lambda: confirms(found, viewer, ordinal)) is NotYoursToSettle
    confirms(found, people.viewer(found.second), ordinal)


def test_turning_it_off_after_the_end_changes_nothing(lived: Life, supervisor: Viewer) -> None:
    version(Reach("44"), {"outside_checker": 0}, lived.clock.now())
    lived.clock.advance(60_000)
    ordinal = asked(lived)
    assert refusal_of(lambda: confirms(lived, people.viewer(lived.second), ordinal)) is NotYoursToSettle
    confirms(lived, supervisor, ordinal)


def test_the_supervisor_confirms_on_the_page_of_the_settlement(lived: Life, supervisor: Viewer) -> None:
    asked(lived)
    address = f"/classes/{lived.room.training_class.pk}/settlement/"
    inside = main_of(client_of(lived.second), f"/institution{address}")
    assert "由所在地区的主管部门复核" in inside
    assert "确认结算" not in inside
    outside = client_of(officer(lived.clock.now()))
    page = main_of(outside, f"/region{address}")
    assert "确认结算" in page
    said = {"ordinal": 1, "decision": "confirm", "text": ""}
    assert client_of(officer(lived.clock.now(), "440305")).post(f"/region{address}review/", said).status_code == 404
    assert client_of(lived.second).post(f"/institution{address}review/", said).status_code == 403
    assert "本班学时已结算" in outside.post(f"/region{address}review/", said, follow=True).content.decode()


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=3_600_000)


def test_an_appeal_is_approved_by_the_authority(room: Classroom, clock: HandClock) -> None:
    set_rule(room, clock.now(), outside_checker=1)
    found = appealed(room, clock)
    officer_account = officer(clock.now())
    proposed(room, clock, found.pk, 60_000)
    told = Notice.objects.filter(kind="appeal.to_approve").values_list("account_id", flat=True)
    assert set(told) == {officer_account.pk}
    inside = people.viewer(administrator(room, clock))
    assert refusal_of(lambda: reviewed(inside, clock, found.pk)) is NotYours
    desk, address = client_of(officer_account), f"/region/appeals/{found.pk}/"
    assert 'name="decision" value="approve"' in main_of(desk, address)
    said = {"after": "1", "decision": "approve", "text": ""}
    assert client_of(officer(clock.now(), "440305")).post(f"{address}review/", said).status_code == 404
    assert desk.post(f"{address}review/", said).url == address
    assert Correction.objects.get().approved_by_id == officer_account.pk
    again = desk.post(f"{address}review/", said)
    assert again.status_code == 409


def test_without_the_rule_a_supervisor_approves_no_appeal(room: Classroom, clock: HandClock) -> None:
    found = appealed(room, clock)
    proposed(room, clock, found.pk, 60_000)
    desk, address = client_of(officer(clock.now())), f"/region/appeals/{found.pk}/"
    assert 'name="decision"' not in main_of(desk, address)
    assert desk.post(f"{address}review/", {"after": "1", "decision": "approve", "text": ""}).status_code == 403
    assert not Correction.objects.exists()
