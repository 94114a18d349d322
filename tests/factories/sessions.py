"""Rows of study sessions, for tests of what the database itself keeps; tests of learning open sessions through its services."""

from datetime import datetime, timedelta

from jiangxue.kernel.clock import to_ms
from jiangxue.kernel.ids import new_id
from jiangxue.learning.models import Beat, Check, Segment, StudySession, Verdict
from jiangxue.learning.rules.shapes import Running
from jiangxue.learning.running import opening_facts
from jiangxue.policies.rules.time_policy import TimePolicy
from tests.factories.classes import Classroom


def session(room: Classroom, now: datetime, **facts: object) -> StudySession:
    """Add a running session of the room's learner; `facts` replace fields."""
    values = {
        "id": new_id(),
        "learner": room.learner,
        "enrolment": room.enrolment,
        "lesson": room.lesson,
        "window": "0" * 32,
        "device": "电脑 · Chrome",
        "opened_at": now,
        **opening_facts(Running(to_ms(now), 0, 0, room.lesson.media.length_ms, ())),
        "policy": TimePolicy().to_values(),
        "policy_versions": [1],
        "class_closes_at": now + timedelta(days=30),
    }
    return StudySession.objects.create(**{**values, **facts})


def beat(of: StudySession, now: datetime, n: int = 1) -> Beat:
    """Add a beat that claimed and earned nothing."""
    return Beat.objects.create(
        session=of,
        n=n,
        received_at=now,
        claimed_position_ms=0,
        claimed_idle_ms=0,
        flags=0,
        client_ms=0,
        nonce="0" * 16,
        credited_ms=0,
    )


def segment(of: StudySession, now: datetime, **facts: object) -> Segment:
    """Add a segment in which nothing was earned; `facts` replace fields."""
    values = {"sealing": 1, "first_n": 1, "last_n": 0, "start": {}, "after": {}, "beats": b""}
    sums = {"credited_ms": 0, "refused_ms": {}, "stretches": []}
    return Segment.objects.create(session=of, day=now.date(), **{**values, **sums, **facts})


def check(of: StudySession, now: datetime, **facts: object) -> Check:
    """Add an open check of a session's learner; `facts` replace fields."""
    values = {"id": new_id(), "asked_at": now, "expires_at": now + timedelta(minutes=3), "drawn_ms": 600_000}
    return Check.objects.create(learner_id=of.learner_id, session=of, **{**values, **facts})


def verdict(of: Segment, now: datetime, **facts: object) -> Verdict:
    """Add a verdict over a second of a segment; `facts` replace fields."""
    values = {"kind": "confirmed", "ms": 1_000, "stretches": [[0, 1_000]], "at": now}
    if "check_made" not in facts:
        facts["check_made"] = check(of.session, now, outcome="passed", settled_at=now)
    return Verdict.objects.create(segment=of, **{**values, **facts})
