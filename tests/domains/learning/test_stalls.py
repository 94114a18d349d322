"""A check that expires while nobody sweeps is the server's fault, whoever comes first afterwards (clause T2.6)."""

import pytest

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import Check, Interruption, Lease, Sweep
from jiangxue.learning.services import ending, settling
from jiangxue.learning.services.answering import show_check
from jiangxue.learning.services.settling import note_sweep, running_stall
from tests.factories.classes import Classroom
from tests.factories.learning import NO_CHECK_SOON, opened, watched


@pytest.fixture
def asked(room: Classroom, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sweeper be the real one, which came just now, and a check be asked."""
    monkeypatch.setattr(ending, "note_sweep", note_sweep)
    monkeypatch.setattr(settling, "running_stall", running_stall)
    session = opened(room, clock)
    Lease.objects.filter(learner=room.learner).update(until_check_ms=60_000, drawn_ms=60_000)
    watched(session, clock, 2)
    clock.advance(1_000)
    Sweep.objects.update_or_create(pk=1, defaults={"at": clock.now()})


def outcome_seen_by_the_learner(room: Classroom, clock: HandClock) -> str:
    """Return what has become of the check for the learner, who comes back before any sweeper."""
    assert show_check(room.viewer, clock=clock, chance=lambda: NO_CHECK_SOON) is None
    assert not Interruption.objects.filter(kind="stalled").exists()
    return Check.objects.get(learner=room.learner).outcome


@pytest.mark.clause("T2.6")
def test_a_stall_that_nobody_has_noted_yet_excuses(room: Classroom, clock: HandClock, asked: None) -> None:
    clock.advance(600_000)
    assert outcome_seen_by_the_learner(room, clock) == "withdrawn"


@pytest.mark.clause("T2.6")
def test_where_the_sweeper_came_in_time_the_check_is_missed(room: Classroom, clock: HandClock, asked: None) -> None:
    clock.advance(170_000)
    Sweep.objects.update(at=clock.now())
    clock.advance(20_000)
    assert outcome_seen_by_the_learner(room, clock) == "missed"
