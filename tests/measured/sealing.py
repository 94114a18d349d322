"""How many bytes a packed beat takes, and how many segments one core seals or ends in a second.

`python -m scripts.test tests/measured/sealing.py -q -n 0 -s -p no:randomly`
"""

import random
from time import perf_counter, process_time

import pytest
from django.db import connection

from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock, from_ms, to_ms
from jiangxue.kernel.ids import new_id
from jiangxue.learning.models import Beat, Lease, StudySession
from jiangxue.learning.rules.judge import judge
from jiangxue.learning.rules.packing import pack
from jiangxue.learning.rules.replay import RecordedBeat
from jiangxue.learning.rules.shapes import Claim, DayBalance, Flag, Running
from jiangxue.learning.running import opening_facts, put_running
from jiangxue.learning.services.ending import end_overdue
from jiangxue.learning.services.sealing import seal_open
from jiangxue.policies.rules.time_policy import TimePolicy
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import Classroom, classroom

SESSIONS = 450
BEATS = 9
CHANCE = random.Random(20261124)


def steady_beats(count: int, at_ms: int, position_ms: int = 0) -> list[RecordedBeat]:
    """Return beats of somebody who watches: 30 s ± 20 %, network delays around 40 ms, and one beat in twenty of another kind."""
    client_ms = CHANCE.randrange(20_000_000)
    found = []
    for _ in range(count):
        gap_ms = CHANCE.randint(24_000, 36_000)
        paused_ms = CHANCE.randint(1_000, 20_000) if CHANCE.random() < 0.05 else 0
        at_ms, client_ms = at_ms + gap_ms, client_ms + gap_ms + CHANCE.randint(-2, 2)
        position_ms += gap_ms - paused_ms + CHANCE.randint(-3, 3)
        flags = Flag.PAUSED | Flag.EVENT if paused_ms else Flag.NONE
        late_ms = int(CHANCE.expovariate(1 / 40))
        found.append(RecordedBeat(at_ms + late_ms, Claim(position_ms, paused_ms, flags), client_ms))
    return found


def test_bytes_a_beat() -> None:
    for count in (5, 9, 10, 20, 120):
        sizes = [len(pack(steady_beats(count, to_ms(MORNING) + CHANCE.randrange(10**9)))) for _ in range(2_000)]
        print(f"\n{count:4} beats: {sum(sizes) / len(sizes) / count:.2f} bytes each", end="")


@pytest.fixture
def room(committed_database: str, settings) -> Classroom:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return classroom(MORNING, lesson_ms=36_000_000)


def learning(room: Classroom) -> None:
    """Let many learners run a session each, with beats that nobody has sealed."""
    sessions, leases, beats = [], [], []
    opened_ms = to_ms(MORNING)
    for _ in range(SESSIONS):
        learner = people.account(now=MORNING)
        place = enrol(class_id=room.training_class.pk, learner_id=learner.pk, now=MORNING)
        running = Running(opened_ms, 0, 0, room.lesson.media.length_ms, (DayBalance(MORNING.date().toordinal(), 0, 0),))
        session = StudySession(
            id=new_id(), learner=learner, enrolment=place, lesson=room.lesson, window="0" * 32, device="手机",
            opened_at=MORNING, policy=TimePolicy().to_values(), policy_versions=[1],
            class_closes_at=room.training_class.term.closes_at, **opening_facts(running),
        )  # fmt: skip
        sessions.append(session)
        for n, beat in enumerate(steady_beats(BEATS, opened_ms), 1):
            judgement = judge(running, beat.claim, TimePolicy(), beat.received_at_ms)
            running = judgement.running
            beats.append(
                Beat(
                    session=session, n=n, received_at=from_ms(beat.received_at_ms),
                    claimed_position_ms=beat.claim.claimed_position_ms, claimed_idle_ms=beat.claim.claimed_idle_ms,
                    flags=int(beat.claim.flags), client_ms=beat.client_ms, nonce="0" * 16,
                    credited_ms=judgement.credited_ms,
                )
            )  # fmt: skip
        lease = Lease(learner=learner, session=session, n=BEATS, close_due_ms=running.beat_at_ms + 180_000)
        put_running(lease, running)
        leases.append(lease)
    StudySession.objects.bulk_create(sessions)
    Lease.objects.bulk_create(leases, update_conflicts=True, unique_fields=["learner"], update_fields=["session", "n"])
    Beat.objects.bulk_create(beats)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.mark.parametrize("work", [seal_open, end_overdue])
def test_segments_a_second(room: Classroom, clock: HandClock, work) -> None:
    learning(room)
    clock.advance(1_000_000)
    began, cpu = perf_counter(), process_time()
    done = work(clock=clock)
    passed, busy = perf_counter() - began, process_time() - cpu
    print(
        f"\n{work.__name__}: {done} in {passed:.2f} s: {done / passed:.0f}/s; {done / busy:.0f} per core-second of Python"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT avg(pg_column_size(s.*)), avg(length(beats)) FROM learning_segment AS s")
        row_bytes, beat_bytes = cursor.fetchone()
    print(f"a row of {row_bytes:.0f} bytes, {beat_bytes:.0f} of them beats")
