"""What the database keeps of proofs of hours (clause T1.3)."""

import pytest
from django.db import ProgrammingError, transaction

from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.ids import new_code
from jiangxue.supervision.models import HoursProof, WithdrawnProof
from jiangxue.supervision.queries.hours_proofs import provable
from tests.domains.constraints import broken
from tests.factories.classes import Classroom, classroom
from tests.factories.learning import opened, watched
from tests.factories.settlements import reviewed, settled, settlement
from tests.factories.supervising import proof_of

pytestmark = pytest.mark.clause("T1.3")


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    made = classroom(clock.now(), lesson_ms=600_000)
    watched(opened(made, clock), clock, 4)
    return made


@pytest.fixture
def proof(room: Classroom, clock: HandClock) -> HoursProof:
    return proof_of(room, clock)


def test_a_place_has_one_proof_at_a_time(proof: HoursProof) -> None:
    proof.code = new_code()
    with broken("supervision_hours_proof_in_order"):
        proof.save(force_insert=True)


def test_a_code_has_its_shape(proof: HoursProof) -> None:
    proof.code, proof.ordinal = "guess", 2
    with broken("supervision_hours_proof_code_shape"):
        proof.save(force_insert=True)


def test_a_proof_is_withdrawn_with_a_reason(room: Classroom, proof: HoursProof, clock: HandClock) -> None:
    facts = {"by": room.head_teacher, "role": "head_teacher", "at": clock.now()}
    with broken("supervision_proof_withdrawn_with_reason"):
        WithdrawnProof.objects.create(proof=proof, reason="", **facts)


def test_nobody_changes_what_was_proved(proof: HoursProof) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        HoursProof.objects.update(says={})


def test_settled_hours_are_those_of_the_settlement(room: Classroom, clock: HandClock) -> None:
    found = provable(room.enrolment, clock.now())
    assert found.settled_at is None
    assert found.hours.confirmed_ms + found.hours.ms >= 0
    figures = {
        "hours": {"online": 177, "live": 0, "practice": 0},
        "declared": {"online": 200, "live": 0, "practice": 0},
        "time": {"confirmed_ms": 4_800_000, "corrected_ms": 0, "refused_ms": {}},
        "recognised_ms": 4_800_000,
    }
    settled(reviewed(settlement(room, clock.now()), clock.now()).settlement, room, clock.now(), figures=figures)
    found = provable(room.enrolment, clock.now())
    assert (found.hours.hours, found.hours.ms, found.settled_at) == (177, 4_800_000, clock.now())
