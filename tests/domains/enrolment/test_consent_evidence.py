"""What a learner agreed to and withdrew is evidence in each of their archives (clauses M2, T8.2)."""

import pytest

from jiangxue.accounts.rules.consents import Purpose
from jiangxue.accounts.services.consents import withdraw_consent
from jiangxue.audit.services import Actor
from jiangxue.enrolment.evidence import append_agreements, append_consent
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.services import enrol
from tests.conftest import MORNING
from tests.factories.archives import events_of
from tests.factories.classes import Classroom, classroom, training_class

pytestmark = [pytest.mark.clause("M2"), pytest.mark.clause("T8.2")]


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


def _events(place: Enrolment) -> list[tuple[str, dict[str, object]]]:
    found = [(event["kind"], event["data"]) for event in events_of(place.aid) if event["kind"].startswith("consent.")]
    return sorted(found, key=lambda event: event[1]["purpose"])


def test_a_withdrawal_stands_in_every_archive_of_the_learner(room: Classroom) -> None:
    second = training_class(room.institution, now=MORNING)
    places = [room.enrolment, enrol(class_id=second.pk, learner_id=room.learner.pk, now=MORNING)]
    by = Actor(room.learner.pk)
    kept = withdraw_consent(account_id=room.learner.pk, purpose=Purpose.COMMENTS, by=by, now=MORNING)
    assert kept is not None
    append_consent(kept, now=MORNING)
    for place in places:
        ((kind, data),) = _events(place)
        assert kind == "consent.withdrawn"
        assert data == {"purpose": "comments", "version": 1, "sha256": kept.text_sha256}


def test_a_new_place_takes_over_what_is_in_force(room: Classroom) -> None:
    withdraw_consent(account_id=room.learner.pk, purpose=Purpose.COMMENTS, by=Actor(room.learner.pk), now=MORNING)
    append_agreements([room.enrolment], now=MORNING)
    assert [(kind, data["purpose"]) for kind, data in _events(room.enrolment)] == [
        ("consent.given", "phone"),
        ("consent.given", "processing"),
    ]
